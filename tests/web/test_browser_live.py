"""The district alive in a browser: it moves, it can be followed, and it stands still for those who want it."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=34500"
CANVAS = ".pa-live canvas"


def test_dots_travel_while_the_district_is_played(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    page.select_option(".pa-bar select", "medium")
    page.click("[data-act=play]")
    page.wait_for_function(f"document.querySelector('{CANVAS}').measure().most > 20")
    page.evaluate(f"document.querySelector('{CANVAS}').measure(true)")
    page.wait_for_timeout(2000)
    seen = page.evaluate(f"document.querySelector('{CANVAS}').measure()")
    assert seen["frames"] > 1 and seen["most"] > 20  # benchmarks/app.py measures how many a second
    page.click("[data-act=play]")
    assert "really solved" in page.get_attribute(CANVAS, "aria-label")


def test_a_unit_and_a_community_are_clicked_on_the_canvas(visit: Any) -> None:
    one = visit()
    one.page.emulate_media(reduced_motion="reduce")  # without dots on their way, which would be clicked instead
    page = one.open(f"lang=zh&{SMALL}&day=30")
    one.wait_for_day(30)
    page.locator(CANVAS).scroll_into_view_if_needed()
    box = page.locator(CANVAS).bounding_box()
    page.mouse.click(box["x"] + box["width"] * 560 / 1240, box["y"] + box["height"] * 318 / 560)
    page.wait_for_selector(".pa-inspector h3:has-text('指挥中心')")


def test_without_motion_the_picture_stands_still_and_says_so(visit: Any) -> None:
    one = visit()
    one.page.emulate_media(reduced_motion="reduce")
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    page.click("[data-act=week]")
    one.wait_for_day(37)
    page.wait_for_selector(".pa-live [role=status]:has-text('Movement is off')")
    assert page.evaluate(f"document.querySelector('{CANVAS}').measure().most") == 0


def test_the_table_behind_it_counts_what_moved(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=60")
    one.wait_for_day(60)
    page.click("[data-table=live]")
    page.wait_for_selector(".pa-table h3:has-text('The district alive')")
    rows = dict(
        page.eval_on_selector_all(".pa-table tbody tr", "all => all.map(e => [...e.cells].map(c => c.textContent))")
    )
    assert int(rows["help given"].replace(",", "")) > 0 and int(rows["closed on paper"].replace(",", "")) > 0
    assert any("problems it caused" in name for name in rows)


def test_a_busy_place_opens_its_sheet_and_leads_to_its_community(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=60")
    one.wait_for_day(60)
    page.click("[data-table=live]")
    page.locator(".pa-table [data-target^='place:']").first.click()
    page.wait_for_selector(".pa-inspector dt:has-text('Next routine inspection')")
    rank = page.locator(".pa-inspector div:has(> dt:has-text('Problems so far')) .pa-fact-note").inner_text()
    assert rank.startswith("place 1 of ")
    page.locator(".pa-inspector .pa-links [data-target^='community:']").click()
    page.wait_for_selector(".pa-inspector .pa-subtitle:has-text('Community')")
    page.select_option("select:has(option[value=busiest])", "busiest")
    page.wait_for_selector(".pa-map[aria-label='Busiest places']")


def test_a_picture_at_rest_asks_for_no_frames(visit: Any) -> None:
    one = visit()
    page = one.open("lang=en&residents=3450&day=20")
    one.wait_for_day(20)
    page.wait_for_timeout(2500)  # the last dots arrive
    asked = """() => new Promise(done => { const before = window.requestAnimationFrame; let count = 0;
        window.requestAnimationFrame = f => { count++; return before.call(window, f); };
        setTimeout(() => { window.requestAnimationFrame = before; done(count); }, 1000); })"""
    assert page.evaluate(asked) < 5
    page.click("[data-act=play]:not([disabled])")  # and it moves again
    page.wait_for_function("document.querySelector('.pa-live canvas').measure(false).dots > 0")
