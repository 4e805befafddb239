"""Charts of a sweep: lines over the levels of a grid, rows of single changes, bars of sensitivity, a box of
conditions."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.charts import Mark, RowPanel, Scattered, box_chart, row_chart
from pingan_abm.report.level_lines import level_lines
from pingan_abm.report.numbers import Labels, difference_axis_of, difference_title, mark_of
from pingan_abm.report.summary import shown_number
from pingan_abm.study.analyse.analysis import Laid
from pingan_abm.study.analyse.discovery import Condition
from pingan_abm.study.analyse.effects import (
    Discovered,
    changed_settings,
    classes,
    influence,
    point_effects,
)
from pingan_abm.study.analyse.sensitivity import Index, Sensitivity
from pingan_abm.texts.errors import InputErrors
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    import pandas as pd

FAR, USUAL = 3.0, 0.88  # changes larger than this multiple of the quantile of all changes are drawn as arrows
MOST_BARS = 15  # settings in a chart of sensitivity


def effect_chart(laid: Laid, outcomes: Sequence[str], language: str, against: str | None = None) -> tuple[str, str]:
    """The chart that suits a sweep's design, and its caption; an empty text when nothing can be drawn. against: a
    setting of a grid; drawn are then differences between points that differ in it only."""
    if laid.method == "oat":
        return single_changes(laid, outcomes, language)
    if laid.method == "grid":
        return level_lines(laid, outcomes, language, against)
    return influence_bars(laid, outcomes, language)


def single_changes(laid: Laid, outcomes: Sequence[str], language: str) -> tuple[str, str]:
    """Paired differences of every point to the reference point, a panel an outcome."""
    say, labels = translator(language), Labels(language)
    rows: list[str] = []
    panels = []
    for outcome in outcomes:
        effects = point_effects(laid, outcome)
        rows = [
            labels.settings(changed_settings(effects, place)) for place, one in enumerate(effects) if not one.reference
        ]
        marks = [mark_of(one.difference) for one in effects if not one.reference]
        panels.append(
            RowPanel(
                difference_title(outcome, language), [marks], difference_axis_of(outcome), reach=readable_reach(marks)
            )
        )
    caption = say("Change against the reference point, with paired 95 % intervals.")
    return (row_chart(rows, panels, [], caption) if rows else ""), caption


def readable_reach(marks: Sequence[Mark]) -> float:
    """How far a panel reaches from zero: a few changes much larger than all others would press those onto the line, and
    become arrows."""
    sizes = sorted(abs(mark.middle) for mark in marks if math.isfinite(mark.middle))
    if len(sizes) < 8:
        return math.inf
    usual = FAR * sizes[math.floor(USUAL * (len(sizes) - 1))]
    return usual if 0.0 < usual < sizes[-1] else math.inf


def influence_bars(laid: Laid, outcomes: Sequence[str], language: str) -> tuple[str, str]:
    """What outcomes follow, a panel an outcome, the settings that matter most first."""
    say = translator(language)
    tables: list[tuple[str, dict[str, Mark]]] = []
    index = ""
    for outcome in outcomes:
        try:
            names, values, half, index = influence(laid, outcome)
        except InputErrors:
            continue
        marks = {
            name: Mark(value - width, value, value + width)
            for name, value, width in zip(names, values, half, strict=True)
        }
        tables.append((OUTCOMES[outcome].label(language), marks))
    caption = say("{index} of each setting; lines are 95 % intervals where there are any.").format(index=index)
    if not tables:
        return "", caption
    return _bars(tables, caption, language), caption


def finding_chart(laid: Laid, outcomes: Sequence[str], found: Sequence[Any], language: str) -> tuple[str, str]:
    """The chart of an analysis, and its caption: indices or scores of outcomes, or a box (of the first outcome)."""
    say, titles = translator(language), [OUTCOMES[name].label(language) for name in outcomes]
    if isinstance(found[0], Discovered):
        return box_picture(laid, found[0], titles[0], language), " ".join(box_words(found[0], outcomes[0], language))
    if isinstance(found[0], Sensitivity):
        index = say("Sobol' indices") if found[0].method == "sobol" else say("Morris indices")
        caption = say("{index} of each setting; lines are 95 % intervals where there are any.").format(index=index)
        return sensitivity_bars(found, titles, language), caption
    tables = [
        (title, {one.parameter: Mark(math.nan, one.score, math.nan) for one in scores})
        for title, scores in zip(titles, found, strict=True)
    ]
    return _bars(tables, say("feature score"), language), say("feature score")


def box_words(found: Discovered, outcome: str, language: str) -> tuple[str, str]:
    """What points of interest are, and under which conditions they gather."""
    say = translator(language)
    text = (
        say("Points of interest: {outcome} above {limit}.")
        if found.above
        else say("Points of interest: {outcome} below {limit}.")
    )
    limit = shown_number(found.limit, OUTCOMES[outcome].unit, language)
    return text.format(outcome=OUTCOMES[outcome].label(language), limit=limit), found.box.sentence(
        Labels(language), language
    )


def sensitivity_bars(found: Sequence[Sensitivity], titles: Sequence[str], language: str) -> str:
    """Sobol' or Morris indices, a panel an outcome: bars of the total effect, marks of the first order."""
    say = translator(language)
    kinds = ("total", "first") if found[0].method == "sobol" else ("mu_star",)
    words = {"total": say("total effect"), "first": say("first order"), "mu_star": say("mean absolute effect")}
    tables = [{(one.index, one.parameter): one for one in each.indices} for each in found]
    most: dict[str, float] = {}
    for table in tables:
        for (kind, name), one in table.items():
            if kind == kinds[0]:
                most[name] = max(most.get(name, 0.0), one.value)
    names, labels = _largest(most), Labels(language)
    panels = [
        RowPanel(title, [[_index_mark(table[kind, name]) for name in names] for kind in kinds], plain_number, bars=True)
        for title, table in zip(titles, tables, strict=True)
    ]
    return row_chart([labels(name) for name in names], panels, [words[kind] for kind in kinds], say(", ").join(titles))


