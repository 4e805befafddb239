"""Step 6: on-site verification and closure. Inspectors look at every closure, and find some of the closures that are
only on paper."""

import math

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.rules import detection_probability, time_of_decision
from pingan_abm.world.calendar import CENTRE, RESIDENTS, Due, schedule
from pingan_abm.world.cases import BY_AUDIT, CLOSED
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import REGISTERED
from pingan_abm.world.world import World


@compiled
def learn(w: World, row: int) -> None:
    """R7. A closure teaches the centre who handles its sub-type."""
    s, case = w.settings[0], w.cases[row]
    problem = w.problems[case.problem]
    issue = w.subtypes[problem.subtype]
    if s.learning and case.tracked and issue.knowledge < s.knowledge_most:
        issue.knowledge += s.learning_rate / s.scale * (s.knowledge_most - issue.knowledge)
        issue.knowledge = min(s.knowledge_most, issue.knowledge)


@compiled
def close(w: World, row: int, found: bool) -> None:
    """Record one closure; send it back if it was found to be on paper, else let the complainants know."""
    s, book, case = w.settings[0], w.tally[0], w.cases[row]
    problem, number = w.problems[case.problem], book.closures
    if number >= w.closures.shape[0]:
        book.overflow += 1
        return
    book.closures = number + 1
    case.closures += 1
    book.closed += 1
    closure = w.closures[number]
    closure.time, closure.reopened, closure.revisited, closure.due = (
        case.closed,
        math.nan,
        math.nan,
        case.closed + s.rating_days,
    )
    closure.case, closure.problem, closure.unit, closure.grid = row, case.problem, case.lead, problem.grid
    closure.paper, closure.duplicate, closure.next = case.paper, case.duplicate, -1
    case.last_closure, case.state = number, CLOSED
    book.paper += case.paper
    if found:
        closure.reopened, closure.by, closure.evaluated = case.closed, BY_AUDIT, 1
        book.reopened_by_audit += 1
        case.reopened += 1
        log(w, case.closed, row, case.problem, Activity.REOPEN, ActorKind.INSPECTORS, 0, BY_AUDIT)
        schedule(w, CENTRE, Due.REDISPATCH, row, 1, case.closed, s.day + 1)
        return
    if math.isnan(case.first_closed):
        case.first_closed = case.closed
    schedule(w, RESIDENTS, Due.EVALUATION, number, 0, closure.due, s.day + 1)
    if not case.duplicate and s.revisits:
        patch = w.grids[w.grids[problem.grid].patch]
        if patch.revisit_tail >= 0:
            w.closures[patch.revisit_tail].next = number
        else:
            patch.revisit_head = number
        patch.revisit_tail = number
        w.grids[problem.grid].revisits_due_month += 1.0
    if problem.state == REGISTERED:
        wait = s.felt_days * exponential(s.key, Purpose.FELT_TIME, case.key, case.closures)
        felt = time_of_decision(case.closed, wait, s.weekday, s.pace)
        schedule(w, RESIDENTS, Due.FELT, case.problem, 0, felt, s.day + 1)
    learn(w, row)


@compiled
def verify_day(w: World, day: int) -> None:
    """R14. All files fed back today: what is on paper is found with the inspectors' chance, which falls when there are
    more closures than they can look at."""
    s, book = w.settings[0], w.tally[0]
    row, count = book.verify_head, float(book.verify_waiting)
    book.verify_head, book.verify_waiting = -1, 0
    chance = detection_probability(s, s.looks_per_day, count)
    if count > 0.0:
        s.detection += s.detection_memory * (chance - s.detection)  # what units have come to expect
    while row >= 0:
        case = w.cases[row]
        following = case.next_verified
        draw = uniform(s.key, Purpose.DETECTED, case.key, case.closures)
        found = case.paper == 1 and draw < chance
        log(w, case.closed, row, case.problem, Activity.VERIFY, ActorKind.INSPECTORS, 0, 1 if found else 0)
        log_chance(w, chance, draw)
        close(w, row, found)
        row = following
