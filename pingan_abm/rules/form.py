"""Forms that several rules share."""

import math

from pingan_abm.engine.compiled import compiled


@compiled
def logistic(x: float) -> float:
    """1 / (1 + e^−x), safe at both ends."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    grown = math.exp(x)
    return grown / (1.0 + grown)


@compiled
def faded(value: float, days: float, half_life: float) -> float:
    """R13b and others: what is left of something learned or deterred after some days. Exponential, assumed."""
    return value * math.exp2(-days / half_life)
