"""Extensions in other processes: what goes along with work, and how a worker takes it in.

A file goes by its path and hash, so that a worker never runs another version of it. What was written in a notebook or a
script has no file that a worker could read, so it goes by value, with cloudpickle.
"""

import io
import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pingan_abm.extend.files import digest_of_file, load
from pingan_abm.files import extensions
from pingan_abm.texts.errors import InputErrors, sentence


@dataclass(frozen=True)
class Carried:
    """The extensions of a process as they go along with work.

    identity: the one that the worker must have after loading them; files: path and hash; pieces: extensions that stand
    in no file, pickled.
    """

    identity: list[dict[str, str]]
    files: tuple[tuple[Path, str], ...]
    pieces: bytes


def carried() -> Carried | None:
    """What has to be sent along with work for another process; None without extensions."""
    named = extensions.identity()
    if named is None:
        return None
    paths = {piece.origin.file for piece in extensions.PIECES.values()} - {None}
    files = tuple((path, digest_of_file(path)) for path in sorted({*extensions.FILES, *(p for p in paths if p)}))
    changed = [path for path, digest in files if extensions.FILES.get(path, digest) != digest]
    if changed:
        raise InputErrors([changed_file(path) for path in changed])
    loose = [(piece.again, piece.digest) for piece in extensions.PIECES.values() if piece.origin.file is None]
    return Carried(named, files, pickled(loose))


def changed_file(path: Path) -> str:
    """The sentence on a file that has changed."""
    return sentence(
        "the file of extensions {path} is not the same here as where the work began, or has changed since; "
        "begin again with the file as it is now.",
        path=path,
    )


def take_in(given: Carried | None) -> None:
    """Have exactly these extensions in this process. Raises InputErrors when a file is missing or another one."""
    extensions.announce()  # the parent process may have had other extensions when it started this one
    if extensions.identity() == (None if given is None else given.identity):
        return
    extensions.clear()
    if given is None:
        return
    problems = [changed_file(path) for path, digest in given.files if digest_of_file(path) != digest]
    if problems:
        raise InputErrors(problems)
    for path, _ in given.files:
        load(path)
    import cloudpickle

    for (register, arguments, named), digest in cloudpickle.loads(given.pieces):
        register(*arguments, **named, digest=digest)
    if extensions.identity() != given.identity:
        extensions.clear()
        raise InputErrors(
            [
                sentence(
                    "the extensions could not be made the same in a worker process: something outside their files "
                    "decides what they are. Put all of it into one file for --extend."
                )
            ]
        )


def inherit_extensions() -> None:
    """In a process that another one of Python started (a pool that is not this program's, such as that of
    `mesa.batch_run`): load the files of extensions that its parent had. Raises InputErrors when that does not make them
    the same, for the model would silently be another one."""
    given = os.environ.get(extensions.VARIABLE)
    if given is None or multiprocessing.parent_process() is None:
        return
    wanted = json.loads(given)
    if extensions.identity() == wanted["identity"]:
        return
    for one in wanted["files"]:
        if digest_of_file(Path(one["file"])) != one["hash"]:
            raise InputErrors([changed_file(Path(one["file"]))])
        load(one["file"])
    if extensions.identity() != wanted["identity"]:
        raise InputErrors(
            [
                sentence(
                    "this process was started by one with extensions that are in no file, so it does not have them: "
                    "put them into a file and load it with extend.load, or use one process."
                )
            ]
        )


def pickled(pieces: list[Any]) -> bytes:
    """Pieces by value; the program's own functions by name, for a worker has them."""
    if not pieces:
        import pickle

        return pickle.dumps([])
    import cloudpickle

    class ByName(cloudpickle.Pickler):  # type: ignore[misc]
        """Leaves what numba compiled for the program where it is."""

        def reducer_override(self, value: Any) -> Any:
            plain = getattr(value, "py_func", None)
            if plain is not None and str(plain.__module__).startswith("pingan_abm."):
                return own_function, (plain.__module__, plain.__qualname__)
            return super().reducer_override(value)

    buffer = io.BytesIO()
    ByName(buffer).dump(pieces)
    return buffer.getvalue()


def own_function(module: str, name: str) -> Any:
    """A function of the program by its module and name; of a rule, the program's own form."""
    import importlib

    from pingan_abm.extend.rules import rule_of_name

    found = getattr(importlib.import_module(module), name)
    return rule_of_name(name) if module.startswith("pingan_abm.rules") else found


class _Use:
    """Counts the calls that run with the present extensions: the extensions change only while no call runs. Threads of
    one Dask worker may belong to different studies."""

    def __init__(self) -> None:
        self.free = threading.Condition()
        self.running = 0

    @contextmanager
    def of(self, given: Carried | None) -> Iterator[None]:
        with self.free:
            wanted = None if given is None else given.identity
            while self.running and extensions.identity() != wanted:
                self.free.wait()
            take_in(given)
            self.running += 1
        try:
            yield
        finally:
            with self.free:
                self.running -= 1
                self.free.notify_all()


_use = _Use()


def with_extensions[Result](given: Carried | None, function: Callable[..., Result], *arguments: Any) -> Result:
    """Call a function in a process that has these extensions and no others."""
    with _use.of(given):
        return function(*arguments)
