"""R17. What organisations supply, place by place."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def spread_days(
    days: float, field: int, places: np.ndarray, asked: np.ndarray, total: float, supplied: np.ndarray
) -> None:
    """Add organisation-days in a field to supplied, [communities, mechanisms], in proportion to what is asked at each
    of the places (asked, float64 [places], and its total)."""
    for number in range(places.shape[0]):
        supplied[places[number], field] += days * asked[number] / total
