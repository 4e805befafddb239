"""A finished run as workers hand it over and shards keep it. Apart from the shards, because a run that is not stored
needs no Parquet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from pingan_abm.runs import RunSpec


@dataclass(frozen=True)
class Record:
    """One finished run as it is stored. status: "ok" or "failed"; parameters: every parameter's value; places: names in
    the records of problems' places, by problem, where its events are kept."""

    run_id: str
    spec: "RunSpec"
    parameters: Mapping[str, object]
    status: str
    error: str | None = None
    traceback: str | None = None
    seconds: float = 0.0
    outcomes: Mapping[str, float | None] = field(default_factory=dict)
    series: Mapping[str, "np.ndarray"] = field(default_factory=dict)
    events: "np.ndarray | None" = None
    places: Mapping[int, str] = field(default_factory=dict)
