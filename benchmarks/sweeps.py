"""What a sweep costs beside its runs, and what a second worker brings, as ratios within one run.

    uv run python benchmarks/sweeps.py [--runs 120] [--pairs 3]

The runs themselves are timed by themselves in this process; the same runs as a sweep with one worker, and with two. They take turns, and
medians of the ratios are printed, so that whatever else the machine does weighs on all alike. Start-up of the worker processes (imports)
is timed apart: it is paid once a sweep, whatever its length.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from pingan_abm.runs import run_one
from pingan_abm.study.design import Task, make_plan
from pingan_abm.study.files import Study, parse_study
from pingan_abm.study.sweep import run_sweep
from pingan_abm.study.workers import Batch, LocalWorkers, prepare

STUDY = """
residents = 3450
days = 365
replications = {count}
[parameters]
accountability = {{ values = [0.2, 0.8] }}
"""


def elapsed(act: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def plain_runs(tasks: list[Task]) -> None:
    """The runs one after another, nothing stored."""
    for task in tasks:
        run_one(task.spec)


def swept(study: Study, workers: int) -> float:
    """Wall time of a sweep from its first run to its end, in a folder of its own; its workers have imported the model before."""
    with tempfile.TemporaryDirectory() as folder:
        pool = LocalWorkers(workers)
        warm = make_plan(parse_study(STUDY.format(count=workers).replace("365", "3"), "warm", "warm", Path(folder)))
        batches = [Batch((task,), False, False) for task in warm.tasks()]
        for future in [pool.submit(batch, run_one) for batch in batches]:
            future.result()
        return elapsed(Sweeping(study, Path(folder) / "out", pool))


class Sweeping:
    """One sweep, to be timed."""

    def __init__(self, study: Study, out: Path, pool: LocalWorkers) -> None:
        self.study, self.out, self.pool = study, out, pool

    def __call__(self) -> None:
        """Carry it out."""
        run_sweep(self.study, self.out, self.pool)


def main() -> None:
    """Time, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=120)
    parser.add_argument("--pairs", type=int, default=3)
    given = parser.parse_args()
    prepare()
    study = parse_study(STUDY.format(count=given.runs // 2), "benchmark", "benchmark", Path())
    tasks = list(make_plan(study).tasks())
    plain_runs(tasks[:4])
    rows = []
    for _ in range(given.pairs):
        began = time.perf_counter()
        plain_runs(tasks)
        rows.append((time.perf_counter() - began, swept(study, 1), swept(study, 2)))
        print("runs alone {:.1f} s, sweep with one worker {:.1f} s, with two {:.1f} s".format(*rows[-1]), flush=True)
    alone, one, two = (median(column) for column in zip(*rows, strict=True))
    print(f"{len(tasks)} runs of 3,450 residents × 365 days, medians of {given.pairs}:")
    print(f"runs a second and core, build included: {len(tasks) / alone:.1f}")
    print(f"overhead of a sweep: {100 * (median(row[1] / row[0] for row in rows) - 1):+.1f} % of the runs' own time")
    print(f"two workers: {median(row[1] / row[2] for row in rows):.2f} × one")


if __name__ == "__main__":
    main()
