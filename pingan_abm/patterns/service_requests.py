"""Statistics of service requests, the same for a finished run and for a records file: how long files stay open, how few
topics fill them, and how unevenly they come.

The yardstick is published: Baltimore 311, 2014–19, resident-reported (Open Baltimore); New York 311, 2004–16; Boston
311, 2015, one district.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.ratios import share
from pingan_abm.texts.bilingual import Bilingual

SETTLING = 90  # days at each end of a run that are left out: volumes build up, and the last files are not closed yet
LATE = 30.0  # days
TOP = 5
HUNDREDTH = 0.01  # of the places
FEWEST = 5  # requests of a category that counts for Zipf's law
WEEK = 7


@dataclass(frozen=True)
class Requests:
    """Service requests, one element each in the first six: days opened, closed and due (float64, nan = not), and codes
    of category, agency and place (int). daily: arrivals by day; weekday: of its first day, 0 = Monday; per_person_year:
    arrivals, None if unknown; premises: codes of the shops, estates and sites that requests are about, −1 of none, None
    if unknown.
    """

    opened: np.ndarray
    closed: np.ndarray
    due: np.ndarray
    category: np.ndarray
    agency: np.ndarray
    place: np.ndarray
    daily: np.ndarray
    weekday: int
    per_person_year: float | None = None
    premises: np.ndarray | None = None

    @property
    def took(self) -> np.ndarray:
        """Days from opening to closing of those that were closed."""
        took = self.closed - self.opened
        return np.asarray(took[~np.isnan(took)])


def of_model(model: PinganModel) -> Requests:
    """Primary files opened, and reports made, after the first 90 days and before the last 90 of a finished run."""
    w, last = model.world, model.day - SETTLING
    cases = w.used("cases")
    cases = cases[(cases["duplicate"] == 0) & (cases["opened"] >= SETTLING) & (cases["opened"] < last)]
    problems = w.problems[cases["problem"]]
    daily = np.diff(model.daily["reports"][: model.day], prepend=0.0)[SETTLING:last]
    return Requests(
        opened=cases["opened"],
        closed=cases["first_closed"],
        due=np.floor(cases["first_due"]) + 1.0,
        category=problems["subtype"],
        agency=cases["lead"],
        place=problems["community"],
        daily=daily,
        weekday=(model.start.weekday() + SETTLING) % WEEK,
        premises=problems["place"] if model.parameters.places else None,
        per_person_year=float(daily.sum()) / model.residents * 365 / len(daily) if len(daily) else None,
    )


def median_days(r: Requests) -> float | None:
    """Median days to close."""
    return float(np.median(r.took)) if len(r.took) else None


def mean_days(r: Requests) -> float | None:
    """Mean days to close."""
    return float(r.took.mean()) if len(r.took) else None


def mean_over_median(r: Requests) -> float | None:
    """Mean over median of the days to close: 1.44 for an exponential law, more for a heavier tail."""
    return float(r.took.mean() / np.median(r.took)) if len(r.took) and np.median(r.took) > 0 else None


def days_90(r: Requests) -> float | None:
    """Days within which nine in ten were closed; None with fewer than ten."""
    return float(np.quantile(r.took, 0.9)) if len(r.took) >= 10 else None


def days_99(r: Requests) -> float | None:
    """Days within which 99 in a hundred were closed; None with fewer than a hundred."""
    return float(np.quantile(r.took, 0.99)) if len(r.took) >= 100 else None


def late_share(r: Requests) -> float | None:
    """Closed later than 30 days / closed."""
    return share((r.took > LATE).sum(), len(r.took))


def slowest_tenth(r: Requests) -> float | None:
    """Days of the slowest tenth / days of all: 0.33 for an exponential law. None with fewer than ten."""
    took = np.sort(r.took)
    if len(took) < 10:
        return None
    return share(took[len(took) - len(took) // 10 :].sum(), took.sum())


def weibull_shape(r: Requests) -> float | None:
    """Shape of the Weibull law most likely for the days to close above zero: 1 is exponential, less is a heavier
    tail."""
    from scipy.stats import weibull_min

    took = r.took[r.took > 0]
    return float(weibull_min.fit(took, floc=0)[0]) if len(took) > TOP and took.std() > 0 else None


def log_normal_over_exponential(r: Requests) -> float | None:
    """Log-likelihood a request of the best log-normal law less that of the best exponential one, days above zero."""
    took = r.took[r.took > 0]
    if len(took) <= TOP or np.log(took).std() == 0:
        return None
    logs = np.log(took)
    log_normal = -logs.mean() - math.log(float(logs.std())) - 0.5 * math.log(2 * math.pi) - 0.5
    exponential = -math.log(float(took.mean())) - 1.0
    return float(log_normal - exponential)


def on_time(r: Requests) -> float | None:
    """Closed by the due time / closed and with a due time."""
    known = ~np.isnan(r.due) & ~np.isnan(r.closed)
    return share((r.closed[known] <= r.due[known]).sum(), known.sum())


def top_five(r: Requests) -> float | None:
    """Requests of the five commonest categories / requests; None where there are no others."""
    counts = np.sort(np.bincount(r.category))[::-1]
    if (counts > 0).sum() <= TOP:
        return None
    return share(counts[:TOP].sum(), counts.sum())


def zipf_exponent(r: Requests) -> float | None:
    """Fall of log count with log rank of the categories (least squares, those with at least five requests)."""
    counts = np.sort(np.bincount(r.category))[::-1]
    counts = counts[counts >= FEWEST]
    if len(counts) < 3:
        return None
    return -float(np.polyfit(np.log(np.arange(1, len(counts) + 1)), np.log(counts), 1)[0])


def between_categories(r: Requests) -> float | None:
    """Share of the variance of log days to close that lies between categories, as ω²."""
    return between(r, r.category)


def between_agencies(r: Requests) -> float | None:
    """The same between agencies: the unit in the lead at last."""
    return between(r, r.agency)


def between_places(r: Requests) -> float | None:
    """The same between places."""
    return between(r, r.place)


def between(r: Requests, group: np.ndarray) -> float | None:
    """ω² (Hays 1963) of the log days to close above zero: the share of their variance that lies between groups, freed
    of what groups drawn by chance would show, so that few and many groups can be compared. Near nought it may fall
    below it. Groups below 0 are unknown; None with fewer than two groups, or where every group has one request."""
    took = r.closed - r.opened
    with np.errstate(invalid="ignore"):
        known = (took > 0) & (group >= 0)
    logs, where = np.log(took[known]), group[known]
    sizes = np.bincount(where)
    groups, count = int((sizes > 0).sum()), len(logs)
    if groups < 2 or count <= groups:
        return None
    means = np.bincount(where, weights=logs) / np.maximum(1, sizes)
    total = float(((logs - logs.mean()) ** 2).sum())
    of_groups = float((sizes * (means - logs.mean()) ** 2).sum())
    within = (total - of_groups) / (count - groups)
    return (of_groups - (groups - 1) * within) / (total + within) if total + within > 0.0 else None


def weekend_ratio(r: Requests) -> float | None:
    """Arrivals of a Saturday or Sunday / arrivals of a working day."""
    days = (r.weekday + np.arange(len(r.daily))) % WEEK
    weekend = days >= 5
    if not weekend.any() or r.daily[~weekend].sum() == 0:
        return None
    return float(r.daily[weekend].mean() / r.daily[~weekend].mean())


def dispersion(r: Requests) -> float | None:
    """Variance over mean of the daily arrivals: 1 for a Poisson process."""
    return share(float(r.daily.var()), float(r.daily.mean())) if len(r.daily) else None


def dispersion_within(r: Requests) -> float | None:
    """The same around the mean of each day of the week."""
    days = (r.weekday + np.arange(len(r.daily))) % WEEK
    if len(r.daily) <= 2 * WEEK or r.daily.sum() == 0:
        return None
    means = np.bincount(days, weights=r.daily, minlength=WEEK) / np.bincount(days, minlength=WEEK)
    expected = np.maximum(means[days], 1e-9)
    return float(((r.daily - expected) ** 2 / expected).sum() / (len(r.daily) - WEEK))


def weekly_memory(r: Requests) -> float | None:
    """Correlation of a week's arrivals with the next week's."""
    whole = len(r.daily) // WEEK
    weeks = r.daily[: whole * WEEK].reshape(whole, WEEK).sum(axis=1)
    return (
        float(np.corrcoef(weeks[:-1], weeks[1:])[0, 1])
        if whole > 3 and weeks[:-1].std() > 0 and weeks[1:].std() > 0
        else None
    )


def busiest_places(r: Requests) -> float | None:
    """Requests about the busiest hundredth of the premises that have any / requests about premises."""
    if r.premises is None:
        return None
    counts = np.sort(np.bincount(r.premises[r.premises >= 0]))[::-1]
    counts = counts[counts > 0]
    return share(counts[: math.ceil(HUNDREDTH * len(counts))].sum(), counts.sum())


def volume(r: Requests) -> float | None:
    """Requests a person and year."""
    return r.per_person_year


@dataclass(frozen=True)
class Statistic:
    """A figure of service requests: how it is called, how it is computed, its published values by city, and the range
    in which the model agrees in kind: that of the published values and what lies near them, or a law's side of a
    limit."""

    en: str
    zh: str
    function: Callable[[Requests], float | None]
    published: Mapping[str, str]
    low: float
    high: float

    def text(self, language: str) -> str:
        """Its name in a language."""
        return Bilingual(self.en, self.zh).text(language)


STATISTICS: tuple[Statistic, ...] = (
    Statistic(
        "days to close: median",
        "办结天数：中位数",
        median_days,
        {"Baltimore": "2.3", "New York": "2.9", "Boston": "5.2"},
        2.0,
        6.0,
    ),
    Statistic(
        "days to close: mean",
        "办结天数：平均",
        mean_days,
        {"Baltimore": "15.3", "New York": "9.0", "Boston": "14.8"},
        7.0,
        17.0,
    ),
    Statistic(
        "mean over median",
        "平均数与中位数之比",
        mean_over_median,
        {"Baltimore": "6.6", "New York": "3.1", "Boston": "2.8"},
        2.0,
        8.0,
    ),
    Statistic("days to close: 90 %", "办结天数：90%分位", days_90, {"Baltimore": "29", "Boston": "38"}, 20.0, 45.0),
    Statistic("days to close: 99 %", "办结天数：99%分位", days_99, {"Baltimore": "237", "Boston": "146"}, 100.0, 300.0),
    Statistic(
        "closed later than 30 days",
        "超过30天才办结的占比",
        late_share,
        {"Baltimore": "0.097", "Boston": "0.126"},
        0.06,
        0.16,
    ),
    Statistic(
        "slowest tenth's share of all days",
        "最慢十分之一占全部天数的比例",
        slowest_tenth,
        {"Baltimore": "0.74", "Boston": "0.55–0.77"},
        0.5,
        0.8,
    ),
    Statistic("Weibull shape", "威布尔形状参数", weibull_shape, {"Baltimore": "0.48", "Boston": "0.56"}, 0.3, 0.99),
    Statistic(
        "log-normal less exponential, log-likelihood a request",
        "对数正态优于指数分布的程度（每件对数似然）",
        log_normal_over_exponential,
        {"Baltimore": "> 0", "Boston": "> 0"},
        0.0,
        math.inf,
    ),
    Statistic("closed on time", "按期办结率", on_time, {"Baltimore": "0.77", "Boston": "0.79"}, 0.65, 0.9),
    Statistic(
        "five commonest categories' share",
        "最常见五类占比",
        top_five,
        {"Baltimore": "0.30", "Boston": "0.27"},
        0.27,
        0.69,
    ),
    Statistic(
        "Zipf exponent of categories",
        "类别的齐普夫指数",
        zipf_exponent,
        {"Baltimore": "1.17", "Boston": "1.30"},
        1.0,
        1.5,
    ),
    Statistic(
        "log days: variance between categories",
        "天数对数的方差：类别之间占比",
        between_categories,
        {"Baltimore": "0.61", "Boston": "0.35"},
        0.2,
        0.7,
    ),
    Statistic(
        "log days: variance between agencies",
        "天数对数的方差：单位之间占比",
        between_agencies,
        {"Baltimore": "0.28", "Boston": "0.05"},
        0.0,
        0.35,
    ),
    Statistic(
        "log days: variance between places",
        "天数对数的方差：地点之间占比",
        between_places,
        {"Baltimore": "0.03", "Boston": "0.003"},
        -0.02,  # where places make no difference, ω² lies about nought
        0.1,
    ),
    Statistic(
        "arrivals of a weekend day over a working day",
        "周末日与工作日到件数之比",
        weekend_ratio,
        {"Baltimore": "0.37", "Boston": "0.35"},
        0.3,
        0.55,
    ),
    Statistic(
        "daily arrivals: variance over mean", "每日到件数：方差与均值之比", dispersion, {"Boston": "8.0"}, 1.0, math.inf
    ),
    Statistic("the same beyond the weekly rhythm", "同上，剔除周内节律之后", dispersion_within, {}, 1.0, math.inf),
    Statistic(
        "correlation of weekly arrivals with the next week's",
        "每周到件数与下一周的相关系数",
        weekly_memory,
        {"Boston": "0.55"},
        0.2,
        0.8,
    ),
    Statistic(
        "files from the busiest hundredth of places",
        "最集中的1%场所占涉场所案卷的比例",
        busiest_places,
        {},
        0.05,
        0.5,
    ),
    Statistic("requests a person and year", "每人每年诉求件数", volume, {"New York": "0.22"}, 0.1, 0.4),
)
