"""R9, R11 and R12: pressure, effort, the queue, joint work."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="handling", coefficient=True)


class Handling(ParameterGroup):
    """Coefficients of how units work."""

    pressure_base: float = coefficient(
        0.4,
        low=0,
        high=0.5,
        unit="0–1",
        en="Pressure on the best",
        zh="最佳者的压力",
        meaning_en="Pressure on the best ranked at full accountability.",
        meaning_zh="问责力度为1时，排名第一者承受的压力。",
    )
    pressure_rank_effect: float = coefficient(
        0.4,
        low=0,
        high=0.5,
        unit="0–1",
        en="A poor rank presses",
        zh="排名靠后的压力",
        meaning_en="What the last rank adds to that pressure.",
        meaning_zh="排名末位使压力增加的量。",
    )
    pressure_veto_effect: float = coefficient(
        0.4,
        low=0,
        high=0.5,
        unit="0–1",
        en="A veto presses",
        zh="一票否决的压力",
        meaning_en="What a veto in force adds to a unit's pressure.",
        meaning_zh="一票否决生效期间，单位压力增加的量。",
    )
    line_verticality: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="share",
        en="Line units feel less",
        zh="条线单位的垂直度",
        meaning_en="Share by which a unit led from above feels the district's pressure less.",
        meaning_zh="上级垂直领导的单位所受区级压力减少的比例。",
    )
    effort_half_pressure: float = coefficient(
        0.5,
        low=0.05,
        high=3,
        unit="0–1",
        en="Pressure of half the effort",
        zh="增效减半压力",
        meaning_en="Pressure at which half of the possible extra effort is made.",
        meaning_zh="达到最大增效一半时的压力。",
    )
    queue_supervised: float = coefficient(
        1.0,
        low=0,
        high=5,
        unit="weight",
        en="Supervised files first",
        zh="督办案卷优先",
        meaning_en="Weight of supervision in the order of the queue.",
        meaning_zh="督办在案卷排队中的分量。",
    )
    queue_overdue: float = coefficient(
        0.5,
        low=0,
        high=5,
        unit="weight",
        en="Overdue files first",
        zh="逾期案卷优先",
        meaning_en="Weight of a passed deadline in the order of the queue.",
        meaning_zh="逾期在案卷排队中的分量。",
    )
    queue_joint: float = coefficient(
        0.2,
        low=0,
        high=5,
        unit="weight",
        en="Joint files first",
        zh="联办案卷优先",
        meaning_en="Weight of a joint dispatch in the order of the queue.",
        meaning_zh="联合交办在案卷排队中的分量。",
    )
    queue_supervision_tier: float = coefficient(
        0.5,
        low=0,
        high=5,
        unit="weight",
        en="Files of supervision first",
        zh="督办交办优先",
        meaning_en="Weight of a dispatch by supervision in the order of the queue.",
        meaning_zh="督办交办在案卷排队中的分量。",
    )
    queue_meeting: float = coefficient(
        0.8,
        low=0,
        high=5,
        unit="weight",
        en="Files of a meeting first",
        zh="会议交办优先",
        meaning_en="Weight of a dispatch by a joint meeting in the order of the queue.",
        meaning_zh="联席会议交办在案卷排队中的分量。",
    )
    assistant_work: float = coefficient(
        0.5,
        low=0.05,
        high=1,
        unit="× the work",
        en="Work of assistants",
        zh="协办工作量",
        meaning_en="Work of a unit that assists, as a multiple of the lead's.",
        meaning_zh="协办单位的工作量相当于牵头单位的倍数。",
    )
    hand_off_work: float = coefficient(
        1.1,
        low=0.5,
        high=3,
        unit="× the work",
        en="Work after a hand-off",
        zh="依次转办工作量",
        meaning_en="Work of a unit that is asked in turn, as a multiple of what it would be.",
        meaning_zh="依次商请时，单位工作量相当于平时的倍数。",
    )
    hand_off_days: float = coefficient(
        3.0,
        low=0,
        high=30,
        unit="days",
        en="A hand-off takes",
        zh="依次转办时间",
        meaning_en="Days until the next unit in turn is asked.",
        meaning_zh="商请下一个单位所需的天数。",
    )
    joint_friction_effect: float = coefficient(
        0.3,
        low=0,
        high=2,
        unit="share",
        en="Strangers work slower",
        zh="生疏增加工作量",
        meaning_en="Extra work of a joint case between units without a tie.",
        meaning_zh="没有协作关系的单位联办时增加的工作量比例。",
    )
    joint_start_days: float = coefficient(
        2.0,
        low=0,
        high=20,
        unit="days",
        en="Strangers start later",
        zh="生疏推迟启动",
        meaning_en="Days until units without a tie start to work jointly.",
        meaning_zh="没有协作关系的单位启动联办所需的天数。",
    )
    powerless_work: float = coefficient(
        1.0,
        low=0.05,
        high=10,
        unit="staff-days",
        en="Work without powers",
        zh="无权办理的工作量",
        meaning_en="Staff-days that a subdistrict spends on what it has no powers for.",
        meaning_zh="街道在无执法权事项上花费的人日。",
    )
    nothing_left_work: float = coefficient(
        0.02,
        low=0.001,
        high=0.5,
        unit="staff-days",
        en="Seeing that nothing is left",
        zh="无事可办的核查",
        meaning_en="Staff-days to see that others have done what was to do.",
        meaning_zh="查明他人已办妥所需的人日。",
    )
    on_time_half_life: float = coefficient(
        30.0,
        low=5,
        high=365,
        unit="days",
        en="Memory of being on time",
        zh="按时率记忆",
        meaning_en="Days after which a closure counts half in what a unit believes that it can do in time.",
        meaning_zh="一次办结在单位按时率估计中权重减半所需的天数。",
    )
    on_time_at_start: float = coefficient(
        0.85,
        low=0,
        high=1,
        unit="share",
        en="On time at the start",
        zh="初始按时率",
        meaning_en="Share closed in time that every unit starts from.",
        meaning_zh="各单位开始时的按时办结率。",
    )
    on_time_weight_at_start: float = coefficient(
        10.0,
        low=1,
        high=100,
        unit="files",
        en="Weight of that start",
        zh="初始按时率权重",
        meaning_en="Closures that this start counts for.",
        meaning_zh="初始按时率相当于多少件办结。",
    )
