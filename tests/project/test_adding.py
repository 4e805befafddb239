"""The five "to add" rows of the architecture: what is added at one place is seen everywhere it should be, in both
languages.

A copy of the package gets one of each, as `added_things.add_all` writes them; everything below is what that copy shows.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
from helpers import added_things
from helpers.places import PACKAGE, SCRIPTS

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the package with all the additions shows; it is interpreted, so that nothing is compiled for
    it."""
    folder = tmp_path_factory.mktemp("added")
    shutil.copytree(PACKAGE, folder / "pingan_abm", ignore=shutil.ignore_patterns("__pycache__"))
    added_things.add_all(folder / "pingan_abm")
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{SCRIPTS}", "NUMBA_DISABLE_JIT": "1"}
    words = [sys.executable, str(added_things.__file__), str(folder)]
    shown = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_a_parameter(seen: dict[str, Any]) -> None:
    told, files, sliders = seen["commands"], seen["files"], seen["app"]["sliders"]
    assert "| `notice_boards` | Notice boards |" in told["table"]["en"] and "| 宣传栏数量 |" in told["table"]["zh"]
    assert "| `notice_boards` | Notice boards |" in seen["odd"]
    assert json.loads(told["run"]["out"])["parameters"]["notice_boards"] == 5
    bounds = "notice_boards = 99 is above 9: write a whole number from 0 to 9"
    assert told["too_many"]["code"] == 2 and bounds in told["too_many"]["err"]
    assert files["scenario"] == [f"x.toml, line 2: parameters: {bounds}"]
    assert 'Did you mean "notice_boards"?' in files["misspelt"][0]
    assert bounds in files["study"][0]
    assert files["sampled"] == list(range(10))
    assert [sliders[language]["label"] for language in LANGUAGES] == ["Notice boards", "宣传栏数量"]
    assert (sliders["en"]["low"], sliders["en"]["high"], sliders["en"]["step"]) == (0, 9, 1)
    assert {row["notice_boards"] for row in csv.DictReader(io.StringIO(told["csv"]))} == {"3", "9"}
    assert 'Did you mean "notice_boards"?' in told["seek"]


def test_an_actor(seen: dict[str, Any]) -> None:
    lived = seen["district"]
    assert lived["actors"]["Ombudsman"] == 1 and lived["heard"] == 40
    assert lived["node"] == {"kind": "actor", "en": "Ombudsman", "zh": "民情监督员"}
    assert "ombudsman_1" in lived["placed"] and lived["state"] == 3 * len(lived["placed"]) + lived["ties"]
    sheets = [lived["sheets"][language][0] for language in LANGUAGES]
    assert [sheet["title"] for sheet in sheets] == ["Ombudsman", "民情监督员"]
    assert [sheet["facts"] for sheet in sheets] == [[["Days of listening", "40", ""]], [["倾听天数", "40", ""]]]


def test_a_department_and_an_issue_type(seen: dict[str, Any]) -> None:
    lived = seen["district"]
    assert lived["actors"]["Department"] == 28
    assert lived["problems"] > 100 and lived["dispatched"] > 10 and lived["worked"] > 0
    assert len(lived["grades"]) == 1
    assert lived["unit_node"]["en"] == "Low-Altitude Office" and "low_altitude" in lived["placed"]
    assert [lived["sheets"][language][1]["title"] for language in LANGUAGES] == ["Low-Altitude Office", "低空办"]
    rows = [row for row in csv.DictReader(io.StringIO(lived["log"])) if row["issue_type"] == "drone_noise"]
    assert "low_altitude" in {row["org:resource"] for row in rows}
    assert seen["commands"]["run"]["code"] == 0  # with --set units.low_altitude.staff=6
    assert seen["app"]["campaigns"]["drone_noise"] == "无人机扰民"
    assert seen["files"]["case"] == []


def test_a_scenario(seen: dict[str, Any]) -> None:
    told = seen["commands"]
    assert "Boards everywhere" in told["scenarios"]["en"] and "处处有宣传栏" in told["scenarios"]["zh"]
    assert "Notice boards (notice_boards): 3 → 9" in told["story"]
    assert seen["app"]["scenarios"]["boards"] == {"en": "Boards everywhere", "zh": "处处有宣传栏"}
    assert seen["app"]["link"] == "boards"
    assert {row["scenario"] for row in json.loads(told["compare"]["out"])["comparisons"]} == {"boards"}
    assert told["report"]["code"] == 0 and "处处有宣传栏" in told["page"]


def test_an_outcome(seen: dict[str, Any]) -> None:
    told = seen["commands"]
    (row,) = [
        row for row in json.loads(told["compare"]["out"])["comparisons"] if row["outcome"] == "boards_per_problem"
    ]
    assert row["scenario_mean"] > row["baseline_mean"]
    assert json.loads(told["run"]["out"])["runs"][0]["outcomes"]["boards_per_problem"] > 0
    assert all(float(row["boards_per_problem"]) > 0 for row in csv.DictReader(io.StringIO(told["csv"])))
    assert seen["app"]["outcomes"]["boards_per_problem"] == ["Boards a problem", "每个问题宣传栏数"]
    assert "每个问题宣传栏数" in told["page"]
    assert all('Did you mean "boards_per_problem"?' in told[command] for command in ("analyse", "seek"))
    assert seen["files"]["target"] == "boards_per_problem"
