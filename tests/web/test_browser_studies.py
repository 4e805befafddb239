"""Finished sweeps in the app, beside what the command line says of the same folder."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import Visitor, downloaded, rows_of, served

from pingan_abm.cli import run_command
from pingan_abm.parameters.declared import declared

pytestmark = pytest.mark.browser
STUDY = """
name = "{name}"
scenario = "pingan365"
residents = 1080
days = 40
replications = 2
[design]
method = "{method}"
samples = 2
[parameters]
accountability = {{ low = 0.1, high = 0.9, steps = 2 }}
behaviour = {{ values = ["full", "capacity_only"] }}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a grid and a Morris design that are finished."""
    made = tmp_path_factory.mktemp("studies")
    for method in ("grid", "morris"):
        text = STUDY.format(name=method, method=method)
        if method == "morris":
            text = text.replace(
                'behaviour = { values = ["full", "capacity_only"] }', "staffing = { low = 0.8, high = 1.2, steps = 2 }"
            )
        study = made / f"{method}.toml"
        study.write_text(text if method == "morris" else text.replace("samples = 2\n", ""))
        assert run_command(["sweep", str(study), "--out", str(made / method), "--workers", "1"]) == 0
    return made


@pytest.fixture(scope="module")
def studies(folder: Path) -> Any:
    with served(folder) as where:
        yield where


@pytest.fixture
def opened(browser: Any, studies: str) -> Any:
    """Opens a sweep in a language, and fails if anything went wrong in the page."""
    visitors: list[Visitor] = []

    def open_one(name: str, language: str) -> Any:
        one = Visitor(browser.new_context(accept_downloads=True), studies)
        visitors.append(one)
        page = one.open(f"lang={language}&residents=3450&page=results")
        page.locator(".pa-narrow select").first.select_option(label=name)
        page.wait_for_selector(".js-plotly-plot .main-svg")
        return page

    yield open_one
    assert [one.wrong + one.outside for one in visitors if one.wrong or one.outside] == []


def results(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """The rows that `pingan results` prints."""
    capsys.readouterr()
    assert run_command(["results", str(folder), "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def table_of(page: Any, place: int) -> list[list[str]]:
    """What the button under a table saves."""
    button: Callable[[], None] = page.locator(".pa-sheet .pa-tools button").nth(place).click
    return rows_of(downloaded(page, button))


def mean(rows: list[dict[str, str]], **settings: str) -> float:
    chosen = [
        float(row["true_resolution_rate"])
        for row in rows
        if all(row[name] == value for name, value in settings.items())
    ]
    return sum(chosen) / len(chosen)


def test_heat_map_and_curve_say_what_the_results_say(
    opened: Any, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = results(folder / "grid", capsys)
    page = opened("grid", "zh")
    page.wait_for_function("document.querySelectorAll('.pa-sheet table').length === 3")
    heat = table_of(page, 0)
    assert heat[0][1:] == ["0.1", "0.9"] and [line[0] for line in heat[1:]] == ["仅能力约束", "全部行为"]
    for line, behaviour in zip(heat[1:], ("capacity_only", "full"), strict=True):
        for cell, accountability in zip(line[1:], ("0.1", "0.9"), strict=True):
            assert float(cell) == pytest.approx(
                mean(rows, behaviour=behaviour, accountability=accountability), rel=1e-3
            )
    curve = table_of(page, 1)
    for line, accountability in zip(curve[1:], ("0.1", "0.9"), strict=True):
        assert float(line[1]) == pytest.approx(mean(rows, accountability=accountability), rel=1e-3)
    assert "capacity_only" not in page.inner_text(".pa-narrow")


def test_sensitivity_says_what_the_analysis_says(opened: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    words = ["analyse", str(folder / "morris"), "--method", "morris", "--outcome", "true_resolution_rate", "--json"]
    assert run_command(words) == 0
    said = json.loads(capsys.readouterr().out)
    known = {one["parameter"]: one["value"] for one in entries(said) if one.get("index") == "mu_star"}
    page = opened("morris", "en")
    page.wait_for_function("document.querySelectorAll('.pa-sheet table').length === 3")
    shown = {line[0]: float(line[1]) for line in table_of(page, 2)[1:]}
    assert (
        shown == {declared(name).label("en"): pytest.approx(value, rel=1e-3) for name, value in known.items()}
        and len(shown) == 2
    )


def entries(document: Any) -> Iterator[dict[str, Any]]:
    """Every table in a JSON document, however deep."""
    if isinstance(document, dict):
        yield document
    for inner in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from entries(inner)
