"""From service requests to what a district's tables say: types, duties, deadlines, places, rhythm.

What the requests do not say (how much work a case is, how many problems nobody reports) is left to the defaults and to
inference; `Taken.notes` says which is which.
"""

import calendar
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from pingan_abm.district.keys import MOST_COMMUNITIES, MOST_SUBTYPES, MOST_UNITS
from pingan_abm.founding.request_columns import RequestColumns
from pingan_abm.texts.errors import Sentence, sentence

YEAR, THOUSAND, WEEK = 365.0, 1000.0, 7
#: Requests a person and year where nobody says how many people live there: New York 311, 2015. Assumed.
VOLUME = 0.22
LEAST_SHARE = 0.03  # of a category, from which an agency counts as one that may own it
LEAST_PLACE = 20  # requests of a place that becomes a community of its own
FEWEST_DAYS = 300  # of records that say something about seasons
BURST, SPIKE, FEWEST_BURST = 3.0, 2.0, 30  # sd of a burst of all requests; factor and requests of a type in one
HUNDREDTH = 0.01  # of the premises, whose share of the requests is told
UNCLEAR = 2  # agencies from which duties are unclear


@dataclass
class Taken:
    """What the tables are to say. subtypes: of the type that holds what is seldom; rhythm: parameters; seasons, shocks:
    of the calendar; notes: sentences under "taken", "assumed" and "unknown"."""

    residents: int
    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    issues: dict[str, dict[str, Any]] = field(default_factory=dict)
    subtypes: dict[str, dict[str, Any]] = field(default_factory=dict)
    subdistricts: dict[str, dict[str, Any]] = field(default_factory=dict)
    communities: dict[str, dict[str, Any]] = field(default_factory=dict)
    shocks: dict[str, dict[str, Any]] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)
    seasons: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # the issue type of each category
    notes: dict[str, list[Sentence]] = field(default_factory=lambda: {"taken": [], "assumed": [], "unknown": []})

    def note(self, kind: str, what: Sentence) -> None:
        """Note what was taken, assumed or is unknown."""
        self.notes[kind].append(what)

    def requests_by_type(self, r: RequestColumns) -> dict[str, float]:
        """Requests a year of each type."""
        counts = np.bincount(r.codes["category"], minlength=len(self.kinds))
        found = dict.fromkeys(self.issues, 0.0)
        for kind, count in zip(self.kinds, counts, strict=True):
            found[kind] += float(count) / max(r.days, 1) * YEAR
        return found


