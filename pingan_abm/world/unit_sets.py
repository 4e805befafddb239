"""Sets of units within a record: one bit a unit, in words of 64."""

import numpy as np

from pingan_abm.district.keys import MOST_UNITS
from pingan_abm.engine.compiled import compiled

BITS = 64  # of a word
WORDS = -(-MOST_UNITS // BITS)


@compiled
def holds(units: np.ndarray, unit: int) -> bool:
    """Whether a unit is in a set."""
    return bool((units[unit // BITS] >> np.uint64(unit % BITS)) & np.uint64(1))


@compiled
def put_in(units: np.ndarray, unit: int) -> None:
    """Put a unit into a set."""
    units[unit // BITS] |= np.uint64(1) << np.uint64(unit % BITS)


@compiled
def take_out(units: np.ndarray, unit: int) -> None:
    """Take a unit out of a set."""
    units[unit // BITS] &= ~(np.uint64(1) << np.uint64(unit % BITS))
