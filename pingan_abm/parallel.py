"""The same function over many items, in worker processes or in this one; results come back in the order of the
items."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from pingan_abm.study.workers import prepare


def in_order[Item, Result](
    function: Callable[[Item], Result], items: Sequence[Item], workers: int, tell: Callable[[], None] | None = None
) -> Iterator[Result]:
    """function(item) for every item, in their order, `workers` at a time. The function has to be known by its module.

    The model is compiled here first, if it is not yet; tell is called before that. Whatever stops the iteration,
    Ctrl-C included, ends the workers too. An error of the function is passed on.
    """
    prepare(tell)
    if workers <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    pool = ProcessPoolExecutor(
        min(workers, len(items)), multiprocessing.get_context("spawn"), initializer=_ignore_interrupt
    )
    try:
        waiting = [pool.submit(function, item) for item in items]
        for place, future in enumerate(waiting):
            yield future.result()
            waiting[place] = None  # type: ignore[call-overload]  # a result that was handed on is not kept
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
