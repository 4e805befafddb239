"""Worker processes, which carry out runs; and the record of a run that fails or kills its process."""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import Any

from pingan_abm.engine.light_start import start_lightly
from pingan_abm.extend.carry import carried, with_extensions
from pingan_abm.extend.day import ExtensionFailed
from pingan_abm.runs import RunFunction, RunSpec, resolved, run_one
from pingan_abm.scenarios.presets import BASELINE, load_scenario
from pingan_abm.study.keep.records import Record
from pingan_abm.study.plan.design import Task
from pingan_abm.texts.errors import InputErrors

MOST_WORKERS = 1024
WATCH = 5.0  # seconds after which a cluster is asked whether it is still there, while nothing finishes


@dataclass(frozen=True)
class Batch:
    """Runs that one worker does in one go, and what is kept of them. again: whether a worker has died while they were
    under way."""

    tasks: tuple[Task, ...]
    series: bool = False
    events: bool = False
    again: bool = False


def available_workers() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def do_batch(batch: Batch, run: RunFunction) -> list[Record]:
    """Carry out a batch; a run that fails becomes a record that says so."""
    return [do_task(task, run, batch.series, batch.events) for task in batch.tasks]


def do_task(task: Task, run: RunFunction = run_one, series: bool = False, events: bool = False) -> Record:
    """Carry out one run; if it fails, the record has the error and where it arose."""
    began = time.perf_counter()
    parameters: dict[str, Any] = {}
    try:
        parameters = dict(resolved(task.spec)[0])
        result = run(task.spec, series=series, events=events)
    except Exception as error:  # noqa: BLE001 - no error in one run may end the others
        message = f"{type(error).__name__}: {error}".splitlines()[0]
        return Record(
            task.run_id,
            task.spec,
            parameters,
            "failed",
            error=message,
            traceback=traceback.format_exc(),
            seconds=time.perf_counter() - began,
        )
    if result.staffing is not None:
        parameters["staffing"] = result.staffing
    return Record(
        task.run_id,
        task.spec,
        parameters,
        "ok",
        seconds=result.seconds,
        outcomes=result.outcomes,
        series=result.series,
        events=result.events,
        places=result.places,
    )


def crashed(task: Task) -> Record:
    """The record of a run whose process died twice."""
    why = "the process that carried it out died, also when it was tried alone (out of memory?)"
    return Record(task.run_id, task.spec, dict(resolved(task.spec)[0]), "failed", error=why)


UNNOTICED = 5.0  # seconds that a pool is given to notice a dead process by itself


class ClusterFailed(RuntimeError):
    """The machines that carry out runs are gone, or not fit to carry them out: a sentence, its only argument. What is
    finished has been kept."""


class LocalWorkers:
    """Processes on this machine. They ignore Ctrl-C, which is the parent's to handle, and end when the parent is
    gone."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._dead_since: float | None = None

    def submit(self, batch: Batch, run: RunFunction) -> Future[list[Record]]:
        """Hand a batch to the next free worker."""
        with signals_held():
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=start_worker)
            return self._pool.submit(with_extensions, carried(), do_batch, batch, run)

    def check(self, *, lost: bool = False) -> None:
        """The pool says itself when a process dies, unless it died in the middle of what it was writing: then the pool
        waits for the rest for ever. After some seconds the others are ended too, and the pool notices."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        if all(process.is_alive() for process in processes):
            self._dead_since = None
        elif self._dead_since is None:
            self._dead_since = time.monotonic()
        elif time.monotonic() - self._dead_since > UNNOTICED:
            self._dead_since = None
            end_processes(self._pool)

    def failure(self, error: BaseException) -> BaseException:
        """What to raise for an error that no run has caused: the error itself."""
        return error

    def alone(self, batch: Batch, run: RunFunction) -> "list[Record] | None":
        """Carry out a batch in a process of its own; None when the process dies."""
        single = LocalWorkers(1)
        try:
            future = single.submit(batch, run)
            while not wait((future,), timeout=WATCH).done:
                single.check()
            return future.result()
        except BaseException as error:
            if died(error):
                return None
            raise
        finally:
            single.close(now=True)

    def restart(self) -> None:
        """Give up a pool that a dying worker has broken; the next batch starts another."""
        self.close(now=True)

    def close(self, *, now: bool = False) -> None:
        """End the workers; `now`: without waiting for the batches they are at."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if now:
            end_processes(pool)
        pool.shutdown(wait=not now, cancel_futures=True)


def end_processes(pool: ProcessPoolExecutor | None) -> None:
    """End a pool's processes, and let nobody wait for what they were writing: this process holds the other end of their
    pipe, and would read half a result for ever."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(5)
    writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
    if writer is not None and not writer.closed:
        writer.close()


class HereWorkers:
    """Runs in this process, one after another: for small runs, and for a process that is a worker itself."""

    workers = 1

    def submit(self, batch: Batch, run: RunFunction) -> Future[list[Record]]:
        """Carry out a batch at once."""
        done: Future[list[Record]] = Future()
        done.set_result(do_batch(batch, run))
        return done

    def check(self, *, lost: bool = False) -> None:
        """Nothing: this process is there."""

    def failure(self, error: BaseException) -> BaseException:
        """What to raise for an error that no run has caused: the error itself."""
        return error

    def alone(self, batch: Batch, run: RunFunction) -> "list[Record] | None":
        """Carry out a batch."""
        return do_batch(batch, run)

    def restart(self) -> None:
        """Nothing: there is no pool."""

    def close(self, *, now: bool = False) -> None:
        """Nothing: there is no pool."""


@contextmanager
def signals_held() -> Iterator[None]:
    """Postpone Ctrl-C and the loss of a terminal until this block ends. Processes that start in it never receive them:
    both signals go to a whole group of processes, and the parent handles them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = {signal.SIGINT, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        resource_tracker.ensure_running()  # the first call starts a process too, and then enables Ctrl-C again
        signal.pthread_sigmask(signal.SIG_BLOCK, held)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_worker() -> None:
    """Prepare a worker: leave Ctrl-C and a lost terminal to the parent, end when the parent has ended, and import no
    more than a run needs."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start_lightly()


def _end_with_parent() -> None:
    """Workers would wait for work for ever after their parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def died(error: BaseException) -> bool:
    """Whether an error says that a worker's process is gone."""
    return isinstance(error, EOFError) or type(error).__name__ in (
        "BrokenProcessPool",
        "KilledWorker",
        "BrokenPipeError",
    )


def prepare(announce: Callable[[], None] | None = None) -> None:
    """Compile the model here, once, if it is not compiled yet: otherwise each worker would compile it. announce: called
    before, for this takes half a minute."""
    from pingan_abm.engine.compiled import cache_is_cold

    if not cache_is_cold():
        return
    if announce is not None:
        announce()
    with suppress(ExtensionFailed, InputErrors):  # the runs themselves will say so
        run_one(RunSpec(load_scenario(BASELINE), residents=2000, days=70, warmup=0), series=False)
