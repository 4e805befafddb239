"""The measurements of the experiments' runs, kept in a folder, so that an interrupted command continues where it
stopped."""

import json
import os
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.files.atomic import require_plain
from pingan_abm.files.extensions import identity
from pingan_abm.files.provenance import canonical, content_hash, file_digest, model_version
from pingan_abm.patterns import hooks, measures
from pingan_abm.patterns.pattern import Measured
from pingan_abm.texts.errors import InputErrors, refusal, sentence

if TYPE_CHECKING:
    from pingan_abm.patterns.experiment import Run

FILE = "measured.jsonl"


class KeptRuns:
    """One line a finished run: its name, and what it measured. Lines of another model version, or of other extensions,
    are left alone and not used; a line that was not written to its end is passed over. Raises InputErrors where the
    folder cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.version = [model_version(), *(file_digest(Path(str(module.__file__))) for module in (hooks, measures))]
        self.version += [one["hash"] for one in identity() or ()]  # without extensions, names are what they were
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path.touch()
            lines = require_plain(self.path).read_bytes().split(b"\n")
        except OSError as wrong:
            raise InputErrors(
                [
                    sentence(
                        "--out {folder}: cannot be used ({why}); name a folder to write to.",
                        folder=folder,
                        why=refusal(wrong),
                    )
                ]
            ) from None
        self.known: dict[Hashable, Measured] = dict(filter(None, map(_read, lines)))
        if lines[-1]:  # end an unfinished line, so that the next one stands alone
            self._write(b"\n")

    def name_of(self, run: "Run") -> str:
        """A run's name: equal for equal runs of the same model version that measure the same."""
        return content_hash([canonical(run), self.version])

    def of(self, run: "Run") -> Measured | None:
        """What a run measured, None if it is not kept."""
        return self.known.get(self.name_of(run))

    def keep(self, run: "Run", measured: Measured) -> None:
        """Write a finished run down at once."""
        plain = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in measured.items()}
        self._write(json.dumps([self.name_of(run), plain]).encode() + b"\n")

    def _write(self, line: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


def _read(line: bytes) -> tuple[str, Measured] | None:
    """A run's name and what it measured, lists as arrays; None for an unfinished line."""
    try:
        name, plain = json.loads(line)
        return str(name), {
            key: np.array(value, float) if isinstance(value, list) else value for key, value in plain.items()
        }
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
