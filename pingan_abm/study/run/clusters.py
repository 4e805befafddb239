"""Runs on other machines: through an executor of `concurrent.futures`, such as that of a Dask cluster.

A cluster may fail in ways that a process on this machine does not: its scheduler dies, its last worker is lost, its
workers hold another version of the program or none. Each is reported in a sentence, within a minute, and what is
finished is kept.
"""

import time
from concurrent.futures import Executor, Future
from contextlib import suppress
from urllib.parse import urlsplit

from pingan_abm.extend.carry import carried, with_extensions
from pingan_abm.files.provenance import model_version
from pingan_abm.runs import RunFunction
from pingan_abm.study.keep.records import Record
from pingan_abm.study.run.workers import (
    MOST_WORKERS,
    WATCH,
    Batch,
    ClusterFailed,
    HereWorkers,
    LocalWorkers,
    died,
    do_batch,
)
from pingan_abm.texts.errors import InputErrors, Sentence, listed, sentence, shown

WAIT_FOR_CLUSTER = 10  # seconds in which a scheduler must answer and have a worker
WAIT_FOR_WORKER = 30  # seconds that a sweep waits for a worker when all are gone
VERSION = "__import__('pingan_abm.files.provenance', fromlist=['model_version']).model_version()"
#: Errors that a worker raises before it begins a batch, when it cannot load what the batch is made of.
NOT_LOADED = ("ModuleNotFoundError", "ImportError", "AttributeError", "TypeError", "UnpicklingError")


def do_of_version(version: str, batch: Batch, run: RunFunction) -> list[Record]:
    """Carry out a batch, unless this process holds another version of the program. Raises ClusterFailed."""
    if model_version() != version:
        raise ClusterFailed(other_version({"": model_version()}, version))
    return do_batch(batch, run)


def other_version(found: dict[str, str], wanted: str) -> Sentence:
    """The sentence on workers with another version. found: version by address of a worker."""
    return sentence(
        "workers of the cluster have another version of the model ({found}; here it is {wanted}): install the same on "
        "all of them.",
        found=listed([f"{address} {version}".strip() for address, version in found.items()]),
        wanted=wanted,
    )


class ExecutorWorkers:
    """Workers that somebody else's executor provides; whoever made it ends it."""

    def __init__(self, executor: Executor, workers: int | None = None) -> None:
        """workers: how many batches the executor carries out at once, if it does not say so itself."""
        self._executor = executor
        self.workers = workers or int(getattr(executor, "_max_workers", 0) or 1)

    def submit(self, batch: Batch, run: RunFunction) -> Future[list[Record]]:
        """Hand a batch to the executor."""
        return self._executor.submit(with_extensions, carried(), do_of_version, model_version(), batch, run)

    def check(self, *, lost: bool = False) -> None:
        """Raise ClusterFailed when nothing will be carried out any more. lost: whether work has been dropped."""
        if lost:
            raise ClusterFailed(
                sentence("the executor has dropped work that it was given. What is finished is kept; begin again.")
            )

    def failure(self, error: BaseException) -> BaseException:
        """What to raise for an error that no run has caused."""
        if type(error).__name__ not in NOT_LOADED:
            return error
        return ClusterFailed(
            sentence(
                "a worker cannot load the program ({why}): install the same version of pingan-abm for all workers.",
                why=shown(f"{type(error).__name__}: {error}", 120)[1:-1],
            )
        )

    def restart(self) -> None:
        """Raise ClusterFailed: nobody but its maker can start an executor again."""
        raise ClusterFailed(
            sentence(
                "a worker of the executor died, and with it the executor. What is finished is kept; begin again with a "
                "new one."
            )
        )

    def alone(self, batch: Batch, run: RunFunction) -> "list[Record] | None":
        """Not reached: an executor that lost a worker is not used again."""
        raise ClusterFailed(sentence("the executor has lost a worker."))

    def close(self, *, now: bool = False) -> None:
        """Leave the executor to its maker."""


