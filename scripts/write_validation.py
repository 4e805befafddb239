"""Fill the figures of docs/validation.md from what the command prints; the prose outside the marked block stays as it is.

pingan validate --json | python scripts/write_validation.py
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from write_patterns_page import filled, table

PAGE = Path(__file__).parent.parent / "docs" / "validation.md"
CITIES = ("Baltimore", "New York", "Boston")
MARKS = {"holds": "agrees", "does not hold": "**does not agree**", "undecided": "undecided"}


def figures(found: Mapping[str, Any]) -> str:
    """Every statistic of the model beside the published values."""

    def rows() -> Iterator[Sequence[str]]:
        for one in found["statistics"]:
            upper = "" if one["agrees_to"] is None else f" – {one['agrees_to']:g}"
            within = f"{one['agrees_from']:g}{upper}" if upper else f"> {one['agrees_from']:g}"
            published = [one["published"].get(city, "") for city in CITIES]
            yield one["statistic"], spread(one), within, MARKS[one["verdict"]], *published

    set_to = ", ".join(f"{name} = {value}" for name, value in found["settings"].items()) or "all at the defaults"
    size = f"{found['replications']} replications of a year, {found['residents']:,} residents, seed {found['seed']}, {set_to}."
    heads = ("", "model (95 %)", "agrees within", "verdict", *CITIES)
    return f"{size}\n\n{table(heads, rows())}"


def spread(one: Mapping[str, Any]) -> str:
    """Value and interval."""
    if one["value"] is None:
        return "–"
    return f"{one['value']:.3g}" + ("" if one["low"] is None else f" [{one['low']:.3g}, {one['high']:.3g}]")


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8"), {"figures": figures(json.load(sys.stdin))}), "utf-8")
