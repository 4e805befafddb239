"""From having been dealt with to being in order: what units order, or society is promised, takes time to be done, and a
place may not do it."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.rules import belief_after, remedy_probability, tidied_after
from pingan_abm.world.calendar import PLACES, Due, schedule
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import REGISTERED, Remedy
from pingan_abm.world.world import World

NONE, ORDERED, PROMISED, DONE = (int(stage) for stage in Remedy)
NEIGHBOURS = 2  # on either side, among the places of the kind
ROOM_FOR_CHECKS = 16  # between the draws of an order and those of a promise


@compiled
def awaits_remedy(w: World, number: int) -> bool:
    """Whether every unit that must act has acted, and what they ordered is not done yet."""
    problem = w.problems[number]
    everyone = problem.acted == (1 << problem.n_units) - 1
    return bool(problem.state == REGISTERED and problem.remedy == ORDERED and everyone)


@compiled
def takes_time(w: World, number: int, stage: int, time: float) -> bool:
    """R22. All that is needed of others has been done. What was ordered or promised is done after a time (log-normal,
    as repair times are, with the sub-type's mean), if the place does it. True if it takes time; False if the matter is
    in order at once."""
    s, problem = w.settings[0], w.problems[number]
    if problem.remedy == DONE:
        return False
    if problem.remedy == stage:
        return True
    days = 0.0
    if s.remedies:
        spread = s.remedy_log_sd * normal(s.key, Purpose.REMEDY_TIME, problem.key, stage)
        days = w.subtypes[problem.subtype].remedy_days * math.exp(spread - 0.5 * s.remedy_log_sd**2)
    if days <= 0.0 and put_right(w, number, stage, time):
        problem.remedy, problem.remedy_due = DONE, min(problem.remedy_due, time)
        return False
    if days <= 0.0:
        days = s.check_days
    problem.remedy = stage
    if stage == ORDERED:
        log(w, time, problem.file, number, Activity.REMEDY_ORDERED, ActorKind.PLACE, problem.place, int(days))
    else:
        log(w, time, -1, number, Activity.PROMISE, ActorKind.PLACE, problem.place, int(days))
    wait_until(w, number, stage, time + days)
    return True


@compiled
def wait_until(w: World, number: int, stage: int, time: float) -> None:
    """The matter is looked at again at a time; until then its file is not late."""
    problem = w.problems[number]
    problem.remedy_due = time
    schedule(w, PLACES, Due.REMEDY, number, stage, time, w.settings[0].day + 1)


@compiled
def put_right(w: World, number: int, stage: int, time: float) -> bool:
    """R22. Whether a problem is in order when the time for it is over. One that belongs to no place is; a place
    decides. After enough checks the unit puts it right itself. Who has done nothing is penalised."""
    s, problem = w.settings[0], w.problems[number]
    if problem.place < 0:
        return True
    place = w.places[problem.place]
    licensed, checks = float(place.licensed), float(problem.checks)
    chance = remedy_probability(s, place.cost, place.belief, licensed, checks)
    if problem.checks >= s.checks_most:
        chance = 1.0
    attempt = ROOM_FOR_CHECKS * stage + min(problem.checks, ROOM_FOR_CHECKS - 1)
    draw = uniform(s.key, Purpose.COMPLIES, problem.key, attempt)
    done = draw < chance
    activity = Activity.REMEDY if done else Activity.REFUSAL
    log(w, time, problem.file, number, activity, ActorKind.PLACE, problem.place, problem.checks)
    log_chance(w, chance, draw)
    if done:
        improve(w, problem.place)
        return True
    problem.checks += 1
    if stage == ORDERED:
        penalise(w, problem.place, number, time)
        w.units[problem.true_units[0]].carried += s.check_work
    return False


@compiled
def improve(w: World, i: int) -> None:
    """R22. A place has put one of its matters right."""
    s, place = w.settings[0], w.places[i]
    place.tidied = tidied_after(s, place.tidied, place.weight * w.place_kinds[place.kind].expected)
    if not place.waits:
        place.slack = place.will * (1.0 - place.tidied)
    place.relapses = 1


@compiled
def warn(w: World, i: int, step: float) -> None:
    """R22. A place believes more in being caught."""
    w.places[i].belief = belief_after(w.settings[0], w.places[i].belief, step)


@compiled
def penalise(w: World, i: int, number: int, time: float) -> None:
    """R22. A place is penalised: it moves round the corner or is warned, and so are its neighbours, and all of its kind
    if the penalty is published."""
    s, place = w.settings[0], w.places[i]
    place.penalties += 1
    kind, problem = w.place_kinds[place.kind], w.problems[number]
    for other in range(max(kind.first, i - NEIGHBOURS), min(kind.first + kind.count, i + NEIGHBOURS + 1)):
        if other != i:
            warn(w, other, s.place_neighbour_step)
    if uniform(s.key, Purpose.NAMED_IN_PUBLIC, problem.key, problem.checks) < s.place_naming_share:
        for other in range(kind.first, kind.first + kind.count):
            warn(w, other, s.place_named_step)
    if not moves_on(w, i, number, time):
        warn(w, i, s.place_penalised_step)


@compiled
def moves_on(w: World, i: int, number: int, time: float) -> bool:
    """R22. Whether a mobile place moves round the corner instead of taking fright: within its community or to the next,
    where nobody knows it. number: of the problem, −1 if there is none."""
    s, place = w.settings[0], w.places[i]
    if not w.place_kinds[place.kind].mobile:
        return False
    if uniform(s.key, Purpose.MOVES, np.uint64(i), s.day) >= s.move_chance:
        return False
    draw = uniform(s.key, Purpose.MOVES_TO, np.uint64(i), s.day)
    following = int(place.community)
    if draw >= 0.5:
        following = (following + 1) % w.communities.shape[0]
    there = w.communities[following]
    place.grid = there.first_grid + int(2.0 * abs(draw - 0.5) * there.grids)
    place.community = following
    place.moves += 1
    if number >= 0:
        log(w, time, w.problems[number].file, number, Activity.MOVE, ActorKind.PLACE, i, following)
    return True
