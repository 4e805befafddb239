"""R7, R8 and R13: who is sent what, what units return, what a joint meeting agrees."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def dispatch_without_knowledge(c: np.record, ambiguity: float) -> float:
    """R7. Chance that somebody without experience of a sub-type knows who must act: odds of the dispatch_base_accuracy
    times e^(3(0.25 − H)).

    The base accuracy holds for duties that are as unclear as usual; the clearer they are, the easier it is to tell.
    Odds, so that the chance stays between 0 and 1. Assumed.
    """
    base: float = c.dispatch_base_accuracy
    odds = base * math.exp(c.dispatch_ambiguity_effect * (c.dispatch_usual_ambiguity - ambiguity))
    return float(odds / (odds + (1.0 - base)))


@compiled
def dispatch_accuracy(c: np.record, knowledge: float, rule: float, ambiguity: float) -> float:
    """R7. Chance that the centre knows who must act: c0 + (1 − c0)·ι·knowledge, c0 the chance without knowledge, ι the
    integration; then 1 − (1 − chance)(1 − r) with a working rule of strength r. Not knowing, it draws from the written
    shares. Assumed."""
    base: float = dispatch_without_knowledge(c, ambiguity)
    chance = base + (1.0 - base) * c.integration * knowledge
    return float(1.0 - (1.0 - chance) * (1.0 - rule))


@compiled
def return_probability(c: np.record, ambiguity: float, units: float, load: float, difficulty: float) -> float:
    """R8. A unit that must act returns the file all the same: σ(−4 + 2H + ½ ln n + 0.6(load − 1) + 0.3·difficulty −
    1.6A + return_hard_effect·A·difficulty).

    load: backlog over ten days' capacity, at most 2. return_hard_effect: whether being watched makes units refuse hard
    cases more (above 0) or less; nobody knows, so it is 0 at the default. A mandate ends returns (the caller does not
    ask). Assumed; the paper documents that duties between units are passed on (推诿), not how often.
    """
    pull = c.return_base + c.return_ambiguity_effect * ambiguity + c.return_units_effect * math.log(units)
    pull += c.return_load_effect * (load - 1.0)
    pull += c.return_difficulty_effect * difficulty - c.return_watched_effect * c.accountability
    return logistic(pull + c.return_hard_effect * c.accountability * difficulty)


@compiled
def return_by_score_loss(c: np.record, ambiguity: float, expected_days: float, target: float) -> float:
    """R8's rival. Refuse when the expected loss of score from taking exceeds that from refusing: σ(6(take − refuse) −
    3), take = A·min(1.5, expected days/target), refuse = A(1 − H) + 0.25. Assumed."""
    take = c.accountability * min(c.score_loss_most, expected_days / target)
    gain = take - c.accountability * (1.0 - ambiguity) - c.score_loss_refusal
    return logistic(c.score_loss_slope * gain - c.score_loss_offset)


@compiled
def agree_probability(c: np.record, units: float, difficulty: float, ambiguity: float) -> float:
    """R13. A level-2 joint meeting agrees: σ(2 − 0.6(n − 1) − 0.4·difficulty − H). Assumed."""
    pull = c.agree_base - c.agree_units_effect * (units - 1.0) - c.agree_difficulty_effect * difficulty
    return logistic(pull - c.agree_ambiguity_effect * ambiguity)
