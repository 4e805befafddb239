"""What runs will take, before they are begun: a rough estimate from measurements of one processor (benchmarks/README.md
has them)."""

import math
from dataclasses import dataclass

from pingan_abm.runs import RunSpec, is_warm

MEASURED = 345_000  # residents of the district that was measured
START_SECONDS = 0.2  # of a run: its district is built, its outcomes are counted
YEAR_SECONDS = 1.6  # of a year of the whole district
WORKER_MEGABYTES = 650.0  # a process with the compiled model
DISTRICT_MEGABYTES = 300.0  # more, for the whole district
YEAR = 365.0


@dataclass(frozen=True)
class Estimate:
    """runs: in all; seconds: of the clock; megabytes: of memory, all processes together."""

    runs: int
    seconds: float
    megabytes: float


def estimate(spec: RunSpec, runs: int, workers: int, warm_ups: int) -> Estimate:
    """What runs like this one take. warm_ups: districts that have to live through the days before day 0, one a
    replication unless runs have histories of their own."""
    size = spec.residents / MEASURED
    each = START_SECONDS + YEAR_SECONDS * size * spec.days / YEAR
    lived = 0.0 if is_warm(spec) else warm_ups * YEAR_SECONDS * size * spec.warmup / YEAR
    processes = max(1, min(workers, runs))
    memory = processes * (WORKER_MEGABYTES + DISTRICT_MEGABYTES * size)
    return Estimate(runs, (math.ceil(runs / processes) * each) + lived / processes, memory)
