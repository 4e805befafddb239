"""The Explore page: levers, playing, cards, charts, map, institutions, flows, ticker and inspector."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from functools import partial

import solara

from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.builder import Builder
from pingan_abm.web.pages.questions import Asking
from pingan_abm.web.pages.toolbar import Choices, Notice, PlayBar, ScenarioBar, SeedAndFiles
from pingan_abm.web.visitor.before_after import BEFORE
from pingan_abm.web.visitor.session import Session


@solara.component
def Explore(session: Session) -> None:
    """The page."""
    with solara.Div(classes=["pa-explore"]):
        Aside(session)
        with solara.Div(classes=["pa-main"]):
            heading = translator(session.language.value)("The district day by day")
            solara.HTML(tag="h2", unsafe_innerHTML=heading, classes=["pa-hidden"])
            with solara.Div(classes=["pa-bar"]):
                PlayBar(session)
                Shown(session.views.clock)
            Notice(session)
            Asking(session)
            SideNote(session)
            FlowBox(session)
            Shown(session.views.board)
            with solara.Div(classes=["pa-grid"]):
                MapBox(session)
                LinesBox(session)
                NetworkBox(session)
                FlowsBox(session)
                FunnelBox(session)
                SecondBox(session)
                with solara.Div(classes=["pa-box"]):
                    Shown(session.views.ticker)
            Shown(session.views.estimates.widget)
            with solara.Div(classes=["pa-drawer"]):
                with solara.Div(classes=["pa-box", "pa-table"]):
                    Shown(session.views.table)
                with solara.Div(classes=["pa-box", "pa-inspector"]):
                    Shown(session.views.sheet)


@solara.component
def SideNote(session: Session) -> None:
    """Says so while the district without the visitor's changes is shown."""
    say = translator(session.language.value)
    if session.side.value == BEFORE:
        text = say("This is the district without your changes: the same day, the same luck. Pale and small: with them.")
        solara.HTML(tag="p", unsafe_innerHTML=text, classes=["pa-side-note"], attributes={"role": "status"})


@solara.component
def Aside(session: Session) -> None:
    """Scenario and levers; on a phone the levers open with a button."""
    say = translator(session.language.value)
    opened, set_opened = solara.use_state(False)
    with solara.Div(classes=["pa-aside", "pa-open"] if opened else ["pa-aside"]):
        ScenarioBar(session)
        solara.Button(
            say("More settings and levers"),
            on_click=partial(set_opened, not opened),
            outlined=True,
            classes=["pa-more"],
            attributes={"data-act": "more", "aria-expanded": str(opened).lower()},
        )
        with solara.Div(classes=["pa-rest"]):
            SeedAndFiles(session)
            Builder(session)
            Assumptions(session)
            Shown(session.views.levers)


@solara.component
def Shown(widget: object) -> None:
    """A widget in a component of its own with constant arguments: displayed once, never again."""
    solara.display(widget)


@solara.component
def Assumptions(session: Session) -> None:
    """Whether uncertain and structural parameters are shown beside the levers."""
    say = translator(session.language.value)
    shown, set_shown = solara.use_state(False)

    def change(value: bool) -> None:
        set_shown(value)
        session.views.assumptions = value
        session.order(session.rename_levers)

    solara.Checkbox(label=say("Show assumptions too"), value=shown, on_value=change)


@solara.component
def Heading(session: Session, text: str, chart: str) -> None:
    """A figure's heading, and the button for the table behind it."""
    say = translator(session.language.value)

    def table() -> None:
        session.views.charted = "" if session.views.charted == chart else chart
        session.order(session.show_table)

    with solara.Div(classes=["pa-heading"]):
        solara.HTML(tag="h3", unsafe_innerHTML=say(text))
        label = f"{say('Table')}: {say(text)}"
        solara.Button(
            say("Table"), on_click=table, text=True, small=True, attributes={"aria-label": label, "data-table": chart}
        )


@solara.component
def FlowBox(session: Session) -> None:
    """The district alive."""
    with solara.Div(classes=["pa-box", "pa-alive"]):
        Heading(session, "The district alive: every dot is a case", "live")
        Shown(session.views.flow.widget)


@solara.component
def MapBox(session: Session) -> None:
    """The map, and the choice of the indicator that colours it."""
    from pingan_abm.web.shown.places import PLACE_INDICATORS

    language = session.language.value
    say = translator(language)

    def choose(name: str) -> None:
        session.views.place = session.colour.value = name
        session.order(session.repaint)

    with solara.Div(classes=["pa-box"]):
        Heading(session, "Communities", "map")
        options = {name: Bilingual(one.en, one.zh).text(language) for name, one in PLACE_INDICATORS.items()}
        Choices(say("Colour by"), options, session.colour.value, choose)
        Shown(session.views.map)


@solara.component
def NetworkBox(session: Session) -> None:
    """The institutions."""
    say = translator(session.language.value)
    with solara.Div(classes=["pa-box"]):
        Heading(session, "Institutions", "network")
        note = say("Size: files in the queue. Letter and colour: last grade. Lines: cooperation. Click any of them.")
        solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"])
        Shown(session.views.network)


@solara.component
def LinesBox(session: Session) -> None:
    """Reported beside true, day by day."""
    with solara.Div(classes=["pa-box"]):
        Heading(session, "Reported closed and really solved", "lines")
        Shown(session.views.lines.widget)


@solara.component
def SecondBox(session: Session) -> None:
    """One indicator, day by day."""
    language = session.language.value
    say = translator(language)

    def choose(name: str) -> None:
        session.views.second = session.curve.value = name
        session.order(session.repaint)

    with solara.Div(classes=["pa-box"]):
        Heading(session, "Day by day", "second")
        Choices(
            say("Show"), {name: one.label(language) for name, one in INDICATORS.items()}, session.curve.value, choose
        )
        Shown(session.views.chosen_lines.widget)


@solara.component
def FlowsBox(session: Session) -> None:
    """The Sankey diagram."""
    say = translator(session.language.value)
    with solara.Div(classes=["pa-box", "pa-flows"]):
        Heading(session, "Where cases go", "flows")
        note = say(
            "From the channel to the end; width: problems so far. Blue: really solved. Orange: the file is closed and "
            "the problem was never solved, whether it is still there or has faded since."
        )
        solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"])
        Shown(session.views.streams.widget)


@solara.component
def FunnelBox(session: Session) -> None:
    """The funnel of all problems."""
    say = translator(session.language.value)
    with solara.Div(classes=["pa-box"]):
        Heading(session, "What became of all problems", "funnel")
        note = say(
            "All that arose 90 days ago or earlier, with a file or without, each judged 90 days after it arose. Blue: "
            "really solved. Orange: recorded as dealt with and not solved."
        )
        solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"])
        Shown(session.views.funnel.widget)
