"""What a scenario is made of: overrides, dated changes, mergers of units, and injected problems."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pingan_abm.district.district import District, no_such
from pingan_abm.district.files import rank_problems
from pingan_abm.files.cells import cell_text
from pingan_abm.parameters.declared import coefficients
from pingan_abm.scenarios.record_dates import form_problem
from pingan_abm.texts.errors import Sentence, listed, sentence, shown, suggestion

#: What the district is built from: grids, groups, organisations and their income, the calendar. No dated change can
#: move it.
BUILT_IN = (
    *(
        "persons_per_grid",
        "contact_network",
        "composite_bodies",
        "grassroots_groups",
        "social_cogovernance",
        "funding_dependence",
        "calendar",
    ),
    *(one.name for one in coefficients() if one.group in ("people", "network") or one.name.endswith("_at_start")),
    *("group_members", "dependence_spread", "reserves_least", "reserves_more", "start_knowledge", "district_target"),
    *("weekday_arrivals", "weekend_arrivals", "weekday_staff", "weekend_staff"),
    *("arrivals_swing", "arrivals_memory_days", "shared_causes", "relation_at_start_command"),
    *("place_size_log_sd", "place_cost_log_sd"),
)
DATE_FORMAT = "date_format"  # beside the columns of a records file: how its dates are written
NO_DATE = datetime.date.max  # stands where a date could not be read

#: Steps of a case whose dates may be documented, in words.
STEPS = {
    "first_dispatch": sentence("First dispatch"),
    "return": sentence("First return"),
    "second_report": sentence("Second report"),
    "joint_dispatch": sentence("Joint dispatch"),
    "supervision": sentence("Supervision with a deadline"),
    "special_meeting": sentence("Special-topic meeting on it"),
    "rule_learned": sentence("Working rule for its type"),
    "closure": sentence("Reported closed"),
    "true_resolution": sentence("Really solved"),
}


class Where(NamedTuple):
    """A place in a scenario file: table, number of the entry in it (from 0; −1 if the table is not a list), key, and
    other keys beside it of which the same is said."""

    table: str
    number: int
    key: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        entry = f" {self.number + 1}" if self.number >= 0 else ""
        return ", ".join(filter(None, (f"{self.table}{entry}", listed([self.key, *self.others]))))


def placed(where: object, message: str) -> Sentence:
    """What is wrong, after the place where it is."""
    return sentence("{where}: {message}", where=where, message=message)


type Complaint = tuple[Where, str]
type Period = tuple[datetime.date, int]  # the first day of a run and its length in days
type Entries = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Change:
    """Overrides that hold from a date on."""

    date: datetime.date
    parameters: Mapping[str, Any] = field(default_factory=dict)
    units: Entries = field(default_factory=dict)
    issues: Entries = field(default_factory=dict)


@dataclass(frozen=True)
class Merge:
    """Units that become one on a date, which takes over their staff, queues, shares and relations. into: one of the
    district's units, or a new identifier for the first of `units`, then with its names en and zh."""

    date: datetime.date
    units: tuple[str, ...]
    into: str
    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class InjectedProblem:
    """One problem put into the run. severity None: drawn as usual; min_units: it truly needs at least so many; channel:
    reported at once by it, None: found and reported like any other; documented: what is known to have happened when, to
    compare with; subtype: what exactly it is about, "": drawn."""

    date: datetime.date
    community: str
    issue_type: str
    severity: float | None = None
    min_units: int = 1
    channel: str | None = None
    documented: Mapping[str, datetime.date] = field(default_factory=dict)
    subtype: str = ""