class DaskWorkers(ExecutorWorkers):
    """Workers of a Dask cluster, reached through its scheduler."""

    def __init__(self, address: str) -> None:
        import distributed

        scheduler = address.replace("dask://", "tcp://", 1)
        try:
            self._client = distributed.Client(scheduler, timeout=WAIT_FOR_CLUSTER)
        except (OSError, TimeoutError) as error:
            raise InputErrors(
                [
                    sentence(
                        "--engine {address}: no Dask scheduler answers there ({why}); start one first.",
                        address=address,
                        why=type(error).__name__,
                    )
                ]
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=WAIT_FOR_CLUSTER)
            self._check_versions(address)
        except TimeoutError:
            self.close(now=True)
            raise InputErrors(
                [
                    sentence(
                        "--engine {address}: the Dask scheduler there has no workers; start at least one.",
                        address=address,
                    )
                ]
            ) from None
        except InputErrors:
            self.close(now=True)
            raise
        self._alone_since: float | None = None
        self._threads = sum(self._client.nthreads().values())
        super().__init__(self._client.get_executor(pure=False), self._threads)

    def _check_versions(self, address: str) -> None:
        """Raise InputErrors when a worker has no version of the program, or another one. The question is a text, since
        a worker without the program could not load one of its functions."""
        found = self._client.run(eval, VERSION, on_error="return")
        without = [worker for worker, version in found.items() if not isinstance(version, str)]
        if without:
            why = found[without[0]]
            raise InputErrors(
                [
                    sentence(
                        "--engine {address}: the workers {workers} cannot load the program ({why}): install the same "
                        "version of pingan-abm for all workers.",
                        address=address,
                        workers=listed(without),
                        why=shown(f"{type(why).__name__}: {why}", 120)[1:-1],
                    )
                ]
            )
        others = {worker: version for worker, version in found.items() if version != model_version()}
        if others:
            problem = other_version(others, model_version())
            raise InputErrors([sentence("--engine {address}: {problem}", address=address, problem=problem)])

    def check(self, *, lost: bool = False) -> None:
        """Raise ClusterFailed when the scheduler is gone, or when there has been no worker for a while."""
        if lost or not self._answers():
            raise ClusterFailed(
                sentence(
                    "the Dask scheduler is gone. What is finished is kept, and the same command goes on from there."
                )
            )
        if self._threads:
            self._alone_since = None
            return
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since >= WAIT_FOR_WORKER:
            raise ClusterFailed(
                sentence(
                    "the Dask cluster has had no worker for {seconds} seconds. What is finished is kept, and the same "
                    "command goes on from there.",
                    seconds=WAIT_FOR_WORKER,
                )
            )

    def _answers(self) -> bool:
        """Whether the scheduler answers; how many threads its workers have is noted."""
        if self._client.status != "running":
            return False
        try:
            threads = self._client.sync(self._client.scheduler.ncores, callback_timeout=WAIT_FOR_CLUSTER)
        except (OSError, TimeoutError):  # a closed connection is an OSError too
            return False
        self._threads = sum(threads.values())
        return True

    def restart(self) -> None:
        """A cluster replaces its workers itself."""

    def alone(self, batch: Batch, run: RunFunction) -> "list[Record] | None":
        """Carry out a batch by itself; None when its worker dies."""
        future = self.submit(batch, run)
        while not future.done():
            with suppress(TimeoutError):
                future.exception(timeout=WATCH)
            self.check()
        error = future.exception()
        if error is None:
            return future.result()
        if died(error):
            return None
        raise self.failure(error)

    def close(self, *, now: bool = False) -> None:
        """Leave the cluster; `now`: drop what it has not begun, and do not wait for a scheduler that may be gone."""
        with suppress(Exception):
            if not now:
                self._executor.shutdown(wait=True)
            self._client.close(timeout=2 if now else WAIT_FOR_CLUSTER)


type Workers = LocalWorkers | HereWorkers | ExecutorWorkers


def make_workers(engine: str, workers: int) -> Workers:
    """Workers for an engine: "local", or "dask://HOST:PORT". Raises InputErrors for another engine or one that does not
    answer."""
    problems = []
    if not 1 <= workers <= MOST_WORKERS:
        problems.append(
            sentence(
                "{option} {value} is not usable: write a whole number from {low} to {high}.",
                option="--workers",
                value=workers,
                low=1,
                high=MOST_WORKERS,
            )
        )
    if engine != "local" and not _is_dask(engine):
        problems.append(sentence("--engine {engine} is not usable: write local, or dask://HOST:PORT.", engine=engine))
    if problems:
        raise InputErrors(problems)
    return LocalWorkers(workers) if engine == "local" else DaskWorkers(engine)


def _is_dask(engine: str) -> bool:
    try:
        parts = urlsplit(engine)
        return parts.scheme == "dask" and bool(parts.hostname) and parts.port is not None and not parts.path
    except ValueError:
        return False
