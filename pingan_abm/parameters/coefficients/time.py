"""Weekdays and weekends, the swing of arrivals, how long the recent past counts."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", group="time", coefficient=True)


class Time(ParameterGroup):
    """Coefficients of the calendar."""

    weekday_arrivals: float = coefficient(
        1.19,
        low=0.9,
        high=1.35,
        unit="× the mean",
        source="literature",
        en="Problems on working days",
        zh="工作日问题量",
        meaning_en="Problems and decisions on a working day (311 service requests of Baltimore 2014–19 and Boston 2015).",
        meaning_zh="工作日的问题量和居民决定量（依据巴尔的摩2014—2019年、波士顿2015年311服务请求）。",
    )
    weekend_arrivals: float = coefficient(
        0.525,
        low=0.1,
        high=1.5,
        unit="× the mean",
        source="literature",
        en="Problems at weekends",
        zh="周末问题量",
        meaning_en="Problems on a day of the weekend (the same sources).",
        meaning_zh="周末一天的问题量（来源同上）。",
    )
    weekday_staff: float = coefficient(
        1.14,
        low=0.5,
        high=1.4,
        unit="× the mean",
        source="assumed",
        en="Staff on working days",
        zh="工作日人力",
        meaning_en="Staff of the units on a working day.",
        meaning_zh="工作日部门人力。",
    )
    weekend_staff: float = coefficient(
        0.65,
        low=0,
        high=1.5,
        unit="× the mean",
        source="assumed",
        en="Staff at weekends",
        zh="周末人力",
        meaning_en="Staff of the units on a day of the weekend.",
        meaning_zh="周末一天部门人力。",
    )
    arrivals_swing: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="log sd",
        source="assumed",
        en="Swing of arrivals",
        zh="问题量起伏",
        meaning_en="Standard deviation of the slow swing of the logarithm of arrivals.",
        meaning_zh="问题量对数缓慢起伏的标准差。",
    )
    arrivals_memory_days: int = coefficient(
        14,
        low=1,
        high=90,
        unit="days",
        source="assumed",
        en="Memory of that swing",
        zh="起伏的持续",
        meaning_en="Days that this swing reaches back.",
        meaning_zh="上述起伏回溯的天数。",
    )
    recent_days: float = coefficient(
        90.0,
        low=7,
        high=365,
        unit="days",
        source="assumed",
        en="The recent past",
        zh="近期的长度",
        meaning_en="Time constant of what leaders and organisations count as recent problems, reports and files.",
        meaning_zh="领导和社会组织统计近期问题、反映和案卷的时间常数。",
    )
