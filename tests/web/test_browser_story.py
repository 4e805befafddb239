"""All five chapters of the story in a browser: predict, run, answer. The districts are small here, and the year is the
model's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import SMALL_STORY_COMMAND

from pingan_abm.web.pages.chapters import ANSWERS, CHAPTERS

pytestmark = pytest.mark.browser


@pytest.fixture
def small_story(serve_with: Any, tmp_path: Path) -> Iterator[str]:
    """The address of an app whose chapters run small districts."""
    with serve_with(SMALL_STORY_COMMAND, tmp_path) as where:
        yield where


def test_every_chapter_asks_and_answers(small_story: str, visit: Any) -> None:
    one = visit(where=small_story)
    page = one.open("lang=en&residents=3450&page=story")
    for number, chapter in enumerate(CHAPTERS):
        page.wait_for_selector(f'h3:text-is("{chapter.title.en}")')
        page.wait_for_selector("[data-act=run-chapter][disabled]")
        page.click(f"[data-answer={ANSWERS[number % 3]}]")
        page.click("[data-act=run-chapter]:not([disabled])")
        page.wait_for_selector(".pa-answer", timeout=120_000)
        verdict, text = page.get_attribute(".pa-answer", "data-verdict"), page.inner_text(".pa-answer")
        assert verdict in ANSWERS and ("As you predicted" in text) == (verdict == ANSWERS[number % 3])
        assert f"“{chapter.first.label.en}”" in text and f"“{chapter.second.label.en}”" in text
        assert page.locator(".pa-narrow table tbody tr").count() == 1 + len(chapter.watch)
        assert chapter.think.en in page.inner_text(".pa-narrow")
        if number + 1 < len(CHAPTERS):
            page.click("[data-act=next]")
            page.wait_for_selector(".pa-answer", state="detached")


def test_a_chapter_can_be_left_in_the_middle(visit: Any) -> None:
    one = visit()
    page = one.open("lang=en&residents=3450&seed=77&page=story")
    page.click("[data-answer=same]")
    page.click("[data-act=run-chapter]:not([disabled])")
    page.click("[data-act=cancel-chapter]")
    page.wait_for_selector("[data-act=run-chapter]:not([disabled])", timeout=120_000)
    assert not page.is_visible(".pa-answer") and not page.is_visible("[data-act=cancel-chapter]")