def identifier(name: str, taken: Sequence[str], prefix: str) -> str:
    """An identifier for a name: its letters and digits, or a number where it has none that a file can hold bare."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    made = made if len(made) > 1 else f"{prefix}_{len(taken) + 1:03d}"
    found, number = made, 2
    while found in taken:
        found, number = f"{made}_{number}", number + 1
    return found


def take(r: RequestColumns, residents: int | None, most_types: int) -> Taken:
    """All that requests say."""
    volume = len(r.opened) / max(r.days, 1) * YEAR
    t = Taken(residents if residents is not None else max(1000, round(volume / VOLUME)))
    last = date.fromordinal(r.first) + timedelta(days=r.days - 1)
    t.note(
        "taken",
        sentence(
            "{count} requests from {first} to {last}, {volume} a year",
            count=f"{len(r.opened):,}",
            first=date.fromordinal(r.first),
            last=last,
            volume=f"{volume:,.0f}",
        ),
    )
    if residents is None:
        t.note(
            "assumed",
            sentence(
                "{residents} residents, from {volume} requests a person and year; say it better with --residents",
                residents=f"{t.residents:,}",
                volume=VOLUME,
            ),
        )
    if r.odd:
        t.note("taken", sentence("{count} times before the opening were left out", count=r.odd))
    take_units(t, r)
    take_types(t, r, most_types)
    take_places(t, r)
    take_premises(t, r)
    take_rhythm(t, r)
    for name in ("closed", "due", "agency", "place", "channel", "status", "duplicate"):
        if name not in r.columns:
            t.note("unknown", sentence("{name}: the file has no such column", name=name))
    t.note(
        "unknown", sentence("how much work a request is: the same for all types, until inference or you say otherwise")
    )
    t.note("unknown", sentence("problems that nobody reports, and whether what was closed was solved"))
    if "channel" in r.columns:
        t.note(
            "unknown",
            sentence("channels: {names}; which of the model's six each is, no file says", names=listing(r, "channel")),
        )
    return t


def listing(r: RequestColumns, name: str) -> str:
    """The commonest names of a field with their shares."""
    counts = np.bincount(r.codes[name][r.codes[name] >= 0], minlength=len(r.names[name]))
    order = np.argsort(-counts, kind="stable")[:8]
    return ", ".join(f"{r.names[name][i]} {counts[i] / max(1, counts.sum()):.0%}" for i in order)


def take_units(t: Taken, r: RequestColumns) -> None:
    """Agencies as units, and one office of a subdistrict for what lies with the place."""
    agencies, room = r.codes["agency"], MOST_UNITS - 2
    counts = np.bincount(agencies[agencies >= 0], minlength=len(r.names["agency"]))
    order = np.argsort(-counts, kind="stable")
    for place in order[:room]:
        t.units[identifier(r.names["agency"][place], list(t.units), "agency")] = names(r.names["agency"][place])
    if len(order) > room:
        t.units[identifier("other agencies", list(t.units), "agency")] = names("Other agencies", "其他单位")
    if not t.units:
        t.units["agency"] = names("All agencies", "全部单位")
        t.note("assumed", sentence("one unit for all requests, since the file names no agencies"))
    else:
        t.note("taken", sentence("{count} agencies as units", count=len(t.units)))
    t.units["local_office"] = {**names("Local office", "属地街道办"), "subdistrict": True}
    t.subdistricts["all"] = {**names("The whole district", "全区"), "unit": "local_office"}
    t.note("assumed", sentence("one subdistrict, whose office stands in where nobody takes a case"))


def unit_of(t: Taken, r: RequestColumns) -> np.ndarray:
    """The number of the unit of each agency code, int64 [agencies]."""
    agencies = r.codes["agency"]
    counts = np.bincount(agencies[agencies >= 0], minlength=len(r.names["agency"]))
    found = np.empty(len(counts), np.int64)
    found[np.argsort(-counts, kind="stable")] = np.minimum(np.arange(len(counts)), len(t.units) - 2)
    return found


def take_types(t: Taken, r: RequestColumns, most: int) -> None:
    """The commonest categories as types; what is seldom is one type, with a sub-type for each."""
    category = r.codes["category"]
    counts = np.bincount(category, minlength=len(r.names["category"]))
    order = np.argsort(-counts, kind="stable")
    own = order if len(order) <= most else order[: most - 1]
    rest = order[len(own) :]
    t.kinds = [""] * len(counts)
    per_person = THOUSAND / t.residents / max(r.days, 1) * YEAR
    units = list(t.units)
    owners = unit_of(t, r)
    unclear = 0
    for place in own:
        name = r.names["category"][place]
        key = identifier(name, list(t.issues), "type")
        t.kinds[place] = key
        t.issues[key] = {**names(name), **described(t, r, category == place, owners, units)}
        t.issues[key]["rate"] = counts[place] * per_person
        unclear += len(t.issues[key]["shares"]) >= UNCLEAR
    if len(rest):
        inside = np.isin(category, rest)
        t.issues["other"] = {**names("Other requests", "其他诉求"), **described(t, r, inside, owners, units)}
        t.issues["other"]["rate"] = inside.sum() * per_person
        kept = rest[: MOST_SUBTYPES - len(own) - 1]
        total = counts[rest].sum()
        for place in rest:
            t.kinds[place] = "other"
        for number, place in enumerate(kept):
            share = counts[place] if number + 1 < len(kept) else counts[rest[number:]].sum()
            name = r.names["category"][place]
            key = identifier(name, [*t.issues, *t.subtypes], "kind")
            t.subtypes[key] = {**names(name), "type": "other", "share": share / total}
    t.note(
        "taken",
        sentence(
            "{count} categories: {types} types, {kinds} sub-types of the rest",
            count=len(order),
            types=len(t.issues),
            kinds=len(t.subtypes),
        ),
    )
    t.note("taken", sentence("duties from who answered what; {count} types have several owners", count=unclear))


def described(t: Taken, r: RequestColumns, inside: np.ndarray, owners: np.ndarray, units: list[str]) -> dict[str, Any]:
    """Deadline and owners of the requests inside."""
    allowed = (r.due - r.opened)[inside]
    allowed = allowed[~np.isnan(allowed)]
    entry: dict[str, Any] = {"mechanism": "linked_work"}
    if len(allowed):
        entry["target_days"] = float(min(365.0, max(0.5, np.median(allowed))))
    agencies = r.codes["agency"][inside]
    counts = np.bincount(owners[agencies[agencies >= 0]], minlength=len(units)) if len(owners) else np.zeros(len(units))
    shares = counts / counts.sum() if counts.sum() else np.eye(len(units))[0]
    shares = np.where(shares >= LEAST_SHARE, shares, 0.0)
    shares = np.round(shares / shares.sum(), 4)
    entry["shares"] = {units[i]: float(share) for i, share in enumerate(shares) if share > 0}
    return entry


def take_places(t: Taken, r: RequestColumns) -> None:
    """Places as communities, in proportion to their requests."""
    codes = r.codes["place"]
    counts = np.bincount(codes[codes >= 0], minlength=len(r.names["place"]))
    order = [i for i in np.argsort(-counts, kind="stable") if counts[i] >= LEAST_PLACE]
    order = order[: min(MOST_COMMUNITIES, t.residents // 10)]
    if not order:
        number = max(1, min(MOST_COMMUNITIES, round(t.residents / 6_400)))
        for one in range(number):
            entry = {**names(f"Community {one + 1}", f"第{one + 1}社区"), "subdistrict": "all", "population": 1.0}
            t.communities[f"community_{one + 1:03d}"] = entry
        t.note("assumed", sentence("{count} communities of equal size", count=number))
        return
    for place in order:
        name = r.names["place"][place]
        key = identifier(name, list(t.communities), "place")
        t.communities[key] = {**names(name), "subdistrict": "all", "population": float(counts[place])}
    sizes = np.sort(counts[order])[::-1]
    t.note(
        "taken",
        sentence(
            "{count} places as communities; the largest tenth have {share} of the requests",
            count=len(order),
            share=f"{sizes[: math.ceil(len(sizes) / 10)].sum() / sizes.sum():.0%}",
        ),
    )
    t.note("assumed", sentence("residents of a place in proportion to its requests"))


def take_premises(t: Taken, r: RequestColumns) -> None:
    """How few shops, estates and sites make how many requests; the tables say nothing of them."""
    counts = np.bincount(r.codes["premises"][r.codes["premises"] >= 0], minlength=len(r.names["premises"]))
    if not len(counts):
        return
    busiest = np.sort(counts)[::-1][: math.ceil(len(counts) * HUNDREDTH)].sum() / counts.sum()
    t.note(
        "taken",
        sentence(
            "{count} named premises; the busiest hundredth have {share} of the requests that name one. `pingan "
            "validate` sets this beside the model, which has no kinds of places until you write them into places.toml",
            count=f"{len(counts):,}",
            share=f"{busiest:.0%}",
        ),
    )


def names(en: str, zh: str = "") -> dict[str, Any]:
    """Names in both languages; that of the file in both."""
    return {"en": en, "zh": zh or en}


# -- rhythm ------------------------------------------------------------------------------------------------------------


def take_rhythm(t: Taken, r: RequestColumns) -> None:
    """Weekends, seasons, bursts and the slow swing, from the daily counts."""
    daily = np.bincount(r.opened.astype(np.int64), minlength=r.days).astype(float)
    dates = [date.fromordinal(r.first) + timedelta(days=day) for day in range(len(daily))]
    weekend = np.array([when.weekday() >= WEEK - 2 for when in dates])
    if weekend.any() and not weekend.all() and daily[~weekend].mean() > 0:
        ratio = float(daily[weekend].mean() / daily[~weekend].mean())
        weekday = WEEK / (WEEK - 2 + 2 * ratio)
        t.parameters |= {"weekday_arrivals": weekday, "weekend_arrivals": weekday * ratio}
        t.note("taken", sentence("a weekend day has {ratio} of the requests of a working day", ratio=f"{ratio:.2f}"))
    months = np.array([when.month - 1 for when in dates])
    expected = np.where(weekend, daily[weekend].mean() if weekend.any() else 0.0, daily[~weekend].mean())
    if len(daily) >= FEWEST_DAYS:
        seen, usual = (
            np.bincount(months, weights=daily, minlength=12),
            np.bincount(months, weights=expected, minlength=12),
        )
        t.seasons = [float(f"{one:.3f}") for one in np.where(usual > 0, seen / np.maximum(usual, 1e-9), 1.0)]
        expected = expected * np.array(t.seasons)[months]
        t.note(
            "taken",
            sentence(
                "seasons from {low} to {high} of the usual month",
                low=f"{min(t.seasons):.2f}",
                high=f"{max(t.seasons):.2f}",
            ),
        )
    else:
        t.note("unknown", sentence("seasons: the records cover {days} days", days=len(daily)))
    burst = take_bursts(t, r, daily, expected, dates)
    calm = ~burst & (expected > 0)
    spread = float(((daily - expected)[calm] ** 2).mean() - expected[calm].mean()) if calm.any() else 0.0
    swing = math.sqrt(max(0.0, spread)) / max(1e-9, float(expected[calm].mean())) if calm.any() else 0.0
    t.parameters["arrivals_swing"] = min(0.5, swing)
    t.note("taken", sentence("beyond weeks, seasons and bursts, daily counts swing by {swing}", swing=f"{swing:.0%}"))


def take_bursts(t: Taken, r: RequestColumns, daily: np.ndarray, expected: np.ndarray, dates: list[date]) -> np.ndarray:
    """Days on which far more came than usual, as a shared cause that begins by chance; which days, bool [days]."""
    spread = np.sqrt(np.maximum(expected, 1.0)) + 0.1 * expected
    burst = (daily - expected) / spread > BURST
    if not burst.any():
        t.note("taken", sentence("no bursts"))
        return np.asarray(burst)
    inside = burst[r.opened.astype(np.int64)]
    share = expected[burst].sum() / max(1e-9, expected.sum())
    factors = {}
    for key in t.issues:
        own = np.array([kind == key for kind in t.kinds])[r.codes["category"]]
        usual = (own & ~inside).sum() * share / max(1e-9, 1.0 - share)
        factor = (own & inside).sum() / usual if usual > 0 else 1.0
        if (own & inside).sum() >= FEWEST_BURST and factor >= SPIKE:
            factors[key] = float(f"{min(1000.0, factor):.2f}")
    begins = burst & ~np.concatenate(([False], burst[:-1]))
    years = np.zeros(12)
    spells = np.zeros(12)
    for when, begun in zip(dates, begins, strict=True):
        years[when.month - 1] += 1 / calendar.monthrange(when.year, when.month)[1]
        spells[when.month - 1] += begun
    days = max(1, round(burst.sum() / max(1, begins.sum())))
    if factors:
        t.shocks["burst"] = {
            **names("Burst", "突发"),
            "spells": [float(f"{one:.2f}") for one in np.where(years > 0, spells / np.maximum(years, 1e-9), 0.0)],
            "days": int(days),
            "factors": factors,
        }
    t.note(
        "taken",
        sentence(
            "{count} bursts of {days} days, in which {types} types come far more often",
            count=int(begins.sum()),
            days=days,
            types=len(factors),
        ),
    )
    return np.asarray(burst)
