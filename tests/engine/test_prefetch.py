"""Fetching ahead asks the processor for memory and changes nothing that is computed."""

import numba
import numpy as np
import pytest

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.prefetch import prefetch, unfetched
from pingan_abm.world.problems import PROBLEM

compiles = pytest.mark.skipif(prefetch is unfetched, reason="nothing is compiled here")


@compiled
def summed(rows: np.ndarray, order: np.ndarray) -> float:
    """The onsets in an order, each fetched one ahead, the one after the last as well."""
    total = 0.0
    for place in range(order.shape[0]):
        prefetch(rows, order[min(place + 1, order.shape[0] - 1)])
        total += rows[order[place]].onset
    return total


def test_what_is_fetched_ahead_is_what_is_there() -> None:
    rows, order = np.zeros(1_000, PROBLEM), np.random.default_rng(1).permutation(1_000)
    rows["onset"] = np.arange(1_000.0)
    before = rows.tobytes()
    assert summed(rows, order) == 499_500.0
    assert rows.tobytes() == before


def test_a_row_beyond_the_register_is_no_harm() -> None:
    """A hint for a wrong row must not stop a run: the processor ignores what it cannot fetch."""
    rows = np.zeros(3, PROBLEM)

    @compiled
    def fetch_far(rows: np.ndarray) -> int:
        for place in (3, 10**6, -1):
            prefetch(rows, place)
        return int(rows.shape[0])

    assert fetch_far(rows) == 3


@compiles
def test_one_request_for_every_line_of_a_row() -> None:
    afresh = numba.njit(summed.py_func)  # type: ignore[attr-defined]
    assert afresh(np.zeros(1, PROBLEM), np.zeros(1, np.int64)) == 0.0
    (code,) = afresh.inspect_llvm().values()
    requests = [line for line in code.splitlines() if "call void @llvm.prefetch" in line]
    assert requests and len(requests) % -(-PROBLEM.itemsize // 64) == 0
