"""Service requests of an office as arrays: times as days, names as codes, a row each."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from pingan_abm.files.cells import cell_text, is_empty
from pingan_abm.files.toml import parse_toml, read_text
from pingan_abm.scenarios.bad_rows import BadRows
from pingan_abm.scenarios.record_dates import Unusable, form_problem, when
from pingan_abm.scenarios.record_files import records_in
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

TIMES, NEEDED = ("opened", "closed", "due"), ("opened", "category")
FIELDS = ("opened", "closed", "due", "category", "agency", "place", "premises", "channel", "status", "duplicate")
CODED = FIELDS[len(TIMES) :]
#: Headers that are taken for a field when no columns are named, in small letters and without blanks.
USUAL_HEADERS = {
    "opened": (
        "opened",
        "open_dt",
        "createddate",
        "created_date",
        "opendate",
        "受理时间",
        "来电时间",
        "上报时间",
        "登记时间",
    ),
    "closed": ("closed", "closed_dt", "closedate", "closed_date", "办结时间", "结案时间"),
    "due": ("due", "target_dt", "duedate", "due_date", "截止时间", "办结时限", "处置截止时间"),
    "category": ("category", "type", "srtype", "complaint_type", "问题类型", "诉求类型", "事件类型", "类别"),
    "agency": ("agency", "department", "承办单位", "处置单位", "责任单位"),
    "place": ("place", "neighborhood", "precinct", "community", "社区", "所属社区", "所属街道"),
    "premises": ("premises", "涉事场所", "涉事主体", "被诉单位", "被诉主体"),
    "channel": ("channel", "source", "methodreceived", "来源", "渠道", "受理渠道"),
    "status": ("status", "case_status", "srstatus", "状态", "办理状态"),
    "duplicate": ("duplicate", "is_duplicate", "是否重复"),
}
NOT_TRUE = ("", "0", "false", "no", "否", "n")


@dataclass
class RequestColumns:
    """Rows of a file. opened, closed, due: days (float64), not-a-number where empty, counted so that day 0 is `first`;
    codes: int32 by field, −1 where empty; names: by field, in the order of the codes; columns: the file's own header by
    field; first: ordinal of day 0; odd: rows that are closed or due before they are opened, whose times are left
    out."""

    opened: np.ndarray
    closed: np.ndarray
    due: np.ndarray
    codes: dict[str, np.ndarray]
    names: dict[str, list[str]]
    columns: dict[str, str]
    first: int
    odd: int = 0
    date_format: str = ""

    @property
    def days(self) -> int:
        """Days from the first opening to the last."""
        return int(self.opened.max()) + 1

    @property
    def duplicate(self) -> np.ndarray:
        """Which rows are marked as duplicates of others."""
        marks = np.array([name.lower() not in NOT_TRUE for name in self.names["duplicate"]] or [False])
        return np.where(self.codes["duplicate"] >= 0, marks[self.codes["duplicate"]], False)


@dataclass
class _Codes:
    known: dict[str, int] = field(default_factory=dict)
    numbers: "array[int]" = field(default_factory=lambda: array("i"))

    def take(self, text: str) -> None:
        self.numbers.append(self.known.setdefault(text, len(self.known)) if text else -1)


def read_mapping(path: Path) -> tuple[dict[str, str], str]:
    """The columns and the date format of a MAP.toml. Raises InputErrors."""
    what = sentence("a file of columns")
    data = parse_toml(read_text(path, what), str(path))
    columns, form = data.get("columns"), data.get("date_format", "")
    problems: list[str] = []
    if not isinstance(columns, dict):
        problems.append(sentence('{path}: write a table [columns], such as opened = "OPEN_DT".', path=path))
        columns = {}
    for name, column in columns.items():
        if name not in FIELDS or not isinstance(column, str):
            problems.append(
                sentence(
                    "{path}: columns.{name}: unknown key.{near}", path=path, name=name, near=suggestion(name, FIELDS)
                )
            )
    if form and (not isinstance(form, str) or form_problem(form)):
        problems.append(sentence("{path}: {what}", path=path, what=form_problem(str(form)) or "date_format"))
    raise_if_any(problems)
    return {str(name): str(column) for name, column in columns.items()}, str(form)


def read_columns(path: Path, columns: Mapping[str, str], date_format: str = "") -> RequestColumns:
    """The requests of a CSV, Excel or Parquet file. columns: the file's own header by field; without any, usual headers
    are looked for. Raises InputErrors with row, column and remedy for all that cannot be read."""
    bad, used = BadRows(), dict[str, str]()
    times = {name: array("d") for name in TIMES}
    codes = {name: _Codes() for name in CODED}
    odd = 0
    for number, fields in records_in(path, partial(positions, columns=columns, used=used), bad):
        row = dict(zip(FIELDS, fields, strict=True))
        moments: dict[str, float] = {}
        try:
            for name in TIMES:
                moments[name] = moment(row[name], name, used, date_format)
            if is_empty(row["category"]):
                raise Unusable(sentence("{column}: the category is empty", column=used["category"]))
        except Unusable as wrong:
            bad.add(number, wrong.args[0])
            continue
        for name in TIMES[1:]:
            if moments[name] < moments["opened"]:
                moments[name], odd = float("nan"), odd + 1
        for name, value in moments.items():
            times[name].append(value)
        for name, code in codes.items():
            code.take(cell_text(row[name]))
    raise_if_any(bad.sentences(path))
    if not times["opened"]:
        raise InputErrors([sentence("{path}: the file has no rows.", path=path)])
    first = int(min(times["opened"]))
    since = {name: np.frombuffer(values, np.float64) - first for name, values in times.items()}
    return RequestColumns(
        **since,
        codes={name: np.frombuffer(code.numbers, np.int32) for name, code in codes.items()},
        names={name: list(code.known) for name, code in codes.items()},
        columns=used,
        first=first,
        odd=odd,
        date_format=date_format,
    )


def moment(written: object, name: str, used: Mapping[str, str], form: str) -> float:
    """Days since the calendar began. An empty time is not-a-number, but for the opening. Raises Unusable, which names
    the column."""
    if name != "opened" and is_empty(written):
        return float("nan")
    try:
        ordinal, fraction = when(written, form)
    except Unusable as wrong:
        raise Unusable(sentence("{column}: {what}", column=used[name], what=wrong.args[0])) from None
    return ordinal + (fraction or 0.0)


def positions(header: list[str], columns: Mapping[str, str], used: dict[str, str]) -> list[int | None]:
    """Positions of the fields in a header; which were found is noted in `used`. Raises InputErrors."""
    problems: list[str] = []
    plain = {name.lower().replace(" ", ""): name for name in reversed(header)}
    for name in FIELDS:
        if name in columns:
            wanted = cell_text(columns[name])
            if wanted not in header:
                near = suggestion(wanted, header[:100])
                problems.append(sentence("there is no column {column}.{near}", column=shown(wanted), near=near))
            used[name] = wanted
        elif not columns:
            found = next((plain[one] for one in USUAL_HEADERS[name] if one in plain), None)
            used |= {} if found is None else {name: found}
        if name in NEEDED and name not in used:
            problems.append(
                sentence(
                    'which column holds {name}? Write {name} = "…" under [columns] in a file for --columns. There are: '
                    "{header}.",
                    name=name,
                    header=", ".join(header[:30]),
                )
            )
    raise_if_any(problems)
    return [header.index(used[name]) if name in used else None for name in FIELDS]
