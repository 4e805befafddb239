"""What a list of names is made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One name of a topic. facts: what is printed under its label, by a key that stays the same in every language."""

    name: str
    label: str
    facts: Mapping[str, str]

    def holds(self, word: str) -> bool:
        """Whether a word, in any case, occurs in it."""
        return word.casefold() in " ".join((self.name, self.label, *self.facts.values())).casefold()

    def row(self) -> dict[str, Any]:
        """As JSON."""
        return {"name": self.name, "label": self.label, **self.facts}


@dataclass(frozen=True)
class Topic:
    """Something that there are several of. words: names of its facts in a language, by their keys."""

    entries: Callable[[str], Iterator[Entry]]
    words: Callable[[str], Mapping[str, str]]
    remark: Callable[[str], str]  # printed at the end
