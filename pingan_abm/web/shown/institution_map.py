"""Where the institutions stand in their figure, and what is shown of each: queue, grade, ties."""

from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.actors.appraisal import GRADES
from pingan_abm.actors.institutions import named_actors
from pingan_abm.world.relations import between_units

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

WIDTH, HEIGHT = 900, 500  # what the figure has on a projector, so that its texts are as large as they say
TOP, CENTRE, ORGANISATIONS = 20.0, 74.0, 462.0
FIRST_BAND, LAST_BAND = 134.0, 342.0  # heights of the first tier and the last
LEFT = 56.0
STAGGER = 38.0  # between neighbours of a tier, so that names do not touch
ROW = 60  # organisations in a row
LONGEST_SHORT = 13  # letters of a name under a node
ASIDE = 170.0  # from the centre to an actor beside it
#: Names short enough to stand under a node.
SHORT = {
    "linkage_110": ("110 Centre", "110联动"),
    "admin_enforcement": ("Enforcement", "行政执法"),
    "public_security": ("Police", "公安"),
    "industry_commerce": ("Commerce", "工商"),
    "stability": ("Stability", "维稳办"),
    "emergency": ("Emergency", "应急办"),
    "civil_affairs": ("Civil affairs", "民政"),
    "construction": ("Construction", "建设"),
    "environment": ("Environment", "环保"),
    "food_drug": ("Food, drug", "食药监"),
    "work_safety": ("Work safety", "安监"),
    "fire": ("Fire", "消防"),
    "traffic_police": ("Traffic", "交警"),
    "health": ("Health", "卫生"),
    "publicity": ("Publicity", "宣传部"),
    "petitions": ("Petitions", "信访"),
    "justice": ("Justice", "司法"),
    "urban_management": ("Urban mgmt", "城管办"),
    "education": ("Education", "教育"),
    "human_resources": ("Labour", "人社"),
    "housing": ("Housing", "房管"),
    "land": ("Land", "国土"),
    "culture": ("Culture", "文广"),
    "quality_supervision": ("Quality", "质监"),
    "disabled_persons": ("Disabled", "残联"),
    "women": ("Women", "妇联"),
    "youth_league": ("Youth", "团委"),
}


def short_name(unit: Any) -> tuple[str, str]:
    """A unit's short names in both languages."""
    if unit.subdistrict:
        return unit.en.replace(" Subdistrict", ""), unit.zh.replace("街道", "")
    return SHORT.get(unit.id, (shortened(unit.en, LONGEST_SHORT), shortened(unit.zh, LONGEST_SHORT)))


def shortened(name: str, most: int) -> str:
    """A name with so many letters at most, a Chinese one counting double; what is cut says so."""
    wide = [2 if ord(letter) > 0x2E7F else 1 for letter in name]
    if sum(wide) <= most:
        return name
    kept = 0
    while kept < len(name) and sum(wide[: kept + 1]) < most:
        kept += 1
    return name[:kept].rstrip() + "…"


def band_heights(tiers: set[int]) -> dict[int, float]:
    """The height of each tier that has units, evenly spread; a single one in the middle."""
    present = sorted(tiers)
    if len(present) == 1:
        return {present[0]: (FIRST_BAND + LAST_BAND) / 2}
    step = (LAST_BAND - FIRST_BAND) / max(1, len(present) - 1)
    return {tier: FIRST_BAND + step * number for number, tier in enumerate(present)}


