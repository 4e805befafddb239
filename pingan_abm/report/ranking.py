"""What every lever's step buys, for readers: tables and a picture."""

import math
from collections.abc import Sequence
from typing import Any

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.charts import Mark, RowPanel, row_chart
from pingan_abm.report.numbers import (
    Labels,
    change,
    difference_axis_of,
    difference_title,
    half_width,
    interval,
    moved,
    verdict_words,
    widest,
)
from pingan_abm.report.page import Cell, Page
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.study.decide.costs import WORKING_DAYS
from pingan_abm.study.decide.rank import Bought
from pingan_abm.texts.i18n import translator

FAR, USUAL = 3.0, 0.88  # effects larger than this multiple of the quantile of all are drawn as arrows
LEAST_ROWS = 8  # fewer rows are always drawn whole


def money(yuan: float | None, language: str) -> str:
    """Yuan in a readable unit: millions in English, ten thousands 万元 in Chinese."""
    if yuan is None:
        return translator(language)("not known")
    size, word = (1e4, "万元") if language == "zh" else (1e6, " million yuan")
    text = f"{yuan / size:+,.1f}" if abs(yuan) >= size / 20 else ("0" if not yuan else f"{yuan / size:+,.3f}")
    return f"{text.replace('-', '−')}{word}"


def step_words(one: Bought, language: str) -> str:
    """A lever's values before and after its step."""
    labels = Labels(language)
    before, after = (labels.value(one.step.name, value) for value in (one.step.before, one.step.after))
    return f"{before} → {after}"


def effect_words(one: Comparison) -> str:
    """A difference with half of its interval."""
    unit = OUTCOMES[one.outcome].unit
    return f"{moved(one.difference, unit, beside=widest(one.low, one.high))} {half_width(one.low, one.high, unit)}"


def step_rows(found: Sequence[Bought], outcomes: Sequence[str], language: str) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: each lever's step, its difference on every outcome, and what it costs a year."""
    say, labels = translator(language), Labels(language)
    heads = [say("lever"), say("from → to")]
    for name in outcomes:
        heads.append(difference_title(name, language))
    rows = []
    for one in found:
        cells = [labels(one.step.name), step_words(one, language)]
        for name in outcomes:
            effect = one.effects[name]
            cells.append(" ".join(filter(None, [effect_words(effect), verdict_words(effect.verdict, language)])))
        rows.append([*cells, money(one.costs.yuan, language)])
    return [*heads, say("public money a year")], rows


def price_rows(found: Sequence[Bought], outcomes: Sequence[str], language: str) -> tuple[list[str], list[list[str]]]:
    """Heads and rows for the levers that have a price: their cost, what ten million yuan buy, and the price of a unit
    of burden avoided."""
    say, labels = translator(language), Labels(language)
    heads = [say("lever"), say("public money a year")]
    heads += [
        say("{outcome}: for ten million yuan").format(outcome=difference_title(name, language)) for name in outcomes
    ]
    rows = []
    for one in found:
        if one.costs.yuan:
            each = [_spread(one.per_ten_million(name), OUTCOMES[name].unit, language) for name in outcomes]
            rows.append([labels(one.step.name), money(one.costs.yuan, language), *each, per_burden(one.per_burden)])
    return [*heads, say("yuan for a problem-day avoided")], rows


def _spread(one: Interval | None, unit: str, language: str) -> str:
    if one is None:
        return "–"
    return f"{moved(one.mean, unit, beside=widest(one.low, one.high))} {interval(one.low, one.high, unit, language)}"


def per_burden(one: Interval | None) -> str:
    """The price of a unit of burden avoided, with its interval."""
    if one is None or one.low is None or one.high is None:
        return "–"
    return f"{one.mean:,.1f} [{one.low:,.1f}, {one.high:,.1f}]".replace("-", "−")


def ranking_chart(found: Sequence[Bought], outcomes: Sequence[str], language: str) -> str:
    """A row a lever, a panel an outcome: the difference of one step with its interval."""
    labels = Labels(language)
    rows = [f"{labels(one.step.name)} ({step_words(one, language)})" for one in found]
    panels = []
    for name in outcomes:
        effects = [one.effects[name] for one in found]
        marks = [Mark.of(one.low, one.difference, one.high) for one in effects]
        panels.append(
            RowPanel(difference_title(name, language), [marks], difference_axis_of(name), reach=_reach(marks))
        )
    return row_chart(rows, panels, [], caption(language)) if rows else ""


def caption(language: str) -> str:
    """What the picture shows."""
    return translator(language)("What one step of each lever changes, with paired 95 % intervals.")


