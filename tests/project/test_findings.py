"""Tables of the page of studies are what was computed, and nothing that was typed."""

import json
import re

import pandas as pd
import pytest
from write_findings import FINDINGS, KEPT, PAGE, Finding, blocks, computed, table_of
from write_patterns_page import filled


def test_the_page_shows_what_was_computed() -> None:
    page, written = PAGE.read_text("utf-8"), blocks()
    assert set(written) == {"studies", *FINDINGS} and all(text.count("|") > 20 for text in written.values())
    assert set(re.findall("<!-- begin (.*) -->", page)) == set(written)
    assert filled(page, written) == page


def test_without_any_helper_residents_are_worse_off_beyond_chance() -> None:
    """Over twenty pairs: the whole interval of what is solved below 0, that of the burden above it."""
    kept = json.loads((KEPT / "helpers.json").read_text("utf-8"))
    away = [arm["moved"] for arm in kept["arms"] if not arm["is_base"]]
    assert kept["replications"] == 20 and len(away) == 6
    assert all(one["solved_share"][2] < 0.0 < one["burden"][1] for one in away)


def test_differences_are_paired_by_replication_and_with_the_arm_s_own_base() -> None:
    runs = pd.DataFrame(
        {
            "replication": [0, 1, 0, 1, 0, 1, 0, 1],
            "scenario": ["pingan365"] * 4 + ["cut"] * 4,
            "funding_dependence": [0.1, 0.1, 0.9, 0.9] * 2,
            "solved_share": [0.5, 0.7, 0.6, 0.8, 0.4, 0.6, 0.3, 0.7],
        }
    )
    finding = Finding(("solved_share",), ("scenario", "funding_dependence"), {"scenario": "pingan365"})
    kept = computed(finding, runs, [])
    moved = {tuple(arm["arm"].values()): arm["moved"]["solved_share"] for arm in kept["arms"]}
    assert moved["cut", 0.1] == pytest.approx([-0.1, -0.1, -0.1])  # the same in both, so no width
    assert moved["cut", 0.9][0] == pytest.approx(-0.2) and moved["cut", 0.9][2] > 0
    assert [arm["is_base"] for arm in kept["arms"]] == [True, True, False, False]
    text = table_of(finding, json.loads(json.dumps(kept)))
    assert "−10.0" in text and "−20.0" in text and "60.0 %" in text


def test_an_arm_without_its_base_is_refused() -> None:
    runs = pd.DataFrame({"replication": [0], "scenario": ["cut"], "solved_share": [0.5]})
    with pytest.raises(ValueError, match="no runs of"):
        computed(Finding(("solved_share",), ("scenario",), {"scenario": "pingan365"}), runs, [])
