"""How fast a district lives, as ratios to references timed beside it in the same process.

    uv run python benchmarks/speed.py [--pairs 5] [--quick]

CPU seconds of one process. References and model take turns, and medians of the pairs' ratios are printed, so that
whatever else the machine does weighs on both alike. Peak memory is that of a fresh process each.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

import mesa
import numpy as np
import scipy.sparse

from pingan_abm.model import PinganModel

RESIDENTS, DAYS = 345_000, 365
LOOP_DAYS = 4  # of the plain Mesa loop, which would take a quarter of an hour for the year
# `pingan run`, telling its peak in the end; not ru_maxrss: a child process begins with its parent's
COMMAND = """
import atexit, sys
def tell():
    print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
atexit.register(tell)
from pingan_abm.cli import main
sys.argv = ["pingan", "run", *sys.argv[1:]]
main()
"""


FIRST_DAY = """
from pingan_abm.engine.light_start import start_lightly
start_lightly()
from pingan_abm.model import PinganModel
PinganModel(residents=3_450, days=1).step()
"""


def seconds(act: Callable[[], object]) -> float:
    """CPU time of one call."""
    began = time.process_time()
    act()
    return time.process_time() - began


def ring(residents: int) -> scipy.sparse.csr_matrix:
    """Eight neighbours for everyone, each with weight ⅛."""
    rows = np.repeat(np.arange(residents), 8)
    columns = (rows + np.tile([-4, -3, -2, -1, 1, 2, 3, 4], residents)) % residents
    return scipy.sparse.csr_matrix((np.full(8 * residents, 0.125, np.float32), (rows, columns)), (residents, residents))


class DenseFloor:
    """What a model that touches every resident every day cannot go below: one uniform draw, an average over eight
    neighbours and a few element-wise updates for each resident and day."""

    def __init__(self, residents: int) -> None:
        self.generator = np.random.default_rng(0)
        self.contacts = ring(residents)
        self.trust = self.generator.random(residents, np.float32)
        self.mood = np.zeros(residents, np.float32)

    def live(self, days: int = DAYS) -> None:
        """So many days."""
        for _ in range(days):
            acts = self.generator.random(len(self.trust), np.float32) < 0.01
            self.trust = 0.98 * self.trust + 0.02 * (self.contacts @ self.trust)
            self.mood = 0.9 * self.mood + acts
            self.trust = np.clip(self.trust - 0.01 * acts * self.trust, 0.0, 1.0)


class Person(mesa.Agent):
    """A resident as one Python object with a step of its own."""

    def __init__(self, model: "PlainLoop") -> None:
        super().__init__(model)
        self.trust = model.random.random()
        self.near: list[Person] = []

    def step(self) -> None:
        """One draw, an average over eight neighbours, a few updates."""
        self.trust = 0.98 * self.trust + 0.02 * sum(other.trust for other in self.near) / 8
        if self.model.random.random() < 0.01:
            self.trust *= 0.99


class PlainLoop(mesa.Model):
    """Mesa as its introduction has it: every agent is asked every day."""

    def __init__(self, residents: int) -> None:
        super().__init__(rng=0)
        people = [Person(self) for _ in range(residents)]
        for i, person in enumerate(people):
            person.near = [people[(i + step) % residents] for step in (-4, -3, -2, -1, 1, 2, 3, 4)]

    def step(self) -> None:
        """One day."""
        self.agents.do("step")


class District:
    """The model, built and lived."""

    def __init__(self, residents: int) -> None:
        self.residents = residents
        self.model: PinganModel | None = None

    def build(self) -> None:
        """At day 0."""
        self.model = PinganModel(residents=self.residents, days=DAYS)

    def live(self) -> None:
        """A year, every mechanism on."""
        assert self.model is not None
        for _ in range(DAYS):
            self.model.step()


def pairs_of(residents: int, pairs: int) -> dict[str, list[float]]:
    """Seconds of floor, build and run, pair by pair, in turns."""
    floor, district = DenseFloor(residents), District(residents)
    found: dict[str, list[float]] = {"floor": [], "build": [], "run": []}
    for pair in range(pairs):
        acts: list[tuple[str, Callable[[], None]]] = [("build", district.build), ("run", district.live)]
        for name, act in [("floor", floor.live), *acts] if pair % 2 == 0 else [*acts, ("floor", floor.live)]:
            found[name].append(seconds(act))
    return found


def peak_memory(residents: int, days: int = DAYS) -> int:
    """MiB at most of `pingan run`, a process of its own, summary included. Linux only."""
    words = [sys.executable, "-c", COMMAND, "--residents", str(residents), "--days", str(days)]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[-1])


def fresh(code: str, *words: str) -> float:
    """CPU seconds of a process of its own with warm caches, from the start of Python on. The least of five."""
    taken = []
    for _ in range(5):
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=True)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime)
    return min(taken)


def row(what: str, value: str, ratio: str, target: str) -> None:
    """One line of the table."""
    print(f"{what:<48} {value:>14} {ratio:>16}   {target}", flush=True)


def report(residents: int, found: dict[str, list[float]], targets: Sequence[str]) -> None:
    """Floor, build and run of one size, with the medians of the pairs' ratios."""
    ratios = {
        name: median(a / b for a, b in zip(found[name], found["floor"], strict=True)) for name in ("build", "run")
    }
    row(f"{residents:,} residents: dense numpy floor, a year", f"{median(found['floor']):.3f} s", "1", "")
    row(
        f"{residents:,} residents: build",
        f"{median(found['build']):.3f} s",
        f"{ratios['build']:.2f} × floor",
        targets[0],
    )
    run = median(found["run"])
    row(f"{residents:,} residents: a year", f"{run:.3f} s", f"{ratios['run']:.2f} × floor", targets[1])
    row("", f"{1000 * run / DAYS:.2f} ms a day", "", "")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5, help="how often each takes its turn (default 5)")
    parser.add_argument("--quick", action="store_true", help="leave out the plain Mesa loop")
    given = parser.parse_args()
    warm = District(3_450)
    warm.build()
    warm.live()  # compiles what is not in the cache
    row("", "median", "ratio", "target")
    small, middle = pairs_of(3_450, 3 * given.pairs), pairs_of(34_500, given.pairs)
    report(3_450, small, ("", "≤ 0.6 ms a day"))
    per_second = 1 / (median(small["build"]) + median(small["run"]))
    row("3,450 residents: runs a second and core", f"{per_second:.1f}", "", "≥ 4")
    report(34_500, middle, ("", "≤ 0.30 s"))
    full = pairs_of(RESIDENTS, given.pairs)
    report(RESIDENTS, full, ("≤ 0.30 × floor", "≤ 0.45 × floor"))
    row("345,000 residents: peak memory of `pingan run`", f"{peak_memory(RESIDENTS)} MiB", "", "≤ 350 MiB")
    row("… of one day", f"{peak_memory(RESIDENTS, 1)} MiB", "", "")
    row("warm start: a process to the end of its first day", f"{fresh(FIRST_DAY):.2f} s", "", "≤ 1 s")
    row(
        "… `pingan run` of that day, with its summary",
        f"{fresh(COMMAND, '--residents', '3450', '--days', '1'):.2f} s",
        "",
        "",
    )
    if not given.quick:
        built = time.process_time()
        loop = PlainLoop(RESIDENTS)
        built = time.process_time() - built
        year = seconds(lambda: loop.run_for(LOOP_DAYS)) / LOOP_DAYS * DAYS
        row(
            "plain Mesa loop, one object per resident: build",
            f"{built:.1f} s",
            f"{built / median(full['build']):.0f} × ours",
            "",
        )
        row(f"… a year (from {LOOP_DAYS} days)", f"{year:.0f} s", f"{year / median(full['run']):.0f} × ours", "")


if __name__ == "__main__":
    main()
