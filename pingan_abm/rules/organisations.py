"""R17: commitment, alignment and contracts of social organisations."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def commitment(c: np.record, dependence: float, trust_in_centre: float) -> float:
    """R17. Share of an organisation's days that goes to coordinated work: σ(−1.6 + 2.6D + 1.5(trust in the centre −
    ½)). Dependence sustains cooperation (paper: asymmetric symbiosis). Form assumed."""
    pull = c.commitment_base + c.commitment_dependence_effect * dependence
    return logistic(pull + c.commitment_trust_effect * (trust_in_centre - 0.5))


@compiled
def aligned_target(c: np.record, dependence: float) -> float:
    """R17. Where an organisation's alignment with government drifts: 0.1 + 0.85D, at most 1. Assumed (DiMaggio & Powell
    1983 for the sign)."""
    return float(min(1.0, c.alignment_base + c.alignment_dependence_effect * dependence))


@compiled
def renewal_probability(c: np.record, alignment: float, settled: float) -> float:
    """R17. A contract is renewed: σ(1.5 + 2(alignment − ½) + 2(settled share there − ½)). Assumed."""
    pull = c.renewal_base + c.renewal_alignment_effect * (alignment - 0.5)
    return logistic(pull + c.renewal_settled_effect * (settled - 0.5))
