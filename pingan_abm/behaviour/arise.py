"""Problems arise: who meets them, how grave they are, whom they concern, and which units would really have to act."""

import math

import numpy as np

from pingan_abm.behaviour.filing import draw_unit, reach_of, register, system_of
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, identity, normal, uniform
from pingan_abm.engine.prefetch import prefetch
from pingan_abm.rules import belief_eased, growth_probability, lapse_day, report_probability, time_of_decision
from pingan_abm.world.calendar import RESIDENTS, Due, schedule
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import DETERRED, LATENT, MOST_AFFECTED, NOT_INJECTED, REGISTERED, TO_DRAW
from pingan_abm.world.tables import PLACE
from pingan_abm.world.unit_sets import WORDS, put_in
from pingan_abm.world.world import World

EXPOSURE_TRIES = 8
FETCHED = 3  # residents: as many as a problem affects, or nearly
MOST_OF_A_PART, MOST_A_PART = 20.0, 200  # of a day's Poisson count that is drawn in parts: expected, and drawn
ROOM_FOR_TYPES = 64  # between the entities of two days
MORE_TYPES = 1 << 40  # between the entities of a day's first so many types, the next so many, …


@compiled
def draw_resident(w: World, entity: np.uint64, first: int, count: int) -> int:
    """Who meets it: one of a range, kept with chance 0.25 + 0.75u² by her own exposure u; at most eight tries."""
    key, least, who = w.settings[0].key, w.settings[0].exposure_least, first
    for attempt in range(EXPOSURE_TRIES):
        who = first + int(uniform(key, Purpose.WHO, entity, attempt) * count)
        exposure = uniform(key, Purpose.EXPOSURE, np.uint64(who), 0)
        if uniform(key, Purpose.EXPOSED, entity, attempt) < least + (1.0 - least) * exposure * exposure:
            break
    return who


@compiled
def draw_true_units(w: World, problem: np.record, least: int, place_unit: int) -> None:
    """R7. The units that truly must act: how many, the lead by the written duties as they stand, assistants by the
    printed shares."""
    s, issue = w.settings[0], w.subtypes[problem.subtype]
    draw, wanted = uniform(s.key, Purpose.NUMBER_OF_UNITS, problem.key, 0), 1
    if draw < issue.joint:
        wanted = 3 if draw < s.three_units_share * issue.joint else 2
    wanted = max(wanted, least)
    chosen, count = np.zeros(WORDS, np.uint64), 0
    for place in range(wanted):
        if place == 0:
            draw = uniform(s.key, Purpose.TRUE_LEAD, problem.key, 0)
            unit = draw_unit(issue.lead_shares, issue, place_unit, chosen, draw)
        else:
            draw = uniform(s.key, Purpose.TRUE_ASSISTANTS, problem.key, place)
            unit = draw_unit(issue.shares, issue, place_unit, chosen, draw)
        if unit < 0:
            break
        problem.true_units[place] = unit
        put_in(chosen, unit)
        count += 1
    problem.n_units = count


@compiled
def most_readiness(w: World, problem: np.record, last_day: int) -> float:
    """R1 at its highest: no affected resident can have a higher chance to report, however late she decides. Full trust,
    nothing but good news, digital access without limits, her own home if owning helps, and the severity of the run's
    last day."""
    s = w.settings[0]
    owner = 1.0 if s.report_owner_effect > 0.0 else 0.0
    severity = min(1.0, problem.severity + problem.growth * max(0.0, last_day - problem.onset))
    habit = w.communities[problem.community].habit
    heard = 1.0 if s.hearing else 0.0
    chance = report_probability(s, severity, 1.0, owner, 1.0, habit, float(problem.affected), heard)
    return chance + 1e-9  # above any rounding


@compiled
def await_decisions(w: World, number: int, today: int) -> None:
    """R1, R1b. Everyone affected will make up her mind in her own time. Her draw is known already. Where it exceeds the
    highest chance of reporting, she will stay silent whatever happens, so no decision is scheduled for her."""
    s, problem = w.settings[0], w.problems[number]
    readiest = most_readiness(w, problem, w.heads.shape[1])
    for member in range(problem.affected):
        draw = uniform(s.key, Purpose.REPORTS, problem.key, member)
        if problem.awaited <= draw < readiest:
            wait = s.decision_days * exponential(s.key, Purpose.DECISION_TIME, problem.key, member)
            time = time_of_decision(problem.onset, wait, s.weekday, s.pace)
            if time >= today:
                schedule(w, RESIDENTS, Due.DECISION, number, member, time, today)
    problem.awaited = max(problem.awaited, readiest)


