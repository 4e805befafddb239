"""R26–R28: what residents hear from each other, whom they ask to help, and what a meeting in person does."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def heard_after(c: np.record, heard: float, good: bool) -> float:
    """R26. What a resident has lately heard, −1 to 1, after one more piece of news: a part heard_step of the way to 1
    when a neighbour's problem was solved, to −1 when it was closed on paper or reported in vain.

    News that agrees with the news before adds less, so that no number of neighbours counts without end. That neighbours
    report more after a repair is from a field experiment (Trucco 2016, Buenos Aires); that they report less after a
    hollow closure, the step and the forgetting are assumed.
    """
    return float(heard + c.heard_step * ((1.0 if good else -1.0) - heard))


@compiled
def trust_after_meeting(c: np.record, trust: float) -> float:
    """R27. Trust after a contact in person, whatever comes of it: τ + contact_trust_gain(1 − τ).

    The paper: the more points of contact, the more trust. A tenth of what a good outcome gives, so that outcomes move
    trust more. Size and form assumed.
    """
    return float(trust + c.contact_trust_gain * (1.0 - trust))


@compiled
def agrees_to_help(c: np.record, propensity: float, satisfaction: float) -> float:
    """R28. Chance that somebody who is asked by a volunteer joins: asked_join_chance·propensity, 0 for who is not
    satisfied. Many volunteer only when they are asked (Freeman 1997); the size is assumed."""
    return float(c.asked_join_chance * propensity if satisfaction >= c.satisfied_from else 0.0)


@compiled
def joins_after_success(c: np.record, propensity: float, reported: bool) -> float:
    """R15, R28. Chance that a good experience makes a volunteer: volunteer_join_chance·propensity, and
    reporter_join_factor times that for who has reported before: whoever has spoken up once stands on the first rung
    from helper to subject 从辅助到主体 (paper for the ladder, size assumed)."""
    chance = c.volunteer_join_chance * propensity
    return float(min(1.0, chance * c.reporter_join_factor) if c.ladder and reported else chance)
