"""What a caller hands over: whole numbers and dates in the types that the model wants, and what is wrong with them.

Numbers of numpy and of tables count as what they are (`np.int64(3)`, `1e4`), and so do dates as text, of numpy and of
pandas. Nothing else is read as something that it is not.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.scenarios.histories import history_problems
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown

RESIDENTS_A_COMMUNITY = 10  # at least, in however small a run
LAST_DAY = date(9998, 1, 1)  # of a run; the calendar looks some days ahead of it
LIMITS = {"residents": (540, 20_000_000), "days": (1, 36_500), "seed": (0, 2**63 - 1), "replication": (0, 2**31 - 1)}


class Size(NamedTuple):
    """Size, dates and luck of a run, in their own types."""

    residents: int
    days: int
    start: date
    seed: int
    replication: int
    warmup: int


def whole(value: Any) -> Any:
    """A number as an int where it is whole; anything else as it is."""
    if isinstance(value, bool | np.bool_):
        return value
    if isinstance(value, np.integer) or (isinstance(value, float | np.floating) and float(value).is_integer()):
        return int(value)
    return value


def day_of(value: Any) -> Any:
    """A date as a date, whatever holds it; what is none, and a moment within a day, as it is."""
    if isinstance(value, np.datetime64) and not np.isnat(value):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return value
    if isinstance(value, datetime) and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return value.date()
    return value


def checked_size(residents: Any, days: Any, start: Any, luck: tuple[Any, Any], warmup: Any, history: str) -> Size:
    """Size, dates and luck in their own types. luck: seed and replication. Raises InputErrors with everything that is
    wrong."""
    seed, replication = luck
    size = Size(whole(residents), whole(days), day_of(start), whole(seed), whole(replication), whole(warmup))
    raise_if_any(size_problems(size, history))
    return size


def size_problems(size: Size, history: str) -> list[str]:
    """One line for each number and date that is out of its limits."""
    problems: list[str] = []
    for name, (low, high) in LIMITS.items():
        problems += whole_problems(name, getattr(size, name), low, high)
    if wrong := day_problems("start", size.start):
        return problems + wrong
    if not problems and size.start.toordinal() + size.days > LAST_DAY.toordinal():
        problems.append(
            sentence("start = {start} is not usable: a run ends before {last}.", start=size.start, last=LAST_DAY)
        )
    return problems + history_problems(size.warmup, history, size.start)


def crowding_problems(residents: int, district: District) -> list[str]:
    """A line if a district has more communities than so few residents can fill."""
    least = RESIDENTS_A_COMMUNITY * len(district.communities)
    if residents >= least:
        return []
    return [
        sentence(
            "residents = {value} is too few for the {count} communities of this district: write at least {least}.",
            value=residents,
            count=len(district.communities),
            least=least,
        )
    ]


def day_problems(name: str, value: object) -> list[str]:
    """A line if a value is no date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return []
    return [
        sentence(
            "{name} = {value} is not usable: write a date, for example {example}.",
            name=name,
            value=repr(value),
            example='"2014-01-01"',
        )
    ]


def whole_problems(name: str, value: object, low: int, high: int) -> list[str]:
    """A line if a value is no whole number within its limits."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        return [
            sentence(
                "{name} = {value} is not usable: write a whole number from {low} to {high}.",
                name=name,
                value=repr(value),
                low=low,
                high=high,
            )
        ]
    return []


def check_mapping(name: str, value: object, example: str) -> None:
    """Raise InputErrors when a value is no mapping of names to values."""
    if value is not None and not hasattr(value, "items"):
        raise InputErrors(
            [
                sentence(
                    "{name} = {value} is not usable: write names with their values, for example {example}.",
                    name=name,
                    value=shown(value),
                    example=example,
                )
            ]
        )
