"""A class in a room: several browsers, predictions, drawn curves and what-ifs on the teacher's screen."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser
TENTH = "residents=34500"
BARS = "[...document.querySelectorAll('.pa-room-board rect[data-count]')].map(e => +e.dataset.count)"


def draw(page: Any) -> None:
    """A line with the pen, over the whole year."""
    page.locator(".pa-drawing svg").scroll_into_view_if_needed()
    box = page.locator(".pa-drawing svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.12, box["y"] + box["height"] * 0.6)
    page.mouse.down()
    for step in range(1, 25):
        page.mouse.move(box["x"] + box["width"] * (0.12 + 0.034 * step), box["y"] + box["height"] * (0.6 - 0.01 * step))
    page.mouse.up()


def test_a_class_predicts_draws_and_tries_together(visit: Any) -> None:
    teacher = visit()
    board = teacher.open(f"lang=en&{TENTH}&page=room")
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    code = board.inner_text(".pa-code")
    assert re.fullmatch(r"[2-9A-Z]{4}", code) and board.is_visible(".pa-local:has-text('127.0.0.1')")
    board.click("[data-chapter=numbers]")
    groups = []
    for number, answer in enumerate(("higher", "higher", "lower")):
        one = visit(width=390, height=844, fresh=True)
        page = one.open(f"lang={'zh' if number == 2 else 'en'}&{TENTH}&page=room&room={code}")
        page.locator(".pa-door input").nth(1).fill(f"Group {number}")
        page.click("[data-act=join]:not([disabled])")
        page.wait_for_selector(f"h2:has-text('{code}')")
        page.wait_for_selector("h3:has-text('When numbers rule'), h3:has-text('数字说了算')")  # the teacher's chapter
        page.click(f"[data-answer={answer}]")
        page.wait_for_selector(f"[data-answer={answer}][aria-pressed=true]")
        draw(page)
        page.wait_for_function("location.search.includes('guess=numbers:')")
        groups.append((one, page))
    board.wait_for_function(f"JSON.stringify({BARS}) === '[2,0,1]'")
    board.wait_for_function("document.querySelectorAll('.pa-class-curve').length === 3")
    assert board.locator(".pa-class-mean").count() == 1 and board.locator(".pa-class-truth").count() == 0
    first = groups[0][1]
    first.reload()  # a phone that was put away
    first.wait_for_selector("[data-answer=higher][aria-pressed=true]")
    first.wait_for_function("document.querySelector('.pa-drawn-mine').getAttribute('d').length > 100")
    first.click("[data-page=explore]")
    groups[0][0].page.wait_for_selector("[data-act=send]:not([disabled])")
    first.eval_on_selector(
        "[data-lever=accountability] input[type=range]",
        "e => { e.value = 0.9; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }",
    )
    first.wait_for_function("location.search.includes('accountability:0.9')")
    first.wait_for_selector("[data-act=send]:not([disabled])")
    first.click("[data-act=send]")
    board.wait_for_selector(".pa-room-table tbody tr:has-text('Group 0')", timeout=120_000)
    row = board.inner_text(".pa-room-table tbody tr")
    assert "Accountability" in row and row.count("%") == 2 and board.locator(".pa-tried").count() == 1
    board.click("[data-act=reveal]")
    board.wait_for_selector(".pa-class-truth", state="attached", timeout=240_000)
    second = groups[1][1]
    second.wait_for_selector(".pa-answer:has-text('predicted')")
    second.wait_for_function("document.querySelector('.pa-drawn-truth').getAttribute('d').length > 100")
    second.wait_for_selector(".pa-drawing [role=status]:has-text('points from what you drew')")
    groups[2][1].wait_for_selector(".pa-answer:has-text('预测')")


def test_who_has_no_key_does_not_lead(visit: Any) -> None:
    teacher, student = visit(), visit(fresh=True)
    board = teacher.open(f"lang=zh&{TENTH}&page=room")
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    board.wait_for_function("location.search.includes('who=')")
    code = board.inner_text(".pa-code")
    page = student.open(f"lang=zh&{TENTH}&page=room&room={code}&who=ABCDEFGH!")
    page.wait_for_selector("[data-act=join], [data-answer]")
    assert not page.is_visible(".pa-qr")
    board.reload()
    board.wait_for_selector(".pa-qr svg")  # the teacher's address holds the key
    assert board.inner_text(".pa-code") == code
