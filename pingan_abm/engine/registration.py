"""Residents are registered with Mesa when somebody first asks for agents, not before.

A resident's state lies in columns, and her class decides for all of them at once, so a run asks no resident's agent for
anything. A program that looks at agents finds residents like all others, first and with the ids 1 … n. A run that does
not look saves their memory: 55 MiB for the whole district.
"""

from collections.abc import Mapping
from typing import Any

from mesa.agent import Agent
from mesa.model import Model

from pingan_abm.engine.memory import uncollected


class RegisteredOnDemand(Model):
    """A Mesa model that keeps the first ids for residents and registers these in bulk at the first look at its agents.

    Bulk registration writes Mesa's private registry, which is why Mesa is pinned: its own constructor loop takes eight
    times as long.
    """

    def __init__(self, residents: int, kind: type[Agent], rng: int) -> None:
        """residents: how many; kind: their class; rng: seed of Mesa's own generators, of which the district draws
        nothing."""
        super().__init__(rng=rng)
        self._kind_of_resident = kind
        self._residents_to_register = residents
        self.agent_id_counter = residents + 1

    @property
    def actors_by_type(self) -> dict[type[Agent], Any]:
        """Every registered agent but residents, by class, in the order of registration."""
        return {kind: members for kind, members in self._agents_by_type.items() if kind is not self._kind_of_resident}

    @property
    def agents(self) -> Any:
        """Mesa's set of all agents."""
        self.register_residents()
        return self._all_agents

    @property
    def agents_by_type(self) -> Any:
        """Mesa's sets of agents by class."""
        self.register_residents()
        return self._agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Every class that has an agent."""
        return list(self.agents_by_type)

    def remove_all_agents(self) -> None:
        """Remove every agent, as in Mesa."""
        self.register_residents()
        super().remove_all_agents()

    def register_residents(self) -> None:
        """Give every resident her agent, before all others in Mesa's registry. Once; then nothing."""
        count, self._residents_to_register = self._residents_to_register, 0
        if not count:
            return
        kind: Any = self._kind_of_resident
        new, put, residents = kind.__new__, object.__setattr__, []
        with uncollected():
            for number in range(1, count + 1):
                resident = new(kind)
                put(resident, "model", self)
                put(resident, "unique_id", number)
                residents.append(resident)
            members = type(self._all_agents)(residents, random=self.random)
            put_first(self._agents_by_type, {kind: members})
            put_first(self._all_agents._agents, members._agents)


def put_first(registry: dict[Any, Any], entries: Mapping[Any, Any]) -> None:
    """Add entries to a registry before those that it has."""
    later = dict(registry)
    registry.clear()
    registry.update(entries)
    registry.update(later)
