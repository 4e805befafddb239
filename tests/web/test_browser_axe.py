"""Every page, both languages, three widths, with results open: axe-core finds nothing.

The script comes with the package axe-playwright-python (MPL-2.0 for axe-core), which only this test needs.
"""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

pytestmark = pytest.mark.browser
SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WIDTHS = (1280, 1920, 390)
OPEN = {
    "explore": "&day=120&sheet=environment&table=flows",
    "compare": "&compared=4x3450",
    "case": "&day=120",
    "story": "&chapter=2&answer=numbers:higher",
    "results": "",
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


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", OPEN)
def test_axe_finds_nothing(visit: Any, name: str, language: str) -> None:
    for width in WIDTHS:
        one = visit(width=width, height=900)
        page = one.open(f"lang={language}&residents=3450&page={name}{OPEN[name]}")
        if name in READY:
            page.wait_for_selector(READY[name], timeout=240_000)
        page.wait_for_timeout(1500)  # charts are drawn part by part
        page.evaluate(SCRIPT.read_text("utf-8"))
        assert page.evaluate(AXE) == [], f"{name}, {language}, {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
