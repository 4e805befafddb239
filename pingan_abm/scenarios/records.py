"""Records of real problems, CSV, Excel or Parquet, that replace the drawn arrivals of a run.

A record has a date, an issue type, a community and perhaps a severity and the name of a place. A scenario says which
columns hold them, how dates are written where that is not plain, and what the file's categories and communities are
called here; a name renamed to "" is left out, and counted. Names are compared as cells are read (`files/cells.py`), on
both sides. A date without a time is spread over its day. Nothing is guessed: what cannot be read is an error.
"""

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.district.district import KINDS, District
from pingan_abm.files.cells import cell_text, is_empty
from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.parts import DATE_FORMAT, Scenario, placed
from pingan_abm.scenarios.record_dates import Unusable, tried, when
from pingan_abm.scenarios.record_files import records_in
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, sentence, shown, suggestion

HIGHEST_SEVERITY = 0.95
NEEDED = ("date", "issue_type", "community")
GOLDEN = (math.sqrt(5) - 1) / 2  # multiples of it fill a day evenly, however many there are


@dataclass(frozen=True)
class Incidents:
    """The records inside a run, in the order of the file; one element each.

    day: int32, from 0; fraction: float64, of the day, 0–1; issue, subtype, community: int16, positions in the district,
    −1 for a sub-type that is to be drawn; severity: float64, nan = drawn. skipped_outside: records dated outside the
    run; skipped_by_name: those the scenario leaves out; place: int32, which of `places` a record came from, −1 where it
    names none, None where the file has no such column.
    """

    day: np.ndarray
    fraction: np.ndarray
    issue: np.ndarray
    subtype: np.ndarray
    community: np.ndarray
    severity: np.ndarray
    skipped_outside: int
    skipped_by_name: int
    place: np.ndarray | None = None
    places: tuple[str, ...] = ()


def read_incidents(path: str | Path, scenario: Scenario, district: District, start: date, days: int) -> Incidents:
    """The records of a file that lie within `days` days from `start`.

    Raises InputErrors with all bad rows, by number, or if no record lies within the run.
    """
    path = Path(path)
    raise_if_any([placed(where, message) for where, message in scenario.complaints(district)])
    reading = _Reading(scenario, district, start, days)
    for number, fields in records_in(path, reading.columns, reading.bad):
        reading.take(number, fields)
    return reading.result(path)


class _Reading:
    """Turns rows into columns of numbers, and remembers what is wrong with the others."""

    def __init__(self, scenario: Scenario, district: District, start: date, days: int) -> None:
        self.start, self.days = start.toordinal(), days
        self.form, self.named = scenario.columns.get(DATE_FORMAT, ""), scenario.columns
        # a category is a type or, after all types, a sub-type
        self.types = len(district.issues)
        self.type_of = np.array([district.issue_index(one.issue) for one in district.subtypes])
        names = [*(one.id for one in district.issues), *(one.id for one in district.subtypes)]
        self.issues = _positions(names, scenario.categories)
        self.communities = _positions((one.id for one in district.communities), scenario.communities)
        self.day, self.issue, self.community = array("i"), array("h"), array("h")
        self.fraction, self.severity = array("d"), array("d")
        self.place, self.places, self.has_places = array("i"), dict[str, int](), False
        self.outside = self.left_out = self.read = 0
        self.first, self.last = date.max.toordinal(), 0  # of the dates outside the run
        self.bad = BadRows()

    def columns(self, header: list[str]) -> list[int | None]:
        """Positions of the fields in a header."""
        found = _columns(header, self.named)
        self.has_places = found[-1] is not None
        return found

    def take(self, number: int, fields: tuple[Any, ...]) -> None:
        """Read one row: date, issue type, community, severity, place."""
        self.read += 1
        wrong: list[str] = []
        moment = tried(wrong, when, fields[0], self.form)
        day = None if moment is None else moment.day - self.start
        if moment is not None and day is not None and not 0 <= day < self.days:
            self.outside += 1
            self.first, self.last = min(self.first, moment.day), max(self.last, moment.day)
            return
        issue = tried(wrong, _position, self.issues, fields[1], "issue type", "categories")
        community = tried(wrong, _position, self.communities, fields[2], "community", "communities")
        severity = tried(wrong, severity_of, fields[3])
        for one in wrong:
            self.bad.add(number, one)
        if moment is None or day is None or issue is None or community is None or severity is None:
            return
        if issue < 0 or community < 0:
            self.left_out += 1
            return
        fraction = moment.fraction
        self.day.append(day)
        self.fraction.append(GOLDEN * len(self.day) % 1.0 if fraction is None else fraction)
        self.issue.append(issue)
        self.community.append(community)
        self.severity.append(severity)
        name = cell_text(fields[4])
        self.place.append(self.places.setdefault(name, len(self.places)) if name else -1)

    @property
    def why_none(self) -> Sentence:
        """Where the records are that do not lie within the run."""
        if not self.read:
            return sentence("the file has no rows")
        if not self.outside:
            return sentence("{left_out} left out by name", left_out=f"{self.left_out:,}")
        return sentence(
            "{outside} dated outside it, from {first} to {last}, {left_out} left out by name",
            outside=f"{self.outside:,}",
            first=date.fromordinal(self.first),
            last=date.fromordinal(self.last),
            left_out=f"{self.left_out:,}",
        )

    def result(self, path: Path) -> Incidents:
        """The columns, or InputErrors."""
        raise_if_any(self.bad.sentences(path))
        if not self.day:
            raise InputErrors(
                [
                    sentence(
                        "{path}: no record lies within the run ({start} and the {days} days from it): {said}; move the "
                        "start or the length.",
                        path=path,
                        start=date.fromordinal(self.start),
                        days=self.days,
                        said=self.why_none,
                    )
                ]
            )
        category = np.array(self.issue, np.int64)
        subtype = np.where(category >= self.types, category - self.types, -1)
        return Incidents(
            np.array(self.day, np.int32),
            np.array(self.fraction, np.float64),
            np.where(subtype >= 0, self.type_of[subtype], category).astype(np.int16),
            subtype.astype(np.int16),
            np.array(self.community, np.int16),
            np.array(self.severity, np.float64),
            self.outside,
            self.left_out,
            np.array(self.place, np.int32) if self.has_places else None,
            tuple(self.places),
        )


