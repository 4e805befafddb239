"""Changes that ask before they are made: a lever moved when the run is over, and one that needs a district built anew.

What is shown as set is in force. So a change that cannot take effect today is not made until the visitor has said from
when it shall hold; until then every control shows what holds.
"""

from dataclasses import dataclass, replace
from typing import Any

from pingan_abm.runs import DAYS
from pingan_abm.web.recipe import FROM_THE_START, Recipe, same

AFTER_THE_END, REBUILDS = "after_the_end", "rebuilds"  # why a change asks
FROM_START, ONE_MORE_YEAR, LEAVE = "start", "year", "leave"  # what can be answered


@dataclass(frozen=True)
class Pending:
    """A change that waits for an answer. why: one of the reasons above; answers: what can be answered."""

    name: str
    value: Any
    why: str
    answers: tuple[str, ...]


def pending(recipe: Recipe, day: int, name: str, value: Any, most_days: int) -> Pending | None:
    """The question that a change on a day raises; None when it can be made at once."""
    if day == 0 or same(recipe.values(day).get(name), value):
        return None
    if name in FROM_THE_START:
        return Pending(name, value, REBUILDS, (FROM_START, LEAVE))
    if day < recipe.days:
        return None
    longer = (ONE_MORE_YEAR,) if recipe.days + DAYS <= most_days else ()
    return Pending(name, value, AFTER_THE_END, (FROM_START, *longer, LEAVE))


def answered(recipe: Recipe, one: Pending, answer: str) -> Recipe:
    """The recipe after an answer. One more year: the run goes on, with the change from its first day on."""
    if answer == FROM_START:
        return recipe.moved(0, one.name, one.value)
    if answer == ONE_MORE_YEAR and ONE_MORE_YEAR in one.answers:
        return replace(recipe, days=recipe.days + DAYS).moved(recipe.days, one.name, one.value)
    return recipe


def first_difference(before: Recipe, after: Recipe) -> int:
    """The first day on which two recipes that differ in their moves only set something else; the last day of the run
    when they do not differ."""
    return min((move.day for move in {*before.moves} ^ {*after.moves}), default=after.days)
