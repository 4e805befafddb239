"""What happens where there is no place for a large district: a smaller one opens by itself, with a word why and a place
in the queue."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pingan_abm.texts.errors import sentence
from pingan_abm.web.limits import MOST_LARGE, RESIDENTS, SMALLER, large_places

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session


def open_smaller(session: "Session") -> None:
    """Open a smaller district, say why, and wait for a place. In the session's thread."""
    place = large_places().wait(session, partial(session.order, partial(offer_large, session)))
    day = session.first_day
    session.use(replace(session.recipe, residents=SMALLER))
    session.build(day)
    session.message.value = (
        sentence(
            "{most} large districts already live on this server, so this one has {residents} residents. You are number "
            "{place} of those who wait for a place.",
            most=MOST_LARGE,
            residents=f"{SMALLER:,}",
            place=place,
        ),
    )


def offer_large(session: "Session") -> None:
    """Say that there is a place for a large district now."""
    session.message.value = (sentence("There is room for a large district now."),)
    session.offered.value = RESIDENTS
