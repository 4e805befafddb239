"""What had failed people who used the app, each as they met it."""

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import OWN_COMMAND, READY, Visitor, answers, free_port

pytestmark = pytest.mark.browser
SMALL = "residents=3450"
MOVE = "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }"
RANGE = "[data-lever=accountability] input[type=range]"


def test_a_lever_moved_after_the_last_day_asks_from_when_on(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&days=40&day=40")
    one.wait_for_day(40)
    page.eval_on_selector(RANGE, MOVE, "0.9")
    page.wait_for_selector(".pa-asking:has-text('the run is over')")
    page.wait_for_function("document.querySelector('[data-lever=accountability] input[type=number]').value === '0.5'")
    page.click("[data-ask=year]")
    page.wait_for_function("document.querySelector('.pa-day').textContent === 'Day 40 of 405'")
    page.wait_for_function("location.search.includes('accountability:0.9@40')")
    query = page.evaluate("location.search")
    other = visit(fresh=True)
    there = other.open(query.lstrip("?"))  # the app opens its own link
    other.wait_for_day(40)
    assert not there.is_visible(".pa-notice") and there.input_value(RANGE) == "0.9"
    page.click("[data-act=undo]")
    page.wait_for_function("!location.search.includes('accountability')")
    one.wait_for_day(40)


def test_a_lever_that_rebuilds_the_district_asks_first(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=zh&{SMALL}&day=20")
    one.wait_for_day(20)
    page.evaluate("document.querySelectorAll('.pa-levers details').forEach(e => e.open = true)")
    page.eval_on_selector("[data-lever=grassroots_groups] input[type=range]", MOVE, "3")
    page.wait_for_selector(".pa-asking:has-text('重建城区')")
    page.click("[data-ask=leave]")
    page.wait_for_selector(".pa-asking", state="detached")
    one.wait_for_day(20)


def test_back_returns_within_the_app_and_a_reload_loses_nothing(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    page.click("[data-node=environment]")
    page.wait_for_selector(".pa-inspector h3:has-text('Environmental')")
    page.wait_for_function("location.search.includes('sheet=environment')")
    page.eval_on_selector(RANGE, MOVE, "0.9")
    page.wait_for_function("location.search.includes('accountability:0.9@30')")
    page.click("[data-act=keep]")
    page.wait_for_function("location.search.includes('kept=')")
    page.click("[data-page=compare]")
    page.wait_for_selector("[data-arm='1'] select")
    page.wait_for_function("document.querySelector('[data-arm=\\'1\\'] select').value === 'own:0'")
    page.wait_for_function("location.search.includes('page=compare')")
    page.reload()
    page.wait_for_selector("[data-arm='1'] select")
    page.wait_for_function("document.querySelector('[data-arm=\\'1\\'] select').value === 'own:0'")
    page.click("[data-page=story]")
    page.wait_for_function("location.search.includes('page=story')")
    page.go_back()
    page.wait_for_selector("[data-arm='1'] select")
    page.go_back()
    page.wait_for_selector(".pa-inspector h3:has-text('Environmental')")


def test_what_opens_is_seen_and_escape_closes_it(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    page.focus("[data-table=lines]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent.startsWith('Table: ')")  # no tab in between
    box = page.locator(".pa-table").bounding_box()
    assert 0 <= box["y"] and box["y"] + min(box["height"], 100) <= 800
    page.keyboard.press("Escape")
    page.wait_for_selector(".pa-table h3", state="detached")
    page.wait_for_function("document.activeElement?.dataset.table === 'lines'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    for name in (".pa-play", ".pa-clock .pa-date"):  # what drives stays in sight
        assert 0 <= page.locator(name).first.bounding_box()["y"] < 120


def test_nothing_can_be_played_and_no_tile_is_black_before_there_is_a_district(visit: Any) -> None:
    one = visit()
    page = one.page
    page.goto(f"{one.address}?lang=en&residents=34500&day=300")
    page.wait_for_selector("[data-act=play]")
    seen = page.evaluate("""() => new Promise(done => {
        const seen = { early: 0, black: 0 }, look = () => {
            const day = parseInt((document.querySelector('.pa-day')?.textContent ?? '').replace(/\\D*(\\d+).*/, '$1'));
            const able = !document.querySelector('[data-act=play]').disabled;
            if (able && day !== 300) seen.early++;
            const tiles = [...document.querySelectorAll('.pa-tile rect')];
            seen.black += tiles.filter(e => getComputedStyle(e).fill === 'rgb(0, 0, 0)').length;
            if (able && day === 300) done(seen); else requestAnimationFrame(look);
        }; look(); })""")
    assert seen == {"early": 0, "black": 0}


def test_a_killed_server_is_said_in_the_language_of_the_page_and_nothing_is_lost(browser: Any, tmp_path: Path) -> None:
    port = str(free_port())
    where = f"http://127.0.0.1:{port}/"

    def start() -> subprocess.Popen[str]:
        server = subprocess.Popen([*OWN_COMMAND, port], cwd=tmp_path, text=True)
        while not answers(where):
            time.sleep(0.3)
        return server

    server = start()
    try:
        one = Visitor(browser.new_context(), where)
        page = one.open(f"lang=zh&{SMALL}&day=25")
        one.wait_for_day(25)
        page.eval_on_selector(RANGE, MOVE, "0.9")
        page.wait_for_function("location.search.includes('accountability:0.9@25')")
        server.send_signal(signal.SIGKILL)
        server.wait()
        page.wait_for_selector(".pa-lost:has-text('正在重连')")
        shown = page.evaluate("""() => [...document.querySelectorAll('.v-overlay, .v-alert, .v-dialog__content')]
            .filter(e => e.checkVisibility()).map(e => e.textContent)""")
        assert "".join(shown).strip() == ""  # one notice, not three on each other
        server = start()
        page.wait_for_selector(".pa-lost", state="detached", timeout=90_000)
        page.wait_for_selector(READY)
        one.wait_for_day(25)
        assert page.input_value(RANGE) == "0.9"
    finally:
        server.kill()
        server.wait()


def test_a_phone_shows_the_first_number_at_once(visit: Any) -> None:
    one = visit(width=390, height=844)
    page = one.open(f"lang=zh&{SMALL}&day=10")
    one.wait_for_day(10)
    assert page.locator(".pa-value").first.bounding_box()["y"] < 330
    page.click("[data-act=more]")
    page.wait_for_selector("[data-lever=accountability]")


def test_differences_come_as_they_are_found_and_what_is_missing_says_why(visit: Any) -> None:
    one = visit()
    page = one.open("lang=en&page=compare")
    page.locator(".pa-play select").nth(0).select_option("3450")
    page.wait_for_selector(".pa-size")
    page.locator(".pa-play select").nth(1).select_option("4")
    page.click("[data-act=compare]")
    page.wait_for_selector(".pa-absent, .pa-figure, h3:has-text('Differences')", timeout=120_000)
    page.wait_for_selector("[data-act=compare]:not([disabled])", timeout=120_000)
    page.wait_for_selector("text=difference in percentage points")
    page.wait_for_selector("text=difference in per cent of the baseline")
    page.wait_for_function("location.search.includes('compared=4x3450')")
    page.reload()
    page.wait_for_selector("h3:has-text('Differences')", timeout=120_000)  # the same, made again
