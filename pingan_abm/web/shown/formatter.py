"""How the app writes numbers: one place for shares, gaps and counts, so that what stands side by side adds up."""

import math
from collections.abc import Callable

Say = Callable[[str], str]  # a translator

DASH = "–"


def whole_per_cent(value: float) -> int:
    """A share in whole per cent, as it is shown."""
    return round(100 * value)


def per_cent(value: float) -> str:
    """A share in whole per cent; a dash when there is none."""
    return DASH if math.isnan(value) else f"{whole_per_cent(value)}%"


def gap_words(first: float, second: float, say: Say) -> str:
    """How far the first share lies from the second: the difference of the two numbers as they are shown, so that
    91 % beside 80 % is 11 points. Nothing when one of them is missing."""
    if math.isnan(first) or math.isnan(second):
        return ""
    points = whole_per_cent(first) - whole_per_cent(second)
    if points == 0:
        return say("about equal")
    return say("{points} points higher" if points > 0 else "{points} points lower").format(points=abs(points))


def count(value: float) -> str:
    """A whole number with separators."""
    return DASH if math.isnan(value) else f"{value:,.0f}".replace("-", "−")


def decimal(value: float | None, places: int) -> str:
    """A number with decimals and a true minus sign; no minus before a nought; a dash when there is none."""
    if value is None or math.isnan(value):
        return DASH
    text = f"{value:,.{places}f}".replace("-", "−")
    return text if any(digit in text for digit in "123456789") else text.lstrip("−")
