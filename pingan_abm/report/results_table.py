"""The table of `pingan results`: rows in the order in which they were asked for, with the labels of scenarios; and the
data dictionary that says what every column is."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import by_name
from pingan_abm.parameters.fields import unit_words
from pingan_abm.report.sources import read_arms
from pingan_abm.runs import contents_id, replicated_id
from pingan_abm.study.keep.store import Store
from pingan_abm.texts.i18n import translator

LABEL, TOGETHER = "label", "; "  # the column of scenarios' labels; between those of equal runs
HEADS = ("column", "kind", "name_en", "name_zh", "unit_en", "unit_zh", "better", "definition_en", "definition_zh")
#: What the columns are that are neither settings nor outcomes.
NOTES = {
    "run_id": ("identity of a run: the same id means the same result", "运行标识：标识相同则结果相同"),
    "point": ("number of the point in the study's design, from 1", "研究设计中的点号，从1起"),
    "in_design": ("whether the study asks for the run", "研究设计是否包含该次运行"),
    LABEL: (
        "label of the scenario in the comparison; several where their runs are equal",
        "比较中的情景名称；运行相同的列出多个",
    ),
    "scenario": ("name of the scenario", "情景名称"),
    "seed": ("seed of all random draws", "随机种子"),
    "replication": ("number of the replication, from 0", "运行编号，从0起"),
    "residents": ("number of residents", "居民人数"),
    "days": ("length of the run in days", "运行天数"),
    "start": ("date of the first day", "首日日期"),
    "warmup": ("days that the district has lived before", "首日之前已经历的天数"),
    "history": ("settings of the days before", "之前各日采用的设置"),
    "match_load": ("load ratio that staffing was set for", "据以设定人力的工作负荷比"),
    "status": ("ok, or failed", "ok为完成，failed为失败"),
    "error": ("why the run failed", "失败原因"),
}


def ordered(table: pa.Table, store: Store) -> pa.Table:
    """The runs in the order of the study's design or of the comparison's scenarios, then by replication; what nobody
    asks for comes last, by run id. Those of a comparison get the labels of their scenarios."""
    if "arms" in store.manifest and len(table):
        table = _labelled(table, store)
    if not len(table):
        return table
    rows = table.to_pylist()
    arms = {str(arm["label"]): place for place, arm in enumerate(store.manifest.get("arms", []))}
    keys = [_place(row, arms) for row in rows]
    return table.take(pa.array(sorted(range(len(rows)), key=keys.__getitem__)))


def _place(row: Mapping[str, Any], arms: Mapping[str, int]) -> tuple[bool, int, int, str]:
    """Where a run stands: by its point, or by the first scenario that it is of; what nobody asks for last."""
    point = row.get("point", 0)
    arm = arms.get(str(row.get(LABEL) or "").split(TOGETHER)[0], len(arms))
    return point is None, int(point or arm), int(row.get("replication") or 0), str(row["run_id"])


def _labelled(table: pa.Table, store: Store) -> pa.Table:
    """A comparison's runs with the labels of their scenarios after the run id."""
    about = store.manifest
    last = max(table.column("replication").to_pylist())
    labels: dict[str, list[str]] = {}
    for arm in read_arms(store):
        contents = contents_id(arm.spec, about["model_version"], about.get("extensions"))
        for number in range(last + 1):
            labels.setdefault(replicated_id(contents, arm.spec.seed, number), []).append(arm.label)
    found = [TOGETHER.join(labels.get(run_id, [])) for run_id in table.column("run_id").to_pylist()]
    return table.add_column(1, LABEL, pa.array(found, pa.string()))


def dictionary(table: pa.Table) -> bytes:
    """What every column of a table of runs is, as CSV: its kind, names and units in both languages, the better
    direction, how it is counted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADS)
    for column in table.column_names:
        writer.writerow([column, *_described(column)])
    return buffer.getvalue().encode()


def _described(column: str) -> tuple[str, ...]:
    chinese = translator("zh")
    if column in OUTCOMES:
        one = OUTCOMES[column]
        definition = one.definition
        return (
            "outcome",
            one.en,
            one.zh,
            one.unit,
            unit_in_chinese(one.unit),
            one.better,
            definition,
            chinese(definition),
        )
    if column in by_name():
        of = by_name()[column]
        return ("setting", of.en, of.zh, of.unit, unit_words(of.unit, "zh"), "", of.meaning_en, of.meaning_zh)
    if column in NOTES:
        english, own = NOTES[column]
        return ("note", column, column, "", "", "", english, own)
    return ("setting", column, column, "", "", "", "entry of the district's tables", "区情表中的条目")


def unit_in_chinese(unit: str) -> str:
    """A unit of an outcome in Chinese."""
    words = {"share": "比例（0—1）", "days": "天", "count": "数量", "ratio": "比值", "index": "指数", "yuan": "元"}
    words |= {"staff-days": "人日", "problem-days": "加权问题日", "0–1": "0—1"}
    return words.get(unit, unit)
