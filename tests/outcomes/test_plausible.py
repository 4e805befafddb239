"""Goals that cannot be are refused before anything runs, with what was probably meant."""

import json

import pytest

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.plausible import implausible


def test_a_share_above_one_was_meant_in_per_cent() -> None:
    told = implausible("solved_share", 80.0)
    assert told is not None and "80 or 0.8?" in told
    assert implausible("solved_share", 0.8) is None
    assert implausible("closure_gap", -0.1) is None  # a gap may be negative
    assert implausible("burden", 80.0) is None
    assert implausible("crises", -1.0) is not None


def test_every_outcome_may_be_what_runs_give() -> None:
    for name, entry in OUTCOMES.items():
        assert implausible(name, 0.5) is None, (name, entry.unit)


def test_seek_refuses_such_a_goal_and_takes_per_cent(capsys: pytest.CaptureFixture[str]) -> None:
    goal = ["seek", "--outcome", "solved_share", "--lever", "部门人力", "--plan", "--json", "--above"]
    assert run_command([*goal, "80"]) == 2
    assert "80 or 0.8?" in capsys.readouterr().err
    assert run_command([*goal, "80%"]) == 0
    assert json.loads(capsys.readouterr().out)["plan"]["runs"] == 150


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        (["run", "--replications", "3"], 3),
        (["compare", "pingan365", "funding_cut", "--replications", "4"], 8),
        (["compare", "pingan365", "same=pingan365", "--replications", "4"], 4),  # equal runs are done once
    ],
)
def test_a_plan_counts_the_runs_and_does_none(words: list[str], runs: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([*words, "--plan", "--json", "--workers", "2"]) == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert plan["runs"] == runs and plan["seconds"] > 0 and plan["megabytes"] > 0
    assert run_command([*words, "--plan", "--lang", "zh"]) == 0
    assert "次运行" in capsys.readouterr().out
