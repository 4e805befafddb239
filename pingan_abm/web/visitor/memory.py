"""Returning the memory of dropped districts to the system."""

import ctypes
import gc
import sys


def give_back() -> None:
    """Collect objects that nobody holds any more, and return the freed memory to the system.

    A model freezes its actors out of the collector's sight, so they are thawed first. The C library keeps what a thread
    has freed for that thread's next use: after many visitors hundreds of megabytes, although every district is gone.
    Only glibc can be asked for it.
    """
    gc.unfreeze()
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
