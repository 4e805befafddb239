"""Warm districts on disk: whatever becomes of a file, a run gives the same bytes, and the folder stays within its
bound."""

import errno
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from helpers.places import ROOT

from pingan_abm import beginning
from pingan_abm.files.atomic import TEMPORARY
from pingan_abm.model import PinganModel
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.snapshots import loads, store
from pingan_abm.snapshots.warm import Warm
from pingan_abm.study.run.runner import run_all

SPEC = RunSpec(load_scenario("pingan365"), {"accountability": 0.8}, residents=900, days=30, warmup=60)
KILLED = """
import os, signal
from pingan_abm.snapshots import store
import numpy as np
from pingan_abm.snapshots.warm import Warm
real = np.lib.format.write_array
def die(*given, **named):
    real(*given, **named)
    given[0].flush()
    os.kill(os.getpid(), signal.SIGKILL)
store.np.lib.format.write_array = die
store.write("killed", Warm({"one": np.arange(1_000), "two": np.arange(1_000)}, None), {})
"""
LIVED = """
import hashlib, sys
from pingan_abm.model import PinganModel
model = PinganModel(residents=900, days=30, warmup=60, replication=7)
while model.day < 30:
    model.step()
print(hashlib.sha256(model.world.used("problems").tobytes() + model.world.trust.tobytes()).hexdigest())
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for warm districts that only this test uses."""
    monkeypatch.delenv(store.VARIABLE, raising=False)
    monkeypatch.setattr(store, "CACHE_FOLDER", tmp_path / "compiled")
    loads.forget()
    yield store.folder()
    loads.forget()


def of(values: int) -> Warm:
    return Warm({"array": np.arange(values)}, {"dict": []})


def lived() -> str:
    """What a run of a small warm district leaves: problems, trust and outcomes."""
    model = PinganModel(dict(SPEC.settings), residents=900, days=30, warmup=60)
    while model.day < model.days:
        model.step()
    return repr((model.world.used("problems").tobytes(), model.world.trust.tobytes(), model.outcomes()))


def only_file(folder: Path) -> Path:
    (path,) = folder.glob(f"*{store.ENDING}")
    return path


def no_array_but(bad: str, path: Path) -> None:
    """Write a file that is sound but for one array: it is left out, or has another length or kind."""
    with zipfile.ZipFile(path) as opened:
        kept = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in kept.items():
            if name != "trust.npy":
                packed.writestr(name, content)
            elif bad == "short":
                with packed.open(name, "w") as member:
                    np.lib.format.write_array(member, np.zeros(5, np.float32))


def test_kept_or_lived_anew_the_run_is_the_same_to_the_last_byte(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lived()
    assert only_file(folder).stat().st_size > 10_000
    monkeypatch.setattr(PinganModel, "lived", None)  # from here on it has to be read
    assert lived() == first
    monkeypatch.undo()
    monkeypatch.setenv(store.VARIABLE, "0")
    assert lived() == first


@pytest.mark.parametrize(
    "harm", ["truncated", "emptied", "another file", "flipped", "another state", "missing", "short"]
)
def test_a_file_that_is_not_sound_is_passed_over_and_written_anew(folder: Path, harm: str) -> None:
    first, path = lived(), only_file(folder)
    whole = path.read_bytes()
    if harm == "truncated":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "emptied":
        path.write_bytes(b"")
    elif harm == "another file":
        path.write_bytes(b"PK\x03\x04 nothing that was ever a district" * 50)
    elif harm == "flipped":
        place = whole.index(b"trust.npy") + 3_000
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
    elif harm == "another state":
        with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning):
            packed.writestr(store.STATE, json.dumps({"float": "not a number"}))
    else:
        no_array_but(harm, path)
    assert lived() == first
    assert store.read(path.stem) is not None
    assert only_file(folder).stat().st_size == len(whole)


