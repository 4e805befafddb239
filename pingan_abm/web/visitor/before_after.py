"""A/B: the district without the visitor's changes beside the one with them, on the same day, with the same luck. In the
session's thread."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session

BEFORE = "before"  # the side without the changes; "" is the side with them


def can_switch(session: "Session") -> bool:
    """Whether there are two sides."""
    return session.other is not None or bool(session.recipe_shown.value.moves)


def switch_side(session: "Session") -> None:
    """Live the days again as on the other side, up to the same day. What the side before showed stays beside it: its
    curves as a ghost, its figures in the cards."""
    model = session.model
    if model is None or not can_switch(session):
        return
    day, was = model.day, session.recipe
    seen = session.views.remember(model)
    to = replace(was, moves=()) if session.other is None else session.other
    other = was if session.other is None else None
    session.use(to)
    session.other, session.side.value = other, BEFORE if other is not None else ""
    if session.stale:
        session.build(min(day, to.days))
    session.views.set_beside(seen, with_changes=other is not None)
    session.settle()


def restore_side(session: "Session") -> None:
    """After a reload: show the side that the address names."""
    if session.side.value == BEFORE and session.other is None:
        session.side.value = ""
        switch_side(session)
