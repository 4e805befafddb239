"""Reports: one page of what a folder holds, in two languages, with nothing from outside, and words for folders that
hold nothing."""

import json
import re
import shlex
import shutil
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pingan_abm.cli import run_command
from pingan_abm.files.provenance import canonical
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import declarations
from pingan_abm.report.charts import Levels, LinePanel, Mark, RowPanel, line_chart, row_chart
from pingan_abm.report.comparison import command
from pingan_abm.report.folder import report_of
from pingan_abm.report.numbers import (
    Labels,
    amount,
    change,
    difference_on_axis,
    difference_title,
    in_per_cent,
    interval,
    level_interval,
)
from pingan_abm.report.sources import Compared, Swept, read_source
from pingan_abm.report.summary import possible_ends
from pingan_abm.report.svg import room, svg_file, ticks
from pingan_abm.report.toml_text import scenario_of, scenario_toml, study_toml
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import compare_values
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import collapsed
from pingan_abm.study.plan.files import parse_study
from pingan_abm.texts.errors import InputErrors

SIZE = ["--residents", "600", "--days", "60", "--workers", "1"]
OWN = """
title = "Half the budget"
[parameters]
campaign_issue = "unlicensed_trading"
campaign_start = 2014-01-20
[units.environment]
staff = 12
[[changes]]
date = 2014-02-01
parameters = { social_funding = 25000000 }
[[problems]]
date = 2014-01-05
community = "wangjiang_01"
issue_type = "catering_fumes"
documented = { supervision = 2014-01-30 }
"""
GRID = """
name = "Pressure"
question = { en = "What does pressure do?", zh = "压力有什么作用?" }
residents = 600
days = 30
replications = 3
[settings]
staffing = 1.1
[parameters]
accountability = { values = [0.1, 0.9] }
command_centre = { values = [true, false] }
"""
ALONE = """
name = "Alone"
residents = 600
days = 40
replications = 2
[design]
method = "oat"
[parameters]
scenario = { values = ["people_centred", "pingan365"] }
staffing = { values = [1.0, 2.0] }
"""
FEW = """
name = "Few"
residents = 600
days = 10
[design]
method = "lhs"
samples = 2
[parameters]
accountability = { low = 0.1, high = 0.9 }
"""
SHEET = """
samples = 2
[participants."Lin & Co"]
work_median = { low = 0.8, high = 1.4 }
[participants.Wang]
closure_form = { values = ["multitask"] }
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of a run, a comparison and two sweeps."""
    base = tmp_path_factory.mktemp("results")
    (base / "own.toml").write_text(OWN)
    (base / "grid.toml").write_text(GRID)
    (base / "alone.toml").write_text(ALONE)
    out = ["--out"]
    assert (
        run_command(
            [
                "run",
                str(base / "own.toml"),
                "--set",
                "staffing=1.5",
                "--replications",
                "3",
                *SIZE,
                *out,
                str(base / "run"),
            ]
        )
        == 0
    )
    arms = ["pingan365", f"half={base / 'own.toml'}", "strict=pingan365", "--set", "strict:accountability=0.9"]
    (base / "sheet.toml").write_text(SHEET)
    more = [
        "--beliefs",
        str(base / "sheet.toml"),
        "--outcome",
        "closure_gap",
        "--outcome",
        "problems",
        "--replications",
        "3",
    ]
    assert run_command(["compare", *arms, *more, *SIZE, *out, str(base / "compared")]) == 0
    for name in ("grid", "alone"):
        assert run_command(["sweep", str(base / f"{name}.toml"), *out, str(base / name), "--workers", "1"]) == 0
    return base


def test_why_an_outcome_has_no_order_of_influence_is_told_in_the_page_s_language(tmp_path: Path) -> None:
    (tmp_path / "few.toml").write_text(FEW)
    assert run_command(["sweep", str(tmp_path / "few.toml"), "--out", str(tmp_path / "few"), "--workers", "1"]) == 0
    assert "too few points" in text_of(report_of(tmp_path / "few", "en"))
    assert "too few points" not in (told := text_of(report_of(tmp_path / "few", "zh"))) and "点太少" in told


