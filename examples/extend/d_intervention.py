"""(d) Add an intervention: inspect more closely once paper closures get common.

    pingan run tight_accountability --extend examples/extend/d_intervention.py --residents 34500

Responsive regulation (Ayres & Braithwaite 1992) answers behaviour: control is light until it is abused. Here inspectors
look more deeply and answer to nobody in the district, from the first morning on which more than 5 % of the closures of
the last 30 days were on paper only. Threshold and depth are assumed. (The district cannot know the true share; this
asks what it would gain if it could.)
"""

from pingan_abm import extend
from pingan_abm.model import PinganModel

THRESHOLD, DAYS, DEPTH = 0.05, 30, 0.5


def much_on_paper(model: PinganModel) -> bool:
    """Whether closures on paper have passed the threshold in the last 30 days."""
    if model.day <= DAYS:
        return False
    now, before = model.daily[model.day - 1], model.daily[model.day - 1 - DAYS]
    closed = now["closed"] - before["closed"]
    return bool(closed > 0 and (now["paper"] - before["paper"]) / closed > THRESHOLD)


@extend.intervention(when=much_on_paper)  # once; with once=False, on every such morning
def inspect_more(model: PinganModel) -> None:
    """Look deeply, and independently. `extend.change` does what a scenario's dated change does."""
    extend.change(model, verification_rate=DEPTH, independent_verification=True)
