"""What several actors share of the cycle: drawing units by shares, registering a problem, opening a file."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, identity, uniform
from pingan_abm.rules import time_of_decision
from pingan_abm.world.calendar import CENTRE, RESIDENTS, SOCIETY, Due, schedule
from pingan_abm.world.cases import FILED
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.problems import LATENT, REGISTERED
from pingan_abm.world.tables import GRID, PLACE
from pingan_abm.world.unit_sets import holds
from pingan_abm.world.world import World

#: Numbers that stand for reports which no resident made; `report_number` gives those of residents.
STUDIO_REPORT, PATROL_REPORT, CRISIS_REPORT = 97, 98, 99
AFFECTED_ROOM = 16  # at least as many as a problem can affect, so that numbers of reports do not collide


@compiled
def report_number(member: int, round_number: int) -> int:
    """The number of a report by the member-th of those affected: of her first, or of her answer in a later round."""
    return member + AFFECTED_ROOM * round_number


@compiled
def draw_unit(shares: np.ndarray, issue: np.record, place_unit: int, excluded: np.ndarray, draw: float) -> int:
    """A unit drawn by shares (float64 [slots]) of an issue type, the slot of the place resolved, those in a set
    left out; −1 if none is left."""
    place, total = int(place_unit), 0.0
    for holder in range(issue.n_holders):
        unit = int(issue.holders[holder])
        if shares[unit] > 0.0 and not holds(excluded, unit):
            total += shares[unit]
    at_place = shares[PLACE] > 0.0 and not holds(excluded, place)
    if at_place:
        total += shares[PLACE]
    if total <= 0.0:
        return -1
    left, chosen = draw * total, -1
    for holder in range(issue.n_holders):
        unit = int(issue.holders[holder])
        if shares[unit] > 0.0 and not holds(excluded, unit):
            chosen = unit
            left -= shares[unit]
            if left < 0.0:
                return chosen
    return place if at_place else chosen


@compiled
def keep_lowest(draws: np.ndarray, picks: np.ndarray, count: int, draw: float, number: int) -> int:
    """Put a number among those with the lowest draws, in their order, if there is room or its draw is lower than the
    highest kept. draws (float64) and picks (int64): as long as numbers are wanted; count: of those kept so far. Returns
    how many are kept now."""
    most = draws.shape[0]
    if count == most and (most == 0 or draw >= draws[count - 1]):
        return count
    slot = count if count < most else count - 1
    while slot > 0 and draws[slot - 1] > draw:
        draws[slot], picks[slot] = draws[slot - 1], picks[slot - 1]
        slot -= 1
    draws[slot], picks[slot] = draw, number
    return int(min(most, count + 1))


@compiled
def severity_at(problem: np.record, time: float) -> float:
    """Severity 0–1 of an unsolved problem at a time."""
    return float(min(1.0, problem.severity + problem.growth * max(0.0, time - problem.onset)))


@compiled
def affected_resident(w: World, problem: np.record, number: int) -> int:
    """Index of the number-th of those affected: neighbours in index order in the grid, the first one first."""
    grid = w.grids[problem.grid]
    return int(grid.start + (problem.resident - grid.start + number) % grid.people)


@compiled
def reach_of(w: World, problem: np.record) -> int:
    """Bit mask of the groups that hear of a problem: those with somebody affected by it within two contacts."""
    reach = 0
    for member in range(problem.affected):
        reach |= w.residents[affected_resident(w, problem, member)].reach
    return reach


@compiled
def system_of(w: World, channel: int, key: np.uint64, report: int) -> int:
    """R3. The file system a report is written to: 0 the one system, else the channel's own (1 + channel)."""
    share = float(w.settings[0].joined[channel])
    if share >= 1.0 or (share > 0.0 and uniform(w.settings[0].key, Purpose.JOINED, key, report) < share):
        return 0
    return 1 + channel


@compiled
def desk_of(w: World, problem: np.record, system: int) -> int:
    """The actor that keeps the files of a system: the centre those of the one system, else the unit whose desk the
    channel's is, or the office of the subdistrict."""
    s = w.settings[0]
    if system == 0:
        return int(s.centre_actor)
    desk = int(s.desks[system - 1])
    return desk if desk >= 0 else int(w.communities[problem.community].unit)


