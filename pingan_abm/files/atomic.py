"""Files that are written whole or not at all: a temporary name, flushed to the disk, then renamed. No device or pipe
stands for a file."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pingan_abm.texts.errors import sentence

TEMPORARY = ".part"  # how the name of an unfinished file ends
LONG = 200  # bytes from which a name is cut in that of the unfinished file, for which 255 are room


def require_plain(path: Path) -> Path:
    """The path, unless a device, a pipe or a socket stands there: opening it may wait for ever, and reading it may
    never end.

    Raises OSError for those. Files, folders, links to them and free names pass.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, sentence("is no plain file, write the name of one"), str(path))
    return path


def write_atomically(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Have `write` fill a file that gets its name only when it is complete and on the disk.

    Whatever goes wrong, a full disk included, nothing half-written is left under any name, and the error is passed on,
    one of the operating system under this path's name. Raises OSError for a path that is a device or a pipe, such as
    /dev/null: a file renamed onto it would take its place for all programs.
    """
    require_plain(path)
    name = path.name if len(os.fsencode(path.name)) <= LONG else path.name[: LONG // 4]  # up to four bytes a letter
    unfinished = path.with_name(f".{name}.{os.getpid()}{TEMPORARY}")
    try:
        with unfinished.open("wb") as opened:
            write(opened)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.replace(path)
    except BaseException as wrong:
        unfinished.unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            name_error(wrong, path)
        raise
    _flush_folder(path.parent)


def name_error(wrong: OSError, path: Path) -> None:
    """Put the name that a person knows on an error of the operating system, in place of an unfinished file's or
    none."""
    if wrong.errno is not None:  # else its text is all it has, and a name would hide it
        wrong.filename = str(path)
        del wrong.filename2  # the second name of a renaming


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Puts a name on the errors of the operating system: of the folder that a person wrote, whichever file in it was at
    fault."""
    try:
        yield
    except OSError as wrong:
        name_error(wrong, path)
        raise


def write_bytes(path: Path, contents: bytes) -> None:
    """`write_atomically` for contents that are already in memory."""
    write_atomically(path, _Contents(contents))


class _Contents:
    def __init__(self, contents: bytes) -> None:
        self.contents = contents

    def __call__(self, opened: IO[bytes]) -> None:
        opened.write(self.contents)


def _flush_folder(folder: Path) -> None:
    """Put the new name itself on the disk; systems that cannot open a folder do so by themselves."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:  # some network file systems refuse to flush a folder; the file itself is safe
        pass
    finally:
        os.close(handle)
