"""R15 and R16: what an outcome is worth to a resident, how satisfied she is with it, what becomes of her trust."""

from pingan_abm.engine.compiled import compiled

SOCIETY_PERFORMANCE, PAPER_PERFORMANCE, BELIEVED_PERFORMANCE, LAPSED_PERFORMANCE = 0.9, 0.25, 0.75, 0.2
GOOD = 0.6


@compiled
def performance(late_days: float, target: float, returns: float, revisited: bool) -> float:
    """R15. What a real solution is worth to those affected, 0–1: 0.9 in time, down to 0.5 when late by the target or
    more; − 0.05 for each return, + 0.05 when somebody called afterwards. Assumed."""
    worth = SOCIETY_PERFORMANCE - (0.4 * min(1.0, late_days / target) if late_days > 0.0 else 0.0)
    return max(0.0, min(1.0, worth - 0.05 * returns + (0.05 if revisited else 0.0)))


@compiled
def satisfaction_of(worth: float, expected: float, loss_aversion: float) -> float:
    """R15. P + 0.2(P − E)⁺ − 0.2λ(E − P)⁺ in 0–1: losses outweigh gains (Kahneman & Tversky 1979, λ ≈ 2.25; expectancy
    disconfirmation, Van Ryzin 2006)."""
    if worth >= expected:
        return min(1.0, worth + 0.2 * (worth - expected))
    return max(0.0, worth - 0.2 * loss_aversion * (expected - worth))


@compiled
def trust_after(trust: float, good: bool, gain: float, loss: float, share: float) -> float:
    """R16. Good: τ + share·gain(1 − τ); bad: τ − share·loss·τ. Trust is lost faster than won. Assumed."""
    return trust + share * gain * (1.0 - trust) if good else trust - share * loss * trust
