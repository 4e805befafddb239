"""Fill the figures of docs/central-study.md from the two sweeps of the central study, at equal posts and at equal load,
and from two comparisons: one takes its assumptions away one by one, one is of what helpers are credited with (their
commands stand on the page).

    pingan sweep experiments/funding.toml --out results/posts
    pingan sweep experiments/funding_equal_load.toml --out results/load
    pingan results results/why --out why.csv
    pingan results results/credit --out credit.csv
    python scripts/write_central_study.py results/posts results/load why.csv credit.csv

What it computed is kept in experiments/findings/funding.json. Without arguments the page is filled from what is kept.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from write_patterns_page import filled

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import figure, interval, moved
from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.analyse.intervals import Interval, mean_interval

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "central-study.md"
KEPT = ROOT / "experiments" / "findings" / "funding.json"
ROWS, COLUMNS = "funding_dependence", "accountability"
LEVELS = ("solved_share", "burden", "load_ratio")  # each a table of means, at equal posts and at equal load
#: What else pressure and dependence move, told at the ends of either.
MOVED = (
    "solved_share",
    "burden",
    "known_share",
    "hollow_share",
    "closure_gap",
    "true_resolution_rate",
    "reported_closure_rate",
    "help_rate",
    "social_settlement_share",
    "satisfaction_mean",
    "autonomy_mean",
    "load_ratio",
)
#: Arms of the comparison that takes assumptions away: their words, and the names without and with full pressure.
VARIANTS = {
    "as it stands": ("low", "high"),
    "pressure adds no records to officers' days": ("low_free", "high_free"),
    "no special information on order": ("low_orders", "high_orders"),
    "neither records nor orders": ("low_tolls", "high_tolls"),
    "no small reports made up to fill quotas": ("low_pad", "high_pad"),
    "none of the three": ("low_both", "high_both"),
    "communities hold nothing back": ("low_open", "high_open"),
    "closing on paper in the rival form": ("low_multi", "high_multi"),
    "queues alone, nobody strategic and nobody pressed (the null model)": ("low_null", "high_null"),
}
#: Arms of the comparison of what helpers are credited with.
CREDIT = {
    "only the unit that leads is credited": ("low", "high"),
    "help counts as fully": ("low_shared", "high_shared"),
}
HELPED = ("help_rate", "solved_share", "burden", "load_ratio")
WHY = ("solved_share", "known_share", "burden", "closure_gap")
type Grid = dict[tuple[float, float], np.ndarray]  # by dependence and accountability: values by replication


def grid(laid: Laid, name: str) -> Grid:
    """An outcome by point of the grid, over the replications that all points have."""
    inputs, values = laid.inputs(), laid.outcome(name)
    values = values[:, ~np.isnan(values).any(axis=0)]
    return {(float(inputs[ROWS][row]), float(inputs[COLUMNS][row])): values[row] for row in range(len(inputs))}


def ends(one: Interval | None) -> list[float | None]:
    """A mean and its ends, as they are kept."""
    return [None, None, None] if one is None else [one.mean, one.low, one.high]


def computed(laid: Laid) -> dict[str, Any]:
    """Everything that the page says of one sweep: means by point, and paired differences over the whole range of either
    lever, with how far the two act together beyond the sum of what each does."""
    found: dict[str, Any] = {"means": {}, "moved": {}}
    for name in (*LEVELS, *(one for one in MOVED if one not in LEVELS)):
        at = grid(laid, name)
        rows, columns = (sorted({key[place] for key in at}) for place in (0, 1))
        found["rows"], found["columns"], found["replications"] = rows, columns, len(at[rows[0], columns[0]])
        if name in LEVELS:
            found["means"][name] = [[ends(mean_interval(list(at[row, column]))) for column in columns] for row in rows]
        low, high, least, most = rows[0], rows[-1], columns[0], columns[-1]
        usual = 0.7
        found["moved"][name] = {
            "pressure": ends(mean_interval(list(at[usual, most] - at[usual, least]))),
            "pressure, little dependence": ends(mean_interval(list(at[low, most] - at[low, least]))),
            "dependence": ends(mean_interval(list(at[high, 0.5] - at[low, 0.5]))),
            "dependence, full pressure": ends(mean_interval(list(at[high, most] - at[low, most]))),
            "together": ends(mean_interval(list(at[high, most] - at[high, least] - at[low, most] + at[low, least]))),
        }
    return found


def under_pressure(runs: pd.DataFrame, variants: Mapping[str, tuple[str, str]], names: Sequence[str]) -> dict[str, Any]:
    """What full pressure changes in each variant, paired."""
    at = {label: rows.set_index("replication").sort_index() for label, rows in runs.groupby("label")}
    return {
        "replications": int(runs["replication"].nunique()),
        "moved": {
            words: {name: ends(mean_interval(list(at[high][name] - at[low][name]))) for name in names}
            for words, (low, high) in variants.items()
        },
    }


def means_table(name: str, kept: Mapping[str, Any]) -> list[str]:
    """A table of means, each cell at equal posts and at equal load."""
    unit, columns = OUTCOMES[name].unit, kept["posts"]["columns"]
    lines = [
        "",
        f"**{OUTCOMES[name].label('en')}**, at equal posts ({kept['posts']['replications']} replications) / "
        f"at equal load ({kept['load']['replications']}):",
        "",
        "| dependence \\ accountability | " + " | ".join(f"{one:g}" for one in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for place, row in enumerate(kept["posts"]["rows"]):
        cells = [
            " / ".join(figure(kept[sweep]["means"][name][place][column][0], unit, "en") for sweep in ("posts", "load"))
            for column in range(len(columns))
        ]
        lines.append(f"| {row:g} | " + " | ".join(cells) + " |")
    return lines


def shown(found: Sequence[float | None], unit: str) -> str:
    """A difference with its interval."""
    mean, low, high = found
    return f"{moved(mean, unit)} {interval(low, high, unit, 'en')}"


def moved_table(kept: Mapping[str, Any], what: Sequence[str], heads: Sequence[str]) -> list[str]:
    """A table of differences, one row an outcome; of shares in points."""
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name in MOVED:
        label, unit = OUTCOMES[name].label("en"), OUTCOMES[name].unit
        cells = [shown(kept[sweep]["moved"][name][one], unit) for one in what for sweep in ("posts", "load")]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return lines


def pressure_table(kept: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """A table of what full pressure changes, one row a variant."""
    heads = [OUTCOMES[name].label("en") for name in names]
    first = f"full pressure less none, {kept['replications']} replications"
    lines = [f"| {first} | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for words, found in kept["moved"].items():
        cells = [shown(found[name], OUTCOMES[name].unit) for name in names]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return lines


def blocks(kept: Mapping[str, Any]) -> dict[str, str]:
    """The generated parts of the page."""
    levels = [line for name in LEVELS for line in means_table(name, kept)][1:]
    return {
        "levels": "\n".join(levels) + "\n",
        "pressure": "\n".join(
            moved_table(
                kept,
                ("pressure", "pressure, little dependence"),
                ("dependence 0.7, equal posts", "equal load", "dependence 0.1, equal posts", "equal load"),
            )
        )
        + "\n",
        "dependence": "\n".join(
            moved_table(
                kept,
                ("dependence", "dependence, full pressure"),
                ("accountability 0.5, equal posts", "equal load", "accountability 1, equal posts", "equal load"),
            )
        )
        + "\n",
        "why": "\n".join(pressure_table(kept["why"], WHY)) + "\n",
        "credit": "\n".join(pressure_table(kept["credit"], HELPED)) + "\n",
        "together": "\n".join(moved_table(kept, ("together",), ("equal posts", "equal load"))) + "\n",
    }


def main(given: Sequence[str]) -> None:
    """Compute what the folders and the table hold, or take what is kept; then fill the page."""
    if given:
        posts, load, why, credit = given
        kept = {"posts": computed(lay_out(Path(posts))), "load": computed(lay_out(Path(load)))}
        kept["why"] = under_pressure(pd.read_csv(why), VARIANTS, WHY)
        kept["credit"] = under_pressure(pd.read_csv(credit), CREDIT, HELPED)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    kept = json.loads(KEPT.read_text("utf-8"))
    PAGE.write_text(filled(PAGE.read_text("utf-8"), blocks(kept)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
