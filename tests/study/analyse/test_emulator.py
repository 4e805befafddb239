"""Emulators: they find smooth functions again, report noise as what they cannot tell, and keep their values in the
file."""

import json
import os
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pingan_abm.study.analyse.emulator import LEAST_R2, fitted_curve, fitted_outcome, grid_of, numeric_ranges
from pingan_abm.study.analyse.emulator_file import Emulator, document, read_emulator, write_emulator
from pingan_abm.texts.errors import InputErrors

POINTS, SETTINGS = 60, 3


def places() -> np.ndarray:
    return np.random.default_rng(3).random((POINTS, SETTINGS))


def held() -> np.ndarray:
    return np.arange(POINTS) % 5 == 4


def smooth(x: np.ndarray) -> np.ndarray:
    """A function of the first two settings; the third does not matter."""
    return np.asarray(0.4 + 0.3 * np.sin(3.0 * x[..., 0]) + 0.2 * x[..., 1] ** 2)


def made(low: float = 2.0) -> Emulator:
    x = places()
    days = grid_of(100)
    rows = np.stack([smooth(point) * (1.0 - np.exp(-days / (20.0 + 30.0 * point[1]))) for point in x])
    outcome, curve = fitted_outcome("solved_share", x, smooth(x), held()), fitted_curve("a", x, rows, held())
    return Emulator(
        study="s",
        model="m",
        runs=POINTS,
        held_out=12,
        names=("a", "b", "c"),
        low=(low, 0.0, 0.0),
        high=(4.0, 1.0, 1.0),
        points=x[~held()],
        residents=345_000,
        days=tuple(days.tolist()),
        outcomes=(outcome,),
        curves=(curve,),
    )


@cache
def made_document() -> dict[str, Any]:
    """Made once: it takes seconds."""
    return document(made())


def test_a_smooth_function_is_found_again_where_no_run_was() -> None:
    one = made()
    fresh = np.random.default_rng(9).random((50, SETTINGS))
    told = [one.told({"a": 2.0 + 2.0 * x[0], "b": x[1], "c": x[2]})["solved_share"] for x in fresh]
    assert np.abs(np.array(told) - smooth(fresh)).max() < 0.03
    assert one.outcomes[0].r2 > 0.98 and one.curves[0].r2 > 0.95
    lengths = one.outcomes[0].lengths
    assert lengths[2] > 3 * lengths[0]  # what does not matter has a long length


def test_noise_is_not_told() -> None:
    x = places()
    noise = np.random.default_rng(5).normal(size=POINTS)
    one = fitted_outcome("noise", x, noise, held())
    assert one.r2 < LEAST_R2 and one.half > 0.5


def test_the_file_keeps_what_is_told(tmp_path: Path) -> None:
    one = made()
    write_emulator(one, tmp_path / "e.json")
    again = read_emulator(tmp_path / "e.json")
    settings = {"a": 2.7, "b": 0.2, "c": 0.9}
    assert again.told(settings)["solved_share"] == pytest.approx(one.told(settings)["solved_share"], abs=1e-4)
    place = one.place(settings)
    assert again.curves[0].at(again.points, place) == pytest.approx(one.curves[0].at(one.points, place), abs=1e-4)
    assert one.inside(settings) and not one.inside(settings | {"a": 1.0})
    assert (tmp_path / "e.json").stat().st_size < 60_000


def test_what_is_no_emulator_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text('{"format": 1}')
    with pytest.raises(InputErrors, match="no emulator"):
        read_emulator(tmp_path / "e.json")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 2),
        ("names", ["a", "b"]),
        ("names", ["a", "b", ["c"]]),
        ("low", [2.0, 0.0, "0"]),
        ("low", [4.0, 0.0, 0.0]),
        ("points", [[0.1, 0.2, 0.3]]),
        ("points", 10**400),
        ("days", [0]),
        ("outcomes", ["x"]),
        ("curves", {"name": "x"}),
        ("runs", float("inf")),
        ("points", float("nan")),
    ],
)
def test_numbers_that_do_not_belong_together_are_refused(tmp_path: Path, key: str, value: object) -> None:
    tree = made_document() | {key: value}
    (tmp_path / "e.json").write_text(json.dumps(tree))
    with pytest.raises(InputErrors, match="no emulator"):
        read_emulator(tmp_path / "e.json")


def test_what_may_not_be_read_whole_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "deep").write_text("[" * 100_000)
    with (tmp_path / "large").open("wb") as opened:
        opened.truncate(10**9)
    for name in ("pipe", "deep", "large", "absent"):
        with pytest.raises(InputErrors, match="no emulator"):
            read_emulator(tmp_path / name)


def test_choices_cannot_be_emulated() -> None:
    ranges = [{"name": "behaviour", "values": ["full", "capacity_only"]}]
    store = SimpleNamespace(manifest={"study": {"ranges": ranges}})
    sweep = SimpleNamespace(names=["behaviour"], method="lhs", store=store)
    with pytest.raises(InputErrors, match="behaviour"):
        numeric_ranges(sweep)  # type: ignore[arg-type]
