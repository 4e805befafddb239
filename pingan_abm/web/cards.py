"""The cards: what is true beside what is reported."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.i18n import translator
from pingan_abm.problems import LATENT, REGISTERED

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

BAD_GAP = 0.10  # from which a gap between reported and true is marked


def ratio(part: float, whole: float) -> float:
    """part/whole; not-a-number when there is nothing to share."""
    return float(part / whole) if whole > 0 else math.nan


def per_cent(value: float) -> str:
    """A share in whole per cent; a dash when there is none."""
    return "–" if math.isnan(value) else f"{100 * value:.0f}%"


def points(first: float, second: float, template: str) -> tuple[str, bool]:
    """A gap in percentage points, and whether it is large."""
    if math.isnan(first) or math.isnan(second):
        return "", False
    return template.format(points=f"{100 * (first - second):+.0f}"), first - second > BAD_GAP


def board(model: "PinganModel", language: str) -> dict[str, Any]:
    """Content of the board: the date and all cards."""
    say = translator(language)
    book, w = model.world.tally[0], model.world
    standing = book.closed - book.reopened_by_audit - book.reopened_by_complaint
    closed, solved = ratio(standing, book.files), ratio(book.solved_with_file, book.primary)
    rated, felt = ratio(book.good_ratings, book.ratings), float(np.mean(w.residents["satisfaction"]))
    recorded, right = ratio(max(0.0, book.dispatches - book.misdirected), book.dispatches), ratio(book.correct, book.dispatches)
    state = w.used("problems")["state"]
    known, hidden = int((state == REGISTERED).sum()), int((state == LATENT).sum())
    gap = say("gap {points} points")
    rows = [
        (
            say("Cases"),
            say(
                "Of all case files so far: reported closed, against those whose problem has really gone. A file can be closed "
                "on paper only."
            ),
            say("reported closed"),
            per_cent(closed),
            say("really solved"),
            per_cent(solved),
            points(closed, solved, gap),
        ),
        (
            say("Satisfaction"),
            say(
                "Share of ratings that say satisfied, from those who are asked after a closure, against the mean satisfaction "
                "of all residents."
            ),
            say("as rated"),
            per_cent(rated),
            say("felt by all"),
            per_cent(felt),
            points(rated, felt, gap),
        ),
        (
            say("Dispatch"),
            say("Dispatches that no unit returned as misdirected, against those that went to a unit which must act."),
            say("correct on record"),
            per_cent(recorded),
            say("correct in truth"),
            per_cent(right),
            points(recorded, right, gap),
        ),
        (
            say("Problems today"),
            say("Problems that someone has registered, against those that are there but nobody has registered."),
            say("known"),
            f"{known:,}",
            say("hidden"),
            f"{hidden:,}",
            ("", False),
        ),
    ]
    pairs = [
        {
            "title": title,
            "help": told,
            "left": {"name": left, "value": first},
            "right": {"name": right_name, "value": second},
            "gap": text,
            "bad": bad,
        }
        for title, told, left, first, right_name, second, (text, bad) in rows
    ]
    trust = float(np.mean(w.trust, dtype=np.float64))
    singles = [
        {
            "title": say("Trust"),
            "help": say("Mean trust of all residents in the authorities, 0 to 1."),
            "value": f"{trust:.2f}",
            "name": "0–1",
        },
        {
            "title": say("Crises"),
            "help": say("Problems that grew until they became a crisis, so far."),
            "value": f"{int(book.crises)}",
            "name": say("so far"),
        },
    ]
    return {
        "date": date_in(model, language),
        "day": say("Day {day} of {days}").format(day=model.day, days=model.days),
        "share": model.day / model.days,
        "pairs": pairs,
        "singles": singles,
        "words": {"help": say("What is this")},
    }


def date_in(model: "PinganModel", language: str) -> str:
    """The date of the day that has just ended, with its weekday; the first morning before any day."""
    when = model.timeline.date_of(max(0, model.day - 1))
    if language == "zh":
        return f"{when.year}年{when.month}月{when.day}日 星期{'一二三四五六日'[when.weekday()]}"
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[when.weekday()]} {when.day} {months[when.month - 1]} {when.year}"
