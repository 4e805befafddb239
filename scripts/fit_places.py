"""Fit how far places let things slide in usual times, and write it into the data file.

    uv run python scripts/fit_places.py

With `places` on, more candidates than expected problems are drawn, by 1/slack, and each comes true with the slack of
the place that it falls on. So as many problems arise as the rates say where the mean slack of a kind, weighted by
size, is the `slack` of its entry. This script runs two years of the whole district at the defaults, and moves each
kind's entry to the mean of the second year, until it stays. Refit after any change of the rules of places.
"""

import re
from pathlib import Path

import numpy as np

from pingan_abm.model import PinganModel

FILE = Path(__file__).parent.parent / "pingan_abm" / "data" / "places.toml"
ROUNDS, DAYS = 4, 365


def mean_slack() -> dict[str, float]:
    """The mean slack of each kind over a warm year, weighted by the places' sizes."""
    model = PinganModel(days=2 * DAYS, warmup=0)
    kinds, sizes = model.world.places["kind"], model.world.places["weight"]
    count = len(model.district.place_kinds)
    totals = np.zeros(count)
    for _ in range(DAYS):
        model.step()
    for _ in range(DAYS):
        model.step()
        slack = model.world.places["slack"]
        totals += np.bincount(kinds, weights=sizes * slack, minlength=count) / np.bincount(kinds, weights=sizes)
    return {kind.id: float(total / DAYS) for kind, total in zip(model.district.place_kinds, totals, strict=True)}


def write(fitted: dict[str, float]) -> None:
    """Replace the numbers in the data file, kind by kind."""
    parts = re.split(r"(?m)^(?=\[)", FILE.read_text(encoding="utf-8"))
    for number, part in enumerate(parts):
        name = part.partition("]")[0].removeprefix("[places.")
        if name in fitted:
            parts[number] = re.sub(r"(?m)^slack = .*$", f"slack = {fitted[name]:.4f}", part)
    FILE.write_text("".join(parts), encoding="utf-8")


def main() -> None:
    """Fit, and write."""
    for number in range(ROUNDS):
        found = mean_slack()
        print(f"round {number + 1}: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()), flush=True)
        write(found)


if __name__ == "__main__":
    main()
