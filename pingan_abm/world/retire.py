"""Rows that are over leave the registers, and all that points into the registers is renumbered.

A problem is over when it is solved or has lapsed, all its files stand closed, and nothing that belongs to it happened
or falls due later than KEPT_DAYS ago. The appraisal of a month, the judging of files after 30 and 60 days and the
outcomes' horizon of 90 days then no longer look at it, and its remaining entries in the calendar would have no effect.
"""

from dataclasses import dataclass, replace

import numpy as np

from pingan_abm.world.calendar import CASES_DUE, CLOSURES_DUE, PROBLEMS_DUE
from pingan_abm.world.cases import CLOSED
from pingan_abm.world.problems import LAPSED, LATENT, SOLVED
from pingan_abm.world.world import World, grown

KEPT_DAYS = 130.0
REGISTERED = ("problems", "cases", "assignments", "closures")
#: Which columns of a register hold numbers of rows, and of which register.
POINTERS = {
    "problems": (("file", "cases"), ("next", "problems")),
    "cases": (("problem", "problems"), ("next", "cases"), ("last_closure", "closures")),
    "assignments": (("case", "cases"),),
    "closures": (("case", "cases"), ("problem", "problems"), ("next", "closures")),
}


@dataclass(frozen=True)
class Kept:
    """Which rows stay: a mask over the rows in use of each register."""

    problems: np.ndarray
    cases: np.ndarray
    assignments: np.ndarray
    closures: np.ndarray


def not_over(w: World, day: float) -> Kept:
    """Masks of the rows that are not over on a day."""
    problems, cases = w.used("problems"), w.used("cases")
    assignments, closures = w.used("assignments"), w.used("closures")
    latest = np.fmax(problems["solved"], problems["lapsed"])
    of_case = np.fmax(cases["opened"], cases["closed"])
    for rows, times in ((assignments, ("dispatched", "due", "finished")), (closures, ("time", "reopened", "due"))):
        for name in times:
            np.fmax.at(of_case, rows["case"], rows[name])
    np.fmax.at(latest, cases["problem"], of_case)
    ended = np.isin(problems["state"], (SOLVED, LAPSED)) & (latest < day - KEPT_DAYS)
    ended[cases["problem"][cases["state"] != CLOSED]] = False
    stays = ~ended
    case_stays = stays[cases["problem"]]
    return Kept(stays, case_stays, case_stays[assignments["case"]], case_stays[closures["case"]])


def new_numbers(kept: np.ndarray) -> np.ndarray:
    """The number that each row has afterwards; −1 for a row that leaves. One entry more than rows, so that −1 stays
    −1."""
    numbers = np.full(len(kept) + 1, -1, np.int64)
    numbers[:-1][kept] = np.arange(int(kept.sum()))
    return numbers


def retire(w: World, kept: Kept) -> np.ndarray:
    """Drop all other rows and renumber what points to rows. Returns the new number of each problem, −1 where it
    left."""
    new = {name: new_numbers(getattr(kept, name)) for name in REGISTERED}
    for name, rows in chosen_rows(w, kept).items():
        w.tally[name] = len(rows)
        setattr(w, name, grown(rows, int(1.1 * len(rows)) + 500))
    _renumber_lists(w, new)
    _renumber_calendar(w, new)
    return new["problems"]


def those_that_leave(w: World, kept: Kept) -> World:
    """A world whose registers hold the rows that are over, and nothing else; the rest is shared. It cannot be simulated
    further: its calendar and queues name rows of the full world."""
    over = Kept(*(~getattr(kept, name) for name in REGISTERED))
    tally = w.tally.copy()
    rows = chosen_rows(w, over)
    for name in REGISTERED:
        tally[name] = len(rows[name])
    return replace(w, tally=tally, **rows)


def chosen_rows(w: World, kept: Kept) -> dict[str, np.ndarray]:
    """Copies of the rows that stay, by register, with the numbers of other rows in them as they will be."""
    new = {name: new_numbers(getattr(kept, name)) for name in REGISTERED}
    rows = {name: np.ascontiguousarray(w.used(name)[getattr(kept, name)]) for name in REGISTERED}
    for name, fields in POINTERS.items():
        for field, target in fields:
            rows[name][field] = new[target][rows[name][field]]
    return rows


