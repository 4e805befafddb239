"""R21: forums, composite bodies, and the link of community, organisation and social worker."""

from typing import Any

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.behaviour.gatherings import come_together, talk_it_over
from pingan_abm.behaviour.organisations import organisation_helps
from pingan_abm.model import PinganModel
from pingan_abm.world.events import Activity
from pingan_abm.world.problems import REGISTERED

ONCE: dict[str, PinganModel] = {}


def district(**overrides: Any) -> PinganModel:
    name = repr(overrides)
    if name not in ONCE:
        ONCE[name] = lived(100, parameters=overrides, residents=34_500, events=True)
    return ONCE[name]


@pytest.fixture
def begun() -> PinganModel:
    return PinganModel({"composite_bodies": 2}, residents=34_500, days=40, warmup=0)


def test_those_who_meet_get_to_know_each_other_and_nobody_else_does(begun: PinganModel) -> None:
    w = begun.world
    before = w.relations.copy()
    come_together(w, np.array([2, 20, 60]), 0.1)
    moved = {(int(a), int(b)) for a, b in np.argwhere(w.relations != before)}
    assert moved == {(a, b) for a in (2, 20, 60) for b in (2, 20, 60) if a != b}
    assert w.relations[2, 20] == pytest.approx(before[2, 20] + 0.1 * (1.0 - before[2, 20]))
    assert w.units["carried"][2] == w.units["carried"][20] == w.settings[0].meeting_work


def test_forums_are_as_many_as_wanted_and_bring_together_both_systems(begun: PinganModel) -> None:
    begun.parameters = begun.parameters.overridden({"forums": 1.5})
    for month in range(1, 41):
        begun.forums.hold(0, month)
    assert begun.forums.held == pytest.approx(40 * 6 * 1.5, rel=0.07)
    present = begun.forums.present(0, 5, 0)
    s = begun.world.settings[0]
    assert len(set(present)) == len(present) and int(s.centre_actor) in present
    office = begun.world.communities["unit"][begun.world.communities["subdistrict"] == 0]
    assert set(office) <= set(present)
    homes = np.flatnonzero(begun.world.communities["subdistrict"] == 0)
    assert set(int(s.community_actor) + homes) <= set(present)
    assert (present >= s.organisation_actor).sum() == 5


def test_a_talk_brings_up_problems_of_its_subdistrict() -> None:
    model = lived(30, residents=34_500)
    w = model.world
    rows = w.latent[: w.counted("latent_rows")]
    hidden = [int(n) for n in rows["number"] if w.problems["state"][n] == 1]
    assert talk_it_over(w, 2, 4, 30) == 4
    found = [n for n in hidden if w.problems["state"][n] == REGISTERED]
    assert len(found) == 4 == w.tally[0].registered_by_talk
    assert set(w.communities["subdistrict"][w.problems["community"][found]]) == {2}


def test_forums_without_talks_bring_up_nothing() -> None:
    with_talks, without = district(forums=4.0), district(forums=4.0, residents_talks=False)
    assert with_talks.world.tally[0].registered_by_talk > 10
    assert (with_talks.world.used("events")["activity"] == Activity.TALKED_OVER).sum() > 10
    assert without.world.tally[0].registered_by_talk == 0 and without.forums.held == with_talks.forums.held > 10


def test_round_tables_raise_relations_across_the_two_systems() -> None:
    """Of a department and a community, which nothing else makes."""
    means = []
    for model in (district(), district(forums=4.0, residents_talks=False)):
        w = model.world
        departments = np.flatnonzero(w.units["subdistrict"] == 0)
        first = int(w.settings[0].community_actor)
        means.append(float(w.relations[departments, first : first + len(w.communities)].mean()))
    assert means[0] == 0.0 < means[1]


def test_a_composite_body_joins_units_and_organisations_of_its_theme(begun: PinganModel) -> None:
    s, w = begun.world.settings[0], begun.world
    assert len(begun.bodies) == 2 and begun.bodies[0].theme != begun.bodies[1].theme
    members = begun.bodies[0].members()
    units = members[members < len(w.units)]
    leading = members[members >= s.organisation_actor] - int(s.organisation_actor)
    assert len(units) == 4 and len(leading) > 0 and int(s.body_actor) in members
    assert (w.organisations["mix"][leading, begun.bodies[0].theme] > 0.0).all()
    before = w.relations[units[0], members[len(units)]]
    begun.bodies[0].meet()
    assert w.relations[units[0], members[len(units)]] > before
    nodes = begun.institutions.nodes
    assert nodes["body_1"]["kind"] == "body" and nodes["body_1"]["zh"].startswith("社会复合主体")


def test_social_workers_make_organisations_readier_for_communities_only(begun: PinganModel) -> None:
    w = begun.world
    community, hub = int(w.settings[0].community_actor), int(w.settings[0].centre_actor)
    field = begun.organisations[3].fields[0]
    linked = [organisation_helps(w, 3, asker, field, 0.6) for asker in (community, hub)]
    w.settings["three_society_link"] = 0
    alone = [organisation_helps(w, 3, asker, field, 0.6) for asker in (community, hub)]
    assert linked[0] > alone[0] and linked[1] == alone[1]
