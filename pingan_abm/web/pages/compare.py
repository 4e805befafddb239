"""The Compare page: two to four what-ifs side by side on the same luck."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import solara

from pingan_abm.district.files import residents_here
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.numbers import Labels, change, widest
from pingan_abm.report.summary import HEADLINES, shown_number, words_on_size
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.decide.compare import Arm
from pingan_abm.texts.errors import InputErrors, all_translated
from pingan_abm.texts.i18n import translator
from pingan_abm.web.limits import SIZES
from pingan_abm.web.pages.folded import Folded
from pingan_abm.web.pages.toolbar import Choices, escaped
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.shown.static_figures import axis_end, bands, drawable, forest, is_share, ranges
from pingan_abm.web.shown.tables import shown
from pingan_abm.web.shown.widgets import Sheet
from pingan_abm.web.visitor.comparison import MOST_ARMS, Comparing, Found
from pingan_abm.web.visitor.session import Session
from pingan_abm.web.visitor.view import OWN

REPLICATIONS = (4, 10, 20, 40)
DEFAULT_INDICATOR = "solved_by_arising"


@solara.component
def ComparePage(session: Session) -> None:
    """The page."""
    say = translator(session.language.value)
    comparing: Comparing = session.comparing
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=say("What if? Side by side, on the same luck"))
        solara.HTML(
            tag="p",
            unsafe_innerHTML=say(
                "Each replication gives every scenario the same problems and the same luck, so that differences come "
                "from the scenario alone. The first is the baseline. Keep what-ifs of your own with the button on the "
                "Explore page."
            ),
        )
        Arms(session)
        Running(session)
        if comparing.message.value:
            solara.HTML(
                tag="pre", unsafe_innerHTML=escaped(all_translated(comparing.message.value, say)), classes=["pa-notice"]
            )
        if comparing.found.value is not None:
            Results(session, comparing.found.value).key("results")


@solara.component
def Arms(session: Session) -> None:
    """What is compared."""
    language, arms = session.language.value, session.arms.value
    say = translator(language)
    options = {name: load_scenario(name).title[language] for name in scenario_names()}
    for number, recipe in enumerate(session.kept.value):
        options[f"{OWN}{number}"] = own_label(recipe, number, language)

    def choose(place: int, name: str) -> None:
        arms = tuple(name if i == place else one for i, one in enumerate(session.arms.value))
        if len(set(arms)) == len(arms) and arms != session.arms.value:
            session.set_arms(arms)

    def add() -> None:
        free = [name for name in options if name not in session.arms.value]
        session.set_arms((*session.arms.value, free[0]))

    with solara.Div(classes=["pa-arms"]):
        for place, name in enumerate(arms):
            with solara.Div(classes=["pa-arm"], attributes={"data-arm": str(place)}):
                label = say("Baseline") if place == 0 else say("Scenario {number}").format(number=place)
                Choices(label, options, name, partial(choose, place))
        with solara.Div(classes=["pa-arm"]):
            solara.Button(
                say("Add one"),
                on_click=add,
                disabled=len(arms) >= MOST_ARMS,
                outlined=True,
                attributes={"data-act": "add-arm"},
            )
            solara.Button(
                say("Remove the last"), on_click=partial(remove_last, session), disabled=len(arms) <= 2, outlined=True
            )


def remove_last(session: Session) -> None:
    """One scenario less."""
    session.set_arms(session.arms.value[:-1])


def own_label(recipe: Recipe, number: int, language: str) -> str:
    """What a kept what-if is called: its scenario and its first levers."""
    say, words = translator(language), Labels(language)
    title = recipe.scenario.title.get(language, recipe.scenario.name)
    parts = [say("My what-if {number}: {title}").format(number=number + 1, title=title)]
    for move in recipe.moves[:2]:
        setting = words.settings({move.name: move.value})
        parts.append(say("{setting} from day {day} on").format(setting=setting, day=move.day) if move.day else setting)
    return " · ".join(parts)


@solara.component
def Running(session: Session) -> None:
    """Size, replications, run, progress, cancel."""
    say, comparing = translator(session.language.value), session.comparing
    before = session.compared.value
    residents, set_residents = solara.use_state(before[1] if before[1] in SIZES else residents_here())
    replications, set_replications = solara.use_state(before[0] if before[0] in REPLICATIONS else REPLICATIONS[1])
    running = comparing.running.value

    def run() -> None:
        try:
            arms = make_arms(session, residents)
        except InputErrors as wrong:
            comparing.message.value = wrong.problems
            return
        comparing.start(arms, replications)
        session.compared.value = (replications, residents)
        session.order(session.write_address)

    def again() -> None:
        """What was compared before the page was loaded anew is compared again, to the same numbers."""
        if before[0] in REPLICATIONS and before[1] in SIZES and comparing.found.value is None and not running:
            run()

    solara.use_effect(again, [])

    def size(text: str) -> None:
        set_residents(int(text))

    def number(text: str) -> None:
        set_replications(int(text))

    with solara.Div():  # one root whatever it holds: another number of roots would make every list in it anew
        with solara.Div(classes=["pa-play"]):
            Choices(
                say("Residents"), {str(one): f"{one:,}" for one in sorted({*SIZES, residents})}, str(residents), size
            )
            Choices(say("Replications"), {str(one): str(one) for one in REPLICATIONS}, str(replications), number)
            solara.Button(
                say("Compare"), on_click=run, disabled=running, color="primary", attributes={"data-act": "compare"}
            )
            if running:
                solara.Button(
                    say("Cancel"), on_click=comparing.cancel, outlined=True, attributes={"data-act": "cancel"}
                )
                text = (
                    say("waiting for another comparison on this machine …")
                    if comparing.waiting.value
                    else f"{100 * comparing.share.value:.0f}%"
                )
                solara.HTML(
                    tag="progress", attributes={"max": "1", "value": f"{comparing.share.value:.3f}", "aria-label": text}
                )
                solara.HTML(tag="span", unsafe_innerHTML=text, attributes={"role": "status"})
        if hidden := words_on_size(residents, session.language.value):
            solara.HTML(tag="p", unsafe_innerHTML=escaped(hidden), classes=["pa-note", "pa-size"])


def make_arms(session: Session, residents: int) -> list[Arm]:
    """The arms that are chosen, labelled in the visitor's language. Raises InputErrors."""
    language, arms = session.language.value, []
    for name in session.arms.value:
        if name.startswith(OWN):
            number = int(name.removeprefix(OWN))
            recipe = session.kept.value[number]
            arms.append(Arm(own_label(recipe, number, language), replace(recipe.spec(), residents=residents)))
        else:
            scenario = load_scenario(name)
            mine = session.recipe
            recipe = Recipe(scenario, residents=residents, seed=mine.seed, warmup=mine.warmup, history=mine.history)
            arms.append(Arm(scenario.title[language], recipe.spec()))
    return arms


