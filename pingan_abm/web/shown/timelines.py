"""One case as a timeline: the seven steps, who took them, returns, meetings, and what the complainant thought."""

from typing import TYPE_CHECKING, Any

from pingan_abm.texts.i18n import translator
from pingan_abm.trace.story import story
from pingan_abm.web.shown.explaining import events_of, followed, short_date
from pingan_abm.web.shown.holders import documented_marks, holding
from pingan_abm.web.shown.state_words import case_words, problem_words
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

MOST = 200  # events shown
STEPS = (
    ("collect", "Collect", "信息采集"),
    ("file", "File", "立卷"),
    ("dispatch", "Dispatch", "交办"),
    ("handle", "Handle", "处置"),
    ("feedback", "Feed back", "反馈"),
    ("verify", "Verify", "核实结案"),
    ("evaluate", "Evaluate", "综合评价"),
)
A = Activity
#: The step of the cycle that an activity belongs to, from 0; activities between the steps belong to none.
STEP_OF: dict[Activity, int] = {
    A.ARISE: 0,
    A.REPORT: 0,
    A.COLLECT: 0,
    A.TRY: 0,
    A.SETTLE: 0,
    A.HOLD_BACK: 0,
    A.SECOND_REPORT: 0,
    A.FILE: 1,
    A.WENT_PUBLIC: 0,
    A.MERGE: 1,
    A.DISPATCH: 2,
    A.JOINT_DISPATCH: 2,
    A.RETURN: 2,
    A.BACKSTOP: 2,
    A.ACCEPT: 3,
    A.HANDLE: 3,
    A.HAND_OFF: 3,
    A.STALL: 3,
    A.STATUTORY_WAIT: 3,
    A.INSPECT: 3,
    A.REMEDY_ORDERED: 3,
    A.REMEDY: 3,
    A.REFUSAL: 3,
    A.SOLVED: 3,
    A.COMPLIED: 3,
    A.FEEDBACK: 4,
    A.VERIFY: 5,
    A.REOPEN: 5,
    A.REVISIT: 6,
    A.EVALUATE: 6,
    A.RATE: 6,
    A.FELT: 6,
    A.HEARD_SOLVED: 6,
    A.HEARD_HOLLOW: 6,
    A.JOINED: 6,
}
TONES: dict[Activity, str] = {
    A.RETURN: "bad",
    A.STALL: "bad",
    A.FELT: "bad",
    A.CRISIS: "bad",
    A.LAPSE: "bad",
    A.REOPEN: "bad",
    A.HOLD_BACK: "bad",
    A.NOT_AGREED: "bad",
    A.SOLVED: "good",
    A.COMPLIED: "good",
    A.HEARD_HOLLOW: "bad",
    A.SETTLE: "good",
    A.VERIFY: "closed",
}
MEETING = (ActorKind.COMMISSION, ActorKind.MEETING)


def timeline(model: "PinganModel", problem: int, language: str) -> dict[str, Any]:
    """Content of the timeline widget."""
    say, w = translator(language), model.world
    rows = events_of(model, problem=problem, most=MOST)
    row = w.used("problems")[problem]
    began = float(row["onset"])
    chinese = language == "zh"
    items = []
    for event, line in zip(rows, story(followed(model, problem, rows), model.start, language), strict=True):
        activity = Activity(int(event["activity"]))
        step = STEP_OF.get(activity, 7 if ActorKind(int(event["kind"])) in MEETING else -1)
        items.append(
            {
                "day": round(float(event["time"]) - began, 1),
                "date": short_date(line.date, language),
                "who": line.who,
                "what": line.what,
                "why": line.why,
                "step": step,
                "tone": TONES.get(activity, "meeting" if step == 7 else ""),
            }
        )
    issue, place = model.district.issues[int(row["issue"])], model.district.communities[int(row["community"])]
    facts = [[say("Sub-type"), getattr(model.district.subtypes[int(row["subtype"])], language)]]
    if row["place"] >= 0:
        kind = model.district.place_kinds[int(w.places["kind"][int(row["place"])])]
        facts.append([say("Place"), f"{getattr(kind, language)} {int(row['place'])}"])
    facts.append([say("In truth"), problem_words(int(row["state"]), language)])
    if row["file"] >= 0:
        case = w.used("cases")[int(row["file"])]
        facts += [
            [say("On record"), case_words(int(case["state"]), language)],
            [say("Returns"), str(int(case["returns"]))],
        ]
    facts.append([say("The complainant"), complainant(model, row, language)])
    lanes = [f"{number + 1} {names[2] if chinese else names[1]}" for number, names in enumerate(STEPS)] + [
        say("Meetings")
    ]
    held, marks = holding(model, rows, row, language), documented_marks(model, row, say)
    ends = [*(item["day"] for item in items), *(span[2] for span in held["spans"]), *(day for day, _ in marks)]
    last = max(1.0, *(float(str(end)) for end in ends)) if ends else 1.0
    return {
        "title": f"{getattr(issue, language)} · {getattr(place, language)}",
        "facts": facts,
        "items": items,
        "lanes": lanes,
        "holders": held,
        "day_word": say("day {number}"),
        "brackets": ["（", "）"] if chinese else [" (", ")"],
        "documented": marks,
        "days": [say("day {number}").format(number=day) for day in axis_days(last)],
        "last": last,
        "head": [say("Date"), say("day"), say("Who"), say("What"), say("Why (chance and draw)")],
        "csv": say("Save as CSV"),
        "empty": say("Nothing is recorded of it."),
    }


def axis_days(last: float) -> list[int]:
    """Days written under the strip: from 0 to the last in quarters."""
    return [round(quarter * last / 4) for quarter in range(5)]


def complainant(model: "PinganModel", row: Any, language: str) -> str:
    """What the first of those affected thinks today."""
    say, who = translator(language), int(row["resident"])
    w = model.world
    felt = float(w.residents["satisfaction"][who])
    text = say("resident {number}: satisfaction {felt}, trust {trust}").format(
        number=who, felt=f"{felt:.2f}", trust=f"{w.trust[who]:.2f}"
    )
    if row["felt_all"] > 0:
        text += say("; {good} of the {all} affected were content with the outcome").format(
            good=int(row["felt_good"]), all=int(row["felt_all"])
        )
    return text
