"""A warm district stands still: under unchanged settings its years are alike, and the first has no trend of its own."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from scipy.stats import t

from pingan_abm.model import PinganModel

YEARS, YEAR, REPLICATIONS = 3, 365, 8
SURE = 0.997  # of each interval: 95 % for all eighteen together
DRIFT = 0.01  # of mean trust in a year, at most: it has the longest memory of all, and still rises by half of this
#: What is looked at: by day, a count or a level.
COUNTS = ("arisen", "registered", "files", "solved", "paper", "offered", "returns")
LEVELS = ("trust", "backlog")
STATIONARY = (*COUNTS, "backlog")  # trust is not yet: how little it drifts is tested below


def by_day(replication: int) -> Mapping[str, np.ndarray]:
    """What happened on each day of three years of the whole district, after its warm-up."""
    model = PinganModel(days=YEARS * YEAR, replication=replication)
    while model.day < model.days:
        model.step()
    assert model.outcomes()["load_ratio"] < 1.0
    found = {name: np.diff(model.daily[name].astype(float), prepend=0.0) for name in COUNTS}
    return found | {name: model.daily_levels[name] for name in LEVELS}


def year_mean(values: np.ndarray, year: int) -> float:
    return float(np.nanmean(values[year * YEAR : (year + 1) * YEAR]))


def year_trend(values: np.ndarray, year: int) -> float:
    """Mean of the second half of a year less that of the first; the seasons are the same in every year."""
    half = YEAR // 2
    part = values[year * YEAR : (year + 1) * YEAR]
    return float(np.nanmean(part[half:]) - np.nanmean(part[:half]))


def interval(differences: np.ndarray) -> tuple[float, float]:
    """Of the mean of paired differences."""
    reach = float(t.ppf((1 + SURE) / 2, len(differences) - 1) * differences.std(ddof=1) / math.sqrt(len(differences)))
    return float(differences.mean()) - reach, float(differences.mean()) + reach


@pytest.fixture(scope="module")
def years() -> list[Mapping[str, np.ndarray]]:
    return [by_day(replication) for replication in range(REPLICATIONS)]


@pytest.mark.slow
@pytest.mark.parametrize("name", STATIONARY)
def test_the_second_year_is_like_the_third(years: list[Mapping[str, np.ndarray]], name: str) -> None:
    low, high = interval(np.array([year_mean(one[name], 1) - year_mean(one[name], 2) for one in years]))
    assert low <= 0.0 <= high, (name, low, high, year_mean(years[0][name], 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", (*COUNTS, *LEVELS))
def test_the_first_year_has_no_trend_that_the_second_lacks(years: list[Mapping[str, np.ndarray]], name: str) -> None:
    low, high = interval(np.array([year_trend(one[name], 0) - year_trend(one[name], 1) for one in years]))
    assert low <= 0.0 <= high, (name, low, high, year_mean(years[0][name], 1))


@pytest.mark.slow
def test_trust_hardly_drifts(years: list[Mapping[str, np.ndarray]]) -> None:
    moved = [year_mean(one["trust"], year + 1) - year_mean(one["trust"], year) for one in years for year in (0, 1)]
    assert abs(float(np.mean(moved))) < DRIFT
