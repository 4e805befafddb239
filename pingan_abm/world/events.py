"""The log of what happened, to which case, by whom, and with what chance: read by the trace, the export and the app.

Rows are appended by kernels when a run is asked to keep them. The register grows between days, never within one.
"""

import math
from enum import IntEnum
from typing import TYPE_CHECKING

from pingan_abm.engine.compiled import compiled
from pingan_abm.world.tables import record

if TYPE_CHECKING:
    from pingan_abm.world.world import World

EVENT = record("time chance draw", "case problem activity kind actor detail")


class Activity(IntEnum):
    """What happened. The seven steps of the cycle, and what happens between them."""

    ARISE = 1
    REPORT = 2
    COLLECT = 3
    TRY = 4
    SETTLE = 5
    HOLD_BACK = 6
    FILE = 7
    MERGE = 8
    DISPATCH = 9
    JOINT_DISPATCH = 10
    RETURN = 11
    ACCEPT = 12
    HANDLE = 13
    HAND_OFF = 14
    FEEDBACK = 15
    VERIFY = 16
    REOPEN = 17
    EVALUATE = 18
    SECOND_REPORT = 19
    SUPERVISION = 20
    SPECIAL_MEETING = 21
    APPLICATION = 22
    FIRST_REVIEW = 23
    CONSULTATION = 24
    REVIEW = 25
    FINAL_REVIEW = 26
    ARCHIVING = 27
    NOT_AGREED = 28
    DECIDED = 29
    BACKSTOP = 30
    STALL = 31
    FELT = 32
    SOLVED = 33
    LAPSE = 34
    CRISIS = 35
    REVISIT = 36
    RATE = 37
    STATUTORY_WAIT = 38
    HEARD_SOLVED = 50
    HEARD_HOLLOW = 51
    JOINED = 52
    WENT_PUBLIC = 53
    COMPLIED = 54
    HELP = 60
    REFUSE = 61
    TALKED_OVER = 62
    INSPECT = 39
    REMEDY_ORDERED = 40
    PROMISE = 41
    REMEDY = 42
    REFUSAL = 43
    RELAPSE = 44
    MOVE = 45


class ActorKind(IntEnum):
    """Who did it; with the number of the actor of that kind."""

    NOBODY = 0
    RESIDENT = 1
    GRID_OFFICER = 2
    COMMUNITY = 3
    GROUP = 4
    CENTRE = 5
    UNIT = 6
    INSPECTORS = 7
    COMMISSION = 8
    MEETING = 9
    ORGANISATION = 20
    PLACE = 10


@compiled
def log(
    w: "World", time: float, case: int, problem: int, activity: int, kind: int, actor: int, detail: int = 0
) -> None:
    """Append one row, when the run keeps a log (a register of length 0 keeps none). kind: an ActorKind, of the
    actor."""
    if w.events.shape[0] == 0:
        return
    number = w.tally[0].events
    if number >= w.events.shape[0]:
        w.tally[0].overflow += 1
        return
    row = w.events[number]
    row.time, row.chance, row.draw = time, math.nan, math.nan
    row.case, row.problem, row.activity, row.kind, row.actor, row.detail = case, problem, activity, kind, actor, detail
    w.tally[0].events = number + 1


@compiled
def log_chance(w: "World", chance: float, draw: float) -> None:
    """Add to the row logged last the chance that decided it and the number drawn: it happened if draw < chance."""
    if w.events.shape[0] == 0:
        return
    row = w.events[w.tally[0].events - 1]
    row.chance, row.draw = chance, draw
