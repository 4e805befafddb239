"""Study files and the designs they ask for."""

import string
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingan_abm.parameters.declared import Parameters, declarations, members
from pingan_abm.report.numbers import Labels
from pingan_abm.study.analyse.analysis import lay_out, write_design
from pingan_abm.study.analyse.effects import influence
from pingan_abm.study.analyse.sensitivity import sobol
from pingan_abm.study.keep.folder import create_store
from pingan_abm.study.keep.records import Record
from pingan_abm.study.plan.design import design_points, make_plan
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.sweep import study_manifest
from pingan_abm.texts.errors import InputErrors, translated
from pingan_abm.texts.i18n import translator

RANGES = """
[parameters]
accountability = { low = 0.0, high = 1.0, steps = 3 }
contract_months = { low = 6, high = 12, steps = 4 }
one_vote_veto = {}
campaign_start = { low = 2014-03-01, high = 2014-03-11, steps = 2 }
campaign_issue = { values = ["noise", "pollution"] }
units.environment.staff = { low = 1.0, high = 9.0, steps = 2 }
"""


def parsed(text: str) -> Study:
    return parse_study(text, "study", "study.toml", Path("."))


def test_a_grid_has_every_combination_once_in_the_parameters_own_types() -> None:
    points = design_points(parsed(RANGES))
    assert len(points) == 3 * 4 * 2 * 2 * 2 * 2
    assert len({tuple(point.items()) for point in points}) == len(points)
    assert {point["accountability"] for point in points} == {0.0, 0.5, 1.0}
    assert {point["contract_months"] for point in points} == {6, 8, 10, 12}
    assert {point["campaign_start"] for point in points} == {date(2014, 3, 1), date(2014, 3, 11)}
    assert {point["one_vote_veto"] for point in points} == {True, False}


@pytest.mark.parametrize(("method", "points"), [("lhs", 32), ("sobol", 32 * 8), ("morris", 32 * 7)])
def test_sampled_values_lie_within_their_bounds_and_types(method: str, points: int) -> None:
    study = parsed(f'[design]\nmethod = "{method}"\nsamples = 32\n{RANGES}')
    found = design_points(study)
    assert len(found) == points
    for point in found:
        entry = point.pop("units.environment.staff")
        assert 1.0 <= entry <= 9.0
        Parameters.checked(point)
        assert isinstance(point["contract_months"], int) and 6 <= point["contract_months"] <= 12
        assert date(2014, 3, 1) <= point["campaign_start"] <= date(2014, 3, 11)
    assert {point["contract_months"] for point in found} == set(range(6, 13)) or method == "morris"


@pytest.mark.parametrize("method", ["lhs", "sobol", "morris"])
def test_a_design_depends_on_the_seed_and_on_nothing_else(method: str) -> None:
    text = f'[design]\nmethod = "{method}"\nsamples = 8\n{RANGES}'
    assert design_points(parsed(text)) == design_points(parsed(text))
    assert design_points(parsed(f"seed = 0\n{text}")) == design_points(parsed(text))
    assert design_points(parsed(f"seed = 1\n{text}")) != design_points(parsed(text))


def test_runs_go_through_all_points_before_the_next_replication() -> None:
    plan = make_plan(parsed("replications = 3\n[parameters]\naccountability = { values = [0.1, 0.5, 0.9] }\n"))
    assert [task.spec.replication for task in plan.tasks()] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert [task.run_id for task in plan.tasks()] == [
        plan.ids()[point][number] for number in range(3) for point in range(3)
    ]


def test_points_that_come_out_equal_are_one_run() -> None:
    study = parsed('[design]\nmethod = "lhs"\nsamples = 50\n[parameters]\ncontract_months = { low = 6, high = 8 }\n')
    plan = make_plan(study)
    assert (len(plan.points), plan.count(), len(list(plan.tasks()))) == (50, 3, 3)


