"""Actors are Mesa agents: what Mesa promises of agents holds, for residents registered in bulk too."""

import mesa
import pytest

from pingan_abm.actors.organisations import SocialOrganisation
from pingan_abm.agents import Actor, Community, Department, GrassrootsGroup, GridOfficer, Resident, Subdistrict
from pingan_abm.model import PinganModel


def test_it_is_a_mesa_model(small: PinganModel) -> None:
    assert isinstance(small, mesa.Model)
    small.step()
    assert small.day == 1 and small.running
    small.run_for(2)
    assert small.day == 3


def test_agents_by_type(small: PinganModel) -> None:
    kinds = small.agents_by_type
    assert len(kinds[Resident]) == 2_000
    assert len(kinds[Department]) == 27 and len(kinds[Subdistrict]) == 6
    assert len(kinds[Community]) == 54 and len(kinds[GridOfficer]) == len(small.world.grids)
    assert len(kinds[GrassrootsGroup]) == 1 and len(kinds[SocialOrganisation]) == 12
    assert len(small.agents) == sum(len(members) for members in kinds.values())
    assert set(small.agent_types) == set(kinds)


def test_every_agent_is_one_and_has_an_id_of_its_own(small: PinganModel) -> None:
    assert all(
        isinstance(agent, mesa.Agent) and isinstance(agent, Actor) and agent.model is small for agent in small.agents
    )
    ids = [agent.unique_id for agent in small.agents]
    assert len(ids) == len(set(ids))
    assert sorted(agent.unique_id for agent in small.agents_by_type[Resident]) == list(range(1, 2_001))
    assert Community(small, 0).unique_id == max(ids) + 1


def test_residents_can_be_selected_and_asked(small: PinganModel) -> None:
    residents = small.agents_by_type[Resident]
    older = residents.select(lambda agent: agent.state["age"] == 2)
    assert len(older) == (small.world.residents["age"] == 2).sum()
    assert residents.get("index") == list(range(2_000))
    first = residents.select(at_most=1).to_list()[0]
    assert first.state["trust"] == pytest.approx(float(small.world.trust[0]))
    assert first.contacts == [int(i) for i in small.world.contacts[0]]
    assert small.agents.select(agent_type=Department).get("name") == [
        unit.id for unit in small.district.units if not unit.subdistrict
    ]


def test_an_agent_can_be_removed(small: PinganModel) -> None:
    gone = small.agents_by_type[Resident].select(at_most=1).to_list()[0]
    gone.remove()
    assert gone not in small.agents and len(small.agents_by_type[Resident]) == 1_999


def test_views_show_what_the_columns_say(small: PinganModel) -> None:
    for _ in range(20):
        small.step()
    leading = small.officers[0]  # of a patch of part-time officers, whose minutes it keeps
    assert leading.state["minutes_patrol"] == small.world.grids[0]["minutes_patrol"] > 0
    assert small.units[3].state["staff"] == small.world.units[3]["staff"]


def test_residents_are_registered_when_somebody_looks_and_come_first(small: PinganModel) -> None:
    small.step()
    assert Resident not in small.actors_by_type and len(small._all_agents) == sum(
        map(len, small.actors_by_type.values())
    )
    late = Community(small, 0)
    assert small.agent_types[0] is Resident and len(small.agents) == 2_000 + sum(
        map(len, small.actors_by_type.values())
    )
    assert [agent.unique_id for agent in small.agents][:2_001] == list(range(1, 2_002))
    assert late in small.agents and len(small.agents_by_type[Resident]) == 2_000


def test_all_agents_can_be_removed(small: PinganModel) -> None:
    small.remove_all_agents()
    assert len(small.agents) == 0 and not any(len(members) for members in small.agents_by_type.values())
