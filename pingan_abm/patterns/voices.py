"""Pattern of two accountabilities: P19."""

from pingan_abm.patterns.pattern import Claim, Condition, Difference, Overlay, Pattern, settings

PRIVATE, PUBLIC = Condition(), Condition(scenario="public_voice")
EASY = Condition(scenario="open_channels")
LITTLE = 0.01

P19 = Pattern(
    "P19",
    "Public voice raises compliance; private complaint, made easier, hardly does.",
    "公众监督促进整改；让私下投诉更方便，则几乎没有这种作用。",
    "public appeals cut violations by more than half, private ones by little (Buntaine et al. 2024)",
    "strong for firms, none for neighbourhoods",
    ("R29",),
    "assumption",
    Overlay(settings(public_voice=0.0)),
    "nothing goes public",
    "一切不公开",
    "reported problems that need powers not being solved more often with public voice, or as much more often when "
    "reporting is only made easier",
    (
        Claim(
            "Reported problems that need legal powers solved within 90 days: with public voice less without",
            "已反映且需执法权的问题90天内实际解决占比：有与无公众监督之差",
            (PRIVATE, PUBLIC),
            Difference("violations_solved"),
        ),
        Claim(
            "The same with easy reporting less without (less than a point counts as none)",
            "同上：反映渠道畅通与否之差（不足1个百分点视为无差别）",
            (PRIVATE, EASY),
            Difference("violations_solved"),
            "below",
            bound=LITTLE,
        ),
        Claim(
            "Closed on paper, with public voice less without",
            "纸面办结占比：有与无公众监督之差",
            (PRIVATE, PUBLIC),
            Difference("perfunctory_share"),
            "below",
        ),
        Claim(
            "All problems solved, with public voice less without",
            "全部问题实际解决占比：有与无公众监督之差",
            (PRIVATE, PUBLIC),
            Difference("solved_share"),
            required=False,
        ),
    ),
)

PATTERNS = (P19,)
