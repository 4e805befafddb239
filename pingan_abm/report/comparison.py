"""The report of a comparison: scenarios against a baseline on the same luck."""

import shlex
from collections.abc import Sequence

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.parameters.declared import written
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.believed import believed
from pingan_abm.report.charts import LinePanel, line_chart
from pingan_abm.report.funnel import add_funnel
from pingan_abm.report.numbers import KEY, change, figure
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
from pingan_abm.report.side_by_side import add_costs, difference_charts, differences_table
from pingan_abm.report.sources import Compared
from pingan_abm.report.summary import HEADLINES
from pingan_abm.report.times import cohort_marks, daily_marks, day_axis, share
from pingan_abm.scenarios.combined import AND
from pingan_abm.study.analyse.verdicts import is_sure
from pingan_abm.study.decide.beliefs import SHEET
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.texts.i18n import translator

OVER_TIME = ("closed_share_so_far", "solved_share_so_far")
BY_ARISING = ("claimed_by_arising", "solved_by_arising")
LOAD = "load_ratio"  # work offered over staff available, shown beside every result
SMALL = "small"  # a difference that is sure and does not matter


def comparison_page(found: Compared, language: str, question: str = "", outcomes: Sequence[str] = ()) -> str:
    """The page as text. outcomes: those that come first; else those that the comparison was asked for."""
    chosen = tuple(outcomes) or found.chosen
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
    page.box(say("In short"), in_short(found, language, chosen or KEY))
    add_funnel(page, [(_name(found, number, language), means) for number, means in enumerate(arm_means(found))])
    page.heading(say("The scenarios"))
    scenario_cards(page, found.arms)
    what_differs(page, found.arms, [_name(found, number, language) for number in range(len(found.arms))])
    what_changes(page, found, chosen)
    how_to_rerun(page, *command(found))
    how_it_is_read(page, found.replications)
    assumptions(page, base.spec, found.made, found.failed)
    all_other_outcomes(page, found, chosen)
    return page.html()


def what_changes(page: Page, found: Compared, chosen: Sequence[str]) -> None:
    """The differences: drawn, over time, in tables, what they cost, and over what participants believe. chosen: the
    outcomes that come first and alone are drawn; without any, the usual ones."""
    say, language, others = translator(page.language), page.language, found.arms[1:]
    names = [_name(found, number, language) for number in range(1, len(found.arms))]
    page.heading(say("What changes"))
    charts = difference_charts(found, names, chosen or HEADLINES, language) if others else []
    for chart in charts:
        page.figure(
            chart,
            say(
                "Differences to the baseline with 95 % intervals. An interval that crosses the line at zero: no "
                "difference can be told from luck."
            ),
        )
    _tables(page, found, names, [*chosen, *(one for one in HEADLINES if one not in chosen)])
    if others:
        add_costs(page, found, names)
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
    believed(page, found, {arm.label: _name(found, number, language) for number, arm in enumerate(found.arms)})


def _tables(page: Page, found: Compared, names: Sequence[str], outcomes: Sequence[str], caption: str = "") -> None:
    """One scenario with all its intervals; several side by side."""
    known = {one.outcome for one in found.comparisons}
    listed = [one for one in outcomes if one in known]
    if len(names) > 1:
        differences_table(page, found, names, listed, caption)
        return
    for name in names:
        page.heading(name, 3)
        by_name = {one.outcome: one for one in found.comparisons}
        pairs = translator(page.language)("Against the baseline, {count} pairs").format(count=found.replications)
        comparison_table(page, caption or pairs, [by_name[one] for one in listed])


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
                "“Better” and “worse” are written only where the whole interval lies on one side of zero, the "
                "difference is half a percentage point or one per cent of the baseline at least, and the outcome has a "
                "good side; what is only recorded has none."
            ),
        ],
    )


def all_other_outcomes(page: Page, found: Compared, chosen: Sequence[str]) -> None:
    """Outcomes that the first tables do not have."""
    language = page.language
    names = [_name(found, number, language) for number in range(1, len(found.arms))]
    shown = {*HEADLINES, *chosen}
    rest = [one.outcome for one in found.comparisons if one.outcome not in shown and one.difference is not None]
    if rest:
        page.heading(translator(language)("All other outcomes"))
        _tables(page, found, names, list(dict.fromkeys(rest)))


