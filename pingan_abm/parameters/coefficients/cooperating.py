"""R21: asking and helping between institutions."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="cooperating", coefficient=True)


class Cooperating(ParameterGroup):
    """Coefficients of asking, helping and relations."""

    help_base: float = coefficient(
        0.5,
        low=-3,
        high=4,
        unit="log-odds",
        en="Readiness to help",
        zh="协助的基准倾向",
        meaning_en="Readiness to help somebody without any relation, at usual load, unwatched.",
        meaning_zh="彼此没有往来、负荷正常且无考核压力时答应协助的倾向。",
    )
    help_relation_effect: float = coefficient(
        2.5,
        low=0,
        high=6,
        unit="log-odds",
        en="Relations make help likelier",
        zh="关系促进协助",
        meaning_en="What a full relation adds to that readiness, against none.",
        meaning_zh="关系最紧密时比毫无关系时协助倾向的增幅。",
    )
    help_load_effect: float = coefficient(
        0.6,
        low=0,
        high=3,
        unit="log-odds",
        en="Load makes help rarer",
        zh="负荷抑制协助",
        meaning_en="Readiness lost when the load rises by as much as is usual.",
        meaning_zh="负荷增加一倍于正常水平时，协助倾向的降幅。",
    )
    help_command_effect: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="log-odds",
        en="Command obliges",
        zh="指令约束",
        meaning_en="What a joint dispatch by the centre adds to the readiness to help.",
        meaning_zh="指挥中心联合交办使协助倾向增加的幅度。",
    )
    help_supervision_effect: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="log-odds",
        en="Supervision obliges",
        zh="督办约束",
        meaning_en="What supervision with a deadline adds to it.",
        meaning_zh="限期督办使协助倾向增加的幅度。",
    )
    help_territory_effect: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="log-odds",
        en="Territory obliges",
        zh="属地约束",
        meaning_en="What it adds that the problem lies in the subdistrict that is asked (territorial principle: paper).",
        meaning_zh="问题发生在被请求街道辖区内时协助倾向的增幅（属地管理见论文）。",
    )
    credit_effect: float = coefficient(
        3.0,
        low=0,
        high=10,
        unit="log-odds",
        en="Credit makes help likelier",
        zh="计功促进协助",
        meaning_en="What full credit for the helper adds at full pressure.",
        meaning_zh="压力为1时，协办单位全额计功使协助倾向增加的幅度。",
    )
    rivalry_effect: float = coefficient(
        3.0,
        low=0,
        high=10,
        unit="log-odds",
        en="Rivals do not help",
        zh="竞争抑制协助",
        meaning_en="What the closest rival in the ranking takes off at full pressure (sign: Lazear 1989; Drago & Garvey 1998).",
        meaning_zh="压力为1时，排名紧邻的竞争者使协助倾向降低的幅度（方向依据：Lazear，1989年；Drago 与 Garvey，1998年）。",
    )
    relation_loss: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="per experience",
        en="Refusals cost relations",
        zh="拒绝损害关系",
        meaning_en="Share of a relation lost with each refusal and each help that failed.",
        meaning_zh="每遭一次拒绝或协助失败，关系减弱的比例。",
    )
    ask_again_days: float = coefficient(
        5.0,
        low=0.5,
        high=30,
        unit="days",
        en="Until one asks again",
        zh="再次商请间隔",
        meaning_en="Days after a refusal until the unit that leads asks again.",
        meaning_zh="遭拒后牵头单位再次商请的间隔天数。",
    )
    asks_before_centre: int = coefficient(
        2,
        low=1,
        high=10,
        unit="times",
        en="Asked before the centre",
        zh="提请中心前的商请次数",
        meaning_en="Refusals after which the unit that leads turns to the centre.",
        meaning_zh="遭拒多少次后牵头单位提请指挥中心协调。",
    )
    desk_error: float = coefficient(
        1.6,
        low=1,
        high=4,
        unit="ratio",
        en="Separate desks err more",
        zh="独立受理台的差错倍数",
        meaning_en="How many times as often as usual the desk of a separate system errs without knowing anybody.",
        meaning_zh="独立系统的受理台在没有熟识单位时，交办差错相当于通常的倍数。",
    )
    desk_relation_effect: float = coefficient(
        0.6,
        low=0,
        high=1,
        unit="share",
        en="Acquaintances inform a desk",
        zh="熟识单位告知受理台",
        meaning_en="Share of what such a desk lacks that a full relation with the unit that must act makes good.",
        meaning_zh="与应办单位关系最紧密时，能补足受理台所缺信息的比例。",
    )
    desk_file_effect: float = coefficient(
        0.8,
        low=0,
        high=1,
        unit="chance",
        en="Acquaintances know earlier files",
        zh="熟识单位告知先前案卷",
        meaning_en="Chance that such a desk learns of an earlier file from its holder, at a full relation.",
        meaning_zh="关系最紧密时，独立受理台从承办单位得知先前案卷的概率。",
    )
    relation_at_start_command: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="0–1",
        en="Relations of command at the start",
        zh="指挥与隶属的初始关系",
        meaning_en="Relation at the start between a unit and the centre, and a community and its subdistrict's office.",
        meaning_zh="单位与指挥中心之间、社区与所属街道之间的初始关系。",
    )
    organisation_help_base: float = coefficient(
        -1.0,
        low=-5,
        high=3,
        unit="log-odds",
        en="Organisations help less readily",
        zh="社会组织的协助倾向",
        meaning_en="By how much an organisation without government money is readier to help than a unit (above 0), or less ready.",
        meaning_zh="没有政府资金的社会组织比部门更愿意（大于0）或更不愿意协助的幅度。",
    )
    help_contract_effect: float = coefficient(
        1.5,
        low=0,
        high=6,
        unit="log-odds",
        en="Contracts oblige",
        zh="合同约束",
        meaning_en="What full dependence on government funding adds to an organisation's readiness to help those who act for government.",
        meaning_zh="完全依赖政府资金时，社会组织答应政府方请求的倾向的增幅。",
    )
    own_initiative_base: float = coefficient(
        -1.0,
        low=-6,
        high=3,
        unit="log-odds",
        en="Own initiative",
        zh="主动接手倾向",
        meaning_en="Readiness, beside that to help, to take up a waiting problem on one's own initiative, a day.",
        meaning_zh="社会组织主动接手待处理问题的倾向（在协助倾向之外，每天）。",
    )
    wish_dependence_effect: float = coefficient(
        3.0,
        low=0,
        high=10,
        unit="log-odds",
        en="Dependence deters from residents' wishes",
        zh="依赖抑制回应居民意愿",
        meaning_en="What full dependence takes off that readiness where residents need what government does not want.",
        meaning_zh="居民需要而政府不重视时，完全依赖使上述倾向降低的幅度。",
    )
    own_time_share: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="Own time for such problems",
        zh="自主时间投入比例",
        meaning_en="Share of its time outside coordinated work that an organisation gives to problems on the communities' lists.",
        meaning_zh="社会组织在协同工作之外的时间中，用于社区待处理问题的比例。",
    )
    organisations_asked_most: int = coefficient(
        2,
        low=1,
        high=10,
        unit="times",
        en="Organisations asked",
        zh="最多商请组织数",
        meaning_en="Organisations that a community asks about one attempt at most.",
        meaning_zh="社区为一次化解最多商请的社会组织数。",
    )
    ask_whim: float = coefficient(
        0.2,
        low=0,
        high=2,
        unit="0–1",
        en="Others are asked too",
        zh="商请的随机性",
        meaning_en="By how much chance, beside the relation, decides who is asked first.",
        meaning_zh="除关系外，偶然因素对先请谁的影响幅度。",
    )
    days_kept: float = coefficient(
        10.0,
        low=1,
        high=60,
        unit="days",
        en="Unused days are kept",
        zh="未用人日的保留",
        meaning_en="Days of its capacity that an organisation can keep for later.",
        meaning_zh="社会组织可以留待以后使用的能力，折合天数。",
    )
    work_memory: float = coefficient(
        6.0,
        low=1,
        high=36,
        unit="months",
        en="Memory of work done",
        zh="工作记录的时长",
        meaning_en="Months over which the share of work on one's own initiative is measured.",
        meaning_zh="计算自主工作占比所依据的月数。",
    )
    organisation_days_a_file: float = coefficient(
        1.0,
        low=0.1,
        high=10,
        unit="organisation-days",
        en="Organisations' days a file",
        zh="每件案卷组织人日",
        meaning_en="Days that an organisation gives to a file on which the centre calls it.",
        meaning_zh="指挥中心商请社会组织协助一件案卷所用的人日。",
    )
    organisation_file_relief: float = coefficient(
        0.25,
        low=0,
        high=0.9,
        unit="share",
        en="Organisations relieve units",
        zh="社会组织减轻部门工作",
        meaning_en="Share of a unit's work on a fully solvable problem that an organisation takes over.",
        meaning_zh="对社会完全可以化解的问题，社会组织能分担的部门工作量比例。",
    )
    relation_at_start_service: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="0–1",
        en="Relations of service at the start",
        zh="服务关系的初始值",
        meaning_en="Relation at the start between an organisation and a community where it works, and with the centre.",
        meaning_zh="社会组织与所服务社区、与指挥中心之间的初始关系。",
    )
    social_worker_effect: float = coefficient(
        0.3,
        low=0,
        high=3,
        unit="log-odds",
        en="Social workers link",
        zh="社工的联动作用",
        meaning_en="What the link of community, organisation and social worker adds to an organisation's readiness to help.",
        meaning_zh="三社联动使社会组织协助倾向增加的幅度。",
    )
    forum_gain: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="share",
        en="Meeting makes relations",
        zh="会面增进关系",
        meaning_en="Part of the way to a full relation that two institutions go when they meet in a forum or a composite body.",
        meaning_zh="两个机构在圆桌会议或复合主体中会面一次，关系向最大值1靠近的比例。",
    )
    forum_departments: int = coefficient(
        3,
        low=0,
        high=20,
        unit="units",
        en="Departments at a forum",
        zh="到会部门数",
        meaning_en="Departments that come to a forum.",
        meaning_zh="一次圆桌会议到会的部门数。",
    )
    forum_organisations: int = coefficient(
        5,
        low=0,
        high=50,
        unit="organisations",
        en="Organisations at a forum",
        zh="到会社会组织数",
        meaning_en="Organisations that come to a forum.",
        meaning_zh="一次圆桌会议到会的社会组织数。",
    )
    talk_problems: float = coefficient(
        6.0,
        low=0,
        high=50,
        unit="times",
        en="Problems talked over",
        zh="恳谈提出问题数",
        meaning_en="Unregistered problems that residents bring up in one talk, in the whole district.",
        meaning_zh="全区规模下，一次恳谈会上居民提出的未登记问题数。",
    )
    body_units: int = coefficient(
        4,
        low=1,
        high=20,
        unit="units",
        en="Units in a composite body",
        zh="复合主体中的单位数",
        meaning_en="Units that belong to a composite body.",
        meaning_zh="一个社会复合主体包含的单位数。",
    )
    body_organisations: int = coefficient(
        6,
        low=1,
        high=50,
        unit="organisations",
        en="Organisations in a composite body",
        zh="复合主体中的社会组织数",
        meaning_en="Organisations that belong to it.",
        meaning_zh="其中包含的社会组织数。",
    )
