"""Whoever sits in the back row of a class can read it: how large texts are on a projector, and that nothing is lost on
a phone."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=3450"
#: A projector of 1920×1080 with the browser at 150 %: what Windows sets for most of them, and what the teaching pack
#: asks for.
PROJECTOR = (1280, 720)
#: Pixels of the page, so 21 of the projector's. Of a picture 2 m wide that is 22 mm, which good eyes read from nine
#: metres (10 minutes of arc for a letter, two thirds of the size, need 24 mm of type from nine and a half).
LEAST = 14.0
#: A phone is held at arm's length: labels in figures may be smaller, and wide figures are moved under the finger.
LEAST_ON_A_PHONE = 11.0
SMALLER = """least => {
  const found = [], walk = document.createTreeWalker(document.querySelector('.pa-page'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, element = text.parentElement;
    const unseen = ['SCRIPT', 'STYLE', 'TITLE', 'OPTION'].includes(element.tagName.toUpperCase());
    if (!text.textContent.trim() || unseen) continue;
    const range = document.createRange(); range.selectNodeContents(text);
    const box = range.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width || !box.height || style.visibility === 'hidden') continue;
    let size = parseFloat(style.fontSize);
    if (element.ownerSVGElement) {
      const m = element.getScreenCTM();
      size *= Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
    }
    if (size < least - .05) found.push(`${size.toFixed(1)} px: ${text.textContent.trim().slice(0, 40)}`);
  }
  return found;
}"""


def too_small(page: Any, least: float = LEAST) -> list[str]:
    """Texts on the page that are smaller than so many pixels as they are shown, figures scaled to their boxes
    included."""
    return page.evaluate(SMALLER, least)


def overflow(page: Any) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_back_row_reads_the_live_district(visit: Any, language: str) -> None:
    one = visit(*PROJECTOR)
    page = one.open(f"lang={language}&{SMALL}&day=40")
    one.wait_for_day(40)
    page.wait_for_selector(".pa-sankey rect[height]")
    page.click("[data-node=environment]")
    page.wait_for_selector(".pa-inspector h3")
    assert page.locator(".pa-map text").count() > 100 and page.locator(".pa-network text").count() > 60
    assert too_small(page) == [] and overflow(page) == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_back_row_reads_the_other_pages(visit: Any, language: str) -> None:
    one = visit(*PROJECTOR)
    page = one.open(f"lang={language}&{SMALL}&page=case")
    page.click("[data-act=pizza]")
    page.wait_for_selector(".pa-timeline svg")
    assert too_small(page) == [] and overflow(page) == 0
    for name in ("story", "results", "terms", "compare"):
        page.click(f"[data-page={name}]")
        page.wait_for_selector(f"[data-page={name}].pa-shown")
        page.wait_for_selector(".pa-narrow h2")
        assert too_small(page) == [] and overflow(page) == 0, name
    page.locator(".pa-play select").nth(0).select_option("3450")
    page.locator(".pa-play select").nth(1).select_option("4")
    page.click("[data-act=compare]")
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot .scatterlayer').length === 2", timeout=120_000)
    page.wait_for_selector(".js-plotly-plot .legendtext")
    assert too_small(page) == [] and overflow(page) == 0


@pytest.mark.parametrize("page_name", ["explore", "compare", "case", "story", "results", "terms"])
def test_a_phone_shows_every_page_without_moving_it_aside(visit: Any, page_name: str) -> None:
    one = visit(width=390, height=844)
    page = one.open(f"lang=en&{SMALL}&page={page_name}&day=10")
    page.wait_for_selector(f"[data-page={page_name}].pa-shown")
    assert overflow(page) <= 0 and too_small(page, LEAST_ON_A_PHONE) == []


#: Texts of a figure that reach beyond the sides of a box.
INSIDE = """([box, inner]) => {
    const a = document.querySelector(box).getBoundingClientRect();
    return [...document.querySelectorAll(inner)].filter(e => e.textContent.trim())
        .map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, b]) => b.left < a.left - 1 || b.right > a.right + 1).map(([text]) => text); }"""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_the_ends_of_the_flows_and_of_a_case(visit: Any, language: str) -> None:
    one = visit(width=390, height=844)
    page = one.open(f"lang={language}&{SMALL}&day=60")
    one.wait_for_day(60)
    page.wait_for_selector(".pa-sankey rect[height]")
    wide = "e => e.getBoundingClientRect().right - innerWidth"
    assert page.eval_on_selector(".pa-sankey", wide) <= 0
    assert page.evaluate(INSIDE, [".pa-sankey", ".pa-sankey text"]) == []
    page.click("[data-page=case]")
    page.wait_for_selector(".pa-timeline svg")
    assert page.eval_on_selector(".pa-timeline svg", wide) <= 0
    assert page.evaluate(INSIDE, [".pa-timeline svg", ".pa-timeline svg text"]) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_leaves_room_for_differences_beside_their_names(visit: Any, language: str) -> None:
    page = visit(width=390, height=844).open(f"lang={language}&{SMALL}&page=compare&compared=4x3450")
    page.wait_for_selector(".js-plotly-plot .scatterlayer", timeout=240_000)
    page.wait_for_selector(".js-plotly-plot .ytick text")
    drawn = page.locator(".js-plotly-plot .nsewdrag").first.bounding_box()
    assert drawn["width"] > 250
    assert page.evaluate(INSIDE, [".js-plotly-plot", ".js-plotly-plot .xtitle, .js-plotly-plot .ytick text"]) == []
