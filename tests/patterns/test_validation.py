"""Statistics of service requests against samples whose law is known, files read as they are written, and what the
command says."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from pingan_abm.cli import run_command
from pingan_abm.model import PinganModel
from pingan_abm.patterns import service_requests as figures
from pingan_abm.patterns.request_files import read_requests
from pingan_abm.patterns.service_requests import STATISTICS, Requests, of_model
from pingan_abm.texts.errors import InputErrors

COUNT = 40_000


def requests(took: np.ndarray, **columns: np.ndarray) -> Requests:
    """Requests that took so many days; everything else alike unless given."""
    count, same = len(took), np.zeros(len(took), int)
    given = {
        "due": np.full(count, math.nan),
        "category": same,
        "agency": same,
        "place": same,
        "daily": np.zeros(0),
        **columns,
    }
    return Requests(opened=np.zeros(count), closed=took, weekday=0, **given)  # type: ignore[arg-type]


def test_an_exponential_law_is_told_as_one() -> None:
    one = requests(np.random.default_rng(1).exponential(7.0, COUNT))
    assert figures.weibull_shape(one) == pytest.approx(1.0, abs=0.02)
    assert figures.mean_over_median(one) == pytest.approx(1 / math.log(2), abs=0.03)
    assert figures.slowest_tenth(one) == pytest.approx(0.1 * (1 + math.log(10)), abs=0.01)
    excess = figures.log_normal_over_exponential(one)
    assert excess is not None and excess < -0.05
    assert figures.late_share(one) == pytest.approx(math.exp(-30 / 7), abs=0.005)


def test_a_log_normal_law_beats_the_exponential_one_by_what_theory_says() -> None:
    """Log-likelihood a request: the entropies of the two best laws differ by ln mean + 1 − (mean of logs + ln σ + ½ ln
    2πe)."""
    sd = 1.4
    one = requests(np.exp(1.0 + sd * np.random.default_rng(2).standard_normal(COUNT)))
    expected = (1.0 + sd**2 / 2 + 1.0) - (1.0 + math.log(sd) + 0.5 * math.log(2 * math.pi * math.e))
    assert figures.log_normal_over_exponential(one) == pytest.approx(expected, abs=0.03)
    assert figures.mean_over_median(one) == pytest.approx(math.exp(sd**2 / 2), rel=0.05)


def test_shares_of_variance_by_hand() -> None:
    logs = np.array([0.0, 1.0, 4.0, 5.0])
    one = requests(
        np.exp(logs), category=np.array([0, 0, 1, 1]), place=np.array([0, 1, 0, 1]), agency=np.array([-1, -1, 3, 3])
    )
    # between categories 16 of 17, within 1 with 2 degrees of freedom: (16 − 1 · 1/2) / (17 + 1/2)
    assert figures.between_categories(one) == pytest.approx(15.5 / 17.5)
    assert figures.between_places(one) == pytest.approx((1 - 8) / (17 + 8))
    assert figures.between_agencies(one) is None  # only one agency is known


def test_groups_that_make_no_difference_explain_nothing_however_many_there_are() -> None:
    rng = np.random.default_rng(4)
    took = np.exp(rng.standard_normal(4_000))
    for groups in (3, 60, 600):
        found = [
            figures.between_places(requests(took, place=rng.permutation(np.arange(4_000) % groups))) for _ in range(40)
        ]
        assert np.mean([one for one in found if one is not None]) == pytest.approx(0.0, abs=0.004), groups
    half = np.arange(4_000) % 600 < 300  # two groups of 300 apart by 2: variance between them 1, within 1
    shifted = requests(took * np.exp(2.0 * half), place=np.arange(4_000) % 600)
    assert figures.between_places(shifted) == pytest.approx(0.5, abs=0.03)


def test_a_figure_needs_what_it_speaks_of() -> None:
    few = requests(np.array([1.0, 2.0, 3.0]), due=np.full(3, math.nan))
    for figure in (figures.days_90, figures.days_99, figures.slowest_tenth, figures.top_five, figures.on_time):
        assert figure(few) is None, figure.__name__
    six = requests(np.ones(12), category=np.arange(12) % 6)
    assert figures.top_five(six) == pytest.approx(10 / 12)


def test_topics_and_rhythm_by_hand() -> None:
    counts = [60, 30, 20, 15, 12, 10]  # 60 over rank
    daily = np.array([14.0, 14.0, 14.0, 14.0, 14.0, 7.0, 7.0] * 4)
    one = requests(np.ones(sum(counts)), category=np.repeat(np.arange(6), counts), daily=daily)
    assert figures.top_five(one) == pytest.approx(137 / 147) and figures.zipf_exponent(one) == pytest.approx(1.0)
    assert figures.weekend_ratio(one) == 0.5
    assert figures.dispersion(one) == pytest.approx(10.0 / 12.0) and figures.dispersion_within(one) == pytest.approx(
        0.0
    )
    assert figures.weekly_memory(one) is None  # every week alike
    noisy = requests(np.ones(3), daily=np.random.default_rng(3).poisson(20.0, 7 * 400).astype(float))
    assert figures.dispersion_within(noisy) == pytest.approx(1.0, abs=0.1) and figures.weekly_memory(
        noisy
    ) == pytest.approx(0.0, abs=0.12)


def test_due_times_count_only_where_they_are_known() -> None:
    one = requests(np.array([1.0, 3.0, 9.0, math.nan]), due=np.array([2.0, 2.0, math.nan, 5.0]))
    assert figures.on_time(one) == 0.5


def test_nothing_gives_no_figure() -> None:
    empty = requests(np.zeros(0))
    assert [one.function(empty) for one in STATISTICS] == [None] * len(STATISTICS)


def test_a_run_is_read_from_its_registers() -> None:
    model = PinganModel(residents=6_000, days=260, seed=2)
    for _ in range(260):
        model.step()
    found = of_model(model)
    files = [file for file in model.world.used("cases") if not file["duplicate"] and 90 <= file["opened"] < 170]
    took = [float(file["first_closed"] - file["opened"]) for file in files if not math.isnan(file["first_closed"])]
    assert len(found.opened) == len(files) > 50 and sorted(found.took) == pytest.approx(sorted(took))
    assert len(found.daily) == 80 and found.daily.sum() == model.daily["reports"][169] - model.daily["reports"][89]
    assert found.weekday == 1  # 2014-04-01, a Tuesday
    assert of_model(PinganModel(residents=2_000, days=30)).took.size == 0


HEAD = "CreatedDate,CloseDate,SRType,DueDate\n"


def written(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "requests.csv"
    path.write_text(head + rows, "utf-8")
    return path


COLUMNS = {"opened": "CreatedDate", "closed": "CloseDate", "category": "SRType"}


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    rows = "04/12/2018 06:00:00 AM,04/14/2018 06:00:00 PM,noise,2018-04-13\n2018-04-10,,waste,\n"
    rows += "2018-04-13 12:00,2018-04-13 12:00,noise,\n"
    path = written(tmp_path, rows)
    found = read_requests(path, {**COLUMNS, "due": "DueDate"})
    assert list(found.opened) == [2.25, 0.0, 3.5] and list(found.took) == [2.5, 0.0]
    assert (
        list(found.category) == [0, 1, 0] and list(found.agency) == [-1, -1, -1] and list(found.daily) == [1, 0, 1, 1]
    )
    assert (
        found.due[0] == 3.0 and np.isnan(found.due[1:]).all() and found.weekday == 1 and found.per_person_year is None
    )


def test_all_that_is_wrong_with_a_file_is_told_at_once(tmp_path: Path) -> None:
    rows = "2018-04-12,2018-04-11,noise,\nyesterday,,noise,\n2018-04-12,,,\n2018-04-12,2018-04-11,noise,\n"
    with pytest.raises(InputErrors) as wrong:
        read_requests(written(tmp_path, rows), COLUMNS)
    told = "\n".join(wrong.value.problems)
    assert "rows 2, 5: closed before it was opened" in told and 'row 3: date "yesterday"' in told
    assert "row 4: the category is empty" in told
    with pytest.raises(InputErrors) as wrong:
        read_requests(written(tmp_path, rows), {"opened": "CreateDate", "agency": "Office"})
    told = "\n".join(wrong.value.problems)
    assert 'Did you mean "CreatedDate"? Say which column holds it: --opened NAME.' in told and "--agency NAME" in told
    assert "--closed NAME" in told and "--category NAME" in told
    with pytest.raises(InputErrors, match="no rows"):
        read_requests(written(tmp_path, ""), COLUMNS)


def test_the_command_sets_model_and_file_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "".join(f"2018-04-{day:02},2018-05-{day:02},noise,\n" for day in range(1, 29)))
    words = ["validate", str(path), "--opened", "CreatedDate", "--closed", "CloseDate", "--category", "SRType"]
    small = ["--residents", "2000", "--replications", "2", "--workers", "1"]
    assert run_command([*words, *small, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["records"] == "requests.csv" and len(document["statistics"]) == len(STATISTICS)
    first = document["statistics"][0]
    assert (
        first["records"] == 30.0
        and first["low"] <= first["value"] <= first["high"]
        and first["published"]["Baltimore"] == "2.3"
    )
    assert run_command(["validate", *small, "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert (
        "办结天数：中位数" in told
        and "巴尔的摩 2.3" in told
        and "您的文件" not in told
        and "> 0 " in told
        and "inf" not in told
    )
    assert any(word in told for word in ("相符", "未定"))


def test_the_model_is_compared_with_other_settings_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Waits that all types share hide what a file is about: without them types tell more of the days apart."""
    words = ["validate", "--residents", "6000", "--replications", "2", "--workers", "1", "--json"]
    found = []
    for more in ([], ["--set", "staffing=5", "--set", "statutory_wait_share=0"]):
        assert run_command([*words, *more]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert [one["settings"] for one in found] == [{}, {"staffing": 5.0, "statutory_wait_share": 0.0}]
    usual, ample = ({row["statistic"]: row["value"] for row in one["statistics"]} for one in found)
    between = "log days: variance between categories"
    assert ample[between] > usual[between] and ample["days to close: mean"] < usual["days to close: mean"]


def test_the_command_tells_all_that_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run_command(["validate", "--opened", "x", "--replications", "1", "--residents", "no", "--set", "stafing=5"])
        == 2
    )
    told = capsys.readouterr().err
    assert told.count("\n") == 5 and "staffing" in told and "--opened: name the file" in told
