"""The command centre's day: files sent out in turn, deadlines tracked, what is stuck escalated; and the supervisors'
agendas."""

import math

import numpy as np

from pingan_abm.behaviour.dispatch import (
    dispatch_jointly,
    dispatch_one,
    fall_back,
    feed_back,
    hand_off,
    is_open,
    note_dispatch,
    observed_subtype,
    place_of,
    second_report,
    send,
)
from pingan_abm.behaviour.filing import severity_at
from pingan_abm.behaviour.organisations import ask_organisations
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import agree_probability
from pingan_abm.world.calendar import CENTRE, Due, in_order, release, schedule
from pingan_abm.world.cases import (
    CLOSED,
    FILED,
    JOINT_TIER,
    LEAD_ROLE,
    LEVEL_1_STEP,
    LEVEL_2_STEP,
    MEETING_TIER,
    RETURNED,
    SPECIAL_STEP,
    SUPERVISION_STEP,
    SUPERVISION_TIER,
)
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import REGISTERED
from pingan_abm.world.tables import MEETING_STAGES
from pingan_abm.world.world import World

MONTH_DAYS = 30.4
LATE_AFTERNOON = 0.9  # of the day, when supervisors meet


@compiled
def dispatch_anew(w: World, row: int, time: float) -> None:
    """A file sent back after its closure goes to the unit that closed it, if that unit must still act; else it is
    dispatched again."""
    case = w.cases[row]
    problem = w.problems[case.problem]
    case.paper, case.backstop = 0, 0
    place = place_of(problem, case.lead) if case.lead >= 0 else -1
    if place < 0 or (problem.acted >> place) & 1:
        place = -1
        for other in range(problem.n_units):
            if not (problem.acted >> other) & 1:
                place = other
                break
    if place < 0:
        dispatch_one(w, row, time)
        return
    case.lead = problem.true_units[place]
    case.attempt += 1
    note_dispatch(w, row, time, False, math.nan, math.nan)
    send(w, row, case.lead, LEAD_ROLE, time)


@compiled
def put_on_agenda(w: World, row: int, step: int) -> None:
    """A file waits for supervision (1), a special-topic meeting (2), a level-2 (3) or level-1 (4) joint meeting."""
    book, case = w.tally[0], w.cases[row]
    if case.state == CLOSED or case.step == step:
        return
    w.agendas[step - 1, book.on_agenda[step - 1]] = row
    book.on_agenda[step - 1] += 1
    case.step = step


@compiled
def take_gravest(w: World, step: int, day: int) -> int:
    """Drop what is closed from an agenda, and take the most severe file off it; −1 if there is none."""
    book = w.tally[0]
    kept, best, severity = 0, -1, -1.0
    for place in range(book.on_agenda[step - 1]):
        row = w.agendas[step - 1, place]
        case = w.cases[row]
        if case.state == CLOSED or case.step != step:
            continue
        w.agendas[step - 1, kept] = row
        grave = severity_at(w.problems[case.problem], float(day))
        if grave > severity:
            best, severity = row, grave
        kept += 1
    book.on_agenda[step - 1] = kept
    if best >= 0:
        w.cases[best].step = 0
    return int(best)


@compiled
def supervise(w: World, row: int, time: float, crisis: bool) -> None:
    """R13. Supervision with a deadline: the file comes first, units that refused may be asked again, and what nobody
    works on goes out jointly. A crisis brings a mandate too."""
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    case.supervised, case.supervised_at, case.tier = 1, time, max(case.tier, SUPERVISION_TIER)
    case.mandate = 1 if crisis else case.mandate
    case.returned[:] = 0
    w.tally[0].supervisions += 1
    log(w, time, row, case.problem, Activity.SUPERVISION, ActorKind.COMMISSION, 0, 1 if crisis else 0)
    if crisis or (is_open(case) and case.pending == 0):
        case.backstop = 0
        dispatch_jointly(w, row, SUPERVISION_TIER, time)
    schedule(w, CENTRE, Due.SUPERVISION_OVERDUE, row, 0, time + s.supervision_days, s.day + 1)
    seen_as = w.subtypes[observed_subtype(w, problem)]
    unclear = seen_as.entropy > s.special_meeting_entropy and seen_as.rule <= s.special_meeting_rule
    if s.special_meetings and s.joint_meetings and unclear:
        wait = s.special_wait_least + s.special_wait_more * uniform(s.key, Purpose.SPECIAL_WAIT, case.key, 0)
        schedule(w, CENTRE, Due.AGENDA, row, SPECIAL_STEP, time + wait, s.day + 1)


