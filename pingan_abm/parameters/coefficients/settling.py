"""R4 and R6: officers' days, attempts to settle on the spot, holding back."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="settling", coefficient=True)


class Settling(ParameterGroup):
    """Coefficients of what society does first."""

    settle_enforcement_effect: float = coefficient(
        0.8,
        low=0,
        high=1,
        unit="share",
        en="Powers limit settling",
        zh="执法依赖对化解的限制",
        meaning_en="Share by which a problem that needs full legal powers is less likely to be settled on the spot.",
        meaning_zh="完全依赖执法权的问题当场化解概率降低的比例。",
    )
    settle_without_organisations: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="share",
        en="Settling without organisations",
        zh="无社会组织时的化解力",
        meaning_en="Factor on settling where organisations supply nothing.",
        meaning_zh="社会组织不提供支持时，化解概率的系数。",
    )
    settle_cover_effect: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="share",
        en="Organisations help to settle",
        zh="社会组织对化解的作用",
        meaning_en="What organisations that cover all that is asked add to that factor.",
        meaning_zh="社会组织完全满足需求时，上述系数的增量。",
    )
    settle_trust_base: float = coefficient(
        0.75,
        low=0,
        high=1.5,
        unit="share",
        en="Settling without trust",
        zh="无信任时的化解力",
        meaning_en="Factor on settling where nobody trusts.",
        meaning_zh="居民毫无信任时，化解概率的系数。",
    )
    settle_trust_effect: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Trust helps to settle",
        zh="信任对化解的作用",
        meaning_en="What full trust adds to that factor.",
        meaning_zh="完全信任时上述系数的增量。",
    )
    settle_most: float = coefficient(
        0.95,
        low=0.5,
        high=1,
        unit="chance",
        en="Best chance to settle",
        zh="化解概率上限",
        meaning_en="Chance to settle that no attempt exceeds.",
        meaning_zh="任何一次化解的概率上限。",
    )
    hold_back_share: float = coefficient(
        0.25,
        low=0,
        high=0.8,
        unit="chance",
        en="Readiness to hold back",
        zh="压住不报的倾向",
        meaning_en="Chance at full pressure that an unsettled problem of no severity is kept from the centre.",
        meaning_zh="压力为1时，最轻微且未化解的问题被压住不上交的概率。",
    )
    hold_back_days: float = coefficient(
        14.0,
        low=1,
        high=90,
        unit="days",
        en="Time held back",
        zh="压住的时间",
        meaning_en="Days until what was held back is tried again.",
        meaning_zh="被压住的问题多少天后再次尝试化解。",
    )
    hold_backs_most: int = coefficient(
        2,
        low=0,
        high=10,
        unit="times",
        en="How often held back",
        zh="压住次数上限",
        meaning_en="How often one problem is held back at most.",
        meaning_zh="同一问题最多被压住的次数。",
    )
    try_minutes: float = coefficient(
        220.0,
        low=30,
        high=1000,
        unit="minutes",
        en="An attempt takes",
        zh="一次化解用时",
        meaning_en="Minutes that one attempt to settle takes.",
        meaning_zh="一次当场化解所需的分钟数。",
    )
    try_days_least: float = coefficient(
        1.0,
        low=0,
        high=10,
        unit="days",
        en="Shortest attempt",
        zh="化解最短历时",
        meaning_en="Days that an attempt lasts at least.",
        meaning_zh="一次化解至少历时的天数。",
    )
    try_days_more: float = coefficient(
        3.0,
        low=0,
        high=20,
        unit="days",
        en="Longer attempts",
        zh="化解额外历时",
        meaning_en="Mean days that an attempt lasts beyond that.",
        meaning_zh="超出最短历时的平均天数。",
    )
    wait_limit_days: float = coefficient(
        5.0,
        low=1,
        high=60,
        unit="days",
        en="Patience of the queue",
        zh="等待化解的期限",
        meaning_en="Days that a problem waits for an attempt before it goes up.",
        meaning_zh="问题等待化解多少天后上交。",
    )
    repeat_try_days: float = coefficient(
        30.0,
        low=1,
        high=180,
        unit="days",
        en="Days to another attempt",
        zh="再次化解间隔",
        meaning_en="Days to another attempt where there is no administration.",
        meaning_zh="没有行政处置时，再次尝试化解的间隔天数。",
    )
    repeat_tries_most: int = coefficient(
        3,
        low=0,
        high=20,
        unit="times",
        en="Attempts again at most",
        zh="再次化解次数上限",
        meaning_en="How often society tries again where there is no administration.",
        meaning_zh="没有行政处置时，社会最多再尝试的次数。",
    )
    site_check_chance: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="chance",
        en="A look on site shows the type",
        zh="现场识别类型的概率",
        meaning_en="Chance that an attempt shows what a problem really is.",
        meaning_zh="一次化解中识别出问题真实类型的概率。",
    )
    organisation_days_a_try: float = coefficient(
        0.6,
        low=0.05,
        high=5,
        unit="organisation-days",
        en="Organisations asked a try",
        zh="每次化解所需组织人日",
        meaning_en="Organisation-days that an attempt asks for.",
        meaning_zh="一次化解需要社会组织投入的人日。",
    )
    officer_minutes: float = coefficient(
        240.0,
        low=30,
        high=480,
        unit="minutes a day",
        en="An officer's time",
        zh="网格员平台用时",
        meaning_en="Minutes a day that a full-time grid officer has for the platform.",
        meaning_zh="一名全职网格员每天用于平台工作的分钟数。",
    )
    community_minutes: float = coefficient(
        300.0,
        low=30,
        high=480,
        unit="minutes a day",
        en="A community worker's time",
        zh="社区工作者平台用时",
        meaning_en="Minutes a day that a full-time community post has for the platform.",
        meaning_zh="社区一个全职岗位每天用于平台工作的分钟数。",
    )
    volunteer_minutes_a_week: float = coefficient(
        10.0,
        low=0,
        high=120,
        unit="minutes a week",
        en="A volunteer's time",
        zh="志愿者每周用时",
        meaning_en="Minutes a week that a volunteer gives.",
        meaning_zh="一名志愿者每周投入的分钟数。",
    )
    volunteer_most_share: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="share",
        en="What volunteers can do",
        zh="志愿者承担上限",
        meaning_en="Share of the minutes of attempts that volunteers take over at most.",
        meaning_zh="化解用时中志愿者最多承担的比重。",
    )
    revisit_minutes: float = coefficient(
        15.0,
        low=1,
        high=120,
        unit="minutes",
        en="A revisit takes",
        zh="回访用时",
        meaning_en="Minutes that a revisit takes.",
        meaning_zh="一次回访所需的分钟数。",
    )
    upload_minutes: float = coefficient(
        10.0,
        low=0.5,
        high=60,
        unit="minutes",
        en="An upload takes",
        zh="上报用时",
        meaning_en="Minutes that an upload takes.",
        meaning_zh="一次信息上报所需的分钟数。",
    )
    padding_minutes: float = coefficient(
        15.0,
        low=0.5,
        high=60,
        unit="minutes",
        en="A padded upload takes",
        zh="凑数上报用时",
        meaning_en="Minutes that a padded upload takes.",
        meaning_zh="一条凑数信息所需的分钟数。",
    )
    order_minutes: float = coefficient(
        40.0,
        low=0,
        high=120,
        unit="minutes a day",
        en="Special information takes",
        zh="专项信息用时",
        meaning_en="Minutes a day for special information on order, at full accountability.",
        meaning_zh="问责力度为1时，每天用于上级指定专项信息的分钟数。",
    )
    paperwork_base: float = coefficient(
        0.1,
        low=0,
        high=0.3,
        unit="share of time",
        en="Officers' paperwork",
        zh="基层留痕用时占比",
        meaning_en="Share of officers' and communities' time that goes into records without pressure.",
        meaning_zh="没有压力时，网格员和社区用于留痕填报的时间比重。",
    )
    paperwork_pressure_effect: float = coefficient(
        0.35,
        low=0,
        high=0.5,
        unit="share of time",
        en="Pressure adds paperwork",
        zh="压力增加留痕",
        meaning_en="What full pressure adds to that share.",
        meaning_zh="压力为1时上述比重的增量。",
    )
    room_half_life: float = coefficient(
        7.0,
        low=1,
        high=60,
        unit="days",
        en="Memory of time granted",
        zh="时间供给记忆",
        meaning_en="Days after which minutes granted and asked for count half.",
        meaning_zh="给出和需要的分钟数经过多少天权重减半。",
    )
