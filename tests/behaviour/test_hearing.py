"""R26–R28: who hears what, what it moves, who is met in person, and who is asked to join."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.behaviour.experience import FELT_SETTLED
from pingan_abm.behaviour.hearing import ask_contacts, is_affected, spread_news
from pingan_abm.behaviour.meeting import bring_together, call_on_reporters
from pingan_abm.model import PinganModel
from pingan_abm.world.world import World


@pytest.fixture
def world() -> World:
    """A district in which some problems have arisen, everybody tells, and nobody has heard anything."""
    model = lived(3, parameters={"tell_good_chance": 1.0, "tell_bad_chance": 1.0}, residents=4_000, seed=3)
    model.world.heard[:] = 0.0
    return model.world


def first_with(world: World, affected: int) -> int:
    """The first problem that affects so many residents."""
    return int(np.flatnonzero(world.used("problems")["affected"] == affected)[0])


def those_affected(world: World, number: int) -> list[int]:
    problem = world.problems[number]
    grid = world.grids[problem.grid]
    first = int(problem.resident) - int(grid.start)
    return [int(grid.start) + (first + member) % int(grid.people) for member in range(int(problem.affected))]


def test_exactly_the_contacts_who_are_not_affected_hear(world: World) -> None:
    number = first_with(world, 3)
    affected = those_affected(world, number)
    grid = world.grids[world.problems[number].grid]
    place = (affected[0], 3, int(grid.start), int(grid.people))
    assert [i for i in range(4_000) if is_affected(i, *place)] == sorted(affected)
    last = int(grid.start + grid.people) - 1  # those affected go on at the beginning of the grid
    around = [i for i in range(4_000) if is_affected(i, last, 3, int(grid.start), int(grid.people))]
    assert around == [int(grid.start), int(grid.start) + 1, last]
    heard = spread_news(world, number, 0, True, FELT_SETTLED)
    contacts = [int(i) for i in world.contacts[affected[0]] if int(i) not in affected]
    assert heard == len(contacts) > 0
    expected = np.zeros(4_000)
    for who in contacts:  # one who is named twice hears it twice
        expected[who] += 0.25 * (1.0 - expected[who])
    assert np.allclose(world.heard, expected)


def test_bad_news_is_the_mirror_of_good_news_and_one_takes_the_other_back(world: World) -> None:
    number = first_with(world, 1)
    spread_news(world, number, 0, False, FELT_SETTLED)
    sad = world.heard.copy()
    assert sad.min() == -0.25 and sad.max() == 0.0
    spread_news(world, number, 0, True, FELT_SETTLED)
    assert np.allclose(world.heard[sad < 0.0], -0.25 + 0.25 * 1.25)


def test_what_is_heard_stays_within_bounds_and_is_forgotten(world: World) -> None:
    number = first_with(world, 1)
    for attempt in range(200):
        spread_news(world, number, 0, True, attempt)
    assert 0.99 < world.heard.max() <= 1.0
    model = PinganModel(residents=2_000, days=70, warmup=0, hearing=False)
    model.world.heard[:] = 1.0
    for _ in range(70):
        model.step()
    assert np.allclose(model.world.heard, 0.5 ** (70 / 90))


def test_good_news_makes_neighbours_report_and_bad_news_keeps_them_silent() -> None:
    """Of the same problems with the same luck. Everybody is told once, and nothing is forgotten."""

    def reports(news: float) -> int:
        still = {"tell_good_chance": 0.0, "tell_bad_chance": 0.0, "heard_half_life": 720.0}
        model = PinganModel(still, residents=10_000, days=90, warmup=0)
        model.world.heard[:] = news
        for _ in range(90):
            model.step()
        return sum(int(mask).bit_count() for mask in model.world.used("problems")["reported"])

    glad, plain, sad = reports(1.0), reports(0.0), reports(-1.0)
    assert glad > 1.15 * plain and sad < 0.87 * plain


def test_nobody_hears_where_nobody_knows_anybody() -> None:
    model = lived(60, parameters={"contact_network": "none"}, residents=3_000)
    assert model.world.contacts.shape == (3_000, 0)
    assert not model.world.heard.any() and model.world.tally[0].heard_solved == 0
    assert all(group.reach == round(group.size) for group in model.groups)
    assert model.people.model.world.trust.min() >= 0.0


def test_a_meeting_moves_the_trust_of_exactly_those_who_are_met(world: World) -> None:
    number = first_with(world, 3)
    affected, problem = those_affected(world, number), world.problems[number]
    problem.reported = 0b101
    before = world.trust.astype(float)
    call_on_reporters(world, number)
    moved = np.flatnonzero(world.trust != before.astype(np.float32))
    assert sorted(moved) == sorted([affected[0], affected[2]])
    assert np.allclose(world.trust[moved], before[moved] + 0.01 * (1.0 - before[moved]))
    met = world.tally[0].meetings_in_person
    problem.reported = 0
    call_on_reporters(world, number)  # the one who met it first
    bring_together(world, number)
    assert world.tally[0].meetings_in_person == met + 1 + 3


def test_who_is_asked_joins_if_she_is_willing_and_satisfied() -> None:
    model = PinganModel({"volunteer_asks": 1.0, "asked_join_chance": 1.0}, residents=2_000, days=1, warmup=0)
    w = model.world
    w.residents["volunteer"], w.residents["rung"], w.grids["volunteers"] = 0, 0, 0
    w.residents["propensity"] = 1.0
    w.residents["satisfaction"] = np.where(np.arange(2_000) % 2, 0.9, 0.2)
    asking = np.arange(0, 2_000, 7)
    w.residents["volunteer"][asking] = 1
    joined = ask_contacts(w, 1)
    new = np.setdiff1d(np.flatnonzero(w.residents["volunteer"]), asking)
    assert joined == len(new) == w.grids["volunteers"].sum() > 10
    assert (new % 2 == 1).all() and (w.residents["rung"][new] == 2).all()
    assert np.isin(new, w.contacts[asking]).all()
    w.residents["propensity"] = 0.0
    assert ask_contacts(w, 2) == 0
