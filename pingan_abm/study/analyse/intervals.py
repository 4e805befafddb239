"""Intervals from replications: Student's for a mean and for paired differences, Welch's for unpaired ones, all 95 %."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its interval; both ends None when there are too few values for one."""

    mean: float
    low: float | None
    high: float | None

    @property
    def width(self) -> float | None:
        """From end to end; None without ends."""
        return None if self.low is None or self.high is None else self.high - self.low


def mean_interval(values: Sequence[float | None]) -> Interval | None:
    """Mean of the values there are, with Student's interval; None when there are none."""
    known = _known(values)
    if not len(known):
        return None
    error = float(known.std(ddof=1)) / math.sqrt(len(known)) if len(known) > 1 else None
    return _around(float(known.mean()), error, len(known) - 1)


def paired_interval(baseline: Sequence[float | None], other: Sequence[float | None]) -> Interval | None:
    """Mean of other − baseline over the replications in which both have a value, with Student's interval."""
    both = zip(baseline, other, strict=True)
    return mean_interval([after - before for before, after in both if before is not None and after is not None])


def unpaired_interval(baseline: Sequence[float | None], other: Sequence[float | None]) -> Interval | None:
    """Difference of the means, other − baseline, as if the runs had nothing in common, with Welch's (1947) interval."""
    first, second = _known(baseline), _known(other)
    if not len(first) or not len(second):
        return None
    difference = float(second.mean() - first.mean())
    if min(len(first), len(second)) < 2:
        return Interval(difference, None, None)
    parts = [float(values.var(ddof=1)) / len(values) for values in (first, second)]
    error = math.sqrt(sum(parts))
    if error == 0.0:
        return Interval(difference, difference, difference)
    shares = [part / sum(parts) for part in parts]  # scaled, or the squares of tiny variances would vanish
    freedom = 1.0 / sum(share**2 / (len(values) - 1) for share, values in zip(shares, (first, second), strict=True))
    return _around(difference, error, freedom)


def _known(values: Sequence[float | None]) -> np.ndarray:
    return np.array([value for value in values if value is not None and math.isfinite(value)], dtype=float)


def _around(mean: float, error: float | None, freedom: float) -> Interval:
    if error is None:
        return Interval(mean, None, None)
    from scipy.stats import t

    half = float(t.ppf(0.5 + CONFIDENCE / 2, freedom)) * error
    return Interval(mean, mean - half, mean + half)
