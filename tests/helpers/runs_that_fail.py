"""Stand-ins for `run_one` that fail or die, known by their module so that worker processes find them."""

import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.runs import RunResult, RunSpec


def quick(spec: RunSpec, **keep: Any) -> RunResult:
    """A run that takes no time: its one outcome is its replication."""
    return RunResult(
        "",
        spec,
        {"crises": float(spec.replication)},
        {"day": np.zeros(spec.days)} if keep.get("series") else {},
        None,
        0.001,
    )


def fails_at_two(spec: RunSpec, **keep: Any) -> RunResult:
    """Replication 2 raises."""
    if spec.replication == 2:
        raise ZeroDivisionError("nothing to divide by")
    return quick(spec, **keep)


def dies_at_two(spec: RunSpec, **keep: Any) -> RunResult:
    """Replication 2 takes its process with it, whenever it is tried."""
    if spec.replication == 2:
        os._exit(9)
    return quick(spec, **keep)


def dies_writing_at_two(spec: RunSpec, **keep: Any) -> RunResult:
    """The process of replication 2 dies when half of its result is written, whenever it is tried."""
    if spec.replication == 2:
        whole = Connection._send

        def half(self: Connection, data: bytes) -> None:
            whole(self, data[: len(data) // 2])
            os._exit(9)

        Connection._send = half  # type: ignore[method-assign]
    return quick(spec, **keep)


def dies_at_a_hundred(spec: RunSpec, **keep: Any) -> RunResult:
    """Replication 100 takes its process with it, whenever it is tried."""
    if spec.replication == 100:
        os._exit(9)
    return quick(spec, **keep)


def dies_once(spec: RunSpec, **keep: Any) -> RunResult:
    """Replication 2 takes its process with it the first time only; the records file serves as the mark of that."""
    assert spec.incidents is not None
    mark = Path(spec.incidents).with_suffix(".died")
    if spec.replication == 2 and not mark.exists():
        mark.touch()
        os._exit(9)
    return quick(spec, **keep)
