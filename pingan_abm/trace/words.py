"""What each event of a case means, in words of both languages, and why it happened: the chance and the draw behind a
decision.

{unit}, {other}: units; {channel}: of a report; {issue}, {place}: of the problem; {chance}, {draw}: in per cent;
{number}: the event's detail. A decision goes the way its name says when the draw lies below the chance.
"""

from typing import NamedTuple

from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.world.events import Activity

A = Activity


class Words(NamedTuple):
    """What happened, and why; an empty reason when nothing was decided by chance."""

    en: str
    zh: str
    why_en: str = ""
    why_zh: str = ""

    def what(self, language: str) -> str:
        """What happened, in a language."""
        return Bilingual(self.en, self.zh).text(language)

    def why(self, language: str) -> str:
        """Why, in a language."""
        return Bilingual(self.why_en, self.why_zh).text(language)


WORDS: dict[Activity, Words] = {
    A.ARISE: Words("The problem begins: {issue}, {place}.", "问题发生：{issue}，{place}。"),
    A.REPORT: Words(
        "Reports it: {channel}.",
        "反映问题：{channel}。",
        "chance to report {chance}, draw {draw}",
        "反映的概率{chance}，随机数{draw}",
    ),
    A.COLLECT: Words("It is registered (step 1).", "信息采集登记（第一步）。"),
    A.SETTLE: Words("It is settled on the spot.", "就地化解成功。"),
    A.HOLD_BACK: Words(
        "The community keeps it from going up.",
        "社区压住不报。",
        "chance to hold back {chance}, draw {draw}",
        "压住不报的概率{chance}，随机数{draw}",
    ),
    A.MERGE: Words("The report is noted on the open file.", "并入已有案卷。"),
    A.DISPATCH: Words("Sent to {unit} (step 3).", "交办{unit}（第三步）。"),
    A.JOINT_DISPATCH: Words(
        "Sent to several units jointly, {unit} in the lead.",
        "联合交办，{unit}牵头。",
        "chance that each unit concerned is named {chance}",
        "每个相关单位被列入的概率{chance}",
    ),
    A.ACCEPT: Words(
        "Accepts the case.", "接办。", "chance to return it {chance}, draw {draw}", "退单的概率{chance}，随机数{draw}"
    ),
    A.HAND_OFF: Words("Is asked to help by the unit that leads.", "收到牵头单位的协办请求。"),
    A.HELP: Words(
        "Agrees to help.",
        "答应协助。",
        "chance to decline {chance}, draw {draw}",
        "拒绝协助的概率{chance}，随机数{draw}",
    ),
    A.TALKED_OVER: Words("Residents bring it up in a talk.", "居民在恳谈会上提出。"),
    A.REFUSE: Words(
        "Declines to help.",
        "拒绝协助。",
        "chance to decline {chance}, draw {draw}",
        "拒绝协助的概率{chance}，随机数{draw}",
    ),
    A.SECOND_REPORT: Words("Reports the case a second time.", "再次上报。"),
    A.SUPERVISION: Words("Takes the case up: supervision with a deadline of ten days.", "立项督办，限期十日。"),
    A.SPECIAL_MEETING: Words(
        "A special-topic meeting sets a rule for this class of cases.", "召开专题会，确定这类案卷的处置规则。"
    ),
    A.APPLICATION: Words("Joint meeting: application.", "联席会议：申报。"),
    A.FIRST_REVIEW: Words("Joint meeting: first review.", "联席会议：初审。"),
    A.CONSULTATION: Words("Joint meeting: consultation.", "联席会议：会商。"),
    A.REVIEW: Words("Joint meeting: review.", "联席会议：审核。"),
    A.FINAL_REVIEW: Words("Joint meeting: final review.", "联席会议：终审。"),
    A.ARCHIVING: Words("Joint meeting: archiving.", "联席会议：归档。"),
    A.NOT_AGREED: Words(
        "The meeting does not agree.",
        "会议未达成一致。",
        "chance to agree {chance}, draw {draw}",
        "达成一致的概率{chance}，随机数{draw}",
    ),
    A.DECIDED: Words(
        "The meeting decides: {number} units must act, with a mandate.", "会议决定：由{number}个单位办理，不得退单。"
    ),
    A.BACKSTOP: Words("Nobody has taken it: it falls to {unit}.", "无人认领，由{unit}兜底。"),
    A.STALL: Words("Lacks the power to act; the case lies.", "没有执法权，案卷搁置。"),
    A.STATUTORY_WAIT: Words(
        "By law the unit must wait {number} days before it may act; deadlines stand still.",
        "依法须等待法定期限届满（{number}天）方可办理，期间不计入办理时限。",
        "chance of a legal period {chance}, draw {draw}",
        "须等待法定期限的概率{chance}，随机数{draw}",
    ),
    A.INSPECT: Words("Looks at the place.", "到场检查。"),
    A.REMEDY_ORDERED: Words("What was ordered takes time: {number} days.", "部门处置完毕，限期整改，期限{number}天。"),
    A.PROMISE: Words("Promises to put it right within {number} days.", "承诺{number}天内整改。"),
    A.REMEDY: Words(
        "The place has put it right.",
        "场所已完成整改。",
        "chance to comply {chance}, draw {draw}",
        "整改的概率{chance}，随机数{draw}",
    ),
    A.REFUSAL: Words(
        "The place has done nothing by then.",
        "到期仍未整改。",
        "chance to comply {chance}, draw {draw}",
        "整改的概率{chance}，随机数{draw}",
    ),
    A.RELAPSE: Words(
        "The place had put such things right before: it has slackened.", "该场所此前整改过，问题再次发生。"
    ),
    A.MOVE: Words("The place moves round the corner.", "该经营者换了地方。"),
    A.FELT: Words(
        "It is felt again: nothing had changed.",
        "问题再次冒头：其实并未解决。",
        "chance to be felt again {chance}, draw {draw}",
        "再次冒头的概率{chance}，随机数{draw}",
    ),
    A.SOLVED: Words(
        "Every unit concerned has acted, and what they ordered is done: the problem is really solved.",
        "各相关单位均已办理，整改已落实：问题实际解决。",
    ),
    A.LAPSE: Words("It fades, unsolved.", "问题未解决，不了了之。"),
    A.CRISIS: Words("It becomes a crisis.", "酿成危机事件。"),
    A.HEARD_SOLVED: Words(
        "Contacts of those affected hear that it was solved: {number} residents.",
        "受影响居民的熟人听说问题已解决：{number}人。",
    ),
    A.HEARD_HOLLOW: Words(
        "Contacts of those affected hear that nothing had changed: {number} residents.",
        "受影响居民的熟人听说问题其实没解决：{number}人。",
    ),
    A.JOINED: Words("Joins the volunteers.", "加入志愿者。"),
    A.WENT_PUBLIC: Words(
        "Goes public with it.",
        "向社会公开反映。",
        "chance to go public {chance}, draw {draw}",
        "公开反映的概率{chance}，随机数{draw}",
    ),
    A.COMPLIED: Words(
        "Whoever causes it stops, now that it is public: the problem is really solved.",
        "公开之后，责任人自行整改：问题实际解决。",
    ),
    A.REVISIT: Words("Calls on the complainant.", "回访投诉人。"),
    A.EVALUATE: Words("Evaluation (step 7): {number} ratings.", "综合评价（第七步）：{number}人评价。"),
    A.RATE: Words(
        "Rates the outcome: {number} of 100.",
        "评价结果：{number}分（满分100）。",
        "chance to rate {chance}, draw {draw}",
        "作出评价的概率{chance}，随机数{draw}",
    ),
}

