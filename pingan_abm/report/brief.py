"""A brief: what was asked, the answer, how sure it is and what it stands on, in plain words, with one table and charts,
for a file of an office. The forms of files stand in `brief_docx.py`, `brief_pptx.py` and `brief_xlsx.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pingan_abm.files.provenance import package_version
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report import comparison, rank_page, single
from pingan_abm.report.numbers import KEY, Labels, change, figure, interval, verdict_words, widest
from pingan_abm.report.ranking import by_chance_words, in_words, money, step_words
from pingan_abm.report.rows import Cell
from pingan_abm.report.sections import size_line, titled
from pingan_abm.report.sources import Compared, Repeated, Source
from pingan_abm.report.summary import words_on_size
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.analyse.verdicts import is_sure
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.study.decide.costs import more_costly
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.texts.i18n import Translate, translator

FEW = 3  # outcomes in the answer, where none were chosen
MOST_OUTCOMES = 6  # in the table of a page
MOST_LEVERS = 8
ENOUGH = 10  # replications below which an interval is called rough

type Row = tuple[str | Cell, ...]


@dataclass(frozen=True)
class Chart:
    """Bars of one unit, and half of the interval of each. names: of the bars; series: by name, (value, half) a bar."""

    title: str
    unit: str
    names: tuple[str, ...]
    series: dict[str, tuple[tuple[float | None, float | None], ...]]


@dataclass(frozen=True)
class Brief:
    """What stands on the page. heads, rows: of the table; command: how to run it again."""

    language: str
    title: str
    asked: str
    answer: tuple[str, ...]
    sure: tuple[str, ...]
    stands_on: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notice: str
    command: str
    charts: tuple[Chart, ...] = field(default=())

    def sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """Headings with their lines, in order."""
        say = translator(self.language)
        return [
            (say("What was asked"), (self.asked,)),
            (say("The answer"), self.answer),
            (say("How sure it is"), self.sure),
            (say("What it stands on"), self.stands_on),
        ]


def brief_of(found: Source, language: str, outcomes: Sequence[str] = ()) -> Brief:
    """The brief of a folder's results. outcomes: those that are spoken of; else those that were asked for, or the
    usual ones. Raises InputErrors for results of which there is none."""
    if isinstance(found, Compared):
        return _of_ranking(found, language, outcomes) if found.ranked else _of_comparison(found, language, outcomes)
    if isinstance(found, Repeated):
        return _of_runs(found, language, outcomes)
    raise InputErrors([sentence("a brief is for a run, a comparison or a ranking; of a sweep write a report.")])


def _of_comparison(found: Compared, language: str, outcomes: Sequence[str]) -> Brief:
    say, base = translator(language), found.arms[0]
    names = [_arm_name(found, number, language) for number in range(len(found.arms))]
    shown = (tuple(outcomes) or found.chosen or KEY[:FEW])[:MOST_OUTCOMES]
    rows_of = {(one.scenario, one.outcome): one for one in found.comparisons}
    answer, rows = [], []
    for arm, name in zip(found.arms[1:], names[1:], strict=True):
        ones = [rows_of[arm.label, outcome] for outcome in shown]
        answer += [_sentence(one, name, language) for one in ones]
        costs = more_costly(base.spec, arm.spec)
        if costs.yuan:
            text = say("{name}: public money {money} a year{more}.")
            more = "" if costs.whole else say(", and what has no known price")
            answer.append(text.format(name=name, money=money(costs.yuan, language), more=more))
        rows += [_row(one, name, language) for one in ones]
    charts = [_chart(found, names[1:], one, language) for one in shown]
    command, _ = comparison.command(found)
    return Brief(
        language,
        say("Brief: {names}").format(names=say(" against ").join([*names[1:], names[0]])),
        say("What would change if, instead of “{baseline}”, there were: {others}?").format(
            baseline=names[0], others=say(", ").join(names[1:])
        ),
        tuple(answer),
        how_sure(found.replications, say),
        stands_on(base.spec.residents, size_line(base.spec, found.replications, language), language),
        (
            say("Scenario"),
            say("Outcome"),
            say("Baseline"),
            say("Scenario's mean"),
            say("Difference"),
            say("95 % from"),
            say("to"),
            "",
        ),
        tuple(rows),
        say("Differences of shares are in percentage points."),
        command,
        tuple(one for one in charts if one is not None),
    )


def _arm_name(found: Compared, number: int, language: str) -> str:
    arm = found.arms[number]
    return (titled(arm.spec, language) if arm.label == arm.spec.scenario.name else arm.label).strip("“”")


def _sentence(one: Comparison, name: str, language: str) -> str:
    """One difference in plain words."""
    say, outcome = translator(language), OUTCOMES[one.outcome]
    label = outcome.label(language)
    if one.difference is None:
        return say("{name}: {outcome} has no value.").format(name=name, outcome=label)
    parts = {
        "name": name,
        "outcome": label,
        "before": figure(one.baseline_mean, outcome.unit, language),
        "after": figure(one.scenario_mean, outcome.unit, language),
        "change": change(one.difference, outcome.unit, language, beside=widest(one.low, one.high)),
        "interval": interval(one.low, one.high, outcome.unit, language),
    }
    if not is_sure(one.low, one.high):
        text = say("{name}: {outcome} does not differ by more than chance can bring ({before} and {after}).")
    elif one.verdict:
        text = say("{name}: {outcome} goes from {before} to {after}, {change} {interval}: {verdict}.")
        parts["verdict"] = verdict_words(one.verdict, language)
    elif outcome.better == "none":
        text = say(
            "{name}: {outcome} goes from {before} to {after}, {change} {interval}, which is neither good nor bad."
        )
    else:
        text = say("{name}: {outcome} goes from {before} to {after}, {change} {interval}, too little to matter.")
    return text.format(**parts)


def _row(one: Comparison, name: str, language: str) -> Row:
    outcome = OUTCOMES[one.outcome]
    means = (Cell(one.baseline_mean, outcome.unit, language), Cell(one.scenario_mean, outcome.unit, language))
    changes = (Cell(value, outcome.unit, language, change=True) for value in (one.difference, one.low, one.high))
    return (name, outcome.label(language), *means, *changes, verdict_words(one.verdict, language))


def _chart(found: Compared, names: Sequence[str], outcome: str, language: str) -> Chart | None:
    """Differences of one outcome, a bar a scenario."""
    unit = OUTCOMES[outcome].unit
    by = 100.0 if unit == "share" else 1.0
    rows = {one.scenario: one for one in found.comparisons if one.outcome == outcome}
    bars = []
    for arm in found.arms[1:]:
        one = rows[arm.label]
        half = None if one.low is None or one.high is None else by * (one.high - one.low) / 2
        bars.append((None if one.difference is None else by * one.difference, half))
    if all(value is None for value, _ in bars):
        return None
    say = translator(language)
    return Chart(
        say("{outcome}: difference to the baseline{unit}").format(
            outcome=OUTCOMES[outcome].label(language), unit=say(", in points") if unit == "share" else ""
        ),
        unit,
        tuple(names),
        {say("Difference"): tuple(bars)},
    )


def _of_ranking(found: Compared, language: str, outcomes: Sequence[str]) -> Brief:
    say, labels, base = translator(language), Labels(language), found.arms[0].spec
    shown = rank_page.outcomes_of(found, tuple(outcomes))[:FEW]
    ranked = rank_page.ranking_of(found, shown)[:MOST_LEVERS]
    rows: list[Row] = []
    for one in ranked:
        cells: list[str | Cell] = [labels(one.step.name), step_words(one, language)]
        for name in shown:
            effect = one.effects[name]
            cells += [
                Cell(each, OUTCOMES[name].unit, language, change=True)
                for each in (effect.difference, effect.low, effect.high)
            ]
        rows.append((*cells, money(one.costs.yuan, language)))
    heads = [say("lever"), say("from → to")]
    for name in shown:
        heads += [OUTCOMES[name].label(language), say("95 % from"), say("to")]
    charts = []
    for name in shown:
        by = 100.0 if OUTCOMES[name].unit == "share" else 1.0
        effects = [one.effects[name] for one in ranked]
        halves = [None if e.low is None or e.high is None else by * (e.high - e.low) / 2 for e in effects]
        values = [None if e.difference is None else by * e.difference for e in effects]
        title = say("{outcome}: one step of each lever{unit}").format(
            outcome=OUTCOMES[name].label(language), unit=say(", in points") if by > 1.0 else ""
        )
        bars = tuple(zip(values, halves, strict=True))
        charts.append(
            Chart(title, OUTCOMES[name].unit, tuple(labels(one.step.name) for one in ranked), {say("Difference"): bars})
        )
    command, _ = rank_page.command(found, tuple(shown))
    asked = say("Which lever helps most, starting from “{name}”?").format(name=titled(base, language).strip("“”"))
    return Brief(
        language,
        say("Brief: the levers side by side"),
        asked,
        tuple(in_words(rank_page.ranking_of(found, shown), shown, language)),
        (*how_sure(found.replications, say), by_chance_words(len(found.arms) - 1, language)),
        (
            *stands_on(base.residents, size_line(base, found.replications, language), language),
            rank_page.step_rule(language),
        ),
        (*heads, say("public money a year")),
        tuple(rows),
        say("Differences of shares are in percentage points."),
        command,
        tuple(charts),
    )


def _of_runs(found: Repeated, language: str, outcomes: Sequence[str]) -> Brief:
    say, shown = translator(language), (tuple(outcomes) or KEY)[:MOST_OUTCOMES]
    rows: list[Row] = []
    answer = []
    for name in shown:
        outcome = OUTCOMES[name]
        mean = mean_interval([one.get(name) for one in found.outcomes])
        values = (None, None, None) if mean is None else (mean.mean, mean.low, mean.high)
        rows.append((outcome.label(language), *(Cell(value, outcome.unit, language) for value in values)))
        text = say("{outcome}: {value}.")
        answer.append(text.format(outcome=outcome.label(language), value=figure(values[0], outcome.unit, language)))
    title = titled(found.spec, language).strip("“”")
    command, _ = single.command(found)
    return Brief(
        language,
        say("Brief: {names}").format(names=title),
        say("What comes out of “{name}”?").format(name=title),
        tuple(answer),
        how_sure(len(found.outcomes), say),
        stands_on(found.spec.residents, size_line(found.spec, len(found.outcomes), language), language),
        (say("Outcome"), say("Mean"), say("95 % from"), say("to")),
        tuple(rows),
        "",
        command,
    )


def how_sure(replications: int, say: Translate) -> tuple[str, ...]:
    """How sure figures of so many replications are."""
    if replications < 2:
        return (say("One run has no interval: it cannot tell an effect from chance. Add replications."),)
    lines = [
        say(
            "{count} paired replications; each scenario had the same problems and the same chance events. Brackets "
            "hold the 95 % interval: how far chance alone may move a figure."
        ).format(count=replications)
    ]
    if replications < ENOUGH:
        lines.append(say("So few replications give a first impression only; add some before anything is decided."))
    lines.append(say("No interval says whether the assumptions are right."))
    return tuple(lines)


def stands_on(residents: int, size: str, language: str) -> tuple[str, ...]:
    """What the figures stand on."""
    say = translator(language)
    lines = [
        say(
            "A model of a district after a published paper, with most values assumed: signs and orders of size may be "
            "discussed, levels may not be quoted as facts. It is no forecast for any place."
        ),
        say("{size}; pingan_abm {version}.").format(size=size, version=package_version()),
        words_on_size(residents, language),
    ]
    return tuple(filter(None, lines))
