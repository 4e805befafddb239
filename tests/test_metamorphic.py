"""What must happen to the outcomes when a run is changed in a known way, whatever the outcomes themselves are."""

from functools import cache

import numpy as np
import pytest

from pingan_abm.model import PinganModel

DAYS = 240
SEEDS = (0, 1)


@cache
def outcomes(residents: int = 6_000, days: int = DAYS, seed: int = 0, **settings: object) -> dict[str, float | None]:
    """Outcomes of a run with these parameters."""
    model = PinganModel(settings, residents=residents, days=days, seed=seed)
    for _ in range(days):
        model.step()
    return model.outcomes()


def figure(name: str, **given: object) -> float:
    """One outcome of such a run."""
    value = outcomes(**given)[name]
    assert value is not None
    return value


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("behaviour", ["full", "capacity_only"])
def test_doubling_staff_never_lengthens_waits(seed: int, behaviour: str) -> None:
    """From too few to plenty, in every replication: real solutions and closures come no later, and fewer are late."""
    runs = [{"staffing": staff, "seed": seed, "behaviour": behaviour} for staff in (0.25, 0.5, 1.0, 2.0)]
    for name, better in (
        ("days_to_resolution_mean", -1),
        ("days_to_close_mean", -1),
        ("on_time_rate", 1),
        ("true_resolution_rate", 1),
    ):
        values = [better * figure(name, **run) for run in runs]
        # a rate may differ by three of some five hundred files, for with other staff other files are opened: in one
        # replication 434 of 516 are solved with the usual staff, 426 of 509 with the double
        tolerance = 0.15 if "days" in name else 0.006
        assert all(after >= before - tolerance for before, after in zip(values, values[1:], strict=False)), (
            name,
            values,
        )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("integration", [0.7, 0.85, 0.95])
def test_removing_the_centre_never_lowers_duplicates(seed: int, integration: float) -> None:
    """Where channels are joined. A centre that hardly any channel joins merges nothing, and its tracking brings second
    reports."""
    with_centre = figure("duplicate_file_rate", seed=seed, channel_integration=integration)
    assert (
        figure("duplicate_file_rate", seed=seed, channel_integration=integration, command_centre=False) >= with_centre
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_costs_double_costs_double(seed: int) -> None:
    """The price of a staff-day moves yuan and nothing else; the rest of the cost is the organisations' money."""
    cheap, dear = (outcomes(seed=seed, staff_day_cost=price) for price in (600.0, 1_200.0))
    free = 2 * cheap["yuan_per_resolution"] - dear["yuan_per_resolution"]  # type: ignore[operator]
    assert free > 0
    assert {name: value for name, value in cheap.items() if name != "yuan_per_resolution"} == {
        name: value for name, value in dear.items() if name != "yuan_per_resolution"
    }


def test_a_longer_run_begins_as_the_shorter_one() -> None:
    """Nothing knows when the run will end."""
    short, long = PinganModel(residents=3_000, days=60, seed=4), PinganModel(residents=3_000, days=120, seed=4)
    for _ in range(60):
        short.step()
        long.step()
    calendar = {"nodes", "free_node", "due_nodes"}  # what is due after the last day is never entered
    for name in set(short.daily.dtype.names or ()) - calendar:
        assert np.array_equal(short.daily[name], long.daily[name][:60]), name
    assert np.array_equal(short.world.residents, long.world.residents)


def test_problems_and_staff_that_double_together_leave_waits_in_place() -> None:
    """Staff grows with a district's known load, so twice the problems at twice the staff wait less, but not by more
    than pooling."""
    usual, busy = (
        np.mean([figure("days_to_close_mean", seed=seed, problem_rate=rate) for seed in SEEDS]) for rate in (0.5, 1.0)
    )
    assert 0.6 < busy / usual < 1.25


#: Outcomes of a district a tenth the size, whose staff is set for equal waits, against the whole: largest distance
#: allowed. Twelve organisations cannot cover every community and field as 120 do (0.83 of them instead of all), so
#: society settles a seventh less there, and people are a little less content; the rest should agree.
TOLERANCES = {
    "reported_closure_rate": 0.05,
    "true_resolution_rate": 0.08,
    "closure_gap": 0.05,
    "social_settlement_share": 0.12,
    "silent_share": 0.03,
    "problems_found_share": 0.03,
    "duplicate_file_rate": 0.03,
    "repeat_report_rate": 0.05,
    "returns_per_dispatch": 0.03,
    "correct_dispatch_rate": 0.03,
    "perfunctory_share": 0.05,
    "trust_mean": 0.03,  # a slow stock: what differs in a year, under 0.015, adds up over the two before it
    "satisfaction_mean": 0.04,  # a slow stock too: 0.031 lower here since residents hear from each other
}
WAITS = ("days_to_close_mean", "days_to_resolution_mean", "days_to_close_median")
LARGEST_RATIO = 1.25


@pytest.mark.slow
@pytest.mark.parametrize("residents", [34_500])
def test_a_smaller_district_keeps_waits_and_rates(residents: int) -> None:
    whole = [outcomes(345_000, 365, seed) for seed in (0, 1)]
    small = [outcomes(residents, 365, seed) for seed in range(6)]

    def mean(runs: list[dict[str, float | None]], name: str) -> float:
        return float(np.mean([run[name] for run in runs]))

    distances = {name: mean(small, name) - mean(whole, name) for name in TOLERANCES}
    assert {name: value for name, value in distances.items() if abs(value) > TOLERANCES[name]} == {}
    ratios = {name: mean(small, name) / mean(whole, name) for name in WAITS}
    assert {name: value for name, value in ratios.items() if not 1 / LARGEST_RATIO < value < LARGEST_RATIO} == {}
