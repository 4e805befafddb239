"""Who held a case when: spans of days for each holder, from the events of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pingan_abm.scenarios.parts import STEPS
from pingan_abm.texts.errors import translated
from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.trace.follow import documented_days
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

AFTERWARDS = 20.0  # days shown after the last event
STREET, SOCIETY, CENTRE, MEETING, CLOSED, PAPER = "street", "society", "centre", "meeting", "closed", "paper"
#: Who has a case after an activity, where that is not the unit that acts.
AFTER: dict[Activity, str] = {
    Activity.ARISE: STREET,
    Activity.COLLECT: SOCIETY,
    Activity.TRY: SOCIETY,
    Activity.FILE: CENTRE,
    Activity.RETURN: CENTRE,
    Activity.HAND_OFF: CENTRE,
    Activity.FEEDBACK: CENTRE,
    Activity.SPECIAL_MEETING: MEETING,
    Activity.APPLICATION: MEETING,
    Activity.DECIDED: CENTRE,
    Activity.NOT_AGREED: CENTRE,
    Activity.REOPEN: CENTRE,
    Activity.FELT: STREET,
}


@dataclass(frozen=True)
class Span:
    """A stretch of days in the hands of one holder. holder: one of the names above, or a unit's number in digits."""

    holder: str
    begin: float
    end: float


def spans_of(rows: Iterable[Any], solved: float, until: float) -> list[Span]:
    """Who held the case, one after another without gaps, from its first event until a day. solved: when the problem was
    truly solved, not-a-number if it was not."""
    spans: list[Span] = []
    holder, since = "", 0.0
    for row in rows:
        activity, time = Activity(int(row["activity"])), float(row["time"])
        following = AFTER.get(activity, holder)
        if activity is Activity.ACCEPT and int(row["kind"]) == ActorKind.UNIT:
            following = str(int(row["actor"]))
        if activity in (Activity.VERIFY, Activity.SETTLE):
            following = CLOSED if activity is Activity.SETTLE or solved <= time else PAPER
        if following != holder:
            if holder and time > since:
                spans.append(Span(holder, since, time))
            holder, since = following, time
    if holder and until > since:
        spans.append(Span(holder, since, until))
    return spans


def holder_names(model: "PinganModel", language: str) -> dict[str, str]:
    """Names of holders."""
    say = translator(language)
    names = {
        STREET: say("in the street"),
        SOCIETY: say("community and officers"),
        CENTRE: say("command centre"),
        MEETING: say("a meeting"),
        CLOSED: say("over: solved"),
        PAPER: say("closed on paper"),
    }
    return names | {str(number): getattr(unit, language) for number, unit in enumerate(model.district.units)}


def holding(model: "PinganModel", rows: Any, problem: Any, language: str) -> dict[str, Any]:
    """Swimlanes for the timeline: names of the holders in the order in which they come, and spans [lane, from, to,
    kind] in days since the problem arose."""
    began, names = float(problem["onset"]), holder_names(model, language)
    last = float(rows["time"][-1]) if len(rows) else began
    spans = spans_of(rows, float(problem["solved"]), min(float(model.day), last + AFTERWARDS))
    lanes = list(dict.fromkeys(span.holder for span in spans))
    drawn = [
        [
            lanes.index(span.holder),
            round(span.begin - began, 2),
            round(span.end - began, 2),
            span.holder if span.holder in (CLOSED, PAPER, STREET) else "held",
        ]
        for span in spans
    ]
    return {"names": [names[one] for one in lanes], "spans": drawn, "title": translator(language)("Who held it")}


def documented_marks(model: "PinganModel", problem: Any, say: Translate) -> list[list[Any]]:
    """The documented dates of an injected case: [day since it was put in, words]."""
    if int(problem["injected"]) <= 0 or not model.scenario_spec.problems:
        return []
    days = documented_days(model.scenario_spec, model.start, model.days)
    return [[day, say("documented: {step}").format(step=translated(STEPS[name], say))] for name, day in days.items()]
