"""Evidence: what is known about how a district performs, from a CSV file or from tables [[evidence]] of a study.

A row names a metric (an outcome of the model, or a measure made of outcomes), its value and how far the value may be
off: `sd`, or `low` and `high`, between which it lies in nine cases of ten. `discrepancy` is how far even a right model
may miss it; `used = false` keeps a row back for the check at the end; where `source` is
`records`, everything was counted and needs no `sd`. Rows of one metric from several places say what
is plausible in a further place like these: their mean, with the spread among places.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pingan_abm.district.here import here
from pingan_abm.files.toml import read_text
from pingan_abm.study.plan.entries import beside
from pingan_abm.study.plan.measures import is_metric, metric_names
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

KEYS = ("metric", "value", "sd", "low", "high", "discrepancy", "used", "place", "source", "note")
NINETY = 1.6448536269514722  # standard deviations from the middle to either end of a central 90 %
RECORD_KEYS = ("file", "people", "opened", "closed", "category", "due", "date_format")
YES, NO = ("true", "yes", "1", "是"), ("false", "no", "0", "否")
LARGEST = 10_000  # rows
OF_DISTRICT = "district"  # in a study: the evidence in the folder of the district that is meant
EVIDENCE = "evidence.csv"
COUNTED = "records"  # as source: every request was counted, so that the value has no error of its own
SHIPPED_FILE = Path(__file__).parents[2] / "data" / EVIDENCE
SHIPPED_STUDY = SHIPPED_FILE.with_name("inference.toml")


@dataclass(frozen=True)
class Evidence:
    """What is known of one metric. error: standard deviation of the value; discrepancy: by which a right model may
    still miss it; used: for inference, or kept back for the check; places: how many it rests on."""

    metric: str
    value: float
    error: float
    discrepancy: float = 0.0
    used: bool = True
    places: int = 1


@dataclass(frozen=True)
class Row:
    """One row as it was written. sd: None where it says nothing."""

    metric: str
    value: float
    sd: float | None
    discrepancy: float
    used: bool
    place: str


def read_evidence(path: Path) -> tuple[Evidence, ...]:
    """The evidence of a CSV file. Raises InputErrors with everything that is wrong, each with its line."""
    text = read_text(path, sentence("an evidence file"))
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in ("metric",) if name not in (reader.fieldnames or ())]
    if missing:
        raise InputErrors([sentence("{path}: there is no column {name} in the first line.", path=path, name="metric")])
    rows = [
        (
            f"{path}:{line}",
            {key: value.strip() for key, value in row.items() if key in KEYS and value and value.strip()},
        )
        for line, row in _numbered(reader)
    ]
    return pooled(rows_of([(where, row) for where, row in rows if row]))


def _numbered(reader: "csv.DictReader[str]") -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as wrong:
        raise InputErrors(
            [sentence("line {line} cannot be read: {why}.", line=reader.line_num, why=str(wrong))]
        ) from None


def rows_of(written: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Row]:
    """Rows from what was written, each with where it stands. Raises InputErrors with everything that is wrong."""
    problems: list[str] = []
    if len(written) > LARGEST:
        raise InputErrors([sentence("evidence has {count} rows, more than {most}.", count=len(written), most=LARGEST)])
    rows = [_row(where, table, problems) for where, table in written]
    raise_if_any(problems)
    return rows


def _row(where: str, table: Mapping[str, Any], problems: list[str]) -> Row:
    for key in table:
        if key not in KEYS:
            near = suggestion(str(key), KEYS)
            problems.append(sentence("{where}: there is no key {key}.{near}", where=where, key=shown(key), near=near))
    metric = str(table.get("metric", ""))
    if not is_metric(metric):
        near = suggestion(metric, metric_names())
        problems.append(
            sentence("{where}: there is no metric {metric}.{near}", where=where, metric=shown(metric), near=near)
        )
    found = {
        key: _number(where, key, table[key], problems)
        for key in ("value", "sd", "low", "high", "discrepancy")
        if key in table
    }
    used = _switch(where, table.get("used", True), problems)
    value, sd = found.get("value"), found.get("sd")
    if ("low" in found) != ("high" in found):
        problems.append(sentence("{where}: write low and high together.", where=where))
    elif "low" in found:
        low, high = found["low"], found["high"]
        if sd is not None:
            problems.append(sentence("{where}: sd stands beside low and high; keep one of them.", where=where))
        if low >= high:
            problems.append(
                sentence("{where}: low = {low} must lie below high = {high}.", where=where, low=low, high=high)
            )
        value = (low + high) / 2.0 if value is None else value
        sd = (high - low) / (2.0 * NINETY)
    if sd is None and table.get("source") == COUNTED:
        sd = 0.0
    if value is None:
        problems.append(sentence("{where}: there is no value; write value, or low and high.", where=where))
    for key in ("sd", "discrepancy"):
        if found.get(key, 0.0) < 0.0:
            problems.append(sentence("{where}: {key} is below 0.", where=where, key=key))
    return Row(metric, value or 0.0, sd, found.get("discrepancy", 0.0), used, str(table.get("place", "")))


def _number(where: str, key: str, value: Any, problems: list[str]) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        problems.append(sentence("{where}: {key} = {value} is no number.", where=where, key=key, value=shown(value)))
        return 0.0
    return number


def _switch(where: str, value: Any, problems: list[str]) -> bool:
    word = str(value).strip().lower()
    if word not in (*YES, *NO):
        problems.append(
            sentence("{where}: used = {value} is not usable: write true or false.", where=where, value=shown(value))
        )
    return word not in NO


def pooled(rows: Sequence[Row]) -> tuple[Evidence, ...]:
    """One piece of evidence for each metric, used or not. Raises InputErrors for a metric of which nothing says how far
    its value may be off.

    A place counts once, however many rows it has. Two places or more: mean m of the places and, as the error for a
    further place, s·√(1 + 1/n) with their standard deviation s; what single rows say of their own error is part of s.
    """
    problems: list[str] = []
    found: list[Evidence] = []
    for metric, used in dict.fromkeys((row.metric, row.used) for row in rows):
        mine = [row for row in rows if (row.metric, row.used) == (metric, used)]
        places = dict.fromkeys(row.place or f"row {number}" for number, row in enumerate(mine))
        means = [
            _mean([row.value for row in mine if (row.place or f"row {mine.index(row)}") == place]) for place in places
        ]
        mean, count = _mean(means), len(means)
        if count > 1:
            spread = math.sqrt(sum((one - mean) ** 2 for one in means) / (count - 1))
            error = spread * math.sqrt(1.0 + 1.0 / count)
        elif any(row.sd is None for row in mine):
            problems.append(
                sentence(
                    "evidence: {metric} is known of one place, and nothing says how far it may be off; write sd, or "
                    "low and high.",
                    metric=metric,
                )
            )
            continue
        else:
            error = max(row.sd or 0.0 for row in mine)
        found.append(Evidence(metric, mean, error, max(row.discrepancy for row in mine), used, count))
    raise_if_any(problems)
    return tuple(found)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def evidence_of(written: Any, folder: Path) -> tuple[tuple[Evidence, ...], list[str]]:
    """The evidence that a study names, and what is wrong with it: a CSV file beside the study, the one of the district,
    or the tables themselves."""
    if written is None:
        return (), []
    try:
        if written == OF_DISTRICT:
            return read_evidence(here().path / EVIDENCE), []
        if isinstance(written, str):
            return read_evidence(beside(folder, written)), []
        if isinstance(written, list) and all(isinstance(one, Mapping) for one in written):
            return pooled(rows_of([(f"[[evidence]] {number}", one) for number, one in enumerate(written, start=1)])), []
    except InputErrors as wrong:
        return (), list(wrong.problems)
    return (), [
        sentence(
            'write the name of a CSV file in quotes, "district", or tables under [[evidence]], not {value}.',
            value=shown(written),
        )
    ]


def records_of(table: Mapping[str, Any], folder: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The records file that a study takes evidence from, with its columns, and mistakes as (key, message)."""
    problems: list[tuple[str, str]] = []
    for key, value in table.items():
        if key not in RECORD_KEYS:
            problems.append((key, sentence("there is no such key; write {names}.", names=", ".join(RECORD_KEYS))))
        elif key == "people" and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            problems.append((key, sentence("{value} is not usable: write a whole number above 0.", value=shown(value))))
        elif key != "people" and not isinstance(value, str):
            problems.append((key, sentence("{value} is not usable: write a text in quotes.", value=shown(value))))
    if table and "file" not in table:
        problems.append(("file", sentence("is missing; write the name of a records file.")))
    if problems or not table:
        return {}, problems
    try:
        return {**table, "file": beside(folder, table["file"])}, []
    except InputErrors as wrong:
        return {}, [("file", message) for message in wrong.problems]
