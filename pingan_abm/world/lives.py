"""The lives of problems: the few columns that outcomes need of each, in one table, wherever they come from.

Outcomes read this table and not the registers. So problems that are over may be retired from their register, as long as
their rows are kept.
"""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.world.problems import DETERRED
from pingan_abm.world.tables import record

#: end: when it was solved or faded; claimed: whether it was recorded as dealt with when it was judged; counted: whether
#: it arose by itself (no scenario injected it). Times are infinite where they have not come.
LIFE = record(
    "onset end registered handled solved severity growth", "affected community resident grid", small="claimed counted"
)


@compiled
def or_never(time: float) -> float:
    """A time, infinite where it is not-a-number for "not yet"."""
    return math.inf if math.isnan(time) else float(time)


@compiled
def write_lives(problems: np.ndarray, closures: np.ndarray, judged_after: float, lives: np.ndarray) -> int:
    """Write a LIFE row for each problem that has arisen, in the order of the register; how many there are.

    A problem is recorded as dealt with if society has settled it, or if its first file stands closed, `judged_after`
    days after it arose.
    """
    places, count = np.full(problems.shape[0], -1, np.int64), 0
    for number in range(problems.shape[0]):
        problem = problems[number]
        if problem.state == DETERRED:
            continue
        places[number], life = count, lives[count]
        life.onset, life.severity, life.growth = problem.onset, problem.severity, problem.growth
        life.registered, life.handled = or_never(problem.registered), or_never(problem.handled)
        life.solved = or_never(problem.solved)
        life.end = min(life.solved, or_never(problem.lapsed))
        life.affected, life.community = problem.affected, problem.community
        life.resident, life.grid = problem.resident, problem.grid
        life.counted = 0 if problem.injected else 1
        life.claimed = 1 if problem.by_society and life.solved <= life.onset + judged_after else 0
        count += 1
    for number in range(closures.shape[0]):
        closure = closures[number]
        place = places[closure.problem]
        if closure.duplicate or place < 0:
            continue
        moment = lives[place].onset + judged_after
        if closure.time <= moment and not closure.reopened <= moment:
            lives[place].claimed = 1
    return count


def as_lives(rows: np.ndarray) -> np.ndarray:
    """Rows as kernels take them: numpy's own functions, such as `concatenate`, change the layout of records."""
    lives: np.ndarray = np.ascontiguousarray(rows.astype(LIFE, copy=False))
    return lives
