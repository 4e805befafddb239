"""The institutional network, built on demand: hierarchy, command, services and cooperation as one networkx graph."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

import networkx as nx

from pingan_abm.actors.base import DistrictModel


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


def institutions(model: DistrictModel) -> "nx.Graph":
    """Nodes: leadership, centre, units, communities, organisations alive, groups and other named actors, with `kind`,
    names and state; edges with `kind` (command, hierarchy, cooperation, service, voice) and `weight` 0–1."""
    graph, district, w = nx.Graph(), model.district, model.world
    graph.add_node("leadership", kind="leadership", en="District leadership", zh="区领导")
    if model.parameters.command_centre:
        graph.add_node("centre", kind="centre", en="Command centre", zh="联动指挥中心")
        graph.add_edge("leadership", "centre", kind="command", weight=1.0)
    for number, unit in enumerate(district.units):
        row = w.units[number]
        agent = model.units[number]
        graph.add_node(
            unit.id,
            kind="subdistrict" if unit.subdistrict else "department",
            en=unit.en,
            zh=unit.zh,
            tier=unit.tier,
            queue=int(row.queued),
            pressure=float(row.pressure),
            grade=agent.grades[-1] if agent.grades else None,
        )
        if model.parameters.command_centre:
            graph.add_edge("centre", unit.id, kind="command", weight=1.0)
    for number, community in enumerate(district.communities):
        graph.add_node(
            community.id, kind="community", en=community.en, zh=community.zh, trust=float(w.communities[number].trust)
        )
        graph.add_edge(district.units[int(w.communities[number].unit)].id, community.id, kind="hierarchy", weight=1.0)
    for first in range(len(district.units)):
        for second in range(first + 1, len(district.units)):
            if w.ties[first, second] > 0:
                weight = float(w.ties[first, second])
                graph.add_edge(district.units[first].id, district.units[second].id, kind="cooperation", weight=weight)
    for number, organisation in enumerate(model.organisations):
        if organisation.alive:
            name = f"organisation_{number + 1:03d}"
            graph.add_node(
                name,
                kind="organisation",
                en=organisation.names[0],
                zh=organisation.names[1],
                dependence=organisation.dependence,
                alignment=organisation.alignment,
            )
            for place in organisation.places:
                graph.add_edge(
                    name, district.communities[int(place)].id, kind="service", weight=organisation.commitment
                )
            if model.parameters.command_centre and not organisation.disembedded:
                graph.add_edge(name, "centre", kind="voice", weight=organisation.commitment)
    for group in model.groups:
        name = f"studio_{group.index + 1}"
        graph.add_node(name, kind="group", en="Weather studio", zh="晴雨工作室", energy=group.energy)
        if model.parameters.command_centre:
            graph.add_edge(name, "centre", kind="voice", weight=group.energy)
    for name, actor in named_actors(model):
        graph.add_node(name, kind="actor", en=actor.names[0], zh=actor.names[1])
        graph.add_edge("leadership", name, kind="command", weight=1.0)
    return graph
