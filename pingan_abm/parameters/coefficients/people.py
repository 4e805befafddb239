"""What residents, communities and running averages are like at the start."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", group="people", coefficient=True)


class People(ParameterGroup):
    """Coefficients of the start."""

    habit_sd: float = coefficient(
        0.45,
        low=0,
        high=1.5,
        unit="log-odds",
        source="literature",
        en="Communities' habits of reporting",
        zh="社区反映习惯差异",
        meaning_en="Standard deviation of communities' habits of reporting; they differ about threefold (Liu et al. 2024).",
        meaning_zh="社区之间反映习惯的标准差，约相差三倍（Liu 等，2024年）。",
    )
    trust_at_start: float = coefficient(
        0.55,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Trust at the start",
        zh="初始信任",
        meaning_en="Mean trust at the start.",
        meaning_zh="开始时的平均信任度。",
    )
    trust_community_sd: float = coefficient(
        0.06,
        low=0,
        high=0.3,
        unit="0–1",
        source="assumed",
        en="Trust differs by community",
        zh="社区间信任差异",
        meaning_en="Standard deviation of communities' mean trust.",
        meaning_zh="社区平均信任度的标准差。",
    )
    trust_spread: float = coefficient(
        0.2,
        low=0,
        high=0.5,
        unit="0–1",
        source="assumed",
        en="Trust differs by person",
        zh="个人信任差异",
        meaning_en="Half of the width over which trust varies within a community.",
        meaning_zh="社区内信任度变动范围的一半。",
    )
    young_share: float = coefficient(
        0.42,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Young adults",
        zh="青年占比",
        meaning_en="Share of residents in the youngest of three age groups.",
        meaning_zh="三个年龄组中最年轻一组的比重。",
    )
    middle_age_share: float = coefficient(
        0.33,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Middle-aged",
        zh="中年占比",
        meaning_en="Share of residents in the middle age group; the others are old.",
        meaning_zh="中年组的比重，其余为老年。",
    )
    owners_young: float = coefficient(
        0.45,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Owners among the young",
        zh="青年业主占比",
        meaning_en="Share of home owners in the youngest age group.",
        meaning_zh="青年组中业主的比重。",
    )
    owners_middle_aged: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Owners among the middle-aged",
        zh="中年业主占比",
        meaning_en="Share of home owners in the middle age group.",
        meaning_zh="中年组中业主的比重。",
    )
    owners_old: float = coefficient(
        0.8,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Owners among the old",
        zh="老年业主占比",
        meaning_en="Share of home owners in the oldest age group.",
        meaning_zh="老年组中业主的比重。",
    )
    digital_young: float = coefficient(
        0.85,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Digital access of the young",
        zh="青年数字能力",
        meaning_en="Mean digital access in the youngest age group.",
        meaning_zh="青年组的平均数字能力。",
    )
    digital_middle_aged: float = coefficient(
        0.65,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Digital access of the middle-aged",
        zh="中年数字能力",
        meaning_en="Mean digital access in the middle age group.",
        meaning_zh="中年组的平均数字能力。",
    )
    digital_old: float = coefficient(
        0.35,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Digital access of the old",
        zh="老年数字能力",
        meaning_en="Mean digital access in the oldest age group.",
        meaning_zh="老年组的平均数字能力。",
    )
    digital_spread: float = coefficient(
        0.25,
        low=0,
        high=0.5,
        unit="0–1",
        source="assumed",
        en="Digital access differs",
        zh="数字能力差异",
        meaning_en="Half of the width over which digital access varies within an age group.",
        meaning_zh="年龄组内数字能力变动范围的一半。",
    )
    expectation_least: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Least expectation",
        zh="最低期望",
        meaning_en="Lowest expectation at the start.",
        meaning_zh="开始时的最低期望。",
    )
    expectation_more: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Spread of expectation",
        zh="期望幅度",
        meaning_en="Width over which expectation varies at the start.",
        meaning_zh="开始时期望变动的幅度。",
    )
    satisfaction_least: float = coefficient(
        0.45,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Least satisfaction",
        zh="最低满意度",
        meaning_en="Lowest satisfaction at the start.",
        meaning_zh="开始时的最低满意度。",
    )
    satisfaction_more: float = coefficient(
        0.3,
        low=0,
        high=1,
        unit="0–1",
        source="assumed",
        en="Spread of satisfaction",
        zh="满意度幅度",
        meaning_en="Width over which satisfaction varies at the start.",
        meaning_zh="开始时满意度变动的幅度。",
    )
    volunteers_at_start: float = coefficient(
        0.06,
        low=0,
        high=1,
        unit="chance",
        source="assumed",
        en="Volunteers at the start",
        zh="初始志愿者",
        meaning_en="Chance that a resident of full propensity is a volunteer at the start.",
        meaning_zh="意愿为1的居民开始时是志愿者的概率。",
    )
    community_posts: float = coefficient(
        54.0,
        low=5,
        high=500,
        unit="posts",
        source="assumed",
        en="Community posts",
        zh="社区岗位数",
        meaning_en="Full-time posts of community workers, in the whole district.",
        meaning_zh="全区社区工作者的全职岗位数。",
    )
    files_share_at_start: float = coefficient(
        0.22,
        low=0,
        high=1,
        unit="share",
        source="assumed",
        en="Files at the start",
        zh="初始立卷占比",
        meaning_en="Share of problems on which a file is taken to have been opened before the start.",
        meaning_zh="假定开始前已立卷的问题比重。",
    )
    reports_share_at_start: float = coefficient(
        0.45,
        low=0,
        high=2,
        unit="ratio",
        source="assumed",
        en="Reports at the start",
        zh="初始反映量",
        meaning_en="Reports a problem that are taken to have been made before the start.",
        meaning_zh="假定开始前每件问题的反映次数。",
    )
