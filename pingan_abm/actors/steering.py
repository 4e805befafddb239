"""R31. Leaders who learn: once a year they look at figures, reported or true, and move what they can set."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.rules import audit_after, posts_after, target_after, weight_after
from pingan_abm.world.windows import within

if TYPE_CHECKING:
    from collections.abc import Mapping

YEAR_DAYS, MONTHS = 365, 12
JUDGED_AFTER, WINDOW = 30, 90  # days: from opening a file to judging it; of openings that are judged
FULL_POINTS = 100.0
REPORTED, TRUE = "reported", "true"


@dataclass(frozen=True)
class Figures:
    """What leaders look at. closed: share of files dealt with in 30 days; satisfied: share of residents who are;
    hollow: share of closures that are; bad: by unit, 0–1, how bad it looks."""

    closed: float
    satisfied: float
    hollow: float
    bad: np.ndarray


@dataclass(frozen=True)
class Steering:
    """What leaders set for the year to come. parameters: by name; posts: of every unit, in the order of the table."""

    target: float
    parameters: "Mapping[str, float]"
    posts: np.ndarray


def year_of(model: DistrictModel, day: int, name: str) -> float:
    """How much a count of the tally grew in the year before a day."""
    before = float(model.daily[name][day - 1 - YEAR_DAYS]) if day > YEAR_DAYS else 0.0
    return float(model.daily[name][day - 1]) - before


def share(part: float, whole: float, otherwise: float) -> float:
    """Part of a whole; something else where there is nothing."""
    return part / whole if whole > 0.0 else otherwise


def judged_files(model: DistrictModel, day: int) -> np.ndarray:
    """Rows of the primary files opened in a quarter that can be judged by now."""
    files = model.world.used("cases")
    rows = within(files["opened"], day - JUDGED_AFTER - WINDOW, day - JUDGED_AFTER)
    return np.asarray(rows[files["duplicate"][rows] == 0])


def by_lead(leads: np.ndarray, failed: np.ndarray, units: int, prior: float) -> np.ndarray:
    """Share of files that failed, by the unit in the lead; `prior` files of the average are added to every unit's."""
    led = leads >= 0
    counts = np.bincount(leads[led], minlength=units)
    fails = np.bincount(leads[led], weights=failed[led], minlength=units)
    usual = share(float(fails.sum()), float(counts.sum()), 0.0)
    return np.asarray((fails + prior * usual) / (counts + prior))


def reported_figures(model: DistrictModel, day: int) -> Figures:
    """What the system records: first closures, ratings given, closures that were found out or complained of, and the
    year's points of every unit."""
    w, rows = model.world, judged_files(model, day)
    files = w.used("cases")[rows]
    with np.errstate(invalid="ignore"):
        in_time = files["first_closed"] - files["opened"] <= JUDGED_AFTER
    found = year_of(model, day, "reopened_by_audit") + year_of(model, day, "reopened_by_complaint")
    scores = np.array(model.appraisal_group.scores[-MONTHS:]).reshape(-1, len(w.units))
    known = np.isfinite(scores)
    points = np.where(known, scores, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0))
    bad = 1.0 - points / FULL_POINTS
    ranked = known.any(axis=0)
    bad[~ranked] = bad[ranked].mean() if ranked.any() else 0.0
    return Figures(
        share(float(in_time.sum()), float(len(files)), model.leadership.target),
        share(year_of(model, day, "good_ratings"), year_of(model, day, "ratings"), model.leadership.target),
        share(found, year_of(model, day, "closed"), 0.0),
        bad,
    )


def true_figures(model: DistrictModel, day: int) -> Figures:
    """What is really so: problems solved, how all affected residents feel, closures on paper, and the share of its
    files that every unit did not solve."""
    w, rows = model.world, judged_files(model, day)
    files = w.used("cases")[rows]
    problems = w.problems[files["problem"]]
    with np.errstate(invalid="ignore"):
        solved = problems["solved"] - files["opened"] <= JUDGED_AFTER
    felt = w.used("problems")
    felt = felt[within(felt["registered"], day - JUDGED_AFTER - WINDOW, day - JUDGED_AFTER)]
    return Figures(
        share(float(solved.sum()), float(len(files)), model.leadership.target),
        share(float(felt["felt_good"].sum()), float(felt["felt_all"].sum()), model.leadership.target),
        share(year_of(model, day, "paper"), year_of(model, day, "closed"), 0.0),
        by_lead(files["lead"], ~solved, len(w.units), model.parameters.steer_files_prior),
    )


def steered(model: DistrictModel, figures: Figures) -> Steering:
    """What leaders make of figures: target, weight of satisfaction, verification, and posts whose total is kept."""
    c, p = model.world.settings[0], model.parameters
    staff = np.array([unit.staff for unit in model.district.units])
    usual = float((figures.bad * staff).sum() / staff.sum())
    moved = np.array([posts_after(c, one, bad, usual) for one, bad in zip(staff, figures.bad, strict=True)])
    return Steering(
        float(target_after(c, model.leadership.target, figures.closed)),
        {
            "satisfaction_weight": float(weight_after(c, p.satisfaction_weight, figures.closed, figures.satisfied)),
            "verification_rate": float(audit_after(c, p.verification_rate, figures.hollow)),
        },
        np.asarray(moved * staff.sum() / moved.sum()),
    )
