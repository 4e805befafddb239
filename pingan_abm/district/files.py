"""Reading the district from a folder's tables, each number with its source, and overrides of single entries."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from pingan_abm.district import keys as allowed
from pingan_abm.district.about import about_of
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
from pingan_abm.district.folder import DATA, DistrictFolder, all_located, from_cells, open_folder
from pingan_abm.district.here import here
from pingan_abm.district.keys import FACTOR, ISSUE_KEYS, NAMES, ORIGIN, PLACE_SHARE, SHARE, SOURCES, UNIT_KEYS
from pingan_abm.district.posts import with_posts
from pingan_abm.district.subtypes import SUBTYPE_KEYS, subtypes_of
from pingan_abm.files.toml import Key, check_table, unfit
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, sentence, shown, suggestion

MONTHS = 12
PERIOD = re.compile(r"(0[1-9]|1[0-2])-[0-3][0-9]/(0[1-9]|1[0-2])-[0-3][0-9]")
FIXED = ("subdistrict",)  # what overrides may not change: it would contradict the table of subdistricts
UNIT_OVERRIDES = {name: key for name, key in UNIT_KEYS.items() if name not in FIXED}
ISSUE_OVERRIDES = ISSUE_KEYS | {"lead": Key("text")}


def load_district(
    units: Mapping[str, Mapping[str, object]] | None = None,
    issues: Mapping[str, Mapping[str, object]] | None = None,
    folder: DistrictFolder | None = None,
) -> District:
    """A district, with overrides of entries such as {"environment": {"staff": 12}}. folder: of the district, of the one
    that is meant (`here`) if not given.

    An issue type's `lead` makes that unit the only owner; `shares` replaces the shares. Raises InputErrors with
    everything wrong.
    """
    folder = folder or here()
    base = base_district(folder)
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
        rows, owners = subtype_rows(problems, folder), [*known, PLACE_SHARE]
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


def rows_of(folder: DistrictFolder, table: str, keys: Mapping[str, Key], problems: list[str]) -> list[dict[str, Any]]:
    """The rows of one table of a folder, checked, each with its identifier; what is said of sources is checked and left
    out, and what is not said is as `keys.DEFAULTS` has it."""
    defaults = allowed.DEFAULTS.get(table, {})
    keys = {name: replace(key, optional=True) if name in defaults else key for name, key in keys.items()}
    rows = []
    for name, entry in folder.tables.get(table, {}).items():
        where = f"{table}.{name}"
        if not name or "." in name or name != name.strip():
            problems.append(sentence("{where}: an identifier has no full stops or blanks at its ends", where=where))
        if isinstance(entry, Mapping):
            entry = from_cells(entry, {**keys, **ORIGIN})
        good = check_table(where, entry, {**keys, **ORIGIN}, problems)
        origins = {key: Key("text", choices=SOURCES, optional=True) for key in keys}
        check_table(f"{where}.sources", good.pop("sources", {}), origins, problems)
        good.pop("source", None)
        rows.append({"id": name, **defaults, **good})
    if not rows and table in allowed.NEEDED:
        problems.append(f"{allowed.FILE_OF[table]}.toml: no [{table}.…] at all")
    return rows


def subtype_rows(problems: list[str], folder: DistrictFolder | None = None) -> list[dict[str, Any]]:
    """The rows of the table of sub-types, which may be empty."""
    return rows_of(folder or here(), "subtypes", SUBTYPE_KEYS, problems)


def base_district(folder: DistrictFolder | None = None) -> District:
    """The district of a folder without overrides, of the one that is meant if none is given. Raises InputErrors with
    everything wrong in it, each with its file and line."""
    return _base(folder or here())


@lru_cache(maxsize=32)
def _base(folder: DistrictFolder) -> District:
    problems = list(folder.wrong)
    district = _read(folder, problems)
    raise_if_any(all_located(folder, problems))
    assert district is not None  # else there were problems
    return district


def residents_here() -> int:
    """Residents of the district that is meant."""
    return base_district().about.residents


def start_here() -> date:
    """The day on which runs of the district that is meant begin by default."""
    return base_district().about.start


def folder_problems(folder: DistrictFolder) -> list[str]:
    """Everything that is wrong in a folder, each with its file and line."""
    try:
        _base(folder)
    except InputErrors as wrong:
        return list(wrong.problems)
    return []


def _read(folder: DistrictFolder, problems: list[str]) -> District | None:
    about = about_of(folder.about, problems)
    unit_keys = UNIT_KEYS | {name: replace(UNIT_KEYS[name], optional=True) for name in ("staff", *allowed.DESIGN)}
    unit_rows = rows_of(folder, "units", unit_keys, problems)
    with_mechanisms = folder if folder.tables.get("mechanisms") else open_folder(DATA)
    mechanisms = rows_of(with_mechanisms, "mechanisms", NAMES, problems)
    issue_keys = ISSUE_KEYS | {"shares": Key("table", optional=True), "lead": Key("text", optional=True)}
    issue_rows = rows_of(folder, "issues", issue_keys, problems)
    subdistricts = rows_of(folder, "subdistricts", allowed.SUBDISTRICT_KEYS, problems)
    communities = rows_of(folder, "communities", allowed.COMMUNITY_KEYS, problems)
    organisations = rows_of(folder, "organisations", allowed.ORGANISATION_KEYS, problems)
    ideas = rows_of(folder, "ideas", allowed.IDEA_KEYS, problems)
    channels = channel_rows(folder, problems)
    kinds = rows_of(folder, "places", allowed.PLACE_KEYS, problems)
    sub_rows = subtype_rows(problems, folder)
    shocks = rows_of(folder, "shocks", allowed.SHOCK_KEYS, problems)
    for row in issue_rows:
        with_lead(row, problems)
    if problems:
        return None
    place_kinds = tuple(PlaceKind(**row) for row in kinds)
    unit_ids = [unit["id"] for unit in unit_rows]
    types = tuple(issue_type(row, unit_ids, problems) for row in issue_rows)
    subtypes = subtypes_of(types, sub_rows, [*unit_ids, PLACE_SHARE], place_kinds, problems)
    total = math.fsum(row["population"] for row in communities)
    places = tuple(
        Community(row["id"], row["en"], row["zh"], row["subdistrict"], row["population"] / total) for row in communities
    )
    known_kinds = [*(issue["id"] for issue in issue_rows), *(one.id for one in subtypes)]
    homes = tuple(
        Subdistrict(
            **row,
            population_share=math.fsum(place.population_share for place in places if place.subdistrict == row["id"]),
        )
        for row in subdistricts
    )
    district = District(
        units=with_posts(unit_rows, types, homes, about),
        issues=types,
        subtypes=subtypes,
        place_kinds=place_kinds,
        shocks=tuple(shock_of(row, known_kinds, problems) for row in shocks),
        communities=places,
        subdistricts=homes,
        mechanisms=tuple(Named(**row) for row in mechanisms),
        channels=tuple(Named(**row) for row in channels),
        named_organisations=tuple(
            NamedOrganisation(**(row | {"mechanisms": tuple(row["mechanisms"])})) for row in organisations
        ),
        named_ideas=tuple(NamedIdea(**row) for row in ideas),
        about=about,
        folder=folder,
    )
    check_references(district, problems)
    problems += [*rank_problems(district), *room_problems(district)]
    return district


def channel_rows(folder: DistrictFolder, problems: list[str]) -> list[dict[str, Any]]:
    """What the channels are called; by what they are where the folder does not name them."""
    if folder.tables.get("channels"):
        return rows_of(folder, "channels", NAMES, problems)
    return [{"id": name, **names} for name, names in allowed.CHANNELS_ELSEWHERE.items()]


def with_lead(row: dict[str, Any], problems: list[str]) -> None:
    """The shares of an issue type that is written with its lead: all are the lead's."""
    lead, where = row.pop("lead", None), f"issues.{row['id']}"
    if lead is not None and "shares" in row:
        problems.append(sentence("{name}: lead and shares contradict each other: write one of them", name=where))
    elif lead is not None:
        row["shares"] = {str(lead): 1.0}
    elif "shares" not in row:
        problems.append(sentence("{name}: missing; write {how}", name=f"{where}.shares", how=Key("table").how_to_write))


def room_problems(district: District) -> list[Sentence]:
    """A line for each table that holds more than the program has room for."""
    sizes = (
        (sentence("units"), len(district.units), allowed.MOST_UNITS),
        (sentence("issue types"), len(district.issues), allowed.MOST_ISSUES),
        (sentence("sub-types"), len(district.subtypes), allowed.MOST_SUBTYPES),
        (sentence("communities"), len(district.communities), allowed.MOST_COMMUNITIES),
        (sentence("mechanisms"), len(district.mechanisms), allowed.MECHANISMS),
    )
    found = [
        sentence("{count} {what}: at most {most} fit", count=count, what=what, most=most)
        for what, count, most in sizes
        if count > most
    ]
    names = [one.id for one in district.channels]
    if names != list(allowed.CHANNEL_NAMES):
        found.append(sentence("channels: write these, in this order: {names}", names=", ".join(allowed.CHANNEL_NAMES)))
    return found