@compiled
def await_more_decisions(w: World, today: int) -> None:
    """After a dated change: who would have stayed silent in any case, and might report now."""
    for number in range(w.tally[0].problems):
        if w.problems[number].state == LATENT or w.problems[number].state == REGISTERED:
            await_decisions(w, number, today)


@compiled
def begin(w: World, number: int, onset: float) -> None:
    """A problem exists from now on: everyone affected will make up her mind; it may fade, or grow into a crisis."""
    s, problem, book = w.settings[0], w.problems[number], w.tally[0]
    problem.state, problem.onset = LATENT, onset
    if book.latent_rows >= w.latent.shape[0]:
        book.overflow += 1
        return
    row = w.latent[book.latent_rows]
    row.number, row.grid, row.issue = number, problem.grid, problem.issue
    row.threshold = exponential(s.key, Purpose.FOUND, problem.key, 0)
    row.hazard_start = w.grids[problem.grid].hazard
    row.reach = reach_of(w, problem)
    book.latent_rows += 1
    book.latent += 1
    book.arisen += 1
    await_decisions(w, number, s.day)
    threshold = exponential(s.key, Purpose.LAPSE, problem.key, 0)
    lapses = onset + lapse_day(s, problem.severity, problem.growth, threshold)
    if lapses < w.heads.shape[1]:
        schedule(w, RESIDENTS, Due.LAPSE, number, 0, lapses, s.day)
    if problem.growth > 0.0:
        crisis = onset + (1.0 - problem.severity) / problem.growth
        if crisis < w.heads.shape[1]:
            schedule(w, RESIDENTS, Due.CRISIS, number, 0, crisis, s.day)
    log(w, onset, -1, number, Activity.ARISE, ActorKind.RESIDENT, problem.resident, problem.issue)


@compiled
def describe(w: World, number: int, arrival: np.record, who: int) -> None:
    """What a new problem is like: where and whose, how grave, how much work, how many it concerns, and which units must
    act."""
    s, problem, key, kind = w.settings[0], w.problems[number], arrival.identity, arrival.subtype
    issue, person = w.subtypes[kind], w.residents[who]
    problem.key, problem.issue, problem.subtype = key, issue.issue, kind
    problem.community, problem.grid = person.community, person.grid
    problem.resident, problem.file, problem.next, problem.source = who, -1, -1, -1
    problem.first_report = problem.registered = problem.handled = problem.solved = problem.lapsed = math.nan
    problem.injected = 0 if arrival.channel == NOT_INJECTED else 1
    problem.seen = 1 if issue.appears_as == kind else 0
    problem.place, problem.remedy_due = arrival.place, 0.0
    severity = arrival.severity
    if math.isnan(severity):
        severity = issue.severity + s.severity_spread * exponential(s.key, Purpose.SEVERITY, key, 0) - s.severity_shift
    problem.severity = min(s.severity_most, max(0.0, severity))
    if s.severity_growth and uniform(s.key, Purpose.GROWS, key, 0) < growth_probability(s, problem.severity):
        problem.growth = s.growth_a_day * exponential(s.key, Purpose.GROWTH, key, 0)
    spread = normal(s.key, Purpose.WORK, key, 0)
    problem.work = issue.work_median * math.exp(issue.work_log_sd * spread)
    problem.difficulty = min(2.0, max(-2.0, spread))
    more = issue.affected_mean - 1.0
    extra = 0
    if more > 0.0:  # geometric on 0, 1, … with this mean
        extra = int(exponential(s.key, Purpose.AFFECTED, key, 0) / math.log(1.0 + 1.0 / more))
    problem.affected = min(1 + min(extra, MOST_AFFECTED - 2), w.grids[problem.grid].people)
    draw_true_units(w, problem, arrival.min_units, w.communities[person.community].unit)


@compiled
def who_meets(w: World, arrivals: np.ndarray) -> np.ndarray:
    """Who meets each of the arrivals (int64), all at once: their rows can be fetched meanwhile."""
    s, met_by = w.settings[0], np.empty(arrivals.shape[0], np.int64)
    for row in range(arrivals.shape[0]):
        arrival = arrivals[row]
        first, count = 0, s.residents
        if arrival.place >= 0:
            grid = w.grids[w.places[arrival.place].grid]
            first, count = grid.start, grid.people
        elif arrival.community >= 0:
            first, count = w.communities[arrival.community].start, w.communities[arrival.community].people
        met_by[row] = draw_resident(w, arrival.identity, first, count)
        for more in range(FETCHED):  # who is affected with her stands next to her
            prefetch(w.residents, met_by[row] + more)
    return met_by


