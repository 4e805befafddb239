"""Lines over the days of a run."""

from collections.abc import Sequence
from datetime import timedelta
from math import isfinite

import numpy as np

from pingan_abm.report.charts import Levels, Mark
from pingan_abm.report.numbers import mark_of
from pingan_abm.runs import RunSpec
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.texts.i18n import translator

MOST_PLACES = 80  # along the axis; more would only make the page heavy
SETTLING = 14  # first days, in which shares of a handful of files say nothing


def day_axis(spec: RunSpec, language: str) -> tuple[list[int], Levels]:
    """Days that are drawn, evenly spread with the last among them, and their axis: first drawn days of months are
    named."""
    step = max(1, round(spec.days / MOST_PLACES))
    days = sorted({*range(min(SETTLING, spec.days // 4), spec.days, step), spec.days - 1})
    names, month = [], 0
    for day in days:
        at = spec.start + timedelta(days=day)
        names.append("" if at.month == month else f"{at.year}-{at.month:02d}")
        month = at.month
    return days, Levels(translator(language)("Month"), [float(day) for day in days], names)


def daily_marks(values: np.ndarray, days: Sequence[int]) -> list[Mark]:
    """Mean and interval over replications on the days chosen, of what lies between 0 and 1. values: float64
    [replications, days]."""
    carried = np.stack([known_before(row) for row in values])
    found = [mark_of(mean_interval([float(value) for value in carried[:, day]])) for day in days]
    return [Mark(*(min(1.0, max(0.0, end)) if isfinite(end) else end for end in mark)) for mark in found]


def cohort_marks(values: np.ndarray, days: Sequence[int]) -> list[Mark]:
    """The same for shares by the day on which problems arose: means of the week up to the day, nothing for days that
    are not judged yet."""
    found = []
    for day in days:
        week = values[:, max(0, day - 6) : day + 1]
        known = np.isfinite(week)
        means = np.where(known, week, 0.0).sum(axis=1) / np.maximum(1, known.sum(axis=1))
        judged = np.isfinite(values[:, day]).any()
        found.append(mark_of(mean_interval([float(mean) for mean in means]) if judged else None))
    return [Mark(*(min(1.0, max(0.0, end)) if isfinite(end) else end for end in mark)) for mark in found]


def known_before(values: np.ndarray) -> np.ndarray:
    """Days with the last value known by then, for what is measured weekly; NaN before the first. values: float64
    [days]."""
    last = np.maximum.accumulate(np.where(np.isfinite(values), np.arange(len(values)), 0))
    return values[last]


def share(value: float) -> str:
    """A share as per cent."""
    return f"{100 * value:.0f}%"
