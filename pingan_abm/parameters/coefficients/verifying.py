"""R14: inspection, revisits and ratings."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="verifying", coefficient=True)


class Verifying(ParameterGroup):
    """Coefficients of verification and closure."""

    detection_accountability_effect: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="share",
        en="Inspectors of the appraised",
        zh="受考核者的查实力",
        meaning_en="Share of detection lost at full accountability when the inspectors serve the appraised centre.",
        meaning_zh="督察员隶属于受考核的指挥中心、问责力度为1时，查实概率降低的比例。",
    )
    inspector_hours: float = coefficient(
        8.0,
        low=4,
        high=12,
        unit="hours a day",
        en="An inspector's day",
        zh="督察员工时",
        meaning_en="Hours a day that an inspector works.",
        meaning_zh="一名督察员每天的工时。",
    )
    look_hours: float = coefficient(
        0.5,
        low=0.1,
        high=4,
        unit="hours",
        en="A look takes",
        zh="现场核实用时",
        meaning_en="Hours that the slightest look on site takes.",
        meaning_zh="最简单的一次现场核实所需的小时数。",
    )
    look_strength_hours: float = coefficient(
        5.0,
        low=0,
        high=20,
        unit="hours",
        en="A deeper look takes",
        zh="深入核实用时",
        meaning_en="Hours that certain detection adds to a look.",
        meaning_zh="确保查实时，每次核实增加的小时数。",
    )
    detection_memory: float = coefficient(
        0.1,
        low=0.005,
        high=1,
        unit="a day",
        en="Units learn how they are watched",
        zh="对查实率的估计调整",
        meaning_en="Part of the gap by which units' expectation of detection moves in a day.",
        meaning_zh="单位对查实率的估计每天向实际靠拢的比例。",
    )
    rating_days: float = coefficient(
        7.0,
        low=1,
        high=30,
        unit="days",
        en="Time for revisits and ratings",
        zh="回访评价期",
        meaning_en="Days after a closure for revisits and ratings.",
        meaning_zh="结案后用于回访和评价的天数。",
    )
    rating_share: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="share",
        en="Who rates",
        zh="评价率",
        meaning_en="Share of complainants who rate a closure.",
        meaning_zh="对结案作出评价的投诉人比重。",
    )
    rating_share_revisited: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="share",
        en="Who rates after a revisit",
        zh="回访后评价率",
        meaning_en="The same of those who were called on.",
        meaning_zh="经回访的投诉人中作出评价的比重。",
    )
