"""A linkage unit's day: answer what was sent (`answering.py`), rank the queue, work with the staff there is, close well
or on paper."""

import numpy as np

from pingan_abm.behaviour.answering import answer_all
from pingan_abm.behaviour.cooperation import help_ended, is_asked
from pingan_abm.behaviour.dispatch import (
    await_remedy,
    feed_back,
    missing_place,
)
from pingan_abm.behaviour.filing import note_handled, severity_at
from pingan_abm.behaviour.public import in_wave
from pingan_abm.behaviour.remedies import ORDERED, takes_time, warn
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import (
    effort_factor,
    paper_by_multitask,
    paper_probability,
    queue_priority,
    time_for_the_district,
    trained_after,
    weariness_after,
    worn_effort,
)
from pingan_abm.world.calendar import CENTRE, Due, schedule
from pingan_abm.world.cases import (
    BACKSTOP_ROLE,
    BEGUN,
    DONE,
    QUEUED,
    STALLED,
)
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import REGISTERED, SOLVED
from pingan_abm.world.unit_sets import take_out
from pingan_abm.world.world import World

LONG_QUEUE = 200  # files from which merging is faster than inserting, although most of the order is yesterday's
BEGUN_FIRST = 1000.0  # more than any priority


@compiled
def rank_queue(w: World, u: int, day: int) -> None:
    """R11. Begun work first, then by priority, then by age; files that are alike keep yesterday's order.

    Short queues by insertion, as yesterday's order is nearly right; long ones by two stable sorts, as on some days
    thousands of files fall due together. Both give the same order.
    """
    s, count = w.settings[0], w.units[u].queued
    for place in range(count):
        part = w.assignments[w.queues[u, place]]
        case = w.cases[part.case]
        problem = w.problems[case.problem]
        severity, public = severity_at(problem, float(day)), problem.public > 0
        weight = queue_priority(s, severity, case.supervised == 1, day > case.due, case.tier, case.veto == 1, public)
        part.priority = weight + (BEGUN_FIRST if part.state == BEGUN else 0.0)
    if count < LONG_QUEUE:
        insert_all(w, u, count)
    else:
        merge_all(w, u, count)


@compiled
def insert_all(w: World, u: int, count: int) -> None:
    """Put a queue in order by insertion."""
    for place in range(1, count):
        number = w.queues[u, place]
        part, before = w.assignments[number], place - 1
        while before >= 0:
            other = w.assignments[w.queues[u, before]]
            if other.priority > part.priority or (other.priority == part.priority and other.entered <= part.entered):
                break
            w.queues[u, before + 1] = w.queues[u, before]
            before -= 1
        w.queues[u, before + 1] = number


@compiled
def merge_all(w: World, u: int, count: int) -> None:
    """Put a queue in order by age, then by priority, each time keeping the order of what is alike."""
    numbers, ages, weights = np.empty(count, np.int64), np.empty(count), np.empty(count)
    for place in range(count):
        numbers[place] = w.queues[u, place]
        ages[place] = w.assignments[numbers[place]].entered
    order = np.argsort(ages, kind="mergesort")
    for place in range(count):
        weights[place] = -w.assignments[numbers[order[place]]].priority
    ranks = np.argsort(weights, kind="mergesort")
    for place in range(count):
        w.queues[u, place] = numbers[order[ranks[place]]]


@compiled
def begin_work(w: World, u: int, number: int, time: float) -> None:
    """R10. On site the true type is seen; how the file will be closed, well or on paper, is decided now and once."""
    s, unit, part = w.settings[0], w.units[u], w.assignments[number]
    case = w.cases[part.case]
    problem = w.problems[case.problem]
    part.state, part.begun = BEGUN, time
    note_handled(problem, time)
    if problem.state != REGISTERED or (part.place >= 0 and (problem.acted >> part.place) & 1):
        part.work = part.left = min(part.left, s.nothing_left_work)
        return
    problem.seen = 1
    if problem.place >= 0:
        warn(w, problem.place, s.place_inspected_step)
        log(w, time, part.case, case.problem, Activity.INSPECT, ActorKind.UNIT, u, problem.place)
    issue = w.subtypes[problem.subtype]
    if part.role == BACKSTOP_ROLE:
        needs = uniform(s.key, Purpose.BACKSTOP_POWER, problem.key, 0) < issue.enforcement
        if needs and uniform(s.key, Purpose.BACKSTOP_DEVOLVED, problem.key, 0) >= s.devolved_authority:
            part.powerless = 1
            part.work = part.left = s.powerless_work
    more = s.paper_powerless_log_odds if part.powerless else 0.0
    if problem.public:
        more -= s.paper_public_effect
    if problem.issue == s.campaign_issue:
        more += s.paper_campaign_effect
    chance, draw = 0.0, uniform(s.key, Purpose.PAPER, case.key + np.uint64(u), part.attempt)
    if s.perfunctory and not s.capacity_only:
        if s.closure_form == 0:
            strain = max(0.0, unit.target - unit.on_time_sum / unit.on_time_weight)
            chance = paper_probability(s, unit.pressure, strain, more)
        else:
            chance = paper_by_multitask(s, unit.pressure, more)
    if draw < chance:
        part.paper = 1
        part.left = part.left if part.powerless else s.paper_work * part.left
        part.work = part.left
    log(w, time, part.case, case.problem, Activity.HANDLE, ActorKind.UNIT, u, part.paper)
    log_chance(w, chance, draw)


