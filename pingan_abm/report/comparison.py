"""The report of a comparison: scenarios against a baseline on the same luck."""

import math
import shlex

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.parameters.declared import written
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.believed import believed
from pingan_abm.report.charts import LinePanel, Mark, RowPanel, line_chart, row_chart
from pingan_abm.report.funnel import add_funnel
from pingan_abm.report.numbers import KEY, change, figure, in_per_cent, verdict
from pingan_abm.report.page import Page
from pingan_abm.report.sections import (
    assumptions,
    comparison_table,
    how_to_read,
    how_to_rerun,
    interval_words,
    not_finished,
    scenario_cards,
    scenario_file,
    size_line,
    size_options,
    titled,
    unquoted,
    what_differs,
)
from pingan_abm.report.sources import Compared
from pingan_abm.report.summary import HEADLINES
from pingan_abm.report.times import cohort_marks, daily_marks, day_axis, share
from pingan_abm.study.decide.beliefs import SHEET
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.texts.i18n import translator

OVER_TIME = ("closed_share_so_far", "solved_share_so_far")
BY_ARISING = ("claimed_by_arising", "solved_by_arising")
LOAD = "load_ratio"  # work offered over staff available, shown beside every result
REACH = 100.0  # per cent of the baseline beyond which a difference is drawn as an arrow


def comparison_page(found: Compared, language: str, question: str = "") -> str:
    """The page as text."""
    say = translator(language)
    base = found.arms[0]
    asked = question or say("What would change if, instead of “{baseline}”, there were: {others}?").format(
        baseline=unquoted(_name(found, 0, language)),
        others=say(", ").join(unquoted(_name(found, number, language)) for number in range(1, len(found.arms))),
    )
    page = Page(asked, language)
    page.paragraph(say("Ping'an 365 · comparison of scenarios on the same luck"), "kicker")
    page.heading(asked, 1)
    page.paragraph(size_line(base.spec, found.replications, language), "note")
    page.paragraph(beginning_words([arm.spec for arm in found.arms], language), "note")
    not_finished(page, *found.progress, language)
    page.box(say("In short"), in_short(found, language))
    add_funnel(page, [(_name(found, number, language), means) for number, means in enumerate(arm_means(found))])
    page.heading(say("The scenarios"))
    scenario_cards(page, found.arms)
    what_differs(page, found.arms, [_name(found, number, language) for number in range(len(found.arms))])
    what_changes(page, found)
    how_to_rerun(page, *command(found))
    how_it_is_read(page, found.replications)
    assumptions(page, base.spec, found.made, found.failed)
    all_other_outcomes(page, found)
    return page.html()


def what_changes(page: Page, found: Compared) -> None:
    """The differences: drawn, over time, in a table for each scenario, and over what participants believe."""
    say, language, others = translator(page.language), page.language, found.arms[1:]
    page.heading(say("What changes"))
    if others:
        page.figure(
            forest(found, language),
            say(
                "Differences to the baseline in per cent of it, with 95 % intervals. An interval that crosses "
                "the line at zero: no difference can be told from luck."
            ),
        )
    if cohort := over_time(found, language, BY_ARISING):
        page.figure(
            cohort,
            say(
                "Of the problems that arose on a day (means of a week): the share recorded as dealt with 90 days "
                "later, and the share really solved by then."
            ),
        )
    drawn = over_time(found, language, OVER_TIME)
    if drawn:
        page.figure(
            drawn,
            say(
                "Over the year: what is reported as closed beside what is really solved. Bands: 95 % intervals of the "
                "mean."
            ),
        )
    for number, arm in enumerate(others, start=1):
        page.heading(_name(found, number, language), 3)
        comparison_table(
            page,
            say("Against the baseline, {count} pairs").format(count=found.replications),
            [one for one in found.comparisons if one.scenario == arm.label and one.outcome in HEADLINES],
        )
    believed(page, found, {arm.label: _name(found, number, language) for number, arm in enumerate(found.arms)})


def how_it_is_read(page: Page, replications: int) -> None:
    """How the figures of a comparison are read."""
    say = translator(page.language)
    how_to_read(
        page,
        [
            *interval_words(say, replications),
            say(
                "Each replication gives every scenario the same problems and the same luck. Differences are taken pair "
                "by pair, so their intervals are narrower than those of runs that have nothing in common, which stand "
                "beside them."
            ),
            say(
                "“Better” and “worse” are written only where the whole interval lies on one side of zero and the "
                "outcome has a good side."
            ),
        ],
    )


def all_other_outcomes(page: Page, found: Compared) -> None:
    """Outcomes that no heading names, a table for each scenario."""
    say, language, others = translator(page.language), page.language, found.arms[1:]
    for number, arm in enumerate(others, start=1):
        rest = [
            one
            for one in found.comparisons
            if one.scenario == arm.label and one.outcome not in HEADLINES and one.difference is not None
        ]
        if rest:
            page.heading(say("All other outcomes: {name}").format(name=_name(found, number, language)))
            comparison_table(page, "", rest)


def _name(found: Compared, number: int, language: str) -> str:
    """A scenario's label, or its title where the label is only its name."""
    arm = found.arms[number]
    return titled(arm.spec, language) if arm.label == arm.spec.scenario.name else arm.label


