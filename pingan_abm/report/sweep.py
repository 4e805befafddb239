"""The report of a sweep: what was asked, what varied, what the outcomes follow, and every point with its intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.funnel import HOLLOW, STEPS
from pingan_abm.parameters.declared import declarations
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.effect_charts import effect_chart
from pingan_abm.report.funnel import add_funnel
from pingan_abm.report.numbers import (
    Labels,
    change,
    figure,
    interval,
    level_interval,
    shape_words,
    verdict_words,
    widest,
)
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.sections import (
    assumptions,
    how_to_read,
    how_to_rerun,
    interval_words,
    not_finished,
    scenario_cards,
    size_line,
    source_words,
)
from pingan_abm.report.sources import Swept
from pingan_abm.report.toml_text import revived, scenario_of, scenario_toml, scenario_word, study_toml
from pingan_abm.runs import RunSpec
from pingan_abm.study.analyse.effects import changed_settings, influence, point_effects, point_means
from pingan_abm.study.analyse.verdicts import verdict
from pingan_abm.study.decide.compare import Arm
from pingan_abm.study.plan.ranges import SCENARIO
from pingan_abm.study.plan.shapes import EVEN
from pingan_abm.study.plan.study import LUCKS, SAMPLED
from pingan_abm.texts.errors import InputErrors, all_translated
from pingan_abm.texts.i18n import translator

OUTCOMES_SHOWN = ("solved_share", "burden", "hollow_share", "true_resolution_rate", "closure_gap", "load_ratio")
MOST_POINTS = 60  # in a table; a sampled design has too many to be read
LEADING = 3  # settings named in the box at the top


def sweep_page(found: Swept, language: str, question: str = "", outcomes: Sequence[str] = ()) -> str:
    """The page as text. outcomes: those that are drawn and tabled, the usual ones without a choice."""
    say = translator(language)
    chosen = list(outcomes) or [name for name in OUTCOMES_SHOWN if known(found, name)]
    spec = study_spec(found)
    questions: Mapping[str, str] = found.study.get("question") or {}
    asked = question or questions.get(language) or found.study["name"]
    page = Page(asked, language)
    page.paragraph(
        say("Ping'an 365 · a study of many runs")
        + (f" · {found.study['name']}" if asked != found.study["name"] else ""),
        "kicker",
    )
    page.heading(asked, 1)
    page.paragraph(size_line(spec, found.laid.replications, language), "note")
    page.paragraph(beginning_words([spec, spec], language), "note")
    not_finished(page, found.finished, found.planned, language)
    page.box(say("In short"), in_short(found, chosen, language))
    add_funnel(page, funnels(found, Labels(language)))
    page.heading(say("What was varied"))
    what_varied(page, found)
    page.heading(say("The scenario") if not found.study.get("scenarios") else say("The scenarios"))
    scenario_cards(page, [Arm(one.scenario.name, one) for one in scenario_specs(found)])
    page.heading(say("What comes out"))
    drawn, caption = effect_chart(found.laid, chosen, language)
    if drawn:
        page.figure(drawn, caption)
    if found.laid.method not in SAMPLED:
        for name in chosen:
            points_table(page, found, name)
    files = [
        (scenario_word(one), scenario_toml(one)) for one in scenarios_of(found) if scenario_word(one).endswith(".toml")
    ]
    how_to_rerun(
        page,
        "pingan sweep study.toml --out results\npingan report results --out report.html",
        [("study.toml", study_toml(found.study)), *files],
    )
    how_to_read(page, reading(found, language))
    assumptions(page, spec, found.made, found.failed)
    return page.html()


def known(found: Swept, outcome: str) -> bool:
    """Whether any run of the study has a value of an outcome."""
    return outcome in found.laid.store.outcomes and bool(np.isfinite(point_means(found.laid, outcome)).any())


def funnels(found: Swept, labels: Labels) -> list[tuple[str, dict[str, float | None]]]:
    """The funnel at every point of a design; of a sampled one, whose points are too many to be read, the mean."""
    names = [name for name in (*STEPS, HOLLOW) if known(found, name)]
    means = {name: point_means(found.laid, name) for name in names}
    if found.laid.method in SAMPLED:
        return [("", {name: float(np.nanmean(values)) for name, values in means.items()})]
    if not names:
        return []
    effects = point_effects(found.laid, names[0])
    shown = [
        changed_settings(effects, place) if found.laid.method == "oat" else effect.settings
        for place, effect in enumerate(effects)
    ]
    say = translator(labels.language)
    return [
        (
            labels.settings(settings) or say("nothing (reference)"),
            {name: _value(values[place]) for name, values in means.items()},
        )
        for place, settings in enumerate(shown[:MOST_POINTS])
    ]


def _value(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def scenarios_of(found: Swept) -> list[dict[str, Any]]:
    """The scenarios of the study, in their canonical form."""
    varied = found.study.get("scenarios") or {}
    order: list[str] = next((one["values"] for one in found.study["ranges"] if one["name"] == SCENARIO), [])
    return [varied[name] for name in order] or [found.study["scenario"]]


def scenario_specs(found: Swept) -> list[RunSpec]:
    """Specifications of the study's scenarios with what always holds."""
    study = found.study
    start = revived(study["start"])
    settings = revived(study["settings"])
    return [
        RunSpec(
            scenario_of(one),
            settings,
            study["residents"],
            study["days"],
            start,
            study["seed"],
            warmup=study["warmup"],
            history=study["history"],
            match_load=study.get("match_load"),
        )
        for one in scenarios_of(found)
    ]


