"""A visitor's seat in a room: as a member with a name, or as the teacher with the key."""

from functools import partial
from typing import TYPE_CHECKING

import solara

from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.report.numbers import Labels
from pingan_abm.web.rooms import LONGEST_NAME, Room, WhatIf, is_code, new_code, rooms
from pingan_abm.web.shown.figures import PAIR

if TYPE_CHECKING:
    from pingan_abm.web.visitor.session import Session

MEMBER_LENGTH, KEY_LENGTH = 6, 8
STEPS = 24  # of a drawn curve
NOTHING = "-"  # a step that was not drawn


class Seat:
    """Where a visitor sits. Reactive values are for the page to read: code of the room, name, and how often the room
    has changed. member: who she is among the members; key: a teacher's."""

    def __init__(self) -> None:
        self.code, self.name = solara.reactive(""), solara.reactive("")
        self.changes = solara.reactive(0)
        self.member = self.key = ""
        self.revealed: solara.Reactive[tuple[str, ...]] = solara.reactive(())

    @property
    def room(self) -> Room | None:
        """The room, if she sits in one."""
        return rooms().enter(self.code.value) if self.code.value else None

    def leads(self) -> bool:
        """Whether she is the teacher."""
        room = self.room
        return room is not None and room.leads(self.key)

    def written(self) -> tuple[str, str]:
        """What stands in the address: the room, and who sits there."""
        if not self.code.value:
            return "", ""
        return self.code.value, f"{self.key}!" if self.key else f"{self.member}:{self.name.value}"

    def read(self, code: str, who: str) -> None:
        """Take what stands in an address."""
        if not is_code(code):
            return
        self.code.value = code
        if who.endswith("!") and is_code(who[:-1], KEY_LENGTH):
            self.key = who[:-1]
            return
        member, _, name = who.partition(":")
        if is_code(member, MEMBER_LENGTH) and name:
            self.member, self.name.value = member, name[:LONGEST_NAME]


def sit_down(session: "Session") -> None:
    """Enter the room, say again what was said, and hear of what changes. In the session's thread."""
    seat = session.seat
    room = seat.room
    if room is None:
        return
    room.listen(id(session), partial(session.order, partial(hear, session)))
    if seat.key and not room.leads(seat.key):
        seat.key = ""  # another leads this room
    if seat.key:
        room.show(seat.key, session.chapter.value)
    elif seat.member:
        room.join(seat.member, seat.name.value)
        for chapter, text in session.answers.value.items():
            room.answer(seat.member, chapter, text)
        for chapter, text in session.guesses.value.items():
            room.guess(seat.member, chapter, read_curve(text))
    hear(session)


def stand_up(session: "Session") -> None:
    """Hear no more of the room."""
    room = session.seat.room
    if room is not None:
        room.leave(id(session))


def hear(session: "Session") -> None:
    """The room has changed: the page shows it, and turns to the teacher's chapter."""
    seat = session.seat
    room = seat.room
    if room is None:
        return
    if not seat.key:
        session.chapter.value = room.chapter
    seat.changes.value += 1


def open_room(session: "Session") -> None:
    """A new room, led by this visitor. In the session's thread."""
    session.seat.key, session.seat.code.value = new_code(KEY_LENGTH), new_code()
    sit_down(session)
    session.write_address()


def enter_room(session: "Session", code: str, name: str) -> None:
    """Sit down as a member. In the session's thread."""
    seat = session.seat
    seat.member, seat.name.value = seat.member or new_code(MEMBER_LENGTH), name.strip()[:LONGEST_NAME]
    seat.code.value = code.strip().upper()
    sit_down(session)
    session.write_address()


def predict(session: "Session", chapter: str, text: str) -> None:
    """A prediction: kept in the address, and told to the room. In the session's thread."""
    session.answers.value = session.answers.value | {chapter: text}
    room = session.seat.room
    if room is not None:
        room.answer(session.seat.member, chapter, text)
    session.write_address()


def draw_curve(session: "Session", chapter: str, values: list[float | None]) -> None:
    """A drawn curve: kept in the address, and told to the room. In the session's thread."""
    text = written_curve(values)
    session.guesses.value = session.guesses.value | {chapter: text}
    room = session.seat.room
    if room is not None:
        room.guess(session.seat.member, chapter, read_curve(text))
    session.write_address()


def send_what_if(session: "Session") -> None:
    """Live to the last day, and put what came of it on the teacher's screen. In the session's thread."""
    seat = session.seat
    room = seat.room
    if room is None:
        return
    model, _ = session.ready()  # with what is set now
    session.go_to(model.days)
    reported, solved = (float(INDICATORS[name].function(model)[-1]) for name in PAIR)
    labels = Labels(session.language.value)
    moved = [labels.settings({move.name: move.value}) for move in session.recipe.moves]
    title = session.recipe.scenario.title.get(session.language.value, session.recipe.scenario.name)
    words = " · ".join([title, *moved])
    room.what_if(seat.member, WhatIf(words, reported, solved, model.day))


def written_curve(values: list[float | None]) -> str:
    """A curve as it stands in an address: whole per cent, joined by dots."""
    steps = [*values, *([None] * STEPS)][:STEPS]
    return ".".join(NOTHING if one is None else str(round(100 * min(1.0, max(0.0, one)))) for one in steps)


def read_curve(text: str) -> tuple[float, ...]:
    """The curve that stands in an address: shares, not-a-number where nothing was drawn."""
    parts = text.split(".")[:STEPS]
    return tuple(
        min(100, int(one)) / 100 if one.isascii() and one.isdecimal() and len(one) < 4 else float("nan")
        for one in parts
    )
