"""What the experiments measure in a finished model, beyond its outcomes: one function a figure, its docstring the
definition. Problems, files and assignments count that began on day 0 or later; what a warm-up left does not."""

import math
from collections.abc import Callable

import numpy as np

from pingan_abm.behaviour.experience import lives_through
from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.ratios import mean, share
from pingan_abm.patterns.pattern import Measured
from pingan_abm.patterns.public_measures import near_outcomes, public_cases, trust_of_met, years
from pingan_abm.world.cases import MISDIRECTED, PASSED_ON

TOP_TYPES = 5
SHOCK_DAY = 120  # on which dated changes of the experiments take effect
CAMPAIGN = (90, 132)  # days of the campaign scenario
AFTER_CAMPAIGN = 60
CAMPAIGNED = "unlicensed_trading"
REGULAR = (59, 91, 21)  # of regular_campaigns: day of the first, days between two, and length
AFTER_REGULAR = 30
SURPRISE = 0.15  # by which an experience lies above or below what was expected
SAMPLE = 2_000  # residents
FEWEST_FILES = 6  # of a type that is split into thirds


def reporters_once(model: PinganModel) -> float | None:
    """Residents who reported once / residents who reported."""
    reports = model.world.residents["reports"]
    return share((reports == 1).sum(), (reports > 0).sum())


def repeat_satisfaction(model: PinganModel) -> float | None:
    """Mean satisfaction of residents who reported twice or more, less that of those who reported once."""
    people = model.world.residents
    again, once = people["satisfaction"][people["reports"] > 1], people["satisfaction"][people["reports"] == 1]
    return float(again.mean() - once.mean()) if len(again) and len(once) else None


def top_types_share(model: PinganModel) -> float | None:
    """Files of the five commonest types / files."""
    w = model.world
    cases = w.used("cases")
    kinds = w.problems["issue"][cases["problem"][cases["opened"] >= 0.0]]
    counts = np.sort(np.bincount(kinds, minlength=len(w.issues)))
    return share(counts[-TOP_TYPES:].sum(), counts.sum())


def area_ratio(model: PinganModel) -> float | None:
    """Share of problems that a resident reported at all, by community: 95 % quantile over 5 % quantile."""
    problems = model.world.used("problems")
    arisen = problems[(problems["state"] > 0) & (problems["onset"] >= 0.0)]
    count = len(model.world.communities)
    places = np.bincount(arisen["community"], minlength=count)
    spoken = np.bincount(arisen["community"], weights=~np.isnan(arisen["first_report"]), minlength=count)
    low, high = np.quantile(spoken[places > 0] / places[places > 0], [0.05, 0.95])
    return float(high / low) if low > 0 else None


def ambiguity_terciles() -> np.ndarray:
    """0, 1 or 2 for each sub-type: how unclear the written duties of the data files leave it, whatever a run clears
    up."""
    district = load_district()
    values = np.array([one.entropy for one in district.subtypes])
    return np.searchsorted(np.quantile(values, [1 / 3, 2 / 3]), values)  # those without doubt are alike


def return_shares(model: PinganModel) -> dict[str, float | None]:
    """Assignments returned as none of the unit's business or passed on, over those answered: by terciles of unclear
    duties, by the number of units needed, and with and without a mandate."""
    w = model.world
    parts = w.used("assignments")
    parts = parts[parts["dispatched"] >= 0.0]
    cases, problems = w.cases[parts["case"]], w.problems[w.cases["problem"][parts["case"]]]
    answered = (parts["reason"] > 0) | ~np.isnan(parts["begun"])
    misdirected, passed_on = parts["reason"] == MISDIRECTED, parts["reason"] == PASSED_ON
    returned = (misdirected | passed_on) & answered
    tercile = ambiguity_terciles()[problems["subtype"]]
    several = problems["n_units"] > 1
    last = parts["attempt"] == cases["attempt"]
    groups = {
        "returns_unclear": (returned, answered & (tercile == 2)),
        "returns_clear": (returned, answered & (tercile == 0)),
        "returns_several": (returned, answered & several),
        "returns_single": (returned, answered & ~several),
        "passed_unclear": (passed_on, answered & (tercile == 2)),
        "passed_clear": (passed_on, answered & (tercile == 0)),
        "passed_several": (passed_on, answered & several),
        "passed_single": (passed_on, answered & ~several),
        "returns_mandated": (passed_on, answered & last & (cases["mandate"] == 1)),
        "returns_unmandated": (passed_on, answered & several & (cases["mandate"] == 0)),
        "returns_misdirected": (misdirected, answered),
        "returns_passed_on": (passed_on, answered),
    }
    return {name: share((chosen & among).sum(), among.sum()) for name, (chosen, among) in groups.items()}


