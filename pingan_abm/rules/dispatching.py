"""R7, R8 and R13: who is sent what, what units return, what a joint meeting agrees."""

import math

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def dispatch_accuracy(base: float, integration: float, knowledge: float, rule: float) -> float:
    """R7. Chance that the centre knows who must act: c0 + (1 − c0)·ι·knowledge, then 1 − (1 − c)(1 − r) with a working
    rule of strength r. Not knowing, it draws from the written shares. Assumed."""
    chance = base + (1.0 - base) * integration * knowledge
    return 1.0 - (1.0 - chance) * (1.0 - rule)


ASSISTANT_WORK = 0.5  # of an assisting unit, over the lead's; assumed
THREE_UNITS = 0.35  # share of the problems for several units that need three of them; assumed
RETURN_BASE, RETURN_AMBIGUITY, RETURN_UNITS, RETURN_LOAD, RETURN_DIFFICULTY = -4.0, 2.0, 0.5, 0.6, 0.3
RETURN_WATCHED = 1.6


@compiled
def return_probability(
    ambiguity: float, units: float, load: float, difficulty: float, accountability: float, hard: float
) -> float:
    """R8. A unit that must act returns the file all the same: σ(−4 + 2H + ½ ln n + 0.6(load − 1) + 0.3·difficulty −
    1.6A + hard·A·difficulty).

    load: backlog over ten days' capacity, at most 2. hard: whether being watched makes units refuse hard cases more
    (above 0) or less; nobody knows, so it is a parameter, 0 at the default. A mandate ends returns (the caller does not
    ask). Assumed; the paper documents that duties between units are passed on (推诿), not how often.
    """
    pull = RETURN_BASE + RETURN_AMBIGUITY * ambiguity + RETURN_UNITS * math.log(units) + RETURN_LOAD * (load - 1.0)
    pull += RETURN_DIFFICULTY * difficulty - RETURN_WATCHED * accountability
    return logistic(pull + hard * accountability * difficulty)


@compiled
def return_by_score_loss(ambiguity: float, expected_days: float, target: float, accountability: float) -> float:
    """R8's rival. Refuse when the expected loss of score from taking exceeds that from refusing: σ(6(take − refuse) −
    3), take = A·min(1.5, expected days/target), refuse = A(1 − H) + 0.25. Assumed."""
    take = accountability * min(1.5, expected_days / target)
    return logistic(6.0 * (take - accountability * (1.0 - ambiguity) - 0.25) - 3.0)


@compiled
def agree_probability(units: float, difficulty: float, ambiguity: float) -> float:
    """R13. A level-2 joint meeting agrees: σ(2 − 0.6(n − 1) − 0.4·difficulty − H). Assumed."""
    return logistic(2.0 - 0.6 * (units - 1.0) - 0.4 * difficulty - ambiguity)
