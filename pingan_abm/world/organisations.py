"""The table of social organisations that compiled code reads: what each may do this month, and what it has done.

The actors (`actors/organisations.py`) decide once a month and write their rows; days are used and results counted here
from day to day. This module holds no decisions.
"""

from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.world.tables import MECHANISMS, record

if TYPE_CHECKING:
    from pingan_abm.world.world import World

#: duty_days, own_days: organisation-days a day for what others ask, and for what it chooses itself; duty_work,
#: own_work: days so used, fading month by month; worked, failed: what it took up since its contract was last looked at;
#: mix, needs: shares of the two by mechanism; bank, own_bank: days at hand; differs: how far what residents need in a
#: field exceeds what government wants there, 0–1.
ORGANISATION = record(
    "dependence duty_days own_days duty_work own_work worked failed",
    "alive",
    arrays=[(name, "f8", (MECHANISMS,)) for name in ("mix", "needs", "bank", "own_bank", "differs")],
)


def make_seats(w: "World", count: int, relation: float) -> None:
    """Give every organisation up to a number a row, and a place in the tables of relations. relation: with the centre
    at the start."""
    missing = count - len(w.organisations)
    if missing <= 0:
        return
    w.organisations = np.concatenate([w.organisations, np.zeros(missing, ORGANISATION)]).astype(ORGANISATION)
    w.serves = np.concatenate([w.serves, np.zeros((missing, len(w.communities)), np.uint8)])
    before, hub = len(w.relations), int(w.settings[0].centre_actor)
    for name in ("relations", "requests", "helps"):
        wider = np.zeros((before + missing, before + missing))
        wider[:before, :before] = getattr(w, name)
        setattr(w, name, wider)
    w.relations[before:, hub] = w.relations[hub, before:] = relation
    w.stands_for = np.concatenate([w.stands_for, np.arange(before, before + missing, dtype=np.int32)])


def begin_service(w: "World", number: int, places: np.ndarray, relation: float) -> None:
    """An organisation works in these communities, and begins to know them."""
    w.serves[number] = 0
    w.serves[number, places] = 1
    own, first = int(w.settings[0].organisation_actor) + number, int(w.settings[0].community_actor)
    w.relations[own, first + places] = w.relations[first + places, own] = relation


def list_organisations(w: "World") -> None:
    """Fill the roster: which organisations work in each community and mechanism, in the order of their numbers."""
    offers = (w.organisations["mix"] + w.organisations["needs"] > 0.0) & (w.organisations["alive"] == 1)[:, None]
    here = (offers.T[None] & (w.serves.T == 1)[:, None]).reshape(len(w.communities) * MECHANISMS, -1)
    starts = np.zeros(len(here) + 1, np.int32)
    np.cumsum(here.sum(axis=1), out=starts[1:])
    w.roster, w.roster_starts = np.nonzero(here)[1].astype(np.int32), starts


def sound_roster(roster: np.ndarray, starts: np.ndarray, count: int) -> bool:
    """Whether a roster names only organisations that there are. count: how many."""
    inside = len(roster) == 0 or (roster.min() >= 0 and roster.max() < count)
    return bool(inside and starts[0] == 0 and starts[-1] == len(roster) and (np.diff(starts) >= 0).all())
