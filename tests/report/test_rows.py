"""Kept results read again: against another arm, as tables to paste and to compute with."""

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.sources import Compared, Repeated, Swept, read_source

SMALL = ["--residents", "540", "--days", "4", "--replications", "3", "--warmup", "0"]
SHOWN = ["--outcome", "reports", "--outcome", "silent_share", "--lang", "en"]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show") / "compared"
    words = ["compare", "pingan365", "open=open_channels", "both=open_channels+tight_accountability"]
    assert run_command([*words, *SMALL, "--out", str(folder)]) == 0
    return folder


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_turned_round_a_comparison_has_the_opposite_sign(compared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {}
    for against in ("pingan365", "open"):
        assert run_command(["show", str(compared), "--against", against, "--table", "csv", *SHOWN]) == 0
        rows = rows_of(capsys.readouterr().out)
        found[against] = {(row[0], row[1]): [float(cell) for cell in row[2:]] for row in rows if row[1] in labels()}
    label = OUTCOMES["reports"].label("en")
    one, other = found["pingan365"]["open − pingan365", label], found["open"]["pingan365 − open", label]
    assert one[:2] == other[1::-1] and one[2] == pytest.approx(-other[2])
    assert one[3:] == pytest.approx([-end for end in other[:2:-1]])
    assert ("both − open", label) in found["open"]


def labels() -> set[str]:
    return {OUTCOMES[name].label("en") for name in ("reports", "silent_share")}


def test_a_difference_of_shares_is_in_points_everywhere(compared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = read_source(compared)
    assert isinstance(found, Compared)
    (one,) = [each for each in found.comparisons if (each.scenario, each.outcome) == ("open", "silent_share")]
    assert one.difference is not None and one.baseline_mean is not None
    assert run_command(["show", str(compared), "--table", "csv", *SHOWN]) == 0
    rows = rows_of(capsys.readouterr().out)
    (row,) = [each for each in rows if each[:2] == ["open − pingan365", label_of("silent_share")]]
    assert float(row[2]) == one.baseline_mean and float(row[4]) == pytest.approx(100 * one.difference)


def label_of(name: str) -> str:
    return OUTCOMES[name].label("en")


def test_a_workbook_holds_the_numbers_of_the_table(
    compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.xlsx"
    assert run_command(["show", str(compared), "--table", "xlsx", "--out", str(file), "--wide", *SHOWN]) == 0
    assert run_command(["show", str(compared), "--table", "csv", "--wide", *SHOWN]) == 0
    printed = rows_of(capsys.readouterr().out)
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert sheet[2] == printed[0][1:]
    assert [row[0] for row in sheet[3:]] == [row[1] for row in printed[1:]]
    for row, other in zip(sheet[3:], printed[1:], strict=True):  # a workbook keeps sixteen digits
        assert row[1:] == pytest.approx([float(cell) for cell in other[2:]], rel=1e-14)


def test_runs_and_sweeps_are_shown_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, sweep, study = tmp_path / "run", tmp_path / "sweep", tmp_path / "study.toml"
    assert run_command(["run", *SMALL, "--out", str(run)]) == 0
    study.write_text(
        'name = "levels"\nresidents = 540\ndays = 4\nwarmup = 0\nreplications = 2\n[design]\nmethod = "grid"\n'
        "[parameters]\naccountability = { values = [0.0, 1.0] }\n"
    )
    assert run_command(["sweep", str(study), "--out", str(sweep)]) == 0
    capsys.readouterr()
    assert run_command(["show", str(run), "--table", "md", *SHOWN]) == 0
    told = capsys.readouterr().out
    assert told.count("|---") == 4 and label_of("reports") in told
    assert run_command(["show", str(sweep), "--table", "csv", *SHOWN]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert [row[1] for row in rows[1:]] == ["0", "1"] and rows[0][2:] == [label_of("reports"), label_of("silent_share")]
    assert isinstance(read_source(run), Repeated) and isinstance(read_source(sweep), Swept)
    assert run_command(["show", str(run), "--against", "open", "--lang", "en"]) == 2
    assert "this folder holds none" in capsys.readouterr().err


def test_bad_choices_are_told_at_once(compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run_command(["show", str(compared), "--table", "docx", "--against", "opne", "--outcome", "x", "--lang", "en"])
        == 2
    )
    told = capsys.readouterr().err
    assert "md, csv, tex, xlsx" in told and 'Did you mean "open"?' in told and "there is no such outcome" in told
    assert run_command(["show", str(compared), "--table", "xlsx", "--lang", "en"]) == 2
    assert "--out FILE.xlsx" in capsys.readouterr().err
    assert run_command(["show", str(tmp_path / "no"), "--lang", "en"]) == 2
