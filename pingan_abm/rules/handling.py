"""R9–R12: pressure, effort and legal waits of a unit; closing well or on paper; its queue; joint work."""

import math

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def base_pressure(accountability: float, rank_gap: float) -> float:
    """R4/R9 at the base: A(0.4 + 0.4·rank gap of the grid). Assumed."""
    return accountability * (0.4 + 0.4 * rank_gap)


@compiled
def unit_pressure(accountability: float, verticality: float, rank_gap: float, veto: bool) -> float:
    """R9. A(1 − verticality)(0.4 + 0.4·rank gap + 0.4·veto). Line units feel the district less. Assumed."""
    return accountability * (1.0 - verticality) * (0.4 + 0.4 * rank_gap + (0.4 if veto else 0.0))


@compiled
def statutory_wait_probability(share: float, enforcement: float) -> float:
    """R9b. Chance that the law makes the unit wait before it may act: share·e, e the type's need for legal powers.

    Hearings, notices and the objector's time to ask for reconsideration must run out first (law on administrative
    compulsion of 2011, articles 35–44; law on administrative reconsideration of 1999, article 9: 60 days). Why a share
    of ordinary cases stays open for months with nobody idle; the share and its proportion to e are assumed.
    """
    return share * enforcement


@compiled
def effort_factor(gain: float, paperwork: float, pressure: float) -> float:
    """R9. Effective staff-days from one: (1 + gain·p/(p + ½))(1 − paperwork·p). Effort has diminishing returns,
    paperwork eats time. Assumed."""
    return (1.0 + gain * pressure / (pressure + 0.5)) * (1.0 - paperwork * pressure)


@compiled
def weariness_after(weariness: float, pressure: float, memory: float) -> float:
    """R9c. Pressure that lasts: a running average of a unit's pressure with a memory of so many days. Assumed."""
    return weariness + (pressure - weariness) / memory


@compiled
def worn_effort(fatigue: float, loss: float, weariness: float) -> float:
    """R9c. Share of effort left to those whom lasting pressure wears out: 1 − fatigue·loss·weariness. Assumed."""
    return 1.0 - fatigue * loss * weariness


@compiled
def trained_after(trained: float, turnover: float, training_days: float) -> float:
    """R9c. Share of a unit's staff that is trained, a day later: trained people leave at `turnover` a year beyond what
    is usual, newcomers take `training_days` to learn. Posts stay filled. Assumed."""
    return trained - trained * turnover / 365.0 + (1.0 - trained) / training_days


PAPER_STRAIN, PAPER_DETECTION, PAPER_SATISFACTION, PENALTY, PAPER_CAMPAIGN = 25.0, 4.0, 1.5, 1.0, 0.7
PAPER_WORK = 0.25  # share of the work that a closure on paper takes
BACKSTOP_ODDS = math.log(3.0)


@compiled
def paper_probability(
    base: float, pressure: float, strain: float, detection: float, satisfaction: float, more: float
) -> float:
    """R10. Close on paper: σ(g0 + 25·p·strain − 4·p·detection·penalty − 1.5·p·w_s + more).

    strain: target less the on-time rate attainable with present staff, at least 0. Pressure without strain does no
    harm, strain without pressure only delays; both together buy paper. Assumed (for gaming under targets: Bevan & Hood
    2006).
    """
    pull = base + PAPER_STRAIN * pressure * strain - PAPER_DETECTION * pressure * detection * PENALTY
    return logistic(pull - PAPER_SATISFACTION * pressure * satisfaction + more)


@compiled
def paper_by_multitask(base: float, pressure: float, detection: float, satisfaction: float, more: float) -> float:
    """R10's rival: effort and gaming as two tasks (Holmström & Milgrom 1991). Odds e^g0·(1 + 8p(1 − w_s))/(1 + 8p(w_s +
    detection))·e^more: what is measured cheaply draws effort from what is not. Assumed."""
    odds = math.exp(base + more) * (1.0 + 8.0 * pressure * (1.0 - satisfaction))
    odds /= 1.0 + 8.0 * pressure * (satisfaction + detection)
    return odds / (1.0 + odds)


TIER_WEIGHT = (0.0, 0.2, 0.5, 0.8)  # lead, joint, supervision, meeting


@compiled
def queue_priority(risk_focus: float, severity: float, supervised: bool, overdue: bool, tier: int, veto: bool) -> float:
    """R11. Veto first, then risk_focus·severity + supervised + 0.5·overdue + tier (0, 0.2, 0.5, 0.8). Attention to risk
    starves everyday needs. Assumed (问题制导: paper)."""
    weight = risk_focus * severity + (1.0 if supervised else 0.0) + (0.5 if overdue else 0.0) + TIER_WEIGHT[tier]
    return weight + (100.0 if veto else 0.0)


@compiled
def joint_friction(tie: float) -> float:
    """R12. Work of a joint case is (1 + 0.3(1 − tie)) times what it would be alone. Assumed."""
    return 1.0 + 0.3 * (1.0 - tie)


@compiled
def joint_delay(tie: float) -> float:
    """R12. Days until units that work jointly start: 2(1 − tie). Assumed."""
    return 2.0 * (1.0 - tie)
