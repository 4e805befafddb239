"""What a linkage unit does with what was sent to it: accept, return, decline to help, or reply that it takes longer."""

import math

import numpy as np

from pingan_abm.behaviour.cooperation import (
    LEAST_CAPACITY,
    granted,
    is_asked,
    load_of_unit,
    must_help,
    refused,
    unit_helps,
)
from pingan_abm.behaviour.dispatch import (
    after_refusal,
    after_return,
    is_open,
    start_delay,
)
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.rules import (
    return_by_score_loss,
    return_probability,
    statutory_wait_probability,
)
from pingan_abm.world.calendar import CENTRE, FIRST_UNIT, Due, in_order, release, schedule
from pingan_abm.world.cases import (
    ASSISTING_ROLE,
    BACKSTOP_ROLE,
    BEGUN,
    HANDLED,
    MISDIRECTED,
    PASSED_ON,
    QUEUED,
    REFUSED,
    SENT,
    SENT_BACK,
)
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import REGISTERED
from pingan_abm.world.unit_sets import put_in, take_out
from pingan_abm.world.world import World


@compiled
def return_chance(w: World, u: int, part: np.record, case: np.record, problem: np.record) -> float:
    """R8 or its rival: the chance that unit u returns a file that is its business. A working rule clears up whose it
    is."""
    s, unit, issue = w.settings[0], w.units[u], w.subtypes[problem.subtype]
    if case.mandate or s.capacity_only or not s.buck_passing or part.role == BACKSTOP_ROLE:
        return 0.0
    ambiguity = issue.entropy * (1.0 - issue.rule)
    capacity = max(unit.capacity, LEAST_CAPACITY)
    if s.return_form == 0:
        load = load_of_unit(w, u)
        return return_probability(s, ambiguity, float(problem.n_units), load, problem.difficulty)
    expected = unit.backlog / capacity + part.work
    return return_by_score_loss(s, ambiguity, expected, issue.target_days)


@compiled
def enqueue(w: World, u: int, number: int, time: float) -> None:
    """An accepted file joins the unit's queue."""
    unit = w.units[u]
    if unit.queued >= w.queues.shape[1]:
        w.tally[0].overflow += 1
        return
    w.assignments[number].state, w.assignments[number].entered = QUEUED, time
    w.queues[u, unit.queued] = number
    unit.queued += 1
    unit.backlog += w.assignments[number].left
    unit.offered += w.assignments[number].left
    w.tally[0].offered += w.assignments[number].left


@compiled
def statutory_wait(w: World, number: int, u: int, time: float) -> float:
    """R9b. Days until the law lets the unit that leads by duty act; deadlines stand still meanwhile. Drawn once for a
    problem."""
    s, part = w.settings[0], w.assignments[number]
    case = w.cases[part.case]
    problem = w.problems[case.problem]
    if part.place != 0 or problem.state != REGISTERED or problem.acted & 1:
        return 0.0
    chance, draw = math.nan, math.nan
    if problem.clear_from == 0.0:
        chance = statutory_wait_probability(s, w.subtypes[problem.subtype].enforcement)
        draw = uniform(s.key, Purpose.STATUTORY, problem.key, 0)
        wait = s.statutory_wait_days * exponential(s.key, Purpose.STATUTORY_DAYS, problem.key, 0)
        problem.clear_from = time + wait if draw < chance else -1.0
    left = float(problem.clear_from - time)
    if left <= 0.0:
        return 0.0
    part.due += left
    case.due = max(case.due, part.due)
    if case.tracked:
        schedule(w, CENTRE, Due.JOINT_OVERDUE if case.joint else Due.OVERDUE, part.case, 0, case.due, s.day + 1)
    log(w, time, part.case, case.problem, Activity.STATUTORY_WAIT, ActorKind.UNIT, u, int(left))
    log_chance(w, chance, draw)
    return left


@compiled
def note_return(w: World, u: int, case: np.record, time: float) -> None:
    """A unit has sent its part of a file back."""
    case.returns += 1
    put_in(case.returned, u)
    if math.isnan(case.first_return):
        case.first_return = time
    elif math.isnan(case.second_return):
        case.second_return = time
    w.tally[0].returns += 1


