"""Places: which of them cause the day's problems; what they do when the time to put something right is over; how they
slacken, tighten, are inspected, and wait campaigns out."""

import numpy as np

from pingan_abm.behaviour.officers import go_up, note_help, settle
from pingan_abm.behaviour.remedies import DONE, NONE, ORDERED, PROMISED, improve, moves_on, put_right, wait_until, warn
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import belief_faded, tidied_faded, waiting_probability, wanted_slack, will_after
from pingan_abm.world.calendar import PLACES, in_order, release
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.places import wait_for_inspection
from pingan_abm.world.problems import CERTAIN, REGISTERED, SOLVED, TO_DRAW
from pingan_abm.world.world import World

TRIES = 8  # to find a place for a problem that is certain


@compiled
def place_by_size(w: World, kind: int, draw: float, reaches: np.ndarray) -> int:
    """A place of a kind, drawn by size. reaches: float64 [places], the places' `reach` side by side."""
    low, high = w.place_kinds[kind].first, w.place_kinds[kind].first + w.place_kinds[kind].count - 1
    while low < high:
        middle = (low + high) // 2
        if reaches[middle] > draw:
            high = middle
        else:
            low = middle + 1
    return int(low)


@compiled
def place_in(w: World, kind: int, community: int, draw: float) -> int:
    """A place of a kind in a community, drawn by size and by how far each lets things slide; −1 where there is none."""
    total, chosen = 0.0, -1
    first = w.place_kinds[kind].first
    for i in range(first, first + w.place_kinds[kind].count):
        if w.places[i].community == community:
            total += w.places[i].weight * w.places[i].slack
    left = draw * total
    for i in range(first, first + w.place_kinds[kind].count):
        if w.places[i].community == community:
            chosen = i
            left -= w.places[i].weight * w.places[i].slack
            if left < 0.0:
                break
    return chosen


@compiled
def origin(w: World, arrival: np.record, reaches: np.ndarray) -> int:
    """The place that an arrival comes from; −1 if it comes from none, −2 if the place keeps order and it does not
    arise. Candidates are so many more than problems expected that as many come true as expected, where places let
    things slide as far as is usual for their kind."""
    s, kind = w.settings[0], w.subtypes[arrival.subtype].place_kind
    if not s.places or kind < 0 or w.place_kinds[kind].count == 0:
        return -1
    if arrival.place == TO_DRAW:
        i = place_by_size(w, kind, uniform(s.key, Purpose.PLACE, arrival.identity, 0), reaches)
        return i if uniform(s.key, Purpose.EMITS, arrival.identity, 0) < w.places[i].slack else -2
    if arrival.community >= 0:
        return place_in(w, kind, arrival.community, uniform(s.key, Purpose.PLACE_WHERE, arrival.identity, 0))
    i = -1
    for attempt in range(TRIES):
        i = place_by_size(w, kind, uniform(s.key, Purpose.PLACE, arrival.identity, attempt), reaches)
        if uniform(s.key, Purpose.EMITS, arrival.identity, attempt) < w.places[i].slack:
            break
    return i


@compiled
def place_arrivals(w: World, arrivals: np.ndarray) -> int:
    """Give each arrival the place that it comes from, and drop those that do not arise; those that remain are moved to
    the front. Returns how many remain."""
    kept, reaches = 0, np.empty(w.places.shape[0])
    for i in range(w.places.shape[0]):
        reaches[i] = w.places[i].reach
    for row in range(arrivals.shape[0]):
        arrival = arrivals[row]
        if arrival.place == TO_DRAW or arrival.place == CERTAIN:
            found = origin(w, arrival, reaches)
            if found < -1:
                continue
            arrival.place = found
        if arrival.place >= 0:
            arrival.community = w.places[arrival.place].community
        if kept < row:
            arrivals[kept] = arrivals[row]
        kept += 1
    return kept


