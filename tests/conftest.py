"""What all tests share: the `slow` and `browser` markers, and small districts that live once for the whole session."""

import os

import pytest
from helpers.runs import lived
from hypothesis import settings

from pingan_abm.model import PinganModel

# In continuous integration properties are tried on the same examples every time, so that a red run can be repeated.
settings.register_profile("repeatable", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow", action="store_true", help="run the tests marked slow too: some compile the model several times"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow") or os.environ.get("CI"):
        return
    for item in items:
        for marker, reason in (("slow", "slow"), ("browser", "drives a browser")):
            if marker in item.keywords:
                item.add_marker(
                    pytest.mark.skip(reason=f"{reason}: add --slow (continuous integration always runs it)")
                )


@pytest.fixture(scope="session")
def year() -> PinganModel:
    """A tenth of the district after a year at the defaults, with its event log. Tests look at it and change nothing."""
    model = lived(365, residents=34_500, events=True)
    for rows in (model.world.problems, model.world.cases, model.world.residents, model.world.trust):
        rows.flags.writeable = False
    return model


@pytest.fixture
def small() -> PinganModel:
    """A small district at day 0, to be changed at will."""
    return PinganModel(residents=2_000, days=60, warmup=0)
