"""The event log of a run, for process mining: one row per step of a case file, as the system records it.

A trace is one case file. Its activities are the seven steps (collect, file, dispatch, handle, feedback, verify,
evaluate) with what happens between them: merge, accept, hand_off, return, second_report, joint_dispatch, backstop,
stall, statutory_wait, supervision, special_meeting, the six stages of a joint meeting with decided or not_agreed,
reopen, revisit, went_public. A second file on the same problem begins with the report that its own channel collected.
What only the model knows, whether the problem was really solved, is kept apart in one attribute of the case
(`truly_solved`).

Read in blocks, so that memory does not grow with the log beyond the run's own register of events and its order.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pingan_abm.files.atomic import require_plain
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.world.cases import LEVEL_1_STEP, SPECIAL_STEP
from pingan_abm.world.events import EVENT, Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
    from pingan_abm.study.keep.store import Store

STEPS = (
    Activity.COLLECT,
    Activity.FILE,
    Activity.MERGE,
    Activity.DISPATCH,
    Activity.JOINT_DISPATCH,
    Activity.RETURN,
    Activity.ACCEPT,
    Activity.HANDLE,
    Activity.HAND_OFF,
    Activity.FEEDBACK,
    Activity.VERIFY,
    Activity.REOPEN,
    Activity.REVISIT,
    Activity.EVALUATE,
    Activity.SECOND_REPORT,
    Activity.SUPERVISION,
    Activity.SPECIAL_MEETING,
    Activity.APPLICATION,
    Activity.FIRST_REVIEW,
    Activity.CONSULTATION,
    Activity.REVIEW,
    Activity.FINAL_REVIEW,
    Activity.ARCHIVING,
    Activity.NOT_AGREED,
    Activity.DECIDED,
    Activity.BACKSTOP,
    Activity.STALL,
    Activity.STATUTORY_WAIT,
    Activity.HELP,
    Activity.REFUSE,
    Activity.INSPECT,
    Activity.REMEDY_ORDERED,
    Activity.REMEDY,
    Activity.REFUSAL,
    Activity.WENT_PUBLIC,
)
NAMES = {int(activity): activity.name.lower() for activity in STEPS}
MILLISECONDS = 86_400_000
BLOCK = 50_000  # rows
STORED = ("time", "case", "problem", "activity", "kind", "actor", "detail")  # of the stored events, what the log needs
KEPT = np.dtype([(name, EVENT[name]) for name in STORED])


@dataclass(frozen=True)
class RunLog:
    """The events of one run, with what their numbers stand for.

    rows: EVENT rows in the order they were logged; start: date of day 0; prefix: of the case ids; units, issues,
    communities: identifiers by number; issue_of, community_of: numbers by problem; zone: of the district's time;
    place_of: names that records give to the places of problems, by problem, None where the records name no places.
    """

    rows: np.ndarray
    start: date
    prefix: str
    units: Sequence[str]
    issues: Sequence[str]
    communities: Sequence[str]
    issue_of: np.ndarray
    community_of: np.ndarray
    zone: str = "+08:00"
    place_of: Mapping[int, str] | None = None


class Step(NamedTuple):
    """One row of the log, in words. truly_solved: a timestamp, empty when the problem was not solved within the run;
    place: the name in the records of the place that it came from, empty where there is none."""

    case: str
    activity: str
    timestamp: str
    resource: str
    issue: str
    community: str
    truly_solved: str
    place: str = ""


def log_of_model(model: "PinganModel") -> RunLog:
    """The log of a model that was built with `events=True`. Raises ValueError when it keeps none."""
    if len(model.world.events) == 0:
        raise ValueError("this model keeps no events; build it with events=True")
    problems, district = model.world.used("problems"), model.district
    return RunLog(
        model.world.used("events"),
        model.start,
        f"r{model.replication}-",
        [unit.id for unit in district.units],
        [issue.id for issue in district.issues],
        [place.id for place in district.communities],
        problems["issue"],
        problems["community"],
        district.about.time_zone,
        model.named_places.of_problems(problems) if model.named_places.count else None,
    )


def logs_of_store(store: "Store") -> Iterator[RunLog]:
    """The logs of a folder's runs, one after another as they were stored; memory holds one run at a time.

    Where several runs share a replication (a comparison, a sweep) the case ids begin with the run id. Raises
    InputErrors when the folder keeps no events, or damaged ones.
    """
    columns = ["run_id", "replication", "residents", "start", "persons_per_grid"]
    runs = {run["run_id"]: run for run in store.runs(columns).select(columns).to_pylist()}
    alone = len({run["replication"] for run in runs.values()}) == len(runs)
    done: set[str] = set()
    names = dict(store.places(runs))
    for path in sorted((store.folder / "events").glob("*.parquet")):
        for run_id, rows in _stored_events(path):
            if run_id in runs and run_id not in done:
                done.add(run_id)
                replication = f"r{runs[run_id]['replication']}-"
                log = _log_of_rows(rows, runs[run_id], replication if alone else f"{run_id}-{replication}")
                yield replace(log, place_of=names.get(run_id, {})) if names else log
    if not done:
        raise InputErrors(
            [
                sentence(
                    "{folder} keeps no events. Run it again with --events, for example: pingan run --events --out DIR.",
                    folder=store.folder,
                )
            ]
        )


def _stored_events(path: Path) -> Iterator[tuple[str, np.ndarray]]:
    """(run id, its EVENT rows, without chances and draws) of every run in a shard, whose rows stand together."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts: list[np.ndarray] = []
    current = ""
    try:
        with pq.ParquetFile(require_plain(path), page_checksum_verification=True) as opened:
            for batch in opened.iter_batches(BLOCK, columns=["run_id", *STORED], use_threads=False):
                ids = np.asarray(batch.column("run_id").cast(pa.string()).to_numpy(zero_copy_only=False))
                edges = [0, *(np.flatnonzero(ids[1:] != ids[:-1]) + 1).tolist(), len(ids)]
                rows = np.zeros(len(ids), KEPT)
                for name in STORED:
                    rows[name] = batch.column(name).to_numpy()
                for first, end in pairwise(edges):
                    if parts and ids[first] != current:
                        yield current, np.concatenate(parts)
                        parts = []
                    current = str(ids[first])
                    parts.append(rows[first:end])
    except pa.ArrowException as damage:
        raise InputErrors(
            [sentence("{path} is damaged ({why}); do the runs again.", path=path, why=str(damage).splitlines()[0])]
        ) from damage
    if parts:
        yield current, np.concatenate(parts)


