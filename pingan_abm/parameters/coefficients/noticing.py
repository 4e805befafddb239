"""R2: what problems are like, how patrol finds them, how they fade and grow."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="noticing", coefficient=True)


class Noticing(ParameterGroup):
    """Coefficients of problems that nobody has registered yet."""

    patrol_hazard_at_hour: float = coefficient(
        0.011,
        low=0,
        high=0.1,
        unit="hazard a day",
        en="Patrol of an hour finds",
        zh="每小时巡查发现率",
        meaning_en="Hazard a day that an hour's patrol finds a latent problem of the grid; set for a patrol share of 0.35 (one city: 0.44).",
        meaning_zh="每天巡查一小时发现网格内潜在问题的风险率；按巡查发现占比0.35设定（某市为0.44）。",
    )
    patrol_exponent: float = coefficient(
        0.7,
        low=0.2,
        high=1,
        unit="exponent",
        en="Diminishing returns of patrol",
        zh="巡查边际递减",
        meaning_en="Power of the hours with which what patrol finds grows; 1 would be in proportion.",
        meaning_zh="巡查发现量随时长增长的幂次；1为成比例增长。",
    )
    patrol_ordered_effect: float = coefficient(
        1.5,
        low=1,
        high=5,
        unit="× the hazard",
        en="Patrol of what is ordered",
        zh="专项信息巡查",
        meaning_en="Factor on finding problems of the type that officers are ordered to look for.",
        meaning_zh="对上级要求重点上报的问题类型，发现率的倍数。",
    )
    campaign_found_a_day: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="chance a day",
        en="Campaigns find",
        zh="整治中的发现率",
        meaning_en="Chance a day that a campaign of full intensity finds a latent problem of its type.",
        meaning_zh="强度为1的专项整治每天发现一件该类潜在问题的概率。",
    )
    lapse_days: float = coefficient(
        45.0,
        low=5,
        high=365,
        unit="days",
        en="Problems fade",
        zh="问题自行消退时间",
        meaning_en="Mean days until a latent problem of no severity fades; graver ones last longer.",
        meaning_zh="最轻微的潜在问题自行消退的平均天数；越严重消退越慢。",
    )
    growth_chance: float = coefficient(
        0.003,
        low=0,
        high=0.05,
        unit="chance",
        en="Problems that grow",
        zh="问题恶化的概率",
        meaning_en="Chance that a problem is one that grows, for each unit of severity above the offset.",
        meaning_zh="问题属于会恶化的一类的概率，按严重程度加基数计。",
    )
    growth_chance_offset: float = coefficient(
        0.6,
        low=0,
        high=2,
        unit="0–1",
        en="Growth without severity",
        zh="恶化概率的基数",
        meaning_en="What is added to the severity in the chance that a problem grows.",
        meaning_zh="计算恶化概率时加在严重程度上的基数。",
    )
    growth_a_day: float = coefficient(
        0.004,
        low=0,
        high=0.05,
        unit="severity a day",
        en="Speed of growth",
        zh="恶化速度",
        meaning_en="Mean severity that a growing problem gains a day.",
        meaning_zh="会恶化的问题每天平均增加的严重程度。",
    )
    severity_spread: float = coefficient(
        0.12,
        low=0,
        high=0.5,
        unit="0–1",
        en="Spread of severity",
        zh="严重程度离散度",
        meaning_en="Mean of the exponential part of a problem's severity.",
        meaning_zh="问题严重程度中指数分布部分的均值。",
    )
    severity_shift: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="0–1",
        en="Shift of severity",
        zh="严重程度下移",
        meaning_en="What is taken off the type's severity before the exponential part is added.",
        meaning_zh="加上指数部分之前，从该类严重程度中减去的量。",
    )
    severity_most: float = coefficient(
        0.95,
        low=0.5,
        high=0.99,
        unit="0–1",
        en="Highest severity at onset",
        zh="发生时最高严重程度",
        meaning_en="Severity that no problem exceeds when it arises.",
        meaning_zh="问题发生时严重程度的上限。",
    )
    exposure_least: float = coefficient(
        0.25,
        low=0.05,
        high=1,
        unit="share",
        en="Least exposure",
        zh="最低接触概率",
        meaning_en="Chance that a resident drawn at random meets the problem though she is least exposed.",
        meaning_zh="接触最少的居民被抽中后确实遇到问题的概率。",
    )
    three_units_share: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="share",
        en="Three units instead of two",
        zh="须三个单位的占比",
        meaning_en="Share of the problems that need several units which need three.",
        meaning_zh="须多个单位办理的问题中须三个单位的比重。",
    )
