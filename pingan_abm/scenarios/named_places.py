"""Places that records name: the shop, estate, site or pitch that a record came from, by the name that the file gives.

A named place takes a seat: one of the model's places of its kind in its community, or, once they are all taken, one
from elsewhere that then moves there. Size, licence, costs and neighbours of the seat stay as they are: the records say
where a place is and what it causes, and all else is the model's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.scenarios.arrivals import recorded_identity
from pingan_abm.texts.errors import Sentence, sentence
from pingan_abm.world.problems import CERTAIN

if TYPE_CHECKING:
    from pingan_abm.scenarios.records import Incidents


@dataclass(frozen=True)
class NamedPlaces:
    """Where the records' names stand in a district.

    seats: int32 by record, the number of the place that it comes from, CERTAIN for one that comes from whichever place
    is drawn; names: of seats, by their number; of_record: names by record, for all that have one; count: named places;
    moved: how many of them took a seat from elsewhere; without_seat, without_kind: how many have none; astray: records
    of places with a seat that such a place cannot cause.
    """

    seats: np.ndarray | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    of_record: Mapping[int, str] = field(default_factory=dict)
    key: np.uint64 = np.uint64(0)
    count: int = 0
    moved: int = 0
    without_seat: int = 0
    without_kind: int = 0
    astray: int = 0

    @cached_property
    def of_identity(self) -> dict[int, str]:
        """Names by the identity of the problem that a record became, which it keeps whatever leaves the registers."""
        return {recorded_identity(self.key, one): name for one, name in self.of_record.items()}

    def of_problem(self, row: np.record) -> str:
        """The name that a record gave to the place of a problem, else that of its place; "" where none has one."""
        return self.of_identity.get(int(row["key"]), "") or self.names.get(int(row["place"]), "")

    def of_problems(self, rows: np.ndarray) -> dict[int, str]:
        """The names in records of problems, by their number in the register; of those that have one."""
        found = ((number, self.of_identity.get(int(key), "")) for number, key in enumerate(rows["key"]))
        return {number: name for number, name in found if name}

    def told(self) -> list[Sentence]:
        """What became of the names, in sentences."""
        lines: list[Sentence] = []
        if self.count:
            seated = self.count - self.without_seat - self.without_kind
            lines.append(
                sentence(
                    "The records name {count} places. {seated} of them stand for places of the model; {moved} of these "
                    "were moved there from other communities.",
                    count=f"{self.count:,}",
                    seated=f"{seated:,}",
                    moved=f"{self.moved:,}",
                )
            )
        if self.without_seat:
            lines.append(
                sentence(
                    "{count} named places are more than the district has of their kind: their names are kept, and "
                    "their problems come from other places of the kind.",
                    count=f"{self.without_seat:,}",
                )
            )
        if self.without_kind:
            lines.append(
                sentence(
                    "{count} named places are of no kind that takes part in this run: their names are kept, and their "
                    "problems come from no place.",
                    count=f"{self.without_kind:,}",
                )
            )
        if self.astray:
            lines.append(
                sentence(
                    "{count} records name a place that does not cause what they are about: their names are kept, and "
                    "their problems come from elsewhere.",
                    count=f"{self.astray:,}",
                )
            )
        return lines


def seated(model: DistrictModel, incidents: "Incidents | None") -> NamedPlaces:
    """Give the named places of the records their seats, as the district stands on the morning of day 0. A name in two
    communities is two places. What kind a place is of follows from what most of its records are about."""
    if incidents is None or incidents.place is None:
        return NamedPlaces()
    named = np.flatnonzero(incidents.place >= 0)
    shares = kinds_of_records(model, incidents, named)
    where = np.stack([incidents.community[named], incidents.place[named]], axis=1).astype(np.int64)
    own, of_own = np.unique(where, axis=0, return_inverse=True)
    of_own = of_own.reshape(-1)
    weights = np.zeros((len(own), shares.shape[1]))
    np.add.at(weights, of_own, shares)
    known = (weights.sum(axis=1) > 0) & model.parameters.places
    kind = np.where(known, weights.argmax(axis=1) if shares.shape[1] else -1, -1)
    records = np.bincount(of_own, minlength=len(own))
    seat, moved = seats_of(model, kind, own[:, 0], records)
    held = seat[of_own] >= 0
    fits = held.copy()
    fits[held] = shares[held, kind[of_own[held]]] > 0
    seats = np.full(len(incidents.day), CERTAIN, np.int32)
    seats[named] = np.where(fits, seat[of_own], CERTAIN)
    return NamedPlaces(
        seats,
        {int(seat[one]): incidents.places[own[one, 1]] for one in np.flatnonzero(seat >= 0)},
        {int(one): incidents.places[incidents.place[one]] for one in named},
        model.key,
        len(own),
        moved,
        int((known & (seat < 0)).sum()),
        int((~known).sum()),
        int((held & ~fits).sum()),
    )


def seats_of(
    model: DistrictModel, kind: np.ndarray, community: np.ndarray, records: np.ndarray
) -> tuple[np.ndarray, int]:
    """The seat of each named place, int32, CERTAIN for those without one, and how many were moved. Those with most
    records choose first: the largest place of their kind in their community that is free; once each community's own
    are taken, the largest that is free elsewhere. kind: −1 for none."""
    rows = model.world.places
    by_size = np.argsort(-rows["weight"], kind="stable")
    free: dict[tuple[int, int], list[int]] = {}
    for one in by_size[::-1].tolist():  # the largest last, for `pop`
        free.setdefault((int(rows["kind"][one]), int(rows["community"][one])), []).append(one)
    seat = np.full(len(kind), CERTAIN, np.int32)
    order = [int(one) for one in np.argsort(-records, kind="stable") if kind[one] >= 0]
    for one in order:
        here = free.get((int(kind[one]), int(community[one])))
        seat[one] = here.pop() if here else CERTAIN
    left = set(rows_left(free))
    elsewhere = {
        number: [one for one in by_size[::-1].tolist() if one in left and rows["kind"][one] == number]
        for number in set(kind.tolist())
    }
    moved = 0
    for one in order:
        if seat[one] < 0 and elsewhere[int(kind[one])]:
            seat[one] = elsewhere[int(kind[one])].pop()
            move(model, int(seat[one]), int(community[one]))
            moved += 1
    return seat, moved


def rows_left(free: Mapping[tuple[int, int], list[int]]) -> Iterator[int]:
    """The places that nobody has taken."""
    for there in free.values():
        yield from there


def move(model: DistrictModel, place: int, community: int) -> None:
    """Move a place into a community, to a grid that is drawn."""
    row, there = model.world.places[place], model.world.communities[community]
    draw = uniform(model.key, Purpose.NAMED_PLACE_GRID, np.uint64(place), 0)
    row["community"], row["grid"] = community, int(there["first_grid"]) + int(draw * int(there["grids"]))


def kinds_of_records(model: DistrictModel, incidents: "Incidents", chosen: np.ndarray) -> np.ndarray:
    """How likely each of the chosen records comes from a place of each kind, float64 [chosen, kinds]: for certain where
    the sub-type is known, else by what is expected of the type's sub-types."""
    w = model.world
    kinds, issues = w.subtypes["place_kind"], w.subtypes["issue"]
    held = (kinds >= 0) & (w.place_kinds["count"][kinds] > 0) if len(w.place_kinds) else kinds > len(kinds)
    expected = model.subtype_rates.copy()
    whole = np.bincount(issues, weights=expected, minlength=len(w.issues))
    expected[whole[issues] <= 0.0] = 1.0  # sub-types of a type without problems of its own are all alike
    of_type = np.zeros((len(w.issues), len(w.place_kinds)))
    np.add.at(of_type, (issues[held], kinds[held]), expected[held])
    of_type /= np.bincount(issues, weights=expected, minlength=len(w.issues))[:, None]
    of_subtype = np.zeros((len(w.subtypes), len(w.place_kinds)))
    of_subtype[np.flatnonzero(held), kinds[held]] = 1.0
    subtype = incidents.subtype[chosen]
    known, likely = of_subtype[subtype], of_type[incidents.issue[chosen]]
    return np.asarray(np.where((subtype >= 0)[:, None], known, likely))
