"""Patterns of accountability and audit: P1 to P3."""

from pingan_abm.patterns.pattern import Bend, Claim, Condition, Difference, Overlay, Part, Pattern, Value, settings

LEAST_FALL = -0.01  # a rate that falls by less than this counts as not falling

LOOSE, MEDIUM, TIGHT = (Condition(settings=settings(accountability=value)) for value in (0.0, 0.5, 1.0))
NO_AUDIT, AUDIT = (Condition(settings=settings(verification_rate=value)) for value in (0.0, 0.5))
HONEST, PERFUNCTORY = (Condition(settings=settings(perfunctory_base=value)) for value in (-4.0, -1.0))

OF_FILES, OF_ALL = Part("of files", "按案卷计"), Part("of all problems", "按全部问题计")

P1 = Pattern(
    "P1",
    "More accountability: of files, reported closure does not fall, real solutions first rise, then flatten or fall, "
    "and the gap widens; of all problems, whether more are ever solved is reported.",
    "问责加大：按案卷计，报告办结率不降，实际解决率先升后平或降，账实差距扩大；按全部问题计，解决率是否上升如实报告。",
    "倒逼, 层层加码: pressure from the result backwards and amplified targets drive the units (paper)",
    "strong for the gap (Bevan & Hood 2006); the turning point is theory",
    ("R9", "R10", "R18"),
    "assumption",
    Overlay(settings(behaviour="capacity_only")),
    "no strategic behaviour, queues only",
    "去掉策略行为，只剩排队",
    "the gap shrinking, or real solutions rising as fast in the upper half of accountability as in the lower",
    (
        Claim(
            "Reported closure at accountability 1 less that at 0 (a fall of less than 0.01 counts as none)",
            "问责为1与为0时报告办结率之差（降幅小于0.01视为不降）",
            (LOOSE, TIGHT),
            Difference("reported_closure_rate"),
            bound=LEAST_FALL,
            part=OF_FILES,
        ),
        Claim(
            "Real solutions at accountability 0.5 less those at 0",
            "问责为0.5与为0时实际解决率之差",
            (LOOSE, MEDIUM),
            Difference("true_resolution_rate"),
            part=OF_FILES,
        ),
        Claim(
            "Real solutions: the step from 0.5 to 1 less the step from 0 to 0.5",
            "实际解决率：0.5到1的变化减去0到0.5的变化",
            (LOOSE, MEDIUM, TIGHT),
            Bend("true_resolution_rate"),
            "below",
            part=OF_FILES,
        ),
        Claim(
            "Gap at accountability 1 less that at 0",
            "问责为1与为0时账实差距之差",
            (LOOSE, TIGHT),
            Difference("closure_gap"),
            part=OF_FILES,
        ),
        Claim(
            "All problems solved at accountability 0.5 less those at 0",
            "问责为0.5与为0时全部问题实际解决占比之差",
            (LOOSE, MEDIUM),
            Difference("solved_share"),
            required=False,
            part=OF_ALL,
        ),
        Claim(
            "All problems solved at accountability 1 less those at 0.5",
            "问责为1与为0.5时全部问题实际解决占比之差",
            (MEDIUM, TIGHT),
            Difference("solved_share"),
            "below",
            required=False,
            part=OF_ALL,
        ),
        Claim(
            "Burden lived with at accountability 1 less that at 0",
            "问责为1与为0时问题负担之差",
            (LOOSE, TIGHT),
            Difference("burden"),
            required=False,
            part=OF_ALL,
        ),
    ),
)

P2 = Pattern(
    "P2",
    "More on-site verification: the gap falls, reported closure falls or holds.",
    "现场核实加强：账实差距缩小，报告办结率下降或持平。",
    "现场核实结案: inspectors verify on site before every closure (paper)",
    "theory",
    ("R14", "R10"),
    "assumption",
    Overlay(settings(behaviour="capacity_only")),
    "nothing is closed on paper, so there is nothing to detect",
    "没有纸面办结，无可核实",
    "the gap not falling with verification",
    (
        Claim(
            "Gap with verification 0.5 less that with 0",
            "核实力度为0.5与为0时账实差距之差",
            (NO_AUDIT, AUDIT),
            Difference("closure_gap"),
            "below",
        ),
        Claim(
            "Reported closure with verification 0.5 less that with 0 (a rise of less than 0.01 counts as none)",
            "核实力度为0.5与为0时报告办结率之差（升幅小于0.01视为不升）",
            (NO_AUDIT, AUDIT),
            Difference("reported_closure_rate"),
            "below",
            bound=-LEAST_FALL,
        ),
    ),
)

P3 = Pattern(
    "P3",
    "More closures on paper: more is reopened and reported again, and those who report again are less satisfied.",
    "纸面办结越多：重办和重复反映越多，重复反映者更不满意。",
    "问题反弹, 循环往复: rebound and endless repetition (paper)",
    "moderate",
    ("R2", "R3", "R15"),
    "emergent",
    Overlay(settings(recurrence=False)),
    "paper closures are never felt again",
    "纸面办结不再冒头",
    "reopening or repeats not rising when more is closed on paper",
    (
        Claim(
            "Reopened, with much paper (log-odds −1) less little (−4)",
            "重办率：敷衍倾向高（−1）与低（−4）之差",
            (HONEST, PERFUNCTORY),
            Difference("reopen_rate"),
        ),
        Claim(
            "Repeat reports, with much paper less little",
            "重复反映率：敷衍倾向高与低之差",
            (HONEST, PERFUNCTORY),
            Difference("repeat_report_rate"),
        ),
        Claim(
            "Satisfaction of those who reported twice or more less that of those who reported once",
            "反映两次及以上者与一次者的满意度之差",
            (MEDIUM,),
            Value("repeat_satisfaction"),
            "below",
        ),
    ),
)

PATTERNS = (P1, P2, P3)
