"""Rates and posts of a new district, fitted in a run: as many requests of every type as the records have, and one load
for all units.

Records hold what was reported. How many problems lie behind them follows from the model, which decides who reports
what; so the rates are those with which the model's files are the records'.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.district.here import name_of, opened
from pingan_abm.posts import LEAST_POST, designs
from pingan_abm.runs import RunSpec, build_model
from pingan_abm.scenarios.presets import BASELINE, load_scenario

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

ROUNDS, DAYS, LOAD = 8, 365, 0.9
AVERAGED = 4  # rounds whose answers are averaged, since every year has luck of its own
SMOOTH = 10.0  # requests that a type is thought to have as all others, so that a rare one does not follow luck


def fit_rates_and_posts(
    folder: Path,
    wanted: dict[str, float],
    announce: Callable[[int, "PinganModel"], None] | None = None,
) -> tuple[dict[str, float], dict[str, dict[str, float]], float]:
    """Rates by type, staff and design load by unit, and how far the files of the last round are from the records: the
    mean over requests of the deviation of a type. wanted: requests a year by type."""
    rates: dict[str, float] = {}
    staff: dict[str, float] = {}
    with opened(folder) as place:
        baseline, name = load_scenario(BASELINE), name_of(place)
    model: PinganModel | None = None
    off, tried = 1.0, list[tuple[dict[str, float], dict[str, float]]]()
    for number in range(ROUNDS):
        issues = {key: {"rate": rate} for key, rate in rates.items()}
        units = {key: {"staff": posts} for key, posts in staff.items()}
        spec = RunSpec(
            replace(baseline, units=units, issues=issues), days=DAYS, history="own", district=name, seed=number
        )
        model = build_model(spec)
        for _ in range(DAYS):
            model.step()
        found = files_by_type(model)
        reports, total = float(model.world.tally["reports"][0]), sum(wanted.values())
        by_type = np.array([found[key] for key in wanted])
        share = np.array(list(wanted.values())) / total
        off = float(np.abs(by_type / max(1.0, by_type.sum()) - share).sum() / 2 + abs(reports / total - 1.0))
        for kind in model.district.issues:
            level = total / max(1.0, reports)
            expected = max(1e-9, by_type.sum() * wanted[kind.id] / total)
            tilt = (expected + SMOOTH) / (found[kind.id] + SMOOTH)
            rates[kind.id] = float(min(10_000.0, kind.rate * level * tilt))
        offered = model.world.units["offered"] / np.maximum(model.world.units["available"], 1e-9) / LOAD
        for unit, row, over in zip(model.district.units, model.world.units, offered, strict=True):
            staff[unit.id] = max(LEAST_POST, float(row["staff"]) * float(over))
        tried.append((dict(rates), dict(staff)))
        if announce is not None:
            announce(number + 1, model)
    assert model is not None
    rates, staff = (mean_of([one[place] for one in tried[-AVERAGED:]]) for place in (0, 1))
    found_designs = designs(model)
    return rates, {key: {"staff": posts, **found_designs[key]} for key, posts in staff.items()}, off


def mean_of(answers: list[dict[str, float]]) -> dict[str, float]:
    """Their mean, by name."""
    return {name: float(np.mean([one[name] for one in answers])) for name in answers[-1]}


def files_by_type(model: "PinganModel") -> dict[str, int]:
    """Primary files of a run by issue type."""
    w = model.world
    cases = w.used("cases")
    cases = cases[(cases["duplicate"] == 0) & (cases["opened"] >= 0.0)]
    counts = np.bincount(w.problems["issue"][cases["problem"]], minlength=len(model.district.issues))
    return {kind.id: int(count) for kind, count in zip(model.district.issues, counts, strict=True)}
