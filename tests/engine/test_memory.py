"""Models that nobody holds are freed in time, whatever their size."""

import weakref

from pingan_abm.engine.memory import MOST
from pingan_abm.model import PinganModel


def test_models_that_nobody_holds_do_not_pile_up() -> None:
    made = [weakref.ref(PinganModel(residents=5_000, days=1, warmup=0)) for _ in range(60)]
    assert sum(model() is not None for model in made) <= MOST // 5_000


def test_a_model_that_is_held_stays(small: PinganModel) -> None:
    for _ in range(25):
        PinganModel(residents=5_000, days=1, warmup=0)
    small.step()
    assert small.day == 1 and len(small.agents) > 2_000
