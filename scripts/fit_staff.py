"""Fit the posts of the shipped district, and write staff and design load into its table of units.

    uv run python scripts/fit_staff.py [LOAD]

Every unit gets the posts with which work offered over effective staff-days available is LOAD (0.9) in six warm
years of the whole district at the defaults, and at least one. Also written: files a day, mean work and squared
coefficient of variation of the work, from which small districts get staff for equal waits. Refit after any change to
arrivals, work, effort or units.
"""

import sys

from pingan_abm.district.folder import DATA
from pingan_abm.founding.posts_file import write_posts
from pingan_abm.model import PinganModel
from pingan_abm.posts import fit_posts

LOAD = 0.9
REPLICATIONS, ROUNDS = 6, 3  # of a year; from posts that are nearly right


def printed(number: int, model: PinganModel) -> None:
    """Print how far a round has come."""
    load, staff = model.outcomes()["load_ratio"], float(model.world.units["staff"].sum())
    print(f"round {number}: load {load:.3f} with {staff:.1f} staff-days a day", flush=True)


def main() -> None:
    """Fit, and write."""
    load = float(sys.argv[1]) if len(sys.argv) > 1 else LOAD
    write_posts(DATA, fit_posts(load, replications=REPLICATIONS, rounds=ROUNDS, announce=printed))


if __name__ == "__main__":
    main()
