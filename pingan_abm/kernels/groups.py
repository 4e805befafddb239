"""R5. What a grassroots group does in a week: hears of latent problems through contacts, mediates, passes on."""

import math

import numpy as np

from pingan_abm.compiled import compiled
from pingan_abm.draws import Purpose, uniform
from pingan_abm.events import Activity, Actor, log
from pingan_abm.kernels.common import reach_of, register, system_of
from pingan_abm.kernels.society import settle
from pingan_abm.problems import LATENT, REGISTERED
from pingan_abm.rules import settle_probability
from pingan_abm.tables import STUDIO

EASY = 0.2  # need for enforcement up to which a group mediates itself
MEDIATION_BONUS = 0.1


@compiled
def reached(i: int, bit: int, residents: np.ndarray) -> int:
    """Mark a resident; 1 if she was not marked before."""
    new = 1 - ((residents[i].reach >> bit) & 1)
    residents[i].reach |= 1 << bit
    return int(new)


@compiled
def spread_reach(members: np.ndarray, bit: int, contacts: np.ndarray, residents: np.ndarray, problems: np.ndarray, tally: np.ndarray,
                 grids: np.ndarray, latent: np.ndarray) -> int:
    """Mark everyone within two contacts of these members in the residents' `reach` mask, and what they are affected by; how many were
    not marked before."""
    new = 0
    for member in members:
        new += reached(member, bit, residents)
        for slot in range(contacts.shape[1]):
            near = contacts[member, slot]
            new += reached(near, bit, residents)
            for further in range(contacts.shape[1]):
                new += reached(contacts[near, further], bit, residents)
    for place in range(tally[0].latent_rows):
        latent[place].reach = reach_of(problems[latent[place].number], grids, residents)
    return new


@compiled
def forget_reach(bit: int, residents: np.ndarray) -> None:
    """Nobody hears of the group any more."""
    for i in range(residents.shape[0]):
        residents[i].reach &= ~(1 << bit) & 0xFFFF


@compiled
def hear(bit: int, day: int, most: int, problems: np.ndarray, tally: np.ndarray, latent: np.ndarray, settings: np.ndarray,
         picks: np.ndarray) -> int:
    """The `most` latent problems in reach that come first in keyed order: their numbers into picks; how many."""
    lowest = np.full(picks.shape[0], 2.0)
    count = 0
    for place in range(tally[0].latent_rows):
        number = latent[place].number
        if not (latent[place].reach >> bit) & 1 or problems[number].state != LATENT:
            continue
        problem = problems[number]
        draw = uniform(settings[0].key, Purpose.GROUP_PICK, problem.key, day)
        if count == most and draw >= lowest[count - 1]:
            continue
        slot = count if count < most else count - 1
        count = min(most, count + 1)
        while slot > 0 and lowest[slot - 1] > draw:
            lowest[slot], picks[slot] = lowest[slot - 1], picks[slot - 1]
            slot -= 1
        lowest[slot], picks[slot] = draw, number
    return count


@compiled
def take_up(group: int, picks: np.ndarray, day: int, problems: np.ndarray, cases: np.ndarray, heads: np.ndarray,
            nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, communities: np.ndarray, grids: np.ndarray,
            residents: np.ndarray, trust: np.ndarray, settings: np.ndarray, events: np.ndarray) -> int:
    """Mediate what needs no powers (an attempt's chance, and a tenth); pass the rest on through the studio's channel. How many were
    settled."""
    s, settled = settings[0], 0
    for number in picks:
        problem = problems[number]
        if problem.state != LATENT:
            continue
        issue, place = issues[problem.issue], communities[problem.community]
        time = max(day + 0.5, problem.onset)
        tally[0].registered_by_studio += 1
        if issue.enforcement <= EASY:
            chance = min(0.95, MEDIATION_BONUS
                         + settle_probability(issue.solvability, issue.enforcement, 1.0, 1.0, place.trust))
            draw = uniform(s.key, Purpose.MEDIATION, problem.key, 0)
            log(events, tally, time, -1, number, Activity.TRY, Actor.GROUP, group, chance, draw, 0)
            if draw < chance:
                problem.state, problem.registered, problem.source = REGISTERED, time, STUDIO
                tally[0].registered += 1
                tally[0].latent -= 1
                settle(number, time, problems, residents, trust, grids, tally, settings, events)
                settled += 1
                continue
        log(events, tally, time, -1, number, Activity.COLLECT, Actor.GROUP, group, math.nan, math.nan, STUDIO)
        register(number, time, STUDIO, system_of(settings, STUDIO, problem.key, 97), False, problems, cases, grids, heads, nodes,
                 tally, issues, settings, events)
    return settled
