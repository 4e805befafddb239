"""Step 3: who gets a file. A lead, several units jointly, the next in turn, or the backstop."""

import math

import numpy as np

from pingan_abm.behaviour.cooperation import first_asked, regard, relation
from pingan_abm.behaviour.filing import draw_unit
from pingan_abm.behaviour.organisations import result_seen
from pingan_abm.behaviour.remedies import awaits_remedy
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.rules import (
    desk_accuracy,
    dispatch_accuracy,
    joint_delay,
    joint_friction,
)
from pingan_abm.world.calendar import CENTRE, FIRST_UNIT, Due, schedule
from pingan_abm.world.cases import (
    ASSISTING_ROLE,
    BACKSTOP_ROLE,
    CLOSED,
    DISPATCHED,
    FED_BACK,
    HANDLED,
    JOINT_ROLE,
    LEAD_ROLE,
    LEAD_TIER,
    RETURNED,
    SENT,
)
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.unit_sets import holds, put_in
from pingan_abm.world.world import World

ROOM_FOR_PLACES = 8  # between the numbers of the draws of two attempts; at least as many as units can be needed


@compiled
def place_of(problem: np.record, unit: int) -> int:
    """The unit's place in the problem's true set (0 the lead), or −1."""
    for place in range(problem.n_units):
        if problem.true_units[place] == unit:
            return place
    return -1


@compiled
def missing_place(problem: np.record) -> int:
    """The first place in the true set whose unit has not acted yet, for which a backstop stands in; −1 if all have."""
    for place in range(problem.n_units):
        if not (problem.acted >> place) & 1:
            return place
    return -1


@compiled
def observed_subtype(w: World, problem: np.record) -> int:
    """What sub-type the problem looks like until somebody has been on site."""
    return int(problem.subtype if problem.seen else w.subtypes[problem.subtype].appears_as)


@compiled
def accuracy(w: World, case: np.record, problem: np.record) -> float:
    """R7. Chance that whoever dispatches this file knows who must act. A file outside the one system is routed at its
    own desk, which knows what its acquaintances know."""
    s = w.settings[0]
    if case.decided:
        return 1.0
    seen_as = w.subtypes[observed_subtype(w, problem)]
    known = dispatch_accuracy(s, seen_as.knowledge, seen_as.rule, seen_as.entropy)
    if case.tracked:
        return known
    return desk_accuracy(s, known, seen_as.entropy, regard(w, case.desk, problem.true_units[0]))


@compiled
def mean_relation(w: World, problem: np.record, unit: int) -> float:
    """Mean relation between a unit and the others of the true set."""
    total, count = 0.0, 0
    for place in range(problem.n_units):
        if problem.true_units[place] != unit:
            total += relation(w, unit, problem.true_units[place])
            count += 1
    return total / count if count else 1.0


