"""The notebooks of the ladder run, cell by cell; what they promise to show is there."""

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.places import DOCS

from pingan_abm import extend

LADDER = sorted((DOCS / "learn").glob("*.ipynb"))


def cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def run_cells(path: Path) -> dict[str, Any]:
    """All names that a notebook leaves, its cells run as Jupyter runs them."""
    names: dict[str, Any] = {"__name__": "notebook"}
    for number, cell in enumerate(cells(path)):
        exec(compile(source(cell), f"{path.name}, cell {number}", "exec"), names)
    return names


@pytest.fixture
def left(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the notebook of a number leaves after it ran in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (path,) = (one for one in LADDER if one.name.startswith(f"{request.param}-"))
    try:
        return run_cells(path)
    finally:
        extend.clear()


def test_the_ladder_has_six_steps_and_each_leads_to_the_next() -> None:
    assert [path.name[:2] for path in LADDER] == [f"{number}-" for number in range(1, 7)]
    for path, following in zip(LADDER, [*LADDER[1:], None], strict=True):
        text = "".join(source(cell) for cell in cells(path, "markdown"))
        assert "in English only" in text and "## Try it" in text
        assert following is None or f"]({following.name})" in text


@pytest.mark.parametrize("path", LADDER, ids=lambda path: path.stem)
def test_outputs_are_stored_and_show_no_machine(path: Path) -> None:
    for cell in cells(path):
        shown = [one["output_type"] for one in cell["outputs"]]
        assert "error" not in shown
        assert [one for one in cell["outputs"] if one.get("name") == "stderr"] == []
    assert sum(bool(cell["outputs"]) for cell in cells(path)) >= len(cells(path)) - 1
    machine = ("/home/", "/root/", "/tmp/", "site-packages/")
    assert not any(place in path.read_text("utf-8") for place in machine)


@pytest.mark.slow
@pytest.mark.parametrize("left", [1], indirect=True)
def test_one_year_is_run_and_looked_into(left: dict[str, Any]) -> None:
    year, model = left["year"].iloc[0], left["model"]
    assert model.day == model.days == 365
    assert 0.0 < year.solved_share < year.known_share < 1.0
    stored = "".join(cells(LADDER[0])[0]["outputs"][0]["data"]["text/plain"])
    assert f"{year.solved_share:.3f}" in stored, "the model changed: run scripts/run_notebooks.py"


@pytest.mark.slow
@pytest.mark.parametrize("left", [2], indirect=True)
def test_rates_are_counted_over_different_things(left: dict[str, Any]) -> None:
    assert left["year"].reported_closure_rate > left["year"].solved_share
    assert left["both"].loc["solved_share", "difference"] < 0.0


@pytest.mark.slow
@pytest.mark.parametrize("left", [3], indirect=True)
def test_pairs_and_replications_narrow_the_interval(left: dict[str, Any]) -> None:
    assert left["gain"].loc["burden"] > 1.0
    assert (left["wide"][16] < left["wide"][4]).all()


@pytest.mark.slow
@pytest.mark.parametrize("left", [4], indirect=True)
def test_a_study_has_all_its_points(left: dict[str, Any]) -> None:
    assert len(left["table"]) == 24 and len(left["effects"]) == 6
    assert left["page"].startswith("<!doctype html>")


@pytest.mark.slow
@pytest.mark.parametrize("left", [5], indirect=True)
def test_a_district_is_its_tables(left: dict[str, Any]) -> None:
    assert len(left["model"].district.units) == 2
    assert "\nposts = 20 " in left["file"].read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("left", [6], indirect=True)
def test_an_unknown_number_is_narrowed_and_a_rule_replaced(left: dict[str, Any]) -> None:
    assert left["one"].told and left["one"].low <= left["one"].truth <= left["one"].high
    assert not left["after"]["burden"].equals(left["before"]["burden"])