def _renumber_lists(w: World, new: dict[str, np.ndarray]) -> None:
    """Queues, agendas and lists that name rows; problems that are latent no more leave their list."""
    book = w.tally[0]
    for name in ("centre_head", "centre_tail", "verify_head"):
        book[name] = new["cases"][book[name]]
    for name, target in (
        ("head", "problems"),
        ("tail", "problems"),
        ("revisit_head", "closures"),
        ("revisit_tail", "closures"),
    ):
        w.grids[name] = new[target][w.grids[name]]
    for step in range(len(w.agendas)):
        listed = w.agendas[step, : int(book.on_agenda[step])]
        listed[:] = new["cases"][listed]
    for unit in range(len(w.queues)):
        queued = w.queues[unit, : int(w.units["queued"][unit])]
        queued[:] = new["assignments"][queued]
    rows = w.latent[: int(book.latent_rows)]
    numbers = new["problems"][rows["number"]]
    there = numbers >= 0
    there[there] = w.problems["state"][numbers[there]] == LATENT
    left = rows[there].copy()
    left["number"] = numbers[there]
    w.latent[: len(left)] = left
    book.latent_rows = len(left)


def entries_of(w: World) -> np.ndarray:
    """Everything in the calendar: int64 [entries, 6] of owner, day, kind, subject, part and the entry's node, in the
    order in which each day's list was filled."""
    listed: list[tuple[int, int, int, int, int, int]] = []
    nodes = w.nodes
    kinds, subjects, parts, following = (nodes[name].tolist() for name in ("kind", "subject", "part", "next"))
    for owner, day in np.argwhere(w.heads >= 0).tolist():
        node, day_list = int(w.heads[owner, day]), []
        while node >= 0:
            day_list.append((owner, day, kinds[node], subjects[node], parts[node], node))
            node = following[node]
        listed += reversed(day_list)
    return np.array(listed, np.int64).reshape(-1, 6)


def fill_calendar(w: World, entries: np.ndarray, times: np.ndarray, days: int) -> None:
    """An empty calendar of this many days, filled with these entries in their order. Entries for later days are
    dropped, as `schedule` does."""
    inside = entries[:, 1] < days
    entries, times = entries[inside], times[inside]
    w.nodes = grown(np.zeros(len(entries), w.nodes.dtype), int(1.1 * len(entries)) + 4000)
    w.heads = np.full((len(w.heads), days), -1, np.int32)
    rows = w.nodes[: len(entries)]
    rows["kind"], rows["subject"], rows["part"] = entries[:, 2], entries[:, 3], entries[:, 4]
    rows["time"] = times
    heads, before = w.heads, np.empty(len(entries), np.int64)
    for number, (owner, day) in enumerate(entries[:, :2].tolist()):
        before[number] = heads[owner, day]
        heads[owner, day] = number
    rows["next"] = before
    w.tally["nodes"], w.tally["free_node"], w.tally["due_nodes"] = len(entries), -1, len(entries)


def _renumber_calendar(w: World, new: dict[str, np.ndarray]) -> None:
    """Entries name the new rows; those of rows that left are dropped."""
    entries = entries_of(w)
    times = w.nodes["time"][entries[:, 5]]
    subjects = entries[:, 3].copy()
    for kinds, target in ((PROBLEMS_DUE, "problems"), (CASES_DUE, "cases"), (CLOSURES_DUE, "closures")):
        of_these = np.isin(entries[:, 2], kinds)
        subjects[of_these] = new[target][subjects[of_these]]
    rest = ~np.isin(entries[:, 2], (*PROBLEMS_DUE, *CASES_DUE, *CLOSURES_DUE))
    subjects[rest] = new["assignments"][subjects[rest]]
    entries[:, 3] = subjects
    fill_calendar(w, entries[subjects >= 0], times[subjects >= 0], w.heads.shape[1])