def study_spec(found: Swept) -> RunSpec:
    """The specification of the study's first scenario."""
    return scenario_specs(found)[0]


def what_varied(page: Page, found: Swept) -> None:
    """A table of what varied: values, meaning, where the documented value comes from."""
    say, labels = translator(page.language), Labels(page.language)
    declared = {one.name: one for one in declarations()}
    sources = source_words(say)
    rows = []
    for one in found.study["ranges"]:
        known = declared.get(one["name"])
        rows.append(
            [
                Cell(f"{labels(one['name'])} ({one['name']})"),
                Cell(_extent(one, labels), "words"),
                Cell(known.meaning(page.language) if known else "", "words"),
                Cell(sources[known.source] if known else "", "words"),
            ]
        )
    head = [
        Cell(words, "words") for words in (say("Setting"), say("Values"), say("Meaning"), say("Documented value from"))
    ]
    ways = {
        "grid": say("Every combination of the values"),
        "oat": say("One change at a time, all else as at the start"),
        "lhs": say("Latin hypercube: points spread evenly over all ranges"),
        "sobol": say("Sobol' design for sensitivity indices"),
        "morris": say("Morris design: paths that change one setting at a time"),
    }
    text = say("{way}: {points} points, replications: {count}.")
    page.table(
        text.format(way=ways[found.laid.method], points=len(found.laid.inputs()), count=found.laid.replications),
        head,
        rows,
    )


def _extent(setting: Mapping[str, Any], labels: Labels) -> str:
    if setting["kind"] == "values":
        return ", ".join(labels.value(setting["name"], value) for value in setting["values"])
    ends = f"{labels.value(setting['name'], setting['low'])} – {labels.value(setting['name'], setting['high'])}"
    return ends + shape_words(setting.get("shape", EVEN), labels.language)


def in_short(found: Swept, outcomes: Sequence[str], language: str) -> list[str]:
    """One line for each outcome: where it is lowest and highest, or which setting moves it most."""
    lines = []
    for name in outcomes:
        describe = (
            _leading if found.laid.method in SAMPLED else _largest_changes if found.laid.method == "oat" else _extremes
        )
        line = describe(found, name, language)
        if line:
            lines.append(line)
    return lines


def _leading(found: Swept, outcome: str, language: str) -> str:
    say, labels = translator(language), Labels(language)
    try:
        names, values, _, index = influence(found.laid, outcome)
    except InputErrors as wrong:
        return f"{OUTCOMES[outcome].label(language)}: {all_translated(wrong.problems, say)}"
    order = sorted(range(len(names)), key=[-abs(value) for value in values].__getitem__)[:LEADING]
    ranked = say(", ").join(f"{labels(names[place])} ({values[place]:.2f})".replace("-", "−") for place in order)
    return say("{outcome} follows most of all: {list} – {index}").format(
        outcome=OUTCOMES[outcome].label(language), list=ranked, index=index
    )


def _extremes(found: Swept, outcome: str, language: str) -> str:
    say, labels, one = translator(language), Labels(language), OUTCOMES[outcome]
    known = [
        (effect.mean.mean, effect.settings) for effect in point_effects(found.laid, outcome) if effect.mean is not None
    ]
    if not known:
        return ""
    values = [value for value, _ in known]
    low, high = known[values.index(min(values))], known[values.index(max(values))]
    return say("{outcome}: from {low} ({where_low}) to {high} ({where_high})").format(
        outcome=one.label(language),
        low=figure(low[0], one.unit, language),
        high=figure(high[0], one.unit, language),
        where_low=labels.settings(low[1]),
        where_high=labels.settings(high[1]),
    )


