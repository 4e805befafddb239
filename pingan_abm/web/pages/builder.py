"""The scenario builder: levers and dates put together on the page, shown as the file that they make."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

import solara

from pingan_abm.texts.errors import InputErrors, all_translated
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.folded import Folded
from pingan_abm.web.shown.scenario_text import scenario_text
from pingan_abm.web.visitor.session import Session


@solara.component
def Builder(session: Session) -> None:
    """The file of what is set, and a button that saves it."""
    say, recipe = translator(session.language.value), session.recipe_shown.value
    try:
        text = scenario_text(recipe)
    except InputErrors as wrong:
        text = all_translated(wrong.problems, say)
    name = f"{recipe.scenario.name}_mine.toml"

    def data() -> bytes:
        return text.encode()

    with Folded(say("The scenario as a file"), name="builder"):
        note = say("What is set here, written down: levers of the first day, and later ones with their dates.")
        solara.HTML(tag="p", unsafe_innerHTML=note, classes=["pa-note"])
        solara.HTML(
            tag="pre",
            unsafe_innerHTML=text.replace("&", "&amp;").replace("<", "&lt;"),
            classes=["pa-toml"],
            attributes={"tabindex": "0", "aria-label": say("The scenario as a file"), "role": "group"},
        )
        solara.FileDownload(data, filename=name, label=say("Save the scenario file"), mime_type="application/toml")
