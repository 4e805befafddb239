"""Interventions and actors act when they should, and neither twice, nor never without a word."""

import datetime
from collections.abc import Callable

import pytest

from pingan_abm import extend
from pingan_abm.agents import Actor
from pingan_abm.extend.day import ExtensionFailed
from pingan_abm.model import PinganModel
from pingan_abm.snapshots import memory as snapshots
from pingan_abm.texts.errors import InputErrors


def lived(days: int = 6) -> PinganModel:
    model = PinganModel(residents=600, days=days)
    model.run_for(days)
    return model


@pytest.mark.parametrize("on", ["2014-01-04", datetime.date(2014, 1, 4)])
def test_an_intervention_acts_on_its_date(on: str | datetime.date) -> None:
    days: list[int] = []

    @extend.intervention(on=on)
    def note(model: PinganModel) -> None:
        days.append(model.day)

    lived()
    assert days == [3]


@pytest.mark.parametrize(("once", "acted"), [(True, [2]), (False, [2, 3, 4, 5])])
def test_an_intervention_acts_when_its_condition_holds(once: bool, acted: list[int]) -> None:
    days: list[int] = []

    @extend.intervention(when=lambda model: model.day >= 2, once=once)
    def note(model: PinganModel) -> None:
        days.append(model.day)

    lived()
    assert days == acted


def test_an_intervention_changes_the_run() -> None:
    @extend.intervention(on="2014-01-03")
    def strict(model: PinganModel) -> None:
        extend.change(model, accountability=0.95)

    assert lived().parameters.accountability == 0.95


def test_actors_act_in_their_places() -> None:
    heard: list[str] = []

    def actor(place: str) -> type[Actor]:
        def act(self: Actor, day: int) -> None:
            heard.append(place)

        return type(f"After{place.title()}", (Actor,), {"act": act, "__module__": __name__})

    for place in reversed(extend.PLACES):
        extend.actor(after=place)(actor(place))
    lived(2)
    assert heard == [*extend.PLACES, *extend.PLACES]
    heard.clear()
    PinganModel({"administrative_handling": False}, residents=600, days=1).step()
    assert heard == [*extend.PLACES], "also where no administration acts"


def test_added_actors_are_agents_and_keep_their_state() -> None:
    @extend.actor(after="officers", number=3)
    class Ombudsman(Actor):
        def __init__(self, model: PinganModel) -> None:
            super().__init__(model)
            self.days_heard = 0

        def act(self, day: int) -> None:
            self.days_heard += 1

    model = PinganModel(residents=600, days=6)
    model.run_for(2)
    kept = snapshots.take(model)
    model.run_for(4)
    assert model.agents_by_type[Ombudsman].get("days_heard") == [6, 6, 6]
    snapshots.restore(model, kept)
    assert model.agents_by_type[Ombudsman].get("days_heard") == [2, 2, 2]
    model.step()
    assert model.agents_by_type[Ombudsman].agg("days_heard", sum) == 9


def test_an_intervention_that_acted_acts_again_after_going_back() -> None:
    days: list[int] = []

    @extend.intervention(when=lambda model: model.day >= 3)
    def note(model: PinganModel) -> None:
        days.append(model.day)

    model = PinganModel(residents=600, days=6)
    model.run_for(2)
    kept = snapshots.take(model)
    model.run_for(3)
    snapshots.restore(model, kept)
    model.run_for(3)
    assert days == [3, 3]


def test_an_actor_that_does_nothing_leaves_a_run_as_it_was() -> None:
    before = lived(40).outcomes()

    @extend.actor(after="centre", number=2)
    class Bystander(Actor):
        def act(self, day: int) -> None:
            pass

    assert lived(40).outcomes() == before


def test_draws_are_the_same_in_every_run_and_differ_by_day() -> None:
    model = PinganModel(residents=600, days=2, seed=3)
    first, again, other = (extend.generator(model, "visits", day).random(3).tolist() for day in (0, 0, 1))
    assert first == again != other
    assert extend.generator(PinganModel(residents=600, days=2, seed=4), "visits", 0).random(3).tolist() != first


class NoAct(Actor):
    """An actor that does not say what it does."""


@pytest.mark.parametrize(
    ("register", "told"),
    [
        (lambda: extend.intervention(on="2014-13-01")(lambda model: None), "write a date such as"),
        (lambda: extend.intervention()(lambda model: None), "write either on or when"),
        (lambda: extend.intervention(on="2014-01-01")(lambda: None), "has to take one argument, the model"),
        (lambda: extend.intervention(when=lambda: True)(lambda model: None), "when has to take one argument"),
        (lambda: extend.actor(after="oficers")(NoAct), 'Did you mean "officers"?'),
        (lambda: extend.actor(after="officers")(NoAct), r"write a method act\(self, day\)"),
        (lambda: extend.actor(after="officers")(dict), "derive the class from pingan_abm.agents.Actor"),
        (lambda: extend.actor(after="officers", number=0)(NoAct), "number = 0"),
    ],
)
def test_what_is_wrong_is_refused_at_once(register: Callable[[], object], told: str) -> None:
    with pytest.raises(InputErrors, match=told):
        register()
    assert extend.identity() is None


def test_an_error_in_an_extension_says_where() -> None:
    @extend.intervention(on="2014-01-02")
    def wrong(model: PinganModel) -> None:
        _ = 1 / 0

    with pytest.raises(ExtensionFailed, match=r'intervention "wrong" failed: ZeroDivisionError.*test_day\.py, line'):
        lived()


def test_a_model_does_not_outlive_its_extensions() -> None:
    model = PinganModel(residents=600, days=3)
    model.step()
    extend.intervention(on="2014-01-03")(lambda model: None)
    with pytest.raises(RuntimeError, match="the extensions have changed since this model was built"):
        model.step()


def test_a_subclass_that_leaves_actors_out_is_told() -> None:
    @extend.actor(after="officers")
    class Bystander(Actor):
        def act(self, day: int) -> None:
            pass

    class Idle(PinganModel):
        def live(self, day: int) -> None:
            self.open(day)

    with pytest.raises(RuntimeError, match="Idle left out of the day"):
        Idle(residents=600, days=3).step()


def test_a_subclass_may_override_the_day_and_the_step() -> None:
    class Watched(PinganModel):
        stepped = lived = 0

        def live(self, day: int) -> None:
            super().live(day)
            self.lived += 1

        def step(self) -> None:
            super().step()
            self.stepped += 1

    model = Watched(residents=600, days=3)
    model.run_for(3)
    assert (model.stepped, model.lived, model.day) == (3, 3, 3)
