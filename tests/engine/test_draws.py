"""Keyed draws: uniform, independent of everything but their own key."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from pingan_abm.behaviour.arise import entity_of_day
from pingan_abm.engine import draws
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, identity, normal, run_key, uniform

KEY = run_key(7, 0)
N = 40_000


def chi_squared(counts: np.ndarray, expected: np.ndarray) -> float:
    """Pearson's statistic over its degrees of freedom: about 1 when the counts fit."""
    return float(((counts - expected) ** 2 / expected).sum() / (len(counts) - 1))


@compiled
def grid_of_draws(key: np.uint64, purpose: int, entities: int, attempts: int) -> np.ndarray:
    out = np.empty((entities, attempts))
    for entity in range(entities):
        for attempt in range(attempts):
            out[entity, attempt] = uniform(key, purpose, np.uint64(entity), attempt)
    return out


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.corrcoef(first, second)[0, 1])


@pytest.mark.parametrize("purpose", [Purpose.DAY_COUNT, Purpose.REPORTS, Purpose.CAMPAIGN_FOUND])
def test_draws_are_uniform_over_entities_and_over_attempts(purpose: Purpose) -> None:
    for values in (grid_of_draws(KEY, purpose, N, 1), grid_of_draws(KEY, purpose, 1, N)):
        assert values.min() >= 0.0 and values.max() < 1.0
        counts = np.bincount((values.ravel() * 200).astype(int), minlength=200)
        assert 0.6 < chi_squared(counts, np.full(200, N / 200)) < 1.4  # 6 standard deviations on either side


def test_pairs_of_neighbours_fill_the_square_evenly() -> None:
    values = grid_of_draws(KEY, Purpose.REPORTS, 200, 201)
    for first, second in ((values[:, :-1], values[:, 1:]), (values[:-1], values[1:])):
        cells = (first.ravel() * 16).astype(int) * 16 + (second.ravel() * 16).astype(int)
        counts = np.bincount(cells, minlength=256)
        assert 0.6 < chi_squared(counts, np.full(256, len(cells) / 256)) < 1.4


def test_lowest_bits_are_as_random_as_the_highest() -> None:
    bits = np.zeros(53)
    for entity in range(4000):
        number = int(uniform(KEY, Purpose.TRY, np.uint64(entity), 0) * 2**53)
        bits += [(number >> place) & 1 for place in range(53)]
    assert np.abs(bits / 4000 - 0.5).max() < 5 * 0.5 / np.sqrt(4000)


def test_purposes_entities_attempts_and_keys_are_uncorrelated() -> None:
    tolerance = 5.0 / np.sqrt(N)
    base = grid_of_draws(KEY, Purpose.REPORTS, N, 2)
    assert abs(correlation(base[:, 0], base[:, 1])) < tolerance
    assert abs(correlation(base[:-1, 0], base[1:, 0])) < tolerance
    assert abs(correlation(base[:, 0], grid_of_draws(KEY, Purpose.CHANNEL, N, 1)[:, 0])) < tolerance
    for other in (run_key(7, 1), run_key(8, 0)):
        assert abs(correlation(base[:, 0], grid_of_draws(other, Purpose.REPORTS, N, 1)[:, 0])) < tolerance


def test_every_purpose_has_a_number_of_its_own() -> None:
    declared = [value for name, value in vars(draws.Purpose).items() if name.isupper()]
    assert len(declared) == len(Purpose.__members__) == len({int(value) for value in declared})
    assert all(count == 1 for count in Counter(int(p) for p in Purpose.__members__.values()).values())


def test_a_draw_depends_on_nothing_but_its_key() -> None:
    alone = uniform(KEY, Purpose.RETURN, np.uint64(11), 3)
    for other in Purpose:
        uniform(KEY, other, np.uint64(11), 3)
    assert uniform(KEY, Purpose.RETURN, np.uint64(11), 3) == alone


def test_draws_are_splitmix64_of_purpose_entity_and_attempt() -> None:
    """Computed a second time with Python's own integers; and written down, since a change would change every published
    run."""
    whole = 2**64 - 1

    def finalised(z: int) -> int:
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & whole
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & whole
        return z ^ (z >> 31)

    z = int(run_key(0, 0))
    for part in (int(Purpose.REPORTS), 5, 1):
        z = finalised((z + part * 0x9E3779B97F4A7C15) & whole)
    drawn = [uniform(run_key(0, 0), Purpose.REPORTS, np.uint64(5), attempt) for attempt in range(2)]
    assert drawn[1] == (z >> 11) / 2**53
    assert drawn == [0.33410465851528015, 0.3624722659041614]


def test_run_key_depends_on_seed_and_replication() -> None:
    keys = {int(run_key(seed, replication)) for seed in range(100) for replication in range(100)}
    assert len(keys) == 10_000


def test_identities_do_not_collide() -> None:
    made = {
        int(identity(KEY, int(Purpose.IDENTITY), np.uint64(day * 64 + kind), number))
        for day in range(40)
        for kind in range(18)
        for number in range(60)
    }
    assert len(made) == 40 * 18 * 60


def test_exponential_and_normal_have_their_moments() -> None:
    waits = np.array([exponential(KEY, int(Purpose.LAPSE), np.uint64(i), 0) for i in range(N)])
    assert waits.min() >= 0.0
    assert waits.mean() == pytest.approx(1.0, abs=5 / np.sqrt(N))
    assert np.mean(waits > 2.0) == pytest.approx(np.exp(-2.0), abs=0.01)
    z = np.array([normal(KEY, int(Purpose.WORK), np.uint64(i), 0) for i in range(N)])
    assert z.mean() == pytest.approx(0.0, abs=5 / np.sqrt(N))
    assert z.std() == pytest.approx(1.0, abs=0.02)
    assert np.mean(np.abs(z) > 1.96) == pytest.approx(0.05, abs=0.006)


def test_compiled_and_plain_draws_are_the_same_number() -> None:
    plain = getattr(uniform, "py_func", uniform)
    with np.errstate(over="ignore"):
        for entity in (0, 1, 2**40, 2**63 + 5):
            assert plain(KEY, 30, np.uint64(entity), 2) == uniform(KEY, 30, np.uint64(entity), 2)


def test_no_two_decisions_share_a_purpose() -> None:
    """A purpose stands where its one decision is made. Whether somebody reports is also looked up in advance, and
    a place is drawn where its problem arises, or by tries where it is recorded."""
    foreseen = {"REPORTS", "PLACE", "EMITS"}
    package = Path(draws.__file__).parents[1]
    sources = [path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path != Path(draws.__file__)]
    used = Counter(name for source in sources for name in re.findall(r"Purpose\.([A-Z]\w*)", source))
    assert {name for name, times in used.items() if times > 1} == foreseen
    assert set(used) == {purpose.name for purpose in Purpose}


def test_days_and_types_have_draws_of_their_own() -> None:
    entities = [int(entity_of_day(day, kind)) for day in range(3000) for kind in range(0, 500, 7)]
    assert len(set(entities)) == len(entities)
    assert int(entity_of_day(5, 17)) == 5 * 64 + 17
