"""The page on which one case is followed through the seven steps."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from dataclasses import replace
from functools import partial
from typing import Any

import solara

from pingan_abm.district.files import load_district
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.explore import Shown
from pingan_abm.web.pages.lives import Lives
from pingan_abm.web.pages.toolbar import Choices, Notice, PlayBar
from pingan_abm.web.shown.case_search import FILTERS, search
from pingan_abm.web.shown.timelines import timeline
from pingan_abm.web.shown.widgets import Sheet, Timeline
from pingan_abm.web.visitor.session import Session

PIZZA = "pizza_shop"
ALL = "all"


class CaseFile:
    """What the page shows: the list of cases found, and the one that is followed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.hits, self.timeline = Sheet(), Timeline()
        self.issue = ALL
        self.hits.on_msg(self.hear)

    def hear(self, widget: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
        """A case was chosen from the list."""
        number = str(content.get("chosen", ""))
        if number.isascii() and number.isdecimal() and len(number) < 12:
            self.session.order(partial(self.follow, int(number)))

    def look(self) -> None:
        """In the session's thread: search anew."""
        model, language = self.session.model, self.session.language.value
        if model is None:
            return
        say = translator(language)
        issue = None if self.issue == ALL else model.district.issue_index(self.issue)
        hits = search(model, self.session.cases.value, issue)
        rows = [
            [
                getattr(model.district.issues[one.issue], language),
                getattr(model.district.communities[one.community], language),
                str(one.returns),
                f"{one.days:.0f}",
                say("yes") if one.closed else say("no"),
                say("yes") if one.solved else say("no"),
            ]
            for one in hits
        ]
        head = [
            say("Issue type"),
            say("Community"),
            say("Returns"),
            say("Days"),
            say("reported closed"),
            say("really solved"),
        ]
        table = {"title": "", "head": head, "rows": rows, "targets": [str(one.problem) for one in hits]}
        empty = say("No such case yet: let the district live for some weeks first.")
        title = say("Day {day} of {days}").format(day=model.day, days=model.days)
        self.hits.content = {"title": title, "tables": [table], "empty": empty} if hits else {"empty": empty}
        known = [one.problem for one in hits]
        if not 0 <= self.session.case.value < len(model.world.used("problems")):
            self.session.case.value = known[0] if known else -1
        self.show()

    def follow(self, problem: int) -> None:
        """Follow a case."""
        self.session.case.value = problem
        self.session.write_address()
        self.show()

    def show(self) -> None:
        """Draw the case that is followed."""
        model, problem = self.session.model, self.session.case.value
        usable = model is not None and 0 <= problem < len(model.world.used("problems"))
        self.timeline.content = timeline(model, problem, self.session.language.value) if usable and model else {}

    def year(self) -> None:
        """Run to the last day and search."""
        self.session.step(10**6)
        self.look()

    def pizza(self) -> None:
        """The documented case: its scenario, run to the end."""
        self.session.use(replace(self.session.recipe, scenario=load_scenario(PIZZA), moves=(), incidents=None))
        self.choose("injected")
        self.year()

    def luck(self) -> None:
        """The same scenario with the next seed, run to the end."""
        self.session.case.value = -1
        self.session.use(replace(self.session.recipe, seed=self.session.recipe.seed + 1))
        self.year()

    def choose(self, by: str) -> None:
        """List other cases, and follow the first of them."""
        self.session.cases.value, self.session.case.value = by, -1


@solara.component
def CasePage(session: Session) -> None:
    """The page."""
    say = translator(session.language.value)

    def open_file() -> CaseFile:
        return CaseFile(session)

    file = solara.use_memo(open_file, [])

    def look() -> None:
        session.order(file.look)

    solara.use_effect(look, [session.language.value, session.playing.value, session.day.value, session.case.value])
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=say("Follow a case through the seven steps"))
        solara.HTML(
            tag="p",
            unsafe_innerHTML=say(
                "What the file says and what is true need not be the same. The line runs from step to step; a cross is "
                "a return, a stop, or a problem that comes back; the table gives the reason for each decision."
            ),
        )
        with solara.Div(classes=["pa-bar"]):
            PlayBar(session)
            Shown(session.views.clock)
        Notice(session)
        CaseFilters(session, file)
        with solara.Div(classes=["pa-case"]):
            Shown(file.hits)
            Shown(file.timeline)


@solara.component
def CaseFilters(session: Session, file: CaseFile) -> None:
    """Which cases are listed, and the two ways to get some."""
    language = session.language.value
    say = translator(language)
    by = session.cases.value
    types = {ALL: say("all types")} | {one.id: getattr(one, language) for one in load_district().issues}

    def choose(name: str) -> None:
        file.choose(name)
        session.order(file.look)
        session.order(session.write_address)

    def choose_type(name: str) -> None:
        file.issue, session.case.value = name, -1
        session.order(file.look)

    def pizza() -> None:
        session.order(file.pizza)

    with solara.Div(classes=["pa-play"]):
        Choices(say("Cases"), filter_names(language), by, choose)
        Choices(say("Issue type"), types, ALL, choose_type)
        solara.Button(
            say("Run to the end of the year"),
            on_click=partial(session.order, file.year),
            outlined=True,
            attributes={"data-act": "year"},
        )
        if PIZZA in scenario_names():  # a case of the usual district
            solara.Button(say("The pizza shop"), on_click=pizza, outlined=True, attributes={"data-act": "pizza"})

        if session.recipe_shown.value.scenario.problems:
            solara.Button(
                say("Another luck"),
                on_click=partial(session.order, file.luck),
                outlined=True,
                attributes={"data-act": "luck"},
            )
    if session.recipe_shown.value.scenario.name == PIZZA:
        Lives(session)


def filter_names(language: str) -> dict[str, str]:
    """Names of the filters."""
    say = translator(language)
    words = {
        "returned": say("most returned"),
        "longest": say("longest"),
        "paper": say("solved only on paper"),
        "injected": say("written in the scenario"),
        "latest": say("latest"),
    }
    return {name: words[name] for name in FILTERS}
