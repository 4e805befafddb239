"""R15 and R16: what an outcome is worth, satisfaction, trust, volunteering."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="experience", coefficient=True)


class Experience(ParameterGroup):
    """Coefficients of what residents live through."""

    society_performance: float = coefficient(
        0.9,
        low=0,
        high=1,
        unit="0–1",
        en="Worth of a solution",
        zh="解决的价值",
        meaning_en="What a real solution in time is worth to those affected.",
        meaning_zh="按时真正解决对受影响居民的价值。",
    )
    performance_late_loss: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="0–1",
        en="Lateness costs",
        zh="延误的损失",
        meaning_en="What is lost of it when it comes late by the deadline or more.",
        meaning_zh="延误达到或超过一个时限时的价值损失。",
    )
    performance_return_loss: float = coefficient(
        0.05,
        low=0,
        high=0.3,
        unit="0–1",
        en="Each return costs",
        zh="退单的损失",
        meaning_en="What each return takes off it.",
        meaning_zh="每次退单造成的价值损失。",
    )
    performance_revisit_gain: float = coefficient(
        0.05,
        low=0,
        high=0.3,
        unit="0–1",
        en="A revisit pleases",
        zh="回访的增益",
        meaning_en="What a call afterwards adds.",
        meaning_zh="事后回访增加的价值。",
    )
    paper_performance: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="0–1",
        en="Worth of a paper closure",
        zh="敷衍办结的价值",
        meaning_en="What a closure on paper is worth to whoever sees through it.",
        meaning_zh="看穿敷衍办结的居民所感受的价值。",
    )
    believed_performance: float = coefficient(
        0.75,
        low=0,
        high=1,
        unit="0–1",
        en="Worth of a believed closure",
        zh="被相信的敷衍的价值",
        meaning_en="What it is worth to whoever believes it.",
        meaning_zh="相信已解决的居民所感受的价值。",
    )
    lapsed_performance: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="0–1",
        en="Worth of nothing done",
        zh="无人处理的价值",
        meaning_en="What a problem that fades unregistered is worth to those who reported it.",
        meaning_zh="问题未登记即消退时，反映人所感受的价值。",
    )
    believed_share: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="share",
        en="Who believes at first",
        zh="起初相信的比重",
        meaning_en="Share of the affected who believe a paper closure at first.",
        meaning_zh="起初相信纸面办结的受影响居民比重。",
    )
    satisfied_from: float = coefficient(
        0.6,
        low=0.3,
        high=0.9,
        unit="0–1",
        en="Satisfied from",
        zh="满意的界限",
        meaning_en="Satisfaction from which an experience counts as good.",
        meaning_zh="满意度达到多少即视为好的经历。",
    )
    satisfaction_contrast: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="share",
        en="Contrast with expectation",
        zh="期望落差的影响",
        meaning_en="Part of the difference to the expectation that is added to satisfaction (form: Van Ryzin 2006).",
        meaning_zh="与期望之差计入满意度的比例（形式依据：Van Ryzin，2006年）。",
    )
    satisfaction_speed: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="per experience",
        en="Satisfaction adapts",
        zh="满意度调整速度",
        meaning_en="Part of the gap by which general satisfaction moves with an experience.",
        meaning_zh="每次经历后总体满意度调整的比例。",
    )
    unreported_trust_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Those who did not report",
        zh="未反映者的信任变化",
        meaning_en="Step of trust of those affected who did not report, as a share of a reporter's.",
        meaning_zh="受影响但未反映的居民信任变化相当于反映人的比例。",
    )
    crisis_trust_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Neighbours of a crisis",
        zh="危机对邻里信任的影响",
        meaning_en="Trust that neighbours lose in a crisis, as a share of a bad experience's.",
        meaning_zh="危机使邻里失去的信任相当于一次坏经历的比例。",
    )
    trust_diffusion: float = coefficient(
        0.02,
        low=0,
        high=0.5,
        unit="a week",
        en="Word of mouth",
        zh="口碑传播强度",
        meaning_en="Weight of contacts in trust, each week.",
        meaning_zh="每周熟人对信任的影响权重。",
    )
    volunteer_leave_chance: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="chance",
        en="Volunteers leave",
        zh="志愿者退出",
        meaning_en="Chance that a volunteer stops after a bad experience.",
        meaning_zh="一次坏的经历使志愿者退出的概率。",
    )
    volunteer_join_from: float = coefficient(
        0.7,
        low=0.3,
        high=1,
        unit="0–1",
        en="Joins from",
        zh="加入志愿者的界限",
        meaning_en="Satisfaction from which an experience may make somebody volunteer.",
        meaning_zh="满意度达到多少时居民才可能成为志愿者。",
    )
    volunteer_join_chance: float = coefficient(
        0.02,
        low=0,
        high=0.5,
        unit="chance",
        en="Volunteers join",
        zh="加入志愿者",
        meaning_en="Chance that somebody of full propensity then does.",
        meaning_zh="意愿为1的居民此时成为志愿者的概率。",
    )
    volunteer_exit_chance: float = coefficient(
        0.02,
        low=0,
        high=0.3,
        unit="a month",
        en="Volunteers stop",
        zh="志愿者自然流失",
        meaning_en="Share of volunteers who stop in a month for reasons of their own.",
        meaning_zh="每月因自身原因停止的志愿者比重。",
    )
