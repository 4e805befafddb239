"""Equal load: the staffing that gives it, and the sentence where none does."""

import math
from dataclasses import replace

import pytest

from pingan_abm.district.load import MOST_TRIES, YEARS, staffing_for
from pingan_abm.runs import RunResult, RunSpec, matched, resolved, run_id, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors

BOUNDS = (0.1, 5.0)
TENTH = RunSpec(load_scenario("pingan365"), residents=34_500, match_load=0.9)
SMALL = RunSpec(load_scenario("pingan365"), residents=2_000, days=60, warmup=90, match_load=0.7)


def mean_load(results: list[RunResult]) -> float:
    loads = [result.outcomes["load_ratio"] for result in results]
    return sum(load for load in loads if load is not None) / len(loads)


@pytest.mark.parametrize("work", [0.2, 0.9, 3.0])
def test_the_search_finds_what_a_law_says(work: float) -> None:
    tried: list[float] = []

    def load_at(staffing: float, year: int) -> float:  # retries of overloaded units add work; the first year is mild
        tried.append(staffing)
        arisen = work * (0.94 + 0.02 * year)
        return arisen / staffing * (1.0 + 0.2 * math.tanh(arisen / staffing))

    staffing = staffing_for(0.9, load_at, 1.0, BOUNDS)
    assert len(tried) <= 2 * MOST_TRIES + YEARS
    loads = [load_at(staffing, year) for year in range(YEARS)]
    assert abs(sum(loads) / YEARS - 0.9) <= 0.01 and loads[0] < 0.88


@pytest.mark.parametrize("work", [0.001, 100.0])
def test_a_load_out_of_reach_is_a_sentence(work: float) -> None:
    with pytest.raises(InputErrors, match="match_load = 0.9 is out of reach: with staffing from"):
        staffing_for(0.9, lambda staffing, year: work / staffing, 1.0, BOUNDS)


@pytest.mark.parametrize("accountability", [0.1, 0.5, 0.9])
def test_the_load_is_what_was_asked_for_whatever_the_accountability(accountability: float) -> None:
    """On average over the years that it is set for: one year has more or less to do than another."""
    asked = replace(TENTH, settings={"accountability": accountability})
    results = [run_one(replace(asked, replication=year), series=False) for year in range(YEARS)]
    assert mean_load(results) == pytest.approx(0.9, abs=0.02)
    assert len({result.staffing for result in results}) == 1
    assert results[0].staffing is not None and 0.1 < results[0].staffing < 5.0


@pytest.mark.slow
def test_the_whole_district_reaches_the_load_too() -> None:
    asked = replace(TENTH, residents=345_000, settings={"accountability": 0.9})
    results = [run_one(replace(asked, replication=year), series=False) for year in range(YEARS)]
    assert mean_load(results) == pytest.approx(0.9, abs=0.02)


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
