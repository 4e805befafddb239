"""Patterns of residents and organisations: P6, P7, P10, P12 and P13."""

import numpy as np

from pingan_abm.patterns.measures import SHOCK_DAY
from pingan_abm.patterns.pattern import (
    Claim,
    Condition,
    Difference,
    DifferenceInDifferences,
    Measured,
    Overlay,
    Pattern,
    Settings,
    Value,
    settings,
)

AS_IS = Condition()
FEWER_STAFF = Condition(changes=((SHOCK_DAY, settings(staffing=0.5)),))
MORE_RESPONSIVE = Condition(changes=((SHOCK_DAY, settings(staffing=1.5, perfunctory_base=-5.0)),))
CUT = ((SHOCK_DAY, settings(social_funding=25_000_000.0)),)
PRIORITIES_LIKE_NEEDS, PRIORITIES_OF_THEIR_OWN = (
    settings(risk_focus=0.0, satisfaction_weight=1.0),
    settings(risk_focus=1.0, satisfaction_weight=0.0),
)
SETTLING_WEEKS = 5  # after which the lag is judged


def funded(dependence: float, more: Settings = (), changes: tuple[tuple[int, Settings], ...] = ()) -> Condition:
    """A share of government money in organisations' income, with further settings."""
    return Condition(settings=tuple(sorted((*settings(funding_dependence=dependence), *more))), changes=changes)


FREE, DEPENDENT = funded(0.2), funded(0.9)


