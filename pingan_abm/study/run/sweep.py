"""A sweep: every run of a study, carried out and stored; an interrupted sweep continues where it stopped."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingan_abm.files.provenance import manifest
from pingan_abm.parameters.declared import Parameters
from pingan_abm.runs import RunFunction, run_one
from pingan_abm.scenarios.given import whole, whole_problems
from pingan_abm.study.analyse.analysis import with_points, write_design
from pingan_abm.study.keep.claims import Claims, locked
from pingan_abm.study.keep.folder import EXTENDABLE, create_store, other_results
from pingan_abm.study.keep.store import Store, collapsed
from pingan_abm.study.keep.writer import Writer
from pingan_abm.study.plan.design import Plan, Task, make_plan
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.clusters import ExecutorWorkers, Workers, make_workers
from pingan_abm.study.run.runner import Stream
from pingan_abm.study.run.workers import MOST_WORKERS, Batch, ClusterFailed, available_workers, prepare
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown

if TYPE_CHECKING:
    import pandas as pd

POLL_SECONDS = 1.0
NOTHING_MORE = Batch(())  # besides the outcomes of a run


@dataclass
class Progress:
    """Where a sweep stands: runs asked of this process, done before it began, done and failed by it or by others
    meanwhile."""

    total: int
    before: int = 0
    done: int = 0
    failed: int = 0
    messages: list[str] = field(default_factory=list)


type Announce = Callable[[Progress], None]


@dataclass(frozen=True)
class Part:
    """Part `number` of `of` parts of a study, counted from 1, for machines that share no disk or for job arrays."""

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> "Part":
        """From "2/8". Raises InputErrors."""
        first, slash, second = text.partition("/")
        if slash and first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second) <= 1_000_000:
            return cls(int(first), int(second))
        raise InputErrors(
            [sentence("--shard {text} is not usable: write I/N with I from 1 to N, for example 1/8.", text=text)]
        )

    def of_tasks(self, plan: Plan) -> list[Task]:
        """Every N-th run, so that each part is balanced over replications and points."""
        return [task for place, task in enumerate(plan.tasks()) if place % self.of == self.number - 1]


WHOLE = Part()


class Queue:
    """The runs still to be done in a store, shared with other processes that work on it."""

    def __init__(self, store: Store, tasks: list[Task], claims: Claims, retry_failed: bool) -> None:
        self._store, self._claims = store, claims
        self._known: set[str] = set()
        self._finished: set[str] = set()
        with locked(store.folder):
            states = collapsed(self._news())
        failed = {run_id for run_id, status in states.items() if status != "ok"}
        self._again = failed if retry_failed else set()
        self._finished = states.keys() - self._again
        self._left = deque(task for task in tasks if task.run_id not in self._finished)
        self.before = len(tasks) - len(self._left)

    def _news(self) -> dict[str, dict[str, str]]:
        """Read the shards that were not read before."""
        news = self._store.states(self._known)
        self._known |= news.keys()
        return news

    def __call__(self, most: int) -> list[Task]:
        """Up to this many runs that no process has done or claimed, claimed for this process."""
        if not self._left:
            return []
        with locked(self._store.folder):
            taken = self._claims.of_others()
            for listed in self._news().values():
                self._finished |= {
                    run_id for run_id, status in listed.items() if status == "ok" or run_id not in self._again
                }
            mine, others = self._choose(most, taken)
            self._claims.add([task.run_id for task in mine])
        self._left.extend(others)
        return mine

    def _choose(self, most: int, taken: set[str]) -> tuple[list[Task], list[Task]]:
        mine: list[Task] = []
        others: list[Task] = []
        while self._left and len(mine) < most:
            task = self._left.popleft()
            if task.run_id in self._finished:
                continue
            (others if task.run_id in taken else mine).append(task)
        return mine, others

    @property
    def waiting(self) -> bool:
        """Whether another process is still at work on some of the runs."""
        return bool(self._left)


def study_manifest(plan: Plan) -> dict[str, Any]:
    """The manifest's entries on the study of a store."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    study = plan.study
    base = Parameters.checked(
        {**study.scenario.parameters, **{k: v for k, v in study.settings.items() if "." not in k}}
    )
    about = manifest(seed=study.seed, parameters=dict(base), command="sweep", scenario=study.scenario.name)
    begun = {name: getattr(study, name) for name in ("warmup", "history")}
    if study.match_load is not None:
        begun["match_load"] = study.match_load
    return {
        **about,
        **begun,
        "kind": "sweep",
        "study": study.contents(),
        "planned": plan.count(),
        "outcomes": list(OUTCOMES),
    }


def extends(held: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a design has the points of an earlier one of its method: a Latin hypercube and Morris' trajectories are
    laid out anew for another number of samples, a Sobol' sequence goes on."""
    apart = {key for key in {*held, *new} if held.get(key) != new.get(key)}
    return "method" in apart or apart <= {"samples"} and new.get("method") not in ("lhs", "morris")


def same_study(new: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], list[str]]:
    """A check that a store's study is the new one, but for what a study may change and still continue in its folder."""

    def check(present: Mapping[str, Any]) -> list[str]:
        held = present.get("study")
        if held is None or present.get("kind") != new.get("kind"):
            return [other_results(present, new)]
        different = [key for key in sorted({*held, *new["study"]}) if held.get(key) != new["study"].get(key)]
        if "design" in different and not extends(held["design"], new["study"]["design"]):
            return [
                sentence(
                    "the folder holds this study with the design {held}. The design {wanted} has other runs, which "
                    "would mix with them: write another folder after --out.",
                    held=shown(held["design"], 120),
                    wanted=shown(new["study"]["design"], 120),
                )
            ]
        if set(different) - set(EXTENDABLE) - {"design"} or (
            "design" in different and held["design"]["method"] != new["study"]["design"]["method"]
        ):
            return [
                sentence(
                    "the folder holds another study: {names} differ. Write another folder after --out.",
                    names=", ".join(different),
                )
            ]
        return []

    return check


