"""Rooms for a class: what groups predict, draw and try, collected on the teacher's screen.

A room lives in the server's memory only. Every browser holds its own part in its address, and joins again with it after
a lost server: so the room is whole again when its visitors are back.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another one
CODE_LENGTH = 4
MOST_ROOMS, MOST_MEMBERS = 50, 200
KEPT = 12 * 3600.0  # seconds for which a room without visitors is kept
LONGEST_NAME = 24


@dataclass(frozen=True)
class WhatIf:
    """A group's what-if: what it changed, and what came of it on a day. reported, solved: shares of files so far."""

    words: str
    reported: float
    solved: float
    day: int


@dataclass
class Room:
    """One room. key: only who has it leads the room; names, what_ifs: by member; answers, guesses: by chapter, then by
    member; found: what a chapter's runs gave, once the teacher has shown it."""

    code: str
    key: str = ""
    chapter: int = 0
    names: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    guesses: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    what_ifs: dict[str, WhatIf] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    listeners: dict[int, Callable[[], None]] = field(default_factory=dict)
    used: float = field(default_factory=time.monotonic)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def leads(self, key: str) -> bool:
        """Whether a key is that of the room's teacher; the first key that comes is."""
        with self.lock:
            self.key = self.key or key
            return bool(key) and key == self.key

    def listen(self, who: int, call: Callable[[], None]) -> None:
        """Call a visitor whenever something changes."""
        with self.lock:
            self.listeners[who] = call

    def leave(self, who: int) -> None:
        """Do not call a visitor any more; what a member said stays."""
        with self.lock:
            self.listeners.pop(who, None)
            self.used = time.monotonic()

    def join(self, member: str, name: str) -> None:
        """A member comes, or comes again. More than a room takes are not noted."""
        with self.lock:
            if member in self.names or len(self.names) < MOST_MEMBERS:
                self.names[member] = name[:LONGEST_NAME]
        self.changed()

    def answer(self, member: str, chapter: str, text: str) -> None:
        """A member's prediction."""
        self.put(self.answers.setdefault(chapter, {}), member, text)

    def guess(self, member: str, chapter: str, values: tuple[float, ...]) -> None:
        """The curve that a member has drawn."""
        self.put(self.guesses.setdefault(chapter, {}), member, values)

    def what_if(self, member: str, one: WhatIf) -> None:
        """What a member has tried; the latest counts."""
        self.put(self.what_ifs, member, one)

    def put(self, kept: dict[str, Any], member: str, what: Any) -> None:
        """Note something that a member says, unless it is known."""
        with self.lock:
            if member not in self.names or kept.get(member) == what:
                return
            kept[member] = what
        self.changed()

    def show(self, key: str, chapter: int) -> None:
        """The teacher turns to a chapter."""
        if self.leads(key) and chapter != self.chapter:
            self.chapter = chapter
            self.changed()

    def reveal(self, key: str, chapter: str, found: Any) -> None:
        """The teacher shows what a chapter's runs gave."""
        if self.leads(key):
            self.found[chapter] = found
            self.changed()

    def changed(self) -> None:
        """Tell everybody in the room."""
        with self.lock:
            self.used = time.monotonic()
            calls = list(self.listeners.values())
        for call in calls:
            call()


class Rooms:
    """The rooms of a server. Safe between threads."""

    def __init__(self) -> None:
        self.kept: dict[str, Room] = {}
        self.lock = threading.Lock()

    def enter(self, code: str) -> Room | None:
        """The room of a code; a new one where the server has none, for it may have lost it. None for what is no code,
        and when there are too many rooms."""
        if not is_code(code):
            return None
        with self.lock:
            self.forget()
            if code not in self.kept:
                if len(self.kept) >= MOST_ROOMS:
                    return None
                self.kept[code] = Room(code)
            return self.kept[code]

    def forget(self) -> None:
        """Drop rooms in which nobody has been for long."""
        now = time.monotonic()
        for code, room in list(self.kept.items()):
            if not room.listeners and now - room.used > KEPT:
                del self.kept[code]


@cache
def rooms() -> Rooms:
    """The rooms of this server."""
    return Rooms()


def new_code(length: int = CODE_LENGTH) -> str:
    """Letters that nobody can foresee: a room's code, a teacher's key, a member."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def is_code(text: str, length: int = CODE_LENGTH) -> bool:
    """Whether a text is written like a code."""
    return len(text) == length and all(letter in LETTERS for letter in text)
