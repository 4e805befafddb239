"""Outcomes of a run and indicators of its days: one function and one entry each.

Rates are 0–1; a rate with an empty denominator is None. The functions, whose docstrings are the definitions, stand in
`outcomes/figures.py` and `outcomes/daily.py`; the entries with unit, better direction and labels stand here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.outcomes import daily as days
from pingan_abm.outcomes import figures as of
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.texts.bilingual import Bilingual


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


@dataclass(frozen=True)
class Outcome(Labelled):
    """One figure of a run."""

    function: Callable[[Cohorts], float | None]


@dataclass(frozen=True)
class Indicator(Labelled):
    """One figure of every day: float64 [days so far]."""

    function: Callable[[DistrictModel], np.ndarray]


_RATE = "share"
_ENTRIES: tuple[tuple[Callable[[Cohorts], float | None], str, str, str, str], ...] = (
    (of.reported_closure_rate, _RATE, "up", "Reported closed", "报告办结率"),
    (of.true_resolution_rate, _RATE, "up", "Really solved", "实际解决率"),
    (of.closure_gap, _RATE, "down", "Gap: reported less solved", "账实差距"),
    (of.days_to_resolution_median, "days", "down", "Days to a real solution, median", "实际解决天数（中位数）"),
    (of.days_to_resolution_mean, "days", "down", "Days to a real solution, mean", "实际解决天数（平均）"),
    (of.days_to_resolution_p90, "days", "down", "Days to a real solution, slowest tenth", "实际解决天数（90%分位）"),
    (of.share_over_30_days, _RATE, "down", "Longer than 30 days", "超30天占比"),
    (of.on_time_rate, _RATE, "up", "Closed on time", "按期办结率"),
    (of.first_time_resolution_rate, _RATE, "up", "Solved the first time", "一次解决率"),
    (of.returns_per_dispatch, "count", "down", "Returns per dispatch", "退单率"),
    (of.reopen_rate, _RATE, "down", "Reopened", "重办率"),
    (of.repeat_report_rate, _RATE, "down", "Repeat reports", "重复反映率"),
    (of.duplicate_file_rate, _RATE, "down", "Duplicate files", "重复立案率"),
    (of.social_settlement_share, _RATE, "none", "Settled by society", "社会化解占比"),
    (of.silent_share, _RATE, "down", "Never reported", "沉默占比"),
    (of.problems_found_share, _RATE, "up", "Problems found", "问题发现率"),
    (of.satisfaction_mean, "0–1", "up", "Satisfaction of all residents", "平均满意度"),
    (of.trust_mean, "0–1", "up", "Trust", "平均信任度"),
    (of.trust_gini, "0–1", "down", "Inequality of trust", "信任差距（基尼系数）"),
    (of.crises, "count", "down", "Crises", "危机事件数"),
    (of.staff_days_per_resolution, "staff-days", "down", "Staff-days per real solution", "每次实际解决所用人日"),
    (of.yuan_per_resolution, "yuan", "down", "Cost per real solution", "每次实际解决的成本"),
    (of.organisations_alive, _RATE, "none", "Organisations active", "社会组织存续率"),
    (of.alignment_mean, "0–1", "none", "Alignment with government", "与政府目标的趋同度"),
    (of.autonomy_mean, "0–1", "none", "Autonomy", "自主性"),
    (of.representation_mean, "0–1", "up", "Fit with residents' needs", "需求代表性"),
    (of.ideas_adopted, "count", "up", "Ideas adopted", "采纳金点子数"),
    (of.tie_density, "0–1", "none", "Cooperation between units", "协作网络密度"),
    (of.centralisation, "0–1", "none", "Centralisation", "网络中心化程度"),
    (of.modularity, "index", "down", "Fragmentation of the network", "网络碎片化程度（模块度）"),
    (of.utilisation, _RATE, "none", "Workload of departments", "部门负荷率"),
    (of.perfunctory_share, _RATE, "down", "Closed only on paper", "纸面办结占比"),
    (of.satisfaction_gap, _RATE, "down", "Gap: rated less felt", "满意度落差"),
    (of.stuck_share, _RATE, "down", "Stuck: two returns or more and over 30 days", "久拖不决占比"),
    (of.low_risk_delay_ratio, "ratio", "down", "Wait for minor against grave problems", "小事等待倍数"),
    (of.rebound_ratio, "ratio", "down", "Rebound after a campaign", "反弹比"),
    (of.access_gap, _RATE, "down", "Solved: easy against poor digital access", "数字弱势解决差距"),
    (of.social_time_on_paperwork, _RATE, "down", "Grid and community time on paperwork", "基层台账时间占比"),
    (of.correct_dispatch_rate, _RATE, "up", "Correct dispatch", "正确交办率"),
    (of.feedback_rate, _RATE, "up", "Department feedback", "部门反馈率"),
    (of.real_time_handling_rate, _RATE, "up", "Real-time handling", "实时处置率"),
    (of.closure_rate, _RATE, "up", "Closure (appraised)", "办结率"),
    (of.satisfaction_rate, _RATE, "up", "Satisfaction (appraised)", "满意率"),
    (of.information_adoption_rate, _RATE, "up", "Information adopted", "信息录用率"),
    (of.revisit_rate, _RATE, "up", "Revisits made", "回访率"),
    (of.problems, "count", "none", "Problems", "问题总数"),
    (of.reports, "count", "none", "Residents' reports", "居民反映总数"),
    (of.case_files, "count", "none", "Case files", "案卷总数"),
    (of.dispatches, "count", "none", "Dispatches", "交办总次数"),
    (of.days_to_close_median, "days", "down", "Days to first closure, median", "首次办结天数（中位数）"),
    (of.days_to_close_mean, "days", "down", "Days to first closure, mean", "首次办结天数（平均）"),
    (of.days_to_close_p90, "days", "down", "Days to first closure, slowest tenth", "首次办结天数（90%分位）"),
    (of.load_ratio, "ratio", "none", "Work offered over staff-days available", "工作负荷比"),
    (of.correct_dispatch_true_rate, _RATE, "up", "Correct dispatch, in truth", "实际正确交办率"),
)
OUTCOMES: dict[str, Outcome] = {
    function.__name__: Outcome(function.__name__, unit, better, en, zh, function)
    for function, unit, better, en, zh in _ENTRIES
}
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
    (days.problems_arisen, "a day", "none", "Problems arisen", "新发生问题"),
    (days.reports_made, "a day", "none", "Residents' reports", "居民反映"),
    (days.problems_registered, "a day", "none", "Problems registered", "登记问题"),
    (days.files_opened, "a day", "none", "Case files opened", "新立案卷"),
    (days.closures_reported, "a day", "up", "Reported closed", "报告办结"),
    (days.problems_solved, "a day", "up", "Really solved", "实际解决"),
    (days.solved_by_society, "a day", "none", "Settled by society", "社会化解"),
    (days.paper_closures, "a day", "down", "Closed only on paper", "纸面办结"),
    (days.returns_made, "a day", "down", "Returns", "退单"),
    (days.closed_share_so_far, _RATE, "up", "Files reported closed, so far", "累计报告办结比例"),
    (days.solved_share_so_far, _RATE, "up", "Files really solved, so far", "累计实际解决比例"),
    (days.open_assignments, "files", "down", "Files in the units' queues", "部门在办案卷"),
    (days.backlog_days, "staff-days", "down", "Work waiting at the units", "部门积压工作量"),
    (days.latent_problems, "problems", "down", "Latent problems", "潜在问题"),
    (days.trust_level, "0–1", "up", "Trust (weekly)", "平均信任度（每周）"),
    (days.crises_so_far, "count", "down", "Crises so far", "累计危机事件"),
    (days.patrol_minutes, "minutes", "none", "Officers' minutes on patrol", "网格员巡查分钟"),
    (days.paperwork_minutes, "minutes", "down", "Minutes on paperwork", "台账分钟"),
)
INDICATORS: dict[str, Indicator] = {
    function.__name__: Indicator(function.__name__, unit, better, en, zh, function)
    for function, unit, better, en, zh in _DAILY
}


def all_outcomes(model: DistrictModel) -> dict[str, float | None]:
    """Every outcome of the run so far, in the order of their declaration."""
    cohorts = Cohorts(model)
    return {name: entry.function(cohorts) for name, entry in OUTCOMES.items()}


def all_indicators(model: DistrictModel) -> dict[str, np.ndarray]:
    """Every indicator of the run so far."""
    return {name: entry.function(model) for name, entry in INDICATORS.items()}
