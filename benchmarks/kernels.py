"""Where a year of the whole district goes: CPU seconds by kernel, the least of several years.

    uv run python benchmarks/kernels.py [--residents 345000] [--years 4]

Every function that agents.py, actors/groups.py, actors/places.py and model.py call on a day is timed where it is
called (a few microseconds a call, part of the figures); what they do not account for is Python between them. A year is
as long as `benchmarks/speed.py` says it is, without this.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pingan_abm import agents, model
from pingan_abm.actors import groups, places
from pingan_abm.model import PinganModel

DAYS = 365
CALLED = {
    agents: (
        "residents_day",
        "society_day",
        "units_day",
        "verify_day",
        "centre_day",
        "convene",
        "diffuse",
        "ask_contacts",
        "leave_volunteers",
    ),
    groups: ("hear", "take_up"),
    places: ("places_day",),
    model: (
        "arise",
        "day_counts",
        "list_arrivals",
        "draw_subtypes",
        "place_arrivals",
        "fade_all",
        "open_day",
    ),
    PinganModel: ("turn_month",),
}
Taken = defaultdict[str, int]


def timed(act: Callable[..., Any], name: str, taken: Taken) -> Callable[..., Any]:
    """The function, adding its nanoseconds to `taken`."""

    def act_timed(*given: Any) -> Any:
        began = time.thread_time_ns()
        try:
            return act(*given)
        finally:
            taken[name] += time.thread_time_ns() - began

    return act_timed


def year(residents: int, taken: Taken) -> int:
    """Nanoseconds of a year; those of each kernel go to `taken`."""
    taken.clear()
    district = PinganModel(residents=residents, days=DAYS)
    began = time.thread_time_ns()
    for _ in range(DAYS):
        district.step()
    return time.thread_time_ns() - began


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--residents", type=int, default=345_000)
    parser.add_argument("--years", type=int, default=4, help="of which the quickest is shown (default 4)")
    given = parser.parse_args()
    taken: Taken = defaultdict(int)
    year(3_450, taken)  # compiles what is not in the cache
    for place, names in CALLED.items():
        for name in names:
            setattr(place, name, timed(getattr(place, name), name, taken))
    years = []
    for _ in range(given.years):
        whole = year(given.residents, taken)
        years.append((whole, dict(taken)))
    whole, parts = min(years, key=lambda found: found[0])
    parts["(Python between them)"] = whole - sum(parts.values())
    for name, spent in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"{name:<24} {spent / 1e9:8.3f} s {spent / whole:7.1%}")
    print(f"{'a year':<24} {whole / 1e9:8.3f} s")


if __name__ == "__main__":
    main()
