"""R1–R3: how readily residents report, through which channel, and how often again."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="reporting", coefficient=True)


class Reporting(ParameterGroup):
    """Coefficients of reporting."""

    report_severity_effect: float = coefficient(
        2.0,
        low=0,
        high=6,
        unit="log-odds",
        en="Severity makes people report",
        zh="严重程度对反映的影响",
        meaning_en="How much more people report the gravest problem than the slightest.",
        meaning_zh="最严重的问题比最轻微的问题多大程度上更使人反映。",
    )
    report_bystander_effect: float = coefficient(
        0.9,
        low=0,
        high=3,
        unit="log-odds",
        en="Bystanders leave it to others",
        zh="旁观者效应",
        meaning_en="Readiness lost for each unit of the logarithm of the persons affected (sign: Darley & Latané 1968).",
        meaning_zh="受影响人数的对数每增加一个单位，反映意愿的降幅（方向依据：Darley 与 Latané，1968年）。",
    )
    report_integration_effect: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="share",
        en="One platform eases reporting",
        zh="渠道整合降低反映成本",
        meaning_en="Share by which full integration of channels lowers the effort of reporting, against none.",
        meaning_zh="渠道完全整合比完全不整合使反映成本降低的比例。",
    )
    decision_days: float = coefficient(
        4.0,
        low=0.2,
        high=60,
        unit="days",
        en="Time to make up one's mind",
        zh="决定是否反映的时间",
        meaning_en="Mean days until an affected resident makes up her mind.",
        meaning_zh="受影响居民决定是否反映的平均天数。",
    )
    repeat_chance: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="chance",
        en="Report again when it is late",
        zh="逾期后再次反映",
        meaning_en="Chance that a reporter with trust of one half or more reports again when nothing is solved at the target day.",
        meaning_zh="信任度不低于一半的反映人在到期未解决时再次反映的概率。",
    )
    repeat_chance_felt: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="chance",
        en="Report again after a paper closure",
        zh="敷衍办结后再次反映",
        meaning_en="The same when a closure on paper is felt.",
        meaning_zh="感受到敷衍办结时再次反映的概率。",
    )
    registration_days_joined: float = coefficient(
        0.2,
        low=0,
        high=5,
        unit="days",
        en="Registration in the one system",
        zh="统一系统登记时间",
        meaning_en="Days from a report to its registration, through a channel that is joined.",
        meaning_zh="经已整合渠道反映，从反映到登记的天数。",
    )
    registration_days_own: float = coefficient(
        1.5,
        low=0,
        high=15,
        unit="days",
        en="Registration in a system of its own",
        zh="自有系统登记时间",
        meaning_en="Days from a report to its registration, through a channel with a system of its own.",
        meaning_zh="经未整合渠道反映，从反映到登记的天数。",
    )
    channel_use_grid: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="share of use",
        en="Use of the grid officer",
        zh="网格员渠道使用占比",
        meaning_en="Share of reports through the grid officer, at usual digital access.",
        meaning_zh="数字能力处于平均水平时，经网格员反映的比重。",
    )
    channel_use_ehome: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share of use",
        en="Use of the app",
        zh="E家园渠道使用占比",
        meaning_en="Share of reports through the residents' app, at usual digital access.",
        meaning_zh="数字能力处于平均水平时，经居民应用反映的比重。",
    )
    channel_use_hotline: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="share of use",
        en="Use of the 12345 hotline",
        zh="12345热线使用占比",
        meaning_en="Share of reports through the mayor's hotline.",
        meaning_zh="经12345热线反映的比重。",
    )
    channel_use_police: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="share of use",
        en="Use of the 110 line",
        zh="110渠道使用占比",
        meaning_en="Share of reports through the police line, for an issue type of average affinity to it.",
        meaning_zh="与警情关联度一般的问题经110反映的比重。",
    )
    channel_use_own_platform: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share of use",
        en="Use of departments' own platforms",
        zh="部门自有平台使用占比",
        meaning_en="Share of reports through the departments' own platforms.",
        meaning_zh="经部门自有平台反映的比重。",
    )
    channel_use_studio: float = coefficient(
        0.05,
        low=0,
        high=1,
        unit="share of use",
        en="Use of the studios",
        zh="工作室渠道使用占比",
        meaning_en="Share of reports through grassroots studios, where there are any.",
        meaning_zh="有草根工作室时经工作室反映的比重。",
    )
    usual_digital_access: float = coefficient(
        0.65,
        low=0.2,
        high=1,
        unit="share",
        en="Usual digital access",
        zh="平均数字能力",
        meaning_en="Digital access at which the shares of use hold; more turns people from the grid officer to the app.",
        meaning_zh="渠道使用占比所对应的数字能力；能力越高，越少找网格员、越多用应用。",
    )
