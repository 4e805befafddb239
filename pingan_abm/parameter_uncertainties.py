"""The uncertainties: numbers nobody knows well. Defaults and bounds are declared here and nowhere else."""

from pingan_abm.parameter_fields import Declared, parameter


class Uncertainties(Declared):
    """Parameters whose true values are not known; sensitivity analysis moves them."""

    problem_rate: float = parameter(
        0.5, 0.2, 1, unit="per person and year", role="uncertainty", source="assumed", group="workload",
        en="Problems per person", zh="人均问题发生率",
        meaning_en="problems that arise per person and year",
        meaning_zh="每人每年发生的问题数")
    persons_per_grid: int = parameter(
        774, 200, 3000, unit="persons", role="uncertainty", source="literature", group="society",
        en="Residents per grid", zh="每网格人口",
        meaning_en="residents for each basic grid and its officer (Zhejiang 2022)",
        meaning_zh="每个基础网格(一名网格员)服务的人口(浙江2022年)")
    report_base: float = parameter(
        -1.3, -4, 1, unit="log-odds", role="uncertainty", source="assumed", group="reporting",
        en="Readiness to report", zh="反映意愿基准",
        meaning_en="log-odds of reporting before anything else counts",
        meaning_zh="不计其他因素时居民反映问题的意愿(对数几率)")
    report_trust_effect: float = parameter(
        1.5, 0, 4, unit="log-odds", role="uncertainty", source="assumed", group="reporting",
        en="Trust makes people report", zh="信任对反映的影响",
        meaning_en="gain in the log-odds of reporting from no trust to full trust",
        meaning_zh="信任度由零升到满时反映意愿的增量(对数几率)")
    report_owner_effect: float = parameter(
        0.4, 0, 1.5, unit="log-odds", role="uncertainty", source="assumed", group="reporting",
        en="Owners report more", zh="业主身份对反映的影响",
        meaning_en="gain in the log-odds of reporting for home owners",
        meaning_zh="业主比租户更愿意反映的程度(对数几率)")
    work_median: float = parameter(
        1.5, 0.5, 4, unit="staff-days", role="uncertainty", source="assumed", group="workload",
        en="Work per case", zh="案卷工作量中位数",
        meaning_en="median work of a case; multiplies every issue type's by value/default",
        meaning_zh="每件案卷处置工作量的中位数,按与默认值之比缩放各类问题")
    work_log_sd: float = parameter(
        1.0, 0.7, 1.5, unit="log sd", role="uncertainty", source="assumed", group="workload",
        en="Spread of work", zh="工作量离散度",
        meaning_en="standard deviation of the logarithm of work; multiplies every issue type's by value/default",
        meaning_zh="案卷工作量对数的标准差,按与默认值之比缩放各类问题")
    multi_department_share: float = parameter(
        0.15, 0.05, 0.35, unit="share", role="uncertainty", source="assumed", group="workload",
        en="Problems that need several units", zh="跨部门问题占比",
        meaning_en="share of problems that truly need two units or more",
        meaning_zh="确需两个以上单位共同处置的问题占比")
    dispatch_base_accuracy: float = parameter(
        0.8, 0.4, 1, unit="probability", role="uncertainty", source="assumed", group="centre",
        en="Dispatch without knowledge", zh="初始交办准确率",
        meaning_en="chance of a correct dispatch before the centre has learned anything",
        meaning_zh="指挥中心尚无经验时正确交办的概率")
    learning_rate: float = parameter(
        0.001, 0, 0.01, unit="per case", role="uncertainty", source="assumed", group="centre",
        en="Speed of learning", zh="经验积累速度",
        meaning_en="share of what is still unknown that the centre learns from one closure, for 345,000 residents",
        meaning_zh="每办结一件案卷,指挥中心弥补经验差距的比例(按34.5万常住人口计)")
    rule_half_life: float = parameter(
        180, 14, 1000, unit="days", role="uncertainty", source="assumed", group="centre",
        en="Life of a working rule", zh="处置规则时效",
        meaning_en="days until half of a working rule, or of what the centre knows, is forgotten",
        meaning_zh="分类处置规则和办案经验淡忘一半所需的天数")
    perfunctory_base: float = parameter(
        -2.0, -6, 1, unit="log-odds", role="uncertainty", source="assumed", group="departments",
        en="Readiness to close on paper", zh="敷衍办结基准倾向",
        meaning_en="log-odds of closing a case on paper only, without pressure; fitted to a paper share of 0.15",
        meaning_zh="没有压力时仅在纸面办结的倾向(对数几率),按纸面办结占比0.15校准")
    effort_gain: float = parameter(
        1.0, 0, 2, unit="share", role="uncertainty", source="assumed", group="departments",
        en="Effort under pressure", zh="压力增效幅度",
        meaning_en="largest gain in capacity that pressure can bring",
        meaning_zh="问责压力最多能提高的处置能力比例")
    paperwork_cost: float = parameter(
        0.2, 0, 0.6, unit="share of a staff-day", role="uncertainty", source="assumed", group="departments",
        en="Paperwork under pressure", zh="痕迹管理成本",
        meaning_en="share of every staff-day that goes into records at full pressure",
        meaning_zh="满压力下每个人日中耗于台账留痕的比例")
    tie_growth: float = parameter(
        0.05, 0, 0.5, unit="per joint case", role="uncertainty", source="assumed", group="departments",
        en="Ties grow", zh="协作关系增强",
        meaning_en="gain of a tie between two units from a joint case done well, for 345,000 residents",
        meaning_zh="两单位联合办好一件案卷后协作关系的增幅(按34.5万常住人口计)")
    tie_decay: float = parameter(
        0.03, 0, 0.3, unit="per month", role="uncertainty", source="assumed", group="departments",
        en="Ties fade", zh="协作关系衰减",
        meaning_en="share of a tie that is lost in a month",
        meaning_zh="协作关系每月淡化的比例")
    loss_aversion: float = parameter(
        2.25, 1, 3, unit="ratio", role="uncertainty", source="literature", group="reporting",
        en="Loss aversion", zh="损失厌恶",
        meaning_en="weight of a disappointment against an equal gain (prospect theory)",
        meaning_zh="同等幅度的失望与惊喜相比的分量(前景理论)")
    expectation_speed: float = parameter(
        0.1, 0, 0.5, unit="per experience", role="uncertainty", source="assumed", group="reporting",
        en="Expectations adapt", zh="期望调整速度",
        meaning_en="share by which an experience moves expectations",
        meaning_zh="每次经历使居民期望调整的比例")
    trust_gain: float = parameter(
        0.10, 0.02, 0.3, unit="per experience", role="uncertainty", source="assumed", group="reporting",
        en="Trust gained", zh="信任上升幅度",
        meaning_en="share of the missing trust that a good experience adds",
        meaning_zh="一次好的经历弥补信任差距的比例")
    trust_loss: float = parameter(
        0.24, 0.02, 0.6, unit="per experience", role="uncertainty", source="assumed", group="reporting",
        en="Trust lost", zh="信任下降幅度",
        meaning_en="share of trust that a bad experience takes away",
        meaning_zh="一次坏的经历损失信任的比例")
    alignment_speed: float = parameter(
        0.08, 0, 0.5, unit="per month", role="uncertainty", source="assumed", group="society",
        en="Pull of the funder", zh="趋同速度",
        meaning_en="share by which organisations' work moves towards the funder's priorities in a month",
        meaning_zh="社会组织的工作重点每月向出资方靠拢的比例")
    deterrence_half_life: float = parameter(
        30, 7, 90, unit="days", role="uncertainty", source="assumed", group="campaign",
        en="Campaign half-life", zh="威慑半衰期",
        meaning_en="days until half of a campaign's deterrence is gone",
        meaning_zh="专项整治的威慑力减半所需的天数")
    staff_day_cost: float = parameter(
        600, 100, 3000, unit="yuan", role="uncertainty", source="assumed", group="workload",
        en="Cost of a staff-day", zh="人日成本",
        meaning_en="yuan that one staff-day of a unit costs",
        meaning_zh="各单位每个人日的成本")
