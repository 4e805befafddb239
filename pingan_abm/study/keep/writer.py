"""Finished runs on their way into a store: a few hundred at a time or every few seconds, so that a kill costs little
and memory stays flat."""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pingan_abm.study.keep.records import Record
    from pingan_abm.study.keep.store import Store

FLUSH_SECONDS = 5.0
FLUSH_RUNS = 256
FLUSH_DAYS = 20_000  # days of series held in memory, over all runs


class Writer:
    """Collects finished runs and stores them."""

    def __init__(self, store: "Store") -> None:
        self.store = store
        self._held: list[Record] = []
        self._since = time.monotonic()

    def add(self, record: "Record") -> None:
        """Take a finished run. Raises OSError when the disk does not take what is held."""
        self._held.append(record)
        days = sum(one.spec.days for one in self._held if one.series)
        if len(self._held) >= FLUSH_RUNS or days >= FLUSH_DAYS or time.monotonic() - self._since >= FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Store what is held. Raises OSError."""
        self.store.append(self._held)
        self._held = []
        self._since = time.monotonic()
        self.store.compact_if_crowded()
