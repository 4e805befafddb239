"""Does inference find what it does not know? Small synthetic districts, each with coefficients drawn from what is
thought possible; the intervals that `pingan infer --synthetic` gives for them; and how often they hold the truth.

    python scripts/recovery.py [--districts 40] [--budget 100] [--workers 2] [--json]

A 90 % interval should hold the truth in nine cases of ten: 80 to 97 % over 40 districts. The interval of that share
takes each district as one draw, since its coefficients are found or missed together.
"""

import argparse
import json
import math
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pingan_abm.study.infer.inference import infer
from pingan_abm.study.infer.posterior import told_of
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.parallel import in_order
from pingan_abm.study.run.workers import HereWorkers

STUDY = """
name = "A small synthetic district"
residents = 2000
days = 120
warmup = 0
[parameters]
problem_rate = { low = 0.2, high = 1.0 }
work_median = { low = 0.5, high = 4.0 }
report_base = { low = -3.0, high = 1.0 }
dispatch_base_accuracy = { low = 0.5, high = 1.0 }
perfunctory_base = { low = -5.0, high = 1.0 }
"""
METRICS = (
    "files_per_1000",
    "reports_per_1000",
    "days_to_close_median",
    "days_to_close_mean",
    "returns_per_dispatch",
    "perfunctory_share",
    "true_resolution_rate",
    "repeat_report_rate",
)
KEPT_BACK = ("on_time_rate", "satisfaction_rate")


@dataclass(frozen=True)
class District:
    """One synthetic district. held: whether each interval held the truth; narrower: by how much each lost of its width;
    checks: whether each piece of evidence that was kept back lay in its interval; seconds: of computing."""

    seed: int
    held: dict[str, bool]
    narrower: dict[str, float]
    checks: dict[str, bool]
    seconds: float


def small_study() -> Study:
    """The study that every district is inferred with."""
    rows = [f'[[evidence]]\nmetric = "{name}"\nvalue = 0\nsd = 1\n' for name in METRICS]
    rows += [f'[[evidence]]\nmetric = "{name}"\nvalue = 0\nsd = 1\nused = false\n' for name in KEPT_BACK]
    return parse_study(STUDY + "\n".join(rows), "recovery", "recovery", Path("."), designed=False)


def recover(asked: tuple[int, int]) -> District:
    """Infer one district. asked: its seed, and the runs to do."""
    seed, budget = asked
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        study = replace(small_study(), seed=seed)
        found = infer(study, Path(folder, "out"), HereWorkers(), budget=budget, synthetic=True)
    told = told_of(found)
    held = {one.name: one.truth is not None and one.low <= one.truth <= one.high for one in told}
    held = held or {one.name: False for one in study.ranges}  # nothing fitted: every interval missed
    return District(
        seed,
        held,
        {one.name: one.narrower for one in told},
        {one.evidence.metric: bool(one.fits) for one in found.checks if not one.evidence.used},
        time.perf_counter() - began,
    )


def coverage(districts: list[District]) -> tuple[float, float, float]:
    """Share of intervals that held the truth, with its 95 % interval over districts."""
    shares = np.array([np.mean(list(one.held.values())) for one in districts])
    mean, half = float(shares.mean()), 1.96 * float(shares.std(ddof=1)) / math.sqrt(len(shares))
    return mean, max(0.0, mean - half), min(1.0, mean + half)


def main() -> None:
    """Print coverage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=40)
    parser.add_argument("--budget", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    districts = []
    for one in in_order(recover, [(seed, asked.budget) for seed in range(asked.districts)], asked.workers):
        districts.append(one)
        sys.stderr.write(f"district {one.seed}: {sum(one.held.values())} of {len(one.held)}, {one.seconds:.0f} s\n")
        sys.stderr.flush()
    share, low, high = coverage(districts)
    names = list(districts[0].held)
    by_name = {name: float(np.mean([one.held[name] for one in districts])) for name in names}
    narrower = {name: float(np.mean([one.narrower.get(name, 0.0) for one in districts])) for name in names}
    checks = {name: float(np.mean([one.checks.get(name, False) for one in districts])) for name in KEPT_BACK}
    if asked.json:
        found = {
            "coverage": share,
            "low": low,
            "high": high,
            "by_name": by_name,
            "narrower": narrower,
            "kept_back": checks,
        }
        sys.stdout.write(json.dumps({"districts": asked.districts, "budget": asked.budget, **found}, indent=1) + "\n")
        return
    sys.stdout.write(
        f"{asked.districts} districts, {asked.budget} runs each: coverage {share:.3f} [{low:.3f}, {high:.3f}]\n"
    )
    for name in names:
        sys.stdout.write(f"  {name}: {by_name[name]:.2f}, interval narrower by {narrower[name]:.0%}\n")
    for name, value in checks.items():
        sys.stdout.write(f"  kept back, {name}: inside in {value:.2f}\n")


if __name__ == "__main__":
    main()
