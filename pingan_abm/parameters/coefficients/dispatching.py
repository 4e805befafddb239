"""R7 and R13: dispatch, second reports, supervision and meetings."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="dispatching", coefficient=True)


class Dispatching(ParameterGroup):
    """Coefficients of dispatch and escalation."""

    centre_items_a_day: float = coefficient(
        300.0,
        low=20,
        high=3000,
        unit="items a day",
        en="The centre's capacity",
        zh="指挥中心日处理量",
        meaning_en="Items that the centre looks at in a day, for the whole district.",
        meaning_zh="指挥中心每天能处理的信息条数（全区）。",
    )
    screening_share: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="share",
        en="Screening a trifle",
        zh="筛除琐碎信息的用时",
        meaning_en="What rejecting a padded upload takes, as a share of classifying and dispatching a file.",
        meaning_zh="筛除一条凑数信息所需的工作量相当于受理交办一件的比例。",
    )
    start_knowledge: float = coefficient(
        0.35,
        low=0,
        high=0.9,
        unit="0–1",
        en="Knowledge at the start",
        zh="初始经验",
        meaning_en="What the centre knows at the start of who must act.",
        meaning_zh="指挥中心开始时对责任单位的了解程度。",
    )
    knowledge_most: float = coefficient(
        0.9,
        low=0.5,
        high=1,
        unit="0–1",
        en="Highest knowledge",
        zh="经验上限",
        meaning_en="Knowledge that learning from closures and workshops approaches.",
        meaning_zh="办结和研判所能积累的经验上限。",
    )
    answer_days: float = coefficient(
        0.3,
        low=0,
        high=5,
        unit="days",
        en="Units answer",
        zh="部门答复时间",
        meaning_en="Longest wait for an answer to a dispatch at tier 0.",
        meaning_zh="第0层级单位答复交办的最长等待天数。",
    )
    answer_days_a_tier: float = coefficient(
        0.3,
        low=0,
        high=5,
        unit="days",
        en="Tiers answer later",
        zh="层级延长答复",
        meaning_en="What each tier adds to the longest wait for an answer.",
        meaning_zh="每高一个层级，最长答复等待增加的天数。",
    )
    second_report_days: float = coefficient(
        15.0,
        low=1,
        high=90,
        unit="days",
        en="Wait for a second report",
        zh="二次上报等待",
        meaning_en="Mean days until a returned or overdue file is reported again; covers the documented case by construction.",
        meaning_zh="退回或逾期案卷再次上报的平均等待天数；设定上涵盖论文案例。",
    )
    backstop_after_returns: int = coefficient(
        3,
        low=1,
        high=10,
        unit="returns",
        en="Returns before the backstop",
        zh="兜底前退单次数",
        meaning_en="Returns after which the subdistrict has a file.",
        meaning_zh="退单多少次后由街道兜底。",
    )
    backstop_days: float = coefficient(
        30.0,
        low=3,
        high=180,
        unit="days",
        en="Days before the backstop",
        zh="兜底前等待天数",
        meaning_en="Days with nobody after which the subdistrict has a file.",
        meaning_zh="无人认领多少天后由街道兜底。",
    )
    long_open_targets: float = coefficient(
        3.0,
        low=1,
        high=10,
        unit="× the deadline",
        en="Long open",
        zh="久拖标准",
        meaning_en="Deadlines after which a file is long open and comes before supervision.",
        meaning_zh="案卷超过多少倍时限即视为久拖，提交督办。",
    )
    long_open_again_targets: float = coefficient(
        2.0,
        low=0.5,
        high=10,
        unit="× the deadline",
        en="Long open after a legal wait",
        zh="法定期限后的久拖标准",
        meaning_en="Deadlines that a long open file has after a legal period before it is looked at again.",
        meaning_zh="久拖案卷在法定期限届满后，再过多少倍时限重新审视。",
    )
    supervision_days: float = coefficient(
        10.0,
        low=1,
        high=60,
        unit="days",
        en="Deadline of supervision",
        zh="督办期限",
        meaning_en="Days that a supervised file has.",
        meaning_zh="督办案卷的办理期限。",
    )
    supervision_wait_least: float = coefficient(
        1.0,
        low=0,
        high=30,
        unit="days",
        en="Least wait for supervision",
        zh="督办最短等待",
        meaning_en="Days at least until a late file comes before supervision.",
        meaning_zh="逾期案卷提交督办的最短等待天数。",
    )
    supervision_wait_more: float = coefficient(
        6.0,
        low=0,
        high=60,
        unit="days",
        en="Spread of that wait",
        zh="督办等待幅度",
        meaning_en="Days by which that wait varies, evenly.",
        meaning_zh="上述等待均匀变动的天数幅度。",
    )
    supervisions_a_month: float = coefficient(
        40.0,
        low=0,
        high=400,
        unit="a month",
        en="Supervisions a month",
        zh="每月督办数",
        meaning_en="Files that can be supervised in a month, in the whole district.",
        meaning_zh="全区每月能督办的案卷数。",
    )
    special_meetings_a_month: float = coefficient(
        2.0,
        low=0,
        high=40,
        unit="a month",
        en="Special-topic meetings a month",
        zh="每月专题会数",
        meaning_en="Special-topic meetings that can be held in a month.",
        meaning_zh="每月能召开的专题会次数。",
    )
    level_2_meetings_a_month: float = coefficient(
        10.0,
        low=0,
        high=100,
        unit="a month",
        en="Level-2 meetings a month",
        zh="每月二级联席会议数",
        meaning_en="Level-2 joint supervision meetings that can be held in a month.",
        meaning_zh="每月能召开的二级督办联席会议次数。",
    )
    level_1_meetings_a_month: float = coefficient(
        5.0,
        low=0,
        high=100,
        unit="a month",
        en="Level-1 meetings a month",
        zh="每月一级联席会议数",
        meaning_en="Level-1 joint supervision meetings that can be held in a month.",
        meaning_zh="每月能召开的一级督办联席会议次数。",
    )
    special_meeting_entropy: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="0–1",
        en="Unclear enough for a meeting",
        zh="召开专题会的模糊度",
        meaning_en="Ambiguity of duties above which a supervised file calls for a special-topic meeting.",
        meaning_zh="职责模糊度高于此值时，督办案卷提请专题会。",
    )
    special_meeting_rule: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="0–1",
        en="Rule strong enough without one",
        zh="免开专题会的规则强度",
        meaning_en="Strength of a working rule above which no special-topic meeting is needed.",
        meaning_zh="处置规则强度高于此值时，无须召开专题会。",
    )
    special_wait_least: float = coefficient(
        2.0,
        low=0,
        high=30,
        unit="days",
        en="Least wait for a special-topic meeting",
        zh="专题会最短等待",
        meaning_en="Days at least from supervision to the agenda of a special-topic meeting.",
        meaning_zh="从督办到列入专题会议程的最短天数。",
    )
    special_wait_more: float = coefficient(
        8.0,
        low=0,
        high=60,
        unit="days",
        en="Spread of that wait for a topic",
        zh="专题会等待幅度",
        meaning_en="Days by which that wait varies, evenly.",
        meaning_zh="上述等待均匀变动的天数幅度。",
    )
    meeting_rule_strength: float = coefficient(
        0.9,
        low=0.1,
        high=1,
        unit="0–1",
        en="Strength of a new rule",
        zh="新规则强度",
        meaning_en="Strength of the working rule that a special-topic meeting sets.",
        meaning_zh="专题会确定的处置规则的强度。",
    )
    meeting_rule_knowledge: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="0–1",
        en="Knowledge from a meeting",
        zh="专题会增加的经验",
        meaning_en="What a special-topic meeting adds to what the centre knows.",
        meaning_zh="一次专题会使指挥中心经验增加的量。",
    )
    meeting_application_days: float = coefficient(
        2.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: application",
        zh="会议：申请",
        meaning_en="Length of the first stage of a level-2 joint meeting (six stages: paper; lengths assumed).",
        meaning_zh="二级联席会议第一阶段“申请”的天数（六个阶段见论文，天数为假定）。",
    )
    meeting_first_review_days: float = coefficient(
        3.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: first review",
        zh="会议：初审",
        meaning_en="Length of its second stage.",
        meaning_zh="第二阶段“初审”的天数。",
    )
    meeting_consultation_days: float = coefficient(
        5.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: consultation",
        zh="会议：会商",
        meaning_en="Length of its third stage.",
        meaning_zh="第三阶段“会商”的天数。",
    )
    meeting_review_days: float = coefficient(
        3.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: review",
        zh="会议：复审",
        meaning_en="Length of its fourth stage.",
        meaning_zh="第四阶段“复审”的天数。",
    )
    meeting_final_review_days: float = coefficient(
        2.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: final review",
        zh="会议：终审",
        meaning_en="Length of its fifth stage.",
        meaning_zh="第五阶段“终审”的天数。",
    )
    meeting_archiving_days: float = coefficient(
        1.0,
        low=0,
        high=30,
        unit="days",
        en="Meeting: archiving",
        zh="会议：归档",
        meaning_en="Length of its last stage.",
        meaning_zh="最后阶段“归档”的天数。",
    )
    meeting_level_1_share: float = coefficient(
        0.5,
        low=0.1,
        high=2,
        unit="share",
        en="Length of level 1",
        zh="一级会议时长比",
        meaning_en="Length of a level-1 meeting as a share of a level-2 meeting's.",
        meaning_zh="一级会议时长相当于二级会议的比例。",
    )
    meeting_work: float = coefficient(
        0.25,
        low=0,
        high=5,
        unit="staff-days",
        en="A meeting costs",
        zh="会议占用人日",
        meaning_en="Staff-days that a meeting costs every unit concerned.",
        meaning_zh="一次会议占用每个相关单位的人日。",
    )
    level_1_wait_least: float = coefficient(
        5.0,
        low=0,
        high=30,
        unit="days",
        en="Least wait for level 1",
        zh="一级会议最短等待",
        meaning_en="Days at least from a level-2 meeting without agreement to the agenda of level 1.",
        meaning_zh="二级会议未达成一致后，列入一级会议议程的最短天数。",
    )
    level_1_wait_more: float = coefficient(
        10.0,
        low=0,
        high=60,
        unit="days",
        en="Spread of that wait for level 1",
        zh="一级会议等待幅度",
        meaning_en="Days by which that wait varies, evenly.",
        meaning_zh="上述等待均匀变动的天数幅度。",
    )
    agree_base: float = coefficient(
        2.0,
        low=-3,
        high=6,
        unit="log-odds",
        en="Meetings agree",
        zh="会议达成一致基准",
        meaning_en="Readiness of a level-2 meeting of one unit to agree on an easy, clear case.",
        meaning_zh="一个单位、案情简单、职责清楚时，二级会议达成一致的倾向。",
    )
    agree_units_effect: float = coefficient(
        0.6,
        low=0,
        high=3,
        unit="log-odds",
        en="More units agree less",
        zh="单位数对一致的影响",
        meaning_en="Readiness lost with each further unit.",
        meaning_zh="每多一个单位，达成一致倾向的降幅。",
    )
    agree_difficulty_effect: float = coefficient(
        0.4,
        low=0,
        high=2,
        unit="log-odds",
        en="Hard cases divide",
        zh="难度对一致的影响",
        meaning_en="Readiness lost for each unit of difficulty.",
        meaning_zh="难度每增加一个单位，达成一致倾向的降幅。",
    )
    agree_ambiguity_effect: float = coefficient(
        1.0,
        low=0,
        high=4,
        unit="log-odds",
        en="Unclear duties divide",
        zh="职责模糊对一致的影响",
        meaning_en="Readiness lost with full ambiguity of duties.",
        meaning_zh="职责完全模糊时，达成一致倾向的降幅。",
    )
