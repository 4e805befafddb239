"""Belief sheets: what people write in their own units is what is run, and who has a safe choice is counted by hand."""

import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.cli import run_command
from pingan_abm.parameters.declared import declarations, declared
from pingan_abm.study.decide.belief_sheets import QUESTIONS, beliefs_text, workbook
from pingan_abm.study.decide.beliefs import Standing, read_beliefs, safe_choices
from pingan_abm.study.decide.natural_units import natural

xlsxwriter = pytest.importorskip("xlsxwriter")
calamine = pytest.importorskip("python_calamine")
NUMBERS = [one.name for one in declarations() if one.role == "uncertainty" and one.type == "number"]


@given(st.sampled_from(NUMBERS), st.floats(0.01, 0.99))
def test_a_value_comes_back_from_its_natural_unit(name: str, place: float) -> None:
    one, asked = declared(name), natural(name)
    assert one.low is not None and one.high is not None
    value = one.low + place * (one.high - one.low)
    assert asked.meant(asked.shown(value)) == pytest.approx(value, abs=1e-9)


def test_log_odds_are_asked_of_a_hundred_and_shares_in_per_cent() -> None:
    assert natural("perfunctory_base").shown(-2.0) == pytest.approx(11.92, abs=0.01)
    assert natural("perfunctory_base").meant(50.0) == 0.0
    assert math.isnan(natural("perfunctory_base").meant(100.0))
    assert natural("multi_department_share").shown(0.15) == 15.0
    assert natural("report_trust_effect").shown(math.log(3.0)) == pytest.approx(3.0)
    assert natural("problem_rate").shown(0.5) == 0.5


def filled(path: Path, people: dict[str, dict[str, tuple[object, object]]]) -> None:
    """A workbook as people give it back."""
    with xlsxwriter.Workbook(str(path)) as book:
        for place, (who, answers) in enumerate(people.items(), start=1):
            page = book.add_worksheet(f"{place}")
            page.write(2, 1, who)
            for row, name in enumerate(QUESTIONS, start=5):
                page.write(row, 6, name)
                for column, value in zip((4, 5), answers.get(name, ("", "")), strict=True):
                    page.write(row, column, value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_workbook_has_a_sheet_for_everybody(language: str, tmp_path: Path) -> None:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(QUESTIONS, 15, language)))
    assert len(book.sheet_names) == 15
    rows = book.get_sheet_by_name("7").to_python(skip_empty_area=False)
    assert [row[6] for row in rows[5:]] == list(QUESTIONS)
    assert declared("problem_rate").label(language) in rows[5][0]
    assert ("您" in rows[0][0]) == (language == "zh")


def test_what_people_wrote_is_what_is_believed(tmp_path: Path) -> None:
    people: dict[str, dict[str, tuple[object, object]]] = {
        "王主任": {"perfunctory_base": (5, 12), "problem_rate": (0.4, 0.6)},
        "Lin": {"multi_department_share": ("10 %", "20%")},
        "": {},
    }
    filled(tmp_path / "sheets.xlsx", people)
    first, second = read_beliefs(tmp_path / "sheets.xlsx").of
    assert (first.who, second.who) == ("王主任", "Lin")
    ranges = {one.name: (one.low, one.high) for one in first.ranges}
    assert ranges["perfunctory_base"] == (pytest.approx(math.log(5 / 95)), pytest.approx(math.log(12 / 88)))
    assert ranges["problem_rate"] == (0.4, 0.6)
    assert [(one.low, one.high) for one in second.ranges] == [(0.1, 0.2)]
    (tmp_path / "room").mkdir()
    for name in ("a", "b"):
        filled(tmp_path / "room" / f"{name}.xlsx", {"Lin": {"problem_rate": (0.4, 0.6)}})
    assert [one.who for one in read_beliefs(tmp_path / "room").of] == ["Lin", "Lin (2)"]


def test_mistakes_are_told_with_sheet_and_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path / "bad.xlsx", {"A": {"problem_rate": ("many", 0.6), "work_median": (1.0, "")}})
    assert run_command(["beliefs", "read", str(tmp_path / "bad.xlsx")]) == 2
    told = capsys.readouterr().err
    assert "sheet 1, row 6" in told and "many" in told and "row 7" in told
    filled(tmp_path / "far.xlsx", {"A": {"problem_rate": (0.4, 7.0)}})
    assert run_command(["beliefs", "read", str(tmp_path / "far.xlsx")]) == 2
    filled(tmp_path / "none.xlsx", {"A": {}})
    assert run_command(["beliefs", "read", str(tmp_path / "none.xlsx")]) == 2


def test_sheets_go_all_the_way_into_a_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = tmp_path / "sheets.xlsx"
    assert run_command(["beliefs", "new", str(sheets), "--people", "2", "--parameter", "问题发生率"]) in (0, 2)
    filled(sheets, {"Lin": {"problem_rate": (0.4, 0.5)}, "Wang": {"problem_rate": (0.5, 0.6)}})
    words = ["compare", "pingan365", "lean=pingan365", "--set", "lean:staffing=0.5", "--beliefs", str(sheets)]
    size = ["--residents", "2000", "--days", "120", "--warmup", "0", "--replications", "2", "--workers", "1"]
    folder = tmp_path / "out"
    outcome = ["--outcome", "true_resolution_rate", "--belief-runs", "1"]
    assert run_command([*words, *size, *outcome, "--out", str(folder), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "is a safe choice for" in told and "of 2" in told
    assert '[participants."Lin"]' in (folder / "beliefs.toml").read_text(encoding="utf-8")
    assert beliefs_text(folder / "beliefs.toml") == beliefs_text(sheets)


def test_a_safe_choice_never_falls_short_by_what_matters() -> None:
    def one(who: str, scenario: str, regret: float | None) -> tuple[str, Standing]:
        return "solved_share", Standing(who, scenario, 0.6, 0.5, 0.7, regret, regret, None)

    found = safe_choices(
        [one("A", "x", 0.0), one("B", "x", 0.004), one("C", "x", 0.02), one("A", "y", 0.02), one("A", "z", None)]
    )
    assert [(each.scenario, each.safe, each.people) for each in found] == [("x", 2, 3), ("y", 0, 1)]