@solara.component
def Results(session: Session, found: Found) -> None:
    """Forest plot, table, bands, downloads."""
    language = session.language.value
    say = translator(language)
    indicator, set_indicator = solara.use_state(DEFAULT_INDICATOR)
    labels = [arm.label for arm in found.arms[1:]]
    solara.HTML(
        tag="h3",
        unsafe_innerHTML=say("Differences to {baseline}, {count} pairs").format(
            baseline=escaped(found.arms[0].label), count=found.replications
        ),
    )
    history = beginning_words([arm.spec for arm in found.arms], language)
    solara.HTML(tag="p", unsafe_innerHTML=escaped(history), classes=["pa-note", "pa-history"])
    captions = {
        True: say("difference in percentage points, with 95 % intervals"),
        False: say("difference in per cent of the baseline, with 95 % intervals"),
    }
    axes = {True: say("percentage points"), False: say("% of the baseline")}
    cut = say("What reaches beyond the edge is cut there; the table has it.")
    words = {"day": say("Day")}

    def draw_forest(points: bool) -> Any:
        return forest(found.comparisons, HEADLINES, labels, language, axes[points], points)

    def draw_bands() -> Any:
        return bands(found.series, indicator, language, words)

    if session.comparing.running.value:
        note = say("So far: {count} of the replications. An interval needs two.").format(count=found.replications)
        solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"], attributes={"role": "status"})
    for points in (True, False):
        key = f"forest-{points}-{id(found)}-{language}"
        drawn = [one for one in found.comparisons if one.outcome in HEADLINES and drawable(one, points)]
        note = f"{captions[points]} · {cut}" if axis_end(drawn, points)[1] else captions[points]
        solara.HTML(tag="p", unsafe_innerHTML=escaped(note), classes=["pa-note"]).key(f"note-{key}")
        ShownFigure(partial(draw_forest, points), (id(found), language, points)).key(key)
    Absent(found, language)
    ComparisonTable(found, language).key(f"table-{id(found)}-{language}")
    options = {name: one.label(language) for name, one in INDICATORS.items()}
    Choices(say("Over time"), options, indicator, set_indicator).key("over-time")
    solara.HTML(
        tag="p",
        unsafe_innerHTML=say(
            "Lines: mean of seven days over all replications; bands: from the least to the largest of them."
        ),
        classes=["pa-note"],
    )
    ShownFigure(draw_bands, (id(found), language, indicator)).key(f"bands-{id(found)}-{language}-{indicator}")
    with Folded(summary=say("Table: over time")):
        OverTimeTable(found, indicator, language).key(f"days-{id(found)}-{language}-{indicator}")
    Downloads(found, language)
    for line in found.failed:
        solara.HTML(tag="p", unsafe_innerHTML=escaped(line))


