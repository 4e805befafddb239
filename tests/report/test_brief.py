"""The brief of an office: its numbers are those of the runs, computed here anew, in every form of file."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.study.keep.folder import open_known_store

docx, pptx = pytest.importorskip("docx"), pytest.importorskip("pptx")

SIZE = ["--residents", "2000", "--days", "120", "--warmup", "0", "--workers", "1"]
CHOSEN = ["solved_share", "burden", "reports"]
T_975_2 = 4.302652729911275  # Student's t with two degrees of freedom, 97.5 %


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("brief")
    arms = ["pingan365", "more=pingan365", "--set", "more:staffing=3", "--set", "more:inspectors=20"]
    chosen = [word for name in CHOSEN for word in ("--outcome", name)]
    assert run_command(["compare", *arms, *chosen, "--replications", "3", *SIZE, "--out", str(base / "compared")]) == 0
    levers = ["--lever", "staffing", "--lever", "forums", "--step", "90%"]
    assert run_command(["rank", *levers, *chosen[:4], "--replications", "2", *SIZE, "--out", str(base / "ranked")]) == 0
    assert run_command(["run", "--replications", "2", *SIZE, "--out", str(base / "run")]) == 0
    return base


def expected(folder: Path) -> dict[str, tuple[float, float, float, float, float]]:
    """Of each outcome: both means, mean difference and the ends of Student's interval, from the stored runs."""
    table = open_known_store(folder).runs(["replication", "staffing", *CHOSEN]).to_pandas()
    few, many = (table[table.staffing == value].sort_values("replication") for value in (1.0, 3.0))
    found = {}
    for name in CHOSEN:
        before, after = few[name].to_numpy(float), many[name].to_numpy(float)
        gap = after - before
        half = T_975_2 * gap.std(ddof=1) / np.sqrt(len(gap))
        found[name] = (before.mean(), after.mean(), gap.mean(), gap.mean() - half, gap.mean() + half)
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").replace("%", "").replace(" ", ""))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_of_the_word_file_is_that_of_the_runs(folder: Path, tmp_path: Path, language: str) -> None:
    path = tmp_path / "brief.docx"
    assert run_command(["brief", str(folder / "compared"), "--out", str(path), "--lang", language]) == 0
    document, wanted = docx.Document(str(path)), expected(folder / "compared")
    (table,) = document.tables
    rows = {row.cells[1].text: [cell.text for cell in row.cells[2:7]] for row in table.rows[1:]}
    text = "\n".join(one.text for one in document.paragraphs)
    for name, values in wanted.items():
        outcome = OUTCOMES[name]
        by = 100.0 if outcome.unit == "share" else 1.0
        cells = rows[outcome.label(language)]
        for cell, value in zip(cells, values, strict=True):
            decimals = len(cell.rstrip(" %").partition(".")[2])
            assert number(cell) == pytest.approx(by * value, abs=0.51 * 10.0**-decimals), (name, cell)
        line = next(one for one in text.splitlines() if outcome.label(language) in one and cells[0] in one)
        assert cells[1] in line
    assert "pingan compare" in text and ("What was asked" if language == "en" else "问题") in text


def test_charts_are_of_the_same_numbers_and_come_with_a_workbook(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    assert run_command(["brief", str(folder / "compared"), "--out", str(path), "--lang", "en"]) == 0
    with ZipFile(path) as parts:
        names = parts.namelist()
        charts = sorted(name for name in names if re.fullmatch(r"word/charts/brief\d+\.xml", name))
        assert len(charts) == 2
        assert sum(name.startswith("word/embeddings/") for name in names) == 2
        first = parts.read(charts[0]).decode()
    share, low, high = expected(folder / "compared")["solved_share"][2:]
    drawn = [float(value) for value in re.findall(r"<c:v>([-+.e\d]+)</c:v>", first)]
    assert any(value == pytest.approx(100 * share) for value in drawn)
    assert any(value == pytest.approx(50 * (high - low)) for value in drawn)  # half of its interval, in points


def test_a_workbook_has_the_numbers_to_compute_with(folder: Path, tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    path = tmp_path / "brief.xlsx"
    assert run_command(["brief", str(folder / "compared"), "--out", str(path), "--lang", "en"]) == 0
    book = calamine.CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Brief", "Table", "Charts", "Numbers of the charts"]
    rows = book.get_sheet_by_name("Table").to_python()
    (row,) = [one for one in rows if one[1] == OUTCOMES["burden"].label("en")]
    assert row[2:7] == pytest.approx(expected(folder / "compared")["burden"])


def test_slides_hold_answer_charts_and_table(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "brief.pptx"
    assert run_command(["brief", str(folder / "compared"), "--out", str(path), "--lang", "zh"]) == 0
    slides = pptx.Presentation(str(path)).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == len(CHOSEN)
    assert charts[1].plots[0].series[0].values[0] == pytest.approx(expected(folder / "compared")["burden"][2])
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == 1 and len(list(tables[0].rows)) == 1 + len(CHOSEN)


def test_an_office_s_own_template_is_filled_where_it_says(folder: Path, tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("Office of the district")
    own.add_paragraph("{{brief}}")
    own.add_paragraph("Signed by")
    own.save(str(tmp_path / "own.docx"))
    words = ["brief", str(folder / "compared"), "--out", str(tmp_path / "filled.docx"), "--lang", "en"]
    assert run_command([*words, "--template", str(tmp_path / "own.docx")]) == 0
    texts = [one.text for one in docx.Document(str(tmp_path / "filled.docx")).paragraphs]
    assert texts[0] == "Office of the district" and texts[-1] == "Signed by"
    assert "{{brief}}" not in texts and "What was asked" in texts[1:-1]
    (tmp_path / "bad.docx").write_bytes(b"no office file")
    assert run_command([*words, "--template", str(tmp_path / "bad.docx")]) == 2


@pytest.mark.parametrize("kind", ["ranked", "run"])
@pytest.mark.parametrize("form", ["docx", "xlsx", "pptx"])
def test_rankings_and_runs_have_briefs_too(folder: Path, tmp_path: Path, kind: str, form: str) -> None:
    path = tmp_path / f"brief.{form}"
    assert run_command(["brief", str(folder / kind), "--out", str(path), "--lang", "zh", "--outcome", "负担"]) == 2
    assert run_command(["brief", str(folder / kind), "--out", str(path), "--lang", "zh", "--outcome", "burden"]) == 0
    assert ZipFile(io.BytesIO(path.read_bytes())).testzip() is None
