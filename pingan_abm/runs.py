"""One run: what goes in, its identity, and what comes out. Everything that runs the model calls `run_one`.

A run is a pure function of its specification, so its identity is a hash of the specification's contents and of the
model's sources. The same identity means the same result, on any worker and in any order.
"""

import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingan_abm.district.files import base_district, load_district
from pingan_abm.district.here import digest_of, named_here, opened
from pingan_abm.district.load import YEARS, staffing_for
from pingan_abm.engine.memory import free_earlier_models
from pingan_abm.files.extensions import identity
from pingan_abm.files.provenance import content_hash, file_digest, model_version
from pingan_abm.parameters.declared import Parameters, declared
from pingan_abm.scenarios.given import (
    LIMITS,
    Size,
    check_mapping,
    crowding_problems,
    day_of,
    day_problems,
    size_problems,
    whole,
    whole_problems,
)
from pingan_abm.scenarios.histories import WARMUP
from pingan_abm.scenarios.presets import BASELINE, Scenario, in_district, load_scenario, split_settings
from pingan_abm.texts.errors import InputErrors, sentence

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from pingan_abm.model import PinganModel
    from pingan_abm.scenarios.records import Incidents

DAYS = 365
MOST_REPLICATIONS = 100_000
MOST_LOAD = 5.0  # work offered over staff-days available, that can be asked for


type RunFunction = Callable[..., RunResult]  # run_one, or what stands in for it


@dataclass(frozen=True)
class RunSpec:
    """All that decides the result of one run.

    settings: overrides on top of the scenario's, dotted names included. residents: persons; days: length; start: date
    of day 0; incidents: a file of recorded problems that replaces the synthetic arrivals; warmup, history: days lived
    before day 0, and under which settings (`beginning.py`); match_load: the load ratio that `staffing` is to be set
    for; district: a folder, or a shipped one's name.
    """

    scenario: Scenario
    settings: Mapping[str, object] = field(default_factory=dict)
    residents: int = None  # type: ignore[assignment]  # the district's own
    days: int = DAYS
    start: date = None  # type: ignore[assignment]  # the district's own
    seed: int = 0
    replication: int = 0
    incidents: Path | None = None
    warmup: int = WARMUP
    history: str = "today"
    match_load: float | None = None
    district: str | Path = ""

    def __post_init__(self) -> None:
        """Numbers and dates as numpy, pandas or a text hold them become the model's own. The district that is meant
        now is meant for good, and its size and start hold where none are given."""
        with opened(self.district):
            about = base_district().about
            object.__setattr__(self, "district", named_here())
        for name in ("residents", "start"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, getattr(about, name))
        for name in ("residents", "days", "seed", "replication", "warmup"):
            object.__setattr__(self, name, whole(getattr(self, name)))
        object.__setattr__(self, "start", day_of(self.start))
        if isinstance(self.incidents, str):
            object.__setattr__(self, "incidents", Path(self.incidents))


@dataclass(frozen=True)
class RunResult:
    """The results of one run.

    outcomes: number or None by outcome; series: one float64 value a day by indicator; events: the log's rows
    (`events.EVENT`), None unless asked for; seconds: wall time, building included; staffing: the one that the load
    asked for led to; places: names in the records of problems' places, kept with the events.
    """

    run_id: str
    spec: RunSpec
    outcomes: Mapping[str, float | None]
    series: Mapping[str, "np.ndarray"]
    events: "np.ndarray | None"
    seconds: float
    staffing: float | None = None
    places: Mapping[int, str] = dataclasses.field(default_factory=dict)


def resolved(spec: RunSpec) -> tuple[Parameters, Scenario]:
    """The checked parameters of a run, and its scenario with the settings' entries of the district's tables in it.

    Raises InputErrors with every problem of the settings, the district's entries, the scenario and the run's size at
    once.
    """
    with opened(spec.district):
        return _resolved(spec)


def _resolved(spec: RunSpec) -> tuple[Parameters, Scenario]:
    problems = spec_problems(spec)
    check_mapping("settings", spec.settings, '{"accountability": 0.9}')
    scenario = in_district(spec.scenario).with_settings(*split_settings(spec.settings))
    checked = Parameters()
    try:
        checked = Parameters.checked(scenario.parameters)
    except InputErrors as wrong:
        problems += wrong.problems
    district = load_district()  # whose names the scenario is checked against, even where its entries are wrong
    try:
        district = load_district(units=scenario.units, issues=scenario.issues)
    except InputErrors as wrong:
        problems += wrong.problems
    if not whole_problems("residents", spec.residents, *LIMITS["residents"]):
        problems += crowding_problems(spec.residents, district)
    if not day_problems("start", spec.start) and not whole_problems("days", spec.days, *LIMITS["days"]):
        problems += scenario.check(spec.start, spec.days, district)
    if problems:
        raise InputErrors(problems)
    return checked, scenario


