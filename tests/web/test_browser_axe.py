"""Every page, both languages, three widths, with results open: axe-core finds nothing.

Results are a comparison, a chapter answered, a case, sheets and tables on Explore, a finished sweep, and a class with
what it predicted.

The script comes with the package axe-playwright-python (MPL-2.0 for axe-core), which only this test needs.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from pingan_abm.cli import run_command

pytestmark = pytest.mark.browser
SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WIDTHS = (1280, 1920, 390)
COMMAND = (sys.executable, "-m", "pingan_abm.cli", "app", "--port")
OPEN = {
    "explore": "&day=120&sheet=environment&table=flows",
    "compare": "&compared=4x3450",
    "case": "&day=120",
    "story": "&chapter=2&answer=numbers:higher",
    "terms": "",
    "opening": "",
}
READY = {
    "compare": ".js-plotly-plot .scatterlayer",
    "case": ".pa-timeline svg",
    "story": ".pa-answer",
    "opening": "[data-act=tap]:not([disabled])",
}
AXE = """async () => (await axe.run(document)).violations.map(
    v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`)"""


STUDY = """
name = "grid"
residents = 1080
days = 40
replications = 2
[design]
method = "grid"
[parameters]
accountability = { low = 0.1, high = 0.9, steps = 2 }
behaviour = { values = ["full", "capacity_only"] }
"""


def assert_clean(page: Any, width: int, what: str) -> None:
    page.wait_for_timeout(1500)  # charts are drawn part by part
    page.evaluate(SCRIPT.read_text("utf-8"))
    assert page.evaluate(AXE) == [], what
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, what


@pytest.fixture(scope="module")
def studies(serve_with: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app in a folder with a finished sweep."""
    folder = tmp_path_factory.mktemp("studies")
    (folder / "grid.toml").write_text(STUDY)
    assert run_command(["sweep", str(folder / "grid.toml"), "--out", str(folder / "grid"), "--workers", "1"]) == 0
    with serve_with(COMMAND, folder) as where:
        yield where


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OPEN)
def test_axe_finds_nothing(visit: Any, name: str, language: str) -> None:
    for width in WIDTHS:
        one = visit(width=width, height=900)
        page = one.open(f"lang={language}&residents=3450&page={name}{OPEN[name]}")
        if name in READY:
            page.wait_for_selector(READY[name], timeout=240_000)
        assert_clean(page, width, f"{name}, {language}, {width}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_in_an_opened_sweep(studies: str, visit: Any, language: str) -> None:
    for width in WIDTHS:
        one = visit(width=width, height=900, where=studies)
        page = one.open(f"lang={language}&residents=3450&page=results")
        assert_clean(page, width, f"no sweep open, {language}, {width}")
        page.locator(".pa-narrow select").first.select_option(label="grid")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        assert_clean(page, width, f"sweep, {language}, {width}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_in_a_class(visit: Any, language: str) -> None:
    """On the door, on the teacher's screen and on a phone, with a prediction and the true answer shown."""
    teacher = visit(height=900)
    board = teacher.open(f"lang={language}&residents=3450&page=room")
    assert_clean(board, 1280, "the door")
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    student = visit(width=390, height=900, fresh=True)
    phone = student.open(f"lang={language}&residents=3450&page=room&room={board.inner_text('.pa-code')}")
    phone.locator(".pa-door input").nth(1).fill("One")
    phone.click("[data-act=join]:not([disabled])")
    phone.click("[data-answer=higher]")
    phone.wait_for_selector("[data-answer=higher][aria-pressed=true]")
    board.wait_for_selector(".pa-room-board rect[data-count]")
    for page in (board, phone):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert_clean(page, width, f"a class that predicts, {language}, {width}")
    board.click("[data-act=reveal]")
    board.wait_for_selector(".pa-class-truth", state="attached", timeout=240_000)
    phone.wait_for_function("document.querySelector('.pa-drawn-truth').getAttribute('d').length > 100")
    for page in (board, phone):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert_clean(page, width, f"a class that has its answer, {language}, {width}")
