"""Shared causes: days on which weather or the calendar makes many problems of certain kinds arise together.

A spell that comes by chance begins on a day with the month's chance, drawn with a key of its own, and lasts some days.
Every day's factors are divided by what they are on average over a year, so that a shock moves problems in time and
leaves their number as it was. The average is exact, not drawn.
"""

import calendar
from datetime import date, timedelta

import numpy as np

from pingan_abm.district.district import District, Shock
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.timeline import AFTERWARDS

YEAR = 365
USUAL_YEAR = 2014  # any year without a leap day


def shock_factors(district: District, shock: Shock) -> np.ndarray:
    """How many times as many problems of each sub-type arise on a day of a shock, float64 [sub-types]."""
    return np.array([shock.factors.get(one.id, shock.factors.get(one.issue, 1.0)) for one in district.subtypes])


def in_season(shock: Shock, when: date) -> bool:
    """Whether the calendar has a shock on a date."""
    day = f"{when.month:02d}-{when.day:02d}"
    return any(first <= day <= last for first, last in shock.dates)


def chance_to_begin(shock: Shock, when: date) -> float:
    """Chance that a spell begins on a date."""
    return shock.spells[when.month - 1] / calendar.monthrange(when.year, when.month)[1] if shock.spells else 0.0


def chance_of(shock: Shock, when: date) -> float:
    """Chance that a date lies within a shock: that a spell has begun on one of the last `days` days."""
    if in_season(shock, when):
        return 1.0
    none = 1.0
    for back in range(shock.days):
        none *= 1.0 - chance_to_begin(shock, when - timedelta(days=back))
    return 1.0 - none


def mean_factors(district: District) -> np.ndarray:
    """The mean over a year of every sub-type's factor, float64 [sub-types]: the shocks come independently."""
    expected = np.ones((YEAR, len(district.subtypes)))
    year = [date(USUAL_YEAR, 1, 1) + timedelta(days=day) for day in range(YEAR)]
    for shock in district.shocks:
        chances = np.array([chance_of(shock, when) for when in year])
        expected *= 1.0 + chances[:, None] * (shock_factors(district, shock) - 1.0)
    return np.asarray(expected.mean(axis=0))


def shared_causes(district: District, start: date, days: int, key: np.uint64, p: Parameters) -> np.ndarray:
    """Factors of the expected problems, float32 [days + AFTERWARDS, sub-types]; one row of ones with the switch off."""
    if not p.shared_causes or not district.shocks:
        return np.ones((1, len(district.subtypes)), np.float32)
    total = days + AFTERWARDS
    rows = np.tile(1.0 / mean_factors(district), (total, 1))
    for number, shock in enumerate(district.shocks):
        rows[days_within(shock, number, start, total, key)] *= shock_factors(district, shock)
    return np.asarray(rows.astype(np.float32))


def days_within(shock: Shock, number: int, start: date, total: int, key: np.uint64) -> np.ndarray:
    """Which days lie within a shock, bool [total]. number: of the shock in the district's table."""
    inside = np.zeros(total, bool)
    for day in range(1 - shock.days, total):
        when = start + timedelta(days=day)
        if in_season(shock, when) and day >= 0:
            inside[day] = True
        chance = chance_to_begin(shock, when)
        # counted from the same date whatever day a run starts on
        if chance > 0.0 and uniform(key, int(Purpose.SHOCK), np.uint64(number), when.toordinal()) < chance:
            inside[max(0, day) : day + shock.days] = True
    return inside
