"""What stands in a study file, entry by entry: numbers, names, tables within tables, files beside it."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pingan_abm.texts.errors import InputErrors, sentence, shown

LONGEST_TEXT = 500


def beside(folder: Path, name: str) -> Path:
    """A file that a study names: in the study's folder or below it, and nowhere else. Raises InputErrors."""
    path = folder / name
    if "\0" not in name and len(name) <= LONGEST_TEXT and path.resolve().is_relative_to(folder.resolve()):
        return path
    raise InputErrors(
        [
            sentence(
                "{name} does not lie in the study's folder; put the file beside the study and write its name.",
                name=shown(name),
            )
        ]
    )


def is_plain(name: str) -> bool:
    """Whether a name is a parameter's, not that of an entry of the district's tables."""
    return "." not in name


def number(value: object) -> float | None:
    """A finite number as float; None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def flattened(table: Mapping[str, Any], leaf_keys: tuple[str, ...] | None = None) -> tuple[dict[str, Any], list[str]]:
    """The entries of nested tables by dotted name, and the names whose entry should be a table and is none.

    leaf_keys: a table with only such keys is a leaf; None: every entry that is no table is a leaf.
    """
    flat: dict[str, Any] = {}
    odd: list[str] = []

    def walk(prefix: str, inside: Mapping[str, Any]) -> None:
        for key, value in inside.items():
            name = f"{prefix}{key}"
            dotted = name.split(".")[0] in ("units", "issues") and name.count(".") < 2
            if isinstance(value, dict) and dotted:
                walk(f"{name}.", value)
            elif leaf_keys is None or isinstance(value, dict):
                flat[name] = value
            else:
                odd.append(name)

    walk("", table)
    return flat, odd
