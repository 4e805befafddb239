"""The registry, the experiments on common random numbers, and what the command says."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pingan_abm.cli import make_app
from pingan_abm.commands.patterns import json_of
from pingan_abm.commands.terminal import plain
from pingan_abm.parameters.declared import Parameters
from pingan_abm.patterns import PATTERNS
from pingan_abm.patterns.experiment import Results, Run, carry_out, scenario_of
from pingan_abm.patterns.hooks import HOOKS
from pingan_abm.patterns.kept_runs import FILE, KeptRuns
from pingan_abm.patterns.measures import MEASURES
from pingan_abm.patterns.pattern import Condition, settings
from pingan_abm.patterns.verdicts import AS_IT_IS, RIVALS, Verdict, by_part, conditions_of, decide, evaluate, together
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors

SMALL = 2_000


def test_all_are_there_in_order() -> None:
    assert list(PATTERNS) == [f"P{number}" for number in range(1, 23)]
    for name, pattern in PATTERNS.items():
        assert pattern.id == name and pattern.claims and any(claim.required for claim in pattern.claims)
        assert pattern.en and pattern.zh and pattern.words and pattern.evidence and pattern.refuted and pattern.rules
        assert pattern.off != AS_IT_IS, f"{name} has no mechanism to switch off"


def test_parts_of_a_pattern_have_verdicts_of_their_own() -> None:
    findings = [decide(claim, [0.1, 0.2, 0.15]) for claim in PATTERNS["P14"].claims]
    parts = by_part(findings)
    assert [part.en for part in parts] == ["progress", "what is left: reform without change", "what the remedies do"]
    required = [one.verdict for one in findings if one.claim.required]
    assert together(required) is together(list(parts.values())) is Verdict.FAILS  # "below 0" everywhere above it
    assert by_part([decide(claim, [0.1, 0.2]) for claim in PATTERNS["P2"].claims]) == {}


def test_every_condition_can_be_run() -> None:
    for condition in conditions_of(list(PATTERNS.values()), rivals=True):
        Parameters.checked({**scenario_of(condition).parameters, **dict(condition.settings)})
        assert condition.hook == "" or condition.hook in HOOKS
        assert condition.measure in MEASURES
        for _, changed in condition.changes:
            Parameters.checked(dict(changed))


def test_every_statistic_finds_what_it_asks_for() -> None:
    measured = carry_out(Run(Condition(days=365), SMALL, 0, 0))
    for pattern in PATTERNS.values():
        for claim in pattern.claims:
            if all(condition.measure == "district" for condition in claim.conditions):
                value = claim.statistic(*[measured] * len(claim.conditions))
                assert value is None or isinstance(value, tuple) or math.isfinite(value)


def test_a_condition_is_run_once_for_all_that_use_it() -> None:
    results = Results(SMALL, 0)
    short = Condition(days=30)
    results.fill([short, short], 2, 1)
    assert results.missing([short], 2) == []
    assert [run.replication for run in results.missing([short, Condition(days=31)], 3)] == [0, 1, 2, 2]
    with pytest.raises(KeyError):
        results.of(short, 2)


def test_both_sides_have_the_same_luck() -> None:
    """A setting that changes nothing before a day changes nothing before it, to the last bit."""
    later = Condition(days=40, changes=((30, settings(staffing=0.5)),))
    first, second = carry_out(Run(Condition(days=30), SMALL, 3, 1)), carry_out(Run(later, SMALL, 3, 1))
    assert np.array_equal(np.asarray(first["weekly_satisfaction"]), np.asarray(second["weekly_satisfaction"])[:4])
    other = carry_out(Run(Condition(days=30), SMALL, 3, 2))
    assert not np.array_equal(np.asarray(first["weekly_satisfaction"]), np.asarray(other["weekly_satisfaction"]))


def test_dated_changes_come_on_top_of_the_scenarios() -> None:
    cut = Condition(scenario="funding_cut", changes=((10, settings(staffing=2.0)),))
    dates = [change.date.isoformat() for change in scenario_of(cut).changes]
    assert dates == [*(change.date.isoformat() for change in load_scenario("funding_cut").changes), "2014-01-11"]


def test_a_pattern_with_its_mechanism_off_and_in_rival_forms() -> None:
    whole, results = PATTERNS["P11"], Results(6_000, 0)
    first = whole.claims[0]
    brief = replace(first, conditions=tuple(replace(one, days=120) for one in first.conditions))
    pattern = replace(whole, claims=(brief,))
    results.fill(conditions_of([pattern], rivals=True), 3, 1)
    found = evaluate(pattern, results, 3, rivals=True)
    assert found.findings[0].verdict is Verdict.HOLDS  # duplicates fall when channels join
    assert found.off_verdict is Verdict.FAILS  # and nothing happens without a centre that they could join
    assert all(one.value == 0.0 for one in found.off)
    assert set(found.rivals) == set(RIVALS)
    document = json.loads(json.dumps(plain(json_of(found, "en"))))
    assert document["id"] == "P11" and document["off"]["verdict"] == "does not hold"
    assert document["claims"][0]["low"] <= document["claims"][0]["value"] <= document["claims"][0]["high"]


def test_command_prints_one_json_document() -> None:
    done = CliRunner().invoke(
        make_app(), ["patterns", "p12", "--replications", "2", "--residents", str(SMALL), "--workers", "1", "--json"]
    )
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["replications"] == 2 and [one["id"] for one in document["patterns"]] == ["P12"]


@pytest.mark.parametrize(("language", "word"), [("en", "Mechanism off"), ("zh", "机制关闭")])
def test_command_speaks_both_languages(language: str, word: str) -> None:
    words = ["patterns", "P12", "--replications", "2", "--residents", str(SMALL), "--workers", "1", "--lang", language]
    assert word in CliRunner().invoke(make_app(), words).stdout


def test_everything_that_is_wrong_is_told_at_once() -> None:
    done = CliRunner().invoke(make_app(), ["patterns", "P99", "--replications", "1", "--residents", "no"])
    assert isinstance(done.exception, InputErrors) and len(done.exception.problems) == 3


def test_finished_runs_are_kept_and_used_again(tmp_path: Path) -> None:
    short = Condition(days=30)
    first = Results(SMALL, 0, KeptRuns(tmp_path))
    first.fill([short], 2, 1)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'["broken off')
    again = Results(SMALL, 0, KeptRuns(tmp_path))
    assert [run.replication for run in again.missing([short], 3)] == [2]
    for name, value in first.of(short, 1).items():
        assert np.array_equal(np.array(value, float), np.array(again.of(short, 1)[name], float), equal_nan=True), name
    again.fill([short], 3, 1)
    assert Results(SMALL, 0, KeptRuns(tmp_path)).missing([short], 3) == []
    assert len(Results(SMALL, 1, KeptRuns(tmp_path)).missing([short], 3)) == 3  # another seed is another run


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputErrors, match="name a folder to write to"):
        KeptRuns(tmp_path / "taken")
