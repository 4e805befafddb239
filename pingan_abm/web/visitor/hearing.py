"""What the browser says: which order each message of a widget becomes. Messages that make no sense are ignored."""

from functools import partial
from typing import TYPE_CHECKING, Any

from pingan_abm.web.visitor.changing import set_lever
from pingan_abm.web.visitor.links import LONGEST
from pingan_abm.web.visitor.restoring import go_back

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session


def listen(session: "Session") -> None:
    """Take messages of the widgets."""
    views = session.views
    heard = (views.map, views.network, views.ticker, views.sheet, views.table, views.levers, views.flow.widget)
    for widget in (*heard, session.shell):
        widget.on_msg(partial(hear, session))


def hear(session: "Session", widget: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
    """Handle one message on what was clicked, moved or drawn."""
    if "seen" in content:
        if type(content["seen"]) is int:
            session.views.map.seen = content["seen"]
    elif "back" in content:
        session.order(partial(go_back, session, str(content["back"])[:LONGEST]))
    elif widget is session.views.table and not content.get("chosen"):
        session.order(session.close_table)
    elif "chosen" in content:
        chosen = content["chosen"]
        target = f"community:{chosen}" if isinstance(chosen, int) else str(chosen)[:60]
        session.order(partial(session.select, target))
    elif "set" in content and isinstance(content["set"], list) and len(content["set"]) == 2:
        session.order(partial(set_lever, session, str(content["set"][0]), content["set"][1]))
    elif "reset" in content:
        name = str(content["reset"])
        session.order(partial(session.reset_levers, None if name == "*" else name))
