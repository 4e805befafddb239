"""The district: its units, issue types, places, and what the paper names. Read from the data files, checked, and frozen.

A scenario may override entries of units and issue types; overrides are checked like the files themselves.
"""

import copy
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from pingan_abm.errors import InputErrors, shortened, suggestion

PLACE = "subdistrict"  # in shares: the subdistrict where the problem lies
FULL_AMBIGUITY = math.log(5)  # entropy of five equal shares
DATA_FILES = ("units", "issues", "communities", "organisations")


@dataclass(frozen=True)
class Named:
    """Anything with an identifier and a name in two languages."""

    id: str
    en: str
    zh: str

    def label(self, language: str) -> str:
        """The name in a language ("en" or "zh…")."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Unit(Named):
    """A linkage unit. staff: staff-days a calendar day at the district's full size; design_*: the work it is meant for (files
    a day, mean staff-days a file, squared coefficient of variation)."""

    tier: int
    kind: str
    staff: float
    design_files_per_day: float
    design_work_mean: float
    design_work_cv2: float
    subdistrict: bool = False
    source: str = "assumed"


@dataclass(frozen=True)
class IssueType(Named):
    """A type of problem. rate: per 1,000 persons and year; work in staff-days; shares: unit (or "subdistrict") to the chance
    that it owns a case under the written duties, adding up to 1."""

    mechanism: str
    rate: float
    enforcement: float
    solvability: float
    work_median: float
    work_log_sd: float
    target_days: float
    recur: float
    severity: float
    joint: float
    affected_mean: float
    shares: Mapping[str, float]
    appears_as: str | None = None
    hotline_110_factor: float = 1.0
    source: str = "assumed"


@dataclass(frozen=True)
class Community(Named):
    """A community, the unit of self-government; population_share is of the district."""

    subdistrict: str
    population_share: float


@dataclass(frozen=True)
class Subdistrict(Named):
    """A subdistrict and its linkage unit; population_share is of the district."""

    unit: str
    population_share: float


@dataclass(frozen=True)
class NamedOrganisation(Named):
    """A social organisation that the paper names. fields: mechanisms; place: a community, a subdistrict or "district"."""

    fields: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class NamedIdea(Named):
    """A golden idea that the paper names, and the issue type it eases."""

    issue: str


@dataclass(frozen=True)
class District(Named):
    """Everything about the district that a run starts from."""

    residents: int
    area_km2: float
    units: tuple[Unit, ...]
    issues: tuple[IssueType, ...]
    communities: tuple[Community, ...]
    subdistricts: tuple[Subdistrict, ...]
    mechanisms: tuple[Named, ...]
    channels: tuple[Named, ...]
    named_organisations: tuple[NamedOrganisation, ...] = field(default=())
    named_ideas: tuple[NamedIdea, ...] = field(default=())

    @cached_property
    def _indices(self) -> dict[str, dict[str, int]]:
        tables = ("units", "issues", "communities", "subdistricts", "mechanisms", "channels")
        return {table: {entry.id: i for i, entry in enumerate(getattr(self, table))} for table in tables}

    def unit_index(self, name: str) -> int:
        """Position of a unit; KeyError if there is none."""
        return self._indices["units"][name]

    def issue_index(self, name: str) -> int:
        """Position of an issue type; KeyError if there is none."""
        return self._indices["issues"][name]

    def community_index(self, name: str) -> int:
        """Position of a community; KeyError if there is none."""
        return self._indices["communities"][name]

    def subdistrict_index(self, name: str) -> int:
        """Position of a subdistrict; KeyError if there is none."""
        return self._indices["subdistricts"][name]

    def mechanism_index(self, name: str) -> int:
        """Position of a mechanism; KeyError if there is none."""
        return self._indices["mechanisms"][name]

    def channel_index(self, name: str) -> int:
        """Position of a channel; KeyError if there is none."""
        return self._indices["channels"][name]

    def entropy(self, issue: str | IssueType) -> float:
        """Ambiguity H of an issue type's duties: entropy of its shares over ln 5. 0 = one owner, 1 = as five equal owners."""
        one = self.issues[self.issue_index(issue)] if isinstance(issue, str) else issue
        return sum(-p * math.log(p) for p in one.shares.values() if p > 0) / FULL_AMBIGUITY


@dataclass(frozen=True)
class _Key:
    """What a key of a data file may hold: a number within bounds, a text, one of some choices, shares, a list."""

    kind: str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    needed: bool = True


_TEXT, _SHARE = _Key("text"), _Key("number")
_NAMES = {"en": _TEXT, "zh": _TEXT, "source": _Key("choice", choices=("paper", "literature", "assumed")),
          "sources": _Key("sources", needed=False)}
