"""Who helps, counts: without a helper fewer problems are solved and residents live with more, over all problems."""

from statistics import fmean

import pytest

from pingan_abm.runs import RunSpec, run_one
from pingan_abm.scenarios.presets import load_scenario

REPLICATIONS = 3
HELPERS: dict[str, dict[str, object]] = {
    "volunteers": {"volunteers": False},
    "patrol": {"patrol": False},
    "organisations' public money": {"social_funding": 0},
    "the studio": {"grassroots_groups": 0},
    "the command centre": {"command_centre": False},
    "half of a bureau's posts": {"units.admin_enforcement.staff": 36.5},
}


def outcomes(settings: dict[str, object]) -> list[dict[str, float]]:
    found = []
    for replication in range(REPLICATIONS):
        run = run_one(
            RunSpec(load_scenario("pingan365"), settings, history="own", replication=replication), series=False
        )
        found.append({name: value for name, value in run.outcomes.items() if value is not None})
    return found


@pytest.fixture(scope="module")
def with_all() -> list[dict[str, float]]:
    return outcomes({})


@pytest.mark.slow
@pytest.mark.parametrize("helper", HELPERS)
def test_without_a_helper_residents_are_not_better_off(helper: str, with_all: list[dict[str, float]]) -> None:
    """Paired, whole district, as if always so: fewer problems solved and more burden in the mean of three pairs. That
    this is no chance is shown by twenty (`experiments/README.md`, tested in tests/project/test_findings.py)."""
    without = outcomes(HELPERS[helper])
    for name, worse in (("solved_share", -1.0), ("burden", 1.0)):
        differences = [worse * (one[name] - other[name]) for one, other in zip(without, with_all, strict=True)]
        assert fmean(differences) > 0.0, f"{name} without {helper}: {differences}"
