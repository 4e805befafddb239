"""What a district's leaders can set for society and for those whom they appraise: money, groups, appraisal."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

lever = partial(parameter, role="lever")


class SocietyLevers(ParameterGroup):
    """Money for social organisations, grassroots groups, and what appraisal weighs."""

    funding_dependence: float = lever(
        0.7,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        group="funding",
        en="Funding dependence",
        zh="资金依赖度",
        meaning_en="Mean government share of social organisations' income; their total income is held fixed.",
        meaning_zh="社会组织收入中政府资金所占的平均比重；收入总额不变，只改变来源。",
    )
    social_funding: float = lever(
        50_000_000,
        low=0,
        high=200_000_000,
        unit="yuan a year",
        source="paper",
        group="funding",
        en="Funding for social organisations",
        zh="社会组织投入资金",
        meaning_en="Government money for social organisations in all forms, for the whole district.",
        meaning_zh="全区每年以各种形式投给社会组织的财政资金。",
    )
    purchase_share: float = lever(
        0.6,
        low=0,
        high=1,
        unit="share",
        source="paper",
        group="funding",
        en="Share for purchased services",
        zh="购买服务占比",
        meaning_en="Share of that funding which buys services by contract; the rest are grants.",
        meaning_zh="上述资金中以合同方式购买服务的比重，其余为补助。",
    )
    contract_months: int = lever(
        12,
        low=1,
        high=36,
        unit="months",
        source="assumed",
        group="funding",
        en="Contract length",
        zh="购买合同期限",
        meaning_en="Months until a service contract comes up for renewal.",
        meaning_zh="购买服务合同多少个月后重新评审续签。",
    )
    social_entry_threshold: float = lever(
        0.3,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        group="funding",
        en="Entry threshold",
        zh="社会组织准入门槛",
        meaning_en="Difficulty of registering: fewer new organisations, but more able ones.",
        meaning_zh="登记注册的难度：门槛越高，新成立的越少，但能力越强。",
    )
    incubation: float = lever(
        0.0,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        group="funding",
        en="Incubation of organisations",
        zh="社会组织孵化力度",
        meaning_en="Rooms, advice and help with registering for new organisations: more enter, and they are abler.",
        meaning_zh="为新社会组织提供场地、辅导和登记协助：成立更多，能力更强。",
    )
    partnership_share: float = lever(
        0.0,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        group="funding",
        en="Public–private partnership",
        zh="公私合作（PPP）占比",
        meaning_en="Share of contracts for services that are run as partnerships, to which firms add money.",
        meaning_zh="购买服务合同中以公私合作方式实施、由企业追加投入的比重。",
    )
    forums: float = lever(
        0.0,
        low=0,
        high=8,
        unit="a month",
        source="assumed",
        group="society",
        en="Forums",
        zh="圆桌会议与恳谈会",
        meaning_en="Round tables and residents' talks in a month and subdistrict.",
        meaning_zh="每个街道每月举行的圆桌会议和居民恳谈会次数。",
    )
    grassroots_groups: int = lever(
        1,
        low=0,
        high=12,
        unit="groups",
        source="paper",
        group="society",
        en="Grassroots groups",
        zh="草根组织数量",
        meaning_en="Residents' own groups, which gather opinions and ideas; the paper documents one.",
        meaning_zh="收集民情、出点子的居民自发组织数量；论文记载一个。",
    )
    channel_cost: float = lever(
        1.0,
        low=0,
        high=3,
        unit="log-odds",
        source="assumed",
        group="society",
        en="Effort of reporting",
        zh="反映成本",
        meaning_en="Effort of reporting for someone without digital access.",
        meaning_zh="不会使用数字渠道的居民反映问题要付出的成本。",
    )
    accountability: float = lever(
        0.5,
        low=0,
        high=1,
        unit="weight",
        source="assumed",
        group="appraisal",
        en="Accountability",
        zh="问责力度",
        meaning_en="Weight of appraisal in what units and officers decide.",
        meaning_zh="考核结果在部门和基层人员决策中的分量。",
    )
    satisfaction_weight: float = lever(
        0.3,
        low=0,
        high=1,
        unit="share of the score",
        source="assumed",
        group="appraisal",
        en="Weight of satisfaction",
        zh="满意率权重",
        meaning_en="Share of a department's score that is residents' rating.",
        meaning_zh="部门考核得分中由居民评价决定的比重。",
    )
    target_amplification: float = lever(
        0.2,
        low=0,
        high=0.4,
        unit="share a level",
        source="assumed",
        group="appraisal",
        en="Target amplification",
        zh="层层加码幅度",
        meaning_en="Share of the gap to 100 % that each level adds to its targets.",
        meaning_zh="指标每下达一级，离百分之百的差距被压缩的比例。",
    )
    public_voice: float = lever(
        0.0,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        group="appraisal",
        en="Public voice",
        zh="公众监督力度",
        meaning_en="How far residents' complaints can become public: results published, media, open petitions.",
        meaning_zh="居民诉求能在多大程度上公开：结果公示、媒体监督、公开信访。",
    )
    shared_credit: float = lever(
        0.0,
        low=0,
        high=1,
        unit="share of the score",
        source="paper",
        group="appraisal",
        en="Shared credit",
        zh="协办计功比例",
        meaning_en="How far a unit's own score counts cases in which it helped another; 0: only the lead is credited.",
        meaning_zh="单位协助他人办理的案卷计入自身考核得分的比例；0表示只计牵头单位。",
    )
    one_vote_veto: bool = lever(
        True,
        unit="on/off",
        source="paper",
        group="appraisal",
        en="One-vote veto",
        zh="一票否决",
        meaning_en="A crisis costs the unit that held the problem its grade.",
        meaning_zh="发生危机事件，责任单位当期考核一票否决。",
    )
