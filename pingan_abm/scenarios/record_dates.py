"""Dates as people write them in records. What can be read in one way only is read; what can be read in two is asked
for, with `date_format`; nothing is guessed.

Read as they are: the year first and any of - / . between, as in 2014-05-06, 2014/5/6 or 2014年5月6日, each with a time
or without; and 05/06/2014 01:45:00 PM, month first, which only those write who put AM and PM behind. The time may have
seconds, decimals and a zone; the clock time counts as written. All else needs one of the forms below.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pingan_abm.files.cells import is_empty
from pingan_abm.texts.errors import Sentence, sentence, shown

LONGEST_FORM = 100  # characters of a date_format
FIRST_OF_EXCEL = datetime(1899, 12, 30)  # day 0, so that day 61 is 1900-03-01; before it Excel counts a day too many
LEAST_OF_EXCEL, MOST_OF_EXCEL = 61, 2_958_465  # 1900-03-01 to 9999-12-31
EPOCH = datetime(1970, 1, 1)
SECONDS_A_DAY = 86_400

TIME = (
    r"(?:(?:T| *)(?:(?P<half>上午|下午) ?)?(?P<hour>\d{1,2})(?::|时|点)(?P<minute>\d{2})分?"
    r"(?:(?::|(?<=分))(?P<second>\d{2})秒?(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?: ?(?P<noon>[AaPp][Mm]))?(?: ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?"
)
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?=$|[T ])"
    r"|年 ?(?P<zh_month>\d{1,2})月 ?(?P<zh_day>\d{1,2})日)" + TIME,
    re.ASCII,
)
YEAR_LAST = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?=$|[T ])" + TIME, re.ASCII
)
NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d+)?", re.ASCII)
COUNTED = re.compile(r"(?P<unit>epoch|epoch_ms)(?: ?(?P<sign>[+-])(?P<hours>\d{2}):(?P<minutes>\d{2}))?", re.ASCII)
ORDERED = {"day_first": ("two", "one"), "month_first": ("one", "two")}  # where month and day stand
CLOCK = ("%H", "%I", "%c", "%X")  # in a pattern that has a time


class Unusable(ValueError):
    """Why a cell cannot be used: a sentence, its only argument."""


class Moment(NamedTuple):
    """Day (proleptic ordinal) and fraction of the day, None without a time."""

    day: int
    fraction: float | None


def when(written: object, form: str = "") -> Moment:
    """The moment of a cell. form: a date_format, "" without one; dates that a file holds as dates need none.

    Raises Unusable.
    """
    if isinstance(written, datetime):
        return _moment(written)
    if isinstance(written, date):
        return Moment(written.toordinal(), None)
    if is_empty(written):
        raise Unusable(sentence("the date is empty"))
    text = str(written) if not isinstance(written, str) else written
    text = " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())
    try:
        found = _in_form(text, form) if form else _as_it_stands(text)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Unusable(_unreadable(written, text, form))
    return found


def _as_it_stands(text: str) -> Moment | None:
    """What can be read in one way only."""
    if found := YEAR_FIRST.fullmatch(text):
        return _of_parts(found, found["month"] or found["zh_month"], found["day"] or found["zh_day"])
    found = YEAR_LAST.fullmatch(text)
    return _of_parts(found, found["one"], found["two"]) if found and found["noon"] and found["mark"] == "/" else None


def _in_form(text: str, form: str) -> Moment | None:
    """What is read in the form that was asked for."""
    if form in ORDERED:
        month, day = ORDERED[form]
        found = YEAR_LAST.fullmatch(text)
        return _of_parts(found, found[month], found[day]) if found else None
    if form == "excel":
        serial = float(text)
        if not LEAST_OF_EXCEL <= serial < MOST_OF_EXCEL + 1:
            return None
        return _moment(of_excel(serial), with_time=serial != int(serial))
    if counted := COUNTED.fullmatch(form):
        return _moment(EPOCH + _since_epoch(float(text), counted))
    return _moment(datetime.strptime(text, form), with_time=any(part in form for part in CLOCK))


def of_excel(serial: float) -> datetime:
    """The moment of a spreadsheet's serial number, to the millisecond."""
    return FIRST_OF_EXCEL + timedelta(milliseconds=round(serial * SECONDS_A_DAY * 1000))


