"""A city's service requests, from CSV or Parquet: when each was opened and closed, and what, whose and where it was."""

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from pingan_abm.patterns.service_requests import Requests
from pingan_abm.scenarios.record_files import BadRows, records_in
from pingan_abm.scenarios.records import when
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

NEEDED = ("opened", "closed", "category")
FIELDS = (*NEEDED, "due", "agency", "place")


def read_requests(path: str | Path, columns: Mapping[str, str]) -> Requests:
    """The requests of a file. columns: which column holds a field of FIELDS; one that is needed is called like its
    field unless it stands there, one that is not needed is left out then.

    A date without a time counts as midnight. An empty closing time means that the request is still open. Raises
    InputErrors with all that cannot be read.
    """
    path, bad = Path(path), BadRows()
    times = {name: array("d") for name in ("opened", "closed", "due")}
    codes: dict[str, Codes] = {name: Codes() for name in ("category", "agency", "place")}
    for number, fields in records_in(path, partial(places, columns=columns), bad):
        row = dict(zip(FIELDS, fields, strict=True))
        try:
            opened, closed, due = moment(row["opened"]), later(row["closed"]), later(row["due"])
            if closed < opened:
                raise ValueError("closed before it was opened")
            if row["category"] is None or not str(row["category"]).strip():
                raise ValueError("the category is empty")
        except ValueError as wrong:
            bad.add(number, str(wrong))
            continue
        for name, time in (("opened", opened), ("closed", closed), ("due", due)):
            times[name].append(time)
        for name, code in codes.items():
            code.take(row[name])
    raise_if_any(bad.sentences(path))
    if not times["opened"]:
        raise InputErrors([sentence("{path}: the file has no rows.", path=path)])
    first = int(min(times["opened"]))
    since = np.array(times["opened"]) - first
    return Requests(
        opened=since,
        closed=np.array(times["closed"]) - first,
        due=np.array(times["due"]) - first,
        category=codes["category"].taken,
        agency=codes["agency"].taken,
        place=codes["place"].taken,
        daily=np.bincount(since.astype(int)).astype(float),
        weekday=date.fromordinal(first).weekday(),
    )


def moment(written: object) -> float:
    """Days since the calendar began, with the time as a fraction. Raises ValueError when it cannot be read."""
    ordinal, fraction = when(written)
    return ordinal + (fraction or 0.0)


def later(written: object) -> float:
    """The same of a time that may not have come: not-a-number when it is empty."""
    return np.nan if written is None or (isinstance(written, str) and not written.strip()) else moment(written)


class Codes:
    """Numbers for names, in the order in which they come; −1 for an empty one."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.numbers = array("i")

    def take(self, name: object) -> None:
        """Note the next name."""
        text = "" if name is None else str(name).strip()
        self.numbers.append(self.known.setdefault(text, len(self.known)) if text else -1)

    @property
    def taken(self) -> np.ndarray:
        """One number a row, int64."""
        return np.array(self.numbers, np.int64)


def places(header: list[str], columns: Mapping[str, str]) -> list[int | None]:
    """Positions of the fields in a header. Raises InputErrors naming every column that is not there."""
    problems, found = list(unclear(header, columns)), []
    if problems:
        raise InputErrors(problems)
    for name in FIELDS:
        wanted = columns.get(name, name if name in NEEDED else "")
        found.append(header.index(wanted) if wanted else None)
    return found


def unclear(header: list[str], columns: Mapping[str, str]) -> Iterable[str]:
    """What is wrong with the columns that are asked for."""
    for name in FIELDS:
        wanted = columns.get(name, name if name in NEEDED else "")
        if wanted and header.count(wanted) > 1:
            yield f"two columns are called {shown(wanted)}; rename one of them."
        elif wanted and wanted not in header:
            near = suggestion(wanted, header[:100])
            yield f"there is no column {shown(wanted)}.{near} Say which column holds it: --{name} NAME."
