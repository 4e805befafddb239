"""What scenarios do together beyond what each does alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pingan_abm.scenarios.combined import AND
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.decide.compare import Arm, Replicated


@dataclass(frozen=True)
class Interaction:
    """One outcome of scenarios that hold at once.

    alone: the sum of what each of them changes; together: what they change at once; difference: together − alone, with
    its paired 95 % interval (low, high). All against the baseline, means over replications, None where no replication
    has all values; the ends where fewer than two have.
    """

    scenario: str
    outcome: str
    alone: float | None
    together: float | None
    difference: float | None
    low: float | None
    high: float | None


def interactions(done: Replicated, outcomes: Iterable[str]) -> list[Interaction]:
    """For every arm that combines scenarios each of which is an arm too, with the same settings."""
    combinations = [(arm, parts) for arm in done.arms[1:] if (parts := parts_of(done, arm))]
    listed = list(outcomes) if combinations else []
    return [interaction(done, arm, parts, name) for arm, parts in combinations for name in listed]


def parts_of(done: Replicated, arm: Arm) -> list[Arm]:
    """The arms whose scenarios an arm combines; none if one of them is not compared."""
    names = arm.spec.scenario.name.split(AND)
    found = [
        one
        for name in names
        for one in done.arms[1:]
        if one.spec.scenario.name == name and dict(one.spec.settings) == dict(arm.spec.settings)
    ]
    return found if len(found) == len(names) > 1 else []


def interaction(done: Replicated, arm: Arm, parts: Sequence[Arm], outcome: str) -> Interaction:
    """One outcome, replication by replication."""
    base, both = done.values(done.arms[0].label, outcome), done.values(arm.label, outcome)
    single = [done.values(part.label, outcome) for part in parts]
    together, alone, difference = [], [], []
    for number, (before, after) in enumerate(zip(base, both, strict=True)):
        apart = [values[number] for values in single]
        known = [value for value in (before, after, *apart) if value is not None]
        if before is None or after is None or len(known) < len(parts) + 2:
            continue
        together.append(after - before)
        alone.append(sum(value - before for value in apart if value is not None))
        difference.append(together[-1] - alone[-1])
    found = mean_interval(difference)
    sums, jointly = mean_interval(alone), mean_interval(together)
    return Interaction(
        arm.label,
        outcome,
        None if sums is None else sums.mean,
        None if jointly is None else jointly.mean,
        None if found is None else found.mean,
        None if found is None else found.low,
        None if found is None else found.high,
    )
