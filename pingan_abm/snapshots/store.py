"""Warm districts on disk: one file each in the cache folder, written whole or not at all, the longest unused dropped
first.

A file that cannot be read, or that does not hold what its name promises, counts as absent; a disk that is full or may
not be written keeps nothing, and nothing else changes. Nothing in a file is run.
"""

import json
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from pingan_abm.engine.compiled import CACHE_FOLDER
from pingan_abm.files.atomic import TEMPORARY, write_atomically
from pingan_abm.snapshots.warm import Warm

ENDING = ".warm"
STATE, ABOUT = "state.json", "about.json"
UNFINISHED = 3600.0  # seconds after which an unfinished file counts as abandoned
#: What reading a file that somebody else wrote, or that was damaged, may raise.
UNSOUND = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    MemoryError,
    RuntimeError,  # a packed file that wants a password or a method that is not there; brackets without end
    SyntaxError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
VARIABLE, MOST_MIB = "PINGAN_WARM_MIB", 2048  # how much all files together may take; 0 keeps none


@dataclass(frozen=True)
class Entry:
    """One file. about: what it is the warm district of; used: seconds since the epoch."""

    path: Path
    size: int
    used: float
    about: Mapping[str, Any]


def folder() -> Path:
    """Where warm districts are kept."""
    return CACHE_FOLDER.parent / "warm"


def most_bytes() -> int:
    """The bound on all files together, from the environment if it names a whole number of MiB."""
    text = os.environ.get(VARIABLE, "")
    return (int(text) if text.isdecimal() else MOST_MIB) * 2**20


def read(key: str) -> Warm | None:
    """The warm district of a key; None when there is none, or none that is sound."""
    path = folder() / f"{key}{ENDING}"
    try:
        with zipfile.ZipFile(path) as opened:
            state = json.loads(opened.read(STATE))
            names = [name for name in opened.namelist() if name.endswith(".npy")]
            arrays = {name.removesuffix(".npy"): _array(opened, name) for name in names}
        os.utime(path)
    except UNSOUND:
        return None
    return Warm(arrays, state)


def there(key: str) -> bool:
    """Whether a file of a key is kept, sound or not."""
    return (folder() / f"{key}{ENDING}").is_file()


def _array(opened: zipfile.ZipFile, name: str) -> np.ndarray:
    with opened.open(name) as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def write(key: str, warm: Warm, about: Mapping[str, Any]) -> None:
    """Keep a warm district, and drop the longest unused ones beyond the bound. A disk that refuses is not an error."""

    def fill(opened: IO[bytes]) -> None:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr(ABOUT, json.dumps(dict(about), sort_keys=True))
            packed.writestr(STATE, json.dumps(warm.state))
            for name, rows in warm.arrays.items():
                with packed.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, np.ascontiguousarray(rows), allow_pickle=False)

    if sum(rows.nbytes for rows in warm.arrays.values()) > most_bytes():
        return
    try:
        folder().mkdir(parents=True, exist_ok=True)
        write_atomically(folder() / f"{key}{ENDING}", fill)
        make_room()
    except OSError:
        return


def entries() -> list[Entry]:
    """Every file, the one used last first."""
    found = []
    for path in folder().glob(f"*{ENDING}"):
        try:
            state = path.stat()
            with zipfile.ZipFile(path) as opened:
                about = json.loads(opened.read(ABOUT))
        except UNSOUND:
            about = {}
            if not path.exists():
                continue
            state = path.stat()
        found.append(Entry(path, state.st_size, state.st_mtime, about if isinstance(about, dict) else {}))
    return sorted(found, key=lambda one: (-one.used, one.path.name))


def make_room() -> None:
    """Drop the longest unused files until the rest is within the bound, and unfinished files of processes that have
    ended."""
    for path in folder().glob(f".*{ENDING}.*{TEMPORARY}"):
        if _age(path) > UNFINISHED:
            path.unlink(missing_ok=True)
    total, most = 0, most_bytes()
    for path, size, _ in sorted(_sizes(), key=lambda one: -one[2]):
        total += size
        if total > most:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """Seconds since a file was written last; none for one that is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _sizes() -> list[tuple[Path, int, float]]:
    sizes = []
    for path in folder().glob(f"*{ENDING}"):
        try:
            state = path.stat()
        except OSError:  # another process dropped it
            continue
        sizes.append((path, state.st_size, state.st_mtime))
    return sizes


def empty() -> tuple[int, int]:
    """Drop every file, unfinished ones included. How many, and their bytes."""
    count = total = 0
    for pattern in (f"*{ENDING}", f".*{ENDING}.*{TEMPORARY}"):
        for path in folder().glob(pattern):
            total += path.stat().st_size
            path.unlink(missing_ok=True)
            count += 1
    return count, total
