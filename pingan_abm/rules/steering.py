"""R18 and R20: targets passed down, campaigns."""

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
