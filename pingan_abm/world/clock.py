"""The end of a warm-up: its last evening becomes the evening before day 0.

All times are counted from day 0 of the run proper, so those of what began before it are negative. Counts begin again at
nought; levels, stocks and memories stay as they are.
"""

import numpy as np

from pingan_abm.world.cases import CLOSED
from pingan_abm.world.places import PLACE_COUNTS, PLACE_TIMES
from pingan_abm.world.problems import REGISTERED
from pingan_abm.world.tables import COUNTS, TALLY
from pingan_abm.world.world import World

PROBLEM_TIMES = ("onset", "first_report", "registered", "waiting_since", "handled", "solved", "lapsed", "remedy_due")
CASE_TIMES = (
    "opened",
    "first_dispatched",
    "dispatched",
    "due",
    "first_due",
    "first_closed",
    "closed",
    "first_return",
    "second_return",
    "first_repeat",
    "unowned_since",
    "supervised_at",
)
ASSIGNMENT_TIMES = ("dispatched", "due", "answered", "replied", "begun", "finished", "entered")
CLOSURE_TIMES = ("time", "reopened", "revisited", "due")
#: Counts of a unit, a grid, a community or a resident since day 0.
UNIT_COUNTS = ("spent", "available", "offered")
GRID_COUNTS = ("minutes_settling", "minutes_patrol", "minutes_revisits", "minutes_uploads", "minutes_paperwork")
COMMUNITY_COUNTS = ("minutes_settling", "minutes_paperwork", "arisen", "reports")
RESIDENT_COUNTS = ("reports",)
LEVELS = ("volunteers_now", "files_at_start", "problems_at_start")  # in the tally's counts, but no counts


def move_origin(w: World, days: int) -> None:
    """Count all times from this many days later. The caller moves the calendar."""
    for register, times in (
        ("problems", PROBLEM_TIMES),
        ("cases", CASE_TIMES),
        ("assignments", ASSIGNMENT_TIMES),
        ("closures", CLOSURE_TIMES),
    ):
        rows = w.used(register)
        for name in times:
            rows[name] -= days
    waits = w.used("problems")["clear_from"]  # −1: no legal wait, 0: not known yet
    waits[waits > 0.0] = np.maximum(waits[waits > 0.0] - days, -0.5)
    w.units["veto_until"] -= days
    for name in PLACE_TIMES:
        w.places[name] -= days


def begin_counts(w: World) -> None:
    """Counts of the run start at nought. What is on hand this morning is noted: shares of what is dealt with are of all
    that was on hand."""
    files = w.used("cases")
    own = files["problem"][files["duplicate"] == 0]
    w.tally["files_at_start"] = (files["state"] != CLOSED).sum()
    w.tally["problems_at_start"] = (w.problems["state"][own] == REGISTERED).sum()
    for name in TALLY.names or ():
        if name in COUNTS.split() and name not in LEVELS:
            w.tally[name] = 0
    w.requests[:] = 0.0
    w.helps[:] = 0.0
    for rows, names in (
        (w.units, UNIT_COUNTS),
        (w.grids, GRID_COUNTS),
        (w.communities, COMMUNITY_COUNTS),
        (w.residents, RESIDENT_COUNTS),
        (w.places, PLACE_COUNTS),
    ):
        for name in names:
            rows[name] = 0
