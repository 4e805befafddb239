"""R18, R20 and R31: targets passed down, campaigns, leaders who learn."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def deterrence(c: np.record, intensity: float, days: float) -> float:
    """R20. Share of a campaigned type's problems that does not arise after some days of it: 0.6·i(1 − e^(−t/7)).
    Assumed; decay after it by half-life (form: Dilmé & Garrett 2019)."""
    return float(c.deterrence_most * intensity * (1.0 - math.exp(-days / c.deterrence_build_days)))


@compiled
def amplified(target: float, amplification: float, levels: float) -> float:
    """R18. A target passed down some levels: 1 − (1 − T)(1 − α)^levels (层层加码; form: Li, Liu, Weng & Zhou 2019)."""
    missed: float = (1.0 - target) * (1.0 - amplification) ** levels
    return 1.0 - missed


@compiled
def target_after(c: np.record, target: float, closed: float) -> float:
    """R31. A year later the district's target has moved by half of the way to the share of files closed in time, as the
    leaders see it: what was reached becomes the base of what is asked for, up and down. Within 0.5 and 0.95. Assumed
    (form: planning from the achieved level, Weitzman 1980)."""
    moved = target + c.steer_target_speed * (closed - target)
    return float(min(c.ratchet_highest, max(min(c.steer_target_least, c.ratchet_highest), moved)))


@compiled
def weight_after(c: np.record, weight: float, closed: float, satisfied: float) -> float:
    """R31. The weight of satisfaction in the score moves towards whichever of closure and satisfaction looks worse:
    w + 0.5(closed − satisfied), within 0–1. Assumed."""
    return float(min(1.0, max(0.0, weight + c.steer_weight_speed * (closed - satisfied))))


@compiled
def audit_after(c: np.record, rate: float, hollow: float) -> float:
    """R31. Verification is strengthened where closures look hollow, and relaxed where they do not: v + 0.5(hollow −
    0.05), within 0–0.5. Assumed."""
    return float(min(0.5, max(0.0, rate + c.steer_audit_speed * (hollow - c.steer_hollow_tolerated))))


@compiled
def posts_after(c: np.record, posts: float, bad: float, usual: float) -> float:
    """R31. A unit's posts move towards what looks bad: posts·(1 + 0.5(bad − usual)); the caller keeps the total.
    Assumed."""
    return float(max(0.0, posts * (1.0 + c.steer_posts_speed * (bad - usual))))
