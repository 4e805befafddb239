"""R14: what the inspectors find."""

from pingan_abm.engine.compiled import compiled


@compiled
def detection_probability(
    rate: float, looks: float, closures: float, accountability: float, independent: bool
) -> float:
    """R14. A paper closure is found: v·min(1, looks/closures)·(1 − 0.4A unless the inspectors are independent): their
    master, the centre, is appraised on closures too (paper). Assumed."""
    chance = rate * (min(1.0, looks / closures) if closures > 0.0 else 1.0)
    return chance if independent else chance * (1.0 - 0.4 * accountability)


@compiled
def looks_a_day(inspectors: float, rate: float) -> float:
    """R14. Closures that the inspectors can look at in a day, eight hours each: 8/(0.5 + 5v). A deeper look takes
    longer. Assumed."""
    return inspectors * 8.0 / (0.5 + 5.0 * rate)