def test_points_that_make_no_sense_are_told_before_anything_runs() -> None:
    with pytest.raises(InputErrors, match="point 4 of the design: social_cogovernance and administrative_handling"):
        make_plan(
            parsed(
                "[parameters]\nsocial_cogovernance = { values = [true, false] }\n"
                "administrative_handling = { values = [true, false] }\n"
            )
        )


def test_every_mistake_is_told_with_its_line() -> None:
    with pytest.raises(InputErrors) as raised:
        parsed(
            'nam = 1\nresidents = 3\ndays = "many"\n[design]\nmethod = "gird"\n[parameters]\n'
            "acountability = { values = [1] }\n"
            "staffing = { low = 3, high = 1, steps = 2 }\ntarget_days = 2\n[targets]\ncrisis = 1\n"
        )
    told = "\n".join(raised.value.problems)
    for line, word in (
        (1, 'Did you mean "name"'),
        (2, "residents"),
        (3, "days"),
        (5, 'Did you mean "grid"'),
        (7, "accountability"),
        (8, "must lie below"),
        (9, "as a table"),
        (11, 'Did you mean "crises"'),
    ):
        assert any(f"line {line}:" in one and word in one for one in raised.value.problems), (line, word, told)


@pytest.mark.parametrize(
    "text",
    [
        'start = 2015-01-01\nscenario = "late.toml"\n[settings]\naccountability = 0.5\n',
        'scenario = "society_only"\n[settings]\nsocial_cogovernance = false\nadministrative_handling = true\n',
        "[settings]\nunits.fire.crisis_rank = 1\nunits.emergency.crisis_rank = 0\n",
        '[settings]\ncampaign_days = 20\ncampaign_issue = "noise"\n',
    ],
    ids=["later dates", "one for another", "a rank handed over", "a campaign"],
)
def test_settings_that_are_sound_only_together_are_taken(text: str, tmp_path: Path) -> None:
    (tmp_path / "late.toml").write_text(
        '[[problems]]\ndate = 2015-03-02\ncommunity = "hubin_01"\nissue_type = "noise"\n'
    )
    body = f"residents = 600\n{text}[parameters]\nstaffing = {{ values = [1.0, 2.0] }}\n"
    assert parse_study(body, "mine", "mine.toml", tmp_path).settings


def test_every_mistake_among_the_settings_is_told_with_its_line() -> None:
    lines = [
        "zzz = 1",
        "[parameters]",
        "staffing = { values = [1.0, 2.0] }",
        "[settings]",
        "qqq = 3",
        "www = 4",
        "campaign_days = 100000",
        "devolved_authority = 4",
        "units.fire.staff = -1",
    ]
    with pytest.raises(InputErrors) as told:
        parsed("\n".join(lines))
    assert [line.partition(": ")[0] for line in told.value.problems] == [
        f"study.toml, line {line}" for line in ("1", "5, 6", "7", "8", "9")
    ]


def test_unknown_keys_of_a_table_are_told_together() -> None:
    with pytest.raises(InputErrors) as raised:
        parsed(
            "residents = 2000\nzzz = 1\nreplicatons = 1\nqqq = 3\n[design]\nfoo = 1\n[parameters]\nvvvv = {}\n"
            "staffing = { values = [1.0] }\n"
            "wwww = { low = 1, high = 2 }\n"
        )
    told = raised.value.problems
    assert told[0].startswith(
        "study.toml, line 2, 4: zzz, qqq: there are no such keys. There are: name, question, scenario,"
    )
    assert told[1] == 'study.toml, line 3: replicatons: there is no such key. Did you mean "replications"?'
    assert told[2] == (
        "study.toml, line 6: design, foo: there is no such key. There are: method, samples, luck, second_order."
    )
    assert told[3].startswith("study.toml, line 8, 10: parameters, vvvv, wwww: there are no such keys. There are: ")
    assert len(told) == 4
    assert translated(told[0], translator("zh")).startswith("study.toml第2, 4行：zzz, qqq：没有这些键。可用的有：name")


