"""Results as plain tables that can be printed, pasted or computed with: one for each scenario that is compared, one for
a run, one for the points of a sweep."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import Labels, figure, moved
from pingan_abm.report.sources import Compared, Repeated, Source, Swept
from pingan_abm.study.analyse.effects import point_effects
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.decide.compare import Arm, Replicated
from pingan_abm.texts.errors import InputErrors, sentence, suggestion
from pingan_abm.texts.i18n import translator


@dataclass(frozen=True)
class Cell:
    """A number with the unit of its outcome, written in a language. change: it is a difference, in points where it is
    one of two shares."""

    value: float | None
    unit: str
    language: str
    change: bool = False

    def __str__(self) -> str:
        return moved(self.value, self.unit) if self.change else figure(self.value, self.unit, self.language)

    @property
    def plain(self) -> float | None:
        """The number to compute with: a difference of two shares in points too."""
        return 100 * self.value if self.change and self.unit == "share" and self.value is not None else self.value


type Row = tuple[str | Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One table. title: what it is about; heads: a name a column."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(found: Source, outcomes: Sequence[str], language: str, against: str = "", wide: bool = False) -> list[Sheet]:
    """The tables of a folder's results. outcomes: names; against: the arm that others are compared with, the baseline
    without it; wide: a comparison as one table with a column for each arm.

    Raises InputErrors for an arm that is not compared, and for one where nothing is compared.
    """
    if against and not isinstance(found, Compared):
        raise InputErrors([sentence("--against is for a comparison; this folder holds none.")])
    if isinstance(found, Compared):
        done = turned(found.replicated, against)
        return [side_by_side(done, outcomes, language)] if wide else compared(done, outcomes, language)
    return [repeated(found, outcomes, language)] if isinstance(found, Repeated) else [swept(found, outcomes, language)]


def turned(done: Replicated, against: str) -> Replicated:
    """The same runs with another arm as the baseline. Raises InputErrors for an arm that is not compared."""
    labels = [arm.label for arm in done.arms]
    if against and against not in labels:
        problem = sentence(
            "--against {label}: no scenario has this label.{near}", label=against, near=suggestion(against, labels)
        )
        raise InputErrors([problem])
    first: list[Arm] = [arm for arm in done.arms if arm.label == against]
    return replace(done, arms=(*first, *(arm for arm in done.arms if arm.label != against)))


def compared(done: Replicated, outcomes: Sequence[str], language: str) -> list[Sheet]:
    """A table for each other arm: both means, the difference and the ends of its paired interval."""
    say = translator(language)
    base = done.arms[0].label
    heads = (say("outcome"), base, "", say("change"), say("95 % from"), say("to"))
    tables = []
    for arm in done.arms[1:]:
        rows: list[Row] = []
        for one in done.comparisons(outcomes):
            if one.scenario == arm.label:
                unit = OUTCOMES[one.outcome].unit
                means = (Cell(one.baseline_mean, unit, language), Cell(one.scenario_mean, unit, language))
                changes = (Cell(value, unit, language, change=True) for value in (one.difference, one.low, one.high))
                rows.append((OUTCOMES[one.outcome].label(language), *means, *changes))
        tables.append(Sheet(f"{arm.label} − {base}", (*heads[:2], arm.label, *heads[3:]), tuple(rows)))
    return tables


def side_by_side(done: Replicated, outcomes: Sequence[str], language: str) -> Sheet:
    """Means of every arm, a column each."""
    rows: list[Row] = []
    for name in outcomes:
        means = [mean_interval(done.values(arm.label, name)) for arm in done.arms]
        unit = OUTCOMES[name].unit
        cells = (Cell(None if mean is None else mean.mean, unit, language) for mean in means)
        rows.append((OUTCOMES[name].label(language), *cells))
    say = translator(language)
    heads = (say("outcome"), *(arm.label for arm in done.arms))
    return Sheet(say("means of {count} replications").format(count=len(done.whole())), heads, tuple(rows))


def repeated(found: Repeated, outcomes: Sequence[str], language: str) -> Sheet:
    """A run's outcomes: mean over replications, and the ends of its interval where there are several."""
    say, several = translator(language), len(found.outcomes) > 1
    rows: list[Row] = []
    for name in outcomes:
        mean, unit = mean_interval([one.get(name) for one in found.outcomes]), OUTCOMES[name].unit
        values = (None, None, None) if mean is None else (mean.mean, mean.low, mean.high)
        shown = values if several else values[:1]
        rows.append((OUTCOMES[name].label(language), *(Cell(value, unit, language) for value in shown)))
    heads = (say("outcome"), say("Mean"), say("95 % from"), say("to")) if several else (say("outcome"), say("value"))
    title = say("means of {count} replications").format(count=len(found.outcomes)) if several else say("one run")
    return Sheet(f"{found.spec.scenario.name}: {title}", heads, tuple(rows))


