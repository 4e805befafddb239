"""The file that the page writes makes the same run again."""

from dataclasses import replace
from pathlib import Path

from pingan_abm.runs import resolved
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.shown.scenario_text import scenario_text


def test_the_file_holds_first_day_levers_and_dated_ones(tmp_path: Path) -> None:
    recipe = Recipe(scenario=load_scenario("funding_cut"), residents=3_000)
    recipe = recipe.moved(0, "accountability", 0.9).moved(40, "staffing", 1.5).moved(60, "joint_meetings", False)
    path = tmp_path / "mine.toml"
    path.write_text(scenario_text(recipe), "utf-8")
    again = load_scenario(path)
    assert again.parameters["accountability"] == 0.9
    dated = {
        (change.date.isoformat(), name): value for change in again.changes for name, value in change.parameters.items()
    }
    assert dated["2014-02-10", "staffing"] == 1.5 and dated["2014-03-02", "joint_meetings"] is False
    assert any(name == "social_funding" for _, name in dated)  # the scenario's own change stays
    mine = replace(recipe, scenario=again, moves=())
    for day in (0, 39, 40, 60, 200):
        assert mine.values(day) == recipe.values(day)
    assert resolved(mine.spec())[0] == resolved(recipe.spec())[0]  # parameters of the first day
