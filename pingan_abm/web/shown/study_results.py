"""Finished sweeps found in the folder where the app was started, and what is drawn of them."""

from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.analyse.effects import classes, point_means
from pingan_abm.study.keep.folder import MANIFEST

DEPTH, MOST = 3, 50


LEADING = ("solved_share", "true_resolution_rate")


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


def first_outcome(laid: Laid) -> str:
    """The outcome that the page opens with: the headline, or, where runs are too short for it, what files say."""
    return next((name for name in LEADING if np.isfinite(laid.outcome(name)).any()), LEADING[0])


def grid_of(laid: Laid, outcome: str, first: str, second: str) -> tuple[list[Any], list[Any], np.ndarray]:
    """(values of the first, values of the second, means of the outcome, float64 [second, first]) over all other
    settings; where a setting was sampled, its values are put into ten classes."""
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
