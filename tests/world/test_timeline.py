"""The calendar of a run."""

from datetime import date

import numpy as np
import pytest

from pingan_abm.engine.draws import run_key
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.timeline import make_timeline

KEY = run_key(0, 0)
START = date(2014, 1, 1)  # a Wednesday
USUAL = Parameters()


def test_dates_and_days() -> None:
    line = make_timeline(START, 365, KEY, USUAL)
    assert line.date_of(0.9) == START and line.date_of(120) == date(2014, 5, 1)
    assert line.day_of(date(2014, 5, 1)) == 120 and line.day_of(date(2013, 12, 31)) == -1


def test_weekends_are_the_weekends_of_the_dates() -> None:
    line = make_timeline(START, 365, KEY, USUAL)
    weekend = np.array([line.date_of(day).weekday() >= 5 for day in range(365)])
    assert (line.staff[:365][weekend] == 0.65).all() and (line.staff[:365][~weekend] == 1.14).all()
    ratio = line.arrivals[:365][weekend].mean() / line.arrivals[:365][~weekend].mean()
    assert ratio == pytest.approx(0.525 / 1.19, rel=0.05)


def test_the_mean_of_a_week_is_kept() -> None:
    """Two weekend days in seven: 1.19 and 0.525, 1.14 and 0.65 average to 1."""
    line = make_timeline(START, 3_640, KEY, USUAL)
    assert line.arrivals.mean() == pytest.approx(1.0, abs=0.01)
    assert line.staff[:3_640].mean() == pytest.approx(1.0, abs=1e-9)
    assert (5 * 1.19 + 2 * 0.525) / 7 == pytest.approx(1.0, abs=1e-9)


def test_the_slow_swing_has_its_size_and_two_weeks_memory() -> None:
    line = make_timeline(START, 20_000, KEY, USUAL)
    weekday = np.array([(day + 2) % 7 < 5 for day in range(len(line.arrivals))])
    swing = np.log(line.arrivals / np.where(weekday, 1.19, 0.525))
    assert swing.std() == pytest.approx(0.1, abs=0.01)
    assert np.corrcoef(swing[:-7], swing[7:])[0, 1] == pytest.approx(0.5, abs=0.1)
    assert abs(np.corrcoef(swing[:-20], swing[20:])[0, 1]) < 0.12


def test_working_days_months_and_tenths() -> None:
    line = make_timeline(START, 60, KEY, USUAL)
    assert line.next_working(np.array([0, 2, 3, 4])).tolist() == [1, 5, 5, 5]  # Friday 3rd, then Monday 6th
    assert list(np.flatnonzero(line.month_start[:60])) == [0, 31, 59]
    assert [int(line.next_tenth[day]) for day in (0, 8, 9, 10, 40)] == [9, 9, 40, 40, 68]


def test_without_a_calendar_every_day_is_alike() -> None:
    line = make_timeline(START, 30, KEY, Parameters(calendar=False))
    assert (line.arrivals == 1.0).all() and (line.staff == 1.0).all()
    assert np.array_equal(line.next_working(np.arange(30)), np.arange(1, 31))