#: Words that depend on the event's detail.
BY_DETAIL: dict[tuple[Activity, int], Words] = {
    (A.FILE, 0): Words("A case file is opened (step 2).", "任务立卷（第二步）。"),
    (A.FILE, 1): Words(
        "A second file is opened: this system does not see the first.", "重复立案：该渠道看不到已有案卷。"
    ),
    (A.RETURN, 1): Words("Returns the case: it is not its business.", "退单：不属本单位职责。"),
    (A.RETURN, 2): Words(
        "Returns the case although it must act.",
        "推诿退单：本应由其办理。",
        "chance to return it {chance}, draw {draw}",
        "退单的概率{chance}，随机数{draw}",
    ),
    (A.HANDLE, 0): Words(
        "Begins to work on it (step 4).",
        "着手办理（第四步）。",
        "chance to close it on paper only {chance}, draw {draw}",
        "敷衍办结的概率{chance}，随机数{draw}",
    ),
    (A.HANDLE, 1): Words(
        "Begins (step 4), and will close it on paper only.",
        "着手办理（第四步），但只作纸面办结。",
        "chance to close it on paper only {chance}, draw {draw}",
        "敷衍办结的概率{chance}，随机数{draw}",
    ),
    (A.FEEDBACK, 0): Words("Reports it done (step 5).", "反馈办结（第五步）。"),
    (A.FEEDBACK, 1): Words(
        "Reports it done (step 5); part of it on paper only.", "反馈办结（第五步），其中有纸面办结。"
    ),
    (A.VERIFY, 0): Words(
        "Verify and close the case (step 6).",
        "现场核实，予以结案（第六步）。",
        "chance to see through a paper closure {chance}, draw {draw}",
        "识破纸面办结的概率{chance}，随机数{draw}",
    ),
    (A.VERIFY, 1): Words(
        "Find on site that nothing was done (step 6).",
        "现场核实发现并未办理（第六步）。",
        "chance to see through a paper closure {chance}, draw {draw}",
        "识破纸面办结的概率{chance}，随机数{draw}",
    ),
    (A.EVALUATE, 0): Words("Evaluation (step 7): nobody rated it.", "综合评价（第七步）：无人评价。"),
    (A.EVALUATE, 1): Words("Evaluation (step 7): one rating.", "综合评价（第七步）：1人评价。"),
    (A.REOPEN, 1): Words("Send it back to be done again.", "退回重办。"),
    (A.REOPEN, 2): Words("The complaint reopens the case.", "因再次投诉重新办理。"),
}

SETTLED = Words(
    "Tries to settle it on the spot, and succeeds.",
    "先行就地化解，成功。",
    "chance to settle {chance}, draw {draw}",
    "化解的概率{chance}，随机数{draw}",
)
NOT_SETTLED = Words(
    "Tries to settle it on the spot, in vain.",
    "先行就地化解，未成。",
    "chance to settle {chance}, draw {draw}",
    "化解的概率{chance}，随机数{draw}",
)
KNOWN = Words(
    "",
    "",
    "chance that the dispatcher knows who must act {chance}, draw {draw}: {unit} must act",
    "知道该谁办理的概率{chance}，随机数{draw}：{unit}确应办理",
)
MISTAKEN = Words(
    "",
    "",
    "chance that the dispatcher knows who must act {chance}, draw {draw}: {unit} need not",
    "知道该谁办理的概率{chance}，随机数{draw}：{unit}其实不该办",
)
