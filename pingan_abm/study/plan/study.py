"""What a study is: what varies, what holds in every run, and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pingan_abm.district.files import base_district
from pingan_abm.district.here import identity, named_here, opened
from pingan_abm.files.provenance import canonical
from pingan_abm.runs import DAYS, RunSpec
from pingan_abm.scenarios.histories import WARMUP
from pingan_abm.scenarios.presets import Scenario
from pingan_abm.study.plan.evidence import Evidence
from pingan_abm.study.plan.ranges import SCENARIO, Range

#: What a study file may hold at its top.
KEYS = (
    "name",
    "question",
    "scenario",
    "residents",
    "days",
    "start",
    "warmup",
    "history",
    "match_load",
    "seed",
    "replications",
    "incidents",
    "series",
    "events",
    "design",
    "groups",
    "parameters",
    "settings",
    "targets",
    "search",
    "evidence",
    "records",
    "posterior",
)
METHODS = ("grid", "oat", "lhs", "sobol", "morris")
SAMPLED = ("lhs", "sobol", "morris")
LUCKS = ("shared", "own")  # whether replication r of every point has the same luck, or each point its own
POINTS_APART = 1_000_000  # replications with luck of their own are numbered so far apart: no design has more points


def numbers_of(point: int, replications: int, luck: str) -> range:
    """The numbers of a point's replications: the same for all points, or its own."""
    if luck == LUCKS[0]:
        return range(replications)
    return range(point, point + replications * POINTS_APART, POINTS_APART)


@dataclass(frozen=True)
class Target:
    """What a calibrated outcome should be. scale: the difference that counts as one unit of misfit."""

    outcome: str
    value: float
    scale: float


@dataclass(frozen=True)
class Study:
    """A study as its file says it. ranges: what varies; settings: overrides that hold in every run.

    question: what the study asks, by language; scenarios: by name, those that a range called "scenario" goes through;
    warmup, history, match_load: as in `RunSpec`, the same at every point; luck: one of LUCKS; second_order: whether a
    Sobol' design has the rows for indices of pairs; district: a folder, or a shipped one's name; evidence, records:
    what an inference goes by; drawn: points of a posterior sample, which a Latin hypercube goes through.
    """

    name: str
    scenario: Scenario
    ranges: tuple[Range, ...]
    method: str = "grid"
    samples: int = 64
    residents: int = None  # type: ignore[assignment]  # the district's own
    days: int = DAYS
    start: date = None  # type: ignore[assignment]  # the district's own
    seed: int = 0
    replications: int = 1
    incidents: Path | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    series: bool = True
    events: bool = False
    targets: tuple[Target, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    records: Mapping[str, Any] = field(default_factory=dict)
    drawn: tuple[Mapping[str, Any], ...] = ()
    question: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    warmup: int = WARMUP
    history: str = "today"
    match_load: float | None = None
    luck: str = LUCKS[0]
    second_order: bool = False
    district: str = ""

    def __post_init__(self) -> None:
        """The district that is meant now is meant for good, and its size and start hold where none are given."""
        with opened(self.district):
            about = base_district().about
            object.__setattr__(self, "district", named_here())
        for name in ("residents", "start"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, getattr(about, name))

    def numbers(self, point: int) -> range:
        """The numbers of a point's replications, which decide its luck. point: from 0."""
        return numbers_of(point, self.replications, self.luck)

    def spec(self, settings: Mapping[str, object], replication: int) -> RunSpec:
        """One run of the study: the settings of a point of its design on top of those that always hold."""
        scenario = self.scenarios.get(str(settings.get(SCENARIO)), self.scenario)
        chosen = {name: value for name, value in settings.items() if name != SCENARIO}
        return RunSpec(
            scenario,
            {**self.settings, **chosen},
            self.residents,
            self.days,
            self.start,
            self.seed,
            replication,
            self.incidents,
            self.warmup,
            self.history,
            self.match_load,
            self.district,
        )

    @property
    def factors(self) -> tuple[str, ...]:
        """What a sampled design moves: groups of parameters, each once, and parameters by themselves."""
        return tuple(dict.fromkeys(one.factor for one in self.ranges))

    def contents(self) -> dict[str, Any]:
        """The study as plain JSON types, as it is kept in a store's manifest."""
        design: dict[str, Any] = {"method": self.method, "samples": self.samples}
        design |= {"luck": self.luck} if self.luck != LUCKS[0] else {}
        design |= {"second_order": True} if self.second_order else {}
        plain = {
            name: getattr(self, name)
            for name in (
                "name",
                "residents",
                "days",
                "start",
                "warmup",
                "history",
                "seed",
                "replications",
                "settings",
                "series",
                "events",
                "ranges",
                "targets",
                "scenario",
                "incidents",
            )
        }
        more = {
            name: getattr(self, name)
            for name in ("question", "scenarios", "match_load", "evidence", "drawn")
            if getattr(self, name)
        }
        with opened(self.district):
            found = identity()
        where = {} if found is None else {"district": found}
        return {**canonical(plain), **canonical(more), "design": design, **where}
