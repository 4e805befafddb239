"""Patterns of the whole platform: P14, progress, "reform without change" and its remedies; P15, the documented case."""

from pingan_abm.district.files import residents_here
from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Part, Pattern, Reached, Value, settings
from pingan_abm.scenarios.histories import PLATFORM_DAYS

BEFORE, PLATFORM = Condition(scenario="fragmented_2010"), Condition()
CLEAR, PEOPLE = Condition(scenario="clear_duties"), Condition(scenario="people_centred")
CASE = Condition(scenario="pizza_shop", residents=residents_here(), days=310, measure="case", warmup=PLATFORM_DAYS)
SOME_GAP = 0.02
PROGRESS = Part("progress", "进步")
LEFT = Part("what is left: reform without change", "遗留的问题：“无变革的改革”")
REMEDIES = Part("what the remedies do", "对策的效果")
INSIDE = (0.05, 0.95)  # a day lies in the central 90 % when between 5 % and 95 % of runs have got there by then
REPORT_DAY, SUPERVISION_DAY, MEETING_DAY = 23, 41, 44

P14 = Pattern(
    "P14",
    "The platform beats the time before it on what is solved, burden, time, silence and trust, and still shows a gap, "
    "stuck ambiguous cases and long waits for minor needs, which clear duties and residents' ratings would lessen: "
    "reform without change.",
    "平台在解决率、问题负担、速度、沉默和信任上优于平台之前，但仍有账实差距、久拖不决和小事久等，厘清职责、以居民评价为准可使之减轻：“无变革的改革”。",
    "无变革的改革: mechanisms change, the system does not (paper)",
    "paper",
    ("R7", "R8", "R10", "R13b", "R14"),
    "emergent",
    Overlay(settings(behaviour="capacity_only")),
    "no strategic behaviour, queues only",
    "去掉策略行为，只剩排队",
    "no gain over the time before; no gap, no stuck cases or no longer waits for minor needs left; clear duties or "
    "residents' ratings not lessening them",
    (
        Claim(
            "All problems solved, platform less before",
            "全部问题实际解决占比：平台与之前之差",
            (BEFORE, PLATFORM),
            Difference("solved_share"),
            part=PROGRESS,
        ),
        Claim(
            "Burden lived with, platform less before",
            "问题负担：平台与之前之差",
            (BEFORE, PLATFORM),
            Difference("burden"),
            "below",
            part=PROGRESS,
        ),
        Claim(
            "Mean days to a real solution, platform less before",
            "实际解决平均天数：平台与之前之差",
            (BEFORE, PLATFORM),
            Difference("days_to_resolution_mean"),
            "below",
            part=PROGRESS,
        ),
        Claim(
            "Problems never reported, platform less before",
            "沉默占比：平台与之前之差",
            (BEFORE, PLATFORM),
            Difference("silent_share"),
            "below",
            part=PROGRESS,
        ),
        Claim(
            "Trust, platform less before",
            "信任度：平台与之前之差",
            (BEFORE, PLATFORM),
            Difference("trust_mean"),
            part=PROGRESS,
        ),
        Claim(
            "Gap that is left on the platform",
            "平台上仍有的账实差距",
            (PLATFORM,),
            Value("closure_gap"),
            bound=SOME_GAP,
            part=LEFT,
        ),
        Claim(
            "Stuck cases that are left on the platform",
            "平台上仍有的久拖不决案卷占比",
            (PLATFORM,),
            Value("stuck_share"),
            part=LEFT,
        ),
        Claim(
            "Wait for minor over wait for grave problems of the same type on the platform",
            "平台上同类问题中小事与大事等待天数之比",
            (PLATFORM,),
            Value("minor_over_grave"),
            bound=1.0,
            part=LEFT,
        ),
        Claim(
            "Stuck cases, clear duties less platform",
            "久拖不决：厘清职责与平台之差",
            (PLATFORM, CLEAR),
            Difference("stuck_share"),
            "below",
            part=REMEDIES,
        ),
        Claim(
            "Gap, residents' ratings first less platform",
            "账实差距：以居民评价为准与平台之差",
            (PLATFORM, PEOPLE),
            Difference("closure_gap"),
            "below",
            part=REMEDIES,
        ),
        Claim(
            "Mean days to a real solution of minor problems (least severe third of each type), clear duties less "
            "platform",
            "小事（各类中严重程度最低的三分之一）实际解决平均天数：厘清职责与平台之差",
            (PLATFORM, CLEAR),
            Difference("minor_days"),
            "below",
            part=REMEDIES,
        ),
        Claim(
            "The same, residents' ratings first less platform",
            "同上：以居民评价为准与平台之差",
            (PLATFORM, PEOPLE),
            Difference("minor_days"),
            "below",
            part=REMEDIES,
        ),
        Claim(
            "Wait for minor over wait for grave problems, all types together, on the platform",
            "平台上小事等待倍数（各类合计）",
            (PLATFORM,),
            Value("low_risk_delay_ratio"),
            bound=1.0,
            required=False,
            part=LEFT,
        ),
        Claim(
            "Returns per dispatch, clear duties less platform",
            "退单率：厘清职责与平台之差",
            (PLATFORM, CLEAR),
            Difference("returns_per_dispatch"),
            "below",
            required=False,
            part=REMEDIES,
        ),
    ),
)

P15 = Pattern(
    "P15",
    "The documented trace of the pizza shop lies in the central 90 % of simulated ones, unfitted; how often the fumes "
    "have stopped is reported.",
    "论文记载的披萨店案卷轨迹落在模拟的中间90%之内（未经拟合）；油烟真正停止的次数如实报告。",
    "second report after 23 days, supervision after 41, special-topic meeting after 44 (paper, one case)",
    "paper, n = 1; R13's waits are assumed",
    ("R7", "R8", "R13"),
    "assumption",
    Overlay(settings(joint_meetings=False, supervision=False)),
    "no supervision and no meetings",
    "没有督办，也没有会议",
    "fewer than 5 % or more than 95 % of runs having reached a milestone by its documented day",
    (
        Claim(
            "Runs with a second report by day 23",
            "第23天前已再次上报的模拟占比",
            (CASE,),
            Reached("second_report", REPORT_DAY),
            "within",
            *INSIDE,
            interval="share",
        ),
        Claim(
            "Runs under supervision by day 41",
            "第41天前已督办的模拟占比",
            (CASE,),
            Reached("supervision", SUPERVISION_DAY),
            "within",
            *INSIDE,
            interval="share",
        ),
        Claim(
            "Runs with a special-topic meeting on it by day 44",
            "第44天前已就此召开专题会的模拟占比",
            (CASE,),
            Reached("special_meeting", MEETING_DAY),
            "within",
            *INSIDE,
            interval="share",
        ),
        *(
            Claim(
                f"Runs in which the fumes have really stopped by day {day}",
                f"第{day}天前油烟已真正停止的模拟占比",
                (CASE,),
                Reached("true_resolution", day),
                "within",
                0.0,
                1.0,
                interval="share",
                required=False,
            )
            for day in (60, 90, 180)
        ),
    ),
)

PATTERNS = (P14, P15)
