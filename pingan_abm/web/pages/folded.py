"""A part of a page that is folded away: a native one, which keyboards and screen readers know."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

from typing import Any

import solara


@solara.component
def Folded(summary: str, children: list[Any] = [], name: str = "") -> None:  # noqa: B006 - Solara's own way
    """Children under a summary that opens them. name: for tests and styles."""
    head = solara.v.Html(tag="summary", children=[summary])
    solara.v.Html(tag="details", children=[head, *children], class_="pa-folded", attributes={"data-folded": name})
