"""`pingan cache`: what is kept to start sooner, listed and dropped."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.model import PinganModel
from pingan_abm.snapshots import loads, store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for warm districts that only this test uses, with one in it."""
    monkeypatch.setenv(store.VARIABLE, "100")
    monkeypatch.setattr(store, "CACHE_FOLDER", tmp_path / "compiled")
    PinganModel({"grassroots_groups": 3}, residents=900, days=10, warmup=20, seed=4, replication=2)
    loads.write("key", 1.5)
    yield store.folder()
    loads.forget()


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run_command(["cache", *words]) == 0
    return capsys.readouterr().out


def test_a_warm_district_is_listed(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    told = ran(capsys, "--lang", "en")
    for words in ("grassroots_groups=3", " 900 ", "2014-01-01", "Warm districts: 1, ", "100.0 MiB", str(folder)):
        assert words in told
    assert "PINGAN_WARM_MIB" in told and "Compiled code:" in told and "Staffings found for a load: 1" in told
    assert "预热城区：1个" in ran(capsys, "--lang", "zh")


def test_json_says_of_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(ran(capsys, "--json"))
    (one,) = told["districts"]
    assert (one["residents"], one["start"], one["seed"], one["replication"], one["warmup"]) == (
        900,
        "2014-01-01",
        4,
        2,
        20,
    )
    assert one["overrides"] == {"grassroots_groups": "3"}
    assert told["bytes"] == one["bytes"] > 10_000
    assert (told["most_bytes"], told["variable"]) == (100 * 2**20, "PINGAN_WARM_MIB")
    assert set(told["compiled"]) == {"folder", "bytes"}


def test_empty_drops_them(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert ran(capsys, "--empty", "--lang", "en").startswith("Dropped 1 warm districts")
    assert list(folder.iterdir()) == []
    assert json.loads(ran(capsys, "--empty", "--json")) == {"dropped": 0, "bytes": 0, "staffings": 0}
    assert "Warm districts: 0" in ran(capsys, "--lang", "en")


def test_a_file_that_cannot_be_read_is_listed_all_the_same(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / f"odd{store.ENDING}").write_bytes(b"nothing")
    assert len(json.loads(ran(capsys, "--json"))["districts"]) == 2
    assert "Warm districts: 2" in ran(capsys, "--lang", "en")
