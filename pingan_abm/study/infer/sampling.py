"""Samples of points in the unit cube: what evidence does not rule out, and what it makes likely.

Both move many points at once through a row of ever stricter demands (sequential Monte Carlo: Del Moral, Doucet & Jasra
2006, with steps that adapt as in their paper of 2012). `not_ruled_out` demands an implausibility below ever lower
limits, and so finds small regions; `approximate` lowers the tolerance of approximate Bayesian computation to nought.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

type Score = Callable[[np.ndarray], np.ndarray]  # of points, float64 [points, coefficients] in the unit cube
type Tempered = Callable[[np.ndarray, float], np.ndarray]  # log likelihood of points under a tolerance

KEPT = 0.3  # share of the points that a stricter limit keeps, at least
EFFECTIVE = 0.5  # share of the points that still count after a step to a smaller tolerance
MOVES = 8  # steps of each point after each demand
MOST_ROUNDS = 40
WIDEST = 8.0  # the first tolerance, in units of the metrics' spread over the cube
SMALLEST = 0.02  # a tolerance below which the next is nought
NEAR = 0.6  # of the width that is best for normal laws, 2.38/√coefficients: what is moved is often not normal


@dataclass(frozen=True)
class Region:
    """What is not ruled out. points: float64 [points, coefficients], evenly spread there; share: of the cube; limit:
    the implausibility that every point stays below; where it is above the one asked for, nothing was found below."""

    points: np.ndarray
    share: float
    limit: float


@dataclass(frozen=True)
class Sample:
    """Points as likely as evidence makes them. tolerances: the row gone through; moved: share of steps taken in the
    last."""

    points: np.ndarray
    tolerances: tuple[float, ...]
    moved: float


def not_ruled_out(
    implausibility: Score, coefficients: int, count: int, limit: float, rng: np.random.Generator
) -> Region:
    """Points spread evenly over the part of the unit cube in which implausibility is below a limit."""
    from scipy.stats import qmc

    points = np.asarray(qmc.LatinHypercube(coefficients, rng=rng).random(count))
    share, reached, still = 1.0, math.inf, 0
    for _ in range(MOST_ROUNDS):
        scores = implausibility(points)
        stricter = max(limit, float(np.quantile(scores, KEPT)))
        still = still + 1 if stricter > 0.98 * reached else 0
        inside = scores <= stricter
        share *= float(inside.mean())
        points = points[inside][np.arange(count) % inside.sum()]
        reached = stricter
        points, _, _ = _moved(points, _within(implausibility, stricter), rng)
        if reached <= limit or still >= 3:
            break
    return Region(points, share, reached)


def approximate(region: np.ndarray, likelihood: Tempered, rng: np.random.Generator) -> Sample:
    """A sample of the posterior, from points spread evenly over what is not ruled out, by a row of tolerances that ends
    at nought. likelihood: −∞ outside of what is not ruled out."""
    points, tolerance, row, moved = region, math.inf, [math.inf], 0.0
    before = np.zeros(len(points))
    while tolerance > 0.0 and len(row) <= MOST_ROUNDS:
        tolerance = _next_tolerance(points, before, likelihood, tolerance)
        if len(row) == MOST_ROUNDS:
            tolerance = 0.0
        weights = _weights(likelihood(points, tolerance) - before)
        points = points[_systematic(weights, rng)]
        points, before, moved = _moved(points, _At(likelihood, tolerance), rng)
        row.append(tolerance)
    return Sample(points, tuple(row[1:]), moved)


@dataclass(frozen=True)
class _At:
    """Log likelihood under a tolerance."""

    likelihood: Tempered
    tolerance: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        return self.likelihood(points, self.tolerance)


def _within(implausibility: Score, limit: float) -> Score:
    """Log density of an even spread below a limit."""

    def density(points: np.ndarray) -> np.ndarray:
        return np.where(implausibility(points) <= limit, 0.0, -np.inf)

    return density


def _next_tolerance(points: np.ndarray, before: np.ndarray, likelihood: Tempered, now: float) -> float:
    """The smallest tolerance at which half of the points still count; nought when that is near."""

    def enough(tolerance: float) -> bool:
        weights = _weights(likelihood(points, tolerance) - before)
        return 1.0 / float((weights**2).sum()) >= EFFECTIVE * len(points)

    if enough(0.0):
        return 0.0
    high = min(now, WIDEST)
    low = 0.0
    for _ in range(12):
        middle = (low + high) / 2.0
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high if high > SMALLEST else 0.0


def _weights(logs: np.ndarray) -> np.ndarray:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _systematic(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which points go on, by their weights, with one draw for all (systematic resampling)."""
    count = len(weights)
    places = np.searchsorted(np.cumsum(weights), (rng.random() + np.arange(count)) / count)
    return np.asarray(np.minimum(places, count - 1))


def _moved(points: np.ndarray, density: Score, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Points after some Metropolis steps as wide as their own spread, reflected at the walls of the cube; their log
    density, and the share of steps taken in the last round."""
    width = points.shape[1]
    spread = np.cov(points.T).reshape(width, width) + 1e-8 * np.eye(width)
    step = np.linalg.cholesky(spread) * (NEAR * 2.38 / math.sqrt(width))
    now, share = density(points), 0.0
    for _ in range(MOVES):
        offered = _reflected(points + rng.standard_normal(points.shape) @ step.T)
        new = density(offered)
        taken = np.log(rng.random(len(points))) < new - now
        points, now = np.where(taken[:, None], offered, points), np.where(taken, new, now)
        share = float(taken.mean())
        step = step * (0.7 if share < 0.15 else 1.3 if share > 0.45 else 1.0)
    return points, now, share


def _reflected(points: np.ndarray) -> np.ndarray:
    folded = np.mod(points, 2.0)
    return np.asarray(np.where(folded > 1.0, 2.0 - folded, folded))
