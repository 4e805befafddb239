"""Where problems go: channel → society or centre → units → really solved, closed and never solved, open, or faded
without a closure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.world.cases import CLOSED
from pingan_abm.world.problems import LAPSED, SOLVED
from pingan_abm.world.tables import CHANNELS

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

PATROL = CHANNELS  # found by an officer on patrol: beside the six channels
SOCIETY, DESK = 0, 1  # who had it first, or took it up after society could not settle it
TIER_1, TIER_2, TIER_3, SUBDISTRICTS, UNSENT = range(5)
REALLY, ON_PAPER, OPEN, FADED = range(4)
SOURCES, DESKS, UNITS, ENDS = CHANNELS + 1, 2, 5, 4
FIRST_DESK, FIRST_UNIT, FIRST_END = SOURCES, SOURCES + DESKS, SOURCES + DESKS + UNITS


@dataclass(frozen=True)
class Flows:
    """Links between nodes (sources, desks, units, ends, in that order): arrays of the same length."""

    source: np.ndarray
    target: np.ndarray
    value: np.ndarray


def possible_links() -> tuple[np.ndarray, np.ndarray]:
    """Every link that may carry something, in a fixed order, so that a figure keeps its shape."""
    pairs = [(s, FIRST_DESK + d) for s in range(SOURCES) for d in range(DESKS)]
    pairs += [(FIRST_DESK + DESK, FIRST_UNIT + u) for u in range(UNITS)]
    pairs += [(FIRST_DESK + SOCIETY, FIRST_END + e) for e in (REALLY, OPEN, FADED)]
    pairs += [(FIRST_UNIT + u, FIRST_END + e) for u in range(UNITS) for e in range(ENDS)]
    table = np.array(pairs)
    return table[:, 0], table[:, 1]


def flows(model: "PinganModel") -> Flows:
    """What has flowed so far, in problems that arose on day 0 or later. A problem is counted once, by its first file
    and the unit that has the lead now."""
    w = model.world
    rows, cases = w.used("problems"), w.used("cases")
    rows = rows[~np.isnan(rows["registered"]) & (rows["onset"] >= 0.0)]
    origin = np.where(rows["by_patrol"] == 1, PATROL, np.clip(rows["source"], 0, CHANNELS - 1))
    filed = rows["file"] >= 0
    desk = np.where(filed, DESK, SOCIETY)
    lead = np.full(len(rows), -1)
    closed = np.zeros(len(rows), bool)
    if len(cases):
        lead[filed] = cases["lead"][rows["file"][filed]]
        closed[filed] = cases["state"][rows["file"][filed]] == CLOSED
    units = w.units
    kind = np.where(units["subdistrict"] == 1, SUBDISTRICTS, np.clip(units["tier"], 1, 3) - 1)
    unit = np.where(lead >= 0, kind[np.maximum(lead, 0)], UNSENT)
    end = np.full(len(rows), OPEN)
    end[rows["state"] == LAPSED] = FADED
    end[closed] = ON_PAPER  # whatever became of the problem later: what faded after a closure was never solved
    end[rows["state"] == SOLVED] = REALLY
    nodes = SOURCES + DESKS + UNITS + ENDS
    matrix = np.zeros((nodes, nodes))
    np.add.at(matrix, (origin, FIRST_DESK + desk), 1)
    np.add.at(matrix, (FIRST_DESK + desk[filed], FIRST_UNIT + unit[filed]), 1)
    np.add.at(matrix, (FIRST_DESK + desk[~filed], FIRST_END + end[~filed]), 1)
    np.add.at(matrix, (FIRST_UNIT + unit[filed], FIRST_END + end[filed]), 1)
    source, target = possible_links()
    return Flows(source, target, matrix[source, target])


def closed_never_solved(model: "PinganModel") -> int:
    """Files that are closed while their problem was never solved: the orange end."""
    moved = flows(model)
    return int(moved.value[moved.target == FIRST_END + ON_PAPER].sum())


def node_names(model: "PinganModel", language: str) -> list[str]:
    """Names of the nodes, in their order."""
    offices = [unit for unit in model.district.units if unit.subdistrict]
    office = getattr(offices[0], language) if len(offices) == 1 else ""
    tiers = [model.district.about.tier(number, language) for number in (1, 2, 3)]
    names = [getattr(channel, language) for channel in model.district.channels[:CHANNELS]]
    centre = model.parameters.command_centre
    if language == "zh":
        desks = ["社会就地化解", "联动指挥中心" if centre else "各渠道窗口"]
        rest = [
            *tiers,
            office or "街道",
            "尚未交办",
            "实际解决",
            "已办结、从未解决",
            "未办结",
            "未办结即自行消失",
        ]
        return [*names, "巡查发现", *desks, *rest]
    desks = ["Society, on the spot", "Command centre" if centre else "Channels' own desks"]
    rest = [
        *tiers,
        office or "Subdistricts",
        "Not yet sent",
        "Really solved",
        "Closed, never solved",
        "Still open",
        "Faded, not closed",
    ]
    return [*names, "Officers' patrol", *desks, *rest]
