"""docs/patterns.md: its matrix is that of the registry, and its blocks are filled from what the commands print."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pingan_abm.commands.patterns import json_of
from pingan_abm.patterns import PATTERNS
from pingan_abm.patterns.verdicts import RIVALS, PatternResult, Verdict, decide

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_patterns_page", ROOT / "scripts" / "write_patterns_page.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    pattern = PATTERNS["P2"]
    findings = tuple(decide(claim, [-0.03, -0.02, -0.025, -0.035]) for claim in pattern.claims)
    rivals = {name: (Verdict.UNDECIDED, findings) for name in RIVALS}
    result = PatternResult(pattern, Verdict.HOLDS, findings, Verdict.FAILS, findings, rivals)
    return {"replications": 4, "residents": 34_500, "seed": 0, "patterns": [json_of(result, "en")]}


def block(page: str, name: str) -> str:
    return page.split(f"<!-- begin {name} -->\n", 1)[1].split(f"<!-- end {name} -->", 1)[0]


def test_the_matrix_of_the_page_is_that_of_the_registry(script: ModuleType) -> None:
    assert block(script.PAGE.read_text("utf-8"), "matrix") == script.matrix()


def test_a_block_is_replaced_and_nothing_else(script: ModuleType) -> None:
    page = "before\n<!-- begin a -->\nold\n<!-- end a -->\nafter\n"
    assert script.filled(page, {"a": "new\n"}) == "before\n<!-- begin a -->\nnew\n<!-- end a -->\nafter\n"
    with pytest.raises(ValueError, match="no block b"):
        script.filled(page, {"b": ""})


def test_verdicts_and_figures(script: ModuleType, found: dict[str, Any]) -> None:
    verdicts, figures = script.verdicts(found), script.figures(found)
    assert "4 paired replications, 34,500 residents" in verdicts
    assert "| P2 | holds | **does not hold** (nothing is closed on paper" in verdicts
    assert verdicts.count("undecided") == 4
    assert "| < 0 | -0.0275 [" in figures and "| < 0.01 |" in figures


def test_widths_are_measured_and_then_projected(script: ModuleType, found: dict[str, Any]) -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    assert script.width(values, 4) == f"{2 * 2.0542610:.2g}"
    assert script.width(values, 16) == f"*{2.0542610:.2g}*"
    assert script.widths(found).count("| P2 |") == 2


def test_the_traced_case(script: ModuleType) -> None:
    milestone = {"milestone": "second_report", "documented": 23, "share": 0.5, "q05": 7.0, "median": 20.0, "q95": 40.0}
    never = {"milestone": "special_meeting", "documented": 44, "share": 0.0, "q05": None, "median": None, "q95": None}
    solved = {"day": 60, "solved": 9, "replications": 10, "low": 0.6, "high": 0.98}
    world = {"scenario": "pizza_shop", "milestones": [milestone, never], "really_solved": [solved]}
    text = script.trace({"worlds": [world]})
    assert "really solved by day 60 in 9 of 10 (60%–98%)" in text
    assert "| second report | 23 | 50% | 7 – 20 – 40 |" in text and "| special meeting | 44 | 0% | – |" in text
