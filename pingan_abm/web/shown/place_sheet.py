"""The sheet of one place: a shop, an estate's property company, a building site, a pitch; and how a place is called."""

from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.cards import ratio
from pingan_abm.web.shown.explaining import events_of, explain
from pingan_abm.web.shown.formatter import per_cent
from pingan_abm.web.shown.monthly import Monthly
from pingan_abm.web.shown.sheets import LATEST, Content, decisions
from pingan_abm.world.events import ActorKind
from pingan_abm.world.problems import LATENT, REGISTERED, SOLVED

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

LINKED = 5  # of its latest problems


def place_title(model: "PinganModel", number: int, language: str) -> str:
    """The name that records give a place; else its kind with its number."""
    named = model.place_names.get(number, "")
    kind = model.district.place_kinds[int(model.world.places["kind"][number])]
    return named or translator(language)("{kind} {number}").format(kind=getattr(kind, language), number=number)


def place_sheet(model: "PinganModel", monthly: Monthly, number: int, language: str) -> Content:
    """What a place is, how it stands, what it has caused, and its last steps."""
    say, w = translator(language), model.world
    row, problems = w.places[number], w.used("problems")
    own = np.flatnonzero((problems["place"] == number) & (problems["onset"] >= 0.0))
    home = model.district.communities[int(row["community"])]
    links = [(getattr(home, language), f"community:{int(row['community'])}")]
    links += [(say("case {number}").format(number=int(one)), f"problem:{int(one)}") for one in own[::-1][:LINKED]]
    lines = explain(model, events_of(model, actor=(ActorKind.PLACE, number), most=LATEST), language)
    kind = model.district.place_kinds[int(row["kind"])]
    return {
        "title": place_title(model, number, language),
        "subtitle": f"{getattr(kind, language)} · {getattr(home, language)}",
        "facts": [*caused(model, number, problems[own], language), *stands(model, row, language)],
        "links": links,
        "tables": [decisions(lines, language)],
    }


def caused(model: "PinganModel", number: int, own: np.ndarray, language: str) -> list[tuple[str, str, str]]:
    """What has come from a place since day 0. own: its problems that are still in the register."""
    say, counts = translator(language), model.world.places["problems"]
    state = own["state"]
    registered = ~np.isnan(own["registered"])
    among = say("place {rank} of {count} by problems").format(
        rank=1 + int((counts > counts[number]).sum()), count=f"{len(counts):,}"
    )
    return [
        (say("Problems so far"), f"{int(counts[number]):,}", among),
        (say("there now"), f"{int(((state == LATENT) | (state == REGISTERED)).sum()):,}", say("known or not")),
        (
            say("really solved, of those registered"),
            per_cent(ratio((state[registered] == SOLVED).sum(), registered.sum())),
            "",
        ),
        (say("Penalties"), f"{int(model.world.places['penalties'][number]):,}", say("since day 0")),
    ]


def stands(model: "PinganModel", row: Any, language: str) -> list[tuple[str, str, str]]:
    """What a place is and thinks."""
    say = translator(language)
    days = max(0.0, float(row["next_inspection"]) - model.day)
    routine = say("none") if row["next_inspection"] > 1e5 else say("in {days} days").format(days=f"{days:.0f}")
    moves = [(say("Moved round the corner"), f"{int(row['moves'])}", say("since day 0"))] if row["moves"] else []
    return [
        (say("Has its licence"), say("yes") if row["licensed"] else say("no"), ""),
        (say("Size"), f"{float(row['weight']):.2f}", say("trouble it makes, 1: the mean of its kind")),
        (say("Cost of complying"), f"{float(row['cost']):.2f}", say("relative to other places")),
        (say("Thinks that it is caught"), f"{float(row['belief']):.2f}", say("chance, 0–1")),
        (say("Lets things slide"), f"{float(row['slack']):.2f}", "0–1"),
        (say("Waits a campaign out"), say("yes") if row["waits"] else say("no"), ""),
        (say("Next routine inspection"), routine, ""),
        *moves,
    ]
