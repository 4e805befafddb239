"""Mechanisms on cases so small that the answer is worked out by hand."""

import numpy as np
import pytest

from pingan_abm.actors.organisations import SocialOrganisation
from pingan_abm.behaviour.experience import lives_through
from pingan_abm.behaviour.units import open_day
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.figures import staff_days_per_resolution, yuan_per_resolution
from pingan_abm.parameters.declared import Parameters


def listening_only_to_herself(model: PinganModel) -> None:
    """Nobody hears anybody else: what follows concerns those who are linked afterwards."""
    model.world.contacts[:] = np.arange(model.residents, dtype=model.world.contacts.dtype)[:, None]


def test_two_residents_who_listen_to_each_other_meet_in_the_middle(small: PinganModel) -> None:
    """τ₁ = 0.8, τ₂ = 0.2, weight w = 0.02: the mean 0.5 stays, the difference 0.6 shrinks by 1 − 2w a week."""
    listening_only_to_herself(small)
    trust, contacts = small.world.trust, small.world.contacts
    contacts[4], contacts[9], trust[4], trust[9] = 9, 4, 0.8, 0.2
    others = np.delete(trust.copy(), [4, 9])
    assert Parameters().trust_diffusion == 0.02
    small.people.talk()
    assert [trust[4], trust[9]] == pytest.approx([0.788, 0.212])
    small.people.talk()
    assert [trust[4], trust[9]] == pytest.approx([0.77648, 0.22352])
    for _ in range(8):
        small.people.talk()
    half_the_difference = 0.3 * 0.96**10
    assert [trust[4], trust[9]] == pytest.approx([0.5 + half_the_difference, 0.5 - half_the_difference], rel=1e-5)
    assert np.delete(trust, [4, 9]) == pytest.approx(others, rel=1e-5)  # who hears only herself stays as she is


def test_who_hears_a_neighbour_with_two_of_eight_contacts_moves_by_a_quarter_of_the_step(small: PinganModel) -> None:
    """One-sided: 0.4 hears 1.0 twice and herself six times: 0.98 · 0.4 + 0.02 · (2 · 1.0 + 6 · 0.4)/8 = 0.403."""
    listening_only_to_herself(small)
    trust = small.world.trust
    small.world.contacts[4, :2], trust[4], trust[9] = 9, 0.4, 1.0
    small.people.talk()
    assert [trust[4], trust[9]] == pytest.approx([0.403, 1.0])


def test_a_good_and_then_a_bad_experience(small: PinganModel) -> None:
    """E = 0.6, S = T = 0.5. Worth 0.9: felt 0.9 + 0.2 · 0.3 = 0.96. Then worth 0.25 against E = 0.63: 0.25 − 0.45 ·
    0.38 = 0.079."""
    w = small.world
    person = w.residents[7]
    person["expectation"], person["satisfaction"], person["propensity"], person["volunteer"], w.trust[7] = (
        0.6,
        0.5,
        0.0,
        0,
        0.5,
    )
    assert lives_through(w, 7, np.uint64(1), 0, 0.9, 1.0) == pytest.approx(0.96)
    assert [person["satisfaction"], person["expectation"], w.trust[7]] == pytest.approx([0.73, 0.63, 0.55])
    assert lives_through(w, 7, np.uint64(1), 1, 0.25, 0.5) == pytest.approx(0.079)  # a bystander: half a step of trust
    assert [person["satisfaction"], person["expectation"], w.trust[7]] == pytest.approx([0.4045, 0.592, 0.55 * 0.88])


def dependent_on_government(model: PinganModel, reserves: float) -> SocialOrganisation:
    """An organisation that receives 1,000,000 yuan a year from government and nothing else, and spends 1,200,000."""
    organisation = model.organisations[0]
    organisation.contract, organisation.grant, organisation.other = 600_000.0, 400_000.0, 0.0
    organisation.capacity, organisation.reserves = 1_200_000.0, reserves
    return organisation


#: Month by month: reserves after a twelfth of income less cost, cost after a cut of at most 5 %.
BUDGET = [
    (40_000 - 200_000 / 12, 1_140_000),
    (40_000 - 340_000 / 12, 1_083_000),
    (40_000 - 423_000 / 12, 1_028_850),
    (40_000 - 451_850 / 12, 1_000_000),  # now 1 − 1/1.02885 = 2.8 % are enough
    (40_000 - 451_850 / 12, 1_000_000),
]


def test_the_budget_of_an_organisation_that_saves_in_time(small: PinganModel) -> None:
    organisation = dependent_on_government(small, 40_000.0)
    for month, (reserves, cost) in enumerate(BUDGET, 1):
        organisation.live(month)
        assert [organisation.reserves, organisation.capacity] == pytest.approx([reserves, cost])


def test_the_same_organisation_with_less_in_reserve_closes_in_the_third_month(small: PinganModel) -> None:
    """30,000 last for two months (1,666.67 are left), and the third takes 6,916.67."""
    organisation = dependent_on_government(small, 30_000.0)
    kept = [organisation.live(month) for month in (1, 2)]
    assert organisation.reserves == pytest.approx(30_000 - 340_000 / 12) and all(kept)
    assert not organisation.live(3) and organisation.reserves == pytest.approx(30_000 - 423_000 / 12)


def test_a_unit_s_day_by_hand(small: PinganModel) -> None:
    """Ten people on a day when all work, pressure 0.5: 10 · (1 + 0.5/(0.5 + 0.5)) · (1 − 0.2 · 0.5) = 13.5 staff-days,
    of which what was carried over takes 2; a unit with less than that carries the rest on."""
    w = small.world
    w.units["staff"], w.units["pressure"], w.units["active"], w.settings["staff_factor"] = 0.0, 0.5, 1, 1.0
    w.settings["effort_gain"], w.settings["fatigue"] = 1.0, 0.0  # pressure adds up to as much again; nobody tires
    w.settings["second_principal"] = 0  # the first unit is led from above
    w.units["staff"][:2], w.units["carried"][:2] = (10.0, 1.0), (2.0, 2.0)
    before = w.units["available"].copy()
    open_day(w)
    assert w.units["capacity"][:2] == pytest.approx([13.5, 1.35]) and w.units["overhead"][:2] == pytest.approx(
        [2.0, 1.35]
    )
    assert w.units["carried"][:2] == pytest.approx([0.0, 0.65])
    assert (w.units["available"] - before)[:3] == pytest.approx([13.5, 1.35, 0.0])


@pytest.mark.parametrize(("staff_day_cost", "expected"), [(600.0, 600 * 30 + 20_000), (1_200.0, 1_200 * 30 + 20_000)])
def test_what_a_solution_costs_by_hand(small: PinganModel, staff_day_cost: float, expected: float) -> None:
    """30 staff-days and 20,000 yuan of social funding for four problems solved, one of them by society."""
    small.parameters = small.parameters.overridden({"staff_day_cost": staff_day_cost})
    w = small.world
    assert small.purse is not None
    w.tally[0].spent, w.tally[0].solved, w.tally[0].solved_with_file, small.purse.spent = 30.0, 4, 3, 20_000.0
    cohorts = Cohorts(small)
    assert yuan_per_resolution(cohorts) == pytest.approx(expected / 4)
    assert staff_days_per_resolution(cohorts) == pytest.approx(30 / 3)
