"""Rows of a stretch of time."""

import numpy as np

from pingan_abm.world.cases import ASSIGNMENT
from pingan_abm.world.windows import within


def test_rows_from_the_start_up_to_the_end_in_their_order() -> None:
    rows = np.zeros(6, ASSIGNMENT)
    rows["due"] = [31.0, 30.0, 60.0, np.nan, 59.999, 29.999]
    assert within(rows["due"], 30, 60).tolist() == [0, 1, 4]
    assert within(rows["due"], 60, 90.5).tolist() == [2]
    assert within(rows["due"][:0], 0.0, 1.0).tolist() == []
