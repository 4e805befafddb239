"""Results for a paper: rows in the order of the design, labels that survive, every column explained, LaTeX that is
whole."""

import csv
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.rows import Cell, Sheet, for_latex, latex

SIZE = ["--residents", "2000", "--days", "30", "--warmup", "0", "--replications", "2", "--workers", "1"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("results")
    arms = ["pingan365", "zeal=pingan365", "same=pingan365", "--set", "zeal:accountability=0.9"]
    assert run_command(["compare", *arms, *SIZE, "--out", str(base / "compared")]) == 0
    assert run_command(["results", str(base / "compared"), "--out", str(base / "table.csv")]) == 0
    return base / "table.csv"


def test_rows_stand_in_the_order_of_the_scenarios_with_their_labels(table: Path) -> None:
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    found = [(row["label"], row["replication"], row["accountability"]) for row in rows]
    both = "pingan365; same"  # their runs are equal, and done once
    assert found == [(both, "0", "0.5"), (both, "1", "0.5"), ("zeal", "0", "0.9"), ("zeal", "1", "0.9")]


def test_every_column_is_explained_beside(table: Path) -> None:
    columns = next(csv.reader(table.open(encoding="utf-8")))
    explained = list(csv.DictReader(table.with_name("table.columns.csv").open(encoding="utf-8")))
    assert [row["column"] for row in explained] == columns
    by_name = {row["column"]: row for row in explained}
    assert by_name["burden"]["unit_zh"] == "加权问题日" and by_name["burden"]["kind"] == "outcome"
    assert by_name["burden"]["definition_en"] == OUTCOMES["burden"].definition
    assert by_name["accountability"]["name_zh"] == "问责力度" and by_name["label"]["kind"] == "note"
    for row in explained:
        assert row["definition_en"] and row["definition_zh"], row["column"]


def test_a_table_in_latex_is_whole() -> None:
    text = latex([Sheet("a", ("outcome", "base_line"), (("Share & more", Cell(-0.05, "share", "en", change=True)),))])
    assert text.count("{tabular}") == 2 and r"\toprule" in text and r"\bottomrule" in text
    assert r"outcome & base\_line \\" in text and r"Share \& more & $-$5.0 \\" in text
    assert for_latex("50 % of a_b {c} \\") == r"50 \% of a\_b \{c\} \textbackslash{}"


def test_show_writes_latex(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_command(["show", str(table.parent / "compared"), "--table", "tex", "--outcome", "reports"]) == 0
    assert capsys.readouterr().out.count(r"\begin{tabular}") == 2