@compiled
def hold_special(w: World, row: int, time: float) -> None:
    """R13. The conduct office's special-topic meeting sets a working rule for the class of case, and applies it to this
    one. Without learning it only sends this one out."""
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    kind = observed_subtype(w, problem)
    if w.subtypes[kind].rule > s.special_meeting_rule:
        return
    w.tally[0].special_meetings += 1
    if s.learning:
        w.subtypes[kind].rule = s.meeting_rule_strength
        w.subtypes[kind].knowledge = min(1.0, w.subtypes[kind].knowledge + s.meeting_rule_knowledge)
        w.tally[0].working_rules += 1
    log(w, time, row, case.problem, Activity.SPECIAL_MEETING, ActorKind.MEETING, SPECIAL_STEP, kind)
    charge_units(w, problem)
    if is_open(case) and case.pending == 0:
        dispatch_jointly(w, row, SUPERVISION_TIER, time)


@compiled
def charge_units(w: World, problem: np.record) -> None:
    """A meeting costs every unit concerned a quarter of a staff-day."""
    for place in range(problem.n_units):
        w.units[problem.true_units[place]].carried += w.settings[0].meeting_work


@compiled
def log_stages(w: World, row: int, number: int, end: float, share: float, step: int) -> None:
    """The six stages of a joint meeting, each at the time it began."""
    time = end
    for stage in range(MEETING_STAGES - 1, -1, -1):
        time -= share * w.settings[0].meeting_days[stage]
        log(w, time, row, number, Activity.APPLICATION + stage, ActorKind.MEETING, step, step)


@compiled
def end_meeting(w: World, row: int, step: int, time: float) -> None:
    """R13. A joint supervision meeting ends. Level 2 may not agree, then level 1 decides: the true set, with a mandate,
    jointly."""
    s, case = w.settings[0], w.cases[row]
    if not is_open(case):
        return
    problem = w.problems[case.problem]
    log_stages(w, row, case.problem, time, 1.0 if step == LEVEL_2_STEP else s.meeting_level_1_share, step)
    charge_units(w, problem)
    if step == LEVEL_2_STEP:
        chance = agree_probability(s, float(problem.n_units), problem.difficulty, w.subtypes[problem.subtype].entropy)
        draw = uniform(s.key, Purpose.AGREES, case.key, 0)
        if draw >= chance:
            log(w, time, row, case.problem, Activity.NOT_AGREED, ActorKind.MEETING, step)
            log_chance(w, chance, draw)
            wait = s.level_1_wait_least + s.level_1_wait_more * uniform(s.key, Purpose.LEVEL_1_WAIT, case.key, 0)
            schedule(w, CENTRE, Due.AGENDA, row, LEVEL_1_STEP, time + wait, s.day + 1)
            return
    case.decided, case.mandate, case.backstop = 1, 1, 0
    case.returned[:] = 0
    problem.seen = 1
    log(w, time, row, case.problem, Activity.DECIDED, ActorKind.MEETING, step, problem.n_units)
    dispatch_jointly(w, row, MEETING_TIER, time)


@compiled
def hold(w: World, step: int, row: int, time: float) -> bool:
    """R13. Supervise a file, or begin the meeting on it; False when no special-topic meeting is needed, since a rule
    exists."""
    s, book = w.settings[0], w.tally[0]
    if step == SUPERVISION_STEP:
        supervise(w, row, time, False)
    elif step == SPECIAL_STEP:
        if w.subtypes[observed_subtype(w, w.problems[w.cases[row].problem])].rule > s.special_meeting_rule:
            return False
        hold_special(w, row, time)
    elif step == LEVEL_2_STEP:
        book.level_2 += 1
        schedule(w, CENTRE, Due.MEETING_ENDS, row, step, time + s.meeting_length, s.day + 1)
    else:
        book.level_1 += 1
        ends = time + s.meeting_level_1_share * s.meeting_length
        schedule(w, CENTRE, Due.MEETING_ENDS, row, step, ends, s.day + 1)
    return True


@compiled
def convene(w: World, day: int) -> None:
    """R13. The supervisors take from their agendas, most severe first, as many as their month allows (carried over)."""
    s, book = w.settings[0], w.tally[0]
    for step in range(SUPERVISION_STEP, LEVEL_1_STEP + 1):
        book.tokens[step - 1] += s.a_month[step - 1] * s.scale / MONTH_DAYS
        while book.tokens[step - 1] >= 1.0 and book.on_agenda[step - 1] > 0:
            row = take_gravest(w, step, day)
            if row < 0:
                break
            if hold(w, step, row, day + LATE_AFTERNOON):
                book.tokens[step - 1] -= 1.0


@compiled
def ask_for_supervision(w: World, kind: int, row: int, time: float) -> None:
    """R13. A joint dispatch is overdue, or a file has been open three times its target: it comes before supervision,
    once. While the law makes it wait (R9b), or what was ordered has time (R22), it is not late; one long open is looked
    at again when it has had its time after that."""
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    waits_until = max(problem.clear_from, problem.remedy_due)
    if waits_until > time or (kind == Due.JOINT_OVERDUE and case.due > time + 1e-9):
        if kind == Due.LONG_OPEN:
            more = s.long_open_again_targets * w.subtypes[problem.subtype].target_days
            schedule(w, CENTRE, Due.LONG_OPEN, row, 0, waits_until + more, s.day + 1)
    elif s.supervision and is_open(case) and not case.supervised and (kind == Due.LONG_OPEN or problem.n_units > 1):
        wait = s.supervision_wait_least + s.supervision_wait_more * uniform(
            s.key, Purpose.SUPERVISION_WAIT, case.key, 0
        )
        schedule(w, CENTRE, Due.AGENDA, row, SUPERVISION_STEP, time + wait, s.day + 1)


