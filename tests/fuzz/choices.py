"""Choices made from bytes: the same bytes, the same choices. So what draws the bytes (Hypothesis, or a coverage-guided
fuzzer that keeps those which reach new code) decides what a target tries, and any finding can be repeated from its
bytes."""

import copy
import re
from collections.abc import Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")

TOKEN = re.compile(r"\s+|\"[^\"\n]*\"|[\w.+-]+|.", re.DOTALL)
#: What people and attackers write where something else was meant.
ODD = (
    "",
    "none",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "0.5",
    "1e308",
    "1e999",
    "-0.0",
    "nan",
    "inf",
    "9" * 40,
    "0x10",
    "1_000",
    "2014-05-01",
    "2014-02-30",
    "0001-01-01",
    "9999-12-31",
    "2014-05-01T10:00:00Z",
    '""',
    '"x"',
    '"=1+1"',
    '"@SUM(A1)"',
    '"\\u0000"',
    '"中文"',
    "'''",
    '"""',
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "[]",
    "{}",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\x00",
    "\ufeff",
    "\u2028",
    "😀",
    "..",
    '"../../../../etc/passwd"',
    '"/etc/passwd"',
    '"..\\\\x.toml"',
    '"/dev/zero"',
    '"x.toml"',
    "a" * 300,
    "[[[[[[[[",
    "{a={a={a={a=1}}}}",
)


class Choices:
    """A sequence of choices; when the bytes are used up every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def below(self, count: int) -> int:
        """A whole number from 0, less than `count`."""
        width = 1 if count <= 256 else 2
        taken = self._data[self._at : self._at + width]
        self._at += width
        return int.from_bytes(taken, "little") % max(1, count)

    def of(self, items: Sequence[Item]) -> Item:
        """One of several."""
        return items[self.below(len(items))]

    def rest(self) -> bytes:
        """All bytes that are left."""
        rest, self._at = self._data[self._at :], len(self._data)
        return rest

    def text(self, words: Sequence[str]) -> str:
        """A word: one of those that mean something, an odd one, or any few letters."""
        kind = self.below(8)
        if kind < 5:
            return self.of(words)
        if kind < 7:
            return self.of(ODD)
        length = self.below(12)
        return bytes(self.below(256) for _ in range(length)).decode("utf-8", "replace")


def edited(choices: Choices, text: str, words: Sequence[str]) -> str:
    """A text with up to eight of its tokens replaced, left out, doubled or followed by another."""
    tokens = TOKEN.findall(text)
    for _ in range(1 + choices.below(8)):
        if not tokens:
            break
        place, act = choices.below(len(tokens)), choices.below(4)
        if act == 0:
            tokens[place] = choices.text(words)
        elif act == 1:
            del tokens[place]
        elif act == 2:
            tokens.insert(place, tokens[choices.below(len(tokens))])
        else:
            tokens.insert(place + 1, choices.text(words))
    return "".join(tokens)


VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1,
    2**70,
    0.5,
    1e308,
    "",
    "x",
    "2014-01-01",
    "../..",
    "=1",
    [],
    {},
    [None],
    [[1]],
    {"a": 1},
    ["x"],
    {"": None},
)


def edited_tree(choices: Choices, tree: Any) -> Any:
    """A JSON document with up to four of its values replaced, or keys left out."""
    for _ in range(1 + choices.below(4)):
        holder, key = tree, None
        while isinstance(holder, dict | list) and holder:
            key = choices.of(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if not (isinstance(holder[key], dict | list) and holder[key]) or choices.below(4) == 0:
                break
            holder = holder[key]
        if key is None:
            return copy.deepcopy(choices.of(VALUES))
        if choices.below(5) == 0:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(choices.of(VALUES))
    return tree
