"""An emulator as it is kept: a small JSON file that a browser evaluates by itself, and its evaluation in Python."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from pingan_abm.files.atomic import require_plain, write_atomically
from pingan_abm.texts.errors import InputErrors, sentence, shown

DIGITS = 9  # significant ones kept of a number: weights of near points are large and cancel
FORMAT = 1
LARGEST = 20_000_000  # bytes
GREATEST = 1e15  # greater numbers cannot be told apart any more


@dataclass(frozen=True)
class Surface:
    """One number over the settings: mean + spread × Σ weight × exp(−½ Σ ((x − point)/length)²), settings in the unit
    cube. r2: at the points held out of the fit; half: half of the width of its band."""

    name: str
    mean: float
    spread: float
    lengths: tuple[float, ...]
    weights: tuple[float, ...]
    r2: float = 0.0
    half: float = 0.0

    def at(self, points: np.ndarray, x: np.ndarray) -> float:
        """Its value at a place of the unit cube. points: those of the fit."""
        distance = (((points - x) / np.array(self.lengths)) ** 2).sum(axis=1)
        return self.mean + self.spread * float(np.exp(-0.5 * distance) @ np.array(self.weights))


@dataclass(frozen=True)
class Curve:
    """A daily curve over the settings: mean plus components along axes. half: of its band, by day of the grid."""

    name: str
    mean: tuple[float, ...]
    axes: tuple[tuple[float, ...], ...]
    parts: tuple[Surface, ...]
    r2: float
    half: tuple[float, ...]

    def at(self, points: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The curve at a place of the unit cube; float64 [days of the grid]."""
        scores = [part.at(points, x) for part in self.parts]
        return np.asarray(np.array(self.mean) + np.array(scores) @ np.array(self.axes))


@dataclass(frozen=True)
class Emulator:
    """All surfaces and curves of a study. points: of the fit, float64 [points, settings], in the unit cube between low
    and high; days: of the curves' grid, from 0; runs: all that were used, held-out ones included."""

    study: str
    model: str
    runs: int
    held_out: int
    names: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    points: np.ndarray
    residents: int
    days: tuple[int, ...]
    outcomes: tuple[Surface, ...]
    curves: tuple[Curve, ...]

    def fits(self) -> list[tuple[str, float]]:
        """Name and R² at the points held out, of every outcome and curve."""
        outcomes = [(one.name, one.r2) for one in self.outcomes]
        return outcomes + [(one.name, one.r2) for one in self.curves]

    def inside(self, settings: dict[str, float]) -> bool:
        """Whether settings lie in the ranges of the study."""
        ends = zip(self.names, self.low, self.high, strict=True)
        return all(low <= settings[name] <= high for name, low, high in ends)

    def place(self, settings: dict[str, float]) -> np.ndarray:
        """Settings as a place of the unit cube."""
        given = np.array([settings[name] for name in self.names])
        return np.asarray((given - np.array(self.low)) / (np.array(self.high) - np.array(self.low)))

    def told(self, settings: dict[str, float]) -> dict[str, float]:
        """Every outcome's estimate."""
        place = self.place(settings)
        return {one.name: one.at(self.points, place) for one in self.outcomes}


def document(one: Emulator) -> dict[str, Any]:
    """An emulator as the file holds it."""
    return {
        "format": FORMAT,
        "study": one.study,
        "model_version": one.model,
        "runs": one.runs,
        "held_out": one.held_out,
        "residents": one.residents,
        "names": list(one.names),
        "low": list(one.low),
        "high": list(one.high),
        "points": short(one.points.tolist()),
        "days": list(one.days),
        "outcomes": [surface_document(surface) for surface in one.outcomes],
        "curves": [
            {
                "name": curve.name,
                "mean": short(curve.mean),
                "axes": short(curve.axes),
                "parts": [surface_document(part) for part in curve.parts],
                "r2": short(curve.r2),
                "half": short(curve.half),
            }
            for curve in one.curves
        ],
    }


