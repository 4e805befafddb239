"""The smallest setting of a lever that brings an outcome to a goal: a coarse grid, then bisection, on the same
replications.

An outcome need not move in one direction. The search goes through the grid from below, so the answer is the smallest
setting that the grid can find; whether a higher setting misses the goal again is reported too.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from pingan_abm.parameters.declared import declarations, declared
from pingan_abm.parameters.fields import Declaration
from pingan_abm.study.analyse.intervals import Interval, mean_interval
from pingan_abm.texts.errors import InputErrors, sentence, suggestion

COARSE = 9  # settings of the grid
PLACES = 12  # decimals of settings, so that 1.325 is not 1.3250000000000002
HALVINGS = 6  # the answer is exact to the grid's spacing over 2 to this power
BOOTSTRAPS = 1000

type Evaluate = Callable[[Any], Sequence[float | None]]


@dataclass(frozen=True)
class Goal:
    """An outcome's mean is to be at most (below) or at least (above) a limit."""

    outcome: str
    side: Literal["below", "above"]
    limit: float

    def met(self, value: float | None) -> bool:
        """Whether a value meets the goal; a missing value does not."""
        if value is None or math.isnan(value):
            return False
        return value <= self.limit if self.side == "below" else value >= self.limit


@dataclass(frozen=True)
class Tried:
    """A setting that was tried. sure: the whole 95 % interval meets the goal, not only the mean."""

    setting: Any
    result: Interval | None
    met: bool
    sure: bool


@dataclass(frozen=True)
class Answer:
    """What was found. setting: the smallest that meets the goal, None when no setting tried does; below: the largest
    setting under it that was tried and misses; sure_setting: the smallest tried from which the whole interval meets;
    low, high: 95 % of settings found when the replications are drawn anew (numbers and dates only); missed_above: the
    goal is missed at some larger setting tried."""

    goal: Goal
    setting: Any
    below: Any
    sure_setting: Any
    low: Any
    high: Any
    missed_above: bool
    tried: tuple[Tried, ...]


def lever(name: str) -> Declaration:
    """The declaration of a parameter that a district, or the model's structure, can set. Raises InputErrors for
    others."""
    one = declared(name)
    levers = [each.name for each in declarations() if each.role == "lever"]
    if one.role == "uncertainty":
        raise InputErrors(
            [
                sentence(
                    "--lever {name}: nobody can set it, it is an uncertainty.{near}",
                    name=name,
                    near=suggestion(name, levers),
                )
            ]
        )
    if one.type == "text":
        raise InputErrors(
            [
                sentence(
                    "--lever {name}: its values have no order; choose a lever that is a number or on/off.", name=name
                )
            ]
        )
    if one.type == "date":
        raise InputErrors(
            [
                sentence(
                    "--lever {name}: a date has no smallest setting to seek; choose a lever that is a number or "
                    "on/off.",
                    name=name,
                )
            ]
        )
    return one


def seek(one: Declaration, goal: Goal, evaluate: Evaluate) -> Answer:
    """Seek the smallest setting. evaluate: a setting to the outcome's value in each replication, the same replications
    each time."""
    search = _Search(goal, evaluate)
    grid = _coarse(one)
    for setting in grid:
        search.at(setting)
    found = next((place for place, setting in enumerate(grid) if search.at(setting).met), None)
    if found is not None and found > 0 and one.type in ("number", "integer"):
        _bisect(search, grid[found - 1], grid[found], whole=one.type == "integer")
    return search.answer(one.type in ("number", "integer"))


def _coarse(one: Declaration) -> list[Any]:
    if one.type == "switch":
        return [False, True]
    if one.type == "choice":
        return list(one.choices)
    assert one.low is not None and one.high is not None  # numbers are declared with bounds
    places = [round(one.low + (one.high - one.low) * step / (COARSE - 1), PLACES) for step in range(COARSE)]
    return list(dict.fromkeys(round(place) for place in places)) if one.type == "integer" else places


def _bisect(search: "_Search", misses: Any, meets: Any, *, whole: bool) -> None:
    for _ in range(HALVINGS):
        if whole and meets - misses <= 1:
            return
        middle = (misses + meets) // 2 if whole else round((misses + meets) / 2, PLACES)
        if search.at(middle).met:
            meets = middle
        else:
            misses = middle


class _Search:
    """Settings tried so far, each evaluated once."""

    def __init__(self, goal: Goal, evaluate: Evaluate) -> None:
        self.goal, self.evaluate = goal, evaluate
        self.values: dict[Any, Sequence[float | None]] = {}

    def at(self, setting: Any) -> Tried:
        if setting not in self.values:
            self.values[setting] = self.evaluate(setting)
        result = mean_interval(self.values[setting])
        if result is None:
            return Tried(setting, None, met=False, sure=False)
        worst = result.high if self.goal.side == "below" else result.low
        return Tried(setting, result, self.goal.met(result.mean), self.goal.met(worst))

    def answer(self, numbers: bool) -> Answer:
        order = sorted(self.values) if numbers else list(self.values)
        tried = tuple(self.at(setting) for setting in order)
        first = next((place for place, one in enumerate(tried) if one.met), None)
        if first is None:
            return Answer(self.goal, None, None, None, None, None, missed_above=False, tried=tried)
        sure = next((place for place in range(len(tried)) if all(one.sure for one in tried[place:])), None)
        low, high = self._redrawn(order) if numbers else (None, None)
        return Answer(
            self.goal,
            tried[first].setting,
            tried[first - 1].setting if first else None,
            None if sure is None else tried[sure].setting,
            low,
            high,
            missed_above=any(not one.met for one in tried[first:]),
            tried=tried,
        )

    def _redrawn(self, order: list[Any]) -> tuple[Any, Any]:
        """95 % of the smallest settings found in bootstrap samples of the replications; None where an end is not met at
        all."""
        missing = math.inf if self.goal.side == "below" else -math.inf  # without a value the goal is not met
        table = np.array(
            [[missing if value is None else value for value in self.values[setting]] for setting in order], dtype=float
        )
        if table.shape[1] < 2:
            return None, None
        draws = np.random.default_rng(0).integers(0, table.shape[1], (BOOTSTRAPS, table.shape[1]))
        means = table[:, draws].mean(axis=2)
        met = means <= self.goal.limit if self.goal.side == "below" else means >= self.goal.limit
        places = np.where(met.any(axis=0), met.argmax(axis=0), len(order))
        low, high = (int(end) for end in np.quantile(places, [0.025, 0.975], method="nearest"))
        settings = [*order, None]
        return settings[low], settings[high]