@compiled
def send(w: World, row: int, unit: int, role: int, time: float) -> None:
    """Give one unit its part of a file: its work, its deadline, and the moment it will answer."""
    s, book, case = w.settings[0], w.tally[0], w.cases[row]
    problem = w.problems[case.problem]
    number = book.assignments
    if number >= w.assignments.shape[0]:
        book.overflow += 1
        return
    book.assignments = number + 1
    part = w.assignments[number]
    place = place_of(problem, unit)
    if role == BACKSTOP_ROLE and place >= 0 and (problem.acted >> place) & 1:
        place = -1  # its own part is done: it stands in for another
    part.case, part.unit, part.state, part.role, part.attempt, part.place = row, unit, SENT, role, case.attempt, place
    part.dispatched, part.due = time, time + w.subtypes[problem.subtype].target_days
    part.answered = part.replied = part.begun = part.finished = math.nan
    stands_in = missing_place(problem) if role == BACKSTOP_ROLE and place < 0 else place
    part.work = problem.work * (s.assistant_work if stands_in > 0 else 1.0)
    if role == JOINT_ROLE and problem.n_units > 1:
        part.work *= joint_friction(s, mean_relation(w, problem, unit))
    elif role == ASSISTING_ROLE:
        part.work *= s.hand_off_work * joint_friction(s, relation(w, unit, case.lead) if case.lead >= 0 else 0.0)
    elif role == LEAD_ROLE and problem.helper:  # an organisation takes over a part
        part.work *= 1.0 - s.organisation_file_relief * w.subtypes[problem.subtype].solvability
    if place >= 0 and (problem.acted >> place) & 1:
        part.work = s.nothing_left_work
    part.left = part.work
    case.pending += 1
    put_in(case.named, unit)
    longest = s.answer_days + s.answer_days_a_tier * w.units[unit].tier
    wait = longest * uniform(s.key, Purpose.ANSWER_TIME, case.key + np.uint64(unit), case.attempt)
    if role == BACKSTOP_ROLE:
        wait = 0.0
    schedule(w, FIRST_UNIT + unit, Due.ANSWER, number, 0, time + wait, s.day)
    schedule(w, FIRST_UNIT + unit, Due.REPLY, number, 0, part.due, s.day + 1)


@compiled
def note_dispatch(w: World, row: int, time: float, joint: bool, chance: float, draw: float) -> None:
    """One dispatch act: deadlines, what will be checked when they pass, and the log."""
    s, book, case = w.settings[0], w.tally[0], w.cases[row]
    problem = w.problems[case.problem]
    target = w.subtypes[problem.subtype].target_days
    case.dispatched, case.due = time, time + target
    if case.state != HANDLED:
        case.state = DISPATCHED
    book.dispatches += 1
    book.joint_dispatches += 1 if joint else 0
    if case.decided or place_of(problem, case.lead) >= 0:
        book.correct += 1
    if math.isnan(case.first_dispatched):
        case.first_dispatched, case.first_due = time, case.due
        book.dispatched_files += 0 if case.duplicate else 1
        w.issues[w.subtypes[observed_subtype(w, problem)].issue].files_recent += 1.0
        if case.tracked:
            schedule(w, CENTRE, Due.LONG_OPEN, row, 0, time + s.long_open_targets * target, s.day + 1)
    if case.tracked:
        schedule(w, CENTRE, Due.JOINT_OVERDUE if joint else Due.OVERDUE, row, 0, case.due, s.day + 1)
    activity = Activity.JOINT_DISPATCH if joint else Activity.DISPATCH
    log(w, time, row, case.problem, activity, ActorKind.CENTRE, case.lead, case.attempt)
    log_chance(w, chance, draw)


@compiled
def fall_back(w: World, row: int, time: float) -> None:
    """R8b. A file that no unit takes goes to the subdistrict of the place, which may not return it. With this rule
    switched off, the file stays without a unit."""
    case = w.cases[row]
    if not w.settings[0].territorial_backstop:
        return
    case.backstop, case.lead = 1, w.communities[w.problems[case.problem].community].unit
    case.attempt += 1
    w.tally[0].backstops += 1
    log(w, time, row, case.problem, Activity.BACKSTOP, ActorKind.UNIT, case.lead, case.returns)
    note_dispatch(w, row, time, False, math.nan, math.nan)
    send(w, row, case.lead, BACKSTOP_ROLE, time)


