"""Estimates while a lever is dragged: at once, the same as in Python, and only where they hold."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pingan_abm.parameters.declared import declared
from pingan_abm.study.analyse.emulator import fitted_curve, fitted_outcome, grid_of
from pingan_abm.study.analyse.emulator_file import Emulator, write_emulator

pytestmark = pytest.mark.browser
WITH_FILE = """
import sys
from pathlib import Path
from pingan_abm.web import server
from pingan_abm.web.shown import estimates
estimates.FILE = Path(sys.argv[1])
server.serve("127.0.0.1", int(sys.argv[2]))
"""
DRAG = """value => new Promise(done => {
  const slider = document.querySelector("[data-lever=accountability] input[type=range]");
  slider.value = value; slider.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => done(document.querySelector(".pa-estimate").innerText));
})"""


def small_emulator() -> Emulator:
    """An emulator of a made-up district of 3,450 residents, over two levers."""
    x = np.random.default_rng(3).random((40, 2))
    held, days = np.arange(40) % 5 == 4, grid_of(365)
    truth = 0.2 + 0.6 * x[:, 0]
    rows = truth[:, None] * np.ones(len(days))
    curves = tuple(
        fitted_curve(name, x, rows * share, held)
        for name, share in (("closed_share_so_far", 1.0), ("solved_share_so_far", 0.8))
    )
    return Emulator(
        study="s",
        model="m",
        runs=40,
        held_out=8,
        names=("accountability", "staffing"),
        low=(0.0, 0.5),
        high=(0.9, 2.0),
        points=x[~held],
        residents=3_450,
        days=tuple(days.tolist()),
        outcomes=(fitted_outcome("solved_share", x, truth, held),),
        curves=curves,
    )


@pytest.fixture(scope="module")
def estimating(serve_with: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with that emulator."""
    folder = tmp_path_factory.mktemp("estimates")
    write_emulator(small_emulator(), folder / "e.json")
    with serve_with((sys.executable, "-c", WITH_FILE, str(folder / "e.json")), folder) as where:
        yield where


def test_a_dragged_lever_is_answered_at_once_and_as_in_python(estimating: str, visit: Any) -> None:
    one = visit(where=estimating)
    page = one.open("lang=en&residents=3450")
    page.evaluate(DRAG, "0.3")  # the first one lays the panel out
    text = page.evaluate(DRAG, "0.8")
    assert "Estimate from 40 runs" in text  # in the frame after the slider has moved
    emulator = small_emulator()
    usual = float(declared("accountability").default)
    told = emulator.told({"accountability": 0.8, "staffing": 1.0})["solved_share"]
    before = emulator.told({"accountability": usual, "staffing": 1.0})["solved_share"]
    cells = page.eval_on_selector_all(".pa-estimate tbody td", "all => all.map(e => e.textContent)")
    low, high = (float(part.strip("% ")) for part in cells[2].split("–"))
    assert cells[1] == f"{100 * before:.0f}%"
    assert low - 1 <= 100 * told <= high + 1
    page.evaluate(DRAG, "1")
    page.wait_for_selector(".pa-estimate [role=status]:has-text('outside the range')")
    page.click("[data-act=play]")
    page.wait_for_selector(".pa-estimate", state="hidden")  # the exact run takes its place


def test_there_is_no_estimate_where_it_would_not_hold(estimating: str, visit: Any) -> None:
    one = visit(where=estimating)
    page = one.open("lang=zh&residents=3450&scenario=tight_accountability")
    page.evaluate(DRAG, "0.3")
    page.wait_for_selector(".pa-estimate [role=status]:has-text('基准情景')")
    assert not page.is_visible(".pa-estimate table")
