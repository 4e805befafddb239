"""The report of one scenario: what is reported beside what is true."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pingan_abm.actors.appraisal import grade_of
from pingan_abm.files.provenance import canonical
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES, SEVEN_RATES
from pingan_abm.outcomes.funnel import HOLLOW, STEPS
from pingan_abm.parameters.declared import written
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.charts import LinePanel, line_chart
from pingan_abm.report.funnel import add_funnel
from pingan_abm.report.numbers import KEY, figure, level_interval
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.sections import (
    assumptions,
    how_to_read,
    how_to_rerun,
    interval_words,
    not_finished,
    scenario_cards,
    size_line,
    size_options,
    titled,
    unquoted,
)
from pingan_abm.report.sources import Repeated
from pingan_abm.report.summary import HEADLINES, interval_of
from pingan_abm.report.times import cohort_marks, daily_marks, day_axis, share
from pingan_abm.report.toml_text import scenario_toml
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.decide.compare import Arm
from pingan_abm.texts.i18n import translator

PANELS = (("closed_share_so_far", "solved_share_so_far"), ("trust_level",))
BY_ARISING = ("claimed_by_arising", "solved_by_arising")


def run_page(found: Repeated, language: str, question: str = "") -> str:
    """The page as text."""
    say = translator(language)
    title = titled(found.spec, language)
    asked = question or say("What happens under “{title}”?").format(title=unquoted(title))
    page = Page(asked, language)
    page.paragraph(say("Ping'an 365 · one scenario: reported beside real"), "kicker")
    page.heading(asked, 1)
    page.paragraph(size_line(found.spec, len(found.outcomes), language), "note")
    page.paragraph(beginning_words([found.spec], language), "note")
    not_finished(page, *found.progress, language)
    page.figures([_large(found, name, language) for name in KEY[:4]])
    add_funnel(page, [("", {name: _mean(found, name) for name in (*STEPS, HOLLOW)})])
    if cohort := by_arising(found, language):
        page.figure(
            cohort,
            say(
                "Of the problems that arose on a day (means of a week): the share recorded as dealt with 90 days "
                "later, and the share really solved by then."
            ),
        )
    page.heading(say("The scenario"))
    scenario_cards(page, [Arm(found.spec.scenario.name, found.spec)])
    page.heading(say("What comes out"))
    if all(name in found.series for panel in PANELS for name in panel):
        page.figure(
            _over_time(found, language),
            say(
                "Left: of all case files opened so far, the share reported closed and the share really "
                "solved. Right: mean trust of residents. Bands: 95 % intervals of the mean."
            ),
        )
    _table(page, found, HEADLINES, say("Headline figures, with 95 % intervals"))
    _table(page, found, SEVEN_RATES, say("The seven appraised rates, as the district grades itself"), grades=True)
    how_to_rerun(page, *command(found))
    how_to_read(page, interval_words(say, len(found.outcomes)))
    assumptions(page, found.spec, found.made, found.failed)
    page.heading(say("All other outcomes"))
    _table(page, found, [name for name in OUTCOMES if name not in (*HEADLINES, *SEVEN_RATES)], "")
    return page.html()


def _mean(found: Repeated, name: str) -> float | None:
    one = interval_of(name, found.outcomes)
    return None if one is None else one.mean


def by_arising(found: Repeated, language: str) -> str:
    """What became of problems, by the day on which they arose; nothing when it is not known for any day."""
    if not all(name in found.series and np.isfinite(found.series[name]).any() for name in BY_ARISING):
        return ""
    days, levels = day_axis(found.spec, language)
    say = translator(language)
    panel = LinePanel(
        say("By day of arising"), [cohort_marks(found.series[name], days) for name in BY_ARISING], share, zero=True
    )
    names = [INDICATORS[name].label(language) for name in BY_ARISING]
    return line_chart(levels, [panel], names, say("What became of all problems"), bands=True)


def _large(found: Repeated, name: str, language: str) -> tuple[str, str, str]:
    one, outcome = interval_of(name, found.outcomes), OUTCOMES[name]
    return (
        outcome.label(language),
        figure(None if one is None else one.mean, outcome.unit, language),
        level_interval(one, outcome.unit, language),
    )


def _table(page: Page, found: Repeated, names: Sequence[str], caption: str, *, grades: bool = False) -> None:
    say = translator(page.language)
    head = [Cell(say("Outcome"), "words"), Cell(say("Mean")), Cell(say("95 % interval"))] + (
        [Cell(say("Grade"))] if grades else []
    )
    rows = []
    for name in names:
        one, outcome = interval_of(name, found.outcomes), OUTCOMES[name]
        if one is not None:
            cells = [
                Cell(outcome.label(page.language)),
                Cell(figure(one.mean, outcome.unit, page.language)),
                Cell(level_interval(one, outcome.unit, page.language), "interval"),
            ]
            rows.append(cells + ([Cell(grade_of(100.0 * one.mean))] if grades else []))
    page.table(caption, head, rows)


def _over_time(found: Repeated, language: str) -> str:
    days, levels = day_axis(found.spec, language)
    first, second = PANELS
    say = translator(language)
    panels = [
        LinePanel(
            say("Case files so far"), [daily_marks(found.series[name], days) for name in first], share, zero=True
        ),
        LinePanel(
            INDICATORS[second[0]].label(language), [daily_marks(found.series[name], days) for name in second], _plain
        ),
    ]
    names = [INDICATORS[name].label(language) for name in first]
    return line_chart(levels, panels, names, say("Reported beside real, by day"), bands=True)


def _plain(value: float) -> str:
    return f"{value:.3g}"


def command(found: Repeated) -> tuple[str, list[tuple[str, str]]]:
    """The command that makes the runs again, and the file it needs unless the scenario is a preset with some parameters
    set."""
    scenario = found.spec.scenario
    tail = [*size_options(found.spec), f"--replications {len(found.outcomes)}", "--out results"]
    if scenario.name in scenario_names():
        preset = load_scenario(scenario.name)
        if canonical(replace(preset, parameters={})) == canonical(replace(scenario, parameters={})):
            sets = [
                f"--set {name}={written(value)}"
                for name, value in scenario.parameters.items()
                if canonical(preset.parameters.get(name, "")) != canonical(value)
            ]
            return _lines([scenario.name, *sets, *tail]), []
    file = f"{scenario.name}.toml"
    return _lines([file, *tail]), [(file, scenario_toml(canonical(scenario)))]


def _lines(words: Sequence[str]) -> str:
    return f"pingan run {' '.join(words)}\npingan report results --out report.html"
