"""Every example does what it says, in one process and in two workers."""

from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm import extend
from pingan_abm.runs import RunSpec, run_id, run_one
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.run.runner import run_all

EXAMPLES = sorted((ROOT / "examples" / "extend").glob("*.py"))
#: An outcome that the example changes, or adds.
CHANGED = {
    "a_rule": "social_settlement_share",
    "b_outcome": "trust_between_communities",
    "c_parameter": "trust_mean",
    "d_intervention": "perfunctory_share",
    "e_actor": "trust_mean",
}


def specs(count: int) -> list[RunSpec]:
    return [
        RunSpec(load_scenario("pingan365"), residents=6_000, days=120, warmup=30, replication=number)
        for number in range(count)
    ]


def test_there_is_one_of_each() -> None:
    assert {path.stem for path in EXAMPLES} == set(CHANGED)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_in_one_process_and_in_two_workers(path: Path) -> None:
    plain, name = run_one(specs(1)[0], series=False).outcomes, run_id(specs(1)[0])
    extend.load(path)
    here = {one.run_id: dict(one.outcomes) for one in run_all(specs(3), 1)}
    there = {one.run_id: dict(one.outcomes) for one in run_all(specs(3), 2)}
    assert here == there and len(here) == 3 and all(here.values())
    outcome = CHANGED[path.stem]
    changed = here[run_id(specs(1)[0])][outcome]
    assert changed is not None and changed != plain.get(outcome)
    assert run_id(specs(1)[0]) != name


def test_all_examples_together() -> None:
    for path in EXAMPLES:
        extend.load(path)
    assert len(extend.identity() or ()) == 7
    assert run_one(specs(1)[0], series=True).series["reports_per_thousand"].shape == (120,)
    extend.forget(EXAMPLES[0])
    assert len(extend.identity() or ()) == 6
