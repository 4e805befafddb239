"""The charts of reports: rows with intervals, lines over levels with intervals or bands, and points in a box. All as
SVG texts."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pingan_abm.report.svg import COLOURS, GRID, INK, SOFT, Canvas, Scale, room, ticks, width_of, wrapped

type Shown = Callable[[float], str]

WIDTH = 860.0  # of every chart
ROW, LEGEND = 24.0, 26.0
DODGE = 4.0  # sideways between lines, so that their intervals do not hide each other
UNDER = 18.0  # of the line under a title


class Mark(NamedTuple):
    """A value with the ends of its interval; ends that are not numbers are not drawn."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, low: float | None, middle: float | None, high: float | None) -> "Mark":
        """With None as not-a-number."""
        return cls(*(math.nan if value is None else value for value in (low, middle, high)))


@dataclass(frozen=True)
class RowPanel:
    """One column of a chart of rows. marks: [series][row]; bars: whether the first series are bars from zero; reach:
    values farther from zero than that are drawn as arrows."""

    title: str
    marks: Sequence[Sequence[Mark | None]]
    shown: Shown
    bars: bool = False
    reach: float = math.inf


def row_chart(
    rows: Sequence[str], panels: Sequence[RowPanel], series: Sequence[str], description: str, first_colour: int = 1
) -> str:
    """Panels side by side over the same rows, each with a line at zero. series: names for the legend, none for a single
    one.

    first_colour: that of the first series.
    """
    left = min(330.0, max(width_of(row) for row in rows) + 18.0)
    titles = [wrapped(panel.title, (WIDTH - left) / len(panels) - 18.0) for panel in panels]
    top = (LEGEND if series else 4.0) + 17.0 * max(len(lines) for lines in titles) + 8.0
    step = max(ROW, 11.0 * max(len(panel.marks) for panel in panels) + 6.0)
    canvas = Canvas(WIDTH, top + step * len(rows) + 30.0)
    legend(canvas, series, first_colour)
    for number, row in enumerate(rows):
        y = top + step * (number + 0.5)
        if number % 2 == 0:
            canvas.rectangle(0.0, y - step / 2, WIDTH, step, "#f6f8fb")
        canvas.text(left - 10.0, y + 4.5, shortened(row, left - 12.0), anchor="end")
    wide = (WIDTH - left) / len(panels)
    for number, (panel, lines) in enumerate(zip(panels, titles, strict=True)):
        begin = left + number * wide + 8.0
        for place, words in enumerate(lines):
            canvas.text(begin, top - 10.0 - 17.0 * (len(lines) - 1 - place), words, bold=True)
        _row_panel(canvas, panel, begin, begin + wide - 20.0, top, step, first_colour)
    return canvas.svg(description)


def _row_panel(
    canvas: Canvas, panel: RowPanel, begin: float, end: float, top: float, step: float, first_colour: int
) -> None:
    every = [value for marks in panel.marks for mark in marks if mark is not None for value in mark]
    low, high = room([max(-panel.reach, min(panel.reach, value)) for value in every if math.isfinite(value)], zero=True)
    scale = Scale(low, high, begin, end)
    bottom = top + step * max(len(marks) for marks in panel.marks)
    longest = max((width_of(panel.shown(value)) for value in ticks(low, high)), default=30.0)
    most = max(2, min(6, int((end - begin) / (longest + 14.0))))
    for value in ticks(low, high, most) if len(ticks(low, high, most)) > 1 else ticks(low, high, most + 2):
        canvas.line(scale(value), top, scale(value), bottom, GRID)
        canvas.text(scale(value), bottom + 17.0, panel.shown(value), anchor="middle", colour=SOFT, size=12.0)
    canvas.line(scale(0.0), top, scale(0.0), bottom, INK, 1.2)
    for number, marks in enumerate(panel.marks):
        colour = COLOURS[(first_colour + number) % len(COLOURS)]
        shift = (7.0 if number else 0.0) if panel.bars else 10.0 * (number - (len(panel.marks) - 1) / 2)
        for row, mark in enumerate(marks):
            if mark is not None and math.isfinite(mark.middle):
                _row_mark(canvas, panel, mark, scale, top + step * (row + 0.5) + shift, number, colour)


