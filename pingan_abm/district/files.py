"""Reading the district from the data files, each number with its source, and overrides of single entries."""

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from pingan_abm.district.district import (
    Community,
    District,
    IssueType,
    Named,
    NamedIdea,
    NamedOrganisation,
    PlaceKind,
    Shock,
    Subdistrict,
    Unit,
    no_such,
)
from pingan_abm.district.subtypes import SUBTYPE_KEYS, subtypes_of
from pingan_abm.files.toml import Key, check_table, unfit
from pingan_abm.texts.errors import Sentence, raise_if_any, sentence, shown, suggestion

MONTHS = 12
PERIOD = re.compile(r"(0[1-9]|1[0-2])-[0-3][0-9]/(0[1-9]|1[0-2])-[0-3][0-9]")
PLACE_SHARE = "subdistrict"  # in shares: the subdistrict where the problem lies
SOURCES = ("paper", "literature", "assumed")

NAMES = {"en": Key("text"), "zh": Key("text")}
ORIGIN = {"source": Key("text", choices=SOURCES), "sources": Key("table", optional=True)}
UNIT_KEYS = NAMES | {
    "tier": Key("whole", 1, 3),
    "kind": Key("text", choices=("line", "block")),
    "subdistrict": Key("switch"),
    "staff": Key("number", 0.1, 10_000),
    "design_files_per_day": Key("number", 0, 10_000),
    "design_work_mean": Key("number", 0, 1_000),
    "design_work_cv2": Key("number", 0, 1_000),
    "crisis_rank": Key("whole", 0, 2, optional=True),
    "desk": Key("text", choices=("12345", "110", "own_platform"), optional=True),
}
ISSUE_KEYS = NAMES | {
    "mechanism": Key("text"),
    "rate": Key("number", 0, 10_000),
    "enforcement": Key("number", 0, 1),
    "solvability": Key("number", 0, 1),
    "work_median": Key("number", 0.01, 1_000),
    "work_log_sd": Key("number", 0, 3),
    "target_days": Key("number", 0.5, 365),
    "recur": Key("number", 0, 1),
    "severity": Key("number", 0, 0.95),
    "joint": Key("number", 0, 1),
    "affected_mean": Key("number", 1, 16),
    "hotline_110_factor": Key("number", 0, 100),
    "appears_as": Key("text", optional=True),
    "shares": Key("table"),
}
PLACE_KEYS = NAMES | {
    "per_thousand": Key("number", 0, 1_000),
    "licensed": Key("number", 0, 1),
    "cost": Key("number", 0, 100),
    "slack": Key("number", 0.01, 1),
    "inspections": Key("number", 0, 365),
    "mobile": Key("switch"),
}
SHOCK_KEYS = NAMES | {
    "spells": Key("numbers", 0, 31, optional=True),
    "dates": Key("texts", optional=True),
    "days": Key("whole", 1, 60),
    "factors": Key("table"),
}
FACTOR = Key("number", 0, 1_000)
SHARE = Key("number", 0, 1)
OPTIONAL = ("subtypes", "places")  # tables that a district need not have
FIXED = ("subdistrict",)  # what overrides may not change: it would contradict the table of subdistricts
UNIT_OVERRIDES = {name: key for name, key in UNIT_KEYS.items() if name not in FIXED}
ISSUE_OVERRIDES = ISSUE_KEYS | {"lead": Key("text")}


@cache
def data_file(name: str) -> Mapping[str, Any]:
    """A data file as it stands, read once. Not to be changed by whoever reads it."""
    return tomllib.loads(files("pingan_abm").joinpath("data", f"{name}.toml").read_text("utf-8"))


def load_district(
    units: Mapping[str, Mapping[str, object]] | None = None, issues: Mapping[str, Mapping[str, object]] | None = None
) -> District:
    """The district of the data files, with overrides of entries such as {"environment": {"staff": 12}}.

    An issue type's `lead` makes that unit the only owner; `shares` replaces the shares. Raises InputErrors with
    everything wrong.
    """
    base = base_district()
    if not units and not issues:
        return base
    problems: list[str] = []
    unit_rows = merged("units", base.units, units or {}, UNIT_OVERRIDES, problems)
    known = [unit.id for unit in base.units]
    issue_rows = merged("issues", base.issues, issues or {}, ISSUE_OVERRIDES, problems, [*known, PLACE_SHARE])
    types = tuple(issue_type(row, known, problems) for row in issue_rows)
    changed = replace(
        base,
        units=tuple(Unit(**row) for row in unit_rows),
        issues=types,
    )
    if not problems:
        rows, owners = subtype_rows(problems), [*known, PLACE_SHARE]
        changed = replace(changed, subtypes=subtypes_of(types, rows, owners, base.place_kinds, problems))
    check_references(changed, problems)
    raise_if_any(problems)
    return changed


