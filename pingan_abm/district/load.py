"""Which multiple of staff gives a load: the search behind comparisons at equal load.

The load is work offered over effective staff-days available. Arms that are compared at the same load differ in
incentives and not in hands.
"""

import math
from collections.abc import Callable

from pingan_abm.texts.errors import InputErrors, sentence

TOLERANCE = 0.005  # of a load that is asked for
MOST_TRIES = 12


def staffing_for(load: float, load_at: Callable[[float], float], first: float, bounds: tuple[float, float]) -> float:
    """The staffing with which the load is what is asked for, within 0.005.

    load_at: the load with a staffing, which falls with staff; first: where to begin; bounds: of staffing. The search
    brackets the load and then interpolates in logarithms. Raises InputErrors when no staffing within the bounds gives
    it.
    """
    low, high = bounds
    staffing, known = min(max(first, low), high), dict[float, float]()
    for _ in range(MOST_TRIES):
        known[staffing] = load_at(staffing)
        if abs(known[staffing] - load) <= TOLERANCE:
            return staffing
        staffing = next_try(known, load, low, high)
        if staffing in known:
            raise InputErrors([unreachable(load, known)])
    return min(known, key=lambda one: abs(known[one] - load))


def next_try(known: dict[float, float], load: float, low: float, high: float) -> float:
    """The staffing to try next: between the nearest known loads on either side, in logarithms; else outwards, as if the
    load were in inverse proportion to staff."""
    over = [(staffing, found) for staffing, found in known.items() if found > load]
    under = [(staffing, found) for staffing, found in known.items() if found < load]
    if over and under:
        (a, load_a), (b, load_b) = max(over), min(under)
        share = math.log(load_a / load) / math.log(load_a / load_b)
        share = min(0.95, max(0.05, share))
        return math.exp(math.log(a) + share * (math.log(b) - math.log(a)))
    staffing, found = max(over) if over else min(under)
    return min(high, max(low, staffing * found / load))


def unreachable(load: float, known: dict[float, float]) -> str:
    """The sentence for a load that no staffing within the bounds gives."""
    least, most = min(known.values()), max(known.values())
    return sentence(
        "match_load = {load} is out of reach: with staffing between its bounds the load is {least} to {most}.",
        load=load,
        least=round(least, 2),
        most=round(most, 2),
    )