@compiled
def decline(w: World, u: int, number: int, time: float) -> None:
    """R21. A unit declines to help another. In a joint dispatch of the centre that is a return too."""
    part = w.assignments[number]
    case = w.cases[part.case]
    refused(w, u, case, part.role)
    take_out(case.named, u)
    case.pending -= 1
    w.tally[0].refused_cases += 0 if case.refusals else 1
    case.refusals += 1
    log(w, time, part.case, case.problem, Activity.REFUSE, ActorKind.UNIT, u, part.role)
    if part.role != ASSISTING_ROLE:
        note_return(w, u, case, time)


@compiled
def answer(w: World, u: int, number: int, time: float) -> None:
    """Step 4 begins: accept, or return (退单). What is none of its business goes back rightly."""
    s, part = w.settings[0], w.assignments[number]
    row = part.case
    case = w.cases[row]
    problem = w.problems[case.problem]
    if part.state != SENT or not is_open(case):
        return
    chance, draw, reason = 1.0, math.nan, MISDIRECTED
    back = part.place < 0 and part.role != BACKSTOP_ROLE and problem.state == REGISTERED
    asked = is_asked(w, u, part, case) and problem.state == REGISTERED and not must_help(w, case)
    if asked:
        reason = REFUSED
        chance = 1.0 - unit_helps(w, u, part, case, problem)
        draw = uniform(s.key, Purpose.HELPS, case.key + np.uint64(u), case.attempt)
        back = draw < chance
        w.tally[0].asked_units += 1
    elif not back and problem.state == REGISTERED:
        reason = PASSED_ON
        chance = return_chance(w, u, part, case, problem)
        draw = uniform(s.key, Purpose.RETURN, case.key + np.uint64(u), case.attempt)
        back = draw < chance
    if not back:
        case.state, case.unowned_since = HANDLED, math.nan
        if asked:
            granted(w, u, case, part.role)
        log(w, time, row, case.problem, Activity.HELP if asked else Activity.ACCEPT, ActorKind.UNIT, u, part.role)
        log_chance(w, chance, draw)
        delay = start_delay(w, case, problem, u, part.role)
        delay += statutory_wait(w, number, u, time)
        if int(time + delay) <= s.day:
            enqueue(w, u, number, time + delay)
        else:
            schedule(w, FIRST_UNIT + u, Due.START, number, 0, time + delay, s.day + 1)
        return
    part.state, part.reason, part.answered = SENT_BACK, reason, time
    w.units[u].carried += s.return_work
    if reason == REFUSED:
        decline(w, u, number, time)
        log_chance(w, chance, draw)
        if case.pending == 0 and part.role == ASSISTING_ROLE:
            after_refusal(w, row, time)
        elif case.pending == 0:
            after_return(w, row, time)
        return
    take_out(case.named, u)
    case.pending -= 1
    note_return(w, u, case, time)
    w.tally[0].misdirected += 1 if reason == MISDIRECTED else 0
    log(w, time, row, case.problem, Activity.RETURN, ActorKind.UNIT, u, reason)
    log_chance(w, chance, draw)
    if case.pending == 0:
        after_return(w, row, time)


@compiled
def interim_reply(w: World, u: int, number: int, time: float) -> None:
    """By the due day a unit that has not finished may report how things stand (½ + ½A)."""
    s, part = w.settings[0], w.assignments[number]
    if part.state in (SENT, QUEUED, BEGUN) and is_open(w.cases[part.case]):
        draw = uniform(s.key, Purpose.INTERIM, w.cases[part.case].key + np.uint64(u), part.attempt)
        if draw < s.interim_reply_base + s.interim_reply_effect * s.accountability:
            part.replied = time
            w.units[u].carried += s.reply_work


@compiled
def answer_all(w: World, u: int, day: int) -> None:
    """Everything on a unit's list for the day: answers, joint work that starts, interim replies."""
    node = in_order(w, FIRST_UNIT + u, day, w.assignments)
    while node >= 0:
        kind, number, time = w.nodes[node].kind, w.nodes[node].subject, w.nodes[node].time
        node = release(w, node)
        if kind == Due.ANSWER:
            answer(w, u, number, time)
        elif kind == Due.REPLY:
            interim_reply(w, u, number, time)
        elif is_open(w.cases[w.assignments[number].case]) and w.assignments[number].state == SENT:
            enqueue(w, u, number, time)
