"""Which district is meant where none is named: the one opened by the caller, that of the environment, the shipped one.

A program that asks for a district (`--district DIR`) names it in the environment, so that processes it starts mean the
same. A run carries the folder of its district in its specification, and opens it for as long as it is built.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from pingan_abm.district.folder import SHIPPED, USUAL, DistrictFolder, open_folder

VARIABLE = "PINGAN_DISTRICT"
_OPENED: ContextVar[str] = ContextVar("district", default="")


def here() -> DistrictFolder:
    """The folder of the district that is meant. Raises InputErrors when there is none of that name."""
    return open_folder(_OPENED.get() or os.environ.get(VARIABLE) or USUAL)


def named_here() -> str:
    """The district that is meant, as it can be named in another process: a shipped one's name, else the folder."""
    return name_of(here())


def name_of(folder: DistrictFolder) -> str:
    """A folder as it can be named in another process."""
    return folder.name if folder.path in SHIPPED.values() else str(folder.path)


@contextmanager
def opened(district: str | Path) -> Iterator[DistrictFolder]:
    """While this lasts, the district is the one that is meant; an empty name changes nothing."""
    token = _OPENED.set(str(district) or _OPENED.get())
    try:
        yield here()
    finally:
        _OPENED.reset(token)


def identity() -> dict[str, str] | None:
    """Name, folder and hash of the district that is meant, as manifests and run ids have them; None for the usual
    one, whose tables are part of the model's version."""
    folder = here()
    if folder.usual:
        return None
    return {"name": folder.name, "folder": name_of(folder), "hash": folder.digest}


def digest_of(district: str | Path) -> dict[str, str]:
    """The hash of a district as it enters a run id; nothing for the usual one."""
    with opened(district):
        found = identity()
    return {} if found is None else {"district": found["hash"]}
