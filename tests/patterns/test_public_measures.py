"""Who counts as near a problem, and figures of contact, public voice and years."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.patterns.public_measures import heard_of, lately, near_outcomes, public_cases, trust_of_met, years


def test_four_neighbours_on_either_side_of_those_affected_are_near() -> None:
    who, when = heard_of(np.array([100.0, 20.0]), np.array([3.0, 1.0]), np.array([7.5, 3.0]))
    near = {97, 98, 99, 96, 103, 104, 105, 106}
    assert set(who[when == 7.5].astype(int)) == near
    assert set(who[when == 3.0].astype(int)) == {16, 17, 18, 19, 21, 22, 23, 24}
    assert (np.diff(who) >= 0).all()


def test_only_the_last_sixty_days_count() -> None:
    who, when = np.array([5.0, 5.0, 9.0]), np.array([10.0, 200.0, 90.0])
    residents, times = np.array([5.0, 5.0, 5.0, 9.0, 9.0, 4.0]), np.array([11.0, 69.9, 71.0, 90.0, 90.5, 100.0])
    assert lately(who, when, residents, times, 1_000.0).tolist() == [True, True, False, False, True, False]


def test_hearing_shows_in_what_residents_near_outcomes_report() -> None:
    """With a strong effect and much paper, in a small district: in the stated directions, against nobody hearing."""
    strong = {"report_heard_effect": 2.0, "heard_step": 0.8, "tell_good_chance": 1.0, "tell_bad_chance": 1.0}
    strong |= {"problem_rate": 1.0, "perfunctory_base": 1.0}
    with_it, without = (
        near_outcomes(lived(365, parameters=strong | {"hearing": on}, residents=34_500)) for on in (True, False)
    )
    for name, sign in (("reported_near_solved", 1.0), ("reported_near_hollow", -1.0)):
        first, second = with_it[name], without[name]
        assert first is not None and second is not None
        assert sign * (first - second) > 0.02


def test_public_cases_are_counted_among_those_that_need_powers() -> None:
    loud = lived(250, parameters={"public_voice": 1.0}, residents=34_500)
    found = public_cases(loud)
    assert found["public_share"] is not None and 0.0 < found["public_share"] < 0.5
    assert found["violations_solved"] is not None and found["public_solved"] is not None
    quiet = public_cases(lived(250, residents=34_500))
    assert quiet["public_share"] == 0.0 and quiet["public_solved"] is None


def test_trust_of_those_met_rises_with_trust_by_contact() -> None:
    strong = {"trust_diffusion": 0.0, "contact_trust_gain": 0.1}
    with_it, without = (
        trust_of_met(lived(300, parameters=strong | {"contact_trust": on}, residents=34_500))["trust_of_met"]
        for on in (True, False)
    )
    assert with_it is not None and without is not None and with_it > without + 0.005


def test_a_drift_needs_two_years_that_can_be_judged() -> None:
    assert years(lived(400, residents=1_000)) == {"gap_drift": None, "solved_drift": None}
    found = years(lived(3 * 365, residents=4_000))
    assert all(value is not None and abs(value) < 1.0 for value in found.values())
    model = PinganModel(residents=1_000, days=1, warmup=0)
    model.step()
    assert years(model)["gap_drift"] is None


@pytest.mark.parametrize("name", ["reported_near_solved", "violations_solved", "trust_of_met", "gap_drift"])
def test_the_experiments_measure_them(name: str) -> None:
    from pingan_abm.patterns.measures import district

    assert name in district(lived(100, residents=2_000))
