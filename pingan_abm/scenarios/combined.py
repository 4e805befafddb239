"""Scenarios that hold at once: `funding_cut+tight_accountability`."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from pingan_abm.scenarios.parts import Change, Entries, Scenario
from pingan_abm.texts.errors import InputErrors, sentence, shown

AND = "+"  # between the names of scenarios that hold at once


def combined(parts: Sequence[Scenario]) -> Scenario:
    """All that these scenarios set, change, merge and inject, as one scenario whose name joins theirs.

    Raises InputErrors with every setting to which two of them give different values: which of the two was meant, no
    order of names can say.
    """
    problems = list(_contradictions(parts))
    if problems:
        raise InputErrors(problems)
    changes = sorted((change for part in parts for change in part.changes), key=attrgetter("date"))
    return Scenario(
        name=AND.join(part.name for part in parts),
        title={
            language: f" {AND} ".join(part.title.get(language, part.name) for part in parts)
            for language in ("en", "zh")
        },
        story={
            language: "\n\n".join(filter(None, (part.story.get(language, "").strip() for part in parts)))
            for language in ("en", "zh")
        },
        parameters=_merged(part.parameters for part in parts),
        units=_merged_entries(part.units for part in parts),
        issues=_merged_entries(part.issues for part in parts),
        changes=tuple(changes),
        merges=tuple(merge for part in parts for merge in part.merges),
        problems=tuple(problem for part in parts for problem in part.problems),
        columns=_merged(part.columns for part in parts),
        categories=_merged(part.categories for part in parts),
        communities=_merged(part.communities for part in parts),
    )


def _contradictions(parts: Sequence[Scenario]) -> Iterator[str]:
    """A sentence for each setting that one scenario sets otherwise than another, from the start or on the same day."""
    first: dict[str, tuple[Scenario, Any]] = {}
    for part in parts:
        for setting, value in _settings(part):
            other, before = first.setdefault(setting, (part, value))
            if other is not part and before != value:
                yield sentence(
                    "{first} and {second} cannot hold at once: {setting} is {before} in the one and {after} in the "
                    "other. Leave one out, or write a scenario file.",
                    first=other.name,
                    second=part.name,
                    setting=setting,
                    before=shown(before),
                    after=shown(value),
                )


def _settings(part: Scenario) -> Iterator[tuple[str, Any]]:
    """Every setting of a scenario by a name that says where and when it holds."""
    yield from _named("", part.parameters, part.units, part.issues)
    for change in part.changes:
        yield from _dated(change)
    for table, renamed in (
        ("columns", part.columns),
        ("categories", part.categories),
        ("communities", part.communities),
    ):
        yield from ((f"{table}.{key}", value) for key, value in renamed.items())


def _dated(change: Change) -> Iterator[tuple[str, Any]]:
    return _named(f"{change.date} ", change.parameters, change.units, change.issues)


def _named(when: str, parameters: Mapping[str, Any], units: Entries, issues: Entries) -> Iterator[tuple[str, Any]]:
    yield from ((f"{when}{name}", value) for name, value in parameters.items())
    for table, entries in (("units", units), ("issues", issues)):
        for one, entry in entries.items():
            for key, value in entry.items():
                kind = "shares" if key == "lead" else key  # a lead is the share of a single owner
                yield f"{when}{table}.{one}.{kind}", (key, value) if kind == "shares" else value


def _merged(tables: Iterator[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for table in tables for name, value in table.items()}


def _merged_entries(tables: Iterator[Entries]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entries in tables:
        for name, entry in entries.items():
            found.setdefault(name, {}).update(entry)
    return found
