"""The story's five chapters: what to read, what to predict, which two worlds to run, and what to look at in the answer.

The answer is what the run shows, not what is written here: each chapter compares one outcome between two worlds on the
same luck.
"""
# ruff: noqa: E501 - Chinese text is twice as wide as it is long

from dataclasses import dataclass
from typing import Any

from pingan_abm.texts.bilingual import Bilingual

HIGHER, SAME, LOWER = "higher", "same", "lower"
ANSWERS = (HIGHER, SAME, LOWER)


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """The text in a language."""
        return Bilingual(self.en, self.zh).text(language)


@dataclass(frozen=True)
class World:
    """One side of a chapter: a scenario, and what is set on top of it."""

    label: Text
    scenario: str
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One chapter. outcome: what is predicted, of the second world against the first; least: a difference smaller than
    this counts as none; watch: further outcomes shown with the answer; think: the question to end on."""

    name: str
    title: Text
    text: Text
    question: Text
    first: World
    second: World
    outcome: str
    least: float
    watch: tuple[str, ...]
    think: Text


PLATFORM = World(Text("Ping'an 365", "平安365"), "pingan365")
CHAPTERS = (
    Chapter(
        "before",
        Text("Before 2011", "2011年以前"),
        Text(
            "Before the platform, every hotline and every bureau kept its own files. A resident who called twice, by two lines, became two files "
            "that did not know of each other. Offices put out fires one at a time; when one got too large, a campaign cleared the street, and "
            "some weeks later it was as before. Scholars call this fragmentation.",
            "平台建立之前，每条热线、每个部门各记各的账。居民打两次电话、走两条线，就成了互不知情的两份案卷。各部门哪里起火扑哪里；火大了，就来一场专项整治，"
            "几周之后街面又回到老样子。学者把这叫做碎片化。",
        ),
        Text(
            "Compared with the world before the platform, what share of the problems that get a file is really solved within a month once there is a "
            "platform?",
            "与平台建设前相比，有了平台以后，立卷问题在一个月内实际解决的比例会怎样？",
        ),
        World(Text("Before the platform", "平台建设前（2010年）"), "fragmented_2010"),
        PLATFORM,
        "true_resolution_rate",
        0.01,
        ("duplicate_file_rate", "returns_per_dispatch", "days_to_resolution_mean", "problems_found_share"),
        Text(
            "Which of these numbers would a district government have seen in 2010, and which could it not know?",
            "这些数字里，2010年的区政府看得到哪些，又有哪些它无从知道？",
        ),
    ),
    Chapter(
        "centre",
        Text("One centre", "一个中心"),
        Text(
            "From June 2011 one command centre joins the channels, opens a file for what society cannot settle, sends it to a unit, follows it and has it "
            "verified on site. Seven steps, 33 units, monthly grades. The centre sees everything that is reported. But does a better view alone "
            "shorten the queue?",
            "2011年6月起，一个联动指挥中心打通各渠道，社会化解不了的立卷，交办给单位，跟踪，并到现场核实。七个步骤、33个联动单位、按月评定等级。凡是反映上来的，"
            "中心都看得到。可是，单是看得更清楚，积压就会变少吗？",
        ),
        Text(
            "Take the settlement by society away and send everything straight to the units. What happens to the days until a problem is really solved?",
            "如果去掉社会的就地化解，所有问题直接交给各单位，问题实际解决所需天数会怎样？",
        ),
        PLATFORM,
        World(Text("Government alone", "单靠政府"), "hierarchy_only"),
        "days_to_resolution_mean",
        1.0,
        ("true_resolution_rate", "utilisation", "social_settlement_share", "satisfaction_mean"),
        Text(
            "What does society do here that no department is paid for?",
            "在这里，社会承担了哪些没有哪个部门领钱去做的事？",
        ),
    ),
    Chapter(
        "numbers",
        Text("When numbers rule", "数字说了算"),
        Text(
            "Targets are raised on the way down: the district asks for a little more than the city, the bureau for a little more than the district. "
            "One failure can cost the year. A case can be closed by solving the problem, or by writing that it is solved; inspectors find out some of "
            "the latter.",
            "指标层层加码：区里比市里要求高一点，部门比区里再高一点。一件事出错，就可能一票否决全年成绩。一个案卷可以靠解决问题来办结，也可以靠写上“已解决”来办结；"
            "督察员只能查出其中一部分。",
        ),
        Text(
            "At first nobody's grade depends on the figures. Then it does, a little. What happens to the gap between what is reported closed and what is "
            "really solved?",
            "起初数字与考核无关；后来有了一点点考核压力。“报告办结”与“实际解决”之间的差距会怎样？",
        ),
        World(Text("Without appraisal", "不考核"), "pingan365", (("accountability", 0.0),)),
        World(Text("A little pressure", "轻度考核"), "pingan365", (("accountability", 0.25),)),
        "closure_gap",
        0.01,
        (
            "reported_closure_rate",
            "true_resolution_rate",
            "perfunctory_share",
            "days_to_resolution_mean",
            "social_time_on_paperwork",
        ),
        Text(
            "If you saw only the reported figure, by how much would you overrate what pressure does? And what would you expect of still more of it? "
            "Try “When numbers rule” on the Compare page, with the whole district and with a tenth of it.",
            "如果只看报告的数字，你会把考核的作用高估多少？再加码又会怎样？请在“比较”页用“考核加压”试一试：先用全区，再用十分之一的城区。",
        ),
    ),
    Chapter(
        "piper",
        Text("Who pays the piper", "谁出钱，听谁的"),
        Text(
            "Most social organisations depend on government funding. It keeps them alive, and it keeps them in step: what the funder counts "
            "is done first. The paper calls this an asymmetric symbiosis. Suppose that the same total income came from donors, foundations and fees as "
            "well.",
            "多数社会组织依赖政府资金。资金让它们活下来，也让它们跟着走：出资方看重什么，就先做什么。论文称之为非对称性共生。假如收入总额不变，但也来自捐赠、基金会和服务收费呢？",
        ),
        Text(
            "With many funders instead of one, how well does the work of organisations fit residents' needs?",
            "资金来源多元以后，社会组织的工作与居民需要的吻合程度会怎样？",
        ),
        PLATFORM,
        World(Text("Many funders", "多元筹资"), "diversified_funding"),
        "representation_mean",
        0.005,
        ("alignment_mean", "autonomy_mean", "social_settlement_share", "organisations_alive"),
        Text(
            "What does the district lose when organisations become more independent of it?",
            "社会组织更独立以后，区里失去了什么？",
        ),
    ),
    Chapter(
        "duty",
        Text("Whose duty is it?", "这事归谁管？"),
        Text(
            "On 6 May 2014 a resident complained of fumes from a pizza shop. Environmental Protection said: not ours. Two files and 44 days later a "
            "meeting decided who must lead. The paper's conclusion: mechanisms changed, the system did not; what is missing is a clear division of "
            "duties between lines and territory, with powers to match.",
            "2014年5月6日，一位居民反映披萨店油烟扰民。环保部门说：不归我们管。两次立卷、44天之后，才由会议定下谁来牵头。论文的结论是：机制变了，体制没变；"
            "缺的是条块之间清楚的职责划分，以及与职责相称的权力。",
        ),
        Text(
            "Give each issue one lawful owner and subdistricts the powers to match. What happens to returns per dispatch?",
            "让每类问题都有一个法定责任单位，街道也有相称的权力，退单率会怎样？",
        ),
        PLATFORM,
        World(Text("Clear duties", "厘清职责"), "clear_duties"),
        "returns_per_dispatch",
        0.01,
        ("true_resolution_rate", "closure_gap", "days_to_resolution_mean", "perfunctory_share"),
        Text(
            "Fewer cases are sent back. Are more of them really solved? Look at who has the work now, and ask who would have to give them the people "
            "for it.",
            "退单少了，实际解决的是不是也多了？看看任务现在压在谁身上，再想一想：该由谁给他们配人？",
        ),
    ),
)
