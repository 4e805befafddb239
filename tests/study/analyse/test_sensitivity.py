"""Indices against functions whose indices are known."""

import numpy as np
import pytest
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from pingan_abm.study.analyse.sensitivity import (
    Index,
    Sensitivity,
    morris,
    noise_share,
    problem,
    salib_seed,
    sobol,
)
from pingan_abm.study.plan.design import MORRIS_LEVELS
from pingan_abm.texts.errors import InputErrors

NAMES = ("first", "second", "third")


def ishigami(places: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990) with a = 7, b = 0.1, on inputs between 0 and 1."""
    x = -np.pi + 2.0 * np.pi * places
    return np.asarray(np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def found(result: Sensitivity, index: str) -> dict[str, Index]:
    return {one.parameter: one for one in result.indices if one.index == index}


def test_sobol_indices_of_ishigami_are_the_known_ones() -> None:
    places = sobol_sample.sample(problem(NAMES), 1024, calc_second_order=False, seed=1)
    result = sobol(NAMES, ishigami(places)[:, None], seed=0)
    for index, known in (("first", (0.3139, 0.4424, 0.0)), ("total", (0.5576, 0.4424, 0.2437))):
        for name, value in zip(NAMES, known, strict=True):
            one = found(result, index)[name]
            assert one.value == pytest.approx(value, abs=0.04)
            assert abs(one.value - value) < 2.0 * one.interval + 0.01
    assert result.noise_share is None


def test_second_order_indices_of_ishigami_are_the_known_ones() -> None:
    """Only the first and the third input act together: what the third does, it does with the first."""
    places = sobol_sample.sample(problem(NAMES), 1024, calc_second_order=True, seed=1)
    result = sobol(NAMES, ishigami(places)[:, None], seed=0, second_order=True)
    one, two, three = NAMES
    known = {f"{one} × {two}": 0.0, f"{one} × {three}": 0.2437, f"{two} × {three}": 0.0}
    pairs = found(result, "second")
    assert pairs.keys() == known.keys() and result.samples == 1024 and result.enough
    for name, value in known.items():
        assert pairs[name].value == pytest.approx(value, abs=0.06)
    assert found(result, "total")[three].value == pytest.approx(0.2437, abs=0.04)


def test_few_samples_are_not_enough() -> None:
    places = sobol_sample.sample(problem(NAMES), 4, calc_second_order=False, seed=1)
    result = sobol(NAMES, ishigami(places)[:, None], seed=0)
    assert result.samples == 4 and not result.enough


def test_seed_zero_is_a_seed() -> None:
    places = sobol_sample.sample(problem(NAMES), 64, calc_second_order=False, seed=1)
    values = ishigami(places)[:, None]
    assert sobol(NAMES, values, seed=0) == sobol(NAMES, values, seed=0)
    assert salib_seed(0) != 0
    assert salib_seed(2**63 - 1) > 0


def test_morris_finds_the_linear_effects() -> None:
    design = morris_sample.sample(problem(NAMES), 20, num_levels=MORRIS_LEVELS, seed=1)
    result = morris(NAMES, design, (design @ np.array([4.0, -2.0, 0.0]))[:, None], seed=0)
    for index, known in (("mu_star", (4.0, 2.0, 0.0)), ("mu", (4.0, -2.0, 0.0)), ("sigma", (0.0, 0.0, 0.0))):
        assert [found(result, index)[name].value for name in NAMES] == pytest.approx(list(known), abs=1e-9)


def test_noise_share_is_that_of_the_made_noise() -> None:
    draws = np.random.default_rng(3)
    values = draws.normal(0.0, 3.0, (4000, 1)) + draws.normal(0.0, 1.0, (4000, 4))
    assert noise_share(values) == pytest.approx(0.1, abs=0.01)
    assert noise_share(values[:, :1]) is None
    assert noise_share(np.ones((5, 2))) is None


def test_missing_and_constant_values_are_refused() -> None:
    with pytest.raises(InputErrors, match="1 of 5 points"):
        sobol(NAMES, np.array([[1.0], [2.0], [np.nan], [0.0], [1.0]]), seed=0)
    with pytest.raises(InputErrors, match="the same at every point"):
        sobol(NAMES, np.ones((5, 1)), seed=0)


def test_morris_of_groups_gives_each_group_one_effect() -> None:
    factors = ("group:both", "group:both", "third")
    design = morris_sample.sample(problem(NAMES, factors), 50, num_levels=MORRIS_LEVELS, seed=1)
    assert len(design) == 50 * 3
    result = morris(NAMES, design, (design @ np.array([4.0, 0.0, 1.0]))[:, None], seed=0, factors=factors)
    assert {name: one.value for name, one in found(result, "mu_star").items()} == pytest.approx(
        {"group:both": 4.0, "third": 1.0}
    )
    assert set(found(result, "mu")) == set(found(result, "sigma")) == {"third"}
