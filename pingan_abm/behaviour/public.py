"""R29. Cases that go public, what becomes of them, and (R30) the waves in which line units serve their second
principal."""

import numpy as np

from pingan_abm.behaviour.experience import FELT_COMPLIED, all_feel
from pingan_abm.behaviour.filing import note_handled, severity_at
from pingan_abm.behaviour.remedies import improve
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.rules import complies_probability, goes_public_probability
from pingan_abm.world.calendar import CENTRE, RESIDENTS, Due, schedule
from pingan_abm.world.cases import CLOSED, FILED, SUPERVISION_STEP
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import COMPLIED, PUBLIC, REGISTERED, SOLVED
from pingan_abm.world.world import World


@compiled
def is_under_way(state: int) -> bool:
    """Whether a file has been sent out and is not closed. One that waits at the centre is not supervised: it would be
    sent out twice."""
    return state not in (FILED, CLOSED)


@compiled
def go_public(w: World, number: int, who: int, time: float, chance: float, draw: float) -> None:
    """A problem becomes public: its file comes before supervision, and whoever causes it may comply by herself."""
    s, problem = w.settings[0], w.problems[number]
    problem.public = PUBLIC
    w.tally[0].went_public += 1
    log(w, time, problem.file, number, Activity.WENT_PUBLIC, ActorKind.RESIDENT, who)
    log_chance(w, chance, draw)
    under_way = problem.file >= 0 and is_under_way(w.cases[problem.file].state)
    if under_way and s.supervision and s.command_centre:
        schedule(w, CENTRE, Due.AGENDA, problem.file, SUPERVISION_STEP, time, s.day + 1)
    willing = complies_probability(s, w.subtypes[problem.subtype].enforcement)
    if uniform(s.key, Purpose.PUBLIC_COMPLIES, problem.key, 0) < willing:
        wait = s.public_comply_days * exponential(s.key, Purpose.PUBLIC_COMPLY_TIME, problem.key, 0)
        schedule(w, RESIDENTS, Due.COMPLIANCE, number, 0, time + wait, s.day + 1)


@compiled
def may_go_public(w: World, number: int, who: int, report: int, time: float) -> None:
    """R29. A resident who reports again may do so in public. report: the number of her report, which keys the draw."""
    s, problem = w.settings[0], w.problems[number]
    if problem.public or problem.state != REGISTERED or s.public_voice <= 0.0:
        return
    chance = goes_public_probability(s, severity_at(problem, time), w.residents[who].satisfaction)
    draw = uniform(s.key, Purpose.GOES_PUBLIC, problem.key, report)
    if draw < chance:
        go_public(w, number, who, time, chance, draw)


@compiled
def report_in_media(w: World, number: int, time: float) -> None:
    """R29. The media may take up a crisis."""
    s, problem = w.settings[0], w.problems[number]
    chance = s.public_voice * s.crisis_public_chance
    draw = uniform(s.key, Purpose.CRISIS_PUBLIC, problem.key, 0)
    if not problem.public and draw < chance:
        go_public(w, number, int(problem.resident), time, chance, draw)


@compiled
def comply(w: World, number: int, time: float) -> None:
    """R29. Whoever causes a public problem stops: it is really solved, though no unit has done it. That counts as being
    worked on: by the public."""
    problem, book = w.problems[number], w.tally[0]
    if problem.state != REGISTERED:
        return
    problem.state, problem.solved, problem.solved_felt = SOLVED, time, 1
    problem.public = COMPLIED
    if problem.place >= 0:
        improve(w, problem.place)
    book.solved += 1
    book.complied += 1
    note_handled(problem, time)
    if problem.file >= 0:
        book.solved_with_file += 1
    else:
        problem.helper = problem.alone = 0  # nobody can say whose work it was
        book.social_ended += 1
    log(w, time, problem.file, number, Activity.COMPLIED, ActorKind.NOBODY, 0)
    all_feel(w, number, w.settings[0].society_performance, FELT_COMPLIED, time)


@compiled
def in_wave(w: World, u: int, day: int) -> bool:
    """R30. Whether a line unit's second principal takes its time today. One wave falls in each period, at a time of the
    unit's own."""
    s = w.settings[0]
    period, length = s.line_wave_period, min(s.line_wave_days, s.line_wave_period)
    number = int(day // period)
    start = number * period + (period - length) * uniform(s.key, Purpose.LINE_WAVE, np.uint64(u), number)
    return bool(start <= day < start + length)
