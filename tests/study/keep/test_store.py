"""The store: nothing half-written, nothing lost, nothing twice, whatever happens to a file or a process."""

import errno
import io
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pingan_abm.parameters.declared import Parameters
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.keep import shards
from pingan_abm.study.keep import store as store_module
from pingan_abm.study.keep.claims import Claims, at_work, locked
from pingan_abm.study.keep.folder import create_store, open_store
from pingan_abm.study.keep.records import Record
from pingan_abm.study.keep.shards import stems
from pingan_abm.study.keep.store import Store, collapsed, export_table
from pingan_abm.texts.errors import InputErrors

MANIFEST = {"model_version": "1+a", "outcomes": ["crises", "reports"]}
PARAMETERS = dict(Parameters())


def record(number: int, status: str = "ok", seconds: float = 1.0, days: int = 3) -> Record:
    spec = RunSpec(load_scenario("pingan365"), residents=600, days=days, replication=number)
    series = {"reports_made": np.arange(days) + 0.5 * number} if status == "ok" else {}
    outcomes = {"crises": float(number), "reports": None} if status == "ok" else {}
    return Record(
        f"{number:016x}",
        spec,
        PARAMETERS,
        status,
        None if status == "ok" else "Oops: no",
        None,
        seconds,
        outcomes,
        series,
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_store(tmp_path / "out", MANIFEST)


def exported(store: Store) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(export_table(store), buffer)
    return buffer.getvalue()


def files(store: Store) -> set[str]:
    kinds = ("runs", "series", "events")
    return {path.relative_to(store.folder).as_posix() for kind in kinds for path in (store.folder / kind).iterdir()}


def test_what_is_stored_comes_back(store: Store) -> None:
    store.append([record(2), record(1)])
    table = open_store(store.folder).runs()
    assert table.column("run_id").to_pylist() == [f"{1:016x}", f"{2:016x}"]
    assert table.column("crises").to_pylist() == [1.0, 2.0]
    assert table.column("reports").to_pylist() == [None, None]
    assert table.column("accountability").to_pylist() == [PARAMETERS["accountability"]] * 2
    found = dict(store.series([f"{2:016x}"]))
    assert found[f"{2:016x}"]["reports_made"].tolist() == [1.0, 2.0, 3.0]


def test_order_batches_and_time_taken_leave_no_mark(tmp_path: Path) -> None:
    one, many = create_store(tmp_path / "one", MANIFEST), create_store(tmp_path / "many", MANIFEST)
    one.append([record(number) for number in range(6)])
    for number in (3, 5, 0, 1, 4, 2, 3):
        many.append([record(number, seconds=7.0 + number)])
    assert exported(one) == exported(many)


def test_a_successful_run_counts_before_a_failed_one(store: Store) -> None:
    for status in ("failed", "ok", "failed"):
        store.append([record(1, status)])
    assert store.runs().column("status").to_pylist() == ["ok"]
    assert collapsed(store.states()) == {f"{1:016x}": "ok"}


@pytest.mark.parametrize("kind", ["runs", "series"])
@pytest.mark.parametrize("damage", ["truncated", "emptied"])
def test_a_damaged_shard_is_set_aside_and_the_rest_stays(store: Store, kind: str, damage: str) -> None:
    store.append([record(1)])
    (damaged,) = stems(store.folder)
    store.append([record(2)])
    path = store.folder / kind / f"{damaged}.parquet"
    path.write_bytes(path.read_bytes()[:-9] if damage == "truncated" else b"")
    store.verify()
    assert collapsed(store.states()) == {f"{2:016x}": "ok"}
    (message,) = store.messages
    assert "done again" in message


def test_a_flipped_byte_is_noticed_or_changes_nothing(store: Store, tmp_path: Path) -> None:
    """Wherever it lies: in the pages, which have check sums, in their headers, or in what describes the columns."""
    store.append([record(number) for number in range(50)])
    (stem,) = stems(store.folder)
    contents = (store.folder / "runs" / f"{stem}.parquet").read_bytes()
    whole, noticed = pq.read_table(io.BytesIO(contents)), 0
    for place in range(4, len(contents), max(1, len(contents) // 40)):
        copied = tmp_path / f"copy{place}"
        shutil.copytree(store.folder, copied)
        damaged = bytearray(contents)
        damaged[place] ^= 0xFF
        (copied / "runs" / f"{stem}.parquet").write_bytes(damaged)
        again = open_store(copied)
        again.verify()
        if again.states() == {}:
            noticed += 1
        else:
            assert pq.read_table(io.BytesIO(damaged)).equals(whole), place
    assert noticed > 20


def test_a_full_disk_leaves_nothing_under_a_final_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append([record(1)])
    before = files(store)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            store.append([record(2)])
    assert files(store) == before
    store.append([record(2)])
    assert len(collapsed(store.states())) == 2


def test_what_a_killed_process_leaves_does_not_count_and_is_removed(store: Store) -> None:
    store.append([record(1)])
    kept = files(store)
    (store.folder / "runs" / ".half.parquet.99.part").write_bytes(b"PAR1")
    (store.folder / "series" / "orphan.parquet").write_bytes(b"PAR1")
    assert len(collapsed(store.states())) == 1
    with Claims(store.folder):
        store.verify()
        assert files(store) > kept  # another process may be writing them
    store.verify()
    assert files(store) == kept


def test_many_small_shards_become_one_with_the_same_contents(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MANY_SHARDS", 4)
    for number in range(6):
        store.append([record(number)])
    before = exported(store)
    store.compact_if_crowded()
    assert len(stems(store.folder)) == 1
    assert exported(store) == before
    assert len(dict(store.series(f"{number:016x}" for number in range(6)))) == 6


def test_another_model_version_is_refused(store: Store) -> None:
    with pytest.raises(InputErrors, match="do not mix"):
        create_store(store.folder, {**MANIFEST, "model_version": "1+b"})
    create_store(store.folder, MANIFEST)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputErrors, match="not empty"):
        create_store(tmp_path, MANIFEST)
    with pytest.raises(InputErrors, match="is a file"):
        create_store(tmp_path / "letter.txt", MANIFEST)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("contents", ["", "[]", "{", '{"store": 99, "outcomes": []}', '{"store": 1}'])
def test_an_unreadable_manifest_is_told(store: Store, contents: str) -> None:
    (store.folder / "manifest.json").write_text(contents)
    with pytest.raises(InputErrors, match="manifest.json"):
        open_store(store.folder)


def test_claims_are_seen_while_their_holder_lives(store: Store) -> None:
    with Claims(store.folder) as mine:
        theirs = Claims(store.folder)
        with locked(store.folder):
            theirs.add(["a", "b"])
            assert mine.of_others() == {"a", "b"}
            theirs.add(["c"])
            assert mine.of_others() == {"a", "b", "c"}
        assert at_work(store.folder) == 2
        theirs.close()
        with locked(store.folder):
            assert mine.of_others() == set()
    assert at_work(store.folder) == 0


def test_numbers_texts_and_entries_of_the_district_have_their_columns(store: Store) -> None:
    settings: dict[str, Any] = {"units.environment.staff": 12.0, "issues.noise.lead": "environment"}
    base = record(1)
    spec = RunSpec(base.spec.scenario, settings, residents=600, days=3)
    store.append([Record(base.run_id, spec, PARAMETERS, "ok", outcomes=base.outcomes), record(2)])
    table = export_table(store)
    assert table.column("units.environment.staff").to_pylist() == [12.0, None]
    assert table.column("issues.noise.lead").to_pylist() == ["environment", None]
    assert table.column_names[-2:] == ["crises", "reports"]


def test_coefficients_have_columns_where_any_run_sets_them(store: Store) -> None:
    """The same table whether such runs came together or not."""
    store.append([record(1)])
    assert "paper_strain_effect" not in export_table(store).column_names
    base = record(2)
    moved = dict(Parameters(paper_strain_effect=3.0))
    store.append([Record(base.run_id, base.spec, moved, "ok", outcomes=base.outcomes)])
    table = export_table(store)
    assert table.column("paper_strain_effect").to_pylist() == [25.0, 3.0]
    assert "paper_work" not in table.column_names and "accountability" in table.column_names


def test_a_look_reads_two_columns_and_no_series(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append([record(number) for number in range(3)])
    read, opened = [], []
    plain = shards.read_table

    def noted(path: Path, columns: list[str] | None = None) -> pa.Table:
        table = plain(path, columns)
        read.append(table.column_names)
        opened.append(path.parent.name)
        return table

    monkeypatch.setattr(shards, "read_table", noted)
    assert len(collapsed(store.states())) == 3
    assert (read, opened) == ([["run_id", "status"]], ["runs"])
