"""Finished sweeps found in the folder where the app was started, and what is drawn of them."""

from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.errors import InputErrors
from pingan_abm.study.analysis import Laid, lay_out
from pingan_abm.study.store import MANIFEST

DEPTH, MOST = 3, 50


def stores(folder: Path) -> list[Path]:
    """Folders of sweeps in a folder and below it, by name. Nothing outside of it can be opened."""
    found = []
    for path in sorted(folder.glob(MANIFEST)) + [
        one for depth in range(1, DEPTH + 1) for one in sorted(folder.glob("/".join(["[!.]*"] * depth + [MANIFEST])))
    ]:
        if (path.parent / "design.parquet").is_file():
            found.append(path.parent)
        if len(found) >= MOST:
            break
    return found


def open_sweep(folder: Path) -> Laid:
    """The sweep of a folder. Raises InputErrors."""
    return lay_out(folder)


def grid_of(laid: Laid, outcome: str, first: str, second: str) -> tuple[list[Any], list[Any], np.ndarray]:
    """(values of the first, values of the second, means of the outcome, float64 [second, first]) over all other settings; where a setting
    was sampled, its values are put into ten classes."""
    inputs, means = laid.inputs(), point_means(laid, outcome)
    columns, rows = classes(inputs[first].to_list()), classes(inputs[second].to_list())
    table = np.full((len(rows[0]), len(columns[0])), np.nan)
    for i in range(len(rows[0])):
        for j in range(len(columns[0])):
            cell = means[(rows[1] == i) & (columns[1] == j)]
            if np.isfinite(cell).any():
                table[i, j] = np.nanmean(cell)
    return columns[0], rows[0], table


def curve_of(laid: Laid, outcome: str, name: str) -> tuple[list[Any], np.ndarray, np.ndarray, np.ndarray]:
    """(values, means, 5 % and 95 % quantiles of the points) of an outcome over one setting."""
    labels, places = classes(laid.inputs()[name].to_list())
    means = point_means(laid, outcome)
    rows = []
    for number in range(len(labels)):
        here = means[places == number]
        here = here[np.isfinite(here)]
        rows.append(
            (np.nan,) * 3
            if len(here) == 0
            else (float(here.mean()), float(np.quantile(here, 0.05)), float(np.quantile(here, 0.95)))
        )
    table = np.array(rows)
    return labels, table[:, 0], table[:, 1], table[:, 2]


def point_means(laid: Laid, outcome: str) -> np.ndarray:
    """Means over the replications that are done; NaN where none is."""
    values = laid.outcome(outcome)
    known = np.isfinite(values)
    return np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1) / np.maximum(1, known.sum(axis=1)), np.nan)


def classes(values: list[Any], most: int = 12, parts: int = 10) -> tuple[list[Any], np.ndarray]:
    """(labels, class of each value): the values themselves when they are few, else ten equal parts named by their middles."""
    distinct = sorted(set(values), key=_order)
    if len(distinct) <= most:
        return distinct, np.array([distinct.index(value) for value in values])
    numbers = np.array(values, float)
    edges = np.linspace(numbers.min(), numbers.max(), parts + 1)
    middles = [float(f"{value:.3g}") for value in (edges[:-1] + edges[1:]) / 2]
    return middles, np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, parts - 1)


def label_of(value: Any) -> str:
    """A setting's value as it stands at an axis."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _order(value: Any) -> tuple[str, Any]:
    return type(value).__name__ if isinstance(value, str) else "", value


def influence(laid: Laid, outcome: str) -> tuple[list[str], list[float], list[float], str]:
    """(names, indices, half intervals, name of the index) of a Sobol' or Morris design; for others, rank correlations without intervals.

    Raises InputErrors when points are missing or nothing varies.
    """
    from pingan_abm.study import sensitivity

    values = laid.outcome(outcome)
    if laid.method == "sobol":
        found = sensitivity.sobol(laid.names, values, laid.seed)
        chosen = [one for one in found.indices if one.index == "total"]
        return [one.parameter for one in chosen], [one.value for one in chosen], [one.interval for one in chosen], "Sobol' total"
    if laid.method == "morris":
        found = sensitivity.morris(laid.names, laid.places(), values, laid.seed)
        chosen = [one for one in found.indices if one.index == "mu_star"]
        return [one.parameter for one in chosen], [one.value for one in chosen], [one.interval for one in chosen], "Morris μ*"
    from scipy.stats import spearmanr

    means, inputs = point_means(laid, outcome), laid.inputs()
    known = np.isfinite(means)
    if known.sum() < 4 or np.ptp(means[known]) == 0.0:
        raise InputErrors(["too few points, or the outcome is the same at all of them."])
    names, indices = [], []
    for name in laid.names:
        _, places = classes(inputs[name].to_list(), most=10**6)
        if len(set(places[known])) > 1:
            names.append(name)
            indices.append(float(spearmanr(places[known], means[known]).statistic))
    return names, indices, [0.0] * len(names), "Spearman ρ"
