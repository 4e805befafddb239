"""R18. Appraisal: the seven rates from what the system records, scores, ranks, six grades.

The paper gives the names of the rates, the units they apply to, monthly ranking and six grades; how they are counted
is assumed, and weights and cut-offs are coefficients. Times are days; a window is [start, end).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pingan_abm.parameters.declared import Parameters, usual_parameters
from pingan_abm.world.cases import ASSISTING_ROLE, JOINT_ROLE, SENT_BACK, WITHDRAWN
from pingan_abm.world.timeline import Timeline
from pingan_abm.world.windows import within
from pingan_abm.world.world import World

GRADES = ("A+", "A", "B", "C", "D", "E")
FULL_POINTS = 100.0
TINY = 1e-300  # what an empty denominator is divided by, before the result is thrown away


@dataclass(frozen=True)
class Counts:
    """Numerators and denominators of one rate, float64 [n] or scalars."""

    part: np.ndarray
    whole: np.ndarray

    def rate(self) -> np.ndarray:
        """part/whole, not-a-number where the denominator is empty."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.whole > 0, self.part / np.maximum(self.whole, TINY), np.nan)

    def overall(self) -> float | None:
        """The rate of the sums; None when empty."""
        whole = float(np.sum(self.whole))
        return float(np.sum(self.part)) / whole if whole > 0 else None


def grade_of(score: float, parameters: Parameters | None = None) -> str:
    """The grade of a score in points: A+ from 95, A 90, B 80, C 70, D 60, below that E. Without parameters, by the
    usual cut-offs."""
    p = parameters or usual_parameters()
    cut_offs = (p.grade_a_plus_from, p.grade_a_from, p.grade_b_from, p.grade_c_from, p.grade_d_from)
    for grade, cut in zip(GRADES, cut_offs, strict=False):
        if score >= cut:
            return grade
    return GRADES[-1]


def year_end_coefficient(grade: str, p: Parameters) -> float:
    """With which a grade enters the year-end appraisal."""
    by_grade = (p.year_end_a_plus, p.year_end_a, p.year_end_b, p.year_end_c, p.year_end_d, p.year_end_e)
    return by_grade[GRADES.index(grade)]


def weighted_score(rates: list[np.ndarray], weights: list[float], target: np.ndarray) -> np.ndarray:
    """Points: 100 Σ weight·min(1, rate/T). A rate that is missing passes its weight to the others; none:
    not-a-number."""
    table, load = np.stack(rates), np.array(weights)[:, None] * np.ones_like(np.stack(rates))
    load = np.where(np.isnan(table), 0.0, load)
    points = np.where(np.isnan(table), 0.0, np.minimum(1.0, table / target))
    total = load.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, FULL_POINTS * (load * points).sum(axis=0) / np.where(total > 0, total, 1.0), np.nan)


def rank_gaps(scores: np.ndarray) -> np.ndarray:
    """(rank − 1)/(n − 1) among those scored: 0 the best, 1 the worst, ½ without a score or a rival. Equals share their
    mean rank."""
    gaps = np.full(len(scores), 0.5)
    known = np.flatnonzero(~np.isnan(scores))
    if len(known) < 2:
        return gaps
    values = scores[known]
    ranks = (values[None, :] > values[:, None]).sum(axis=1) + 0.5 * (
        (values[None, :] == values[:, None]).sum(axis=1) - 1
    )
    gaps[known] = ranks / (len(known) - 1)
    return gaps


def rank_gaps_of_many(scores: np.ndarray) -> np.ndarray:
    """The same as `rank_gaps` for hundreds, by sorting."""
    gaps = np.full(len(scores), 0.5)
    known = np.flatnonzero(~np.isnan(scores))
    if len(known) < 2:
        return gaps
    values = scores[known]
    ordered = np.sort(values)
    low, high = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    gaps[known] = (len(known) - 0.5 * (low + high + 1)) / (len(known) - 1)
    return gaps


class Ranking(NamedTuple):
    """Of a quarter or a year, by unit: points, and place among the units of its tier (1 the best, equals share it; 0
    without points)."""

    points: np.ndarray
    places: np.ndarray


def ranking(months: Sequence[np.ndarray], tiers: np.ndarray) -> Ranking:
    """The ranking over several months, from their points by unit: a unit's mean over the months in which it had any."""
    table = np.stack([np.full(len(tiers), np.nan), *months])
    known = ~np.isnan(table)
    with np.errstate(invalid="ignore"):
        points = np.where(known, table, 0.0).sum(axis=0) / known.sum(axis=0)
    better = (points[None, :] > points[:, None]) & (tiers[None, :] == tiers[:, None])
    return Ranking(points, np.where(np.isnan(points), 0, 1 + better.sum(axis=1)))


