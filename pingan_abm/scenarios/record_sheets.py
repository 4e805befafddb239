"""Rows of an Excel workbook (.xlsx): the sheet that has the columns, its numbers, texts and dates.

A workbook is a zip of XML (ECMA-376). Only what a table needs is read: shared and inline texts, numbers, and whether a
cell's style shows a number as a date. Formulas count by the value that was stored with them. Nothing in the file is
carried out, and declarations of entities are refused.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.record_csv import MOST_CHARACTERS, Find, Record
from pingan_abm.scenarios.record_dates import LEAST_OF_EXCEL, MOST_OF_EXCEL, of_excel
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown

MOST_UNPACKED = 300_000_000  # bytes
CHUNK = 1 << 16
MOST_SHEETS = 100
MOST_COLUMNS = 16_384  # Excel's own limit
DATE_STYLES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built in, ECMA-376 part 1, 18.8.30
TIMED_STYLES = {18, 19, 20, 21, 22, *range(45, 48)}  # of these, those that show a time
NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[(?!h)[^\]]*\]', re.IGNORECASE)  # in a format, what stands for itself
DAYS_OF_1904 = 1462  # by which workbooks of old Macintoshes count later
COLUMN = re.compile(r"([A-Z]{1,3})\d+")


@dataclass(frozen=True)
class Book:
    """What all sheets of a workbook share. styles: for each style, "" for a number, "date", or "time" for a date with
    one."""

    texts: list[str]
    styles: list[str]
    days_ahead: int

    def value(self, kind: str, style: int, text: str) -> Any:
        """The value of a cell, from its type, its style and what stands in it."""
        if kind == "s":
            return self.texts[int(text)] if text.isdecimal() and int(text) < len(self.texts) else None
        if kind in ("str", "inlineStr", "e", "d"):
            return text
        if kind == "b":
            return text == "1"
        if not text:
            return None
        number, shown_as = float(text), self.styles[style] if style < len(self.styles) else ""
        serial = number + self.days_ahead
        if not shown_as or not LEAST_OF_EXCEL <= serial < MOST_OF_EXCEL + 1:
            return number
        moment = of_excel(serial)
        return moment if shown_as == "time" or serial != int(serial) else moment.date()


def sheet_rows(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    """Rows by the numbers that the sheet shows, of the one sheet that has the columns."""
    try:
        with ExitStack() as open_files:
            archive = open_files.enter_context(zipfile.ZipFile(path))
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise InputErrors(
                    [
                        sentence(
                            "unpacked it is larger than {most} MB; cut it into parts.", most=MOST_UNPACKED // 1_000_000
                        )
                    ]
                )
            book, sheet = read_book(archive), chosen_sheet(archive, find)
            rows = filled_rows(archive, sheet, book)
            _, header = next(rows, (0, {}))
            places = find(as_list(header))
            for number, cells in rows:
                fields = tuple(None if place is None else cells.get(place) for place in places)
                if any(isinstance(field, str) and len(field) > MOST_CHARACTERS for field in fields):
                    bad.add(number, sentence("a field longer than {most} characters.", most=f"{MOST_CHARACTERS:,}"))
                    continue
                yield number, fields
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, EOFError, RuntimeError) as wrong:
        raise ValueError(str(wrong) or type(wrong).__name__) from None


def chosen_sheet(archive: zipfile.ZipFile, find: Find) -> str:
    """The member that holds the one sheet with the columns. Raises InputErrors: which columns the first sheet lacks, or
    that several sheets have them."""
    fitting: list[tuple[str, str]] = []
    problems: list[str] = []
    for name, member in sheets(archive):
        _, header = next(filled_rows(archive, member, read_book(archive)), (0, {}))
        try:
            find(as_list(header))
            fitting.append((name, member))
        except InputErrors as wrong:
            problems = problems or list(wrong.problems)
    if not fitting:
        raise_if_any(problems or [sentence("the workbook has no sheet.")])
    if len(fitting) > 1:
        raise InputErrors(
            [
                sentence(
                    "the sheets {names} all have the columns; keep one of them.",
                    names=", ".join(shown(name) for name, _ in fitting),
                )
            ]
        )
    return fitting[0][1]


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and member of every sheet, in the order of the workbook."""
    targets = {
        one["Id"]: one["Target"].lstrip("/")
        for one in starts(archive, "xl/_rels/workbook.xml.rels", "Relationship")
        if one.get("Type", "").endswith("/worksheet")
    }
    found = []
    for one in starts(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(next((value for name, value in one.items() if name.endswith(":id")), ""))
        if target is not None:
            found.append((one.get("name", ""), target if target.startswith("xl/") else f"xl/{target}"))
    return found[:MOST_SHEETS]


def read_book(archive: zipfile.ZipFile) -> Book:
    """Texts, styles and calendar of a workbook."""
    members = set(archive.namelist())
    about = next(starts(archive, "xl/workbook.xml", "workbookPr"), {})
    ahead = DAYS_OF_1904 if about.get("date1904", "0") in ("1", "true") else 0
    texts = shared_texts(archive) if "xl/sharedStrings.xml" in members else []
    return Book(texts, cell_styles(archive) if "xl/styles.xml" in members else [], ahead)


def shared_texts(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by number. Pronunciation (rPh) is no part of a text."""
    texts: list[str] = []
    state = {"item": False, "text": False, "spoken": False}
    parts: list[str] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        state.update({"item": True} if name == "si" else {"spoken": True} if name == "rPh" else {"text": name == "t"})

    def end(name: str) -> None:
        if name == "si":
            texts.append("".join(parts))
            parts.clear()
        state.update({"spoken": False} if name == "rPh" else {"text": False})

    def data(text: str) -> None:
        if state["text"] and not state["spoken"]:
            parts.append(text)

    for _ in parsed(archive, "xl/sharedStrings.xml", start, end, data):
        pass
    return texts


def cell_styles(archive: zipfile.ZipFile) -> list[str]:
    """For each style of cells, whether it shows a date, with a time or without."""
    own: dict[int, str] = {}
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(name: str, given: Mapping[str, str]) -> None:
        if name == "numFmt":
            own[int(given["numFmtId"])] = given.get("formatCode", "")
        if name == "cellXfs":
            inside[name] = True
        if name == "xf" and inside["cellXfs"]:
            styles.append(kind_of_style(int(given.get("numFmtId", "0")), own))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[name] = False

    for _ in parsed(archive, "xl/styles.xml", start, end):
        pass
    return styles


def kind_of_style(number: int, own: Mapping[int, str]) -> str:
    """ "" for a number, "date", or "time" for a date with a time."""
    if number not in own:
        return "" if number not in DATE_STYLES else "time" if number in TIMED_STYLES else "date"
    letters = NOT_LETTERS.sub("", own[number]).lower().partition(";")[0]
    if "general" in letters or not set(letters) & set("ymdh年月日"):
        return ""
    return "time" if "h" in letters else "date"


def filled_rows(archive: zipfile.ZipFile, member: str, book: Book) -> Iterator[tuple[int, dict[int, Any]]]:
    """Every row that is not empty: its number, and its cells by column."""
    rows: list[tuple[int, dict[int, Any]]] = []
    now: dict[str, Any] = {"row": 0, "cells": {}, "text": [], "reading": False, "kind": "n", "style": 0, "column": -1}

    def start(name: str, given: Mapping[str, str]) -> None:
        if name == "row":
            now.update(row=int(given.get("r", now["row"] + 1)), cells={}, column=-1)
        elif name == "c":
            now.update(
                kind=given.get("t", "n"),
                style=int(given.get("s", "0")),
                column=column_of(given.get("r", ""), now["column"] + 1),
                text=[],
            )
        elif name in ("v", "t"):
            now["reading"] = True

    def end(name: str) -> None:
        if name in ("v", "t"):
            now["reading"] = False
        elif name == "c" and now["column"] < MOST_COLUMNS:
            value = book.value(now["kind"], now["style"], "".join(now["text"]))
            if value is not None and (not isinstance(value, str) or value.strip()):
                now["cells"][now["column"]] = value
        elif name == "row" and now["cells"]:
            rows.append((now["row"], now["cells"]))

    def data(text: str) -> None:
        if now["reading"]:
            now["text"].append(text)

    for _ in parsed(archive, member, start, end, data):
        yield from rows
        rows.clear()


def column_of(reference: str, following: int) -> int:
    """The column (from 0) of a cell such as "AB7"; the one that follows the last where a cell does not say."""
    found = COLUMN.fullmatch(reference)
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def as_list(cells: Mapping[int, Any]) -> list[Any]:
    """A row's cells in the order of the columns, None where there is none."""
    return [cells.get(column) for column in range(max(cells, default=-1) + 1)]


def starts(archive: zipfile.ZipFile, member: str, wanted: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of a name."""
    found: list[dict[str, str]] = []

    def start(name: str, given: Mapping[str, str]) -> None:
        if name == wanted:
            found.append(dict(given))

    for _ in parsed(archive, member, start):
        yield from found
        found.clear()


def parsed(
    archive: zipfile.ZipFile,
    member: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Read a member piece by piece, and stop after each; elements are called without their namespace's prefix."""

    def refused(*_: object) -> None:
        raise ValueError("it declares entities")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refused
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    if end is not None:
        closed = end
        parser.EndElementHandler = lambda name: closed(name.rpartition(":")[2])
    if data is not None:
        parser.CharacterDataHandler = data
    with archive.open(member) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)
        yield
