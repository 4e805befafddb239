"""What a click opens: the sheet of a community, unit, organisation, group, place, resident or problem."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pingan_abm.actors.institutions import named_actors
from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.monthly import Monthly

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
from pingan_abm.web.shown.place_sheet import place_sheet
from pingan_abm.web.shown.sheets import (
    Content,
    centre,
    community,
    group,
    leadership,
    named_actor,
    organisation,
    problem,
    resident,
    unit_sheet,
)


def inspect(model: "PinganModel", monthly: Monthly, target: str, language: str) -> Content:
    """The sheet of a target such as `community:3`, `environment`, `organisation_004`, `studio_1`, `resident:77`,
    `problem:12`, `place:5`."""
    say = translator(language)
    kind, _, number = target.partition(":")
    known: dict[str, Callable[..., Content]] = {
        "community": community,
        "resident": resident,
        "problem": problem,
        "place": place_sheet,
    }
    limits = {
        "community": len(model.world.communities),
        "resident": model.residents,
        "problem": len(model.world.used("problems")),
        "place": len(model.world.places),
    }
    if kind in known and number.isascii() and number.isdecimal() and int(number) < limits[kind]:
        content = known[kind](model, monthly, int(number), language)
    elif (index := numbered(target, "organisation_", len(model.organisations))) is not None:
        content = organisation(model, monthly, index, language)
    elif (index := numbered(target, "studio_", len(model.groups))) is not None:
        content = group(model, monthly, index, language)
    elif target == "centre":
        content = centre(model, monthly, language)
    elif target == "leadership":
        content = leadership(model, language)
    elif target in (names := [unit.id for unit in model.district.units]):
        content = unit_sheet(model, monthly, names.index(target), language)
    elif target in (others := dict(named_actors(model))):
        content = named_actor(others[target], language)
    else:
        return nothing(language)
    words = [say("Table"), say("Day"), say("value")]
    return {
        **content,
        "csv": "CSV",
        "close": say("Close"),
        "empty": say("Click something to see it here."),
        "curve_words": words,
    }


def numbered(target: str, prefix: str, count: int) -> int | None:
    """The position, from 0, that a target such as `studio_1` names; None for another target or if there is no such
    number."""
    number = target.removeprefix(prefix)
    if target == number or not (number.isascii() and number.isdecimal()):
        return None
    return int(number) - 1 if 1 <= int(number) <= count else None


def nothing(language: str) -> Content:
    """The sheet before anything was clicked."""
    say = translator(language)
    return {
        "empty": say(
            "Click a community on the map, an institution, or a line of the ticker to see its state, its history and "
            "the reasons for its last decisions."
        )
    }
