"""A range: what one parameter, or one entry of the district's tables, takes in a study. Sampled, stepped through, and
checked."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from pingan_abm.district.files import load_district
from pingan_abm.files.toml import RANGE_KEYS
from pingan_abm.parameters.declared import CAMPAIGN_DETAILS, Parameters, by_name, written
from pingan_abm.parameters.fields import Declaration
from pingan_abm.scenarios.presets import split_settings
from pingan_abm.study.plan.shapes import EVEN, SHAPE_KEYS, Shape, read_shape, spread_over
from pingan_abm.texts.errors import InputErrors, sentence, shown

SCENARIO = "scenario"  # a range that goes through scenarios
GROUP = "group:"  # before the name of a group of parameters that is a factor
MOST_VALUES = 1000
SWITCH = (False, True)


@dataclass(frozen=True)
class Range:
    """The values that one name takes. kind: numbers and dates lie from low to high; `values` are taken as they are.

    steps: number of values in a grid, None where the design samples. group: the group of parameters with which it
    varies as one factor, "" if it varies by itself; shape: how numbers are spread from low to high (`shapes.py`).
    """

    name: str
    kind: Literal["number", "integer", "date", "values"]
    values: tuple[Any, ...] = ()
    low: Any = None
    high: Any = None
    steps: int | None = None
    group: str = ""
    shape: Shape = EVEN

    @property
    def factor(self) -> str:
        """Its factor in a sampled design: its group, or itself."""
        return f"{GROUP}{self.group}" if self.group else self.name

    def first(self) -> Any:
        """The first value of a grid."""
        return self.values[0] if self.kind == "values" else self.low

    def at(self, places: np.ndarray) -> list[Any]:
        """Values at places between 0 and 1, each as likely as its share of the range, or as the range's shape says;
        never out of the range."""
        if self.kind == "values":
            return [self.values[min(int(place * len(self.values)), len(self.values) - 1)] for place in places]
        if self.kind == "number":
            values = spread_over(np.asarray(places, float), self.low, self.high, self.shape)
            return [min(max(float(value), self.low), self.high) for value in values]
        span = (self.high - self.low).days if self.kind == "date" else self.high - self.low
        steps = [min(int(place * (span + 1)), span) for place in places]
        return [self.low + timedelta(days=step) if self.kind == "date" else self.low + step for step in steps]

    def grid(self) -> list[Any]:
        """The values of a grid, each once, in order."""
        if self.kind == "values":
            return list(self.values)
        steps = self.steps or 2
        if self.kind == "number" and self.shape != EVEN:
            return [self.low, *self.at(np.linspace(0.0, 1.0, steps)[1:-1]), self.high]
        if self.kind == "number":
            return [self.low + (self.high - self.low) * (step / (steps - 1)) for step in range(steps - 1)] + [self.high]
        span = (self.high - self.low).days if self.kind == "date" else self.high - self.low
        offsets = dict.fromkeys(round(span * step / (steps - 1)) for step in range(steps))
        return [self.low + timedelta(days=offset) if self.kind == "date" else self.low + offset for offset in offsets]


def read_range(name: str, table: Mapping[str, Any], *, steps: bool) -> tuple[Range | None, list[tuple[str, str]]]:
    """The range that a table describes, and its mistakes as (key, message). steps: a grid needs a number of steps."""
    problems: list[tuple[str, str]] = []
    for key in table:
        if key not in RANGE_KEYS:
            problems.append((str(key), sentence("there is no such key; write {names}.", names=", ".join(RANGE_KEYS))))
    if name == SCENARIO and "values" not in table:
        return None, [
            *problems,
            ("", sentence("write the scenarios it goes through, {example}.", example="{ values = [ … ] }")),
        ]
    if "values" in table:
        extra = [key for key in RANGE_KEYS if key in table and key != "values"]
        if extra:
            problems.append(
                (
                    "values",
                    sentence("stands beside {names}; keep either values or low and high.", names=", ".join(extra)),
                )
            )
        return _listed(name, table["values"], problems), problems
    declared = declaration_of(name)
    if declared is not None and declared.type in ("switch", "choice") and not table:
        return Range(name, "values", SWITCH if declared.type == "switch" else declared.choices), problems
    if declared is not None and declared.type in ("switch", "choice", "text"):
        offered = ", ".join(declared.choices) or (
            "true, false" if declared.type == "switch" else "identifiers of issue types"
        )
        return None, [
            *problems,
            (
                "",
                sentence(
                    "write the values it takes, {example}, out of: {names}.",
                    example="{ values = [ … ] }",
                    names=offered,
                ),
            ),
        ]
    return _between(name, table, problems, steps), problems


def _listed(name: str, values: object, problems: list[tuple[str, str]]) -> Range | None:
    if not isinstance(values, list) or not 1 <= len(values) <= MOST_VALUES:
        problems.append(("values", sentence("write a list of 1 to {most} values.", most=MOST_VALUES)))
        return None
    clean = []
    for value in values:
        one, wrong = checked(name, value)
        problems += [("values", message) for message in wrong]
        clean.append(one)
    if len({written(value) for value in clean}) < len(clean):
        problems.append(("values", sentence("the same value stands twice.")))
    return Range(name, "values", tuple(clean))


def _between(name: str, table: Mapping[str, Any], problems: list[tuple[str, str]], steps: bool) -> Range | None:
    declared = declaration_of(name)
    defaults = {"low": declared.low, "high": declared.high} if declared is not None else {"low": None, "high": None}
    ends: dict[str, Any] = {}
    for key in ("low", "high"):
        value = table.get(key, defaults[key])
        if value is None:
            problems.append((key, sentence("is missing; write low and high, or values.")))
            continue
        ends[key], wrong = checked(name, value)
        problems += [
            (key, message) for message in wrong if message not in dict(problems).values()
        ]  # an unknown name is reported once
    if problems:
        return None
    low, high = ends["low"], ends["high"]
    kind = _kind(name, low, high)
    if kind is None or not low < high:
        problems.append(
            ("low", sentence("low = {low} must lie below high = {high}.", low=shown(low), high=shown(high)))
        )
        return None
    number = table.get("steps")
    if number is None and steps:
        problems.append(("steps", sentence("is missing; a grid needs a number of steps, for example steps = 5.")))
    elif number is not None and (
        isinstance(number, bool) or not isinstance(number, int) or not 2 <= number <= MOST_VALUES
    ):
        problems.append(
            (
                "steps",
                sentence(
                    "{value} is not usable: write a whole number from {low} to {high}.",
                    value=shown(number),
                    low=2,
                    high=MOST_VALUES,
                ),
            )
        )
    shape, wrong_shape = read_shape(table, low, high)
    if kind != "number" and table.keys() & set(SHAPE_KEYS):
        wrong_shape = [("distribution", sentence("goes with low and high that are numbers."))]
    problems += wrong_shape
    return Range(name, kind, low=low, high=high, steps=number, shape=shape)


def _kind(name: str, low: object, high: object) -> Literal["number", "integer", "date"] | None:
    declared = declaration_of(name)
    if isinstance(low, date) and isinstance(high, date):
        return "date"
    if declared is not None and declared.type == "integer":
        return "integer"
    numbers = all(isinstance(end, int | float) and not isinstance(end, bool) for end in (low, high))
    return "number" if numbers else None


def declaration_of(name: str) -> Declaration | None:
    """The declaration of a parameter; None for an entry of the district's tables and for unknown names."""
    return by_name().get(name)


def checked(name: str, value: object) -> tuple[Any, list[str]]:
    """A value in its own type, and what is wrong with it: a parameter's, or an entry's such as units.fire.staff."""
    if name == SCENARIO:  # the study's file says which scenarios there are
        return value, []
    if value == "none" and getattr(declaration_of(name), "optional", False):
        return None, []
    if "." not in name:
        try:
            return getattr(Parameters.checked({name: value}), name), []
        except InputErrors as problem:
            alone = [
                line for line in problem.problems if name not in CAMPAIGN_DETAILS or "without a campaign" not in line
            ]
            return value, alone
    try:
        _, units, issues = split_settings({name: value})
        load_district(units=units, issues=issues)
    except InputErrors as problem:
        return value, list(problem.problems)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value), []
    if isinstance(value, float) and not math.isfinite(value):
        return value, [sentence("{name}: write a finite number.", name=name)]
    return value, []


def ordered(values: Sequence[Any]) -> bool:
    """Whether values can be put in an order of size: numbers or dates."""
    return all(isinstance(value, int | float | date) and not isinstance(value, bool) for value in values)
