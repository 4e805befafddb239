"""R8: when a unit returns a file that is its business, and what answering costs."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="returns", coefficient=True)


class Returns(ParameterGroup):
    """Coefficients of returns and replies."""

    return_base: float = coefficient(
        -4.0,
        low=-10,
        high=2,
        unit="log-odds",
        en="Readiness to return",
        zh="退单基准倾向",
        meaning_en="Readiness to return a file of clear duties at usual load, unwatched.",
        meaning_zh="职责清楚、负荷正常且无问责时退单的倾向。",
    )
    return_ambiguity_effect: float = coefficient(
        2.0,
        low=0,
        high=6,
        unit="log-odds",
        en="Unclear duties are returned",
        zh="职责模糊对退单的影响",
        meaning_en="How much more a file of fully unclear duties is returned than one of clear duties.",
        meaning_zh="职责完全模糊的案卷比职责清楚的多大程度上更易被退回。",
    )
    return_units_effect: float = coefficient(
        0.5,
        low=0,
        high=3,
        unit="log-odds",
        en="Shared files are returned",
        zh="涉及单位数对退单的影响",
        meaning_en="Readiness gained for each unit of the logarithm of the units that must act.",
        meaning_zh="须办理单位数的对数每增加一个单位，退单倾向的增幅。",
    )
    return_load_effect: float = coefficient(
        0.6,
        low=0,
        high=3,
        unit="log-odds",
        en="Load makes units return",
        zh="负荷对退单的影响",
        meaning_en="Readiness gained when the load rises by as much as is usual.",
        meaning_zh="负荷增加一倍于正常水平时，退单倾向的增幅。",
    )
    return_load_days: float = coefficient(
        10.0,
        low=1,
        high=60,
        unit="days",
        en="Usual backlog",
        zh="正常积压",
        meaning_en="Days of capacity in which a backlog counts as a load of one.",
        meaning_zh="积压相当于多少天能力时，负荷计为1。",
    )
    return_load_most: float = coefficient(
        2.0,
        low=0.5,
        high=10,
        unit="ratio",
        en="Highest load that counts",
        zh="负荷计入上限",
        meaning_en="Load above which returns rise no further.",
        meaning_zh="负荷高于此值后不再增加退单。",
    )
    return_difficulty_effect: float = coefficient(
        0.3,
        low=0,
        high=2,
        unit="log-odds",
        en="Hard cases are returned",
        zh="难度对退单的影响",
        meaning_en="Readiness gained for each unit of difficulty.",
        meaning_zh="难度每增加一个单位，退单倾向的增幅。",
    )
    return_watched_effect: float = coefficient(
        1.6,
        low=0,
        high=5,
        unit="log-odds",
        en="Accountability stops returns",
        zh="问责对退单的抑制",
        meaning_en="Readiness lost at full accountability.",
        meaning_zh="问责力度为1时，退单倾向的降幅。",
    )
    score_loss_slope: float = coefficient(
        6.0,
        low=0,
        high=20,
        unit="log-odds",
        en="Score decides (rival form)",
        zh="失分权衡斜率（备选形式）",
        meaning_en="How strongly the difference of expected losses of score decides about a return.",
        meaning_zh="预期失分之差对是否退单的影响强度。",
    )
    score_loss_offset: float = coefficient(
        3.0,
        low=-5,
        high=10,
        unit="log-odds",
        en="Readiness to take (rival form)",
        zh="受理倾向（备选形式）",
        meaning_en="Readiness to take a file when both losses are equal.",
        meaning_zh="两种失分相等时受理案卷的倾向。",
    )
    score_loss_most: float = coefficient(
        1.5,
        low=0.2,
        high=5,
        unit="ratio",
        en="Highest loss from taking (rival form)",
        zh="受理失分上限（备选形式）",
        meaning_en="Expected days over the deadline above which the loss rises no further.",
        meaning_zh="预期办理天数与时限之比超过此值后，失分不再增加。",
    )
    score_loss_refusal: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="0–1",
        en="A refusal costs (rival form)",
        zh="退单失分（备选形式）",
        meaning_en="Loss of score from any refusal.",
        meaning_zh="任何退单造成的失分。",
    )
    return_work: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="staff-days",
        en="A return takes",
        zh="退单占用人日",
        meaning_en="Staff-days that a return takes off the next day.",
        meaning_zh="一次退单占用次日的人日。",
    )
    reply_work: float = coefficient(
        0.02,
        low=0,
        high=0.5,
        unit="staff-days",
        en="An interim reply takes",
        zh="阶段性答复占用人日",
        meaning_en="Staff-days that an interim reply takes off the next day.",
        meaning_zh="一次阶段性答复占用次日的人日。",
    )
    interim_reply_base: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="chance",
        en="Interim replies",
        zh="阶段性答复基准",
        meaning_en="Chance that a unit that has not finished by the due day reports how things stand, unwatched.",
        meaning_zh="没有问责时，到期未办结的单位作阶段性答复的概率。",
    )
    interim_reply_effect: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="chance",
        en="Accountability brings replies",
        zh="问责促使答复",
        meaning_en="What full accountability adds to that chance.",
        meaning_zh="问责力度为1时上述概率的增量。",
    )