UNIT_KEYS = _NAMES | {
    "tier": _Key("whole", 1, 3), "kind": _Key("choice", choices=("line", "block")),
    "staff": _Key("number", 0.1, 100_000),
    "design_files_per_day": _Key("number", 0, 100_000), "design_work_mean": _Key("number", 0, 1000),
    "design_work_cv2": _Key("number", 0, 1000),
}
ISSUE_KEYS = _NAMES | {
    "mechanism": _Key("mechanisms"), "rate": _Key("number", 0, 10_000), "enforcement": _SHARE, "solvability": _SHARE,
    "work_median": _Key("number", 0.01, 1000), "work_log_sd": _Key("number", 0, 3), "target_days": _Key("number", 1, 365),
    "recur": _SHARE, "severity": _SHARE, "joint": _SHARE, "affected_mean": _Key("number", 1, 15),
    "appears_as": _Key("issues", needed=False), "hotline_110_factor": _Key("number", 0, 100, needed=False),
    "shares": _Key("shares"),
}
_PLACES: dict[str, dict[str, _Key]] = {
    "mechanisms": _NAMES, "channels": _NAMES,
    "subdistricts": _NAMES | {"unit": _Key("units")},
    "communities": _NAMES | {"subdistrict": _Key("subdistricts"), "population_weight": _Key("number", 0.000_001, 1e9)},
    "organisations": _NAMES | {"fields": _Key("list of mechanisms"), "place": _TEXT},
    "ideas": _NAMES | {"issue": _Key("issues")},
}
TABLES = {"units": UNIT_KEYS, "issues": ISSUE_KEYS} | _PLACES


def load_district(units: Mapping[str, object] | None = None, issues: Mapping[str, object] | None = None) -> District:
    """The district of the data files, with overrides of entries: `units={"environment": {"staff": 12}}`,
    `issues={"noise": {"lead": "environment"}}` (that unit alone owns it; a lead is written in place of shares).

    Raises InputErrors naming every unknown entry or key, wrong type and value out of bounds at once.
    """
    if not units and not issues:
        return _documented()
    return _district(units or {}, issues or {})


def check_overrides(units: Mapping[str, object], issues: Mapping[str, object]) -> list[str]:
    """One line for each override that cannot be used."""
    try:
        load_district(units, issues)
    except InputErrors as wrong:
        return list(wrong.problems)
    return []


@cache
def _documented() -> District:
    return _district({}, {})


@cache
def _data() -> dict[str, Any]:
    """The four data files as they are written: table of tables. Callers copy before they change anything."""
    folder = files("pingan_abm") / "data"
    units, issues, places, named = (tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in DATA_FILES)
    return {"units": units, **issues, **places, **named}


def _district(units: Mapping[str, object], issues: Mapping[str, object]) -> District:
    data = copy.deepcopy(_data())
    problems: list[str] = []
    for table, overrides in (("units", units), ("issues", issues)):
        for name, entry in overrides.items():
            _override(data, table, name, entry, problems)
    for table, keys in TABLES.items():
        for name, entry in data[table].items():
            _check_entry(data, f"{table}.{name}", entry, keys, problems)
    if problems:
        raise InputErrors(problems)
    return _build(data)


def _override(data: dict[str, Any], table: str, name: str, entry: object, problems: list[str]) -> None:
    known = data[table]
    if name not in known:
        problems.append(f"{table}.{shortened(name)}: there is no such entry.{suggestion(name, list(known))}")
    elif not isinstance(entry, Mapping):
        problems.append(f"{table}.{name} = {shortened(entry)} is not usable: write what to change, "
                        f"for example {table}.{name}.{'staff = 12' if table == 'units' else 'target_days = 10'}.")
    else:
        changed = dict(entry)
        if table == "issues" and "lead" in changed:
            lead = changed.pop("lead")
            owners = [*data["units"], PLACE]
            if "shares" in changed:
                problems.append(f"issues.{name}: lead and shares contradict each other; keep one of them.")
            elif not isinstance(lead, str) or lead not in owners:
                near = suggestion(lead, owners) if isinstance(lead, str) else ""
                problems.append(f"issues.{name}.lead = {shortened(lead)} is not usable: write the identifier of a unit, "
                                f'or "subdistrict".{near}')
            else:
                changed["shares"] = {lead: 1.0}
        known[name].update(changed)


