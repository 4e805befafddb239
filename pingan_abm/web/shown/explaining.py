"""Events of the log in words: who did what, to which case, and the chance and the draw behind a decision."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.trace.follow import Followed
from pingan_abm.trace.story import story
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel


@dataclass(frozen=True)
class Explained:
    """One event in words. problem: its number in the register."""

    time: float
    date: date
    who: str
    what: str
    why: str
    problem: int


def followed(model: "PinganModel", problem: int, rows: np.ndarray) -> Followed:
    """A problem with events on it, in the form that the trace describes."""
    one = model.world.used("problems")[problem]
    return Followed(
        replication=model.replication,
        issue=model.district.issues[int(one["issue"])].id,
        community=model.district.communities[int(one["community"])].id,
        began=0.0,
        days=model.day,
        rows=rows,
        reached={},
        returns=int((rows["activity"] == Activity.RETURN).sum()),
        paper_closures=0,
        units=tuple((unit.en, unit.zh) for unit in model.district.units),
        true_units=tuple(int(unit) for unit in one["true_units"][: int(one["n_units"])]),
        centre=model.parameters.command_centre,
        place=model.named_places.of_problem(one),
    )


def explain(model: "PinganModel", rows: np.ndarray, language: str) -> list[Explained]:
    """Events in words, in the order given."""
    explained = []
    for row in rows:
        problem = int(row["problem"])
        line = next(story(followed(model, problem, np.array([row], rows.dtype)), model.start, language))
        explained.append(Explained(float(row["time"]), line.date, line.who, line.what, line.why, problem))
    return explained


def events_of(
    model: "PinganModel",
    *,
    problem: int | None = None,
    actor: tuple[ActorKind, int] | None = None,
    community: int | None = None,
    most: int = 12,
) -> np.ndarray:
    """The latest events on a problem, by an actor, or in a community, in the order of time."""
    rows = model.world.used("events")
    if problem is not None:
        chosen = rows["problem"] == problem
    elif actor is not None:
        chosen = (rows["kind"] == actor[0]) & (rows["actor"] == actor[1])
    else:
        recent = rows[-20_000:]
        places = model.world.used("problems")["community"]
        notable = ~np.isin(recent["activity"], (Activity.ARISE, Activity.RATE, Activity.EVALUATE))
        rows, chosen = recent, (places[recent["problem"]] == community) & notable
    found: np.ndarray = rows[chosen]
    latest: np.ndarray = found[np.argsort(found["time"], kind="stable")][-most:]
    return latest


#: What the ticker reports, the most informative first.
NOTABLE = (
    Activity.CRISIS,
    Activity.DECIDED,
    Activity.NOT_AGREED,
    Activity.SPECIAL_MEETING,
    Activity.SUPERVISION,
    Activity.STALL,
    Activity.STATUTORY_WAIT,
    Activity.BACKSTOP,
    Activity.SECOND_REPORT,
    Activity.REOPEN,
    Activity.FELT,
    Activity.HOLD_BACK,
    Activity.SETTLE,
)
NOBODY = "–"  # the actor in words for events without an actor
PER_DAY, PER_KIND = 3, 1
LATEST_ROWS = 40_000  # of the log that the ticker looks through


@dataclass(frozen=True)
class News:
    """A line of the ticker. target: what a click opens, empty for nothing."""

    when: date
    text: str
    target: str = ""


def news(model: "PinganModel", language: str, days: int = 4) -> list[News]:
    """What happened on the last days, newest first: a few events a day, one of a kind."""
    rows = model.world.used("events")[-LATEST_ROWS:]
    rows = rows[np.isin(rows["activity"], NOTABLE) & (rows["time"] < model.day)]
    problems, district = model.world.used("problems"), model.district
    lines: list[News] = []
    for day in range(model.day - 1, max(-1, model.day - 1 - days), -1):
        today = rows[(rows["time"] >= day) & (rows["time"] < day + 1)]
        chosen: list[np.void] = []
        for activity in NOTABLE:
            chosen += list(today[today["activity"] == activity][:PER_KIND])
        for row in chosen[:PER_DAY]:
            one = problems[int(row["problem"])]
            issue = getattr(district.issues[int(one["issue"])], language)
            place = getattr(district.communities[int(one["community"])], language)
            explained = explain(model, np.array([row], rows.dtype), language)[0]
            who, dash = ("", "") if explained.who == NOBODY else (explained.who, "——" if language == "zh" else ": ")
            text = f"{issue}，{place}：" if language == "zh" else f"{issue}, {place}. "
            text += f"{who}{dash}{explained.what}"
            lines.append(News(explained.date, text, f"problem:{int(row['problem'])}"))
    return lines


def short_date(when: date, language: str) -> str:
    """A date without its year."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{when.month}月{when.day}日" if language == "zh" else f"{when.day} {months[when.month - 1]}"