def _index_mark(one: Index) -> Mark:
    half = one.interval if math.isfinite(one.interval) else math.nan
    return Mark(one.value - half, one.value, one.value + half)


def _bars(tables: Sequence[tuple[str, dict[str, Mark]]], description: str, language: str) -> str:
    most: dict[str, float] = {}
    for _, marks in tables:
        for name, mark in marks.items():
            most[name] = max(most.get(name, 0.0), abs(mark.middle))
    names = _largest(most)
    labels = Labels(language)
    panels = [
        RowPanel(title, [[marks.get(name) for name in names]], plain_number, bars=True) for title, marks in tables
    ]
    return row_chart([labels(name) for name in names], panels, [], description)


def _largest(values: dict[str, float]) -> list[str]:
    """Names by value, the largest first, as many as can be shown."""
    return [name for _, name in sorted(((-value, name) for name, value in values.items()))][:MOST_BARS]


def plain_number(value: float) -> str:
    """A number at an axis."""
    return f"{value:.3g}".replace("-", "−")


def box_picture(laid: Laid, found: Discovered, title: str, language: str) -> str:
    """Points over the two settings that the box narrows most; nothing when only one setting varies."""
    say, labels = translator(language), Labels(language)
    inputs = laid.inputs()[found.known].reset_index(drop=True)
    limits = {one.parameter: one for one in sorted(found.box.conditions, key=_Kept(inputs))}
    chosen = [*limits, *(name for name in laid.names if name not in limits)][:2]
    axes, ends, names = [], [], []
    for name in chosen:
        values = inputs[name].to_list()
        numeric = all(isinstance(one, int | float | np.number) and not isinstance(one, bool) for one in values)
        levels, places = classes(values, most=10**6)
        numbers = [float(value) for value in values] if numeric else [float(place) for place in places]
        axes.append(numbers)
        names.append([] if numeric else [labels.value(name, one) for one in levels])
        ends.append(_ends(limits.get(name), levels, numeric))
    if len(chosen) < 2:
        return ""
    points = Scattered(
        axes[0],
        axes[1],
        [bool(one) for one in found.interesting],
        (ends[0], ends[1]),
        (labels(chosen[0]), labels(chosen[1])),
        (names[0], names[1]),
    )
    return box_chart(points, (say("of interest"), say("other points")), title)


class _Kept:
    """How many points one side of a box keeps."""

    def __init__(self, inputs: "pd.DataFrame") -> None:
        self.inputs = inputs

    def __call__(self, one: Condition) -> int:
        values = self.inputs[one.parameter]
        if one.values:
            return int(values.isin(one.values).sum())
        inside = [(one.low is None or value >= one.low) and (one.high is None or value <= one.high) for value in values]
        return sum(inside)


def _ends(condition: Condition | None, levels: list[Any], numeric: bool) -> tuple[float, float]:
    """Where a box ends along an axis; not at all on an open side."""
    if condition is None:
        return -math.inf, math.inf
    if condition.values:
        kept = [place for place, one in enumerate(levels) if one in condition.values]
        return min(kept) - 0.4, max(kept) + 0.4
    low: Any = condition.low if numeric or condition.low is None else levels.index(condition.low)
    high: Any = condition.high if numeric or condition.high is None else levels.index(condition.high)
    return -math.inf if low is None else float(low), math.inf if high is None else float(high)
