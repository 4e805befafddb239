"""Outcomes of a run and indicators of its days: one function and one entry each.

Rates are 0–1; a rate with an empty denominator is None. The functions, whose docstrings are the definitions, stand in
`outcomes/figures.py` and `outcomes/daily.py`; the entries with unit, better direction and labels stand here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.outcomes import all_problems as over_all
from pingan_abm.outcomes import daily as days
from pingan_abm.outcomes import figures as of
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.ratios import Figure
from pingan_abm.outcomes.register import Register
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.errors import suggested_name


@dataclass(frozen=True)
class Labelled:
    """A name with unit, better direction ("up", "down", "none") and labels in two languages."""

    name: str
    unit: str
    better: str
    en: str
    zh: str

    def label(self, language: str) -> str:
        """The name in a language."""
        return Bilingual(self.en, self.zh).text(language)


def definition_of(function: Callable[..., object]) -> str:
    """The text of a function, as one paragraph."""
    return " ".join((function.__doc__ or "").split())


@dataclass(frozen=True)
class Outcome(Labelled):
    """One figure of a run. over: a key of OVER; empty if whoever added the outcome has not said it."""

    function: Callable[[Cohorts], Figure | float | None]
    over: str = ""

    @property
    def definition(self) -> str:
        """How it is counted, in English: the text of its function."""
        return definition_of(self.function)

    def counted_over(self, language: str) -> str:
        """Over whom it is counted."""
        return OVER[self.over].text(language) if self.over in OVER else ""


@dataclass(frozen=True)
class Indicator(Labelled):
    """One figure of every day: float64 [days so far]."""

    function: Callable[[DistrictModel], np.ndarray]


_RATE = "share"
#: Over whom an outcome is counted.
OVER: dict[str, Bilingual] = {
    "problems": Bilingual("all problems that arose", "发生的全部问题"),
    "filed": Bilingual("problems with a case file", "已立案的问题"),
    "registered": Bilingual("registered problems", "已登记的问题"),
    "files": Bilingual("case files", "案卷"),
    "closures": Bilingual("closures of case files", "案卷的历次办结"),
    "dispatches": Bilingual("dispatches of case files", "案卷的历次交办"),
    "assignments": Bilingual("case files assigned to units", "交办到各单位的案卷"),
    "requests": Bilingual("requests for help between institutions", "机构之间的协助请求"),
    "reports": Bilingual("residents' reports", "居民反映"),
    "residents": Bilingual("all residents", "全体居民"),
    "ratings": Bilingual("residents who rated a closure", "对办结作出评价的居民"),
    "communities": Bilingual("communities", "社区"),
    "organisations": Bilingual("social organisations", "社会组织"),
    "units": Bilingual("linkage units", "联动单位"),
    "grassroots": Bilingual("grid officers and communities", "网格信息员和社区"),
    "run": Bilingual("the whole run", "整个运行期"),
}
#: All problems first, then what is counted by file, then the rest; the seven rates that the district is appraised by
#: last but for counts. What is only recorded has no better direction: it can rise without anything being solved.
_ENTRIES: tuple[tuple[Callable[[Cohorts], Figure | float | None], str, str, str, str, str], ...] = (
    (
        over_all.solved_share,
        _RATE,
        "up",
        "problems",
        "Solved within 90 days, all problems",
        "90日内实际解决率（全部问题）",
    ),
    (
        over_all.burden,
        "problem-days",
        "down",
        "problems",
        "Burden lived with, a resident and year",
        "居民问题负担（人均每年）",
    ),
    (
        over_all.hollow_share,
        _RATE,
        "down",
        "problems",
        "Recorded, not solved, all problems",
        "账面办结未解决占比（全部问题）",
    ),
    (
        over_all.known_share,
        _RATE,
        "up",
        "problems",
        "Known within 90 days, all problems",
        "90日内发现登记率（全部问题）",
    ),
    (
        over_all.handled_share,
        _RATE,
        "up",
        "problems",
        "Worked on within 90 days, all problems",
        "90日内着手处理率（全部问题）",
    ),
    (
        over_all.claimed_share,
        _RATE,
        "none",
        "problems",
        "Recorded as dealt with, all problems",
        "90日账面办结率（全部问题）",
    ),
    (
        over_all.hidden_burden_share,
        _RATE,
        "down",
        "problems",
        "Burden from unregistered problems",
        "隐性负担占比（未登记问题）",
    ),
    (
        over_all.burden_gini,
        "0–1",
        "down",
        "communities",
        "Inequality of burden, communities",
        "社区间负担基尼系数",
    ),
    (
        over_all.burden_access_gap,
        "problem-days",
        "down",
        "residents",
        "Burden: poor less easy digital access",
        "数字弱势群体问题负担差距",
    ),
    (of.load_ratio, "ratio", "none", "units", "Load: work offered over staff-days", "工作负荷比"),
    (of.reported_closure_rate, _RATE, "none", "files", "Reported closed (of files)", "报告办结率（按案卷）"),
    (of.true_resolution_rate, _RATE, "up", "files", "Really solved (of files)", "实际解决率（按案卷）"),
    (of.closure_gap, _RATE, "down", "files", "Gap: reported less solved (of files)", "账实差距（按案卷）"),
    (
        of.days_to_resolution_median,
        "days",
        "down",
        "filed",
        "Days to solve, median (of files)",
        "实际解决天数（按案卷，中位数）",
    ),
    (
        of.days_to_resolution_mean,
        "days",
        "down",
        "filed",
        "Days to solve, mean (of files)",
        "实际解决天数（按案卷，平均）",
    ),
    (
        of.days_to_resolution_p90,
        "days",
        "down",
        "filed",
        "Days to solve, slowest tenth of files",
        "实际解决天数（按案卷，90%分位）",
    ),
    (of.share_over_30_days, _RATE, "down", "filed", "Longer than 30 days (of files)", "超30日未解决占比（按案卷）"),
    (of.on_time_rate, _RATE, "none", "files", "Closed on time (of files)", "按期办结率（按案卷）"),
    (of.first_time_resolution_rate, _RATE, "up", "files", "Solved the first time (of files)", "一次解决率（按案卷）"),
    (of.returns_per_dispatch, "count", "down", "dispatches", "Returns per dispatch", "退单率"),
    (of.reopen_rate, _RATE, "none", "closures", "Reopened (of files)", "重办率（按案卷）"),
    (of.perfunctory_share, _RATE, "down", "closures", "Closed only on paper (of files)", "纸面办结占比（按案卷）"),
    (
        of.stuck_share,
        _RATE,
        "down",
        "files",
        "Stuck: two returns, over 30 days (of files)",
        "久拖不决占比（按案卷）",
    ),
    (
        of.low_risk_delay_ratio,
        "ratio",
        "down",
        "filed",
        "Wait for minor against grave problems (of files)",
        "小事等待倍数（按案卷）",
    ),
    (of.duplicate_file_rate, _RATE, "down", "files", "Duplicates (of files)", "重复立案率（按案卷）"),
    (of.repeat_report_rate, _RATE, "down", "reports", "Repeat reports by the same resident", "同一居民重复反映率"),
    (
        of.co_report_rate,
        _RATE,
        "none",
        "reports",
        "Reports by further residents",
        "其他居民反映已登记问题占比",
    ),
    (of.social_settlement_share, _RATE, "none", "registered", "Settled by society", "社会化解占比"),
    (of.silent_share, _RATE, "down", "problems", "Never reported", "沉默占比"),
    (of.problems_found_share, _RATE, "up", "problems", "Problems found", "问题发现率"),
    (of.satisfaction_mean, "0–1", "up", "residents", "Satisfaction of all residents", "平均满意度"),
    (of.trust_mean, "0–1", "up", "residents", "Trust", "平均信任度"),
    (of.trust_gini, "0–1", "down", "communities", "Inequality of trust", "信任差距（基尼系数）"),
    (of.crises, "count", "down", "problems", "Crises", "危机事件数"),
    (
        of.staff_days_per_resolution,
        "staff-days",
        "down",
        "filed",
        "Staff-days per real solution",
        "每次实际解决所用人日",
    ),
    (of.yuan_per_resolution, "yuan", "down", "problems", "Cost per real solution", "每次实际解决的成本"),
    (of.organisations_alive, _RATE, "none", "organisations", "Organisations active", "社会组织存续率"),
    (of.alignment_mean, "0–1", "none", "organisations", "Alignment with government", "与政府目标的趋同度"),
    (of.autonomy_mean, "0–1", "none", "organisations", "Autonomy", "自主性"),
    (of.representation_mean, "0–1", "up", "organisations", "Fit with residents' needs", "需求代表性"),
    (of.ideas_adopted, "count", "up", "run", "Ideas adopted", "采纳金点子数"),
    (of.help_rate, _RATE, "none", "requests", "Requests for help granted (units)", "协办请求答应率（各单位）"),
    (
        of.organisation_help_rate,
        _RATE,
        "none",
        "requests",
        "Requests for help granted (organisations)",
        "协助请求答应率（社会组织）",
    ),
    (of.mediation_rate, _RATE, "none", "requests", "Neighbours who agree to mediate", "邻里调解答应率"),
    (of.cross_system_share, _RATE, "none", "requests", "Help across the two systems", "跨系统协助占比"),
    (of.reciprocity, _RATE, "none", "units", "Help that is returned (units)", "互助程度（各单位）"),
    (of.tie_density, "0–1", "none", "units", "Cooperation between units", "协作网络密度"),
    (of.centralisation, "0–1", "none", "units", "Centralisation", "网络中心化程度"),
    (of.modularity, "index", "down", "units", "Fragmentation of the network", "网络碎片化程度（模块度）"),
    (of.utilisation, _RATE, "none", "units", "Workload of departments", "部门负荷率"),
    (of.satisfaction_gap, _RATE, "down", "ratings", "Gap: rated less felt", "满意度落差"),
    (of.rebound_ratio, "ratio", "down", "problems", "Rebound after a campaign", "反弹比"),
    (of.access_gap, _RATE, "down", "problems", "Solved: easy against poor digital access", "数字弱势解决差距"),
    (
        of.social_time_on_paperwork,
        _RATE,
        "down",
        "grassroots",
        "Grid and community time on paperwork",
        "基层台账时间占比",
    ),
    (of.correct_dispatch_true_rate, _RATE, "up", "dispatches", "Correct dispatch, in truth", "实际正确交办率"),
    (of.correct_dispatch_rate, _RATE, "none", "dispatches", "Correct dispatch", "正确交办率"),
    (of.feedback_rate, _RATE, "none", "assignments", "Department feedback", "部门反馈率"),
    (of.real_time_handling_rate, _RATE, "none", "assignments", "Real-time handling", "实时处置率"),
    (of.closure_rate, _RATE, "none", "assignments", "Closure (appraised)", "办结率"),
    (of.satisfaction_rate, _RATE, "none", "ratings", "Satisfaction (appraised)", "满意率"),
    (of.information_adoption_rate, _RATE, "none", "grassroots", "Information adopted", "信息录用率"),
    (of.revisit_rate, _RATE, "none", "closures", "Revisits made", "回访率"),
    (
        of.days_to_close_median,
        "days",
        "none",
        "files",
        "Days to closure, median (of files)",
        "首次办结天数（按案卷，中位数）",
    ),
    (
        of.days_to_close_mean,
        "days",
        "none",
        "files",
        "Days to closure, mean (of files)",
        "首次办结天数（按案卷，平均）",
    ),
    (
        of.days_to_close_p90,
        "days",
        "none",
        "files",
        "Days to closure, slowest tenth of files",
        "首次办结天数（按案卷，90%分位）",
    ),
    (of.problems, "count", "none", "problems", "Problems", "问题总数"),
    (of.reports, "count", "none", "reports", "Residents' reports", "居民反映总数"),
    (of.case_files, "count", "none", "files", "Case files", "案卷总数"),
    (of.dispatches, "count", "none", "dispatches", "Dispatches", "交办总次数"),
)
OUTCOMES: Register[Outcome] = Register(
    "extend.outcome",
    {
        function.__name__: Outcome(function.__name__, unit, better, en, zh, function, over)
        for function, unit, better, over, en, zh in _ENTRIES
    },
)
SEVEN_RATES = (
    "correct_dispatch_rate",
    "feedback_rate",
    "real_time_handling_rate",
    "closure_rate",
    "satisfaction_rate",
    "information_adoption_rate",
    "revisit_rate",
)

_DAILY: tuple[tuple[Callable[[DistrictModel], np.ndarray], str, str, str, str], ...] = (
    (days.burden_lived, "problem-days a day", "down", "Burden of the day", "当日问题负担"),
    (days.hidden_burden_lived, "problem-days a day", "down", "Burden of the day, unregistered", "当日隐性负担"),
    (days.solved_by_arising, _RATE, "up", "Solved within 90 days, by day of arising", "90日内实际解决比例（按发生日）"),
    (
        days.claimed_by_arising,
        _RATE,
        "none",
        "Recorded as dealt with after 90 days, by day of arising",
        "90日时账面办结比例（按发生日）",
    ),
    (
        days.handled_by_arising,
        _RATE,
        "up",
        "Worked on within 90 days, by day of arising",
        "90日内着手处理比例（按发生日）",
    ),
    (days.known_by_arising, _RATE, "up", "Known within 90 days, by day of arising", "90日内发现登记比例（按发生日）"),
    (days.problems_arisen, "a day", "none", "Problems arisen", "新发生问题"),
    (days.reports_made, "a day", "none", "Residents' reports", "居民反映"),
    (days.problems_registered, "a day", "none", "Problems registered", "登记问题"),
    (days.files_opened, "a day", "none", "Case files opened", "新立案卷"),
    (days.closures_reported, "a day", "none", "Reported closed", "报告办结"),
    (days.problems_solved, "a day", "up", "Really solved", "实际解决"),
    (days.solved_by_society, "a day", "none", "Settled by society", "社会化解"),
    (days.paper_closures, "a day", "down", "Closed only on paper", "纸面办结"),
    (days.returns_made, "a day", "down", "Returns", "退单"),
    (days.closed_share_so_far, _RATE, "none", "Files reported closed, so far", "累计报告办结比例"),
    (days.solved_share_so_far, _RATE, "up", "Files really solved, so far", "累计实际解决比例"),
    (days.open_assignments, "files", "down", "Files in the units' queues", "部门在办案卷"),
    (days.backlog_days, "staff-days", "down", "Work waiting at the units", "部门积压工作量"),
    (days.latent_problems, "problems", "down", "Latent problems", "潜在问题"),
    (days.trust_level, "0–1", "up", "Trust (weekly)", "平均信任度（每周）"),
    (days.crises_so_far, "count", "down", "Crises so far", "累计危机事件"),
    (days.patrol_minutes, "minutes", "none", "Officers' minutes on patrol", "网格员巡查分钟"),
    (days.paperwork_minutes, "minutes", "down", "Minutes on paperwork", "台账分钟"),
)
INDICATORS: Register[Indicator] = Register(
    "extend.indicator",
    {
        function.__name__: Indicator(function.__name__, unit, better, en, zh, function)
        for function, unit, better, en, zh in _DAILY
    },
)


def outcome_names() -> dict[str, tuple[str, str]]:
    """The names under which outcomes are shown, by identifier."""
    return {one.name: (one.en, one.zh) for one in OUTCOMES.values()}


def suggested_outcome(word: str) -> str:
    """What to write instead of a word that names no outcome."""
    return suggested_name(word, outcome_names())


def all_outcomes(model: DistrictModel) -> dict[str, float | None]:
    """Every outcome of the run so far, in the order of their declaration."""
    cohorts = Cohorts(model)
    return {name: value_of(name, entry.function(cohorts), model) for name, entry in OUTCOMES.items()}


def value_of(name: str, figure: Figure | float | None, model: DistrictModel) -> float | None:
    """An outcome from what its function found in the registers, and what is known of rows that have left them."""
    if figure is None or isinstance(figure, int | float):
        return figure
    earlier = None if model.past is None else model.past.figures.get(name)
    return (figure if earlier is None else earlier + figure).value


def all_indicators(model: DistrictModel) -> dict[str, np.ndarray]:
    """Every indicator of the run so far."""
    return {name: entry.function(model) for name, entry in INDICATORS.items()}
