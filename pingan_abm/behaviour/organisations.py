"""R17. What organisations supply, place by place; and the rules that their lives follow, for the world they live in."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules import aligned_target, commitment, renewal_probability
from pingan_abm.world.world import World


@compiled
def spread_days(
    days: float, field: int, places: np.ndarray, asked: np.ndarray, total: float, supplied: np.ndarray
) -> None:
    """Add organisation-days in a field to supplied, [communities, mechanisms], in proportion to what is asked at each
    of the places (asked, float64 [places], and its total)."""
    for number in range(places.shape[0]):
        supplied[places[number], field] += days * asked[number] / total


@compiled
def commits(w: World, dependence: float, trust_in_centre: float) -> float:
    """R17. Share of an organisation's days that goes to coordinated work."""
    return commitment(w.settings[0], dependence, trust_in_centre)


@compiled
def aligns(w: World, dependence: float) -> float:
    """R17. Where an organisation's alignment with government drifts."""
    return aligned_target(w.settings[0], dependence)


@compiled
def renews(w: World, alignment: float, settled: float) -> float:
    """R17. Chance that a contract is renewed."""
    return renewal_probability(w.settings[0], alignment, settled)
