"""Fitting an emulator to a finished sweep: what a year gives anywhere between the ends of its ranges, from some
hundred runs, checked against runs that it has not seen.

A Gaussian process for each outcome and for each of a few principal components of the daily curves (Rasmussen & Williams
2006: squared exponential kernel with a length for each setting, and noise). Every fifth point of the design is held out
of the fit; the errors that are reported, and the width of the bands, are those at the points held out.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.study.analyse.emulator_file import Curve, Emulator, Surface
from pingan_abm.texts.errors import InputErrors, sentence

if TYPE_CHECKING:
    from pingan_abm.study.analyse.analysis import Laid

HELD_OUT_EVERY = 5  # points of the design, of which one is held out
LEAST_POINTS = 25  # of a design that can be emulated
LEAST_R2 = 0.8  # at the points held out; outcomes that are told worse are not shown
WITHIN = 0.9  # share of the points held out that lie within the band
COMPONENTS = 4  # of the daily curves
GRID = 15  # days between the days of a curve
FIRST_DAY = 10  # shares so far mean little before
#: What the app shows while a lever is moved.
SHOWN_OUTCOMES = (
    "solved_share",
    "claimed_share",
    "hollow_share",
    "burden",
    "load_ratio",
    "satisfaction_mean",
    "trust_mean",
    "crises",
)
SHOWN_CURVES = ("closed_share_so_far", "solved_share_so_far")


def emulate(laid: "Laid", outcomes: Sequence[str] = SHOWN_OUTCOMES) -> Emulator:
    """Fit an emulator to a sweep. Raises InputErrors when its design cannot be emulated."""
    table = laid.inputs()
    names, low, high = numeric_ranges(laid)
    inputs = (table[names].to_numpy(float) - low) / (high - low)
    values = {name: known_means(laid.outcome(name)) for name in outcomes if name in laid.store.outcomes}
    curves = curves_of(laid)
    done = np.all([np.isfinite(one) for one in values.values()], axis=0) if values else np.ones(len(inputs), bool)
    for rows in curves.values():
        done &= np.isfinite(rows).all(axis=1)
    if done.sum() < LEAST_POINTS:
        raise InputErrors(
            [
                sentence(
                    "An emulator needs at least {least} finished points; this sweep has {count}.",
                    least=LEAST_POINTS,
                    count=int(done.sum()),
                )
            ]
        )
    held = np.arange(int(done.sum())) % HELD_OUT_EVERY == HELD_OUT_EVERY - 1
    x = inputs[done]
    surfaces = tuple(fitted_outcome(name, x, values[name][done], held) for name in values)
    shapes = tuple(fitted_curve(name, x, rows[done], held) for name, rows in curves.items())
    manifest = laid.store.manifest
    return Emulator(
        study=str(manifest["study"]["name"]),
        model=str(manifest["model_version"]),
        runs=int(done.sum()) * laid.replications,
        held_out=int(held.sum()),
        names=tuple(names),
        low=tuple(map(float, low)),
        high=tuple(map(float, high)),
        points=x[~held],
        residents=int(manifest["study"].get("residents", 0)),
        days=days_of(curves, laid),
        outcomes=surfaces,
        curves=shapes,
    )


def numeric_ranges(laid: "Laid") -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names and ends of the sweep's ranges, all of numbers. Raises InputErrors for any other."""
    ranges = {str(one["name"]): one for one in laid.store.manifest["study"]["ranges"]}
    wrong = [name for name in laid.names if ranges.get(name, {}).get("low") is None]
    if wrong or laid.method not in ("lhs", "sobol"):
        raise InputErrors(
            [
                sentence(
                    'An emulator needs a study with method = "lhs" or "sobol" whose parameters are ranges of numbers; '
                    "it cannot use: {names}.",
                    names=", ".join(wrong) or laid.method,
                )
            ]
        )
    ends = np.array([[float(ranges[name]["low"]), float(ranges[name]["high"])] for name in laid.names])
    return list(laid.names), ends[:, 0], ends[:, 1]


