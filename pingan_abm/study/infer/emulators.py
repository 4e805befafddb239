"""Emulators: quick stand-ins for runs of the model. Each predicts one metric at any point of the unit cube, and says
how far the prediction may be off: what it does not know of the mean, and the luck of a single run.

A Gaussian process with one length for each coefficient (scikit-learn finds the lengths) is fitted to runs that each
have luck of their own, so that the luck is in what it calls noise. The noise may grow or shrink over the cube. The luck
of one run moves several metrics together: how much is the correlation of the errors that runs left out one at a time
show.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cholesky

FEWEST = 12  # runs with a value, below which no emulator is fitted
LENGTHS = (0.05, 20.0)  # of the cube's side: a coefficient with a long one hardly matters
NOISE = (1e-4, 2.0)  # share of the variance over the runs
NOISE_RATIO = 3.0  # the noise of a point is at most so many times as large, or as small, as usual
SLOPE_PENALTY = 10.0  # holds the slopes of the log noise near nought, as if so many runs had shown none
LOG_CHI = -1.27  # mean of the log of a squared standard normal deviate
SHRINKAGE = 0.1  # of the correlations of luck towards nought


@dataclass(frozen=True)
class Emulator:
    """A fitted Gaussian process of one metric.

    places: float64 [runs, coefficients], the runs' points; weights, inverse: what prediction needs of them; lengths:
    one for each coefficient; height: variance of the process; mean, spread: by which values were standardised; noise:
    variance of luck at the middle of the cube (standardised); slopes: of the log of the noise; errors: float64 [runs],
    each run against what the others predict, in units of what that prediction allows.
    """

    places: np.ndarray
    weights: np.ndarray
    inverse: np.ndarray
    lengths: np.ndarray
    height: float
    mean: float
    spread: float
    noise: float
    slopes: np.ndarray
    errors: np.ndarray

    def predict(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Mean, variance of the mean, and variance by the luck of one run, float64 [points] each."""
        across = self.height * _likeness(places, self.places, self.lengths)
        mean = across @ self.weights
        known = np.einsum("ij,ij->i", across @ self.inverse, across)
        unsure = np.maximum(self.height - known, 1e-9)
        luck = self.noise * _ratio(places, self.slopes)
        scale = self.spread**2
        return self.mean + self.spread * mean, scale * unsure, scale * luck


@dataclass(frozen=True)
class Ensemble:
    """Emulators of several metrics, and the correlation of their luck, float64 [metrics, metrics]."""

    metrics: tuple[str, ...]
    emulators: tuple[Emulator, ...]
    correlation: np.ndarray

    def predict(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Means, variances of the means and variances by luck, float64 [points, metrics] each."""
        found = [one.predict(places) for one in self.emulators]
        means, unsure, luck = (np.stack(parts, axis=1) for parts in zip(*found, strict=True))
        return means, unsure, luck


def fit_ensemble(metrics: Sequence[str], places: np.ndarray, values: np.ndarray) -> Ensemble:
    """Emulators of metrics. values: float64 [runs, metrics], nan where a run has none. Metrics that hardly ever have a
    value, or that never differ, have no emulator."""
    names, fitted, errors = [], [], []
    for column, name in enumerate(metrics):
        known = np.isfinite(values[:, column])
        if known.sum() < FEWEST or known.mean() < 0.5 or np.ptp(values[known, column]) <= 0.0:
            continue
        one = fit(places[known], values[known, column])
        names.append(name)
        fitted.append(one)
        spread = np.full(len(values), np.nan)
        spread[known] = one.errors
        errors.append(spread)
    return Ensemble(tuple(names), tuple(fitted), _correlation(errors))


def fit(places: np.ndarray, values: np.ndarray) -> Emulator:
    """The emulator of one metric. places: float64 [runs, coefficients] in the unit cube; values: float64 [runs]."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    mean, spread = float(values.mean()), float(values.std())
    standard = (values - mean) / spread
    kernel = ConstantKernel(1.0, (1e-2, 1e2)) * RBF(np.ones(places.shape[1]), LENGTHS) + WhiteKernel(0.1, NOISE)
    process = GaussianProcessRegressor(kernel, alpha=1e-8)
    with warnings.catch_warnings():  # of lengths at their bounds, which a coefficient without effect has
        warnings.simplefilter("ignore")
        process.fit(places, standard)
    found = process.kernel_
    height, noise = float(found.k1.k1.constant_value), float(found.k2.noise_level)
    lengths = np.atleast_1d(np.asarray(found.k1.k2.length_scale, float))
    alike = height * _likeness(places, places, lengths)
    errors, _, _ = _left_out(alike + noise * np.eye(len(values)), standard)
    slopes = _noise_slopes(places, errors)
    covariance = alike + np.diag(noise * _ratio(places, slopes))
    errors, inverse, weights = _left_out(covariance, standard)
    return Emulator(places, weights, inverse, lengths, height, mean, spread, noise, slopes, errors)


def _likeness(one: np.ndarray, other: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    first, second = one / lengths, other / lengths
    squared = (first**2).sum(1)[:, None] + (second**2).sum(1)[None, :] - 2.0 * first @ second.T
    return np.asarray(np.exp(-0.5 * np.maximum(squared, 0.0)))


def _left_out(covariance: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Errors of each value against what the others predict (Sundararajan & Keerthi 2001), the inverse of the covariance
    and the weights of prediction."""
    inverse = np.asarray(cho_solve((cholesky(covariance, lower=True), True), np.eye(len(values))))
    weights = inverse @ values
    return weights / np.sqrt(np.diag(inverse)), inverse, weights


def _noise_slopes(places: np.ndarray, errors: np.ndarray) -> np.ndarray:
    """How the log of the squared error changes with each coefficient: least squares, slopes held near nought."""
    logs = np.log(errors**2 + 1e-6) - LOG_CHI
    centred = places - 0.5
    gram = centred.T @ (centred - centred.mean(0)) + SLOPE_PENALTY / 12.0 * np.eye(places.shape[1])
    return np.asarray(np.linalg.solve(gram, centred.T @ (logs - logs.mean())))


def _ratio(places: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    most = math.log(NOISE_RATIO**2)
    return np.asarray(np.exp(np.clip((places - 0.5) @ slopes, -most, most)))


def _correlation(errors: Sequence[np.ndarray]) -> np.ndarray:
    """Correlation of errors over the runs that have both values, drawn a little towards nought so that it is one."""
    count = len(errors)
    found = np.eye(count)
    for row in range(count):
        for column in range(row):
            both = np.isfinite(errors[row]) & np.isfinite(errors[column])
            first, second = errors[row][both], errors[column][both]
            if len(first) > 2 and first.std() > 0 and second.std() > 0:
                found[row, column] = found[column, row] = float(np.corrcoef(first, second)[0, 1])
    found = (1.0 - SHRINKAGE) * found + SHRINKAGE * np.eye(count)
    values, vectors = np.linalg.eigh(found)
    positive = (vectors * np.maximum(values, 1e-3)) @ vectors.T
    scale = np.sqrt(np.diag(positive)) if count else np.ones(0)
    return np.asarray(positive / np.outer(scale, scale)) if count else found
