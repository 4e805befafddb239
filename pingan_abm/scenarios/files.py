"""Reading a scenario file: TOML in, a checked `Scenario` out, or every mistake in it with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district, rank_problems
from pingan_abm.files.toml import parse_toml, read_text, require_kind
from pingan_abm.parameters.declared import Parameters, contradictions, declarations, problem_in_words
from pingan_abm.scenarios.lines import at_lines, first_line, lines_of
from pingan_abm.scenarios.parts import (
    BUILT_IN,
    DATE_FORMAT,
    NO_DATE,
    STEPS,
    Change,
    Complaint,
    Entries,
    InjectedProblem,
    Merge,
    Period,
    Scenario,
    Where,
    merged_entries,
    placed,
)
from pingan_abm.texts.errors import InputErrors, sentence, shown, suggestion, unknown_keys

MOST_ENTRIES = 1000  # in a table or list, so that a mistaken file is refused quickly
MOST_NAMES = 100_000  # renamed categories or communities
MOST_SHOWN = 50  # problems listed at once; the rest are counted

KEYS = (
    "title",
    "story",
    "elsewhere",
    "source",
    "parameters",
    "units",
    "issues",
    "changes",
    "merge",
    "problems",
    "columns",
    "categories",
    "communities",
)
COLUMNS = ("date", "issue_type", "community", "severity", "place", DATE_FORMAT)
CHANGE_KEYS = ("date", "parameters", "units", "issues")
MERGE_KEYS = ("date", "units", "into", "en", "zh")
PROBLEM_KEYS = ("date", "community", "issue_type", "severity", "min_units", "channel", "documented", "subtype")
LANGUAGES = ("en", "zh")

type Tables = tuple[Entries, Entries]  # overrides of units, and of issue types


def read_scenario(path: Path, period: Period | None = None) -> Scenario:
    """The scenario of a file. Raises InputErrors with every mistake, each with file and line. period: of the run that
    it is meant for, if its dates are to be checked too."""
    return parse_scenario(read_text(path, sentence("a scenario file")), path.stem, str(path), period)


def parse_scenario(text: str, name: str, source: str, period: Period | None = None) -> Scenario:
    """The scenario of a TOML text; `source` names it in messages."""
    reader = _Reader()
    scenario = reader.scenario(require_kind(parse_toml(text, source), source, sentence("a scenario file")), name)
    complaints = [*reader.complaints, *scenario.complaints(reader.district, period)]
    if complaints:
        raise InputErrors(_sentences(complaints, text, source))
    return replace(scenario, changes=tuple(sorted(scenario.changes, key=attrgetter("date"))))


class _Reader:
    """Collects complaints while it turns tables into the parts of a scenario. Entries that cannot be read are left out,
    or get a value that causes no further complaint: "" for a name, NO_DATE for a date."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.district: District = load_district()
        self.said_of_entries: set[str] = set()

    def wrong(self, where: Where, message: str) -> None:
        self.complaints.append((where, message))

    def scenario(self, data: Mapping[str, Any], name: str) -> Scenario:
        self._keys(Where("", -1, ""), data, KEYS)
        if "source" in data and not isinstance(data["source"], str):
            self.wrong(
                Where("", -1, "source"), sentence("write a text that says where the scenario's values come from.")
            )
        units, issues = (self._entries(Where(table, -1, ""), data) for table in ("units", "issues"))
        self._check_entries(Where("", -1, ""), (units, issues))
        parameters = self._parameters(Where("parameters", -1, ""), data, {})
        return Scenario(
            name=name,
            title=self._texts(data, "title") | self._elsewhere(data, "title"),
            story=self._texts(data, "story") | self._elsewhere(data, "story"),
            parameters=parameters,
            units=units,
            issues=issues,
            changes=self._changes(data, units, issues),
            merges=self._merges(data),
            problems=self._problems(data),
            columns=self._renames(data, "columns", COLUMNS),
            categories=self._renames(data, "categories"),
            communities=self._renames(data, "communities"),
        )

    def _keys(self, where: Where, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for keys, message in unknown_keys(table, known):
            self.wrong(where._replace(key=keys[0], others=keys[1:]), message)

    def _table(self, where: Where, data: Mapping[str, Any], key: str, most: int = MOST_ENTRIES) -> dict[str, Any]:
        found = data.get(key, {})
        if isinstance(found, dict) and len(found) <= most:
            return found
        many = sentence("write at most {most} entries.", most=most)
        self.wrong(where, many if isinstance(found, dict) else sentence("write a table of keys."))
        return {}

    def _list(
        self, data: Mapping[str, Any], key: str, known: tuple[str, ...]
    ) -> Iterator[tuple[Where, dict[str, Any]]]:
        """Each table of a list, with its place; what is no table is complained of and left out."""
        found = data.get(key, [])
        if not isinstance(found, list) or len(found) > MOST_ENTRIES:
            self.wrong(
                Where(key, -1, ""),
                sentence("write one [[{key}]] table for each, at most {most}.", key=key, most=MOST_ENTRIES),
            )
            return
        for i, one in enumerate(found):
            where = Where(key, i, "")
            if isinstance(one, dict):
                self._keys(where, one, known)
                yield where, one
            else:
                self.wrong(
                    where, sentence("write one [[{key}]] table for each, at most {most}.", key=key, most=MOST_ENTRIES)
                )

    def _elsewhere(self, data: Mapping[str, Any], key: str) -> dict[str, str]:
        """A title or story as any district but the usual one reads it, where a file says so."""
        said = self._table(Where("elsewhere", -1, ""), data, "elsewhere")
        self._keys(Where("elsewhere", -1, ""), said, ("title", "story"))
        return {} if self.district.folder.usual else self._texts(said, key)

    def _texts(self, data: Mapping[str, Any], key: str) -> dict[str, str]:
        found = data.get(key, {})
        if isinstance(found, str):
            found = dict.fromkeys(LANGUAGES, found)
        how = sentence('write a text, or one for each language: {{ en = "…", zh = "…" }}.')
        if not isinstance(found, dict):
            self.wrong(Where(key, -1, ""), how)
            return {}
        self._keys(Where(key, -1, ""), found, LANGUAGES)
        for language, text in found.items():
            if language in LANGUAGES and not isinstance(text, str):
                self.wrong(Where(key, -1, language), how)
        return {language: " ".join(text.split()) for language, text in found.items() if isinstance(text, str)}

    def _renames(self, data: Mapping[str, Any], key: str, known: tuple[str, ...] | None = None) -> dict[str, str]:
        found = self._table(Where(key, -1, ""), data, key, MOST_NAMES)
        if known is not None:
            self._keys(Where(key, -1, ""), found, known)
        for old, new in found.items():
            if not isinstance(new, str):
                self.wrong(
                    Where(key, -1, old), sentence("{value} is not usable: write a name in quotes.", value=shown(new))
                )
        return {old: new for old, new in found.items() if isinstance(new, str)}

    def _parameters(self, where: Where, data: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
        """The overrides that are right. `below` holds the overrides on which they are laid, as written, to find
        contradictions."""
        found = _as_written(self._table(where, data, "parameters"))
        for message in contradictions({**below, **found}):
            if message not in contradictions(below):
                self.wrong(where, message)
        bad: dict[str, str] = {}
        try:
            Parameters.model_validate(found)
        except ValidationError as error:
            bad = {str(detail["loc"][0]): problem_in_words(dict(detail)) for detail in error.errors()}
        together = [unknown for unknown in unknown_keys(found, Parameters.model_fields) if len(unknown[0]) > 1]
        for keys, message in together:
            self.wrong(where._replace(key=keys[0], others=keys[1:]), message)
        for name, message in bad.items():
            if not any(name in keys for keys, _ in together):
                self.wrong(where._replace(key=name), message)
        good = {name: value for name, value in found.items() if name not in bad}
        made = Parameters.model_validate(good)
        return {name: getattr(made, name) for name in good}

    def _entries(self, where: Where, data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        table = where.key or where.table
        found = self._table(where, data, table)
        for name, entry in found.items():
            if not isinstance(entry, dict):
                self.wrong(
                    where._replace(key=name),
                    sentence("write what to change, as in {name}.KEY = VALUE.", name=f"{table}.{name}"),
                )
        return {name: entry for name, entry in found.items() if isinstance(entry, dict)}

    def _check_entries(self, where: Where, own: Tables, together: Tables | None = None) -> None:
        """Complain of mistakes in entries of the district's tables, units and issue types, and of mistakes that arise
        together with earlier entries, unless they have been reported before."""
        for message in entry_problems(own):
            self._wrong_entry(where, message)
        for message in entry_problems(together) if together else ():
            if message not in self.said_of_entries:
                self._wrong_entry(where, message)
        whole = own if together is None else together
        if not entry_problems(whole):
            for message in rank_problems(load_district(*whole)):
                self._wrong_entry(where, message)

    def _wrong_entry(self, where: Where, message: str) -> None:
        self.said_of_entries.add(message)
        self.wrong(
            where._replace(key=re.split(r": | = ", message, maxsplit=1)[0]), message
        )  # it begins with its place, as in units.fire

    def _changes(self, data: Mapping[str, Any], units: Entries, issues: Entries) -> tuple[Change, ...]:
        """The dated changes in the order of the file, each checked on top of what has changed before its date."""
        dated = [
            (self._date(where, one, "date"), where, one) for where, one in self._list(data, "changes", CHANGE_KEYS)
        ]
        above, together, read = _as_written(data.get("parameters")), (units, issues), {}
        for day, where, one in sorted(dated, key=itemgetter(0)):
            parameters = self._parameters(where, one, above)
            above |= _as_written(one.get("parameters"))
            for name in parameters:
                if name in BUILT_IN:
                    self.wrong(
                        where._replace(key=name),
                        sentence("{name} cannot change during a run; set it in [parameters].", name=name),
                    )
            own = self._entries(where._replace(key="units"), one), self._entries(where._replace(key="issues"), one)
            together = merged_entries(together[0], own[0]), merged_entries(together[1], own[1])
            self._check_entries(where, own, together)
            if not any(one.get(table) for table in ("parameters", "units", "issues")):
                self.wrong(where, sentence("changes nothing; write parameters, units or issues to change."))
            read[where.number] = Change(day, parameters, *own)
        return tuple(read[number] for number in sorted(read))

    def _merges(self, data: Mapping[str, Any]) -> tuple[Merge, ...]:
        read = []
        for where, one in self._list(data, "merge", MERGE_KEYS):
            units = one.get("units")
            if not isinstance(units, list) or not units or not all(isinstance(name, str) for name in units):
                self.wrong(where._replace(key="units"), sentence('write a list of units, for example ["food_drug"].'))
                units = []
            names = [self._text(where, one, language) if language in one else "" for language in LANGUAGES]
            read.append(Merge(self._date(where, one, "date"), tuple(units), self._text(where, one, "into"), *names))
        return tuple(read)

    def _problems(self, data: Mapping[str, Any]) -> tuple[InjectedProblem, ...]:
        read = []
        for where, one in self._list(data, "problems", PROBLEM_KEYS):
            when = self._date(where, one, "date")
            documented = self._table(where._replace(key="documented"), one, "documented")
            for key in documented:
                if key not in STEPS:
                    self.wrong(
                        where._replace(key=key),
                        sentence(
                            "there is no such step.{near} Known steps: {names}.",
                            near=suggestion(key, STEPS),
                            names=", ".join(STEPS),
                        ),
                    )
            steps = {key: self._date(where, documented, key) for key in documented}
            for key, day in steps.items():
                if day < when != NO_DATE:
                    self.wrong(
                        where._replace(key=key),
                        sentence("is documented before the problem's own date, {date}.", date=when),
                    )
            channel = self._text(where, one, "channel") if "channel" in one else None
            read.append(
                InjectedProblem(
                    when,
                    self._text(where, one, "community"),
                    self._text(where, one, "issue_type"),
                    self._severity(where, one.get("severity")),
                    self._least(where, one.get("min_units", 1)),
                    channel,
                    steps,
                    self._text(where, one, "subtype") if "subtype" in one else "",
                )
            )
        return tuple(read)

    def _severity(self, where: Where, found: object) -> float | None:
        if isinstance(found, (int, float)) and not isinstance(found, bool) and 0 <= found <= 0.95:
            return float(found)
        if found is not None:
            self.wrong(
                where._replace(key="severity"),
                sentence("{value} is not usable: write a number from 0 to 0.95.", value=shown(found)),
            )
        return None

    def _least(self, where: Where, found: object) -> int:
        if isinstance(found, int) and not isinstance(found, bool) and found >= 1:
            return found
        self.wrong(
            where._replace(key="min_units"),
            sentence("{value} is not usable: write a whole number from 1.", value=shown(found)),
        )
        return 1

    def _text(self, where: Where, entry: Mapping[str, Any], key: str) -> str:
        found = entry.get(key)
        if isinstance(found, str) and found:
            return found
        said = (
            sentence("is missing.")
            if found is None
            else sentence("{value} is not usable: write a name in quotes.", value=shown(found))
        )
        self.wrong(where._replace(key=key), said)
        return ""

    def _date(self, where: Where, entry: Mapping[str, Any], key: str) -> date:
        found = entry.get(key)
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        if isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
            try:
                return date.fromisoformat(found)
            except ValueError:
                pass
        how = sentence("write a date as year-month-day, for example 2014-05-06")
        said = sentence(
            "is missing: {how}." if found is None else "{value} is not usable: {how}.", value=shown(str(found)), how=how
        )
        self.wrong(where._replace(key=key), said)
        return NO_DATE


def entry_problems(tables: Tables) -> tuple[str, ...]:
    """What is wrong with overrides of the district's tables."""
    try:
        load_district(*tables)
    except InputErrors as wrong:
        return wrong.problems
    return ()


def _as_written(parameters: object) -> dict[str, Any]:
    """A table of parameters with none for "none", unless that is one of a parameter's choices; nothing where there is
    no table."""
    table = parameters if isinstance(parameters, dict) else {}
    chosen = {one.name for one in declarations() if "none" in one.choices}
    return {name: None if value == "none" and name not in chosen else value for name, value in table.items()}


def _sentences(complaints: list[Complaint], text: str, source: str) -> list[str]:
    """Each complaint with its file and line, in the order of the lines; the first ones in full and the rest counted."""
    lines = text.splitlines()
    located = sorted(((lines_of(lines, where), where, message) for where, message in complaints), key=first_line)
    messages: list[str] = []
    for found, where, message in located[:MOST_SHOWN]:
        place = at_lines(source, found)
        head = where._replace(key="") if where.key and _begins_with(message, where) else where
        messages.append(placed(place, placed(head, message) if str(head) else message))
    if len(complaints) > MOST_SHOWN:
        messages.append(
            sentence("{source}: and {count} more problems.", source=source, count=len(complaints) - MOST_SHOWN)
        )
    return messages


def _begins_with(message: str, where: Where) -> bool:
    """Whether a message names the key of its place itself."""
    return not where.others and message.startswith((f"{where.key} ", f"{where.key}:"))
