"""What the app shows, without a browser: flows, cards, map, inspector, cases, chapters, reports, words."""

import ast
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.places import PACKAGE

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.parameters.declared import declarations
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.analyse.effects import classes
from pingan_abm.study.decide.compare import Arm, Replicated, replicate
from pingan_abm.texts.errors import InputErrors
from pingan_abm.texts.i18n import translator
from pingan_abm.web.pages.chapters import CHAPTERS, HIGHER, LOWER, SAME
from pingan_abm.web.pages.reports import report_page
from pingan_abm.web.pages.story import Answer
from pingan_abm.web.pages.terms import TERMS
from pingan_abm.web.pages.uploads import use_scenario, used
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.shown import flows as streams
from pingan_abm.web.shown.cards import board
from pingan_abm.web.shown.case_search import FILTERS, search
from pingan_abm.web.shown.explaining import news
from pingan_abm.web.shown.figures import FunnelBars, week_mean
from pingan_abm.web.shown.inspector import inspect
from pingan_abm.web.shown.institution_map import network_layout, network_state
from pingan_abm.web.shown.lever_panel import panel, step_of, values_of
from pingan_abm.web.shown.monthly import Monthly
from pingan_abm.web.shown.places import PLACE_INDICATORS, map_layout, scale_of
from pingan_abm.web.shown.static_figures import heat_map
from pingan_abm.web.shown.study_results import stores
from pingan_abm.web.shown.tables import CHARTS, chart_table
from pingan_abm.web.shown.timelines import timeline
from pingan_abm.web.shown.widgets import SCRIPTS
from pingan_abm.web.visitor.comparison import Found, Kept
from pingan_abm.web.visitor.links import read_link, write_link
from pingan_abm.web.visitor.session import Session
from pingan_abm.world.cases import CLOSED
from pingan_abm.world.relations import between_units

WEB = PACKAGE / "web"


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_flows_keep_every_problem(year: PinganModel) -> None:
    moved = streams.flows(year)
    rows = year.world.used("problems")
    registered = int((~np.isnan(rows["registered"])).sum())
    into_desks = moved.value[moved.target < streams.FIRST_UNIT].sum()
    at_ends = moved.value[moved.target >= streams.FIRST_END].sum()
    assert into_desks == at_ends == registered
    for unit in range(streams.FIRST_UNIT, streams.FIRST_END):
        assert moved.value[moved.target == unit].sum() == moved.value[moved.source == unit].sum()
    cases = year.world.used("cases")
    filed = rows[(rows["file"] >= 0) & ~np.isnan(rows["registered"]) & (rows["onset"] >= 0)]
    closed = cases["state"][filed["file"]] == CLOSED
    never = int((closed & np.isnan(filed["solved"])).sum())  # also what faded after its closure
    assert moved.value[moved.target == streams.FIRST_END + streams.ON_PAPER].sum() == never > 0
    for language in ("en", "zh"):
        assert len(streams.node_names(year, language)) == streams.FIRST_END + streams.ENDS


def test_cards_set_true_beside_reported(year: PinganModel) -> None:
    content = board(year, "en")
    assert content["date"] == "Wed 31 Dec 2014" and content["share"] == 1.0
    assert board(year, "zh")["date"] == "2014年12月31日 星期三"
    assert [card["title"] for card in content["pairs"][:2]] == ["All problems", "Cases"]
    problems, files = content["pairs"][:2]
    check_shares(problems)
    check_shares(files)
    points = int(problems["left"]["value"].strip("%")) - int(problems["right"]["value"].strip("%"))
    assert problems["gap"] == f"{points} points higher"  # of the numbers as they are shown
    never = streams.closed_never_solved(year)
    assert never > 0 and files["gap"] == f"{never:,} closed, never solved"
    burden, load = content["singles"][:2]
    assert burden["title"] == "Burden" and float(burden["value"]) == pytest.approx(year.outcomes()["burden"], abs=0.05)
    assert load["title"] == "Load" and float(load["value"]) == pytest.approx(year.outcomes()["load_ratio"], abs=0.005)


def check_shares(cases: dict[str, Any]) -> None:
    reported, true = (int(cases[side]["value"].strip("%")) for side in ("left", "right"))
    assert 100 >= reported > true > 0


