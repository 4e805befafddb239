"""R10: when a unit closes a file on paper, and until it is felt."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="paper", coefficient=True)


class Paper(ParameterGroup):
    """Coefficients of closing on paper."""

    paper_strain_effect: float = coefficient(
        25.0,
        low=0,
        high=80,
        unit="log-odds",
        en="Strain under pressure makes paper",
        zh="吃紧对敷衍的影响",
        meaning_en="How much full pressure with a shortfall of all of the target adds to closing on paper (sign: Bevan & Hood 2006).",
        meaning_zh="压力为1且与目标差距为全部时，敷衍办结倾向的增幅（方向依据：Bevan 与 Hood，2006年）。",
    )
    paper_detection_effect: float = coefficient(
        4.0,
        low=0,
        high=20,
        unit="log-odds",
        en="Detection deters paper",
        zh="查实对敷衍的抑制",
        meaning_en="How much certain detection at full pressure takes off it.",
        meaning_zh="压力为1且必被查实时，敷衍倾向的降幅。",
    )
    paper_penalty: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="ratio",
        en="Penalty of paper",
        zh="敷衍的惩罚",
        meaning_en="Weight of what happens to a unit that is found out.",
        meaning_zh="被查实后处罚的分量。",
    )
    paper_satisfaction_effect: float = coefficient(
        1.5,
        low=0,
        high=10,
        unit="log-odds",
        en="Ratings deter paper",
        zh="满意率对敷衍的抑制",
        meaning_en="How much an appraisal by satisfaction alone, at full pressure, takes off it.",
        meaning_zh="压力为1且只按满意率考核时，敷衍倾向的降幅。",
    )
    paper_campaign_effect: float = coefficient(
        0.7,
        low=0,
        high=4,
        unit="log-odds",
        en="Campaigns make paper",
        zh="整治对敷衍的影响",
        meaning_en="How much a campaign on the type adds to closing on paper.",
        meaning_zh="该类问题专项整治期间，敷衍倾向的增幅。",
    )
    paper_powerless_odds: float = coefficient(
        3.0,
        low=1,
        high=20,
        unit="odds",
        en="Lack of powers makes paper",
        zh="无权办理对敷衍的影响",
        meaning_en="Factor on the odds of closing on paper where a subdistrict lacks the powers.",
        meaning_zh="街道没有执法权时，敷衍办结几率的倍数。",
    )
    paper_work: float = coefficient(
        0.25,
        low=0.02,
        high=1,
        unit="× the work",
        en="Work of a paper closure",
        zh="敷衍办结工作量",
        meaning_en="Work that a closure on paper takes, as a share of the real one.",
        meaning_zh="纸面办结所需工作量相当于真正办理的比例。",
    )
    multitask_effect: float = coefficient(
        8.0,
        low=0,
        high=40,
        unit="ratio",
        en="Two tasks (rival form)",
        zh="多任务强度（备选形式）",
        meaning_en="How strongly pressure moves effort to what is measured (form: Holmström & Milgrom 1991).",
        meaning_zh="压力使精力转向可考核任务的强度（形式依据：Holmström 与 Milgrom，1991年）。",
    )
    felt_days: float = coefficient(
        20.0,
        low=1,
        high=180,
        unit="days",
        en="Until a paper closure is felt",
        zh="敷衍复发时间",
        meaning_en="Mean days until a closure on paper is felt.",
        meaning_zh="纸面办结后问题再次显现的平均天数。",
    )
