"""Every page, both languages, three widths, with results open: axe-core finds nothing.

The script comes with the package axe-playwright-python (MPL-2.0 for axe-core), which only this test needs; without it
the test says that it was not done.
"""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
FOUND = importlib.util.find_spec("axe_playwright_python")
SCRIPT = Path(FOUND.origin or "").with_name("axe.min.js") if FOUND else Path()
WIDTHS = (1280, 1920, 390)
OPEN = {
    "explore": "&day=120&sheet=environment&table=flows",
    "compare": "",
    "case": "&day=120",
    "story": "&chapter=2",
    "results": "",
    "terms": "",
}
AXE = """async () => (await axe.run(document)).violations.map(
    v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`)"""


@pytest.mark.skipif(FOUND is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OPEN)
def test_axe_finds_nothing(visit: Any, name: str, language: str) -> None:
    for width in WIDTHS:
        one = visit(width=width, height=900)
        page = one.open(f"lang={language}&residents=3450&page={name}{OPEN[name]}")
        page.wait_for_timeout(1500)  # charts are drawn part by part
        page.evaluate(SCRIPT.read_text("utf-8"))
        assert page.evaluate(AXE) == [], f"{name}, {language}, {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