def _row_mark(canvas: Canvas, panel: RowPanel, mark: Mark, scale: Scale, y: float, number: int, colour: str) -> None:
    if not scale.low <= mark.middle <= scale.high:
        text = f"{panel.shown(mark.middle)} ▶" if mark.middle > 0 else f"◀ {panel.shown(mark.middle)}"
        canvas.text(
            scale.end if mark.middle > 0 else scale.begin,
            y + 4.5,
            text,
            anchor="end" if mark.middle > 0 else "start",
            colour=colour,
            size=12.0,
        )
        return
    low, middle, high = (
        scale(max(scale.low, min(scale.high, value))) if math.isfinite(value) else math.nan for value in mark
    )
    bar = panel.bars and number == 0
    if bar:
        zero = scale(0.0)
        canvas.rectangle(min(zero, middle), y - 6.0, abs(middle - zero), 12.0, colour, opacity=0.55)
    if math.isfinite(low) and math.isfinite(high):
        canvas.line(low, y, high, y, INK if bar else colour, 1.8)
    if not bar:
        canvas.mark(middle, y, number, colour, panel.shown(mark.middle))


@dataclass(frozen=True)
class LinePanel:
    """One picture of lines. marks: [series][level]; zero: the axis shows zero; also: further values that the axis has
    room for, such as those of the picture beside it; of: what the picture is of, on a line under its title."""

    title: str
    marks: Sequence[Sequence[Mark]]
    shown: Shown
    zero: bool = False
    also: Sequence[float] = ()
    of: str = ""


@dataclass(frozen=True)
class Levels:
    """The horizontal axis: what it is called, its places as numbers, and how they are written."""

    label: str
    places: Sequence[float]
    names: Sequence[str]


