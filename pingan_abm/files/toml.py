"""TOML files that a person wrote: read whole if they are no larger than a page of text, and their tables checked
against the keys they may have."""

import datetime
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pingan_abm.files.atomic import require_plain
from pingan_abm.texts.errors import InputErrors, Sentence, one_of, refusal, sentence, shown, suggestion

LARGEST_FILE = 1_000_000  # bytes
MANIFEST = "manifest.json"  # the file by which a folder of results is known
RANGE_KEYS = ("values", "low", "high", "steps", "distribution", "mode", "mean", "sd")
#: Keys of a file by which its kind is known; those of the other kinds do not stand beside them.
SCENARIO_KEYS = (
    "title",
    "story",
    "units",
    "issues",
    "changes",
    "merge",
    "problems",
    "columns",
    "categories",
    "communities",
)
STUDY_KEYS = (
    "groups",
    "design",
    "targets",
    "evidence",
    "records",
    "posterior",
    "settings",
    "question",
    "scenario",
    "residents",
    "days",
    "start",
    "seed",
    "replications",
    "incidents",
    "series",
    "events",
)
BELIEF_KEYS = ("ranges", "participants", "points")

type FileKind = Literal["scenario", "study", "calibration", "beliefs"]
KINDS: dict[FileKind, Sentence] = {
    "scenario": sentence("a scenario file"),
    "study": sentence("a study file"),
    "calibration": sentence("a study file"),
    "beliefs": sentence("a beliefs file"),
}
TAKEN_BY: dict[FileKind, str] = {
    "scenario": "pingan run",
    "study": "pingan sweep",
    "calibration": "pingan calibrate",
    "beliefs": "pingan compare --beliefs",
}

type EntryKind = Literal["number", "whole", "switch", "text", "texts", "numbers", "date", "table", "tables"]
WAYS: dict[EntryKind, Sentence] = {
    "number": sentence("a number"),
    "whole": sentence("a whole number"),
    "switch": sentence("true or false"),
    "text": sentence('text such as "noise"'),
    "numbers": sentence("a list of numbers such as [1, 2.5]"),
    "texts": sentence('a list of texts such as ["services"]'),
    "date": sentence("a date such as 2014-05-01 without quotes"),
    "table": sentence("a table"),
    "tables": sentence("tables under a heading in double brackets such as [[changes]]"),
}


