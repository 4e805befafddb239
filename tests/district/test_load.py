"""Equal load: the staffing that gives it, and the sentence where none does."""

import math
from dataclasses import replace

import pytest

from pingan_abm.district.load import MOST_TRIES, staffing_for
from pingan_abm.runs import RunSpec, matched, resolved, run_id, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors

BOUNDS = (0.1, 5.0)
TENTH = RunSpec(load_scenario("pingan365"), residents=34_500, match_load=0.9)
SMALL = RunSpec(load_scenario("pingan365"), residents=2_000, days=60, warmup=90, match_load=0.7)


@pytest.mark.parametrize("work", [0.2, 0.9, 3.0])
def test_the_search_finds_what_a_law_says(work: float) -> None:
    tried: list[float] = []

    def load_at(staffing: float) -> float:  # retries of overloaded units add work
        tried.append(staffing)
        return work / staffing * (1.0 + 0.2 * math.tanh(work / staffing))

    staffing = staffing_for(0.9, load_at, 1.0, BOUNDS)
    assert abs(load_at(staffing) - 0.9) <= 0.005
    assert len(tried) <= MOST_TRIES + 1


@pytest.mark.parametrize("work", [0.001, 100.0])
def test_a_load_out_of_reach_is_a_sentence(work: float) -> None:
    with pytest.raises(InputErrors, match="match_load = 0.9 is out of reach: with staffing between its bounds"):
        staffing_for(0.9, lambda staffing: work / staffing, 1.0, BOUNDS)


@pytest.mark.parametrize("accountability", [0.1, 0.5, 0.9])
def test_the_load_is_what_was_asked_for_whatever_the_accountability(accountability: float) -> None:
    result = run_one(replace(TENTH, settings={"accountability": accountability}), series=False)
    assert result.outcomes["load_ratio"] == pytest.approx(0.9, abs=0.02)
    assert result.staffing is not None and 0.1 < result.staffing < 5.0


@pytest.mark.slow
def test_the_whole_district_reaches_the_load_too() -> None:
    result = run_one(replace(TENTH, residents=345_000, settings={"accountability": 0.9}), series=False)
    assert result.outcomes["load_ratio"] == pytest.approx(0.9, abs=0.02)


def test_every_replication_has_the_staffing_of_the_first() -> None:
    first, other = matched(SMALL), matched(replace(SMALL, replication=4))
    assert first.settings["staffing"] == other.settings["staffing"]
    assert other.replication == 4 and other.match_load is None
    assert matched(replace(SMALL, match_load=None)) == replace(SMALL, match_load=None)


def test_a_matched_run_has_an_identity_of_its_own() -> None:
    asked = run_one(SMALL, series=False)
    assert asked.run_id == run_id(SMALL) != run_id(matched(SMALL))
    assert asked.outcomes == run_one(matched(SMALL), series=False).outcomes


@pytest.mark.parametrize("load", [0, -1.0, 5.5, float("nan"), True, "much"])
def test_a_load_that_is_none_is_refused(load: object) -> None:
    with pytest.raises(InputErrors, match="match_load"):
        resolved(replace(SMALL, match_load=load))
