"""Places that cause problems: premises, property companies, building sites, pitches. Who they are and how they stand.

How many there are of each kind, and how they differ between kinds, stands in the district's data; within a kind they
differ in size and in what complying costs them. This room holds no decisions.
"""

import math
from typing import Any

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, normal, uniform
from pingan_abm.rules import wanted_slack
from pingan_abm.world.tables import record

PLACE_KIND = record(
    # slack: how far its places let things slide in usual times; inspections: routine ones a place and year; cost:
    # relative; expected: problems a day of a place of mean size
    "slack inspections cost licensed expected",
    "first count mobile unit",
)
PLACE = record(
    # weight: of the trouble it makes, relative to its kind's mean; reach: the weights of its kind up to it, over all;
    # slack: how far it lets things slide, 0–1: will, how far it is ready to, times what is not tidied, the share of its
    # matters that it has put right; nothing while it waits a campaign out;
    # seen: campaigns that it remembers; next_inspection: a time
    "weight reach cost belief slack will tidied seen next_inspection",
    # problems, penalties, moves: counts since day 0
    "grid problems penalties moves",
    # waits: until the campaign is over; relapses: its next problem is one, for it has put something right before
    small="kind community licensed waits relapses",
)
PLACE_TIMES = ("next_inspection",)
PLACE_COUNTS = ("problems", "penalties", "moves")
ROOM_FOR_KINDS = 1_000_000  # between the entities of two kinds


def place_counts(district: District, residents: int) -> list[int]:
    """How many places of each kind a district of this size has: at least one of every kind that there is."""
    return [
        max(1, round(kind.per_thousand * residents / 1000.0)) if kind.per_thousand > 0 else 0
        for kind in district.place_kinds
    ]


def fill_kinds(district: District, rates: np.ndarray, residents: int, table: np.ndarray | None = None) -> np.ndarray:
    """PLACE_KIND records; a given table is updated. rates: expected problems a day by sub-type."""
    rows = np.zeros(len(district.place_kinds), PLACE_KIND) if table is None else table
    first = 0
    for row, kind, count in zip(rows, district.place_kinds, place_counts(district, residents), strict=True):
        own = [one for one in district.subtypes if one.place == kind.id]
        expected = sum(float(rates[district.subtype_index(one.id)]) for one in own)
        row.slack, row.inspections, row.cost = kind.slack, kind.inspections, kind.cost
        row.licensed, row.mobile = kind.licensed, kind.mobile
        row.first, row.count, row.expected = first, count, expected / max(1, count)
        row.unit = inspecting_unit(district, own)
        first += count
    return rows


def inspecting_unit(district: District, subtypes: list[Any]) -> int:
    """The unit that inspects such places: the one with most duties for what they cause, weighted by rates; −1 where
    only the subdistricts have any."""
    duties: dict[str, float] = {}
    for one in subtypes:
        for name, share in one.shares.items():
            duties[name] = duties.get(name, 0.0) + one.rate * share
    duties.pop("subdistrict", None)
    return district.unit_index(max(duties, key=lambda name: duties[name])) if duties else -1


def make_places(c: np.record, key: np.uint64, kinds: np.ndarray, grids: np.ndarray) -> np.ndarray:
    """PLACE records, kind by kind, each kind in the order of the grids. c: the settings."""
    places = np.zeros(int(kinds["count"].sum()), PLACE)
    settle_places(c, key, kinds, grids, places)
    for kind in kinds:
        own = places[int(kind["first"]) : int(kind["first"] + kind["count"])]
        own[:] = own[np.argsort(own["grid"], kind="stable")]
        if len(own):
            own["weight"] /= own["weight"].mean()
            own["reach"] = np.cumsum(own["weight"]) / own["weight"].sum()
    return places


@compiled
def settle_places(c: np.record, key: np.uint64, kinds: np.ndarray, grids: np.ndarray, places: np.ndarray) -> None:
    """Draw where each place is, how large, what complying costs it, and whether it has its licence. Places lie where
    people live; sizes and costs are log-normal."""
    people = grids[grids.shape[0] - 1].start + grids[grids.shape[0] - 1].people
    for number in range(kinds.shape[0]):
        kind = kinds[number]
        for i in range(kind.count):
            place, entity = places[kind.first + i], np.uint64(number * ROOM_FOR_KINDS + i)
            place.kind = number
            place.grid = grid_of(grids, int(uniform(key, Purpose.PLACE_GRID, entity, 0) * people))
            place.community = grids[place.grid].community
            place.weight = math.exp(c.place_size_log_sd * normal(key, Purpose.PLACE_SIZE, entity, 0))
            place.cost = kind.cost * math.exp(c.place_cost_log_sd * normal(key, Purpose.PLACE_COST, entity, 0))
            place.licensed = 1 if uniform(key, Purpose.PLACE_LICENCE, entity, 0) < kind.licensed else 0
            place.belief, place.slack = c.place_belief_rest, kind.slack
            place.will = max(kind.slack, wanted_slack(c, place.cost, place.belief))
            place.tidied = 1.0 - place.slack / place.will
            place.next_inspection = wait_for_inspection(c, kind, key, entity, 0)


@compiled
def wait_for_inspection(c: np.record, kind: np.record, key: np.uint64, entity: np.uint64, number: int) -> float:
    """Days until a place is inspected as a matter of routine; a million where such places never are."""
    if kind.inspections <= 0.0:
        return 1e6
    return float(365.0 / kind.inspections * exponential(key, Purpose.NEXT_INSPECTION, entity, number))


@compiled
def grid_of(grids: np.ndarray, resident: int) -> int:
    """The grid in which a resident lives: grids are in the order of their residents."""
    low, high = 0, grids.shape[0] - 1
    while low < high:
        middle = (low + high + 1) // 2
        if grids[middle].start <= resident:
            low = middle
        else:
            high = middle - 1
    return low
