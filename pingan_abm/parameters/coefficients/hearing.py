"""R26–R28: what residents hear from each other, contact in person, and the ladder from helper to subject."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="hearing", coefficient=True)


class Hearing(ParameterGroup):
    """Coefficients of hearing, meeting and asking."""

    report_heard_effect: float = coefficient(
        0.45,
        low=0,
        high=2,
        unit="log-odds",
        source="literature",
        en="Hearing makes people report",
        zh="听闻对反映的影响",
        meaning_en="How much more somebody reports who has heard nothing but solutions than one who has heard nothing (own "
        "success: 57 % more, Sjoberg et al. 2017; of others: Trucco 2016).",
        meaning_zh="只听说问题得到解决的居民比毫无听闻者多大程度上更愿反映（本人成功后多57%：Sjoberg 等，2017年；他人成功的影响：Trucco，2016年）。",
    )
    heard_step: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="share",
        en="One piece of news",
        zh="一次听闻的分量",
        meaning_en="Part of the way by which one piece of news moves what somebody has heard.",
        meaning_zh="一次听闻使居民的印象改变的比例。",
    )
    heard_half_life: float = coefficient(
        90.0,
        low=7,
        high=720,
        unit="days",
        en="News is forgotten",
        zh="听闻淡忘时间",
        meaning_en="Days after which half of what was heard is left.",
        meaning_zh="听闻的印象减半所需天数。",
    )
    tell_good_chance: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="chance",
        en="Tell of a solution",
        zh="讲述问题已解决",
        meaning_en="Chance that an affected resident tells her contacts that her problem was solved.",
        meaning_zh="受影响居民把问题已解决告诉熟人的概率。",
    )
    tell_bad_chance: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="chance",
        en="Tell of a hollow closure",
        zh="讲述敷衍办结",
        meaning_en="The same when it was closed on paper or reported in vain; bad news travels further (Anderson 1998).",
        meaning_zh="问题被敷衍办结或反映无果时告诉熟人的概率；坏消息传得更广（Anderson，1998年）。",
    )
    contact_trust_gain: float = coefficient(
        0.01,
        low=0,
        high=0.1,
        unit="share",
        en="A meeting builds trust",
        zh="见面增进信任",
        meaning_en="Part of the way to full trust by which a contact in person moves trust, whatever comes of it.",
        meaning_zh="一次当面接触使信任度向最大值1靠近的比例，不论结果如何。",
    )
    volunteer_asks: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="a month",
        en="Readiness of volunteers to ask",
        zh="志愿者邀约",
        meaning_en="Chance that a volunteer asks one of her contacts in a month to join.",
        meaning_zh="志愿者每月邀请一位熟人加入的概率。",
    )
    asked_join_chance: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="chance",
        en="Who is asked joins",
        zh="受邀者加入",
        meaning_en="Chance that somebody of full propensity who is satisfied joins when she is asked.",
        meaning_zh="意愿为1且满意的居民受邀后加入的概率。",
    )
    reporter_join_factor: float = coefficient(
        2.0,
        low=1,
        high=10,
        unit="ratio",
        en="Reporters join",
        zh="反映者更易加入",
        meaning_en="How many times as readily somebody who has reported volunteers after a good experience.",
        meaning_zh="曾反映问题的居民在好的经历后加入志愿者的概率倍数。",
    )
