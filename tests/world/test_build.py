"""From parameters and data files to tables."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world import build
from pingan_abm.world.settings import channel_use, fill_settings, joined_shares
from pingan_abm.world.tables import PLACE

USUAL = Parameters()
DISTRICT = load_district()


def test_shares_are_those_of_the_data_file() -> None:
    shares = build.share_table(DISTRICT, DISTRICT.issues)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(DISTRICT.issues)))
    for row, issue in zip(shares, DISTRICT.issues, strict=True):
        assert row[PLACE] == issue.shares.get("subdistrict", 0.0)
        assert {DISTRICT.units[i].id for i in np.flatnonzero(row[:PLACE])} == set(issue.shares) - {"subdistrict"}


def test_clarity_sharpens_until_the_largest_takes_all() -> None:
    shares = build.share_table(DISTRICT, DISTRICT.subtypes)
    assert np.allclose(build.sharpened(shares, 0.0), shares)
    half = build.sharpened(np.array([[0.6, 0.4, 0.0]]), 0.5)  # squares: 0.36 and 0.16
    assert half == pytest.approx(np.array([[0.36 / 0.52, 0.16 / 0.52, 0.0]]))
    whole = build.sharpened(shares, 1.0)
    assert (whole.max(axis=1) == 1.0).all() and (whole.sum(axis=1) == 1.0).all()
    assert (build.entropy(whole) == 0.0).all()


def test_entropy_is_1_for_five_equal_owners() -> None:
    assert build.entropy(np.full((1, 5), 0.2)) == pytest.approx([1.0])
    assert build.entropy(np.array([[0.5, 0.5, 0.0]])) == pytest.approx([math.log(2) / math.log(5)])
    for row, issue in zip(build.entropy(build.share_table(DISTRICT, DISTRICT.issues)), DISTRICT.issues, strict=True):
        assert row == pytest.approx(DISTRICT.entropy(issue.id))
    of_subtypes = build.entropy(build.share_table(DISTRICT, DISTRICT.subtypes))
    assert of_subtypes == pytest.approx([one.entropy for one in DISTRICT.subtypes])


@pytest.mark.parametrize("wanted", [0.05, 0.15, 0.35])
def test_one_factor_brings_the_share_of_multi_unit_problems_to_what_is_wanted(wanted: float) -> None:
    chances = build.joint_chances(DISTRICT, wanted)
    rates = np.array([one.rate for one in DISTRICT.subtypes])
    assert chances @ rates / rates.sum() == pytest.approx(wanted, abs=1e-9)
    printed = np.array([one.joint for one in DISTRICT.subtypes])
    assert (np.diff(chances[np.argsort(printed, kind="stable")]) >= -1e-12).all()


def test_the_wait_formula_is_pollaczek_khinchine_for_one_and_doubles_without_bound() -> None:
    """M/G/1: W = λE[S²]/(2(1 − ρ)); with w = 2, cv² = 0.5, λ = 0.4: ρ = 0.8, wait 0.4·6/(0.4) = 6."""
    assert build.queue_wait(1.0, 0.4, 2.0, 0.5) == pytest.approx(2.0 + 6.0)
    assert build.queue_wait(0.5, 0.2, 2.0, 0.5) == pytest.approx(4.0 + 0.2 * 16 * 1.5 / (2 * 0.2))
    assert build.queue_wait(1.0, 0.5, 2.0, 0.5) == math.inf


@given(st.floats(0.01, 2.0), st.floats(1.0, 80.0), st.floats(0.5, 5.0), st.floats(0.2, 4.0), st.floats(0.2, 0.95))
def test_staff_of_another_size_keeps_the_time_in_the_system(
    scale: float, staff: float, work: float, cv2: float, busy: float
) -> None:
    load = busy * staff / work
    other = build.staff_for_equal_waits(staff, scale, load, work, cv2)
    wanted = build.queue_wait(staff, load, work, cv2)
    assert build.queue_wait(other, scale * load, work, cv2) == pytest.approx(wanted, rel=1e-3)
    assert build.staff_for_equal_waits(staff, 1.0, load, work, cv2) == staff
    if scale < 1:
        assert other / scale >= staff * 0.999  # small units lose the economy of a common queue


def test_staff_follows_an_uncertain_load_and_then_the_lever() -> None:
    standard = build.fill_units(DISTRICT, Parameters(), 1.0)
    assert standard["staff"] == pytest.approx([unit.staff for unit in DISTRICT.units])
    doubled = build.fill_units(DISTRICT, Parameters(problem_rate=1.0, staffing=1.5), 1.0)
    assert doubled["staff"] == pytest.approx(standard["staff"] * 2.0 * 1.5)
    spread = build.fill_units(DISTRICT, Parameters(work_log_sd=1.3), 1.0)
    assert spread["staff"] == pytest.approx(standard["staff"] * math.exp(0.5 * (1.3**2 - 1.0)))


@pytest.mark.parametrize("clarity", [0.0, 0.5, 1.0])
def test_posts_that_follow_duties_move_and_their_total_stays(clarity: float) -> None:
    fixed = Parameters(jurisdiction_clarity=clarity)
    there, moved = (build.fill_units(DISTRICT, one, 1.0)["staff"] for one in (fixed, following(fixed)))
    assert moved.sum() == pytest.approx(there.sum(), rel=1e-12)
    assert (moved > 0.0).all()
    if clarity == 0.0:  # duties as printed: nobody's posts move
        np.testing.assert_allclose(moved, there, rtol=1e-9)
    else:
        assert np.abs(moved / there - 1.0).max() > 0.05


def test_posts_follow_duties_in_a_running_district_too() -> None:
    given = {"residents": 2_000, "days": 20, "warmup": 60}
    clear = {"jurisdiction_clarity": 1.0}
    fixed, moved = (PinganModel({**clear, **more}, **given) for more in ({}, {"staff_follows_duties": True}))
    staff = [one.world.units["staff"] for one in (fixed, moved)]
    assert staff[0].sum() == pytest.approx(staff[1].sum(), rel=1e-12)
    assert np.abs(staff[1] / staff[0] - 1.0).max() > 0.05


def following(parameters: Parameters) -> Parameters:
    """The same with posts that follow duties."""
    return parameters.overridden({"staff_follows_duties": True})


def test_channels_join_in_their_order_until_their_use_is_reached() -> None:
    assert joined_shares(USUAL, 1.0, True) == (1.0,) * 6
    assert joined_shares(USUAL, 0.0, True) == (0.0,) * 6
    grid, ehome, hotline, police, own, studio = joined_shares(USUAL, 0.5, True)
    assert (grid, ehome, police, own, studio) == (1.0, 1.0, 0.0, 0.0, 0.0)
    assert hotline == pytest.approx(0.15 / 0.35)
    use = np.array(channel_use(USUAL))
    for integration in np.linspace(0, 1, 11):
        assert use @ joined_shares(USUAL, float(integration), True) == pytest.approx(integration)


def test_arrivals_scale_with_people_and_with_the_rate() -> None:
    """500 a year for 1,000 persons, one for every two."""
    rates = build.arrival_rates(DISTRICT.issues, Parameters(), 345_000)
    assert rates.sum() * 365 == pytest.approx(172_500)
    assert build.arrival_rates(DISTRICT.subtypes, Parameters(), 345_000).sum() == pytest.approx(rates.sum())
    assert build.arrival_rates(DISTRICT.issues, Parameters(problem_rate=0.25), 34_500).sum() * 365 == pytest.approx(
        8_625
    )


def test_settings_carry_every_parameter_that_kernels_read() -> None:
    p = Parameters(accountability=0.7, command_centre=False, closure_form="multitask", return_form="score_loss")
    row = fill_settings(DISTRICT, p, 34_500, np.uint64(1))[0]
    for name, value in dict(p).items():
        if name in (row.dtype.names or ()) and isinstance(value, float | int):
            assert row[name] == (value if name not in ("campaign_issue", "campaign_intensity") else row[name])
    assert (row.closure_form, row.return_form, row.capacity_only) == (1, 1, 0)
    assert row.integration == 0.0 and (row.joined == 0.0).all()  # no centre, no common system
    assert row.centre_items == pytest.approx(30.0)
    assert row.looks_per_day == pytest.approx(11.2)


def test_work_and_deadlines_move_in_proportion() -> None:
    standard = build.fill_subtypes(DISTRICT, Parameters())
    moved = build.fill_subtypes(DISTRICT, Parameters(work_median=3.0, work_log_sd=1.2, target_days=0.5))
    assert moved["work_median"] == pytest.approx(2 * standard["work_median"])
    assert moved["work_log_sd"] == pytest.approx(1.2 * standard["work_log_sd"])
    assert moved["target_days"] == pytest.approx(0.5 * standard["target_days"])


def test_what_was_learned_survives_a_change_of_parameters() -> None:
    table = build.fill_subtypes(DISTRICT, Parameters())
    table["knowledge"], table["rule"] = 0.8, 0.6
    build.fill_subtypes(DISTRICT, Parameters(jurisdiction_clarity=1.0), table)
    assert (table["knowledge"] == 0.8).all() and (table["rule"] == 0.6).all() and (table["entropy"] == 0.0).all()