def in_short(found: Compared, language: str) -> list[str]:
    """What is better and worse in each scenario, of the outcomes that a reader wants to know first."""
    say = translator(language)
    lines = []
    for number, arm in enumerate(found.arms[1:], start=1):
        name = _name(found, number, language)
        by_verdict: dict[str, list[str]] = {"better": [], "worse": [], "": []}
        rows = {one.outcome: one for one in found.comparisons if one.scenario == arm.label}
        judged = [key for key in KEY if key in rows and OUTCOMES[key].better != "none"]
        for outcome in (rows[key] for key in judged):
            side = verdict(outcome.low, outcome.high, OUTCOMES[outcome.outcome].better)
            by_verdict[side].append(
                _both_means(outcome, language) if side else OUTCOMES[outcome.outcome].label(language)
            )
        texts = (
            (say("{name} – better: {list}"), by_verdict["better"]),
            (say("{name} – worse: {list}"), by_verdict["worse"]),
        )
        lines += [text.format(name=name, list=say("; ").join(listed)) for text, listed in texts if listed]
        if by_verdict[""]:
            same = say(", ").join(by_verdict[""])
            lines.append(say("{name} – no difference that can be told from luck: {list}").format(name=name, list=same))
        if LOAD in rows and rows[LOAD].difference is not None:
            lines.append(
                say("{name} – for all of this: {list}").format(name=name, list=_both_means(rows[LOAD], language))
            )
    return lines


def _both_means(one: Comparison, language: str) -> str:
    outcome = OUTCOMES[one.outcome]
    return (
        f"{outcome.label(language)} {figure(one.baseline_mean, outcome.unit)} → "
        f"{figure(one.scenario_mean, outcome.unit)} ({change(one.difference, outcome.unit, language)})"
    )


def forest(found: Compared, language: str) -> str:
    """Headline outcomes in per cent of the baseline, a mark a scenario."""
    say = translator(language)
    names = [name for name in HEADLINES if any(one.outcome == name and _usable(one) for one in found.comparisons)]
    marks: list[list[Mark | None]] = []
    for arm in found.arms[1:]:
        rows = {one.outcome: one for one in found.comparisons if one.scenario == arm.label and _usable(one)}
        marks.append([_percent(rows[name]) if name in rows else None for name in names])
    series = [_name(found, number, language) for number in range(1, len(found.arms))]
    panel = RowPanel(say("difference in per cent of the baseline"), marks, per_cent, reach=REACH)
    return row_chart(
        [OUTCOMES[name].label(language) for name in names], [panel], series, say("Differences to the baseline")
    )


def per_cent(value: float) -> str:
    """A number that is in per cent already."""
    return f"{value:+.3g}%".replace("-", "−") if value else "0"


def _usable(one: Comparison) -> bool:
    return one.difference is not None and one.baseline_mean is not None and abs(one.baseline_mean) > 1e-9


def _percent(one: Comparison) -> Mark:
    return Mark(*(math.nan if value is None else value for value in in_per_cent(one)))


def arm_means(found: Compared) -> list[dict[str, float | None]]:
    """Means of every scenario's outcomes, the baseline first."""
    means: list[dict[str, float | None]] = [{} for _ in found.arms]
    places = {arm.label: place for place, arm in enumerate(found.arms)}
    for one in found.comparisons:
        means[0][one.outcome] = one.baseline_mean
        means[places[one.scenario]][one.outcome] = one.scenario_mean
    return means


def over_time(found: Compared, language: str, names: tuple[str, str]) -> str:
    """Reported beside real figures, by day; nothing when days were not kept, or are too few."""
    say, marks = translator(language), cohort_marks if names == BY_ARISING else daily_marks
    tables = [found.series.get(arm.label) or {} for arm in found.arms]
    if not all(name in table and np.isfinite(table[name]).any() for table in tables for name in names):
        return ""
    days, levels = day_axis(found.arms[0].spec, language)
    panels = [
        LinePanel(INDICATORS[name].label(language), [marks(table[name], days) for table in tables], share, zero=True)
        for name in names
    ]
    series = [_name(found, number, language) for number in range(len(found.arms))]
    return line_chart(levels, panels, series, say("Reported beside real, by day"), bands=True)


def command(found: Compared) -> tuple[str, list[tuple[str, str]]]:
    """The command that makes the comparison again, and the files it needs."""
    words, settings = ["pingan compare"], []
    files: dict[str, str] = {}
    plain = all(arm.label.isidentifier() for arm in found.arms)
    for number, arm in enumerate(found.arms):
        word, needed = scenario_file(arm.spec)
        label = arm.label if plain else f"scenario{number}"
        files |= dict(needed)
        words.append(shlex.quote(word if word.removesuffix(".toml") == label else f"{label}={word}"))
        settings += [
            f"--set {shlex.quote(f'{label}:{name}={written(value)}')}" for name, value in arm.spec.settings.items()
        ]
    tail = [f"--replications {found.replications}", "--out comparison"]
    if found.weighed is not None:
        weighed = list(dict.fromkeys(outcome for outcome, _ in found.weighed.standings))
        tail = [f"--beliefs {SHEET}", *(f"--outcome {name}" for name in weighed if weighed != list(HEADLINES)), *tail]
        files[SHEET] = found.weighed.sheet
    line = " ".join([*words, *settings, *size_options(found.arms[0].spec), *tail])
    return f"{line}\npingan report comparison --out report.html", list(files.items())
