"""How a run begins, in words: which history it shows, and whether the load was made equal."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pingan_abm.parameters.declared import declared
from pingan_abm.runs import RunSpec, resolved
from pingan_abm.scenarios.histories import lasts
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from rich.console import Console

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


WIDTH = 100  # columns of a terminal that are enough for every table


def print_beginning(console: "Console", specs: Sequence[RunSpec], language: str) -> None:
    """Print the history of runs that are shown together, and the load if it was asked for."""
    for line in beginning_lines(specs, language):
        console.print(line, markup=False, width=WIDTH)


def beginning_words(specs: Sequence[RunSpec], language: str) -> str:
    """The history of runs that are shown together, and the load if it was asked for, as one text."""
    return ("" if language == "zh" else " ").join(beginning_lines(specs, language))


def beginning_lines(specs: Sequence[RunSpec], language: str) -> list[str]:
    """The history of runs that are shown together, one of them or several arms, and the load if it was asked for."""
    say, spec = translator(language), specs[0]
    several = len(specs) > 1
    if spec.warmup == 0:
        text = say("No warm-up: the district begins empty, with no problem and no case file.")
    elif spec.history == "own":
        text = (
            say(
                "As if always so: every arm has lived {days} days under its own settings before day 0, so each starts "
                "from a district of its own."
            )
            if several
            else say("As if always so: the district has lived {days} days under these settings before day 0.")
        )
    else:
        text = (
            say(
                "Reform from today: every arm starts from the same warm district, which has lived {days} days; its "
                "levers take effect on {date}."
            )
            if several
            else say(
                "Reform from today: the district has lived {days} days as the baseline; the scenario's levers take "
                "effect on {date}."
            )
        )
    lines = [text.format(days=f"{spec.warmup:,}", date=written_date(spec.start, language))]
    if spec.warmup and spec.history == "today" and (names := lasting_names(specs, language)):
        kept = say(
            "Not from that day but from the start of the warm-up, as no decision changes it in a living district: "
            "{names}."
        )
        lines.append(kept.format(names=", ".join(names) if language != "zh" else "、".join(names)))
    return lines if spec.match_load is None else [*lines, load_words(spec.match_load, language)]


def lasting_names(specs: Sequence[RunSpec], language: str) -> list[str]:
    """Names of what runs set otherwise than the baseline, and what holds from the beginning of their warm-up."""
    found: dict[str, None] = {}
    for spec in specs:
        parameters, _ = resolved(spec)
        found |= dict.fromkeys(name for name in parameters.overrides() if lasts(name))
    return [declared(name).label(language) for name in found]


def load_words(load: float, language: str) -> str:
    """The sentence that the load was made equal."""
    text = translator(language)(
        "Equal load: staffing is set so that the load ratio is {load} on average over six replications."
    )
    return text.format(load=f"{load:g}")


def written_date(when: date, language: str) -> str:
    """A date as a reader writes it."""
    if language == "zh":
        return f"{when.year}年{when.month}月{when.day}日"
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
