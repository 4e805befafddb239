"""R9–R12: pressure, effort and legal waits of a unit; closing well or on paper; its queue; joint work."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def base_pressure(c: np.record, rank_gap: float) -> float:
    """R4/R9 at the base: A(0.4 + 0.4·rank gap of the grid). Assumed."""
    return float(c.accountability * (c.pressure_base + c.pressure_rank_effect * rank_gap))


@compiled
def unit_pressure(c: np.record, verticality: float, rank_gap: float, veto: bool) -> float:
    """R9. A(1 − verticality)(0.4 + 0.4·rank gap + 0.4·veto). Line units feel the district less. Assumed."""
    share = c.pressure_base + c.pressure_rank_effect * rank_gap + (c.pressure_veto_effect if veto else 0.0)
    return float(c.accountability * (1.0 - verticality) * share)


@compiled
def statutory_wait_probability(c: np.record, enforcement: float) -> float:
    """R9b. Chance that the law makes the unit wait before it may act: share·e, share the
    statutory_wait_share, e the type's need for legal powers.

    Hearings, notices and the objector's time to ask for reconsideration must run out first (law on administrative
    compulsion of 2011, articles 35–44; law on administrative reconsideration of 1999, article 9: 60 days). Why a share
    of ordinary cases stays open for months with nobody idle; the share and its proportion to e are assumed.
    """
    return float(c.statutory_wait_share * enforcement)


@compiled
def effort_factor(c: np.record, pressure: float) -> float:
    """R9. Effective staff-days from one: (1 + effort_gain·p/(p + ½))(1 − paperwork_cost·p). Effort has diminishing
    returns, paperwork eats time. Assumed."""
    more = 1.0 + c.effort_gain * pressure / (pressure + c.effort_half_pressure)
    return float(more * (1.0 - c.paperwork_cost * pressure))


@compiled
def weariness_after(c: np.record, weariness: float, pressure: float) -> float:
    """R9c. Pressure that lasts: a running average of a unit's pressure, with a memory of fatigue_memory days.
    Assumed."""
    return float(weariness + (pressure - weariness) / c.fatigue_memory)


@compiled
def worn_effort(c: np.record, weariness: float) -> float:
    """R9c. Share of effort left to those whom lasting pressure wears out: 1 − fatigue·fatigue_effort·weariness.
    Assumed."""
    return float(1.0 - c.fatigue * c.fatigue_effort * weariness)


@compiled
def trained_after(c: np.record, trained: float, turnover: float) -> float:
    """R9c. Share of a unit's staff that is trained, a day later: trained people leave at `turnover` a year beyond what
    is usual, newcomers take training_days to learn. Posts stay filled. Assumed."""
    return float(trained - trained * turnover / 365.0 + (1.0 - trained) / c.training_days)


@compiled
def paper_probability(c: np.record, pressure: float, strain: float, more: float) -> float:
    """R10. Close on paper: σ(g0 + 25·p·strain − 4·p·detection·penalty − 1.5·p·w_s + more), g0 the perfunctory_base, w_s
    the satisfaction_weight, detection what units have come to expect.

    strain: target less the on-time rate attainable with present staff, at least 0. Pressure without strain does no
    harm, strain without pressure only delays; both together buy paper. Assumed (for gaming under targets: Bevan & Hood
    2006).
    """
    pull = c.perfunctory_base + c.paper_strain_effect * pressure * strain
    pull -= c.paper_detection_effect * pressure * c.detection * c.paper_penalty
    return logistic(pull - c.paper_satisfaction_effect * pressure * c.satisfaction_weight + more)


@compiled
def paper_by_multitask(c: np.record, pressure: float, more: float) -> float:
    """R10's rival: effort and gaming as two tasks (Holmström & Milgrom 1991). Odds e^g0·(1 + 8p(1 − w_s))/(1 + 8p(w_s +
    detection))·e^more: what is measured cheaply draws effort from what is not. Assumed."""
    odds = math.exp(c.perfunctory_base + more)
    odds *= 1.0 + c.multitask_effect * pressure * (1.0 - c.satisfaction_weight)
    odds /= 1.0 + c.multitask_effect * pressure * (c.satisfaction_weight + c.detection)
    return float(odds / (1.0 + odds))


VETO_FIRST = 100.0  # more than all other weights together


@compiled
def queue_priority(
    c: np.record, severity: float, supervised: bool, overdue: bool, tier: int, veto: bool, public: bool = False
) -> float:
    """R11. Veto first, then risk_focus·severity + supervised + 0.5·overdue + tier (0, 0.2, 0.5, 0.8) + public (R29).
    Attention to risk starves everyday needs. Assumed (问题制导: paper)."""
    weight = c.risk_focus * severity + (c.queue_supervised if supervised else 0.0)
    weight += c.queue_overdue if overdue else 0.0
    weight += c.queue_public if public else 0.0
    return float(weight + c.tier_weight[tier] + (VETO_FIRST if veto else 0.0))


@compiled
def joint_friction(c: np.record, tie: float) -> float:
    """R12. Work of a joint case is (1 + 0.3(1 − tie)) times what it would be alone. Assumed."""
    return float(1.0 + c.joint_friction_effect * (1.0 - tie))


@compiled
def joint_delay(c: np.record, tie: float) -> float:
    """R12. Days until units that work jointly start: 2(1 − tie). Assumed."""
    return float(c.joint_start_days * (1.0 - tie))
