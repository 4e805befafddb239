"""What a visitor is looking at: levers before and during a run, and the links that hold them, without a browser."""

from dataclasses import replace

import pytest

from pingan_abm.model import PinganModel
from pingan_abm.runs import build_model
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.errors import InputErrors
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.server import USUAL
from pingan_abm.web.visitor.keyframes import Keyframes
from pingan_abm.web.visitor.links import read_link, read_value, write_link


def test_a_lever_before_the_run_is_a_setting_and_later_a_dated_change() -> None:
    recipe = (
        Recipe(residents=2_000)
        .moved(0, "accountability", 0.9)
        .moved(30, "accountability", 0.2)
        .moved(10, "staffing", 2.0)
    )
    spec = recipe.spec()
    assert spec.settings == {"accountability": 0.9}
    assert [(change.date.isoformat(), change.parameters) for change in spec.scenario.changes] == [
        ("2014-01-11", {"staffing": 2.0}),
        ("2014-01-31", {"accountability": 0.2}),
    ]
    assert [recipe.values(day)["accountability"] for day in (0, 29, 30)] == [0.9, 0.9, 0.2]
    model = build_model(replace(spec, days=40))
    for _ in range(40):
        model.step()
    assert (model.parameters.accountability, model.parameters.staffing) == (0.2, 2.0)


def test_a_move_replaces_later_ones_and_a_move_back_leaves_nothing() -> None:
    recipe = Recipe().moved(0, "staffing", 2.0).moved(50, "staffing", 3.0)
    assert recipe.moved(20, "staffing", 1.5).values(60)["staffing"] == 1.5
    assert recipe.reset(0).moves == ()
    assert recipe.reset(30, "staffing").values(60)["staffing"] == 1.0


def test_what_shapes_the_district_holds_from_the_first_day() -> None:
    for name, value in (("grassroots_groups", 6), ("appraisal", False), ("trust_loss", 0.3)):
        assert [move.day for move in Recipe().moved(80, name, value).moves] == [0]
    assert [move.day for move in Recipe().moved(80, "command_centre", False).moves] == [80]


def test_a_lever_set_before_the_run_takes_effect_on_day_0_of_a_warm_district() -> None:
    recipe = Recipe(residents=1_500, days=30, warmup=100)
    moved = recipe.moved(0, "accountability", 0.9)
    plain, model = build_model(recipe.spec()), build_model(moved.spec())
    assert model.parameters.accountability == 0.9
    assert model.world.trust.tobytes() == plain.world.trust.tobytes()
    own = build_model(replace(moved, history="own").spec())
    assert own.world.trust.tobytes() != plain.world.trust.tobytes()


def test_a_link_holds_how_the_district_begins_where_it_is_not_as_usual() -> None:
    assert "warmup" not in write_link("en", "explore", Recipe(), 0)
    recipe = Recipe(warmup=90, history="own")
    query = write_link("en", "explore", recipe, 0)
    assert "warmup=90" in query and "history=own" in query
    assert read_link(query).recipe == recipe
    wrong = read_link("warmup=99999&history=never")
    assert wrong.recipe == Recipe() and len(wrong.problems) == 2


def test_an_app_may_begin_its_districts_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(USUAL, "warmup", 0)
    assert read_link("").recipe == Recipe(warmup=0)
    assert "warmup=0" in write_link("en", "explore", Recipe(warmup=0), 0)  # says the same in every other app
    assert "warmup=730" in write_link("en", "explore", Recipe(), 0)


def test_details_of_a_campaign_that_is_not_planned_say_nothing() -> None:
    recipe = Recipe().moved(0, "campaign_days", 60)
    assert recipe.spec().settings == {}
    assert recipe.moved(0, "campaign_issue", "noise").spec().settings == {
        "campaign_issue": "noise",
        "campaign_days": 60,
    }


def test_a_scenarios_own_change_is_the_standard_from_its_day_on() -> None:
    recipe = Recipe(load_scenario("funding_cut"))
    before, after = recipe.standard(119)["social_funding"], recipe.standard(120)["social_funding"]
    assert after == before / 2
    assert recipe.values(200)["social_funding"] == after


@pytest.mark.parametrize(
    "query",
    [
        "lang=zh&page=story&scenario=clear_duties&seed=7&day=120&set=accountability:0.9&set=staffing:1.25@60",
        "lang=en&page=explore&scenario=pingan365&seed=0&day=0&residents=34500&set=campaign_issue:noise&set=campaign_start:2014-05-01",
    ],
)
def test_a_link_says_what_it_was_written_from(query: str) -> None:
    link = read_link(query)
    assert link.problems == ()
    again = read_link(write_link(link.language, link.page, link.recipe, link.day))
    assert again == link
    assert len(link.recipe.moves) == 2


@pytest.mark.parametrize(
    "query",
    [
        "seed=-1",
        "seed=x",
        "day=99999",
        "residents=1",
        "residents=99999999999",
        "scenario=../etc",
        "set=accountability:7",
        "set=nothing:1",
        "set=accountability",
        "set=accountability:0.5@9999",
        "set=accountability:0.5@x",
        "set=" + "a" * 9000,
    ],
)
def test_what_a_link_says_wrong_is_told_and_left_out(query: str) -> None:
    link = read_link(query)
    assert link.recipe == Recipe() and link.day == 0 and link.page == "explore"
    assert link.problems or len(query) > 8000


def test_values_come_as_the_parameters_want_them() -> None:
    assert read_value("accountability", 1) == 1.0 and isinstance(read_value("accountability", 1), float)
    assert read_value("inspectors", 20.0) == 20 and read_value("workshop", False) is False
    assert read_value("campaign_issue", "none") is None
    with pytest.raises(InputErrors, match="accountability"):
        read_value("accountability", [1])


@pytest.mark.parametrize("warmup", [0, 150])
def test_back_to_day_0_and_forth_gives_the_same_bytes(warmup: int) -> None:
    recipe = Recipe(residents=2_000, days=90, warmup=warmup).moved(0, "accountability", 0.9)
    model = build_model(recipe.spec(), events=True)
    frames = Keyframes(model)
    for _ in range(90):
        model.step()
    first = state_of(model)
    frames.go(0)
    assert model.day == 0 and not any(name for name in ("files", "arisen", "closed") if model.world.tally[0][name])
    frames.go(90)
    assert state_of(model) == first


def state_of(model: PinganModel) -> tuple[bytes, ...]:
    """Registers, residents, units and the log."""
    w = model.world
    registers = (w.used(name).tobytes() for name in ("problems", "cases", "assignments", "closures", "events"))
    return *registers, w.residents.tobytes(), w.trust.tobytes(), w.units.tobytes(), repr(model.outcomes()).encode()


def test_keyframes_bring_back_any_day() -> None:
    model = build_model(Recipe(residents=1_500, days=120).spec(), events=True)
    frames, kept = Keyframes(model), {}
    for _ in range(120):
        model.step()
        frames.keep_if_due(full_speed=False)
        kept[model.day] = (model.world.problems.tobytes()[:5000], model.world.trust.tobytes())
    for day in (119, 118, 60, 61, 5, 100, 1):
        frames.go(day)
        assert model.day == day
        assert (model.world.trust.tobytes()) == kept[day][1]
    frames.forget_after(10)
    assert max(frames.kept) <= 10 and 0 in frames.kept
