"""The institutional network, built on demand: one networkx graph of several layers, and who brokers in it."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

import networkx as nx
import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.world.relations import acting

LEAST_RELATION = 0.02  # below which a relation is not shown


class NamedActor(Protocol):
    """What an actor's class says to get its place in the network and a sheet in the app. names: English and Chinese;
    shown: what the sheet shows, the names in English and Chinese by attribute."""

    names: tuple[str, str]
    shown: Mapping[str, tuple[str, str]]


def named_actors(model: DistrictModel) -> Iterator[tuple[str, NamedActor]]:
    """(node, actor) of every actor whose class bears `names`, in the order of registration. Those with a place of their
    own in the network, such as departments, bear none."""
    for kind, agents in model.actors_by_type.items():
        if hasattr(kind, "names"):
            word = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
            for number, agent in enumerate(agents):
                yield f"{word}_{number + 1}", cast(NamedActor, agent)


def institutions(model: DistrictModel) -> "nx.MultiGraph":
    """The network of all institutional actors as it stands. Nodes have `kind`, names and state. Edges lie in layers,
    which are their keys and their `kind`:

    - command: who commands whom; weight 1;
    - duty: two units that both have a share in some issue type; weight: the largest common share;
    - contract: the district and an organisation that has its money; weight: that money's part of its income;
    - service: an organisation and a community where it works; weight: its commitment;
    - information: who writes to the one system, or passes on what residents say; weight: the share of files joined;
    - relation: what two actors have lately experienced of each other, the mean of both sides; `forth` from the first
      node to the second, `back` the other way.
    """
    graph = nx.MultiGraph()
    names = add_nodes(graph, model)
    add_command(graph, model)
    add_duties(graph, model)
    add_society(graph, model)
    sides = acting(model.world)
    whole = 0.5 * (sides + sides.T)
    for first, second in np.argwhere(np.triu(whole, 1) >= LEAST_RELATION).tolist():
        if first in names and second in names:
            values = {"weight": whole[first, second], "forth": sides[first, second], "back": sides[second, first]}
            link(graph, names[first], names[second], "relation", **{name: float(one) for name, one in values.items()})
    for name, actor in named_actors(model):
        graph.add_node(name, kind="actor", en=actor.names[0], zh=actor.names[1])
        link(graph, "leadership", name, "command", weight=1.0)
    return graph


def link(graph: "nx.MultiGraph", first: str, second: str, layer: str, **values: float) -> None:
    """Add an edge of a layer."""
    graph.add_edge(first, second, key=layer, kind=layer, **values)


def add_nodes(graph: "nx.MultiGraph", model: DistrictModel) -> dict[int, str]:
    """Add a node for everybody; the nodes of those that have a place in the table of relations, by that place."""
    district, w = model.district, model.world
    s = w.settings[0]
    names: dict[int, str] = {}
    graph.add_node("leadership", kind="leadership", en="District leadership", zh="区领导")
    for number, unit in enumerate(district.units):
        row, agent = w.units[number], model.units[number]
        names[number] = unit.id
        graph.add_node(
            unit.id,
            kind="subdistrict" if unit.subdistrict else "department",
            en=unit.en,
            zh=unit.zh,
            tier=unit.tier,
            queue=int(row.queued),
            pressure=float(row.pressure),
            grade=agent.grades[-1] if agent.grades else "",
        )
    if model.parameters.command_centre:
        names[int(s.centre_actor)] = "centre"
        names[int(s.supervision_actor)] = "supervision"
        graph.add_node("centre", kind="centre", en="Command centre", zh="联动指挥中心")
        graph.add_node("supervision", kind="supervision", en="Supervision", zh="督办")
    for number, community in enumerate(district.communities):
        names[int(s.community_actor) + number] = community.id
        trust = float(w.communities[number].trust)
        graph.add_node(community.id, kind="community", en=community.en, zh=community.zh, trust=trust)
    for group in model.groups:
        name = names[int(s.group_actor) + group.index] = f"studio_{group.index + 1}"
        called = district.group_names
        graph.add_node(name, kind="group", en=called.en, zh=called.zh, energy=float(group.energy))
    for body in model.bodies:
        name = names[int(s.body_actor) + body.index] = f"body_{body.index + 1}"
        graph.add_node(name, kind="body", en=body.title.en, zh=body.title.zh)
    for number, one in enumerate(model.organisations):
        if one.alive:
            name = names[int(s.organisation_actor) + number] = f"organisation_{number + 1:03d}"
            state = {"dependence": float(one.dependence), "alignment": float(one.alignment)}
            graph.add_node(name, kind="organisation", en=one.names[0], zh=one.names[1], **state)
    return names


def add_command(graph: "nx.MultiGraph", model: DistrictModel) -> None:
    """Who commands whom, and who writes to the one system."""
    district, w = model.district, model.world
    if model.parameters.command_centre:
        link(graph, "leadership", "centre", "command", weight=1.0)
        link(graph, "leadership", "supervision", "command", weight=1.0)
    for unit in district.units:
        if model.parameters.command_centre:
            link(graph, "centre", unit.id, "command", weight=1.0)
            link(graph, "centre", unit.id, "information", weight=float(w.settings[0].integration))
            link(graph, "supervision", unit.id, "command", weight=1.0)
        else:
            link(graph, "leadership", unit.id, "command", weight=1.0)
    for number, community in enumerate(district.communities):
        home = district.units[int(w.communities[number].unit)].id
        link(graph, home, community.id, "command", weight=1.0)


def add_duties(graph: "nx.MultiGraph", model: DistrictModel) -> None:
    """Units that both have a share in some sub-type."""
    units, shares = model.district.units, model.world.subtypes["shares"]
    for first in range(len(units)):
        for second in range(first + 1, len(units)):
            common = float(np.minimum(shares[:, first], shares[:, second]).max())
            if common > 0.0:
                link(graph, units[first].id, units[second].id, "duty", weight=common)


def add_society(graph: "nx.MultiGraph", model: DistrictModel) -> None:
    """Contracts and services of organisations; what organisations and groups pass on to the centre."""
    district, centre = model.district, model.parameters.command_centre
    for number, one in enumerate(model.organisations):
        if not one.alive:
            continue
        name = f"organisation_{number + 1:03d}"
        if one.contract + one.grant > 0.0:
            link(graph, "leadership", name, "contract", weight=float(one.dependence))
        for place in one.places:
            link(graph, name, district.communities[int(place)].id, "service", weight=float(one.commitment))
        if centre and not one.disembedded:
            link(graph, name, "centre", "information", weight=float(one.commitment))
    for group in model.groups:
        name = f"studio_{group.index + 1}"
        places = np.flatnonzero(model.world.communities["subdistrict"] == group.subdistrict)
        for place in places:
            link(graph, name, district.communities[int(place)].id, "information", weight=float(group.energy))
        if centre:
            link(graph, name, "centre", "information", weight=float(group.energy))


def brokerage(model: DistrictModel) -> dict[str, float]:
    """How far each actor stands between others in the layer of relations: Freeman's (1977) betweenness, by networkx,
    where a relation of weight r is 1/r long. 0–1, by node."""
    plain = nx.Graph()
    whole = institutions(model)
    plain.add_nodes_from(whole.nodes)
    for first, second, layer, weight in whole.edges(keys=True, data="weight"):
        if layer == "relation":
            plain.add_edge(first, second, length=1.0 / weight)
    return dict(nx.betweenness_centrality(plain, weight="length"))
