"""Time limits: what hangs fails, in the middle of whatever it does.

Standard library alone. Twice the clock's limit after that, what does not even answer a signal ends the whole run with a
traceback of where it stands. Systems without these timers (Windows) have no limit.
"""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

CPU_SECONDS, CLOCK_SECONDS = 120.0, 480.0  # of one test: the second is for what waits; a busy machine needs room


def _too_long(number: int, frame: FrameType | None) -> None:
    pytest.fail(f"hangs: not done in its {'computing time' if number == signal.SIGPROF else 'time'}")


@contextmanager
def limited(cpu: float = CPU_SECONDS, clock: float = CLOCK_SECONDS) -> Iterator[None]:
    """Fail what takes longer, and again every so many seconds, should the failure be tried again."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    timers = ((signal.SIGPROF, signal.ITIMER_PROF, cpu), (signal.SIGALRM, signal.ITIMER_REAL, clock))
    before = [signal.signal(number, _too_long) for number, _, _ in timers]
    for _, timer, seconds in timers:
        signal.setitimer(timer, seconds, seconds)
    faulthandler.dump_traceback_later(3 * clock, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0.0)
            signal.signal(number, handler)
