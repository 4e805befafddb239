"""The page's own widgets: each a few traits here, and a script of its own in `js/`."""

from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets

SCRIPTS = Path(__file__).parents[1] / "js"


@cache
def script(name: str) -> str:
    """A widget's script, with what all of them share in front."""
    return (SCRIPTS / "common.js").read_text("utf-8") + (SCRIPTS / f"{name}.js").read_text("utf-8")


def synced(kind: Any) -> Any:
    """A trait that the browser has too."""
    return kind.tag(sync=True)


class Map(anywidget.AnyWidget):  # type: ignore[misc]
    """The schematic map. values: float32 bytes, one a community; a frame is drawn when `seen` has caught up with
    `sent`."""

    _esm = script("map")
    plan = synced(traitlets.Dict())
    look = synced(traitlets.Dict())
    values = synced(traitlets.Bytes())
    language = synced(traitlets.Unicode("en"))
    chosen = synced(traitlets.Int(-1))
    sent = synced(traitlets.Int(0))
    seen = 0


class Network(anywidget.AnyWidget):  # type: ignore[misc]
    """The institutions. state: float32 bytes as `institution_map.network_state` makes them."""

    _esm = script("network")
    plan = synced(traitlets.Dict())
    state = synced(traitlets.Bytes())
    words = synced(traitlets.Dict())
    language = synced(traitlets.Unicode("en"))
    chosen = synced(traitlets.Unicode(""))


class Clock(anywidget.AnyWidget):  # type: ignore[misc]
    """The date, and how far the run is."""

    _esm = script("clock")
    content = synced(traitlets.Dict())


class Board(anywidget.AnyWidget):  # type: ignore[misc]
    """The cards."""

    _esm = script("board")
    content = synced(traitlets.Dict())


class Ticker(anywidget.AnyWidget):  # type: ignore[misc]
    """Today's events in words."""

    _esm = script("ticker")
    content = synced(traitlets.Dict())


class Levers(anywidget.AnyWidget):  # type: ignore[misc]
    """The lever panel. renewed: counts how often it was filled, so that a control that was moved in vain goes back."""

    _esm = script("levers")
    renewed = synced(traitlets.Int(0))
    spec = synced(traitlets.Dict())
    values = synced(traitlets.Dict())
    standard = synced(traitlets.Dict())


class Sheet(anywidget.AnyWidget):  # type: ignore[misc]
    """Facts, small charts and tables. opened: counts how often it was opened; each time it takes the focus and comes
    into sight."""

    _esm = script("sheet")
    content = synced(traitlets.Dict())
    opened = synced(traitlets.Int(0))


class LineChart(anywidget.AnyWidget):  # type: ignore[misc]
    """Two lines over the days. first, second: float32 bytes, one value a day so far; ghost_first, ghost_second: those
    of the run before the first change."""

    _esm = script("lines")
    ghost_first = synced(traitlets.Bytes())
    ghost_second = synced(traitlets.Bytes())
    look = synced(traitlets.Dict())
    first = synced(traitlets.Bytes())
    second = synced(traitlets.Bytes())


class Estimate(anywidget.AnyWidget):  # type: ignore[misc]
    """What an emulator tells while a lever is dragged. file: as `emulator_file.document` makes it; names: of what it
    tells, by name; usual: the settings that it is compared with; unusable: why there is no estimate, "" if there is;
    over: counts how often the exact run has taken its place."""

    _esm = script("estimate")
    file = synced(traitlets.Dict())
    names = synced(traitlets.Dict())
    words = synced(traitlets.Dict())
    usual = synced(traitlets.Dict())
    unusable = synced(traitlets.Unicode(""))
    over = synced(traitlets.Int(0))


class FlowDiagram(anywidget.AnyWidget):  # type: ignore[misc]
    """The Sankey diagram. values: float32 bytes, one a link of the plan."""

    _esm = script("flows")
    plan = synced(traitlets.Dict())
    look = synced(traitlets.Dict())
    values = synced(traitlets.Bytes())


class FunnelDiagram(anywidget.AnyWidget):  # type: ignore[misc]
    """The funnel of all problems. values: float32 bytes: arisen, known, worked on, recorded, solved, hollow."""

    _esm = script("funnel")
    colours = synced(traitlets.List())
    look = synced(traitlets.Dict())
    values = synced(traitlets.Bytes())


class Choice(anywidget.AnyWidget):  # type: ignore[misc]
    """A labelled list to choose from."""

    _esm = script("choice")
    content = synced(traitlets.Dict())
    value = synced(traitlets.Unicode(""))


class Shell(anywidget.AnyWidget):  # type: ignore[misc]
    """Language, title and address of the document; what is put into `copy` goes to the clipboard as a link. place: what
    Back returns to: another place makes a new entry in the browser's history, the same one renews its address. words:
    what is said when the server is lost."""

    _esm = script("shell")
    language = synced(traitlets.Unicode("en"))
    title = synced(traitlets.Unicode(""))
    place = synced(traitlets.Unicode(""))
    words = synced(traitlets.Dict())
    query = synced(traitlets.Unicode(""))
    copy = synced(traitlets.Unicode(""))


class Upload(anywidget.AnyWidget):  # type: ignore[misc]
    """A file field; the file comes as a message {name} with one buffer. most: bytes."""

    _esm = script("upload")
    words = synced(traitlets.Dict())
    accept = synced(traitlets.Unicode(""))
    most = synced(traitlets.Int(0))


class Figure(go.FigureWidget):  # type: ignore[misc]
    """A Plotly figure whose 5 MB of script come once from this server, not once a figure over the websocket, and that
    fits its box."""

    _esm = script("figure")


class Drawing(anywidget.AnyWidget):  # type: ignore[misc]
    """A curve that the reader draws before the true one is drawn over it. known: the curve of the first world, float32
    bytes, one value a day; truth: that of the second, empty until it has been run; mine: what the reader had drawn
    before the page was loaded anew, a share a step."""

    _esm = script("drawing")
    words = synced(traitlets.Dict())
    mine = synced(traitlets.List())
    known = synced(traitlets.Bytes())
    truth = synced(traitlets.Bytes())


class Timeline(anywidget.AnyWidget):  # type: ignore[misc]
    """One case through the seven steps."""

    _esm = script("timeline")
    content = synced(traitlets.Dict())
