"""R29 and R30: what is public, and the second principal of line units."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="public", coefficient=True)


class Public(ParameterGroup):
    """Coefficients of outward accountability and of the second principal."""

    public_severity_effect: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Grave cases go public",
        zh="严重问题更易公开",
        meaning_en="Part of the chance of going public that comes with the gravest problem.",
        meaning_zh="公开反映的概率中取决于问题严重程度的部分（问题最严重时）。",
    )
    public_anger_effect: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Angry cases go public",
        zh="不满者更易公开",
        meaning_en="Part of it that comes with a resident who is not satisfied at all.",
        meaning_zh="公开反映的概率中取决于居民不满程度的部分（完全不满意时）。",
    )
    crisis_public_chance: float = coefficient(
        0.8,
        low=0,
        high=1,
        unit="chance",
        en="Crises go public",
        zh="危机事件公开",
        meaning_en="Chance that a crisis is in the media, where the public has its full voice.",
        meaning_zh="公众监督力度为1时，危机事件被媒体报道的概率。",
    )
    queue_public: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="weight",
        en="Public files first",
        zh="公开案卷优先",
        meaning_en="Weight of being public in the order of the queue.",
        meaning_zh="“已公开”在案卷办理排序中的权重。",
    )
    paper_public_effect: float = coefficient(
        1.5,
        low=0,
        high=5,
        unit="log-odds",
        en="Public files are not glossed over",
        zh="公开案卷难敷衍",
        meaning_en="How much less readily a file that is public is closed on paper.",
        meaning_zh="已公开的案卷被敷衍办结的倾向降低多少。",
    )
    public_compliance: float = coefficient(
        0.4,
        low=0,
        high=0.9,
        unit="chance",
        source="literature",
        en="The public makes comply",
        zh="公开促使整改",
        meaning_en="Chance that whoever causes a problem that needs full powers stops once it is public (violations fall by "
        "more than half after public appeals: Buntaine et al. 2024).",
        meaning_zh="必须动用执法权才能解决的问题公开后，责任人自行整改的概率（公开投诉使违规减少一半以上：Buntaine 等，2024年）。",
    )
    public_comply_days: float = coefficient(
        10.0,
        low=0.5,
        high=120,
        unit="days",
        en="Time to comply",
        zh="自行整改时间",
        meaning_en="Mean days from going public until they do.",
        meaning_zh="从公开到自行整改的平均天数。",
    )
    line_wave_share: float = coefficient(
        0.3,
        low=0,
        high=0.9,
        unit="share",
        en="Time for the principal above",
        zh="上级条线占用时间",
        meaning_en="Share of a line unit's time that its principal above the district takes in a wave.",
        meaning_zh="上级条线任务集中期间占用条管单位工作时间的比重。",
    )
    line_wave_days: float = coefficient(
        30.0,
        low=1,
        high=180,
        unit="days",
        en="Length of a wave",
        zh="条线任务集中期",
        meaning_en="Days that a wave of the principal's tasks lasts.",
        meaning_zh="一轮条线集中任务持续的天数。",
    )
    line_wave_period: float = coefficient(
        120.0,
        low=30,
        high=730,
        unit="days",
        en="Period of the waves",
        zh="条线任务周期",
        meaning_en="Days in which one wave falls, for each line unit at a time of its own.",
        meaning_zh="每隔多少天出现一轮条线集中任务，各条管单位时间不一。",
    )
