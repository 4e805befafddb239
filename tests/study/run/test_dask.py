"""A sweep on a cluster gives what it gives on this machine, and says when the cluster fails."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from helpers.places import ROOT

from pingan_abm.cli import run_command
from pingan_abm.files.provenance import model_version
from pingan_abm.runs import run_one
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import export_table
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.run import clusters
from pingan_abm.study.run.clusters import ExecutorWorkers, do_of_version, make_workers
from pingan_abm.study.run.sweep import Progress, run_sweep, sweep
from pingan_abm.study.run.workers import Batch, ClusterFailed, LocalWorkers
from pingan_abm.texts.errors import InputErrors

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")

STUDY = "residents = 2000\ndays = 10\nreplications = 2\n[parameters]\naccountability = { values = [0.1, 0.9] }\n"


@pytest.mark.slow
def test_a_cluster_gives_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    study = read_study(tmp_path / "study.toml")
    run_sweep(study, tmp_path / "here", LocalWorkers(1))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        done = run_sweep(study, tmp_path / "there", make_workers(f"dask://{address}", 1))
    assert (done.done, done.failed) == (4, 0)
    assert export_table(open_store(tmp_path / "here")).equals(export_table(open_store(tmp_path / "there")))


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(InputErrors, match="no Dask scheduler answers"):
        make_workers("dask://127.0.0.1:9", 1)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the sweep would wait for ever and say nothing."""
    monkeypatch.setattr(clusters, "WAIT_FOR_CLUSTER", 1)
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        with pytest.raises(InputErrors, match="has no workers; start at least one"):
            make_workers(f"dask://{address}", 1)


@contextmanager
def process(*words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's own, ended with its children at the end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    made = subprocess.Popen(
        [sys.executable, "-m", *words],
        env=environment,
        cwd=gettempdir(),  # a folder from which the program cannot be imported
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield made
    finally:
        with suppress(ProcessLookupError):
            os.killpg(made.pid, signal.SIGKILL)
        made.wait()


@contextmanager
def cluster(**more: str) -> Iterator[tuple[str, subprocess.Popen[bytes], subprocess.Popen[bytes]]]:
    """Address, scheduler and worker of a cluster of separate processes. more: the worker's environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    port = address.partition(":")[2]
    serve = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    work = ("distributed.cli.dask_worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", "--no-dashboard")
    with process(*serve) as scheduler, process(*work, **more) as worker:
        yield address, scheduler, worker


LONG = "residents = 2000\ndays = 30\nwarmup = 0\nreplications = 400\n" + STUDY[STUDY.index("[parameters]") :]


def broken_off(folder: Path, address: str, lost: subprocess.Popen[bytes]) -> tuple[str, int, float]:
    """What is said of a sweep whose scheduler or worker is killed after some runs, how many runs are kept, and how long
    it took from the kill."""
    (folder / "study.toml").write_text(LONG)
    killed: list[float] = []

    def kill(progress: Progress) -> None:
        if progress.done >= 5 and not killed:
            os.killpg(lost.pid, signal.SIGKILL)
            killed.append(time.monotonic())

    with pytest.raises(ClusterFailed) as caught:
        run_sweep(
            read_study(folder / "study.toml"), folder / "out", make_workers(f"dask://{address}", 1), announce=kill
        )
    return str(caught.value), len(open_store(folder / "out").runs()), time.monotonic() - killed[0]


@pytest.mark.slow
def test_a_scheduler_that_dies_is_told_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    with cluster() as (address, scheduler, _):
        said, kept, seconds = broken_off(tmp_path, address, scheduler)
    assert "the Dask scheduler is gone" in said and 5 <= kept < 800 and seconds < 60


@pytest.mark.slow
def test_the_loss_of_the_last_worker_is_told_and_what_is_finished_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "WAIT_FOR_WORKER", 5)
    with cluster() as (address, _, worker):
        said, kept, seconds = broken_off(tmp_path, address, worker)
    assert "has had no worker for 5 seconds" in said and 5 <= kept < 800 and seconds < 60


@pytest.mark.slow
def test_workers_without_the_package_or_with_another_version_are_told(tmp_path: Path) -> None:
    (tmp_path / "pingan_abm").mkdir()
    (tmp_path / "pingan_abm" / "__init__.py").write_text("raise ModuleNotFoundError('no model here')\n")
    with (
        cluster(PYTHONPATH=str(tmp_path)) as (address, *_),
        pytest.raises(InputErrors, match="cannot load the program"),
    ):
        make_workers(f"dask://{address}", 1)
    other = tmp_path / "other"
    shutil.copytree(ROOT / "pingan_abm", other / "pingan_abm", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "pingan_abm" / "rules" / "reporting.py").open("a") as source:
        source.write("\n# another version\n")
    with (
        cluster(PYTHONPATH=str(other)) as (address, *_),
        pytest.raises(InputErrors, match="have another version") as told,
    ):
        make_workers(f"dask://{address}", 1)
    assert model_version() in str(told.value)


def test_any_executor_carries_out_a_sweep(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    with ThreadPoolExecutor(1) as executor:
        there = sweep(tmp_path / "study.toml", tmp_path / "there", executor=executor, warmup=0)
    here = sweep(tmp_path / "study.toml", tmp_path / "here", workers=1, warmup=0)
    assert there.equals(here) and len(here) == 4


def test_a_worker_of_another_version_refuses() -> None:
    with pytest.raises(ClusterFailed, match="another version of the model"):
        do_of_version("0.0+other", Batch(()), run_one)
    assert do_of_version(model_version(), Batch(()), run_one) == []


class Broken(Executor):
    """Fails as an executor does whose workers cannot load the program, or that drops its work."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error

    def submit(self, *_: object, **__: object) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        if self.error is None:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'pingan_abm'"), "a worker cannot load the program"),
        (BrokenProcessPool("gone"), "a worker of the executor died"),
        (None, "dropped work"),
    ],
)
def test_an_executor_that_fails_is_told_in_a_sentence(tmp_path: Path, error: BaseException | None, said: str) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    with pytest.raises(ClusterFailed, match=said):
        sweep(tmp_path / "study.toml", tmp_path / "out", executor=Broken(error), warmup=0)


def test_the_command_ends_with_a_sentence_and_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clusters, "DaskWorkers", lambda _: ExecutorWorkers(Broken(None)))
    (tmp_path / "study.toml").write_text(STUDY)
    words = ["sweep", str(tmp_path / "study.toml"), "--out", str(tmp_path / "out"), "--warmup", "0"]
    code = run_command([*words, "--engine", "dask://127.0.0.1:9", "--lang", "zh"])
    assert (
        code == 1 and capsys.readouterr().err == "pingan: 执行器丢弃了交给它的运行。已完成的运行已保存；请重新开始。\n"
    )
