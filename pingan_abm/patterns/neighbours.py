"""Patterns of residents and each other: P20 and P22."""

from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Pattern, settings

APART, TOGETHER = Condition(settings=settings(contact_trust=False)), Condition()
DEAF, HEARING = Condition(settings=settings(hearing=False)), Condition()
LITTLE = 0.01  # of the problems solved: less than this counts as no change

P20 = Pattern(
    "P20",
    "Contact in person makes trust beyond what its outcomes do.",
    "当面接触所增进的信任，超出其办理结果所带来的部分。",
    "the more points of contact, the more trust (paper)",
    "paper",
    ("R27",),
    "assumption",
    Overlay(settings(contact_trust=False)),
    "a contact in person leaves trust as it is",
    "当面接触不影响信任",
    "trust not rising with contact, or rising only because more gets solved",
    (
        Claim(
            "Mean trust on the last day, with trust by contact less without",
            "期末平均信任度：计入与不计入接触作用之差",
            (APART, TOGETHER),
            Difference("trust_mean"),
        ),
        Claim(
            "Trust of complainants of solved cases who were called on, less that of residents who never reported: "
            "with less without",
            "问题已解决并受回访的投诉人与从未反映问题的居民信任度之差：计入与不计入接触作用的差别",
            (APART, TOGETHER),
            Difference("trust_of_met"),
        ),
        Claim(
            "Problems solved, with trust by contact less without (less than a point counts as none)",
            "实际解决占比：计入与不计入接触作用之差（不足1个百分点视为无差别）",
            (APART, TOGETHER),
            Difference("solved_share"),
            "within",
            -LITTLE,
            LITTLE,
        ),
    ),
)

P22 = Pattern(
    "P22",
    "A resident near a solved problem reports more, one near a hollow closure less.",
    "邻近问题得到解决的居民更愿反映，邻近问题被敷衍办结的居民更不愿反映。",
    "neighbours of a repair ask for more (Trucco 2016); that those of a hollow closure fall silent is assumed",
    "moderate (one field experiment for the first half)",
    ("R26",),
    "assumption",
    Overlay(settings(hearing=False)),
    "nobody hears of others' problems",
    "居民听不到他人的遭遇",
    "reporting near solved problems not above, or near hollow ones not below, what it is without hearing",
    (
        Claim(
            "Share reported by residents near a solved problem less near none, with hearing less without",
            "邻近问题已解决与邻近无结果的居民反映率之差：能听闻与不能听闻的差别",
            (DEAF, HEARING),
            Difference("reported_near_solved"),
        ),
        Claim(
            "Share reported by residents near a hollow closure less near none, with hearing less without",
            "邻近敷衍办结与邻近无结果的居民反映率之差：能听闻与不能听闻的差别",
            (DEAF, HEARING),
            Difference("reported_near_hollow"),
            "below",
        ),
    ),
)

PATTERNS = (P20, P22)
