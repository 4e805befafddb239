"""Shared causes: many problems on the same days, and as many in a year."""

from datetime import date

import numpy as np
import pytest

from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.causes import chance_of, days_within, mean_factors, shared_causes, shock_factors

DISTRICT = load_district()
RAIN = next(shock for shock in DISTRICT.shocks if shock.id == "heavy_rain")
START = date(2014, 1, 1)


def causes(key: int, **settings: object) -> np.ndarray:
    return shared_causes(DISTRICT, START, 365, np.uint64(key), Parameters.checked(settings))


def test_a_year_has_as_many_problems_of_every_subtype_as_without() -> None:
    """The mean over 300 drawn years lies within five standard errors of 1 for each of them."""
    years = np.array([causes(key)[:365].astype(float).mean(axis=0) for key in range(300)])
    error = years.std(axis=0) / np.sqrt(len(years))
    assert (np.abs(years.mean(axis=0) - 1.0) <= 5.0 * error + 1e-6).all()
    assert years.std(axis=0).max() > 0.01  # single years differ


def test_days_of_rain_are_as_many_as_expected_and_bring_water() -> None:
    """Spells of two days: the chance of a day is that one has begun on it or on the day before."""
    inside = np.array([days_within(RAIN, 0, START, 365, np.uint64(key)) for key in range(200)])
    expected = np.array([chance_of(RAIN, date.fromordinal(START.toordinal() + day)) for day in range(365)])
    assert inside.mean(axis=0).sum() == pytest.approx(expected.sum(), rel=0.03)
    assert inside[:, 152:182].mean() > 2.0 * inside[:, :59].mean()  # June against January and February
    factors = shock_factors(DISTRICT, RAIN)
    assert factors[DISTRICT.subtype_index("drain_blocked")] == 8.0
    assert factors[DISTRICT.subtype_index("gambling")] == 1.0


def test_holidays_come_on_their_dates() -> None:
    holiday = next(shock for shock in DISTRICT.shocks if shock.id == "national_day")
    inside = days_within(holiday, 0, START, 365, np.uint64(1))
    assert np.flatnonzero(inside).tolist() == list(range(273, 280))  # 1 to 7 October


def test_a_later_start_has_the_same_weather() -> None:
    early = shared_causes(DISTRICT, START, 60, np.uint64(3), Parameters())
    late = shared_causes(DISTRICT, date(2014, 1, 31), 30, np.uint64(3), Parameters())
    assert np.array_equal(early[30:60], late[:30])


def test_switched_off_every_day_is_like_every_other() -> None:
    assert (causes(1, shared_causes=False) == 1.0).all()
    assert mean_factors(DISTRICT).min() > 0.9


def test_the_day_has_what_the_causes_say() -> None:
    """With the calendar off, expected problems differ from day to day by the causes alone."""
    model = PinganModel({"calendar": False, "places": False}, residents=2_000, days=200, warmup=0)
    for day in (0, 100, 190):
        model.arrivals(day)
        assert model.world.subtypes["today"] == pytest.approx(model.subtype_rates * model.causes[day])
