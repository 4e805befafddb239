"""What a report is made from: the runs, the comparison or the sweep that a folder holds, laid out."""

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.toml_text import revived, scenario_of
from pingan_abm.runs import RunSpec, contents_id, replicated_id
from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.decide.beliefs import Weighed, kept_weighed
from pingan_abm.study.decide.compare import Arm, Comparison, Replicated
from pingan_abm.study.keep.folder import held, open_known_store
from pingan_abm.study.keep.store import Store
from pingan_abm.texts.errors import InputErrors, sentence

type Series = Mapping[str, Mapping[str, np.ndarray]]


@dataclass(frozen=True)
class Made:
    """What the results were made with. commit: of the sources, if they came from a checkout."""

    model_version: str
    seed: int
    python: str = ""
    commit: str = ""


def _nothing_replicated() -> Replicated:
    return Replicated(())


@dataclass(frozen=True)
class Compared:
    """A comparison. series: {label: {indicator: float64 [replications, days]}}, of the replications that every scenario
    has; weighed: the scenarios over what participants believe, if they were asked; replicated: the runs of a
    folder; chosen: the outcomes that were asked for; ranked: how levers were ranked, where each arm moves one of
    them."""

    arms: tuple[Arm, ...]
    replications: int
    comparisons: tuple[Comparison, ...]
    made: Made
    series: Series = field(default_factory=dict)
    failed: int = 0
    weighed: Weighed | None = None
    progress: tuple[int, int] = (0, 0)  # runs done, and planned; (0, 0) if it is not known how many
    replicated: Replicated = field(default_factory=_nothing_replicated)
    chosen: tuple[str, ...] = ()
    ranked: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Repeated:
    """Replications of one specification. outcomes: one mapping a replication; series: {indicator: float64
    [replications, days]}."""

    spec: RunSpec
    outcomes: tuple[Mapping[str, float | None], ...]
    made: Made
    series: Mapping[str, np.ndarray] = field(default_factory=dict)
    failed: int = 0
    progress: tuple[int, int] = (0, 0)  # runs done, and planned


@dataclass(frozen=True)
class Swept:
    """A sweep. laid: its runs by point and replication; finished, failed: runs; planned: runs of the whole design."""

    laid: Laid
    study: Mapping[str, Any]
    made: Made
    planned: int
    finished: int
    failed: int


type Source = Compared | Repeated | Swept


def read_source(folder: Path) -> Source:
    """What a folder holds. Raises InputErrors when it holds no results, or only results of another model, which cannot
    be reported here."""
    store = open_known_store(folder)
    kind = store.manifest.get("kind")
    if kind == "comparison":
        return read_compared(store)
    if kind == "run":
        return read_repeated(store)
    if kind == "sweep":
        return read_swept(store)
    raise InputErrors(
        [
            sentence(
                "{folder} holds {held}, of which there is no report; write a folder that run, compare or sweep made.",
                folder=folder,
                held=held(store.manifest),
            )
        ]
    )


def made_with(store: Store) -> Made:
    """What a store's runs were made with."""
    about = store.manifest
    commit = (about.get("commit") or {}).get("hash", "")
    return Made(str(about["model_version"]), int(about["seed"]), str(about.get("python", "")), str(commit)[:10])


def _spec(about: Mapping[str, Any], scenario: Mapping[str, Any], settings: Mapping[str, Any]) -> RunSpec:
    incidents = about.get("incidents")
    return RunSpec(
        scenario_of(scenario),
        revived(settings),
        int(about["residents"]),
        int(about["days"]),
        date.fromisoformat(about["start"]),
        int(about["seed"]),
        incidents=Path(incidents) if incidents else None,
        warmup=int(about["warmup"]),
        history=str(about["history"]),
        match_load=about.get("match_load"),
    )


def read_arms(store: Store) -> tuple[Arm, ...]:
    """The arms of the comparison in a store."""
    about = store.manifest
    return tuple(Arm(one["label"], _spec(about, one["scenario"], one["settings"])) for one in about["arms"])


def read_compared(store: Store) -> Compared:
    """The comparison in a store."""
    about = store.manifest
    arms = read_arms(store)
    rows = _rows(store)
    last = max((row["replication"] for row in rows.values()), default=-1)
    done = Replicated(arms)
    ids: dict[str, list[str]] = {}
    for arm in arms:
        contents = contents_id(arm.spec, about["model_version"], about.get("extensions"))
        ids[arm.label] = [replicated_id(contents, arm.spec.seed, number) for number in range(last + 1)]
        good = {
            number: rows[one]
            for number, one in enumerate(ids[arm.label])
            if one in rows and rows[one]["status"] == "ok"
        }
        done.outcomes[arm.label] = {number: _outcomes(row) for number, row in good.items()}
    whole = done.whole()
    if not whole:
        raise InputErrors([_nothing(store)])
    known = [name for name in store.outcomes if name in OUTCOMES]
    series = {label: _series(store, [ids[label][number] for number in whole]) for label in ids}
    failed = sum(row["status"] != "ok" for row in rows.values())
    return Compared(
        arms,
        len(whole),
        tuple(done.comparisons(known)),
        made_with(store),
        series,
        failed,
        kept_weighed(store.folder),
        _progress(store, rows),
        done,
        tuple(name for name in about.get("chosen", ()) if name in OUTCOMES),
        about.get("rank"),
    )


def _progress(store: Store, rows: Sized) -> tuple[int, int]:
    planned = store.manifest.get("planned")
    return (0, 0) if planned is None else (len(rows), int(planned))


def read_repeated(store: Store) -> Repeated:
    """The replications of one specification in a store."""
    about = store.manifest
    rows = sorted(_rows(store).values(), key=_by_replication)
    good = [row for row in rows if row["status"] == "ok"]
    if not good:
        raise InputErrors([_nothing(store)])
    spec = _spec(about, about["scenario_contents"], {})
    series = _series(store, [row["run_id"] for row in good])
    return Repeated(
        spec,
        tuple(_outcomes(row) for row in good),
        made_with(store),
        series,
        len(rows) - len(good),
        _progress(store, rows),
    )


def read_swept(store: Store) -> Swept:
    """The sweep in a store."""
    laid = lay_out(store.folder)
    states = store.runs(["status"]).column("status").to_pylist()
    if "ok" not in states:
        raise InputErrors([_nothing(store)])
    return Swept(
        laid,
        store.manifest["study"],
        made_with(store),
        int(store.manifest["planned"]),
        len(states),
        states.count("failed"),
    )


def _nothing(store: Store) -> str:
    return sentence(
        "{folder} holds no finished run that can be reported (made by model version {version}); run the same command "
        "into it again, or into another folder.",
        folder=store.folder,
        version=store.manifest.get("model_version"),
    )


def _rows(store: Store) -> dict[str, dict[str, Any]]:
    """Runs by id: status, replication, outcomes."""
    table = store.runs(["replication", *store.outcomes])
    return {row["run_id"]: row for row in table.to_pylist()}


def _by_replication(row: Mapping[str, Any]) -> int:
    return int(row["replication"])


def _outcomes(row: Mapping[str, Any]) -> dict[str, float | None]:
    return {name: row.get(name) for name in OUTCOMES}


def _series(store: Store, run_ids: Sequence[str]) -> dict[str, np.ndarray]:
    """{indicator: float64 [runs that have a series, days]}."""
    found = dict(store.series(run_ids))
    tables = [found[one] for one in run_ids if one in found]
    if not tables:
        return {}
    return {name: np.stack([table[name] for table in tables]) for name in tables[0]}
