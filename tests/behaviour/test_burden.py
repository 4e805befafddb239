"""The burden's compiled passes are what they are when they are read as Python."""

import numpy as np
import pytest

from pingan_abm.behaviour.burden import add_burden, add_daily_burden
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.cohorts import JUDGED_AFTER
from pingan_abm.world.lives import LIFE, write_lives


def plain(function: object) -> object:
    """The Python function that was compiled; itself where nothing is compiled."""
    return getattr(function, "py_func", function)


@pytest.fixture(scope="module")
def lived() -> PinganModel:
    model = PinganModel(residents=2_000, days=150, warmup=0)
    for _ in range(150):
        model.step()
    return model


def test_lives_compiled_and_interpreted(lived: PinganModel) -> None:
    problems, closures = lived.world.used("problems"), lived.world.used("closures")
    tables = []
    for function in (write_lives, plain(write_lives)):
        lives = np.zeros(len(problems), LIFE)
        tables.append(lives[: function(problems, closures, float(JUDGED_AFTER), lives)])
    assert len(tables[0]) == len(tables[1]) > 100
    for name in LIFE.names or ():
        assert np.array_equal(tables[0][name], tables[1][name]), name
    assert tables[0]["claimed"].sum() > 0


def test_burden_compiled_and_interpreted(lived: PinganModel) -> None:
    w = lived.world
    lives = np.zeros(w.counted("problems"), LIFE)
    lives = lives[: write_lives(w.used("problems"), w.used("closures"), float(JUDGED_AFTER), lives)]
    middle = float(np.median(w.residents["digital"]))
    totals, places, days = [np.zeros((2, size)) for size in (4, len(w.communities), 2 * 150)]
    for row, (whole, by_day) in enumerate(((add_burden, add_daily_burden), map(plain, (add_burden, add_daily_burden)))):
        whole(lives, w.grids, w.residents, middle, 150, totals[row], places[row])
        by_day(lives, days[row].reshape(2, 150))
    for found in (totals, places, days):
        assert found[0].sum() > 0.0
        assert found[0].tobytes() == found[1].tobytes()
