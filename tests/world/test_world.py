"""The arrays of one run: they grow between days without losing anything, and say so when they could not."""

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.world.world import REGISTERS, World, grown


def contents(world: World) -> dict[str, bytes]:
    return {name: world.used(name).tobytes() for name in REGISTERS if name != "nodes"}


def test_a_longer_register_keeps_its_rows() -> None:
    rows = np.arange(5.0)
    longer = grown(rows, 9)
    assert np.array_equal(longer[:5], rows) and (longer[5:] == 0).all() and len(longer) == 9


def test_growing_from_almost_nothing_gives_the_same_run() -> None:
    """Registers cut to their rows in use at the start grow every few days; nothing else may differ."""
    usual = lived(40, residents=2_000, events=True)
    tight = PinganModel(residents=2_000, days=40, events=True, warmup=0)
    for name in REGISTERS:
        setattr(tight.world, name, getattr(tight.world, name)[:1].copy())
    tight.world.latent, tight.world.queues = tight.world.latent[:1].copy(), tight.world.queues[:, :1].copy()
    tight.world.agendas = tight.world.agendas[:, :1].copy()
    for _ in range(40):
        tight.step()
    assert contents(tight.world) == contents(usual.world)
    assert tight.outcomes() == usual.outcomes()


def test_a_register_that_is_full_stops_the_run(small: PinganModel) -> None:
    small.world.make_room = lambda arrivals, ahead: None  # type: ignore[method-assign]
    small.world.problems = small.world.problems[:3].copy()
    with pytest.raises(RuntimeError, match="a register filled up within a day"):
        for _ in range(10):
            small.step()


def test_a_copy_shares_nothing_that_changes(small: PinganModel) -> None:
    copied = small.world.copy()
    before = {name: rows.tobytes() for name, rows in vars(copied).items()}
    for _ in range(8):
        small.step()
    assert {name: rows.tobytes() for name, rows in vars(copied).items()} == before
    assert copied.contacts is small.world.contacts
    assert small.world.tally[0].problems > copied.tally[0].problems
