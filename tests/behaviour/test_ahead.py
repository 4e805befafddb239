"""What is fetched ahead follows a day's list to its end, and changes nothing."""

from helpers.runs import lived

from pingan_abm.behaviour.ahead import AHEAD, fetch_first, fetch_item, fetch_patch, fetch_waiting
from pingan_abm.snapshots.memory import copied
from pingan_abm.world.calendar import RESIDENTS


def test_it_follows_the_list_and_changes_nothing() -> None:
    w = lived(days=20, residents=3_450).world
    day = int(next(day for day in range(w.heads.shape[1]) if w.heads[RESIDENTS, day] >= 0))
    before, listed, node = copied(w), [], int(w.heads[RESIDENTS, day])
    while node >= 0:
        listed.append(node)
        node = fetch_item(w, node)
    assert node == fetch_item(w, node) == -1
    assert fetch_first(w, listed[0]) == (listed[AHEAD] if len(listed) > AHEAD else -1)
    for patch in range(len(w.grids) + AHEAD):
        fetch_waiting(w, patch)
        fetch_patch(w, patch)
    for name in ("nodes", "heads", "problems", "residents", "trust", "heard"):
        after, there = getattr(copied(w), name), getattr(before, name)
        assert after.tobytes() == there.tobytes()
