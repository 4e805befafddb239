"""R27. Contacts in person between residents and whoever works for them: each raises trust a little."""

import numpy as np

from pingan_abm.behaviour.filing import affected_resident
from pingan_abm.engine.compiled import compiled
from pingan_abm.rules import trust_after_meeting
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
