"""(d) Add an intervention: inspect more closely once paper closures get common.

    pingan run tight_accountability --extend examples/extend/d_intervention.py --residents 34500

Responsive regulation (Ayres & Braithwaite 1992) answers behaviour: control is light until it is abused. Here twice as
many closures are inspected, from the first morning on which more than 5 % of the last 30 days' closures were on paper
only. The threshold and the doubling are assumed. (The district cannot know the true share; this asks what it would gain
if it could.)
"""

from pingan_abm import extend
from pingan_abm.model import PinganModel

THRESHOLD, DAYS = 0.05, 30


def much_on_paper(model: PinganModel) -> bool:
    """Whether closures on paper have passed the threshold in the last 30 days."""
    if model.day <= DAYS:
        return False
    now, before = model.daily[model.day - 1], model.daily[model.day - 1 - DAYS]
    closed = now["closed"] - before["closed"]
    return bool(closed > 0 and (now["paper"] - before["paper"]) / closed > THRESHOLD)


@extend.intervention(when=much_on_paper)  # once; with once=False, on every such morning
def inspect_more(model: PinganModel) -> None:
    """Double the share of closures that are looked at. `extend.change` does what a scenario's dated change does."""
    extend.change(model, verification_rate=min(1.0, 2.0 * model.parameters.verification_rate))
