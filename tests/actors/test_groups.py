"""R28. The ladder from helper to subject: whom a group takes in, and what becomes of an idea that somebody runs."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.behaviour.experience import lives_through
from pingan_abm.model import PinganModel
from pingan_abm.world.population import JOINED, PROPOSED, REPORTED


def fresh(**settings: object) -> PinganModel:
    return PinganModel(residents=60_000, days=1, warmup=0, **settings)


def grown(model: PinganModel, more: int) -> np.ndarray:
    """Whom the first group takes in when it grows by so many."""
    group = model.groups[0]
    before = len(group.members)
    group.size = float(before + more)
    group.gather()
    return group.members[before:]


def test_a_group_grows_by_volunteers_within_its_reach() -> None:
    model = fresh(grassroots_groups=2)
    w, group = model.world, model.groups[0]
    founders = set(group.members.tolist())
    within = np.flatnonzero(((w.residents["reach"] & 1) == 1) & (w.residents["volunteer"] == 1))
    joined = grown(model, 3)
    assert len(set(joined.tolist())) == 3 and not founders & set(joined.tolist())
    assert np.isin(joined, within).all() and (w.residents["rung"][joined] == JOINED).all()
    other = fresh(grassroots_groups=2, ladder=False)
    expected = [i for i in other.groups[0].candidates.tolist() if i not in founders][:3]
    assert grown(other, 3).tolist() == expected


def test_who_joined_last_leaves_first_and_reach_shrinks_with_them() -> None:
    model = fresh()
    group, reach = model.groups[0], model.groups[0].reach
    founders = group.members.tolist()
    grown(model, 3)
    assert group.reach > reach and len(group.members) == len(founders) + 3
    group.size = float(len(founders))
    group.gather()
    assert group.members.tolist() == founders and group.reach == reach


def test_an_idea_keeps_its_effect_while_its_proposer_volunteers() -> None:
    model = fresh(ideas=True)
    w, group, p = model.world, model.groups[0], model.parameters
    month = 0
    while not any(idea.runner >= 0 for idea in model.ideas):
        month += 1
        group.propose(month)
    idea = next(idea for idea in model.ideas if idea.runner >= 0)
    assert idea.runner in group.members and w.residents[idea.runner].volunteer
    assert w.residents[idea.runner].rung == PROPOSED
    prevention = w.prevention[idea.community]
    prevention[idea.issue] = 0.01  # long ago
    group.see_to_ideas()
    assert prevention[idea.issue] == p.idea_effect
    w.residents[idea.runner].volunteer, prevention[idea.issue] = 0, 0.01
    group.see_to_ideas()
    assert prevention[idea.issue] == 0.01


def test_without_the_ladder_nobody_runs_an_idea() -> None:
    model = fresh(ladder=False)
    for month in range(1, 80):
        model.groups[0].propose(month)
    assert model.groups[0].adopted > 0 and all(idea.runner == -1 for idea in model.ideas)


def test_who_has_reported_volunteers_more_readily() -> None:
    def joined(rung: int, ladder: bool) -> int:
        w = fresh(ladder=ladder, volunteers_at_start=0.0, volunteer_join_chance=0.2).world
        w.residents["rung"] = rung
        for i in range(20_000):
            lives_through(w, i, np.uint64(i), 0, 1.0, 1.0)
        return int(w.residents["volunteer"].sum())

    spoken, silent = joined(REPORTED, True), joined(0, True)
    assert spoken == pytest.approx(2.0 * silent, rel=0.06)
    assert joined(REPORTED, False) == silent


def test_rungs_are_climbed_and_never_left() -> None:
    model = lived(120, residents=20_000)
    people = model.world.residents
    assert (people["rung"][people["reports"] > 0] >= REPORTED).all()
    assert (people["rung"][people["volunteer"] == 1] >= 2).all()
    for group in model.groups:
        assert (people["rung"][group.members] >= JOINED).all()
