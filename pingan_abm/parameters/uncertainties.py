"""What nobody knows: the uncertainties."""

from functools import partial

from pydantic import BaseModel

from pingan_abm.parameters.fields import parameter

uncertain = partial(parameter, role="uncertainty")


class Uncertainties(BaseModel):
    """Parameters whose true value is unknown; studies sample them within their bounds."""

    problem_rate: float = uncertain(
        0.5,
        low=0.2,
        high=1.0,
        unit="per person and year",
        source="assumed",
        group="problems",
        en="Problems per person",
        zh="人均问题发生率",
        meaning_en="Problems that arise per person and year; moves all issue types alike.",
        meaning_zh="每人每年发生的问题数；各类问题同比例变动。",
    )
    work_median: float = uncertain(
        1.5,
        low=0.5,
        high=4.0,
        unit="staff-days",
        source="assumed",
        group="problems",
        en="Work per case",
        zh="案卷工作量中位数",
        meaning_en="Median work of a case; moves all issue types in proportion.",
        meaning_zh="每件案卷工作量的中位数；各类问题同比例变动。",
    )
    work_log_sd: float = uncertain(
        1.0,
        low=0.7,
        high=1.5,
        unit="log sd",
        source="assumed",
        group="problems",
        en="Spread of work",
        zh="工作量离散度",
        meaning_en="Standard deviation of the logarithm of work; moves all issue types in proportion.",
        meaning_zh="工作量对数的标准差；各类问题同比例变动。",
    )
    multi_department_share: float = uncertain(
        0.15,
        low=0.05,
        high=0.35,
        unit="share",
        source="assumed",
        group="problems",
        en="Problems that need several units",
        zh="跨部门问题占比",
        meaning_en="Share of problems that are solved only when two units or more have acted.",
        meaning_zh="须两个以上单位都办理才能真正解决的问题比重。",
    )
    statutory_wait_share: float = uncertain(
        0.2,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        group="problems",
        en="Cases that wait for a legal period",
        zh="须等待法定期限的案卷占比",
        meaning_en="Share of cases, among types that need full legal powers, in which the unit must wait for a notice or objection period.",
        meaning_zh="在完全依赖执法权的问题类型中，承办单位须等待告知、复议等法定期限届满才能办理的案卷比重；其他类型按比例减少。",
    )
    statutory_wait_days: float = uncertain(
        60,
        low=1,
        high=180,
        unit="days",
        source="literature",
        group="problems",
        en="Length of a legal period",
        zh="法定期限时长",
        meaning_en="Mean wait for a notice or objection period (60 days to ask for reconsideration: law of 1999, article 9).",
        meaning_zh="等待法定期限的平均天数（《行政复议法》1999年第九条：申请复议期限为六十日）。",
    )
    persons_per_grid: int = uncertain(
        774,
        low=200,
        high=3000,
        unit="persons",
        source="literature",
        group="resources",
        en="Residents per grid",
        zh="每网格人口",
        meaning_en="Residents in the grid of one officer (Zhejiang, 2022).",
        meaning_zh="一名网格员负责的居民人数（浙江，2022年）。",
    )
    report_base: float = uncertain(
        -1.3,
        low=-4,
        high=2,
        unit="log-odds",
        source="assumed",
        group="society",
        en="Readiness to report",
        zh="反映意愿基准",
        meaning_en="Readiness of an affected resident to report, other things equal.",
        meaning_zh="其他条件相同时，受影响居民反映问题的意愿。",
    )
    report_trust_effect: float = uncertain(
        1.5,
        low=0,
        high=4,
        unit="log-odds",
        source="assumed",
        group="society",
        en="Trust makes people report",
        zh="信任对反映的影响",
        meaning_en="How much more a full trust makes people report than none.",
        meaning_zh="完全信任比毫不信任使居民多大程度上更愿意反映。",
    )
    report_owner_effect: float = uncertain(
        0.4,
        low=-1,
        high=2,
        unit="log-odds",
        source="assumed",
        group="society",
        en="Owners report more",
        zh="业主身份对反映的影响",
        meaning_en="How much more home owners report than tenants.",
        meaning_zh="业主比租户多大程度上更愿意反映。",
    )
    loss_aversion: float = uncertain(
        2.25,
        low=1,
        high=3,
        unit="ratio",
        source="literature",
        group="society",
        en="Loss aversion",
        zh="损失厌恶",
        meaning_en="Weight of a disappointment against that of an equal surprise.",
        meaning_zh="同等幅度下，失望的分量相当于惊喜的多少倍。",
    )
    expectation_speed: float = uncertain(
        0.1,
        low=0,
        high=1,
        unit="per experience",
        source="assumed",
        group="society",
        en="Expectations adapt",
        zh="期望调整速度",
        meaning_en="Part of the gap by which expectation moves to what was experienced.",
        meaning_zh="每次经历后，期望向实际感受靠拢的比例。",
    )
    trust_gain: float = uncertain(
        0.10,
        low=0,
        high=0.3,
        unit="per experience",
        source="assumed",
        group="society",
        en="Trust gained",
        zh="信任上升幅度",
        meaning_en="Part of the way to full trust after a good experience.",
        meaning_zh="一次好的经历使信任向满分靠近的比例。",
    )
    trust_loss: float = uncertain(
        0.24,
        low=0,
        high=0.5,
        unit="per experience",
        source="assumed",
        group="society",
        en="Trust lost",
        zh="信任下降幅度",
        meaning_en="Part of trust lost after a bad experience.",
        meaning_zh="一次坏的经历使信任损失的比例。",
    )
    dispatch_base_accuracy: float = uncertain(
        0.80,
        low=0.3,
        high=1,
        unit="chance",
        source="assumed",
        group="learning",
        en="Dispatch without knowledge",
        zh="初始交办准确率",
        meaning_en="Chance of a correct dispatch by someone without experience of the type.",
        meaning_zh="没有该类问题经验时，交办正确的概率。",
    )
    learning_rate: float = uncertain(
        0.001,
        low=0,
        high=0.02,
        unit="per case",
        source="assumed",
        group="learning",
        en="Speed of learning",
        zh="经验积累速度",
        meaning_en="Part of the gap in knowledge that the centre closes with each case closed.",
        meaning_zh="每办结一件案卷，指挥中心的知识差距缩小的比例。",
    )
    rule_half_life: float = uncertain(
        180,
        low=7,
        high=3650,
        unit="days",
        source="assumed",
        group="learning",
        en="Life of a working rule",
        zh="处置规则时效",
        meaning_en="Days until half of a working rule or of knowledge is forgotten.",
        meaning_zh="处置规则和经验淡忘一半所需的天数。",
    )
    tie_growth: float = uncertain(
        0.05,
        low=0,
        high=0.5,
        unit="per joint case",
        source="assumed",
        group="learning",
        en="Relations grow",
        zh="协作关系增强",
        meaning_en="Growth of a relation between two institutions with each case in which one helped the other.",
        meaning_zh="每有一件协助办好的案卷，两机构关系的增强幅度。",
    )
    tie_decay: float = uncertain(
        0.03,
        low=0,
        high=0.5,
        unit="per month",
        source="assumed",
        group="learning",
        en="Relations fade",
        zh="协作关系衰减",
        meaning_en="Share of a relation between institutions lost in a month.",
        meaning_zh="机构之间的关系每月减弱的比例。",
    )
    perfunctory_base: float = uncertain(
        -2.0,
        low=-8,
        high=2,
        unit="log-odds",
        source="assumed",
        group="appraisal",
        en="Readiness to close on paper",
        zh="敷衍办结基准倾向",
        meaning_en="Readiness to close on paper without any pressure; fitted.",
        meaning_zh="没有压力时敷衍办结的倾向；经拟合得出。",
    )
    return_hard_effect: float = uncertain(
        0.0,
        low=-1,
        high=1,
        unit="log-odds",
        source="assumed",
        group="appraisal",
        en="Accountability and hard cases",
        zh="问责对疑难案卷的影响",
        meaning_en="Above 0 pressure makes units return hard cases more, below 0 less; the sign is unknown.",
        meaning_zh="大于0表示问责使单位更多退回疑难案卷，小于0则更少；正负尚不清楚。",
    )
    effort_gain: float = uncertain(
        0.15,
        low=0,
        high=1,
        unit="share of capacity",
        source="literature",
        group="appraisal",
        en="Effort under pressure",
        zh="压力增效幅度",
        meaning_en="Capacity that pressure adds at most, with diminishing returns. Field evidence on monitoring and "
        "incentives in public services finds small gains, some of which fade (Banerjee, Duflo & Glennerster 2008; "
        "Hasnain, Manning & Pierskalla 2014).",
        meaning_zh="压力最多能增加的办理能力，边际递减。公共服务监督与激励的实地研究表明增效有限，有的逐渐消退。",
    )
    fatigue: float = uncertain(
        0.3,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        group="appraisal",
        en="Fatigue under lasting pressure",
        zh="长期高压下的疲劳",
        meaning_en="How far pressure that lasts wears people out: effort falls and trained staff leave; 0: not at all.",
        meaning_zh="持续高压使人疲惫的程度：工作效率下降、熟练人员流失；0为无影响。",
    )
    fatigue_memory: float = uncertain(
        120,
        low=30,
        high=365,
        unit="days",
        source="assumed",
        group="appraisal",
        en="Memory of pressure",
        zh="压力记忆期",
        meaning_en="Days over which pressure is averaged before it counts as lasting.",
        meaning_zh="压力按多少天平均后算作持续压力。",
    )
    fatigue_effort: float = uncertain(
        0.3,
        low=0,
        high=0.6,
        unit="share of effort",
        source="assumed",
        group="appraisal",
        en="Effort lost to fatigue",
        zh="疲劳造成的效率损失",
        meaning_en="Share of effort lost at full fatigue and full lasting pressure.",
        meaning_zh="疲劳与持续压力均最大时损失的工作效率比重。",
    )
    fatigue_turnover: float = uncertain(
        0.3,
        low=0,
        high=1,
        unit="share a year",
        source="assumed",
        group="appraisal",
        en="Turnover from fatigue",
        zh="疲劳造成的人员流失",
        meaning_en="Share of trained staff a year that leaves at full fatigue and full lasting pressure.",
        meaning_zh="疲劳与持续压力均最大时每年流失的熟练人员比重。",
    )
    training_days: float = uncertain(
        180,
        low=30,
        high=720,
        unit="days",
        source="assumed",
        group="appraisal",
        en="Time to train",
        zh="新手熟练所需天数",
        meaning_en="Mean days until a new member of staff works like a trained one.",
        meaning_zh="新进人员达到熟练水平平均所需天数。",
    )
    untrained_loss: float = uncertain(
        0.4,
        low=0,
        high=0.8,
        unit="share of effort",
        source="assumed",
        group="appraisal",
        en="Effort lacking in the untrained",
        zh="新手效率差距",
        meaning_en="Share of a trained person's work that an untrained one does not do.",
        meaning_zh="新手比熟练人员少完成的工作比重。",
    )
    paperwork_cost: float = uncertain(
        0.2,
        low=0,
        high=0.5,
        unit="share of a staff-day",
        source="assumed",
        group="appraisal",
        en="Paperwork under pressure",
        zh="痕迹管理成本",
        meaning_en="Share of every staff-day that goes into records at full pressure.",
        meaning_zh="压力最大时，每个人日用于留痕、填报的比重。",
    )
    alignment_speed: float = uncertain(
        0.08,
        low=0,
        high=1,
        unit="per month",
        source="assumed",
        group="funding",
        en="Pull of the funder",
        zh="趋同速度",
        meaning_en="Part of the gap by which an organisation moves to its funder's goals in a month.",
        meaning_zh="社会组织每月向出资方目标靠拢的比例。",
    )
    deterrence_half_life: float = uncertain(
        30,
        low=7,
        high=90,
        unit="days",
        source="assumed",
        group="campaign",
        en="Campaign half-life",
        zh="威慑半衰期",
        meaning_en="Days until half of a campaign's deterrence has gone.",
        meaning_zh="整治结束后威慑力减半所需的天数。",
    )
    staff_day_cost: float = uncertain(
        600,
        low=100,
        high=3000,
        unit="yuan",
        source="assumed",
        group="resources",
        en="Cost of a staff-day",
        zh="人日成本",
        meaning_en="What a staff-day of a unit costs.",
        meaning_zh="部门一个人日的成本。",
    )
