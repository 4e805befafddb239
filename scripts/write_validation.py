"""Fill the figures of docs/validation.md from what the command prints; the prose outside the marked block stays as it
is.

pingan validate --residents 345000 --json > whole.json
pingan validate --json > tenth.json
python scripts/write_validation.py whole.json tenth.json
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from write_patterns_page import filled, table

PAGE = Path(__file__).parent.parent / "docs" / "validation.md"
CITIES = ("Baltimore", "New York", "Boston")
MARKS = {"holds": "agrees", "does not hold": "**does not agree**", "undecided": "undecided"}


def figures(whole: Mapping[str, Any], tenth: Mapping[str, Any]) -> str:
    """Every statistic of the model, in the whole district and in a tenth of it, beside the published values."""

    def rows() -> Iterator[Sequence[str]]:
        for one, other in zip(whole["statistics"], tenth["statistics"], strict=True):
            upper = "" if one["agrees_to"] is None else f" – {one['agrees_to']:g}"
            within = f"{one['agrees_from']:g}{upper}" if upper else f"> {one['agrees_from']:g}"
            published = [one["published"].get(city, "") for city in CITIES]
            yield (
                one["statistic"],
                within,
                spread(one),
                MARKS[one["verdict"]],
                spread(other),
                MARKS[other["verdict"]],
                *published,
            )

    heads = ("", "agrees within", "the whole district (95 %)", "verdict", "a tenth (95 %)", "verdict", *CITIES)
    return f"The whole district: {size(whole)} A tenth: {size(tenth)}\n\n{table(heads, rows())}"


def size(found: Mapping[str, Any]) -> str:
    """How many runs of which size and settings a column is of."""
    set_to = ", ".join(f"{name} = {value}" for name, value in found["settings"].items()) or "all at the defaults"
    return (
        f"{found['replications']} replications of a year, {found['residents']:,} residents, seed {found['seed']}, "
        f"{set_to}."
    )


def spread(one: Mapping[str, Any]) -> str:
    """Value and interval."""
    if one["value"] is None:
        return "–"
    return f"{one['value']:.3g}" + ("" if one["low"] is None else f" [{one['low']:.3g}, {one['high']:.3g}]")


if __name__ == "__main__":
    of_whole, of_tenth = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:])
    PAGE.write_text(filled(PAGE.read_text("utf-8"), {"figures": figures(of_whole, of_tenth)}), "utf-8")