@compiled
def dispatch_one(w: World, row: int, time: float) -> None:
    """R7. To one lead: the true one if the dispatcher knows, else one drawn from the written shares of what it looks
    like.

    Units that have returned the file are left out. A type not recognised before a site visit cannot be known. A further
    file on what has been ordered already goes to the lead too, and waits there.
    """
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    waits = awaits_remedy(w, case.problem)
    if waits and case.state == HANDLED:
        await_remedy(w, row, time)
        return
    case.attempt += 1
    chance = accuracy(w, case, problem)
    draw = uniform(s.key, Purpose.KNOWN, case.key, case.attempt)
    seen_as = observed_subtype(w, problem)
    unit = -1
    if draw < chance and seen_as == problem.subtype:
        for place in range(problem.n_units):
            candidate = problem.true_units[place]
            acted = (problem.acted >> place) & 1 and not waits
            if not acted and not holds(case.returned, candidate):
                unit = candidate
                break
    if unit < 0:
        home = w.communities[problem.community].unit
        pick = uniform(s.key, Purpose.DRAWN_UNIT, case.key, case.attempt)
        unit = draw_unit(w.subtypes[seen_as].lead_shares, w.subtypes[seen_as], home, case.returned, pick)
        if unit < 0:
            unit = draw_unit(w.subtypes[seen_as].shares, w.subtypes[seen_as], home, case.returned, pick)
    if unit < 0:
        case.attempt -= 1
        fall_back(w, row, time)
        return
    case.lead, case.tier = unit, max(case.tier, LEAD_TIER)
    note_dispatch(w, row, time, False, chance, draw)
    send(w, row, unit, LEAD_ROLE, time)


@compiled
def dispatch_jointly(w: World, row: int, tier: int, time: float) -> None:
    """R12, R13. To several units at once: each that must still act is named with R7's chance; units at work on it go
    on.

    If none is named and none is at work, it goes out to one unit as usual; so does every file when joint dispatch is
    switched off.
    """
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    chance = accuracy(w, case, problem)
    case.attempt += 1
    named, count, first = 0, 0, -1
    for place in range(problem.n_units if s.joint_dispatch else 0):
        unit = problem.true_units[place]
        if (problem.acted >> place) & 1 or holds(case.named, unit) or holds(case.returned, unit):
            continue
        if uniform(s.key, Purpose.NAMED, case.key, ROOM_FOR_PLACES * case.attempt + place) < chance:
            named |= 1 << int(place)
            count += 1
            first = unit if first < 0 else first
    case.joint, case.waiting_joint, case.tier = s.joint_dispatch, 0, max(case.tier, tier)
    if count == 0:
        case.attempt -= 1
        if case.pending == 0:
            dispatch_one(w, row, time)
        return
    if case.lead < 0 or not holds(case.named, case.lead):
        case.lead = first
    note_dispatch(w, row, time, True, chance, math.nan)
    for place in range(problem.n_units):
        if (named >> place) & 1:
            send(w, row, problem.true_units[place], JOINT_ROLE, time)


@compiled
def held_by_nobody(w: World, row: int, time: float) -> None:
    """R8b. A file came back and nobody is at work on it. It has been so since a unit last accepted it or, if none did
    since, from the first time it came back; after thirty days it falls to the backstop."""
    s, case = w.settings[0], w.cases[row]
    if math.isnan(case.unowned_since):
        case.unowned_since = time
    case.state = RETURNED
    falls = max(time, case.unowned_since + s.backstop_days)
    schedule(w, CENTRE, Due.BACKSTOP, row, 0, falls, s.day + 1)


@compiled
def after_return(w: World, row: int, time: float) -> None:
    """R13. A file that nobody holds: next day to another unit; after enough returns it waits for a second report and a
    joint dispatch; after three, or thirty days, it falls to the backstop."""
    s, case = w.settings[0], w.cases[row]
    held_by_nobody(w, row, time)
    if case.returns >= s.backstop_after_returns and not case.backstop:
        schedule(w, CENTRE, Due.BACKSTOP, row, 1, time, s.day + 1)
        return
    if s.joint_dispatch and case.tracked and not case.joint and case.returns >= s.joint_dispatch_after:
        second_report(w, row, time)
    else:
        schedule(w, CENTRE, Due.REDISPATCH, row, 0, time + 1.0, s.day + 1)


