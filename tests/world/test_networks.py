"""Contacts, diffusion of trust, ties between units, and the measures of their network."""

import networkx as nx
import numpy as np
import pytest

from pingan_abm.district.files import load_district
from pingan_abm.engine.draws import run_key
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world import networks
from pingan_abm.world.build import share_table
from pingan_abm.world.population import Population, build_population
from pingan_abm.world.tables import PLACE
from pingan_abm.world.world import World


@pytest.fixture(scope="module")
def people() -> Population:
    with np.errstate(over="ignore"):
        return build_population(load_district(), 60_000, run_key(3, 0), Parameters())


def test_contacts_are_a_ring_with_a_tenth_rewired(people: Population) -> None:
    """A rewired slot goes inside the community with 0.7, anywhere with 0.3 (which may be inside, too)."""
    residents, contacts = people.residents, people.contacts.astype(np.int64)
    index = np.arange(len(residents))
    start = people.communities["start"][residents["community"]]
    size = people.communities["people"][residents["community"]]
    steps = np.array([-4, -3, -2, -1, 1, 2, 3, 4])
    ring = start[:, None] + (index[:, None] - start[:, None] + steps) % size[:, None]
    assert (contacts != ring).mean() == pytest.approx(0.1, abs=0.002)
    outside = residents["community"][contacts] != residents["community"][:, None]
    largest = people.communities["people"] / people.communities["people"].sum()
    assert outside.mean() == pytest.approx(0.1 * 0.3 * (1 - (largest**2).sum()), abs=0.002)


def test_contacts_are_a_small_world(people: Population) -> None:
    """As in Watts & Strogatz (1998): paths nearly as short as at random, clustering far above random."""
    graph = nx.Graph()
    graph.add_edges_from((i, int(j)) for i in range(6_000) for j in people.contacts[i] if j < 6_000 and j != i)
    members = max(nx.connected_components(graph), key=len)
    assert len(members) > 5_990
    clustering = nx.average_clustering(graph, nodes=range(0, 6_000, 20))
    assert clustering > 50 * 8 / 6_000
    lengths = nx.single_source_shortest_path_length(graph, 0)
    assert np.mean(list(lengths.values())) < 8


def test_rewired_contacts_are_as_many_and_anywhere() -> None:
    """Everybody has eight, as in the small world; communities do not matter, and paths of neighbours are gone."""
    with np.errstate(over="ignore"):
        people = build_population(load_district(), 20_000, run_key(3, 0), Parameters(contact_network="rewired"))
    contacts = people.contacts.astype(np.int64)
    assert contacts.shape == (20_000, 8)
    away = np.abs(contacts - np.arange(20_000)[:, None])
    assert away.mean() == pytest.approx(20_000 / 3, rel=0.02)  # of two places drawn at random
    heard_by = np.bincount(contacts.ravel(), minlength=20_000)
    assert heard_by.mean() == 8.0 and heard_by.var() == pytest.approx(8.0, rel=0.05)  # Poisson


def test_nobody_has_contacts_without_a_network() -> None:
    with np.errstate(over="ignore"):
        people = build_population(load_district(), 1_000, run_key(3, 0), Parameters(contact_network="none"))
    assert people.contacts.shape == (1_000, 0) and people.contacts.dtype == np.uint32


@pytest.fixture
def world() -> World:
    """A district on its first morning."""
    return PinganModel(residents=60_000, days=1, warmup=0).world


def test_diffusion_is_the_weighted_mean_written_out(world: World) -> None:
    first, before = world.trust.copy(), np.empty_like(world.trust)
    networks.diffuse(world, before, 0.02)
    assert np.array_equal(before, first)
    expected = 0.98 * first.astype(float) + 0.02 * first[world.contacts].astype(float).mean(axis=1)
    assert world.trust == pytest.approx(expected, abs=1e-6)


def test_diffusion_brings_people_together_without_moving_them_up_or_down(world: World) -> None:
    first, before = world.trust.copy(), np.empty_like(world.trust)
    for _ in range(52):
        networks.diffuse(world, before, 0.02)
    assert world.trust.std() < 0.8 * first.std()
    assert world.trust.mean(dtype=float) == pytest.approx(first.mean(dtype=float), abs=0.001)
    assert world.trust.min() >= first.min() and world.trust.max() <= first.max()
    world.trust[:] = 0.3
    networks.diffuse(world, before, 0.02)
    assert world.trust == pytest.approx(np.full_like(world.trust, 0.3), abs=1e-6)


def test_community_trust_is_the_mean_of_its_residents(world: World) -> None:
    mean = networks.community_trust(world)
    assert mean == pytest.approx(world.trust.mean(dtype=float), abs=1e-6)
    second = world.trust[world.residents["community"] == 1]
    assert world.communities["trust"][1] == pytest.approx(second.mean(dtype=float), abs=1e-6)


def test_ties_start_where_duties_overlap() -> None:
    """0.15 between the holders of a type's two largest shares, 0.05 where both hold any, else 0; none between
    subdistricts."""
    district = load_district()
    printed = share_table(district, district.issues)
    homes = np.array([unit.subdistrict for unit in district.units])
    shares = printed[:, : len(district.units)] + printed[:, PLACE:] * homes
    ties = networks.starting_ties(district, shares, Parameters())
    assert np.array_equal(ties, ties.T) and (np.diag(ties) == 0).all()
    assert set(np.unique(ties)) == {0.0, 0.05, 0.15}
    assert (ties[np.ix_(homes, homes)] == 0).all()
    together = (shares[:, :, None] > 0) & (shares[:, None, :] > 0)
    ever = together.any(axis=0) & ~np.eye(len(homes), dtype=bool) & ~(homes[:, None] & homes[None, :])
    assert np.array_equal(ties > 0, ever)


def star(n: int) -> np.ndarray:
    ties = np.zeros((n, n))
    ties[0, 1:] = ties[1:, 0] = 1.0
    return ties


def test_measures_on_networks_with_known_answers() -> None:
    full = 1.0 - np.eye(6)
    assert (networks.density(full), networks.centralisation(full)) == (1.0, 0.0)
    assert networks.density(star(6)) == pytest.approx(5 / 15)
    assert networks.centralisation(star(6)) == pytest.approx(1.0)
    assert networks.centralisation(star(2)) == 0.0
    two = np.kron(np.eye(2), 1.0 - np.eye(3))
    assert networks.modularity(list("abcdef"), two) == pytest.approx(0.5)
    assert networks.modularity(list("abcdef"), np.zeros((6, 6))) is None
    assert networks.modularity(list("abcdef"), 0.04 * full) is None
