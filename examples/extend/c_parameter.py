"""(c) Add a parameter: how deep a scandal cuts into trust.

    pingan run --extend examples/extend/c_parameter.py --set scandal_depth=0.4 --residents 34500
    pingan parameters --extend examples/extend/c_parameter.py

Scandals lower trust in institutions (Bowler & Karp 2004, Political Behavior 26: 271–287, for the sign); how much is
unknown, which is what a parameter with bounds is for: a study file can sample it like any other. The date is assumed.
"""

from pingan_abm import extend
from pingan_abm.model import PinganModel

extend.parameter(
    "scandal_depth",
    0.2,
    low=0.0,
    high=0.6,
    en="Depth of the scandal",
    zh="丑闻冲击",
    meaning_en="Share of everybody's trust that a scandal on 3 February takes.",
    meaning_zh="2月3日丑闻使居民信任下降的比例。",
    unit="share",
    role="uncertainty",
    source="literature",
)


@extend.intervention(on="2014-02-03")
def scandal(model: PinganModel) -> None:
    """Everybody's trust falls by the same share. Whatever a run sets is in `model.parameters`, added ones too."""
    model.world.trust *= 1.0 - model.parameters.scandal_depth  # type: ignore[attr-defined]
