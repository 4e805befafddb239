"""The levers: what a district can decide. Defaults and bounds are declared here and nowhere else."""

from datetime import date

from pingan_abm.parameter_fields import Declared, parameter, switch


class Levers(Declared):
    """Parameters that a district can set; source "paper" where the platform's documents give the default."""

    funding_dependence: float = parameter(
        0.7, 0, 1, unit="share", role="lever", source="assumed", group="society",
        en="Funding dependence", zh="资金依赖度",
        meaning_en="mean government share of social organisations' income; the total stays the same",
        meaning_zh="社会组织收入中政府资金的平均占比,收入总额不变")
    accountability: float = parameter(
        0.5, 0, 1, unit="weight", role="lever", source="assumed", group="appraisal",
        en="Accountability", zh="问责力度",
        meaning_en="weight of appraisal in a unit's decisions",
        meaning_zh="考核问责在各单位决策中的分量")
    command_centre: bool = switch(
        True, role="lever", source="paper", group="centre", en="Command centre", zh="联动指挥中心",
        meaning_en="one centre files, dispatches, tracks and verifies; off: each channel routes on its own",
        meaning_zh="由联动指挥中心统一立卷、交办、跟踪、核实;关闭则各渠道自行流转")
    channel_integration: float = parameter(
        0.85, 0, 1, unit="share", role="lever", source="assumed", group="centre",
        en="Channel integration", zh="渠道整合度",
        meaning_en="share of channels, weighted by use, that write to one file system",
        meaning_zh="接入同一案卷系统的渠道占比(按使用量加权)")
    verification_rate: float = parameter(
        0.10, 0, 1, unit="probability", role="lever", source="assumed", group="centre",
        en="Verification strength", zh="现场核实力度",
        meaning_en="chance that on-site verification finds a paper closure",
        meaning_zh="现场核实环节查出纸面办结的概率")
    satisfaction_weight: float = parameter(
        0.3, 0, 1, unit="share", role="lever", source="assumed", group="appraisal",
        en="Weight of satisfaction", zh="满意率权重",
        meaning_en="share of the appraisal score that is residents' rating",
        meaning_zh="考核得分中居民满意率所占比重")
    target_amplification: float = parameter(
        0.2, 0, 0.4, unit="share", role="lever", source="assumed", group="appraisal",
        en="Target amplification", zh="层层加码幅度",
        meaning_en="gap to 100 % that each level down cuts off the target (form: Li, Liu, Weng and Zhou 2019)",
        meaning_zh="目标每下一级,离100%的差距被压缩的比例")
    one_vote_veto: bool = switch(
        True, role="lever", source="paper", group="appraisal", en="One-vote veto", zh="一票否决",
        meaning_en="a crisis costs the responsible unit its grade",
        meaning_zh="发生危机事件的责任单位,考核直接定为最低等级")
    jurisdiction_clarity: float = parameter(
        0.0, 0, 1, unit="share", role="lever", source="assumed", group="departments",
        en="Clarity of duties", zh="职责清晰度",
        meaning_en="how far statutory duties have one owner",
        meaning_zh="法定职责归属单一责任单位的程度")
    joint_meetings: bool = switch(
        True, role="lever", source="paper", group="centre", en="Joint supervision meetings", zh="督办联席会议",
        meaning_en="special-topic meetings and joint supervision meetings decide who leads",
        meaning_zh="召开专题会和一、二级督办联席会议,明确牵头单位")
    joint_dispatch_after: int = parameter(
        1, 1, 5, unit="returns", role="lever", source="assumed", group="centre",
        en="Returns before joint dispatch", zh="联合交办门槛",
        meaning_en="returns after which a case is dispatched to several units at once (one in the documented case)",
        meaning_zh="案卷被退单多少次后改为联合交办")
    risk_focus: float = parameter(
        0.5, 0, 1, unit="weight", role="lever", source="assumed", group="departments",
        en="Focus on risk", zh="风险优先程度",
        meaning_en="weight of severity in a unit's queue",
        meaning_zh="排队处置时问题严重程度所占分量")
    grassroots_groups: int = parameter(
        1, 0, 12, unit="count", role="lever", source="paper", group="society",
        en="Grassroots groups", zh="草根组织数量",
        meaning_en="self-run groups of residents like the Hubin Weather Studio",
        meaning_zh="湖滨晴雨工作室一类的居民自治组织数量")
    social_entry_threshold: float = parameter(
        0.3, 0, 1, unit="index", role="lever", source="assumed", group="society",
        en="Entry threshold", zh="社会组织准入门槛",
        meaning_en="difficulty of registering a social organisation",
        meaning_zh="社会组织登记准入的难度")
    social_funding: float = parameter(
        50_000_000, 0, 200_000_000, unit="yuan a year", role="lever", source="paper", group="society",
        en="Funding for social organisations", zh="社会组织投入资金",
        meaning_en="government money for social organisations in all forms, for 345,000 residents",
        meaning_zh="政府每年投入社会组织的各类资金总额(按34.5万常住人口计)")
    purchase_share: float = parameter(
        0.6, 0, 1, unit="share", role="lever", source="paper", group="society",
        en="Share for purchased services", zh="购买服务占比",
        meaning_en="share of that money spent on purchased services; the rest is grants",
        meaning_zh="投入资金中用于政府购买服务的比例,其余为补助")
    contract_months: int = parameter(
        12, 1, 36, unit="months", role="lever", source="assumed", group="society",
        en="Contract length", zh="购买合同期限",
        meaning_en="length of a contract for purchased services",
        meaning_zh="政府购买服务合同的期限")
    staffing: float = parameter(
        1.0, 0.2, 3, unit="multiple", role="lever", source="assumed", group="departments",
        en="Staff", zh="部门人力",
        meaning_en="staff of all units as a multiple of the baseline",
        meaning_zh="各单位处置人力相对基准的倍数")
    target_days: float = parameter(
        1.0, 0.25, 4, unit="multiple", role="lever", source="assumed", group="departments",
        en="Deadline", zh="办理时限",
        meaning_en="deadlines as a multiple of the issue types' target days",
        meaning_zh="办理时限相对各类问题规定天数的倍数")
    workshop: bool = switch(
        True, role="lever", source="paper", group="centre", en="Analysis workshop", zh="分析研判",
        meaning_en="badly handled issue types are examined every month",
        meaning_zh="每月对联动处置不力的案卷开展分析研判")
    territorial_backstop: bool = switch(
        True, role="lever", source="paper", group="departments", en="Subdistrict as backstop", zh="属地兜底",
        meaning_en="cases that nobody takes fall to the subdistrict",
        meaning_zh="无人认领的案卷由属地街道兜底")
    devolved_authority: float = parameter(
        0.0, 0, 1, unit="share", role="lever", source="assumed", group="departments",
        en="Enforcement powers devolved", zh="执法权下放",
        meaning_en="share of enforcement work that a subdistrict may do itself",
        meaning_zh="街道可以自行实施的执法事项占比")
    independent_verification: bool = switch(
        False, role="lever", source="paper", group="centre", en="Independent verification", zh="第三方核实",
        meaning_en="inspectors do not answer to the centre",
        meaning_zh="督察员不隶属联动指挥中心,由第三方核实")
    inspectors: int = parameter(
        14, 0, 200, unit="persons", role="lever", source="assumed", group="centre",
        en="Inspectors", zh="督察员人数",
        meaning_en="inspectors who verify closures on site, for 345,000 residents",
        meaning_zh="负责现场核实结案的督察员人数(按34.5万常住人口计)")
    channel_cost: float = parameter(
        1.0, 0, 3, unit="log-odds", role="lever", source="assumed", group="reporting",
        en="Effort of reporting", zh="反映成本",
        meaning_en="how much effort keeps residents without digital access from reporting",
        meaning_zh="不熟悉数字渠道的居民反映问题所费的周折")
    campaign_issue: str | None = parameter(
        None, unit="issue type", role="lever", source="assumed", group="campaign",
        en="Campaign: issue type", zh="专项整治:问题类型",
        meaning_en="issue type of a campaign, or none",
        meaning_zh="专项整治针对的问题类型,无则不整治")
    campaign_start: date = parameter(
        date(2014, 4, 1), unit="date", role="lever", source="assumed", group="campaign",
        en="Campaign: start", zh="专项整治:开始日期",
        meaning_en="first day of the campaign",
        meaning_zh="专项整治开始的日期")
    campaign_days: int = parameter(
        42, 1, 180, unit="days", role="lever", source="assumed", group="campaign",
        en="Campaign: length", zh="专项整治:持续天数",
        meaning_en="length of the campaign",
        meaning_zh="专项整治持续的天数")
    campaign_intensity: float = parameter(
        0.4, 0, 1, unit="share", role="lever", source="assumed", group="campaign",
        en="Campaign: intensity", zh="专项整治:强度",
        meaning_en="share of staff moved to the campaign",
        meaning_zh="抽调参加专项整治的人力占比")
