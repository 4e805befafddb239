"""R5. What a grassroots group does in a week: hears of latent problems through contacts, mediates, passes on."""

import numpy as np

from pingan_abm.behaviour.filing import (
    STUDIO_REPORT,
    become_known,
    begin_try,
    keep_lowest,
    note_handled,
    reach_of,
    register,
    system_of,
)
from pingan_abm.behaviour.meeting import bring_together
from pingan_abm.behaviour.officers import settle_or_wait
from pingan_abm.behaviour.organisations import BY_REQUEST, ask_for_group
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import settle_probability
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import LATENT
from pingan_abm.world.tables import STUDIO
from pingan_abm.world.world import World

ALL_GROUPS = 0xFFFF  # the bits of the residents' mask


@compiled
def reached(w: World, i: int, bit: int, touched: np.ndarray) -> int:
    """Mark a resident, and in `touched` her grid; 1 if she was not marked before."""
    person = w.residents[i]
    if (person.reach >> bit) & 1:
        return 0
    person.reach |= 1 << bit
    touched[person.grid] = True
    return 1


@compiled
def spread_reach(w: World, members: np.ndarray, bit: int) -> int:
    """Mark everyone within two contacts of these members in the residents' `reach` mask, and what they are affected by;
    how many were not marked before. Whom a problem affects are neighbours in one grid, so only problems in grids with
    somebody new are looked at."""
    new, touched = 0, np.zeros(w.grids.shape[0], np.bool_)
    for member in members:
        new += reached(w, member, bit, touched)
        for slot in range(w.contacts.shape[1]):
            near = w.contacts[member, slot]
            new += reached(w, near, bit, touched)
            for further in range(w.contacts.shape[1]):
                new += reached(w, w.contacts[near, further], bit, touched)
    for place in range(w.tally[0].latent_rows):
        row = w.latent[place]
        if touched[row.grid]:
            row.reach = reach_of(w, w.problems[row.number])
    return new


@compiled
def forget_reach(w: World, bit: int) -> None:
    """Nobody is in the group's reach any more, nor what they are affected by."""
    others = ~(1 << bit) & ALL_GROUPS
    for i in range(w.residents.shape[0]):
        w.residents[i].reach &= others
    for place in range(w.tally[0].latent_rows):
        w.latent[place].reach &= others


@compiled
def hear(w: World, bit: int, day: int, picks: np.ndarray) -> int:
    """The latent problems in reach that come first in keyed order: their numbers into picks (int64, as long as there is
    time for); how many."""
    draws, count = np.zeros(picks.shape[0]), 0
    for place in range(w.tally[0].latent_rows):
        number = w.latent[place].number
        if not (w.latent[place].reach >> bit) & 1 or w.problems[number].state != LATENT:
            continue
        draw = uniform(w.settings[0].key, Purpose.GROUP_PICK, w.problems[number].key, day)
        count = keep_lowest(draws, picks, count, draw, number)
    return count


@compiled
def take_up(w: World, group: int, picks: np.ndarray, day: int) -> None:
    """Mediate what needs no powers (an attempt's chance, and a tenth); put the rest to an organisation that works
    there; pass on what none takes through the studio's channel."""
    s = w.settings[0]
    for number in picks:
        problem = w.problems[number]
        if problem.state != LATENT:
            continue
        issue, place = w.subtypes[problem.subtype], w.communities[problem.community]
        time = max(day + 0.5, problem.onset)
        w.tally[0].registered_by_studio += 1
        if issue.enforcement <= s.mediation_enforcement_most:
            alone = settle_probability(s, issue.solvability, issue.enforcement, 1.0, 1.0, place.trust)
            chance = min(s.settle_most, s.mediation_bonus + alone)
            draw = uniform(s.key, Purpose.MEDIATION, problem.key, 0)
            note_handled(problem, time)
            bring_together(w, number)
            log(w, time, -1, number, Activity.TRY, ActorKind.GROUP, group)
            log_chance(w, chance, draw)
            if draw < chance:
                become_known(w, number, time, STUDIO, system_of(w, STUDIO, problem.key, STUDIO_REPORT))
                settle_or_wait(w, number, time)
                continue
        one = ask_for_group(w, group, number, time)
        if one >= 0:
            become_known(w, number, time, STUDIO, system_of(w, STUDIO, problem.key, STUDIO_REPORT))
            problem.helper, problem.alone = 1 + one, BY_REQUEST + group
            begin_try(w, number, time)
            continue
        log(w, time, -1, number, Activity.COLLECT, ActorKind.GROUP, group, STUDIO)
        register(w, number, time, STUDIO, system_of(w, STUDIO, problem.key, STUDIO_REPORT))
