"""Finding the line of a TOML file where a table or key is written, for messages."""

import re
from collections.abc import Sequence

from pingan_abm.scenarios.parts import (
    Where,
)
from pingan_abm.texts.errors import LISTED, listed, sentence


def first_line(located: tuple[Sequence[int], Where, str]) -> int:
    """The first of the lines of a complaint, by which complaints are put in order; 0 for those that have none."""
    return min(located[0], default=0)


def at_lines(source: str, lines: Sequence[int]) -> str:
    """A file with the lines that a message is about; only the first ones if they are many."""
    return (
        sentence("{source}, line {line}", source=source, line=listed([str(line) for line in lines]))
        if lines
        else source
    )


def lines_of(lines: list[str], where: Where) -> list[int]:
    """The lines (from 1) where a place of the file is written, one for each of its keys, each line once."""
    keys = (where.key, *where.others)[: LISTED + 1]  # no more than are listed
    found = [line_of(lines, where._replace(key=key, others=())) for key in keys]
    return sorted({line for line in found if line})


def line_of(lines: list[str], where: Where) -> int | None:
    """The line (from 1) where a place of the file is written, as near as a search for its table and key can find it."""
    first, end = 0, len(lines)
    if where.number >= 0:
        heads = [i for i, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(where.table)}\s*\]\]", line)]
        if where.number >= len(heads):
            return None
        first = heads[where.number]
        own = re.compile(
            rf"\s*\[\s*{re.escape(where.table)}\s*\."
        )  # a table inside the entry, as [problems.documented]
        end = next(
            (i for i in range(first + 1, end) if lines[i].lstrip().startswith("[") and not own.match(lines[i])), end
        )
    names = [*([where.table] if where.number < 0 and where.table else []), *where.key.split(".")]
    for name in filter(None, names):
        found = _written_at(lines, name, first, end)
        if found is None:
            break
        first = found
    else:
        return first + 1
    return first + 1 if first or where.number >= 0 else None


def _written_at(lines: list[str], name: str, first: int, end: int) -> int | None:
    """The first of some lines that has a name in quotes as a key, else as a key or in a heading, else at all."""
    word = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    for pattern in (rf"""["']{re.escape(name)}["']\s*=""", rf"""{word}["']?\s*(=|\]|\.\s*["'\w])""", word):
        seen = re.compile(pattern)
        for i in range(first, end):
            if seen.search(lines[i].split("#")[0]):
                return i
    return None
