"""A/B in a browser: the district without one's changes beside the one with them."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=3450"
RANGE = "[data-lever=accountability] input[type=range]"
VALUES = "[...document.querySelectorAll('.pa-card .pa-value')].map(e => e.textContent)"
BESIDE = "[...document.querySelectorAll('.pa-beside')].map(e => e.textContent)"


def test_both_sides_are_shown_and_a_reload_keeps_the_side(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&set=accountability:0.9@30&day=90")
    one.wait_for_day(90)
    page.wait_for_selector("[data-act=side]:not([disabled])")
    assert page.input_value(RANGE) == "0.9"
    with_changes = page.evaluate(VALUES)
    page.click("[data-act=side]")
    page.wait_for_selector(".pa-side-note")
    one.wait_for_day(90)
    page.wait_for_function(f"({BESIDE})[0]?.startsWith('with the changes')")
    without = page.evaluate(VALUES)
    assert without != with_changes and page.input_value(RANGE) == "0.5"  # what is shown as set is in force
    beside = [part for text in page.evaluate(BESIDE) for part in text.partition(": ")[2].split(" · ")]
    assert beside == with_changes
    plain = visit()
    other = plain.open(f"lang=en&{SMALL}&day=90")
    plain.wait_for_day(90)
    assert other.evaluate(VALUES) == without  # the same as if nothing had ever been changed
    query = page.evaluate("location.search")
    assert "accountability:0.9@30" in query and "side=before" in query
    page.reload()
    page.wait_for_selector(".pa-side-note")
    one.wait_for_day(90)
    page.wait_for_function(f"wanted => JSON.stringify({VALUES}) === JSON.stringify(wanted)", arg=without)
    page.click("[data-act=side]")
    page.wait_for_selector(".pa-side-note", state="detached")
    page.wait_for_function(f"({BESIDE})[0]?.startsWith('without the changes')")
    assert page.evaluate(VALUES) == with_changes and page.input_value(RANGE) == "0.9"
    page.click("[data-act=step]")
    one.wait_for_day(91)
    page.wait_for_function(f"({BESIDE}).every(text => text === '')")  # figures of another day would mislead


def test_without_a_change_there_are_no_two_sides(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=zh&{SMALL}&day=10")
    one.wait_for_day(10)
    assert page.is_disabled("[data-act=side]")
