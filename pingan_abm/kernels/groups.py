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

# R5. Assumed.
EASY = 0.2  # need for enforcement up to which a group mediates itself
MEDIATION_BONUS = 0.1  # added to the chance to settle it


@compiled
def reached(i: int, bit: int, residents: np.ndarray, touched: np.ndarray) -> int:
    """Mark a resident, and in `touched` her grid; 1 if she was not marked before."""
    person = residents[i]
    if (person.reach >> bit) & 1:
        return 0
    person.reach |= 1 << bit
    touched[person.grid] = True
    return 1


@compiled
def spread_reach(members: np.ndarray, bit: int, contacts: np.ndarray, residents: np.ndarray, problems: np.ndarray, tally: np.ndarray,
                 grids: np.ndarray, latent: np.ndarray) -> int:
    """Mark everyone within two contacts of these members in the residents' `reach` mask, and what they are affected by; how many were
    not marked before. Whom a problem affects are neighbours in one grid, so only problems in grids with somebody new are looked at."""
    new, touched = 0, np.zeros(grids.shape[0], np.bool_)
    for member in members:
        new += reached(member, bit, residents, touched)
        for slot in range(contacts.shape[1]):
            near = contacts[member, slot]
            new += reached(near, bit, residents, touched)
            for further in range(contacts.shape[1]):
                new += reached(contacts[near, further], bit, residents, touched)
    for place in range(tally[0].latent_rows):
        row = latent[place]
        if touched[row.grid]:
            row.reach = reach_of(problems[row.number], grids, residents)
    return new


@compiled
def forget_reach(bit: int, residents: np.ndarray, tally: np.ndarray, latent: np.ndarray) -> None:
    """Nobody is in the group's reach any more, nor what they are affected by."""
    others = ~(1 << bit) & 0xFFFF
    for i in range(residents.shape[0]):
        residents[i].reach &= others
    for place in range(tally[0].latent_rows):
        latent[place].reach &= others


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
