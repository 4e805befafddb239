"""R5: grassroots groups, mediation and golden ideas."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="groups", coefficient=True)


class Groups(ParameterGroup):
    """Coefficients of grassroots groups."""

    group_members: int = coefficient(
        30,
        low=5,
        high=200,
        unit="persons",
        en="Members of a group",
        zh="草根组织人数",
        meaning_en="Members that a group starts with, in the whole district.",
        meaning_zh="全区规模下一个草根组织的初始成员数。",
    )
    group_picks_a_week: float = coefficient(
        8.0,
        low=0,
        high=50,
        unit="problems a week",
        en="Problems taken up",
        zh="每周接手问题数",
        meaning_en="Problems that a group of full energy takes up in a week.",
        meaning_zh="活力为1的组织每周接手的问题数。",
    )
    group_energy_at_start: float = coefficient(
        0.75,
        low=0,
        high=1,
        unit="0–1",
        en="Energy at the start",
        zh="初始活力",
        meaning_en="Energy that a group starts with.",
        meaning_zh="组织的初始活力。",
    )
    group_energy_gain: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="a month",
        en="Success gives energy",
        zh="成效提升活力",
        meaning_en="Part of the way to full energy when everything that was taken up got solved.",
        meaning_zh="接手问题全部解决时，活力向最大值1靠近的比例。",
    )
    group_energy_loss: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="a month",
        en="Failure takes energy",
        zh="失败削弱活力",
        meaning_en="Part of the energy lost when nothing did.",
        meaning_zh="全未解决时活力损失的比例。",
    )
    group_judged_from: int = coefficient(
        30,
        low=7,
        high=90,
        unit="days",
        en="Judged from",
        zh="评判起点",
        meaning_en="Days after which what was taken up is judged.",
        meaning_zh="接手问题多少天后开始评判。",
    )
    group_judged_until: int = coefficient(
        60,
        low=14,
        high=180,
        unit="days",
        en="Judged until",
        zh="评判终点",
        meaning_en="Days after which it is judged no more.",
        meaning_zh="接手问题多少天后不再评判。",
    )
    group_growth: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="a month",
        en="Groups grow with energy",
        zh="活力带动成员增长",
        meaning_en="Growth of membership in a month for each unit of energy above one half.",
        meaning_zh="活力每比一半高出一个单位，成员每月的增长率。",
    )
    group_shrinks_at_most: float = coefficient(
        3.0,
        low=1,
        high=10,
        unit="ratio",
        en="Groups shrink at most",
        zh="成员缩减下限",
        meaning_en="Founders over the members that stay in any case.",
        meaning_zh="创始成员数与最低成员数之比。",
    )
    group_ideas_a_month: float = coefficient(
        0.65,
        low=0,
        high=10,
        unit="ideas a month",
        en="Golden ideas",
        zh="金点子数量",
        meaning_en="Ideas that a group of full energy proposes in a month.",
        meaning_zh="活力为1的组织每月提出的金点子数。",
    )
    idea_adoption_base: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="chance",
        en="Ideas are adopted",
        zh="金点子采纳基准",
        meaning_en="Chance that a community adopts an idea of a group without energy.",
        meaning_zh="活力为0的组织所提金点子被采纳的概率。",
    )
    idea_adoption_energy_effect: float = coefficient(
        0.25,
        low=0,
        high=1,
        unit="chance",
        en="Energy convinces",
        zh="活力促进采纳",
        meaning_en="What full energy adds to it.",
        meaning_zh="活力为1时上述概率的增量。",
    )
    idea_effect: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="share",
        en="An idea prevents",
        zh="金点子预防效果",
        meaning_en="Share of a type's problems that an idea prevents.",
        meaning_zh="一个金点子预防的该类问题比重。",
    )
    idea_effect_most: float = coefficient(
        0.4,
        low=0,
        high=0.9,
        unit="share",
        en="Ideas prevent at most",
        zh="金点子预防上限",
        meaning_en="Share that all ideas together prevent at most.",
        meaning_zh="所有金点子合计最多预防的比重。",
    )
    prevention_half_life: float = coefficient(
        720.0,
        low=30,
        high=3650,
        unit="days",
        en="Life of an idea",
        zh="金点子时效",
        meaning_en="Days until half of an idea's effect has gone.",
        meaning_zh="金点子效果减半所需的天数。",
    )
    mediation_enforcement_most: float = coefficient(
        0.2,
        low=0,
        high=1,
        unit="0–1",
        en="What groups mediate",
        zh="可调解的执法依赖",
        meaning_en="Need for legal powers up to which a group mediates itself.",
        meaning_zh="执法依赖不高于此值的问题由组织自行调解。",
    )
    mediation_bonus: float = coefficient(
        0.1,
        low=0,
        high=0.5,
        unit="chance",
        en="Groups mediate better",
        zh="调解增益",
        meaning_en="What a group adds to the chance to settle.",
        meaning_zh="草根组织使化解概率增加的量。",
    )
    neighbour_agrees_share: float = coefficient(
        0.5,
        low=0,
        high=1,
        unit="chance",
        en="Neighbours agree to mediate",
        zh="邻里答应调解",
        meaning_en="Chance that a neighbour with full trust agrees to mediate; in proportion to trust.",
        meaning_zh="完全信任的邻里答应出面调解的概率，与其信任度成正比。",
    )
    neighbour_mediation_bonus: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="chance",
        en="A neighbour's mediation helps",
        zh="邻里调解增益",
        meaning_en="What a neighbour who mediates adds to the chance to settle.",
        meaning_zh="邻里出面使化解概率增加的量。",
    )