def test_scenarios_may_vary_one_at_a_time_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[parameters]\nstaffing = 2.0\n")
    text = '[design]\nmethod = "oat"\n[parameters]\nscenario = { values = ["campaign", "own.toml"] }\n'
    text += "accountability = { values = [0.1, 0.9] }\n"
    study = parse_study(text, "s", "s.toml", tmp_path)
    points = make_plan(study).points
    assert points == (
        {"scenario": "campaign", "accountability": 0.1},
        {"scenario": "own.toml", "accountability": 0.1},
        {"scenario": "campaign", "accountability": 0.9},
    )
    specs = [study.spec(point, 0) for point in points]
    assert [spec.scenario.name for spec in specs] == ["campaign", "own", "campaign"]
    assert all("scenario" not in spec.settings for spec in specs)
    assert study.scenario.name == "campaign" and set(study.contents()["scenarios"]) == {"campaign", "own.toml"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[parameters]\nscenario = { values = ["campain"] }\n', 'Did you mean "campaign"'),
        ("[parameters]\nscenario = { values = [3] }\n", "name or file in quotes"),
        ("[parameters]\nscenario = { low = 1, high = 2, steps = 2 }\n", "values = [ … ]"),
        ('scenario = "campaign"\n[parameters]\nscenario = { values = ["campaign"] }\n', "varies under [parameters]"),
        ("question = 3\n[parameters]\nstaffing = { values = [1.0] }\n", "one for each language"),
        ('question = { de = "Wie?" }\n[parameters]\nstaffing = { values = [1.0] }\n', "there is no such key"),
    ],
)
def test_scenarios_and_questions_that_cannot_be_read_are_told(text: str, word: str) -> None:
    with pytest.raises(InputErrors) as raised:
        parsed(text)
    assert word in "\n".join(raised.value.problems)


def test_a_sweep_can_be_laid_out_again_without_its_study_file(tmp_path: Path) -> None:
    study = parsed(f'replications = 2\nresidents = 2000\n[design]\nmethod = "lhs"\nsamples = 6\n{RANGES}')
    plan = make_plan(study)
    store = create_store(tmp_path / "out", study_manifest(plan))
    write_design(store.folder, plan)
    records = [
        Record(task.run_id, task.spec, {}, "ok", outcomes={"crises": float(place)})
        for place, task in enumerate(plan.tasks())
    ]
    store.append(records[:-1])
    laid = lay_out(tmp_path / "out")
    np.testing.assert_array_equal(laid.outcome("crises"), [[0, 6], [1, 7], [2, 8], [3, 9], [4, 10], [5, np.nan]])
    assert laid.names == [one.name for one in study.ranges]
    assert laid.inputs().to_dict("records") == list(plan.points)
    assert laid.places().shape == (6, 6)


NAMES = st.one_of(
    st.sampled_from([one.name for one in declarations()]),
    st.text(string.ascii_lowercase + "_.", min_size=1, max_size=12),
)
VALUES = st.one_of(
    st.integers(-5, 10**6),
    st.floats(allow_nan=False),
    st.booleans(),
    st.text(max_size=8),
    st.lists(st.one_of(st.integers(0, 3), st.floats(0, 1), st.booleans()), max_size=3),
)
TABLES = st.dictionaries(st.sampled_from(["low", "high", "steps", "values", "lo"]), VALUES, max_size=3)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, float):
        return repr(value) if value - value == 0 else "inf"
    return str(value) if isinstance(value, int) else '"' + "".join(c if c.isalnum() else "." for c in value) + '"'


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(NAMES, st.one_of(TABLES, VALUES), max_size=4),
    st.dictionaries(
        st.sampled_from(["residents", "days", "seed", "replications", "scenario", "start", "name", "series"]),
        VALUES,
        max_size=3,
    ),
)
def test_any_study_file_is_read_or_refused_in_words(parameters: dict[str, Any], keys: dict[str, Any]) -> None:
    lines = [f"{key} = {toml(value)}" for key, value in keys.items()]
    text = "\n".join([*lines, "[parameters]", *(f'"{name}" = {toml(value)}' for name, value in parameters.items())])
    tomllib.loads(text)
    try:
        study = parsed(text)
    except InputErrors as wrong:
        assert all(one and "\n" not in one for one in wrong.problems)
    else:
        assert all(one.first() is not None or one.name == "campaign_issue" for one in study.ranges)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with pytest.raises(InputErrors):
        parsed(text)


