"""The cards: what is true beside what is reported."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.funnel import Funnel
from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.flows import closed_never_solved
from pingan_abm.web.shown.formatter import Say, count, decimal, gap_words, per_cent
from pingan_abm.world.cases import CLOSED
from pingan_abm.world.problems import LATENT, REGISTERED

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

BAD_GAP = 0.10  # from which a gap between reported and true is marked


def ratio(part: float, whole: float) -> float:
    """part/whole; not-a-number when there is nothing to share."""
    return float(part / whole) if whole > 0 else math.nan


@dataclass(frozen=True)
class Pair:
    """A card with two values side by side: what is on record, and what is true. gap: in words, "" for none; bad:
    whether it is large."""

    title: str
    explanation: str
    left: tuple[str, str]
    right: tuple[str, str]
    gap: str = ""
    bad: bool = False

    def content(self) -> dict[str, Any]:
        """As the board's script reads it."""
        sides = {
            side: {"name": name, "value": value} for side, (name, value) in (("left", self.left), ("right", self.right))
        }
        return {"title": self.title, "help": self.explanation, **sides, "gap": self.gap, "bad": self.bad}


def shares(title: str, explanation: str, reported: tuple[str, float], true: tuple[str, float], say: Say) -> Pair:
    """A card of two shares, with the gap between them in percentage points, marked when it is large."""
    (left, first), (right, second) = reported, true
    return Pair(
        title,
        explanation,
        (left, per_cent(first)),
        (right, per_cent(second)),
        gap_words(first, second, say),
        first - second > BAD_GAP,
    )


def board(
    model: "PinganModel", language: str, lived: Cohorts | None = None, never: int | None = None
) -> dict[str, Any]:
    """Content of the board: the date and all cards. lived: what became of all problems; never: files closed and never
    solved; both are computed if not given."""
    say = translator(language)
    never = closed_never_solved(model) if never is None else never
    lived = Cohorts(model) if lived is None else lived
    pairs = (
        all_problems_card(lived.funnel, say),
        cases_card(model, never, say),
        satisfaction_card(model, say),
        dispatch_card(model, say),
        problems_card(model, say),
    )
    return {
        "date": date_in(model, language),
        "day": say("Day {day} of {days}").format(day=model.day, days=model.days),
        "share": model.day / model.days,
        "pairs": [pair.content() for pair in pairs],
        "singles": [*of_the_district(lived, say), *singles(model, say)],
        "words": {"help": say("What is this")},
    }


def all_problems_card(funnel: Funnel, say: Say) -> Pair:
    """Problems recorded as dealt with, beside those really solved: of all that arose 90 days ago or earlier."""
    explanation = say(
        "Of all problems that arose 90 days ago or earlier, with a file or without: recorded as dealt with 90 days "
        "later, against really solved by then. From day 91 on."
    )
    recorded = say("recorded as dealt with"), ratio(funnel.claimed, funnel.arisen)
    return shares(
        say("All problems"), explanation, recorded, (say("really solved"), ratio(funnel.solved, funnel.arisen)), say
    )


def of_the_district(lived: Cohorts, say: Say) -> list[dict[str, Any]]:
    """Cards of what residents live with, and of the load of those who work."""
    burden, load = OUTCOMES["burden"].function(lived), OUTCOMES["load_ratio"].function(lived)
    return [
        {
            "title": say("Burden"),
            "help": say(
                "Severity × residents affected × days lived with it, of every problem there is, known or not: "
                "problem-days a resident and year."
            ),
            "value": decimal(burden if isinstance(burden, float) else None, 1),
            "name": say("a resident and year"),
        },
        {
            "title": say("Load"),
            "help": say("Work offered to the units, over the staff-days they have. Above 1 they cannot keep up."),
            "value": decimal(load if isinstance(load, float) else None, 2),
            "name": say("of what staff can do"),
        },
    ]


def cases_card(model: "PinganModel", never: int, say: Say) -> Pair:
    """Files reported closed, beside those whose problem has gone."""
    w = model.world
    files = w.used("cases")
    files = files[files["opened"] >= 0.0]  # files from the warm-up do not count in the share of files since day 0
    own = files["duplicate"] == 0
    standing = int((files["state"] == CLOSED).sum())
    gone = int((~np.isnan(w.problems["solved"][files["problem"][own]])).sum())
    explanation = say(
        "Of all case files so far: reported closed, against those whose problem has really gone. A file can be closed "
        "on paper only."
    )
    reported = say("reported closed"), ratio(standing, len(files))
    card = shares(say("Cases"), explanation, reported, (say("really solved"), ratio(gone, int(own.sum()))), say)
    words = say("{count} closed, never solved").format(count=count(never))
    return replace(card, gap=words if len(files) else "")


def satisfaction_card(model: "PinganModel", say: Say) -> Pair:
    """Satisfied among those who are asked, beside satisfied among all whom the problems affect: two shares of
    people."""
    book, rows = model.world.tally[0], model.world.used("problems")
    rows = rows[(rows["felt_all"] > 0) & (rows["onset"] >= 0.0)]
    explanation = say(
        "Satisfied among those who rate after a closure, against satisfied among all residents whom a problem with an "
        "outcome affects."
    )
    felt = say("all those affected"), ratio(float(rows["felt_good"].sum()), float(rows["felt_all"].sum()))
    rated = say("those who rate"), ratio(book.good_ratings, book.ratings)
    return shares(say("Satisfied"), explanation, rated, felt, say)


def dispatch_card(model: "PinganModel", say: Say) -> Pair:
    """Dispatches that were not returned, beside those that went to a unit that must act."""
    book = model.world.tally[0]
    explanation = say(
        "Dispatches that no unit returned as misdirected, against those that went to a unit which must act."
    )
    reported = say("correct on record"), ratio(max(0.0, book.dispatches - book.misdirected), book.dispatches)
    return shares(
        say("Dispatch"), explanation, reported, (say("correct in truth"), ratio(book.correct, book.dispatches)), say
    )


def problems_card(model: "PinganModel", say: Say) -> Pair:
    """Problems that are registered, beside those that nobody has registered."""
    state = model.world.used("problems")["state"]
    known, hidden = (count(int((state == one).sum())) for one in (REGISTERED, LATENT))
    explanation = say("Problems that someone has registered, against those that are there but nobody has registered.")
    return Pair(say("Problems today"), explanation, (say("known"), known), (say("hidden"), hidden))


def singles(model: "PinganModel", say: Say) -> list[dict[str, Any]]:
    """Cards with one value."""
    trust = float(np.mean(model.world.trust, dtype=np.float64))
    crises = int(model.world.tally[0].crises)
    return [
        {
            "title": say("Trust"),
            "help": say("Mean trust of all residents in the authorities, 0 to 1."),
            "value": decimal(trust, 2),
            "name": "0–1",
        },
        {
            "title": say("Crises"),
            "help": say("Problems that grew until they became a crisis, so far."),
            "value": count(crises),
            "name": say("so far"),
        },
    ]


def date_in(model: "PinganModel", language: str) -> str:
    """The date of the day that has just ended, with its weekday; the first morning before any day."""
    when = model.timeline.date_of(max(0, model.day - 1))
    if language == "zh":
        return f"{when.year}年{when.month}月{when.day}日 星期{'一二三四五六日'[when.weekday()]}"
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[when.weekday()]} {when.day} {months[when.month - 1]} {when.year}"
