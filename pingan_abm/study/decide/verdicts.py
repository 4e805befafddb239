"""When a difference is called better or worse: its whole interval lies on one side of zero, it is large enough to
matter, and the outcome has a good side. What is only recorded has none."""

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.study.decide.compare import Comparison

LEAST_SHARE = 0.005  # half a percentage point: smaller differences of shares are not judged
LEAST_PART = 0.01  # of the baseline: of everything else
BETTER, WORSE = "better", "worse"


def is_sure(one: Comparison) -> bool:
    """Whether the whole interval lies on one side of zero."""
    return one.low is not None and one.high is not None and not one.low <= 0.0 <= one.high


def is_relevant(one: Comparison) -> bool:
    """Whether a difference is large enough to matter: half a point between shares, one in a hundred of the baseline for
    everything else. The two limits are conventions (assumed)."""
    if one.difference is None:
        return False
    if OUTCOMES[one.outcome].unit in ("share", "0–1"):
        return abs(one.difference) >= LEAST_SHARE
    return abs(one.difference) >= LEAST_PART * abs(one.baseline_mean or 0.0) and one.difference != 0.0


def verdict(one: Comparison) -> str:
    """BETTER or WORSE; nothing where there is no good side, no difference that can be told from chance, or none that
    matters."""
    better = OUTCOMES[one.outcome].better
    if better == "none" or one.difference is None or not is_sure(one) or not is_relevant(one):
        return ""
    return BETTER if (one.difference > 0.0) == (better == "up") else WORSE


def too_small(one: Comparison) -> bool:
    """Whether a difference is sure, and smaller than what is judged."""
    return is_sure(one) and not is_relevant(one)
