"""Pattern of leaders who learn, over ten years: P21."""

from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Pattern, settings

DECADE = 3650
NOTHING, REPORTED, TRUE = (
    Condition(settings=settings(leadership_steers_by=by), days=DECADE) for by in ("nothing", "reported", "true")
)

P21 = Pattern(
    "P21",
    "Leaders who steer by reported figures drift from the truth over ten years, and further than by true figures.",
    "十年间，领导据上报数据施政会逐渐偏离实情，且比据真实情况施政偏离得更远。",
    "what is measured is managed, and missed (Bevan & Hood 2006); appraisal by the system's own indicators (paper)",
    "assumed",
    ("R10", "R18", "R31"),
    "emergent",
    Overlay(settings(leadership_steers_by="nothing")),
    "leaders steer by nothing",
    "领导不据数据调整",
    "the gap between recorded and solved not widening under reported figures, or widening as much under true ones",
    (
        Claim(
            "Recorded less solved, tenth year less first: steering by reported figures less by nothing",
            "账面办结与实际解决之差在第十年与第一年之间的变化：据上报数据与不据数据之差",
            (NOTHING, REPORTED),
            Difference("gap_drift"),
        ),
        Claim(
            "The same: steering by reported figures less by true ones",
            "同上：据上报数据与据真实情况之差",
            (TRUE, REPORTED),
            Difference("gap_drift"),
        ),
        Claim(
            "The same: steering by true figures less by nothing",
            "同上：据真实情况与不据数据之差",
            (NOTHING, TRUE),
            Difference("gap_drift"),
            "below",
            required=False,
        ),
        Claim(
            "Problems solved over ten years: steering by true figures less by reported ones",
            "十年实际解决占比：据真实情况与据上报数据之差",
            (REPORTED, TRUE),
            Difference("solved_share"),
            required=False,
        ),
    ),
)

PATTERNS = (P21,)