def text_of(page: str) -> str:
    """What a reader reads."""
    return unescape(re.sub(r"<[^>]*>", " ", page))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["run", "compared", "grid", "alone"])
def test_a_page_holds_everything_and_asks_for_nothing(folder: Path, kind: str, language: str) -> None:
    page = report_of(folder / kind, language)
    assert page.startswith("<!doctype html>")
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
    for outside in ("http:", "https:", "//", "src=", "@import", "url(", "<link", "<script"):
        assert outside not in page, outside
    assert "<svg" in page and "@media print" in page and "size:A4" in page
    assert OUTCOMES["closure_gap"].label(language) in page
    assert "nan" not in re.sub("[a-z]*nan[a-z]+|[a-z]+nan[a-z]*", "", text_of(page).lower())
    assert page == report_of(folder / kind, language)


def test_figures_of_a_comparison_are_the_comparisons(folder: Path) -> None:
    found = read_source(folder / "compared")
    assert isinstance(found, Compared)
    assert (found.replications, found.failed, [arm.label for arm in found.arms]) == (
        3,
        0,
        ["pingan365", "half", "strict"],
    )
    page = text_of(report_of(folder / "compared", "en"))
    (one,) = [one for one in found.comparisons if (one.scenario, one.outcome) == ("strict", "social_settlement_share")]
    assert one.baseline_mean is not None and f"{100 * one.baseline_mean:.1f} %" in page
    for told in (
        "Half the budget",
        "2014-02-01",
        "(accountability) = 0.9",
        "not forecasts",
        "own.toml",
        "half of the paired 95 % interval",
        "What it costs",
    ):
        assert told in page, told
    assert found.series["half"]["closed_share_so_far"].shape == (3, 60)


def test_what_participants_believe_is_told_with_the_regret_of_each_scenario(folder: Path) -> None:
    found = read_source(folder / "compared")
    assert isinstance(found, Compared) and found.weighed is not None
    page = text_of(report_of(folder / "compared", "en"))
    standings = [one for outcome, one in found.weighed.standings if outcome == "closure_gap"]
    assert [(one.who, one.scenario) for one in standings] == [
        (who, arm) for who in ("Lin & Co", "Wang") for arm in ("pingan365", "half", "strict")
    ]
    assert all(
        f"{100 * one.mean:.1f} %" in page and f"{100 * (one.regret_most or 0.0):.1f} points" in page
        for one in standings
    )
    assert "Lin & Co: Work per case 0.8 to 1.4" in page and "Wang: " in page and "multitask" in page
    assert "办结" in report_of(folder / "compared", "zh")
    (folder / "compared" / "beliefs.json").rename(folder / "compared" / "kept.json")
    try:
        assert "What participants believe" not in report_of(folder / "compared", "en")
        (folder / "compared" / "beliefs.json").write_text("[{}]")
        with pytest.raises(InputErrors, match="does not say what is needed"):
            report_of(folder / "compared", "en")
    finally:
        (folder / "compared" / "kept.json").replace(folder / "compared" / "beliefs.json")


def test_a_comparison_made_again_from_its_report_is_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = report_of(folder / "compared", "en")
    command, scenario, sheet = (unescape(text) for text in re.findall("<pre>(.*?)</pre>", page, re.DOTALL))
    monkeypatch.chdir(tmp_path)
    Path("own.toml").write_text(scenario)
    Path("beliefs.toml").write_text(sheet)
    for line in command.splitlines():
        words = shlex.split(line)
        assert words[0] == "pingan"
        assert run_command(words[1:]) == 0
    assert Path("report.html").read_text() == page


@pytest.mark.parametrize("kind", ["grid", "alone"])
def test_a_study_made_again_from_its_report_is_the_same(folder: Path, kind: str) -> None:
    found = read_source(folder / kind)
    assert isinstance(found, Swept)
    text = study_toml(found.study)
    again = parse_study(text, "study", "study.toml", folder)
    assert canonical(again.contents()) == found.study
    assert tomllib.loads(text)["name"] == found.study["name"]