def line_chart(
    levels: Levels,
    panels: Sequence[LinePanel],
    series: Sequence[str],
    description: str,
    *,
    colours: Sequence[str] = COLOURS,
    bands: bool = False,
    heading: str = "",
    columns: int = 2,
) -> str:
    """Panels, two a row unless there is one; intervals as whiskers, or as bands. series: names for the legend under
    `heading`."""
    columns = min(columns, len(panels))
    wide, high = WIDTH / columns, (300.0 if columns == 1 else 270.0) + (UNDER if any(one.of for one in panels) else 0.0)
    canvas = Canvas(WIDTH, LEGEND + 6.0 + high * math.ceil(len(panels) / columns))
    legend(canvas, series, 0, colours, heading)
    for number, panel in enumerate(panels):
        x, y = (number % columns) * wide, LEGEND + 6.0 + (number // columns) * high
        _line_panel(canvas, levels, panel, (x, y, wide, high), colours, bands)
    return canvas.svg(description)


def _line_panel(
    canvas: Canvas,
    levels: Levels,
    panel: LinePanel,
    box: tuple[float, float, float, float],
    colours: Sequence[str],
    bands: bool,
) -> None:
    left, right, bottom = box[0] + 62.0, box[0] + box[2] - 16.0, box[1] + box[3] - 44.0
    top = box[1] + 26.0 + (UNDER if panel.of else 0.0)
    canvas.text(box[0] + 8.0, box[1] + 14.0, shortened(panel.title, box[2] - 16.0), bold=True)
    if panel.of:
        canvas.text(box[0] + 8.0, box[1] + 14.0 + UNDER, shortened(panel.of, box[2] - 16.0), colour=SOFT)
    edge = 0.0 if bands else 0.05 * (max(levels.places) - min(levels.places) or 1.0)
    across = Scale(min(levels.places) - edge, max(max(levels.places), min(levels.places) + 1e-9) + edge, left, right)
    values = [*panel.also, *(value for marks in panel.marks for mark in marks for value in mark)]
    up = Scale(*room(values, zero=panel.zero), bottom, top)
    for value in ticks(up.low, up.high, 5):
        canvas.line(left, up(value), right, up(value), GRID)
        canvas.text(left - 6.0, up(value) + 4.0, panel.shown(value), anchor="end", colour=SOFT, size=12.0)
    taken = -math.inf
    for place, name in zip(levels.places, levels.names, strict=True):
        half = width_of(name, 12.0) / 2
        if name and across(place) - half > taken + 6.0:
            canvas.text(across(place), bottom + 17.0, name, anchor="middle", colour=SOFT, size=12.0)
            canvas.line(across(place), bottom, across(place), bottom + 4.0, SOFT)
            taken = across(place) + half
    canvas.line(left, bottom, right, bottom, INK)
    canvas.text((left + right) / 2, bottom + 36.0, levels.label, anchor="middle", colour=SOFT)
    for number, marks in enumerate(panel.marks):
        beside = 0.0 if bands else DODGE * (number - (len(panel.marks) - 1) / 2)
        xs = [across(place) + beside for place in levels.places]
        _line(canvas, marks, xs, up, number, colours[number % len(colours)], panel.shown, bands)


def _line(
    canvas: Canvas,
    marks: Sequence[Mark],
    xs: Sequence[float],
    up: Scale,
    number: int,
    colour: str,
    shown: Shown,
    bands: bool,
) -> None:
    if bands:
        canvas.area(xs, [up(mark.low) for mark in marks], [up(mark.high) for mark in marks], colour)
        canvas.path(xs, [up(mark.middle) for mark in marks], colour, 2.4, ("", "8 4", "2 3", "9 3 2 3")[number % 4])
        return
    canvas.path(xs, [up(mark.middle) for mark in marks], colour)
    for x, mark in zip(xs, marks, strict=True):
        if math.isfinite(mark.low) and math.isfinite(mark.high):
            canvas.line(x, up(mark.low), x, up(mark.high), colour, 1.6)
        if math.isfinite(mark.middle):
            canvas.mark(x, up(mark.middle), number, colour, shown(mark.middle))


@dataclass(frozen=True)
class Scattered:
    """Points over two settings. interesting: which of them are of interest; box: (low, high) of each setting inside of
    which those gather; labels: of the settings; names: how the axes' places are written where they are no numbers."""

    xs: Sequence[float]
    ys: Sequence[float]
    interesting: Sequence[bool]
    box: tuple[tuple[float, float], tuple[float, float]]
    labels: tuple[str, str]
    names: tuple[Sequence[str], Sequence[str]] = ((), ())


def box_chart(shown: Scattered, words: tuple[str, str], description: str) -> str:
    """Points with the box drawn in; words: what the legend calls points of interest and the others."""
    canvas = Canvas(WIDTH, 430.0)
    left, top, right, bottom = 84.0, 36.0, WIDTH - 20.0, 380.0
    across, up = Scale(*room(shown.xs), left, right), Scale(*room(shown.ys), bottom, top)
    legend(canvas, words, 0, (COLOURS[2], COLOURS[0]))
    for value, name in _axis(across, shown.names[0]):
        canvas.line(across(value), top, across(value), bottom, GRID)
        canvas.text(across(value), bottom + 17.0, name, anchor="middle", colour=SOFT, size=12.0)
    for value, name in _axis(up, shown.names[1]):
        canvas.line(left, up(value), right, up(value), GRID)
        canvas.text(left - 6.0, up(value) + 4.0, name, anchor="end", colour=SOFT, size=12.0)
    (x1, x2), (y1, y2) = (
        tuple(scale(max(scale.low, min(scale.high, end))) for end in ends)
        for scale, ends in zip((across, up), shown.box, strict=True)
    )
    canvas.rectangle(x1, y2, x2 - x1, y1 - y2, COLOURS[2], outline=COLOURS[2], opacity=0.10)
    for chosen in (False, True):  # points of interest are drawn on top
        for x, y, interesting in zip(shown.xs, shown.ys, shown.interesting, strict=True):
            if bool(interesting) == chosen:
                canvas.mark(
                    across(x),
                    up(y),
                    0 if chosen else 1,
                    COLOURS[2] if chosen else COLOURS[0],
                    size=4.0 if chosen else 2.4,
                )
    canvas.text((left + right) / 2, bottom + 38.0, shown.labels[0], anchor="middle", colour=SOFT)
    canvas.upright(16.0, (top + bottom) / 2, shown.labels[1])
    return canvas.svg(description)


def _axis(scale: Scale, names: Sequence[str]) -> list[tuple[float, str]]:
    if names:
        return [(float(place), name) for place, name in enumerate(names)]
    return [(value, f"{value:g}") for value in ticks(scale.low, scale.high)]


def legend(
    canvas: Canvas, series: Sequence[str], first: int, colours: Sequence[str] = COLOURS, heading: str = ""
) -> None:
    """Names of series in a line at the top, each with its mark."""
    x = 8.0
    if heading:
        canvas.text(x, 16.0, heading, colour=SOFT)
        x += width_of(heading) + 14.0
    room_each = (WIDTH - x) / max(1, len(series)) - 26.0
    for number, name in enumerate(series):
        colour = colours[(first + number) % len(colours)]
        canvas.mark(x + 6.0, 11.5, number, colour)
        words = shortened(name, max(60.0, room_each))
        canvas.text(x + 16.0, 16.0, words, bold=True, colour=colour)
        x += 34.0 + width_of(words) * 1.06


def shortened(words: str, wide: float) -> str:
    """Words, cut where they would be wider than this many pixels."""
    if width_of(words) <= wide:
        return words
    kept = words
    while kept and width_of(kept + "…") > wide:
        kept = kept[:-1]
    return kept + "…"
