"""When a difference is called better or worse: its whole interval lies on one side of zero, it is large enough to
matter, and the outcome has a good side. What is only recorded has none."""

from pingan_abm.outcomes.catalogue import OUTCOMES

LEAST_SHARE = 0.005  # half a percentage point: smaller differences of shares and indices are not judged
LEAST_PART = 0.01  # of the baseline: of everything else
BETTER, WORSE = "better", "worse"


def is_sure(low: float | None, high: float | None) -> bool:
    """Whether the whole interval lies on one side of zero."""
    return low is not None and high is not None and not low <= 0.0 <= high


def is_relevant(outcome: str, difference: float, baseline: float | None) -> bool:
    """Whether a difference is large enough to matter: half a point between shares, one in a hundred of the baseline for
    everything else. The two limits are conventions (assumed)."""
    if OUTCOMES[outcome].unit in ("share", "0–1"):
        return abs(difference) >= LEAST_SHARE
    return difference != 0.0 and abs(difference) >= LEAST_PART * abs(baseline or 0.0)


def verdict(
    outcome: str, difference: float | None, low: float | None, high: float | None, baseline: float | None
) -> str:
    """BETTER or WORSE; nothing where the outcome has no good side, or where there is no difference that can be told
    from chance and matters."""
    better = OUTCOMES[outcome].better
    if better == "none" or difference is None or not is_sure(low, high):
        return ""
    if not is_relevant(outcome, difference, baseline):
        return ""
    return BETTER if (difference > 0.0) == (better == "up") else WORSE
