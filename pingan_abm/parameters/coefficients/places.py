"""Places: how they comply, slacken, watch their neighbours and wait campaigns out."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", group="places", coefficient=True)


class Places(ParameterGroup):
    """Coefficients of places."""

    place_size_log_sd: float = coefficient(
        1.7,
        low=0.3,
        high=2.5,
        unit="log sd",
        source="literature",
        en="Spread of sizes of places",
        zh="场所规模离散度",
        meaning_en="Standard deviation of the logarithm of how much trouble places of a kind make (about a fifth of the places makes four fifths: Eck, Clarke & Guerette 2007).",
        meaning_zh="同类场所问题产生量对数的标准差（约五分之一的场所产生五分之四的问题：Eck、Clarke与Guerette 2007）。",
    )

    place_cost_log_sd: float = coefficient(
        0.5,
        low=0,
        high=1.5,
        unit="log sd",
        source="assumed",
        en="Spread of the cost of complying",
        zh="合规成本离散度",
        meaning_en="Standard deviation of the logarithm of what complying costs places of a kind.",
        meaning_zh="同类场所合规成本对数的标准差。",
    )

    place_belief_rest: float = coefficient(
        0.2,
        low=0.01,
        high=0.8,
        unit="0–1",
        source="assumed",
        en="Usual belief of being caught",
        zh="通常的被查预期",
        meaning_en="Risk of being caught that a place believes in when nothing happens.",
        meaning_zh="无事发生时，场所认为自己会被查处的概率。",
    )

    place_penalty_effect: float = coefficient(
        5.0,
        low=0,
        high=20,
        unit="× the cost",
        source="assumed",
        en="Penalty over the cost of complying",
        zh="处罚相当于合规成本的倍数",
        meaning_en="What being caught costs a place, in costs of complying.",
        meaning_zh="被查处的代价相当于合规成本的多少倍。",
    )

    place_relapse_days: float = coefficient(
        60.0,
        low=2,
        high=365,
        unit="days",
        source="assumed",
        en="Places slacken",
        zh="场所松懈时间",
        meaning_en="Days in which a place gets 63 % of the way back to how far it wants to let things slide.",
        meaning_zh="场所松懈到其意愿水平的63%所需的天数。",
    )

    place_fear_days: float = coefficient(
        5.0,
        low=0.5,
        high=60,
        unit="days",
        source="assumed",
        en="Places tighten",
        zh="场所收紧时间",
        meaning_en="Days in which a place gets 63 % of the way down to how far it still wants to let things slide.",
        meaning_zh="场所收紧到其意愿水平的63%所需的天数。",
    )

    place_fear_half_life: float = coefficient(
        45.0,
        low=2,
        high=365,
        unit="days",
        source="assumed",
        en="Fear fades",
        zh="震慑减半天数",
        meaning_en="Days after which half of what raised a place's belief of being caught is forgotten (crackdowns decay: Sherman 1990).",
        meaning_zh="被查预期的升高部分消退一半所需的天数（整治效果会衰减：Sherman 1990）。",
    )

    place_inspected_step: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="An inspection warns",
        zh="检查的警示作用",
        meaning_en="Share of the way to certainty that an inspection moves a place's belief.",
        meaning_zh="一次检查使被查预期向“必被查处”靠近的比例。",
    )

    place_penalised_step: float = coefficient(
        0.4,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="A penalty warns",
        zh="处罚的警示作用",
        meaning_en="Share of the way to certainty that a penalty moves a place's belief.",
        meaning_zh="一次处罚使被查预期向“必被查处”靠近的比例。",
    )

    place_unpunished_step: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="What goes unpunished reassures",
        zh="未被查处的松懈作用",
        meaning_en="Share of a place's belief of being caught that a new problem takes away, as long as nobody comes.",
        meaning_zh="场所新发生问题而无人查处时，被查预期下降的比例。",
    )

    place_neighbour_step: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="A neighbour's penalty warns",
        zh="邻近处罚的警示作用",
        meaning_en="The same for neighbours of its kind (spillover of enforcement: Shimshack & Ward 2005).",
        meaning_zh="邻近同类场所被处罚时的相应比例（执法的溢出效应：Shimshack与Ward 2005）。",
    )

    place_naming_share: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Penalties made public",
        zh="处罚公示比例",
        meaning_en="Share of penalties that are published.",
        meaning_zh="处罚结果予以公示的比例。",
    )

    place_named_step: float = coefficient(
        0.02,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Public naming warns",
        zh="公示的警示作用",
        meaning_en="Share of the way to certainty that a published penalty moves all places of the kind.",
        meaning_zh="一次公示使全区同类场所被查预期移动的比例。",
    )

    comply_base: float = coefficient(
        0.5,
        low=-4,
        high=4,
        unit="log-odds",
        source="assumed",
        en="Places put things right",
        zh="场所整改倾向",
        meaning_en="Readiness to have put a problem right when the time for it is over, at usual cost and without fear.",
        meaning_zh="成本正常且无震慑时，到期已完成整改的倾向。",
    )

    comply_belief_effect: float = coefficient(
        2.5,
        low=0,
        high=8,
        unit="log-odds",
        source="assumed",
        en="Fear makes places comply",
        zh="震慑促使整改",
        meaning_en="Readiness gained with a belief of being caught of 1.",
        meaning_zh="被查预期为1时整改倾向的增幅。",
    )

    comply_cost_effect: float = coefficient(
        0.8,
        low=0,
        high=4,
        unit="log-odds",
        source="assumed",
        en="Cost keeps places from complying",
        zh="成本阻碍整改",
        meaning_en="Readiness lost for each unit of the cost of complying above 1.",
        meaning_zh="合规成本比通常每高出1倍，整改倾向的降幅。",
    )

    comply_licence_effect: float = coefficient(
        0.5,
        low=0,
        high=4,
        unit="log-odds",
        source="assumed",
        en="A licence is at stake",
        zh="执照的约束",
        meaning_en="Readiness gained by places that have a licence to lose.",
        meaning_zh="持照场所因担心失去执照而增加的整改倾向。",
    )

    comply_check_effect: float = coefficient(
        0.8,
        low=0,
        high=4,
        unit="log-odds",
        source="assumed",
        en="Checks add up",
        zh="复查累积作用",
        meaning_en="Readiness gained with each check that found nothing done.",
        meaning_zh="每次复查发现未整改后，整改倾向的增幅。",
    )

    checks_most: int = coefficient(
        4,
        low=1,
        high=12,
        unit="times",
        source="assumed",
        en="Checks before the unit steps in",
        zh="强制执行前复查次数",
        meaning_en="Checks that find nothing done before the unit puts the matter right itself.",
        meaning_zh="复查多少次仍未整改后，由单位强制执行。",
    )

    check_days: float = coefficient(
        7.0,
        low=1,
        high=60,
        unit="days",
        source="assumed",
        en="Time until the next check",
        zh="复查间隔",
        meaning_en="Days that a place has after a check that found nothing done.",
        meaning_zh="复查发现未整改后再给予的天数。",
    )

    check_work: float = coefficient(
        0.1,
        low=0,
        high=2,
        unit="staff-days",
        source="assumed",
        en="A check costs",
        zh="复查占用人日",
        meaning_en="Staff-days that a check costs the unit in the lead.",
        meaning_zh="一次复查占用牵头单位的人日。",
    )

    inspection_work: float = coefficient(
        0.1,
        low=0,
        high=2,
        unit="staff-days",
        source="assumed",
        en="A routine inspection costs",
        zh="日常检查占用人日",
        meaning_en="Staff-days that a routine inspection costs a unit that holds duties for such places.",
        meaning_zh="一次日常检查占用职责单位的人日。",
    )

    remedy_log_sd: float = coefficient(
        1.2,
        low=0,
        high=2.5,
        unit="log sd",
        source="assumed",
        en="Spread of the time of a remedy",
        zh="整改时间离散度",
        meaning_en="Standard deviation of the logarithm of the time that a remedy takes; its mean is the sub-type's.",
        meaning_zh="整改时间对数的标准差；平均值由问题子类型给定。",
    )

    remedy_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="A remedy puts right",
        zh="整改的效果",
        meaning_en="Share of how far a place of mean size lets things slide that one remedy ends; of a larger one in proportion less.",
        meaning_zh="一次整改使中等规模场所松懈程度下降的比例；规模越大，降幅按比例越小。",
    )

    campaign_fear: float = coefficient(
        0.9,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="A campaign frightens",
        zh="整治的震慑",
        meaning_en="Share of the way to certainty that the start of a campaign of full intensity moves a place's belief.",
        meaning_zh="强度为1的整治开始时，被查预期向“必被查处”靠近的比例。",
    )

    campaign_visits: float = coefficient(
        0.02,
        low=0,
        high=0.5,
        unit="chance a day",
        source="assumed",
        en="Visits in a campaign",
        zh="整治期间的走访",
        meaning_en="Chance a day that a campaign of full intensity visits a place of its kinds.",
        meaning_zh="强度为1的整治每天走访有关场所的概率。",
    )

    campaign_wait_half: float = coefficient(
        2.0,
        low=0.1,
        high=50,
        unit="times",
        source="assumed",
        en="Campaigns teach to wait",
        zh="整治次数与观望",
        meaning_en="Campaigns in recent memory with which half of the places only wait until the next one is over.",
        meaning_zh="近期经历多少次整治后，半数场所只是等待风头过去。",
    )

    campaign_memory_days: float = coefficient(
        365.0,
        low=30,
        high=3650,
        unit="days",
        source="assumed",
        en="Campaigns are remembered",
        zh="整治记忆减半天数",
        meaning_en="Days after which half of the campaigns that a place has seen no longer count.",
        meaning_zh="场所经历的整治次数减半所需的天数。",
    )

    campaign_catch_up: float = coefficient(
        0.3,
        low=0,
        high=2,
        unit="share",
        source="assumed",
        en="Places catch up",
        zh="风头过后补回",
        meaning_en="By how much those who waited let things slide more than before, once a campaign is over.",
        meaning_zh="观望者在整治结束后比之前更松懈的幅度。",
    )

    move_chance: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="chance",
        source="assumed",
        en="Moving round the corner",
        zh="换地经营",
        meaning_en="Chance that a mobile place answers a penalty or a campaign by moving, and does not take fright.",
        meaning_zh="流动性场所受到处罚或遇到整治时换地方经营而不收敛的概率。",
    )
