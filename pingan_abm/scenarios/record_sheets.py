"""Rows of an Excel workbook: the sheet that has the columns, its numbers, texts and dates as Calamine reads them."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.record_csv import MOST_CHARACTERS, Find, Record
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_UNPACKED = 300_000_000  # bytes
MOST_SHEETS = 100


def sheet_rows(path: Path, find: Find, bad: BadRows) -> Iterator[Record]:
    """Rows by the numbers that the sheet shows, of the one sheet that has the columns. Formulas count by the value that
    was stored with them.

    Raises ValueError when the file is no workbook that can be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                most = MOST_UNPACKED // 1_000_000
                raise InputErrors([sentence("unpacked it is larger than {most} MB; cut it into parts.", most=most)])
        rows = filled_rows(chosen_sheet(CalamineWorkbook.from_path(str(path)), find))
        _, header = next(rows, (0, []))
        places = find(header)
        for number, cells in rows:
            fields = tuple(None if place is None else cells[place] for place in places)
            if any(isinstance(field, str) and len(field) > MOST_CHARACTERS for field in fields):
                bad.add(number, sentence("a field longer than {most} characters.", most=f"{MOST_CHARACTERS:,}"))
                continue
            yield number, fields
    except (zipfile.BadZipFile, CalamineError) as wrong:
        raise ValueError(str(wrong) or type(wrong).__name__) from None


def chosen_sheet(book: "CalamineWorkbook", find: Find) -> "CalamineSheet":
    """The one sheet with the columns. Raises InputErrors: which columns the first sheet lacks, or that several sheets
    have them."""
    fitting: list[CalamineSheet] = []
    problems: list[str] = []
    for name in book.sheet_names[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        try:
            find(next(filled_rows(sheet), (0, []))[1])
            fitting.append(sheet)
        except InputErrors as wrong:
            problems = problems or list(wrong.problems)
    if not fitting:
        raise_if_any(problems or [sentence("the workbook has no sheet.")])
    if len(fitting) > 1:
        names = ", ".join(shown(sheet.name) for sheet in fitting)
        raise InputErrors([sentence("the sheets {names} all have the columns; keep one of them.", names=names)])
    return fitting[0]


def filled_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[Any]]]:
    """Every row that is not empty: its number, and its cells from the first used column on, None where one is empty."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in row]
        if any(cell is not None for cell in cells):
            yield number, cells