def _log_of_rows(rows: np.ndarray, run: dict[str, Any], prefix: str) -> RunLog:
    """The log of one stored run; type and place of every problem follow from its events."""
    from pingan_abm.district.files import load_district
    from pingan_abm.world.population import lay_out

    district = load_district()
    _, grids = lay_out(district, run["residents"], run["persons_per_grid"])
    count = int(rows["problem"].max(initial=-1)) + 1
    issue_of, community_of = np.zeros(count, np.int32), np.zeros(count, np.int32)
    arisen = rows[rows["activity"] == Activity.ARISE]
    issue_of[arisen["problem"]] = arisen["detail"]
    collected = rows[(rows["activity"] == Activity.COLLECT) & (rows["kind"] == ActorKind.GRID_OFFICER)]
    community_of[collected["problem"]] = grids["community"][collected["actor"]]
    return RunLog(
        rows,
        run["start"],
        prefix,
        [unit.id for unit in district.units],
        [issue.id for issue in district.issues],
        [place.id for place in district.communities],
        issue_of,
        community_of,
        district.about.time_zone,
    )


def steps_of(log: RunLog) -> Iterator[Step]:
    """Every step of every file, file by file, each file's steps in the order of time."""
    case_of, order = _order(log.rows)
    solved_at = _solved(log.rows, len(log.issue_of))
    names = np.array([NAMES.get(number, "") for number in range(max(Activity) + 1)], object)
    names[Activity.REPORT] = NAMES[Activity.COLLECT]  # of those reports that a second file begins with
    for first in range(0, len(order), BLOCK):
        chosen = order[first : first + BLOCK]
        rows = log.rows[chosen]
        times, solved = _stamps(log, rows["time"]), _stamps(log, solved_at[rows["problem"]])
        cases, activities = case_of[chosen].tolist(), names[rows["activity"]].tolist()
        issues, places = log.issue_of[rows["problem"]].tolist(), log.community_of[rows["problem"]].tolist()
        who, given = _resources(log, rows), log.place_of or {}
        named = [given.get(problem, "") for problem in rows["problem"].tolist()]
        for case, activity, time, resource, issue, place, end, name in zip(
            cases, activities, times, who, issues, places, solved, named, strict=True
        ):
            told = log.issues[issue], log.communities[place], end, name
            yield Step(f"{log.prefix}{case:06d}", activity, time, resource, *told)


