"""Fit the units' staff: run 240 days at the defaults, three times, and write staff and design load into the data file.

    uv run python scripts/fit_staff.py

Staff of a unit = mean staff-days spent a day after day 60 / (default effort factor × 0.88), at least 1. Also written:
files a day, mean work and squared coefficient of variation of the work, from which small districts get staff for equal
waits. Refit after any change to arrivals, work or units.
"""

import re
from pathlib import Path

import numpy as np

from pingan_abm.model import PinganModel
from pingan_abm.world.build import default_effort

FILE = Path(__file__).parent.parent / "pingan_abm" / "data" / "units.toml"
DAYS, SETTLED, BUSY, ROUNDS = 240, 60, 0.88, 3


def measure() -> list[dict[str, float]]:
    """One run: what each unit spent, and the files it worked on, after day 60."""
    model = PinganModel(days=DAYS)
    for _ in range(SETTLED):
        model.step()
    before = model.world.units["spent"].copy()
    for _ in range(DAYS - SETTLED):
        model.step()
    spent = (model.world.units["spent"] - before) / (DAYS - SETTLED)
    rows = model.world.used("assignments")
    worked = rows[(rows["begun"] >= SETTLED) & (rows["work"] > 0.05)]
    fitted = []
    for number, unit in enumerate(model.district.units):
        work = worked["work"][worked["unit"] == number]
        mean = float(work.mean()) if len(work) else 0.0
        fitted.append(
            {
                "staff": max(1.0, float(spent[number]) / default_effort(unit.kind) / BUSY),
                "design_files_per_day": len(work) / (DAYS - SETTLED),
                "design_work_mean": mean,
                "design_work_cv2": float(work.var() / mean**2) if mean > 0 else 0.0,
            }
        )
        print(f"{unit.id:22s} staff {fitted[-1]['staff']:7.2f}  files a day {fitted[-1]['design_files_per_day']:6.2f}")
    return fitted


def write(fitted: list[dict[str, float]]) -> None:
    """Replace the numbers in the data file, unit by unit in its order."""
    parts = re.split(r"(?m)^(?=\[)", FILE.read_text(encoding="utf-8"))
    tables = [number for number, part in enumerate(parts) if re.search(r"(?m)^staff\s*=", part)]
    for number, values in zip(tables, fitted, strict=True):
        for key, value in values.items():
            parts[number] = re.sub(rf"(?m)^{key}(\s*)=(\s*)[0-9.eE+-]+", rf"{key}\1=\g<2>{value:.4g}", parts[number])
    FILE.write_text("".join(parts), encoding="utf-8")


def main() -> None:
    """Three rounds, each from the staff of the one before."""
    for round_ in range(ROUNDS):
        print(f"round {round_ + 1}")
        write(measure())
        from pingan_abm.district import district

        for cached in vars(district).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
    print(f"total staff: {np.sum([unit.staff for unit in district.load_district().units]):.1f} staff-days a day")


if __name__ == "__main__":
    main()
