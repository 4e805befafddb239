"""R31: how far leaders move what they set, once a year, towards what looks bad."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="leading", coefficient=True)


class Leading(ParameterGroup):
    """Coefficients of leaders who learn."""

    steer_target_speed: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share a year",
        en="Targets follow figures",
        zh="指标随数据调整",
        meaning_en="Part of the way by which the district's target moves to the share closed in time.",
        meaning_zh="全区指标向按期办结率靠近的比例。",
    )
    steer_target_least: float = coefficient(
        0.5,
        low=0,
        high=0.9,
        unit="share",
        en="Lowest target",
        zh="最低指标",
        meaning_en="Below this no leader lets a target fall.",
        meaning_zh="领导不会把指标降到此值以下。",
    )
    steer_weight_speed: float = coefficient(
        0.5,
        low=0,
        high=2,
        unit="share of the score",
        en="Weights follow figures",
        zh="权重随数据调整",
        meaning_en="By how much the weight of satisfaction moves for each unit by which satisfaction looks worse than closure.",
        meaning_zh="满意率每比办结率低1（即100个百分点），满意率权重的增幅。",
    )
    steer_audit_speed: float = coefficient(
        0.5,
        low=0,
        high=5,
        unit="ratio",
        en="Audit follows figures",
        zh="核实力度随数据调整",
        meaning_en="By how much verification strength moves for each unit of hollow closures above what is tolerated.",
        meaning_zh="敷衍办结占比每超出容忍限度1（即100个百分点），核实力度的增幅。",
    )
    steer_hollow_tolerated: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="share",
        en="Hollow closures tolerated",
        zh="敷衍办结容忍限度",
        meaning_en="Share of closures that leaders accept to be hollow.",
        meaning_zh="领导可以接受的敷衍办结占比。",
    )
    steer_posts_speed: float = coefficient(
        0.5,
        low=0,
        high=2,
        unit="ratio",
        en="Posts follow figures",
        zh="编制随数据调整",
        meaning_en="By how much a unit's posts move for each unit by which its figures look worse than the average; the "
        "total is kept.",
        meaning_zh="某单位的数据每比平均水平低1，其编制的增幅；总编制不变。",
    )
    steer_files_prior: float = coefficient(
        20.0,
        low=1,
        high=500,
        unit="files",
        en="Files that count as a figure",
        zh="构成数据的案卷数",
        meaning_en="Files of the average that are added to a unit's own before its figure is read, so that a few files say little.",
        meaning_zh="读取单位数据前按平均水平加入的案卷数，使少量案卷不致左右判断。",
    )
