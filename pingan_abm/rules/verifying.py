"""R14: what the inspectors find."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def detection_probability(c: np.record, looks: float, closures: float) -> float:
    """R14. A paper closure is found: v·min(1, looks/closures)·(1 − 0.4A unless the inspectors are independent), v the
    verification_rate: their master, the centre, is appraised on closures too (paper). Assumed."""
    chance = c.verification_rate * (min(1.0, looks / closures) if closures > 0.0 else 1.0)
    if c.independent_verification:
        return float(chance)
    return float(chance * (1.0 - c.detection_accountability_effect * c.accountability))


@compiled
def looks_a_day(c: np.record, inspectors: float) -> float:
    """R14. Closures that the inspectors can look at in a day, eight hours each: 8/(0.5 + 5v), v the
    verification_rate. A deeper look takes longer. Assumed."""
    return float(inspectors * c.inspector_hours / (c.look_hours + c.look_strength_hours * c.verification_rate))
