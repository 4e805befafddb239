"""Points that stand in a file: settings whose values belong together, such as the draws of a posterior sample."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pingan_abm.files.toml import parse_toml, read_text
from pingan_abm.study.plan.entries import beside
from pingan_abm.study.plan.ranges import Range, checked, ordered
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence

MOST_POINTS = 10_000

type Point = Mapping[str, Any]


def read_points(written: Any) -> tuple[tuple[Point, ...], list[str]]:
    """Points as they stand in a file, and what is wrong with them, each problem once."""
    rows = written if isinstance(written, list) else []
    if not rows or not all(isinstance(row, Mapping) and row for row in rows) or len(rows) > MOST_POINTS:
        return (), [sentence("write points such as {example}.", example="[ { problem_rate = 0.4 } ]")]
    names = set(rows[0])
    problems: list[str] = []
    drawn: list[Point] = []
    for row in rows:
        if set(row) != names:
            problems.append(sentence("every point has to name the same parameters."))
        read = {str(name): checked(str(name), value) for name, value in row.items()}
        problems += [message for _, wrong in read.values() for message in wrong]
        drawn.append({name: value for name, (value, _) in read.items()})
    return tuple(drawn), list(dict.fromkeys(problems))


def points_of_file(written: Any, folder: Path, method: str) -> tuple[tuple[Point, ...], list[str]]:
    """The points of a file that a study of a design names, and what is wrong with it; none where it names none."""
    if written is None:
        return (), []
    if method != "lhs":
        return (), [sentence("goes with method = lhs under [design].")]
    if not isinstance(written, str):
        return (), [sentence('write the name of a file with points in quotes, such as "beliefs.toml".')]
    try:
        path = beside(folder, written)
        data = parse_toml(read_text(path, sentence("a beliefs file")), str(path))
        points, problems = read_points(data.get("points"))
        raise_if_any(problems)
    except InputErrors as wrong:
        return (), list(wrong.problems)
    return points, []


def picked(points: Sequence[Point], count: int) -> list[dict[str, Any]]:
    """So many of the points, evenly picked; some of them several times where there are fewer."""
    return [dict(points[number * len(points) // count]) for number in range(count)]


def extents(points: Sequence[Point]) -> tuple[Range, ...]:
    """From where to where the values of each name lie, or those that occur where they have no order."""
    return tuple(_extent(name, [point[name] for point in points]) for name in (points[0] if points else ()))


def _extent(name: str, values: Sequence[Any]) -> Range:
    if ordered(values) and min(values) < max(values):
        return Range(name, "number", low=min(values), high=max(values))
    return Range(name, "values", tuple(dict.fromkeys(values)))