def handling_days(model: PinganModel) -> dict[str, float | None]:
    """Median days from first dispatch to the true solution, unsolved 60, of files first dispatched 60 days before
    the end: of problems that need several units, and one."""
    w, horizon = model.world, 60.0
    cases = w.used("cases")
    with np.errstate(invalid="ignore"):
        first = cases["first_dispatched"]
        cases = cases[(cases["duplicate"] == 0) & (first >= 0.0) & (first <= model.day - 1 - horizon)]
    problems = w.problems[cases["problem"]]
    took = problems["solved"] - cases["first_dispatched"]
    took = np.where(np.isnan(took) | (took > horizon), horizon, took)
    several = problems["n_units"] > 1
    return {
        "days_several": float(np.median(took[several])) if several.any() else None,
        "days_single": float(np.median(took[~several])) if (~several).any() else None,
    }


def minor_waits(model: PinganModel) -> dict[str, float | None]:
    """Days from registration to the true solution (cohort and limit of `days_to_resolution_mean`) within issue types,
    so that minor and grave problems need the same work and powers: mean of the least severe third of each type, and the
    median of that third over the median of the most severe third, both as means over types weighted by their files."""
    cohorts = Cohorts(model)
    severity, days, types = cohorts.filed90["severity"], cohorts.resolution_days, cohorts.filed90["issue"]
    minor_days, medians = [], []  # of all types, one after another; (files, median of minor, of grave) of a type
    for number in np.unique(types):
        of_type = types == number
        if of_type.sum() < FEWEST_FILES:
            continue
        low, high = np.quantile(severity[of_type], [1 / 3, 2 / 3])
        minor, grave = days[of_type & (severity <= low)], days[of_type & (severity >= high)]
        minor_days.append(minor)
        medians.append((float(of_type.sum()), float(np.median(minor)), float(np.median(grave))))
    if not medians:
        return {"minor_days": None, "minor_over_grave": None}
    files, minor_medians, grave_medians = np.array(medians).T
    return {
        "minor_days": float(np.concatenate(minor_days).mean()),
        "minor_over_grave": share(float(files @ minor_medians), float(files @ grave_medians)),
    }