@pytest.mark.parametrize("harm", ["password", "method", "endless", "no state", "a list", "huge"])
def test_a_file_that_somebody_else_wrote_is_passed_over(folder: Path, harm: str) -> None:
    store.write("k", Warm({"one": np.arange(3)}, {"actors": []}), {})
    path = folder / "k.warm"
    whole = bytearray(path.read_bytes())
    if harm == "password":
        for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            whole[whole.index(mark) + shift] |= 1
        whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(bytes(whole).replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01"))
    elif harm == "method":
        for start in (place for place in range(len(whole)) if whole[place : place + 4] == b"PK\x01\x02"):
            whole[start + 10] = 77
        path.write_bytes(whole)
    else:
        member = {"endless": "[" * 100_000, "no state": "{}", "a list": "[1]", "huge": "1" * 5_000}[harm]
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(store.STATE, member)
            packed.writestr(store.ABOUT, member)
    warm = store.read("k")
    assert [one.path for one in store.entries()] == [path]
    assert warm is None or not PinganModel(residents=540, days=5, warmup=0).fits(warm)


def test_an_error_of_the_program_is_not_taken_for_a_file_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a slip in the program")

    monkeypatch.setattr(beginning, "unpack", broken)
    with pytest.raises(RuntimeError, match="a slip"):
        PinganModel(residents=540, days=5, warmup=0).fits(Warm({}, {}))


def test_a_process_killed_while_it_writes_leaves_nothing_harmful(folder: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PINGAN_CACHE": str(tmp_path)}
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    left = list((tmp_path / "warm").iterdir())
    assert [path.name.endswith(TEMPORARY) for path in left] == [True]
    assert store.read("killed") is None and store.entries() == []
    store.write("killed", of(10), {"residents": 10})
    assert store.read("killed") is not None
    os.utime(left[0], (0, 0))  # long ago
    store.make_room()
    assert [path.name for path in folder.iterdir()] == [f"killed{store.ENDING}"]


def test_a_disk_that_takes_nothing_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lived()
    store.empty()

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(store, "write_atomically", full)
    assert lived() == first
    assert store.entries() == []


def test_a_folder_that_cannot_be_made_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lived()
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(store, "CACHE_FOLDER", tmp_path / "file" / "compiled")
    assert lived() == first


def test_two_processes_at_once_write_one_sound_file(tmp_path: Path, folder: Path) -> None:
    environment = {**os.environ, store.VARIABLE: "100"}
    place = "from pathlib import Path\nfrom pingan_abm.snapshots import store\n"
    place += f"store.CACHE_FOLDER = Path({str(tmp_path)!r}, 'compiled')"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", f"{place}\n{LIVED}"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = {one.communicate(timeout=300)[0] for one in both}
    assert len(said) == 1 and len(said.pop()) == 65
    assert store.read(only_file(folder).stem) is not None
    assert len(list(folder.iterdir())) == 1


def test_one_worker_or_two_the_runs_are_the_same(folder: Path) -> None:
    specs = [RunSpec(SPEC.scenario, residents=900, days=20, warmup=40, replication=number) for number in range(3)]
    here = {one.run_id: one.outcomes for one in run_all(specs, 1)}
    there = {one.run_id: one.outcomes for one in run_all(specs, 2)}  # in folders of their own: nothing is kept for them
    again = {one.run_id: one.outcomes for one in run_all(specs, 1)}
    assert here == there == again and len(here) == 3


def test_the_longest_unused_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.VARIABLE, "2")
    for number, name in enumerate(("first", "second", "third")):
        store.write(name, of(80_000), {"replication": number})  # 0.64 MB each
        os.utime(store.folder() / f"{name}{store.ENDING}", (number + 1.0, number + 1.0))
    assert store.read("first") is not None  # used now
    store.write("fourth", of(80_000), {})
    assert {one.path.stem for one in store.entries()} == {"first", "third", "fourth"}
    assert sum(one.size for one in store.entries()) <= store.most_bytes()
    store.write("too large", of(400_000), {})
    assert "too large" not in {one.path.stem for one in store.entries()}
    count, size = store.empty()
    assert count == 3 and size > 1_900_000 and store.entries() == []


def test_a_staffing_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def find() -> float:
        asked.append(1)
        return 1.25

    assert loads.staffing_kept("key", find) == loads.staffing_kept("key", find) == 1.25
    loads._known.clear()  # as in another process
    assert loads.staffing_kept("key", find) == 1.25 and len(asked) == 1
    loads._known.clear()
    loads.place("key").write_text("nan")  # damaged: looked for again, and written anew
    assert loads.staffing_kept("key", find) == 1.25 and len(asked) == 2
    assert loads.read("key") == 1.25 and loads.count() == 1
    assert loads.forget() == 1 and loads.read("key") is None
