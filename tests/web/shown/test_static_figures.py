"""Figures of finished results: what is drawn where values are missing."""

import numpy as np

from pingan_abm.web.shown.static_figures import outline

NOTHING = np.nan


def loops(values: np.ndarray) -> list[list[float]]:
    """The values between gaps."""
    parts: list[list[float]] = [[]]
    for value in values.tolist():
        if np.isnan(value):
            parts.append([])
        else:
            parts[-1].append(value)
    return parts


def test_a_band_is_a_closed_loop_for_each_stretch_of_days_that_has_values() -> None:
    low = np.array([NOTHING, 1.0, 2.0, NOTHING, 3.0, 4.0, 5.0, NOTHING])
    found = outline(low, low + 10.0)
    x, y = loops(found["x"]), loops(found["y"])
    assert x == [[1.0, 2.0, 2.0, 1.0, 1.0], [4.0, 5.0, 6.0, 6.0, 5.0, 4.0, 4.0]]
    assert y[0] == [11.0, 12.0, 2.0, 1.0, 11.0]
    assert all(one[0] == one[-1] for one in (*x, *y))  # so no line leads across the figure


def test_a_band_without_a_value_is_empty() -> None:
    nothing = np.full(5, NOTHING)
    assert outline(nothing, nothing)["x"].size == outline(nothing, nothing)["y"].size == 0