def _positions(known: Iterable[str], renamed: Mapping[str, str]) -> dict[str, int]:
    """Position by every name a file may use, −1 for those that are left out."""
    positions: dict[str, int] = {}
    for place, name in enumerate(known):
        positions.setdefault(name, place)  # a type without sub-types has one of its own name
    ours = {cell_text(old): cell_text(new) for old, new in renamed.items()}
    return positions | {old: positions[new] if new else -1 for old, new in ours.items()}


def _position(positions: Mapping[str, int], name: object, what: str, table: str) -> int:
    text = cell_text(name)
    found = positions.get(text)
    if found is not None:
        return found
    if not text:
        raise Unusable(sentence("the {what} is empty", what=KINDS[what]))
    raise Unusable(_unknown(text, what, table, tuple(positions)))


@lru_cache(maxsize=256)
def _unknown(name: str, what: str, table: str, known: tuple[str, ...]) -> str:
    near = suggestion(name, known[:1000])
    return sentence(
        'there is no {what} {value}.{near} Rename it in the scenario\'s [{table}], or to "" to leave it out.',
        what=KINDS[what],
        value=shown(name),
        near=near if "mean" in near else "",
        table=table,
    )


def severity_of(written: object) -> float:
    """A severity from 0 to 0.95 (at 1 a problem is a crisis, which no record begins as); nan where there is none."""
    if is_empty(written):
        return math.nan
    try:
        value = math.nan if isinstance(written, bool) else float(cell_text(written).replace(",", "."))
    except (TypeError, ValueError):
        value = math.nan
    if 0 <= value <= HIGHEST_SEVERITY:
        return value
    raise Unusable(
        sentence(
            "severity {value} is not usable; write a number from 0 to {most}, or nothing",
            value=shown(written),
            most=HIGHEST_SEVERITY,
        )
    )


def _columns(header: list[str], columns: Mapping[str, str]) -> list[int | None]:
    """Positions of date, issue type, community, severity and place in a header; the last two may be missing unless they
    are named. A column that holds something else is not taken for the place because it is called so."""
    problems: list[str] = []
    places: list[int | None] = []
    for name in (*NEEDED, "severity", "place"):
        wanted = cell_text(columns.get(name, name))
        found = header.count(wanted)
        if name == "place" and name not in columns and (found > 1 or header.index(wanted) in places if found else True):
            places.append(None)
            continue
        places.append(header.index(wanted) if found else None)
        if found > 1:
            problems.append(sentence("two columns are called {name}; rename one of them.", name=shown(wanted)))
        elif not found and (name in NEEDED or name in columns):
            problems.append(
                sentence(
                    "there is no column {column}.{near} Say which column holds it in the scenario: [columns] {name} = "
                    '"…".',
                    column=shown(wanted),
                    near=suggestion(wanted, header[:100]),
                    name=name,
                )
            )
    if problems:
        raise InputErrors(problems)
    return places
