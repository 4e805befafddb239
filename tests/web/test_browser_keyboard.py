"""The app without a mouse."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=3450"
MOST_TABS = 200


def focused(page: Any, attribute: str) -> str:
    """An attribute of the element that has the focus."""
    return str(page.evaluate("name => document.activeElement?.getAttribute(name) ?? ''", attribute))


def tab_to(page: Any, attribute: str, value: str = "") -> None:
    """Press the tab key until an element with an attribute (of a value) has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        got = focused(page, attribute)
        if got and value in ("", got):
            return
    raise AssertionError(f"the tab key does not reach {attribute}={value}")


def test_from_page_to_play_to_a_community_and_an_organisation(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=20")
    one.wait_for_day(20)
    tab_to(page, "data-act", "step")
    page.keyboard.press("Enter")
    one.wait_for_day(21)
    tab_to(page, "data-tile")
    assert focused(page, "data-tile") == "0"
    page.keyboard.press("ArrowRight")
    assert focused(page, "data-tile") == "1"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    below = focused(page, "data-tile")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-tile='{below}'][aria-pressed=true]")
    page.wait_for_selector(".pa-inspector h3")
    page.keyboard.press("Escape")  # the sheet has taken the focus, and gives it back
    page.wait_for_function("document.activeElement.hasAttribute('data-tile')")
    page.keyboard.press("End")
    assert focused(page, "data-tile") == "53"
    tab_to(page, "data-node")
    page.keyboard.press("End")
    last = focused(page, "data-node")
    assert last.startswith("organisation_")
    page.keyboard.press(" ")
    page.wait_for_selector(".pa-inspector dt:has-text('Income')")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.hasAttribute('data-node')")
    page.keyboard.press("ArrowUp")
    assert focused(page, "data-node") not in ("", last)


@pytest.mark.parametrize(("figure", "attribute"), [(".pa-map", "data-tile"), (".pa-network", "data-node")])
def test_the_arrows_reach_everything_in_a_figure(visit: Any, figure: str, attribute: str) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    page.wait_for_selector(f"{figure} [{attribute}]")
    missed = page.evaluate(
        """([figure, attribute]) => {
        const all = [...document.querySelectorAll(`${figure} [${attribute}]`)];
        const reached = new Set([all[0]]), open = [all[0]];
        while (open.length) {
            const here = open.pop();
            for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
                here.focus(); here.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
                const there = document.activeElement;
                if (!reached.has(there)) { reached.add(there); open.push(there); }
            }
        }
        return all.filter(one => !reached.has(one)).map(one => one.getAttribute(attribute));
    }""",
        [figure, attribute],
    )
    assert missed == []


def test_levers_lists_and_languages_by_keyboard(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    page.focus("[data-lever=accountability] input[type=range]")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-lever=accountability].pa-changed")
    page.wait_for_function("location.search.includes('accountability')")
    page.focus("[data-act=language]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    page.focus("[data-page=story]")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('五章')")
