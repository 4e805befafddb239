"""R4 and R6: what society settles on the spot, and what it holds back."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def settle_probability(
    c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float
) -> float:
    """R6. Society settles a problem on the spot: s(1 − 0.8e)(0.7 + 0.35 cover)·room·(0.75 + 0.5 τ), at most 0.95.

    e: need for legal powers (property management may only admonish: paper); cover: organisation-days supplied over
    asked; room: minutes granted over asked (7-day average); τ: mean trust there. Assumed form.
    """
    alone = solvability * (1.0 - c.settle_enforcement_effect * enforcement)
    helped = alone * (c.settle_without_organisations + c.settle_cover_effect * cover)
    return float(min(c.settle_most, helped * room * (c.settle_trust_base + c.settle_trust_effect * trust)))


@compiled
def neighbour_agrees(c: np.record, trust: float) -> float:
    """R6. Chance that a neighbour whom the officer asks mediates: neighbour_agrees_share·τ, her own trust.

    The paper names mediation among the platform's tasks, not who mediates. That trust comes before co-production:
    Fledderus, Brandsen & Honingh 2014. Size and form are assumed.
    """
    return float(c.neighbour_agrees_share * trust)


@compiled
def with_neighbour(c: np.record, chance: float) -> float:
    """R6. The chance to settle when a neighbour mediates: neighbour_mediation_bonus more, at most 0.95; half of what a
    group adds, which has practice. Assumed."""
    return float(min(c.settle_most, chance + c.neighbour_mediation_bonus))


@compiled
def hold_back_probability(c: np.record, pressure: float, severity: float) -> float:
    """R4. An unsettled problem is kept from the centre (不上交) with 0.25·p_c(1 − severity). Paper for the norm; form
    assumed."""
    return float(c.hold_back_share * pressure * (1.0 - severity))
