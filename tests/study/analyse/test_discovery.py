"""Scores and boxes against data whose answer was put in."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from pingan_abm.study.analyse.discovery import Box, Condition, feature_scores, find_box, worth_saying
from pingan_abm.texts.errors import InputErrors

DRAWS = np.random.default_rng(5)
POINTS = 600
INPUTS = pd.DataFrame(
    {
        "accountability": DRAWS.random(POINTS),
        "verification_rate": DRAWS.random(POINTS),
        "command_centre": DRAWS.random(POINTS) < 0.5,
        "return_form": DRAWS.choice(["logit", "score_loss"], POINTS),
    }
)


def test_scores_put_the_input_first_that_was_put_in() -> None:
    values = 3.0 * INPUTS["accountability"].to_numpy() + 0.2 * DRAWS.random(POINTS)
    values[:3] = np.nan
    scores = feature_scores(INPUTS, values, seed=0)
    assert scores[0].parameter == "accountability"
    assert scores[0].score > 0.8
    assert sum(one.score for one in scores) == pytest.approx(1.0)
    assert feature_scores(INPUTS, values, seed=0) == scores


def test_the_box_that_was_put_in_is_found_and_read_out() -> None:
    inside = (INPUTS["accountability"] > 0.6) & INPUTS["command_centre"]
    box = find_box(INPUTS, inside.to_numpy())
    assert {one.parameter for one in box.conditions} == {"accountability", "command_centre"}
    found = {one.parameter: one for one in box.conditions}
    low = found["accountability"].low
    assert isinstance(low, float)
    assert low == pytest.approx(0.6, abs=0.05)
    assert found["accountability"].high is None
    assert found["command_centre"].values == (True,)
    assert box.density > 0.9
    assert box.coverage > 0.9


def test_conditions_that_hardly_matter_are_not_said() -> None:
    interesting = np.arange(100) < 50
    sides = {"all of it": np.arange(100) < 52, "hardly": np.arange(100) != 3, "more": np.arange(100) > 9}
    assert worth_saying(sides, interesting) == ["all of it"]
    both = {"low": np.arange(100) >= 20, "high": np.arange(100) < 60}
    assert worth_saying(both, (np.arange(100) >= 20) & (np.arange(100) < 60)) == ["low", "high"]


def test_dates_are_ordered_and_come_back_as_dates() -> None:
    days = [date(2014, 1, 1) + timedelta(days=int(day)) for day in DRAWS.integers(0, 300, POINTS)]
    late = np.array([day >= date(2014, 8, 1) for day in days])
    box = find_box(pd.DataFrame({"campaign_start": days, "accountability": INPUTS["accountability"]}), late)
    (condition,) = [one for one in box.conditions if one.parameter == "campaign_start"]
    assert isinstance(condition.low, date)
    assert abs((condition.low - date(2014, 8, 1)).days) <= 10


def test_sentences_in_both_languages() -> None:
    box = Box(
        (
            Condition("a", low=0.25),
            Condition("b", values=(True,)),
            Condition("c", high=date(2014, 4, 1)),
            Condition("d", 1, 2),
        ),
        coverage=0.5,
        density=0.9,
        mass=0.1,
        points=30,
    )
    english, chinese = box.sentence(str.upper, "en"), box.sentence(str.upper, "zh_CN")
    assert english.startswith(
        "Where A is at least 0.25 and B is true and C is at most 2014-04-01 and D lies from 1 to 2, 90 %"
    )
    assert chinese.startswith("当A不低于0.25，且B为true，且C不高于2014-04-01，且D在1至2之间时，90%")
    assert "50 %" in english
    assert "50%" in chinese


@pytest.mark.parametrize("interesting", [np.zeros(POINTS, bool), np.ones(POINTS, bool)])
def test_nothing_to_tell_apart_is_said(interesting: np.ndarray) -> None:
    with pytest.raises(InputErrors, match="nothing to tell apart"):
        find_box(INPUTS, interesting)
    with pytest.raises(InputErrors, match="nothing can be told apart"):
        feature_scores(INPUTS, interesting.astype(float), seed=0)


def test_too_few_points_are_refused() -> None:
    few = INPUTS.head(5)
    with pytest.raises(InputErrors, match="only 5 points"):
        find_box(few, np.array([True, False, True, False, True]))
    with pytest.raises(InputErrors, match="only 5 points"):
        feature_scores(few, np.arange(5.0), seed=0)
