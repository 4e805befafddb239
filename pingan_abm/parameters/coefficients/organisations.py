"""R17: commitment, alignment, contracts, birth and death of social organisations."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="organisations", coefficient=True)


class Organisations(ParameterGroup):
    """Coefficients of social organisations."""

    commitment_base: float = coefficient(
        -1.6,
        low=-6,
        high=3,
        unit="log-odds",
        en="Commitment without funding",
        zh="无资助时的协同意愿",
        meaning_en="Readiness of an organisation to coordinate without government money, at trust of one half.",
        meaning_zh="没有政府资金、信任为一半时，社会组织参与协同的意愿。",
    )
    commitment_dependence_effect: float = coefficient(
        2.6,
        low=0,
        high=8,
        unit="log-odds",
        en="Dependence commits",
        zh="依赖增强协同",
        meaning_en="How much full dependence adds to it (sign: paper).",
        meaning_zh="完全依赖政府资金时协同意愿的增幅（方向见论文）。",
    )
    commitment_trust_effect: float = coefficient(
        1.5,
        low=0,
        high=6,
        unit="log-odds",
        en="Trust commits",
        zh="信任增强协同",
        meaning_en="How much full trust in the centre adds, against none.",
        meaning_zh="完全信任指挥中心比毫无信任时协同意愿的增幅。",
    )
    alignment_base: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="0–1",
        en="Alignment without funding",
        zh="无资助时的趋同",
        meaning_en="Alignment with government of an organisation without its money.",
        meaning_zh="没有政府资金的组织与政府目标的趋同程度。",
    )
    alignment_dependence_effect: float = coefficient(
        0.85,
        low=0,
        high=1,
        unit="0–1",
        en="Dependence aligns",
        zh="依赖导致趋同",
        meaning_en="What full dependence adds to it (sign: DiMaggio & Powell 1983).",
        meaning_zh="完全依赖时趋同程度的增量（方向依据：DiMaggio 与 Powell，1983年）。",
    )
    alignment_at_start: float = coefficient(
        0.6,
        low=0,
        high=1,
        unit="share",
        en="Alignment at the start",
        zh="初始趋同",
        meaning_en="Where an organisation starts, as a share of where its alignment drifts.",
        meaning_zh="组织开始时的趋同程度相当于其最终趋向的比例。",
    )
    renewal_base: float = coefficient(
        1.5,
        low=-3,
        high=6,
        unit="log-odds",
        en="Contracts are renewed",
        zh="续约基准",
        meaning_en="Readiness to renew the contract of an organisation of middling alignment and success.",
        meaning_zh="趋同和成效均居中时续约的倾向。",
    )
    renewal_alignment_effect: float = coefficient(
        2.0,
        low=0,
        high=8,
        unit="log-odds",
        en="Alignment renews",
        zh="趋同对续约的影响",
        meaning_en="How much full alignment adds to it, against none.",
        meaning_zh="完全趋同比毫无趋同时续约倾向的增幅。",
    )
    renewal_settled_effect: float = coefficient(
        2.0,
        low=0,
        high=8,
        unit="log-odds",
        en="Success renews",
        zh="成效对续约的影响",
        meaning_en="How much settling everything where it works adds to it, against nothing.",
        meaning_zh="服务地点全部化解比全未化解时续约倾向的增幅。",
    )
    contract_kept_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Kept without renewal",
        zh="未续约时保留的部分",
        meaning_en="Share of its contract that an organisation keeps when it is not renewed; the rest goes to others of its field.",
        meaning_zh="未获续约时组织保留的合同比例，其余分给同领域其他组织。",
    )
    centre_trust_at_start: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="0–1",
        en="Organisations' trust at the start",
        zh="组织初始信任",
        meaning_en="Organisations' trust in the command centre at the start.",
        meaning_zh="社会组织开始时对指挥中心的信任。",
    )
    centre_trust_without: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="0–1",
        en="Their trust without a centre",
        zh="无指挥中心时的信任",
        meaning_en="Organisations' trust in government where there is no centre.",
        meaning_zh="没有指挥中心时社会组织对政府的信任。",
    )
    centre_trust_speed: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="a month",
        en="Their trust moves",
        zh="组织信任调整速度",
        meaning_en="Change of their trust in a month for each unit of the share solved above one half.",
        meaning_zh="解决率每比一半高出一个单位，组织信任每月的变化。",
    )
    retreat_below: float = coefficient(
        0.22,
        low=0,
        high=0.6,
        unit="share",
        en="Retreat below",
        zh="退出协作的界限",
        meaning_en="Commitment below which an organisation leaves the collaboration in time.",
        meaning_zh="协同意愿低于此值，组织过一段时间即退出协作。",
    )
    retreat_months: int = coefficient(
        3,
        low=1,
        high=24,
        unit="months",
        en="Months before a retreat",
        zh="退出前的月数",
        meaning_en="Months of such low commitment after which it leaves.",
        meaning_zh="协同意愿过低持续多少个月后退出。",
    )
    return_above: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="Return above",
        zh="重返协作的界限",
        meaning_en="Commitment above which it returns.",
        meaning_zh="协同意愿高于此值即重返协作。",
    )
    organisation_day_cost: float = coefficient(
        600.0,
        low=100,
        high=3000,
        unit="yuan",
        en="Cost of an organisation-day",
        zh="组织人日成本",
        meaning_en="What a day's work of an organisation costs.",
        meaning_zh="社会组织一个人日的成本。",
    )
    cost_speed: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="a month",
        en="Costs follow income",
        zh="成本随收入调整",
        meaning_en="Share by which cost and capacity follow income in a month at most.",
        meaning_zh="成本和能力每月随收入调整的最大比例。",
    )
    closing_chance: float = coefficient(
        0.004,
        low=0,
        high=0.1,
        unit="a month",
        en="Chance to close",
        zh="随机关闭",
        meaning_en="Chance a month that an organisation closes for reasons of its own.",
        meaning_zh="组织每月因自身原因关闭的概率。",
    )
    reserves_least: float = coefficient(
        0.5,
        low=0,
        high=12,
        unit="months of cost",
        en="Least reserves",
        zh="最低储备",
        meaning_en="Reserves that an organisation starts with at least.",
        meaning_zh="组织开始时的最低储备。",
    )
    reserves_more: float = coefficient(
        2.5,
        low=0,
        high=24,
        unit="months of cost",
        en="Spread of reserves",
        zh="储备幅度",
        meaning_en="By how much reserves at the start vary, evenly.",
        meaning_zh="初始储备均匀变动的幅度。",
    )
    other_income_sd: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="log sd",
        en="Other income varies",
        zh="其他收入波动",
        meaning_en="Standard deviation of a quarter's change of the logarithm of other income.",
        meaning_zh="其他收入对数季度变动的标准差。",
    )
    other_income_drift: float = coefficient(
        0.031,
        low=0,
        high=0.5,
        unit="log",
        en="Other income shrinks",
        zh="其他收入下移",
        meaning_en="What a quarter takes off the logarithm of other income; half of the variance keeps its mean.",
        meaning_zh="其他收入对数每季度减少的量；取方差的一半可使均值不变。",
    )
    organisations_at_start: int = coefficient(
        120,
        low=20,
        high=1000,
        unit="organisations",
        en="Organisations at the start",
        zh="初始组织数",
        meaning_en="Organisations at the start, in the whole district.",
        meaning_zh="全区开始时的社会组织数量。",
    )
    dependence_spread: float = coefficient(
        0.6,
        low=0,
        high=1,
        unit="share",
        en="Spread of dependence",
        zh="依赖度离散",
        meaning_en="Spread of dependence around its mean, as a share of the room to 0 or 1.",
        meaning_zh="依赖度围绕均值的离散程度，占可变动空间的比例。",
    )
    one_field_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="One field",
        zh="单一领域占比",
        meaning_en="Share of organisations that work in one field.",
        meaning_zh="只在一个领域工作的组织比重。",
    )
    two_fields_share: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="Two fields",
        zh="两个领域占比",
        meaning_en="Share of organisations that work in two fields; the others work in three.",
        meaning_zh="在两个领域工作的组织比重，其余为三个。",
    )
    one_community_share: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="One community",
        zh="单一社区占比",
        meaning_en="Share of organisations that work in one community.",
        meaning_zh="只在一个社区工作的组织比重。",
    )
    one_subdistrict_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="One subdistrict",
        zh="单一街道占比",
        meaning_en="Share of organisations that work in one subdistrict; the others work everywhere.",
        meaning_zh="在一个街道范围内工作的组织比重，其余面向全区。",
    )
    entries_a_month: float = coefficient(
        0.7,
        low=0,
        high=10,
        unit="a month",
        en="Organisations enter",
        zh="每月新成立数",
        meaning_en="Organisations that would enter in a month without a threshold, in the whole district.",
        meaning_zh="没有准入门槛时，全区每月新成立的组织数。",
    )
    entrant_income: float = coefficient(
        400000.0,
        low=50000,
        high=5000000,
        unit="yuan a year",
        en="Income of an entrant",
        zh="新组织收入",
        meaning_en="Median income that an entrant wants.",
        meaning_zh="新成立组织期望收入的中位数。",
    )
    entrant_income_log_sd: float = coefficient(
        0.5,
        low=0,
        high=2,
        unit="log sd",
        en="Spread of that income",
        zh="新组织收入离散",
        meaning_en="Standard deviation of its logarithm.",
        meaning_zh="其对数的标准差。",
    )
    entrant_least_income: float = coefficient(
        100000.0,
        low=10000,
        high=1000000,
        unit="yuan a year",
        en="Least income of an entrant",
        zh="新组织最低收入",
        meaning_en="Income below which nobody enters.",
        meaning_zh="收入低于此值则不成立。",
    )
    entrant_efficiency: float = coefficient(
        0.7,
        low=0.2,
        high=1,
        unit="share",
        en="Efficiency of an entrant",
        zh="新组织效率",
        meaning_en="Efficiency of an entrant without a threshold; the threshold adds to it, up to one.",
        meaning_zh="没有门槛时新组织的效率；门槛越高效率越高，最高为1。",
    )
    incubation_entry_effect: float = coefficient(
        2.0,
        low=0,
        high=10,
        unit="ratio",
        en="Incubation founds organisations",
        zh="孵化带动成立",
        meaning_en="By how many times full incubation raises the number of organisations that enter.",
        meaning_zh="孵化力度为1时，新成立组织数增加的倍数。",
    )
    incubation_efficiency_effect: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="Incubation makes able",
        zh="孵化提升能力",
        meaning_en="What full incubation adds to the efficiency of an entrant, up to one.",
        meaning_zh="孵化力度为1时，新组织效率的增量（最高为1）。",
    )
    partner_money: float = coefficient(
        0.5,
        low=0,
        high=3,
        unit="yuan",
        en="Partners' money",
        zh="合作方投入",
        meaning_en="What a firm adds to each yuan of a contract that is run as a public–private partnership.",
        meaning_zh="公私合作项目中，企业对每一元合同资金追加的投入。",
    )
    crowding_in_share: float = coefficient(
        0.3,
        low=0,
        high=2,
        unit="yuan",
        en="Government money brings money",
        zh="资金撬动",
        meaning_en="Other income gained in a year with each yuan of government money more, and lost with each less.",
        meaning_zh="政府资金每增加一元，一年内带来的其他收入；减少时相应减少。",
    )
