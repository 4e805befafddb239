"""Another district in the app: its own names, and a layout although nobody has drawn one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
COMMAND = (sys.executable, "-m", "pingan_abm.cli", "app", "--district", "dorchester", "--port")
BOXES = """() => [...document.querySelectorAll('.pa-tile rect')].map(e => {
    const box = e.getBBox(); return [box.x, box.y, box.x + box.width, box.y + box.height]; })"""


@pytest.fixture
def dorchester(serve_with: Any, tmp_path: Path) -> Iterator[str]:
    with serve_with(COMMAND, tmp_path) as where:
        yield where


def test_it_shows_its_own_names_and_every_community_has_a_place(dorchester: str, visit: Any) -> None:
    one = visit(where=dorchester)
    page = one.open("lang=en&residents=12500&day=20")
    one.wait_for_day(20)
    assert page.inner_text("h1") == "Dorchester, Boston: a living district" == page.title()
    page.wait_for_selector("[data-node=pwdx]")
    drawn = "".join(page.locator(".pa-map, .pa-network").all_text_contents())  # they are drawings, not HTML
    assert "Hubin" not in page.inner_text(".pa-page") + drawn and "The whole district" in drawn
    boxes = page.evaluate(BOXES)
    width, height = (float(part) for part in page.get_attribute(".pa-map", "viewBox").split()[2:])
    assert len(boxes) == len({tuple(box) for box in boxes}) > 20  # none on another
    assert all(0 <= left and right <= width and 0 <= top and bottom <= height for left, top, right, bottom in boxes)
    assert width < 2.5 * height  # about square, no strip
    page.click("[data-act=language]")
    page.wait_for_function("document.title.endsWith('城区仿真')")


SHANGCHENG = re.compile(
    r"Shangcheng|Hubin|Ping'an|Weather|E-Home|12345|pizza|2011|2014|上城|湖滨|平安365|晴雨|E家人|披萨|33个"
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_says_what_belongs_to_another_district(dorchester: str, visit: Any, language: str) -> None:
    """Channels, tiers, groups, scenarios and chapters are called as the district's files do, else by general names."""
    one = visit(where=dorchester)
    page = one.open(f"lang={language}&residents=12500&day=20")
    one.wait_for_day(20)
    page.wait_for_selector(".pa-sankey rect[height]")
    for name in ("explore", "compare", "case", "story", "terms", "room", "opening"):
        page.click(f"[data-page={name}]")
        page.wait_for_selector(f"[data-page={name}].pa-shown")
        page.wait_for_selector(".pa-page h2")
        chapters = page.locator("[data-chapter]").count()
        for number in range(max(1, chapters)):
            if chapters:
                page.locator("[data-chapter]").nth(number).click()
                page.locator("[data-chapter].primary").nth(0).wait_for()
                page.wait_for_timeout(300)
            written = page.locator(".pa-page").evaluate("e => e.textContent")
            assert SHANGCHENG.findall(written) == [], f"{name}, {number}"