def _order(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(case of every row, −1 if of none; numbers of the rows to write, by case, then time, then as logged).

    What is logged on a problem before it has a file, its collection, belongs to its first file. A second file is opened
    by a channel that does not see the first: what it collects is the report logged just before.
    """
    case_of = rows["case"].copy()
    filed = rows[(rows["activity"] == Activity.FILE) & (rows["detail"] == 0)]
    file_of = np.full(int(rows["problem"].max(initial=-1)) + 1, -1, np.int32)
    file_of[filed["problem"]] = filed["case"]
    early = (rows["activity"] == Activity.COLLECT) & (rows["kind"] == ActorKind.GRID_OFFICER)
    case_of[early] = file_of[rows["problem"][early]]
    second = np.flatnonzero((rows["activity"] == Activity.FILE) & (rows["detail"] == 1))
    taken = np.zeros(len(rows), bool)
    taken[second - 1] = rows["activity"][second - 1] == Activity.REPORT
    case_of[second - 1] = np.where(taken[second - 1], rows["case"][second], case_of[second - 1])
    kept = np.flatnonzero((case_of >= 0) & (np.isin(rows["activity"], list(NAMES)) | taken))
    order = np.lexsort((kept, rows["time"][kept], case_of[kept]))
    return case_of, kept[order]


def _solved(rows: np.ndarray, problems: int) -> np.ndarray:
    """Days at which problems were really solved; not-a-number: never."""
    solved = np.full(problems, math.nan)
    ends = rows[np.isin(rows["activity"], (Activity.SOLVED, Activity.SETTLE, Activity.COMPLIED))]
    solved[ends["problem"]] = ends["time"]
    return solved


def _stamps(log: RunLog, days: np.ndarray) -> list[str]:
    """Times in days since the start as ISO timestamps with milliseconds and zone; empty for not-a-number."""
    start, zone = log.start, log.zone
    known = ~np.isnan(days)
    moments = np.datetime64(start, "ms") + np.rint(np.where(known, days, 0.0) * MILLISECONDS).astype("timedelta64[ms]")
    texts = np.datetime_as_string(moments, unit="ms").tolist()
    return [f"{text}{zone}" if is_known else "" for text, is_known in zip(texts, known.tolist(), strict=True)]


def _resources(log: RunLog, rows: np.ndarray) -> list[str]:
    """Who did it, for every row."""
    return [
        resource_name(log, kind, actor)
        for kind, actor in zip(rows["kind"].tolist(), rows["actor"].tolist(), strict=True)
    ]


def resource_name(log: RunLog, kind: int, actor: int) -> str:
    """Identifier of an actor: a unit's, a community's, `grid_officer-35`, `centre`, …"""
    if kind == ActorKind.UNIT:
        return log.units[actor]
    if kind == ActorKind.COMMUNITY:
        return log.communities[actor]
    if kind == ActorKind.MEETING:
        return (
            "conduct_office"
            if actor == SPECIAL_STEP
            else "joint_meeting_1"
            if actor == LEVEL_1_STEP
            else "joint_meeting_2"
        )
    alone = {
        ActorKind.CENTRE: "centre",
        ActorKind.INSPECTORS: "inspectors",
        ActorKind.COMMISSION: "discipline_commission",
        ActorKind.NOBODY: "",
    }
    return alone[ActorKind(kind)] if kind in alone else f"{ActorKind(kind).name.lower()}-{actor}"
