"""Which rows of a register fall into a stretch of time."""

import numpy as np

from pingan_abm.engine.compiled import compiled


def within(times: np.ndarray, start: float, end: float) -> np.ndarray:
    """The rows whose times lie in [start, end), in their order. A month is a small part of a register, so the rest is
    read there alone."""
    return rows_within(times, float(start), float(end))


@compiled
def rows_within(times: np.ndarray, start: float, end: float) -> np.ndarray:
    """The same for plain numbers. One pass: a column of a register is read with all that stands between its numbers,
    and numpy would read it twice."""
    rows, count = np.empty(times.shape[0], np.int64), 0
    for row in range(times.shape[0]):
        if start <= times[row] < end:
            rows[count] = row
            count += 1
    return rows[:count].copy()
