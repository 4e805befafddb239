"""Scenarios that hold at once, and what they do together beyond the sum of each alone."""

import json
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.runs import RunSpec, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.analyse.intervals import mean_interval
from pingan_abm.study.decide.compare import Arm, Replicated
from pingan_abm.study.decide.interaction import interactions
from pingan_abm.study.plan.files import parse_study
from pingan_abm.texts.errors import InputErrors


def test_a_combination_sets_all_that_its_parts_set() -> None:
    both = load_scenario("funding_cut+tight_accountability")
    cut, tight = load_scenario("funding_cut"), load_scenario("tight_accountability")
    assert dict(both.parameters) == dict(tight.parameters) and both.changes == cut.changes
    assert both.name == "funding_cut+tight_accountability"
    assert both.title["zh"] == f"{cut.title['zh']} + {tight.title['zh']}"
    other = load_scenario("tight_accountability + funding_cut")
    assert (other.parameters, other.changes) == (both.parameters, both.changes)


def test_it_runs_as_a_file_with_the_same_settings_does(tmp_path: Path) -> None:
    file = tmp_path / "both.toml"
    file.write_text(
        "[parameters]\naccountability = 0.9\ntarget_amplification = 0.35\nsatisfaction_weight = 0.1\n"
        "[[changes]]\ndate = 2014-05-01\nparameters = { social_funding = 25_000_000 }\n"
    )
    runs = [
        run_one(RunSpec(load_scenario(name), residents=2_000, days=150, warmup=0), series=False)
        for name in ("tight_accountability+funding_cut", file)
    ]
    assert runs[0].outcomes == runs[1].outcomes


def test_what_contradicts_itself_is_refused_by_name_and_value() -> None:
    with pytest.raises(InputErrors) as wrong:
        load_scenario("tight_accountability+people_centred")
    (line,) = [one for one in wrong.value.problems if "satisfaction_weight" in one]
    assert "0.1 in the one and 0.7 in the other" in line
    with pytest.raises(InputErrors) as wrong:
        load_scenario("funding_cut+no_such+campain")
    assert len(wrong.value.problems) == 2 and 'Did you mean "campaign"?' in wrong.value.problems[1]


def test_parts_may_be_files_beside_a_study(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[parameters]\nverification_rate = 0.5\n")
    study = parse_study(
        'scenario = "funding_cut+mine.toml"\ndays = 3\n[design]\nmethod = "grid"\n'
        "[parameters]\naccountability = { values = [0.1, 0.9] }\n",
        "study",
        "study.toml",
        tmp_path,
    )
    assert study.scenario.parameters["verification_rate"] == 0.5 and study.scenario.changes


def test_interaction_is_what_the_parts_do_not_add_up_to() -> None:
    """By hand: 1, 3 and 6 more than the baseline leave 2 over both parts' sum, in every replication."""
    names = ("pingan365", "funding_cut", "tight_accountability", "funding_cut+tight_accountability")
    done = Replicated(tuple(Arm(name, RunSpec(load_scenario(name))) for name in names))
    for name, more in zip(names, (0.0, 1.0, 3.0, 6.0), strict=True):
        done.outcomes[name] = {number: {"burden": 10.0 + number + more} for number in range(3)}
    (one,) = interactions(done, ["burden"])
    assert (one.alone, one.together, one.difference) == pytest.approx((4.0, 6.0, 2.0))
    assert (one.low, one.high) == pytest.approx((2.0, 2.0))
    assert interactions(Replicated(done.arms[:2], done.outcomes), ["burden"]) == []


def test_a_comparison_tells_the_interaction(capsys: pytest.CaptureFixture[str]) -> None:
    small = ["--residents", "2000", "--days", "120", "--replications", "3", "--warmup", "0", "--json"]
    names = ["pingan365", "open_channels", "tight_accountability", "open_channels+tight_accountability"]
    assert run_command(["compare", *names, *small]) == 0
    found = json.loads(capsys.readouterr().out)
    change = {(one["scenario"], one["outcome"]): one["difference"] for one in found["comparisons"]}
    (one,) = [one for one in found["interactions"] if one["outcome"] == "burden"]
    assert one["together"] == pytest.approx(change[names[3], "burden"])
    assert one["alone"] == pytest.approx(change[names[1], "burden"] + change[names[2], "burden"])
    assert one["difference"] == pytest.approx(one["together"] - one["alone"])
    assert mean_interval([one["difference"]]) is not None
