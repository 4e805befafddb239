"""Memory around the making of many models.

A model and its agents refer to one another, so only Python's garbage collector frees a model that nobody holds any
longer. The collector decides by the number of Python objects, of which a model has few, and knows nothing of the arrays
that they hold. So a program that builds many models, one after the other, calls `free_earlier_models` before each.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# residents of models that may wait to be freed: some 50 MiB, and a full collection takes a tenth of a second
MOST = 100_000


class Waiting:
    """Residents of the models made since the last full collection: one count for the process, whose collector it
    serves."""

    residents = 0


def free_earlier_models(residents: int) -> None:
    """Free models that nobody holds, if together with a new model of this many residents they exceed MOST."""
    if Waiting.residents + residents >= MOST:
        gc.collect()
        Waiting.residents = 0
    Waiting.residents += residents


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector while many agents are made: none of them is garbage, so searching them costs time and
    frees nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
