"""Room for a day: how many rows each register, list and queue can need by its end, at most."""

import numpy as np

from pingan_abm.compiled import compiled

#: What may have to grow before a day, in the order of what `rows_needed` fills in.
GROWING = ("problems", "cases", "assignments", "closures", "nodes", "events", "latent", "queues", "agendas")


@compiled
def rows_needed(arrivals: int, tally: np.ndarray, units: np.ndarray, needed: np.ndarray) -> None:
    """Rows that each of GROWING must hold for a day with so many arrivals, into needed (int64 [9]).

    Each thing due, waiting or new can add a few rows; nobody can add more than that.
    """
    book, queued = tally[0], 0
    for unit in range(units.shape[0]):
        queued += units[unit].queued
    waiting = queued + book.centre_waiting + book.verify_waiting
    touched = arrivals + min(book.due_nodes, 40 * arrivals + 4000) + waiting
    needed[0] = book.problems + arrivals
    needed[1] = book.cases + 2 * arrivals + touched // 4 + 400
    needed[2] = book.assignments + arrivals + touched // 4 + 400
    needed[3] = book.closures + waiting + arrivals + 400
    needed[4] = book.nodes + 18 * arrivals + touched + 2000
    needed[5] = book.events + 20 * arrivals + 4 * touched + 2000
    needed[6] = book.latent_rows + arrivals + 400
    needed[7] = waiting + touched // 4 + 400
    longest = 0
    for agenda in range(4):
        longest = max(longest, book.on_agenda[agenda])
    needed[8] = longest + touched + 100
