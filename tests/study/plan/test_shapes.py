"""Distributions of ranges: values as likely as they say, the file read and written back, mistakes told by key."""

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from pingan_abm.report.toml_text import study_toml
from pingan_abm.study.decide.beliefs import parse_beliefs
from pingan_abm.study.plan.design import design_points, make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.ranges import Range
from pingan_abm.study.plan.study import POINTS_APART, Study
from pingan_abm.texts.errors import InputErrors

STUDY = """
residents = 600
days = 2
warmup = 0
replications = 3
[design]
method = "{method}"
samples = {samples}
{more}
[parameters]
problem_rate = {problem_rate}
accountability = {{ low = 0.0, high = 1.0 }}
"""


def study(folder: Path, problem_rate: str = "{}", method: str = "lhs", samples: int = 8, more: str = "") -> Study:
    text = STUDY.format(method=method, samples=samples, problem_rate=problem_rate, more=more)
    return parse_study(text, "shapes", "shapes.toml", folder)


@pytest.mark.parametrize(
    ("shape", "law"),
    [
        (("log", None, None), stats.loguniform(0.1, 10.0)),
        (("triangular", 2.0, None), stats.triang((2.0 - 0.1) / 9.9, 0.1, 9.9)),
        (("triangular", 0.1, None), stats.triang(0.0, 0.1, 9.9)),
        (("normal", 3.0, 2.0), stats.truncnorm((0.1 - 3.0) / 2.0, (10.0 - 3.0) / 2.0, 3.0, 2.0)),
        (("normal", 0.1, 1.0), stats.truncnorm(0.0, 9.9, 0.1, 1.0)),
        (("uniform", None, None), stats.uniform(0.1, 9.9)),
    ],
)
def test_values_are_as_likely_as_the_distribution_says(
    shape: tuple[str, float | None, float | None], law: stats.rv_continuous
) -> None:
    one = Range("problem_rate", "number", low=0.1, high=10.0, shape=shape)
    places = np.linspace(0.0, 1.0, 1001)
    assert one.at(places) == pytest.approx(law.ppf(places), abs=1e-9)
    assert (one.at(np.array([0.0, 1.0])), one.low, one.high) == (pytest.approx([0.1, 10.0]), 0.1, 10.0)


def test_a_grid_in_the_logarithm_has_equal_steps_there(tmp_path: Path) -> None:
    grid = Range("problem_rate", "number", low=0.1, high=10.0, steps=5, shape=("log", None, None)).grid()
    assert grid == pytest.approx([10**power for power in (-1.0, -0.5, 0.0, 0.5, 1.0)])
    with pytest.raises(InputErrors, match="problem_rate.distribution: goes with a design that samples"):
        study(tmp_path, '{ distribution = "triangular", mode = 0.5, steps = 3 }', method="grid")


@pytest.mark.parametrize(
    "table",
    [
        '{ low = 0.3, high = 0.7, distribution = "log" }',
        '{ low = 0.3, high = 0.7, distribution = "triangular", mode = 0.5 }',
        '{ low = 0.3, high = 0.7, distribution = "normal", mean = 0.45, sd = 0.1 }',
    ],
)
def test_a_distribution_is_read_and_written_back(tmp_path: Path, table: str) -> None:
    asked = study(tmp_path, table)
    again = parse_study(study_toml(asked.contents()), "again", "again.toml", tmp_path)
    assert again.ranges == asked.ranges and asked.ranges[0].shape[0] in table
    assert design_points(again) == design_points(asked)
    (belief,) = parse_beliefs(f"[ranges]\nproblem_rate = {table}\n", "beliefs.toml").of
    assert belief.ranges[0] == asked.ranges[0]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('{ distribution = "logg" }', 'distribution: "logg" is not usable: write one of uniform, log'),
        ('{ distribution = "normal", mean = 0.5 }', "sd: is missing; distribution = normal needs it"),
        ('{ distribution = "log", mode = 0.5 }', "mode: does not go with distribution = log"),
        ("{ mean = 0.5 }", "mean: does not go with distribution = uniform"),
        ('{ low = 0.3, high = 0.6, distribution = "triangular", mode = 0.9 }', "mode: write a number from 0.3 to 0.6"),
        ('{ distribution = "normal", mean = 0.5, sd = 0 }', "sd: write a number above 0"),
        ('{ values = [0.5], distribution = "log" }', "stands beside distribution"),
    ],
)
def test_distributions_that_make_no_sense_are_told(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(InputErrors) as caught:
        study(tmp_path, table)
    assert len(caught.value.problems) == 1 and told in caught.value.problems[0]


def test_a_logarithm_needs_numbers_above_nought(tmp_path: Path) -> None:
    text = STUDY.format(method="lhs", samples=8, problem_rate="{}", more="").replace(
        "{ low = 0.0, high = 1.0 }", '{ low = 0.0, high = 1.0, distribution = "log" }'
    )
    with pytest.raises(InputErrors, match="accountability.low: 0 is not usable: distribution = log needs"):
        parse_study(text, "shapes", "shapes.toml", tmp_path)


# -- the luck of points -----------------------------------------------------------------------------------------------


def test_points_share_their_luck_unless_each_has_its_own(tmp_path: Path) -> None:
    shared, own = make_plan(study(tmp_path)), make_plan(study(tmp_path, more='luck = "own"'))
    assert {task.spec.replication for task in shared.tasks()} == {0, 1, 2}
    numbers = [task.spec.replication for task in own.tasks()]
    assert len(set(numbers)) == len(numbers) == own.count() == 24
    assert numbers[:9] == [*range(8), POINTS_APART]
    ids = own.ids()
    assert [[task.run_id for task in own.tasks()][point + 8 * number] for point in range(8) for number in range(3)] == [
        one for row in ids for one in row
    ]
    assert "luck" not in shared.study.contents()["design"] and own.study.contents()["design"]["luck"] == "own"


def test_points_with_luck_of_their_own_keep_it_when_replications_are_added(tmp_path: Path) -> None:
    from dataclasses import replace

    few = make_plan(study(tmp_path, more='luck = "own"'))
    more = make_plan(replace(few.study, replications=5))
    assert {task.run_id for task in few.tasks()} < {task.run_id for task in more.tasks()}


def test_luck_of_their_own_is_for_sampled_designs(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="luck: goes with a design that samples"):
        study(tmp_path, "{ steps = 2 }", method="oat", more='luck = "own"')
    with pytest.raises(InputErrors, match="second_order: goes with method = sobol"):
        study(tmp_path, more="second_order = true")


def test_a_sobol_design_for_pairs_has_twice_the_rows(tmp_path: Path) -> None:
    first, second = (study(tmp_path, method="sobol", samples=4, more=more) for more in ("", "second_order = true"))
    assert (len(design_points(first)), len(design_points(second))) == (4 * 4, 4 * 6)
