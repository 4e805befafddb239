"""The plans of the teaching pack, one step after the other as a teacher and a group go through them, in the language of
their page: every link of the tables is opened from the page itself, with a smaller district so that it goes faster."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import SMALL_STORY_COMMAND
from helpers.places import DOCS

pytestmark = pytest.mark.browser
PAGES = {"en": DOCS / "teaching.md", "zh": DOCS / "teaching.zh-CN.md"}
MOVE = "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }"
CHAPTERS = ("before", "numbers", "duty")  # of the 90 minutes


@pytest.fixture
def app(serve_with: Any, tmp_path: Path) -> Iterator[str]:
    """The address of an app whose chapters run small districts."""
    with serve_with(SMALL_STORY_COMMAND, tmp_path) as where:
        yield where


def plan(language: str, number: int) -> list[str]:
    """What is opened, row by row, in the first or second plan; "" where nothing is or the page stays."""
    rows: list[list[str]] = [[], []]
    table = -1
    for line in PAGES[language].read_text("utf-8").splitlines():
        if line.startswith("|---"):
            table += 1
        elif table in (0, 1) and re.match(r"\| \d", line):
            found = re.search(r"`\?([^`]+)`", line)
            rows[table].append(found[1].replace("residents=34500", "residents=3450") if found else "")
    return rows[number]


def move(page: Any, lever: str, value: str) -> None:
    page.wait_for_selector("[data-act=send]:not([disabled])")
    page.eval_on_selector(f"[data-lever={lever}] input[type=range]", MOVE, value)
    page.wait_for_function(f"location.search.includes('60:{lever}:{value}') || location.search.includes('{lever}')")


def taps(one: Any, query: str) -> None:
    """The opening, which ends on a district that plays."""
    page = one.open(query)
    for _ in range(7):
        page.click("[data-act=tap]:not([disabled])")
    page.wait_for_selector(".pa-live canvas")
    page.wait_for_selector("[data-act=play]:has(.mdi-pause)")


def join(visit: Any, app: str, board: Any, query: str, name: str) -> Any:
    one = visit(width=390, height=844, fresh=True, where=app)
    page = one.open(f"{query}&room={board.inner_text('.pa-code')}")
    page.locator(".pa-door input").nth(1).fill(name)
    page.click("[data-act=join]:not([disabled])")
    page.wait_for_selector("[data-answer]")
    return page


def chapter(board: Any, group: Any, name: str) -> None:
    """Choose, predict, show."""
    board.click(f"[data-chapter={name}]")
    board.wait_for_selector(f"[data-chapter={name}].primary")
    group.click("[data-answer=higher]:not([disabled])")
    group.wait_for_selector("[data-answer=higher][aria-pressed=true]")
    board.click("[data-act=reveal]:not([disabled])")
    board.wait_for_selector(".pa-class-truth", state="attached", timeout=240_000)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_for_45_minutes(app: str, visit: Any, language: str) -> None:
    _, opening, room, _, baseline, lever, case, _ = plan(language, 0)
    teacher = visit(height=900, where=app)
    taps(teacher, opening)
    board = teacher.open(room)
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    in_the_room = board.url
    group = join(visit, app, board, room, "One")
    chapter(board, group, "numbers")
    page = teacher.open(baseline)  # 40 days a second, orange dots, the orange band, a department's reasons
    page.locator(".pa-play select").last.select_option(index=2)
    page.click("[data-act=play]:not([disabled])")
    page.wait_for_function("document.querySelector('.pa-live canvas').measure(false).most > 0")
    page.wait_for_selector(".pa-sankey rect[height]")
    page.locator("[data-node=environment]").dispatch_event("click")
    page.wait_for_selector(".pa-inspector tbody tr", state="attached")
    group.click("[data-page=explore]")
    move(group, "accountability", "0.9")
    board = teacher.open(in_the_room.split("?", 1)[1])
    group.wait_for_selector("[data-act=send]:not([disabled])")
    group.click("[data-act=send]")
    board.wait_for_selector(".pa-tried", state="attached", timeout=120_000)
    page = teacher.open(lever)
    teacher.wait_for_day(60)
    page.eval_on_selector("[data-lever=accountability] input[type=range]", MOVE, "0.9")
    page.wait_for_function(
        "location.search.includes('60:accountability:0.9') || location.search.includes('accountability')"
    )
    page.click("[data-act=side]:not([disabled])")
    page.wait_for_selector(".pa-side-note")
    page = teacher.open(case)
    page.click("[data-act=pizza]")
    page.wait_for_selector(".pa-held, .pa-timeline svg")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_for_90_minutes(app: str, visit: Any, language: str) -> None:
    opening, room, _, baseline, lever, compare, _ = plan(language, 1)
    teacher = visit(height=900, where=app)
    taps(teacher, opening)
    board = teacher.open(room)
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    group = join(visit, app, board, room, "One")
    for name in CHAPTERS:
        chapter(board, group, name)
    page = teacher.open(baseline)
    page.wait_for_selector(".pa-value")
    page = teacher.open(lever)
    teacher.wait_for_day(60)
    for name, value in (("accountability", "0.3"), ("verification_rate", "0.3")):
        page.eval_on_selector(f"[data-lever={name}] input[type=range]", MOVE, value)
        page.wait_for_function(f"location.search.includes('{name}')")
    page.click("[data-act=keep]")
    page.wait_for_selector(".pa-kept")
    page.click("[data-page=compare]")  # what was kept stands beside the baseline
    page.wait_for_selector("[data-arm='1']")
    asked = teacher.open(compare)
    sizes = asked.locator(".pa-play select")
    assert "4" in sizes.nth(1).locator("option").all_inner_texts()
    sizes.nth(1).select_option("4")
    asked.click("[data-act=compare]")
    asked.wait_for_selector(".js-plotly-plot .scatterlayer", timeout=240_000)
