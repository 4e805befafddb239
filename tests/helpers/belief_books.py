"""A workbook of belief sheets, filled in as people at a workshop fill it in."""

from pathlib import Path

import pytest

from pingan_abm.study.decide.belief_sheets import FIRST_ROW, HIGH_COLUMN, ID_COLUMN, LOW_COLUMN, NAME_COLUMN, NAME_ROW

PEOPLE = 15


def fill(path: Path) -> None:
    """Fill in what the command made: fifteen people, each with an opinion on one question."""
    calamine, xlsxwriter = pytest.importorskip("python_calamine"), pytest.importorskip("xlsxwriter")
    book = calamine.CalamineWorkbook.from_path(str(path))
    sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    assert len(sheets) == PEOPLE
    with xlsxwriter.Workbook(str(path)) as filled:
        for number, rows in enumerate(sheets):
            page = filled.add_worksheet(f"{number + 1}")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    page.write(row, column, cell)
            page.write(NAME_ROW, NAME_COLUMN, f"Person {number + 1}")
            row = FIRST_ROW + [cells[ID_COLUMN] for cells in rows[FIRST_ROW:]].index("problem_rate")
            page.write(row, LOW_COLUMN, 0.4 + number / 100)
            page.write(row, HIGH_COLUMN, 0.6 + number / 100)