@dataclass(frozen=True)
class Scenario:
    """A preset or a user's file. title and story by language; columns, categories and communities rename those of a
    records file (a category renamed to "" is skipped); beside the columns, date_format says how its dates are
    written."""

    name: str
    title: Mapping[str, str] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    units: Entries = field(default_factory=dict)
    issues: Entries = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    merges: tuple[Merge, ...] = ()
    problems: tuple[InjectedProblem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    communities: Mapping[str, str] = field(default_factory=dict)

    def check(self, start: datetime.date, days: int, district: District) -> list[str]:
        """One line for each thing that does not fit a run or its district: unknown names, and injected problems of
        which none is dated inside the run. Anything else that is dated outside the run is no error; `outside` counts
        it."""
        return [placed(where, message) for where, message in self.complaints(district, (start, days))]

    def outside(self, start: datetime.date, days: int) -> dict[str, int]:
        """How many problems, changes and merges are dated outside the run, and so are not used."""
        dated: dict[str, tuple[Any, ...]] = {"problems": self.problems, "changes": self.changes, "merges": self.merges}
        return {
            kind: sum(not 0 <= (one.date - start).days < days for one in entries) for kind, entries in dated.items()
        }

    def with_settings(self, parameters: Mapping[str, Any], units: Entries, issues: Entries) -> "Scenario":
        """This scenario with further overrides on top, not yet checked. A lead replaces shares, and shares a lead."""
        return replace(
            self,
            parameters={**self.parameters, **parameters},
            units=merged_entries(self.units, units),
            issues=merged_entries(self.issues, issues),
        )

    def complaints(self, district: District, period: Period | None = None) -> Iterator[Complaint]:
        """Names that the district does not know, mergers that cannot be carried out and, for a period, injected
        problems of which none is dated in it. An empty name and NO_DATE cause no complaint: they stand where something
        could not be read."""
        for message in rank_problems(district):
            yield Where("units", -1, "crisis_rank"), message
        issues = [one.id for one in district.issues]
        communities = [one.id for one in district.communities]
        for where, wanted in [
            (Where("parameters", -1, "campaign_issue"), self.parameters),
            *((Where("changes", i, "campaign_issue"), one.parameters) for i, one in enumerate(self.changes)),
        ]:
            yield from _unknown(where, wanted.get("campaign_issue"), issues, "issue type")
        for i, one in enumerate(self.problems):
            yield from _unknown(Where("problems", i, "community"), one.community, communities, "community")
            yield from _unknown(Where("problems", i, "issue_type"), one.issue_type, issues, "issue type")
            yield from _unknown(
                Where("problems", i, "channel"), one.channel, [channel.id for channel in district.channels], "channel"
            )
            yield from _unknown(
                Where("problems", i, "subtype"),
                one.subtype,
                [kind.id for kind in district.subtypes if kind.issue == one.issue_type],
                "sub-type",
            )
            if one.min_units > len(district.units):
                yield (
                    Where("problems", i, "min_units"),
                    sentence("there are only {count} units.", count=len(district.units)),
                )
        subtypes = [one.id for one in district.subtypes]
        for table, renamed, known, what in (
            ("categories", self.categories, [*issues, *subtypes], "issue type"),
            ("communities", self.communities, communities, "community"),
        ):
            for old, new in renamed.items():
                yield from _unknown(Where(table, -1, old), cell_text(new), known, what)
            yield from _twice(table, renamed)
        if problem := form_problem(self.columns[DATE_FORMAT]) if DATE_FORMAT in self.columns else None:
            yield Where("columns", -1, DATE_FORMAT), problem
        yield from self._mergers(district)
        if period and self.problems and all(one.date != NO_DATE for one in self.problems):
            start, days = period
            if self.outside(start, days)["problems"] == len(self.problems):
                yield (
                    Where("problems", 0, "date"),
                    sentence(
                        "None of the {count} injected problems is dated within the run ({days} days from {start}); "
                        "move the start or the dates.",
                        count=len(self.problems),
                        days=days,
                        start=start,
                    ),
                )

    def _mergers(self, district: District) -> Iterator[Complaint]:
        offices = {unit.id: unit.subdistrict for unit in district.units}
        gone: dict[str, datetime.date] = {}
        for i in sorted(range(len(self.merges)), key=self._merge_date):
            merge = self.merges[i]
            named = [("units", name) for name in merge.units] + [("into", merge.into)] * (merge.into in offices)
            for key, name in named:
                yield from _unknown(Where("merge", i, key), name, list(offices), "unit")
                if name in gone:
                    yield (
                        Where("merge", i, key),
                        sentence("{name} has already been merged on {date}.", name=name, date=gone[name]),
                    )
                if offices.get(name):
                    yield (
                        Where("merge", i, key),
                        sentence("{name} is a subdistrict office, which cannot be merged.", name=name),
                    )
            if merge.into and merge.into not in offices and not (merge.en and merge.zh):
                yield (
                    Where("merge", i, "into"),
                    sentence(
                        "there is no linkage unit {name}.{near} If it is to be a new one, write its names too: en = "
                        '"…", zh = "…".',
                        name=shown(merge.into),
                        near=suggestion(merge.into, offices),
                    ),
                )
            if (
                merge.units
                and len({*merge.units, merge.into} & set(offices)) < 2
                and all(name in offices for name in merge.units)
            ):
                yield Where("merge", i, "units"), sentence("name at least two units that become one.")
            stays = merge.into if merge.into in offices else next(iter(merge.units), "")
            gone |= {name: merge.date for name in merge.units if name != stays}

    def _merge_date(self, number: int) -> datetime.date:
        return self.merges[number].date


def _unknown(where: Where, name: str | None, known: list[str], what: str) -> Iterator[Complaint]:
    if name and name not in known:
        yield where, no_such(what, name, known)


def _twice(table: str, renamed: Mapping[str, str]) -> Iterator[Complaint]:
    """Names that a records file cannot tell apart and that are renamed to different things."""
    first: dict[str, str] = {}
    for old, new in renamed.items():
        same = first.setdefault(cell_text(old), old)
        if cell_text(renamed[same]) != cell_text(new):
            yield (
                Where(table, -1, old),
                sentence(
                    "stands for {new} here and for {other} above, and a file cannot tell the two names apart; "
                    "keep one of them.",
                    new=shown(new),
                    other=shown(renamed[same]),
                ),
            )


def merged_entries(below: Entries, above: Entries) -> dict[str, dict[str, Any]]:
    """Overrides of entries with further ones on top; a lead replaces shares, and shares a lead."""
    merged = {name: dict(entry) for name, entry in below.items()}
    for name, entry in above.items():
        kept = merged.setdefault(name, {})
        for rivals in (("lead", "shares"), ("shares", "lead")):
            if rivals[0] in entry and rivals[1] not in entry:
                kept.pop(rivals[1], None)
        kept.update(entry)
    return merged