@compiled
def finish(w: World, u: int, number: int, time: float) -> None:
    """Steps 4 and 5. A unit finishes its part. The problem is solved when every unit that must act has acted. The file
    goes to the next unit if one must still act, else it is fed back for verification."""
    s, book, unit, part = w.settings[0], w.tally[0], w.units[u], w.assignments[number]
    row = part.case
    case = w.cases[row]
    problem = w.problems[case.problem]
    part.state, part.finished, part.left = DONE, time, 0.0
    case.pending -= 1
    take_out(case.named, u)
    if part.powerless and not part.paper:
        case.state, case.stalled = STALLED, 1
        log(w, time, row, case.problem, Activity.STALL, ActorKind.UNIT, u)
        return
    if part.paper:
        case.paper = 1
        if is_asked(w, u, part, case):
            help_ended(w, u, part, case, problem)
    elif problem.state == REGISTERED:
        place = missing_place(problem) if part.role == BACKSTOP_ROLE and part.place < 0 else part.place
        if place >= 0:
            problem.acted |= 1 << place
        if is_asked(w, u, part, case):
            help_ended(w, u, part, case, problem)
        unit.on_time_weight += 1.0
        unit.on_time_sum += 1.0 if time <= part.due else 0.0
    everyone = problem.acted == (1 << problem.n_units) - 1
    waits = problem.state == REGISTERED and everyone and takes_time(w, case.problem, ORDERED, time)
    if problem.state == REGISTERED and everyone and not waits:
        problem.state, problem.solved = SOLVED, time
        book.solved += 1
        book.solved_with_file += 1
        log(w, time, row, case.problem, Activity.SOLVED, ActorKind.UNIT, u)
    if case.pending > 0:
        return
    if case.paper or problem.state != REGISTERED:
        feed_back(w, row, u, time)
    elif waits:
        await_remedy(w, row, time)
    else:
        schedule(w, CENTRE, Due.HAND_OFF, row, 0, time + s.hand_off_days, s.day + 1)


@compiled
def work_on(w: World, u: int, number: int, day: int, used: float, limit: float, full: float) -> float:
    """One file's share of the day: at most one staff-day, none before it came in. Returns the capacity used so far
    today."""
    unit, part = w.units[u], w.assignments[number]
    waited = max(0.0, part.entered - day)
    if full <= 1.0:
        used = max(used, min(limit, waited * full))
    if limit - used <= 1e-12:
        return used
    start = day + max(used / full, waited)
    if part.state == QUEUED:
        begin_work(w, u, number, start)
    grant = min(part.left, min(limit - used, max(0.0, 1.0 - waited)))
    part.left -= grant
    part.spent += grant
    unit.spent += grant
    w.tally[0].spent += grant
    used += grant
    if part.left <= 1e-12:
        time = day + min(1.0, max(used / full, waited + grant))
        finish(w, u, number, time)
    return used


@compiled
def open_day(w: World) -> None:
    """R9. Today's capacity of every unit, in effective staff-days, and what yesterday's returns, replies and meetings
    take of it."""
    s, book = w.settings[0], w.tally[0]
    for u in range(s.units):
        unit = w.units[u]
        pressure = 0.0 if s.capacity_only else unit.pressure
        unit.weariness = weariness_after(s, unit.weariness, pressure)
        turnover = s.fatigue * s.fatigue_turnover * unit.weariness
        unit.trained = trained_after(s, unit.trained, turnover)
        effort = effort_factor(s, pressure) * worn_effort(s, unit.weariness)
        effort *= 1.0 - s.untrained_loss * (1.0 - unit.trained)
        if s.second_principal and unit.line and not s.capacity_only:
            effort *= time_for_the_district(s, in_wave(w, u, int(s.day)))
        unit.capacity = unit.staff * s.staff_factor * effort * unit.active
        unit.overhead = min(unit.carried, unit.capacity)
        unit.carried -= unit.overhead
        unit.available += unit.capacity
        unit.spent += unit.overhead
        unit.on_time_sum *= s.on_time_keep
        unit.on_time_weight *= s.on_time_keep
        book.available += unit.capacity
        book.spent += unit.overhead


@compiled
def handle(w: World, u: int, day: int) -> None:
    """Step 4. A unit works through its ranked queue with today's capacity, less what returns, replies and meetings
    took.

    During a campaign a share of the staff serves the campaigned type only. M/G/c in the limit of constant staff and no
    ranking.
    """
    s, unit = w.settings[0], w.units[u]
    full, overhead = unit.capacity, unit.overhead
    if unit.queued == 0 or full <= 0.0:
        return
    rank_queue(w, u, day)
    reserved = unit.campaign_share * (full - overhead)
    used, used_reserved = overhead, 0.0
    for place in range(unit.queued):
        number = w.queues[u, place]
        campaigned = (
            reserved > 0.0 and w.problems[w.cases[w.assignments[number].case].problem].issue == s.campaign_issue
        )
        if campaigned:
            used_reserved = work_on(w, u, number, day, used_reserved, reserved, full)
        elif used < full - reserved - 1e-12:
            used = work_on(w, u, number, day, used, full - reserved, full)
        elif reserved <= 0.0:
            break
    kept, backlog = 0, 0.0
    for place in range(unit.queued):
        number = w.queues[u, place]
        if w.assignments[number].state != DONE:
            w.queues[u, kept] = number
            kept += 1
            backlog += w.assignments[number].left
    unit.queued, unit.backlog = kept, backlog


@compiled
def units_day(w: World, day: int) -> None:
    """Every unit in the order of the table: answers what is due, then works through its queue."""
    for u in range(w.units.shape[0]):
        answer_all(w, u, day)
        handle(w, u, day)