@compiled
def hand_off(w: World, row: int, time: float) -> None:
    """R12, R21. The unit that leads asks one of the others that must act: the one it has the best relation with. No
    dispatch act of the centre's."""
    case = w.cases[row]
    problem = w.problems[case.problem]
    place = first_asked(w, case, problem)
    if place < 0:
        if awaits_remedy(w, case.problem):
            await_remedy(w, row, time)
        return
    unit = problem.true_units[place]
    case.attempt += 1
    case.state = DISPATCHED
    w.tally[0].hand_offs += 1
    log(w, time, row, case.problem, Activity.HAND_OFF, ActorKind.UNIT, unit, place)
    send(w, row, unit, ASSISTING_ROLE, time)


@compiled
def after_refusal(w: World, row: int, time: float) -> None:
    """R21. Nobody else is at work on a file whose lead was refused help. It asks again after some days; after enough
    refusals it turns to the centre, which dispatches jointly; where there is none, or that has been done, it goes on
    asking until the file is thirty days without anybody and falls to the backstop."""
    s, case = w.settings[0], w.cases[row]
    held_by_nobody(w, row, time)
    if case.refusals >= s.asks_before_centre and case.tracked and s.joint_dispatch and not case.joint:
        w.tally[0].asked_centre += 1
        schedule(w, CENTRE, Due.CALL_CENTRE, row, 0, time, s.day + 1)
    else:
        schedule(w, CENTRE, Due.HAND_OFF, row, 0, time + s.ask_again_days, s.day + 1)


@compiled
def second_report(w: World, row: int, time: float) -> None:
    """R13. The file waits for a second report (exponential, 15 days), unless it does already or is with several
    units."""
    s, case = w.settings[0], w.cases[row]
    if case.waiting_joint or case.joint or not case.tracked or not s.joint_dispatch:
        return
    case.waiting_joint = 1
    wait = s.second_report_days * exponential(s.key, Purpose.ESCALATION_WAIT, case.key, 0)
    schedule(w, CENTRE, Due.SECOND_REPORT, row, 0, time + wait, s.day + 1)


@compiled
def feed_back(w: World, row: int, unit: int, time: float) -> None:
    """Step 5. The unit reports that nothing is left to do: the file waits for verification. An organisation that took
    over a part of it is seen to have helped, or to have shared in a closure on paper."""
    book, case = w.tally[0], w.cases[row]
    if w.problems[case.problem].helper and not case.duplicate:
        result_seen(w, case.problem, w.settings[0].centre_actor, case.paper == 0)
    case.state, case.next_verified, case.closed = FED_BACK, book.verify_head, time
    book.verify_head = row
    book.verify_waiting += 1
    log(w, time, row, case.problem, Activity.FEEDBACK, ActorKind.UNIT, unit, case.paper)


@compiled
def await_remedy(w: World, row: int, time: float) -> None:
    """R22. A file stays open until what was ordered is done. Its deadline is put off by the time that was given, unless
    it had passed already."""
    case = w.cases[row]
    problem = w.problems[case.problem]
    until = max(time, problem.remedy_due)
    if case.first_due >= time:
        case.first_due += until - time
    case.state, case.due = HANDLED, max(case.due, until)
    schedule(w, CENTRE, Due.HAND_OFF, row, 0, until, w.settings[0].day + 1)


@compiled
def start_delay(w: World, case: np.record, problem: np.record, unit: int, role: int) -> float:
    """R12. Days that work with others takes to get going; none for a unit alone."""
    if role == ASSISTING_ROLE and case.lead >= 0:
        return joint_delay(w.settings[0], relation(w, unit, case.lead))
    if role != JOINT_ROLE or problem.n_units < 2:
        return 0.0
    return joint_delay(w.settings[0], mean_relation(w, problem, unit))


@compiled
def is_open(case: np.record) -> bool:
    """Neither closed nor waiting for its closure."""
    return bool(case.state != CLOSED and case.state != FED_BACK)
