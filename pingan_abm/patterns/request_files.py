"""A city's service requests, from CSV, Excel or Parquet: when opened and closed, and what, whose and where."""

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from pingan_abm.files.cells import cell_text, is_empty
from pingan_abm.patterns.service_requests import Requests
from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.record_dates import Unusable, when
from pingan_abm.scenarios.record_files import records_in
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

NEEDED = ("opened", "closed", "category")
FIELDS = (*NEEDED, "due", "agency", "place", "premises")


def read_requests(
    path: str | Path, columns: Mapping[str, str], date_format: str = "", mending: bool = False
) -> Requests:
    """The requests of a file. columns: which column holds a field of FIELDS; one that is needed is called like its
    field unless it stands there, one that is not needed is left out then. date_format: how dates are written where that
    is not plain (`scenarios/record_dates.py`). mending: a closing before the opening counts as none, as for the
    district that was made from the file.

    A date without a time counts as midnight. An empty closing time means that the request is still open. Raises
    InputErrors with all that cannot be read.
    """
    path, bad = Path(path), BadRows()
    times = {name: array("d") for name in ("opened", "closed", "due")}
    codes: dict[str, Codes] = {name: Codes() for name in ("category", "agency", "place", "premises")}
    for number, fields in records_in(path, partial(places, columns=columns), bad):
        row = dict(zip(FIELDS, fields, strict=True))
        try:
            opened = moment(row["opened"], date_format)
            closed, due = later(row["closed"], date_format), later(row["due"], date_format)
            if closed < opened and mending:
                closed = np.nan
            if closed < opened:
                raise Unusable(sentence("closed before it was opened: correct the times, or take the row out"))
            if is_empty(row["category"]):
                raise Unusable(sentence("the category is empty"))
        except Unusable as wrong:
            bad.add(number, wrong.args[0])
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
        premises=codes["premises"].taken if columns.get("premises") else None,
    )


def moment(written: object, form: str = "") -> float:
    """Days since the calendar began, with the time as a fraction. Raises Unusable when it cannot be read."""
    ordinal, fraction = when(written, form)
    return ordinal + (fraction or 0.0)


def later(written: object, form: str = "") -> float:
    """The same of a time that may not have come: not-a-number when it is empty."""
    return np.nan if is_empty(written) else moment(written, form)


class Codes:
    """Numbers for names, in the order in which they come; −1 for an empty one."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.numbers = array("i")

    def take(self, name: object) -> None:
        """Note the next name."""
        text = cell_text(name)
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
        wanted = cell_text(columns.get(name, name if name in NEEDED else ""))
        found.append(header.index(wanted) if wanted else None)
    return found


def unclear(header: list[str], columns: Mapping[str, str]) -> Iterable[str]:
    """What is wrong with the columns that are asked for."""
    for name in FIELDS:
        wanted = cell_text(columns.get(name, name if name in NEEDED else ""))
        if wanted and header.count(wanted) > 1:
            yield sentence("two columns are called {name}; rename one of them.", name=shown(wanted))
        elif wanted and wanted not in header:
            yield sentence(
                "there is no column {column}.{near} Say which column holds it: --{name} NAME.",
                column=shown(wanted),
                near=suggestion(wanted, header[:100]),
                name=name,
            )
