"""Pressure that lasts wears people out; without fatigue, effort is what the pressure of the day makes it."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.rules.handling import effort_factor, trained_after, weariness_after, worn_effort

HARD = {"accountability": 1.0, "second_principal": False}  # whose waves take time of line units


def capacity_by_formula(model: PinganModel) -> np.ndarray:
    """Capacity of every unit on the last day from the pressure of that day alone."""
    s, units = model.world.settings[0], model.world.units
    effort = np.array([effort_factor(s, pressure) for pressure in units["pressure"]])
    found: np.ndarray = units["staff"] * s.staff_factor * effort * units["active"]
    return found


def test_without_fatigue_effort_is_that_of_the_day() -> None:
    model = lived(200, parameters={**HARD, "fatigue": 0.0}, residents=2_000)
    units = model.world.units
    np.testing.assert_allclose(units["capacity"], capacity_by_formula(model), rtol=1e-12)
    assert (units["trained"] == 1.0).all() and (units["weariness"] > 0.0).any()


def test_fatigue_takes_effort_away_where_pressure_lasts() -> None:
    model = lived(200, parameters={**HARD, "fatigue": 1.0}, residents=2_000)
    units, pressed = model.world.units, model.world.units["weariness"] > 0.1
    assert pressed.any()
    assert (units["capacity"][pressed] < capacity_by_formula(model)[pressed]).all()
    assert (units["trained"][pressed] < 1.0).all()


def test_by_hand(small: PinganModel) -> None:
    c = small.world.settings[0]
    c.fatigue, c.fatigue_effort, c.fatigue_memory, c.training_days = 0.5, 0.4, 100.0, 90.0
    assert worn_effort(c, 0.5) == pytest.approx(0.9)
    assert weariness_after(c, 0.2, 0.8) == pytest.approx(0.206)
    assert weariness_after(c, 0.5, 0.5) == pytest.approx(0.5)
    assert trained_after(c, 1.0, 0.0) == 1.0
    assert trained_after(c, 1.0, 0.365) == pytest.approx(0.999)
    assert trained_after(c, 0.1, 0.0) == pytest.approx(0.11)
    c.fatigue = 0.0
    assert worn_effort(c, 1.0) == 1.0
