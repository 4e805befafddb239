"""The teacher's screen of a room: who is there, what was predicted and drawn, and what the groups tried, on one chart
each."""

import math
from typing import Any

import anywidget
import traitlets

from pingan_abm.texts.i18n import translator
from pingan_abm.web.rooms import Room
from pingan_abm.web.shown.formatter import per_cent
from pingan_abm.web.shown.widgets import script, synced

MOST_POINTS = 122  # values of a curve that are sent


class Invitation(anywidget.AnyWidget):  # type: ignore[misc]
    """The room's code and QR code. rows: of the QR code, "1" for dark; the page sends its own address, from which the
    code is made. words: {code, how, local}"""

    _esm = script("invitation")
    rows = synced(traitlets.List())
    words = synced(traitlets.Dict())
    query = synced(traitlets.Unicode(""))


class RoomBoard(anywidget.AnyWidget):  # type: ignore[misc]
    """The charts. content: as `board_content` makes it."""

    _esm = script("room_board")
    content = synced(traitlets.Dict())


def board_content(room: Room, chapter: str, answers: dict[str, str], curves: Any, language: str) -> dict[str, Any]:
    """Content of the board. answers: names of the possible predictions; curves: what the runs gave, as two arrays of
    shares, or None as long as it is not shown."""
    say = translator(language)
    given, drawn = room.answers.get(chapter, {}), room.guesses.get(chapter, {})
    tried = [
        {
            "name": room.names.get(member, ""),
            "words": one.words,
            "reported": one.reported,
            "solved": one.solved,
            "texts": [per_cent(one.reported), per_cent(one.solved)],
        }
        for member, one in room.what_ifs.items()
        if math.isfinite(one.reported) and math.isfinite(one.solved)
    ]
    first, second = ([], []) if curves is None else (thinned(curve) for curve in curves)
    return {
        "bars": [[answers[name], sum(text == name for text in given.values())] for name in answers],
        "curves": [[None if math.isnan(value) else value for value in curve] for curve in drawn.values()],
        "first": first,
        "second": second,
        "tried": tried,
        "words": {
            "bars": say("Predictions: {count}").format(count=len(given)),
            "curves": say("Drawn curves: {count}").format(count=len(drawn)),
            "tried": say("What the groups tried: {count}").format(count=len(tried)),
            "empty": say("Nothing yet."),
            "year": say("the year"),
            "mean": say("mean of the class"),
            "reported": say("reported closed"),
            "solved": say("really solved"),
            "group": say("Group"),
            "changed": say("What it changed"),
            "equal": say("equal"),
        },
    }


def thinned(curve: Any) -> list[float | None]:
    """A curve with fewer points."""
    step = max(1, math.ceil(len(curve) / MOST_POINTS))
    return [None if math.isnan(value) else round(float(value), 4) for value in curve[::step]]
