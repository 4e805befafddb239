"""Runs of an inference: waves of points, each laid into what the waves before do not rule out, with luck of their own.

A wave is a function of the study and of what the waves before gave, and of nothing else. So it need not be stored, and
an inference that was killed lays out the same points again and finds their runs in its folder.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pingan_abm.runs import RunFunction, run_id, run_one
from pingan_abm.study.keep.store import Store
from pingan_abm.study.plan.design import Task
from pingan_abm.study.plan.measures import metric_value
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.clusters import Workers
from pingan_abm.study.run.sweep import Progress, carry_out
from pingan_abm.texts.errors import InputErrors, sentence

LEAST_BUDGET, MOST_BUDGET = 40, 100_000
CHECKED = 10  # one in this many runs is kept for the check of the posterior
CHECKS = (10, 60)  # fewest and most of these
FIRST = 0.5  # share of the other runs that the first wave has
WAVES = 3
TRUTH = 2**31 - 1  # number of the replication that gives synthetic evidence
MOST_FAILED = 0.2  # share of a wave's runs

type Announce = Callable[[int, int], None]  # runs done, runs in all


@dataclass(frozen=True)
class Budget:
    """How many runs go into each wave, and into the check at the end."""

    waves: tuple[int, ...]
    checks: int

    @classmethod
    def of(cls, runs: int) -> "Budget":
        """Parts of a number of runs."""
        checks = min(CHECKS[1], max(CHECKS[0], runs // CHECKED))
        first = round(FIRST * (runs - checks))
        second = (runs - checks - first) // (WAVES - 1)
        return cls((first, second, runs - checks - first - second), checks)

    @property
    def runs(self) -> int:
        """All of them."""
        return sum(self.waves) + self.checks


class Runs:
    """Carries out runs of a study in a store, and reads their metrics."""

    def __init__(
        self,
        study: Study,
        store: Store,
        workers: Workers,
        total: int,
        announce: Announce | None = None,
        run: RunFunction = run_one,
    ) -> None:
        self.study, self.store, self.workers, self.run = study, store, workers, run
        self._total, self._announce, self._done = total, announce, 0

    def settings(self, places: np.ndarray) -> list[dict[str, Any]]:
        """Settings at places of the unit cube, float64 [points, ranges]."""
        columns = {one.name: one.at(places[:, column]) for column, one in enumerate(self.study.ranges)}
        return [{name: values[row] for name, values in columns.items()} for row in range(len(places))]

    def metrics(self, places: np.ndarray, first: int, names: Sequence[str]) -> np.ndarray:
        """Metrics of one run at each place, float64 [points, names]; nan where there is no value. first: number of the
        replication of the first run, which decides its luck; the others follow."""
        specs = [self.study.spec(settings, first + number) for number, settings in enumerate(self.settings(places))]
        tasks = [Task(run_id(spec), spec) for spec in specs]
        carry_out(self.store, tasks, self.workers, announce=self._progressed, run=self.run)
        self._done += len(tasks)
        found = self._outcomes({task.run_id for task in tasks})
        missing = sum(task.run_id not in found for task in tasks)
        if missing > MOST_FAILED * len(tasks):
            raise InputErrors(
                [
                    sentence(
                        "{failed} of {runs} runs failed, too many to infer anything from; `pingan results` says why.",
                        failed=missing,
                        runs=len(tasks),
                    )
                ]
            )
        nothing: Mapping[str, float | None] = {}
        residents, days = self.study.residents, self.study.days
        return np.array(
            [[metric_value(name, found.get(task.run_id, nothing), residents, days) for name in names] for task in tasks]
        )

    def _outcomes(self, wanted: set[str]) -> dict[str, Mapping[str, float | None]]:
        rows = self.store.runs(list(self.store.outcomes)).to_pylist()
        return {row["run_id"]: row for row in rows if row["run_id"] in wanted and row["status"] == "ok"}

    def _progressed(self, progress: Progress) -> None:
        if self._announce is not None:
            self._announce(self._done + progress.before + progress.done, self._total)


def spread_out(candidates: np.ndarray, taken: np.ndarray, count: int) -> np.ndarray:
    """Candidates far from each other and from points that are taken: one after another, the one whose nearest
    neighbour is farthest."""
    nearest = np.full(len(candidates), np.inf)
    for point in taken:
        nearest = np.minimum(nearest, ((candidates - point) ** 2).sum(1))
    chosen = []
    for _ in range(count):
        best = int(np.argmax(nearest))
        chosen.append(candidates[best])
        nearest = np.minimum(nearest, ((candidates - candidates[best]) ** 2).sum(1))
    return np.array(chosen)
