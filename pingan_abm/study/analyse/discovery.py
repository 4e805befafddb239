"""Scenario discovery: which inputs matter, and under which conditions an outcome turns out good or bad.

Feature scores (extremely randomised trees, Geurts, Ernst & Wehenkel 2006) and the patient rule induction method (PRIM,
Friedman & Fisher 1999; Bryant & Lempert 2010) are the EMA workbench's. Boxes are read out as sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.parameters.declared import written
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.texts.signs import with_per_cent

if TYPE_CHECKING:
    import pandas as pd

TREES = 250
LEAST_RUNS = 20
MASS = 0.05  # a box holds at least this share of the points
FEW = 10  # points in a box from which nothing should be concluded
WORTH = 0.02  # a condition stays in a box if it raises the harmonic mean of coverage and density by at least this


@dataclass(frozen=True)
class FeatureScore:
    """How much an input explains of an outcome: shares that add up to 1."""

    parameter: str
    score: float


@dataclass(frozen=True)
class Condition:
    """One side of a box: an input lies from low to high, or takes one of the values. None: the box is open on that
    side."""

    parameter: str
    low: float | date | None = None
    high: float | date | None = None
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Box:
    """Conditions under which points of interest gather. coverage: share of those points that lie in it; density: share
    of interest among the points in it; mass: share of all points in it; points: how many lie in it."""

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    mass: float
    points: int

    def sentence(self, label: Callable[[str], str], language: str) -> str:
        """The box as a sentence in English or Chinese; label: an input's name in that language."""
        chinese = language.startswith("zh")
        parts = [_condition_text(one, label(one.parameter), chinese) for one in self.conditions]
        numbers = [with_per_cent(f"{100 * value:.0f}", language) for value in (self.density, self.coverage)]
        if chinese:
            where = "，且".join(parts) or "不加任何条件"
            text = f"当{where}时，{numbers[0]}的样本点符合所关注的情形；这类情形有{numbers[1]}落在此范围内。"
            return text + (
                f"（此范围内只有{self.points}个样本点，不足以下结论，请增加样本。）" if self.points < FEW else ""
            )
        where = " and ".join(parts) or "nothing is required"
        text = (
            f"Where {where}, {numbers[0]} of the points are of interest; "
            f"{numbers[1]} of all points of interest lie there."
        )
        return text + (
            f" (Only {self.points} of the points lie there: too few to conclude from; take more.)"
            if self.points < FEW
            else ""
        )


def _condition_text(one: Condition, name: str, chinese: bool) -> str:
    if one.values:
        listed = [written(value) for value in one.values]
        return f"{name}为{'或'.join(listed)}" if chinese else f"{name} is {' or '.join(listed)}"
    low, high = (None if end is None else _rounded(end) for end in (one.low, one.high))
    if low is not None and high is not None:
        return f"{name}在{low}至{high}之间" if chinese else f"{name} lies from {low} to {high}"
    if low is not None:
        return f"{name}不低于{low}" if chinese else f"{name} is at least {low}"
    return f"{name}不高于{high}" if chinese else f"{name} is at most {high}"


def _rounded(end: float | date) -> str:
    return end.isoformat() if isinstance(end, date) else f"{end:.4g}"


def feature_scores(inputs: "pd.DataFrame", values: np.ndarray, seed: int) -> list[FeatureScore]:
    """Feature scores of an outcome, the highest first.

    inputs: one column a varied input, one row a point; values: float64 [points], rows without a value are left out.
    Raises InputErrors when too few are left or the outcome does not vary.
    """
    from ema_workbench.analysis import feature_scoring

    kept, y = _usable(inputs, values)
    numbers = _as_numbers(kept)
    scores, _ = feature_scoring.get_ex_feature_scores(
        numbers,
        y,
        mode=feature_scoring.RuleInductionType.REGRESSION,
        nr_trees=TREES,
        max_features=numbers.shape[1],
        random_state=seed % 2**32,
    )
    named = [FeatureScore(str(name), float(score)) for name, score in scores.iloc[:, 0].items()]
    return sorted(named, key=_highest_first)


def _highest_first(one: FeatureScore) -> tuple[float, str]:
    return -one.score, one.parameter


