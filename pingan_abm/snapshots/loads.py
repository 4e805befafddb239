"""Staffing that was found for a load, kept beside the warm districts: one small file each.

The search simulates a dozen years of a district. Its result is the same in every process and for every replication of
the same contents, so the program searches once. A file that does not hold a usable number counts as absent; a disk that
may not be written keeps nothing.
"""

import math
from collections.abc import Callable
from pathlib import Path

from pingan_abm.files.atomic import write_bytes
from pingan_abm.snapshots.store import folder, most_bytes

ENDING = ".load"
MOST_FILES = 10_000  # the longest unused are dropped first

_known: dict[str, float] = {}


def staffing_kept(key: str, find: Callable[[], float]) -> float:
    """The staffing of a key: from memory, from disk, or found now."""
    if key not in _known:
        kept = read(key)
        if kept is None:
            kept = find()
            write(key, kept)
        _known[key] = kept
    return _known[key]


def read(key: str) -> float | None:
    """The staffing on disk; None where there is none that is usable."""
    try:
        value = float.fromhex(place(key).read_text("ascii"))
    except (OSError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) and value > 0.0 else None


def write(key: str, staffing: float) -> None:
    """Keep a staffing. A disk that refuses is not an error; PINGAN_WARM_MIB=0 keeps none."""
    if most_bytes() == 0:
        return
    try:
        folder().mkdir(parents=True, exist_ok=True)
        write_bytes(place(key), staffing.hex().encode())
        listed = sorted(folder().glob(f"*{ENDING}"), key=_age)
        for path in listed[: max(0, len(listed) - MOST_FILES)]:
            path.unlink(missing_ok=True)
    except OSError:
        return


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process dropped it
        return math.inf


def place(key: str) -> Path:
    """Where the staffing of a key is kept."""
    return folder() / f"{key}{ENDING}"


def count() -> int:
    """How many are kept on disk."""
    return len(list(folder().glob(f"*{ENDING}")))


def forget() -> int:
    """Drop every file. How many."""
    _known.clear()
    there = list(folder().glob(f"*{ENDING}"))
    for path in there:
        path.unlink(missing_ok=True)
    return len(there)
