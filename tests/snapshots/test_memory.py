"""Going back to a day and living on from it gives the same district, to the last byte."""

from dataclasses import fields

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.snapshots.memory import restore, take, whole
from pingan_abm.world.world import REGISTERS, World


def bytes_of(model: PinganModel) -> dict[str, bytes]:
    """Every array of a district, of registers the rows in use."""
    arrays = {one.name: getattr(model.world, one.name) for one in fields(World)}
    arrays |= {name: model.world.used(name) for name in REGISTERS}
    width = int(model.world.units["queued"].max())  # beyond it, queues hold what was there before
    arrays["queues"] = (
        arrays["queues"][:, :0]
        if width == 0
        else np.concatenate(
            [row[: int(count)] for row, count in zip(arrays["queues"], model.world.units["queued"], strict=True)]
        )
    )
    arrays["agendas"] = arrays["latent"] = np.zeros(0)  # lists with free ends: covered by what they lead to
    return {name: array.tobytes() for name, array in arrays.items()} | {"daily": model.daily.tobytes()}


def advance(model: PinganModel, days: int) -> None:
    for _ in range(days):
        model.step()


@pytest.mark.parametrize("scenario", ["pingan365", "funding_cut", "fragmented_2010", "society_only"])
def test_a_replay_gives_the_same_bytes(scenario: str) -> None:
    model = PinganModel(scenario=scenario, residents=1_500, days=200, events=True)
    advance(model, 100)
    kept = take(model)
    advance(model, 100)
    first, outcomes, agents = bytes_of(model), model.outcomes(), len(model.agents)
    for _ in range(2):  # a snapshot can be used again
        restore(model, kept)
        assert model.day == 100
        advance(model, 100)
        assert model.outcomes() == outcomes
        assert bytes_of(model) == first
        assert len(model.agents) == agents


def test_a_snapshot_shares_nothing_that_changes(small: PinganModel) -> None:
    advance(small, 20)
    kept = take(small)
    before = kept.world.residents.tobytes(), kept.world.trust.tobytes(), kept.daily.tobytes()
    advance(small, 20)
    assert before == (kept.world.residents.tobytes(), kept.world.trust.tobytes(), kept.daily.tobytes())
    assert kept.nbytes > 2_000 * 50


def test_actors_founded_later_are_gone_after_going_back() -> None:
    model = PinganModel({"social_entry_threshold": 0.0}, residents=100_000, days=365, warmup=0)
    kept = take(model)
    advance(model, 365)
    founded = len(model.organisations) - len(kept.organisations)
    assert founded > 0
    before = len(model.agents)
    restore(model, kept)
    assert len(model.agents) == before - founded
    assert model.running


def test_whole_copies_records() -> None:
    rows = np.zeros(3, np.dtype([("a", "f8"), ("b", "i4")]))
    rows["a"] = [1.0, np.nan, 3.0]
    other = whole(rows)
    assert other.tobytes() == rows.tobytes()
    other["a"][0] = 9.0
    assert rows["a"][0] == 1.0
