"""The chapters as another district than the usual one reads them: the same questions and worlds, without the places,
years and names that the paper tells of Shangcheng."""
# ruff: noqa: E501 - Chinese text is twice as wide as it is long

from dataclasses import replace

from pingan_abm.district.here import here
from pingan_abm.web.pages.chapters import CHAPTERS, Chapter, Text, World

WITHOUT, WITH = Text("Before the platform", "平台建设前"), Text("With the platform", "平台建设后")


def of_the_platform(world: World) -> World:
    """A world by what it is, not by the name of a town's programme."""
    names = {"fragmented_2010": WITHOUT, "pingan365": WITH}
    return world if world.settings or world.scenario not in names else replace(world, label=names[world.scenario])


#: What each chapter says otherwise.
OTHERWISE: dict[str, dict[str, Text]] = {
    "before": {
        "title": Text("Before there was a platform", "平台建设之前"),
        "text": Text(
            "Without a platform, every hotline and every office keeps its own files. A resident who calls twice, by two lines, becomes two files "
            "that do not know of each other. Offices put out fires one at a time; when one gets too large, a campaign clears the street, and "
            "some weeks later it is as before. Scholars call this fragmentation.",
            "没有平台的时候，每条热线、每个部门各记各的账。居民打两次电话、走两条线，就成了互不知情的两份案卷。各部门哪里起火扑哪里；火大了，就来一场专项整治，"
            "几周之后街面又回到老样子。学者把这叫做碎片化。",
        ),
        "think": Text(
            "Which of these numbers does a government see without a platform, and which can it not know?",
            "没有平台时，这些数字里政府看得到哪些，又有哪些它无从知道？",
        ),
    },
    "centre": {
        "text": Text(
            "One command centre joins the channels, opens a file for what society cannot settle, sends it to a unit, follows it and has it "
            "verified on site; units are graded every month. The centre sees everything that is reported. But does a better view alone shorten "
            "the queue?",
            "一个联动指挥中心打通各渠道，社会化解不了的立卷，交办给单位，跟踪，并到现场核实；各单位按月评定等级。凡是反映上来的，中心都看得到。可是，单是看得更清楚，"
            "积压就会变少吗？",
        ),
    },
    "piper": {
        "text": Text(
            "Most social organisations here depend on government funding. It keeps them alive, and it keeps them in step: what the funder counts "
            "is done first. A paper on a Chinese district calls this an asymmetric symbiosis. Suppose that the same total income came from donors, "
            "foundations and fees as well.",
            "这里的多数社会组织依赖政府资金。资金让它们活下来，也让它们跟着走：出资方看重什么，就先做什么。一篇研究中国城区的论文称之为非对称性共生。假如收入总额不变，"
            "但也来自捐赠、基金会和服务收费呢？",
        ),
    },
    "duty": {
        "text": Text(
            "In a Chinese district a resident complained of fumes from a restaurant. The first office said: not ours. Two files and 44 days later a "
            "meeting decided who must lead. What was missing was a clear division of duties, with powers to match. Here the same question is asked "
            "of this district.",
            "在中国的一个城区，一位居民反映餐馆油烟扰民。第一个部门说：不归我们管。两次立卷、44天之后，才由会议定下谁来牵头。缺的是清楚的职责划分，以及与职责相称的权力。"
            "同样的问题，这里拿本区来问一问。",
        ),
    },
}


def elsewhere(chapter: Chapter) -> Chapter:
    """A chapter in the words of any other district."""
    first, second = of_the_platform(chapter.first), of_the_platform(chapter.second)
    said = OTHERWISE.get(chapter.name, {})
    return replace(
        chapter,
        title=said.get("title", chapter.title),
        text=said.get("text", chapter.text),
        think=said.get("think", chapter.think),
        first=first,
        second=second,
    )


ELSEWHERE = tuple(elsewhere(chapter) for chapter in CHAPTERS)


def chapters_here() -> tuple[Chapter, ...]:
    """The chapters as the district that is open reads them."""
    return CHAPTERS if here().usual else ELSEWHERE
