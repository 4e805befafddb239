"""R9b. Where full legal powers are needed, the law may make the unit wait: nothing is handled before, and no deadline
runs."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.world.cases import DONE
from pingan_abm.world.events import Activity

#: Meetings would give a file another leader.
STEADY = {"supervision": False, "statutory_wait_days": 20.0}


def waited(share: float) -> PinganModel:
    return lived(200, parameters=STEADY | {"statutory_wait_share": share}, residents=10_000, seed=3, events=True)


@pytest.fixture(scope="module")
def always() -> PinganModel:
    return waited(1.0)


def test_without_it_nobody_waits() -> None:
    assert not (waited(0.0).world.used("events")["activity"] == Activity.STATUTORY_WAIT).any()


def test_waits_come_as_often_as_the_law_binds_and_last_as_long_on_average(always: PinganModel) -> None:
    """Exponential waits: the sample mean of n lies within four standard errors of the parameter."""
    events = always.world.used("events")
    rows = events[events["activity"] == Activity.STATUTORY_WAIT]
    enforcement = always.world.subtypes["enforcement"][always.world.problems["subtype"][rows["problem"]]]
    drawn = rows["chance"]
    known = ~np.isnan(drawn)
    assert drawn[known] == pytest.approx(enforcement[known])
    lengths = rows["detail"][known] + 0.5  # days are logged as whole days
    assert len(lengths) > 100
    assert abs(lengths.mean() - 20.0) < 4 * 20.0 / np.sqrt(len(lengths)) + 0.5


def test_no_leader_finishes_before_it_may_begin(always: PinganModel) -> None:
    parts, cases = always.world.used("assignments"), always.world.used("cases")
    clear = always.world.problems["clear_from"][cases["problem"][parts["case"]]]
    bound = (parts["place"] == 0) & (parts["state"] == DONE) & (clear > 0)
    assert bound.sum() > 50
    assert (parts["finished"][bound] >= clear[bound]).all()


def test_deadlines_stand_still_meanwhile(always: PinganModel) -> None:
    cases = always.world.used("cases")
    clear = always.world.problems["clear_from"][cases["problem"]]
    waiting = (clear > always.day) & (cases["pending"] > 0) & (cases["lead"] >= 0)
    assert waiting.sum() > 5
    assert (cases["due"][waiting] > clear[waiting]).mean() > 0.9
