"""R6, R27. Contacts in person between residents and whoever works for them: each raises trust a little. Neighbours who
are asked to mediate."""

import numpy as np

from pingan_abm.behaviour.filing import affected_resident
from pingan_abm.behaviour.hearing import is_affected
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import neighbour_agrees, trust_after_meeting
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.world import World


@compiled
def meet(w: World, i: int) -> None:
    """One resident meets somebody in person."""
    if w.settings[0].contact_trust:
        w.trust[i] = trust_after_meeting(w.settings[0], np.float64(w.trust[i]))
        w.tally[0].meetings_in_person += 1


@compiled
def call_on_reporters(w: World, number: int) -> None:
    """Somebody calls on those who reported a problem; on the one who met it first where nobody has reported."""
    problem = w.problems[number]
    if not problem.reported:
        meet(w, int(problem.resident))
        return
    for member in range(problem.affected):
        if (problem.reported >> member) & 1:
            meet(w, affected_resident(w, problem, member))


@compiled
def bring_together(w: World, number: int) -> None:
    """All who are affected by a problem come together."""
    for member in range(w.problems[number].affected):
        meet(w, affected_resident(w, w.problems[number], member))


@compiled
def neighbour_to_ask(w: World, number: int) -> int:
    """Whom the officer asks about a problem: one of the contacts of the resident who met it, in keyed order, who is
    not affected herself; −1 where there is none."""
    s, problem, contacts = w.settings[0], w.problems[number], w.contacts
    grid = w.grids[problem.grid]
    count = contacts.shape[1]
    if count == 0:
        return -1
    first = int(uniform(s.key, Purpose.NEIGHBOUR_ASKED, problem.key, problem.tries) * count)
    for step in range(count):
        who = int(contacts[problem.resident, (first + step) % count])
        if who != problem.resident and not is_affected(
            who, int(problem.resident), int(problem.affected), int(grid.start), int(grid.people)
        ):
            return who
    return -1


@compiled
def ask_neighbour(w: World, number: int, time: float) -> None:
    """R6. For an attempt at what needs no powers the officer asks somebody whom the complainant knows to mediate. Who
    agrees meets those affected."""
    s, problem = w.settings[0], w.problems[number]
    problem.mediated = 0
    if not s.neighbours_mediate or w.subtypes[problem.subtype].enforcement > s.mediation_enforcement_most:
        return
    who = neighbour_to_ask(w, number)
    if who < 0:
        return
    chance = 1.0 - neighbour_agrees(s, np.float64(w.trust[who]))
    draw = uniform(s.key, Purpose.NEIGHBOUR_MEDIATES, problem.key, problem.tries)
    w.tally[0].neighbours_asked += 1
    agrees = draw >= chance
    log(w, time, -1, number, Activity.HELP if agrees else Activity.REFUSE, ActorKind.RESIDENT, who)
    log_chance(w, chance, draw)
    if agrees:
        problem.mediated = 1
        w.tally[0].neighbours_mediated += 1
        meet(w, who)
        bring_together(w, number)
