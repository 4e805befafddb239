"""Ratios, samples and inequality, with nothing where there is nothing to share.

Figures of rows add up: a ratio of the rows that left the registers and of those still there is the ratio of the sums, a
sample is both samples together. So an outcome can be computed for a run whose oldest rows have been retired.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self, SupportsFloat

import numpy as np

from pingan_abm.actors.appraisal import Counts


class Figure(Protocol):
    """A figure of rows. Two of the same outcome, over rows that are apart, add up to that of all of them."""

    def __add__(self, other: Self) -> Self: ...

    @property
    def value(self) -> float | None:
        """The outcome; None where there is nothing to compute it from."""


@dataclass(frozen=True)
class Ratio:
    """part/whole. A level does not add up over rows: the one added last counts."""

    part: float
    whole: float
    is_level: bool = False

    @classmethod
    def of(cls, part: SupportsFloat, whole: SupportsFloat) -> "Ratio":
        """A ratio of two numbers."""
        return cls(float(part), float(whole))

    @classmethod
    def level(cls, part: SupportsFloat, whole: SupportsFloat) -> "Ratio":
        """A ratio of two counts of the whole run."""
        return cls(float(part), float(whole), True)

    @classmethod
    def of_counts(cls, counts: Counts) -> "Ratio":
        """The ratio of all units' counts together."""
        return cls(float(np.sum(counts.part)), float(np.sum(counts.whole)))

    def __add__(self, other: "Ratio") -> "Ratio":
        if other.is_level:
            return other
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> float | None:
        """None when there is nothing to share."""
        return share(self.part, self.whole)


@dataclass(frozen=True)
class Difference:
    """One ratio less another."""

    first: Ratio
    second: Ratio

    def __add__(self, other: "Difference") -> "Difference":
        return Difference(self.first + other.first, self.second + other.second)

    @property
    def value(self) -> float | None:
        """None unless both are known."""
        first, second = self.first.value, self.second.value
        return None if first is None or second is None else first - second


@dataclass(frozen=True)
class Sample:
    """A statistic of columns of numbers, float64 each of the same length."""

    statistic: Callable[..., float | None]
    columns: tuple[np.ndarray, ...]

    def __add__(self, other: "Sample") -> "Sample":
        together = (np.concatenate(both) for both in zip(self.columns, other.columns, strict=True))
        return Sample(self.statistic, tuple(together))

    @property
    def value(self) -> float | None:
        """The statistic; None of nothing."""
        return self.statistic(*self.columns) if len(self.columns[0]) else None


def median(values: np.ndarray) -> float:
    """The median."""
    return float(np.median(values))


def mean_of(values: np.ndarray) -> float:
    """The mean."""
    return float(values.mean())


def slowest_tenth(values: np.ndarray) -> float:
    """The 90 % quantile."""
    return float(np.quantile(values, 0.9))


def share(part: SupportsFloat, whole: SupportsFloat) -> float | None:
    """part/whole, None when there is nothing to share."""
    return float(part) / float(whole) if float(whole) > 0 else None


def mean(values: np.ndarray) -> float | None:
    """The mean, None of nothing."""
    return float(values.mean()) if len(values) else None


def gini(values: np.ndarray) -> float:
    """Gini coefficient of values that are not negative; 0 when there is nothing to share. values: float64 [n]."""
    ordered = np.sort(values)
    n, total = len(ordered), ordered.sum()
    return float(2.0 * (np.arange(1, n + 1) @ ordered) / (n * total) - (n + 1) / n) if total > 0 else 0.0
