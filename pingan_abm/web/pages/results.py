"""The Study results page: open a finished sweep and look at its figures."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import solara

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import Labels
from pingan_abm.study.analyse.analysis import Laid
from pingan_abm.study.analyse.effects import influence
from pingan_abm.texts.errors import InputErrors, all_translated
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.compare import ShownFigure
from pingan_abm.web.pages.toolbar import Choices, escaped
from pingan_abm.web.shown.static_figures import bars, heat_map, response
from pingan_abm.web.shown.study_results import curve_of, first_outcome, grid_of, open_sweep, stores
from pingan_abm.web.shown.tables import shown
from pingan_abm.web.shown.widgets import Sheet
from pingan_abm.web.visitor.session import Session


@solara.component
def ResultsPage(session: Session) -> None:
    """The page."""
    say = translator(session.language.value)

    def find() -> list[Path]:
        return stores(Path.cwd())

    again, set_again = solara.use_state(0)
    found = solara.use_memo(find, [again])
    chosen, set_chosen = solara.use_state("")
    names = {str(path): str(path.relative_to(Path.cwd())) or "." for path in found}
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=say("Study results"))
        solara.HTML(
            tag="p",
            unsafe_innerHTML=say("Sweeps in the folder where the app was started. Make one with {command}.").format(
                command="<code>pingan sweep STUDY.toml --out DIR</code>"
            ),
        )
        with solara.Div(classes=["pa-play"]):
            Choices(say("Sweep"), {"": "–"} | names, chosen, set_chosen)
            solara.Button(say("Look again"), on_click=partial(set_again, again + 1), outlined=True)
        if not found:
            solara.HTML(tag="p", unsafe_innerHTML=say("There is none yet."))
        if chosen in names:
            SweepView(session.language.value, chosen).key(f"{chosen}-{session.language.value}")


@solara.component
def SweepView(language: str, folder: str) -> None:
    """One sweep."""

    def load() -> Laid | str:
        try:
            return open_sweep(Path(folder))
        except InputErrors as wrong:
            return all_translated(wrong.problems, translator(language))

    laid = solara.use_memo(load, [])
    if isinstance(laid, str):
        solara.HTML(tag="pre", unsafe_innerHTML=escaped(laid), classes=["pa-notice"])
        return
    SweepFigures(laid, language)


@solara.component
def SweepFigures(laid: Laid, language: str) -> None:
    """Heat map, curve and sensitivity of the outcome and settings that are chosen."""
    say = translator(language)
    labels = Labels(language)
    names = {name: labels(name) for name in laid.names}

    def leading() -> str:
        return first_outcome(laid)

    outcome, set_outcome = solara.use_state(solara.use_memo(leading, []))
    first, set_first = solara.use_state(laid.names[0])
    second, set_second = solara.use_state(laid.names[min(1, len(laid.names) - 1)])
    with solara.Div(classes=["pa-play"]):
        Choices(say("Outcome"), {name: one.label(language) for name, one in OUTCOMES.items()}, outcome, set_outcome)
        Choices(say("Across"), names, first, set_first)
        Choices(say("Up"), names, second, set_second)
    title = OUTCOMES[outcome].label(language)
    key = f"{outcome}-{first}-{second}"
    if first != second:
        HeatView(laid, outcome, (first, second), labels, title, say).key(f"heat-{key}")
    CurveView(laid, outcome, first, labels, title, say).key(f"curve-{key}")
    InfluenceView(laid, outcome, names, title, say).key(f"bars-{key}")


@solara.component
def HeatView(
    laid: Laid, outcome: str, pair: tuple[str, str], labels: Labels, title: str, say: Callable[[str], str]
) -> None:
    """Heat map with its table."""

    def make() -> tuple[list[Any], list[Any], np.ndarray]:
        return grid_of(laid, outcome, *pair)

    x, y, z = solara.use_memo(make, [])
    across, up = ([labels.value(name, one) for one in values] for name, values in zip(pair, (x, y), strict=True))
    names = labels(pair[0]), labels(pair[1])

    def draw() -> Any:
        return heat_map(across, up, z, names, title)

    solara.HTML(tag="h3", unsafe_innerHTML=say("Heat map"))
    ShownFigure(draw, (outcome, *pair))
    rows = [[label, *(shown(float(value)) for value in row)] for label, row in zip(up, z, strict=True)]
    TableView(say, f"{say('Heat map')} · {title}", [f"{names[1]} \\ {names[0]}", *across], rows, "heat_map")


@solara.component
def CurveView(laid: Laid, outcome: str, name: str, labels: Labels, title: str, say: Callable[[str], str]) -> None:
    """Response curve with its table."""

    def make() -> tuple[list[Any], np.ndarray, np.ndarray, np.ndarray]:
        return curve_of(laid, outcome, name)

    x, means, low, high = solara.use_memo(make, [])
    label = labels(name)

    def draw() -> Any:
        return response(
            np.array([labels.value(name, one) if isinstance(one, str | bool) else one for one in x]),
            means,
            low,
            high,
            (label, title),
        )

    solara.HTML(tag="h3", unsafe_innerHTML=say("Response curve"))
    solara.HTML(
        tag="p",
        unsafe_innerHTML=say("Mean over all other settings; bars from 5 % to 95 % of the points."),
        classes=["pa-note"],
    )
    ShownFigure(draw, (outcome, name))
    rows = [
        [labels.value(name, one), shown(float(a)), shown(float(b)), shown(float(c))]
        for one, a, b, c in zip(x, means, low, high, strict=True)
    ]
    TableView(say, f"{say('Response curve')} · {title}", [label, say("Mean"), "5%", "95%"], rows, "response")


@solara.component
def InfluenceView(laid: Laid, outcome: str, names: dict[str, str], title: str, say: Callable[[str], str]) -> None:
    """Sensitivity with its table."""

    def make() -> tuple[list[str], list[float], list[float], str] | str:
        try:
            return influence(laid, outcome)
        except InputErrors as wrong:
            return all_translated(wrong.problems, say)

    found = solara.use_memo(make, [])
    solara.HTML(tag="h3", unsafe_innerHTML=say("What matters most"))
    if isinstance(found, str):
        solara.HTML(tag="p", unsafe_innerHTML=escaped(found))
        return
    parameters, values, half, index = found

    def draw() -> Any:
        return bars([names[name] for name in parameters], values, half, index)

    ShownFigure(draw, (outcome,))
    head, rows = (
        [say("Setting"), index],
        [[names[name], shown(value)] for name, value in zip(parameters, values, strict=True)],
    )
    if any(half):  # rank correlations come without intervals
        head, rows = [*head, "±"], [[*row, shown(width)] for row, width in zip(rows, half, strict=True)]
    TableView(say, f"{say('What matters most')} · {title}", head, rows, "sensitivity")


@solara.component
def TableView(say: Callable[[str], str], title: str, head: list[str], rows: list[list[str]], file: str) -> None:
    """The table behind a figure."""

    def make() -> Sheet:
        table = {"title": "", "head": head, "rows": rows, "file": file}
        return Sheet(
            content={"title": say("Table: {name}").format(name=title), "tables": [table], "csv": say("Save as CSV")}
        )

    solara.display(solara.use_memo(make, []))