def _reach(marks: Sequence[Mark]) -> float:
    """How far a panel reaches: a few effects much larger than all others become arrows."""
    sizes = sorted(abs(mark.middle) for mark in marks if math.isfinite(mark.middle))
    if len(sizes) < LEAST_ROWS:
        return math.inf
    usual = FAR * sizes[math.floor(USUAL * (len(sizes) - 1))]
    return usual if 0.0 < usual < sizes[-1] else math.inf


def in_words(found: Sequence[Bought], outcomes: Sequence[str], language: str) -> list[str]:
    """For each outcome: which lever's step improves it most, and which worsens it most."""
    say, labels, lines = translator(language), Labels(language), []
    for name in outcomes:
        judged: dict[str, list[Bought]] = {"better": [], "worse": []}
        for one in found:
            if kind := one.effects[name].verdict:
                judged[kind].append(one)
        texts = {
            "better": say("{outcome}: of all steps {lever} ({step}) improves it most, {change} {interval}."),
            "worse": say("{outcome}: of all steps {lever} ({step}) worsens it most, {change} {interval}."),
        }
        for kind, listed in judged.items():
            if listed:
                most = max(listed, key=_SizeOf(name))
                lines.append(_line(texts[kind], most, name, labels, language))
        if not any(judged.values()):
            lines.append(
                say("{outcome}: no step changes it by what can be told from chance and matters.").format(
                    outcome=OUTCOMES[name].label(language)
                )
            )
    return lines


class _SizeOf:
    def __init__(self, outcome: str) -> None:
        self.outcome = outcome

    def __call__(self, one: Bought) -> float:
        return abs(one.effects[self.outcome].difference or 0.0)


def _line(text: str, one: Bought, name: str, labels: Labels, language: str) -> str:
    effect, outcome = one.effects[name], OUTCOMES[name]
    return text.format(
        outcome=outcome.label(language),
        lever=labels(one.step.name),
        step=step_words(one, language),
        change=change(effect.difference, outcome.unit, language, beside=widest(effect.low, effect.high)),
        interval=interval(effect.low, effect.high, outcome.unit, language),
    )


def by_chance_words(levers: int, language: str) -> str:
    """That some of many differences look sure by chance alone."""
    return translator(language)(
        "Of levers that do nothing, about one in twenty looks sure by chance alone; {count} were tried. Check what "
        "matters with further replications and another seed."
    ).format(count=levers)


def left_out_words(left: Sequence[str], language: str) -> str:
    """The levers that have no step; nothing if all have one."""
    say, labels = translator(language), Labels(language)
    if not left:
        return ""
    return say("Levers without a step (a text, a date, or details of a campaign that is not planned): {names}.").format(
        names=say(", ").join(labels(name) for name in left)
    )


def price_notice(language: str) -> str:
    """What a price is, and that most levers have none."""
    return translator(language)(
        "Public money: posts and inspectors at {days} paid days a year and the assumed cost of a staff-day, and "
        "funding for social organisations. Nobody knows what the other levers cost. Burden counts weighted "
        "problem-days."
    ).format(days=WORKING_DAYS)


def add_ranking(page: Page, found: Sequence[Bought], outcomes: Sequence[str]) -> None:
    """The ranking as parts of a page: picture and tables."""
    say, language = translator(page.language), page.language
    page.figure(ranking_chart(found, outcomes, language), caption(language))
    for title, (heads, rows) in (
        (say("One step of each lever"), step_rows(found, outcomes, language)),
        (say("What money buys"), price_rows(found, outcomes, language)),
    ):
        if rows:
            page.heading(title, 3)
            head = [Cell(text, "words" if place == 0 else "") for place, text in enumerate(heads)]
            page.table("", head, [[Cell(text) for text in row] for row in rows])
    page.paragraph(price_notice(language), "note")
    page.paragraph(by_chance_words(len(found), language), "note")


def document(found: Sequence[Bought], outcomes: Sequence[str]) -> list[dict[str, Any]]:
    """The ranking as plain JSON types."""
    return [
        {
            "name": one.step.name,
            "from": one.step.before,
            "to": one.step.after,
            "outcome": {
                name: {
                    "difference": one.effects[name].difference,
                    "low": one.effects[name].low,
                    "high": one.effects[name].high,
                    "verdict": one.effects[name].verdict or None,
                    "per_ten_million_yuan": _plain(one.per_ten_million(name)),
                }
                for name in outcomes
            },
            "yuan": one.costs.yuan,
            "items": dict(one.costs.items),
            "yuan_per_burden_avoided": _plain(one.per_burden),
        }
        for one in found
    ]


def _plain(one: Interval | None) -> dict[str, Any] | None:
    return None if one is None else {"value": one.mean, "low": one.low, "high": one.high}
