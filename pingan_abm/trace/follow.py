"""The injected case of a scenario, followed over many replications: when each milestone is reached, and how often it
is solved.

Each replication runs the whole district with the same case in it, so replications differ only in the random draws, of
the case and of everything around it. The same replication in another scenario is the same case with the same luck
(common random numbers).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.runs import RunSpec, build_model, matched, resolved
from pingan_abm.scenarios.parts import STEPS
from pingan_abm.scenarios.presets import Scenario
from pingan_abm.study.run.parallel import in_order
from pingan_abm.texts.errors import InputErrors, sentence, shown, translated
from pingan_abm.texts.i18n import translator
from pingan_abm.world.events import Activity

if TYPE_CHECKING:
    from collections.abc import Callable

    from pingan_abm.model import PinganModel

HEADLINE_DAYS = (60, 90, 180)
LOW, HIGH = 0.05, 0.95
STANDS = 0.5  # of a working rule: at least half of its strength remains


@dataclass(frozen=True)
class Milestone:
    """A moment in the life of a case, with the activities of the event log that mark it."""

    name: str
    activities: tuple[Activity, ...]

    def label(self, language: str) -> str:
        """The name in a language."""
        return translated(STEPS[self.name], translator(language))


MILESTONES = (
    Milestone("first_dispatch", (Activity.DISPATCH, Activity.JOINT_DISPATCH)),
    Milestone("return", (Activity.RETURN,)),
    Milestone("second_report", (Activity.SECOND_REPORT,)),
    Milestone("joint_dispatch", (Activity.JOINT_DISPATCH,)),
    Milestone("supervision", (Activity.SUPERVISION,)),
    Milestone("special_meeting", (Activity.SPECIAL_MEETING,)),
    Milestone("rule_learned", ()),
    Milestone("closure", (Activity.VERIFY,)),
    Milestone("true_resolution", (Activity.SOLVED, Activity.SETTLE, Activity.COMPLIED)),
)


@dataclass(frozen=True)
class Followed:
    """One replication's case.

    began: day of the injection; days: of the run; rows: EVENT rows on the problem, in the order of time; reached:
    days from the injection to each milestone reached (below 0: a rule that was there before); units: what unit
    numbers stand for, by language; centre: whether there is a command centre; place: the name that a record gives to
    the place it came from, "" for none.
    """

    replication: int
    issue: str
    community: str
    began: float
    days: int
    rows: np.ndarray
    reached: dict[str, float]
    returns: int
    paper_closures: int
    units: tuple[tuple[str, str], ...]
    true_units: tuple[int, ...]
    centre: bool = True
    place: str = ""

    @property
    def filed(self) -> bool:
        """Whether society failed, so that a case file was opened."""
        return bool((self.rows["activity"] == Activity.FILE).any())

    @property
    def solved(self) -> float:
        """Days to the true solution, infinite when it was not reached."""
        return self.reached.get("true_resolution", math.inf)


@dataclass(frozen=True)
class Spread:
    """The distribution of one milestone over the replications, in days after the injection.

    share: of replications that reach it; median, low, high: of those (5 % and 95 %), None when none does.
    """

    milestone: Milestone
    count: int
    share: float
    median: float | None
    low: float | None
    high: float | None
    documented: int | None

    @property
    def covers(self) -> bool | None:
        """Whether the documented day lies between low and high; None when there is nothing to compare."""
        if self.documented is None or self.low is None or self.high is None:
            return None
        return math.floor(self.low) <= self.documented <= math.ceil(self.high)


@dataclass(frozen=True)
class Traced:
    """The injected case under one scenario. solved_by: day → (replications in which it is really solved by then,
    of how many). Where the case is documented, spreads and solved_by are of the replications in which society failed,
    as it had in the documented case; settled: how many are left out, because it did not fail there or in another
    world that is compared; warmup: days lived before the start; documented: days of the steps that are known."""

    scenario: str
    title: dict[str, str]
    residents: int
    start: date
    followed: tuple[Followed, ...]
    spreads: tuple[Spread, ...] = ()
    solved_by: dict[int, tuple[int, int]] = field(default_factory=dict)
    settled: int = 0
    warmup: int = 0
    documented: Mapping[str, int] = field(default_factory=dict)
    first_counted: int = 0

    def over(self, counted: Sequence[int]) -> "Traced":
        """The same of the replications at these places alone. first_counted: the first of them, or of all where there
        is none."""
        alike = [self.followed[place] for place in counted]
        return replace(
            self,
            spreads=tuple(spreads(alike, dict(self.documented))),
            solved_by=dict(solved_by(alike)),
            settled=len(self.followed) - len(alike),
            first_counted=next(iter(counted), 0),
        )


def side_by_side(worlds: Sequence[Traced]) -> list[Traced]:
    """The case in several worlds over the same replications: where it is documented, those in which society failed in
    every world, or one world's hard cases would stand beside another's easy ones."""
    if not any(one.documented for one in worlds):
        return list(worlds)
    together = [
        place
        for place, ones in enumerate(zip(*(one.followed for one in worlds), strict=True))
        if all(one.filed for one in ones)
    ]
    return [one.over(together) for one in worlds]


def injected_into(scenario: Scenario, host: Scenario) -> Scenario:
    """The host scenario with the injected problems of another. Raises InputErrors when that one injects none."""
    if not scenario.problems:
        raise InputErrors(
            [
                sentence(
                    "scenario {name} injects no problem, so there is no case to follow: write pizza_shop, or a "
                    "scenario file with a [[problems]] table.",
                    name=shown(scenario.name),
                )
            ]
        )
    return replace(host, problems=scenario.problems)


def follow(spec: RunSpec, replication: int) -> Followed:
    """Run one replication to its end and keep what concerns the first injected problem."""
    model = build_model(matched(replace(spec, replication=replication)), events=True)
    for _ in range(spec.days):
        model.step()
    return followed_in(model)


def followed_in(model: "PinganModel") -> Followed:
    """The first injected problem of a model that keeps events, as far as it has come. Raises ValueError when there
    is none yet."""
    problems = model.world.used("problems")
    injected = np.flatnonzero(problems["injected"])
    if len(injected) == 0:
        raise ValueError("no problem has been injected into this model so far")
    number = int(injected[0])
    problem, events = problems[number], model.event_rows()
    rows = events[events["problem"] == number]
    began = float(problem["onset"])
    names = tuple((unit.en, unit.zh) for unit in model.district.units)
    feedback = rows[rows["activity"] == Activity.FEEDBACK]
    return Followed(
        model.replication,
        model.district.issues[int(problem["issue"])].id,
        model.district.communities[int(problem["community"])].id,
        began,
        model.day,
        rows,
        reached(rows, events, int(problem["subtype"]), began, model.parameters.learning) | before(model, problem),
        int((rows["activity"] == Activity.RETURN).sum()),
        int((feedback["detail"] > 0).sum()),
        names,
        tuple(int(unit) for unit in problem["true_units"][: int(problem["n_units"])]),
        model.parameters.command_centre,
        model.named_places.of_problem(problem),
    )


def before(model: "PinganModel", problem: np.record) -> dict[str, float]:
    """The milestone of a rule for a problem's type that stood already on day 0, as learned then: days from the
    injection, below 0."""
    stood = model.parameters.learning and model.rules_at_start[int(problem["subtype"])] > STANDS
    return {"rule_learned": -float(problem["onset"])} if stood else {}


def reached(rows: np.ndarray, events: np.ndarray, subtype: int, began: float, learning: bool) -> dict[str, float]:
    """Days from the injection to the first event of each milestone. A closure counts once it has passed
    verification; a special-topic meeting makes a rule for its type where the platform learns."""
    days = {}
    for milestone in MILESTONES:
        chosen = np.isin(rows["activity"], milestone.activities)
        if milestone.name == "closure":
            chosen &= rows["detail"] == 0
        if milestone.name == "rule_learned":
            times = events["time"][
                (events["activity"] == Activity.SPECIAL_MEETING) & (events["detail"] == subtype) & learning
            ]
        else:
            times = rows["time"][chosen]
        if len(times):
            days[milestone.name] = float(times.min()) - began
    return days


def trace(
    spec: RunSpec,
    replications: Sequence[int],
    *,
    workers: int = 1,
    announce: "Callable[[], None] | None" = None,
    on_run: "Callable[[int], None] | None" = None,
) -> Traced:
    """Follow the injected case over replications. on_run: called with the number of runs done. Raises InputErrors."""
    check(spec, replications)
    scenario = spec.scenario
    run = partial(follow, spec)
    found: list[Followed] = []
    for one in in_order(run, replications, workers, announce):
        found.append(one)
        if on_run is not None:
            on_run(len(found))
    documented = documented_days(scenario, spec.start, spec.days)
    traced = Traced(
        scenario.name,
        dict(scenario.title),
        spec.residents,
        spec.start,
        tuple(found),
        warmup=spec.warmup,
        documented=documented,
    )
    return traced.over([place for place, one in enumerate(found) if one.filed or not documented])


def check(spec: RunSpec, replications: Sequence[int]) -> None:
    """Raise InputErrors with all reasons why the runs cannot be made, before the first of them."""
    injected_into(spec.scenario, spec.scenario)
    if not replications:
        raise InputErrors([sentence("--replications 0 is not usable: write a whole number from 1.")])
    resolved(spec)


def documented_days(scenario: Scenario, start: date, days: int) -> dict[str, int]:
    """Days from the injection to the documented steps of the first problem injected into a run."""
    dated = {(problem.date - start).days: problem for problem in reversed(scenario.problems)}
    first = min(day for day in dated if 0 <= day < days)
    return {name: (when - start).days - first for name, when in dated[first].documented.items()}


def spreads(followed: Sequence[Followed], documented: dict[str, int]) -> Iterator[Spread]:
    """The distribution of every milestone."""
    for milestone in MILESTONES:
        days = [one.reached[milestone.name] for one in followed if milestone.name in one.reached]
        low, median, high = (
            (float(value) for value in np.quantile(days, [LOW, 0.5, HIGH])) if days else (None, None, None)
        )
        yield Spread(
            milestone, len(days), len(days) / max(1, len(followed)), median, low, high, documented.get(milestone.name)
        )


def solved_by(followed: Iterable[Followed]) -> Iterator[tuple[int, tuple[int, int]]]:
    """For each headline day: in how many replications the problem is really solved by then, of those that ran so
    long."""
    cases = list(followed)
    for day in HEADLINE_DAYS:
        watched = [one for one in cases if one.days - one.began >= day]
        if watched:
            yield day, (sum(one.solved <= day for one in watched), len(watched))


def share_interval(count: int, whole: int) -> tuple[float, float]:
    """Wilson's (1927) 95 % interval of a share."""
    z, p = 1.959963984540054, count / whole
    centre, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
