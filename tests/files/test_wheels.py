"""Wheels packed again from what is installed: whole, the same each time, and without what belongs to this machine."""

import base64
import csv
import hashlib
import io
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from pingan_abm.files.wheels import OWN, PACKAGE, needed, write_wheel

pytest.importorskip("packaging")


@pytest.mark.parametrize("name", [OWN, "rich", "numpy"])
def test_a_wheel_is_whole(name: str, tmp_path: Path) -> None:
    path = write_wheel(distribution(name), tmp_path)
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        (record,) = [one for one in names if one.endswith(".dist-info/RECORD")]
        rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
        assert sorted(row[0] for row in rows) == sorted(names)
        for target, digest, size in rows:
            if target != record:
                contents = wheel.read(target)
                made = base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode()
                assert (f"sha256={made}", str(len(contents))) == (digest, size)
        assert any(one.endswith(".dist-info/METADATA") for one in names)
        assert any(one.endswith(".dist-info/WHEEL") for one in names)
        assert not [one for one in names if "__pycache__" in one or one.startswith("..") or "direct_url" in one]
    again = write_wheel(distribution(name), tmp_path)
    assert again == path


def test_the_program_s_own_wheel_has_its_commands_and_its_data(tmp_path: Path) -> None:
    with zipfile.ZipFile(write_wheel(distribution(OWN), tmp_path)) as wheel:
        names = wheel.namelist()
        (entry,) = [one for one in names if one.endswith("entry_points.txt")]
        assert "pingan = pingan_abm.cli:main" in wheel.read(entry).decode()
    for file in ("cli.py", "data/units.toml", "locale/zh_CN/LC_MESSAGES/pingan_abm.mo"):
        assert f"{PACKAGE.name}/{file}" in names


def test_what_is_needed_is_all_that_is_used() -> None:
    names = set(needed(OWN, []))
    assert {"pingan-abm", "numpy", "numba", "llvmlite", "mesa", "typer", "rich"} <= names
    assert "solara" not in names and "solara" in needed(OWN, ["app"])
