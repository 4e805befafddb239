"""R18–R20: targets, ranks and grades, alarm, workshops, campaigns."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="steering", coefficient=True)


class Steering(ParameterGroup):
    """Coefficients of how the district steers."""

    district_target: float = coefficient(
        0.8,
        low=0.4,
        high=0.98,
        unit="share",
        en="The district's target",
        zh="区级目标",
        meaning_en="Target of the district at the start, which is passed down.",
        meaning_zh="区级初始目标，逐级下达。",
    )
    ratchet_step: float = coefficient(
        0.01,
        low=0,
        high=0.1,
        unit="share",
        en="Step of the ratchet",
        zh="棘轮步长",
        meaning_en="What a reached target is raised by (form: Weitzman 1980).",
        meaning_zh="目标达到后上调的幅度（形式依据：Weitzman，1980年）。",
    )
    ratchet_reached: float = coefficient(
        0.98,
        low=0.5,
        high=1,
        unit="share",
        en="Reached from",
        zh="达标界限",
        meaning_en="Share of all points from which the target counts as reached.",
        meaning_zh="得分达到满分的多少即视为达标。",
    )
    ratchet_highest: float = coefficient(
        0.95,
        low=0.5,
        high=0.999,
        unit="share",
        en="Highest target",
        zh="目标上限",
        meaning_en="Target above which the district does not go.",
        meaning_zh="区级目标的上限。",
    )
    upload_quota: float = coefficient(
        15.0,
        low=0,
        high=100,
        unit="uploads a month",
        en="Upload quota",
        zh="上报任务",
        meaning_en="Uploads a month asked of an officer, before two levels add to it.",
        meaning_zh="每名网格员每月的上报任务，未计两级加码。",
    )
    closure_weight: float = coefficient(
        0.6,
        low=0,
        high=1,
        unit="share",
        en="Weight of closure",
        zh="办结率权重",
        meaning_en="Share of closing in a unit's score without satisfaction; the rest is acting in real time.",
        meaning_zh="满意率以外的部门得分中办结率的比重，其余为实时处置率。",
    )
    grade_a_plus_from: float = coefficient(
        95.0,
        low=50,
        high=100,
        unit="points",
        en="Grade A+ from",
        zh="A+等界限",
        meaning_en="Points from which the grade is A+ (six grades: paper; cut-offs assumed).",
        meaning_zh="A+等的最低分（六个等次见论文，界限为假定）。",
    )
    grade_a_from: float = coefficient(
        90.0,
        low=50,
        high=100,
        unit="points",
        en="Grade A from",
        zh="A等界限",
        meaning_en="Points from which the grade is A.",
        meaning_zh="A等的最低分。",
    )
    grade_b_from: float = coefficient(
        80.0,
        low=40,
        high=100,
        unit="points",
        en="Grade B from",
        zh="B等界限",
        meaning_en="Points from which the grade is B.",
        meaning_zh="B等的最低分。",
    )
    grade_c_from: float = coefficient(
        70.0,
        low=30,
        high=100,
        unit="points",
        en="Grade C from",
        zh="C等界限",
        meaning_en="Points from which the grade is C.",
        meaning_zh="C等的最低分。",
    )
    grade_d_from: float = coefficient(
        60.0,
        low=20,
        high=100,
        unit="points",
        en="Grade D from",
        zh="D等界限",
        meaning_en="Points from which the grade is D; below it is E.",
        meaning_zh="D等的最低分，以下为E等。",
    )
    year_end_a_plus: float = coefficient(
        1.1,
        low=0.5,
        high=2,
        unit="ratio",
        en="Year-end coefficient of A+",
        zh="A+等年终系数",
        meaning_en="Coefficient with which grade A+ enters the year-end appraisal.",
        meaning_zh="A+等计入年终考核的系数。",
    )
    year_end_a: float = coefficient(
        1.05,
        low=0.5,
        high=2,
        unit="ratio",
        en="Year-end coefficient of A",
        zh="A等年终系数",
        meaning_en="Coefficient with which grade A enters the year-end appraisal.",
        meaning_zh="A等计入年终考核的系数。",
    )
    year_end_b: float = coefficient(
        1.0,
        low=0.5,
        high=2,
        unit="ratio",
        en="Year-end coefficient of B",
        zh="B等年终系数",
        meaning_en="Coefficient with which grade B enters the year-end appraisal.",
        meaning_zh="B等计入年终考核的系数。",
    )
    year_end_c: float = coefficient(
        0.9,
        low=0.5,
        high=2,
        unit="ratio",
        en="Year-end coefficient of C",
        zh="C等年终系数",
        meaning_en="Coefficient with which grade C enters the year-end appraisal.",
        meaning_zh="C等计入年终考核的系数。",
    )
    year_end_d: float = coefficient(
        0.8,
        low=0.5,
        high=2,
        unit="ratio",
        en="Year-end coefficient of D",
        zh="D等年终系数",
        meaning_en="Coefficient with which grade D enters the year-end appraisal.",
        meaning_zh="D等计入年终考核的系数。",
    )
    year_end_e: float = coefficient(
        0.7,
        low=0.3,
        high=2,
        unit="ratio",
        en="Year-end coefficient of E",
        zh="E等年终系数",
        meaning_en="Coefficient with which grade E enters the year-end appraisal.",
        meaning_zh="E等计入年终考核的系数。",
    )
    veto_days: float = coefficient(
        90.0,
        low=1,
        high=365,
        unit="days",
        en="A veto lasts",
        zh="否决有效期",
        meaning_en="Days that a veto is in force.",
        meaning_zh="一票否决的有效天数。",
    )
    alarm_days: int = coefficient(
        60,
        low=0,
        high=365,
        unit="days",
        en="Alarm after a crisis",
        zh="危机后的警觉期",
        meaning_en="Days that attention to risk is raised after a crisis.",
        meaning_zh="危机后风险关注度提高的天数。",
    )
    alarm_effect: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="weight",
        en="Alarm raises attention",
        zh="警觉程度",
        meaning_en="What a crisis adds to the focus on risk at full accountability.",
        meaning_zh="问责力度为1时，危机使风险优先程度增加的量。",
    )
    priority_risk_effect: float = coefficient(
        4.0,
        low=0,
        high=10,
        unit="log",
        en="Risk sets priorities",
        zh="风险对优先次序的影响",
        meaning_en="How strongly severity moves the leadership's priorities, at full focus on risk.",
        meaning_zh="风险优先程度为1时，严重程度对领导优先次序的影响强度。",
    )
    priority_severity_middle: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="0–1",
        en="Severity of middle priority",
        zh="居中的严重程度",
        meaning_en="Severity at which the focus on risk moves no priority.",
        meaning_zh="风险优先不改变优先次序时的严重程度。",
    )
    workshop_types: int = coefficient(
        3,
        low=0,
        high=10,
        unit="issue types",
        en="Types a workshop examines",
        zh="研判问题类型数",
        meaning_en="Issue types that the monthly analysis workshop examines.",
        meaning_zh="每月分析研判的问题类型数。",
    )
    workshop_knowledge: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share",
        en="A workshop teaches",
        zh="研判增加的经验",
        meaning_en="Part of the gap in knowledge that a workshop closes.",
        meaning_zh="一次研判缩小知识差距的比例。",
    )
    workshop_rule: float = coefficient(
        0.2,
        low=0,
        high=0.9,
        unit="0–1",
        en="A workshop's rule",
        zh="研判规则强度",
        meaning_en="Strength of the working rule that a workshop sets at least.",
        meaning_zh="研判提出的处置规则的最低强度。",
    )
    workshop_units: int = coefficient(
        3,
        low=0,
        high=10,
        unit="units",
        en="Units a workshop names",
        zh="研判点名单位数",
        meaning_en="Poorest units that a workshop names.",
        meaning_zh="研判点名的末位单位数。",
    )
    workshop_named_gap: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="0–1",
        en="Being named presses",
        zh="点名的压力",
        meaning_en="What being named adds to a unit's rank gap.",
        meaning_zh="被点名使单位名次差距增加的量。",
    )
    deterrence_most: float = coefficient(
        0.6,
        low=0,
        high=1,
        unit="share",
        en="Campaigns deter at most",
        zh="整治威慑上限",
        meaning_en="Share of a type's problems that a long campaign of full intensity deters.",
        meaning_zh="强度为1的长期整治所能遏制的该类问题比重。",
    )
    deterrence_build_days: float = coefficient(
        7.0,
        low=1,
        high=60,
        unit="days",
        en="Deterrence builds up",
        zh="威慑形成时间",
        meaning_en="Days in which deterrence gets to 63 % of its height.",
        meaning_zh="威慑力达到上限63%所需的天数。",
    )
    deterrence_least: float = coefficient(
        0.005,
        low=0,
        high=0.1,
        unit="share",
        en="Deterrence has gone below",
        zh="威慑消失界限",
        meaning_en="Deterrence that counts as none after a campaign.",
        meaning_zh="整治后威慑力低于此值即视为消失。",
    )
    deterred_return_share: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="share",
        en="The deterred return",
        zh="被遏制问题的反弹",
        meaning_en="Share of the deterred problems that arise after the campaign.",
        meaning_zh="被遏制的问题中整治后重现的比重。",
    )
    deterred_return_days: float = coefficient(
        60.0,
        low=1,
        high=365,
        unit="days",
        en="They return within",
        zh="反弹期",
        meaning_en="Days after a campaign over which they arise.",
        meaning_zh="整治后反弹分布的天数。",
    )
    crisis_campaign_wait: int = coefficient(
        3,
        low=0,
        high=60,
        unit="days",
        en="A crisis calls a campaign after",
        zh="危机后启动整治",
        meaning_en="Days from a crisis to the campaign that it calls, without a centre.",
        meaning_zh="没有指挥中心时，危机后多少天启动整治。",
    )
    crisis_campaign_days: int = coefficient(
        30,
        low=1,
        high=180,
        unit="days",
        en="Such a campaign lasts",
        zh="危机整治天数",
        meaning_en="Days that such a campaign lasts.",
        meaning_zh="危机引发的整治持续的天数。",
    )
    campaign_return_ratio: float = coefficient(
        1.25,
        low=1,
        high=3,
        unit="ratio",
        en="A return calls a campaign",
        zh="反弹引发整治的界限",
        meaning_en="Reports on a type, over those before its last campaign, from which the next one is called.",
        meaning_zh="某类问题反映量达到上次整治前的多少倍时，再次开展整治。",
    )
    campaign_return_days: int = coefficient(
        180,
        low=0,
        high=730,
        unit="days",
        en="A return is one for",
        zh="反弹的认定期",
        meaning_en="Days after a campaign within which more reports count as its return; later they are other luck.",
        meaning_zh="整治结束后多少天内反映增多才算反弹；更晚则另有原因。",
    )
    crisis_campaign_pause: int = coefficient(
        60,
        low=0,
        high=365,
        unit="days",
        en="Pause between campaigns",
        zh="整治间隔",
        meaning_en="Days after a campaign in which a crisis calls no other.",
        meaning_zh="一次整治后多少天内危机不再引发新的整治。",
    )
