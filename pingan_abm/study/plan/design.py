"""Designs: the points of a study's parameter space, and the runs that they ask for.

A design is a function of the study alone, so that it need not be stored: every process, and every analysis afterwards,
makes it anew.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pingan_abm.runs import RunSpec, contents_id, replicated_id
from pingan_abm.scenarios.given import LIMITS
from pingan_abm.scenarios.parts import placed
from pingan_abm.study.plan.points import picked
from pingan_abm.study.plan.ranges import Range
from pingan_abm.study.plan.study import Study
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence

MOST_POINTS = 1_000_000
MOST_VALUES = 20_000_000  # points times ranges: what a design holds in memory
MOST_RUNS = 5_000_000  # points times replications
MORRIS_LEVELS = 4  # Campolongo, Cariboni & Saltelli (2007)
MOST_LISTED = 20  # problems of single points that are listed; the rest are counted


@dataclass(frozen=True)
class Task:
    """One run to do."""

    run_id: str
    spec: RunSpec


@dataclass(frozen=True)
class Plan:
    """The runs of a study. points: settings of every point of the design; contents: what `contents_id` says of each."""

    study: Study
    points: tuple[dict[str, Any], ...]
    contents: tuple[str, ...]

    def ids(self) -> list[list[str]]:
        """Run ids, [points][replications]."""
        return [
            [replicated_id(one, self.study.seed, number) for number in self.study.numbers(place)]
            for place, one in enumerate(self.contents)
        ]

    def tasks(self) -> Iterator[Task]:
        """Every run once: all points of the first replication, then of the second, so that a part of a study is
        balanced.

        Points that turn out equal, which happens with whole numbers, are one run where they share their luck.
        """
        for replication in range(self.study.replications):
            done: set[tuple[str, int]] = set()
            for place, (contents, point) in enumerate(zip(self.contents, self.points, strict=True)):
                number = self.study.numbers(place)[replication]
                if (contents, number) not in done:
                    done.add((contents, number))
                    yield Task(replicated_id(contents, self.study.seed, number), self.study.spec(point, number))

    def count(self) -> int:
        """Number of runs."""
        apart = {(contents, self.study.numbers(place)[0]) for place, contents in enumerate(self.contents)}
        return len(apart) * self.study.replications


def make_plan(study: Study) -> Plan:
    """The points of a study's design, each checked. Raises InputErrors with the points that make no sense."""
    points = tuple(design_points(study))
    contents, problems = [], []
    for number, point in enumerate(points):
        try:
            contents.append(contents_id(study.spec(point, 0)))
        except InputErrors as wrong:
            problems += [
                placed(sentence("point {number} of the design", number=number + 1), message)
                for message in wrong.problems
            ]
    if problems:
        more = (
            [sentence("and {count} more problems like these.", count=len(problems) - MOST_LISTED)]
            if len(problems) > MOST_LISTED
            else []
        )
        raise InputErrors([*problems[:MOST_LISTED], *more])
    return Plan(study, points, tuple(contents))


def design_points(study: Study) -> list[dict[str, Any]]:
    """Settings of every point: {name: value in its own type and within its range}. Raises InputErrors for a design too
    large."""
    if study.method == "grid":
        _check_size(study, math.prod(len(one.grid()) for one in study.ranges))
        names = [one.name for one in study.ranges]
        return [
            dict(zip(names, values, strict=True)) for values in itertools.product(*(one.grid() for one in study.ranges))
        ]
    if study.method == "oat":
        _check_size(study, 1 + sum(len(one.grid()) - 1 for one in study.ranges))
        return one_at_a_time(study.ranges)
    places = design_places(study)
    columns = {one.name: one.at(places[:, column]) for column, one in enumerate(study.ranges)}
    rows = [{name: values[row] for name, values in columns.items()} for row in range(len(places))]
    drawn = picked(study.drawn, len(rows)) if study.drawn else [{}] * len(rows)
    return [{**row, **together} for row, together in zip(rows, drawn, strict=True)]


def one_at_a_time(ranges: Sequence[Range]) -> list[dict[str, Any]]:
    """A first point with the first value of every range, then one for each other value of each range, all else as in
    the first."""
    first = {one.name: one.grid()[0] for one in ranges}
    return [first, *({**first, one.name: value} for one in ranges for value in one.grid()[1:])]


def design_places(study: Study) -> np.ndarray:
    """Places of a sampled design in the unit cube, float64 [points, ranges]: Latin hypercube, Sobol (Saltelli) or
    Morris."""
    width = len(study.ranges)
    if study.method == "lhs":
        _check_size(study, study.samples)
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(width, rng=np.random.default_rng(study.seed)).random(study.samples))
    factors = len(study.factors)
    rows = sobol_rows(factors, study.second_order) if study.method == "sobol" else factors + 1
    _check_size(study, study.samples * rows)
    seed = salib_seed(study.seed)
    described = problem([one.name for one in study.ranges], [one.factor for one in study.ranges])
    if study.method == "sobol":
        from SALib.sample import sobol

        return np.asarray(sobol.sample(described, study.samples, calc_second_order=study.second_order, seed=seed))
    from SALib.sample import morris

    return np.asarray(morris.sample(described, study.samples, num_levels=MORRIS_LEVELS, seed=seed))


def sobol_rows(factors: int, second_order: bool) -> int:
    """Rows of a Sobol' design for each of its samples (Saltelli 2002)."""
    return 2 * factors + 2 if second_order else factors + 2


def problem(names: Sequence[str], factors: Sequence[str] = ()) -> dict[str, object]:
    """SALib's description of inputs that each lie between 0 and 1, as designs place them.

    factors: for each input, the group with which it varies; where nothing is given, each input is a factor of its own.
    """
    described: dict[str, object] = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return described | {"groups": list(factors)} if factors and list(factors) != list(names) else described


def salib_seed(seed: int) -> int:
    """A seed that SALib takes as one: it reads 0 as unseeded."""
    return seed % (2**31 - 2) + 1


def _check_size(study: Study, points: int) -> None:
    """Refuse, before it is laid out, a design that memory could not hold."""
    problems: list[str] = []
    most = min(MOST_POINTS, MOST_VALUES // max(1, len(study.ranges)))
    if points > most:
        problems.append(
            sentence(
                "the design has {points} points, more than {most}: use fewer steps or samples.",
                points=f"{points:,}",
                most=f"{most:,}",
            )
        )
    elif points * study.replications > MOST_RUNS or study.numbers(points - 1)[-1] > LIMITS["replication"][1]:
        problems.append(
            sentence(
                "the study has {runs} runs, more than {most}: use fewer points or replications.",
                runs=f"{points * study.replications:,}",
                most=f"{MOST_RUNS:,}",
            )
        )
    raise_if_any(problems)
