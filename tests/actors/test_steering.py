"""R31. What leaders look at, what they make of it, and that nobody steers who does not."""

import numpy as np
import pytest

from pingan_abm.actors.steering import Figures, by_lead, reported_figures, steered, true_figures
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters, parse_value

DAYS = 3 * 365


def years(by: str, **settings: object) -> PinganModel:
    model = PinganModel(residents=8_000, days=DAYS, warmup=0, seed=1, leadership_steers_by=by, **settings)
    for _ in range(DAYS):
        model.step()
    return model


@pytest.fixture(scope="module")
def reported() -> PinganModel:
    return years("reported")


def test_leaders_steer_once_a_year_and_only_if_they_do(reported: PinganModel) -> None:
    assert len(reported.leadership.settings) == 2  # the third year ends with the run
    last = reported.leadership.settings[-1]
    assert reported.leadership.target == last.target
    assert reported.parameters.satisfaction_weight == last.parameters["satisfaction_weight"] != 0.3
    assert reported.parameters.verification_rate == last.parameters["verification_rate"] != 0.1
    assert [unit.staff for unit in reported.district.units] == pytest.approx(last.posts.tolist())
    nobody = years("nothing")
    assert nobody.leadership.settings == [] and nobody.parameters.satisfaction_weight == 0.3


def test_total_posts_are_kept_and_the_bad_looking_gain(reported: PinganModel) -> None:
    fresh = PinganModel(residents=8_000, days=1, warmup=0)
    before = np.array([unit.staff for unit in fresh.district.units])
    for setting in reported.leadership.settings:
        assert setting.posts.sum() == pytest.approx(before.sum())
    bad = np.linspace(0.0, 1.0, len(before))
    moved = steered(fresh, Figures(0.8, 0.8, 0.05, bad)).posts / before
    assert (np.diff(moved) > 0).all() and moved[0] < 1.0 < moved[-1]


def test_what_leaders_set_is_worked_by_hand() -> None:
    fresh = PinganModel(residents=2_000, days=1, warmup=0)
    setting = steered(fresh, Figures(0.9, 0.5, 0.25, np.zeros(33)))
    assert setting.target == pytest.approx(0.8 + 0.5 * 0.1)
    assert setting.parameters["satisfaction_weight"] == pytest.approx(0.3 + 0.5 * 0.4)
    assert setting.parameters["verification_rate"] == pytest.approx(0.1 + 0.5 * 0.2)
    assert setting.posts.tolist() == pytest.approx([unit.staff for unit in fresh.district.units])
    calm = steered(fresh, Figures(0.8, 0.8, 0.05, np.zeros(33)))
    assert (calm.target, calm.parameters["satisfaction_weight"]) == pytest.approx((0.8, 0.3))
    assert calm.parameters["verification_rate"] == pytest.approx(0.1)


def test_reported_figures_look_better_than_true_ones_where_much_is_closed_on_paper() -> None:
    model = PinganModel(residents=20_000, days=365, warmup=0, perfunctory_base=0.0, verification_rate=0.0)
    for _ in range(365):
        model.step()
    recorded, real = reported_figures(model, 365), true_figures(model, 365)
    assert recorded.closed > real.closed + 0.1 and recorded.hollow < real.hollow
    assert recorded.bad.shape == real.bad.shape == (33,)
    paper = model.world.tally[0].paper / model.world.tally[0].closed
    assert real.hollow == pytest.approx(paper)


def test_a_few_files_say_little_of_a_unit() -> None:
    leads = np.array([0] * 100 + [1] + [-1] * 5)
    failed = np.array([True] * 50 + [False] * 50 + [True] + [True] * 5)
    found = by_lead(leads, failed, 3, 20.0)
    usual = 51 / 101
    assert found == pytest.approx([(50 + 20 * usual) / 120, (1 + 20 * usual) / 21, usual])


def test_choices_that_look_like_other_values_can_be_written() -> None:
    assert parse_value("leadership_steers_by", "true") == "true"
    assert parse_value("contact_network", "none") == "none"
    assert parse_value("campaign_issue", "none") is None and parse_value("hearing", "true") is True
    assert Parameters.checked({"leadership_steers_by": "true"}).leadership_steers_by == "true"
