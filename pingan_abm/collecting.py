"""Garbage collection around the making of a model.

A model and its agents refer to one another, so only the collector frees a model that nobody holds any longer. Left alone it does so
often enough for small districts, and each build is spared the tenth of a second that a full collection costs.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 100_000  # residents: from here on an earlier model is worth a full collection


@contextmanager
def making_many(residents: int) -> Iterator[None]:
    """While agents are made by the hundred thousand, none of which is garbage, no collection looks at them again and again."""
    if residents >= LARGE:
        gc.collect()
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
