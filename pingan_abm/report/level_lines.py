"""Lines over the levels of a grid's settings, of one sweep or of several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.charts import Levels, LinePanel, Mark, line_chart
from pingan_abm.report.numbers import Labels, axis_of, difference_axis_of, difference_title, mark_of
from pingan_abm.report.svg import COLOURS, ORDERED
from pingan_abm.study.analyse.analysis import Laid
from pingan_abm.study.analyse.effects import reference_level, reference_points
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.plan.ranges import ordered
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.texts.i18n import translator

MOST_LINES = 6  # levels of the second setting that lines can still show


@dataclass(frozen=True)
class Grid:
    """How a grid is laid out: its levels by setting, the setting across, the one that makes the lines (none in a grid
    of one), and the setting and level that differences are taken to."""

    levels: Mapping[str, list[Any]]
    across: str
    lines: str | None
    against: str | None = None
    usual: Any = None

    @property
    def rest(self) -> list[str]:
        """Settings that are averaged over."""
        return [name for name in self.levels if name not in (self.across, self.lines)]


def grid_of(laid: Laid, against: str | None = None) -> Grid:
    """The layout of a sweep's grid: the setting with most levels across, a second one (`against`, if given) as
    lines."""
    inputs = laid.inputs()
    found = {name: sorted_levels(inputs[name].to_list()) for name in laid.names}
    setting, usual = (None, None) if against is None else reference_level(laid, against)
    if setting is not None:
        found[setting] = [one for one in found[setting] if one != usual]
    by_size = sorted(laid.names, key=_Size(found, setting))
    second = by_size[1] if len(by_size) > 1 and len(found[by_size[1]]) <= MOST_LINES else None
    return Grid(found, by_size[0], second, setting, usual)


def level_lines(laid: Laid, outcomes: Sequence[str], language: str, against: str | None = None) -> tuple[str, str]:
    """Outcomes over the levels of the setting with most of them, a line for each level of a second one (of `against`,
    if given); over all of any others. The picture and its caption."""
    grid = grid_of(laid, against)
    panels = [panel(laid, grid, outcome, language, against) for outcome in outcomes]
    words = caption(grid, language)
    return drawn(grid, panels, words, language), words


def side_by_side(
    sweeps: Sequence[tuple[str, Laid]], outcomes: Sequence[str], language: str, against: str | None = None
) -> tuple[str, str]:
    """The same lines of sweeps of one grid, a column a sweep under its name, an outcome's pictures on one scale. Raises
    InputErrors when the sweeps' settings or levels differ."""
    grids = [grid_of(laid, against) for _, laid in sweeps]
    if any(other != grids[0] for other in grids[1:]):
        raise InputErrors(
            [sentence("--beside: the two sweeps vary other settings or levels, so they have no axis in common.")]
        )
    panels = []
    for outcome in outcomes:
        row = [panel(laid, grids[0], outcome, language, against) for _, laid in sweeps]
        ends = [value for one in row for marks in one.marks for mark in marks for value in mark]
        panels += [replace(one, of=name, also=ends) for one, (name, _) in zip(row, sweeps, strict=True)]
    words = caption(grids[0], language)
    return drawn(grids[0], panels, words, language, columns=len(sweeps)), words


def panel(laid: Laid, grid: Grid, outcome: str, language: str, against: str | None) -> LinePanel:
    """The lines of one outcome."""
    inputs, values = laid.inputs(), laid.outcome(outcome)
    if against is not None:
        references = reference_points(laid, against)
        values = values - values[[row if row is not None else place for place, row in enumerate(references)]]
    marks = []
    for level in grid.levels[grid.lines] if grid.lines else [None]:
        here = np.array([grid.lines is None or one == level for one in inputs[grid.lines or grid.across]])
        marks.append(
            [
                mean_mark(values, here & np.array([one == place for one in inputs[grid.across]]))
                for place in grid.levels[grid.across]
            ]
        )
    if against is None:
        return LinePanel(OUTCOMES[outcome].label(language), marks, axis_of(outcome), zero=False)
    return LinePanel(difference_title(outcome, language), marks, difference_axis_of(outcome), zero=True)


def drawn(grid: Grid, panels: Sequence[LinePanel], words: str, language: str, columns: int = 2) -> str:
    """Panels over the levels of a grid, as SVG."""
    labels, places = Labels(language), grid.levels[grid.across]
    numeric = ordered(places) and all(isinstance(one, int | float) for one in places)
    at = [float(one) for one in places] if numeric else [float(place) for place in range(len(places))]
    levels = Levels(labels(grid.across), at, [labels.value(grid.across, one) for one in places])
    series = [labels.value(grid.lines, one) for one in grid.levels[grid.lines]] if grid.lines else []
    colours: tuple[str, ...] = COLOURS[1:]
    if grid.lines and ordered(grid.levels[grid.lines]):
        steps = max(1, len(series) - 1)
        colours = tuple(ORDERED[round(place * (len(ORDERED) - 2) / steps)] for place in range(len(series)))
    heading = labels(grid.lines) if grid.lines else ""
    return line_chart(levels, panels, series, words, colours=colours, heading=heading, columns=columns)


def caption(grid: Grid, language: str) -> str:
    """What the lines are, in words."""
    say, labels = translator(language), Labels(language)
    words = (
        say("Means over replications with 95 % intervals.")
        if grid.against is None
        else say("Differences to {setting} {value}, all else equal, with paired 95 % intervals.").format(
            setting=labels(grid.against), value=labels.value(grid.against, grid.usual)
        )
    )
    if grid.rest:
        averaged = say(", ").join(labels(name) for name in grid.rest)
        words += " " + say("Averaged over: {list}.").format(list=averaged)
    return words


class _Size:
    """Sorts settings for the axis and the lines: ordered ones first, those with most levels first;
    `second`, if given, makes the lines."""

    def __init__(self, found: Mapping[str, list[Any]], second: str | None) -> None:
        self.found, self.second = found, second
        first = [name for name in found if name != second]
        self.first = min(first, key=self.size) if first else None

    def size(self, name: str) -> tuple[bool, int]:
        return not ordered(self.found[name]), -len(self.found[name])

    def __call__(self, name: str) -> tuple[bool, bool, bool, int]:
        if self.second is None:
            return False, False, *self.size(name)
        return name != self.first, name != self.second, *self.size(name)


def sorted_levels(values: list[Any]) -> list[Any]:
    """Values that occur, each once: in order of size, or as they come."""
    distinct = list(dict.fromkeys(values))
    return sorted(distinct) if ordered(distinct) else distinct


def mean_mark(values: np.ndarray, rows: np.ndarray) -> Mark:
    """Mean over points, replication by replication, with the interval over replications. values: float64 [points,
    replications]."""
    chosen = values[rows]
    if not len(chosen):
        return Mark.of(None, None, None)
    known = np.isfinite(chosen)
    means = np.where(
        known.any(axis=0), np.where(known, chosen, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0)), np.nan
    )
    return mark_of(mean_interval([float(value) for value in means]))