def read_text(path: Path, what: str) -> str:
    """The text of a file. what: the kind of file, as in sentence("a scenario file"). Raises InputErrors when it is
    none, or too large."""
    try:
        with require_plain(path).open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as wrong:
        raise InputErrors([folder_of_results(path, what) or unreadable(path, wrong)]) from None
    if len(raw) > LARGEST_FILE:
        most = LARGEST_FILE // 1_000_000
        raise InputErrors(
            [sentence("{path}: larger than {most} MB; {what} is a page of text.", path=path, most=most, what=what)]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputErrors([sentence("{path}: is not UTF-8 text; save it as UTF-8.", path=path)]) from None


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """The tables of a TOML text; source: how messages name it. Raises InputErrors."""
    try:
        return tomllib.loads(text)
    except ValueError as wrong:
        line = re.search(r"at line (\d+)", str(wrong))
        foreign = line is not None and not "".join(text.split("\n")[int(line[1]) - 1 : int(line[1])]).isascii()
        hint = sentence(" Names with letters other than A–Z, Chinese too, are written in quotes.") if foreign else ""
        raise InputErrors(
            [sentence("{source}: is not valid TOML: {why}.{hint}", source=source, why=shown(wrong, 200), hint=hint)]
        ) from None
    except RecursionError:
        raise InputErrors([sentence("{source}: is nested too deeply.", source=source)]) from None


def kind_of(data: Mapping[str, Any]) -> FileKind | None:
    """Which kind of file a TOML file is, as far as its tables show it: a calibration is a study that has targets and no
    design."""
    parameters = data.get("parameters")
    ranges = isinstance(parameters, Mapping) and any(_is_range(one) for one in parameters.values())
    if data.keys() & set(SCENARIO_KEYS):
        return None if ranges or data.keys() & {*STUDY_KEYS, *BELIEF_KEYS} else "scenario"
    if data.keys() & set(BELIEF_KEYS):
        return None if ranges or data.keys() & set(STUDY_KEYS) else "beliefs"
    if "targets" in data and "design" not in data:
        return "calibration"
    return "study" if ranges or isinstance(data.get("design"), Mapping) else None


def _is_range(entry: object) -> bool:
    return isinstance(entry, Mapping) and len(entry) > 0 and entry.keys() <= set(RANGE_KEYS)


def other_kind(data: Mapping[str, Any], source: object, wanted: str) -> Sentence | None:
    """The sentence for a file whose tables belong to another kind of file than the wanted one; None when they do
    not."""
    kind = kind_of(data)
    if kind is None or KINDS[kind] == wanted:
        return None
    return sentence(
        "{source} is {kind}, not {wanted}; `{command}` takes it.",
        source=source,
        kind=KINDS[kind],
        wanted=wanted,
        command=TAKEN_BY[kind],
    )


def require_kind(data: dict[str, Any], source: str, wanted: str) -> dict[str, Any]:
    """The tables of a file, unless they are those of a file of another kind. Raises InputErrors."""
    if other := other_kind(data, source, wanted):
        raise InputErrors([other])
    return data


def no_folder_of_results(path: Path) -> Sentence:
    """The sentence for a file that stands where a folder of results is wanted."""
    wanted = sentence("a folder of results")
    try:
        other = (
            other_kind(parse_toml(read_text(path, wanted), ""), path, wanted)
            if path.suffix.lower() == ".toml"
            else None
        )
    except InputErrors:
        other = None
    return other or sentence(
        "{path} is a file, not a folder of results. Write the folder that a run, comparison or sweep was given with "
        "--out.",
        path=path,
    )


def unreadable(path: Path, wrong: Exception) -> Sentence:
    """The sentence for a file that cannot be read."""
    return sentence("{path}: cannot be read ({why}).", path=path, why=refusal(wrong))


def folder_of_results(path: Path, wanted: str) -> Sentence | None:
    """The sentence for a folder of results that stands where another kind of file is wanted; None when it is no such
    folder."""
    if not os.path.isfile(path / MANIFEST):  # unlike Path.is_file, no error for a folder that may not be read
        return None
    return sentence(
        "{path} is a folder of results, not {wanted}; `pingan status`, `pingan results` and `pingan report` take it.",
        path=path,
        wanted=wanted,
    )


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
    def how_to_write(self) -> Sentence:
        """What a person may write here."""
        if self.choices:
            return one_of(self.choices)
        if self.low is None or self.kind == "numbers":
            return WAYS[self.kind]
        low, high = f"{self.low:.12g}", f"{self.high:.12g}"
        return sentence("{how} from {low} to {high}", how=WAYS[self.kind], low=low, high=high)

    def fits(self, value: object) -> bool:
        """Whether a value is of the kind and within the bounds."""
        if self.kind in ("number", "whole"):
            allowed = (int,) if self.kind == "whole" else (int, float)
            return (
                isinstance(value, allowed)
                and not isinstance(value, bool)
                and (self.low is None or self.high is None or self.low <= value <= self.high)
            )
        if self.kind == "switch":
            return isinstance(value, bool)
        if self.kind == "date":
            return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
        if self.kind == "table":
            return isinstance(value, Mapping)
        if self.kind == "numbers":
            return isinstance(value, list) and all(replace(self, kind="number").fits(item) for item in value)
        if self.kind in ("texts", "tables"):
            inner: type = str if self.kind == "texts" else Mapping
            return isinstance(value, list) and all(isinstance(item, inner) for item in value)
        return (
            isinstance(value, str)
            and 0 < len(value.strip())
            and len(value) <= self.most
            and (not self.choices or value in self.choices)
        )


def check_table(
    where: str, given: object, keys: Mapping[str, Key], problems: list[str], partial: bool = False
) -> dict[str, object]:
    """The entries of a table that fit; what does not is added to the problems, each with its place.

    where: the table's name, or "" for the file itself. partial: missing keys are no problem (overrides).
    """
    prefix = f"{where}." if where else ""
    if not isinstance(given, Mapping):
        problems.append(
            sentence("{where}: write a table with keys such as {names}", where=where, names=", ".join(list(keys)[:4]))
        )
        return {}
    good: dict[str, object] = {}
    for name, value in given.items():
        key = keys.get(str(name))
        if key is None:
            place = f"{prefix}{shown(name)[1:-1]}"
            problems.append(sentence("{name}: unknown key.{near}", name=place, near=suggestion(str(name), keys)))
        elif not key.fits(value):
            problems.append(unfit(f"{prefix}{name}", key, value))
        else:
            good[str(name)] = float(value) if key.kind == "number" and isinstance(value, int | float) else value
    if not partial:
        problems.extend(
            sentence("{name}: missing; write {how}", name=f"{prefix}{name}", how=key.how_to_write)
            for name, key in keys.items()
            if not key.optional and name not in given
        )
    return good


def unfit(name: str, key: Key, value: object) -> Sentence:
    """Why a value does not fit, with the nearest choice if there are choices."""
    if key.choices and isinstance(value, str):
        near = suggestion(value, key.choices)
        return sentence(
            "{name} = {value} is not known.{near} Otherwise: write {how}",
            name=name,
            value=shown(value),
            near=near,
            how=key.how_to_write,
        )
    return sentence("{name} = {value} does not fit: write {how}", name=name, value=shown(value), how=key.how_to_write)