def swept(found: Swept, outcomes: Sequence[str], language: str) -> Sheet:
    """The points of a sweep in the order of the design: what varies, and the means of the outcomes."""
    labels = Labels(language)
    effects = {name: point_effects(found.laid, name) for name in outcomes}
    rows: list[Row] = []
    for place in range(len(found.laid.inputs())):
        settings = next(iter(effects.values()))[place].settings
        means = ((effects[name][place].mean, OUTCOMES[name].unit) for name in outcomes)
        cells = (Cell(None if mean is None else mean.mean, unit, language) for mean, unit in means)
        rows.append((*(labels.value(name, settings[name]) for name in found.laid.names), *cells))
    heads = (*(labels(name) for name in found.laid.names), *(OUTCOMES[name].label(language) for name in outcomes))
    return Sheet(str(found.study["name"]), heads, tuple(rows))


def markdown(tables: Sequence[Sheet]) -> str:
    """Tables in Markdown, to paste into a text."""
    parts = []
    for one in tables:
        lines = [f"**{one.title}**", "", "| " + " | ".join(one.heads) + " |", "|---" * len(one.heads) + "|"]
        parts.append("\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in one.rows)]))
    return "\n\n".join(parts) + "\n"


SPECIAL = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
SPECIAL |= {letter: f"\\{letter}" for letter in "&%$#_{}"}


def latex(tables: Sequence[Sheet]) -> str:
    """Tables in LaTeX with the rules of the package booktabs, to be put into a paper."""
    parts = []
    for one in tables:
        columns = "l" + "r" * (len(one.heads) - 1)
        rows = [" & ".join(for_latex(str(cell)) for cell in row) + r" \\" for row in (one.heads, *one.rows)]
        lines = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", rows[0], r"\midrule", *rows[1:], r"\bottomrule"]
        parts.append(f"% {one.title}\n" + "\n".join([*lines, r"\end{tabular}"]))
    return "\n\n".join(parts) + "\n"


def for_latex(text: str) -> str:
    """A text as LaTeX takes it: its own letters escaped, a minus as one of a formula."""
    return "".join(SPECIAL.get(letter, letter) for letter in text).replace("−", "$-$")


def comma_separated(tables: Sequence[Sheet]) -> str:
    """Tables as CSV, the title of each in the first column. Numbers can be computed with."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for place, one in enumerate(tables):
        if place == 0 or one.heads != tables[place - 1].heads:
            writer.writerow(["", *one.heads])
        for row in one.rows:
            cells = [cell.plain if isinstance(cell, Cell) else safe(cell) for cell in row]
            writer.writerow([safe(one.title), *("" if cell is None else cell for cell in cells)])
    return text.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def workbook(tables: Sequence[Sheet]) -> bytes:
    """Tables as an Excel workbook, a sheet each, with numbers to compute with; shares are shown in per cent."""
    import xlsxwriter

    contents = io.BytesIO()
    with xlsxwriter.Workbook(contents, {"in_memory": True}) as book:
        bold, percent, plain = (
            book.add_format(one) for one in ({"bold": True}, {"num_format": "0.0%"}, {"num_format": "0.###"})
        )
        for number, one in enumerate(tables, start=1):
            page = book.add_worksheet(f"{number}")
            page.write_string(0, 0, one.title, bold)
            write_cells(page, 2, one.heads, one.rows, (bold, percent, plain))
            page.set_column(0, 0, 44)
            page.set_column(1, len(one.heads), 14)
    return contents.getvalue()


def write_cells(page: Any, top: int, heads: Sequence[str], rows: Sequence[Row], looks: tuple[Any, Any, Any]) -> None:
    """Write a table into a worksheet from a line on: words as texts, figures as numbers. looks: formats of XlsxWriter
    for heads, shares and other numbers."""
    bold, percent, plain = looks
    for column, head in enumerate(heads):
        page.write_string(top, column, head, bold)
    for line, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, column, cell)
            elif cell.plain is not None:
                share = cell.unit == "share" and not cell.change
                page.write_number(line, column, cell.plain, percent if share else plain)