def _since_epoch(count: float, counted: re.Match[str]) -> timedelta:
    ahead = timedelta(hours=int(counted["hours"] or 0), minutes=int(counted["minutes"] or 0))
    seconds = count / 1000 if counted["unit"] == "epoch_ms" else count
    return timedelta(seconds=seconds) + (-ahead if counted["sign"] == "-" else ahead)


def _of_parts(found: re.Match[str], month: str, day: str) -> Moment:
    """The moment of a text whose parts were found. Raises ValueError for a day or a time that does not exist."""
    ordinal = date(int(found["year"]), int(month), int(day)).toordinal()
    if found["hour"] is None:
        return Moment(ordinal, None)
    hour, late = int(found["hour"]), found["half"] or (found["noon"] or "").upper()
    if late:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if late in ("PM", "下午") else 0)
    minute, second = int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("no such time")
    return Moment(ordinal, (hour * 3600 + minute * 60 + second + float(f"0.{found['part'] or 0}")) / SECONDS_A_DAY)


def _moment(read: datetime, *, with_time: bool = True) -> Moment:
    seconds = read.hour * 3600 + read.minute * 60 + read.second + read.microsecond / 1e6
    return Moment(read.toordinal(), seconds / SECONDS_A_DAY if with_time else None)


def _unreadable(written: object, text: str, form: str) -> Sentence:
    """Why a cell is no date, and what to write."""
    value = shown(written)
    if form:
        return sentence("date {value} is not readable as date_format {form}", value=value, form=shown(form))
    if YEAR_LAST.fullmatch(text):
        return sentence(
            'date {value} may be day or month first; say which with date_format: "day_first" or "month_first"',
            value=value,
        )
    if NUMBER.fullmatch(text):
        return sentence(
            "date {value} is a number; say what it counts with date_format: {forms}",
            value=value,
            forms='"excel", "epoch", "epoch_ms", "%Y%m%d"',
        )
    return sentence(
        "date {value} is not readable; write 2014-05-06, 2014-05-06 13:45 or 05/06/2014 01:45:00 PM, or say with "
        "date_format how dates are written, for example {example}",
        value=value,
        example='"%d.%m.%Y %H:%M"',
    )


def form_problem(form: object) -> Sentence | None:
    """Why a date_format cannot be used; None when it can."""
    if isinstance(form, str) and (form in (*ORDERED, "excel") or COUNTED.fullmatch(form)):
        return None
    if isinstance(form, str) and len(form) <= LONGEST_FORM and form.isprintable() and _says_the_date(form):
        return None
    return sentence(
        "date_format {value} is not usable: write {forms} or a pattern such as {example}.",
        value=shown(form),
        forms='"day_first", "month_first", "excel", "epoch", "epoch_ms", "epoch +08:00"',
        example='"%d.%m.%Y %H:%M"',
    )


def _says_the_date(pattern: str) -> bool:
    """Whether a pattern of strptime gives back the date that was written with it."""
    example = datetime(2014, 5, 26, 13, 45)
    try:
        return datetime.strptime(example.strftime(pattern), pattern).date() == example.date()
    except (ValueError, re.error):
        return False


def tried[**Given, Read](
    wrong: list[str], function: Callable[Given, Read], *given: Given.args, **named: Given.kwargs
) -> Read | None:
    """What a function reads from a cell; None, with the reason noted, when it cannot."""
    try:
        return function(*given, **named)
    except Unusable as reason:
        wrong.append(reason.args[0])
        return None
