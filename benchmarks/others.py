"""The district beside other programs for agent-based models, at comparable numbers of agents and days.

    uv run python benchmarks/others.py [--pairs 3] [--python PYTHON]

- Mesa's own example of a virus on a network: one Python object an agent, stepped every day. Its graph takes time with the square of its
  nodes, so it has few nodes, and its year of a whole district is extrapolated from agents times days, which flatters it.
- Starsim (an SIR disease on a random network) and Covasim (its default population): columns of numpy, all agents of the district, a year.
  They are not among this project's dependencies: `python -m venv others && others/bin/python -m pip install starsim covasim`, and
  `--python others/bin/python`. What is missing is left out.

Every program builds and lives in a fresh process of one thread; all take turns, as often as `--pairs` says. Printed are medians of CPU
seconds, and of each turn's ratio to the district's. They do different things: this says what a day of an agent costs where, not which
model is better. Linux only.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

AGENTS, DAYS = 345_000, 365
NODES, NODE_DAYS = 600, 100  # of Mesa's example, which lays its graph out first
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}
TIMED = """
import sys, time
agents, days = map(int, sys.argv[1:])
{prepare}
began = time.process_time()
{build}
built = time.process_time()
{live}
lived = time.process_time()
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("measured", built - began, lived - built, peak)
"""


class Program(NamedTuple):
    """What to time. prepare: imports, and a small run that compiles what is compiled."""

    name: str
    prepare: str
    build: str
    live: str
    agents: int = AGENTS
    days: int = DAYS
    library: str = ""  # for --python; without, this environment


class Cost(NamedTuple):
    """CPU seconds and MiB at most."""

    build: float
    run: float
    peak: float


PROGRAMS = (
    Program(
        "this district, every mechanism on",
        "from pingan_abm.model import PinganModel\nPinganModel(residents=3450, days=70).run_for(70)",
        "model = PinganModel(residents=agents, days=days)", "model.run_for(days)",
    ),
    Program(
        "Mesa, virus on a network",
        "from mesa.examples.basic.virus_on_network.model import VirusOnNetwork",
        "model = VirusOnNetwork(num_nodes=agents, avg_node_degree=8, initial_outbreak_size=agents // 100, rng=0)", "model.run_for(days)",
        NODES, NODE_DAYS,
    ),
    Program(
        "Starsim, SIR on a random network",
        "import starsim as ss\ndef made(agents, days):\n    return ss.Sim(n_agents=agents, diseases='sir', networks='random', dt=ss.days(1), "
        "start='2014-01-01', dur=ss.days(days), rand_seed=1, verbose=0)\nmade(1000, 10).run()",
        "sim = made(agents, days)\nsim.init()", "sim.run()", library="starsim",
    ),
    Program(
        "Covasim, default population",
        "import covasim as cv\ndef made(agents, days):\n    return cv.Sim(pop_size=agents, n_days=days, rand_seed=1, verbose=0)\n"
        "made(1000, 10).run()",
        "sim = made(agents, days)\nsim.initialize()", "sim.run()", library="covasim",
    ),
)


def cost_of(program: Program, python: str) -> Cost:
    """A fresh process that builds and lives. Raises RuntimeError with what it said when it fails."""
    code = TIMED.format(prepare=program.prepare, build=program.build, live=program.live)
    command = [python if program.library else sys.executable, "-c", code, str(program.agents), str(program.days)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **ONE_THREAD})
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("measured")]
    if done.returncode or not told:
        raise RuntimeError(done.stderr[-2000:])
    return Cost(*map(float, told[-1]))


def present(program: Program, python: str) -> bool:
    """Whether a program's library can be imported."""
    if not program.library:
        return True
    there = subprocess.run([python, "-c", f"import importlib.util; assert importlib.util.find_spec('{program.library}')"],
                           capture_output=True, check=False).returncode == 0
    if not there:
        print(f"{program.name}: {program.library} is not installed there, left out", flush=True)
    return there


def year(program: Program, cost: Cost) -> float:
    """CPU seconds of the days of all agents of the district, extrapolated where the program had fewer."""
    return cost.run * (AGENTS * DAYS) / (program.agents * program.days)


def report(found: Mapping[Program, list[Cost]]) -> None:
    """One row a program: medians, and the median of the turns' ratios to the first."""
    ours = next(iter(found.values()))
    print(f"{'':36} {'build':>9} {'a year':>11} {'agent-days a CPU second':>26} {'peak':>9} {'× ours':>8}")
    for program, costs in found.items():
        build, run, peak = (median(values) for values in zip(*costs, strict=True))
        years = [year(program, cost) for cost in costs]
        ratio = median(theirs / one.run for theirs, one in zip(years, ours, strict=True))
        less = f"   from {program.agents:,} agents × {program.days} days" if program.agents < AGENTS else ""
        pace = program.agents * program.days / run
        print(f"{program.name:36} {build:7.2f} s {median(years):9.2f} s {pace:26,.0f} {peak:5.0f} MiB {ratio:8.1f}{less}", flush=True)


def main() -> None:
    """Measure in turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    found: dict[Program, list[Cost]] = {program: [] for program in PROGRAMS if present(program, given.python)}
    for turn in range(given.pairs):
        for program in list(found) if turn % 2 == 0 else list(reversed(found)):
            found[program].append(cost_of(program, given.python))
    report(found)


if __name__ == "__main__":
    main()
