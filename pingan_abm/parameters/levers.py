"""What a district can decide: the levers."""

import datetime
from functools import partial

from pingan_abm.parameters.fields import parameter
from pingan_abm.parameters.society_levers import SocietyLevers

lever = partial(parameter, role="lever")


class Levers(SocietyLevers):
    """Parameters that a district's leaders can set."""

    command_centre: bool = lever(
        True,
        unit="on/off",
        source="paper",
        group="platform",
        en="Command centre",
        zh="联动指挥中心",
        meaning_en="One centre files, dispatches and tracks; without it every channel routes on its own.",
        meaning_zh="由指挥中心统一立卷、交办、跟踪；没有它，各渠道各行其是。",
    )
    channel_integration: float = lever(
        0.85,
        low=0,
        high=1,
        unit="share of use",
        source="assumed",
        group="platform",
        en="Channel integration",
        zh="渠道整合度",
        meaning_en="Share of channels, by use, that write to one file system.",
        meaning_zh="按使用量计，接入同一案卷系统的渠道所占比重。",
    )
    verification_rate: float = lever(
        0.10,
        low=0,
        high=0.5,
        unit="chance",
        source="assumed",
        group="platform",
        en="Verification strength",
        zh="现场核实力度",
        meaning_en="Chance that a look on site finds out a closure on paper.",
        meaning_zh="现场核实时发现纸面办结的概率。",
    )
    inspectors: int = lever(
        14,
        low=0,
        high=200,
        unit="inspectors",
        source="assumed",
        group="platform",
        en="Inspectors",
        zh="督察员人数",
        meaning_en="Inspectors who verify closures on site, in the whole district.",
        meaning_zh="全区负责现场核实结案的督察员人数。",
    )
    independent_verification: bool = lever(
        False,
        unit="on/off",
        source="paper",
        group="platform",
        en="Independent verification",
        zh="第三方核实",
        meaning_en="Inspectors do not belong to the centre, which is itself appraised.",
        meaning_zh="督察员不再由同样受考核的指挥中心派出。",
    )
    joint_meetings: bool = lever(
        True,
        unit="on/off",
        source="paper",
        group="platform",
        en="Joint supervision meetings",
        zh="督办联席会议",
        meaning_en="Special-topic, level-2 and level-1 meetings settle who must lead.",
        meaning_zh="由专题会、二级和一级督办联席会议确定牵头单位。",
    )
    joint_dispatch_after: int = lever(
        1,
        low=1,
        high=5,
        unit="returns",
        source="assumed",
        group="platform",
        en="Returns before joint dispatch",
        zh="联合交办门槛",
        meaning_en="Returns after which a case goes to several units at once; one in the documented case.",
        meaning_zh="退单几次后改为联合交办；论文案例中为一次。",
    )
    workshop: bool = lever(
        True,
        unit="on/off",
        source="paper",
        group="platform",
        en="Analysis workshop",
        zh="分析研判",
        meaning_en="Each month the worst issue types are examined and rules drawn up.",
        meaning_zh="每月研判办理最差的问题类型，提出处置规则。",
    )
    risk_focus: float = lever(
        0.5,
        low=0,
        high=1,
        unit="weight",
        source="assumed",
        group="platform",
        en="Focus on risk",
        zh="风险优先程度",
        meaning_en="Weight of severity in the order in which cases are worked on.",
        meaning_zh="案卷排队时严重程度所占的分量。",
    )
    jurisdiction_clarity: float = lever(
        0.0,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        group="duties",
        en="Clarity of duties",
        zh="职责清晰度",
        meaning_en="How far each issue type has one lawful owner; 0 is today's duties, 1 a single owner.",
        meaning_zh="各类问题法定责任归一的程度：0为现状，1为只有一个责任单位。",
    )
    territorial_backstop: bool = lever(
        True,
        unit="on/off",
        source="paper",
        group="duties",
        en="Subdistrict as backstop",
        zh="属地兜底",
        meaning_en="What nobody takes falls to the subdistrict.",
        meaning_zh="无人认领的案卷由所在街道兜底。",
    )
    devolved_authority: float = lever(
        0.0,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        group="duties",
        en="Enforcement powers devolved",
        zh="执法权下放",
        meaning_en="Share of enforcement work that a subdistrict may do itself.",
        meaning_zh="街道可以自行承担的执法工作比重。",
    )
    staffing: float = lever(
        1.0,
        low=0.1,
        high=5,
        unit="× baseline",
        source="assumed",
        group="resources",
        en="Staff",
        zh="部门人力",
        meaning_en="Staff of all units as a multiple of the baseline.",
        meaning_zh="各单位人力相当于基准的倍数。",
    )
    staff_follows_duties: bool = lever(
        False,
        unit="on/off",
        source="assumed",
        group="duties",
        en="Posts follow duties",
        zh="编随事走",
        meaning_en="When shares of duties move, posts move with the expected work; the total stays.",
        meaning_zh="职责调整时，人员编制随预计工作量划转，总数不变。",
    )
    target_days: float = lever(
        1.0,
        low=0.2,
        high=5,
        unit="× baseline",
        source="assumed",
        group="resources",
        en="Deadline",
        zh="办理时限",
        meaning_en="Deadlines as a multiple of the issue types' target days.",
        meaning_zh="办理时限相当于各类问题规定天数的倍数。",
    )
    campaign_issue: str | None = lever(
        None,
        unit="issue type",
        source="assumed",
        group="campaign",
        en="Campaign: issue type",
        zh="专项整治：问题类型",
        meaning_en="Issue type of a planned campaign, or none.",
        meaning_zh="计划中的专项整治针对哪类问题；不填则不开展。",
    )
    campaign_start: datetime.date = lever(
        datetime.date(2014, 4, 1),
        unit="date",
        source="assumed",
        group="campaign",
        en="Campaign: start",
        zh="专项整治：开始日期",
        meaning_en="First day of the planned campaign.",
        meaning_zh="计划中的专项整治从哪一天开始。",
    )
    campaign_days: int = lever(
        42,
        low=1,
        high=180,
        unit="days",
        source="assumed",
        group="campaign",
        en="Campaign: length",
        zh="专项整治：持续天数",
        meaning_en="Days that the planned campaign lasts.",
        meaning_zh="计划中的专项整治持续多少天。",
    )
    campaign_every: int = lever(
        0,
        low=0,
        high=730,
        unit="days",
        source="assumed",
        group="campaign",
        en="Campaign: again every",
        zh="专项整治：重复间隔",
        meaning_en="Days from the start of a planned campaign to the start of the next; 0: there is one only.",
        meaning_zh="两次计划整治开始日之间相隔的天数；0表示只开展一次。",
    )
    campaign_intensity: float = lever(
        0.4,
        low=0,
        high=1,
        unit="share of staff",
        source="assumed",
        group="campaign",
        en="Campaign: intensity",
        zh="专项整治：强度",
        meaning_en="Share of the units' staff that serves the campaign only.",
        meaning_zh="相关单位抽调去专做整治的人力比重。",
    )