@solara.component
def Absent(found: Found, language: str) -> None:
    """What the figures cannot show, and why."""
    lines = absent(found, language)
    if lines:
        items = "".join(f"<li>{escaped(line)}</li>" for line in lines)
        solara.HTML(tag="ul", unsafe_innerHTML=items, classes=["pa-note", "pa-absent"])


def absent(found: Found, language: str) -> list[str]:
    """A sentence for every headline outcome that cannot be drawn for a scenario."""
    say, lines = translator(language), []
    for one in found.comparisons:
        if one.outcome not in HEADLINES or drawable(one, is_share(one)):
            continue
        without_value = one.difference is None
        why = (
            say("no replication has a value in both, for example because the run is too short or nothing happened")
            if without_value
            else say("it is nought in the baseline, so that there is no per cent of it; the table has the difference")
        )
        name = OUTCOMES[one.outcome].label(language)
        lines.append(
            say("Not drawn: {outcome}, {scenario}: {why}.").format(outcome=name, scenario=one.scenario, why=why)
        )
    return lines


@solara.component
def ShownFigure(make: Callable[[], Any], what: tuple[Any, ...]) -> None:
    """A figure that is made once for what it shows."""

    def made() -> Any:
        return make()

    solara.display(solara.use_memo(made, list(what)))


@solara.component
def ComparisonTable(found: Found, language: str) -> None:
    """Every outcome: means, difference, interval; with its CSV."""

    def fill() -> Sheet:
        return Sheet(content=comparison_table(found, language))

    solara.display(solara.use_memo(fill, []))


@solara.component
def OverTimeTable(found: Found, indicator: str, language: str) -> None:
    """What the bands are drawn from, with its CSV."""

    def fill() -> Sheet:
        return Sheet(content=over_time_table(found, indicator, language))

    solara.display(solara.use_memo(fill, []))


def over_time_table(found: Found, indicator: str, language: str) -> dict[str, Any]:
    """Content of the sheet: a row a day, three columns a scenario."""
    say = translator(language)
    columns = ranges(found.series, indicator)
    head = [say("Day")] + [
        f"{label}: {name}" for label in columns for name in (say("mean"), say("least"), say("largest"))
    ]
    numbers = np.column_stack([values for three in columns.values() for values in three])
    rows = [[str(day), *map(shown, row)] for day, row in enumerate(numbers.tolist(), 1)]
    table = {"title": "", "head": head, "rows": rows, "file": "over_time"}
    return {"title": INDICATORS[indicator].label(language), "tables": [table], "csv": say("Save as CSV")}


def comparison_table(found: Found, language: str) -> dict[str, Any]:
    """Content of the sheet."""
    say = translator(language)
    rows, raw = [], []
    for one in found.comparisons:
        outcome = OUTCOMES[one.outcome]
        numbers = (one.baseline_mean, one.scenario_mean, one.difference, one.low, one.high)
        means = [shown_number(value, outcome.unit, language) for value in numbers[:2]]
        differences = [change(value, outcome.unit, language, beside=widest(one.low, one.high)) for value in numbers[2:]]
        rows.append([one.scenario, outcome.label(language), *means, *differences])
        raw.append([one.scenario, one.outcome, *numbers, one.unpaired_low, one.unpaired_high])
    head = [
        say("Scenario"),
        say("Outcome"),
        say("Baseline"),
        say("Scenario's mean"),
        say("Difference"),
        say("from"),
        say("to"),
    ]
    table = {"title": say("All outcomes, with 95 % intervals"), "head": head, "rows": rows}
    names = [
        "scenario",
        "outcome",
        "baseline_mean",
        "scenario_mean",
        "difference",
        "low",
        "high",
        "unpaired_low",
        "unpaired_high",
    ]
    return {
        "title": say("Table"),
        "tables": [table],
        "csv_table": {"head": names, "rows": raw, "file": "comparison"},
        "csv": say("Save as CSV"),
    }


@solara.component
def Downloads(found: Found, language: str) -> None:
    """The report, when the program has one."""
    from pingan_abm.web.pages.reports import report_page

    say = translator(language)

    def data() -> bytes:
        return report_page(found, language).encode()

    solara.FileDownload(
        data,
        filename="comparison.html",
        label=say("Save the report (HTML, opens without internet)"),
        mime_type="text/html",
    )
