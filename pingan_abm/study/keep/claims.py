"""Several processes on one store: which runs each of them is at work on, so that no run is done twice while both live.

Advisory locks only: where the system has none, two processes may do the same run, which costs time and nothing else,
for equal runs collapse on reading. A lock ends with its process, however that dies.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, Self

from pingan_abm.files.atomic import require_plain

locking: ModuleType | None
try:
    import fcntl as locking
except ImportError:  # Windows
    locking = None

CLAIMS = ".claims"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store's lock: for the moments in which its list of files or claims is changed."""
    with require_plain(folder / ".lock").open("a") as lock:
        if locking is not None:
            locking.flock(lock, locking.LOCK_EX)
        yield


class Claims:
    """The runs that this process has taken on in a store; other processes see them for as long as it lives."""

    def __init__(self, store: Path) -> None:
        self._folder = store / CLAIMS
        self._folder.mkdir(exist_ok=True)
        self._seen: dict[Path, tuple[int, set[str]]] = {}
        with locked(store):
            self._path, self._own = self._new_file()

    def _new_file(self) -> tuple[Path, IO[str]]:
        host = "".join(letter for letter in socket.gethostname() if letter.isalnum())[:40]
        number = 0
        while True:
            path = self._folder / f"{host}-{os.getpid()}-{number}"
            try:
                opened = path.open("x")
            except FileExistsError:
                number += 1
                continue
            if locking is not None:
                locking.flock(opened, locking.LOCK_EX)
            return path, opened

    def of_others(self) -> set[str]:
        """Run ids claimed by other living processes. To be called with the store locked; claims of processes that have
        ended are removed."""
        taken: set[str] = set()
        for path in self._folder.iterdir():
            if path == self._path:
                continue
            try:
                with path.open("r+") as opened:
                    if _holds(opened):  # no other process holds it: its process has ended
                        path.unlink(missing_ok=True)
                        continue
                    taken |= self._read(path, opened)
            except FileNotFoundError:
                continue
        return taken

    def _read(self, path: Path, opened: IO[str]) -> set[str]:
        position, ids = self._seen.get(path, (0, set()))
        opened.seek(position)
        ids.update(opened.read().split())
        self._seen[path] = (opened.tell(), ids)
        return ids

    def add(self, run_ids: list[str]) -> None:
        """Claim runs. To be called with the store locked."""
        self._own.write("".join(f"{one}\n" for one in run_ids))
        self._own.flush()

    def close(self) -> None:
        """Give up all claims."""
        self._own.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def at_work(store: Path) -> int:
    """Number of processes that are at work on a store."""
    folder, living = store / CLAIMS, 0
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            with path.open("r+") as opened:
                living += not _holds(opened)
        except OSError:
            continue
    return living


def _holds(opened: IO[str]) -> bool:
    """Lock an open claim if nobody else has it; False when its own process lives. True where there are no locks."""
    if locking is None:
        return True
    try:
        locking.flock(opened, locking.LOCK_EX | locking.LOCK_NB)
    except OSError:
        return False
    return True
