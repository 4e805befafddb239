"""The documented case lived again: with another chance, and in many lives that are counted."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SEVERAL = 3


@pytest.mark.parametrize(("language", "in_all"), [("en", r"In (\d+) lives"), ("zh", r"在(\d+)种可能中")])
def test_the_documented_case_has_other_lives(visit: Any, language: str, in_all: str) -> None:
    page = visit().open(f"lang={language}&residents=3450&page=case")
    assert page.locator("[data-act=lives], [data-act=luck]").count() == 0  # no case is written in the scenario
    page.click("[data-act=pizza]")
    page.wait_for_selector(".pa-timeline svg")
    page.click("[data-act=luck]")
    page.wait_for_function("location.search.includes('seed=1')")
    page.wait_for_selector(".pa-timeline svg")
    page.click("[data-act=lives]:not([disabled])")
    page.wait_for_function(f"+document.querySelector('[data-lives]')?.dataset.lives >= {SEVERAL}", timeout=120_000)
    page.click("[data-act=cancel-lives]")
    page.wait_for_selector("[data-act=lives]:not([disabled])")
    found = re.search(in_all, page.inner_text("[data-lives]"))
    assert found and int(found[1]) == int(page.get_attribute("[data-lives]", "data-lives"))
