"""R17: commitment, alignment and contracts of social organisations."""

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic


@compiled
def commitment(dependence: float, trust_in_centre: float) -> float:
    """R17. Share of an organisation's days that goes to coordinated work: σ(−1.6 + 2.6D + 1.5(trust in the centre −
    ½)). Dependence sustains cooperation (paper: asymmetric symbiosis). Form assumed."""
    return logistic(-1.6 + 2.6 * dependence + 1.5 * (trust_in_centre - 0.5))


@compiled
def aligned_target(dependence: float) -> float:
    """R17. Where an organisation's alignment with government drifts: 0.1 + 0.85D. Assumed (DiMaggio & Powell 1983 for
    the sign)."""
    return 0.1 + 0.85 * dependence


@compiled
def renewal_probability(alignment: float, settled: float) -> float:
    """R17. A contract is renewed: σ(1.5 + 2(alignment − ½) + 2(settled share there − ½)). Assumed."""
    return logistic(1.5 + 2.0 * (alignment - 0.5) + 2.0 * (settled - 0.5))
