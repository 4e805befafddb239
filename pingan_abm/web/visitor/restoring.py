"""What stands in the address of a session, and how a session takes it back: after a reload, a lost server, or Back."""

from typing import TYPE_CHECKING

from pingan_abm.web.recipe import Recipe
from pingan_abm.web.visitor.links import Link, read_link, write_link
from pingan_abm.web.visitor.view import OWN, View

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session


def view_of(session: "Session") -> View:
    """What the session shows apart from its district."""
    views, language = session.views, session.language.value
    return View(
        chapter=session.chapter.value,
        arms=session.arms.value,
        kept=tuple(write_link(language, "explore", one, 0) for one in session.kept.value),
        sheet=views.target,
        case=session.case.value,
        cases=session.cases.value,
        colour=views.place,
        curve=views.second,
        table=views.charted,
        answers=tuple(session.answers.value.items()),
        compared=session.compared.value,
        side=session.side.value,
        guesses=tuple(session.guesses.value.items()),
        room=session.seat.written(),
        revealed=session.seat.revealed.value,
        tap=session.tap.value,
    )


def adopt(session: "Session", view: View) -> None:
    """Show what a view says."""
    session.kept.value = tuple(kept_recipe(query) for query in view.kept)
    session.arms.value, session.chapter.value = view.arms, view.chapter
    session.side.value, session.guesses.value = view.side, dict(view.guesses)
    session.seat.read(*view.room)
    session.seat.revealed.value = view.revealed
    session.answers.value, session.compared.value = dict(view.answers), view.compared
    show_place(session, view)


def show_place(session: "Session", view: View) -> None:
    """Show the sheet, case and table that a view says; what is kept and answered stays."""
    views = session.views
    session.chapter.value, session.tap.value = view.chapter, view.tap
    session.case.value, session.cases.value = view.case, view.cases
    views.place, views.second, views.charted = view.colour, view.curve, view.table
    session.colour.value, session.curve.value = view.colour, view.curve
    views.select(view.sheet)


def kept_recipe(query: str) -> Recipe:
    """A what-if that was kept."""
    return read_link(query).recipe


def go_back(session: "Session", query: str) -> None:
    """Show what stood in the address before; the district stays as it is. In the session's thread."""
    link: Link = read_link(query, session.language.value)
    session.page.value = link.page
    session.wake()
    show_place(session, link.view)
    session.repaint()
    session.write_address()


def own(number: int) -> str:
    """The name of a kept what-if in lists of scenarios."""
    return f"{OWN}{number}"
