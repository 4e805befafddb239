"""Emulators against functions that are known: their means, the luck, and how it moves metrics together."""

import numpy as np
import pytest

from pingan_abm.study.infer.emulators import fit, fit_ensemble


def truth(places: np.ndarray) -> np.ndarray:
    return np.asarray(np.sin(3.0 * places[:, 0]) + places[:, 1] ** 2)


def test_an_emulator_predicts_held_out_runs_as_well_as_it_says() -> None:
    rng = np.random.default_rng(0)
    places, luck = rng.random((120, 3)), 0.1
    emulator = fit(places, truth(places) + luck * rng.standard_normal(120))
    there = rng.random((400, 3))
    mean, unsure, by_luck = emulator.predict(there)
    assert np.sqrt(by_luck.mean()) == pytest.approx(luck, rel=0.3)
    runs = truth(there) + luck * rng.standard_normal(400)
    apart = (runs - mean) / np.sqrt(unsure + by_luck)
    assert (np.abs(apart) < 1.645).mean() == pytest.approx(0.9, abs=0.05)
    assert 1.0 - ((truth(there) - mean) ** 2).mean() / truth(there).var() > 0.97


def test_luck_that_grows_is_seen_to_grow() -> None:
    rng = np.random.default_rng(1)
    places = rng.random((250, 2))
    luck = 0.05 * np.exp(1.5 * places[:, 0])
    emulator = fit(places, truth(places) + luck * rng.standard_normal(250))
    _, _, low = emulator.predict(np.array([[0.05, 0.5]]))
    _, _, high = emulator.predict(np.array([[0.95, 0.5]]))
    assert high[0] > 4.0 * low[0]


def test_luck_that_moves_two_metrics_together_is_found() -> None:
    rng = np.random.default_rng(2)
    places, shared = rng.random((150, 2)), rng.standard_normal(150)
    own = rng.standard_normal((150, 2))
    values = np.stack([truth(places) + 0.1 * (shared + own[:, 0]), places[:, 0] + 0.1 * (shared + own[:, 1])], axis=1)
    found = fit_ensemble(("one", "other"), places, values)
    assert found.correlation[0, 1] == pytest.approx(0.5, abs=0.15)


def test_metrics_that_say_nothing_have_no_emulator() -> None:
    rng = np.random.default_rng(3)
    places = rng.random((40, 2))
    values = np.stack([truth(places), np.full(40, 0.5), np.full(40, np.nan)], axis=1)
    assert fit_ensemble(("moves", "constant", "missing"), places, values).metrics == ("moves",)
