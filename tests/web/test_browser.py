"""What a class does with the app, done by a browser."""

import time
from typing import Any

import pytest

pytestmark = pytest.mark.browser
SMALL = "residents=3450"


DRAWN_AGAIN = 20  # seconds in which a page changes its language, on a busy machine


def english_left(page: Any) -> list[str]:
    """English words on a Chinese page, except commands to type, a file in both languages, and what says of itself that
    it is English."""
    return page.evaluate("""() => [...document.querySelectorAll('.pa-page *')]
        .filter(e => e.children.length === 0 && !e.closest('[lang=en], code, .pa-toml, style, script'))
        .map(e => e.textContent.trim())
        .filter(t => /[A-Za-z]{4,} [a-z]{2,}/.test(t.replace(/pingan sweep STUDY.toml --out DIR/, "")))""")


def test_play_step_and_step_back(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=20")
    one.wait_for_day(20)
    before = page.inner_text(".pa-cards")
    page.click("[data-act=step]")
    one.wait_for_day(21)
    page.click("[data-act=week]")
    one.wait_for_day(28)
    assert page.inner_text(".pa-cards") != before
    page.click("[data-act=back-week]")
    one.wait_for_day(21)
    page.click("[data-act=back]")
    one.wait_for_day(20)
    assert page.inner_text(".pa-cards") == before  # the same day, to the last figure
    page.click("[data-act=play]")
    one.wait_for_day(365)
    page.wait_for_function("document.querySelector('[data-act=play]').textContent.includes('Play again')")
    page.click("[data-act=restart]")
    one.wait_for_day(0)


def test_both_languages_without_losing_the_run(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("[data-act=language]")
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    page.wait_for_function("document.querySelector('.pa-card-title span').textContent === '全部问题'")
    one.wait_for_day(30)
    for place, words in (("h2", "政策杠杆"), ("label", "问责力度"), ("h3", "案卷去向"), (".pa-name", "实际解决")):
        page.wait_for_selector(f"{place}:has-text('{words}')")
    assert english_left(page) == []
    page.click("[data-act=language]")
    page.wait_for_function("document.querySelector('.pa-card-title span').textContent === 'All problems'")
    one.wait_for_day(30)


def test_a_link_restores_everything_in_a_fresh_browser(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=zh&{SMALL}&scenario=tight_accountability&seed=5&day=10")
    one.wait_for_day(10)
    page.fill("[data-lever=satisfaction_weight] input[type=number]", "0.8")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('satisfaction_weight:0.8@10')")
    page.click("[data-act=week]")
    one.wait_for_day(17)
    page.wait_for_function("location.search.includes('day=17')")
    cards, link = page.inner_text(".pa-cards"), page.evaluate("location.search")
    other = visit(fresh=True)
    there = other.open(link.lstrip("?"))
    other.wait_for_day(17)
    assert there.inner_text(".pa-cards") == cards
    assert there.input_value("[data-lever=satisfaction_weight] input[type=number]") == "0.8"
    assert there.evaluate("document.querySelector('[data-lever=satisfaction_weight]').classList.contains('pa-changed')")
    assert there.evaluate("document.documentElement.lang") == "zh-CN"


def test_levers_are_marked_and_reset(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    lever = "[data-lever=accountability]"
    move = "e => { e.value = 0.9; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }"
    page.eval_on_selector(f"{lever} input[type=range]", move)
    page.wait_for_selector(f"{lever}.pa-changed")
    page.wait_for_function("location.search.includes('accountability:0.9')")
    assert "assumed" in page.inner_text(f"{lever} .pa-about")
    page.click(f"{lever} .pa-reset")
    page.wait_for_selector(f"{lever}:not(.pa-changed)")
    page.wait_for_function("!location.search.includes('accountability')")


def test_click_a_tile_a_node_and_what_leads_on(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=60")
    one.wait_for_day(60)
    page.click("[data-tile='7']")
    page.wait_for_selector(".pa-inspector h3:has-text('Qingbo community 2')")
    page.wait_for_selector("[data-tile='7'][aria-pressed=true]")
    page.click(".pa-inspector .pa-spark summary:has-text('Table')")
    rows = "[...document.querySelectorAll('.pa-inspector .pa-spark tbody tr')]"
    page.wait_for_function(f"{rows}.map(e => e.cells[0].textContent).join() === '0,30,60'")
    page.click(".pa-inspector [data-target^='resident:']")
    page.wait_for_selector(".pa-inspector h3:has-text('Resident')")
    page.click("[data-node=environment]")
    page.wait_for_selector(".pa-inspector h3:has-text('Environmental Protection Bureau')")
    assert "chance" in page.inner_text(".pa-inspector")
    named = {
        "organisation_001": "Lend-a-Hand",
        "studio_1": "Weather Studio",
        "centre": "Command centre",
        "leadership": "District leadership",
    }
    for node, title in named.items():
        page.eval_on_selector(f"[data-node={node}]", "e => e.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        page.wait_for_selector(f".pa-inspector h3:has-text('{title}')")
    page.click(".pa-ticker .pa-link >> nth=0")
    page.wait_for_selector(".pa-inspector dt:has-text('In truth')")


def test_two_visitors_do_not_see_each_other(visit: Any) -> None:
    first, second = visit(fresh=True), visit(fresh=True)
    first.open(f"lang=en&{SMALL}&seed=1&day=10")
    second.open(f"lang=zh&{SMALL}&seed=2&day=40")
    first.wait_for_day(10)
    second.wait_for_day(40)
    first.page.click("[data-act=week]")
    second.page.click("[data-act=back]")
    first.wait_for_day(17)
    second.wait_for_day(39)
    assert first.page.evaluate("document.documentElement.lang") == "en"


def test_a_comparison_can_be_cancelled(visit: Any) -> None:
    one = visit()
    page = one.open("lang=en&page=compare")
    page.wait_for_selector("[data-act=compare]")
    assert page.locator(".pa-play select").nth(0).input_value() == "345000" and not page.is_visible(".pa-size")
    page.locator(".pa-play select").nth(0).select_option("34500")
    page.wait_for_selector(".pa-size:has-text('34,500 residents is staffed for equal waits')")
    page.locator(".pa-play select").nth(0).select_option("3450")
    page.locator(".pa-play select").nth(1).select_option("40")
    page.click("[data-act=compare]")
    page.click("[data-act=cancel]")
    page.wait_for_selector("[data-act=compare]:not([disabled])")
    assert not page.is_visible("[data-act=cancel]")


def test_choices_made_at_once_are_both_kept(visit: Any) -> None:
    one = visit()
    page = one.open("lang=en&page=compare")
    page.wait_for_selector("[data-act=compare]")
    residents, replications = (page.locator(".pa-play select").nth(place) for place in (0, 1))
    for size, number in (("3450", "4"), ("345000", "20"), ("34500", "40")):  # a note appears, goes, and appears again
        residents.select_option(size)
        replications.select_option(number)
        page.wait_for_timeout(600)
        assert (residents.input_value(), replications.input_value()) == (size, number)


def test_the_story_goes_on(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=zh&{SMALL}&page=story")
    page.click("[data-chapter=numbers]")
    page.wait_for_selector("h3:has-text('数字说了算')")
    page.click("[data-act=next]")
    page.wait_for_selector("h3:has-text('谁出钱')")
    assert not page.is_visible(".pa-answer")


def test_the_pizza_shop_is_followed(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&page=case")
    page.click("[data-act=pizza]")
    page.wait_for_selector(".pa-timeline h3:has-text('Catering fumes')", timeout=120_000)
    text = page.inner_text(".pa-timeline")
    assert "6 May" in text and "1 Collect" in text and "The complainant" in text


def test_cases_are_filtered(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&page=case&day=120")
    by, issue = page.locator(".pa-play select").nth(1), page.locator(".pa-play select").nth(2)
    page.wait_for_selector(".pa-case tbody tr")
    returns = [
        int(text)
        for text in page.locator(".pa-case table >> nth=0").locator("tbody tr td:nth-child(3)").all_inner_texts()
    ]
    assert returns == sorted(returns, reverse=True)
    by.select_option("paper")
    page.wait_for_function("""() => {
        const rows = [...document.querySelector('.pa-case table').querySelectorAll('tbody tr')];
        return rows.length
            && rows.every(row => row.cells[4].textContent === 'yes' && row.cells[5].textContent === 'no'); }""")
    by.select_option("longest")
    issue.select_option("noise")
    page.wait_for_function("""() => {
        const rows = [...document.querySelector('.pa-case table').querySelectorAll('tbody tr')];
        return rows.length && rows.every(row => row.cells[0].textContent.includes('oise')); }""")
    page.click(".pa-case tbody tr:nth-child(2) .pa-link")
    page.wait_for_selector(".pa-timeline h3:has-text('oise')")
    by.select_option("injected")
    page.wait_for_selector(".pa-case:has-text('No such case yet')")


def test_every_page_in_both_languages(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=60")
    titles = {
        "compare": ("What if", "假设"),
        "case": ("Follow a case", "跟踪"),
        "story": ("five chapters", "五章"),
        "results": ("Study results", "研究结果"),
        "terms": ("Terms", "术语"),
    }
    for name, (english, chinese) in titles.items():
        page.click(f"[data-page={name}]")
        page.wait_for_selector(f"h2:has-text('{english}')")
        page.click("[data-act=language]")
        page.wait_for_selector(f"h2:has-text('{chinese}')")
        began = time.monotonic()
        while english_left(page) and time.monotonic() - began < DRAWN_AGAIN:  # the page is drawn part by part
            page.wait_for_timeout(200)
        assert english_left(page) == [], name
        page.click("[data-act=language]")
    page.click("[data-page=explore]")
    page.wait_for_selector(".pa-sankey rect[height]")
    one.wait_for_day(60)


def test_a_phone_has_room_for_it(visit: Any) -> None:
    one = visit(width=390, height=844)
    page = one.open(f"lang=zh&{SMALL}&day=10")
    one.wait_for_day(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 391
    assert "user-scalable" not in page.get_attribute("meta[name=viewport]", "content")


def test_everything_that_can_be_pressed_has_a_name(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=10")
    one.wait_for_day(10)
    nameless = page.evaluate("""() => ['button', 'select', '[role=button]', 'input']
        .flatMap(kind => [...document.querySelectorAll(`.pa-page ${kind}`)])
        .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length)))
        .map(e => e.outerHTML.slice(0, 120))""")
    assert nameless == []


@pytest.mark.parametrize(("language", "solved"), [("en", "really solved"), ("zh", "实际解决")])
def test_the_funnel_stands_beside_the_flows(visit: Any, language: str, solved: str) -> None:
    one = visit()
    page = one.open(f"lang={language}&{SMALL}&day=60")
    one.wait_for_day(60)
    page.wait_for_selector(".pa-box:has(.pa-funnel) [role=status]:has-text('90')")  # too early: says what is missing
    assert not page.is_visible(".pa-funnel")
    page = one.open(f"lang={language}&{SMALL}&day=200")
    one.wait_for_day(200)
    page.wait_for_selector(".pa-funnel rect[data-value]")
    values = page.eval_on_selector_all(".pa-funnel rect[data-value]", "all => all.map(e => e.dataset.value)")
    assert len(values) == 5 and solved in page.get_attribute(".pa-funnel", "aria-label")
    page.click("[data-table=funnel]")
    page.wait_for_selector(".pa-table tbody tr")
    rows = page.eval_on_selector_all(".pa-table tbody tr", "all => all.map(e => e.cells[1].textContent)")
    assert rows[:5] == values
    page.set_viewport_size({"width": 1920, "height": 1080})
    flows, funnel = (page.locator(f".pa-box:has({name})").bounding_box() for name in (".pa-sankey", ".pa-funnel"))
    assert abs(flows["y"] - funnel["y"]) < 5 and funnel["x"] + funnel["width"] <= flows["x"]
    assert english_left(page) == [] or language == "en"
