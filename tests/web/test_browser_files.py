"""Files that a visitor takes home or brings along, done by a browser."""

import csv
import io
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import downloaded, rows_of

pytestmark = pytest.mark.browser
SMALL = "residents=3450"
CHARTS = ("map", "network", "lines", "second", "flows", "funnel")
FIGURES = ("map", "lines", "network", "flows", "funnel", "second")  # in the order of the page's boxes


def test_a_table_behind_every_chart(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    titles = set()
    for chart in CHARTS:
        shown = page.text_content(".pa-table h3") if titles else ""
        page.click(f"[data-table={chart}]")
        page.wait_for_function(
            "shown => { const e = document.querySelector('.pa-table h3'); return e && e.textContent !== shown; }",
            arg=shown,
        )
        rows = rows_of(downloaded(page, page.locator(".pa-table .pa-tools button").click))
        assert len(rows) > 5 and len(set(map(len, rows))) == 1
        titles.add(page.text_content(".pa-table h3"))
    assert len(titles) == len(CHARTS)


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_figures_can_be_taken_home(visit: Any, kind: str) -> None:
    one = visit()  # a page for each kind: Chromium asks before it lets a page save more than ten files in a row
    page = one.open(f"lang=en&{SMALL}&day=30")
    one.wait_for_day(30)
    page.wait_for_selector(".pa-sankey rect[height]")
    for place, name in enumerate(FIGURES):
        button = page.locator(".pa-grid > *").nth(place).locator(f".pa-tools button:has-text('{kind}')")
        head = downloaded(page, button.click)[:200]
        assert head.startswith(b"\x89PNG") if kind == "PNG" else b"<svg" in head, (name, kind)


@pytest.mark.parametrize(("language", "said"), [("en", "seed 7 · Thu 30 Jan"), ("zh", "随机种子7 · 2014年1月30日")])
def test_a_picture_taken_home_says_what_it_shows_and_of_which_run(visit: Any, language: str, said: str) -> None:
    one = visit()
    page = one.open(f"lang={language}&{SMALL}&seed=7&day=30")
    one.wait_for_day(30)
    page.wait_for_selector(".pa-sankey rect[height]")
    box = page.locator(".pa-box:has(.pa-sankey)")
    drawn = downloaded(page, box.locator(".pa-tools button:has-text('SVG')").click).decode("utf-8")
    assert box.locator("h3").inner_text() in drawn and said in drawn and "pingan365" in drawn
    picture = downloaded(page, page.locator(".pa-box:has(.pa-live) .pa-tools button:has-text('PNG')").click)
    width, height = struct.unpack(">II", picture[16:24])
    canvas = page.eval_on_selector(".pa-live canvas", "e => [e.width, e.height]")
    assert width == canvas[0] and height > canvas[1] + 40  # with its two lines


def test_texts_that_look_like_formulas_do_nothing_in_a_spreadsheet(visit: Any, tmp_path: Path) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    page.click("text=Seed and files of your own")
    trap = tmp_path / "trap.toml"
    trap.write_text('[title]\nen = "=1+1"\nzh = "=1+1"\n[parameters]\naccountability = 0.9\n')
    page.set_input_files("input[accept='.toml']", trap)
    page.wait_for_selector("option:has-text('=1+1')", state="attached")
    page.click("[data-act=keep]")
    page.click("[data-page=compare]")
    page.locator(".pa-play select").nth(0).select_option("3450")
    page.locator(".pa-play select").nth(1).select_option("4")
    page.wait_for_selector("[data-arm='1'] option:has-text('=1+1')", state="attached")
    page.click("[data-act=compare]:not([disabled])")
    page.wait_for_selector(".pa-narrow table tbody tr:visible", timeout=120_000)
    cells = [cell for row in rows_of(downloaded(page, page.locator("text=Save as CSV").first.click)) for cell in row]
    assert any("=1+1" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "@")) or re.match(r"[+-](?![\d.])", cell)] == []


