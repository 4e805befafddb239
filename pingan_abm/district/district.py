"""What a district is: linkage units, issue types and sub-types, kinds of places, communities, organisations."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pingan_abm.district.about import About
from pingan_abm.district.folder import DistrictFolder
from pingan_abm.texts.errors import InputErrors, Sentence, sentence, shown, suggestion


@dataclass(frozen=True)
class Named:
    """A mechanism or a channel: an identifier with its names."""

    id: str
    en: str
    zh: str


@dataclass(frozen=True)
class Unit:
    """A linkage unit. kind: "line" or "block"; staff: staff-days a day; design_*: the load a day that the staff is
    meant for; crisis_rank: 1 or 2 if it must act too when a problem becomes a crisis, else 0; desk: the channel whose
    own desk it keeps, if any."""

    id: str
    en: str
    zh: str
    tier: int
    kind: str
    subdistrict: bool
    staff: float
    design_files_per_day: float
    design_work_mean: float
    design_work_cv2: float
    crisis_rank: int = 0
    desk: str = ""


@dataclass(frozen=True)
class IssueType:
    """A kind of problem. rate: per 1,000 persons and year; work: staff-days; shares: who may own it, by unit, adding up
    to 1.

    appears_as: identifier of the type it looks like until somebody has been on site; its own unless it hides.
    """

    id: str
    en: str
    zh: str
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
    appears_as: str
    hotline_110_factor: float
    shares: dict[str, float]


@dataclass(frozen=True)
class SubType:
    """What exactly a problem is about, with the same entries as its type. issue: identifier of the type; rate: per
    1,000 persons and year; remedy_days: mean days from when all units have acted until the matter is in order; place:
    the kind of place that causes it, "" if none; appears_as: the sub-type that it looks like at first."""

    id: str
    en: str
    zh: str
    issue: str
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
    remedy_days: float
    shares: dict[str, float]
    place: str = ""
    appears_as: str = ""

    @property
    def entropy(self) -> float:
        """H, 0–1: −Σ p ln p of the shares over ln 5, 0 where one unit owns it."""
        return entropy_of(self.shares)


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place that causes problems. per_thousand: places a 1,000 residents; licensed: share that has the
    licence it needs; cost: of complying, relative; slack: how far they let things slide in usual times, 0–1;
    inspections: routine ones a year; mobile: whether they can move round the corner."""

    id: str
    en: str
    zh: str
    per_thousand: float
    licensed: float
    cost: float
    slack: float
    inspections: float
    mobile: bool


@dataclass(frozen=True)
class Shock:
    """A shared cause. spells: expected beginnings by month; dates: first and last day, as "MM-DD"; days: length of a
    spell; factors: of expected problems, by issue type or sub-type."""

    id: str
    en: str
    zh: str
    spells: tuple[float, ...]
    dates: tuple[tuple[str, str], ...]
    days: int
    factors: dict[str, float]


@dataclass(frozen=True)
class Subdistrict:
    """A subdistrict; unit: identifier of its office among the linkage units; population_share: of the district."""

    id: str
    unit: str
    en: str
    zh: str
    population_share: float


@dataclass(frozen=True)
class Community:
    """A community; subdistrict: identifier; population_share: of the district."""

    id: str
    en: str
    zh: str
    subdistrict: str
    population_share: float


@dataclass(frozen=True)
class NamedOrganisation:
    """A social organisation that the paper names. mechanisms: its fields; place: community, subdistrict or
    "district"."""

    id: str
    en: str
    zh: str
    mechanisms: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class NamedIdea:
    """A golden idea that the paper names; issue: the type whose arrivals it lowers."""

    id: str
    en: str
    zh: str
    issue: str


@dataclass(frozen=True)
class District:
    """Everything that the files of a folder say, in their order."""

    units: tuple[Unit, ...]
    issues: tuple[IssueType, ...]
    communities: tuple[Community, ...]
    subdistricts: tuple[Subdistrict, ...]
    mechanisms: tuple[Named, ...]
    channels: tuple[Named, ...]
    named_organisations: tuple[NamedOrganisation, ...]
    named_ideas: tuple[NamedIdea, ...]
    subtypes: tuple[SubType, ...]
    about: About
    folder: DistrictFolder = field(repr=False)
    place_kinds: tuple[PlaceKind, ...] = ()
    shocks: tuple[Shock, ...] = ()

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        kinds: dict[str, Iterable[Any]] = {
            "unit": self.units,
            "issue type": self.issues,
            "sub-type": self.subtypes,
            "kind of place": self.place_kinds,
            "community": self.communities,
            "subdistrict": self.subdistricts,
            "mechanism": self.mechanisms,
        }
        return {kind: {entry.id: place for place, entry in enumerate(entries)} for kind, entries in kinds.items()}

    def _index(self, kind: str, name: str) -> int:
        known = self._places[kind]
        if name not in known:
            raise InputErrors([no_such(kind, name, known)])
        return known[name]

    def unit_index(self, name: str) -> int:
        """Position of a unit. Raises InputErrors if there is none of that identifier; so do the other look-ups."""
        return self._index("unit", name)

    def issue_index(self, name: str) -> int:
        """Position of an issue type."""
        return self._index("issue type", name)

    def subtype_index(self, name: str) -> int:
        """Position of a sub-type."""
        return self._index("sub-type", name)

    def place_kind_index(self, name: str) -> int:
        """Position of a kind of place."""
        return self._index("kind of place", name)

    def community_index(self, name: str) -> int:
        """Position of a community."""
        return self._index("community", name)

    def subdistrict_index(self, name: str) -> int:
        """Position of a subdistrict."""
        return self._index("subdistrict", name)

    def mechanism_index(self, name: str) -> int:
        """Position of a mechanism."""
        return self._index("mechanism", name)

    @property
    def group_names(self) -> Named:
        """What grassroots groups are called: as the channel by which they report."""
        return self.channels[-1]

    def entropy(self, name: str) -> float:
        """H of an issue type, 0–1: −Σ p ln p of the shares over ln 5, 0 where one unit owns it."""
        return entropy_of(self.issues[self.issue_index(name)].shares)


def entropy_of(shares: Mapping[str, float]) -> float:
    """H of shares, 0–1: −Σ p ln p over ln 5, 0 where one unit has all."""
    return max(0.0, -sum(p * math.log(p) for p in shares.values() if p > 0) / math.log(5))


#: What identifiers stand for, as messages call it.
KINDS = {
    "unit": sentence("linkage unit"),
    "issue type": sentence("issue type"),
    "sub-type": sentence("sub-type"),
    "kind of place": sentence("kind of place"),
    "community": sentence("community"),
    "subdistrict": sentence("subdistrict"),
    "mechanism": sentence("mechanism"),
    "channel": sentence("channel"),
}


def no_such(kind: str, name: str, known: Iterable[str]) -> Sentence:
    """The sentence on an identifier that the district does not know. kind: one of KINDS."""
    return sentence(
        "there is no {what} {name}.{near}", what=KINDS[kind], name=shown(name), near=suggestion(name, known)
    )
