"""The tables of relations: who stands where, how they begin, and how they act in each form of the network."""

import numpy as np
import pytest

from pingan_abm.behaviour.cooperation import experience, regard, relation
from pingan_abm.engine.draws import run_key
from pingan_abm.model import PinganModel
from pingan_abm.world.relations import NETWORK_FORMS, Seats, acting, between_units, stand_ins


@pytest.fixture(scope="module")
def begun() -> dict[str, PinganModel]:
    return {form: PinganModel({"relation_network": form}, residents=3_450, days=2, warmup=0) for form in NETWORK_FORMS}


def test_everybody_has_a_place_of_its_own(begun: dict[str, PinganModel]) -> None:
    world = begun["evolving"].world
    s = world.settings[0]
    assert (s.centre_actor, s.supervision_actor, s.community_actor) == (33, 34, 35)
    assert s.organisation_actor == 35 + 54 + 12 + 6
    assert len(world.relations) == s.organisation_actor + len(begun["evolving"].organisations)
    assert (np.diag(world.relations) == 0.0).all() and world.relations.max() <= 1.0


def test_relations_begin_with_duties_command_and_service(begun: dict[str, PinganModel]) -> None:
    model = begun["evolving"]
    w = model.world
    assert set(np.unique(w.relations[:33, :33])) == {0.0, 0.05, 0.15}
    assert (w.relations[:33, 33] == 0.3).all() and (w.relations[33, :33] == 0.3).all()
    home = int(w.communities["unit"][7])
    assert w.relations[35 + 7, home] == w.relations[home, 35 + 7] == 0.3
    first = int(w.settings[0].organisation_actor)
    for number, one in enumerate(model.organisations):
        known = np.flatnonzero(w.relations[first + number])
        assert set(known) == {33, *(35 + one.places)}


def test_nobody_is_met_as_itself_when_rewired_and_every_actor_keeps_its_relations(
    begun: dict[str, PinganModel],
) -> None:
    key = run_key(0, 0)
    places = Seats(33, 54)
    met_as = stand_ins("rewired", places, 20, key)
    assert sorted(met_as) == list(range(places.organisation + 20))
    kinds = [(first, end) for first, end in zip(places.edges, (*places.edges[1:], len(met_as)), strict=True)]
    for first, end in kinds:
        assert ((met_as[first:end] >= first) & (met_as[first:end] < end)).all()
        assert end - first == 1 or (met_as[first:end] != np.arange(first, end)).all()
    assert np.array_equal(stand_ins("evolving", places, 20, key), np.arange(places.organisation + 20))
    w = begun["rewired"].world
    sent, got = w.relations.sum(axis=1), acting(w).sum(axis=1)
    assert got == pytest.approx(sent, abs=0.31)  # but for one who would be met as the actor itself


def test_forms_act_as_their_names_say(begun: dict[str, PinganModel]) -> None:
    assert np.array_equal(acting(begun["evolving"].world), begun["evolving"].world.relations)
    assert acting(begun["none"].world).sum() == 0.0
    star = acting(begun["star"].world)
    assert star[0, 1] == pytest.approx(0.3 * 0.3) and star[0, 33] == 0.3
    assert not np.array_equal(acting(begun["rewired"].world), begun["rewired"].world.relations)


@pytest.mark.parametrize("form", list(NETWORK_FORMS))
def test_compiled_code_and_the_table_agree(begun: dict[str, PinganModel], form: str) -> None:
    w = begun[form].world
    table = acting(w)
    for actor in range(0, len(table), 7):
        for other in range(0, len(table), 5):
            if actor != other:
                assert regard(w, actor, other) == pytest.approx(table[actor, other])
    assert relation(w, 3, 8) == pytest.approx(between_units(w)[3, 8])


@pytest.mark.parametrize("form", list(NETWORK_FORMS))
def test_only_who_had_the_experience_thinks_otherwise(form: str) -> None:
    w = PinganModel({"relation_network": form}, residents=3_450, days=1, warmup=0).world
    before = w.relations.copy()
    experience(w, 4, 9, True)
    moved = {(int(a), int(b)) for a, b in np.argwhere(w.relations != before)}
    expected: dict[str, set[tuple[int, int]]] = {"frozen": set(), "none": set(), "star": {(4, 33), (33, 9)}}
    assert moved == expected.get(form, {(4, 9)})
