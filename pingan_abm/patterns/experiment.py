"""Runs of the experiments: each condition and replication once, however many patterns use it, on common random
numbers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from pingan_abm.district.files import start_here
from pingan_abm.patterns.hooks import HOOKS
from pingan_abm.patterns.kept_runs import KeptRuns
from pingan_abm.patterns.measures import MEASURES
from pingan_abm.patterns.pattern import Condition, Measured
from pingan_abm.runs import RunSpec, build_model, matched
from pingan_abm.scenarios.histories import HISTORIES, WARMUP
from pingan_abm.scenarios.presets import Change, Scenario, load_scenario
from pingan_abm.study.run.parallel import in_order


@dataclass(frozen=True)
class Beginning:
    """How every run begins, as in `RunSpec`."""

    warmup: int = WARMUP
    history: str = HISTORIES[0]
    match_load: float | None = None


@dataclass(frozen=True)
class Run:
    """One replication of one condition; runs of the same replication share their luck."""

    condition: Condition
    residents: int
    seed: int
    replication: int
    beginning: Beginning = Beginning()

    def spec(self) -> RunSpec:
        """Its specification."""
        begun = self.beginning
        return RunSpec(
            scenario_of(self.condition),
            dict(self.condition.settings),
            self.residents,
            self.condition.days,
            seed=self.seed,
            replication=self.replication,
            warmup=begun.warmup if self.condition.warmup is None else self.condition.warmup,
            history=begun.history,
            match_load=begun.match_load,
        )


def carry_out(run: Run) -> Measured:
    """Run a condition to its last day and measure it; satisfaction of all residents is noted every week."""
    condition = run.condition
    model = build_model(matched(run.spec()), events=condition.measure == "case")
    if condition.hook:
        HOOKS[condition.hook](model)
    satisfaction = []
    for day in range(condition.days):
        model.step()
        if day % 7 == 6:
            satisfaction.append(float(model.world.residents["satisfaction"].mean()))
    return {**MEASURES[condition.measure](model), "weekly_satisfaction": np.array(satisfaction)}


def scenario_of(condition: Condition) -> Scenario:
    """The condition's scenario with its dated changes added."""
    scenario = load_scenario(condition.scenario)
    changes = tuple(
        Change(start_here() + timedelta(days=day), parameters=dict(settings)) for day, settings in condition.changes
    )
    return replace(scenario, changes=(*scenario.changes, *changes))


class Results:
    """The measurements of every run, kept for all patterns that use them, and in a folder if one is given."""

    def __init__(
        self, residents: int, seed: int, folder: KeptRuns | None = None, beginning: Beginning = Beginning()
    ) -> None:
        self.residents, self.seed, self.folder, self.beginning = residents, seed, folder, beginning
        self._kept: dict[Run, Measured] = {}

    def run_of(self, condition: Condition, replication: int) -> Run:
        """The run of a condition, at the size of the whole set unless it has one of its own."""
        return Run(condition, condition.residents or self.residents, self.seed, replication, self.beginning)

    def missing(self, conditions: Iterable[Condition], replications: int) -> list[Run]:
        """Runs not done yet, each once, replication by replication."""
        wanted = dict.fromkeys(
            self.run_of(one, number) for number in range(replications) for one in dict.fromkeys(conditions)
        )
        if self.folder is not None:
            found = {run: self.folder.of(run) for run in wanted if run not in self._kept}
            self._kept |= {run: measured for run, measured in found.items() if measured is not None}
        return [run for run in wanted if run not in self._kept]

    def fill(
        self,
        conditions: Sequence[Condition],
        replications: int,
        workers: int,
        announce: Callable[[], None] | None = None,
        on_run: Callable[[int, int], None] | None = None,
    ) -> None:
        """Carry out what is missing. on_run: called with the number of runs done, and of all."""
        missing = self.missing(conditions, replications)
        for done, (run, measured) in enumerate(
            zip(missing, in_order(carry_out, missing, workers, announce), strict=True), 1
        ):
            self._kept[run] = measured
            if self.folder is not None:
                self.folder.keep(run, measured)
            if on_run is not None:
                on_run(done, len(missing))

    def of(self, condition: Condition, replication: int) -> Measured:
        """The measurements of a run. Raises KeyError when it was not carried out."""
        return self._kept[self.run_of(condition, replication)]
