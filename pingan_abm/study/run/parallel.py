"""The same function over many items, in worker processes or in this one; results come back in the order of the
items."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from pingan_abm.extend.carry import carried, with_extensions
from pingan_abm.study.run.workers import prepare, signals_held, start_worker


def in_order[Item, Result](
    function: Callable[[Item], Result], items: Sequence[Item], workers: int, announce: Callable[[], None] | None = None
) -> Iterator[Result]:
    """function(item) for every item, in their order, `workers` at a time. The function has to be known by its module.

    The model is compiled here first, if it is not yet; announce is called before that. Whatever stops the iteration,
    Ctrl-C included, ends the workers too, and so does the death of this process. An error of the function is passed on.
    """
    prepare(announce)
    if workers <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    along = carried()
    with signals_held():
        pool = ProcessPoolExecutor(min(workers, len(items)), multiprocessing.get_context("spawn"), start_worker)
    try:
        waiting: list[Future[Result] | None] = []
        with signals_held():
            waiting.extend(pool.submit(with_extensions, along, function, item) for item in items)
        for place, future in enumerate(waiting):
            assert future is not None  # only results that the caller already has are dropped
            yield future.result()
            waiting[place] = None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
