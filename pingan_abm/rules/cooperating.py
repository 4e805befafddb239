"""R21: asking and helping between institutions, and what they experience of each other."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.dispatching import dispatch_without_knowledge
from pingan_abm.rules.form import logistic


@compiled
def score_stake(c: np.record, pressure: float, closeness: float) -> float:
    """R21. What helping means for the helper's own place in the ranking, in log-odds: p(3·shared_credit − 3·closeness).

    p: the helper's pressure, so nothing is at stake where nobody is appraised; shared_credit: how far its own score
    counts the case; closeness: how near the other stands to it in the ranking of its tier (0 in another tier, 1 at its
    side). In a tournament, helping a competitor costs one's own rank (Lazear 1989; Drago & Garvey 1998 find less help
    where promotion incentives are strong). The form and both weights are assumed.
    """
    return float(pressure * (c.credit_effect * c.shared_credit - c.rivalry_effect * closeness))


@compiled
def help_probability(c: np.record, relation: float, obligation: float, load: float, stake: float) -> float:
    """R21. An institution that is asked helps: σ(0.5 + 2.5·relation + obligation − 0.6(load − 1) + stake).

    relation: what it has lately experienced of whoever asks (0–1); obligation: log-odds that a command, a contract or
    the territory adds; load: its backlog over ten days' capacity, at most 2; stake: `score_stake`. Assumed.
    """
    pull = c.help_base + c.help_relation_effect * relation + obligation
    return logistic(pull - c.help_load_effect * (load - 1.0) + stake)


@compiled
def relation_after(c: np.record, relation: float, worked: bool) -> float:
    """R21. A relation after one experience: help that worked moves it by tie_growth of the way to 1, a refusal or help
    that failed takes relation_loss of it.

    The loss is larger than the gain: bad weighs more than good (Baumeister et al. 2001). In a district of another size
    than the whole one every experience counts for as many as it stands for. The sizes are assumed.
    """
    if worked:
        return float(relation + min(1.0, c.tie_growth / c.scale) * (1.0 - relation))
    return float(relation - min(1.0, c.relation_loss / c.scale) * relation)


@compiled
def desk_accuracy(c: np.record, known: float, ambiguity: float, acquainted: float) -> float:
    """R7. Chance that the desk of a separate system knows who must act: 1 − m(1 − 0.6a), m = 1.6(1 − c0) at most 1, c0
    the chance without knowledge.

    acquainted (a): its relation with the unit that must act. known: chance of a desk in the one system, which it never
    passes. A separate system lacks information: a desk knows its own files, and what its acquaintances know. Assumed.
    """
    missed = min(1.0, c.desk_error * (1.0 - dispatch_without_knowledge(c, ambiguity)))
    return float(min(known, 1.0 - missed * (1.0 - c.desk_relation_effect * acquainted)))
