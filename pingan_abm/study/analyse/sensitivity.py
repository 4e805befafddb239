"""Which inputs an outcome depends on: Sobol' and Morris indices with intervals, and how much is only luck.

The estimators are SALib's. A model that draws random numbers adds noise to every index; its share of an outcome's
variance between single runs is reported beside them.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pingan_abm.study.plan.design import MORRIS_LEVELS, problem, salib_seed, sobol_rows
from pingan_abm.texts.errors import InputErrors, sentence

CONFIDENCE = 0.95
RESAMPLES = 1000
TIMES = " × "  # between the names of a pair
#: Samples (trajectories) below which indices say little: Saltelli et al. (2008, ch. 4) take hundreds, and ten or more.
FEWEST = {"sobol": 64, "morris": 10}


@dataclass(frozen=True)
class Index:
    """One index of one input; value ± interval (half the width of the 95 % interval)."""

    parameter: str
    index: str
    value: float
    interval: float


@dataclass(frozen=True)
class Sensitivity:
    """Indices of an outcome. noise_share: share of the variance of single runs that is only replication; None with one
    replication or without any variance; samples: of the design, or trajectories."""

    method: str
    indices: tuple[Index, ...]
    noise_share: float | None
    samples: int

    @property
    def enough(self) -> bool:
        """Whether there are enough samples to read anything from the indices."""
        return self.samples >= FEWEST[self.method]


def sobol(
    names: Sequence[str], values: np.ndarray, seed: int, factors: Sequence[str] = (), *, second_order: bool = False
) -> Sensitivity:
    """First-order and total Sobol' indices (Saltelli 2002; Owen 2020) of a Saltelli design; with `second_order`, whose
    designs have twice the rows, also those of pairs of inputs, named "one × other".

    values: float64 [rows of the design, replications], the outcome by row. factors: of each input, what it is moved
    with; a group of inputs has one index. Raises InputErrors when values are missing or do not vary.
    """
    from SALib.analyze import sobol as estimator

    means = complete_means(values)
    found = estimator.analyze(
        problem(names, factors),
        means,
        calc_second_order=second_order,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        print_to_console=False,
        seed=salib_seed(seed),
    )
    moved = list(dict.fromkeys(factors or names))
    indices = []
    for key, label in (("S1", "first"), ("ST", "total")):
        pairs = zip(moved, found[key], found[f"{key}_conf"], strict=True)
        indices += [Index(name, label, float(value), float(half)) for name, value, half in pairs]
    for one, other in itertools.combinations(range(len(moved)), 2) if second_order else ():
        value, half = float(found["S2"][one, other]), float(found["S2_conf"][one, other])
        indices.append(Index(f"{moved[one]}{TIMES}{moved[other]}", "second", value, half))
    samples = len(values) // sobol_rows(len(moved), second_order)
    return Sensitivity("sobol", tuple(indices), noise_share(values), samples)


def morris(
    names: Sequence[str], design: np.ndarray, values: np.ndarray, seed: int, factors: Sequence[str] = ()
) -> Sensitivity:
    """Morris' mean absolute elementary effect (mu_star, with its interval), mean effect and spread (Morris 1991;
    Campolongo 2007).

    design: float64 [trajectories × (factors + 1), inputs], places between 0 and 1; values: float64 [rows of the design,
    replications]; factors: of each input, what it is moved with. The mean and the spread have no interval (NaN), and a
    group of inputs, whose members move up and down together by chance, has neither. Raises InputErrors like `sobol`.
    """
    from SALib.analyze import morris as estimator

    found = estimator.analyze(
        problem(names, factors),
        design,
        complete_means(values),
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=MORRIS_LEVELS,
        print_to_console=False,
        seed=salib_seed(seed),
    )
    moved = list(dict.fromkeys(factors or names))
    indices = [
        Index(name, "mu_star", float(value), float(half))
        for name, value, half in zip(moved, found["mu_star"], found["mu_star_conf"], strict=True)
    ]
    for key in ("mu", "sigma"):
        single = [pair for pair in zip(moved, found[key], strict=True) if pair[0] in names]
        indices += [Index(name, key, float(value), float("nan")) for name, value in single]
    return Sensitivity("morris", tuple(indices), noise_share(values), len(values) // (len(moved) + 1))


def complete_means(values: np.ndarray) -> np.ndarray:
    """Mean over replications of each row of a design. Raises InputErrors when a row has none or nothing varies."""
    missing = int(np.isnan(values).any(axis=1).sum())
    if missing:
        raise InputErrors(
            [
                sentence(
                    "{missing} of {count} points of the design have no value: runs failed, are not finished, or left "
                    "the outcome empty. These indices need every point; finish the sweep or choose another outcome.",
                    missing=missing,
                    count=len(values),
                )
            ]
        )
    means: np.ndarray = values.mean(axis=1)
    if np.ptp(means) == 0.0:
        raise InputErrors(
            [
                sentence(
                    "the outcome is the same at every point of the design, so nothing can be told apart; "
                    "choose another outcome."
                )
            ]
        )
    return means


def noise_share(values: np.ndarray) -> float | None:
    """Share of the variance of single runs that replication alone makes.

    values: float64 [points, replications]. Mean variance within points over the sum of it and the variance between
    points, the latter freed of what replication adds to means.
    """
    replications = values.shape[1]
    if replications < 2 or len(values) < 2:
        return None
    within = float(values.var(axis=1, ddof=1).mean())
    between = max(0.0, float(values.mean(axis=1).var(ddof=1)) - within / replications)
    return within / (within + between) if within + between > 0.0 else None
