"""The page: who visits, in which language, and which page is shown."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import solara

from pingan_abm.district.files import load_district
from pingan_abm.district.folder import SHIPPED, USUAL
from pingan_abm.district.here import here
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.case import CasePage
from pingan_abm.web.pages.compare import ComparePage
from pingan_abm.web.pages.explore import Explore, Shown
from pingan_abm.web.pages.opening import OpeningPage
from pingan_abm.web.pages.results import ResultsPage
from pingan_abm.web.pages.room import RoomPage
from pingan_abm.web.pages.story import StoryPage
from pingan_abm.web.pages.terms import TermsPage
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.server import stay_offline
from pingan_abm.web.visitor.links import PAGES, is_plain, read_link
from pingan_abm.web.visitor.session import Session

STYLE = Path(__file__).parent / "style.css"


@solara.component
def Page() -> None:
    """One visitor's page."""
    router = solara.use_router()
    stay_offline()

    def open_session() -> Session:
        link = read_link(router.search or "")
        return Session(replace(link, page="opening") if is_plain(router.search or "") else link)

    session: Session = solara.use_memo(open_session, [])

    def live() -> Callable[[], None]:
        session.start()
        return session.close

    solara.use_effect(live, [])
    name_document(session)
    with solara.Div(classes=["pa-page"]):
        solara.Style(STYLE)
        Header(session)
        with solara.Div(attributes={"role": "main"}):
            Body(session)
        Shown(session.shell)


@solara.component
def Layout(children: list[solara.Element] = []) -> None:  # noqa: B006 - Solara's own way to hand children in
    """Nothing around the page: the frame that Solara would add covers a phone's screen."""
    solara.Div(children=children)


def name_document(session: Session) -> None:
    """Give the document its language and title."""
    say = translator(session.language.value)
    session.shell.language, session.shell.title = session.language.value, app_title(session.language.value)
    session.shell.words = {
        "lost": say("The connection to the server is lost. The page connects again by itself …"),
        "source": say("{title} · scenario {scenario}, seed {seed} · {when} · model, no forecast"),
    }


def app_title(language: str) -> str:
    """What the app is called: after the district that is open, where that is not the shipped one."""
    say, folder = translator(language), here()
    if folder.path == SHIPPED[USUAL]:
        return say("Ping'an 365: a living district")
    about = load_district().about
    return say("{district}: a living district").format(district=about.zh if language == "zh" else about.en)


@solara.component
def Header(session: Session) -> None:
    """Title, pages, language."""
    language = session.language.value
    say = translator(language)
    other = "zh" if language == "en" else "en"

    def switch() -> None:
        session.language.value = other
        session.order(partial(session.translate, other))

    with solara.Div(classes=["pa-header"], attributes={"role": "banner"}):
        solara.HTML(tag="h1", unsafe_innerHTML=escaped(app_title(language)))
        with solara.Div(classes=["pa-nav"], attributes={"role": "navigation", "aria-label": say("Pages")}):
            for name, text in page_names(language).items():
                Tab(session, name, text)
        solara.Button(
            "中文" if other == "zh" else "English",
            on_click=switch,
            outlined=True,
            attributes={"lang": "zh-CN" if other == "zh" else "en", "data-act": "language"},
        )


@solara.component
def Tab(session: Session, name: str, text: str) -> None:
    """The button of a page."""
    shown = session.page.value == name

    def go() -> None:
        session.page.value = name
        session.order(session.write_address)

    solara.Button(
        text,
        on_click=go,
        text=True,
        classes=["pa-tab", "pa-shown"] if shown else ["pa-tab"],
        attributes={"data-page": name, "aria-current": "page" if shown else "false"},
    )


def page_names(language: str) -> dict[str, str]:
    """Names of the pages."""
    say = translator(language)
    words = (
        say("Explore"),
        say("Compare"),
        say("Follow a case"),
        say("Story"),
        say("Study results"),
        say("Terms"),
        say("In 90 seconds"),
        say("Class"),
    )
    return dict(zip(PAGES, words, strict=True))


@solara.component
def Body(session: Session) -> None:
    """The page that is chosen."""
    pages = {
        "explore": Explore,
        "compare": ComparePage,
        "case": CasePage,
        "story": StoryPage,
        "results": ResultsPage,
        "terms": TermsPage,
        "opening": OpeningPage,
        "room": RoomPage,
    }
    pages[session.page.value](session).key(session.page.value)