def _largest_changes(found: Swept, outcome: str, language: str) -> str:
    """The single changes that move an outcome most, among those whose effect is larger than chance explains."""
    say, labels, one = translator(language), Labels(language), OUTCOMES[outcome]
    effects = point_effects(found.laid, outcome)
    sure = [
        (effect.difference.mean, place)
        for place, effect in enumerate(effects)
        if effect.difference
        and effect.difference.low is not None
        and effect.difference.high is not None
        and (effect.difference.low > 0.0 or effect.difference.high < 0.0)
    ]
    if not sure:
        return say("{outcome}: no change can be told from luck").format(outcome=one.label(language))
    order = sorted(range(len(sure)), key=[-abs(value) for value, _ in sure].__getitem__)[:LEADING]
    changes = [
        f"{labels.settings(changed_settings(effects, sure[at][1]))} ({change(sure[at][0], one.unit, language)})"
        for at in order
    ]
    return say("{outcome} changes most with: {list}").format(outcome=one.label(language), list=say("; ").join(changes))


def points_table(page: Page, found: Swept, outcome: str) -> None:
    """Every point of a design: mean, and difference to the reference point, with intervals."""
    say, labels, one = translator(page.language), Labels(page.language), OUTCOMES[outcome]
    effects = point_effects(found.laid, outcome)
    head = [
        *(Cell(labels(name), "words") for name in found.laid.names),
        Cell(say("Mean")),
        Cell(say("95 % interval")),
        Cell(say("Difference")),
        Cell(say("95 % interval, paired")),
        Cell(""),
    ]
    if found.laid.method == "oat":
        head = [Cell(say("What is changed"), "words"), *head[len(found.laid.names) :]]
    rows = []
    for place, effect in enumerate(effects[:MOST_POINTS]):
        difference = None if effect.reference else effect.difference
        low, high = (None, None) if difference is None else (difference.low, difference.high)
        mean = None if effect.mean is None else effect.mean.mean
        moved = None if difference is None else difference.mean
        before = None if mean is None or moved is None else mean - moved  # the reference point's mean
        kind = verdict(outcome, moved, low, high, before)
        if found.laid.method == "oat":
            where = [Cell(labels.settings(changed_settings(effects, place)) or say("nothing (reference)"))]
        else:
            where = [Cell(labels.value(name, effect.settings[name]), "words") for name in found.laid.names]
        rows.append(
            [
                *where,
                Cell(figure(None if effect.mean is None else effect.mean.mean, one.unit, page.language)),
                Cell(level_interval(effect.mean, one.unit, page.language), "interval"),
                Cell(
                    say("reference")
                    if effect.reference
                    else change(
                        None if difference is None else difference.mean,
                        one.unit,
                        page.language,
                        beside=widest(low, high),
                    )
                ),
                Cell(interval(low, high, one.unit, page.language), "interval"),
                Cell(verdict_words(kind, page.language), kind),
            ]
        )
    caption = one.label(page.language)
    if len(effects) > MOST_POINTS:
        caption += " · " + say("the first {count} of {all} points").format(count=MOST_POINTS, all=len(effects))
    page.table(caption, head, rows)


def luck_words(luck: str, language: str) -> str:
    """Whether the points of a sampled design share their luck, and what follows."""
    say = translator(language)
    if luck == LUCKS[0]:
        return say(
            "All points share their luck: replication 1 has the same problems at every point, so that points differ by "
            "their settings alone. What chance makes of that one history is in every point: more replications make the "
            "result less dependent on it."
        )
    return say(
        "Every point has luck of its own, so that differences between points hold chance as well, and results over "
        "all points depend on no single history."
    )


def reading(found: Swept, language: str) -> list[str]:
    """How figures and tables of this design are read."""
    say = translator(language)
    lines = interval_words(say, found.laid.replications)
    if found.laid.method in SAMPLED:
        lines.append(luck_words(found.laid.luck, language))
    if found.laid.method == "sobol":
        lines.append(
            say(
                "A Sobol' index is the share of an outcome's variance, over the whole ranges above, that a setting "
                "explains: first order by itself, total together with others. Wider ranges give larger indices."
            )
        )
    elif found.laid.method == "morris":
        lines.append(
            say(
                "Morris' μ* is the mean absolute change of the outcome when one setting moves by two thirds of its "
                "range."
            )
        )
    elif found.laid.method == "lhs":
        lines.append(
            say(
                "Spearman's ρ runs from −1 to 1: how steadily the outcome rises or falls with a setting over all "
                "points."
            )
        )
    else:
        lines.append(
            say(
                "Differences are taken replication by replication against the reference point: the same problems, the "
                "same luck."
            )
        )
    return lines
