"""What several kernels share: drawing units by shares, severity today, registering a problem, opening a file, being
affected."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, identity, uniform
from pingan_abm.engine.prefetch import prefetch
from pingan_abm.rules import GOOD, satisfaction_of, time_of_decision, trust_after
from pingan_abm.world.calendar import CENTRE, RESIDENTS, Due, schedule
from pingan_abm.world.cases import FILED
from pingan_abm.world.events import Activity, Actor, log
from pingan_abm.world.problems import LATENT, REGISTERED
from pingan_abm.world.tables import EHOME, GRID, HOTLINE, OWN_PLATFORM, PLACE, POLICE
from pingan_abm.world.world import World

TRY_MINUTES = 220.0  # R6: platform minutes that one attempt to settle takes; assumed


@compiled
def draw_unit(shares: np.ndarray, issue: np.record, place_unit: int, excluded: int, draw: float) -> int:
    """A unit drawn by shares (float64 [slots]) of an issue type, the slot of the place resolved, those in the bit mask
    left out; −1 if none is left."""
    total = 0.0
    for holder in range(issue.n_holders):
        unit = issue.holders[holder]
        if shares[unit] > 0.0 and not (excluded >> unit) & 1:
            total += shares[unit]
    at_place = shares[PLACE] > 0.0 and not (excluded >> place_unit) & 1
    if at_place:
        total += shares[PLACE]
    if total <= 0.0:
        return -1
    left, chosen = draw * total, -1
    for holder in range(issue.n_holders):
        unit = issue.holders[holder]
        if shares[unit] > 0.0 and not (excluded >> unit) & 1:
            chosen = int(unit)
            left -= shares[unit]
            if left < 0.0:
                return chosen
    return place_unit if at_place else chosen


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
def fetch_people(w: World, node: int) -> None:
    """Ask for the first of those whom the item that comes next concerns, while this one is dealt with."""
    if node >= 0 and w.nodes[node].kind != Due.EVALUATION:
        who = w.problems[w.nodes[node].subject].resident
        prefetch(w.residents, who)
        prefetch(w.trust, who)


@compiled
def reach_of(w: World, problem: np.record) -> int:
    """Bit mask of the groups that hear of a problem: those with somebody affected by it within two contacts."""
    reach = 0
    for member in range(problem.affected):
        reach |= w.residents[affected_resident(w, problem, member)].reach
    return reach


@compiled
def joined_share(w: World, channel: int) -> float:
    """Share of a channel's files that go to the one system."""
    s = w.settings[0]
    if channel == GRID:
        return float(s.joined_grid)
    if channel == EHOME:
        return float(s.joined_ehome)
    if channel == HOTLINE:
        return float(s.joined_hotline)
    if channel == POLICE:
        return float(s.joined_police)
    return float(s.joined_own if channel == OWN_PLATFORM else s.joined_studio)


@compiled
def system_of(w: World, channel: int, key: np.uint64, report: int) -> int:
    """R3. The file system a report is written to: 0 the one system, else the channel's own (1 + channel)."""
    share = joined_share(w, channel)
    if share >= 1.0 or (share > 0.0 and uniform(w.settings[0].key, Purpose.JOINED, key, report) < share):
        return 0
    return 1 + channel


@compiled
def open_file(w: World, number: int, time: float, system: int, duplicate: bool) -> int:
    """Step 2. Open a case file on a problem in a file system; it waits at the centre, or goes out from its own desk at
    once."""
    book, problem = w.tally[0], w.problems[number]
    row = book.cases
    if row >= w.cases.shape[0]:
        book.overflow += 1
        return -1
    book.cases = row + 1
    case = w.cases[row]
    case.key = identity(problem.key, Purpose.IDENTITY, np.uint64(system), 1) if duplicate else problem.key
    case.opened, case.problem, case.state, case.lead, case.next = time, number, FILED, -1, -1
    case.first_dispatched = case.dispatched = case.due = case.first_due = case.first_closed = case.closed = math.nan
    case.first_return = case.second_return = case.first_repeat = case.unowned_since = case.supervised_at = math.nan
    case.joined = 1 if system == 0 else 0
    case.tracked = 1 if system == 0 and w.settings[0].command_centre else 0
    case.duplicate = 1 if duplicate else 0
    case.last_closure = -1
    problem.systems |= 1 << system
    book.files += 1
    if duplicate:
        book.duplicates += 1
    else:
        problem.file = row
        book.primary += 1
        book.patrol_files += 1 if problem.by_patrol else 0
    log(w, time, row, number, Activity.FILE, Actor.CENTRE, system, math.nan, math.nan, 1 if duplicate else 0)
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
    patch.asked += TRY_MINUTES


@compiled
def register(w: World, number: int, time: float, source: int, system: int, by_patrol: bool) -> None:
    """Step 1. A latent problem becomes known; society tries first, unless it is switched off."""
    problem, book = w.problems[number], w.tally[0]
    if problem.state != LATENT:
        return
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
    log(w, time, -1, number, Activity.COLLECT, Actor.GRID_OFFICER, problem.grid, math.nan, math.nan, source)
    if w.settings[0].repeat_reports:
        again = time_of_decision(time, w.issues[problem.issue].target_days, w.settings[0].weekday, w.settings[0].pace)
        schedule(w, RESIDENTS, Due.AGAIN, number, 0, again, w.settings[0].day + 1)
    if w.settings[0].social_cogovernance:
        join_queue(w, number, time)
    elif w.settings[0].administrative_handling:
        open_file(w, number, time, system, False)


@compiled
def lives_through(w: World, i: int, key: np.uint64, attempt: int, worth: float, share: float) -> float:
    """R15, R16. One resident's experience: satisfaction, expectation and trust move; she may start or stop to
    volunteer. Returns how satisfied she is with it, 0–1."""
    s, person = w.settings[0], w.residents[i]
    felt = satisfaction_of(worth, person.expectation, s.loss_aversion)
    person.satisfaction += 0.5 * (felt - person.satisfaction)
    person.expectation += s.expectation_speed * (worth - person.expectation)
    w.trust[i] = trust_after(np.float64(w.trust[i]), felt >= GOOD, s.trust_gain, s.trust_loss, share)
    if s.volunteers:
        if person.volunteer and felt < GOOD:
            if uniform(s.key, Purpose.LEAVES_VOLUNTEERS, key, attempt) < 0.2:
                person.volunteer = 0
                w.grids[person.grid].volunteers -= 1
        elif not person.volunteer and felt >= 0.7:
            if uniform(s.key, Purpose.BECOMES_VOLUNTEER, key, attempt) < 0.02 * person.propensity:
                person.volunteer = 1
                w.grids[person.grid].volunteers += 1
    return felt


@compiled
def all_feel(w: World, number: int, worth: float, attempt: int) -> None:
    """Everyone affected feels the same outcome: reporters with a full step of trust, others with half."""
    problem = w.problems[number]
    good = 0
    for member in range(problem.affected):
        i = affected_resident(w, problem, member)
        share = 1.0 if (problem.reported >> member) & 1 else 0.5
        felt = lives_through(w, i, problem.key + np.uint64(member), attempt, worth, share)
        good += 1 if felt >= GOOD else 0
    problem.felt_all, problem.felt_good = problem.affected, good