def network_layout(model: "PinganModel") -> dict[str, Any]:
    """Nodes with places, ties by node numbers, names of the bands."""
    units = model.district.units
    nodes = [
        _node(
            "leadership", "leadership", WIDTH / 2, TOP, "District leadership", "区领导", short=("Leadership", "区领导")
        )
    ]
    nodes.append(
        _node(
            "centre",
            "centre",
            WIDTH / 2,
            CENTRE,
            "Command centre",
            "联动指挥中心",
            short=("Command centre", "指挥中心"),
        )
    )
    first = len(nodes)
    bands_here = band_heights({unit.tier for unit in units})
    for tier, height in bands_here.items():
        members = [unit for unit in units if unit.tier == tier]
        for i, unit in enumerate(members):
            x = LEFT + (WIDTH - LEFT) * (i + 0.5) / max(1, len(members))
            kind = "subdistrict" if unit.subdistrict else "department"
            nodes.append(_node(unit.id, kind, x, height + (i % 2) * STAGGER, unit.en, unit.zh, short=short_name(unit)))
    place = {node["id"]: number for number, node in enumerate(nodes)}
    order = [place[unit.id] for unit in units]
    studio = model.district.group_names
    for i, group in enumerate(model.groups):
        nodes.append(_node(f"studio_{group.index + 1}", "group", 22, ORGANISATIONS + 1 + 13 * i, studio.en, studio.zh))
    for i, one in enumerate(model.organisations):
        x, y = LEFT + (WIDTH - LEFT) * (i % ROW + 0.5) / ROW, ORGANISATIONS + 18 * (i // ROW)
        nodes.append(_node(f"organisation_{i + 1:03d}", "organisation", x, y, *one.names))
    for i, (name, actor) in enumerate(named_actors(model)):  # beside the centre, right and left in turn
        x = WIDTH / 2 + ASIDE * (i // 2 + 1) * (-1) ** (i % 2)
        nodes.append(_node(name, "actor", x, CENTRE, *actor.names, short=actor.names))
    count = len(units)
    ties = [[order[a], order[b]] for a in range(count) for b in range(a + 1, count)]
    named = model.district.about.tier
    bands = [
        {
            "y": height + 4,
            "en": named(number, "en"),
            "zh": named(number, "zh"),
        }
        for number, height in bands_here.items()
    ]
    bands.append(
        {
            "y": ORGANISATIONS - 20,
            "en": "Society: grassroots groups and organisations (red: has left the collaboration)",
            "zh": "社会：草根组织与社会组织（红色：已退出协同）",
        }
    )
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "nodes": nodes,
        "ties": ties,
        "bands": bands,
        "first": first,
        "organisations": len(model.organisations),
    }


def _node(
    name: str, kind: str, x: float, y: float, en: str, zh: str, short: tuple[str, str] | None = None
) -> dict[str, Any]:
    node: dict[str, Any] = {"id": name, "kind": kind, "x": round(x, 1), "y": round(y, 1), "en": en, "zh": zh}
    if short:
        node |= {"short_en": short[0], "short_zh": short[1]}
    return node


def network_state(model: "PinganModel", layout: dict[str, Any]) -> bytes:
    """float32: queue (share of the largest income for an organisation), grade (1: has left, for an organisation),
    alive, for each node; then the weight of every tie."""
    w = model.world
    units = {unit.id: number for number, unit in enumerate(model.district.units)}
    largest = max([one.size for one in model.organisations], default=1.0)
    state = np.zeros((len(layout["nodes"]), 3), np.float32)
    for row, node in zip(state, layout["nodes"], strict=True):
        kind, name = node["kind"], node["id"]
        if kind in ("department", "subdistrict"):
            number = units[name]
            grades = model.units[number].grades
            row[:] = w.units["queued"][number], GRADES.index(grades[-1]) if grades else -1, w.units["active"][number]
        elif kind == "organisation":
            one = model.organisations[int(name.rsplit("_", 1)[1]) - 1]
            row[:] = one.income / largest, one.disembedded, one.alive
        elif kind == "centre":
            grades = model.centre.grades
            waiting, on = float(w.tally[0].centre_waiting), model.parameters.command_centre
            row[:] = waiting, GRADES.index(grades[-1]) if grades and on else -1, on
        else:
            row[:] = 0.0, -1, 1.0
    ties = between_units(w)[np.triu_indices(len(units), 1)]
    return np.concatenate([state.ravel(), ties.astype(np.float32)]).tobytes()
