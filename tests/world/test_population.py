"""Residents, grids and communities at the start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.district.files import load_district
from pingan_abm.engine.draws import run_key
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.population import Population, build_population, lay_out, split

KEY = run_key(3, 0)


@pytest.fixture(scope="module")
def people() -> Population:
    with np.errstate(over="ignore"):
        return build_population(load_district(), 60_000, KEY, Parameters())


@given(st.integers(0, 10**6), st.lists(st.floats(0.01, 100.0), min_size=1, max_size=60))
def test_split_adds_up_and_is_off_by_less_than_one_at_any_edge(total: int, shares: list[float]) -> None:
    parts = split(total, np.array(shares))
    assert parts.sum() == total and (parts >= 0).all()
    exact = np.cumsum(shares) / np.sum(shares) * total
    assert np.abs(np.cumsum(parts) - exact).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("residents", [540, 2_000, 34_500, 345_000])
def test_everybody_lives_in_one_grid_of_her_own_community(residents: int) -> None:
    communities, grids = lay_out(load_district(), residents, 774)
    assert communities["people"].sum() == grids["people"].sum() == residents
    assert (communities["people"] > 0).all() and (grids["people"] > 0).all()
    assert np.array_equal(grids["start"], np.concatenate(([0], np.cumsum(grids["people"])[:-1])))
    assert np.array_equal(np.bincount(grids["community"], weights=grids["people"]), communities["people"])
    assert communities["grids"].sum() == len(grids)
    assert len(grids) == max(54, round(residents / 774))


@pytest.mark.parametrize("residents", [540, 2_000, 34_500, 345_000])
def test_officers_are_full_time_posts_in_patches(residents: int) -> None:
    """The posts of a district are its residents by the residents per grid; a patch has about one post."""
    _, grids = lay_out(load_district(), residents, 774)
    assert grids["fulltime"].sum() == pytest.approx(residents / 774)
    first = np.unique(grids["patch"])
    assert len(first) == min(len(grids), max(1, int(residents / 774 + 0.5)))
    for start in first:
        members = np.flatnonzero(grids["patch"] == start)
        assert members[0] == start and np.array_equal(members, np.arange(start, start + len(members)))
        assert (grids["patch_size"][members] == len(members)).all()


def test_residents_are_where_their_grid_says(people: Population) -> None:
    for number, grid in enumerate(people.grids):
        inside = people.residents[grid.start : grid.start + grid.people]
        assert (inside["grid"] == number).all() and (inside["community"] == grid.community).all()


def test_start_values_have_the_distributions_of_the_design(people: Population) -> None:
    residents, trust = people.residents, people.trust
    shares = np.bincount(residents["age"]) / len(residents)
    assert shares == pytest.approx([0.42, 0.33, 0.25], abs=0.01)
    for age, owners, centre in ((0, 0.45, 0.85), (1, 0.70, 0.65), (2, 0.80, 0.35)):
        of_age = residents[residents["age"] == age]
        assert of_age["owner"].mean() == pytest.approx(owners, abs=0.015)
        assert np.abs(of_age["digital"] - centre).max() <= 0.25 + 1e-12
    assert residents["digital"][residents["age"] == 2].mean() == pytest.approx(0.35, abs=0.005)
    assert (residents["expectation"].min(), residents["expectation"].max()) == pytest.approx((0.5, 0.8), abs=0.001)
    assert (residents["satisfaction"].min(), residents["satisfaction"].max()) == pytest.approx((0.45, 0.75), abs=0.001)
    assert residents["propensity"].mean() == pytest.approx(1 / 3, abs=0.01)
    assert trust.mean(dtype=float) == pytest.approx(0.55, abs=0.03)
    within = trust - people.communities["trust"][residents["community"]]
    assert within.std() == pytest.approx(0.2 / np.sqrt(3), abs=0.003)


def test_trust_differs_between_communities_and_their_means_are_kept(people: Population) -> None:
    means = np.bincount(people.residents["community"], weights=people.trust) / people.communities["people"]
    assert people.communities["trust"] == pytest.approx(means, abs=1e-6)
    assert 0.04 < means.std() < 0.085
    assert 0.3 < people.communities["habit"].std() < 0.6


def test_volunteers_are_a_fiftieth_and_counted_where_they_live(people: Population) -> None:
    """6 % of the propensity, whose mean is a third: about 6,900 in the whole district."""
    assert people.residents["volunteer"].mean() == pytest.approx(0.02, abs=0.003)
    counted = np.bincount(people.residents["grid"], weights=people.residents["volunteer"], minlength=len(people.grids))
    assert np.array_equal(people.grids["volunteers"], counted)
    chosen = people.residents["propensity"][people.residents["volunteer"] == 1]
    assert chosen.mean() > 1.4 * people.residents["propensity"].mean()


def test_another_seed_is_another_population_and_the_same_seed_the_same() -> None:
    with np.errstate(over="ignore"):
        first, again, other = (
            build_population(load_district(), 1_000, key, Parameters()) for key in (KEY, KEY, run_key(4, 0))
        )
    assert first.residents.tobytes() == again.residents.tobytes()
    assert np.array_equal(first.trust, again.trust) and np.array_equal(first.contacts, again.contacts)
    assert not np.array_equal(first.trust, other.trust)


def test_a_resident_is_the_same_in_a_district_without_volunteers() -> None:
    """Draws are keyed, so that switching one thing off changes nothing else."""
    with np.errstate(over="ignore"):
        with_them, without = (
            build_population(load_district(), 1_000, KEY, Parameters(volunteers=volunteers))
            for volunteers in (True, False)
        )
    names = [name for name in with_them.residents.dtype.names or () if name not in ("volunteer", "rung")]
    assert all(np.array_equal(with_them.residents[name], without.residents[name]) for name in names)
    assert without.residents["volunteer"].sum() == 0
