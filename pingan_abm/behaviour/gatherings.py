"""R21. People of several institutions in one room: round tables, residents' talks, composite bodies."""

import numpy as np

from pingan_abm.behaviour.cooperation import acquaint
from pingan_abm.behaviour.filing import keep_lowest, register, system_of
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.problems import LATENT
from pingan_abm.world.tables import STUDIO
from pingan_abm.world.world import World

FORUM_REPORT = 96  # stands for a report that was made in a residents' talk


@compiled
def come_together(w: World, present: np.ndarray, gain: float) -> None:
    """Everybody present gets to know everybody else: each relation goes a part of the way to 1. Units give up a little
    working time for it."""
    for first in present:
        if first < w.units.shape[0]:
            w.units[first].carried += w.settings[0].meeting_work
        for second in present:
            acquaint(w, int(first), int(second), gain)


@compiled
def talk_it_over(w: World, subdistrict: int, most: int, day: int) -> int:
    """Residents of a subdistrict bring up problems that nobody has registered, in keyed order, as many as there is time
    for; how many."""
    s = w.settings[0]
    picks, draws, count = np.zeros(most, np.int64), np.zeros(most), 0
    for place in range(w.tally[0].latent_rows):
        number = w.latent[place].number
        problem = w.problems[number]
        if problem.state != LATENT or w.communities[problem.community].subdistrict != subdistrict:
            continue
        draw = uniform(s.key, Purpose.TALKED_OVER, problem.key, day)
        count = keep_lowest(draws, picks, count, draw, number)
    for place in range(count):
        number = picks[place]
        problem = w.problems[number]
        time = max(day + 0.5, problem.onset)
        w.tally[0].registered_by_talk += 1
        log(w, time, -1, number, Activity.TALKED_OVER, ActorKind.COMMUNITY, problem.community)
        register(w, number, time, STUDIO, system_of(w, STUDIO, problem.key, FORUM_REPORT))
    return count
