"""The same function over many items: in order, errors passed on, nothing left running."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pingan_abm.study.run.parallel import in_order
from pingan_abm.study.run.workers import signals_held


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(in_order(abs, [-3, 2, -1, 0], workers)) == [3, 2, 1, 0]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_passed_on_and_ends_the_workers(workers: int) -> None:
    found = in_order(int, ["1", "two", "3"], workers)
    assert next(found) == 1
    with pytest.raises(ValueError, match="two"):
        next(found)
    assert multiprocessing.active_children() == []


def test_broken_off_leaves_nothing_running() -> None:
    found = in_order(abs, list(range(50)), 2)
    next(found)
    found.close()  # type: ignore[attr-defined]  # a generator, as Ctrl-C would end it
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="POSIX signals")
def test_signals_are_heard_afterwards_and_not_by_what_starts_meanwhile() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, set())
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background begins deaf to Ctrl-C
    reached = False
    try:
        with pytest.raises(KeyboardInterrupt), signals_held():
            signal.raise_signal(signal.SIGINT)
            reached = True
    finally:
        signal.signal(signal.SIGINT, usual)
    assert reached and signal.pthread_sigmask(signal.SIG_BLOCK, set()) == before


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="POSIX signals")
def test_the_first_workers_of_a_process_never_hear_ctrl_c() -> None:
    """Not even while they start: the first pool of a process brings the tracker of resources with it, which has Ctrl-C
    heard again."""
    code = (
        "from functools import partial; import signal; from pingan_abm.study.run.parallel import in_order; "
        "print(*in_order(partial(signal.pthread_sigmask, signal.SIG_BLOCK), [(), ()], 2))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.count("SIGINT") == told.count("SIGHUP") == 2


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_workers_end_when_their_parent_is_killed() -> None:
    code = (
        "import time; from pingan_abm.study.run.parallel import in_order; list(in_order(time.sleep, [300.0, 300.0], 2))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        started = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        assert until(lambda: len(started.read_text().split()) >= 3)  # two workers and the tracker of resources
        time.sleep(1.0)
        children = [int(pid) for pid in started.read_text().split()]
        os.kill(parent.pid, signal.SIGKILL)
    assert until(lambda: not any(alive(pid) for pid in children))


def alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it becomes true in time."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            return False
        time.sleep(0.1)
    return True
