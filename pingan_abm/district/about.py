"""What district.toml says: names, size, calendar, and the parameters that differ from the program's defaults."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pingan_abm.district.keys import MOST_RESIDENTS, SOURCES
from pingan_abm.files.toml import Key, check_table
from pingan_abm.texts.errors import sentence, shown

MONTHS, LEAST_RESIDENTS = 12, 540
ZONE = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
YEARLY, DATED = "(0[1-9]|1[0-2])-([0-2][0-9]|3[01])", r"\d{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])"
PERIOD = re.compile(f"(?:{YEARLY}(?:/{YEARLY})?|{DATED}(?:/{DATED})?)")

TEXTS = {"en": Key("text"), "zh": Key("text")}
KEYS = TEXTS | {
    "residents": Key("whole", LEAST_RESIDENTS, MOST_RESIDENTS),
    "start": Key("date", optional=True),
    "posts": Key("number", 0.1, 1_000_000, optional=True),
    "persons_per_grid": Key("whole", 1, 1_000_000, optional=True),
    "currency": Key("table", optional=True),
    "time_zone": Key("text", optional=True),
    "tiers": Key("table", optional=True),
    "calendar": Key("table", optional=True),
    "parameters": Key("table", optional=True),
    "records": Key("table", optional=True),
    "source": Key("text", optional=True),
}
CALENDAR_KEYS = {
    "weekday_arrivals": Key("number", 0, 10, optional=True),
    "weekend_arrivals": Key("number", 0, 10, optional=True),
    "weekday_staff": Key("number", 0, 10, optional=True),
    "weekend_staff": Key("number", 0, 10, optional=True),
    "holidays": Key("texts", optional=True),
    "working_days": Key("texts", optional=True),
    "seasons": Key("numbers", 0, 100, optional=True),
}
RECORD_KEYS = {"columns": Key("table", optional=True), "date_format": Key("text", optional=True)}
PARAMETER_KEYS = ("value", "source", "note")
PACE = ("weekday_arrivals", "weekend_arrivals", "weekday_staff", "weekend_staff")  # of the calendar: parameters


@dataclass(frozen=True)
class Calendar:
    """Days that are not as usual. holidays, working_days: dates, or periods "first/last", of every year (MM-DD) or of
    one; seasons: how busy each month is, relative to the others, none or twelve numbers."""

    holidays: tuple[str, ...] = ()
    working_days: tuple[str, ...] = ()
    seasons: tuple[float, ...] = ()


@dataclass(frozen=True)
class About:
    """A district as a whole. currency: its name by language; tiers: names by number and language; posts: in all, where
    units have none of their own; parameters: that differ, by name, sources: of these; columns, date_format: how its
    records are written."""

    en: str
    zh: str
    residents: int
    start: date
    posts: float | None
    currency: Mapping[str, str]
    time_zone: str
    tiers: Mapping[str, Mapping[str, str]]
    calendar: Calendar
    parameters: Mapping[str, object]
    sources: Mapping[str, str]
    columns: Mapping[str, str]
    date_format: str

    def tier(self, number: int, language: str) -> str:
        """What a tier is called, where the files do not name it by its number."""
        general = {"en": f"Tier {number}", "zh": f"{'一二三'[number - 1]}级"}
        return self.tiers.get(str(number), general)[language]


def about_of(written: Mapping[str, Any], problems: list[str]) -> About:
    """What district.toml says, checked; what is wrong is added to the problems."""
    good: Mapping[str, Any] = check_table("", written, KEYS, problems)
    calendar: Mapping[str, Any] = check_table("calendar", good.get("calendar", {}), CALENDAR_KEYS, problems)
    records: Mapping[str, Any] = check_table("records", good.get("records", {}), RECORD_KEYS, problems)
    currency = check_table("currency", good.get("currency", {"en": "yuan", "zh": "元"}), TEXTS, problems)
    parameters, sources = parameters_of(good.get("parameters", {}), problems)
    if "persons_per_grid" in good:
        parameters.setdefault("persons_per_grid", good["persons_per_grid"])
    for name in PACE:
        if name in calendar:
            parameters.setdefault(name, calendar[name])
    zone = good.get("time_zone", "+08:00")
    if not ZONE.fullmatch(zone):
        problems.append(
            sentence('time_zone = {value} is not usable: write it as "+08:00" or "-05:00".', value=shown(zone))
        )
    seasons = tuple(float(one) for one in calendar.get("seasons", ()))
    if len(seasons) not in (0, MONTHS) or (seasons and not sum(seasons) > 0.0):
        problems.append(sentence("calendar.seasons: write twelve numbers, one for each month"))
        seasons = ()
    for name in ("holidays", "working_days"):
        for period in calendar.get(name, ()):
            if not PERIOD.fullmatch(period):
                problems.append(
                    sentence(
                        'calendar.{name}: {value} is not usable: write a date such as "10-01", "2014-01-31" or a '
                        'period such as "10-01/10-07".',
                        name=name,
                        value=shown(period),
                    )
                )
    return About(
        en=str(good.get("en", "")),
        zh=str(good.get("zh", "")),
        residents=int(good.get("residents", LEAST_RESIDENTS)),
        start=good.get("start", date(2014, 1, 1)),
        posts=good.get("posts"),
        currency={key: str(text) for key, text in currency.items()},
        time_zone=zone,
        tiers=tiers_of(good.get("tiers", {}), problems),
        calendar=Calendar(tuple(calendar.get("holidays", ())), tuple(calendar.get("working_days", ())), seasons),
        parameters=parameters,
        sources=sources,
        columns={str(key): str(column) for key, column in records.get("columns", {}).items()},
        date_format=str(records.get("date_format", "")),
    )


def parameters_of(table: Mapping[str, Any], problems: list[str]) -> tuple[dict[str, object], dict[str, str]]:
    """Parameters that differ, each a value or a table of value and source, and their sources."""
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for name, entry in table.items():
        if not isinstance(entry, Mapping):
            values[name] = entry
            continue
        source = entry.get("source", "assumed")
        if "value" not in entry or set(entry) - set(PARAMETER_KEYS) or source not in SOURCES:
            problems.append(
                sentence(
                    'parameters.{name}: write a value, or {{ value = …, source = "{sources}" }}.',
                    name=name,
                    sources="|".join(SOURCES),
                )
            )
            continue
        values[name], sources[name] = entry["value"], str(source)
    return values, sources


def tiers_of(table: Mapping[str, Any], problems: list[str]) -> dict[str, dict[str, str]]:
    """Names of the tiers, by number and language."""
    found = {}
    for number, names in table.items():
        if number not in ("1", "2", "3"):
            problems.append(sentence("tiers.{number}: there are tiers 1, 2 and 3.", number=shown(number)[1:-1]))
            continue
        good = check_table(f"tiers.{number}", names, TEXTS, problems)
        found[number] = {key: str(text) for key, text in good.items()}
    return found


def in_period(period: str, when: date) -> bool:
    """Whether a date is one that a period names. A yearly period may go over the end of a year."""
    first, _, last = period.partition("/")
    last = last or first
    written = when.isoformat() if len(first) > len("MM-DD") else f"{when.month:02d}-{when.day:02d}"
    return first <= written <= last if first <= last else written >= first or written <= last


def days_off(calendar: Calendar, start: date, days: int) -> list[bool]:
    """For each day from the start whether it is no working day: a weekend or a holiday, unless it is worked."""
    off = []
    for day in range(days):
        when = start + timedelta(days=day)
        free = when.weekday() >= 5 or any(in_period(one, when) for one in calendar.holidays)  # noqa: PLR2004
        off.append(free and not any(in_period(one, when) for one in calendar.working_days))
    return off