def test_cards_before_the_first_day_have_no_shares(small: PinganModel) -> None:
    assert [card["left"]["value"] for card in board(small, "en")["pairs"][:2]] == ["–", "–"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_funnel_and_its_table_tell_the_same(year: PinganModel, language: str) -> None:
    bars, found = FunnelBars(), Cohorts(year).funnel
    bars.name(language)
    bars.paint(found)
    counts = np.frombuffer(bars.widget.values, np.float32).astype(int).tolist()
    assert counts == [found.arisen, found.known, found.handled, found.claimed, found.solved, found.hollow]
    assert counts[0] >= counts[1] >= counts[2] >= counts[3] > counts[4] > counts[5] > 0
    table = chart_table(year, "funnel", "unsolved", "backlog_days", language)["tables"][0]
    assert [row[0] for row in table["rows"]] == [*bars.widget.look["names"], bars.widget.look["hollow"]]
    assert [int(row[1].replace(",", "")) for row in table["rows"]] == counts
    assert table["rows"][0][2] == "100.0%"


@pytest.mark.parametrize("name", PLACE_INDICATORS)
def test_the_map_has_a_number_for_every_community(year: PinganModel, name: str) -> None:
    one = PLACE_INDICATORS[name]
    values = one.values(year)
    low, high = scale_of(one, values)
    assert values.shape == (54,) and np.isfinite(values).all()
    assert low < high and (values <= high + 1e-9).all()


def test_tiles_of_the_map_do_not_overlap(year: PinganModel) -> None:
    layout = map_layout(year.district)
    places = {(tile["x"], tile["y"]) for tile in layout["tiles"]}
    assert len(places) == 54 and len(layout["blocks"]) == 6
    assert [tile["id"] for tile in layout["tiles"]] == [one.id for one in year.district.communities]


def test_the_network_shows_every_institution(year: PinganModel) -> None:
    layout = network_layout(year)
    state = np.frombuffer(network_state(year, layout), np.float32)
    nodes, ties = len(layout["nodes"]), len(layout["ties"])
    assert len(state) == 3 * nodes + ties and ties == 33 * 32 / 2
    assert nodes == 2 + 33 + len(year.groups) + len(year.organisations)
    queues = {node["id"]: state[3 * i] for i, node in enumerate(layout["nodes"])}
    for number, unit in enumerate(year.district.units):
        assert queues[unit.id] == year.world.units["queued"][number]
    assert np.allclose(state[3 * nodes :], between_units(year.world)[np.triu_indices(33, 1)], atol=1e-6)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_is_clicked_has_a_sheet(year: PinganModel, language: str) -> None:
    months = Monthly()
    months.notes = {
        day: {
            "community_trust": np.full(54, 0.5 + day / 1000),
            "queue": np.arange(33.0),
            "score": np.full(33, np.nan),
            "income": np.ones(99),
            "alignment": np.ones(99),
            "energy": np.ones(9),
        }
        for day in (0, 30)
    }
    targets = [node["id"] for node in network_layout(year)["nodes"]] + [
        "community:0",
        "community:53",
        "resident:0",
        "problem:0",
        "place:0",
        f"place:{len(year.places) - 1}",
    ]
    with_file = int(np.flatnonzero(year.world.used("problems")["file"] >= 0)[0])
    for target in [*targets, f"problem:{with_file}"]:
        content = inspect(year, months, target, language)
        assert content["title"] and (content.get("facts") or content.get("texts"))
    content = inspect(year, months, "community:3", language)
    assert content["sparks"][0]["values"] == [0.5, 0.53] and content["sparks"][0]["days"] == [0, 30]
    assert content["curve_words"] == (["Table", "Day", "value"] if language == "en" else ["表格", "天数", "数值"])


@pytest.mark.parametrize(
    "target",
    [
        "",
        "community:54",
        "community:-1",
        "resident:99999999",
        "organisation_999",
        "organisation_000",
        "organisation_",
        "studio_99",
        "studio_x",
        "problem:x",
        "place:x",
        "place:999999",
        "nobody",
    ],
)
def test_a_click_on_nothing_shows_nothing(year: PinganModel, target: str) -> None:
    assert "title" not in inspect(year, Monthly(), target, "en")


def test_a_place_has_a_sheet_of_its_own(year: PinganModel) -> None:
    """Its counts are those of the registers, its problems lead back to it, and a name in records is its title."""
    number = int(np.argmax(year.world.places["problems"]))
    content = inspect(year, Monthly(), f"place:{number}", "en")
    facts = {name: (value, note) for name, value, note in content["facts"]}
    problems = year.world.used("problems")
    own = (problems["place"] == number) & (problems["onset"] >= 0.0)
    assert facts["Problems so far"][0] == str(int(own.sum()))
    assert facts["Problems so far"][1].startswith("place 1 of ")
    assert facts["Penalties"][0] == str(int(year.world.places["penalties"][number]))
    linked = [target for _, target in content["links"] if target.startswith("problem:")]
    assert linked and all(own[int(target.partition(":")[2])] for target in linked)
    back = inspect(year, Monthly(), linked[0], "en")["links"]
    assert ("The place that caused it", f"place:{number}") in [tuple(one) for one in back]
    year.place_names[number] = "Roma"
    assert inspect(year, Monthly(), f"place:{number}", "zh")["title"] == "Roma"
    del year.place_names[number]


def test_the_map_shows_where_the_busiest_places_are(year: PinganModel) -> None:
    counts = np.sort(year.world.places["problems"])[::-1]
    most = counts[: math.ceil(0.01 * (counts > 0).sum())].sum()
    assert PLACE_INDICATORS["busiest"].values(year).sum() == most > 0


def test_months_forget_what_is_taken_back(small: PinganModel) -> None:
    months = Monthly()
    for _ in range(61):
        months.note(small)
        if small.day < 60:
            small.step()
    assert sorted(months.notes) == [0, 30, 60]
    months.forget_after(30)
    assert sorted(months.notes) == [0, 30]


@pytest.mark.parametrize("chart", CHARTS)
def test_tables_behind_charts(year: PinganModel, chart: str) -> None:
    for language in ("en", "zh"):
        table = chart_table(year, chart, "trust", "open_assignments", language)["tables"][0]
        assert {len(row) for row in table["rows"]} == {len(table["head"])}
    assert chart_table(year, "", "trust", "open_assignments", "en") == {}


def test_the_ticker_tells_the_latest_first(year: PinganModel) -> None:
    lines = news(year, "zh")
    assert lines and [one.when for one in lines] == sorted((one.when for one in lines), reverse=True)
    assert all(one.target.startswith("problem:") for one in lines)


@pytest.mark.parametrize("by", FILTERS)
def test_cases_are_found(year: PinganModel, by: str) -> None:
    hits = search(year, by, None)
    if by == "injected":
        assert hits == []
        return
    assert 0 < len(hits) <= 15
    if by == "returned":
        assert [hit.returns for hit in hits] == sorted((hit.returns for hit in hits), reverse=True)
    if by == "paper":
        assert all(hit.closed and not hit.solved for hit in hits)
    noise = year.district.issue_index("noise")
    assert {hit.issue for hit in search(year, by, noise)} == {noise}
    content = timeline(year, hits[0].problem, "zh")
    assert content["items"] and len(content["lanes"]) == 8
    assert [item["day"] for item in content["items"]] == sorted(item["day"] for item in content["items"])


def test_means_of_a_week_pass_over_unknown_days() -> None:
    values = np.array([np.nan, 2.0, np.nan, 4.0] + [1.0] * 10)
    means = week_mean(values)
    assert np.isnan(means[0]) and means[1] == 2.0 and means[3] == 3.0 and means[-1] == 1.0


# -- levers, chapters, reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_panel_has_every_parameter_once(language: str) -> None:
    names = [item["name"] for group in panel(language, assumptions=True)["groups"] for item in group["items"]]
    assert sorted(names) == sorted(one.name for one in declarations())
    levers = [item["name"] for group in panel(language, assumptions=False)["groups"] for item in group["items"]]
    assert sorted(levers) == sorted(one.name for one in declarations() if one.role == "lever")
    values, standard = values_of(Recipe(), 0)
    assert set(names) <= set(values) and values == standard


def test_steps_of_sliders_reach_both_ends() -> None:
    for one in declarations():
        if one.low is not None and one.high is not None:
            count = (one.high - one.low) / step_of(one)
            assert 1 <= count <= 210 or one.type == "integer"


def test_chapters_name_what_there_is() -> None:
    assert len(CHAPTERS) == 5
    for chapter in CHAPTERS:
        assert {chapter.outcome, *chapter.watch} <= set(OUTCOMES)
        assert {chapter.first.scenario, chapter.second.scenario} <= set(scenario_names())
        for text in (chapter.title, chapter.text, chapter.question, chapter.think):
            assert text.en and text.zh and text.en != text.zh


@pytest.mark.parametrize(
    ("before", "after", "verdict"), [(0.1, 0.2, HIGHER), (0.2, 0.1, LOWER), (0.1, 0.1001, SAME), (None, 0.1, SAME)]
)
def test_the_run_gives_the_answer(before: float | None, after: float, verdict: str) -> None:
    chapter = CHAPTERS[2]
    assert Answer({chapter.outcome: before}, {chapter.outcome: after}).verdict(chapter) == verdict


@pytest.fixture(scope="module")
def found() -> Found:
    arms = tuple(
        Arm(name, Recipe(load_scenario(name), residents=1_000, days=90).spec())
        for name in ("pingan365", "society_only")
    )
    done, kept = Replicated(arms), Kept(arms)
    replicate(done, range(3), 1, keep=kept.keep, series=True)
    return Found(arms, 3, tuple(done.comparisons(OUTCOMES)), kept.series([0, 1, 2]), (), done)


def test_series_of_a_comparison_are_kept_by_label(found: Found) -> None:
    assert list(found.series) == ["pingan365", "society_only"]
    assert found.series["pingan365"]["problems_arisen"].shape == (3, 90)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_is_one_page_without_internet(found: Found, language: str) -> None:
    page = report_page(found, language)
    assert page.startswith("<!doctype html>") and "http" not in page.replace("http-equiv", "")
    assert page.count("<circle") > 5 and OUTCOMES["closure_gap"].label(language) in page


def test_sampled_settings_are_put_into_classes() -> None:
    labels, places = classes(list(np.linspace(0.0, 1.0, 50)))
    assert len(labels) == 10 and places.min() == 0 and places.max() == 9
    assert classes([True, False, True]) == ([False, True], pytest.approx(np.array([1, 0, 1])))


def test_only_sweeps_of_the_folder_are_offered(tmp_path: Path) -> None:
    for name in ("a", "b/c", "d"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "manifest.json").write_text("{}")
    for name in ("a", "b/c"):
        (tmp_path / name / "design.parquet").write_bytes(b"")
    assert stores(tmp_path) == [tmp_path / "a", tmp_path / "b" / "c"]


# -- words -------------------------------------------------------------------------------------------------------------


def said_texts() -> set[str]:
    """Texts that the app hands to a translator."""
    found = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            named = isinstance(node.func, ast.Name)
            if named and node.func.id == "Heading":  # type: ignore[attr-defined]
                texts = node.args[1:2]
            elif (named and node.func.id == "say") or (  # type: ignore[attr-defined]
                isinstance(node.func, ast.Call)
                and isinstance(node.func.func, ast.Name)
                and node.func.func.id == "translator"
            ):
                texts = node.args[:1]
            else:
                continue
            found |= {
                one.value
                for text in texts
                for one in ast.walk(text)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return found


def test_everything_the_app_says_it_says_in_chinese() -> None:
    texts, chinese = said_texts(), translator("zh")
    assert len(texts) > 200
    assert sorted(text for text in texts if chinese(text) == text) == []
    for text in texts:
        assert {part.split("}")[0] for part in text.split("{")[1:]} == {
            part.split("}")[0] for part in chinese(text).split("{")[1:]
        }, text


def test_terms_are_in_both_languages() -> None:
    for english, chinese, meaning, in_chinese in TERMS:
        assert english.isascii() and meaning and not chinese.isascii() and not in_chinese.isascii()


def test_scripts_ask_nothing_of_other_machines() -> None:
    scripts = [path.read_text("utf-8") for path in SCRIPTS.glob("*.js")]
    assert len(scripts) >= 10
    for text in scripts:
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_a_heat_map_with_empty_cells_can_be_read_by_a_page() -> None:
    """JSON has no word for "not a number"."""
    drawn = heat_map(
        ["0", "1"], ["a", "b"], np.array([[0.5, np.nan], [np.nan, 1.0]]), ("x", "y"), "title"
    ).to_plotly_json()
    assert json.loads(json.dumps(drawn["data"][0]["z"], allow_nan=False)) == [[0.5, None], [None, 1.0]]


def test_a_link_tells_of_files_that_it_does_not_hold(tmp_path: Path) -> None:
    """Also when the file is called like a preset."""
    own = load_scenario("pingan365")
    recipe = Recipe(scenario=replace(own, parameters={"staffing": 0.5}), incidents=tmp_path / "mine.csv")
    read = read_link(write_link("en", "explore", recipe, 3))
    assert read.recipe == Recipe() and read.day == 3
    assert [any(name in problem for problem in read.problems) for name in ("pingan365.toml", "mine.csv")] == [
        True,
        True,
    ]
    assert read_link(write_link("en", "explore", Recipe(), 3)).problems == ()


def test_mistakes_in_an_uploaded_file_name_no_folder_of_the_server(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[parameters]\nstaffing = 99\n")
    with pytest.raises(InputErrors) as wrong:
        used(Session(read_link("")), use_scenario, path)
    assert "bad.toml" in str(wrong.value) and str(tmp_path) not in str(wrong.value)


def test_named_organisations_have_their_own_name_in_either_language() -> None:
    model = PinganModel(residents=3_450, days=1)
    named = {one.names for one in model.organisations}
    assert ("Lend-a-Hand Service Society", "帮一把服务社") in named
    assert all(zh != en for en, zh in named)
