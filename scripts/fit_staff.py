"""Fit the units' posts and write staff and design load into the data file.

    uv run python scripts/fit_staff.py [LOAD]

Every unit gets the posts with which work offered over effective staff-days available is LOAD (0.9) in a warm year of
the whole district at the defaults, and at least one. Also written: files a day, mean work and squared coefficient of
variation of the work, from which small districts get staff for equal waits. Refit after any change to arrivals, work,
effort or units.
"""

import re
import sys
from pathlib import Path

from pingan_abm.model import PinganModel
from pingan_abm.posts import fit_posts

FILE = Path(__file__).parent.parent / "pingan_abm" / "data" / "units.toml"
LOAD = 0.9


def write(fitted: dict[str, dict[str, float]]) -> None:
    """Replace the numbers in the data file, unit by unit."""
    parts = re.split(r"(?m)^(?=\[)", FILE.read_text(encoding="utf-8"))
    for number, part in enumerate(parts):
        for key, value in fitted.get(part.partition("]")[0].removeprefix("[units."), {}).items():
            part = re.sub(rf"(?m)^{key}(\s*)=(\s*)[0-9.eE+-]+", rf"{key}\1=\g<2>{value:.4g}", part)
        parts[number] = part
    FILE.write_text("".join(parts), encoding="utf-8")


def printed(number: int, model: PinganModel) -> None:
    """Print how far a round has come."""
    load, staff = model.outcomes()["load_ratio"], float(model.world.units["staff"].sum())
    print(f"round {number}: load {load:.3f} with {staff:.1f} staff-days a day", flush=True)


def main() -> None:
    """Fit, and write."""
    write(fit_posts(float(sys.argv[1]) if len(sys.argv) > 1 else LOAD, announce=printed))


if __name__ == "__main__":
    main()
