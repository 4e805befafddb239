"""The opening: ninety seconds with one case, before the district is watched live."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from typing import Any

import solara

from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.explore import Shown
from pingan_abm.web.pages.toolbar import Notice
from pingan_abm.web.shown.opening import OpeningScene, opening_content
from pingan_abm.web.visitor.session import Session
from pingan_abm.web.visitor.view import MOST_TAPS

FIRST_LOOK, LOOK_EVERY = 60, 30  # days after which a case is looked for, and again


class Opening:
    """The scene of one visitor; all but hearing runs in the session's thread."""

    def __init__(self, session: Session) -> None:
        self.session, self.scene = session, OpeningScene(tap=session.tap.value)
        self.scene.on_msg(self.hear)
        self.heard = self.scene.tap  # where the browser is

    def hear(self, widget: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
        """The next step, or to the district."""
        if "live" in content:
            self.session.order(self.live)
        elif type(content.get("tap")) is int:
            self.heard = self.session.tap.value = max(0, min(MOST_TAPS, content["tap"]))
            self.session.order(self.session.write_address)

    def follow(self) -> None:
        """Back returns to the step before; what the browser says of itself is not said to it again."""
        if self.session.tap.value != self.heard:
            self.heard = self.scene.tap = self.session.tap.value

    def look(self) -> None:
        """Let the district live until there is a case to show."""
        session = self.session
        model = session.model
        if model is None:
            return
        self.scene.content = opening_content(model, session.language.value)
        while not self.scene.content["taps"] and model.day < model.days:
            session.go_to(min(model.days, max(FIRST_LOOK, model.day + LOOK_EVERY)))
            self.scene.content = opening_content(model, session.language.value)
        if not self.scene.content["taps"]:  # a district without such a case is shown as it is
            self.live()

    def live(self) -> None:
        """To the Explore page, where the year begins."""
        session = self.session
        session.speed, session.tap.value, session.page.value = "medium", 0, "explore"
        session.restart()
        session.play()


@solara.component
def OpeningPage(session: Session) -> None:
    """The page."""
    say = translator(session.language.value)

    def open_scene() -> Opening:
        return Opening(session)

    opening = solara.use_memo(open_scene, [])

    def look() -> None:
        session.order(opening.look)

    solara.use_effect(look, [session.language.value])
    solara.use_effect(opening.follow, [session.tap.value])
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=say("One resident, one case"))
        solara.Div(children=[Notice(session)])
        Shown(opening.scene)
