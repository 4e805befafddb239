"""Problems that arise because a scenario injects them, or a file of records holds them."""

import math
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.engine.draws import Purpose, identity
from pingan_abm.scenarios.parts import Scenario
from pingan_abm.world.problems import ARRIVAL, CERTAIN, NOT_INJECTED, SILENT
from pingan_abm.world.tables import CHANNEL_NAMES

if TYPE_CHECKING:
    from pingan_abm.scenarios.records import Incidents


def injected_arrivals(model: DistrictModel, scenario: Scenario, day: int) -> np.ndarray:
    """ARRIVAL rows of the problems that a scenario injects on a day."""
    due = [(number, item) for number, item in enumerate(scenario.problems) if model.timeline.day_of(item.date) == day]
    rows = np.zeros(len(due), ARRIVAL)
    for row, (number, item) in zip(rows, due, strict=True):
        row.identity = identity(model.key, int(Purpose.INJECTED), np.uint64(number), 0)
        row.issue, row.community = (
            model.district.issue_index(item.issue_type),
            model.district.community_index(item.community),
        )
        row.subtype = model.district.subtype_index(item.subtype) if item.subtype else -1
        row.place = CERTAIN
        row.severity = math.nan if item.severity is None else item.severity
        row.fraction, row.min_units = 0.35, item.min_units
        row.channel = SILENT if item.channel is None else CHANNEL_NAMES.index(item.channel)
    return rows


def recorded_arrivals(incidents: "Incidents", day: int, key: np.uint64, seats: np.ndarray | None = None) -> np.ndarray:
    """ARRIVAL rows of the records dated on a day. seats: the place that each record comes from
    (`scenarios/named_places.py`), None if no record names one."""
    chosen = np.flatnonzero(incidents.day == day)
    rows = np.zeros(len(chosen), ARRIVAL)
    rows["issue"], rows["community"] = incidents.issue[chosen], incidents.community[chosen]
    rows["severity"], rows["fraction"] = incidents.severity[chosen], incidents.fraction[chosen]
    rows["subtype"], rows["place"] = incidents.subtype[chosen], CERTAIN if seats is None else seats[chosen]
    rows["min_units"], rows["channel"] = 1, NOT_INJECTED
    rows["identity"] = [recorded_identity(key, number) for number in chosen.tolist()]
    return rows


def recorded_identity(key: np.uint64, number: int) -> int:
    """The identity of the problem that a record becomes, by its number in the file."""
    return int(identity(key, int(Purpose.RECORDED), np.uint64(number), 0))
