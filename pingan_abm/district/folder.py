"""The folder of a district: its files read once, by name of table, and where each entry is written in them.

A table stands in the TOML file that `keys.FILES` names for it, or in a CSV file of its own name, one row an entry.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pingan_abm.district.keys import ABOUT, FILE_OF, FILES
from pingan_abm.files.cells import cell_text
from pingan_abm.files.toml import LARGEST_FILE, Key, parse_toml, read_text
from pingan_abm.texts.errors import InputErrors, sentence, shown

DATA = Path(__file__).parents[1] / "data"
#: The districts that are shipped, by name.
SHIPPED = {"shangcheng": DATA, "dorchester": DATA / "districts" / "dorchester"}
USUAL = "shangcheng"
SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # what spreadsheets write, and read, as a first line
ENCODINGS = ("utf-8-sig", "gb18030")  # of CSV files: what spreadsheets write here
YES, NO = ("true", "yes", "1", "是"), ("false", "no", "0", "否", "")
HEADING, KEY = re.compile(r"\s*\[([^\[\]]+)\]"), re.compile(r"""\s*["']?([^\s"'=#]+)["']?\s*=""")

type Place = tuple[str, int]  # file, and line from 1


@dataclass(frozen=True)
class DistrictFolder:
    """What the files of a district say, not yet checked. name: of the folder; digest: hash of all that decides a run;
    about: district.toml; tables: rows by table and identifier; places: where entries and their keys are written;
    wrong: what cannot be read at all. Two are equal when they lie in one place and say the same."""

    path: Path
    digest: str
    about: Mapping[str, Any] = field(compare=False, repr=False)
    tables: Mapping[str, Mapping[str, Any]] = field(compare=False, repr=False)
    places: Mapping[tuple[str, ...], Place] = field(compare=False, repr=False)
    wrong: tuple[str, ...] = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """How the district is called where a short name is wanted."""
        return next((name for name, path in SHIPPED.items() if path == self.path), self.path.name)

    @property
    def usual(self) -> bool:
        """Whether it is the district that is meant when none is named."""
        return self.path == DATA

    def located(self, problem: str) -> str:
        """A problem with the file and line of the entry that it begins with, if that is found."""
        place = self.place_of(problem)
        if place is None:
            return problem
        file, line = place
        where = sentence("{source}, line {line}", source=self.path / file, line=line)
        return sentence("{place}: {what}", place=where, what=problem)

    def place_of(self, problem: str) -> Place | None:
        """Where the entry that a problem begins with is written: its key if that is found, else the entry."""
        text = str(problem)
        for table in FILE_OF:
            if text.startswith(f"{table}."):
                rest = text[len(table) + 1 :]
                own = [name for name in self.tables.get(table, {}) if re.match(rf"{re.escape(name)}([.:\s]|$)", rest)]
                if own:
                    name = max(own, key=len)
                    key = re.match(r"\.([\w-]+)", rest[len(name) :])
                    return self.places.get((table, name, key[1] if key else ""), self.places.get((table, name)))
        first = re.match(r"[\w.-]+", text)
        keys = first[0].split(".") if first else []
        for length in range(min(2, len(keys)), 0, -1):
            found = self.places.get((ABOUT, *keys[:length]))
            if found:
                return found
        return None


def open_folder(path: str | Path) -> DistrictFolder:
    """The district of a folder, or a shipped one by its name. Raises InputErrors when there is no such folder."""
    try:
        folder = SHIPPED.get(str(path)) or Path(path).expanduser().resolve()
        found = folder.is_dir()
    except (OSError, ValueError, RuntimeError):  # a name too long, with a letter of code 0, or of nobody's home
        folder, found = Path(path), False
    if not found:
        raise InputErrors(
            [
                sentence(
                    "there is no folder {folder}. Write the folder of a district, or one of {names}.",
                    folder=shown(str(path), 200)[1:-1],
                    names=", ".join(SHIPPED),
                )
            ]
        )
    if not (folder / ABOUT).is_file():
        raise InputErrors(
            [
                sentence(
                    "{folder} holds no {file}, so it is not a district. `pingan district new DIR` makes one.",
                    folder=path,
                    file=ABOUT,
                )
            ]
        )
    states = tuple((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in _files_in(folder))
    return _read(folder, states)


def _files_in(folder: Path) -> list[Path]:
    """The files that decide a run, in order of their names."""
    names = {ABOUT, *(f"{file}.toml" for file in FILES), *(f"{table}.csv" for table in FILE_OF)}
    return [path for name in sorted(names) if (path := folder / name).is_file()]


@lru_cache(maxsize=32)
def _read(folder: Path, _states: tuple[tuple[str, int, int], ...]) -> DistrictFolder:
    digest, wrong = hashlib.sha256(), list[str]()
    about: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {}
    places: dict[tuple[str, ...], Place] = {}
    for path in _files_in(folder):
        with path.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)  # what is larger is refused below
        digest.update(f"{path.name}:{len(raw)}:".encode() + raw)
        try:
            if path.name == ABOUT:
                about = parse_toml(read_text(path, sentence("a table of a district")), str(path))
                places |= {(ABOUT, *keys): place for keys, place in _written(path)}
            elif path.suffix == ".toml":
                found = parse_toml(read_text(path, sentence("a table of a district")), str(path))
                wrong += _foreign(path, found)
                tables |= {name: rows for name, rows in found.items() if isinstance(rows, dict)}
                places |= dict(_written(path))
            elif path.stem in tables:
                wrong.append(
                    sentence(
                        "{file}: the table {table} stands in {other} too; keep one of them.",
                        file=path,
                        table=path.stem,
                        other=f"{FILE_OF[path.stem]}.toml",
                    )
                )
            else:
                tables[path.stem], lines = _csv_rows(path)
                places |= {(path.stem, name): (path.name, line) for name, line in lines.items()}
        except InputErrors as unreadable:
            wrong += unreadable.problems
    return DistrictFolder(folder, digest.hexdigest()[:16], about, tables, places, tuple(wrong))


def _foreign(path: Path, found: Mapping[str, Any]) -> Iterator[str]:
    """A line for each table that does not belong into a file."""
    for name in found:
        if name not in FILES[path.stem]:
            yield sentence(
                "{file}: [{table}] does not belong here; the file holds {names}.",
                file=path,
                table=shown(name)[1:-1],
                names=", ".join(f"[{one}.…]" for one in FILES[path.stem]),
            )


def _written(path: Path) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Where tables, entries and keys stand in a TOML file that is written line by line."""
    heading: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        head, key = HEADING.match(line), KEY.match(line)
        if head:
            heading = tuple(part.strip(" \"'") for part in head[1].split(".", 1))
            yield heading, (path.name, number)
        elif key:
            yield (*heading, *key[1].split(".")), (path.name, number)


