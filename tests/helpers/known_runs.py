"""Stand-ins for `run_one` with known results, known by their module so that worker processes find them."""

from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.runs import RunResult, RunSpec

ANGLES = ("funding_dependence", "accountability", "satisfaction_weight")  # each from 0 to 1, standing for −π to π
NOISE = 2.0  # standard deviation between replications


def result(spec: RunSpec, value: float) -> RunResult:
    """A run with one outcome."""
    return RunResult("", spec, {"closure_gap": value}, {}, None, 0.001)


def ishigami(spec: RunSpec, **keep: Any) -> RunResult:
    """Ishigami & Homma (1990) with a = 7, b = 0.1."""
    x = [-np.pi + 2.0 * np.pi * float(str(spec.settings[name])) for name in ANGLES]
    return result(spec, float(np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])))


def noisy_ishigami(spec: RunSpec, **keep: Any) -> RunResult:
    """The same with noise that differs between points and replications."""
    plain = ishigami(spec).outcomes["closure_gap"] or 0.0
    draws = np.random.default_rng(
        [spec.replication, *(int(float(str(spec.settings[name])) * 2**40) for name in ANGLES)]
    )
    return result(spec, plain + NOISE * float(draws.normal()))


def sum_of_settings(spec: RunSpec, **keep: Any) -> RunResult:
    """Accountability, twice the dependence, one for another scenario, and a tenth of the replication, the same for all
    points."""
    value = float(str(spec.settings["accountability"])) + 2.0 * float(str(spec.settings["funding_dependence"]))
    return result(spec, value + (spec.scenario.name != "pingan365") + 0.1 * spec.replication)


def fails_until_mended(spec: RunSpec, **keep: Any) -> RunResult:
    """Fails at replication 1 until a file lies beside the records file; writes down every run in another."""
    assert spec.incidents is not None
    beside = Path(spec.incidents)
    with beside.with_suffix(".log").open("a") as log:
        log.write(f"{spec.settings['accountability']} {spec.replication}\n")
    if spec.replication == 1 and not beside.with_suffix(".mended").exists():
        raise ZeroDivisionError("nothing to divide by")
    return result(spec, 1.0)
