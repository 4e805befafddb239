"""The folder of a district made from requests: its tables, its evidence, and an account of where all of it is from."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.district.keys import ABOUT
from pingan_abm.files.atomic import write_bytes
from pingan_abm.founding.capacities import capacities
from pingan_abm.founding.from_requests import Taken
from pingan_abm.founding.request_columns import RequestColumns
from pingan_abm.parameters.declared import declared
from pingan_abm.texts.errors import InputErrors, sentence, translated
from pingan_abm.texts.i18n import translator

LATE = 30.0  # days
HEADS = {
    "taken": ("What was taken from the records", "取自数据"),
    "assumed": ("What was assumed", "假定"),
    "unknown": ("What the records cannot say", "数据无法说明"),
}


def check_new(folder: Path) -> None:
    """Raise InputErrors when a folder holds something already, or has a name that nobody could type again."""
    if not folder.name.isprintable():
        raise InputErrors([sentence("{folder} has letters that nobody sees; write another name.", folder=folder)])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputErrors([sentence("{folder} is not empty; write a new folder.", folder=folder)])


def write_folder(folder: Path, t: Taken, r: RequestColumns, title: tuple[str, str]) -> None:
    """Write every file of the district. title: its name, and where the records are from."""
    name, source = title
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in {
        ABOUT: about_text(t, r, name, source),
        "units.toml": tables("units", t.units),
        "issues.toml": tables("issues", t.issues),
        "subtypes.toml": tables("subtypes", t.subtypes),
        "communities.toml": tables("subdistricts", t.subdistricts) + tables("communities", t.communities),
        "shocks.toml": tables("shocks", t.shocks),
        "evidence.csv": evidence_text(r, t.residents),
        "README.md": readme(t, name, source),
    }.items():
        if text:
            write_bytes(folder / file, text.encode())


def about_text(t: Taken, r: RequestColumns, name: str, source: str) -> str:
    """district.toml."""
    start = date.fromordinal(r.first).replace(month=1, day=1)
    lines = [f"en = {written(name)}", f"zh = {written(name)}", f"residents = {t.residents}", f"start = {start}"]
    lines += [f"source = {written(source)}", ""] if source else [""]
    lines += ["[calendar]", f"seasons = {written(t.seasons)}", ""] if t.seasons else []
    lines += ["[records]", f"columns = {written(r.columns)}"]
    lines += [f"date_format = {written(r.date_format)}"] if r.date_format else []
    lines += ["", "[parameters]"]
    for parameter, value in t.parameters.items():
        one = declared(parameter)
        assert one.low is not None and one.high is not None
        fit = min(one.high, max(one.low, value))
        lines.append(f'{parameter} = {{ value = {fit:.4g}, source = "records" }}')
    for parameter, amount in capacities(t.residents).items():
        lines.append(f'{parameter} = {{ value = {written(amount)}, source = "assumed" }}')
    return "\n".join(lines) + "\n"


def tables(name: str, rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Rows of one table as TOML."""
    parts = []
    for key, row in rows.items():
        lines = [f"[{name}.{key}]", *(f"{entry} = {written(value)}" for entry, value in row.items())]
        parts.append("\n".join([*lines, 'source = "records"', ""]))
    return "\n".join(parts) + ("\n" if parts else "")


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {written(one)}" for key, one in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def evidence_text(r: RequestColumns, residents: int) -> str:
    """evidence.csv: how the office performs, as the records say it."""
    took = (r.closed - r.opened)[~np.isnan(r.closed)]
    judged = ~np.isnan(r.due) & ~np.isnan(r.closed)
    first = date.fromordinal(r.first)
    period = f"{first}/{date.fromordinal(r.first + r.days - 1)}"
    rows: list[tuple[str, float, str]] = [
        ("requests_per_person_year", len(r.opened) / r.days * 365 / residents, "residents")
    ]
    if len(took):
        rows += [
            ("days_to_close_median", float(np.median(took)), "closed requests"),
            ("days_to_close_mean", float(took.mean()), "closed requests"),
            ("days_to_close_p90", float(np.quantile(took, 0.9)), "closed requests"),
            ("closed_later_than_30_days", float((took > LATE).mean()), "closed requests"),
            ("closed", len(took) / len(r.opened), "requests"),
        ]
    if judged.any():
        rows.append(
            ("closed_on_time", float((r.closed[judged] <= r.due[judged]).mean()), "closed requests with a deadline")
        )
    if "duplicate" in r.columns:
        rows.append(("duplicates", float(r.duplicate.mean()), "requests"))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("metric", "value", "period", "denominator", "source"))
    writer.writerows((metric, f"{value:.4g}", period, denominator, "records") for metric, value, denominator in rows)
    return out.getvalue()


def readme(t: Taken, name: str, source: str) -> str:
    """The account, in both languages."""
    lines = [f"# {name}", "", *([source, ""] if source else [])]
    for kind, (en, zh) in HEADS.items():
        lines += [f"## {en} / {zh}", ""]
        for one in t.notes[kind]:
            lines.append(f"- {one}" + f" / {translated(one, translator('zh'))}")
        lines.append("")
    return "\n".join(lines)
