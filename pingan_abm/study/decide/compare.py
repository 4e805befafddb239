"""Paired comparison: scenarios against a baseline on common random numbers, with 95 % intervals.

The same replication has the same luck in every scenario, so differences are taken replication by replication, and their
intervals are much narrower than those of independent runs; the latter are reported beside them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pingan_abm.district.here import opened
from pingan_abm.runs import DAYS, MOST_REPLICATIONS, RunSpec, resolved
from pingan_abm.scenarios.given import check_mapping, whole, whole_problems
from pingan_abm.scenarios.histories import WARMUP
from pingan_abm.scenarios.presets import BASELINE, Scenario, load_scenario
from pingan_abm.study.analyse.intervals import mean_interval, paired_interval, unpaired_interval
from pingan_abm.study.analyse.verdicts import verdict
from pingan_abm.study.decide.beliefs import Beliefs
from pingan_abm.study.decide.rebounds import ARRIVALS, rebound, run_with_arrivals, without_campaign
from pingan_abm.study.run.runner import run_all
from pingan_abm.study.run.workers import MOST_WORKERS
from pingan_abm.texts.errors import InputErrors, Sentence, raise_if_any, sentence, suggestion

if TYPE_CHECKING:
    import pandas as pd

    from pingan_abm.study.keep.records import Record

REPLICATIONS = 20
REBOUND = "rebound_ratio"
FIRST_LOOK = 4  # pairs after which an outcome without a value is noticed
#: Pairs before the width is judged. Stopping when an interval is narrow favours samples that are narrow by chance: of
#: intervals meant to hold 95 %, those of a log-normal law (sigma 1) held 75 to 85 % after at least 10 pairs, 88 to 89 %
#: after at least 30; of an exponential law 87 to 90 % and 92 to 94 % (tests/study/decide/test_compare.py).
FIRST_PAIRS = 30
LEAST_STEP = 4
MOST_PAIRS = 1000

type Place = tuple[str, int, bool]  # label, replication, whether it is the twin without its campaign
type Values = Sequence[float | None]
type Announce = Callable[[int], None]
type Keep = Callable[["Record"], None]


@dataclass(frozen=True)
class Arm:
    """One side of a comparison: a label, and the specification of its replication 0."""

    label: str
    spec: RunSpec


@dataclass(frozen=True)
class Comparison:
    """One outcome of one scenario against the baseline.

    difference: scenario − baseline, mean over pairs, with its paired interval (low, high) and the interval of
    independent runs. None where no replication has a value on both sides, or, for ends of intervals, where fewer than
    two have.
    """

    scenario: str
    outcome: str
    baseline_mean: float | None
    scenario_mean: float | None
    difference: float | None
    low: float | None
    high: float | None
    unpaired_low: float | None
    unpaired_high: float | None

    @property
    def narrower(self) -> float | None:
        """How many times narrower the paired interval is than that of independent runs; None without both, or without
        any width."""
        if (
            self.low is None
            or self.high is None
            or self.unpaired_low is None
            or self.unpaired_high is None
            or self.high <= self.low
        ):
            return None
        return (self.unpaired_high - self.unpaired_low) / (self.high - self.low)

    @property
    def verdict(self) -> str:
        """ "better", "worse" or nothing, as `verdicts.py` says."""
        return verdict(self.outcome, self.difference, self.low, self.high, self.baseline_mean)


@dataclass
class Replicated:
    """Outcomes of every arm by replication, filled as runs finish. failed: what went wrong, one line a failed run."""

    arms: tuple[Arm, ...]
    outcomes: dict[str, dict[int, Mapping[str, float | None]]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def values(self, label: str, outcome: str) -> list[float | None]:
        """An outcome of an arm over the replications that every arm has."""
        return [self.outcomes[label][number][outcome] for number in self.whole()]

    def whole(self) -> list[int]:
        """Replications that every arm has."""
        return sorted(set.intersection(*(set(self.outcomes.get(arm.label, {})) for arm in self.arms)))

    def comparisons(self, outcomes: Iterable[str]) -> list[Comparison]:
        """Every other arm against the first."""
        base = self.arms[0].label
        return [
            compare_values(arm.label, name, self.values(base, name), self.values(arm.label, name))
            for arm in self.arms[1:]
            for name in outcomes
        ]


def compare_values(scenario: str, outcome: str, baseline: Values, values: Values) -> Comparison:
    """Compare one outcome; baseline and values: one a replication, the same replications."""
    before, after = mean_interval(baseline), mean_interval(values)
    paired, apart = paired_interval(baseline, values), unpaired_interval(baseline, values)
    return Comparison(
        scenario,
        outcome,
        None if before is None else before.mean,
        None if after is None else after.mean,
        None if paired is None else paired.mean,
        None if paired is None else paired.low,
        None if paired is None else paired.high,
        None if apart is None else apart.low,
        None if apart is None else apart.high,
    )


def replicate(
    done: Replicated,
    numbers: Sequence[int],
    workers: int,
    *,
    keep: Keep | None = None,
    announce: Announce | None = None,
    series: bool = False,
) -> None:
    """Carry out replications of every arm, a campaign's twin without it included, and add their results to `done`.

    keep is called with the record of each of the arms' runs when it is finished, to store it; announce is called with
    the number of runs finished so far.
    """
    specs: list[RunSpec] = []
    places: list[Place] = []
    twins = {arm.label: without_campaign(arm.spec) for arm in done.arms}
    for number in numbers:
        for arm in done.arms:
            specs.append(replace(arm.spec, replication=number))
            places.append((arm.label, number, False))
            if (twin := twins[arm.label]) is not None:
                specs.append(replace(twin, replication=number))
                places.append((arm.label, number, True))
    waiting: dict[tuple[str, int], dict[bool, Record]] = {}  # the one of a run and its twin that is finished first
    failed: list[tuple[int, str, str]] = []
    try:
        for count, ((label, number, is_twin), record) in enumerate(placed(specs, places, workers, series), start=1):
            both = waiting.setdefault((label, number), {})
            both[is_twin] = record
            if record.status != "ok":
                failed.append((number, label, f"{label}, replication {number}: {record.error}"))
            if len(both) == (1 if twins[label] is None else 2):
                settle(done, label, number, waiting.pop((label, number)), keep, series)
            if announce is not None:
                announce(count)
    finally:
        done.failed += [line for _, _, line in sorted(failed)]


def settle(
    done: Replicated, label: str, number: int, both: "Mapping[bool, Record]", keep: Keep | None, series: bool
) -> None:
    """Add a finished run to `done`. A run with a campaign is added together with the rebound, which its twin without
    the campaign (under True) shows."""
    record, twin = both[False], both.get(True)
    if record.status == "ok":
        if twin is not None and twin.status == "ok":
            record = replace(record, outcomes={**record.outcomes, REBOUND: rebound(record, twin)})
        done.outcomes.setdefault(label, {})[number] = record.outcomes
    if keep is not None:
        keep(replace(record, series={k: v for k, v in record.series.items() if k != ARRIVALS} if series else {}))


def placed(
    specs: Sequence[RunSpec], places: Sequence[Place], workers: int, series: bool
) -> "Iterable[tuple[Place, Record]]":
    """Runs as they finish, each with its place. Equal runs in several places are done once."""
    from pingan_abm.runs import run_id

    wanted: dict[str, list[Place]] = {}
    unique: dict[str, RunSpec] = {}
    for spec, place in zip(specs, places, strict=True):
        identity = run_id(spec)
        unique.setdefault(identity, spec)
        wanted.setdefault(identity, []).append(place)
    for record in run_all(list(unique.values()), workers, run_with_arrivals, series=series):
        for place in wanted[record.run_id]:
            yield place, record


def replicate_until(
    done: Replicated,
    outcomes: Sequence[str],
    width: float,
    most: int,
    workers: int,
    *,
    keep: Keep | None = None,
    announce: Announce | None = None,
    series: bool = False,
) -> Sentence | None:
    """Add replications until the paired interval of every outcome of every arm is at most this wide. None when it is;
    else why not: `most` replications are not enough, or an outcome has no value, so no number would be.

    How many are added depends on the widths alone, so any number of workers stops at the same one.
    """
    number = 0
    while number < most:
        following = range(number, next_number(number, done, outcomes, width, most))
        replicate(done, following, workers, keep=keep, announce=announce, series=series)
        number = following.stop
        rows = done.comparisons(outcomes)
        if without := [one for one in rows if one.low is None]:
            return sentence(
                "{outcome} has too few values in {scenario} or the baseline to be narrowed down; stopped after {count} "
                "replications.",
                outcome=without[0].outcome,
                scenario=without[0].scenario,
                count=number,
            )
        if number >= FIRST_PAIRS and all(_width(one) <= width for one in rows):
            return None
    return sentence("The intervals are still wider than asked for after {count} replications.", count=len(done.whole()))


def next_number(number: int, done: Replicated, outcomes: Sequence[str], width: float, most: int) -> int:
    """How many replications there should be after `number`: a few to see that outcomes have values, then the first
    pairs, then half the way that the widths predict, which shrink with the root of the number of pairs."""
    if number < FIRST_PAIRS:
        return min(most, FIRST_PAIRS if number else FIRST_LOOK)
    wanted = number * (max(_width(one) for one in done.comparisons(outcomes)) / width) ** 2
    return min(most, number + max(LEAST_STEP, int((min(wanted, most) - number) / 2)))


def _width(one: Comparison) -> float:
    return float("inf") if one.low is None or one.high is None else one.high - one.low


def over_beliefs(
    arms: Sequence[Arm],
    beliefs: Beliefs,
    replications: int,
    workers: int,
    *,
    keep: Keep | None = None,
    announce: Announce | None = None,
) -> dict[str, dict[str, list[list[Mapping[str, float | None] | None]]]]:
    """Outcomes over every participant's points: {who: {label: [points][replications]}}, None for a failed run.

    keep is called with the record of each run when it is finished. A point's values override those of its scenario, and
    the settings of a single arm override a point's values.
    """
    found: dict[str, dict[str, list[list[Mapping[str, float | None] | None]]]] = {}
    specs, places = [], []
    for belief in beliefs.of:
        points = belief.points(beliefs.samples, arms[0].spec.seed)
        found[belief.who] = {arm.label: [[None] * replications for _ in points] for arm in arms}
        for number in range(replications):
            for place, point in enumerate(points):
                for arm in arms:
                    specs.append(replace(arm.spec, settings={**point, **arm.spec.settings}, replication=number))
                    places.append((belief.who, arm.label, place, number))
    from pingan_abm.runs import run_id

    waiting: dict[str, list[tuple[str, str, int, int]]] = {}
    unique: dict[str, RunSpec] = {}
    for spec, where in zip(specs, places, strict=True):
        identity = run_id(spec)
        unique.setdefault(identity, spec)
        waiting.setdefault(identity, []).append(where)
    for count, record in enumerate(run_all(list(unique.values()), workers), start=1):
        if keep is not None:
            keep(record)
        for who, label, place, number in waiting[record.run_id]:
            found[who][label][place][number] = record.outcomes if record.status == "ok" else None
        if announce is not None:
            announce(count)
    return found


def arms_of(
    scenarios: Sequence[str | Path | Scenario],
    settings: Mapping[str, Mapping[str, object]] | None,
    common: RunSpec,
    problems: list[str],
) -> list[Arm]:
    """The arms of a comparison; what is wrong with them is added to the problems, each once."""
    check_mapping("settings", settings, '{"campaign": {"accountability": 0.9}}')
    own, arms = dict(settings or {}), []
    for one in scenarios:
        try:
            loaded = one if isinstance(one, Scenario) else load_scenario(one)
            arm = Arm(loaded.name, replace(common, scenario=loaded, settings=own.get(loaded.name, {})))
            arms.append(arm)
            resolved(arm.spec)
        except InputErrors as wrong:
            problems += [line for line in wrong.problems if line not in problems]
    labels = [arm.label for arm in arms]
    if len(labels) == len(scenarios):  # else the settings may be of a scenario that cannot be read
        problems += [
            sentence(
                'settings: no scenario has the name "{name}".{near}', name=name, near=suggestion(str(name), labels)
            )
            for name in own
            if name not in labels
        ]
    problems += check_labels(arms)
    return arms


def check_labels(arms: Sequence[Arm]) -> list[str]:
    """One line for each label that stands twice."""
    labels = [arm.label for arm in arms]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    return [
        sentence(
            '"{label}" stands for two scenarios: give them labels, for example first={label} second={label}.',
            label=label,
        )
        for label in twice
    ]


def compare(
    baseline: str | Path | Scenario,
    *scenarios: str | Path | Scenario,
    settings: Mapping[str, Mapping[str, object]] | None = None,
    residents: int | None = None,
    days: int = DAYS,
    start: date | None = None,
    seed: int = 0,
    replications: int = REPLICATIONS,
    workers: int = 1,
    warmup: int = WARMUP,
    history: str = "today",
    match_load: float | None = None,
    district: str | Path | None = None,
) -> "pd.DataFrame":
    """Compare scenarios with a baseline and return a pandas table: one row a scenario and outcome, as `Comparison`.

    settings: overrides by scenario name; warmup, history, match_load, district: as in `RunSpec`, the same for every
    arm. Scripts that call this with several workers need `if __name__ == "__main__":`.

    >>> from pingan_abm import compare
    >>> table = compare("pingan365", "funding_cut", residents=3_450, days=30, replications=3)
    >>> reports = table.set_index("outcome").loc["reports"]
    >>> gain = reports["scenario_mean"] - reports["baseline_mean"]
    >>> bool(abs(reports["difference"] - gain) < 1e-9)
    True
    """
    import pandas as pd

    from pingan_abm.outcomes.catalogue import OUTCOMES

    size: dict[str, Any] = {"residents": residents, "start": start}
    with opened(district or ""):
        common = RunSpec(
            load_scenario(BASELINE),
            days=days,
            seed=seed,
            warmup=warmup,
            history=history,
            match_load=match_load,
            **size,
        )
    replications, workers = whole(replications), whole(workers)
    problems = whole_problems("replications", replications, 1, MOST_REPLICATIONS)
    problems += whole_problems("workers", workers, 1, MOST_WORKERS)
    if not scenarios:
        problems.append(sentence("one scenario is not enough: name the baseline and at least one more."))
    with opened(common.district):
        arms = arms_of((baseline, *scenarios), settings, common, problems)
    raise_if_any(problems)
    done = Replicated(tuple(arms))
    replicate(done, range(replications), workers)
    rows: list[dict[str, Any]] = [vars(one) for one in done.comparisons(OUTCOMES)]
    return pd.DataFrame(rows)
