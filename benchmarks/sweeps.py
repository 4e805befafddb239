"""What a sweep costs beside its runs, what a second worker brings, and whether memory grows with the number of runs.

    uv run python benchmarks/sweeps.py [--runs 120] [--pairs 5] [--days 365] [--many 2000]

The same runs are done by a worker process that stores and returns nothing (the runs alone), as a sweep with one worker, and as a sweep with
two. They take turns, and medians of the pairs' ratios are printed. The overhead is told in CPU time of all processes, so that a busy
machine matters little, and in wall time. What a second worker brings in wall time needs two idle cores; on a busy machine look at how long
workers have nothing to do (neither at work nor waiting for a core, by Linux's own count): with none of that, the cores are the limit.
Workers are started and everything is loaded before the clock runs: that is paid once a sweep, whatever its length. Memory is the peak of
the process that stores and of its worker over `--many` short runs, beside that over a tenth of them.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, NamedTuple

import psutil

from pingan_abm.runs import RunResult, RunSpec, run_one
from pingan_abm.study.design import Task, make_plan
from pingan_abm.study.files import Study, parse_study
from pingan_abm.study.sweep import Progress, run_sweep
from pingan_abm.study.workers import Batch, LocalWorkers, prepare

STUDY = """
residents = 3450
days = {days}
replications = {replications}
[parameters]
accountability = {{ values = [0.2, 0.8] }}
"""
WARM_DAYS = 70  # by then every kernel has been loaded
SHORT_DAYS = 2
LOOK_SECONDS = 0.1


class Cost(NamedTuple):
    """Seconds of wall time, and of CPU time over this process and its workers; share of the time that workers had nothing to do."""

    wall: float
    cpu: float
    idle: float = 0.0


def study_text(runs: int, days: int) -> str:
    """A study of so many runs of so many days."""
    return STUDY.format(days=days, replications=max(1, runs // 2))


def study_of(runs: int, days: int) -> Study:
    """The same, read."""
    return parse_study(study_text(runs, days), "benchmark", "benchmark", Path())


def run_only(spec: RunSpec, **keep: Any) -> RunResult:
    """A run as in a sweep, of which nothing is handed back."""
    run_one(spec, **keep)
    return RunResult("", spec, {}, {}, None, 0.0)


def warm_workers(count: int) -> LocalWorkers:
    """Workers that have loaded the model."""
    pool = LocalWorkers(count)
    tasks = list(make_plan(study_of(2 * count, WARM_DAYS)).tasks())
    for future in [pool.submit(Batch((task,)), run_only) for task in tasks]:
        future.result()
    return pool


def used() -> float:
    """CPU seconds so far: this process, its ended children and its living ones."""
    living = sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())
    ended = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return living + sum(one.ru_utime + one.ru_stime for one in ended)


def cost(act: "Alone | Sweep") -> Cost:
    """What one call takes, its workers ended."""
    before, began = used(), time.perf_counter()
    act()
    return Cost(time.perf_counter() - began, used() - before, act.idle)


def wanting(process: int) -> float:
    """Seconds so far that a process has been at work or waiting for a core."""
    at_work, waiting, _ = Path(f"/proc/{process}/schedstat").read_text().split()
    return (int(at_work) + int(waiting)) / 1e9


class Alone:
    """Runs in one worker, nothing stored."""

    idle = 0.0

    def __init__(self, tasks: list[Task]) -> None:
        self.pool, self.batch = warm_workers(1), Batch(tuple(tasks), series=True)

    def __call__(self) -> None:
        """Carry them out."""
        self.pool.submit(self.batch, run_only).result()
        self.pool.close()


class Sweep:
    """The same runs as a sweep in a folder of its own."""

    def __init__(self, study: Study, out: Path, workers: int) -> None:
        known = set(psutil.pids())
        self.study, self.out, self.pool, self.idle = study, out, warm_workers(workers), 0.0
        born = [one for one in psutil.Process().children() if one.pid not in known and "spawn_main" in " ".join(one.cmdline())]
        self.workers = [one.pid for one in born]

    def __call__(self) -> None:
        """Carry it out."""
        self.began = time.perf_counter()
        self.before = [wanting(one) for one in self.workers]
        run_sweep(self.study, self.out, self.pool, tell=self.look)

    def look(self, _: Progress) -> None:
        """Note how long the workers have had nothing to do so far."""
        busy = sum(wanting(one) - before for one, before in zip(self.workers, self.before, strict=True))
        self.idle = 1.0 - busy / len(self.workers) / (time.perf_counter() - self.began)


def peaks(runs: int) -> tuple[int, int]:
    """Peak memory in MiB of a sweep's process and of its worker, for so many short runs."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.toml"
        study.write_text(study_text(runs, SHORT_DAYS))
        words = [sys.executable, "-m", "pingan_abm.cli", "sweep", str(study), "--out", f"{folder}/out", "--workers", "1"]
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        watched, parent, child = psutil.Process(running.pid), 0, 0
        while running.poll() is None:
            try:
                parent = max(parent, watched.memory_info().rss)
                child = max([child, *(one.memory_info().rss for one in watched.children())])
            except psutil.NoSuchProcess:  # ended meanwhile
                pass
            time.sleep(LOOK_SECONDS)
    return parent // 2**20, child // 2**20


def main() -> None:
    """Time, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("runs", 120), ("pairs", 5), ("days", 365), ("many", 2000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    prepare()
    study = study_of(given.runs, given.days)
    tasks = list(make_plan(study).tasks())
    with tempfile.TemporaryDirectory() as folder:  # loads what storing needs
        run_sweep(study_of(2, SHORT_DAYS), Path(folder) / "out", LocalWorkers(1))
    rows: list[tuple[Cost, Cost, Cost]] = []
    for _ in range(given.pairs):
        with tempfile.TemporaryDirectory() as folder:
            one, two = (Sweep(study, Path(folder) / str(workers), workers) for workers in (1, 2))
            rows.append((cost(Alone(tasks)), cost(one), cost(two)))
        print("alone {0.wall:.1f} s ({0.cpu:.1f} CPU); sweep with one worker {1.wall:.1f} s ({1.cpu:.1f}), with two {2.wall:.1f} s "
              "({2.cpu:.1f})".format(*rows[-1]), flush=True)
    print(f"{len(tasks)} runs of 3,450 residents × {given.days} days, medians of {given.pairs}:")
    print(f"runs a second and core, build included: {len(tasks) / median(row[0].cpu for row in rows):.1f}")
    print(f"overhead of a sweep: {100 * (median(row[1].cpu / row[0].cpu for row in rows) - 1):+.1f} % in CPU time, "
          f"{100 * (median(row[1].wall / row[0].wall for row in rows) - 1):+.1f} % in wall time")
    print(f"two workers: {median(row[1].wall / row[2].wall for row in rows):.2f} × one; nothing to do for "
          f"{100 * median(row[1].idle for row in rows):.1f} % of the time with one, {100 * median(row[2].idle for row in rows):.1f} % with two")
    for runs in (given.many // 10, given.many):
        print("{} short runs: peak {} MiB, its worker {} MiB".format(runs, *peaks(runs)), flush=True)


if __name__ == "__main__":
    main()
