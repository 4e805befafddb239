"""Tables as they are handed out."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.files import atomic
from pingan_abm.study.keep.export import FORMATS, csv_cell, lines, write_table

TABLE = pa.table(
    {
        "name": ["=1+1", "plain, with comma", None],
        "number": [0.1, None, -2.5],
        "count": [1, 2, 3],
        "on": [True, False, None],
        "day": [date(2014, 1, 1), None, date(2014, 5, 6)],
    }
)


def test_csv() -> None:
    rows = list(csv.reader(io.StringIO("".join(lines(TABLE, "csv")))))
    assert rows == [
        ["name", "number", "count", "on", "day"],
        ["'=1+1", "0.1", "1", "true", "2014-01-01"],
        ["plain, with comma", "", "2", "false", ""],
        ["", "-2.5", "3", "", "2014-05-06"],
    ]


def test_json_and_parquet(tmp_path: Path) -> None:
    found = json.loads("".join(lines(TABLE, "json")))["runs"]
    assert found[0] == {"name": "=1+1", "number": 0.1, "count": 1, "on": True, "day": "2014-01-01"}
    write_table(TABLE, "parquet", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").equals(TABLE)


@given(st.text(max_size=20))
def test_no_text_is_a_formula(text: str) -> None:
    assert not csv_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back_as_they_were(value: float) -> None:
    assert float(csv_cell(value)) == value


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_nothing(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_table(TABLE, form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
