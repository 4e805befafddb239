"""Which multiple of staff gives a load: the search behind comparisons at equal load.

The load is work offered over effective staff-days available. Arms that are compared at the same load differ in
incentives and not in hands.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from pingan_abm.texts.errors import InputErrors, sentence

TOLERANCE = 0.005  # of a load that is asked for
MOST_TRIES = 12
YEARS = 6  # replications over which the load is what is asked for, as when posts are fitted


def staffing_for(
    load: float, load_at: Callable[[float, int], float], first: float, bounds: tuple[float, float], years: int = YEARS
) -> float:
    """The staffing with which the load is what is asked for, on average over years.

    load_at: the load with a staffing, which falls with staff, in a replication; first: where to begin; bounds: of
    staffing; years: how many replications. Years differ in how much arises, by some 4 % of the load: staff that gives
    one year 0.9 gives others 0.83 or 0.98, and what is nearer to its limits then looks like an effect of a lever. The
    search is made in the first replication; how far its load lies from the average is measured at what it found, and it
    goes on for the load that is then right. Raises InputErrors when no staffing within the bounds gives it.
    """
    search = _Search(load_at, bounds, min(max(first, bounds[0]), bounds[1]))
    staffing = search.reach(load, load)
    average = sum(load_at(staffing, year) for year in range(1, years)) + search.known[staffing]
    return search.reach(load * search.known[staffing] / (average / years), load)


@dataclass
class _Search:
    """Loads of the first replication by staffing. The search brackets a load and then interpolates in logarithms."""

    load_at: Callable[[float, int], float]
    bounds: tuple[float, float]
    staffing: float
    known: dict[float, float] = field(default_factory=dict)

    def reach(self, load: float, asked: float) -> float:
        """A staffing that gives a load within 0.005. asked: the load that is told of when there is none."""
        for _ in range(MOST_TRIES):
            if self.staffing not in self.known:
                self.known[self.staffing] = self.load_at(self.staffing, 0)
            if abs(self.known[self.staffing] - load) <= TOLERANCE:
                return self.staffing
            self.staffing = next_try(self.known, load, *self.bounds)
            if self.staffing in self.known:
                raise InputErrors([unreachable(asked, self.known)])
        return min(self.known, key=lambda one: abs(self.known[one] - load))


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
    """The sentence for a load that no staffing gave. known: what was tried, and the load that it gave."""
    least, most = min(known.values()), max(known.values())
    return sentence(
        "match_load = {load} is out of reach: with staffing from {low} to {high}, as was tried, the load is {least} to "
        "{most}.",
        load=load,
        low=round(min(known), 2),
        high=round(max(known), 2),
        least=round(least, 2),
        most=round(most, 2),
    )
