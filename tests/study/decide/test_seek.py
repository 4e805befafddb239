"""The smallest setting on functions whose answer is known."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingan_abm.commands.seeking import uncertainty_lines
from pingan_abm.parameters.declared import declared
from pingan_abm.study.decide.seek import COARSE, HALVINGS, Goal, lever, seek
from pingan_abm.texts.errors import InputErrors

LUCK = np.random.default_rng(2).normal(0.0, 0.02, 12)
FINEST = 1.0 / (COARSE - 1) / 2**HALVINGS


def rising(setting: float) -> list[float]:
    return list(setting**2 + LUCK - LUCK.mean())


def test_the_smallest_setting_of_a_rising_outcome() -> None:
    answer = seek(lever("accountability"), Goal("true_resolution_rate", "above", 0.3), rising)
    assert answer.setting == pytest.approx(0.3**0.5, abs=FINEST)
    assert answer.below < 0.3**0.5 <= answer.setting
    assert answer.low <= answer.setting <= answer.high
    assert answer.sure_setting >= answer.setting
    assert not answer.missed_above
    assert len(answer.tried) == COARSE + HALVINGS


@settings(max_examples=40, deadline=None)
@given(st.floats(0.0, 1.0))
def test_the_answer_meets_and_what_is_below_misses(limit: float) -> None:
    goal = Goal("closure_gap", "below", limit)

    def falling(setting: float) -> list[float]:
        return [1.0 - setting, 1.0 - setting]

    answer = seek(lever("accountability"), goal, falling)
    assert 1.0 - answer.setting <= limit
    if answer.below is not None:
        assert 1.0 - answer.below > limit
        assert answer.setting - answer.below <= FINEST * (1 + 1e-9)


def test_no_setting_meets() -> None:
    answer = seek(lever("accountability"), Goal("true_resolution_rate", "above", 2.0), rising)
    assert answer.setting is None
    assert answer.low is None
    assert len(answer.tried) == COARSE


def test_the_lowest_setting_meets_already() -> None:
    answer = seek(lever("accountability"), Goal("true_resolution_rate", "above", -1.0), rising)
    assert answer.setting == 0.0
    assert answer.below is None


def test_an_outcome_that_turns_back_is_told() -> None:
    def hill(setting: float) -> list[float]:
        return [1.0 - abs(setting - 0.5)] * 2

    answer = seek(lever("accountability"), Goal("true_resolution_rate", "above", 0.9), hill)
    assert answer.setting == pytest.approx(0.4, abs=FINEST)
    assert answer.missed_above
    assert answer.sure_setting is None


def test_whole_numbers_and_switches() -> None:
    def after(setting: int) -> list[float]:
        return [float(setting)] * 2

    whole = seek(lever("inspectors"), Goal("reopen_rate", "above", 77.5), after)
    assert whole.setting == 78
    assert whole.below == 77
    switch = seek(lever("command_centre"), Goal("duplicate_file_rate", "below", 0.5), falling_switch)
    assert switch.setting is True
    assert [one.setting for one in switch.tried] == [False, True]


def falling_switch(setting: Any) -> list[float]:
    return [0.2 if setting else 0.9] * 2


def test_an_empty_outcome_meets_no_goal() -> None:
    def nothing(setting: float) -> list[None]:
        return [None, None]

    assert seek(lever("accountability"), Goal("rebound_ratio", "below", 1.0), nothing).setting is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("work_median", "nobody can set it"),
        ("campaign_issue", "no order"),
        ("campaign_start", "no smallest setting"),
        ("acountability", 'Did you mean "accountability"'),
    ],
)
def test_what_is_no_lever_is_refused(name: str, words: str) -> None:
    with pytest.raises(InputErrors, match=words):
        lever(name)


@pytest.mark.parametrize(
    ("below", "told"),
    [
        (0.55, "replications put it between"),
        (0.32, "in some draws no setting tried reaches the goal"),
    ],
)
def test_how_sure_a_setting_is_is_told(below: float, told: str) -> None:
    """A lever that lowers an outcome from 0.6 to 0.3, with replications a tenth apart."""

    def falling(setting: float) -> list[float]:
        return [0.6 - 0.3 * setting + luck for luck in (-0.05, 0.0, 0.05)]

    answer = seek(declared("risk_focus"), Goal("closure_gap", "below", below), falling)
    lines = " ".join(uncertainty_lines(answer, str, "en"))
    assert told in lines and ("add replications" in lines) == (answer.sure_setting is None)


def test_more_replications_are_not_asked_for_where_larger_settings_miss() -> None:
    def turning(setting: float) -> list[float]:
        return [abs(setting - 0.25) + luck for luck in (-0.01, 0.0, 0.01)]

    answer = seek(declared("risk_focus"), Goal("closure_gap", "below", 0.1), turning)
    assert answer.missed_above and answer.sure_setting is None
    assert "add replications" not in " ".join(uncertainty_lines(answer, str, "en"))
