"""What people who know Mesa write works on this model, or says why not."""

import warnings

import mesa
import numpy as np
import pytest

from pingan_abm.agents import Community, Department, GridOfficer, LinkageUnits, Resident
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.texts.errors import InputErrors


def test_a_data_collector_collects_and_changes_nothing() -> None:
    class Watched(PinganModel):
        def __init__(self, **given: object) -> None:
            super().__init__(**given)  # type: ignore[arg-type]
            self.datacollector = mesa.DataCollector(
                model_reporters={
                    "open": lambda model: int(model.world.units["queued"].sum()),
                    "trust": lambda model: float(model.world.trust.mean()),
                    "day": "day",
                },
                agenttype_reporters={Department: {"backlog": "backlog"}},
            )

        def step(self) -> None:
            super().step()
            self.datacollector.collect(self)

    watched, plain = Watched(residents=600, days=10), PinganModel(residents=600, days=10)
    watched.run_for(10)
    plain.run_for(10)
    table = watched.datacollector.get_model_vars_dataframe()
    assert table["day"].tolist() == list(range(1, 11))
    assert table["open"].tolist() == plain.series()["open_assignments"].tolist()
    assert len(watched.datacollector.get_agenttype_vars_dataframe(Department)) == 27 * 10
    assert watched.outcomes() == plain.outcomes()


def test_agent_sets_select_aggregate_set_and_do() -> None:
    model = PinganModel(residents=600, days=5)
    residents, departments = model.agents_by_type[Resident], model.agents_by_type[Department]
    low = residents.select(lambda agent: agent.trust < 0.5)
    assert len(low) == (model.world.trust < 0.5).sum()
    assert residents.agg("trust", np.mean) == pytest.approx(model.world.trust.mean())
    assert departments.agg("staff", sum) == pytest.approx(
        sum(model.world.units["staff"][unit.index] for unit in departments)
    )
    low.set("trust", 0.75)
    assert (model.world.trust >= 0.5).all()
    heard: list[int] = []
    residents.select(at_most=3).shuffle_do(lambda agent: heard.append(agent.unique_id))
    assert len(heard) == 3
    first = next(iter(model.agents_by_type[GridOfficer]))
    assert first.state and all(getattr(first, name) == value for name, value in first.state.items())


def test_an_attribute_that_is_written_counts() -> None:
    model = PinganModel(residents=600, days=5)
    resident, unit, place = next(iter(model.agents)), model.units[0], model.communities[3]
    resident.trust = 0.75
    resident.expectation = 0.25
    unit.staff = 77.0
    place.habit = 0.5
    assert (model.world.trust[0], model.world.residents["expectation"][0]) == (0.75, 0.25)
    assert model.world.units["staff"][0] == 77.0 and model.world.communities["habit"][3] == 0.5
    assert resident.state["trust"] == resident.trust == 0.75
    resident.note = "hers"  # what is no column is hers, as of any Python object
    assert resident.note == "hers"
    with pytest.raises(InputErrors, match="trust = 1.5: write a number from 0 to 1"):
        resident.trust = 1.5
    with pytest.raises(AttributeError, match="Resident has no attribute 'happiness'"):
        _ = resident.happiness
    with pytest.raises(AttributeError):
        resident.state = {}


def test_building_a_district_writes_no_column_through_a_view() -> None:
    model = PinganModel(residents=600, days=5, warmup=0)
    for actor in (model.units[0], model.communities[0], next(iter(model.agents_by_type[GridOfficer]))):
        columns = set(actor.rows()[0].dtype.names)
        assert not columns & set(vars(actor))
    assert np.isnan(model.units[0].score) and not np.isnan(model.world.units["score"]).any()
    assert isinstance(model.communities[0], Community)


def test_stepping_actors_one_by_one_is_refused() -> None:
    model = PinganModel(residents=600, days=5)
    for act in (lambda: model.agents.shuffle_do("step"), lambda: model.agents_by_type[Department].do("advance")):
        with pytest.raises(RuntimeError, match=r"model\.step\(\) lives a day"):
            act()


def test_batch_run_gives_outcomes_and_indicators() -> None:
    given = {"residents": 600, "days": 8, "scenario": ["pingan365", "campaign"], "accountability": [0.2, 0.9]}
    rows = mesa.batch_run(PinganModel, given, rng=[1, 2], display_progress=False)
    assert len(rows) == 8
    one = next(row for row in rows if (row["scenario"], row["accountability"], row["seed"]) == ("campaign", 0.9, 2))
    model = PinganModel({"accountability": 0.9}, scenario="campaign", residents=600, days=8, seed=2)
    model.run_for(8)
    assert {name: one[name] for name in model.outcomes()} == model.outcomes()
    assert one["files_opened"] == model.series()["files_opened"][-1]
    daily = mesa.batch_run(
        PinganModel, {"residents": 600, "days": 8}, rng=[1], data_collection_period=1, display_progress=False
    )
    assert [row["Step"] for row in daily] == list(range(1, 9))
    assert daily[0]["problems"] is None and daily[-1]["problems"] is not None


def test_runs_without_a_seed_differ_and_an_unknown_name_is_told() -> None:
    first, second = (PinganModel(residents=600, days=2, seed=None).seed_number for _ in range(2))
    assert first != second
    with pytest.raises(InputErrors, match='Did you mean "accountability"'):
        PinganModel(residents=600, days=2, acountability=0.5)


def test_a_class_that_overrides_an_actor_and_acts_nowhere_is_named_once() -> None:
    class Lazy(LinkageUnits):
        days = 0

        def work(self, day: int) -> None:
            self.days += 1

    class Generous(Department):
        def take_grade(self, score: float, day: int) -> None:
            self.score = 100.0

    with pytest.warns(UserWarning, match="what it overrides is never called") as caught:
        PinganModel(residents=600, days=3, warmup=0).step()
    assert {str(one.message).split()[0] for one in caught} == {"Lazy", "Generous"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        PinganModel(residents=600, days=3, warmup=0).step()


def test_a_class_that_overrides_an_actor_acts_where_a_subclass_puts_it() -> None:
    class Counting(LinkageUnits):
        worked = 0

        def work(self, day: int) -> None:
            self.worked += 1
            super().work(day)

    class Counted(PinganModel):
        def populate(self) -> None:
            super().populate()
            self.units = Counting(self, self.units)

    counted, plain = Counted(residents=600, days=5), PinganModel(residents=600, days=5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        counted.run_for(5)
    plain.run_for(5)
    assert counted.units.worked == 5  # type: ignore[attr-defined]
    assert counted.outcomes() == plain.outcomes()


def test_an_outcome_that_is_added_by_hand_is_refused() -> None:
    """It would be missing in worker processes, and wrong in runs that forget what is over."""
    for catalogue, entrance in ((OUTCOMES, "extend.outcome"), (INDICATORS, "extend.indicator")):
        first = next(iter(catalogue))
        for write in (
            lambda one=catalogue, name=first: one.__setitem__("mine", one[name]),
            lambda one=catalogue, name=first: one.update(mine=one[name]),
            lambda one=catalogue, name=first: one.pop(name),
        ):
            with pytest.raises(InputErrors, match=f"use {entrance} instead"):
                write()
        assert "mine" not in catalogue and first in catalogue