def _name(found: Compared, number: int, language: str) -> str:
    """A scenario's label, or its title where the label is only its name."""
    arm = found.arms[number]
    return titled(arm.spec, language) if arm.label == arm.spec.scenario.name else arm.label


def in_short(found: Compared, language: str, chosen: Sequence[str] = KEY) -> list[str]:
    """What is better and worse in each scenario, of the outcomes that a reader wants to know first."""
    say = translator(language)
    lines = []
    for number, arm in enumerate(found.arms[1:], start=1):
        name = _name(found, number, language)
        by_verdict: dict[str, list[str]] = {"better": [], "worse": [], SMALL: [], "": []}
        rows = {one.outcome: one for one in found.comparisons if one.scenario == arm.label}
        judged = [key for key in chosen if key in rows and OUTCOMES[key].better != "none"]
        for outcome in (rows[key] for key in judged):
            by_verdict[_side(outcome)].append(
                _both_means(outcome, language) if outcome.verdict else OUTCOMES[outcome.outcome].label(language)
            )
        texts = (
            (say("{name} – better: {list}"), by_verdict["better"]),
            (say("{name} – worse: {list}"), by_verdict["worse"]),
        )
        lines += [text.format(name=name, list=say("; ").join(listed)) for text, listed in texts if listed]
        if by_verdict[SMALL]:
            small = say(", ").join(by_verdict[SMALL])
            lines.append(say("{name} – differences too small to matter: {list}").format(name=name, list=small))
        if by_verdict[""]:
            same = say(", ").join(by_verdict[""])
            lines.append(say("{name} – no difference that can be told from luck: {list}").format(name=name, list=same))
        recorded = [key for key in chosen if key in rows and OUTCOMES[key].better == "none" and key != LOAD]
        if moved := [_both_means(rows[key], language) for key in recorded if is_sure(rows[key].low, rows[key].high)]:
            text = say("{name} – changes that are neither better nor worse: {list}")
            lines.append(text.format(name=name, list=say("; ").join(moved)))
        if LOAD in rows and rows[LOAD].difference is not None:
            lines.append(
                say("{name} – for all of this: {list}").format(name=name, list=_both_means(rows[LOAD], language))
            )
    return lines


def _side(one: Comparison) -> str:
    """The verdict, or why there is none: a difference that is sure and small, or none that can be told from chance."""
    return one.verdict or (SMALL if is_sure(one.low, one.high) else "")


def _both_means(one: Comparison, language: str) -> str:
    outcome = OUTCOMES[one.outcome]
    return (
        f"{outcome.label(language)} {figure(one.baseline_mean, outcome.unit, language)} → "
        f"{figure(one.scenario_mean, outcome.unit, language)} ({change(one.difference, outcome.unit, language)})"
    )


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
    plain = all(part.isidentifier() for arm in found.arms for part in arm.label.split(AND))
    for number, arm in enumerate(found.arms):
        word, needed = scenario_file(arm.spec)
        label = arm.label if plain else f"scenario{number}"
        files |= dict(needed)
        words.append(shlex.quote(word if word.removesuffix(".toml") == label else f"{label}={word}"))
        settings += [
            f"--set {shlex.quote(f'{label}:{name}={written(value)}')}" for name, value in arm.spec.settings.items()
        ]
    tail = [f"--replications {found.replications}", "--out comparison"]
    if found.chosen and found.weighed is None:
        tail = [*(f"--outcome {name}" for name in found.chosen), *tail]
    if found.weighed is not None:
        weighed = list(dict.fromkeys(outcome for outcome, _ in found.weighed.standings))
        tail = [f"--beliefs {SHEET}", *(f"--outcome {name}" for name in weighed if weighed != list(HEADLINES)), *tail]
        files[SHEET] = found.weighed.sheet
    line = " ".join([*words, *settings, *size_options(found.arms[0].spec), *tail])
    return f"{line}\npingan report comparison --out report.html", list(files.items())
