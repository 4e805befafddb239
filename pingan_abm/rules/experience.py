"""R15 and R16: what an outcome is worth to a resident, how satisfied she is with it, what becomes of her trust."""

import numpy as np

from pingan_abm.engine.compiled import compiled


@compiled
def performance(c: np.record, late_days: float, target: float, returns: float, revisited: bool) -> float:
    """R15. What a real solution is worth to those affected, 0–1: 0.9 in time, down to 0.5 when late by the target or
    more; − 0.05 for each return, + 0.05 when somebody called afterwards. Assumed."""
    late = c.performance_late_loss * min(1.0, late_days / target) if late_days > 0.0 else 0.0
    worth = c.society_performance - late - c.performance_return_loss * returns
    return float(max(0.0, min(1.0, worth + (c.performance_revisit_gain if revisited else 0.0))))


@compiled
def satisfaction_of(c: np.record, worth: float, expected: float) -> float:
    """R15. P + 0.2(P − E)⁺ − 0.2λ(E − P)⁺ in 0–1: losses outweigh gains (λ the loss_aversion, ≈ 2.25:
    Kahneman & Tversky 1979; expectancy disconfirmation: Van Ryzin 2006)."""
    if worth >= expected:
        return float(min(1.0, worth + c.satisfaction_contrast * (worth - expected)))
    return float(max(0.0, worth - c.satisfaction_contrast * c.loss_aversion * (expected - worth)))


@compiled
def trust_after(c: np.record, trust: float, good: bool, share: float) -> float:
    """R16. Good: τ + share·trust_gain(1 − τ); bad: τ − share·trust_loss·τ. Trust is lost faster than won. Assumed."""
    return float(trust + share * c.trust_gain * (1.0 - trust) if good else trust - share * c.trust_loss * trust)
