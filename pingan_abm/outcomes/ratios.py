"""Ratios, means and inequality, with nothing where there is nothing to share."""

from typing import SupportsFloat

import numpy as np


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
