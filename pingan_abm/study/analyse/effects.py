"""What a sweep shows point by point: means and differences with intervals, and which settings an outcome follows
most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.files.provenance import canonical
from pingan_abm.parameters.declared import parse_value, written
from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.analyse.discovery import Box, find_box
from pingan_abm.study.analyse.intervals import Interval, mean_interval, paired_interval
from pingan_abm.texts.errors import InputErrors, sentence, suggestion

if TYPE_CHECKING:
    import pandas as pd

MOST_VALUES = 12  # of a setting that are kept apart; more are put into classes
CLASSES = 10
INTERESTING_SHARE = 0.25  # of the points, where no limit says which are of interest


@dataclass(frozen=True)
class PointEffect:
    """One point of a design. mean: of an outcome over its replications; difference: to its reference point, replication
    by replication; reference: whether it is one itself."""

    settings: dict[str, Any]
    mean: Interval | None
    difference: Interval | None
    reference: bool


def reference_point(laid: Laid) -> int:
    """The point that others are compared with: the one whose varied settings are all as in the study's scenario, else
    the first."""
    base = {**laid.store.manifest["parameters"], "scenario": laid.store.manifest["scenario"]}
    inputs = laid.inputs()
    for row in range(len(inputs)):
        if all(name in base and canonical(inputs[name][row]) == base[name] for name in laid.names):
            return row
    return 0


def reference_points(laid: Laid, against: str | None = None) -> list[int | None]:
    """For every point, the one that it is compared with: the same for all; or, against a level of a setting, the one
    with that level and all else equal. None where the design has no such point. against: as `reference_level` takes
    it."""
    inputs = laid.inputs()
    if against is None:
        return [reference_point(laid)] * len(inputs)
    name, value = reference_level(laid, against)
    settings = [tuple(inputs[one][row] for one in laid.names) for row in range(len(inputs))]
    rows = {one: row for row, one in enumerate(settings)}
    column = laid.names.index(name)
    return [rows.get((*one[:column], value, *one[column + 1 :])) for one in settings]


def reference_level(laid: Laid, against: str) -> tuple[str, Any]:
    """The setting and its level that points are compared with, from "NAME=VALUE", or from "NAME" with the level of the
    reference point.

    Raises InputErrors when the setting, or its level, does not occur in the sweep.
    """
    name, equals, text = (part.strip() for part in against.partition("="))
    if name not in laid.names:
        raise InputErrors(
            [
                sentence(
                    "--against {text}: {name} does not vary in this sweep.{near}",
                    text=against,
                    name=name,
                    near=suggestion(name, laid.names),
                )
            ]
        )
    levels = laid.inputs()[name].to_list()
    if not equals:
        return name, levels[reference_point(laid)]
    wanted = parse_value(name, text)
    found = next((one for one in levels if written(one) == written(wanted) or one == wanted), None)
    if found is None:
        listed = list(dict.fromkeys(written(one) for one in levels))
        raise InputErrors(
            [
                sentence(
                    "--against {text}: {name} does not take this value in the sweep.{near}",
                    text=against,
                    name=name,
                    near=suggestion("", listed),
                )
            ]
        )
    return name, found


def point_effects(laid: Laid, outcome: str, against: str | None = None) -> list[PointEffect]:
    """Every point of a design, in its order; against: as `reference_level` takes it."""
    values = [[None if np.isnan(value) else float(value) for value in row] for row in laid.outcome(outcome)]
    inputs, references = laid.inputs(), reference_points(laid, against)
    return [
        PointEffect(
            {name: inputs[name][row] for name in laid.names},
            mean_interval(values[row]),
            None if reference is None else paired_interval(values[reference], values[row]),
            row == reference,
        )
        for row, reference in enumerate(references)
    ]


def changed_settings(effects: Sequence[PointEffect], place: int) -> dict[str, Any]:
    """What a point sets otherwise than the reference point."""
    reference = next(one for one in effects if one.reference)
    return {name: value for name, value in effects[place].settings.items() if value != reference.settings[name]}


def effect_table(folder: str | Path, outcome: str, against: str | None = None) -> "pd.DataFrame":
    """The effects of a finished sweep as a pandas table: a row a point; its settings, then mean, low, high, and
    difference, difference_low, difference_high to its reference point, paired. Raises InputErrors when the folder holds
    no sweep."""
    import pandas as pd

    rows = []
    for one in point_effects(lay_out(Path(folder)), outcome, against):
        figures = (*_ends(one.mean), *_ends(one.difference))
        heads = ("mean", "low", "high", "difference", "difference_low", "difference_high")
        rows.append({**one.settings, **dict(zip(heads, figures, strict=True))})
    return pd.DataFrame(rows)


def _ends(one: Interval | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one is None else (one.mean, one.low, one.high)


@dataclass(frozen=True)
class Discovered:
    """A box of conditions under which points of interest gather. above: whether those above the limit are of interest;
    known: bool [points], those with a value; interesting: bool [points with a value]."""

    box: Box
    above: bool
    limit: float
    known: np.ndarray
    interesting: np.ndarray


def discover(laid: Laid, outcome: str, *, above: bool, limit: float | None) -> Discovered:
    """The box of points above or below a limit; without one, of a quarter of them. Raises InputErrors when there is
    none."""
    means = point_means(laid, outcome)
    known = ~np.isnan(means)
    values, inputs = means[known], laid.inputs()[known].reset_index(drop=True)
    if limit is None:
        limit = (
            float(np.quantile(values, 1.0 - INTERESTING_SHARE if above else INTERESTING_SHARE)) if len(values) else 0.0
        )
    interesting = values > limit if above else values < limit
    return Discovered(find_box(inputs, interesting), above, limit, known, interesting)


def point_means(laid: Laid, outcome: str) -> np.ndarray:
    """Mean over the replications that have a value, float64 [points]; NaN where none has."""
    values = laid.outcome(outcome)
    count = np.isfinite(values).sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


def classes(values: list[Any], most: int = MOST_VALUES, parts: int = CLASSES) -> tuple[list[Any], np.ndarray]:
    """(labels, class of each value): the values themselves when they are few, else equal parts named by their
    middles."""
    distinct = sorted(set(values), key=_order)
    if len(distinct) <= most:
        return distinct, np.array([distinct.index(value) for value in values])
    dated = isinstance(values[0], date)
    numbers = np.array([value.toordinal() for value in values] if dated else values, float)
    edges = np.linspace(numbers.min(), numbers.max(), parts + 1)
    middles = [
        date.fromordinal(int(value)) if dated else float(f"{value:.3g}") for value in (edges[:-1] + edges[1:]) / 2
    ]
    return middles, np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, parts - 1)


def _order(value: Any) -> tuple[str, Any]:
    return type(value).__name__ if isinstance(value, str) else "", value


def influence(laid: Laid, outcome: str) -> tuple[list[str], list[float], list[float], str]:
    """(names, indices, half intervals, name of the index) of a Sobol' or Morris design; for others, rank correlations
    without intervals.

    Raises InputErrors when points are missing or nothing varies.
    """
    from pingan_abm.study.analyse import sensitivity

    values = laid.outcome(outcome)
    if laid.method == "sobol":
        found = sensitivity.sobol(laid.names, values, laid.seed, laid.factors, second_order=laid.second_order)
        chosen = [one for one in found.indices if one.index == "total"]
        return (
            [one.parameter for one in chosen],
            [one.value for one in chosen],
            [one.interval for one in chosen],
            "Sobol' total",
        )
    if laid.method == "morris":
        found = sensitivity.morris(laid.names, laid.places(), values, laid.seed, laid.factors)
        chosen = [one for one in found.indices if one.index == "mu_star"]
        return (
            [one.parameter for one in chosen],
            [one.value for one in chosen],
            [one.interval for one in chosen],
            "Morris μ*",
        )
    from scipy.stats import spearmanr

    means, inputs = point_means(laid, outcome), laid.inputs()
    known = np.isfinite(means)
    if known.sum() < 4 or np.ptp(means[known]) == 0.0:
        raise InputErrors([sentence("too few points, or the outcome is the same at all of them.")])
    names, indices = [], []
    for name in laid.names:
        _, places = classes(inputs[name].to_list(), most=10**6)
        if len(set(places[known])) > 1:
            names.append(name)
            indices.append(float(spearmanr(places[known], means[known]).statistic))
    return names, indices, [0.0] * len(names), "Spearman ρ"