def known_means(rows: np.ndarray) -> np.ndarray:
    """Mean over the replications that have a value, not-a-number without any; float64 [points]."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(rows, axis=1))


def curves_of(laid: "Laid") -> dict[str, np.ndarray]:
    """Daily curves by indicator, float64 [points, days of the grid]; none when the sweep kept no series."""
    place = {run_id: point for point, ids in enumerate(laid.run_ids()) for run_id in ids}
    found: dict[str, list[list[np.ndarray]]] = {name: [[] for _ in laid.run_ids()] for name in SHOWN_CURVES}
    for run_id, series in laid.store.series(place):
        for name in SHOWN_CURVES:
            if name in series:
                found[name][place[run_id]].append(series[name])
    if not all(any(rows) for rows in found.values()):
        return {}
    length = next(len(row[0]) for row in found[SHOWN_CURVES[0]] if row)
    grid, nothing = grid_of(length), np.full(length, np.nan)
    return {
        name: np.stack([np.mean(row, axis=0)[grid] if row else nothing[grid] for row in rows])
        for name, rows in found.items()
    }


def grid_of(length: int) -> np.ndarray:
    """The days of a curve that are kept: int64, the last one among them."""
    return np.unique([*range(FIRST_DAY, length, GRID), length - 1])


def days_of(curves: dict[str, np.ndarray], laid: "Laid") -> tuple[int, ...]:
    """The days of the curves, from 0."""
    if not curves:
        return ()
    length = int(laid.store.manifest["study"].get("days", 365))
    return tuple(grid_of(length).tolist())


def process(x: np.ndarray, y: np.ndarray) -> tuple[Any, np.ndarray, float]:
    """A Gaussian process fitted to standardised values: lengths by setting, weights of the points, signal variance."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    kernel = ConstantKernel(1.0, (1e-2, 1e3)) * RBF(np.ones(x.shape[1]), (0.05, 50.0)) + WhiteKernel(0.05, (1e-5, 2.0))
    model = GaussianProcessRegressor(kernel, normalize_y=False, n_restarts_optimizer=1, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a length at its bound: the setting does not matter
        model.fit(x, y)
    signal, _ = model.kernel_.k1, model.kernel_.k2
    return np.atleast_1d(signal.k2.length_scale), np.asarray(model.alpha_).ravel(), float(signal.k1.constant_value)


def surface(name: str, x: np.ndarray, y: np.ndarray, r2: float = 0.0, half: float = 0.0) -> Surface:
    """A fitted process with its scale."""
    mean, spread = float(y.mean()), float(y.std()) or 1.0
    lengths, weights, variance = process(x, (y - mean) / spread)
    return Surface(name, mean, spread, tuple(map(float, lengths)), tuple(map(float, weights * variance)), r2, half)


def r_squared(truth: np.ndarray, told: np.ndarray) -> float:
    """1 − squared errors / squared deviations from the mean; nought where nothing varies."""
    total = float(((truth - truth.mean(axis=0)) ** 2).sum())
    return 1.0 - float(((truth - told) ** 2).sum()) / total if total > 0.0 else 0.0


def fitted_outcome(name: str, x: np.ndarray, y: np.ndarray, held: np.ndarray) -> Surface:
    """An outcome's process, with its errors at the points held out."""
    from dataclasses import replace

    one = surface(name, x[~held], y[~held])
    told = np.array([one.at(x[~held], point) for point in x[held]])
    half = float(np.quantile(np.abs(told - y[held]), WITHIN))
    return replace(one, r2=r_squared(y[held], told), half=half)


def fitted_curve(name: str, x: np.ndarray, rows: np.ndarray, held: np.ndarray) -> Curve:
    """A curve's processes, one for each principal component, with its errors at the points held out."""
    known = rows[~held]
    mean = known.mean(axis=0)
    _, _, directions = np.linalg.svd(known - mean, full_matrices=False)
    axes = directions[: min(COMPONENTS, len(directions))]
    parts = tuple(surface(f"{name}_{i}", x[~held], (known - mean) @ axis) for i, axis in enumerate(axes))
    curve = Curve(name, tuple(mean.tolist()), tuple(tuple(axis.tolist()) for axis in axes), parts, 0.0, ())
    told = np.stack([curve.at(x[~held], point) for point in x[held]])
    half = np.quantile(np.abs(told - rows[held]), WITHIN, axis=0)
    return Curve(name, curve.mean, curve.axes, parts, r_squared(rows[held], told), tuple(half.tolist()))


def label_of(name: str, language: str) -> str:
    """The name of an outcome or indicator in a language."""
    return OUTCOMES[name].label(language) if name in OUTCOMES else INDICATORS[name].label(language)
