"""How long a district has lived before day 0, and under which settings (`beginning.py` says what that means)."""

from datetime import date

from pingan_abm.parameters.declared import declared
from pingan_abm.scenarios.parts import BUILT_IN
from pingan_abm.texts.errors import sentence, shown

WARMUP = 730  # days, unless another number is given
PLATFORM_DAYS = 788  # before 1 January 2014: the platform of the documented case is two and a half years old on 6 May
MOST_WARMUP = 36_500
HISTORIES = ("today", "own")  # a reform from today, and as if always so


def lasts(name: str) -> bool:
    """Whether a parameter holds from the beginning of a warm-up under either history: no decision changes an
    uncertainty, the structure of the model or what a district is built from while the district lives."""
    return declared(name).role != "lever" or name in BUILT_IN


def history_problems(warmup: object, history: object, start: date) -> list[str]:
    """One line for each thing that is wrong with a warm-up."""
    problems: list[str] = []
    if isinstance(warmup, bool) or not isinstance(warmup, int) or not 0 <= warmup <= MOST_WARMUP:
        problems.append(
            sentence(
                "warmup = {value} is not usable: write a whole number of days from 0 to {high}.",
                value=shown(warmup),
                high=MOST_WARMUP,
            )
        )
    elif start.toordinal() - warmup < 1:
        problems.append(
            sentence(
                "warmup = {value} is not usable: the warm-up would begin before the year 1; write a later start or "
                "fewer days.",
                value=warmup,
            )
        )
    if history not in HISTORIES:
        problems.append(
            sentence(
                "history = {value} is not usable: write one of {names}.",
                value=shown(history),
                names=", ".join(HISTORIES),
            )
        )
    return problems