def surface_document(one: Surface) -> dict[str, Any]:
    """A surface as the file holds it."""
    names = ("mean", "spread", "lengths", "weights", "r2", "half")
    return {"name": one.name} | {name: short(getattr(one, name)) for name in names}


def short(value: Any) -> Any:
    """Numbers with as many digits as are kept."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return [short(one) for one in value] if isinstance(value, list | tuple) else value


def write_emulator(one: Emulator, path: Path) -> None:
    """Write the file, whole or not at all."""
    text = (json.dumps(document(one), separators=(",", ":"), allow_nan=False) + "\n").encode()

    def fill(file: IO[bytes]) -> None:
        file.write(text)

    write_atomically(path, fill)


def read_emulator(path: Path) -> Emulator:
    """Read the file. Raises InputErrors when it is none."""
    try:
        with require_plain(path).open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ValueError(f"larger than {LARGEST // 1_000_000} MB")
        held = json.loads(raw.decode("utf-8"))
        if held["format"] != FORMAT:
            raise ValueError(f"format {held['format']}")
        found = Emulator(
            study=str(held["study"]),
            model=str(held["model_version"]),
            runs=int(held["runs"]),
            held_out=int(held["held_out"]),
            names=tuple(held["names"]),
            low=tuple(held["low"]),
            high=tuple(held["high"]),
            points=np.array(held["points"], float),
            residents=int(held["residents"]),
            days=tuple(held["days"]),
            outcomes=tuple(read_surface(one) for one in held["outcomes"]),
            curves=tuple(
                Curve(
                    one["name"],
                    tuple(one["mean"]),
                    tuple(map(tuple, one["axes"])),
                    tuple(read_surface(part) for part in one["parts"]),
                    float(one["r2"]),
                    tuple(one["half"]),
                )
                for one in held["curves"]
            ),
        )
        check(found)
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as wrong:
        raise InputErrors(
            [sentence("{path} is no emulator that can be read ({why}).", path=path, why=shown(wrong, 200))]
        ) from None


def check(one: Emulator) -> None:
    """Raise ValueError unless everything has the size and the kind that evaluation needs."""
    settings, days = len(one.names), len(one.days)
    surfaces = [*one.outcomes, *(part for curve in one.curves for part in curve.parts)]
    labels = [*one.names, *(surface.name for surface in surfaces), *(curve.name for curve in one.curves)]
    if not all(isinstance(label, str) for label in labels) or len(set(one.names)) != settings:
        raise ValueError("a name is not a text, or stands twice")
    if one.points.ndim != 2 or one.points.shape[1] != settings or not len(one.low) == len(one.high) == settings:
        raise ValueError("points and ends of ranges do not belong to the names")
    numbers: list[Any] = [one.runs, *one.low, *one.high, *one.days, *one.points.ravel().tolist()]
    for surface in surfaces:
        if len(surface.lengths) != settings or len(surface.weights) != len(one.points):
            raise ValueError(f"{surface.name}: weights do not belong to the points")
        numbers += [surface.mean, surface.spread, surface.r2, surface.half, *surface.lengths, *surface.weights]
    for curve in one.curves:
        rows = (curve.mean, curve.half, *curve.axes)
        if len(curve.axes) != len(curve.parts) or any(len(row) != days for row in rows):
            raise ValueError(f"{curve.name}: does not belong to the days")
        numbers += [curve.r2, *(value for row in rows for value in row)]
    if not all(type(value) in (int, float) and abs(value) < GREATEST for value in numbers):  # false for nan too
        raise ValueError("a number is missing")
    if not all(low < high for low, high in zip(one.low, one.high, strict=True)):
        raise ValueError("a range has no width")
    if not all(length > 0 for surface in surfaces for length in surface.lengths):
        raise ValueError("a length is not above 0")


def read_surface(held: dict[str, Any]) -> Surface:
    """A surface from the file."""
    return Surface(
        held["name"],
        float(held["mean"]),
        float(held["spread"]),
        tuple(held["lengths"]),
        tuple(held["weights"]),
        float(held["r2"]),
        float(held["half"]),
    )