def find_box(inputs: "pd.DataFrame", interesting: np.ndarray) -> Box:
    """The box on PRIM's trade-off between coverage and density with the highest harmonic mean of the two (van
    Rijsbergen 1979), without the conditions that hardly raise it, so that it can be written as one sentence.

    inputs: as for `feature_scores`; interesting: bool [points]. Raises InputErrors when no point, or every point, is of
    interest.
    """
    from ema_workbench.analysis import prim

    if not LEAST_RUNS <= len(inputs):
        raise InputErrors(
            [
                sentence(
                    "only {count} points have a value; boxes need {least} or more.", count=len(inputs), least=LEAST_RUNS
                )
            ]
        )
    if interesting.all() or not interesting.any():
        raise InputErrors(
            [
                sentence(
                    "every point is of interest, so there is nothing to tell apart; choose another limit."
                    if interesting.all()
                    else "no point is of interest, so there is nothing to tell apart; choose another limit."
                )
            ]
        )
    numbers = _as_numbers(inputs)
    found = prim.Prim(numbers, interesting, mass_min=MASS).find_box()
    if found is None:
        raise InputErrors(
            [sentence("no box holds points of interest more often than the rest; choose another limit or outcome.")]
        )
    steps = found.peeling_trajectory
    both = steps["coverage"] * steps["density"] / (steps["coverage"] + steps["density"])
    step = int(both.idxmax())
    limits = found.box_lims[step]
    ends = {str(name): (float(limits[name].iloc[0]), float(limits[name].iloc[1])) for name in inputs.columns}
    inside = {name: ((low <= numbers[name]) & (numbers[name] <= high)).to_numpy() for name, (low, high) in ends.items()}
    kept = worth_saying({name: where for name, where in inside.items() if not where.all()}, interesting)
    conditions = [_condition(name, list(inputs[name]), *ends[name]) for name in kept]
    return Box(
        tuple(one for one in conditions if one is not None), *_quality([inside[name] for name in kept], interesting)
    )


def worth_saying(inside: dict[str, np.ndarray], interesting: np.ndarray) -> list[str]:
    """Names of the sides of a box that are worth a condition, in their order: the one that matters least is left out
    first.

    inside: bool [points] by name, the points that a side lets in.
    """
    kept = list(inside)
    while len(kept) > 1:
        whole = _harmonic(*_quality([inside[name] for name in kept], interesting)[:2])
        without = [
            _harmonic(*_quality([inside[name] for name in kept if name != one], interesting)[:2]) for one in kept
        ]
        best = int(np.argmax(without))
        if without[best] < whole - WORTH:
            break
        del kept[best]
    return kept


def _quality(sides: list[np.ndarray], interesting: np.ndarray) -> tuple[float, float, float, int]:
    """Coverage, density, mass and number of the points inside of all sides."""
    inside = np.logical_and.reduce(sides) if sides else np.ones(len(interesting), bool)
    hits = float((inside & interesting).sum())
    return (
        hits / float(interesting.sum()),
        hits / max(1.0, float(inside.sum())),
        float(inside.mean()),
        int(inside.sum()),
    )


def _harmonic(coverage: float, density: float) -> float:
    return 2.0 * coverage * density / (coverage + density) if coverage + density > 0.0 else 0.0


def _condition(name: str, values: list[Any], low: float, high: float) -> Condition | None:
    """An input's limits as a side of a box, in the input's own values; None when they exclude nothing."""
    numbers = _numbers(values)
    inside = (low <= numbers) & (numbers <= high)
    if inside.all():
        return None
    kept = [value for value, keep in zip(values, inside, strict=True) if keep]
    if _ordered(values):
        return Condition(name, min(kept) if low > numbers.min() else None, max(kept) if high < numbers.max() else None)
    return Condition(name, values=tuple(dict.fromkeys(sorted(kept, key=written))))


def _as_numbers(inputs: "pd.DataFrame") -> "pd.DataFrame":
    """The inputs as numbers: dates as day numbers, switches and texts by their place in the sorted list of their
    values."""
    import pandas as pd

    return pd.DataFrame({name: _numbers(list(inputs[name])) for name in inputs.columns})


def _numbers(values: list[Any]) -> np.ndarray:
    if _ordered(values):
        return np.array([float(value.toordinal() if isinstance(value, date) else value) for value in values])
    places = {text: float(place) for place, text in enumerate(sorted({written(value) for value in values}))}
    return np.array([places[written(value)] for value in values])


def _ordered(values: list[Any]) -> bool:
    """Whether values have an order of size: numbers or dates, not switches or texts."""
    return all(isinstance(value, int | float | np.number | date) and not isinstance(value, bool) for value in values)


def _usable(inputs: "pd.DataFrame", values: np.ndarray) -> tuple["pd.DataFrame", np.ndarray]:
    known = ~np.isnan(values)
    if known.sum() < LEAST_RUNS:
        raise InputErrors(
            [
                sentence(
                    "only {count} points have a value; feature scores need {least} or more.",
                    count=int(known.sum()),
                    least=LEAST_RUNS,
                )
            ]
        )
    if np.ptp(values[known]) == 0.0:
        raise InputErrors(
            [sentence("the outcome is the same at every point, so nothing can be told apart; choose another outcome.")]
        )
    return inputs[known].reset_index(drop=True), values[known]
