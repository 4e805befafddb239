"""The same function over many items: in order, errors passed on, nothing left running."""

import multiprocessing
import signal
import threading

import pytest

from pingan_abm.parallel import in_order, interrupts_ignored


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


def test_interrupts_are_ignored_only_meanwhile() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interrupts_ignored():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is before
    seen: list[object] = []

    def elsewhere() -> None:
        with interrupts_ignored():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen == [before]
