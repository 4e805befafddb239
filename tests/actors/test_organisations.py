"""R17: social organisations and the public purse; money by hand."""

import math

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.actors.organisations import Needs, SocialOrganisation
from pingan_abm.actors.purse import PublicPurse
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters, usual_parameters


def total_income() -> float:
    """Of all organisations of the whole district from all sources, a year."""
    return usual_parameters().social_funding / usual_parameters().funding_dependence


def purse(model: PinganModel) -> PublicPurse:
    assert model.purse is not None
    return model.purse


def changed(model: PinganModel, **overrides: object) -> None:
    """What a dated change does to the parameters."""
    model.parameters = model.parameters.overridden(overrides)


def a_month(model: PinganModel, month: int, settled: float = 0.5, solved: float = math.nan) -> None:
    places = len(model.world.communities)
    purse(model).month(month, 30, np.full(places, solved), np.full(places, settled))


@pytest.fixture
def half() -> PinganModel:
    """Half the district: 60 organisations."""
    return PinganModel(residents=172_500, days=5, warmup=0)


def test_money_at_the_start_is_the_paper_s(half: PinganModel) -> None:
    """Government pays 50 million a year at full size, 60 % of it by contract; total income stays whatever its
    source."""
    alive = half.organisations
    assert len(alive) == 60
    assert sum(o.contract + o.grant for o in alive) == pytest.approx(25e6, rel=1e-6)
    assert sum(o.contract for o in alive) == pytest.approx(15e6, rel=1e-6)
    assert sum(o.income for o in alive) == pytest.approx(0.5 * total_income(), rel=1e-6)
    assert purse(half).budget == pytest.approx(25e6)


@pytest.mark.parametrize("dependence", [0.0, 0.1, 0.3, 0.9, 0.97, 1.0])
def test_dependence_moves_the_source_and_not_the_sum(dependence: float) -> None:
    model = PinganModel({"funding_dependence": dependence}, residents=172_500, days=1, warmup=0)
    income = sum(o.income for o in model.organisations)
    paid = sum(o.contract + o.grant for o in model.organisations)
    assert income == pytest.approx(0.5 * total_income(), rel=1e-6)
    assert paid == pytest.approx(dependence * income, rel=1e-6)
    assert paid <= purse(model).budget * (1 + 1e-9)
    assert all(0.0 <= o.dependence <= 1.0 and 0.0 <= o.autonomy <= 1.0 for o in model.organisations)


def test_documented_organisations_work_where_and_on_what_is_documented(half: PinganModel) -> None:
    by_name = {o.names[0]: o for o in half.organisations if not o.names[0].startswith("Organisation ")}
    named = {n.en: n for n in half.district.named_organisations}
    assert set(by_name) == set(named)
    homes = half.world.communities["subdistrict"]
    for name, organisation in by_name.items():
        mechanisms = [half.district.mechanisms[field].id for field in organisation.fields]
        assert mechanisms == list(named[name].mechanisms)
        place = named[name].place
        covered = (
            np.arange(54) if place == "district" else np.flatnonzero(homes == half.district.subdistrict_index(place))
        )
        assert np.array_equal(organisation.places, covered)


def test_fields_and_places_have_their_shares() -> None:
    model = PinganModel(residents=345_000, days=1, warmup=0)
    drawn = [SocialOrganisation(model, 10_000 + number, 1.0, 0.5, ("drawn", "抽取")) for number in range(1_500)]
    counts = np.bincount([len(o.fields) for o in drawn], minlength=4)[1:] / len(drawn)
    assert counts == pytest.approx([0.5, 0.3, 0.2], abs=0.05)
    assert all(len(set(o.fields)) == len(o.fields) for o in drawn)
    sizes = np.array([len(o.places) for o in drawn])
    assert [np.mean(sizes == 1), np.mean(sizes == 54)] == pytest.approx([0.3, 0.2], abs=0.05)
    first = np.bincount([o.fields[0] for o in drawn], minlength=6) / len(drawn)
    assert first == pytest.approx(model.mechanism_rates / model.mechanism_rates.sum(), abs=0.05)