def test_a_comparison_to_its_downloads(visit: Any) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&page=compare")
    page.locator(".pa-play select").nth(0).select_option("3450")
    page.locator(".pa-play select").nth(1).select_option("4")
    page.click("[data-act=add-arm]")
    page.wait_for_selector("[data-arm='2']")
    page.click("[data-act=compare]")
    page.wait_for_selector(".pa-narrow table tbody tr:visible", timeout=120_000)
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot .scatterlayer').length === 2")
    rows = list(
        csv.DictReader(io.StringIO(downloaded(page, page.locator("text=Save as CSV").first.click).decode("utf-8-sig")))
    )
    assert {row["outcome"] for row in rows} >= {"closure_gap", "true_resolution_rate"}
    assert len({row["scenario"] for row in rows}) == 2
    page.click("text=Table: over time")
    over_time = rows_of(downloaded(page, page.locator("text=Save as CSV").nth(1).click))
    assert len(over_time) == 366 and len(over_time[0]) == 1 + 3 * 3
    for kind in ("SVG", "PNG"):
        head = downloaded(page, page.locator(f".pa-tools button:has-text('{kind}')").first.click)[:200]
        assert head.startswith(b"\x89PNG") if kind == "PNG" else b"<svg" in head
    report = downloaded(page, page.locator("text=Save the report").click).decode()
    assert "<svg" in report and "<table>" in report and not re.search(r"(src|href)=.https?:", report)


def test_a_scenario_of_ones_own_is_checked(visit: Any, tmp_path: Path) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    page.click("text=Seed and files of your own")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[parameters]\nacountability = 0.9\n")
    page.set_input_files("input[accept='.toml']", wrong)
    page.wait_for_selector("[role=alert]:has-text('accountability')")
    right = tmp_path / "mine.toml"
    right.write_text('[title]\nen = "A scenario of mine"\n[parameters]\naccountability = 0.9\n')
    page.set_input_files("input[accept='.toml']", right)
    page.wait_for_selector("option:has-text('A scenario of mine')", state="attached")
    page.wait_for_selector("[role=alert]", state="detached")
    page.wait_for_function("document.querySelector('[data-lever=accountability] input[type=number]').value === '0.9'")


def test_records_of_ones_own_are_checked_and_replace_what_is_drawn(visit: Any, tmp_path: Path) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}")
    page.click("text=Seed and files of your own")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("date,issue_type,community\n2014-01-05,nois,hubin_01\n2014-01-06,noise,hubin_99\n")
    page.set_input_files("input[accept*='.csv']", wrong)
    page.wait_for_selector("[role=alert]:has-text('nois')")
    assert "hubin_99" in page.inner_text("[role=alert]")
    right = tmp_path / "records.csv"
    right.write_text("date,issue_type,community\n" + "2014-01-05,noise,hubin_01\n" * 7)
    page.set_input_files("input[accept*='.csv']", right)
    page.wait_for_selector("[role=alert]", state="detached")
    page.click("[data-act=week]:not([disabled])")
    one.wait_for_day(7)
    page.focus("[data-tile='0']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pa-inspector dl div:has(dt:text-is('Problems so far')) dd:text-is('7')")


def test_places_that_records_name_are_counted_and_called_by_their_names(visit: Any, tmp_path: Path) -> None:
    one = visit()
    page = one.open(f"lang=en&{SMALL}&warmup=0")
    page.click("text=Seed and files of your own")
    records = tmp_path / "records.csv"
    row = "2014-01-05,restaurant_fumes,ziyang_01,Pizzeria Roma\n"
    records.write_text("date,issue_type,community,place\n" + row * 30)
    page.set_input_files("input[accept*='.csv']", records)
    page.click("[data-act=week]:not([disabled])")
    one.wait_for_day(7)
    page.wait_for_selector(".pa-records:has-text('The records name 1 places.')")
    page.click("[data-table=live]")
    busiest = page.locator(".pa-table [data-target^='place:']").first
    assert busiest.inner_text().startswith("Pizzeria Roma")
    busiest.click()
    page.wait_for_selector(".pa-inspector h3:has-text('Pizzeria Roma')")
    page.locator(".pa-inspector .pa-links [data-target^='problem:']").first.click()
    page.wait_for_selector(
        ".pa-inspector dl div:has(dt:text-is('The place that the record names')) dd:text-is('Pizzeria Roma')"
    )
