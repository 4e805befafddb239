"""A run is a function of its specification, and its identity says which."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from pingan_abm.district.about import LEAST_RESIDENTS
from pingan_abm.runs import (
    LIMITS,
    RunSpec,
    resolved,
    run,
    run_id,
    run_one,
)
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.scenarios.setting_names import settings_from_text
from pingan_abm.study.decide.compare import compare
from pingan_abm.texts.errors import InputErrors

SPEC = RunSpec(load_scenario("pingan365"), residents=2000, days=40)


def test_the_same_specification_gives_the_same_result() -> None:
    first, second = run_one(SPEC), run_one(SPEC)
    assert first.run_id == second.run_id == run_id(SPEC)
    assert first.outcomes == second.outcomes
    assert first.outcomes["problems"]
    for name, values in first.series.items():
        assert len(values) == 40
        assert np.array_equal(values, second.series[name], equal_nan=True)
    assert run_one(replace(SPEC, replication=1), series=False).outcomes != first.outcomes


def test_whatever_decides_the_result_is_in_the_identity() -> None:
    others = [
        replace(SPEC, seed=1),
        replace(SPEC, replication=1),
        replace(SPEC, residents=2001),
        replace(SPEC, days=41),
        replace(SPEC, start=date(2014, 1, 2)),
        replace(SPEC, settings={"accountability": 0.6}),
        replace(SPEC, settings={"units.environment.staff": 99.0}),
        replace(SPEC, scenario=load_scenario("funding_cut"), days=365),
    ]
    assert len({run_id(one) for one in [SPEC, *others]}) == len(others) + 1


def test_what_decides_nothing_is_not() -> None:
    told = replace(SPEC.scenario, title={"en": "Another title"}, story={})
    assert run_id(replace(SPEC, scenario=told)) == run_id(SPEC)
    assert run_id(replace(SPEC, settings={"accountability": 0.5})) == run_id(SPEC)


def test_records_count_by_their_contents(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for path, text in zip(paths, ("x", "x", "y"), strict=True):
        path.write_text(text)
    first, same, other = (run_id(replace(SPEC, incidents=path)) for path in paths)
    assert first == same != other


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = replace(
        SPEC, residents=3, days=0, seed=-1, settings={"acountability": 1, "staffing": "many", "units.fire.staf": 1}
    )
    with pytest.raises(InputErrors) as told:
        resolved(wrong)
    for words in ("residents", "days", "seed", "acountability", "staffing", "staf"):
        assert words in str(told.value)


def test_limits_are_the_model_s() -> None:
    assert LIMITS["residents"][0] == LEAST_RESIDENTS


def test_settings_from_text() -> None:
    assert settings_from_text(["accountability=0.9", "command_centre=off", "campaign_start=2014-05-01"]) == {
        "accountability": 0.9,
        "command_centre": False,
        "campaign_start": date(2014, 5, 1),
    }
    with pytest.raises(InputErrors) as told:
        settings_from_text(["accountability", "=3", "staffing="])
    assert len(told.value.problems) == 3


def test_a_table_is_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(InputErrors) as told:
        run("pingan36", settings={"acountability": 1}, residents=-5, days=0)
    for words in ('"pingan365"', "residents", "days", "accountability"):
        assert words in str(told.value)


def test_a_table_of_replications() -> None:
    table = run(residents=2000, days=10, replications=2)
    assert list(table["replication"]) == [0, 1]
    assert table["run_id"].nunique() == 2
    assert "true_resolution_rate" in table


def test_numbers_that_cannot_be_are_refused_in_python_too() -> None:
    for call in (
        partial(run, replications=0),
        partial(compare, "pingan365", "society_only", replications=0),
        partial(compare, "pingan365"),
        partial(compare, "pingan365", "society_only", replications=True),
    ):
        with pytest.raises(InputErrors, match="replications = |one scenario is not enough"):
            call()
