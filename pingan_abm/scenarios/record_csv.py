"""Rows of a CSV file, with commas, semicolons, tabs or bars between its fields, as the header shows or `sep=` says."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.texts.errors import InputErrors, sentence

MOST_CHARACTERS = 1_000  # of a field that is read
SEPARATORS = (",", ";", "\t", "|")
SAID = re.compile(r'"?sep=(.)"?\r?\n?')  # a first line that only names the separator, which spreadsheets do not show

type Record = tuple[int, tuple[Any, ...]]  # row number in the file, and the fields that were asked for
#: From a header to the position of each field, None for one that is missing. Raises InputErrors.
type Find = Callable[[list[str]], list[int | None]]


def csv_rows(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    """Rows by the numbers that a spreadsheet shows: the header is row 1, an empty line is a row, and a row whose texts
    span several lines is one row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        said = SAID.fullmatch(file.readline(8))
        rows = numbered(file, said[1] if said else separator_of(file, find), skip=said is not None)
        header = next((line for _, line in rows if line), [])
        places = find(header)
        for number, line in rows:
            if not any(field.strip() for field in line):
                continue
            if len(line) != len(header):
                bad.add(
                    number,
                    sentence("{value} fields where the header has {wanted}.", value=len(line), wanted=len(header)),
                )
                continue
            fields = tuple(None if place is None else line[place] for place in places)
            if any(field and len(field) > MOST_CHARACTERS for field in fields):
                bad.add(number, sentence("a field longer than {most} characters.", most=f"{MOST_CHARACTERS:,}"))
                continue
            yield number, fields


def separator_of(file: TextIO, find: Find) -> str:
    """The separator with which the header has the columns that are looked for; where none does, that which makes most
    columns, so that what is missing can be named."""
    heads: dict[str, int] = {}
    for separator in SEPARATORS:
        header = first_row(file, separator)
        heads[separator] = len(header)
        try:
            find(header)
        except InputErrors:
            continue
        return separator
    return max(heads, key=heads.__getitem__)


def first_row(file: TextIO, separator: str) -> list[str]:
    """The first row that is not empty; none where the file cannot be read."""
    try:
        return next((line for _, line in numbered(file, separator) if line), [])
    except InputErrors:
        return []


def numbered(file: TextIO, separator: str, *, skip: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number. skip: the first line names the separator only. Raises InputErrors with the number of
    the row from which on the file cannot be read."""
    file.seek(0)
    if skip:
        file.readline()
    lines, number = csv.reader(file, strict=True, delimiter=separator), 0
    while True:
        number += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise InputErrors(
                [
                    sentence(
                        "row {row}: not a readable CSV file from here on: {why}.", row=number, why=reason(str(wrong))
                    )
                ]
            ) from None
        yield number, line


def reason(wrong: str) -> str:
    """What is wrong with a row, from the words of the library that reads it."""
    if "unexpected end" in wrong:
        return sentence("a quotation mark opens a text that nothing closes")
    if "expected after" in wrong:
        return sentence('something follows a closing quotation mark; a mark inside a text is written twice, ""')
    if "field limit" in wrong:
        return sentence("a text is too long; perhaps nothing closes the quotation mark that opens it")
    return wrong