@compiled
def open_file(w: World, number: int, time: float, system: int, duplicate: bool = False) -> int:
    """Step 2. Open a case file on a problem in a file system; it waits at the centre, or goes out from its own desk at
    once."""
    book, problem = w.tally[0], w.problems[number]
    row = book.cases
    if row >= w.cases.shape[0]:
        book.overflow += 1
        return -1
    book.cases = row + 1
    case = w.cases[row]
    case.key = identity(problem.key, Purpose.DUPLICATE, np.uint64(system), 0) if duplicate else problem.key
    case.opened, case.problem, case.state, case.lead, case.next = time, number, FILED, -1, -1
    case.first_dispatched = case.dispatched = case.due = case.first_due = case.first_closed = case.closed = math.nan
    case.first_return = case.second_return = case.first_repeat = case.unowned_since = case.supervised_at = math.nan
    case.joined = 1 if system == 0 else 0
    case.tracked = 1 if system == 0 and w.settings[0].command_centre else 0
    case.duplicate = 1 if duplicate else 0
    case.last_closure, case.desk = -1, desk_of(w, problem, system)
    problem.systems |= 1 << system
    book.files += 1
    if duplicate:
        book.duplicates += 1
    else:
        problem.file, problem.helper, problem.alone = row, 0, 0  # whoever helped society has no part in the file
        book.primary += 1
        book.patrol_files += 1 if problem.by_patrol else 0
    log(w, time, row, number, Activity.FILE, ActorKind.CENTRE, system, 1 if duplicate else 0)
    if case.tracked:
        if book.centre_tail >= 0:
            w.cases[book.centre_tail].next = row
        else:
            book.centre_head = row
        book.centre_tail = row
        book.centre_waiting += 1
    else:
        schedule(w, CENTRE, Due.REDISPATCH, row, 0, time, w.settings[0].day)
    return int(row)


@compiled
def note_handled(problem: np.record, time: float) -> None:
    """Remember when society or a unit first worked on a problem."""
    if math.isnan(problem.handled):
        problem.handled = time


@compiled
def begin_try(w: World, number: int, time: float) -> None:
    """R6. An attempt to settle a problem on the spot begins; when it ends is drawn."""
    s, problem = w.settings[0], w.problems[number]
    problem.tries += 1
    w.tally[0].tries += 1
    note_handled(problem, time)
    lasts = s.try_days_least + s.try_days_more * exponential(s.key, Purpose.TRY_TIME, problem.key, problem.tries)
    schedule(w, SOCIETY, Due.TRY_ENDS, number, 0, time + lasts, s.day + 1)


@compiled
def join_queue(w: World, number: int, time: float) -> None:
    """Step 1 to society: a registered problem waits for an attempt in its patch, first come first served."""
    problem = w.problems[number]
    patch = w.grids[w.grids[problem.grid].patch]
    problem.next, problem.waiting_since = -1, time
    if patch.tail >= 0:
        w.problems[patch.tail].next = number
    else:
        patch.head = number
    patch.tail = number
    patch.waiting += 1
    patch.asked += w.settings[0].try_minutes


@compiled
def become_known(w: World, number: int, time: float, source: int, system: int, by_patrol: bool = False) -> None:
    """Step 1. A latent problem is registered; those affected will look after a while whether anything has come of
    it."""
    problem, book = w.problems[number], w.tally[0]
    problem.state, problem.registered, problem.source = REGISTERED, time, source
    problem.by_patrol = 1 if by_patrol else 0
    problem.system = system
    book.registered += 1
    book.latent -= 1
    grid = w.grids[problem.grid]
    if source == GRID:
        w.grids[grid.patch].uploads_today += 1.0
        grid.uploads_month += 1.0
        grid.adopted_month += 1.0
        book.uploads += 1
        book.adopted += 1
    if by_patrol:
        book.registered_by_patrol += 1
    log(w, time, -1, number, Activity.COLLECT, ActorKind.GRID_OFFICER, problem.grid, source)
    if w.settings[0].repeat_reports:
        again = time_of_decision(
            time, w.subtypes[problem.subtype].target_days, w.settings[0].weekday, w.settings[0].pace
        )
        schedule(w, RESIDENTS, Due.AGAIN, number, 0, again, w.settings[0].day + 1)


@compiled
def register(w: World, number: int, time: float, source: int, system: int, by_patrol: bool = False) -> None:
    """Step 1. A latent problem becomes known; society tries first, unless it is switched off."""
    if w.problems[number].state != LATENT:
        return
    become_known(w, number, time, source, system, by_patrol)
    if w.settings[0].social_cogovernance:
        join_queue(w, number, time)
    elif w.settings[0].administrative_handling:
        open_file(w, number, time, system)