def lag_of_satisfaction(before: Measured, after: Measured) -> float | None:
    """How far performance has moved five weeks after a shock, less how far satisfaction has, each as a share of its
    final move.

    Performance is the on-time share by week of the due day, satisfaction the mean over residents; both are
    differences to the same replication without the shock; the final move is the mean over the last ten weeks.
    """
    shares = []
    for name in ("weekly_on_time", "weekly_satisfaction"):
        with_shock, without = np.asarray(after[name], float), np.asarray(before[name], float)
        weeks = min(len(with_shock), len(without))
        moved = (with_shock[:weeks] - without[:weeks])[SHOCK_DAY // 7 + 1 :]
        final = float(np.nanmean(moved[-10:]))
        if final >= -1e-6:  # the shock makes things worse; else there is no move to compare with
            return None
        shares.append(float(np.nanmean(moved[SETTLING_WEEKS - 2 : SETTLING_WEEKS + 1])) / final)
    return shares[0] - shares[1]


P6 = Pattern(
    "P6",
    "A loss moves satisfaction more than an equal gain; satisfaction lags performance.",
    "同等的损失比收益更影响满意度；满意度滞后于绩效。",
    "responsiveness is judged against what people expect (Van Ryzin 2006; Kahneman & Tversky 1979)",
    "moderate",
    ("R15",),
    "assumption",
    Overlay(settings(loss_aversion=1.0)),
    "losses weigh as much as gains",
    "损失与收益同等看待",
    "an equal gain moving satisfaction as much as a loss, or satisfaction moving as fast as performance",
    (
        Claim(
            "Change of satisfaction by an experience 0.15 below expectation, less the change by one 0.15 above it",
            "低于期望0.15的经历与高于期望0.15的经历所引起的满意度变化之差",
            (AS_IS,),
            Value("loss_over_gain"),
            bound=0.001,
        ),
        Claim(
            "Share of the final move reached five weeks after staff are halved: performance less satisfaction",
            "人力减半五周后已完成的变化占最终变化的比例：绩效减满意度",
            (AS_IS, FEWER_STAFF),
            lag_of_satisfaction,
        ),
    ),
)

P7 = Pattern(
    "P7",
    "Dependence: alignment and survival rise, autonomy falls, a cut hurts the dependent most; representation falls "
    "only where government's priorities differ from needs.",
    "资金依赖越高：趋同与存续上升，自主性下降，削减经费对其打击最大；仅当政府优先事项偏离需求时代表性才下降。",
    "非对称性共生, 组织索求依赖: dependence sustains cooperation and lowers the risk of disembedding 脱域 (paper)",
    "contested in the literature",
    ("R17",),
    "assumption",
    Overlay(settings(organisation_dynamics=False)),
    "organisations do not change",
    "社会组织不发生变化",
    "autonomy or alignment not moving with dependence, or representation falling as much where priorities are needs",
    (
        Claim(
            "Alignment at dependence 0.9 less that at 0.2",
            "依赖度为0.9与为0.2时趋同度之差",
            (FREE, DEPENDENT),
            Difference("alignment_mean"),
        ),
        Claim(
            "Organisations alive at dependence 0.9 less those at 0.2",
            "依赖度为0.9与为0.2时存续率之差",
            (FREE, DEPENDENT),
            Difference("organisations_alive"),
        ),
        Claim(
            "Autonomy at dependence 0.9 less that at 0.2",
            "依赖度为0.9与为0.2时自主性之差",
            (FREE, DEPENDENT),
            Difference("autonomy_mean"),
            "below",
        ),
        Claim(
            "Organisations' capacity (yuan a year): effect of halving the money at dependence 0.9 less that at 0.2",
            "社会组织能力（元/年）：依赖度0.9时经费减半的影响与0.2时之差",
            (FREE, funded(0.2, changes=CUT), DEPENDENT, funded(0.9, changes=CUT)),
            DifferenceInDifferences("organisation_capacity"),
            "below",
        ),
        Claim(
            "Representation: effect of dependence where priorities differ from needs, less that where they do not",
            "代表性：优先事项偏离需求时依赖度的影响与不偏离时之差",
            (
                funded(0.2, PRIORITIES_LIKE_NEEDS),
                funded(0.9, PRIORITIES_LIKE_NEEDS),
                funded(0.2, PRIORITIES_OF_THEIR_OWN),
                funded(0.9, PRIORITIES_OF_THEIR_OWN),
            ),
            DifferenceInDifferences("representation_mean"),
            "below",
        ),
    ),
)

P10 = Pattern(
    "P10",
    "About three in four reporters report once; few types make most of the volume.",
    "约四分之三的反映者只反映一次；少数类型占了大部分案卷。",
    "few residents use their voice, and few topics fill the files (O'Brien 2015)",
    "strong for the first, moderate for the second",
    ("R1", "R2"),
    "emergent",
    Overlay(settings(repeat_reports=False)),
    "nobody reports the same problem again",
    "无人就同一问题再次反映",
    "fewer than 65 % or more than 85 % reporting once, or the top five types under half of the files",
    (
        Claim(
            "Share of reporters who report once",
            "只反映一次的反映者占比",
            (AS_IS,),
            Value("reporters_once"),
            "within",
            0.65,
            0.85,
        ),
        Claim(
            "Share of files that the five commonest types make (0.27 to 0.69 in published service requests)",
            "最常见的五类占案卷的比例（公开的市政诉求数据为0.27至0.69）",
            (AS_IS,),
            Value("top_types_share"),
            "within",
            0.27,
            0.69,
        ),
    ),
)

P12 = Pattern(
    "P12",
    "Reporting differs about threefold between communities at equal incidence.",
    "问题发生率相同时，社区之间的反映率相差约三倍。",
    "表达…依然薄弱: people's voice is weak (paper), and uneven between places (Liu et al. 2024)",
    "strong (Liu et al. 2024)",
    ("R1",),
    "input",
    Overlay(hook="even_habits"),
    "communities have no reporting habits of their own",
    "各社区反映习惯相同",
    "a ratio under 2 or over 4 between the readiest and the most silent twentieth of communities",
    (
        Claim(
            "Share of problems reported, 95 % over 5 % quantile of communities",
            "问题被反映的比例：社区95%分位与5%分位之比",
            (AS_IS,),
            Value("area_ratio"),
            "within",
            2.0,
            4.0,
        ),
    ),
)

P13 = Pattern(
    "P13",
    "The volume of reports rises after responsiveness improves.",
    "回应性改善之后，反映量上升。",
    "回应性 is the aim (paper); that who is answered speaks again is literature",
    "moderate",
    ("R1", "R2", "R16"),
    "emergent",
    Overlay(settings(report_trust_effect=0.0)),
    "trust does not make people report",
    "信任不影响反映",
    "first reports not rising after the improvement",
    (
        Claim(
            "First reports from day 180 on, with half more staff and hardly any paper closure from day 120, less those "
            "without",
            "第120天起人力增半且几无敷衍，第180天之后首次反映数之差",
            (AS_IS, MORE_RESPONSIVE),
            Difference("first_reports_after"),
        ),
    ),
)

PATTERNS = (P6, P7, P10, P12, P13)