def run_sweep(
    study: Study,
    out: Path,
    workers: Workers,
    *,
    part: Part = WHOLE,
    retry_failed: bool = False,
    announce: Announce | None = None,
    run: RunFunction = run_one,
) -> Progress:
    """Carry out the runs of a study that a store does not have yet. Returns the progress at the end.

    Raises InputErrors when the folder cannot be used, OSError when it cannot be written; KeyboardInterrupt after
    storing what is finished.
    """
    plan = make_plan(study)
    about = study_manifest(plan)
    store = create_store(out, about, same_study(about))
    store.verify()
    write_design(out, plan)
    return carry_out(
        store,
        part.of_tasks(plan),
        workers,
        retry_failed=retry_failed,
        announce=announce,
        run=run,
        keep=Batch((), study.series, study.events),
    )


def carry_out(
    store: Store,
    tasks: list[Task],
    workers: Workers,
    *,
    retry_failed: bool = False,
    announce: Announce | None = None,
    run: RunFunction = run_one,
    keep: Batch = NOTHING_MORE,
) -> Progress:
    """Carry out the runs that a store does not have yet, beside other processes that do the same. keep: without tasks,
    what is kept of each run besides its outcomes. The workers are closed.

    Raises OSError when the store's folder cannot be written; KeyboardInterrupt after storing what is finished.
    """
    with Claims(store.folder) as claims:
        queue = Queue(store, tasks, claims, retry_failed)
        progress = Progress(len(tasks), before=queue.before, messages=store.messages)
        _announce(announce, progress)
        writer = Writer(store)
        whole, deaths = False, 0
        try:
            while True:
                stream = Stream(queue, workers, run, series=keep.series, events=keep.events)
                _store_all(stream, writer, progress, announce)
                deaths += stream.deaths
                if not queue.waiting:
                    break
                time.sleep(POLL_SECONDS)
            whole = True
        finally:
            workers.close(now=not whole)
    if deaths:
        progress.messages.append(
            sentence("A worker process died {count} times; what it was at was done again.", count=deaths)
        )
    states = collapsed(store.states())
    mine = [states.get(task.run_id) for task in tasks]
    progress.done, progress.failed = len(mine) - progress.before - mine.count(None), mine.count("failed")
    return progress


def _store_all(stream: Stream, writer: Writer, progress: Progress, announce: Announce | None) -> None:
    """Store the runs of a stream; when it is interrupted, store those that have finished by then."""
    try:
        for record in stream:
            writer.add(record)
            progress.done += 1
            progress.failed += record.status != "ok"
            _announce(announce, progress)
    except (KeyboardInterrupt, ClusterFailed):
        for record in stream.rescued():
            writer.add(record)
        raise
    finally:
        writer.flush()


def _announce(announce: Announce | None, progress: Progress) -> None:
    if announce is not None:
        announce(progress)


def sweep(
    study: str | Path | Study,
    out: str | Path,
    *,
    workers: int | None = None,
    engine: str = "local",
    executor: Executor | None = None,
    warmup: int | None = None,
    history: str | None = None,
    match_load: float | None = None,
) -> "pd.DataFrame":
    """Carry out a study and return a pandas table: one row a run, sorted by run id, with parameters and outcomes.

    engine: "local" or "dask://HOST:PORT"; executor: an executor of `concurrent.futures` in place of both, such as
    mpi4py's or loky's; the caller ends it, and `workers` says how many runs it carries out at once where it does not
    itself. warmup, history, match_load: in place of the study's own, where given.

    Runs that are in the folder already are not done again. Scripts that call this need the usual
    `if __name__ == "__main__":`.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from pingan_abm import sweep
    >>> with TemporaryDirectory() as folder:
    ...     study = Path(folder, "study.toml")
    ...     varied = "[parameters]\\naccountability = { values = [0.2, 0.8] }"
    ...     _ = study.write_text(f"residents = 3450\\ndays = 30\\n{varied}")
    ...     table = sweep(study, Path(folder, "results"), workers=1)
    >>> sorted(table["accountability"])
    [0.2, 0.8]
    """
    from pingan_abm.study.keep.store import export_table

    read = study if isinstance(study, Study) else read_study(Path(study))
    read = replace(
        read,
        warmup=read.warmup if warmup is None else warmup,
        history=read.history if history is None else history,
        match_load=read.match_load if match_load is None else match_load,
    )
    count = None if workers is None else whole(workers)
    raise_if_any([] if count is None else whole_problems("workers", count, 1, MOST_WORKERS))
    pool = (
        make_workers(engine, available_workers() if count is None else count)
        if executor is None
        else ExecutorWorkers(executor, count)
    )
    prepare()
    run_sweep(read, Path(out), pool)
    from pingan_abm.study.keep.folder import open_store

    store = open_store(Path(out))
    return with_points(export_table(store), store).to_pandas(use_threads=False)
