"""docs/patterns.md and docs/validation.md: matrix and rows are those of the registries, blocks are filled from what the
commands print."""

from typing import Any

import pytest
import write_patterns_page as script
import write_validation
from helpers.places import DOCS

from pingan_abm.commands.patterns import json_of
from pingan_abm.patterns import PATTERNS
from pingan_abm.patterns.service_requests import STATISTICS
from pingan_abm.patterns.verdicts import RIVALS, PatternResult, Verdict, decide


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    pattern = PATTERNS["P2"]
    findings = tuple(decide(claim, [-0.03, -0.02, -0.025, -0.035]) for claim in pattern.claims)
    rivals = {name: (Verdict.UNDECIDED, findings) for name in RIVALS}
    result = PatternResult(pattern, Verdict.HOLDS, findings, Verdict.FAILS, findings, rivals)
    return {"replications": 4, "residents": 34_500, "seed": 0, "patterns": [json_of(result, "en")]}


def block(page: str, name: str) -> str:
    return page.split(f"<!-- begin {name} -->\n", 1)[1].split(f"<!-- end {name} -->", 1)[0]


def test_the_matrix_of_the_page_is_that_of_the_registry() -> None:
    assert block(script.PAGE.read_text("utf-8"), "matrix") == script.matrix()


def test_a_block_is_replaced_and_nothing_else() -> None:
    page = "before\n<!-- begin a -->\nold\n<!-- end a -->\nafter\n"
    assert script.filled(page, {"a": "new\n"}) == "before\n<!-- begin a -->\nnew\n<!-- end a -->\nafter\n"
    with pytest.raises(ValueError, match="no block b"):
        script.filled(page, {"b": ""})


@pytest.fixture(scope="module")
def full() -> dict[str, Any]:
    pattern = PATTERNS["P2"]
    findings = tuple(decide(claim, [0.03, 0.02, 0.025, 0.035]) for claim in pattern.claims)
    result = PatternResult(pattern, Verdict.FAILS, findings, Verdict.HOLDS, findings, {})
    return {"replications": 3, "residents": 345_000, "seed": 1, "patterns": [json_of(result, "en")]}


def test_verdicts_of_the_whole_district_stand_before_those_of_a_tenth(
    full: dict[str, Any], found: dict[str, Any]
) -> None:
    text = script.verdicts(full, found)
    assert "The whole district: 3 paired replications, 345,000 residents, seed 1." in text
    assert "A tenth: 4 paired replications, 34,500 residents, seed 0." in text
    assert "| P2 | **does not hold** | holds (nothing is closed on paper" in text
    assert text.index("| the whole district |") < text.index("| a tenth |")
    assert text.count("undecided") == len(RIVALS)


def test_figures_are_of_both_sizes(full: dict[str, Any], found: dict[str, Any]) -> None:
    text = script.figures(full, found)
    assert "| < 0 | 0.0275 [" in text and "| -0.0275 [" in text and "| < 0.01 |" in text


def test_parts_of_a_pattern_have_rows_of_their_own() -> None:
    pattern = PATTERNS["P14"]
    findings = tuple(decide(claim, [-0.03, -0.02, -0.025, -0.035]) for claim in pattern.claims)
    rivals = {name: (Verdict.FAILS, findings) for name in RIVALS}
    result = PatternResult(pattern, Verdict.FAILS, findings, Verdict.FAILS, findings, rivals)
    document = {"replications": 4, "residents": 34_500, "seed": 0, "patterns": [json_of(result, "en")]}
    rows = [line.split(" | ") for line in script.verdicts(document, document).splitlines() if line.startswith("| –")]
    assert [[*row[:3], *row[4:5]] for row in rows] == [
        ["| – progress", *["**does not hold**"] * 3],
        ["| – what is left: reform without change", *["**does not hold**"] * 3],
        ["| – what the remedies do", *["holds"] * 3],
    ]


def test_the_whole_district_stands_alone_where_nothing_else_was_tried(full: dict[str, Any]) -> None:
    text = script.verdicts(full, None)
    assert "A tenth" not in text and "score_loss" not in text and text.count("| P2 |") == 1
    assert "a tenth" not in script.figures(full, None)


def test_widths_are_measured_and_then_projected(found: dict[str, Any]) -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    assert script.width(values, 4) == f"{2 * 2.0542610:.2g}"
    assert script.width(values, 16) == f"*{2.0542610:.2g}*"
    assert script.widths(found).count("| P2 |") == 2


def test_the_traced_case() -> None:
    milestone = {"milestone": "second_report", "documented": 23, "share": 0.5, "q05": 7.0, "median": 20.0, "q95": 40.0}
    never = {"milestone": "special_meeting", "documented": 44, "share": 0.0, "q05": None, "median": None, "q95": None}
    solved = {"day": 60, "solved": 9, "replications": 10, "low": 0.6, "high": 0.98}
    world = {"scenario": "pizza_shop", "milestones": [milestone, never], "really_solved": [solved]}
    text = script.trace({"worlds": [world]})
    assert "really solved by day 60 in 9 of 10 (60%–98%)" in text
    assert "| second report | 23 | 50% | 7 – 20 – 40 |" in text and "| special meeting | 44 | 0% | – |" in text


def test_validation_rows_are_those_of_the_registry() -> None:
    page = (DOCS / "validation.md").read_text("utf-8")
    rows = [line.split(" | ")[0].removeprefix("| ") for line in block(page, "figures").splitlines()[4:]]
    assert rows == [one.en for one in STATISTICS]
    document = {
        "replications": 3,
        "residents": 2_000,
        "seed": 1,
        "settings": {},
        "statistics": [
            {
                "statistic": "a",
                "value": 1.5,
                "low": 1.0,
                "high": 2.0,
                "agrees_from": 1.0,
                "agrees_to": None,
                "verdict": "holds",
                "published": {"Boston": "7"},
            },
            {
                "statistic": "b",
                "value": None,
                "low": None,
                "high": None,
                "agrees_from": 0.0,
                "agrees_to": 2.0,
                "verdict": "does not hold",
                "published": {},
            },
        ],
    }
    whole = {**document, "residents": 345_000, "settings": {"staffing": 5.0}}
    text = write_validation.figures(whole, document)
    assert "The whole district: 3 replications of a year, 345,000 residents, seed 1, staffing = 5.0." in text
    assert "A tenth: 3 replications of a year, 2,000 residents, seed 1, all at the defaults." in text
    assert "| a | > 1 | 1.5 [1, 2] | agrees | 1.5 [1, 2] | agrees |  |  | 7 |" in text
    assert "| b | 0 – 2 | – | **does not agree** | – | **does not agree** |  |  |  |" in text
