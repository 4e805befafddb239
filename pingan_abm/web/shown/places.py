"""What the map can show: one number a community, and where its tile lies on the schematic map."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.patterns.service_requests import HUNDREDTH
from pingan_abm.world.problems import LATENT, REGISTERED, SOLVED

if TYPE_CHECKING:
    from pingan_abm.district.district import District
    from pingan_abm.model import PinganModel


@dataclass(frozen=True)
class PlaceIndicator:
    """One way to colour the map. values: float64 [communities]; low, high: fixed ends of the scale, None: 0 and what is
    reached."""

    values: Callable[["PinganModel"], np.ndarray]
    en: str
    zh: str
    note_en: str
    note_zh: str
    percent: bool = False
    digits: int = 0
    low: float | None = None
    high: float | None = None


def counted(model: "PinganModel", chosen: np.ndarray) -> np.ndarray:
    """How many of the chosen problems lie in each community."""
    rows = model.world.used("problems")
    counts: np.ndarray = np.bincount(rows["community"][chosen], minlength=len(model.world.communities)).astype(float)
    return counts


def per_thousand(model: "PinganModel", counts: np.ndarray) -> np.ndarray:
    """Counts per 1,000 residents of the community."""
    rates: np.ndarray = 1000.0 * counts / model.world.communities["people"]
    return rates


def trust(model: "PinganModel") -> np.ndarray:
    """Mean trust, refreshed weekly."""
    return model.world.communities["trust"].copy()


def unsolved(model: "PinganModel") -> np.ndarray:
    """Problems that are there today, known or not, per 1,000 residents."""
    state = model.world.used("problems")["state"]
    return per_thousand(model, counted(model, (state == LATENT) | (state == REGISTERED)))


def hidden(model: "PinganModel") -> np.ndarray:
    """Problems nobody has registered, per 1,000 residents."""
    return per_thousand(model, counted(model, model.world.used("problems")["state"] == LATENT))


def solved_share(model: "PinganModel") -> np.ndarray:
    """Share of the problems that arose on day 0 or later and are registered that has been really solved."""
    rows = model.world.used("problems")
    registered = ~np.isnan(rows["registered"]) & (rows["onset"] >= 0.0)
    known = counted(model, registered)
    solved = counted(model, (rows["state"] == SOLVED) & registered)
    return np.where(known > 0, solved / np.maximum(1.0, known), np.nan)


def paper(model: "PinganModel") -> np.ndarray:
    """Closures on paper only, from day 0 on, per 1,000 residents."""
    closures, rows = model.world.used("closures"), model.world.used("problems")
    places = rows["community"][closures["problem"][(closures["paper"] > 0) & (closures["time"] >= 0.0)]]
    return per_thousand(model, np.bincount(places, minlength=len(model.world.communities)).astype(float))


def reports(model: "PinganModel") -> np.ndarray:
    """Residents' reports so far, per 1,000 residents."""
    return per_thousand(model, model.world.communities["reports"])


def pressure(model: "PinganModel") -> np.ndarray:
    """Pressure of the appraisal on the community, 0–1."""
    return model.world.communities["pressure"].copy()


def busiest(model: "PinganModel") -> np.ndarray:
    """Problems since day 0 that the busiest hundredth of the places caused, by the community where they are."""
    rows = model.world.places
    most = np.argsort(-rows["problems"], kind="stable")[: math.ceil(HUNDREDTH * int((rows["problems"] > 0).sum()))]
    weights = rows["problems"][most].astype(float)
    counts: np.ndarray = np.bincount(rows["community"][most], weights, len(model.world.communities))
    return counts