def spec_problems(spec: RunSpec) -> list[str]:
    """One line for each number, date and file of the specification that cannot be used."""
    size = Size(spec.residents, spec.days, spec.start, spec.seed, spec.replication, spec.warmup)
    problems = size_problems(size, spec.history) + load_problems(spec.match_load)
    if spec.incidents is not None and not Path(spec.incidents).is_file():
        problems.append(sentence("incidents: there is no file {path}.", path=spec.incidents))
    return problems


def load_problems(load: object) -> list[str]:
    """A line if a load ratio cannot be asked for."""
    if load is None or isinstance(load, int | float) and not isinstance(load, bool) and 0.0 < load <= MOST_LOAD:
        return []
    return [
        sentence(
            "match_load = {value} is not usable: write a load ratio above 0, at most {high}.",
            value=repr(load),
            high=MOST_LOAD,
        )
    ]


def run_id(spec: RunSpec) -> str:
    """Identity of a run: 16 hexadecimal digits of a sha256 over the canonical form of all that decides its result.

    Titles and stories do not count; a records file counts by its contents, not its name. Raises InputErrors like
    `resolved`.
    """
    return replicated_id(contents_id(spec), spec.seed, spec.replication)


def contents_id(
    spec: RunSpec, version: str | None = None, extensions: Sequence[Mapping[str, str]] | None = None
) -> str:
    """Hash of all that decides a run's result but its seed and replication. version, extensions: of the model that made
    it, as in a manifest; without a version, of this one. Without extensions the hash is as if there were none."""
    if version is None:
        version, extensions = model_version(), identity()
    parameters, scenario = resolved(spec)
    contents = {f.name: getattr(scenario, f.name) for f in dataclasses.fields(scenario)}
    for words in ("title", "story", "parameters"):
        contents.pop(words)
    return content_hash(
        {
            "parameters": dict(parameters),
            "scenario": contents,
            "residents": spec.residents,
            "days": spec.days,
            "start": spec.start,
            "warmup": spec.warmup,
            "history": spec.history if spec.warmup else "",
            "match_load": spec.match_load,
            "model": version,
            "incidents": None if spec.incidents is None else file_digest(spec.incidents),
            **({"extensions": extensions} if extensions else {}),
            **digest_of(spec.district),
        }
    )


def replicated_id(contents: str, seed: int, replication: int) -> str:
    """The run id of one replication of the contents that `contents_id` names."""
    return content_hash([contents, seed, replication])


def recorded(spec: RunSpec, scenario: Scenario) -> "Incidents | None":
    """The records that a specification names, read as its scenario says; None if it names none. Raises InputErrors that
    name every kind of bad row."""
    if spec.incidents is None:
        return None
    from pingan_abm.scenarios.records import read_incidents

    with opened(spec.district) as folder:
        district = load_district(scenario.units, scenario.issues, folder)
    return read_incidents(spec.incidents, scenario, district, spec.start, spec.days)


def build_model(
    spec: RunSpec, *, events: bool = False, on_warm_up: Callable[[int], None] | None = None
) -> "PinganModel":
    """The model of a specification at day 0. on_warm_up: called after each day of a warm-up that is not kept."""
    from pingan_abm.model import (
        PinganModel,  # here, so that planning a study does not load compiled code
    )

    parameters, scenario = resolved(spec)
    free_earlier_models(spec.residents)
    return PinganModel(
        parameters,
        scenario=scenario,
        residents=spec.residents,
        days=spec.days,
        start=spec.start,
        seed=spec.seed,
        replication=spec.replication,
        incidents=recorded(spec, scenario),
        events=events,
        warmup=spec.warmup,
        history=spec.history,
        on_warm_up=on_warm_up,
        district=spec.district,
    )


def is_warm(spec: RunSpec) -> bool:
    """Whether a run can begin at once: it has no warm-up, or its warm district is kept on disk."""
    if spec.warmup == 0:
        return True
    from pingan_abm.beginning import Before, kept_warm, warm_up_of

    with opened(spec.district) as folder:
        warm_up = warm_up_of(*resolved(spec), spec.history)
    district = "" if folder.usual else folder.digest
    before = Before(spec.residents, spec.start, spec.seed, spec.replication, spec.warmup, district)
    return kept_warm(warm_up, before)


