"""A parameter that is added is like any other, and a living district's settings can be changed."""

from pathlib import Path

import pytest

from pingan_abm import extend
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters, declared, parameter_table
from pingan_abm.runs import RunSpec, run_id
from pingan_abm.scenarios.files import parse_scenario
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.scenarios.setting_names import settings_from_text
from pingan_abm.study.plan.design import make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.texts.errors import InputErrors

WORDS = {"en": "Notice boards", "zh": "宣传栏数量"}


def test_a_parameter_is_read_checked_sampled_and_taken_back(tmp_path: Path) -> None:
    spec = RunSpec(load_scenario("pingan365"), residents=600, days=3)
    names, table, name = list(Parameters.model_fields), parameter_table("en"), run_id(spec)
    extend.parameter("notice_boards", 3, low=0, high=9, role="lever", unit="boards", **WORDS)
    assert PinganModel({"notice_boards": 5}, residents=600, days=3).parameters.notice_boards == 5  # type: ignore[attr-defined]
    assert PinganModel(residents=600, days=3).parameters.notice_boards == 3  # type: ignore[attr-defined]
    with pytest.raises(InputErrors, match="notice_boards = 10 is above 9: write a whole number from 0 to 9"):
        Parameters.checked({"notice_boards": 10})
    assert settings_from_text(["notice_boards=4"]) == {"notice_boards": 4}
    assert parse_scenario("[parameters]\nnotice_boards = 7\n", "x", "x.toml").parameters == {"notice_boards": 7}
    study = "residents = 540\ndays = 3\n[parameters]\nnotice_boards = { low = 0, high = 9 }\n[design]\n"
    plan = make_plan(parse_study(study + "method = 'lhs'\nsamples = 40\n", "s", "s", tmp_path))
    assert {task.spec.settings["notice_boards"] for task in plan.tasks()} == set(range(10))
    assert "| `notice_boards` | Notice boards |" in parameter_table("en")
    assert (declared("notice_boards").low, declared("notice_boards").high) == (0, 9)
    assert run_id(spec) != name
    extend.clear()
    assert (list(Parameters.model_fields), parameter_table("en"), run_id(spec)) == (names, table, name)
    with pytest.raises(InputErrors, match="unknown parameter"):
        Parameters.checked({"notice_boards": 3})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("boards", 11, {"low": 0, "high": 9}), "11 does not lie within its bounds, 0 to 9"),
        (("boards", 0.5, {}), "a number needs its bounds"),
        (("boards", True, {"low": 0, "high": 1}), "only a number has bounds"),
        (("boards", "some", {"choices": ("none", "many")}), "none of its choices"),
        (("boards", None, {}), "has to be true or false, a number, a date or a text"),
        (("accountability", 0.5, {"low": 0, "high": 1}), "the name is taken"),
        (("Boards", 0.5, {"low": 0, "high": 1}), "write a name of small letters"),
        (("boards", 0.5, {"low": 0, "high": 1, "role": "leaver"}), 'Did you mean "lever"?'),
    ],
)
def test_what_is_wrong_is_refused_at_once(given: tuple, told: str) -> None:
    name, default, more = given
    with pytest.raises(InputErrors) as refused:
        extend.parameter(name, default, **WORDS, **more)
    assert told in str(refused.value) and extend.identity() is None


def test_settings_of_a_living_district_change() -> None:
    model = PinganModel(residents=600, days=5)
    model.step()
    extend.change(model, accountability=0.9, **{"units.environment.staff": 99})
    assert model.parameters.accountability == 0.9 and model.world.settings[0].accountability == 0.9
    assert model.district.units[model.district.unit_index("environment")].staff == 99
    with pytest.raises(InputErrors, match="is above 1"):
        extend.change(model, accountability=1.5)
    with pytest.raises(InputErrors, match="the district is built from it"):
        extend.change(model, grassroots_groups=3)
