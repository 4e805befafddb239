"""The journal of a calibration after an accident. Optuna appends one record a line. A full disk or a kill leaves half a
record at the end. The next record is then appended to it, and neither that line nor those after it can be read."""

import itertools
import json
from pathlib import Path

from pingan_abm.texts.errors import Sentence, sentence

DAMAGED = ".damaged"


def mend(path: Path) -> Sentence | None:
    """Cut a journal back to the records that can be read, in the order in which they were written; nobody may append
    meanwhile.

    Half a record at the end is cut off silently: its trial is done again. A journal with a bad line further up is
    copied to a file whose name ends in `.damaged` and a number; the sentence that reports this is returned.
    """
    whole = path.read_bytes() if path.is_file() else b""
    lines = whole.split(b"\n")
    good = next((place for place, line in enumerate(lines[:-1]) if not _readable(line)), len(lines) - 1)
    kept = b"".join(line + b"\n" for line in lines[:good])
    if kept == whole:
        return None
    damage = None
    if good < len(lines) - 1:
        free = next(number for number in itertools.count(1) if not damaged(path, number).exists())
        damaged(path, free).write_bytes(whole)
        damage = sentence(
            "{path}: line {line} and what follows cannot be read; they were set aside, and their trials are done "
            "again.",
            path=path,
            line=good + 1,
        )
    with path.open("r+b") as journal:
        journal.truncate(len(kept))
    return damage


def damaged(path: Path, number: int) -> Path:
    """Where the number-th damaged copy of a journal is kept."""
    return path.with_name(f"{path.name}{DAMAGED}{number}")


def _readable(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
