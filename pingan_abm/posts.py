"""Posts for a load: how many people every unit needs.

The load is work offered over effective staff-days available. Posts of the data file are fitted once, in a warm district
at the defaults, so that every unit has the same load; no lever of a run changes them.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.district.files import residents_here
from pingan_abm.district.here import name_of, opened
from pingan_abm.runs import RunSpec, build_model
from pingan_abm.scenarios.presets import BASELINE, load_scenario

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

LEAST_POST = 1.0  # staff-days a day of a unit, however little it has to do
ROUNDS = 6  # of fitting every unit


def fit_posts(
    load: float,
    *,
    district: str | Path = "",
    residents: int | None = None,
    days: int = 365,
    seed: int = 0,
    replications: int = 1,
    rounds: int = ROUNDS,
    announce: Callable[[int, "PinganModel"], None] | None = None,
) -> dict[str, dict[str, float]]:
    """Staff and design load of every unit, by its id, such that each has this load in a warm district at the defaults.

    district: a folder, the one that is meant if not given. Every round runs a year with the posts of the round before,
    in so many replications, and moves each unit's towards its load in all of them together: years differ in how much
    arises. announce is given the number of each round and its finished model. Keys:
    staff, design_files_per_day, design_work_mean, design_work_cv2.
    """
    entries: dict[str, dict[str, object]] = {}
    model: PinganModel | None = None
    with opened(district) as folder:
        everybody, baseline, name = residents or residents_here(), load_scenario(BASELINE), name_of(folder)
    for number in range(rounds):
        scenario = replace(baseline, units=entries)
        spec = RunSpec(scenario, residents=everybody, days=days, seed=seed, history="own", district=name)
        offered, available = np.zeros(1), np.zeros(1)
        for replication in range(replications):
            model = build_model(replace(spec, replication=replication))
            for _ in range(days):
                model.step()
            offered = offered + model.world.units["offered"]
            available = available + model.world.units["available"]
        assert model is not None
        ratio = offered / np.maximum(available, 1e-9) / load
        for unit, row, over in zip(model.district.units, model.world.units, ratio, strict=True):
            entries[unit.id] = {"staff": max(LEAST_POST, float(row["staff"]) * float(over))}
        if announce is not None:
            announce(number + 1, model)
    assert model is not None
    return {unit: {"staff": float(str(entry["staff"])), **designs(model)[unit]} for unit, entry in entries.items()}


def designs(model: "PinganModel") -> dict[str, dict[str, float]]:
    """What every unit worked on in a run: files a day, and mean and squared coefficient of variation of their work."""
    rows = model.world.used("assignments")
    worked = rows[(rows["begun"] >= 0.0) & (rows["work"] > 0.05)]
    found = {}
    for number, unit in enumerate(model.district.units):
        work = worked["work"][worked["unit"] == number]
        mean = float(work.mean()) if len(work) else 0.0
        found[unit.id] = {
            "design_files_per_day": len(work) / model.day,
            "design_work_mean": mean,
            "design_work_cv2": float(work.var() / mean**2) if mean > 0 else 0.0,
        }
    return found
