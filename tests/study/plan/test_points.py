"""Points of a posterior sample in a study: values that belong together stay together."""

from pathlib import Path

import pytest

from pingan_abm.study.plan.design import design_points, make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.texts.errors import InputErrors

POINTS = [{"problem_rate": 0.3 + 0.05 * number, "work_median": 3.0 - 0.25 * number} for number in range(8)]
STUDY = """
residents = 2000
posterior = "beliefs.toml"
[design]
method = "{method}"
samples = {samples}
[parameters]
accountability = {{ low = 0, high = 1 }}
"""


def study(folder: Path, method: str = "lhs", samples: int = 8) -> Study:
    rows = ", ".join(
        f"{{ problem_rate = {one['problem_rate']}, work_median = {one['work_median']} }}" for one in POINTS
    )
    (folder / "beliefs.toml").write_text(f"points = [ {rows} ]\n")
    return parse_study(STUDY.format(method=method, samples=samples), "s", "s", folder)


@pytest.mark.parametrize("samples", [4, 8, 16])
def test_values_that_belong_together_stay_together(tmp_path: Path, samples: int) -> None:
    read = study(tmp_path, samples=samples)
    points = design_points(read)
    together = [(point["problem_rate"], point["work_median"]) for point in points]
    assert set(together) <= {(one["problem_rate"], one["work_median"]) for one in POINTS}
    assert len(set(together)) == min(samples, len(POINTS))
    assert len({point["accountability"] for point in points}) == samples
    assert [one.name for one in read.ranges] == ["accountability", "problem_rate", "work_median"]
    assert make_plan(read).count() == samples


def test_a_study_may_vary_nothing_else(tmp_path: Path) -> None:
    study(tmp_path)
    text = STUDY.format(method="lhs", samples=8).split("[parameters]")[0]
    assert len(design_points(parse_study(text, "s", "s", tmp_path))) == 8


def test_what_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="lhs"):
        study(tmp_path, method="sobol")
    (tmp_path / "beliefs.toml").write_text("points = [ { problem_rate = 0.4 }, { work_median = 1.0 } ]\n")
    with pytest.raises(InputErrors, match="same parameters"):
        parse_study(STUDY.format(method="lhs", samples=4), "s", "s", tmp_path)
    (tmp_path / "beliefs.toml").write_text("points = [ { problem_rate = 40.0 } ]\n")
    with pytest.raises(InputErrors, match="problem_rate"):
        parse_study(STUDY.format(method="lhs", samples=4), "s", "s", tmp_path)
