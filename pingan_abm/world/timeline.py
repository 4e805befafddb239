"""The calendar of a run: weekdays, working days, months, and how busy a day is.

Weekday and weekend arrivals: ratio as in published municipal service requests (weekend day 0.35–0.5 of a weekday). The
slow day-to-day swing (log-normal, two weeks' memory) is assumed; it makes daily volumes vary more than Poisson. What
else a district's own calendar says (holidays, weekends that are worked, seasons) stands in its district.toml.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pingan_abm.district.about import Calendar, days_off
from pingan_abm.engine.draws import Purpose, normal
from pingan_abm.parameters.declared import Parameters

LONGEST_LEAVE = 40  # days in a row without a working day, at most
AFTERWARDS = 40  # days after a run that have a place in its calendar
AS_USUAL = Calendar()
YEAR, USUAL_YEAR = 365, 2014  # any year without a leap day
TENTH = 10  # day of a month on which joint meetings are prepared


@dataclass(frozen=True)
class Timeline:
    """Arrays [days + AFTERWARDS], so that what falls due after the run has a day too.

    arrivals, staff: factors; calendar: whether weekends differ; month_start: the day is the first of a
    month; next_tenth: the next day that is the tenth of a month. pace: how fast residents' time of deciding passes on
    working days (R1b).
    """

    start: date
    days: int
    arrivals: np.ndarray
    staff: np.ndarray
    calendar: bool
    month_start: np.ndarray
    next_tenth: np.ndarray
    pace: float
    district: Calendar = AS_USUAL

    def date_of(self, day: float) -> date:
        """The date of a day of the run."""
        return self.start + timedelta(days=math.floor(day))

    def next_working(self, days: np.ndarray) -> np.ndarray:
        """The first working day after each day; days before the run are negative."""
        if not self.calendar or len(days) == 0:
            return days + 1
        first, last = int(np.min(days)), int(np.max(days))
        off = days_off(self.district, self.date_of(first), last - first + LONGEST_LEAVE)
        following, coming = np.empty(len(off), np.int64), first + len(off)
        for place in range(len(off) - 1, -1, -1):
            following[place] = coming
            coming = coming if off[place] else first + place
        return np.asarray(following[np.asarray(days).astype(np.int64) - first].astype(np.asarray(days).dtype))

    def day_of(self, when: date) -> int:
        """The day of the run on a date."""
        return (when - self.start).days


def seasonal(seasons: tuple[float, ...], dates: list[date]) -> np.ndarray:
    """How busy the month of each day is, such that the mean over a year is 1; float64 [days]."""
    if not seasons:
        return np.ones(len(dates))
    year = [seasons[(date(USUAL_YEAR, 1, 1) + timedelta(days=day)).month - 1] for day in range(YEAR)]
    return np.array([seasons[when.month - 1] for when in dates]) / (math.fsum(year) / YEAR)


def make_timeline(
    start: date, days: int, key: np.uint64, parameters: Parameters, district: Calendar = AS_USUAL
) -> Timeline:
    """The calendar of a run; with the calendar off every day is alike. district: its own holidays and seasons."""
    p = parameters
    total = days + AFTERWARDS
    weekend = np.array(days_off(district, start, total))
    dates = [start + timedelta(days=day) for day in range(total)]
    month_start = np.array([when.day == 1 for when in dates])
    tenths = [day for day, when in enumerate(dates) if when.day == TENTH]
    following = np.searchsorted(tenths, np.arange(total), side="right")
    next_tenth = np.array([tenths[i] if i < len(tenths) else total for i in following])
    if not p.calendar:
        ones = np.ones(total)
        return Timeline(start, days, ones, ones.copy(), False, month_start, next_tenth, 1.0)
    memory, swing = p.arrivals_memory_days, p.arrivals_swing
    z = np.array([normal(key, int(Purpose.DAY_FACTOR), np.uint64(day), 0) for day in range(total + memory)])
    summed = np.convolve(z, np.ones(memory), "valid")[:total] / math.sqrt(memory)
    busy = np.exp(swing * summed - 0.5 * swing**2)
    return Timeline(
        start,
        days,
        np.where(weekend, p.weekend_arrivals, p.weekday_arrivals) * busy * seasonal(district.seasons, dates),
        np.where(weekend, p.weekend_staff, p.weekday_staff),
        True,
        month_start,
        next_tenth,
        p.weekday_arrivals,
        district,
    )
