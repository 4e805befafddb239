"""Contacts between residents and ties between units at the start."""

from functools import partial

from pingan_abm.parameters.fields import ParameterGroup, parameter

coefficient = partial(parameter, role="uncertainty", source="assumed", group="network", coefficient=True)


class Network(ParameterGroup):
    """Coefficients of the networks."""

    contacts_rewired: float = coefficient(
        0.1,
        low=0,
        high=1,
        unit="share",
        en="Contacts away from neighbours",
        zh="重连的熟人占比",
        meaning_en="Share of contacts that are not neighbours (form: Watts & Strogatz 1998).",
        meaning_zh="并非邻居的熟人比重（形式依据：Watts 与 Strogatz，1998年）。",
    )
    contacts_inside: float = coefficient(
        0.7,
        low=0,
        high=1,
        unit="share",
        en="Of them in the community",
        zh="其中本社区占比",
        meaning_en="Share of those who live in the same community.",
        meaning_zh="其中住在同一社区的比重。",
    )
    tie_at_start: float = coefficient(
        0.05,
        low=0,
        high=0.5,
        unit="0–1",
        en="Ties of units that share a type",
        zh="共有职责单位的初始关系",
        meaning_en="Tie at the start between units that both hold a share of an issue type.",
        meaning_zh="同一类问题中都有职责的单位之间的初始协作关系。",
    )
    tie_at_start_largest: float = coefficient(
        0.15,
        low=0,
        high=1,
        unit="0–1",
        en="Ties of the two largest holders",
        zh="主要职责单位的初始关系",
        meaning_en="Tie at the start between the holders of the two largest shares.",
        meaning_zh="职责份额最大的两个单位之间的初始协作关系。",
    )
