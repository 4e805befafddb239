"""Paired comparison: the same luck on both sides, intervals, the rebound of a campaign."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pingan_abm import compare
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.decide.compare import (
    FIRST_PAIRS,
    REBOUND,
    Arm,
    Replicated,
    check_labels,
    compare_values,
    next_number,
    replicate,
    replicate_until,
)
from pingan_abm.study.decide.rebounds import ARRIVALS, REBOUND_DAYS, rebound, without_campaign
from pingan_abm.study.keep.records import Record

BASE = RunSpec(load_scenario("pingan365"), residents=2000, days=40)


def arms(**settings: object) -> tuple[Arm, Arm]:
    return Arm("base", BASE), Arm("other", replace(BASE, settings=settings))


def test_a_scenario_does_not_differ_from_itself() -> None:
    done = Replicated((Arm("base", BASE), Arm("same", BASE)))
    replicate(done, range(3), 1)
    for one in done.comparisons(OUTCOMES):
        assert one.difference in (0.0, None)
        assert one.low in (0.0, None)
        assert one.high in (0.0, None)


def test_the_same_luck_makes_narrow_intervals() -> None:
    done = Replicated(arms(verification_rate=0.12))
    replicate(done, range(6), 1)
    (one,) = done.comparisons(["reports"])
    assert (
        one.low is not None and one.high is not None and one.unpaired_low is not None and one.unpaired_high is not None
    )
    assert one.high - one.low < 0.2 * (one.unpaired_high - one.unpaired_low)


def test_replications_are_added_until_the_interval_is_narrow() -> None:
    done = Replicated(arms(staffing=2.0))
    assert replicate_until(done, ["trust_mean"], 1.0, 100, 1) is None
    assert len(done.whole()) == FIRST_PAIRS
    again = Replicated(arms(staffing=0.3))
    told = replicate_until(again, ["days_to_resolution_mean"], 1e-9, 14, 1)
    assert told is not None and "still wider than asked for after 14 replications" in told
    assert len(again.whole()) == 14


def test_an_outcome_without_a_value_stops_at_once() -> None:
    done = Replicated(arms(staffing=2.0))
    told = replicate_until(done, ["trust_mean", REBOUND], 1.0, 1000, 1)
    assert told is not None and told.startswith(f"{REBOUND} has too few values in other") and len(done.whole()) == 4


def made_up(draw: Callable[[int], np.ndarray], count: int) -> Replicated:
    """A comparison whose differences have a law: those of a baseline that is nought."""
    done = Replicated((Arm("base", BASE), Arm("other", BASE)))
    values = draw(count)
    done.outcomes = {
        "base": {number: {"x": 0.0} for number in range(count)},
        "other": {number: {"x": float(value)} for number, value in enumerate(values)},
    }
    return done


@pytest.mark.parametrize(
    ("law", "mean", "sd", "least"),
    [
        ("standard_normal", 0.0, 1.0, 0.92),
        ("standard_exponential", 1.0, 1.0, 0.89),
        ("lognormal", 1.6487, 2.1612, 0.85),
    ],
)
@pytest.mark.parametrize("part", [0.5, 1.0])
def test_intervals_on_which_a_comparison_stops_hold_what_they_are_said_to_hold(
    law: str, mean: float, sd: float, least: float, part: float
) -> None:
    """Of intervals meant to hold 95 %, when the number of pairs is chosen by their width; `part`: of the law's standard
    deviation. Three standard errors of 500 samples are 0.03 to 0.05."""
    rng, held = np.random.default_rng(7), 0
    for _ in range(500):
        whole = made_up(lambda count: getattr(rng, law)(size=count), 1000)
        number = 0
        while True:
            seen = Replicated(whole.arms, {k: dict(list(v.items())[:number]) for k, v in whole.outcomes.items()})
            if number >= FIRST_PAIRS:
                (one,) = seen.comparisons(["x"])
                assert one.low is not None and one.high is not None
                if one.high - one.low <= part * sd or number == 1000:
                    break
            number = next_number(number, seen, ["x"], part * sd, 1000)
        held += one.low <= mean <= one.high
    assert held / 500 >= least


def test_a_known_difference() -> None:
    one = compare_values("s", "o", [1.0, 2.0, 3.0, None], [2.0, 4.0, 6.0, 9.0])
    assert (one.baseline_mean, one.scenario_mean, one.difference) == (2.0, 5.25, 2.0)
    assert one.low == pytest.approx(2.0 - 4.302653 / 3**0.5)
    assert one.high == pytest.approx(2.0 + 4.302653 / 3**0.5)
    nothing = compare_values("s", "o", [None, None], [1.0, 2.0])
    assert (nothing.baseline_mean, nothing.difference, nothing.low) == (None, None, None)


CAMPAIGN = {"campaign_issue": "unlicensed_trading", "campaign_start": date(2014, 1, 11), "campaign_days": 20}


def campaign_record(days: int, arrivals: np.ndarray) -> Record:
    spec = replace(BASE, settings=CAMPAIGN, days=days)
    return Record("", spec, {}, "ok", series={ARRIVALS: arrivals})


def arrivals(during: float, after: float, days: int = 120) -> np.ndarray:
    """Ten problems a day of every type, but for changes during the campaign and in the 60 days after."""
    counts = np.full((days, 18), 10.0)
    counts[10:30] += during
    counts[30 : 30 + REBOUND_DAYS] += after
    return counts


def test_rebound_is_the_rise_after_over_the_drop_during() -> None:
    twin = campaign_record(120, arrivals(0.0, 0.0))
    assert rebound(campaign_record(120, arrivals(-6.0, 1.0)), twin) == pytest.approx(60.0 / 120.0)
    assert rebound(campaign_record(120, arrivals(-6.0, -1.0)), twin) == pytest.approx(-0.5)
    assert rebound(campaign_record(120, arrivals(1.0, 1.0)), twin) is None
    short = campaign_record(80, arrivals(-6.0, 1.0, 80))
    assert rebound(short, campaign_record(80, arrivals(0.0, 0.0, 80))) is None


def test_a_campaign_is_compared_with_its_twin_without_it() -> None:
    assert without_campaign(BASE) is None
    spec = replace(BASE, days=100, residents=3450, settings={**CAMPAIGN, "campaign_intensity": 0.8})
    twin = without_campaign(spec)
    assert twin is not None and twin.settings["campaign_issue"] is None
    done = Replicated((Arm("base", twin), Arm("campaign", spec)))
    kept: list[Record] = []
    replicate(done, range(2), 1, keep=kept.append)
    assert done.failed == []
    assert done.values("base", REBOUND) == [None, None]
    assert all(value is None or isinstance(value, float) for value in done.values("campaign", REBOUND))
    assert len(kept) == 4  # the base is the campaign's twin and is done once for both
    assert all(not one.series for one in kept)


def test_labels_must_differ() -> None:
    assert check_labels((Arm("a", BASE), Arm("b", BASE))) == []
    assert "a=a" not in check_labels((Arm("a", BASE), Arm("a", BASE)))[0]
    assert "first=a second=a" in check_labels((Arm("a", BASE), Arm("a", BASE)))[0]


def test_a_table_from_python() -> None:
    table = compare(
        "pingan365", "campaign", residents=2000, days=20, replications=2, settings={"campaign": {"staffing": 2.0}}
    )
    assert len(table) == len(OUTCOMES)
    assert set(table["scenario"]) == {"campaign"}
