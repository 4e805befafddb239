"""The Terms page: what the words of the app mean."""
# ruff: noqa: N802 - components are named like the classes of things they show, as Solara does

import solara

from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.toolbar import escaped
from pingan_abm.web.visitor.session import Session

#: (English, Chinese, meaning in English, meaning in Chinese)
TERMS: tuple[tuple[str, str, str, str], ...] = (
    (
        "collaborative governance",
        "协同治理",
        "Government, society and residents deal with public problems together.",
        "政府、社会和公众共同处理公共问题。",
    ),
    (
        "fragmentation",
        "碎片化",
        "Offices that each see and serve a part, and nobody the whole.",
        "各部门各管一段，没有人看到全貌。",
    ),
    (
        "line and block (tiao-kuai)",
        "条块",
        "Units led from above their district (line) and units led by the district (block).",
        "条：由上级主管部门领导；块：由本区领导。",
    ),
    (
        "linkage unit",
        "联动单位",
        "A department or subdistrict office that the centre may send a case to; units stand in up to three tiers.",
        "指挥中心可以交办案卷的部门或街道，最多分三级。",
    ),
    (
        "command centre",
        "联动指挥中心",
        "Joins the channels, opens files, dispatches, follows up, and assigns the inspectors.",
        "打通渠道、立卷、交办、跟踪，并指派督察员。",
    ),
    (
        "subdistrict, community, grid",
        "街道、社区、网格",
        "The three levels below the district; an estate (小区) lies inside a community.",
        "区以下的三个层级；小区在社区之内。",
    ),
    (
        "grid officer",
        "网格员",
        "Collects information in a basic grid, checks on the spot, settles what can be settled, revisits complainants.",
        "在基础网格采集信息、现场查看、就地化解、回访投诉人。",
    ),
    (
        "case file",
        "案卷",
        "What the system records of a problem. A problem may have none, one, or several.",
        "系统对一个问题的记录。一个问题可能没有、有一份或有几份案卷。",
    ),
    (
        "problem, hidden problem",
        "问题、未登记问题（隐性问题）",
        "What is really wrong; hidden while nobody has registered it.",
        "真实存在的问题；无人登记时为隐性问题。",
    ),
    (
        "settled by society",
        "社会化解",
        "Solved on the spot by officers, community, organisations and volunteers, without a file.",
        "由网格员、社区、社会组织和志愿者就地解决，不立卷。",
    ),
    (
        "dispatch, joint dispatch",
        "交办、联合交办",
        "A file is sent to one unit in the lead, or to several at once.",
        "案卷交给一个牵头单位，或同时交给几个单位。",
    ),
    (
        "return, buck-passing",
        "退单、推诿",
        "A unit sends a file back: because it is not its business, or although it is.",
        "单位把案卷退回：因为不归它管，或者明明归它管。",
    ),
    (
        "reported closed, really solved",
        "报告办结、实际解决",
        "What the file says, and what has become of the problem.",
        "案卷上写的，与问题的真实结局。",
    ),
    (
        "closed only on paper",
        "纸面办结",
        "A file is closed although the problem is still there.",
        "问题还在，案卷已结。",
    ),
    (
        "recorded as dealt with, hollow",
        "账面办结、账面办结未解决",
        "Settled by society, or its file stands closed. Hollow: so recorded, and not solved.",
        "社会力量已化解，或案卷处于办结状态；账面办结未解决：账面如此，问题仍在。",
    ),
    (
        "funnel",
        "全部问题的去向",
        "Of all problems that arose: known, worked on, recorded as dealt with, solved, each judged 90 days later.",
        "发生的全部问题中：已知、着手处理、账面办结、实际解决的各有多少；均在发生90日后判定。",
    ),
    (
        "of all problems, of files",
        "全部问题、按案卷",
        "A file exists only where society failed. Figures of files say nothing of the problems without one.",
        "社会未能化解的问题才立案；按案卷统计的指标不反映没有案卷的问题。",
    ),
    (
        "burden, hidden burden",
        "问题负担、隐性负担",
        "Severity × residents affected × days lived with it; hidden while nobody has registered the problem.",
        "严重程度×受影响居民数×存续天数；无人登记期间的部分为隐性负担。",
    ),
    (
        "load",
        "工作负荷",
        "Work offered to the units over the staff-days they have. Two results can be compared only at a like load.",
        "交到各单位的工作量与其可用人日之比；负荷相近，结果才可比较。",
    ),
    (
        "public voice",
        "公众监督",
        "Results published, media, open petitions: who was let down may speak up in public. Beside it stands the "
        "upward accountability of appraisal, ranks and veto.",
        "结果公示、媒体监督、公开信访：诉求落空的居民可以公开发声。与之并列的是考核、排名和一票否决构成的向上问责。",
    ),
    (
        "from helper to subject",
        "从辅助到主体",
        "A ladder of residents: has reported, has volunteered, has joined a group, has proposed an idea and runs it.",
        "居民参与的阶梯：反映过问题、做过志愿者、加入过草根组织、提出并推动金点子。",
    ),
    (
        "what is heard",
        "听闻",
        "What a resident has lately heard from her contacts of their problems: solved, or closed on paper.",
        "居民近来从熟人处听说的问题结果：得到解决，或被纸面办结。",
    ),
    (
        "verification",
        "现场核实",
        "Inspectors look on site before a file is closed; they find out some paper closures.",
        "结案前督察员到现场查看，能查出一部分纸面办结。",
    ),
    (
        "backstop",
        "兜底",
        "What nobody takes falls to the subdistrict, with or without the power to act.",
        "无人认领的由街道承担，不论它有没有相应的权力。",
    ),
    (
        "supervision, joint meetings",
        "督办、联席会议",
        "The discipline commission sets a deadline; meetings decide who must act.",
        "纪委限期督办；会议决定由谁办理。",
    ),
    (
        "appraisal, grades",
        "考核、等级",
        "Monthly points and ranks of every unit; six grades from A+ to E.",
        "按月给各单位打分排名；从A+到E六个等级。",
    ),
    (
        "target amplification",
        "层层加码",
        "Each level adds to the target that it passes down.",
        "指标每下达一级就提高一点。",
    ),
    (
        "one-vote veto",
        "一票否决",
        "A crisis costs the unit that held the problem its grade.",
        "发生危机事件，责任单位当期考核被否决。",
    ),
    (
        "resource dependence, alignment",
        "资源依赖、趋同",
        "Organisations that live on government money come to do what it counts.",
        "靠政府资金生存的社会组织，逐渐去做政府看重的事。",
    ),
    ("disembedding", "脱域", "An organisation leaves the collaboration.", "社会组织退出协同。"),
    (
        "decoupling",
        "脱耦",
        "The record and reality part. (Not the same word as 脱域.)",
        "纸面记录与现实相脱离（与“脱域”是两回事）。",
    ),
    (
        "campaign, rebound",
        "专项整治、反弹",
        "Staff is thrown at one kind of problem; afterwards it may come back.",
        "集中人手专治一类问题；过后可能卷土重来。",
    ),
    (
        "seed, replication",
        "随机种子、运行次数",
        "The luck of a run. The same seed gives the same run, to the last byte.",
        "决定一次运行的偶然因素。种子相同，运行完全相同。",
    ),
    (
        "warm-up, warm district",
        "预热期、预热城区",
        "Days that a district lives before day 0, so that a run begins with files, queues, habits and trust.",
        "城区在第0天之前先经历的一段时间，使模拟开始时已有案卷、积压、习惯和信任。",
    ),
    (
        "reform from today, as if always so",
        "从今天起改革、一贯如此",
        "The levers take effect on day 0 of a district that lived as the baseline; or they hold in its warm-up too.",
        "前者：城区按基准情景经历预热期，政策杠杆自第0天起生效；后者：预热期内也按本情景设定。",
    ),
    (
        "equal load",
        "同等负荷",
        "Staff is set so that the work offered over what staff can do is the same in all that is compared.",
        "调整部门人力，使各方案的工作量与人力之比相同。",
    ),
    (
        "draw, chance",
        "随机数、概率",
        "A decision goes one way when its draw lies below its chance; both are shown.",
        "随机数小于概率时，事情发生；两者都会显示。",
    ),
)


@solara.component
def TermsPage(session: Session) -> None:
    """The page."""
    language = session.language.value
    say = translator(language)
    with solara.Div(classes=["pa-narrow"]):
        solara.HTML(tag="h2", unsafe_innerHTML=say("Terms"))
        text = say(
            "All names and dates marked “from the paper” are documented; every other number is assumed or from the "
            "literature, and says so. The model shows what follows from its rules; it predicts no district."
        )
        solara.HTML(tag="p", unsafe_innerHTML=escaped(text))
        solara.HTML(tag="dl", unsafe_innerHTML="".join(entry(one, language) for one in TERMS), classes=["pa-terms"])


def entry(one: tuple[str, str, str, str], language: str) -> str:
    """One term, in the reader's language first."""
    names = (one[1], one[0]) if language == "zh" else (one[0], one[1])
    meaning = one[3] if language == "zh" else one[2]
    return f"<dt><b>{escaped(names[0])}</b> · {escaped(names[1])}</dt><dd>{escaped(meaning)}</dd>"
