"""The calendar of due days: nothing is lost, nothing is doubled, and the order of a day is the order in which it was
filled."""

from dataclasses import replace

import numpy as np
from helpers.runs import lived
from hypothesis import given, settings
from hypothesis import strategies as st

from pingan_abm.model import PinganModel
from pingan_abm.world.calendar import NODE, Due, in_order, release, schedule
from pingan_abm.world.tables import TALLY
from pingan_abm.world.world import World

OWNERS, DAYS = 4, 20


def empty(room: int = 50) -> World:
    tally = np.zeros(1, TALLY)
    tally[0].free_node = -1
    return replace(
        PinganModel(residents=540, days=1, warmup=0).world,
        heads=np.full((OWNERS, DAYS), -1, np.int32),
        nodes=np.zeros(room, NODE),
        tally=tally,
    )


def drained(w: World, owner: int, day: int) -> list[tuple[int, int, int, float]]:
    found, node = [], in_order(w, owner, day, w.nodes)
    while node >= 0:
        row = w.nodes[node]
        found.append((int(row.kind), int(row.subject), int(row.part), float(row.time)))
        node = release(w, node)
    return found


def test_a_day_comes_back_in_the_order_it_was_filled() -> None:
    w = empty()
    for item, time in enumerate((3.9, 3.1, 3.5)):
        schedule(w, 1, Due.LAPSE, item, 7, time, 0)
    assert drained(w, 1, 3) == [(4, 0, 7, 3.9), (4, 1, 7, 3.1), (4, 2, 7, 3.5)]
    assert drained(w, 1, 3) == []


def test_what_would_be_past_comes_on_the_first_day_allowed_and_keeps_its_time() -> None:
    w = empty()
    schedule(w, 0, Due.ANSWER, 5, 0, 2.5, 6)
    assert drained(w, 0, 2) == []
    assert drained(w, 0, 6) == [(Due.ANSWER, 5, 0, 2.5)]


def test_beyond_the_run_is_forgotten() -> None:
    w = empty()
    schedule(w, 0, Due.ANSWER, 5, 0, float(DAYS), 0)
    assert w.tally[0].due_nodes == 0
    assert (w.heads == -1).all()


def test_a_full_calendar_says_so() -> None:
    w = empty(room=2)
    for item in range(3):
        schedule(w, 0, Due.ANSWER, item, 0, 1.0, 0)
    assert w.tally[0].overflow == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, OWNERS - 1), st.floats(0, DAYS - 0.01), st.booleans()), max_size=120))
def test_any_mixture_of_filling_and_emptying_keeps_every_item_once(moves: list[tuple[int, float, bool]]) -> None:
    """Against a dictionary of lists; freed nodes are used again, so the register stays as small as the most that was
    ever due."""
    w = empty()
    mirror: dict[tuple[int, int], list[int]] = {}
    most = 0
    for item, (owner, time, empties) in enumerate(moves):
        if empties:
            expected = mirror.pop((owner, int(time)), [])
            assert [found[1] for found in drained(w, owner, int(time))] == expected
        elif w.tally[0].due_nodes < len(w.nodes):
            schedule(w, owner, Due.REPLY, item, 0, time, 0)
            mirror.setdefault((owner, int(time)), []).append(item)
        waiting = sum(len(items) for items in mirror.values())
        most = max(most, waiting)
        assert w.tally[0].due_nodes == waiting
    assert w.tally[0].nodes == most
    assert w.tally[0].overflow == 0
    for (owner, day), expected in mirror.items():
        assert [found[1] for found in drained(w, owner, day)] == expected


def test_nothing_stays_behind_on_a_day_that_has_passed() -> None:
    """With a campaign: a deterred problem that arises after all may be decided on the same day."""
    model = lived(250, scenario="campaign", residents=30_000, seed=5)
    assert (model.world.heads[:, : model.day] == -1).all()
