"""The district beside other programs for agent-based models, at comparable numbers of agents and days.

    uv run python benchmarks/others.py [--pairs 3] [--minutes 10] [--python PYTHON] [--agents N]

- Mesa's own example of a virus on a network: one Python object an agent, stepped every day. Its graph takes time with
  the square of its nodes, so it has few nodes, and its year of a whole district is extrapolated from agents times days,
  which flatters it.
- Starsim (an SIR disease on a random network) and Covasim (its default population): columns of numpy, all agents of the
  district, a hundred days, from which their year is extrapolated; each of their days costs alike. They are not among
  this project's dependencies: `python -m venv others && others/bin/python -m pip install starsim covasim`, and
  `--python others/bin/python`. What is missing or fails is told and left out.

Every program builds and lives in a fresh process of one thread; all take turns, as often as `--pairs` says, or as often
as fits into `--minutes`. Each measurement is told when it is made. Printed are medians of CPU seconds, and of each
turn's ratio to the district's. They do different things: this says what a day of an agent costs where, not which model
is better. `--agents` makes every population smaller, to see the command work. Linux only.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

AGENTS, DAYS = 345_000, 365
NODES = 600  # of Mesa's example, which lays its graph out first
FEWER_DAYS = 100  # of the others, whose year is extrapolated
SURROUNDINGS = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
} | {
    "STARSIM_INSTALL_FONTS": "0"  # it writes into the user's cache of fonts otherwise
}
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
        "model = PinganModel(residents=agents, days=days)",
        "model.run_for(days)",
    ),
    Program(
        "Mesa, virus on a network",
        "from mesa.examples.basic.virus_on_network.model import VirusOnNetwork",
        "model = VirusOnNetwork(num_nodes=agents, avg_node_degree=8, initial_outbreak_size=agents // 100, rng=0)",
        "model.run_for(days)",
        NODES,
        FEWER_DAYS,
    ),
    Program(
        "Starsim, SIR on a random network",
        "import starsim as ss\ndef made(agents, days):\n"
        "    return ss.Sim(n_agents=agents, diseases='sir', networks='random', dt=ss.days(1), "
        "start='2014-01-01', dur=ss.days(days), rand_seed=1, verbose=0)\nmade(1000, 10).run()",
        "sim = made(agents, days)\nsim.init()",
        "sim.run()",
        days=FEWER_DAYS,
        library="starsim",
    ),
    Program(
        "Covasim, default population",
        "import covasim as cv\ndef made(agents, days):\n"
        "    return cv.Sim(pop_size=agents, n_days=days, rand_seed=1, verbose=0)\n"
        "made(1000, 10).run()",
        "sim = made(agents, days)\nsim.initialize()",
        "sim.run()",
        days=FEWER_DAYS,
        library="covasim",
    ),
)


class Failed(Exception):
    """A program did not end well, or not in time; str() says how."""


def cost_of(program: Program, python: str, seconds: float) -> Cost:
    """A fresh process that builds and lives. Raises Failed with what it said last when it fails or takes longer than
    the seconds."""
    code = TIMED.format(prepare=program.prepare, build=program.build, live=program.live)
    command = [python if program.library else sys.executable, "-c", code, str(program.agents), str(program.days)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, **SURROUNDINGS}, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"not done after {seconds:.0f} s") from None
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("measured")]
    if done.returncode or not told:
        raise Failed(done.stderr.strip()[-1000:])
    return Cost(*map(float, told[-1]))


def present(program: Program, python: str) -> bool:
    """Whether a program's library can be imported."""
    if not program.library:
        return True
    there = (
        subprocess.run(
            [python, "-c", f"import importlib.util; assert importlib.util.find_spec('{program.library}')"],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not there:
        print(f"{program.name}: {program.library} is not installed there, left out", flush=True)
    return there


def year(program: Program, cost: Cost) -> float:
    """CPU seconds of the days of all agents of the district, extrapolated where the program had fewer."""
    return cost.run * (AGENTS * DAYS) / (program.agents * program.days)


def report(found: Mapping[Program, list[Cost]]) -> None:
    """One row a program: medians, and the median of the turns' ratios to the first."""
    first = next(iter(found))
    ours = [year(first, cost) for cost in found[first]]
    print(f"{'':36} {'build':>9} {'a year':>11} {'agent-days a CPU second':>26} {'peak':>9} {'× ours':>8}")
    for program, costs in found.items():
        build, run, peak = (median(values) for values in zip(*costs, strict=True))
        years = [year(program, cost) for cost in costs]
        ratio = median(theirs / one for theirs, one in zip(years, ours, strict=True))
        less = (
            f"   from {program.agents:,} agents × {program.days} days"
            if program.agents * program.days < AGENTS * DAYS
            else ""
        )
        pace = program.agents * program.days / run
        print(
            f"{program.name:36} {build:7.2f} s {median(years):9.2f} s {pace:26,.0f} {peak:5.0f} MiB {ratio:8.1f}{less}",
            flush=True,
        )


def in_turns(programs: list[Program], python: str, pairs: int, minutes: float) -> dict[Program, list[Cost]]:
    """Costs of each program that did not fail, as many for each: full turns only, and none that would not fit into the
    minutes."""
    began, longest = time.monotonic(), 0.0
    found: dict[Program, list[Cost]] = {program: [] for program in programs}
    for turn in range(pairs):
        started = time.monotonic()
        if turn and started - began + longest > 60 * minutes:
            print(f"after {turn} turns another would take longer than {minutes:g} minutes in all", flush=True)
            break
        for program in list(found) if turn % 2 == 0 else list(reversed(found)):
            try:
                cost = cost_of(program, python, began + 60 * minutes - time.monotonic())
            except Failed as failed:
                print(f"{program.name}: left out. {failed}", flush=True)
                del found[program]
                continue
            found[program].append(cost)
            print(
                f"turn {turn + 1} of {pairs}: {program.name}: build {cost.build:.2f} s, {program.agents:,} agents × "
                f"{program.days} days {cost.run:.2f} s",
                flush=True,
            )
        longest = max(longest, time.monotonic() - started)
    turns = min(map(len, found.values()), default=0)
    return {program: costs[:turns] for program, costs in found.items() if turns}


def main() -> None:
    """Measure in turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--agents", type=int, default=AGENTS, help="at most so many agents, to see the command work")
    given = parser.parse_args()
    programs = [
        program._replace(agents=min(program.agents, given.agents))
        for program in PROGRAMS
        if present(program, given.python)
    ]
    found = in_turns(programs, given.python, given.pairs, given.minutes)
    if programs[0] not in found:
        sys.exit("no turn was finished with the district in it")
    report(found)


if __name__ == "__main__":
    main()
