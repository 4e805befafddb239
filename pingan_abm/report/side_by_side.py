"""Parts of the report of a comparison that hold all scenarios at once: differences drawn, differences in one table,
what each scenario costs."""

import math
from collections.abc import Sequence

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.charts import Mark, RowPanel, row_chart
from pingan_abm.report.numbers import (
    Labels,
    difference_on_axis,
    figure,
    half_width,
    in_per_cent,
    moved,
    verdict_words,
    widest,
)
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.ranking import money, per_burden, price_notice
from pingan_abm.report.sources import Compared
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.study.decide.costs import more_costly, yuan_per_burden_avoided
from pingan_abm.texts.i18n import translator

REACH = 100.0  # per cent of the baseline beyond which a difference is drawn as an arrow
BURDEN = "burden"
LEAST_BASELINE = 1e-9  # of which a difference can be a part


def difference_charts(found: Compared, names: Sequence[str], outcomes: Sequence[str], language: str) -> list[str]:
    """Two charts: differences of shares in percentage points, and all other differences in per cent of the baseline.
    names: of the other scenarios."""
    shares = [one for one in outcomes if OUTCOMES[one].unit == "share" and _marked(found, one)]
    others = [one for one in outcomes if OUTCOMES[one].unit != "share" and _marked(found, one)]
    say = translator(language)
    return [
        *(
            _chart(found, names, shares, say("difference in percentage points"), language, points=True)
            if shares
            else []
        ),
        *(
            _chart(found, names, others, say("difference in per cent of the baseline"), language, points=False)
            if others
            else []
        ),
    ]


def _chart(
    found: Compared, names: Sequence[str], outcomes: Sequence[str], title: str, language: str, *, points: bool
) -> list[str]:
    marks: list[list[Mark | None]] = []
    for arm in found.arms[1:]:
        rows = {one.outcome: one for one in found.comparisons if one.scenario == arm.label and _usable(one)}
        marks.append([_mark(rows[name], points) if name in rows else None for name in outcomes])
    panel = RowPanel(title, marks, in_points if points else per_cent, reach=math.inf if points else REACH)
    labels = [OUTCOMES[name].label(language) for name in outcomes]
    return [row_chart(labels, [panel], names, translator(language)("Differences to the baseline"))]


def in_points(value: float) -> str:
    """A difference of two shares at an axis."""
    return difference_on_axis("solved_share", value)


def per_cent(value: float) -> str:
    """A number that is in per cent already."""
    return f"{value:+.3g}%".replace("-", "−") if value else "0"


def _marked(found: Compared, outcome: str) -> bool:
    return any(one.outcome == outcome and _usable(one) for one in found.comparisons)


def _usable(one: Comparison) -> bool:
    if one.difference is None:
        return False
    return OUTCOMES[one.outcome].unit == "share" or abs(one.baseline_mean or 0.0) > LEAST_BASELINE


def _mark(one: Comparison, points: bool) -> Mark:
    if points:
        return Mark.of(one.low, one.difference, one.high)
    return Mark(*(math.nan if value is None else value for value in in_per_cent(one)))


def differences_table(
    page: Page, found: Compared, names: Sequence[str], outcomes: Sequence[str], caption: str = ""
) -> None:
    """A row an outcome: the baseline's mean, and every other scenario's difference with half of its interval and its
    verdict."""
    say, language = translator(page.language), page.language
    head = [Cell(say("Outcome"), "words"), Cell(say("Baseline")), *(Cell(name) for name in names)]
    by_place = {(one.scenario, one.outcome): one for one in found.comparisons}
    rows = []
    for outcome in outcomes:
        ones = [by_place[arm.label, outcome] for arm in found.arms[1:]]
        unit = OUTCOMES[outcome].unit
        cells = [Cell(OUTCOMES[outcome].label(language)), Cell(figure(ones[0].baseline_mean, unit, language))]
        for one in ones:
            text = (
                f"{moved(one.difference, unit, beside=widest(one.low, one.high))} {half_width(one.low, one.high, unit)}"
            )
            cells.append(Cell(f"{text} {verdict_words(one.verdict, language)}".strip(), one.verdict))
        rows.append(cells)
    notice = say("Differences to the baseline, ± half of the paired 95 % interval; of shares in percentage points.")
    page.table(caption or notice, head, rows)


def add_costs(page: Page, found: Compared, names: Sequence[str]) -> None:
    """What every scenario costs a year more than the baseline, as far as it has a price, and what a problem-day avoided
    costs."""
    say, language, labels = translator(page.language), page.language, Labels(page.language)
    base = found.arms[0].spec
    burdens = {one.scenario: one for one in found.comparisons if one.outcome == BURDEN}
    rows = []
    for arm, name in zip(found.arms[1:], names, strict=True):
        costs, fall = more_costly(base, arm.spec), burdens.get(arm.label)
        known = fall is not None and fall.difference is not None and costs.whole
        difference = Interval(fall.difference or 0.0, fall.low, fall.high) if fall is not None and known else None
        unpriced = [labels(one) for one in costs.unpriced] + ([say("what changes on a date")] if costs.dated else [])
        rows.append(
            [
                Cell(name),
                Cell(money(costs.yuan, language)),
                Cell(say(", ").join(unpriced) or "–", "words"),
                Cell(per_burden(yuan_per_burden_avoided(costs, difference, base))),
            ]
        )
    page.heading(say("What it costs"), 3)
    heads = (
        say("Scenario"),
        say("Public money a year"),
        say("Without a known price"),
        say("Yuan for a problem-day avoided"),
    )
    page.table("", [Cell(text, "words" if place in (0, 2) else "") for place, text in enumerate(heads)], rows)
    page.paragraph(price_notice(language), "note")
