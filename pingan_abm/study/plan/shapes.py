"""How values are spread over a range: evenly, evenly in their logarithm, normally, or as a triangle."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from pingan_abm.texts.errors import Sentence, one_of, sentence, shown

SHAPES = ("uniform", "log", "normal", "triangular")
NEEDS_SAMPLES = ("normal", "triangular")  # of these a grid of equal steps has no values
SHAPE_KEYS = ("distribution", "mode", "mean", "sd")
#: Keys that a distribution needs beside low and high: the middle, and the spread.
OWN_KEYS: dict[str, tuple[str, ...]] = {"uniform": (), "log": (), "normal": ("mean", "sd"), "triangular": ("mode",)}

type Shape = tuple[str, float | None, float | None]  # name, middle and spread
EVEN: Shape = ("uniform", None, None)


def read_shape(table: Mapping[str, Any], low: object, high: object) -> tuple[Shape, list[tuple[str, str]]]:
    """The distribution that a range's table describes, and its mistakes as (key, message)."""
    name = table.get("distribution", "uniform")
    if name not in SHAPES:
        message = sentence("{value} is not usable: write {how}.", value=shown(name), how=one_of(SHAPES))
        return EVEN, [("distribution", message)]
    own = OWN_KEYS[name]
    problems: list[tuple[str, str]] = [
        (key, sentence("does not go with distribution = {name}.", name=name))
        for key in ("mode", "mean", "sd")
        if key in table and key not in own
    ]
    problems += [
        (key, sentence("is missing; distribution = {name} needs it.", name=name)) for key in own if key not in table
    ]
    given = [table[key] for key in own if key in table]
    numbers = [one for one in (low, high, *given) if isinstance(one, int | float) and not isinstance(one, bool)]
    if name != "uniform" and len(numbers) < 2 + len(given):
        problems.append(("distribution", sentence("goes with low and high that are numbers.")))
    if problems or name == "uniform":
        return EVEN, problems
    least, most, *rest = map(float, numbers)
    wrong = _out_of_place(name, least, most, rest)
    if wrong is not None:
        return EVEN, [wrong]
    return (name, rest[0] if rest else None, rest[1] if len(rest) > 1 else None), []


def _out_of_place(name: str, low: float, high: float, rest: list[float]) -> tuple[str, Sentence] | None:
    """Why numbers do not describe a distribution."""
    if name == "log" and low <= 0.0:
        return "low", sentence("{value} is not usable: distribution = log needs a number above 0.", value=f"{low:g}")
    if rest and not low <= rest[0] <= high:
        return OWN_KEYS[name][0], sentence("write a number from {low} to {high}.", low=f"{low:g}", high=f"{high:g}")
    if len(rest) > 1 and not (rest[1] > 0.0 and math.isfinite(rest[1])):
        return "sd", sentence("write a number above 0.")
    return None


def spread_over(places: np.ndarray, low: float, high: float, shape: Shape) -> np.ndarray:
    """Values at places between 0 and 1, as likely as the distribution says, between low and high: the normal
    distribution is cut off there."""
    name, middle, spread = shape
    if name == "log":
        return np.asarray(np.exp(math.log(low) + places * (math.log(high) - math.log(low))))
    if name == "triangular":
        assert middle is not None
        turn = (middle - low) / (high - low)
        rising = low + np.sqrt(places * (high - low) * (middle - low))
        falling = high - np.sqrt((1.0 - places) * (high - low) * (high - middle))
        return np.where(places < turn, rising, falling)
    if name == "normal":
        from scipy.special import ndtr, ndtri

        assert middle is not None and spread is not None
        first, last = ndtr((low - middle) / spread), ndtr((high - middle) / spread)
        return np.asarray(middle + spread * ndtri(first + places * (last - first)))
    return low + places * (high - low)
