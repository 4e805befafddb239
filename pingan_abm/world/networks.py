"""Networks: contacts between residents (arrays) and the institutions (networkx, built on demand).

Contacts form a small world in each community (Watts & Strogatz 1998): a ring with four neighbours on either side, a
tenth of the slots rewired, three in ten of those to anywhere in the district. Mean degree 8.
"""

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform

if TYPE_CHECKING:
    from pingan_abm.district.district import District
    from pingan_abm.parameters.declared import Parameters
    from pingan_abm.world.world import World

CONTACTS = 8  # of each resident, half of them on either side
LEAST_TIE = 0.05  # that the measure of modularity counts


@compiled
def link_contacts(key: np.uint64, communities: np.ndarray, contacts: np.ndarray, rewired: float, inside: float) -> None:
    """Fill contacts, uint32 [residents, 8]: whom each resident listens to. One draw decides whether a slot is rewired
    and where to. rewired, inside: shares of contacts, and of the rewired ones in one's own community."""
    total = contacts.shape[0]
    for place in range(communities.shape[0]):
        start, size = communities[place].start, communities[place].people
        for i in range(size):
            for slot in range(CONTACTS):
                step = slot - CONTACTS // 2 if slot < CONTACTS // 2 else slot - CONTACTS // 2 + 1
                other = start + (i + step) % size
                draw = uniform(key, Purpose.REWIRE, np.uint64(start + i), slot)
                if draw < rewired:
                    inner = draw / rewired
                    if inner < inside:
                        other = start + min(size - 1, int(inner / inside * size))
                    else:
                        other = min(total - 1, int((inner - inside) / (1.0 - inside) * total))
                contacts[start + i, slot] = other


def linked_contacts(key: np.uint64, communities: np.ndarray, residents: int, parameters: "Parameters") -> np.ndarray:
    """Everybody's contacts in the form that `contact_network` names: a small world, as many anywhere, or nobody."""
    if parameters.contact_network == "none":
        return np.empty((residents, 0), np.uint32)
    contacts = np.empty((residents, CONTACTS), np.uint32)
    rewired, inside = parameters.contacts_rewired, parameters.contacts_inside
    if parameters.contact_network == "rewired":
        rewired, inside = 1.0, 0.0
    link_contacts(key, communities, contacts, rewired, inside)
    return contacts


@compiled
def diffuse(w: "World", before: np.ndarray, weight: float) -> float:
    """R16, weekly: τ ← (1 − w)τ + w·mean of the contacts'. trust, before: float32 [n]; before receives last week's
    values.

    Every community's mean is refreshed on the way, as `community_trust` does it; returns the district's.
    """
    own, share = np.float32(1.0 - weight), np.float32(weight / CONTACTS)
    for i in range(w.trust.shape[0]):
        before[i] = w.trust[i]
    total = 0.0
    for place in range(w.communities.shape[0]):
        start, size = w.communities[place].start, w.communities[place].people
        summed = 0.0
        for i in range(start, start + size):
            near = (before[w.contacts[i, 0]] + before[w.contacts[i, 1]]) + (
                before[w.contacts[i, 2]] + before[w.contacts[i, 3]]
            )
            far = (before[w.contacts[i, 4]] + before[w.contacts[i, 5]]) + (
                before[w.contacts[i, 6]] + before[w.contacts[i, 7]]
            )
            w.trust[i] = own * before[i] + share * (near + far)
            summed += np.float64(w.trust[i])
        w.communities[place].trust = summed / size
        total += summed
    mean: float = total / w.trust.shape[0]
    return mean


@compiled
def community_trust(w: "World") -> float:
    """Refresh every community's mean trust; the district's mean."""
    total = 0.0
    for place in range(w.communities.shape[0]):
        start, size = w.communities[place].start, w.communities[place].people
        summed = 0.0
        for i in range(start, start + size):
            summed += np.float64(w.trust[i])
        w.communities[place].trust = summed / size
        total += summed
    mean: float = total / w.trust.shape[0]
    return mean


def starting_ties(district: "District", shares: np.ndarray, parameters: "Parameters") -> np.ndarray:
    """Department–department ties at day 0, float64 [units, units]: 0.15 where two units hold the two largest shares of
    a type, 0.05 where both hold any, else 0. shares: [issues, units], the place's subdistrict counted for every
    subdistrict."""
    units, any_share, largest_shares = shares.shape[1], parameters.tie_at_start, parameters.tie_at_start_largest
    ties = np.zeros((units, units))
    for row in shares:
        holders = np.flatnonzero(row > 0)
        ties[np.ix_(holders, holders)] = np.maximum(ties[np.ix_(holders, holders)], any_share)
        distinct = np.sort(np.unique(row[holders]))
        second = distinct[-2] if np.sum(row == distinct[-1]) < 2 and len(distinct) > 1 else distinct[-1]
        largest = np.flatnonzero(row >= second)
        ties[np.ix_(largest, largest)] = largest_shares
    subdistricts = [i for i, unit in enumerate(district.units) if unit.subdistrict]
    ties[np.ix_(subdistricts, subdistricts)] = 0.0
    np.fill_diagonal(ties, 0.0)
    return ties


def ties_graph(names: list[str], ties: np.ndarray, least: float = 0.0) -> "nx.Graph":
    """Weighted graph of the units' ties above `least`."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    first, second = np.nonzero(np.triu(ties, 1) > least)
    graph.add_weighted_edges_from((names[i], names[j], float(ties[i, j])) for i, j in zip(first, second, strict=True))
    return graph


def density(ties: np.ndarray) -> float:
    """Sum of the weights over n(n − 1)/2."""
    n = len(ties)
    return float(np.triu(ties, 1).sum() / (n * (n - 1) / 2))


def centralisation(ties: np.ndarray) -> float:
    """Freeman (1978) centralisation of weighted degree, over its value for a star with weight 1; 0 for less than three,
    among whom nobody can stand in between."""
    degree = ties.sum(axis=1)
    n = len(degree)
    if n < 3:
        return 0.0
    return float((degree.max() - degree).sum() / ((n - 1) * (n - 2)))


def reciprocity(helps: np.ndarray) -> float | None:
    """Share of weighted directed links that is matched in the other direction; None without any."""
    total = float(helps.sum())
    return float(np.minimum(helps, helps.T).sum()) / total if total > 0.0 else None


def modularity(names: list[str], ties: np.ndarray) -> float | None:
    """Modularity of the greedy partition of ties ≥ 0.05 (Clauset, Newman & Moore 2004); None without ties."""
    graph = ties_graph(names, ties, least=LEAST_TIE - 1e-12)
    if graph.number_of_edges() == 0:
        return None
    parts = nx.community.greedy_modularity_communities(graph, weight="weight")
    return float(nx.community.modularity(graph, parts, weight="weight"))
