"""When a difference is called better or worse, and when it is not."""

import pytest

from pingan_abm.outcomes.catalogue import OUTCOMES, SEVEN_RATES
from pingan_abm.study.analyse.verdicts import LEAST_SHARE, verdict


def test_a_sure_difference_that_matters_is_judged_by_the_good_side() -> None:
    assert verdict("solved_share", 0.1, 0.05, 0.15, 0.5) == "better"
    assert verdict("closure_gap", 0.1, 0.05, 0.15, 0.5) == "worse"
    assert verdict("burden", -2.0, -3.0, -1.0, 20.0) == "better"


def test_what_may_be_chance_is_not_judged() -> None:
    assert verdict("solved_share", 0.1, -0.01, 0.2, 0.5) == ""
    assert verdict("solved_share", 0.1, None, None, 0.5) == ""
    assert verdict("solved_share", 0.0, 0.0, 0.0, 0.5) == ""


@pytest.mark.parametrize(("size", "judged"), [(0.9, ""), (1.1, "better")])
def test_what_is_too_small_to_matter_is_not_judged(size: float, judged: str) -> None:
    share = size * LEAST_SHARE
    assert verdict("solved_share", share, 0.99 * share, 1.01 * share, 0.5) == judged
    assert verdict("burden", -0.2 * size, -0.21 * size, -0.19 * size, 20.0) == judged  # one in a hundred is 0.2


def test_what_is_only_recorded_is_never_judged() -> None:
    """Independent verification lowers what is recorded as closed and raises what is opened again: it must not look
    worse for telling the truth."""
    recorded = ("claimed_share", "reported_closure_rate", "reopen_rate", "on_time_rate", "days_to_close_median")
    for name in (*recorded, *SEVEN_RATES):
        assert OUTCOMES[name].better == "none"
        assert verdict(name, -0.3, -0.35, -0.25, 0.9) == ""