def per_unit(world: World, units: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """How often each unit is named; with weights, their sum."""
    return np.bincount(units, weights=weights, minlength=len(world.units)).astype(float)


def credited(world: World, inside: np.ndarray, credit: float) -> np.ndarray:
    """How far each of these assignments (numbers of rows) counts for its unit: 1 where it leads, or holds the file as
    the backstop, else `credit` (the shared_credit)."""
    rows = world.used("assignments")
    roles = rows["role"][inside]
    helps = roles == ASSISTING_ROLE
    joint = np.flatnonzero(roles == JOINT_ROLE)
    if len(joint):
        helps[joint] = world.cases["lead"][rows["case"][inside[joint]]] != rows["unit"][inside[joint]]
    return np.where(helps, credit, 1.0)


def feedback_counts(world: World, start: float, end: float) -> Counts:
    """部门反馈率: assignments due in the window with any answer (closing, return, interim reply) by the due day /
    due."""
    rows = world.used("assignments")
    inside = within(rows["due"], start, end)
    inside = inside[rows["state"][inside] != WITHDRAWN]
    limit, units = rows["due"][inside], rows["unit"][inside]
    with np.errstate(invalid="ignore"):
        answered = (
            (rows["finished"][inside] <= limit)
            | (rows["replied"][inside] <= limit)
            | (rows["answered"][inside] <= limit)
        )
    return Counts(per_unit(world, units[answered]), per_unit(world, units))


def real_time_counts(world: World, timeline: Timeline, start: float, end: float, credit: float = 1.0) -> Counts:
    """实时处置率: assignments accepted and begun within one working day of dispatch / dispatched in the window.

    credit: how far a helper's count.
    """
    rows = world.used("assignments")
    inside = within(rows["dispatched"], start, end)
    day, units = np.floor(rows["dispatched"][inside]).astype(np.int64), rows["unit"][inside]
    with np.errstate(invalid="ignore"):
        prompt = np.floor(rows["begun"][inside]) <= timeline.next_working(day)
    counts = credited(world, inside, credit)
    return Counts(per_unit(world, units[prompt], counts[prompt]), per_unit(world, units, counts))


def closure_counts(world: World, start: float, end: float, credit: float = 1.0) -> Counts:
    """办结率: assignments due in the window and reported done by its end / due in it and not returned.

    credit: how far a helper's count.
    """
    rows = world.used("assignments")
    inside = within(rows["due"], start, end)
    state = rows["state"][inside]
    inside = inside[(state != SENT_BACK) & (state != WITHDRAWN)]
    units = rows["unit"][inside]
    with np.errstate(invalid="ignore"):
        done = rows["finished"][inside] < end
    counts = credited(world, inside, credit)
    return Counts(per_unit(world, units[done], counts[done]), per_unit(world, units, counts))


def satisfaction_counts(world: World, start: float, end: float, credit: float = 0.0) -> Counts:
    """满意率: ratings "satisfied" (S ≥ 0.6) / ratings, of closures whose week for rating ended in the window.

    They count for the unit that led, and by `credit` for those that helped.
    """
    rows = world.used("closures")
    inside = within(rows["due"], start, end)
    inside = inside[rows["unit"][inside] >= 0]
    units = rows["unit"][inside]
    good = per_unit(world, units, rows["good"][inside])
    given = per_unit(world, units, rows["ratings"][inside])
    if credit > 0.0:
        problems = world.problems[rows["problem"][inside]]
        for place in range(problems["true_units"].shape[1]):
            helper = problems["true_units"][:, place]
            acted = (problems["acted"] >> place & 1 == 1) & (place < problems["n_units"]) & (helper != units)
            good += credit * per_unit(world, helper[acted], rows["good"][inside][acted])
            given += credit * per_unit(world, helper[acted], rows["ratings"][inside][acted])
    return Counts(good, given)


def adoption_counts(grids: np.ndarray) -> Counts:
    """信息录用率, this month: officers' uploads that became a registered problem / uploads, padding included."""
    return Counts(grids["adopted_month"], grids["uploads_month"] + grids["padding_month"])


def revisit_counts(grids: np.ndarray) -> Counts:
    """回访率, this month: revisits made / revisits due."""
    return Counts(np.minimum(grids["revisits_made_month"], grids["revisits_due_month"]), grids["revisits_due_month"])


def unit_scores(world: World, timeline: Timeline, start: float, end: float, parameters: Parameters) -> np.ndarray:
    """Points of every unit in the window, not-a-number without any record. Cases in which a unit helped another count
    by the shared_credit."""
    credit = parameters.shared_credit
    satisfaction, closure = parameters.satisfaction_weight, parameters.closure_weight
    rest = 1.0 - satisfaction
    rates = [
        satisfaction_counts(world, start, end, credit).rate(),
        closure_counts(world, start, end, credit).rate(),
        real_time_counts(world, timeline, start, end, credit).rate(),
    ]
    weights = [satisfaction, rest * closure, rest * (1.0 - closure)]
    return weighted_score(rates, weights, world.units["target"])


def grid_scores(grids: np.ndarray, target: float) -> np.ndarray:
    """Points of every grid this month: adoption and revisits, half each."""
    rates = [adoption_counts(grids).rate(), revisit_counts(grids).rate()]
    return weighted_score(rates, [0.5, 0.5], np.full(len(grids), target))
