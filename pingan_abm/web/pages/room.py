"""The Class page: a room that phones join by a code; predictions, drawn curves and what-ifs on the teacher's screen."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import solara

from pingan_abm.texts.i18n import translator
from pingan_abm.web.limits import SMALLER
from pingan_abm.web.pages.background import in_background
from pingan_abm.web.pages.chapters import Chapter
from pingan_abm.web.pages.chapters_elsewhere import chapters_here
from pingan_abm.web.pages.explore import Shown
from pingan_abm.web.pages.story import PAIRS, Answer, ChapterButtons, CurveToDraw, answer_names, play_chapter
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.rooms import LONGEST_NAME, Room, is_code
from pingan_abm.web.shown.qr import qr_code
from pingan_abm.web.shown.room_board import Invitation, RoomBoard, board_content
from pingan_abm.web.visitor.seat import enter_room, open_room, predict
from pingan_abm.web.visitor.session import Session

LONGEST_ADDRESS = 180  # bytes that a QR code takes


@solara.component
def RoomPage(session: Session) -> None:
    """The page: the door, a member's phone, or the teacher's screen."""
    say, seat = translator(session.language.value), session.seat
    room = seat.room
    with solara.Div(classes=["pa-narrow"]):
        if room is None or not (room.leads(seat.key) or seat.name.value):
            solara.HTML(tag="h2", unsafe_innerHTML=say("A class together"))
            Door(session)
        elif room.leads(seat.key):
            TeacherView(session, room, seat.changes.value)
        else:
            MemberView(session, room, seat.changes.value)


@solara.component
def Door(session: Session) -> None:
    """Join a room with its code and a name, or open one."""
    say = translator(session.language.value)
    code, set_code = solara.use_state(session.seat.code.value)
    name, set_name = solara.use_state("")
    ready = is_code(code.strip().upper()) and bool(name.strip())
    text = say("Everybody predicts, draws and tries on a phone; the teacher's screen collects it.")
    solara.HTML(tag="p", unsafe_innerHTML=text, classes=["pa-read"])
    with solara.Div(classes=["pa-door"]):
        solara.InputText(say("Code of the room"), value=code, on_value=set_code, continuous_update=True)
        solara.InputText(say("Name of your group"), value=name, on_value=set_name, continuous_update=True)
        solara.Button(
            say("Join"),
            on_click=partial(session.order, partial(enter_room, session, code, name[:LONGEST_NAME])),
            disabled=not ready,
            color="primary",
            attributes={"data-act": "join"},
        )
    solara.HTML(tag="p", unsafe_innerHTML=say("You teach?"), classes=["pa-note"])
    solara.Button(
        say("Open a room"),
        on_click=partial(session.order, partial(open_room, session)),
        outlined=True,
        attributes={"data-act": "open-room"},
    )


@solara.component
def MemberView(session: Session, room: Room, changes: int) -> None:
    """A phone: the teacher's question, three answers, a curve to draw, and later what the runs gave. changes: how often
    the room has changed, since what is in it is not reactive."""
    language = session.language.value
    say, chapter = translator(language), chapters_here()[min(room.chapter, len(chapters_here()) - 1)]
    found: Answer | None = room.found.get(chapter.name)
    answered = session.answers.value.get(chapter.name, "")
    title = say("Room {code} · {name}").format(code=room.code, name=session.seat.name.value)
    solara.HTML(tag="h2", unsafe_innerHTML=escaped(title))
    Question(chapter, language)
    with solara.Div(classes=["pa-play"], attributes={"role": "group", "aria-label": say("Your prediction.")}):
        for name, words in answer_names(language).items():
            solara.Button(
                words,
                on_click=partial(session.order, partial(predict, session, chapter.name, name)),
                outlined=answered != name,
                color="primary" if answered == name else None,
                disabled=found is not None,
                attributes={"data-answer": name, "aria-pressed": str(answered == name).lower()},
            )
    CurveToDraw(session, chapter, found).key(f"{chapter.name}-{found is not None}")
    told = say("Sent. The teacher shows the answer.") if answered else say("Choose an answer, and draw the curve.")
    if found is not None:
        verdict = found.verdict(chapter)
        fits = say("As you predicted.") if answered == verdict else say("Not as you predicted.")
        told = f"{fits} {answer_names(language)[verdict]}."
    solara.HTML(tag="p", unsafe_innerHTML=escaped(told), classes=["pa-answer"], attributes={"role": "status"})
    text = say("Try a what-if of your own: move levers on Explore, then press “Send to the room” there.")
    solara.HTML(tag="p", unsafe_innerHTML=text, classes=["pa-note"])


@solara.component
def Question(chapter: Chapter, language: str) -> None:
    """What a chapter asks."""
    solara.HTML(tag="h3", unsafe_innerHTML=chapter.title.of(language))
    solara.HTML(tag="p", unsafe_innerHTML=escaped(chapter.question.of(language)), classes=["pa-read"])


@solara.component
def TeacherView(session: Session, room: Room, changes: int) -> None:
    """The teacher's screen: how to join, the question, what has come, and the button that shows the answer. changes: as
    for a member."""
    language = session.language.value
    say = translator(language)
    number = min(room.chapter, len(chapters_here()) - 1)
    chapter = chapters_here()[number]

    def turn(place: int) -> None:
        session.chapter.value = place
        room.show(session.seat.key, place)
        session.order(session.write_address)

    title = say("Room {code}: {count} in it").format(code=room.code, count=len(room.names))
    solara.HTML(tag="h2", unsafe_innerHTML=title)
    InvitationView(session, room)
    ChapterButtons(number, turn, language)
    Question(chapter, language)
    Reveal(session, room, chapter, changes).key(chapter.name)
    BoardView(session, room, chapter, changes)


@solara.component
def InvitationView(session: Session, room: Room) -> None:
    """Code and QR code. The browser knows the address by which it came."""
    language = session.language.value
    say = translator(language)
    widget = solara.use_memo(Invitation, [])

    def attach() -> Callable[[], None]:
        def hear(_: object, content: dict[str, Any], __: object) -> None:
            address = str(content.get("address", ""))
            widget.rows = qr_code(address) if 0 < len(address.encode()) <= LONGEST_ADDRESS else []

        widget.on_msg(hear)
        return partial(widget.on_msg, hear, remove=True)

    def name() -> None:
        widget.words = {
            "code": room.code,
            "label": say("QR code of the room's address"),
            "how": say("Point a phone's camera at the code, or open the address and choose “Class”."),
            "local": say("Phones cannot reach 127.0.0.1: start the app with --host and this machine's address."),
        }
        widget.query = f"lang={language}&page=room&room={room.code}&residents={SMALLER}"

    solara.use_effect(attach, [])
    solara.use_effect(name, [language, room.code])
    solara.display(widget)


@solara.component
def BoardView(session: Session, room: Room, chapter: Chapter, changes: int) -> None:
    """The charts, made anew whenever the room changes."""
    language = session.language.value
    widget = solara.use_memo(RoomBoard, [])

    def fill() -> None:
        found: Answer | None = room.found.get(chapter.name)
        curves = found.curves if found is not None else None
        widget.content = board_content(room, chapter.name, answer_names(language), curves, language)

    solara.use_effect(fill, [language, chapter.name, changes])
    Shown(widget)


@solara.component
def Reveal(session: Session, room: Room, chapter: Chapter, changes: int) -> None:
    """Runs both worlds of a chapter, and shows everybody what they gave."""
    language = session.language.value
    say = translator(language)
    running, done = solara.use_reactive(False), solara.use_reactive(0)
    stop = solara.use_memo(threading.Event, [])
    found: Answer | None = room.found.get(chapter.name)

    def work() -> None:
        answer = play_chapter(chapter, session.recipe.seed, done.set, stop)
        if answer is not None:
            room.reveal(session.seat.key, chapter.name, answer)

    def run() -> None:
        stop.clear()
        done.value = 0
        in_background("a chapter", work, running)
        session.seat.revealed.value = tuple(dict.fromkeys((*session.seat.revealed.value, chapter.name)))
        session.order(session.write_address)

    def again() -> None:
        """After a lost server, what had been shown is made again."""
        if chapter.name in session.seat.revealed.value and found is None and not running.value:
            run()

    solara.use_effect(again, [])
    with solara.Div(classes=["pa-play"]):
        solara.Button(
            say("Run and show everybody"),
            on_click=run,
            disabled=running.value or found is not None,
            color="primary",
            attributes={"data-act": "reveal"},
        )
        if running.value:
            share = done.value / (2 * PAIRS)
            solara.HTML(tag="progress", attributes={"max": "1", "value": f"{share:.2f}", "aria-label": say("Progress")})
    if found is not None:
        text = answer_names(language)[found.verdict(chapter)]
        solara.HTML(tag="p", unsafe_innerHTML=f"{text}.", classes=["pa-answer"], attributes={"role": "status"})
