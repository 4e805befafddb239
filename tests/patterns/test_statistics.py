"""Statistics and verdicts of the patterns on numbers made by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.patterns.pattern import (
    Bend,
    Claim,
    Condition,
    Difference,
    DifferenceInDifferences,
    Overlay,
    Reached,
    Value,
    settings,
)
from pingan_abm.patterns.rhythms import rebound, recovery
from pingan_abm.patterns.society import lag_of_satisfaction
from pingan_abm.patterns.verdicts import Verdict, decide, ratio_interval, together

HERE = (Condition(),)


def claim(direction: str = "above", bound: float = 0.0, upper: float = 0.0, interval: str = "mean") -> Claim:
    return Claim("", "", HERE, Value("x"), direction, bound, upper, interval)  # type: ignore[arg-type]


def test_statistics_by_hand() -> None:
    a, b, c, d = ({"x": value, "y": 10.0} for value in (1.0, 4.0, 5.0, 9.0))
    assert Value("x")(b) == 4.0
    assert Difference("x")(a, b) == 3.0
    assert Difference("x", "y")(a, b) == -6.0
    assert Bend("x")(a, b, c) == (5 - 4) - (4 - 1)
    assert DifferenceInDifferences("x")(a, b, c, d) == (9 - 5) - (4 - 1)
    assert Reached("x", 4.0)(b) == 1.0 and Reached("x", 3.9)(b) == 0.0


def test_what_is_unknown_stays_unknown() -> None:
    known, empty = {"x": 1.0}, {"x": None}
    assert Difference("x")(known, empty) is None and Value("x")({"x": math.nan}) is None
    assert Bend("x")(known, empty, known) is None and DifferenceInDifferences("x")(known, known, known, empty) is None
    assert Reached("x", 1e9)(empty) == 0.0  # never reached is not reached by any day
    with pytest.raises(KeyError):
        Value("y")(known)


@pytest.mark.parametrize(("values", "direction", "bound", "verdict"), [
    ([1.0, 1.1, 0.9], "above", 0.0, Verdict.HOLDS), ([1.0, 1.1, 0.9], "below", 0.0, Verdict.FAILS),
    ([1.0, -1.0, 0.2], "above", 0.0, Verdict.UNDECIDED), ([0.0, 0.0, 0.0], "above", 0.0, Verdict.FAILS),
    ([0.0, 0.0, 0.0], "below", 0.0, Verdict.FAILS), ([0.0, 0.0, 0.0], "above", -0.01, Verdict.HOLDS),
    ([5.0], "above", 0.0, Verdict.UNDECIDED), ([], "above", 0.0, Verdict.UNDECIDED),
    ([None, None], "above", 0.0, Verdict.UNDECIDED),
])  # fmt: skip
def test_verdicts(values: list[float | None], direction: str, bound: float, verdict: Verdict) -> None:
    assert decide(claim(direction, bound), values).verdict is verdict


def test_an_interval_is_students() -> None:
    found = decide(claim(), [1.0, 2.0, 3.0, 4.0])
    assert (
        found.value == 2.5
        and found.low == pytest.approx(0.445739, abs=1e-6)
        and found.high == pytest.approx(4.554261, abs=1e-6)
    )


def test_within_a_range() -> None:
    inside, outside = [0.5, 0.52, 0.48], [0.9, 0.91, 0.92]
    assert decide(claim("within", 0.4, 0.6), inside).verdict is Verdict.HOLDS
    assert decide(claim("within", 0.4, 0.6), outside).verdict is Verdict.FAILS
    assert decide(claim("within", 0.49, 0.6), inside).verdict is Verdict.UNDECIDED


def test_a_share_of_runs_that_never_happened_is_not_decided_by_few_runs() -> None:
    never = decide(claim("within", 0.05, 0.95, "share"), [0.0] * 20)
    assert never.value == 0.0 and never.verdict is Verdict.UNDECIDED
    assert decide(claim("within", 0.05, 0.95, "share"), [0.0] * 100).verdict is Verdict.FAILS


def test_a_ratio_is_of_sums() -> None:
    pairs = np.array([[1.0, 4.0], [3.0, 4.0], [2.0, 4.0]])
    value, low, high = ratio_interval(pairs)
    assert value == 0.5 and low is not None and high is not None and 0.25 <= low <= 0.5 <= high <= 0.75
    assert ratio_interval(np.array([[1.0, -1.0]])) == (None, None, None)


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1))
def test_a_pattern_holds_only_if_every_claim_does(verdicts: list[Verdict]) -> None:
    whole = together(verdicts)
    assert (whole is Verdict.HOLDS) == all(one is Verdict.HOLDS for one in verdicts)
    assert (whole is Verdict.FAILS) == any(one is Verdict.FAILS for one in verdicts)


def test_an_overlay_wins_over_a_condition() -> None:
    before = Condition(settings=settings(accountability=0.1, staffing=2.0))
    after = before.under(Overlay(settings(accountability=0.9), hook="even_habits"))
    assert dict(after.settings) == {"accountability": 0.9, "staffing": 2.0} and after.hook == "even_habits"
    assert before.under(Overlay()) == before


def test_rebound_and_recovery_by_hand() -> None:
    without, after = (
        {"campaigned_during": 84.0, "campaigned_after": 120.0},
        {"campaigned_during": 42.0, "campaigned_after": 105.0},
    )
    assert rebound(without, after) == (
        -15.0,
        42.0,
    )  # 15 fewer than without even afterwards: nothing comes back above it
    assert recovery(without, after) == (1.0 - 0.25, 1.0)  # a drop of 1 a day, of which 0.25 a day is left
    assert rebound(without, {**after, "campaigned_after": None}) is None


def test_a_lag_by_hand() -> None:
    weeks = np.arange(53.0)
    since = np.maximum(0.0, weeks - 17.0)
    fast, slow = -np.minimum(1.0, since / 2.0), -np.minimum(1.0, since / 20.0)
    calm = {"weekly_on_time": np.zeros(53), "weekly_satisfaction": np.zeros(53)}
    lag = lag_of_satisfaction(calm, {"weekly_on_time": fast, "weekly_satisfaction": slow})
    assert lag == pytest.approx(1.0 - 5.0 / 20.0, abs=0.06)
    assert lag_of_satisfaction(calm, {"weekly_on_time": slow, "weekly_satisfaction": slow}) == pytest.approx(0.0)
    assert lag_of_satisfaction(calm, calm) is None  # nothing moves, so nothing lags
