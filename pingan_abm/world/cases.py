"""Registers of case files, assignments and closures: what the system records.

A case file runs through the seven-step cycle: collected, filed, dispatched, handled, fed back, verified and closed,
evaluated. An assignment is one unit × one file × one attempt; a closure is one row for each time step 6 was reached,
also when the inspectors found it to be on paper only and sent it back.
"""

from enum import IntEnum

from pingan_abm.world.tables import record
from pingan_abm.world.unit_sets import WORDS


class CaseState(IntEnum):
    """The reported state: each file is in exactly one."""

    FILED = 1  # waits at the centre (or at its channel's desk)
    DISPATCHED = 2  # waits for an answer
    HANDLED = 3  # accepted by a unit at least
    RETURNED = 4  # nobody's: between a return and the next dispatch
    STALLED = 5  # with the backstop, which lacks the power to act
    FED_BACK = 6  # the units have reported; waits for verification
    CLOSED = 7


FILED, DISPATCHED, HANDLED, RETURNED, STALLED, FED_BACK, CLOSED = (int(state) for state in CaseState)

#: Legal moves of the reported state (the same state again is always legal).
CASE_TRANSITIONS = {
    # from filed, returned or closed to handled: the units have acted, and what they ordered is being put right
    CaseState.FILED: {CaseState.DISPATCHED, CaseState.HANDLED, CaseState.CLOSED},
    CaseState.DISPATCHED: {CaseState.HANDLED, CaseState.RETURNED, CaseState.FED_BACK},
    CaseState.HANDLED: {CaseState.RETURNED, CaseState.STALLED, CaseState.FED_BACK, CaseState.DISPATCHED},
    CaseState.RETURNED: {CaseState.DISPATCHED, CaseState.HANDLED, CaseState.FED_BACK},
    # a unit that was asked jointly may answer later than the backstop found out that it lacks the power
    CaseState.STALLED: {CaseState.DISPATCHED, CaseState.FED_BACK, CaseState.HANDLED, CaseState.RETURNED},
    CaseState.FED_BACK: {CaseState.CLOSED, CaseState.DISPATCHED},
    CaseState.CLOSED: {CaseState.DISPATCHED, CaseState.HANDLED, CaseState.FILED},
}

LEAD_TIER, JOINT_TIER, SUPERVISION_TIER, MEETING_TIER = range(4)
SUPERVISION_STEP, SPECIAL_STEP, LEVEL_2_STEP, LEVEL_1_STEP = 1, 2, 3, 4  # what a file may wait for on an agenda

CASE = record(
    "opened first_dispatched dispatched due first_due first_closed closed first_return second_return first_repeat"
    " unowned_since supervised_at",
    # returned, named: sets of units (world/unit_sets.py); pending: assignments not yet done; attempt: dispatch acts;
    # paper: a part was closed on paper; tracked: the centre sees it; step: the agenda it is on; backstop: the
    # subdistrict holds it;
    # desk: the actor (world/relations.py) that keeps it; refusals: how often others declined to help
    "problem state lead joint tier pending returns attempt paper closures reopened joined tracked duplicate"
    " mandate supervised step backstop next next_verified repeats waiting_joint last_closure veto decided "
    "stalled desk refusals",
    keys="key",
    arrays=[("returned", "u8", (WORDS,)), ("named", "u8", (WORDS,))],
)


class AssignmentState(IntEnum):
    """Where one unit stands with one file."""

    SENT = 1
    QUEUED = 2
    BEGUN = 3
    DONE = 4
    SENT_BACK = 5
    WITHDRAWN = 6


SENT, QUEUED, BEGUN, DONE, SENT_BACK, WITHDRAWN = (int(state) for state in AssignmentState)
# why a unit returned a file: it was not its business; it was but it declined; it was asked to help and declined
MISDIRECTED, PASSED_ON, REFUSED = 1, 2, 3

# place: the unit's place in the problem's true set, −1 if it is not in it; powerless: a backstop without the power to
# act
ASSIGNMENT = record(
    "dispatched due answered replied begun finished work left entered spent priority",
    "case unit state reason paper attempt role place powerless",
)

CLOSURE = record(
    "time reopened revisited due",
    "case problem unit grid paper by ratings good evaluated next duplicate",
)
BY_AUDIT, BY_COMPLAINT = 1, 2
LEAD_ROLE, ASSISTING_ROLE, JOINT_ROLE, BACKSTOP_ROLE = range(4)
