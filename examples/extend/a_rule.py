"""(a) Replace a rule: what society settles on the spot depends on collective efficacy.

    pingan compare pingan365 people_centred --extend examples/extend/a_rule.py --residents 34500

R6 lets trust raise the chance of settling evenly: 0.75 + 0.5 τ. Sampson, Raudenbush & Earls (1997, Science 277) find
that neighbours act for the common good where trust and the expectation of help come together; little happens below some
level. Here the factor is an S-shaped curve around τ = 0.5 that has R6's value there. Its steepness is assumed.
"""

import math

import numpy as np

from pingan_abm import extend

STEEPNESS = 10.0  # assumed: from τ = 0.3 to 0.7 the factor goes from 0.24 to 1.76


@extend.rule("settle_probability")
def settle_where_neighbours_trust(
    c: np.record, solvability: float, enforcement: float, cover: float, room: float, trust: float
) -> float:
    """R6 with a threshold of trust. The arguments are those of the rule, whose docstring says what they are; `c`
    holds the parameters and coefficients of the run."""
    efficacy = 2.0 / (1.0 + math.exp(-STEEPNESS * (trust - 0.5)))
    alone = solvability * (1.0 - c.settle_enforcement_effect * enforcement)
    helped = alone * (c.settle_without_organisations + c.settle_cover_effect * cover)
    return float(min(c.settle_most, helped * room * efficacy))