@compiled
def remedy_due(w: World, number: int, stage: int, time: float) -> None:
    """R22. The time to put a problem right is over. What was promised to society and not done goes up; what units
    ordered is checked again."""
    problem, book = w.problems[number], w.tally[0]
    if problem.state != REGISTERED or problem.remedy != stage:
        return
    done = put_right(w, number, stage, time)
    if stage == PROMISED:
        problem.remedy = DONE if done else NONE
        if done:
            settle(w, number, time)
        else:
            note_help(w, number, False)
            go_up(w, number, time)
    elif not done:
        wait_until(w, number, ORDERED, time + w.settings[0].check_days)
    else:
        problem.remedy = DONE
        if problem.acted == (1 << problem.n_units) - 1:
            problem.state, problem.solved = SOLVED, time
            book.solved += 1
            book.solved_with_file += 1
            log(w, time, problem.file, number, Activity.SOLVED, ActorKind.PLACE, problem.place)


@compiled
def inspect(w: World, i: int, day: int) -> None:
    """R22. A routine inspection: the place is warned; where it is caught, it puts one of its matters right."""
    s, place = w.settings[0], w.places[i]
    kind = w.place_kinds[place.kind]
    warn(w, i, s.place_inspected_step)
    if uniform(s.key, Purpose.INSPECTION, np.uint64(i), day) < place.slack:
        improve(w, i)
    if kind.unit >= 0:
        w.units[kind.unit].carried += s.inspection_work


@compiled
def concerned(w: World, i: int, issue: int) -> bool:
    """Whether a campaign on an issue type concerns a place."""
    return issue >= 0 and bool(w.causes[w.places[i].kind, issue])


@compiled
def campaign_begins(w: World, i: int, day: int) -> None:
    """R22. A place takes fright and tightens, moves round the corner, or only waits until the campaign is over."""
    s, place = w.settings[0], w.places[i]
    if uniform(s.key, Purpose.WAITS_OUT, np.uint64(i), day) < waiting_probability(s, place.seen):
        place.waits, place.slack = 1, 0.0
        return
    if not moves_on(w, i, -1, float(day)):
        warn(w, i, s.campaign_fear * s.campaign_intensity)


@compiled
def campaign_ends(w: World, i: int) -> None:
    """R22. A place that has waited goes back to how it was, and makes up for lost time."""
    s, place = w.settings[0], w.places[i]
    place.seen += 1.0
    if place.waits:
        place.waits, place.will = 0, min(1.0, place.will * (1.0 + s.campaign_catch_up))


@compiled
def places_day(w: World, day: int) -> None:
    """What is due today; then every place's day: fear fades, it slackens or tightens, and may be inspected."""
    s, book = w.settings[0], w.tally[0]
    node = in_order(w, PLACES, day, w.problems)
    while node >= 0:
        number, stage, time = w.nodes[node].subject, w.nodes[node].part, w.nodes[node].time
        node = release(w, node)
        remedy_due(w, number, stage, time)
    if not s.places:
        return
    running, before = s.campaign_issue, book.campaign_issue - 1
    for i in range(w.places.shape[0]):
        place = w.places[i]
        if running != before:
            if concerned(w, i, before):
                campaign_ends(w, i)
            if concerned(w, i, running):
                campaign_begins(w, i, day)
        place.seen *= s.campaign_memory_keep
        place.tidied = tidied_faded(s, place.tidied)
        if not place.waits:
            place.slack = place.will * (1.0 - place.tidied)
            place.will = will_after(s, place.will, wanted_slack(s, place.cost, place.belief))
        place.belief = belief_faded(s, place.belief)
        if concerned(w, i, running):
            if uniform(s.key, Purpose.CAMPAIGN_VISIT, np.uint64(i), day) < s.campaign_visits * s.campaign_intensity:
                warn(w, i, s.place_inspected_step)
        if place.next_inspection < day + 1.0:
            if s.administrative_handling:
                inspect(w, i, day)
            kind = w.place_kinds[place.kind]
            place.next_inspection += wait_for_inspection(s, kind, s.key, np.uint64(i), day + 1)
    book.campaign_issue = running + 1