def matched(spec: RunSpec) -> RunSpec:
    """The specification with the staffing that gives the load it asks for on average over six replications; itself if
    it asks for none. Raises InputErrors for a load that no staffing gives."""
    if spec.match_load is None:
        return spec
    first = replace(spec, replication=0, match_load=None)

    def load_at(staffing: float, replication: int) -> float:
        model = build_model(replace(with_staffing(first, staffing), replication=replication))
        for _ in range(spec.days):
            model.step()
        found = model.outcomes()["load_ratio"]
        if not found:
            raise InputErrors(
                [sentence("match_load: the units of this run have no work, so no staff gives them a load.")]
            )
        return found

    bounds = declared("staffing")
    assert bounds.low is not None and bounds.high is not None
    parameters, _ = resolved(first)
    staffing = _staffing_of(first, spec.match_load, load_at, parameters.staffing, (bounds.low, bounds.high))
    return replace(with_staffing(spec, staffing), match_load=None)


def _staffing_of(
    first: RunSpec, load: float, load_at: Callable[[float, int], float], begin: float, bounds: tuple[float, float]
) -> float:
    from pingan_abm.snapshots.loads import staffing_kept

    key = content_hash([contents_id(first), first.seed, load, YEARS])  # the same for all replications
    return staffing_kept(key, partial(staffing_for, load, load_at, begin, bounds))


def with_staffing(spec: RunSpec, staffing: float) -> RunSpec:
    """The specification with another multiple of staff."""
    return replace(spec, settings={**spec.settings, "staffing": staffing})


def run_one(
    spec: RunSpec,
    *,
    series: bool = True,
    events: bool = False,
    on_day: Callable[[int], None] | None = None,
    on_warm_up: Callable[[int], None] | None = None,
    keep_model: Callable[["PinganModel"], None] | None = None,
) -> RunResult:
    """Run a specification to its last day. on_day and on_warm_up are called after each day with the number of days
    done; keep_model is given the finished model, for callers who want to look at it. Raises InputErrors when the
    specification cannot be used."""
    began = time.perf_counter()
    model = build_model(matched(spec), events=events, on_warm_up=on_warm_up)
    for day in range(spec.days):
        model.step()
        if on_day is not None:
            on_day(day + 1)
    if keep_model is not None:
        keep_model(model)
    return RunResult(
        run_id=run_id(spec),
        spec=spec,
        outcomes=model.outcomes(),
        series=model.series() if series else {},
        events=model.event_rows() if events else None,
        seconds=time.perf_counter() - began,
        staffing=None if spec.match_load is None else model.parameters.staffing,
        places=model.named_places.of_problems(model.world.used("problems")) if events else {},
    )


def run(
    scenario: str | Path | Scenario = "pingan365",
    *,
    settings: Mapping[str, object] | None = None,
    residents: int | None = None,
    days: int = DAYS,
    start: date | None = None,
    seed: int = 0,
    replications: int = 1,
    incidents: str | Path | None = None,
    warmup: int = WARMUP,
    history: str = "today",
    match_load: float | None = None,
    district: str | Path | None = None,
) -> "pd.DataFrame":
    """Run a scenario and return a pandas table: one row a replication; run_id, scenario, seed, replication and every
    outcome.

    settings: overrides by name, as for `--set` on the command line, for example {"accountability": 0.9}; warmup,
    history, match_load, district: as in `RunSpec`. Raises InputErrors that name everything that is wrong, before
    anything runs.

    >>> from pingan_abm import run
    >>> table = run("pingan365", settings={"accountability": 0.9}, residents=3_450, days=30, replications=2)
    >>> table[["scenario", "seed", "replication"]]
        scenario  seed  replication
    0  pingan365     0            0
    1  pingan365     0            1
    >>> bool(table["reports"].min() > 0)
    True
    """
    import pandas as pd

    replications = whole(replications)
    problems = whole_problems("replications", replications, 1, MOST_REPLICATIONS)
    records = Path(incidents) if incidents else None
    size: dict[str, Any] = {"residents": residents, "start": start}
    with opened(district or ""):
        try:
            loaded = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        except InputErrors as wrong:
            problems, loaded = [*problems, *wrong.problems], load_scenario(BASELINE)
        first = RunSpec(
            loaded,
            settings or {},
            days=days,
            seed=seed,
            incidents=records,
            warmup=warmup,
            history=history,
            match_load=match_load,
            **size,
        )
    try:
        resolved(first)
    except InputErrors as wrong:
        problems += wrong.problems
    if problems:
        raise InputErrors(problems)
    rows = []
    for replication in range(replications):
        result = run_one(dataclasses.replace(first, replication=replication), series=False)
        named = {"run_id": result.run_id, "scenario": loaded.name, "seed": seed, "replication": replication}
        rows.append({**named, **result.outcomes})
    return pd.DataFrame(rows)
