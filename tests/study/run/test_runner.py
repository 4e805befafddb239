"""Workers: what becomes of runs that fail, of processes that die, and of memory when there are many runs."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import runs_that_fail

from pingan_abm.runs import RunResult, RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.plan.design import Task
from pingan_abm.study.run.clusters import make_workers
from pingan_abm.study.run.runner import BATCHES_PER_WORKER, MOST_IN_BATCH, Stream, TakeFrom, run_all
from pingan_abm.study.run.workers import Batch, LocalWorkers
from pingan_abm.texts.errors import InputErrors


def specs(count: int, incidents: Path | None = None) -> list[RunSpec]:
    return [
        RunSpec(load_scenario("pingan365"), residents=2000, days=5, replication=number, incidents=incidents)
        for number in range(count)
    ]


def statuses(run: Callable[..., RunResult], incidents: Path | None = None) -> list[tuple[int, str]]:
    return sorted((one.spec.replication, one.status) for one in run_all(specs(6, incidents), 2, run))


ALL_BUT_TWO = [(0, "ok"), (1, "ok"), (2, "failed"), (3, "ok"), (4, "ok"), (5, "ok")]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_fails_is_a_record_and_not_the_end(workers: int) -> None:
    records = {one.spec.replication: one for one in run_all(specs(4), workers, runs_that_fail.fails_at_two)}
    assert [records[number].status for number in range(4)] == ["ok", "ok", "failed", "ok"]
    assert records[2].error == "ZeroDivisionError: nothing to divide by"
    assert "fails_at_two" in (records[2].traceback or "")
    assert records[3].outcomes == {"crises": 3.0}


def test_a_run_that_takes_its_process_with_it_is_tried_alone_and_then_a_record() -> None:
    assert statuses(runs_that_fail.dies_at_two) == ALL_BUT_TWO


def test_a_process_that_dies_in_the_middle_of_its_result_stops_nobody() -> None:
    """Its pipe stays open, for its parent holds the other end: all would wait for ever if nobody looked at it."""
    assert statuses(runs_that_fail.dies_writing_at_two) == ALL_BUT_TWO


def test_workers_that_died_writing_can_be_ended() -> None:
    workers = LocalWorkers(2)
    batch = Batch((Task("2", specs(3)[2]),))
    workers.submit(batch, runs_that_fail.dies_writing_at_two)
    time.sleep(3)
    before = {thread for thread in threading.enumerate() if "ExecutorManager" in type(thread).__name__}
    workers.close(now=True)
    for thread in before:
        thread.join(20)
    assert not any(thread.is_alive() for thread in before)


def test_a_run_that_survives_when_tried_alone_is_not_lost(tmp_path: Path) -> None:
    records = tmp_path / "records.csv"
    records.write_text("date,issue_type,community\n")
    assert {status for _, status in statuses(runs_that_fail.dies_once, records)} == {"ok"}
    assert (tmp_path / "records.died").exists()


def test_of_many_runs_only_the_one_to_blame_is_lost_and_the_others_are_not_done_one_by_one() -> None:
    tasks = [Task(str(number), spec) for number, spec in enumerate(specs(150))]
    workers = LocalWorkers(2)
    stream = Stream(TakeFrom(tasks), workers, runs_that_fail.dies_at_a_hundred)
    try:
        records = list(stream)
    finally:
        workers.close()
    assert sorted(int(one.run_id) for one in records) == list(range(150))
    assert [one.run_id for one in records if one.status != "ok"] == ["100"]
    assert (
        2 < stream.deaths <= 2 + 7
    )  # the second time it is known to be among few, 64 at most, which are done by halves


def test_no_more_runs_are_taken_than_workers_have_room_for() -> None:
    asked: list[int] = []
    given = 0

    def take(most: int) -> list[Task]:
        nonlocal given
        asked.append(most)
        tasks = [Task(str(given + place), spec) for place, spec in enumerate(specs(300)[given : given + most])]
        given += len(tasks)
        return tasks

    workers = LocalWorkers(1)
    try:
        finished = [one.run_id for one in Stream(take, workers, runs_that_fail.quick)]
    finally:
        workers.close()
    assert sorted(map(int, finished)) == list(range(300))
    assert max(asked) <= BATCHES_PER_WORKER * MOST_IN_BATCH
    assert len(asked) > 2


@pytest.mark.parametrize(
    ("engine", "workers", "told"),
    [
        ("dusk://a:1", 1, "dask://HOST:PORT"),
        ("dask://a", 1, "dask://HOST:PORT"),
        ("dask://a:x", 1, "dask://HOST:PORT"),
        ("local", 0, "--workers 0"),
        ("local", 10**6, "--workers 1000000"),
    ],
)
def test_engines_and_numbers_that_cannot_be_used_are_told(engine: str, workers: int, told: str) -> None:
    with pytest.raises(InputErrors, match=told):
        make_workers(engine, workers)