@compiled
def arise(w: World, day: int, arrivals: np.ndarray) -> int:
    """Turn a day's arrivals (ARRIVAL rows) into problems, thinned by prevention and deterrence; the first new problem's
    number.

    Each arrival has an identity of its own, so the same problem has the same luck in every scenario.
    """
    s, book = w.settings[0], w.tally[0]
    first_new, met_by = book.problems, who_meets(w, arrivals)
    for row in range(arrivals.shape[0]):
        arrival, who = arrivals[row], met_by[row]
        key, kind = arrival.identity, arrival.issue
        issue, where = w.issues[kind], w.residents[who].community
        kept = 1.0 - w.prevention[where, kind]
        draw = uniform(s.key, Purpose.ARISES, key, 0) if arrival.channel == NOT_INJECTED else 0.0
        if draw >= kept:
            continue
        deterred = arrival.place < 0 and draw >= kept * (1.0 - issue.deterrence)  # places decide for themselves
        if deterred and uniform(s.key, Purpose.DETERRED_RETURN, key, 0) >= s.deterred_return_share:
            book.deterred_away += 1
            continue
        number = book.problems
        if number >= w.problems.shape[0]:
            book.overflow += 1
            break
        book.problems = number + 1
        problem = w.problems[number]
        describe(w, number, arrival, who)
        fraction = arrival.fraction
        if fraction < 0.0:
            fraction = uniform(s.key, Purpose.ONSET, key, 0)
        if deterred:
            book.deterred += 1
            problem.state = DETERRED
            problem.onset = day + s.deterred_return_days * uniform(s.key, Purpose.DETERRED_WHEN, key, 0)
            left = max(0.0, s.campaign_ends - day)
            schedule(w, RESIDENTS, Due.ONSET, number, 0, problem.onset + left, day + 1)
        else:
            begin(w, number, day + fraction)
            w.needs[where, kind] += 1.0
            note_origin(w, number)
        if arrival.channel >= 0:
            report_at_once(w, number, arrival.channel, day + fraction)
    return int(first_new)


@compiled
def note_origin(w: World, number: int) -> None:
    """A problem has arisen in a place; after a remedy it is a relapse."""
    problem = w.problems[number]
    if problem.place < 0:
        return
    place = w.places[problem.place]
    place.problems += 1
    place.belief = belief_eased(w.settings[0], place.belief)
    if place.relapses:
        place.relapses = 0
        log(w, problem.onset, -1, number, Activity.RELAPSE, ActorKind.PLACE, problem.place)


@compiled
def report_at_once(w: World, number: int, channel: int, time: float) -> None:
    """An injected problem's first resident has complained already, and the system has it."""
    problem = w.problems[number]
    problem.reported, problem.first_report, problem.pending = 1, time, 1
    w.tally[0].reports += 1
    w.issues[problem.issue].reports_recent += 1.0
    log(w, time, -1, number, Activity.REPORT, ActorKind.RESIDENT, problem.resident, channel)
    log_chance(w, 1.0, 0.0)
    system = system_of(w, channel, problem.key, 0)
    register(w, number, time, channel, system)