def _check_entry(data: dict[str, Any], where: str, entry: object, keys: Mapping[str, _Key], problems: list[str]) -> None:
    if not isinstance(entry, dict):
        problems.append(f"{where}: write a table of keys.")
        return
    legal = [*keys, "lead"] if where.startswith("issues.") else list(keys)
    for key, value in entry.items():
        if key not in keys:
            problems.append(f"{where}.{shortened(key)}: there is no such key.{suggestion(key, legal)} "
                            f"Known keys: {', '.join(legal)}.")
        elif wrong := _wrong(data, keys[key], value):
            problems.append(f"{where}.{key} = {shortened(value)} is not usable: {wrong}.")
    for key, wanted in keys.items():
        if wanted.needed and key not in entry:
            problems.append(f"{where}: {key} is missing.")


def _wrong(data: dict[str, Any], wanted: _Key, value: object) -> str:
    """What to write instead, or an empty string if the value will do."""
    if wanted.kind in ("number", "whole"):
        types = int if wanted.kind == "whole" else (int, float)
        if isinstance(value, bool) or not isinstance(value, types) or not wanted.low <= value <= wanted.high:
            return f"write a {'whole ' if wanted.kind == 'whole' else ''}number from {wanted.low:g} to {wanted.high:g}"
        return ""
    if wanted.kind == "choice":
        return "" if value in wanted.choices else f"write one of {', '.join(wanted.choices)}"
    if wanted.kind == "text":
        good = isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable()
        return "" if good else "write a short text on one line"
    if wanted.kind == "sources":
        return "" if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()) else "write key = source"
    if wanted.kind == "shares":
        return _wrong_shares(data, value)
    if wanted.kind == "list of mechanisms":
        good = isinstance(value, list) and len(value) > 0 and all(one in data["mechanisms"] for one in value)
        return "" if good else f"write a list of {', '.join(data['mechanisms'])}"
    known = data[wanted.kind]  # the identifier of an entry of another table
    if isinstance(value, str) and value in known:
        return ""
    return f"there is none of this name in {wanted.kind}" + (suggestion(value, list(known)) if isinstance(value, str) else "")


def _wrong_shares(data: dict[str, Any], value: object) -> str:
    if not isinstance(value, Mapping) or not value:
        return "write shares of units, for example { environment = 0.7, subdistrict = 0.3 }"
    owners = [*data["units"], PLACE]
    unknown = [name for name in value if name not in owners]
    if unknown:
        return f"there is no unit {shortened(unknown[0])}{suggestion(unknown[0], owners)}"
    shares = list(value.values())
    if any(isinstance(p, bool) or not isinstance(p, (int, float)) or not 0 <= p <= 1 for p in shares):
        return "every share is a number from 0 to 1"
    total = math.fsum(shares)
    return "" if abs(total - 1) <= 0.01 else f"the shares add up to {total:g}; they must add up to 1"


def _build(data: dict[str, Any]) -> District:
    places = data["communities"]
    everyone = math.fsum(place["population_weight"] for place in places.values())
    share = {name: place["population_weight"] / everyone for name, place in places.items()}
    communities = tuple(Community(name, place["en"], place["zh"], place["subdistrict"], share[name])
                        for name, place in places.items())
    subdistricts = tuple(
        Subdistrict(name, place["en"], place["zh"], place["unit"],
                    math.fsum(one.population_share for one in communities if one.subdistrict == name))
        for name, place in data["subdistricts"].items())
    whole = data["district"]
    offices = {place.unit for place in subdistricts}
    units = {name: {**entry, "subdistrict": name in offices} for name, entry in data["units"].items()}
    return District(
        "shangcheng", whole["en"], whole["zh"], whole["residents"], whole["area_km2"],
        units=tuple(_made(Unit, units)),
        issues=tuple(_made(IssueType, {name: {**entry, "shares": _normalised(entry["shares"])}
                                       for name, entry in data["issues"].items()})),
        communities=communities, subdistricts=subdistricts,
        mechanisms=tuple(_made(Named, data["mechanisms"])), channels=tuple(_made(Named, data["channels"])),
        named_organisations=tuple(_made(NamedOrganisation, {name: {**entry, "fields": tuple(entry["fields"])}
                                                            for name, entry in data["organisations"].items()})),
        named_ideas=tuple(_made(NamedIdea, data["ideas"])),
    )


def _made[T: Named](kind: type[T], table: Mapping[str, Mapping[str, Any]]) -> Iterable[T]:
    types = {one.name: one.type for one in fields(kind)}
    for name, entry in table.items():
        yield kind(id=name, **{key: float(value) if types[key] is float else value
                               for key, value in entry.items() if key in types})


def _normalised(shares: Mapping[str, float]) -> dict[str, float]:
    total = math.fsum(shares.values())
    return {name: float(p) / total for name, p in shares.items()}
