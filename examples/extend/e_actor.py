"""(e) Add an actor: an ombudsman who visits where trust is lowest.

    pingan run --extend examples/extend/e_actor.py --residents 34500

Being heard by somebody fair raises trust even when the decision stays the same (procedural justice: Tyler 1990, *Why
People Obey the Law*). Each ombudsman visits one of the three communities with the lowest trust a week, and meets a
twentieth of its residents, whose trust goes a tenth of the way to full. Who is met is drawn; all sizes are assumed.
"""

import numpy as np

from pingan_abm import extend
from pingan_abm.agents import Actor


@extend.actor(after="officers", number=2)
class Ombudsman(Actor):
    """Somebody to turn to, beside the offices. 民情监督员"""

    names = ("Ombudsman", "民情监督员")  # how maps and sheets of the app call it

    def act(self, day: int) -> None:
        """Weekly: visit a community, listen to some of its residents."""
        if day % 7 != self.unique_id % 7:
            return
        world = self.model.world
        places = world.residents["community"]
        trust = np.bincount(places, world.trust) / np.bincount(places)
        draws = extend.generator(self.model, f"ombudsman {self.unique_id}", day)
        visited = draws.choice(np.argsort(trust)[:3])
        met = np.flatnonzero((places == visited) & (draws.random(len(places)) < 0.05))
        world.trust[met] += 0.1 * (1.0 - world.trust[met])
