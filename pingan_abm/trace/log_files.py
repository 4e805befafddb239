"""The event log as a file: CSV, and XES 1.0.

Written in blocks, so that memory does not grow with the log.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from pingan_abm.files.atomic import write_atomically
from pingan_abm.trace.event_log import RunLog, Step, steps_of

FORMATS = ("csv", "xes")
COLUMNS = (
    "case:concept:name",
    "concept:name",
    "time:timestamp",
    "org:resource",
    "issue_type",
    "community",
    "truly_solved",
)
PLACE = "place"  # the column after these where records name places


def write_csv(logs: Iterable[RunLog], opened: IO[bytes]) -> int:
    """Write the logs as CSV, UTF-8, and return the number of rows. There is a column of places where the first of them
    names any, and its names alone may need quoting: all else is identifiers and times."""
    count = 0
    for number, log in enumerate(logs):
        if number == 0:
            named = log.place_of is not None
            opened.write((",".join((*COLUMNS, PLACE) if named else COLUMNS) + "\n").encode())
        for step in steps_of(log):
            fields = (*step[:-1], quoted(step.place)) if named else step[:-1]
            opened.write((",".join(fields) + "\n").encode())
            count += 1
    return count


def quoted(name: str) -> str:
    """A name as a field of a CSV file."""
    marks = any(letter in name for letter in ',"\n\r')
    return '"' + name.replace('"', '""') + '"' if marks else name


HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
<string key="issue_type" value=""/>
<string key="community" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
<string key="org:resource" value=""/>
</global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Resource" keys="org:resource"/>
<string key="concept:name" value="case files of the district"/>
"""


def write_xes(logs: Iterable[RunLog], opened: IO[bytes]) -> int:
    """Write the logs as XES 1.0 and return the number of events: one trace a case file, in a fixed set of attributes,
    and the place where a record names it."""
    opened.write(HEAD.encode())
    count = 0
    for log in logs:
        for _, steps in groupby(steps_of(log), key=attrgetter("case")):
            count += _write_trace(list(steps), opened)
    opened.write(b"</log>\n")
    return count


def _write_trace(steps: list[Step], opened: IO[bytes]) -> int:
    first = steps[0]
    parts = [
        "<trace>",
        _attribute("concept:name", first.case),
        _attribute("issue_type", first.issue),
        _attribute("community", first.community),
    ]
    if first.place:
        parts.append(_attribute(PLACE, first.place))
    if first.truly_solved:
        parts.append(_attribute("truly_solved", first.truly_solved, "date"))
    for step in steps:
        parts += [
            "<event>",
            _attribute("concept:name", step.activity),
            _attribute("time:timestamp", step.timestamp, "date"),
            _attribute("org:resource", step.resource),
            "</event>",
        ]
    parts.append("</trace>\n")
    opened.write("\n".join(parts).encode())
    return len(steps)


def _attribute(key: str, value: str, kind: str = "string") -> str:
    return f'<{kind} key="{key}" value={quoteattr(value)}/>'


WRITERS: dict[str, Callable[[Iterable[RunLog], IO[bytes]], int]] = {"csv": write_csv, "xes": write_xes}


def export(logs: Iterable[RunLog], path: Path, kind: str) -> int:
    """Write the logs to a file, whole or not at all; the number of events. kind: "csv" or "xes"."""
    counted: list[int] = []

    def write(opened: IO[bytes]) -> None:
        counted.append(WRITERS[kind](logs, opened))

    write_atomically(path, write)
    return counted[0]
