"""(b) Add an outcome and a daily indicator: how far communities lie apart, how often residents speak up.

    pingan run --extend examples/extend/b_outcome.py --residents 34500 --days 90 --out results/apart
    pingan report results/apart --extend examples/extend/b_outcome.py --out apart.html

The Gini coefficient of trust that the model has (`trust_gini`) compares persons. Spatial inequality is about places:
the ratio of the upper to the lower tenth of communities, as in studies of access to services. That it is trust which
should be measured so is assumed.
"""

import numpy as np

from pingan_abm import extend
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.cohorts import Cohorts


@extend.outcome(unit="ratio", better="down", en="Trust: upper over lower tenth of places", zh="社区信任差距（高低比）")
def trust_between_communities(c: Cohorts) -> float | None:
    """Mean trust of the community at the upper tenth over that at the lower tenth; None where the latter is 0."""
    world = c.model.world
    places = world.residents["community"]
    trust = np.bincount(places, world.trust) / np.bincount(places)
    low, high = np.quantile(trust, (0.1, 0.9))
    return None if low == 0.0 else float(high / low)


@extend.indicator(unit="a week", better="none", en="Reports per thousand residents", zh="每千居民每周反映数")
def reports_per_thousand(model: PinganModel) -> np.ndarray:
    """Residents' reports of the last seven days per thousand residents, for each day so far."""
    made = model.daily["reports"][: model.day].astype(float)  # so far, at the end of each day
    week_before = np.concatenate([np.zeros(7), made])[: len(made)]
    return 1000.0 * (made - week_before) / model.residents
