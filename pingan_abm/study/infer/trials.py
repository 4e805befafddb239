"""How far a calibration is, from its journal, without the library that writes it: a look loads little and changes
nothing."""

import json
from pathlib import Path
from typing import Any

from pingan_abm.files.atomic import require_plain
from pingan_abm.study.infer.calibration import JOURNAL

SET_STATE, COMPLETE = (
    6,
    1,
)  # Optuna's numbers in a journal's lines: the operation, and the state of a trial that has been finished


def finished_trials(folder: Path) -> int | None:
    """Number of finished trials in a calibration's folder; None where its journal cannot be read."""
    path = folder / JOURNAL
    if not path.exists():  # broken off before the first trial
        return 0
    try:
        with require_plain(path).open("rb") as opened:
            return len({trial for line in opened if (trial := _finished(line)) is not None})
    except OSError:
        return None


def _finished(line: bytes) -> int | None:
    """The trial that a line of a journal says is finished; None for other lines, and for one that was broken off."""
    try:
        entry: Any = json.loads(line)
        return int(entry["trial_id"]) if (entry["op_code"], entry.get("state")) == (SET_STATE, COMPLETE) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