GROUPED = """
groups = ["paper", "returns"]
residents = 2000
[design]
method = "METHOD"
samples = 8
[parameters]
accountability = {}
paper_work = { low = 0.2, high = 0.3 }
[settings]
return_base = -3.0
"""


@pytest.mark.parametrize(("method", "points"), [("lhs", 8), ("sobol", 8 * (4 + 2)), ("morris", 8 * (4 + 1))])
def test_a_group_is_one_factor_of_all_its_numbers(method: str, points: int) -> None:
    """But for those that the file gives a range or a value of their own."""
    study = parsed(GROUPED.replace("METHOD", method))
    assert study.factors == ("accountability", "paper_work", "group:paper", "group:returns")
    moved = {one.name for one in (*members("paper"), *members("returns"))} - {"return_base"}
    assert {one.name for one in study.ranges} == moved | {"accountability"}
    found = design_points(study)
    assert len(found) == points
    for point in found:
        Parameters.checked(point)
        assert 0.2 <= point["paper_work"] <= 0.3
    strains = [point["paper_strain_effect"] for point in found]
    assert min(strains) < 30 and max(strains) > 50  # from bound to bound


def test_members_of_a_group_move_in_the_same_rows() -> None:
    points = design_points(parsed(GROUPED.replace("METHOD", "morris")))
    names = [one.name for one in members("returns") if one.name != "return_base"]
    for before, after in zip(points[:4], points[1:5], strict=True):
        assert len({before[name] != after[name] for name in names}) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('groups = ["settlin"]\n[design]\nmethod = "lhs"\n', "settling"),
        ('groups = ["switches"]\n[design]\nmethod = "lhs"\n', "no numbers"),
        ('groups = ["paper"]\n[design]\nmethod = "grid"\n', "method = lhs, sobol or morris"),
        ('groups = "paper"\n[design]\nmethod = "lhs"\n', "list of names"),
        ('groups = ["paper"]\n[design]\nmethod = "sobol"\nsamples = 8\n', "two parameters or groups"),
    ],
)
def test_groups_that_cannot_be_moved_are_told(text: str, word: str) -> None:
    with pytest.raises(InputErrors, match=word):
        parsed(text)


def test_a_sweep_of_groups_can_be_analysed_by_group(tmp_path: Path) -> None:
    """The outcome depends on one member of a group alone: its group has the whole index."""
    study = parsed(GROUPED.replace("METHOD", "sobol").replace("samples = 8", "samples = 256"))
    plan = make_plan(study)
    store = create_store(tmp_path / "out", study_manifest(plan))
    write_design(store.folder, plan)
    value = {one: float(point["paper_strain_effect"]) for one, point in zip(plan.contents, plan.points, strict=True)}
    store.append(
        [
            Record(task.run_id, task.spec, {}, "ok", outcomes={"crises": value[contents]})
            for contents, task in zip(dict.fromkeys(plan.contents), plan.tasks(), strict=True)
        ]
    )
    laid = lay_out(tmp_path / "out")
    assert tuple(dict.fromkeys(laid.factors)) == study.factors
    found = sobol(laid.names, laid.outcome("crises"), laid.seed, laid.factors)
    total = {one.parameter: one.value for one in found.indices if one.index == "total"}
    assert list(total) == list(study.factors)
    assert total["group:paper"] == pytest.approx(1.0, abs=0.05)
    assert total["group:returns"] == total["accountability"] == pytest.approx(0.0, abs=1e-9)
    names, values, _, index = influence(laid, "crises")
    assert (names, index) == (list(study.factors), "Sobol' total")
    assert Labels("zh")("group:paper") == "纸面办结"
