"""Runs of a whole district that a page asks for: in a thread of their own, one at a time on a server, until the reader
goes elsewhere."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import solara

PATIENCE = 0.2  # seconds between checks whether the reader still waits in the queue


@lru_cache(maxsize=1)
def turn() -> threading.Lock:
    """Held while whole districts run: for one reader at a time on a server."""
    return threading.Lock()


@contextmanager
def in_turn(stop: threading.Event) -> Iterator[bool]:
    """Wait for one's turn and hold it; false where the reader has gone before."""
    while not turn().acquire(timeout=PATIENCE):
        if stop.is_set():
            yield False
            return
    try:
        yield not stop.is_set()
    finally:
        turn().release()


def in_background(
    name: str,
    work: Callable[[], None],
    running: "solara.Reactive[bool]",
    failed: Callable[[str], None] = lambda why: None,
) -> None:
    """Do a page's work in a thread of its own. running: true until it ends, however it ends. failed: told why, where
    something goes wrong, which is logged too."""

    def guarded() -> None:
        try:
            work()
        except Exception as error:
            logging.getLogger(__name__).exception("%s failed", name)
            failed(str(error))
        finally:
            running.value = False

    running.value = True
    threading.Thread(target=guarded, name=name, daemon=True).start()


def leaving(stop: threading.Event) -> Callable[[], Callable[[], None]]:
    """An effect that stops what is at work when the reader goes elsewhere."""

    def effect() -> Callable[[], None]:
        return stop.set

    return effect
