"""The register of problems: what is really wrong, whether or not anybody knows of it.

A problem is latent until somebody registers it, then solved or lapsed (faded unsolved). A problem closed only on paper
stays registered. Times are days since the start of the run with a fraction; not-a-number means not yet.
"""

from enum import IntEnum

from pingan_abm.world.tables import record


class ProblemState(IntEnum):
    """The true state. DETERRED problems have not arisen: they wait for a campaign's deterrence to end."""

    DETERRED = 0
    LATENT = 1
    REGISTERED = 2
    SOLVED = 3
    LAPSED = 4


class Remedy(IntEnum):
    """How far a problem is from being put right after it has been dealt with."""

    NONE = 0
    ORDERED = 1  # by the units: all that must act have acted
    PROMISED = 2  # to society
    DONE = 3


DETERRED, LATENT, REGISTERED, SOLVED, LAPSED = (int(state) for state in ProblemState)

#: How a problem may move from one state to another.
PROBLEM_TRANSITIONS = {
    ProblemState.DETERRED: {ProblemState.LATENT},
    ProblemState.LATENT: {ProblemState.REGISTERED, ProblemState.LAPSED},
    ProblemState.REGISTERED: {ProblemState.SOLVED, ProblemState.LAPSED},
    ProblemState.SOLVED: set[ProblemState](),
    ProblemState.LAPSED: set[ProblemState](),
}

MOST_AFFECTED = 16
PRIVATE, PUBLIC, COMPLIED = range(3)  # whether the public knows, and whoever caused it stopped because of that
MOST_UNITS = 5  # three by need, and two more in a crisis

PROBLEM = record(
    # severity: at onset (0–1); growth: a day; work: the lead's staff-days; clear_from: the end of a statutory wait, −1
    # if none, 0 unknown; awaited: who is affected and has a draw below it is in the calendar to decide; handled: when
    # society or a unit first worked on it; remedy_due: until when what was ordered or promised has time
    "onset severity growth difficulty work first_report registered waiting_since handled solved lapsed clear_from"
    " awaited remedy_due",
    # reported: bit mask over the affected; acted: bit mask over `true_units`; seen: true type known; file: primary
    # case; helper: 1 + the number of the organisation that helps with the present attempt or with the file, 0 if none;
    # alone: 1 it works without the officer of its own accord, 2 + g asked by group g; mediated: a neighbour helps with
    # the present attempt; place: whose it is, −1 of none; remedy: a Remedy; checks: that found nothing done; systems:
    # bit mask of the file systems that hold a file on it; felts: paper closures felt so far
    "grid resident reported file next helper place",
    keys="key",
    arrays=[("true_units", "i4", (MOST_UNITS + 1,))],
    small="issue subtype community affected n_units acted state source seen pending hold_backs tries crisis by_society "
    "felts felt_good felt_all solved_felt systems system by_patrol injected public alone mediated remedy checks",
)

#: The columns of a latent problem that are read every day. threshold: cumulative patrol hazard at which it is found,
#: counted from hazard_start; reach: bit mask of the groups that have one of those affected within two contacts. Stale
#: once it is not latent.
LATENT_ROW = record("threshold hazard_start", "number grid issue reach")

#: One row of a day's arrivals: drawn by the model, read from a records file, or injected by a scenario. channel:
#: through which an injected one is reported at once (≥ 0), or one of these two. subtype: −1 where it is still to be
#: drawn; place: where it comes from, or one of the last two: to be drawn, for a problem that arises only if the place
#: lets things slide, or for one that is certain.
NOT_INJECTED, SILENT = -1, -2
TO_DRAW, CERTAIN = -1, -2
ARRIVAL = record("severity fraction", "issue subtype community min_units channel place", keys="identity")
