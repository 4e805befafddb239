"""Patterns in time: P8, P9 and P18."""

from pingan_abm.patterns.measures import AFTER_CAMPAIGN
from pingan_abm.patterns.measures import CAMPAIGN as CAMPAIGN_DAYS
from pingan_abm.patterns.pattern import (
    Claim,
    Condition,
    Difference,
    Measured,
    Overlay,
    Pattern,
    Value,
    number,
    settings,
)

AS_IS, CAMPAIGN = Condition(), Condition(scenario="campaign")
REGULAR = Condition(scenario="regular_campaigns")
NO_LEGAL_WAITS = Condition(settings=settings(statutory_wait_share=0.0))


def rebound(without: Measured, with_campaign: Measured) -> tuple[float, float] | None:
    """(rise of the campaigned type's arrivals in the 60 days after, drop during the campaign), against the same
    run without one."""
    during, after = (
        missing(without, with_campaign, "campaigned_during"),
        missing(without, with_campaign, "campaigned_after"),
    )
    return None if during is None or after is None else (-after, during)


def recovery(without: Measured, with_campaign: Measured) -> tuple[float, float] | None:
    """(drop a day during the campaign that is made up in the 60 days after, that drop), against the same run
    without one."""
    during, after = (
        missing(without, with_campaign, "campaigned_during"),
        missing(without, with_campaign, "campaigned_after"),
    )
    if during is None or after is None:
        return None
    drop = during / (CAMPAIGN_DAYS[1] - CAMPAIGN_DAYS[0])
    return drop - after / AFTER_CAMPAIGN, drop


def missing(without: Measured, with_campaign: Measured, name: str) -> float | None:
    """By how much a count is lower with the campaign."""
    before, after = number(without, name), number(with_campaign, name)
    return None if before is None or after is None else before - after


def taught(without: Measured, regular: Measured) -> float | None:
    """By how much fewer arrivals the third of regular campaigns prevents in the 30 days after it than the first."""
    first, third = missing(without, regular, "after_first"), missing(without, regular, "after_third")
    return None if first is None or third is None else first - third


P8 = Pattern(
    "P8",
    "A campaign: the campaigned type drops and comes back, half of the drop at least within 60 days, while other "
    "queues lengthen; whether it overshoots is reported.",
    "专项整治：被整治的类型先降后升，60天内至少恢复降幅的一半，其他案卷等得更久；是否反弹过头如实报告。",
    "运动式执行, 问题反弹, 循环往复: campaign-style enforcement, rebound, endless repetition (paper)",
    "mixed",
    ("R20", "R22", "R11"),
    "assumption",
    Overlay(settings(campaign_issue=None)),
    "the campaign is called off",
    "取消整治",
    "no return, or other queues no longer than without the campaign",
    (
        Claim(
            "Arrivals of the campaigned type during the campaign, with it less without",
            "整治期间该类问题发生数：有整治与无整治之差",
            (AS_IS, CAMPAIGN),
            Difference("campaigned_during"),
            "below",
        ),
        Claim(
            "Arrivals above those without the campaign in the 60 days after, over the drop during it",
            "之后60天超出无整治情形的发生数与整治期间降幅之比",
            (AS_IS, CAMPAIGN),
            rebound,
            interval="ratio",
            required=False,
        ),
        Claim(
            "Share of the drop a day that is made up in the 60 days after",
            "日均降幅在之后60天内恢复的比例",
            (AS_IS, CAMPAIGN),
            recovery,
            bound=0.5,
            interval="ratio",
        ),
        Claim(
            "Other types opened during the campaign: mean days to close, with it less without",
            "整治期间立案的其他类型：平均办结天数之差",
            (AS_IS, CAMPAIGN),
            Difference("others_days"),
        ),
    ),
)

P9 = Pattern(
    "P9",
    "Time to close is heavy-tailed although the work is not that skewed; fewer files are on time in busy weeks.",
    "办结时间呈厚尾，而工作量并没有那么偏斜；忙的几周按期率更低。",
    "事件没有进展: 41 days to supervision in one case (paper), days in most (New York 2004–16: median 2.9, mean 9.0 "
    "days)",
    "strong",
    ("R8", "R9", "R9b", "R11", "R13"),
    "assumption",
    Overlay(settings(behaviour="capacity_only", calendar=False, staffing=2.0, statutory_wait_share=0.0)),
    "ample staff, even days, nobody declines, no legal waits",
    "人力充裕、每日均衡、无人推诿、无法定等待期",
    "mean over median under 2, no more skewed than the work, or busy weeks no worse",
    (
        Claim(
            "Days to close: mean over median", "办结天数：平均数与中位数之比", (AS_IS,), Value("close_tail"), bound=2.0
        ),
        Claim(
            "That ratio less the same of the work content of these files",
            "该比值减去这些案卷工作量的同一比值",
            (AS_IS,),
            Value("tail_excess"),
        ),
        Claim(
            "Days to close: mean over median, without legal waits",
            "办结天数：平均数与中位数之比，无法定等待期",
            (NO_LEGAL_WAITS,),
            Value("close_tail"),
            bound=2.0,
            required=False,
        ),
        Claim(
            "That ratio less the same of the work content, without legal waits",
            "该比值减去工作量的同一比值，无法定等待期",
            (NO_LEGAL_WAITS,),
            Value("tail_excess"),
            required=False,
        ),
        Claim(
            "On-time share, busiest third of weeks less quietest third",
            "按期率：最忙三分之一的周与最闲三分之一的周之差",
            (AS_IS,),
            Value("busy_weeks_on_time"),
            "below",
        ),
    ),
)

P18 = Pattern(
    "P18",
    "Regular campaigns teach to wait: what a campaign leaves behind is less after the third than after the first.",
    "定期整治教会观望：第三次整治的余效不如第一次。",
    "运动式执行, 循环往复: campaigns that come round again and again (paper); crackdown decay (Sherman 1990)",
    "mixed",
    ("R20", "R22"),
    "assumption",
    Overlay(settings(campaign_wait_half=50.0, campaign_catch_up=0.0)),
    "places do not learn from campaigns",
    "场所不从整治中学习",
    "the third campaign leaves as much behind as the first",
    (
        Claim(
            "Arrivals of the campaigned type in the 30 days after the third campaign less those after the first, with "
            "campaigns less without",
            "第三次与第一次整治后30天内该类问题发生数之差：有整治与无整治之差",
            (AS_IS, REGULAR),
            taught,
        ),
    ),
)

PATTERNS = (P8, P9, P18)
