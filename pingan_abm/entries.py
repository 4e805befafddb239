"""Checking tables of TOML files against the keys they may have."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pingan_abm.errors import shown, suggestion

type EntryKind = Literal["number", "whole", "switch", "text", "texts", "date", "table", "tables"]
WAYS = {
    "number": "a number", "whole": "a whole number", "switch": "true or false", "text": 'text such as "noise"',
    "texts": 'a list of texts such as ["services"]', "date": "a date such as 2014-05-01 without quotes", "table": "a table",
    "tables": "tables under a heading in double brackets such as [[changes]]",
}


@dataclass(frozen=True)
class Key:
    """What may stand under one key. low, high: inclusive bounds of a number; most: characters of a text."""

    kind: EntryKind
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False
    most: int = 10_000

    @property
    def how_to_write(self) -> str:
        """What a person may write here."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        return WAYS[self.kind] + ("" if self.low is None else f" from {self.low:g} to {self.high:g}")

    def fits(self, value: object) -> bool:
        """Whether a value is of the kind and within the bounds."""
        if self.kind in ("number", "whole"):
            allowed = (int,) if self.kind == "whole" else (int, float)
            return (isinstance(value, allowed) and not isinstance(value, bool)
                    and (self.low is None or self.high is None or self.low <= value <= self.high))
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "date":
            return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
        if self.kind == "table":
            return isinstance(value, Mapping)
        if self.kind in ("texts", "tables"):
            inner: type = str if self.kind == "texts" else Mapping
            return isinstance(value, list) and all(isinstance(item, inner) for item in value)
        return isinstance(value, str) and 0 < len(value.strip()) and len(value) <= self.most and (
            not self.choices or value in self.choices)


def check_table(where: str, given: object, keys: Mapping[str, Key], problems: list[str], partial: bool = False) -> dict[str, object]:
    """The entries of a table that fit; what does not is added to the problems, each with its place.

    where: the table's name, or "" for the file itself. partial: missing keys are no problem (overrides).
    """
    prefix = f"{where}." if where else ""
    if not isinstance(given, Mapping):
        problems.append(f"{where}: write a table with keys such as {', '.join(list(keys)[:4])}")
        return {}
    good: dict[str, object] = {}
    for name, value in given.items():
        key = keys.get(str(name))
        if key is None:
            problems.append(f"{prefix}{shown(name)[1:-1]}: unknown key.{suggestion(str(name), keys)}")
        elif not key.fits(value):
            why = unfit(key, value)
            problems.append(f"{prefix}{name} = {shown(value)} {why}: write {key.how_to_write}")
        else:
            good[str(name)] = float(value) if key.kind == "number" and isinstance(value, int | float) else value
    if not partial:
        problems.extend(f"{prefix}{name}: missing; write {key.how_to_write}" for name, key in keys.items()
                        if not key.optional and name not in given)
    return good


def unfit(key: Key, value: object) -> str:
    """Why a value does not fit, with the nearest choice if there are choices."""
    if key.choices and isinstance(value, str):
        return f"is not known.{suggestion(value, key.choices)} Otherwise"
    return "does not fit"
