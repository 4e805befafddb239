"""A scenario or a records file of the visitor's own: checked as on the command line, and kept only as long as the
session."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import solara

from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.scenarios.record_files import READABLE
from pingan_abm.scenarios.records import read_incidents
from pingan_abm.texts.errors import InputErrors, translated, without
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.shown.widgets import Upload
from pingan_abm.web.visitor.session import Session

MOST_BYTES = 8_000_000
MOST_FILES = 20  # a session; the oldest make room
LONGEST_NAME = 80  # characters


@solara.component
def Uploads(session: Session) -> None:
    """Two file fields."""
    say = translator(session.language.value)
    FileField(
        say("Scenario file (.toml)"),
        ".toml",
        say("The file is too large: 8 MB at most."),
        partial(receive, session, use_scenario),
    )
    FileField(
        say("Records file ({endings})").format(endings=" ".join(READABLE)),
        ",".join(READABLE),
        say("The file is too large: 8 MB at most."),
        partial(receive, session, use_records),
    )
    records = session.recipe_shown.value.incidents
    if records is not None:
        with solara.Div(classes=["pa-records"]):
            loaded = say("Records in use: {name}").format(name=escaped(records.name))
            solara.HTML(tag="p", unsafe_innerHTML=loaded)
            for line in session.named.value:
                solara.HTML(tag="p", unsafe_innerHTML=escaped(translated(line, say)))
            remove = partial(session.order, partial(remove_records, session))
            solara.Button(
                say("Remove the records"), on_click=remove, outlined=True, attributes={"data-act": "no-records"}
            )


@solara.component
def FileField(label: str, accept: str, too_large: str, take: Callable[..., None]) -> None:
    """A file field; `take` is given the name and the bytes."""

    def field() -> Upload:
        return Upload(accept=accept, most=MOST_BYTES)

    widget = solara.use_memo(field, [])

    def name() -> None:
        widget.words = {"label": label, "too_large": too_large}

    def attach() -> Callable[[], None]:
        def hear(_: object, content: dict[str, Any], buffers: list[Any]) -> None:
            if buffers and len(buffers[0]) <= MOST_BYTES:
                take(str(content.get("name", "file")), bytes(buffers[0]))

        widget.on_msg(hear)
        return partial(widget.on_msg, hear, remove=True)

    solara.use_effect(name, [label])
    solara.use_effect(attach, [])
    solara.display(widget)


def receive(session: Session, use: Callable[[Session, Path], None], name: str, data: bytes) -> None:
    """Keep a file in the session's folder and use it; what is wrong with it is shown on the page."""
    path = session.folder() / plain_name(name)
    path.write_bytes(data)
    others = sorted((one for one in session.folder().iterdir() if one != path), key=_age)
    for old in others[: max(0, len(others) + 1 - MOST_FILES)]:
        old.unlink()
    session.order(partial(used, session, use, path))


def remove_records(session: Session) -> None:
    """Go on with drawn problems in place of recorded ones."""
    session.use(replace(session.recipe, incidents=None))


def used(session: Session, use: Callable[[Session, Path], None], path: Path) -> None:
    """Use a file; mistakes name it as the visitor does, without the server's folders. Raises InputErrors."""
    try:
        use(session, path)
    except InputErrors as wrong:
        raise InputErrors([without(one, f"{path.parent}/") for one in wrong.problems]) from None


def plain_name(name: str) -> str:
    """A name for a file of a visitor's: its last part, in letters that every system can write, and never that of a
    folder."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        "".join(letter for letter in last if letter.isalnum() or letter in "._- ").strip(". ")[-LONGEST_NAME:] or "file"
    )


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def use_scenario(session: Session, path: Path) -> None:
    """Go on with a scenario file. Raises InputErrors with every mistake in it."""
    session.use(replace(session.recipe, scenario=load_scenario(path), moves=()))


def use_records(session: Session, path: Path) -> None:
    """Go on with recorded problems in place of drawn ones. Raises InputErrors with every mistake in them."""
    recipe = replace(session.recipe, incidents=path)
    read_incidents(path, recipe.scenario, session.district(), recipe.start, recipe.days)
    session.use(recipe)
