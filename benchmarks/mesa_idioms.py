"""What Mesa's own ways of looking at a model cost here, and what an extension costs.

    uv run python -m benchmarks.mesa_idioms [--residents 345000] [--days 120]

Printed, each the median of several times: a day alone and with a DataCollector; the first look at agents; selecting,
aggregating and setting over all residents and over all departments; a replaced rule, the first time and from then on;
`mesa.batch_run`.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import mesa
import numpy as np

from pingan_abm import extend
from pingan_abm.agents import Department, Resident
from pingan_abm.model import PinganModel

RULE = Path(__file__).parents[1] / "examples" / "extend" / "a_rule.py"


def timed(act: Callable[[], object], times: int = 5) -> float:
    """Median milliseconds of an act."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - began))
    return statistics.median(found)


def tell(what: str, milliseconds: float) -> None:
    """Print one line."""
    print(f"{what:<68} {milliseconds:>12,.3f} ms", flush=True)


def days(residents: int, length: int) -> PinganModel:
    """A day of a model, alone, with model reporters, and with a look at every agent."""
    model = PinganModel(residents=residents, days=length)
    model.run_for(length // 3)
    tell("a day", timed(model.step, length // 6))
    reporters = {"open": lambda m: int(m.world.units["queued"].sum()), "trust": lambda m: float(m.world.trust.mean())}
    collector = mesa.DataCollector(model_reporters=reporters)
    tell("DataCollector.collect, two model reporters over columns", timed(lambda: collector.collect(model), 50))
    tell("model.agents, the first time (every resident gets her agent)", timed(lambda: model.agents, 1))
    tell("model.agents_by_type[Department], from then on", timed(lambda: model.agents_by_type[Department], 50))
    tell("a day, with all agents there", timed(model.step, length // 6))
    return model


def sets(model: PinganModel) -> None:
    """AgentSets of many and of few."""
    residents, departments = model.agents_by_type[Resident], model.agents_by_type[Department]
    trust = model.world.trust
    tell("residents.select(lambda a: a.trust < 0.3)", timed(lambda: residents.select(lambda a: a.trust < 0.3)))
    tell("the same over the column: np.flatnonzero(world.trust < 0.3)", timed(lambda: np.flatnonzero(trust < 0.3)))
    tell('residents.agg("trust", np.mean)', timed(lambda: residents.agg("trust", np.mean)))
    tell("the same over the column: world.trust.mean()", timed(trust.mean))
    tell('residents.set("trust", 0.5)', timed(lambda: residents.set("trust", 0.5), 3))
    tell("residents.do(a function that does nothing)", timed(lambda: residents.do(lambda a: None)))
    tell('departments.agg("backlog", sum)', timed(lambda: departments.agg("backlog", sum)))
    collector = mesa.DataCollector(agenttype_reporters={Resident: {"trust": "trust"}})
    tell("DataCollector.collect, one reporter of every resident", timed(lambda: collector.collect(model), 3))


def rule() -> None:
    """A replaced rule: when it is registered, in the first run with it, and later."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rule.py"
        file.write_text(RULE.read_text("utf-8") + f"\n# {time.time()}: compiled anew\n", "utf-8")
        tell("extend.load of a file that replaces a rule", timed(lambda: extend.load(file), 1))

    def run() -> None:
        PinganModel(residents=2_000, days=30, warmup=0).run_for(30)

    tell("a run of 30 days and 2,000 residents, the first with the rule", timed(run, 1))
    tell("the same again", timed(run))
    extend.clear()
    tell("the same without the rule, the first after extend.clear()", timed(run, 1))
    tell("the same again", timed(run))


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--residents", type=int, default=345_000)
    words.add_argument("--days", type=int, default=120)
    asked = words.parse_args()
    PinganModel(residents=2_000, days=30, warmup=0).run_for(30)  # compiled, or read from the cache
    sets(days(asked.residents, asked.days))
    rule()
    given = {"residents": asked.residents // 10, "days": asked.days, "accountability": [0.2, 0.9]}
    for count in (1, 2):
        batch = partial(mesa.batch_run, PinganModel, given, rng=[1, 2], number_processes=count, display_progress=False)
        tell(f"mesa.batch_run of 4 runs, a tenth of the residents, {count} processes", timed(batch, 1))


if __name__ == "__main__":
    main()