def busy_weeks_on_time(model: PinganModel) -> float | None:
    """On-time share of files opened in the busiest third of weeks, less that in the quietest third."""
    whole, cases = model.day // 7 - 2, model.world.used("cases")  # the last weeks' files are not all due
    if whole < 4:
        return None
    with np.errstate(invalid="ignore"):
        own = (cases["duplicate"] == 0) & (cases["opened"] >= 0.0)
        due = cases[own & (np.floor(cases["first_due"]) <= model.day - 1)]
        in_time = np.floor(due["first_closed"]) <= np.floor(due["first_due"])
    weeks = (due["opened"] // 7).astype(int)
    counts = np.bincount(weeks, minlength=whole)[:whole]
    shares = np.bincount(weeks, weights=in_time, minlength=whole)[:whole] / np.maximum(1, counts)
    order = np.argsort(counts[1:], kind="stable") + 1  # the first week fills an empty system
    third = len(order) // 3
    return float(np.mean(shares[order[-third:]]) - np.mean(shares[order[:third]]))


def tails(model: PinganModel) -> dict[str, float | None]:
    """Mean over median of days to close (first closures, all closed), of the work of the same files, and the first
    less the second."""
    w = model.world
    cases = w.used("cases")
    opened = (cases["opened"] >= 0.0) & (cases["opened"] < model.day - 90)
    closed = cases[(cases["duplicate"] == 0) & ~np.isnan(cases["first_closed"]) & opened]
    if len(closed) == 0:
        return {"close_tail": None, "work_tail": None, "tail_excess": None}
    took, work = closed["first_closed"] - closed["opened"], w.problems["work"][closed["problem"]]
    close, content = float(took.mean() / np.median(took)), float(work.mean() / np.median(work))
    return {"close_tail": close, "work_tail": content, "tail_excess": close - content}


def campaign_counts(model: PinganModel) -> dict[str, float | None]:
    """Arrivals of the campaigned type during the campaign and in the 60 days after, and mean days to close of
    files of other types opened during it (unclosed after 60 days: 60)."""
    w = model.world
    kind = model.district.issue_index(CAMPAIGNED)
    problems, cases = w.used("problems"), w.used("cases")
    onset = problems["onset"][(problems["issue"] == kind) & (problems["state"] > 0)]
    start, end = CAMPAIGN
    others = cases[
        (cases["duplicate"] == 0)
        & (w.problems["issue"][cases["problem"]] != kind)
        & (cases["opened"] >= start)
        & (cases["opened"] < end)
    ]
    took = others["first_closed"] - others["opened"]
    took = np.where(np.isnan(took) | (took > 60.0), 60.0, took)
    return {
        "campaigned_during": float(((onset >= start) & (onset < end)).sum()),
        "campaigned_after": float(((onset >= end) & (onset < end + AFTER_CAMPAIGN)).sum()),
        "others_days": mean(took),
    }


def regular_campaigns(model: PinganModel) -> dict[str, float | None]:
    """Arrivals of the campaigned type in the 30 days after the first and after the third of regular campaigns."""
    problems, kind = model.world.used("problems"), model.district.issue_index(CAMPAIGNED)
    onset = problems["onset"][(problems["issue"] == kind) & (problems["state"] > 0)]
    start, every, length = REGULAR
    counts: dict[str, float | None] = {}
    for name, number in (("after_first", 0), ("after_third", 2)):
        end = start + number * every + length
        counts[name] = float(((onset >= end) & (onset < end + AFTER_REGULAR)).sum())
    return counts


def first_reports_after(model: PinganModel) -> float | None:
    """First reports of residents on a problem from 60 days after the experiments' dated change on."""
    daily = model.daily["reports"] - model.daily["repeat_reports"]
    return float(daily[model.day - 1] - daily[SHOCK_DAY + 59]) if model.day > SHOCK_DAY + 60 else None


def organisation_capacity(model: PinganModel) -> float | None:
    """Yuan a year of work that the organisations alive can do."""
    return float(sum(o.capacity for o in model.organisations if o.alive))


def loss_over_gain(model: PinganModel) -> float | None:
    """How much more an experience worse than expected moves satisfaction than one better by as much, mean over a
    sample of residents.

    Each lives through three experiences on a copy of the district: as expected, better, and worse. The expected one
    is the zero.
    """
    w = model.world.copy()
    chosen = np.linspace(0, model.residents - 1, min(SAMPLE, model.residents)).astype(int)
    before = w.residents[chosen].copy()
    moved = []
    for surprise in (0.0, SURPRISE, -SURPRISE):
        w.residents[chosen] = before
        for i in chosen:
            worth = min(1.0, max(0.0, float(w.residents[i]["expectation"]) + surprise))
            lives_through(w, int(i), np.uint64(i), 0, worth, 1.0)
        moved.append(w.residents["satisfaction"][chosen].copy())
    return float(np.mean((moved[0] - moved[2]) - (moved[1] - moved[0])))


def weekly_on_time(model: PinganModel) -> np.ndarray:
    """Performance: by week of the due day from day 0 on, share of files closed by then; not-a-number without any."""
    cases = model.world.used("cases")
    with np.errstate(invalid="ignore"):
        due = cases[(cases["duplicate"] == 0) & (cases["first_due"] >= 0.0) & (cases["first_due"] < model.day)]
        in_time = np.floor(due["first_closed"]) <= np.floor(due["first_due"])
    weeks = (due["first_due"] // 7).astype(int)
    counts = np.bincount(weeks, minlength=model.day // 7 + 1)
    sums = np.bincount(weeks, weights=in_time, minlength=model.day // 7 + 1)
    return np.asarray(np.where(counts > 0, sums / np.maximum(1, counts), math.nan))


def district(model: PinganModel) -> Measured:
    """Every outcome and every figure above."""
    figures: dict[str, float | None | np.ndarray] = {function.__name__: function(model) for function in FIGURES}
    for function in GROUPS:
        figures |= function(model)
    return {**model.outcomes(), **figures, "weekly_on_time": weekly_on_time(model)}


def case(model: PinganModel) -> Measured:
    """Days from injection to each milestone of the injected case; None for those not reached; filed: 1 where
    society failed, as it had in the documented case."""
    from pingan_abm.trace.follow import MILESTONES, followed_in

    one = followed_in(model)
    return {milestone.name: one.reached.get(milestone.name) for milestone in MILESTONES} | {"filed": float(one.filed)}


FIGURES: tuple[Callable[[PinganModel], float | None], ...] = (
    reporters_once,
    repeat_satisfaction,
    top_types_share,
    area_ratio,
    busy_weeks_on_time,
    first_reports_after,
    organisation_capacity,
    loss_over_gain,
)
GROUPS: tuple[Callable[[PinganModel], dict[str, float | None]], ...] = (
    return_shares,
    handling_days,
    minor_waits,
    tails,
    campaign_counts,
    near_outcomes,
    public_cases,
    trust_of_met,
    years,
    regular_campaigns,
)
MEASURES: dict[str, Callable[[PinganModel], Measured]] = {"district": district, "case": case}
