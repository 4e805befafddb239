"""How many large districts live at once: each takes some hundred megabytes, and the cores are shared."""

import threading
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
    """Places for large districts, each held by a visitor's session. Safe between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.holders: set[int] = set()
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

    def give_back(self, holder: object) -> None:
        """Give a place back, if the holder has one."""
        with self.lock:
            self.holders.discard(id(holder))


@cache
def large_places() -> Places:
    """The places of this server."""
    return Places(MOST_LARGE)
