"""Carrying out many runs: a bounded number under way, so that memory stays flat, and no run that can end the others."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from pingan_abm.runs import RunFunction, RunSpec, run_id, run_one
from pingan_abm.study.plan.design import Task
from pingan_abm.study.run.clusters import Workers
from pingan_abm.study.run.workers import (
    WATCH,
    Batch,
    LocalWorkers,
    crashed,
    died,
    do_task,
)

if TYPE_CHECKING:
    from pingan_abm.study.keep.records import Record

BATCH_SECONDS = 1.0  # seconds of work given to a worker at once: so much that the transfer costs next to nothing
MOST_IN_BATCH = 64
BATCHES_PER_WORKER = 2  # one at work, one waiting


class Stream:
    """Runs as they finish, from tasks that are taken only when workers have room for them."""

    def __init__(
        self,
        take: Callable[[int], Sequence[Task]],
        workers: Workers,
        run: RunFunction = run_one,
        *,
        series: bool = False,
        events: bool = False,
    ) -> None:
        """take: returns up to this many further tasks; an empty list means that there are none for now."""
        self._take, self._workers, self._run = take, workers, run
        self._keep = Batch((), series, events)
        self._under_way: dict[Future[list[Record]], Batch] = {}
        self._batch_size = 1
        self.deaths = 0  # of workers, or of pools of them

    def __iter__(self) -> "Iterator[Record]":
        """Finished runs in the order in which they finish, until there are no more tasks for now. The workers stay."""
        while self._fill() or self._under_way:
            yield from self._finished()

    def rescued(self) -> "list[Record]":
        """Runs that had finished when the iteration was broken off."""
        whole = [
            future
            for future in self._under_way
            if future.done() and not future.cancelled() and future.exception() is None
        ]
        return [record for future in whole for record in future.result()]

    def _fill(self) -> bool:
        room = self._workers.workers * BATCHES_PER_WORKER - len(self._under_way)
        tasks = list(self._take(room * self._batch_size)) if room > 0 else []
        for first in range(0, len(tasks), self._batch_size):
            self._hand_over(replace(self._keep, tasks=tuple(tasks[first : first + self._batch_size])))
        return bool(tasks)

    def _hand_over(self, batch: Batch) -> None:
        try:
            self._under_way[self._workers.submit(batch, self._run)] = batch
        except Exception as error:
            if not died(error):
                raise
            broken: Future[list[Record]] = Future()  # the pool was broken already
            broken.set_exception(error)
            self._under_way[broken] = batch

    def _finished(self) -> "Iterator[Record]":
        done: set[Future[list[Record]]] = set()
        while not done:
            done, _ = wait(self._under_way, timeout=WATCH, return_when=FIRST_COMPLETED)
            dropped = any(future.cancelled() for future in done)
            if dropped or not done:
                self._workers.check(lost=dropped)
        lost: list[Batch] = []
        for future in done:
            error = future.exception()
            if error is not None and not died(error):
                raise self._workers.failure(error)  # others of these may be whole: they are rescued
            batch = self._under_way.pop(future)
            if error is None:
                records = future.result()
                self._adapt(records)
                yield from records
            else:
                lost.append(batch)
        if lost:
            yield from self._after_a_death(lost)

    def _adapt(self, records: "Sequence[Record]") -> None:
        mean = sum(one.seconds for one in records) / max(1, len(records))
        self._batch_size = max(1, min(MOST_IN_BATCH, round(BATCH_SECONDS / max(mean, 1e-3))))

    def _after_a_death(self, lost: list[Batch]) -> "Iterator[Record]":
        """A worker died, and the pool with it: the batches under way are submitted again. A batch that is lost a second
        time is done alone, because one of its runs may be the cause."""
        self.deaths += 1
        if isinstance(self._workers, LocalWorkers):
            lost += self._under_way.values()
            self._under_way.clear()
        self._workers.restart()
        for batch in lost:
            if not batch.again:
                self._hand_over(replace(batch, again=True))
        for batch in lost:
            if batch.again:
                yield from self._alone(batch)

    def _alone(self, batch: Batch) -> "Iterator[Record]":
        """Carry out a batch in a process of its own. If the process dies, split the batch in halves, down to the run
        that kills it."""
        records = self._workers.alone(batch, self._run)
        if records is not None:
            yield from records
            return
        self.deaths += 1
        if len(batch.tasks) == 1:
            yield crashed(batch.tasks[0])
        else:
            half = len(batch.tasks) // 2
            for part in (batch.tasks[:half], batch.tasks[half:]):
                yield from self._alone(replace(batch, tasks=part))


class TakeFrom:
    """Takes tasks from an iterable, a few at a time."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = iter(tasks)

    def __call__(self, most: int) -> list[Task]:
        """The next few tasks."""
        return list(itertools.islice(self._tasks, most))


def run_all(
    specs: Sequence[RunSpec],
    workers: int,
    run: RunFunction = run_one,
    *,
    series: bool = False,
    events: bool = False,
    pool: LocalWorkers | None = None,
) -> "Iterator[Record]":
    """Carry out runs and yield each as it finishes: here when there is one worker or one run, else in worker processes.
    pool: workers that are kept for further runs; its maker closes it."""
    tasks = [Task(run_id(spec), spec) for spec in specs]
    if workers == 1 or len(tasks) == 1:
        for task in tasks:
            yield do_task(task, run, series, events)
        return
    own, whole = pool or LocalWorkers(min(workers, len(tasks))), False
    try:
        yield from Stream(TakeFrom(tasks), own, run, series=series, events=events)
        whole = True
    finally:
        if pool is None or not whole:
            own.close(now=not whole)
