"""The funnel in the text summary and in reports: its picture, its table, and what stands there after a short run."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.funnel import Funnel
from pingan_abm.report.folder import report_of
from pingan_abm.report.funnel import add_funnel, funnel_chart
from pingan_abm.report.page import Page
from pingan_abm.report.summary import DRAWN, HEADLINES, print_funnel

SHARES = {
    "known_share": 0.8,
    "handled_share": 0.75,
    "claimed_share": 0.6,
    "solved_share": 0.45,
    "hollow_share": 0.15,
}
STUDY = """
name = "Pressure"
residents = 600
days = 110
replications = 2
[design]
method = "oat"
[parameters]
accountability = { values = [0.5, 0.9] }
"""
LONG, SHORT = "110", "60"


def summary(runs: list[dict[str, float | None]], counts: Funnel | None, language: str, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding=encoding)
    print_funnel(Console(file=text, width=120), runs, counts, language)
    text.flush()
    return raw.getvalue().decode(encoding)


def test_the_text_summary_draws_the_funnel() -> None:
    said = summary([SHARES], Funnel(1000, 800, 750, 600, 450, 150, 0), "en").splitlines()
    bars = {line.split("█")[0].strip(): (line.count("█"), line.count("▒")) for line in said if "█" in line}
    assert bars == {
        "arisen": (30, 0),
        "known": (24, 0),
        "worked on": (22, 0),
        "recorded as dealt with": (14, 4),
        "really solved": (14, 0),
    }
    assert any(re.search(r"known +█+ +800  80\.0 %", line) for line in said)
    assert "▒ recorded as dealt with and not solved: 15.0 %" in said[-2]


def test_a_terminal_without_such_letters_gets_others() -> None:
    assert "█" not in summary([SHARES], None, "en", "ascii") and "#" * 30 in summary([SHARES], None, "en", "ascii")


def test_several_runs_have_intervals_and_no_counts() -> None:
    more = {name: value + 0.02 for name, value in SHARES.items()}
    said = summary([SHARES, more, SHARES], None, "zh")
    assert "账面办结" in said and "实际解决" in said and "[" in said and "450" not in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_short_run_says_why_there_is_no_funnel(language: str) -> None:
    said = summary([dict.fromkeys(SHARES)], None, language)
    assert "90" in said and "█" not in said
    page = Page("", language)
    add_funnel(page, [("", dict.fromkeys(SHARES))])
    assert "90" in page.html() and "<svg" not in page.html()


def test_the_picture_has_a_bar_for_each_step_and_district() -> None:
    for named in ([("", SHARES)], [("first", SHARES), ("second <b>", {**SHARES, "hollow_share": 0.0})]):
        picture = ElementTree.fromstring(funnel_chart(named, "en"))
        bars = [one for one in picture.iter() if one.tag == "rect" and one.get("width") != "100%"]
        marks = len(named) // 2  # the second mark of a legend is a square
        hollow = sum(shares["hollow_share"] > 0 for _, shares in named)
        assert len(bars) == 5 * len(named) + hollow + marks
        assert "recorded, not solved 15.0 %" in picture.get("aria-label", "")


def test_all_problems_lead_the_headlines() -> None:
    assert HEADLINES[:3] == ("solved_share", "burden", "hollow_share")
    assert HEADLINES.index("load_ratio") < HEADLINES.index("reported_closure_rate")
    assert set(HEADLINES) <= set(OUTCOMES) and set(DRAWN) < set(HEADLINES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long and a short run, a comparison and a sweep."""
    base = tmp_path_factory.mktemp("funnels")
    (base / "study.toml").write_text(STUDY)
    size = ["--residents", "600", "--workers", "1"]
    for name, days in (("long", LONG), ("short", SHORT)):
        words = ["run", "pingan365", *size, "--days", days, "--replications", "2", "--out", str(base / name)]
        assert run_command(words) == 0
    words = ["compare", "pingan365", "society_only", *size, "--days", LONG, "--replications", "2"]
    assert run_command([*words, "--out", str(base / "comparison")]) == 0
    assert run_command(["sweep", str(base / "study.toml"), "--workers", "1", "--out", str(base / "sweep")]) == 0
    return base


def table_after(page: str, words: str) -> str:
    return page.split(words, 1)[1].split("</table>", 1)[0]


@pytest.mark.parametrize(
    ("language", "title", "solved"),
    [("en", "What became of all problems", "really solved"), ("zh", "全部问题的去向", "实际解决")],
)
def test_reports_lead_with_the_funnel(folder: Path, language: str, title: str, solved: str) -> None:
    for name, rows in (("long", 1), ("comparison", 2), ("sweep", 2)):
        page = report_of(folder / name, language)
        heads = re.findall(r"<h2>([^<]+)</h2>", page)
        assert heads.index(title) == (0 if name == "long" else 1)  # after what is said in short
        section = table_after(page, f"<h2>{title}</h2>")
        assert "<svg" in section and solved in section
        assert section.count("<tr>") == rows + 1, name
        assert OUTCOMES["load_ratio"].label(language) in page
    assert "90" in report_of(folder / "short", language).split(f"<h2>{title}</h2>", 1)[1].split("<h2>", 1)[0]


def test_a_comparison_gives_no_verdict_on_what_is_only_recorded(folder: Path) -> None:
    page = report_of(folder / "comparison", "en")
    rows = re.findall(r"<tr><td>([^<]+)</td>(.*?)</tr>", page)
    recorded = [rest for name, rest in rows if name == OUTCOMES["reported_closure_rate"].en]
    assert recorded and not any("better" in rest or "worse" in rest for rest in recorded)
    assert "for all of this: Load" in page
