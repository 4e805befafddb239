"""Every lever at once: each moved by one step from the same baseline, in the same replications, so that what one buys
can be set beside what another does."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pingan_abm.parameters.declared import Parameters, declarations
from pingan_abm.parameters.fields import Declaration
from pingan_abm.runs import RunSpec, resolved
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import Arm, Comparison, Replicated
from pingan_abm.study.decide.costs import Costs, more_costly, yuan_per_burden_avoided
from pingan_abm.texts.errors import InputErrors

STEP = 0.2  # the usual step, as a share
BASE = "baseline"  # the label of the arm that all others are compared with
BURDEN = "burden"
TEN_MILLION = 1e7
PLACES = 12  # decimals of a setting, so that 0.6 is not 0.6000000000000001


@dataclass(frozen=True)
class Step:
    """One lever's step."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Bought:
    """What one lever's step buys. effects: by outcome, differences to the baseline; costs: a year of the step."""

    step: Step
    effects: dict[str, Comparison]
    costs: Costs
    per_burden: Interval | None

    def per_ten_million(self, outcome: str) -> Interval | None:
        """Difference of an outcome for each ten million yuan a year; None where the step has no price, or where it is
        nought."""
        one = self.effects[outcome]
        if not self.costs.yuan or one.difference is None or one.low is None or one.high is None:
            return None
        by = self.costs.yuan / TEN_MILLION
        low, high = sorted((one.low / by, one.high / by))
        return Interval(one.difference / by, low, high)

    def sure(self, outcome: str) -> bool:
        """Whether the whole interval lies on one side of zero."""
        one = self.effects[outcome]
        return one.low is not None and one.high is not None and not one.low <= 0.0 <= one.high


def steps(spec: RunSpec, share: float, names: Sequence[str] = ()) -> tuple[list[Step], list[str]]:
    """The steps of all levers from a specification, and the levers that have none: texts, dates and choices, and the
    details of a campaign where none is planned.

    A number moves up by a share of what it is, or of its range where it is nought, at most to its bound; down where it
    stands at its upper bound. A whole number moves by one at least. A switch is turned. names: only these levers.
    """
    parameters, _ = resolved(spec)
    found, left = [], []
    for one in declarations():
        if one.role != "lever" or (names and one.name not in names):
            continue
        value = getattr(parameters, one.name)
        after = _after(one, value, share)
        step = None if after is None else Step(one.name, value, after)
        if step is None or not _allowed(spec, step):
            left.append(one.name)
        else:
            found.append(step)
    return found, left


def _after(one: Declaration, value: Any, share: float) -> Any:
    if one.type == "switch":
        return not value
    if one.type not in ("number", "integer") or one.low is None or one.high is None:
        return None
    size = abs(share * value) if value else share * (one.high - one.low)
    size = max(1.0, float(round(size))) if one.type == "integer" else size
    up, down = min(value + size, one.high), max(value - size, one.low)
    after = up if up > value else down
    return None if after == value else round(after) if one.type == "integer" else round(after, PLACES)


def _allowed(spec: RunSpec, step: Step) -> bool:
    """Whether the step makes a run that can be: a campaign's details need a campaign."""
    try:
        Parameters.checked({**resolved(spec)[1].parameters, step.name: step.after})
    except InputErrors:
        return False
    return True


def arms_of(spec: RunSpec, chosen: Sequence[Step]) -> tuple[Arm, ...]:
    """The baseline, and an arm a step."""
    moved = [Arm(one.name, replace(spec, settings={**spec.settings, one.name: one.after})) for one in chosen]
    return (Arm(BASE, spec), *moved)


def bought(done: Replicated, chosen: Sequence[Step], outcomes: Sequence[str]) -> list[Bought]:
    """What every step buys, what moves the first outcome most first; steps whose effect on it cannot be told from zero
    come last."""
    wanted = list(dict.fromkeys([*outcomes, BURDEN]))
    rows = {(one.scenario, one.outcome): one for one in done.comparisons(wanted)}
    base, found = done.arms[0].spec, []
    for step, arm in zip(chosen, done.arms[1:], strict=True):
        effects = {name: rows[arm.label, name] for name in wanted}
        costs, burden = more_costly(base, arm.spec), effects[BURDEN]
        fall = None if burden.difference is None else Interval(burden.difference, burden.low, burden.high)
        found.append(Bought(step, effects, costs, yuan_per_burden_avoided(costs, fall, base)))
    return sorted(found, key=_Order(outcomes[0]))


class _Order:
    def __init__(self, outcome: str) -> None:
        self.outcome = outcome

    def __call__(self, one: Bought) -> tuple[bool, float, str]:
        size = one.effects[self.outcome].difference
        return not one.sure(self.outcome), -(abs(size) if size is not None else -math.inf), one.step.name
