"""What the experiments measure, against counts made another way on a small district."""

import math
from typing import Any

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.patterns import measures
from pingan_abm.patterns.hooks import HOOKS
from pingan_abm.rules import satisfaction_of
from pingan_abm.world.settings import default_settings


def lived(days: int = 150, hook: str = "", **options: Any) -> PinganModel:
    model = PinganModel(residents=6_000, days=days, warmup=0, **options)
    if hook:
        HOOKS[hook](model)
    for _ in range(days):
        model.step()
    return model


@pytest.fixture(scope="module")
def model() -> PinganModel:
    return lived(days=200)


def test_reporters_once_is_a_count(model: PinganModel) -> None:
    counts = [int(person["reports"]) for person in model.world.residents]
    assert measures.reporters_once(model) == sum(n == 1 for n in counts) / sum(n > 0 for n in counts)


def test_return_shares_add_up(model: PinganModel) -> None:
    figures = measures.return_shares(model)
    parts = model.world.used("assignments")
    answered = sum(bool(part["reason"] > 0) or not math.isnan(part["begun"]) for part in parts)
    returned = figures["returns_misdirected"] + figures["returns_passed_on"]  # type: ignore[operator]
    assert returned * answered == pytest.approx(int(model.world.tally["returns"][0]))
    assert figures["passed_several"] <= figures["returns_several"]  # type: ignore[operator]


def test_only_what_began_on_day_0_or_later_is_measured() -> None:
    """Whatever stands in the rows that a warm-up left, the figures are the same."""
    model = PinganModel(residents=6_000, days=150, warmup=120)
    while model.day < model.days:
        model.step()
    w, figures = model.world, (measures.top_types_share, measures.area_ratio, measures.busy_weeks_on_time)
    groups = (measures.return_shares, measures.handling_days, measures.tails)
    before = [one(model) for one in figures], [one(model) for one in groups]
    old = w.used("problems")["onset"] < 0.0
    assert old.any()
    w.used("problems")["first_report"][old] = math.nan
    files = w.used("cases")[w.used("cases")["opened"] < 0.0]
    assert len(files) > 10
    w.used("cases")["first_closed"][w.used("cases")["opened"] < 0.0] += 50.0
    earlier = w.used("assignments")["dispatched"] < 0.0
    w.used("assignments")["reason"][earlier] = 1
    assert ([one(model) for one in figures], [one(model) for one in groups]) == before


def test_terciles_of_unclear_duties_hold_the_subtypes_they_should() -> None:
    from pingan_abm.district.files import load_district

    terciles, district = measures.ambiguity_terciles(), load_district()
    entropy = np.array([one.entropy for one in district.subtypes])
    assert len(terciles) == len(entropy) and set(terciles) == {0, 1, 2}
    assert terciles[entropy.argmax()] == 2 and terciles[entropy.argmin()] == 0
    assert entropy[terciles == 0].max() <= entropy[terciles == 1].min()
    assert entropy[terciles == 1].max() <= entropy[terciles == 2].min()


def test_the_expected_experience_is_the_zero_of_losses_and_gains(model: PinganModel) -> None:
    before = model.world.residents.copy()
    found = measures.loss_over_gain(model)
    chosen = np.linspace(0, 5_999, measures.SAMPLE).astype(int)
    by_hand, c = [], default_settings()
    for expected in model.world.residents["expectation"][chosen]:
        worse, same, better = (satisfaction_of(c, min(1.0, expected + s), expected) for s in (-0.15, 0.0, 0.15))
        by_hand.append(0.5 * ((same - worse) - (better - same)))
    assert found == pytest.approx(float(np.mean(by_hand)))
    assert np.array_equal(before, model.world.residents)  # on a copy: measuring changes nothing


def test_tails_by_hand(model: PinganModel) -> None:
    figures = measures.tails(model)
    cases = model.world.used("cases")
    took = [
        c["first_closed"] - c["opened"]
        for c in cases
        if c["duplicate"] == 0 and c["opened"] < 110 and not math.isnan(c["first_closed"])
    ]
    assert figures["close_tail"] == pytest.approx(float(np.mean(took) / np.median(took)))
    assert figures["tail_excess"] == pytest.approx(figures["close_tail"] - figures["work_tail"])  # type: ignore[operator]


def test_joint_from_the_start_is_joint_at_once(model: PinganModel) -> None:
    jointly = lived(hook="joint_from_the_start")
    files = jointly.world.used("cases")
    tracked = files[(files["tracked"] == 1) & ~np.isnan(files["first_dispatched"])]
    assert len(tracked) > 100 and (tracked["joint"] == 1).all()
    ordinary = model.world.used("cases")
    assert (ordinary["joint"] == 1).mean() < 0.3
    assert jointly.world.tally["centre_waiting"][0] == 0


def test_even_habits_leave_less_between_communities(model: PinganModel) -> None:
    even = lived(days=200, hook="even_habits")
    assert (even.world.communities["habit"] == 0).all()
    assert measures.area_ratio(even) < measures.area_ratio(model)  # type: ignore[operator]


def test_everything_measured_is_a_number_a_series_or_unknown(model: PinganModel) -> None:
    measured = measures.district(model)
    assert {"closure_gap", "area_ratio", "days_several", "campaigned_during", "weekly_on_time"} <= set(measured)
    for name, value in measured.items():
        assert value is None or isinstance(value, np.ndarray) or math.isfinite(value), name


def test_a_short_run_leaves_unknown_what_it_cannot_tell() -> None:
    short = measures.district(lived(days=5))
    assert short["first_reports_after"] is None and short["close_tail"] is None and short["busy_weeks_on_time"] is None


def test_minor_waits_compare_like_with_like(model: PinganModel) -> None:
    """Types by hand: thirds of severity within each, then means over types weighted by their files."""
    from pingan_abm.outcomes.cohorts import Cohorts

    cohorts = Cohorts(model)
    filed = cohorts.filed90
    rows = list(zip(filed["issue"], filed["severity"], cohorts.resolution_days, strict=True))
    minor_days: list[float] = []
    above = below = 0.0
    for kind in {int(issue) for issue, _, _ in rows}:
        own = [(float(severity), float(days)) for issue, severity, days in rows if issue == kind]
        if len(own) < measures.FEWEST_FILES:
            continue
        low, high = np.quantile([severity for severity, _ in own], [1 / 3, 2 / 3])
        minor, grave = (
            [days for severity, days in own if severity <= low],
            [days for severity, days in own if severity >= high],
        )
        minor_days += minor
        above, below = above + len(own) * float(np.median(minor)), below + len(own) * float(np.median(grave))
    found = measures.minor_waits(model)
    assert found["minor_days"] == pytest.approx(np.mean(minor_days)) and found["minor_over_grave"] == pytest.approx(
        above / below
    )
    assert measures.minor_waits(PinganModel(residents=2_000, days=10, warmup=0)) == {
        "minor_days": None,
        "minor_over_grave": None,
    }
