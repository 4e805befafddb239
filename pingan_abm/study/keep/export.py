"""Runs as they are exported: CSV, JSON or Parquet, the same bytes for the same runs, however and wherever they were
done."""

import csv
import io
import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pingan_abm.files.atomic import write_atomically

FORMATS = ("csv", "json", "parquet")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would carry out a text that begins so
ROWS_AT_ONCE = 2_000


def write_table(table: pa.Table, form: str, path: Path) -> None:
    """Write a table to a file, whole or not at all."""
    write_atomically(path, _Writing(table, form))


class _Writing:
    def __init__(self, table: pa.Table, form: str) -> None:
        self.table, self.form = table, form

    def __call__(self, opened: IO[bytes]) -> None:
        if self.form == "parquet":
            pq.write_table(self.table, opened, compression="zstd")
        else:
            for text in lines(self.table, self.form):
                opened.write(text.encode())


def lines(table: pa.Table, form: str) -> Iterator[str]:
    """A table as CSV, or as a JSON document {"runs": [row, …]}, a piece at a time."""
    yield from csv_lines(table) if form == "csv" else json_lines(table)


def csv_lines(table: pa.Table) -> Iterator[str]:
    """CSV with a head; missing values are empty, switches are true and false, texts that look like formulas get an
    apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in table.column_names])
    for row in _rows(table):
        writer.writerow([csv_cell(value) for value in row.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def csv_cell(value: Any) -> str:
    """One cell: shortest form of a number that reads back as the same one."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = value.replace("\r\n", "\n").replace("\r", "\n")  # the one that csv.writer puts in quotes
        return f"'{plain}" if value.startswith(FORMULA) else plain
    return value.isoformat() if isinstance(value, date) else repr(value)


def json_lines(table: pa.Table) -> Iterator[str]:
    """A JSON document with one row a line."""
    yield '{"runs": ['
    for number, row in enumerate(_rows(table)):
        clean = {name: _json_value(value) for name, value in row.items()}
        yield ("," if number else "") + "\n" + json.dumps(clean, ensure_ascii=False, allow_nan=False)
    yield "\n]}\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for first in range(0, len(table), ROWS_AT_ONCE):
        yield from table.slice(first, ROWS_AT_ONCE).to_pylist()
