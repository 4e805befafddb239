"""The opening: one resident's case out of the district that is shown, told in seven taps.

The case is looked up in the log, not made up: the first that was filed, sent, closed without being solved, and felt
again by those who live with it.
"""

from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets

from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.trace.story import story
from pingan_abm.web.shown.explaining import followed, short_date
from pingan_abm.web.shown.flows import FIRST_END, ON_PAPER, REALLY, flows
from pingan_abm.web.shown.formatter import count
from pingan_abm.web.shown.widgets import script, synced
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

MOST_TRIED = 200  # cases felt again that are looked at
#: The events that the first six taps show, in their order.
TOLD = (Activity.ARISE, Activity.REPORT, Activity.FILE, Activity.ACCEPT, Activity.VERIFY, Activity.FELT)
DOTS = 600  # on the last picture


class OpeningScene(anywidget.AnyWidget):  # type: ignore[misc]
    """The scene. content: {title, stations, taps: [{head, text}], ends: [solved, paper, other] as shares, words}; tap:
    which one is shown."""

    _esm = script("opening")
    content = synced(traitlets.Dict())
    tap = synced(traitlets.Int(0))


def opening_case(model: "PinganModel") -> np.ndarray | None:
    """The six events of the first case that a unit was sent, that was closed while the problem was there, and that was
    felt again, in the order of `TOLD`; None as long as there is no such case."""
    log, problems = model.world.used("events"), model.world.used("problems")
    again = log[log["activity"] == Activity.FELT]
    again = again[problems["onset"][again["problem"]] >= 0.0]
    for felt in again[np.argsort(again["time"], kind="stable")][:MOST_TRIED]:
        rows = log[(log["problem"] == felt["problem"]) & (log["time"] <= felt["time"])]
        chosen = [first_of(rows, activity) for activity in TOLD[:4]]
        closed = rows[rows["activity"] == Activity.VERIFY]
        if len(closed) == 0 or any(one is None for one in chosen):
            continue
        events = np.array([*chosen, closed[-1], felt], log.dtype)
        if (np.diff(events["time"]) >= 0.0).all():
            return events
    return None


def first_of(rows: np.ndarray, activity: Activity) -> Any:
    """The first event of a kind, of an acceptance the first by a unit; None without one."""
    found = rows[rows["activity"] == activity]
    if activity is Activity.ACCEPT:
        found = found[found["kind"] == ActorKind.UNIT]
    return found[np.argmin(found["time"])] if len(found) else None


def heads(say: Translate) -> tuple[str, ...]:
    """What stands over each tap."""
    return (
        say("Something is wrong in the street."),
        say("Somebody reports it."),
        say("A file is opened."),
        say("It is sent to a unit."),
        say("“Done.” The file is closed."),
        say("But it is still there."),
    )


def opening_content(model: "PinganModel", language: str) -> dict[str, Any]:
    """Content of the scene; without taps as long as no case suits."""
    say = translator(language)
    words = {
        "next": say("Next"),
        "live": say("Watch the district live"),
        "skip": say("Skip"),
        "step": say("{number} of {all}"),
        "wait": say("The district lives its first weeks …"),
        "home": say("Residents"),
        "paper": say("Record: closed"),
    }
    title = say("One resident, one case")
    events = opening_case(model)
    if events is None:
        return {"title": title, "taps": [], "words": words}
    number = int(events[0]["problem"])
    row = model.world.problems[number]
    issue, place = (
        getattr(one, language)
        for one in (model.district.issues[int(row["issue"])], model.district.communities[int(row["community"])])
    )
    lines = list(story(followed(model, number, events), model.start, language))
    first = say("{issue}, {place}").format(issue=issue, place=place)
    texts = [first if i == 0 else f"{lines[i].who}{say(': ')}{lines[i].what}" for i in range(len(TOLD))]
    taps = [
        {"head": head, "text": text, "date": short_date(line.date, language)}
        for head, text, line in zip(heads(say), texts, lines, strict=True)
    ]
    ends = ends_of(model)
    taps.append({"head": say("And now {count} of these.").format(count=count(sum(ends)))} | many(model, ends, say))
    unit = model.district.units[int(events[3]["actor"])]
    hub = say("Command centre") if model.parameters.command_centre else say("Channels' own desks")
    stations = [words["home"], say("Channel"), hub, getattr(unit, language), words["paper"]]
    shares = [one / max(1.0, sum(ends)) for one in ends]
    return {"title": title, "taps": taps, "stations": stations, "ends": shares, "dots": DOTS, "words": words}


def ends_of(model: "PinganModel") -> list[float]:
    """Problems so far that came to somebody's desk: really solved; closed, never solved; all others."""
    moved = flows(model)
    whole = float(moved.value[moved.target >= FIRST_END].sum())
    ends = [float(moved.value[moved.target == FIRST_END + end].sum()) for end in (REALLY, ON_PAPER)]
    return [*ends, max(0.0, whole - sum(ends))]


def many(model: "PinganModel", ends: list[float], say: Translate) -> dict[str, str]:
    """Text of the last tap."""
    solved, paper = (count(one) for one in ends[:2])
    text = say("In {days} days: {solved} really solved (blue), {paper} closed and never solved (orange).")
    each = say("Each dot stands for {number} of them.").format(number=count(max(1.0, sum(ends) / DOTS)))
    return {"text": text.format(days=model.day, solved=solved, paper=paper), "note": each, "date": ""}
