"""What belongs to the model itself: switches of single mechanisms and rival forms of the rules that carry the
argument."""

from functools import partial
from typing import Literal

from pingan_abm.parameters.fields import ParameterGroup, parameter

switch = partial(parameter, True, unit="on/off", role="structural", source="assumed", group="switches")
form = partial(parameter, unit="choice", role="structural", source="assumed", group="forms")


class Structure(ParameterGroup):
    """Structural parameters: which mechanisms are at work, and in which form."""

    social_cogovernance: bool = parameter(
        True,
        unit="on/off",
        role="structural",
        source="paper",
        group="switches",
        en="Social co-governance",
        zh="社会协同共治",
        meaning_en="Officers, communities, organisations and groups try to settle problems first.",
        meaning_zh="网格员、社区、社会组织和草根组织先行化解问题。",
    )
    administrative_handling: bool = parameter(
        True,
        unit="on/off",
        role="structural",
        source="paper",
        group="switches",
        en="Administrative handling",
        zh="行政处置",
        meaning_en="What society cannot settle gets a case file and goes to the units.",
        meaning_zh="社会化解不了的问题立卷，交部门办理。",
    )
    return_form: Literal["logit", "score_loss"] = form(
        "logit",
        en="How units decide to return",
        zh="退单决策形式",
        meaning_en="Log-odds of unclear duties and load, or the smaller loss of score.",
        meaning_zh="按职责模糊和负荷的对数几率，或按得分损失较小者决定。",
    )
    closure_form: Literal["strain", "multitask"] = form(
        "strain",
        en="How paper closure arises",
        zh="纸面办结形式",
        meaning_en="From pressure and strain together, or from two tasks with a common capacity.",
        meaning_zh="由压力与吃紧共同引起，或由两项任务争用同一能力引起。",
    )
    alignment_form: Literal["gradual", "renewal"] = form(
        "gradual",
        en="How alignment moves",
        zh="趋同机制形式",
        meaning_en="Month by month, or only when a contract is renewed.",
        meaning_zh="逐月渐变，或仅在合同续签时改变。",
    )
    contact_network: Literal["small_world", "rewired", "none"] = form(
        "small_world",
        en="Whom residents know",
        zh="居民熟人网络",
        meaning_en="Mostly neighbours (small world), as many contacts anywhere in the district (rewired), or nobody.",
        meaning_zh="多为邻里（小世界），同样数量但遍布全区（随机重连），或彼此不相识。",
    )
    leadership_steers_by: Literal["nothing", "reported", "true"] = form(
        "nothing",
        en="What leaders steer by",
        zh="领导调整的依据",
        meaning_en="Once a year leaders move targets, weights, verification and posts towards what looks bad: in no "
        "figures, in reported ones, or in true ones.",
        meaning_zh="领导每年一次据以调整指标、权重、核实力度和编制的数据：不依据数据、按上报数据或按真实情况。",
    )
    income_form: Literal["independent", "crowding_in"] = form(
        "independent",
        en="How other income moves",
        zh="其他收入变动形式",
        meaning_en="Other income of organisations moves by itself, or government money brings it along.",
        meaning_zh="社会组织的其他收入自行变动，或随政府资金带动。",
    )
    relation_network: Literal["evolving", "frozen", "rewired", "star", "none"] = form(
        "evolving",
        en="Network of relations",
        zh="机构关系网络",
        meaning_en="Over which relations institutions cooperate: as experienced, as at the start, with others than those "
        "they work with (so that experience feeds no relation that is used), only through the centre (two strong ties "
        "in a row, stronger than most direct ones), or over none.",
        meaning_zh="机构之间依托何种关系开展协作：随经历演变、维持初始、随机重连（改与他人往来，共事经历因此不增进所用的关系）、"
        "仅经指挥中心（两段强关系相连，强于多数直接关系），或无。",
    )
    behaviour: Literal["full", "capacity_only"] = form(
        "full",
        en="Strategic behaviour",
        zh="策略行为",
        meaning_en="All behaviour, or queues alone: the null model.",
        meaning_zh="包含全部行为，或只有排队（零模型）。",
    )
    calendar: bool = switch(
        en="Calendar",
        zh="日历波动",
        meaning_en="Weekends and the ups and downs of arrivals; off: every day alike.",
        meaning_zh="周末和问题数量的起伏；关闭则每天一样。",
    )
    appraisal: bool = switch(
        en="Appraisal",
        zh="考核排名",
        meaning_en="Monthly scores and ranks move pressure; off: no rank and no veto.",
        meaning_zh="每月评分排名形成压力；关闭则无排名、无否决。",
    )
    ratchet: bool = switch(
        en="Ratchet of targets",
        zh="目标棘轮",
        meaning_en="A target that is reached is raised for the next quarter.",
        meaning_zh="指标一旦达到，下季度即上调。",
    )
    diffusion: bool = switch(
        en="Word of mouth",
        zh="口碑扩散",
        meaning_en="Trust drifts towards that of one's contacts each week.",
        meaning_zh="每周信任度向熟人的平均水平靠拢。",
    )
    hearing: bool = switch(
        en="Hearing of others' problems",
        zh="听闻他人遭遇",
        meaning_en="Residents hear from contacts that a problem was solved, or closed on paper, and report more or less.",
        meaning_zh="居民从熟人处听说问题得到解决或被敷衍办结，因而更愿或更不愿反映。",
    )
    contact_trust: bool = switch(
        en="Contact builds trust",
        zh="接触增进信任",
        meaning_en="A visit, a revisit or a group's mediation raises trust a little, whatever comes of it.",
        meaning_zh="上门、回访或草根组织调解，不论结果如何，都略增信任。",
    )
    volunteers_ask: bool = switch(
        en="Volunteers ask contacts",
        zh="志愿者邀约熟人",
        meaning_en="Volunteers ask their contacts to join them.",
        meaning_zh="志愿者邀请熟人加入。",
    )
    ladder: bool = switch(
        en="Ladder from helper to subject",
        zh="从辅助到主体的阶梯",
        meaning_en="Reporters volunteer more readily, groups grow by volunteers, and members run the ideas they propose.",
        meaning_zh="反映者更易成为志愿者，草根组织从志愿者中吸收成员，成员亲自推动所提的点子。",
    )
    second_principal: bool = switch(
        en="Second principal of line units",
        zh="条管单位的上级条线",
        meaning_en="Principals above the district take the time of line units in waves.",
        meaning_zh="区以上主管部门分轮次占用条管单位的工作时间。",
    )
    tie_dynamics: bool = switch(
        en="Relations change",
        zh="机构关系演变",
        meaning_en="Relations grow with help that worked, fall with refusals and fade when unused.",
        meaning_zh="机构关系随有效协助增强、因拒绝减弱、长期不用则淡化。",
    )
    neighbours_mediate: bool = switch(
        en="Neighbours mediate",
        zh="邻里参与调解",
        meaning_en="Officers ask a neighbour of the complainant to mediate what needs no legal powers.",
        meaning_zh="对无需执法权的问题，网格员请当事人的邻里出面调解。",
    )
    studios_ask: bool = switch(
        en="Studios ask organisations",
        zh="草根组织转请社会组织",
        meaning_en="What a grassroots group cannot settle it first puts to an organisation that works there.",
        meaning_zh="草根组织调解不了的问题，先转请在当地服务的社会组织承接。",
    )
    three_society_link: bool = parameter(
        True,
        unit="on/off",
        role="structural",
        source="paper",
        group="switches",
        en="Link of community, organisation and social worker",
        zh="三社联动",
        meaning_en="Social workers make organisations readier to help the communities where they work.",
        meaning_zh="社工使社会组织更愿意协助所服务的社区。",
    )
    residents_talks: bool = switch(
        en="Residents' talks",
        zh="居民恳谈会",
        meaning_en="At forums residents bring up problems that nobody has registered.",
        meaning_zh="居民在会上提出尚未登记的问题。",
    )
    composite_bodies: int = parameter(
        0,
        low=0,
        high=6,
        unit="groups",
        role="structural",
        source="assumed",
        group="society",
        en="Composite bodies",
        zh="社会复合主体数量",
        meaning_en="Standing coalitions of units, organisations, firms, university and media, each on one theme.",
        meaning_zh="由部门、社会组织、企业、高校和媒体围绕一个主题组成的常设联合体数量。",
    )
    organisation_work: bool = switch(
        en="Organisations work on problems",
        zh="社会组织参与化解",
        meaning_en="Social organisations help with attempts and files when they are asked, and take problems up themselves.",
        meaning_zh="社会组织应请求协助化解和办案，并主动接手问题。",
    )
    helping: bool = switch(
        en="Helping is a decision",
        zh="自主决定是否协助",
        meaning_en="Whoever is asked to help another decides whether to; off: it answers as it would a dispatch of its own.",
        meaning_zh="被请求协助的一方自行决定是否答应；关闭则如同对待交办给自己的案卷。",
    )
    volunteers: bool = switch(
        en="Volunteers",
        zh="志愿者",
        meaning_en="Volunteers help to settle problems, join and leave.",
        meaning_zh="志愿者参与化解问题，并有进有出。",
    )
    patrol: bool = switch(
        en="Patrol",
        zh="网格巡查",
        meaning_en="Grid officers find problems that nobody reported.",
        meaning_zh="网格员巡查发现无人反映的问题。",
    )
    repeat_reports: bool = switch(
        en="Repeat reports",
        zh="重复反映",
        meaning_en="Reporters report again when nothing happens.",
        meaning_zh="问题未解决时，居民会再次反映。",
    )
    severity_growth: bool = switch(
        en="Problems grow worse",
        zh="问题恶化",
        meaning_en="Some problems grow graver until they are solved, up to a crisis.",
        meaning_zh="部分问题不解决就逐渐加重，直至酿成危机。",
    )
    recurrence: bool = switch(
        en="Paper closures recur",
        zh="敷衍复发",
        meaning_en="A problem closed only on paper may be felt again.",
        meaning_zh="只在纸面办结的问题可能再次冒头。",
    )
    revisits: bool = switch(
        en="Revisits",
        zh="回访",
        meaning_en="Grid officers call on complainants after closure.",
        meaning_zh="结案后网格员回访投诉人。",
    )
    holding_back: bool = switch(
        en="Holding back",
        zh="压住不报",
        meaning_en="Pressed communities keep unsettled problems from going up.",
        meaning_zh="承压的社区把化解不了的问题压住、不上报。",
    )
    padding: bool = switch(
        en="Padded uploads",
        zh="凑数上报",
        meaning_en="Upload targets not met by true finds are met with trifles.",
        meaning_zh="真实发现不足时，用琐碎信息凑足上报任务。",
    )
    supervision: bool = switch(
        en="Supervision with a deadline",
        zh="限期督办",
        meaning_en="Stuck cases get a deadline from the discipline commission.",
        meaning_zh="久拖的案卷由纪委限期督办。",
    )
    special_meetings: bool = switch(
        en="Special-topic meetings",
        zh="专题会",
        meaning_en="A meeting settles who leads for a whole class of problems.",
        meaning_zh="由专题会确定一类问题的牵头单位和处置规则。",
    )
    organisation_dynamics: bool = switch(
        en="Organisations change",
        zh="社会组织演变",
        meaning_en="Alignment, contracts, reserves, entry and exit of organisations.",
        meaning_zh="社会组织的趋同、续约、储备、成立与退出。",
    )
    campaign_crisis: bool = switch(
        en="Campaigns after a crisis",
        zh="危机引发整治",
        meaning_en="Without a centre a crisis sets off a campaign.",
        meaning_zh="没有指挥中心时，危机事件引发一场专项整治。",
    )
    campaign_returns: bool = switch(
        en="Returns call campaigns",
        zh="反弹引发整治",
        meaning_en="When a type is reported much more than before its last campaign, the next one is called.",
        meaning_zh="某类问题的反映量明显超过上次整治前时，再次开展整治。",
    )
    buck_passing: bool = switch(
        en="Buck-passing",
        zh="推诿退单",
        meaning_en="Units return files that are theirs; what is not theirs goes back in any case.",
        meaning_zh="单位把本属自己职责的案卷退回；确非其职责的，任何情况下都会退回。",
    )
    perfunctory: bool = switch(
        en="Closing on paper",
        zh="敷衍办结",
        meaning_en="Units close files on paper without solving the problem.",
        meaning_zh="单位只在纸面办结，并未真正解决问题。",
    )
    joint_dispatch: bool = switch(
        en="Joint dispatch",
        zh="联合交办",
        meaning_en="A file goes to several units at once; off: to one, which asks the others in turn.",
        meaning_zh="案卷同时交办给几个单位；关闭则只交一个单位，由其依次商请其他单位。",
    )
    ideas: bool = switch(
        en="Golden ideas",
        zh="金点子",
        meaning_en="Grassroots groups propose ideas that prevent problems.",
        meaning_zh="草根组织提出金点子，使同类问题减少。",
    )
    disembedding: bool = switch(
        en="Disembedding",
        zh="脱域",
        meaning_en="Organisations of little commitment leave the collaboration.",
        meaning_zh="协同意愿过低的社会组织退出协作。",
    )
    fading: bool = switch(
        en="What is learned fades",
        zh="经验消退",
        meaning_en="Working rules and knowledge decay unless they are renewed.",
        meaning_zh="处置规则和经验若不更新就逐渐消退。",
    )
    remedies: bool = switch(
        en="Remedies take time",
        zh="整改需要时间",
        meaning_en="What units order takes time to be done; off: done at once.",
        meaning_zh="部门处置后，整改落实需要时间；关闭则立即完成。",
    )
    places: bool = switch(
        en="Places",
        zh="场所",
        meaning_en="Shops, estates, sites and pitches cause problems, put them right or not, slacken and watch each other.",
        meaning_zh="商铺、小区、工地、摊点等场所产生问题，整改或不整改，会松懈，也会互相观望。",
    )
    shared_causes: bool = switch(
        en="Shared causes",
        zh="共同诱因",
        meaning_en="Rain, heat, holidays and terms make many problems of certain kinds arise on the same days.",
        meaning_zh="暴雨、高温、节假日、开学等使某些问题在同一时间集中发生。",
    )
    learning: bool = switch(
        en="Learning",
        zh="经验积累",
        meaning_en="Knowledge and working rules build up; off: they stay as at the start.",
        meaning_zh="知识和处置规则逐步积累；关闭则维持初始水平。",
    )
