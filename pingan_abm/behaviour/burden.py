"""What residents live with: the severity of problems over the days that they are there, summed exactly.

Nothing here changes the world, and a day never calls it: outcomes ask for it when somebody reads them.
"""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled

ALL, HIDDEN, LESS_DIGITAL, MORE_DIGITAL = range(4)  # places in the totals of `add_burden`


@compiled
def severity_days(life: np.record, begin: float, end: float) -> float:
    """The integral of a problem's severity from one time to a later one: it grows evenly, and stays at 1 once there."""
    if end <= begin:
        return 0.0
    if life.growth <= 0.0:
        return float(min(1.0, life.severity) * (end - begin))
    full = max(begin, life.onset + (1.0 - life.severity) / life.growth)
    grows_until = min(end, full)
    middle = life.severity + life.growth * (0.5 * (begin + grows_until) - life.onset)
    return float(middle * (grows_until - begin) + max(0.0, end - full))


@compiled
def add_burden(
    lives: np.ndarray,
    grids: np.ndarray,
    residents: np.ndarray,
    middle_access: float,
    days: int,
    totals: np.ndarray,
    by_community: np.ndarray,
) -> None:
    """Severity × residents affected × days lived with it, from day 0 to the morning of day `days`, over all problems.

    lives: LIFE rows; middle_access: digital access from which a resident belongs to the upper half. Added to totals,
    float64 [4]: all of it, the part before registration, and what residents with less and with more digital access
    carry; by_community: float64 [communities].
    """
    for number in range(lives.shape[0]):
        life = lives[number]
        begin, end = max(0.0, life.onset), min(float(days), life.end)
        carried = severity_days(life, begin, end)  # by each of those affected
        if carried <= 0.0:
            continue
        totals[ALL] += carried * life.affected
        by_community[life.community] += carried * life.affected
        totals[HIDDEN] += severity_days(life, begin, min(end, life.registered)) * life.affected
        grid = grids[life.grid]
        for member in range(life.affected):
            who = grid.start + (life.resident - grid.start + member) % grid.people
            totals[LESS_DIGITAL if residents[who].digital < middle_access else MORE_DIGITAL] += carried


@compiled
def add_daily_burden(lives: np.ndarray, by_day: np.ndarray) -> None:
    """The burden of each day, into by_day: float64 [2, days], all of it and the part before registration."""
    days = by_day.shape[1]
    for number in range(lives.shape[0]):
        life = lives[number]
        begin, end = max(0.0, life.onset), min(float(days), life.end)
        if end <= begin:
            continue
        for day in range(int(begin), int(math.ceil(end))):
            first, last = max(begin, float(day)), min(end, day + 1.0)
            by_day[0, day] += severity_days(life, first, last) * life.affected
            by_day[1, day] += severity_days(life, first, min(last, life.registered)) * life.affected
