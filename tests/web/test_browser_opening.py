"""The opening in a browser: seven taps, and the district is live."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=34500"
TAP = "document.querySelector('.pa-opening').dataset.tap"
HEAD = "document.querySelector('.pa-opening-head').textContent"


@pytest.mark.parametrize(("language", "closed", "many"), [("en", "Done", "And now"), ("zh", "已办结", "再看")])
def test_seven_taps_lead_to_the_living_district(visit: Any, language: str, closed: str, many: str) -> None:
    one = visit()
    page = one.open(f"lang={language}&{SMALL}&page=opening")
    page.wait_for_selector("[data-act=tap]:not([disabled])")
    heads, dates = [page.evaluate(HEAD)], []
    for tap in range(1, 7):
        page.click("[data-act=tap]")
        page.wait_for_function(f"{TAP} === '{tap}'")
        heads.append(page.evaluate(HEAD))
        dates.append(page.inner_text(".pa-opening-said .pa-read"))
        if tap == 4:
            assert closed in heads[-1]
            page.wait_for_function("location.search.includes('tap=4')")
            page.reload()  # nothing is lost
            page.wait_for_selector("[data-act=tap]:not([disabled])")
            page.wait_for_function(f"{TAP} === '4'")
            assert page.evaluate(HEAD) == heads[-1]
            assert page.inner_text(".pa-opening-said .pa-read") == dates[-1]  # the same case
    assert len(set(heads)) == 7 and heads[-1].startswith(many)
    assert page.locator(".pa-opening circle").count() > 600
    page.click("[data-act=tap]")
    page.wait_for_selector("[data-page=explore].pa-shown")
    page.wait_for_function("parseInt(document.querySelector('.pa-day')?.textContent.replace(/\\D*(\\d+).*/, '$1')) > 2")


def test_a_plain_address_opens_it_and_it_can_be_skipped(visit: Any) -> None:
    one = visit()
    page = one.page
    page.goto(one.address + "?lang=zh")
    page.wait_for_selector(".pa-opening [data-act=skip]")
    page.wait_for_selector("[data-act=tap]:not([disabled])", timeout=120_000)
    page.focus("[data-act=skip]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-page=explore].pa-shown")
