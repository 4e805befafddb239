"""The canvas of the district alive: its widget, and which events it has been sent."""

from typing import TYPE_CHECKING

import anywidget
import numpy as np
import traitlets

from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.live_flow import Tone, flow_plan, flow_state, framed, moves_between, nodes_of, tone_names
from pingan_abm.web.shown.widgets import script, synced

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel


class FlowCanvas(anywidget.AnyWidget):  # type: ignore[misc]
    """Every case a dot. frame: five float64 (first day, last day, k, number of the frame, whether the picture is wiped
    first), then MOVE rows; state: as `live_flow.flow_state` makes it; followed: the problem whose dot is marked."""

    _esm = script("live")
    plan = synced(traitlets.Dict())
    words = synced(traitlets.Dict())
    frame = synced(traitlets.Bytes())
    state = synced(traitlets.Bytes())
    chosen = synced(traitlets.Unicode(""))
    followed = synced(traitlets.Int(-1))


class FlowPicture:
    """Sends what has happened since the frame before."""

    def __init__(self) -> None:
        self.widget = FlowCanvas()
        self.language = "en"
        self.sent, self.day, self.number = 0, 0, 0  # rows of the log, the day, frames

    def adopt(self, model: "PinganModel") -> None:
        """Begin with another model: what was before is not drawn."""
        self.sent, self.day = int(model.world.tally[0].events), model.day
        self.send(b"", 1, model.day, wipe=True)

    def name(self, model: "PinganModel", language: str) -> None:
        """Write every name in a language."""
        say, self.language = translator(language), language
        self.widget.plan = flow_plan(model, language)
        self.widget.words = {
            "title": say("The district alive"),
            "tones": [tone_names(say)[tone] for tone in Tone],
            "thinned": say("one case in {k} is drawn"),
            "still": say("Movement is off in your system's settings: the picture shows the state of the day."),
            "queue": say("files in the queue:"),
            "paper": say("closed on paper:"),
            "there": say("problems there now:"),
            "society": say("Society"),
            "case": say("case {number}"),
            "place": say("a place that has caused {count} problems"),
        }

    def paint(self, model: "PinganModel", *, state: bool) -> None:
        """Send the moves since the last frame; after a step back, the last day's."""
        count, day = int(model.world.tally[0].events), model.day
        if len(self.widget.plan["nodes"]) != nodes_of(model).count:
            self.widget.plan = flow_plan(model, self.language)  # an organisation was founded
        if day < self.day or count < self.sent:
            self.sent, self.day = count, day
            self.send(b"", 1, day, wipe=True)
        elif day > self.day:
            moves, k = framed(moves_between(model, self.sent, count), float(self.day), float(day))
            self.send(moves, k, day, wipe=False)
            self.sent, self.day = count, day
        if state:
            self.widget.state = flow_state(model)

    def send(self, moves: bytes, k: int, day: int, *, wipe: bool) -> None:
        """Send a frame."""
        self.number += 1
        head = np.array([self.day, day, k, self.number, wipe], np.float64)
        self.widget.frame = head.tobytes() + moves
