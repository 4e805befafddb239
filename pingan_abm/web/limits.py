"""How many large districts live at once: each takes some hundred megabytes, and the cores are shared."""

import threading
from collections.abc import Callable
from functools import cache

from pingan_abm.district.files import residents_here

LARGE = 50_000  # residents from which a district takes a place
MOST_LARGE = 4  # large districts at once on one server
RESIDENTS = residents_here()  # a server opens one district
SIZES = (RESIDENTS // 100, RESIDENTS // 10, RESIDENTS)  # residents to choose from
SMALLER = SIZES[1]  # residents of the district that is offered instead: a tenth


class NoPlace(Exception):
    """The server already holds the largest allowed number of large districts."""


class Places:
    """Places for large districts, each held by a visitor's session; those who found none wait in the order in which
    they came. Safe between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.holders: set[int] = set()
        self.waiting: dict[int, Callable[[], None]] = {}
        self.lock = threading.Lock()

    def take(self, holder: object, residents: int) -> None:
        """Take a place for a district of this many residents, or give one back if it needs none. Raises NoPlace."""
        with self.lock:
            if residents < LARGE:
                self.holders.discard(id(holder))
                return
            if id(holder) not in self.holders and len(self.holders) >= self.most:
                raise NoPlace
            self.holders.add(id(holder))
            self.waiting.pop(id(holder), None)

    def wait(self, holder: object, call: Callable[[], None]) -> int:
        """Join the queue; the place in it, from 1. call: called whenever a place becomes free while this holder is the
        first who waits."""
        with self.lock:
            self.waiting.setdefault(id(holder), call)
            return list(self.waiting).index(id(holder)) + 1

    def leave(self, holder: object) -> None:
        """Give up both a place and waiting for one."""
        with self.lock:
            self.waiting.pop(id(holder), None)
        self.give_back(holder)

    def give_back(self, holder: object) -> None:
        """Give a place back, if the holder has one, and tell the first who waits."""
        with self.lock:
            had = id(holder) in self.holders
            self.holders.discard(id(holder))
            first = next(iter(self.waiting.values()), None) if had else None
        if first is not None:
            first()


@cache
def large_places() -> Places:
    """The places of this server."""
    return Places(MOST_LARGE)