PLACE_INDICATORS: dict[str, PlaceIndicator] = {
    "trust": PlaceIndicator(
        trust, "Trust", "信任度", "dark: more trust", "颜色越深，信任度越高", digits=2, low=0.2, high=0.8
    ),
    "unsolved": PlaceIndicator(
        unsolved,
        "Problems there today",
        "现存问题",
        "per 1,000 residents, known or not",
        "每千人，无论是否登记",
        digits=1,
    ),
    "hidden": PlaceIndicator(
        hidden,
        "Hidden problems",
        "未登记问题",
        "per 1,000 residents, registered by nobody",
        "每千人，尚无人登记",
        digits=1,
    ),
    "solved_share": PlaceIndicator(
        solved_share,
        "Really solved",
        "实际解决",
        "of the problems registered so far",
        "占已登记问题的比例",
        percent=True,
        low=0.0,
        high=1.0,
    ),
    "paper": PlaceIndicator(
        paper, "Closed only on paper", "纸面办结", "per 1,000 residents, so far", "每千人，累计", digits=1
    ),
    "reports": PlaceIndicator(reports, "Reports", "居民反映", "per 1,000 residents, so far", "每千人，累计", digits=0),
    "busiest": PlaceIndicator(
        busiest,
        "Busiest places",
        "问题最集中的场所",
        "problems so far that the busiest hundredth of places caused",
        "最集中的百分之一场所引发的问题，累计",
        digits=0,
    ),
    "pressure": PlaceIndicator(
        pressure,
        "Pressure of appraisal",
        "考核压力",
        "0–1, on officers and community",
        "0–1，作用于网格员和社区",
        digits=2,
        low=0.0,
        high=1.0,
    ),
}


def scale_of(one: PlaceIndicator, values: np.ndarray) -> tuple[float, float]:
    """Ends of the colour scale; where they are not fixed, 0 and the next round number above the largest value."""
    if one.low is not None and one.high is not None:
        return one.low, one.high
    known = values[~np.isnan(values)]
    most = float(known.max()) if len(known) else 0.0
    steps = [base * 10.0**power for power in range(-1, 6) for base in (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)]
    return 0.0, next((step for step in steps if step >= most), steps[-1])


# Schematic, not to scale: the lake lies to the west, the river to the south-east. (column, row, tiles a row)
BLOCKS = {
    "hubin": (0, 0, 3),
    "qingbo": (0, 4, 3),
    "xiaoying": (3, 0, 4),
    "ziyang": (3, 4, 4),
    "wangjiang": (7, 0, 4),
    "nanxing": (7, 4, 4),
}
NARROWEST = 3  # tiles a row, so that a subdistrict's name has room
LEGEND = 11  # tiles' width that the legend needs
HEAD = 0.5  # tiles' height for the name of a subdistrict


def block_places(sizes: dict[str, int]) -> dict[str, tuple[float, float, int]]:
    """Column, row and tiles a row of every subdistrict: as drawn by hand where all are known, else in rows of about
    equal blocks, each nearly square. sizes: communities of each subdistrict."""
    if sizes.keys() <= BLOCKS.keys():
        return {name: BLOCKS[name] for name in sizes}
    widths = {name: max(NARROWEST, math.ceil(math.sqrt(size))) for name, size in sizes.items()}
    across = max(max(widths.values()), math.ceil(math.sqrt(2.0 * sum(width**2 for width in widths.values()))))
    places: dict[str, tuple[float, float, int]] = {}
    column, row, tallest = 0, 0.0, 0.0
    for name, width in widths.items():
        if column + width > across:
            column, row, tallest = 0, row + tallest, 0.0
        places[name] = column, row, width
        column, tallest = column + width, max(tallest, HEAD + math.ceil(sizes[name] / width))
    return places


def map_layout(district: "District") -> dict[str, Any]:
    """Where subdistricts and communities lie, in tiles."""
    blocks: list[dict[str, Any]] = []
    tiles: list[dict[str, Any]] = []
    members = {
        home.id: [place for place in district.communities if place.subdistrict == home.id]
        for home in district.subdistricts
    }
    places = block_places({name.removeprefix("sub_"): len(inside) for name, inside in members.items()})
    for home in district.subdistricts:
        column, row, width = places[home.id.removeprefix("sub_")]
        inside = members[home.id]
        height = -(-len(inside) // width)
        blocks.append(
            {
                "x": column,
                "y": row,
                "w": width,
                "h": height + HEAD,
                "en": home.en.replace(" Subdistrict", ""),
                "zh": home.zh,
            }
        )
        for i, place in enumerate(inside):
            tiles.append(
                {"x": column + i % width, "y": row + HEAD + i // width, "id": place.id, "en": place.en, "zh": place.zh}
            )
    aside = max(0.0, LEGEND - max(block["x"] + block["w"] for block in blocks)) / 2
    for one in (*blocks, *tiles):
        one["x"] += aside
    order = {place.id: i for i, place in enumerate(district.communities)}
    tiles.sort(key=lambda tile: order[tile["id"]])
    return {
        "blocks": blocks,
        "tiles": tiles,
        "width": max(b["x"] + b["w"] for b in blocks) + aside,
        "height": max(b["y"] + b["h"] for b in blocks),
    }
