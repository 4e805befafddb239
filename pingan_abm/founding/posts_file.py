"""Fitted posts, written into the table of units of a folder, TOML or CSV, which otherwise stays as it is written."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from pingan_abm.files.atomic import write_bytes

type Fitted = Mapping[str, Mapping[str, float]]


def write_posts(folder: Path, fitted: Fitted) -> Path:
    """Replace or add the numbers of every unit, and return the file."""
    path = folder / "units.toml"
    if path.is_file():
        write_bytes(path, in_toml(path.read_text("utf-8"), fitted).encode())
        return path
    path = folder / "units.csv"
    write_bytes(path, in_csv(path.read_text("utf-8-sig"), fitted).encode())
    return path


def in_toml(text: str, fitted: Fitted) -> str:
    """The text of a units.toml with other numbers."""
    parts = re.split(r"(?m)^(?=\[)", text)
    for number, part in enumerate(parts):
        name = part.partition("]")[0].removeprefix("[units.").strip("\"'")
        for key, value in fitted.get(name, {}).items():
            there = re.compile(rf"(?m)^{key}(\s*)=(\s*)[0-9.eE_+-]+")
            if there.search(part):
                part = there.sub(rf"{key}\1=\g<2>{value:.4g}", part)
            else:
                part = part.rstrip() + f"\n{key} = {value:.4g}\n\n"
        parts[number] = part
    return "".join(parts)


def in_csv(text: str, fitted: Fitted) -> str:
    """The text of a units.csv with other numbers."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    header = list(rows[0]) if rows else []
    header += [key for key in next(iter(fitted.values()), {}) if key not in header]
    out = io.StringIO()
    writer = csv.DictWriter(out, header, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, **{key: f"{value:.4g}" for key, value in fitted.get(row.get("id", ""), {}).items()}})
    return out.getvalue()