def test_days_are_money_times_commitment_and_go_by_the_mix_of_work(half: PinganModel) -> None:
    """600 yuan a day: half of the days go to each field, the uncommitted ones in part to what it chooses itself."""
    organisation = half.organisations[0]
    organisation.capacity, organisation.fields = 600.0 * 365.0, [2, 4]
    organisation.alignment = 1.0
    organisation.plan([0.0, 0.0, 3.0, 0.0, 3.0, 0.0], [0.0, 0.0, 9.0, 0.0, 1.0, 0.0])
    row = organisation.row
    assert row.duty_days == pytest.approx(organisation.commitment)
    assert row.own_days == pytest.approx(0.3 * (1.0 - organisation.commitment))
    assert list(row.mix) == pytest.approx([0.0, 0.0, 0.5, 0.0, 0.5, 0.0])
    assert list(row.needs) == pytest.approx([0.0, 0.0, 0.9, 0.0, 0.1, 0.0])
    assert row.differs[2] == pytest.approx(1.0 - 0.5 / 0.9) and row.differs[4] == 0.0
    organisation.disembedded = True
    organisation.plan([0.0, 0.0, 3.0, 0.0, 3.0, 0.0], [0.0, 0.0, 9.0, 0.0, 1.0, 0.0])
    assert organisation.row.duty_days == 0.0 and organisation.row.own_days == pytest.approx(0.3)


def test_the_mix_of_work_lies_between_government_and_residents(half: PinganModel) -> None:
    organisation = half.organisations[5]
    organisation.fields, organisation.places = [0, 1], np.array([3])
    needs = np.zeros((54, 6))
    needs[3, :2] = 1.0, 3.0
    for alignment, first, fit in ((0.0, 0.25, 1.0), (1.0, 0.8, 0.45), (0.5, 0.525, 0.725)):
        organisation.alignment = alignment
        organisation.plan(np.array([4.0, 1.0, 9.0, 9.0, 9.0, 9.0]), Needs(needs).of(organisation))
        assert list(organisation.mix) == pytest.approx([first, 1 - first])
        assert organisation.representation == pytest.approx(fit)


def test_alignment_moves_by_month_or_by_renewal() -> None:
    for form, renewed, moved in (("gradual", False, 0.08), ("renewal", False, 0.0), ("renewal", True, 0.5)):
        model = PinganModel({"alignment_form": form}, residents=2_000, days=1, warmup=0)
        organisation = model.organisations[0]
        target = 0.1 + 0.85 * organisation.dependence
        before = organisation.alignment
        assert before == pytest.approx(0.6 * target)
        organisation.drift(renewed)
        assert organisation.alignment - before == pytest.approx(moved * (target - before))


