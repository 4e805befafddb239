"""The tutorial notebook runs, cell by cell, on a small district; what it promises to show is there."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers.places import DOCS

NOTEBOOK = DOCS / "tutorial.ipynb"
SMALLER = (
    ("3_450", "540"),
    ("residents = 3450", "residents = 540"),
    ("replications=12", "replications=3"),
    ("replications = 6", "replications = 2"),
)


def cells(kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells("code")):
        text = "".join(cell["source"])
        for usual, smaller in SMALLER:
            text = text.replace(usual, smaller)
        exec(compile(text, f"cell {number}", "exec"), names)  # a notebook's cell, as Jupyter runs it
    assert len(names["runs"]) == 5
    assert names["shown"].index.tolist()[2] == "closure_gap"
    assert len(names["swept"]) == 12
    assert isinstance(names["effects"], pd.DataFrame) and len(names["effects"]) == 6
    assert (names["effects"].loc[names["effects"].verification_rate == 0.0, "difference"] == 0.0).all()
    assert names["page"].startswith("<!doctype html>")


def test_its_figures_are_those_of_the_model_as_it_is() -> None:
    """The first table is made again and compared with the stored one; if it differs, all outputs are old: run the
    notebook again."""
    names: dict[str, Any] = {}
    first = cells("code")[0]
    exec(compile("".join(first["source"]), "first cell", "exec"), names)  # a notebook's cell, as Jupyter runs it
    stored = "".join(first["outputs"][0]["data"]["text/html"])
    for row in names["runs"].itertuples():
        assert f"<td>{row.reported_closure_rate:.3f}</td>" in stored and f"<td>{row.closure_gap:.3f}</td>" in stored


def test_its_outputs_are_stored_and_show_no_machine() -> None:
    for cell in cells("code"):
        assert cell["outputs"], cell["source"]
    text = NOTEBOOK.read_text("utf-8")
    assert "Traceback" not in text
    assert not any(place in text for place in ("/home/", "/root/", "/tmp/", "C:\\\\"))