def test_a_question_of_ones_own_and_outcomes_of_ones_own(folder: Path) -> None:
    page = report_of(folder / "grid", "zh", "我们该问什么?", ("crises",))
    assert "<h1>我们该问什么?</h1>" in page
    assert f"<caption>{OUTCOMES['crises'].zh}</caption>" in page
    assert f"<caption>{OUTCOMES['closure_gap'].zh}</caption>" not in page
    assert "<h1>压力有什么作用?</h1>" in report_of(folder / "grid", "zh")


@pytest.mark.parametrize("name", scenario_names())
def test_scenarios_are_written_as_files_that_read_back(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario_of(canonical(scenario)) == scenario
    assert scenario_of({**canonical(scenario), "name": "mine"}) == replace(scenario, name="mine")
    tomllib.loads(scenario_toml(canonical(scenario)))


def test_words_for_what_cannot_be_reported(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["report", str(tmp_path / "nowhere"), "--out", str(tmp_path / "page.html")]
    assert run_command(words) == 2
    assert "There is no folder" in capsys.readouterr().err
    wrong = [
        "report",
        str(folder / "grid"),
        "--out",
        str(tmp_path / "none" / "page.pdf"),
        "--outcome",
        "closure_gab",
        "--lang",
        "fr",
    ]
    assert run_command(wrong) == 2
    told = capsys.readouterr().err
    for part in ("ends in .html", "there is no folder", 'Did you mean "closure_gap"', "--lang fr"):
        assert part in told, part
    (tmp_path / "empty").mkdir()
    assert run_command(["report", str(tmp_path / "empty"), "--out", str(tmp_path / "page.html")]) == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"]


@pytest.mark.parametrize("command", [["run"], ["compare", "pingan365", "society_only"]], ids=["run", "compare"])
def test_what_was_broken_off_says_so_in_its_report_and_in_its_status(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*command, *SIZE, "--replications", "4", "--out", str(tmp_path / "out")]
    assert run_command(words) == 0
    assert "Not finished" not in text_of(report_of(tmp_path / "out", "en"))
    manifest = tmp_path / "out" / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    planned = told["planned"]
    assert planned == 4 * (len(command[1:]) or 1)
    manifest.write_text(json.dumps({**told, "planned": 100}), "utf-8")
    assert f"Not finished: {planned} of 100 runs." in text_of(report_of(tmp_path / "out", "en"))
    capsys.readouterr()
    assert run_command(["status", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["left"] == 100 - planned


def test_a_folder_without_finished_runs_is_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "compared", tmp_path / "bare")
    for path in (tmp_path / "bare" / "runs").iterdir():
        path.unlink()
    with pytest.raises(InputErrors, match="no finished run"):
        report_of(tmp_path / "bare", "en")


def test_charts_of_nothing_and_of_one_point() -> None:
    nan = float("nan")
    nothing, one = Mark(nan, nan, nan), Mark(nan, 0.0, nan)
    for mark in (nothing, one, Mark(-1.0, 0.0, 1.0)):
        row_chart(["a"], [RowPanel("p", [[mark]], str)], [], "told")
        picture = line_chart(Levels("level", [0.5], ["half"]), [LinePanel("p", [[mark]], str)], [], "told")
        assert "nan" not in picture
    assert ticks(0.0, 1.0) == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks(-3.0, 7.0, 4) == [0.0, 5.0]
    assert ticks(2.0, 2.0) == [2.0]
    assert room([1.0, nan, 3.0], margin=0.5) == (0.0, 4.0)


def test_a_chart_says_its_words_as_text_and_escapes_them() -> None:
    picture = row_chart(["<b> & co"], [RowPanel("题", [[Mark(0.1, 0.2, 0.3)]], str, bars=True)], ["one"], 'a "b"')
    assert "&lt;b&gt; &amp; co" in picture and "题" in picture and 'aria-label="a &quot;b&quot;"' in picture
    ElementTree.fromstring(svg_file(picture, "zh"))


def test_a_chart_in_a_file_of_its_own_has_its_caption_under_it() -> None:
    picture = row_chart(["a"], [RowPanel("p", [[Mark(0.1, 0.2, 0.3)]], str)], [], "told")
    plain, told = (
        ElementTree.fromstring(svg_file(picture, "en", caption)) for caption in ("", "Means & intervals. " * 20)
    )
    lines = [one for one in told.iter() if one.text and "Means & intervals." in one.text]
    assert len(lines) > 1
    assert float(told.attrib["height"]) > max(float(one.attrib["y"]) for one in lines) > float(plain.attrib["height"])
    assert told.attrib["viewBox"].split()[3] == told.attrib["height"]


def test_differences_are_written_with_their_sign_and_unit() -> None:
    assert change(-0.0421, "share", "en") == "−4.2 points"
    assert change(0.00001, "share", "zh") == "0.0个百分点"
    assert change(1234.4, "yuan", "en") == "+1,234"
    assert change(None, "days", "en") == "–"
    assert [interval(-3.845, 27.2, "count", "en"), interval(-0.2, 0.35, "count", "en")] == [
        "[−3.8, +27.2]",
        "[−0.200, +0.350]",
    ]
    assert [change(-0.009, "count", "en", beside=-0.01), change(0.7, "count", "en", beside=1.6)] == ["−0.009", "+0.7"]


def test_what_cannot_be_negative_falls_by_all_of_it_at_most() -> None:
    """Of rare events an interval around the difference may reach below what there is to lose."""
    values = ([1.0, 3.0, 0.0, 2.0], [0.0, 1.0, 0.0, 0.0])
    rare = compare_values("s", "crises", *values)
    assert rare.low is not None and rare.low < -(rare.baseline_mean or 0.0)
    assert in_per_cent(rare) == (-100.0, pytest.approx(-100 * 1.25 / 1.5), pytest.approx(100 * (rare.high or 0) / 1.5))
    gap = compare_values("s", "closure_gap", *values)  # a difference of rates may turn negative
    assert in_per_cent(gap)[0] == pytest.approx(100 * (gap.low or 0) / 1.5)


def test_intervals_of_levels_end_where_no_value_can_be() -> None:
    wide = Interval(0.4, -1.7, 2.5)
    assert possible_ends(wide, "share") == (-1.0, 1.0) and possible_ends(wide, "count") == (0.0, 2.5)
    assert possible_ends(wide, "0–1") == (0.0, 1.0) and possible_ends(wide, "index") == (-1.7, 2.5)
    assert level_interval(Interval(0.1, -0.2, 0.4), "share", "en") == "[−20.0 %, 40.0 %]"
    assert possible_ends(Interval(0.4, None, None), "share") is None


def test_differences_of_shares_are_in_points_and_choices_in_words() -> None:
    assert change(0.049, "share", "en") == "+4.9 points" and change(-0.049, "share", "zh") == "−4.9个百分点"
    assert amount(0.049, "share", "en") == "4.9 points" and amount(3.0, "days", "en") == "3.0"
    assert difference_on_axis("closure_gap", -0.05) == "−5" and difference_title("closure_gap", "zh").endswith(
        "（百分点）"
    )
    assert difference_on_axis("crises", 2.0) == "+2" and "points" not in difference_title("crises", "en")
    for language in ("en", "zh"):
        labels = Labels(language)
        for one in declarations():
            told = [labels.value(one.name, value) for value in one.choices]
            assert len(set(told)) == len(told) and not any("_" in text for text in told), told
    assert Labels("zh").value("behaviour", "capacity_only") == "仅能力约束"


def test_the_command_of_a_combination_is_one_that_works(tmp_path: Path) -> None:
    """What is told to make a comparison again names scenarios that hold at once as they are typed, without a file."""
    words = ["compare", "pingan365", "funding_cut+tight_accountability", "--residents", "2000", "--days", "40"]
    assert run_command([*words, "--replications", "2", "--workers", "1", "--out", str(tmp_path / "a")]) == 0
    told, files = command(read_source(tmp_path / "a"))
    assert told.startswith("pingan compare pingan365 funding_cut+tight_accountability ") and files == []
    again = shlex.split(told.splitlines()[0])[1:]
    again[again.index("--out") + 1] = str(tmp_path / "b")
    assert run_command([*again, "--workers", "1"]) == 0
    before, after = (collapsed(open_store(tmp_path / name).states()) for name in ("a", "b"))
    assert before == after and len(before) == 4