@compiled
def entity_of_day(day: int, kind: int) -> np.uint64:
    """What the draws of one day and issue type belong to: a number of its own, however many types there are."""
    return np.uint64(day * ROOM_FOR_TYPES + kind % ROOM_FOR_TYPES + kind // ROOM_FOR_TYPES * MORE_TYPES)


@compiled
def day_counts(key: np.uint64, purpose: int, day: int, rates: np.ndarray, out: np.ndarray) -> int:
    """Poisson counts of a day by issue type: rates, expected numbers, float64 [issues]; out, int64 [issues]; their sum.

    A mean above 20 is split into equal parts, each by inversion of one keyed draw.
    """
    total = 0
    for kind in range(rates.shape[0]):
        parts = int(rates[kind] / MOST_OF_A_PART) + 1
        count = 0
        for part in range(parts):
            draw = uniform(key, purpose, entity_of_day(day, kind), part)
            chance = math.exp(-rates[kind] / parts)
            reached, number = chance, 0
            while draw >= reached and number < MOST_A_PART:
                number += 1
                chance *= rates[kind] / parts / number
                reached += chance
            count += number
        out[kind] = count
        total += count
    return total


@compiled
def list_arrivals(key: np.uint64, day: int, counts: np.ndarray, arrivals: np.ndarray) -> None:
    """One ARRIVAL row for each of the day's problems, by type: anywhere in the district, severity and time of day to be
    drawn."""
    row = 0
    for kind in range(counts.shape[0]):
        for number in range(counts[kind]):
            arrival = arrivals[row]
            arrival.identity = identity(key, Purpose.IDENTITY, entity_of_day(day, kind), number)
            arrival.issue, arrival.subtype, arrival.community, arrival.place = kind, -1, -1, TO_DRAW
            arrival.channel, arrival.min_units = NOT_INJECTED, 1
            arrival.severity, arrival.fraction = math.nan, -1.0
            row += 1


@compiled
def weight_today(w: World, kind: int, least: int, certain: bool) -> float:
    """What is expected of a sub-type today, by which one is drawn; nothing if it has fewer owners than units are
    needed at least. Sub-types of a type that has no problems of its own, as with records, are all alike. certain: the
    problem arises in any case, so candidates of which a place turns some down count by what comes true of them."""
    subtype = w.subtypes[kind]
    owners = subtype.n_holders + (1 if subtype.shares[PLACE] > 0.0 else 0)
    if owners < least:
        return 0.0
    if w.issues[subtype.issue].rate <= 0.0:
        return 1.0
    if certain and w.settings[0].places and subtype.place_kind >= 0 and w.place_kinds[subtype.place_kind].count > 0:
        return float(subtype.today * w.place_kinds[subtype.place_kind].slack)
    return float(subtype.today)


@compiled
def weigh(w: World, first: int, end: int, least: int, certain: bool, weights: np.ndarray) -> None:
    """The weights of a type's sub-types for one arrival, into weights; where none has as many owners as are needed,
    those with any."""
    total = 0.0
    for kind in range(first, end):
        weights[kind] = weight_today(w, kind, least, certain)
        total += weights[kind]
    if total <= 0.0:
        for kind in range(first, end):
            weights[kind] = weight_today(w, kind, 1, certain)


@compiled
def only_of_place(w: World, first: int, end: int, kind: int, weights: np.ndarray) -> None:
    """Leave the weights of a type's sub-types that places of a kind cause; where nothing is expected of them today, all
    of them count alike."""
    total = 0.0
    for one in range(first, end):
        if w.subtypes[one].place_kind != kind:
            weights[one] = 0.0
        total += weights[one]
    if total <= 0.0:
        for one in range(first, end):
            weights[one] = 1.0 if w.subtypes[one].place_kind == kind else 0.0


@compiled
def draw_subtypes(w: World, arrivals: np.ndarray) -> None:
    """What exactly each of the day's arrivals is about, where that is not known: by what is expected today."""
    key = w.settings[0].key
    usual, others = np.empty(w.subtypes.shape[0]), np.empty(w.subtypes.shape[0])
    for kind in range(w.subtypes.shape[0]):
        usual[kind] = weight_today(w, kind, 1, False)
    for row in range(arrivals.shape[0]):
        arrival = arrivals[row]
        if arrival.subtype >= 0:
            continue
        issue, weights = w.issues[arrival.issue], usual
        first, end = issue.first_subtype, issue.first_subtype + issue.subtypes
        if arrival.min_units > 1 or arrival.place != TO_DRAW:
            weights = others
            weigh(w, first, end, arrival.min_units, arrival.place != TO_DRAW, weights)
        if arrival.place >= 0:
            only_of_place(w, first, end, w.places[arrival.place].kind, weights)
        total = 0.0
        for kind in range(first, end):  # numpy's sum would bring SciPy's linear algebra along at every start
            total += weights[kind]
        left = total * uniform(key, Purpose.SUBTYPE, arrival.identity, 0)
        arrival.subtype = first
        for kind in range(first, end):
            if weights[kind] > 0.0:
                arrival.subtype = kind
                left -= weights[kind]
                if left < 0.0:
                    break


@compiled
def fade_all(w: World) -> None:
    """Once a day: what was counted lately, what ideas prevented and what was learned fades exponentially (R5, R13b)."""
    s = w.settings[0]
    for place in range(w.communities.shape[0]):
        for kind in range(s.issues):
            w.needs[place, kind] *= s.recent_keep
            w.prevention[place, kind] *= s.prevention_keep
    for kind in range(s.issues):
        w.issues[kind].files_recent *= s.recent_keep
        w.issues[kind].reports_recent *= s.recent_keep
    for kind in range(w.subtypes.shape[0]):
        w.subtypes[kind].knowledge *= s.learned_keep
        w.subtypes[kind].rule *= s.learned_keep