@compiled
def centre_day(w: World, day: int) -> None:
    """Everything due at the centre today, then its queue: `centre_items` items a day, first come first served, padding
    included."""
    s = w.settings[0]
    node = in_order(w, CENTRE, day, w.cases)
    while node >= 0:
        kind, row, part, time = w.nodes[node].kind, w.nodes[node].subject, w.nodes[node].part, w.nodes[node].time
        node = release(w, node)
        case = w.cases[row]
        if kind == Due.REDISPATCH:
            if part == 1 and case.state == CLOSED:
                dispatch_anew(w, row, time)
            elif case.state == FILED or (case.state == RETURNED and case.pending == 0):
                dispatch_one(w, row, time)
        elif kind == Due.HAND_OFF:
            if is_open(case) and case.pending == 0 and w.problems[case.problem].state != REGISTERED:
                feed_back(w, row, case.lead, time)  # another file on it got it solved meanwhile
            elif is_open(case) and case.pending == 0:
                hand_off(w, row, time)
        elif kind == Due.CALL_CENTRE:
            if is_open(case) and case.pending == 0 and not case.joint:
                case.returned[:] = 0
                dispatch_jointly(w, row, JOINT_TIER, time)
        elif kind == Due.BACKSTOP:
            nobody = case.state == RETURNED and case.pending == 0
            waited = part == 1 or time - case.unowned_since >= s.backstop_days - 0.01
            if nobody and waited and not case.backstop:
                fall_back(w, row, time)
        elif kind == Due.OVERDUE:
            if is_open(case) and not case.joint and case.due <= time + 1e-9:
                second_report(w, row, time)
        elif kind == Due.SECOND_REPORT:
            if is_open(case) and not case.joint:
                log(
                    w,
                    time,
                    row,
                    case.problem,
                    Activity.SECOND_REPORT,
                    ActorKind.GRID_OFFICER,
                    w.problems[case.problem].grid,
                )
                case.returned[:] = 0
                dispatch_jointly(w, row, JOINT_TIER, time)
        elif kind == Due.JOINT_OVERDUE or kind == Due.LONG_OPEN:
            ask_for_supervision(w, kind, row, time)
        elif kind == Due.AGENDA:
            if is_open(case) and not (part == SUPERVISION_STEP and case.supervised):
                put_on_agenda(w, row, part)
        elif kind == Due.SUPERVISION_OVERDUE:
            if part == 1:
                if is_open(case):
                    supervise(w, row, time, True)
            elif s.joint_meetings and is_open(case) and not case.decided:
                schedule(w, CENTRE, Due.AGENDA, row, LEVEL_2_STEP, s.next_tenth, day + 1)
        elif kind == Due.MEETING_ENDS:
            end_meeting(w, row, part, time)
    send_out(w, day)


@compiled
def call_on_organisations(w: World, row: int, time: float) -> None:
    """R21. The centre calls on organisations for a file that needs no legal powers: one that agrees takes over a part
    of the work."""
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    kind = w.subtypes[observed_subtype(w, problem)]
    wanted = s.organisation_work and s.social_cogovernance and kind.enforcement <= s.mediation_enforcement_most
    if wanted and not case.duplicate and problem.state == REGISTERED:
        problem.helper = 1 + ask_organisations(w, s.centre_actor, case.problem, s.organisation_days_a_file, time)


@compiled
def send_out(w: World, day: int) -> None:
    """Step 3. The queue of the centre. Officers' padding takes its share of the items it can look at in a day."""
    s, book = w.settings[0], w.tally[0]
    waiting = book.centre_waiting + s.screening_share * book.padding_waiting
    room = s.centre_items + book.centre_carry
    share = min(1.0, room / waiting) if waiting > 0.0 else 0.0
    book.padding_waiting -= share * book.padding_waiting
    room = share * book.centre_waiting + 1e-9 if share < 1.0 else book.centre_waiting + 1e-9
    book.centre_carry = min(1.0, room - int(room)) if share < 1.0 else 0.0
    for _ in range(int(room)):
        row = book.centre_head
        if row < 0:
            break
        case = w.cases[row]
        book.centre_head = case.next
        book.centre_waiting -= 1
        if case.state == FILED:  # a crisis may have been sent out while it waited
            call_on_organisations(w, row, max(float(day), case.opened))
            dispatch_one(w, row, max(float(day), case.opened))
    if book.centre_head < 0:
        book.centre_tail = -1
