"""Intervals against figures known or computed otherwise, and against their promise to cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pingan_abm.study.analyse.intervals import (
    Interval,
    mean_interval,
    paired_interval,
    unpaired_interval,
)

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20)


def test_a_mean_by_hand() -> None:
    found = mean_interval([1.0, 2.0, None, 3.0])
    assert found is not None
    assert found.mean == pytest.approx(2.0)
    assert found.low == pytest.approx(2.0 - 4.302653 / 3**0.5, abs=1e-5)
    assert found.width == pytest.approx(2 * 4.302653 / 3**0.5, abs=1e-5)


def test_too_few_values() -> None:
    assert mean_interval([None, float("nan")]) is None
    assert mean_interval([4.0]) == Interval(4.0, None, None)
    assert Interval(4.0, None, None).width is None
    assert paired_interval([1.0, None], [None, 2.0]) is None
    assert unpaired_interval([1.0], [3.0, 4.0]) == Interval(2.5, None, None)


def test_pairs_with_a_missing_half_do_not_count() -> None:
    found = paired_interval([1.0, None, 3.0, 5.0], [2.0, 9.0, None, 8.0])
    assert found is not None
    assert found.mean == pytest.approx(2.0)


def test_common_luck_makes_pairs_sharper() -> None:
    draws = np.random.default_rng(0)
    luck = draws.normal(0.0, 5.0, 20)
    before, after = list(luck + draws.normal(0.0, 0.1, 20)), list(luck + 1.0 + draws.normal(0.0, 0.1, 20))
    paired, unpaired = paired_interval(before, after), unpaired_interval(before, after)
    assert paired is not None
    assert unpaired is not None
    assert paired.mean == pytest.approx(unpaired.mean)
    assert paired.width is not None
    assert unpaired.width is not None
    assert paired.width * 10 < unpaired.width


def test_nineteen_in_twenty_cover() -> None:
    draws = np.random.default_rng(1)
    covered = 0
    for _ in range(2000):
        found = mean_interval(list(draws.normal(3.0, 1.0, 6)))
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 3.0 <= found.high
    assert covered / 2000 == pytest.approx(0.95, abs=0.015)


@given(NUMBERS, NUMBERS)
def test_unpaired_agrees_with_scipy(first: list[float], second: list[float]) -> None:
    found = unpaired_interval(first, second)
    assert found is not None
    if np.std(first) > 1e-3 or np.std(second) > 1e-3:
        known = stats.ttest_ind(second, first, equal_var=False).confidence_interval(0.95)
        assert (found.low, found.high) == pytest.approx((known.low, known.high), rel=1e-6, abs=1e-6)
    else:
        assert found.mean == pytest.approx(np.mean(second) - np.mean(first))