# -- CSV ---------------------------------------------------------------------------------------------------------------


def _csv_rows(path: Path) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """The rows of a CSV file by their column "id", cells as text, and the line of each. Raises InputErrors."""
    with path.open("rb") as opened:
        raw = opened.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise InputErrors([sentence("{path}: larger than {most} MB.", path=path, most=LARGEST_FILE // 1_000_000)])
    texts = (_decoded(raw, encoding) for encoding in ENCODINGS)
    text = next((one for one in texts if one is not None), None)
    if text is None:
        raise InputErrors([sentence("{path}: is not UTF-8 text; save it as UTF-8.", path=path)])
    numbered = _lines_of(path, text)
    header = [cell_text(cell) for cell in next(numbered, (1, []))[1]]
    if "id" not in header:
        raise InputErrors([sentence('{path}, line 1: there is no column "id".', path=path)])
    wrong: list[str] = [
        sentence("{path}, line 1: the column {name} stands twice.", path=path, name=shown(name)[1:-1])
        for name, count in Counter(filter(None, header)).items()
        if count > 1
    ]
    rows: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for number, cells in numbered:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        name = cell_text(row.pop("id", ""))
        if not any(row.values()) and not name:
            continue
        if not name or name in rows:
            what = sentence("the id is empty") if not name else sentence("the id {name} stands above too", name=name)
            place = sentence("{source}, line {line}", source=path, line=number)
            wrong.append(sentence("{place}: {what}", place=place, what=what))
            continue
        rows[name] = {key: cell for key, cell in row.items() if cell}
        lines[name] = number
    if wrong:
        raise InputErrors(wrong)
    return rows, lines


def _lines_of(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text with the line at which each ends. A first line such as `sep=;` names the separator. Raises
    InputErrors for quotes that do not fit."""
    named = SEPARATOR.match(text)
    if named:
        text = "\n" + text[named.end() :]  # lines keep their numbers
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=named[1] if named else max(",;\t", key=first.count), strict=True
    )
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as wrong:
        raise InputErrors(
            [
                sentence(
                    "{path}, line {line}: cannot be read as CSV ({why}).",
                    path=path,
                    line=reader.line_num,
                    why=shown(wrong),
                )
            ]
        ) from None


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def from_cells(row: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
    """A row of a CSV file as it would stand in TOML: numbers, switches, lists parted by ";", tables as "name: 0.5" or
    in columns such as shares.fire. What cannot be read stays text, to be refused where it is checked."""
    found: dict[str, Any] = {}
    for name, cell in row.items():
        table, dot, entry = name.partition(".")
        if dot and table in keys and keys[table].kind == "table":
            found.setdefault(table, {})[entry] = _number(cell)
        elif name in keys and isinstance(cell, str):
            found[name] = _value(cell, keys[name])
        else:
            found[name] = cell
    return found


def _value(cell: str, key: Key) -> object:
    if key.kind != "text":
        cell = unicodedata.normalize("NFKC", cell)
    if key.kind in ("number", "whole"):
        return _number(cell)
    if key.kind == "switch":
        return cell.lower() in YES if cell.lower() in (*YES, *NO) else cell
    if key.kind in ("texts", "numbers"):
        parts = [part.strip() for part in re.split("[;；]", cell) if part.strip()]
        return [_number(part) for part in parts] if key.kind == "numbers" else parts
    if key.kind == "table":
        pairs = [re.split("[:：=]", part, maxsplit=1) for part in re.split("[;；]", cell) if part.strip()]
        return {one[0].strip(): _number(one[1].strip()) if len(one) > 1 else 1.0 for one in pairs}
    return cell


def _number(cell: str) -> object:
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell


def all_located(folder: DistrictFolder, problems: Iterable[str]) -> list[str]:
    """Problems with their files and lines, in the order of these."""
    order = {file: place for place, file in enumerate([ABOUT, *FILES])}
    found = [(folder.place_of(one), folder.located(one)) for one in problems]
    found.sort(key=lambda one: (order.get(one[0][0].split(".")[0], 0), one[0][1]) if one[0] else (-1, 0))
    return [line for _, line in found]
