"""What a sweep costs beside its runs, what a second worker brings, and whether memory grows with the number of runs.

    uv run python benchmarks/sweeps.py [--runs 120] [--pairs 5] [--days 365] [--many 2000]

A sweep with one worker and the same with two take turns. In its worker each run's own CPU time is noted, so what a
sweep adds is told within the sweep itself: all that its processes take, less the runs' own, over the runs' own. (Runs
alone beside a sweep would tell the noise of the machine: the same runs differ by a tenth from one minute to the next.)
What a second worker brings in wall time needs two idle cores; look as well at how long workers have nothing to do
(neither at work nor waiting for a core, by Linux's own count), and at how much more CPU the same runs take side by
side: with none of either, the cores are the limit. Workers are started and everything is loaded before the clock runs:
that is paid once a sweep, whatever its length. Memory is the peak of the process that stores and of its worker over
`--many` short runs, beside that over a tenth of them.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, NamedTuple

import psutil

from pingan_abm.runs import RunResult, RunSpec, run_one
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.plan.design import make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.sweep import Progress, run_sweep
from pingan_abm.study.run.workers import Batch, LocalWorkers, prepare

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
    """Of one sweep: seconds of wall time, of CPU time over all its processes and of its runs' own; share of the time
    that workers had nothing to do."""

    wall: float
    cpu: float
    own: float
    idle: float

    @property
    def added(self) -> float:
        """CPU time beside the runs' own, over it."""
        return self.cpu / self.own - 1.0


def study_text(runs: int, days: int) -> str:
    """A study of so many runs of so many days."""
    return STUDY.format(days=days, replications=max(1, runs // 2))


def study_of(runs: int, days: int) -> Study:
    """The same, read."""
    return parse_study(study_text(runs, days), "benchmark", "benchmark", Path())


def timed_run(spec: RunSpec, **keep: Any) -> RunResult:
    """A run as in a sweep, which tells its CPU seconds."""
    began = time.process_time()
    result = run_one(spec, **keep)
    return replace(result, seconds=time.process_time() - began)


def warm_workers(count: int) -> LocalWorkers:
    """Workers that have loaded the model."""
    pool = LocalWorkers(count)
    tasks = list(make_plan(study_of(2 * count, WARM_DAYS)).tasks())
    for future in [pool.submit(Batch((task,)), timed_run) for task in tasks]:
        future.result()
    return pool


def used() -> float:
    """CPU seconds so far: this process, its ended children and its living ones."""
    living = sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())
    ended = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return living + sum(one.ru_utime + one.ru_stime for one in ended)


def wanting(process: int) -> float:
    """Seconds so far that a process has been at work or waiting for a core."""
    at_work, waiting, _ = Path(f"/proc/{process}/schedstat").read_text().split()
    return (int(at_work) + int(waiting)) / 1e9


class Sweep:
    """A study carried out in a folder of its own."""

    def __init__(self, study: Study, out: Path, workers: int) -> None:
        known = set(psutil.pids())
        self.study, self.out, self.pool, self.idle = study, out, warm_workers(workers), 0.0
        born = [
            one
            for one in psutil.Process().children()
            if one.pid not in known and "spawn_main" in " ".join(one.cmdline())
        ]
        self.workers = [one.pid for one in born]

    def carry_out(self) -> Cost:
        """What it takes, its workers ended."""
        used_before, self.began = used(), time.perf_counter()
        self.before = [wanting(one) for one in self.workers]
        run_sweep(self.study, self.out, self.pool, announce=self.look, run=timed_run)
        wall, cpu = time.perf_counter() - self.began, used() - used_before
        own = sum(open_store(self.out).runs(["seconds"])["seconds"].to_pylist())
        return Cost(wall, cpu, own, self.idle)

    def look(self, _: Progress) -> None:
        """Note how long the workers have had nothing to do so far."""
        busy = sum(wanting(one) - before for one, before in zip(self.workers, self.before, strict=True))
        self.idle = 1.0 - busy / len(self.workers) / (time.perf_counter() - self.began)


def peaks(runs: int) -> tuple[int, int]:
    """Peak memory in MiB of a sweep's process and of its worker, for so many short runs."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.toml"
        study.write_text(study_text(runs, SHORT_DAYS))
        words = [
            sys.executable,
            "-m",
            "pingan_abm.cli",
            "sweep",
            str(study),
            "--out",
            f"{folder}/out",
            "--workers",
            "1",
        ]
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
    runs = study.replications * 2
    with tempfile.TemporaryDirectory() as folder:  # loads what storing needs
        run_sweep(study_of(2, SHORT_DAYS), Path(folder) / "out", LocalWorkers(1))
    rows: list[tuple[Cost, Cost]] = []
    for pair in range(given.pairs):
        with tempfile.TemporaryDirectory() as folder:
            costs = {
                number: Sweep(study, Path(folder) / str(number), number).carry_out()
                for number in ((1, 2), (2, 1))[pair % 2]
            }
        rows.append((costs[1], costs[2]))
        print(
            "; ".join(
                f"{name} {cost.wall:.1f} s ({cost.cpu:.1f} CPU, of which runs {cost.own:.1f}: {cost.added:+.1%})"
                for name, cost in zip(("one worker", "two"), rows[-1], strict=True)
            ),
            flush=True,
        )
    one, two = ([row[place] for row in rows] for place in (0, 1))
    print(f"{runs} runs of 3,450 residents × {given.days} days, medians of {given.pairs}:")
    print(f"runs a second and core, build and series included: {runs / median(cost.own for cost in one):.1f}")
    print(
        f"a sweep adds to its runs: {median(cost.added for cost in one):+.1%} of their CPU time with one worker, "
        f"{median(cost.added for cost in two):+.1%} with two"
    )
    print(
        f"two workers: {median(a.wall / b.wall for a, b in rows):.2f} × one; the same runs take "
        f"{median(b.own / a.own for a, b in rows):.2f} × the CPU time side by side; nothing to do for "
        f"{median(cost.idle for cost in one):.1%} of the time with one, {median(cost.idle for cost in two):.1%} with "
        f"two"
    )
    for runs in (given.many // 10, given.many):
        print("{} short runs: peak {} MiB, its worker {} MiB".format(runs, *peaks(runs)), flush=True)


if __name__ == "__main__":
    main()
