"""The structure: rival forms of disputed rules, and a switch for every mechanism that can be turned off by itself."""

from typing import Literal

from pingan_abm.parameter_fields import Declared, parameter, switch


class Structure(Declared):
    """Parameters that are part of the model itself. Off means: all stays as at the start, or the step is left out."""

    social_cogovernance: bool = switch(
        True, source="paper", en="Social co-governance", zh="社会协同共治",
        meaning_en="communities, organisations, groups and volunteers try to settle problems first",
        meaning_zh="社区、社会组织、草根组织和志愿者先行就地化解")
    administrative_handling: bool = switch(
        True, source="paper", en="Administrative handling", zh="行政处置",
        meaning_en="what society cannot settle becomes a case file for the units",
        meaning_zh="社会化解不了的问题立卷交由各单位处置")
    return_form: Literal["logit", "score_loss"] = parameter(
        "logit", unit="choice", role="structural", source="assumed", group="forms",
        en="How units decide to return", zh="退单决策形式",
        meaning_en="R8: logit of ambiguity, load and difficulty, or its rival, the smaller loss of score",
        meaning_zh="按职责模糊、负荷和难度的概率退单,或按考核得分损失大小退单")
    closure_form: Literal["strain", "multitask"] = parameter(
        "strain", unit="choice", role="structural", source="assumed", group="forms",
        en="How paper closure arises", zh="纸面办结形式",
        meaning_en="R10: pressure times strain, or its rival, effort and gaming as two tasks",
        meaning_zh="由压力与目标差距共同引起,或由实干与应付两项任务争夺精力引起")
    alignment_form: Literal["gradual", "renewal"] = parameter(
        "gradual", unit="choice", role="structural", source="assumed", group="forms",
        en="How alignment moves", zh="趋同机制形式",
        meaning_en="R17: month by month, or its rival, at contract renewal only",
        meaning_zh="逐月靠拢出资方,或仅在续签合同时调整")
    behaviour: Literal["full", "capacity_only"] = parameter(
        "full", unit="choice", role="structural", source="assumed", group="forms",
        en="Strategic behaviour", zh="策略行为",
        meaning_en="full, or the null model in which units only have queues and capacity",
        meaning_zh="完整策略行为,或只有排队与处置能力的零模型")
    calendar: bool = switch(
        True, en="Weekday calendar", zh="工作日历",
        meaning_en="weekdays, weekends and busy weeks; off: every day is alike",
        meaning_zh="区分工作日、周末和忙闲;关闭则天天一样")
    appraisal: bool = switch(
        True, source="paper", en="Appraisal and ranking", zh="考核排名",
        meaning_en="monthly scores, ranks and grades move pressure; off: middle rank, no veto",
        meaning_zh="按月考核打分、排名、定等级;关闭则各单位居中、无一票否决")
    diffusion: bool = switch(
        True, en="Trust spreads", zh="信任扩散",
        meaning_en="weekly averaging of trust between contacts",
        meaning_zh="居民信任度每周在熟人之间相互影响")
    tie_dynamics: bool = switch(
        True, en="Ties change", zh="协作关系演变",
        meaning_en="ties between units grow with joint success and fade without use",
        meaning_zh="部门间协作关系随联合办案增强、久不联系则淡化")
    volunteers: bool = switch(
        True, source="paper", en="Volunteers", zh="志愿者",
        meaning_en="residents volunteer and give time to settling problems",
        meaning_zh="居民参加志愿服务,协助就地化解")
    ratchet: bool = switch(
        True, source="literature", en="Ratchet", zh="棘轮效应",
        meaning_en="targets rise every quarter in which they were reached (Weitzman 1980)",
        meaning_zh="季度目标一旦达成就再往上调")
    patrol: bool = switch(
        True, source="paper", en="Patrol", zh="网格巡查",
        meaning_en="grid officers find problems that nobody reported",
        meaning_zh="网格员主动巡查发现无人反映的问题")
    repeat_reports: bool = switch(
        True, en="Repeat reports", zh="重复反映",
        meaning_en="reporters report again what stays unsolved or comes back",
        meaning_zh="问题久拖不决或复发时居民再次反映")
    severity_growth: bool = switch(
        True, en="Problems grow", zh="小事拖大",
        meaning_en="open problems may grow more severe and turn into a crisis",
        meaning_zh="未解决的问题可能加重,直至酿成危机事件")
    recurrence: bool = switch(
        True, source="paper", en="Recurrence", zh="问题复发",
        meaning_en="what was closed on paper is felt again",
        meaning_zh="纸面办结的问题过后又冒出来")
    revisits: bool = switch(
        True, source="paper", en="Revisits", zh="办结回访",
        meaning_en="grid officers call on complainants after closure",
        meaning_zh="案卷办结后由网格员回访投诉人")
    holding_back: bool = switch(
        True, source="paper", en="Holding back reports", zh="压件不上报",
        meaning_en="pressured communities hold back what they could not settle",
        meaning_zh="社区迫于压力把化解不了的问题压下不上交")
    padding: bool = switch(
        True, en="Padded uploads", zh="凑数上报",
        meaning_en="officers short of their upload target add worthless items",
        meaning_zh="网格员为完成上报指标而凑数")
    supervision: bool = switch(
        True, source="paper", en="Supervision with a deadline", zh="限期督办",
        meaning_en="the discipline commission supervises long or tangled cases with a deadline",
        meaning_zh="区纪委对久拖不决、跨部门的案卷限期督办")
    special_meetings: bool = switch(
        True, source="paper", en="Special-topic meetings", zh="专题会",
        meaning_en="the conduct office settles who leads a class of cases",
        meaning_zh="区作风办召开专题会,按类明确牵头单位")
    organisation_dynamics: bool = switch(
        True, en="Organisations change", zh="社会组织兴衰",
        meaning_en="organisations' income, alignment, entry and exit move; off: they stay as at the start",
        meaning_zh="社会组织的收入、趋同与进退随时间变化;关闭则保持初始状态")
    campaign_crisis: bool = switch(
        True, source="paper", en="Campaigns after crises", zh="危机引发的运动式整治",
        meaning_en="without a centre a crisis sets off a campaign",
        meaning_zh="没有指挥中心时,危机事件会引发一场专项整治")
    learning: bool = switch(
        True, source="paper", en="Learning", zh="积累经验",
        meaning_en="the centre's knowledge grows with closures and fades with time",
        meaning_zh="指挥中心的经验随办结案卷积累、随时间淡忘")