def merged(
    table: str,
    entries: Iterable[Any],
    overrides: Mapping[str, Mapping[str, object]],
    keys: Mapping[str, Key],
    problems: list[str],
    owners: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Rows of a table after overrides. Unknown entries and keys, and values that do not fit, are added to the problems.
    owners: who may be named as a lead."""
    rows = {entry.id: dict(vars(entry)) for entry in entries}
    for name, override in overrides.items():
        if name not in rows:
            problems.append(
                sentence("{name}: unknown.{near}", name=f"{table}.{shown(name)[1:-1]}", near=suggestion(name, rows))
            )
            continue
        good = check_table(f"{table}.{name}", override, keys, problems, partial=True)
        if "lead" in good and "shares" in good:
            problems.append(
                sentence("{name}: lead and shares contradict each other: write one of them", name=f"{table}.{name}")
            )
        elif "lead" in good:
            if good["lead"] in owners:
                good["shares"] = {str(good["lead"]): 1.0}
            else:
                problems.append(
                    sentence(
                        "{where}: {what}", where=f"{table}.{name}.lead", what=no_such("unit", str(good["lead"]), owners)
                    )
                )
        rows[name].update({key: value for key, value in good.items() if key != "lead"})
    return list(rows.values())


def issue_type(row: dict[str, Any], units: list[str], problems: list[str]) -> IssueType:
    """An issue type from its row, its shares checked and brought to a sum of exactly 1."""
    where = f"issues.{row['id']}.shares"
    known = [*units, PLACE_SHARE]
    shares: dict[str, float] = {}
    for name, share in row["shares"].items():
        if name not in known:
            problems.append(sentence("{where}: {what}", where=where, what=no_such("unit", str(name), known)))
        elif not SHARE.fits(share):
            problems.append(unfit(f"{where}.{name}", SHARE, share))
        elif share > 0:
            shares[name] = float(share)
    total = math.fsum(shares.values())
    if len(shares) == sum(share != 0 for share in row["shares"].values()) and abs(total - 1) > 0.01:
        problems.append(
            sentence("{where}: they add up to {total}: write shares that add up to 1", where=where, total=f"{total:g}")
        )
    if total > 0 and total != 1:
        shares = {name: share / total for name, share in shares.items()}
    return IssueType(**(row | {"shares": shares, "appears_as": row.get("appears_as") or row["id"]}))


def shock_of(row: dict[str, Any], kinds: list[str], problems: list[str]) -> Shock:
    """A shared cause from its row, checked. kinds: identifiers of types and sub-types."""
    where = f"shocks.{row['id']}"
    spells = tuple(float(one) for one in row.get("spells", ()))
    if len(spells) not in (0, MONTHS):
        problems.append(sentence("{where}.spells: write twelve numbers, one for each month", where=where))
    factors: dict[str, float] = {}
    for name, factor in row["factors"].items():
        if name not in kinds:
            what = no_such("sub-type", str(name), kinds)
            problems.append(sentence("{where}: {what}", where=f"{where}.factors", what=what))
        elif not FACTOR.fits(factor):
            problems.append(unfit(f"{where}.factors.{name}", FACTOR, factor))
        else:
            factors[name] = float(factor)
    dates: list[tuple[str, str]] = []
    for period in row.get("dates", ()):
        if PERIOD.fullmatch(period):
            dates.append((period[:5], period[6:]))
        else:
            problems.append(
                sentence(
                    '{where}.dates: {value} is not usable: write a period such as "05-01/05-03".',
                    where=where,
                    value=shown(period),
                )
            )
    return Shock(row["id"], row["en"], row["zh"], spells, tuple(dates), row["days"], factors)


def check_references(district: District, problems: list[str]) -> None:
    """Add to the problems every identifier that points at nothing."""
    units, issues = [unit.id for unit in district.units], [issue.id for issue in district.issues]
    subdistricts, mechanisms = [place.id for place in district.subdistricts], [one.id for one in district.mechanisms]
    places = [*subdistricts, *(place.id for place in district.communities), "district"]
    references = [(f"issues.{issue.id}.mechanism", issue.mechanism, mechanisms) for issue in district.issues]
    references += [(f"issues.{issue.id}.appears_as", issue.appears_as, issues) for issue in district.issues]
    references += [(f"subdistricts.{place.id}.unit", place.unit, units) for place in district.subdistricts]
    references += [
        (f"communities.{place.id}.subdistrict", place.subdistrict, subdistricts) for place in district.communities
    ]
    references += [(f"ideas.{idea.id}.issue", idea.issue, issues) for idea in district.named_ideas]
    for group in district.named_organisations:
        references += [(f"organisations.{group.id}.mechanisms", field, mechanisms) for field in group.mechanisms]
        references.append((f"organisations.{group.id}.place", group.place, places))
    problems.extend(
        sentence("{where} = {name} is not known.{near}", where=where, name=shown(name), near=suggestion(name, known))
        for where, name, known in references
        if name not in known
    )
    if not any(issue.rate > 0 for issue in district.issues):
        problems.append(sentence("issues: every rate is 0: at least one type must have problems"))


def rank_problems(district: District) -> list[Sentence]:
    """A line for each rank in a crisis that several units have. It is not checked with single entries, for one entry
    may give a rank to a unit that another entry takes from the unit that has it."""
    found = []
    for rank in (1, 2):
        holders = [unit.id for unit in district.units if unit.crisis_rank == rank]
        if len(holders) > 1:
            found.append(
                sentence(
                    "units: {names} have the same crisis_rank {rank}: one unit may have it",
                    names=", ".join(holders),
                    rank=rank,
                )
            )
    return found


def rows_of(file: str, table: str, keys: Mapping[str, Key], problems: list[str]) -> list[dict[str, Any]]:
    """The rows of one table of a data file, checked, each with its identifier; what is said of sources is checked and
    left out."""
    rows = []
    for name, entry in data_file(file).get(table, {}).items():
        good = check_table(f"{file}.toml: {table}.{name}", entry, {**keys, **ORIGIN}, problems)
        origins = {key: Key("text", choices=SOURCES, optional=True) for key in keys}
        check_table(f"{file}.toml: {table}.{name}.sources", good.pop("sources", {}), origins, problems)
        good.pop("source", None)
        rows.append({"id": name, **good})
    if not rows and table not in OPTIONAL:
        problems.append(f"{file}.toml: no [{table}.…] at all")
    return rows


def subtype_rows(problems: list[str]) -> list[dict[str, Any]]:
    """The rows of the table of sub-types, which may be empty."""
    return rows_of("subtypes", "subtypes", SUBTYPE_KEYS, problems)


@cache
def base_district() -> District:
    """The district of the data files without overrides. Raises InputErrors with everything wrong in them."""
    problems: list[str] = []
    unit_rows = rows_of("units", "units", UNIT_KEYS, problems)
    issue_rows = rows_of("issues", "issues", ISSUE_KEYS, problems)
    mechanisms = rows_of("issues", "mechanisms", NAMES, problems)
    subdistricts = rows_of("communities", "subdistricts", NAMES | {"unit": Key("text")}, problems)
    population = {"subdistrict": Key("text"), "population": Key("number", 1, 100_000_000)}
    communities = rows_of("communities", "communities", NAMES | population, problems)
    organisations = rows_of(
        "organisations", "organisations", NAMES | {"mechanisms": Key("texts"), "place": Key("text")}, problems
    )
    ideas = rows_of("organisations", "ideas", NAMES | {"issue": Key("text")}, problems)
    channels = rows_of("organisations", "channels", NAMES, problems)
    kinds = tuple(PlaceKind(**row) for row in rows_of("places", "places", PLACE_KEYS, problems))
    raise_if_any(problems)
    unit_ids = [unit["id"] for unit in unit_rows]
    types = tuple(issue_type(row, unit_ids, problems) for row in issue_rows)
    subtypes = subtypes_of(types, subtype_rows(problems), [*unit_ids, PLACE_SHARE], kinds, problems)
    total = math.fsum(row["population"] for row in communities)
    places = tuple(
        Community(row["id"], row["en"], row["zh"], row["subdistrict"], row["population"] / total) for row in communities
    )
    known_kinds = [*(issue["id"] for issue in issue_rows), *(one.id for one in subtypes)]
    district = District(
        units=tuple(Unit(**row) for row in unit_rows),
        issues=types,
        subtypes=subtypes,
        place_kinds=kinds,
        shocks=tuple(shock_of(row, known_kinds, problems) for row in rows_of("shocks", "shocks", SHOCK_KEYS, problems)),
        communities=places,
        subdistricts=tuple(
            Subdistrict(
                **row,
                population_share=math.fsum(
                    place.population_share for place in places if place.subdistrict == row["id"]
                ),
            )
            for row in subdistricts
        ),
        mechanisms=tuple(Named(**row) for row in mechanisms),
        channels=tuple(Named(**row) for row in channels),
        named_organisations=tuple(
            NamedOrganisation(**(row | {"mechanisms": tuple(row["mechanisms"])})) for row in organisations
        ),
        named_ideas=tuple(NamedIdea(**row) for row in ideas),
    )
    check_references(district, problems)
    raise_if_any([*problems, *rank_problems(district)])
    return district
