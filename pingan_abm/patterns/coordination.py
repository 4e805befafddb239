"""Patterns of departments working together: P4, P5 and P11."""

from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Pattern, settings

AS_IS = Condition()
JOINTLY = Condition(hook="joint_from_the_start")
LOOSE, TIGHT = (Condition(settings=settings(accountability=value)) for value in (0.1, 0.9))
SILOS, JOINED = (Condition(settings=settings(channel_integration=value)) for value in (0.1, 0.95))
LITTLE_GAIN = 0.5  # days

P4 = Pattern(
    "P4",
    "Problems of several departments are solved sooner jointly than in turn; those of one department gain nothing.",
    "跨部门问题联办比逐家流转更快，单部门问题则无差别。",
    "共同处置, 单一部门难以有效解决: the second dispatch went to four departments at once, because a single one can "
    "hardly solve it (paper)",
    "paper",
    ("R12", "R13"),
    "assumption",
    Overlay(settings(command_centre=False)),
    "no centre, so nothing is dispatched jointly",
    "没有指挥中心，无从联合交办",
    "joint dispatch from the start not shortening the median for several departments",
    (
        Claim(
            "Several departments: median days to a real solution, all files joint from the start less one lead first",
            "多部门：实际解决天数中位数，一开始即联办与先交一家之差",
            (AS_IS, JOINTLY),
            Difference("days_several"),
            "below",
        ),
        Claim(
            "One department: the same (a gain of less than half a day counts as none)",
            "单部门：同上（快不到半天视为无差别）",
            (AS_IS, JOINTLY),
            Difference("days_single"),
            "within",
            bound=-LITTLE_GAIN,
            upper=LITTLE_GAIN,
        ),
    ),
)

P5 = Pattern(
    "P5",
    "Returns rise with unclear duties and with the number of units needed, and end under a mandate; the sign for "
    "accountability is reported.",
    "职责越不清、涉及单位越多，退单越多；有指令时不再退单；问责的作用方向如实报告。",
    "不推诿 is demanded of units, and in the case Environmental Protection answered that urban-management enforcement "
    "should take it (paper)",
    "theory and the case",
    ("R7", "R8"),
    "assumption",
    Overlay(settings(behaviour="capacity_only", jurisdiction_clarity=1.0)),
    "duties are clear and no unit declines",
    "职责清晰，无单位推诿",
    "returns as frequent where duties are clear as where they are not, or no fewer under a mandate",
    (
        Claim(
            "Share of assignments returned: types with the least clear duties less those with the clearest",
            "退单占比：职责最不清的三分之一类型与最清的三分之一之差",
            (AS_IS, AS_IS),
            Difference("returns_unclear", "returns_clear"),
        ),
        Claim(
            "Declined although it must act: problems of several units less those of one",
            "应办而推：多单位问题与单一单位问题之差",
            (AS_IS, AS_IS),
            Difference("passed_several", "passed_single"),
        ),
        Claim(
            "Declined although it must act: files with a mandate less those without, of several units",
            "应办而推（多单位）：有指令与无指令之差",
            (AS_IS, AS_IS),
            Difference("returns_mandated", "returns_unmandated"),
            "below",
        ),
        Claim(
            "Returned for any reason: several units less one",
            "各种原因的退单：多单位与单一单位之差",
            (AS_IS, AS_IS),
            Difference("returns_several", "returns_single"),
            required=False,
        ),
        Claim(
            "Returns per dispatch at accountability 0.9 less those at 0.1",
            "问责为0.9与为0.1时退单率之差",
            (LOOSE, TIGHT),
            Difference("returns_per_dispatch"),
            required=False,
        ),
    ),
)

P11 = Pattern(
    "P11",
    "Integrated channels: fewer duplicate files, more problems found.",
    "渠道整合：重复立案减少，发现的问题增多。",
    "信息孤岛: one system for 110, 12345, the departments' platforms and Community E-Home breaks the silos (paper)",
    "the paper's claim",
    ("R1", "R3"),
    "assumption",
    Overlay(settings(command_centre=False)),
    "no centre, so no common system",
    "没有指挥中心，也就没有统一系统",
    "duplicates not falling, or no more problems found, when channels join one system",
    (
        Claim(
            "Duplicate files with integration 0.95 less those with 0.1",
            "整合度为0.95与为0.1时重复立案率之差",
            (SILOS, JOINED),
            Difference("duplicate_file_rate"),
            "below",
        ),
        Claim(
            "Problems found with integration 0.95 less those with 0.1",
            "整合度为0.95与为0.1时问题发现率之差",
            (SILOS, JOINED),
            Difference("problems_found_share"),
        ),
    ),
)

PATTERNS = (P4, P5, P11)
