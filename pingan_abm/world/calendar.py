"""The calendar of due days: what has to be looked at, by whom, on which day.

A linked list for each owner and day, so that the cost of a day follows what happens on it, not the number of things
that exist. Owners: residents, society, centre, places, and one for each linkage unit.
"""

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.prefetch import prefetch

if TYPE_CHECKING:
    from pingan_abm.world.world import World

RESIDENTS, SOCIETY, CENTRE, PLACES, FIRST_UNIT = 0, 1, 2, 3, 4

NODE = np.dtype((np.record, [("next", "i4"), ("kind", "i4"), ("subject", "i4"), ("part", "i4"), ("time", "f8")]))


class Due(IntEnum):
    """What falls due. The item is a problem, a case, an assignment or a closure, as noted."""

    ONSET = 1  # problem: a deterred one arises after all
    DECISION = 2  # problem, part = which of the affected: report or stay silent
    REGISTRATION = 3  # problem: a report reaches the system
    LAPSE = 4  # problem: fades unsolved while latent
    CRISIS = 5  # problem: severity reaches 1
    FELT = 6  # problem: a paper closure is felt, or fades
    AGAIN = 7  # problem: unsolved on the target day, reporters may report again
    EVALUATION = 8  # closure: seven days have passed without a revisit
    TRY_ENDS = 9  # problem: society's attempt ends
    RETRY = 10  # problem: held back, or repeated without an administration
    REDISPATCH = 11  # case: to another unit after a return
    HAND_OFF = 12  # case: the next of the units in turn
    SECOND_REPORT = 13  # case: second report and joint dispatch
    OVERDUE = 14  # case: its deadline has passed
    JOINT_OVERDUE = 15  # case: the joint dispatch's deadline has passed
    LONG_OPEN = 16  # case: open three times its target
    BACKSTOP = 17  # case: unowned for 30 days
    AGENDA = 18  # case, part = step: comes before supervision or a meeting
    SUPERVISION_OVERDUE = 19  # case: the supervision's deadline has passed
    MEETING_ENDS = 20  # case, part = step
    ANSWER = 21  # assignment: accept or return
    START = 22  # assignment: joins the queue
    REPLY = 23  # assignment: interim reply on the due day
    COMPLIANCE = 40  # problem: whoever causes it stops, as it is public
    CALL_CENTRE = 24  # case: its lead, refused help, turns to the centre
    REMEDY = 26  # problem, part = to whom it was promised: the time to put it right is over


#: Which register an item's number belongs to, by what falls due; assignments for all others.
PROBLEMS_DUE = (
    Due.ONSET,
    Due.DECISION,
    Due.REGISTRATION,
    Due.LAPSE,
    Due.CRISIS,
    Due.FELT,
    Due.AGAIN,
    Due.COMPLIANCE,
    Due.TRY_ENDS,
    Due.RETRY,
    Due.REMEDY,
)
CLOSURES_DUE = (Due.EVALUATION,)
CASES_DUE = (
    Due.REDISPATCH,
    Due.HAND_OFF,
    Due.CALL_CENTRE,
    Due.SECOND_REPORT,
    Due.OVERDUE,
    Due.JOINT_OVERDUE,
    Due.LONG_OPEN,
    Due.BACKSTOP,
    Due.AGENDA,
    Due.SUPERVISION_OVERDUE,
    Due.MEETING_ENDS,
)

WAYS = 16  # at least as many as there are channels


@compiled
def way_of(channel: int, system: int) -> int:
    """A channel and a file system as the one number that an item of the calendar can carry."""
    return channel + WAYS * system


@compiled
def channel_in(way: int) -> int:
    """The channel of such a number."""
    return way % WAYS


@compiled
def system_in(way: int) -> int:
    """The file system of such a number."""
    return way // WAYS


@compiled
def schedule(w: "World", owner: int, kind: int, item: int, part: int, time: float, not_before: int) -> None:
    """Put an item into an owner's list for the day of `time`, but not before day `not_before`. Beyond the run:
    forgotten.

    heads: int32 [owners, days], −1 where empty; nodes: NODE register with its free list in the tally.
    """
    day = max(int(time), not_before)
    if day >= w.heads.shape[1]:
        return
    book = w.tally[0]
    node = book.free_node
    if node >= 0:
        book.free_node = w.nodes[node].next
        prefetch(w.nodes, book.free_node)  # which is written next, and was last read days ago
    else:
        node = book.nodes
        if node >= w.nodes.shape[0]:
            book.overflow += 1
            return
        book.nodes = node + 1
    entry = w.nodes[node]
    entry.kind, entry.subject, entry.part, entry.time = kind, item, part, time
    entry.next = w.heads[owner, day]
    w.heads[owner, day] = node
    book.due_nodes += 1


@compiled
def release(w: "World", node: int) -> int:
    """Free a node after it has been read; the one that follows it in its list."""
    book, following = w.tally[0], w.nodes[node].next
    w.nodes[node].next = book.free_node
    book.free_node = node
    book.due_nodes -= 1
    return int(following)


@compiled
def in_order(w: "World", owner: int, day: int, register: np.ndarray) -> int:
    """Turn an owner's list for the day into the order in which it was filled; its first node, or −1. register: where
    most of its items lie, which are fetched meanwhile."""
    node, before = w.heads[owner, day], -1
    while node >= 0:
        entry = w.nodes[node]
        following = entry.next
        if entry.kind == Due.EVALUATION:
            prefetch(w.closures, entry.subject)
        else:
            prefetch(register, entry.subject)
        entry.next = before
        before, node = node, following
    w.heads[owner, day] = -1
    return int(before)