def test_low_commitment_for_three_months_leaves_the_collaboration_until_it_recovers(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.contract, organisation.grant, organisation.other = 0.0, 0.0, 1.0
    organisation.trust_in_centre = 0.0  # σ(−2.35) = 0.09
    for month in range(3):
        assert not organisation.disembedded, month
        organisation.judge_centre(0.5)
    assert organisation.disembedded and organisation.commitment == 0.0
    organisation.contract = organisation.other = 1.0
    organisation.trust_in_centre = 0.5  # σ(−0.3) = 0.43
    organisation.judge_centre(0.5)
    assert not organisation.disembedded and organisation.commitment == pytest.approx(0.4256, abs=1e-4)


def test_trust_in_the_centre_follows_what_it_gets_solved(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.judge_centre(0.9)
    assert organisation.trust_in_centre == pytest.approx(0.54)
    organisation.judge_centre(math.nan)
    assert organisation.trust_in_centre == pytest.approx(0.54)


def test_a_contract_that_is_not_renewed_is_halved_and_the_rest_goes_to_its_field_by_size(half: PinganModel) -> None:
    alive = half.organisations
    loser = next(o for o in alive if sum(other.fields[0] == o.fields[0] for other in alive) > 3)
    others = [o for o in alive if o is not loser and o.fields[0] == loser.fields[0]]
    full, total = loser.contract, sum(o.contract for o in alive)
    before = [o.contract for o in others]
    loser.renews_in, loser.alignment = 1, -100.0  # an alignment that no funder renews
    assert not purse(half).renew(loser, 1, np.full(54, 0.5), alive)
    assert loser.contract == pytest.approx(0.5 * full)
    gains = np.array([o.contract - was for o, was in zip(others, before, strict=True)])
    assert gains == pytest.approx(0.5 * full * np.array([o.size for o in others]) / sum(o.size for o in others))
    assert sum(o.contract for o in alive) == pytest.approx(total)


def test_a_renewed_contract_is_what_it_is_entitled_to(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.contract, organisation.renews_in, organisation.alignment = 1.0, 1, 100.0
    assert purse(half).renew(organisation, 1, np.full(54, 0.5), half.organisations)
    assert organisation.contract == pytest.approx(0.6 * organisation.size * organisation.entitled)
    assert organisation.renews_in == 12


def test_money_out_of_reserves_closes_an_organisation_and_frees_its_money(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.reserves, organisation.capacity = 0.0, organisation.income + 120.0
    freed = organisation.contract + organisation.grant
    a_month(half, 1)
    assert not organisation.alive
    assert purse(half).freed + sum(o.contract for o in half.organisations if not o.founder) >= 0.99 * freed


def test_cost_and_capacity_follow_income_by_five_per_cent_a_month(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.reserves, organisation.capacity = 1e9, 2.0 * organisation.income
    before, money, income = organisation.capacity, organisation.reserves, organisation.income
    organisation.live(1)
    assert organisation.capacity == pytest.approx(0.95 * before)
    assert organisation.reserves == pytest.approx(money - (before - income) / 12)


@pytest.mark.parametrize("funding", [25e6, 0.0])
def test_a_cut_is_never_overspent_and_hits_grants_at_once(half: PinganModel, funding: float) -> None:
    changed(half, social_funding=funding)
    for month in range(1, 14):
        a_month(half, month)
        assert purse(half).running <= purse(half).budget * (1 + 1e-9)
    founders = [o for o in half.organisations if o.founder and o.alive]
    assert sum(o.grant for o in founders) <= 0.4 * 0.5 * funding + 1e-6


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"funding_dependence": 0.95},
        {"social_funding": 10e6},
        {"social_entry_threshold": 0.0},
        {"contract_months": 1, "social_funding": 200e6},
    ],
)
def test_money_spent_stays_within_the_budget(overrides: dict[str, object]) -> None:
    model = lived(200, parameters=overrides, residents=34_500)
    spent = model.social_funding_spent
    assert 0.0 < spent <= purse(model).budget * 200 / 365 * (1 + 1e-6)


def test_entrants_live_on_what_exits_freed() -> None:
    model = PinganModel({"social_entry_threshold": 0.0}, residents=345_000, days=1, warmup=0)
    before = purse(model).running
    for month in range(1, 25):
        a_month(model, month)
        assert purse(model).running + purse(model).freed <= before * (1 + 1e-9)
    entrants = [o for o in model.organisations if not o.founder]
    assert purse(model).entered == len(entrants) > 3
    assert all(o.efficiency == 0.7 and 100_000 <= o.size for o in entrants)


def test_a_high_threshold_keeps_all_out() -> None:
    model = PinganModel({"social_entry_threshold": 1.0}, residents=172_500, days=1, warmup=0)
    purse(model).freed = 1e9
    for month in range(1, 25):
        a_month(model, month)
    assert purse(model).entered == 0


def test_without_dynamics_organisations_stay_as_they_are() -> None:
    model = PinganModel({"organisation_dynamics": False}, residents=34_500, days=100, warmup=0)
    before = [(o.contract, o.grant, o.alignment, o.capacity) for o in model.organisations]
    for _ in range(100):
        model.step()
    assert [(o.contract, o.grant, o.alignment, o.capacity) for o in model.organisations] == before


def test_defaults_are_the_paper_s() -> None:
    p = Parameters()
    assert (p.social_funding, p.purchase_share) == (usual_parameters().social_funding, 0.6)


def test_organisations_in_the_same_places_share_one_sum(half: PinganModel) -> None:
    by_place = np.random.default_rng(1).random((54, 6))
    needs = Needs(by_place)
    for organisation in half.organisations:
        assert (needs.of(organisation) == by_place[organisation.places].sum(axis=0)).all()


def test_dependence_is_what_it_is_each_month(half: PinganModel) -> None:
    """A cut of the grants lowers it in the same month, and what an organisation earns elsewhere as well."""
    before = [o.dependence for o in half.organisations]
    assert before == pytest.approx([o.entitled for o in half.organisations])
    changed(half, social_funding=20e6)
    a_month(half, 1)
    after = {o: was for o, was in zip(half.organisations, before, strict=False) if o.alive and 0.05 < was < 0.95}
    assert len(after) > 40 and all(o.dependence < was for o, was in after.items())
    organisation = half.organisations[0]
    organisation.contract, organisation.grant, organisation.other = 30.0, 20.0, 50.0
    assert organisation.dependence == 0.5


def test_an_entrant_that_renews_keeps_its_contract(half: PinganModel) -> None:
    purse(half).freed = 5e6
    month = 0
    while not purse(half).entered:
        month += 1
        purse(half).admit(month)
    entrant = half.organisations[-1]
    assert not entrant.founder and entrant.contract == entrant.size and entrant.dependence == 1.0
    entrant.renews_in, entrant.alignment = 1, 100.0
    assert purse(half).renew(entrant, month, np.full(54, 0.5), half.organisations)
    assert entrant.contract == entrant.size


def test_a_contract_is_renewed_by_what_the_organisation_itself_solved(half: PinganModel) -> None:
    """With nothing of its own, the places where it works speak for it."""
    organisation = half.organisations[0]
    assert math.isnan(organisation.record)
    organisation.row.worked, organisation.row.failed, organisation.renews_in = 3.0, 1.0, 1
    assert organisation.record == 0.75
    purse(half).renew(organisation, 1, np.full(54, 0.5), half.organisations)
    assert math.isnan(organisation.record)


def test_autonomy_is_the_share_of_work_that_residents_needs_asked_for(half: PinganModel) -> None:
    organisation = half.organisations[0]
    organisation.row.own_work, organisation.row.duty_work = 3.0, 9.0
    assert organisation.autonomy == 0.25


def test_government_money_brings_other_money_in_the_rival_form_only(half: PinganModel) -> None:
    """Crowding in: 0.3 yuan for each yuan more, and as much lost for each less."""
    organisation = half.organisations[0]
    organisation.reserves, other = 1e9, organisation.other
    organisation.contract += 1000.0
    organisation.live(1)
    assert organisation.other == other
    changed(half, income_form="crowding_in")
    organisation.live(2)
    assert organisation.other == pytest.approx(other + 300.0)
    organisation.contract -= 1000.0
    organisation.live(4)
    assert organisation.other == pytest.approx(other)


def test_partners_add_to_contracts_and_lower_dependence(half: PinganModel) -> None:
    organisation = half.organisations[0]
    income, dependence = organisation.income, organisation.dependence
    changed(half, partnership_share=0.4)
    assert organisation.income == pytest.approx(income + 0.4 * 0.5 * organisation.contract)
    assert organisation.dependence < dependence


def test_incubation_founds_more_and_abler_organisations() -> None:
    entrants = []
    for incubation in (0.0, 1.0):
        model = PinganModel({"incubation": incubation}, residents=345_000, days=1, warmup=0)
        purse(model).freed = 1e9
        for month in range(1, 25):
            purse(model).admit(month)
        entrants.append([o for o in model.organisations if not o.founder])
    assert len(entrants[1]) > 1.8 * len(entrants[0]) > 0
    assert {o.efficiency for o in entrants[0]} == {1.0} == {o.efficiency for o in entrants[1]}
