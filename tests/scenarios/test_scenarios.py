"""Scenarios: the presets say what the documentation says, and users' files are checked to the last key."""

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from helpers.places import DOCS
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.cli import run_command
from pingan_abm.district.files import ISSUE_OVERRIDES, UNIT_OVERRIDES, base_district, load_district
from pingan_abm.files.toml import LARGEST_FILE
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.scenarios.files import parse_scenario
from pingan_abm.scenarios.parts import STEPS
from pingan_abm.scenarios.presets import (
    Merge,
    Scenario,
    load_scenario,
    scenario_names,
    split_settings,
)
from pingan_abm.scenarios.words import ENTRY_WORDS, describe
from pingan_abm.texts.errors import InputErrors
from pingan_abm.trace.follow import MILESTONES

START, DAYS = date(2014, 1, 1), 365
DISTRICT = base_district()
OVERRIDES: dict[str, dict[str, Any]] = {
    "fragmented_2010": {
        "command_centre": False,
        "joint_meetings": False,
        "workshop": False,
        "appraisal": False,
        "channel_integration": 0.1,
        "verification_rate": 0.03,
        "accountability": 0.3,
    },
    "pingan365": {},
    "hierarchy_only": {"social_cogovernance": False},
    "society_only": {
        "administrative_handling": False,
        "command_centre": False,
        "joint_meetings": False,
        "workshop": False,
        "appraisal": False,
    },
    "tight_accountability": {"accountability": 0.9, "target_amplification": 0.35, "satisfaction_weight": 0.1},
    "people_centred": {
        "satisfaction_weight": 0.7,
        "independent_verification": True,
        "verification_rate": 0.3,
        "inspectors": 28,
    },
    "clear_duties": {"jurisdiction_clarity": 1.0, "devolved_authority": 0.6, "staff_follows_duties": True},
    "funding_cut": {},
    "diversified_funding": {"funding_dependence": 0.3},
    "campaign": {
        "campaign_issue": "unlicensed_trading",
        "campaign_start": date(2014, 4, 1),
        "campaign_days": 42,
        "campaign_intensity": 0.5,
    },
    "regular_campaigns": {
        "campaign_issue": "unlicensed_trading",
        "campaign_start": date(2014, 3, 1),
        "campaign_days": 21,
        "campaign_every": 91,
        "campaign_intensity": 0.5,
    },
    "more_studios": {"grassroots_groups": 6},
    "shared_credit": {"shared_credit": 1.0},
    "round_tables": {"forums": 2.0},
    "pizza_shop": {},
    "open_channels": {"channel_cost": 0.3},
    "public_voice": {"public_voice": 1.0},
    "rung_1_queues": {
        "places": False,
        "remedies": False,
        "behaviour": "capacity_only",
        "appraisal": False,
        "ratchet": False,
        "campaign_crisis": False,
        "learning": False,
        "workshop": False,
        "social_cogovernance": False,
        "diffusion": False,
        "hearing": False,
        "volunteers_ask": False,
        "neighbours_mediate": False,
        "studios_ask": False,
        "ladder": False,
        "relation_network": "none",
        "staffing": 2.01,
        "centre_items_a_day": 900,
    },
    "rung_2_appraisal": {
        "places": False,
        "remedies": False,
        "social_cogovernance": False,
        "diffusion": False,
        "hearing": False,
        "volunteers_ask": False,
        "neighbours_mediate": False,
        "studios_ask": False,
        "ladder": False,
        "relation_network": "none",
        "staffing": 2.08,
        "centre_items_a_day": 900,
    },
    "rung_3_society": {
        "places": False,
        "remedies": False,
        "diffusion": False,
        "hearing": False,
        "volunteers_ask": False,
        "neighbours_mediate": False,
        "studios_ask": False,
        "ladder": False,
        "relation_network": "none",
        "staffing": 1.01,
    },
    "rung_4_network": {"places": False, "remedies": False, "staffing": 0.97},
    "rung_5_places": {},
}
BAD = """tittle = "x"
title = "Try"
[parameters]
acountability = 1
accountability = 2
[units.environment]
staf = 3
[[changes]]
date = 2014-05-01
parameters = { social_funding = -1 }
[[changes]]
date = 2014-06-01
units.fire.staff = true
[[problems]]
date = 2014-05-06
community = "hubin_01"
issue_type = "noise"
severity = 2
documented = { supervision = 2014-05-01, suprvision = 2014-06-01 }
"""


MANY = """title = "On accountability = 2"
storry = "x"
[parameters]
acountability = 0.9
campaign_issue = "noize"
verification_rate = 7
[units.enviroment]
staff = 3
[units.fire]
staff = "many"
[issues.noise]
lead = "nobody"
[issues.pollution]
shares = { environmnt = 1.0 }
[[changes]]
parameters = { accountability = 2 }
[[changes]]
date = 2014-03-01
parameters = { campaign_issue = "nois" }
[[merge]]
date = 2014-05-01
units = ["industry_commerce", "food_drugs"]
into = "industry_comerce"
[[problems]]
date = 2013-05-06
community = "wangjian_01"
issue_type = "catering_fume"
channel = "gird"
severity = 2
documented = { suprvision = 2014-06-16 }
[columns]
dat = "x"
[categories]
"Noise, loud" = "noize"
[communities]
Altstadt = "hubin_1"
"""
MISTAKES = {  # line: what is said of it
    2: 'storry: there is no such key. Did you mean "story"?',
    4: 'Did you mean "accountability"?',
    5: 'Did you mean "noise"?',
    6: "verification_rate = 7 is above",
    7: 'Did you mean "environment"?',
    10: 'units.fire.staff = "many" does not fit',
    12: 'issues.noise.lead: there is no linkage unit "nobody". There are: ',
    14: 'Did you mean "environment"?',
    15: "changes 1, date: is missing",
    16: "accountability = 2 is above 1",
    19: 'Did you mean "noise"?',
    22: 'Did you mean "food_drug"?',
    23: 'Did you mean "industry_commerce"?',
    25: "None of the 1 injected problems",
    26: 'Did you mean "wangjiang_01"?',
    27: 'Did you mean "catering_fumes"?',
    28: 'Did you mean "grid"?',
    29: "severity: 2 is not usable",
    30: 'Did you mean "supervision"?',
    32: 'Did you mean "date"?',
    34: 'Did you mean "noise"?',
    36: 'Did you mean "hubin_01"?',
}


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        parse_scenario(text, "mine", "mine.toml")
    return caught.value.problems


def test_the_presets_and_their_overrides() -> None:
    assert scenario_names() == tuple(OVERRIDES)
    for name, overrides in OVERRIDES.items():
        scenario = load_scenario(name)
        assert dict(scenario.parameters) == overrides
        assert scenario.check(START, DAYS, DISTRICT) == []
        assert Parameters.checked(scenario.parameters)
        assert set(scenario.title) == set(scenario.story) == {"en", "zh"}
        assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_the_budget_is_halved_on_day_120() -> None:
    (change,) = load_scenario("funding_cut").changes
    assert (change.date - START).days == 120
    assert change.parameters["social_funding"] == Parameters().social_funding / 2


def test_the_documented_case() -> None:
    (problem,) = load_scenario("pizza_shop").problems
    assert (problem.date, problem.community, problem.issue_type) == (date(2014, 5, 6), "wangjiang_01", "catering_fumes")
    assert (problem.severity, problem.min_units, problem.channel) == (0.4, 2, "grid")
    days = {step: (day - problem.date).days for step, day in problem.documented.items()}
    assert days == {
        "first_dispatch": 0,
        "second_report": 23,
        "joint_dispatch": 23,
        "supervision": 41,
        "special_meeting": 44,
        "rule_learned": 44,
    }


def test_descriptions_in_both_languages() -> None:
    for name in scenario_names():
        scenario = load_scenario(name)
        for language in ("en", "zh"):
            told = describe(scenario, language)
            assert name in told and scenario.story[language] in told
            assert all(parameter in told for parameter in scenario.parameters)
    assert "50,000,000 → 25,000,000" in describe(load_scenario("funding_cut"))
    assert "开 → 关" in describe(load_scenario("hierarchy_only"), "zh")


def test_every_mistake_of_a_file_is_told_with_its_line() -> None:
    told = problems_of(BAD)
    lines = dict(enumerate(BAD.splitlines(), 1))
    wanted = {
        1: '"title"',
        4: '"accountability"',
        5: "0 to 1",
        7: '"staff"',
        10: "social_funding",
        13: "units.fire.staff",
        18: "0 to 0.95",
    }
    for number, needed in wanted.items():
        assert any(one.startswith(f"mine.toml, line {number}:") and needed in one for one in told), lines[number]
    assert sum("line 19" in one for one in told) == 2
    assert len(told) == len(wanted) + 2


def test_every_kind_of_mistake_is_told_at_once_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.toml"
    path.write_text(MANY, "utf-8")
    assert run_command(["run", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 2
    said = capsys.readouterr()
    told = [line for line in said.err.splitlines() if line.startswith(str(path))]
    for number, needed in MISTAKES.items():
        assert any(line.startswith(f"{path}, line {number}: ") and needed in line for line in told), (number, needed)
    assert len(told) == len(MISTAKES) and said.out == ""
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_keys_of_a_table_are_told_together() -> None:
    told = problems_of(
        't = 1\nstorry = "x"\nqqq = 2\n[parameters]\nvvvv = 1\nacountability = 0.5\nwwww = 2\n[[changes]]\n'
        "date = 2014-03-01\n"
        "parameters = { staffing = 1.1 }\nxxx = 1\nyyy = 2\n"
    )
    assert told[0].startswith("mine.toml, line 1, 3: t, qqq: there are no such keys. There are: title, story,")
    assert told[1] == 'mine.toml, line 2: storry: there is no such key. Did you mean "story"?'
    assert told[2].startswith("mine.toml, line 5, 7: parameters, vvvv, wwww: there are no such keys. There are: ")
    assert told[3] == (
        'mine.toml, line 6: parameters, acountability: unknown parameter "acountability". '
        'Did you mean "accountability"?'
    )
    assert told[4] == (
        "mine.toml, line 11, 12: changes 1, xxx, yyy: there are no such keys. "
        "There are: date, parameters, units, issues."
    )
    assert len(told) == 5
    (told,) = problems_of("t = 1\n")
    assert told.startswith("mine.toml, line 1: t: there is no such key.")


def test_changes_are_checked_on_top_of_what_came_before_them() -> None:
    later = "[[changes]]\ndate = 2014-06-01\nparameters = { campaign_intensity = 0.2 }\n"
    earlier = '[[changes]]\ndate = 2014-05-01\nparameters = { campaign_issue = "noise" }\n'
    assert [change.date.month for change in parse_scenario(later + earlier, "mine", "mine.toml").changes] == [5, 6]
    assert "campaign_intensity without a campaign" in problems_of(later)[0]
    (told,) = problems_of(later + earlier + "[[changes]]\ndate = 2014-04-01\nparameters = { campaign_days = 3 }")
    assert told.startswith("mine.toml, line 7: changes 3: campaign_days without a campaign")
    (told,) = problems_of(
        earlier.replace('"noise"', '"nois"') + "[[changes]]\ndate = 2014-01-05\nparameters = { staffing = 1.1 }"
    )
    assert told.startswith("mine.toml, line 3: changes 1")


def test_the_same_mistake_is_told_wherever_it_is_made() -> None:
    text = (
        "".join(f"[[changes]]\ndate = 2014-0{month}-01\nunits.fire.staff = -1\n" for month in (3, 4))
        + '[issues.noise]\nlead = "me"'
    )
    assert [told.partition(": ")[0] for told in problems_of(text)] == [f"mine.toml, line {line}" for line in (3, 6, 8)]
    rates = "".join(f"[issues.{issue.id}]\nrate = 0\n" for issue in DISTRICT.issues[1:])
    late = f"[[changes]]\ndate = 2014-03-01\nissues.{DISTRICT.issues[0].id}.rate = 0"
    assert parse_scenario(rates, "mine", "mine.toml") and parse_scenario(late, "mine", "mine.toml")
    assert "at least one type must have problems" in problems_of(rates + late)[0]  # wrong together only


def test_a_missing_key_is_told_where_its_own_entry_begins() -> None:
    entries = '[[problems]]\ncommunity = "hubin_01"\nissue_type = "noise"\n'
    entries += '[[problems]]\ndate = 2014-05-06\nissue_type = "noise"\n'
    assert [told.partition(": ")[0] for told in problems_of(entries)] == ["mine.toml, line 1", "mine.toml, line 4"]


def test_a_change_may_replace_a_lead_by_shares() -> None:
    text = '[issues.noise]\nlead = "fire"\n[[changes]]\ndate = 2014-01-03\n'
    text += "issues.noise.shares = { fire = 0.5, environment = 0.5 }"
    model = PinganModel(scenario=parse_scenario(text, "mine", "mine.toml"), residents=600, days=4, warmup=0)
    for _ in range(4):
        model.step()
    assert model.district.issues[model.district.issue_index("noise")].shares == {"fire": 0.5, "environment": 0.5}


def test_a_new_unit_has_names_in_both_languages() -> None:
    merge = '[[merge]]\ndate = 2014-05-01\nunits = ["industry_commerce", "food_drug"]\ninto = "market"\n'
    assert (
        "If it is to be a new one" in problems_of(merge)[0]
        and "If it is to be a new one" in problems_of(merge + 'en = "Market"')[0]
    )
    assert parse_scenario(merge + 'en = "Market"\nzh = "市场"', "mine", "mine.toml").merges[0].zh == "市场"


def test_unknown_names_are_told_with_the_nearest() -> None:
    told = "\n".join(
        problems_of("""
[categories]
"Lärm" = "nois"
[communities]
Altstadt = "hubin_1"
[[problems]]
date = 2014-05-06
community = "wangjian_01"
issue_type = "catering_fume"
channel = "grit"
[[merge]]
date = 2014-05-01
units = ["food_drugs", "sub_hubin"]
into = "industry_commerce"
[parameters]
campaign_issue = "noize"
""")
    )
    for needed in (
        '"noise"',
        '"hubin_',
        '"wangjiang_01"',
        '"catering_fumes"',
        '"grid"',
        '"food_drug"',
        "subdistrict office",
    ):
        assert needed in told, needed


def test_units_merge_once_and_into_somebody() -> None:
    first = Merge(date(2014, 5, 1), ("food_drug", "quality_supervision"), "industry_commerce")
    assert Scenario("a", merges=(first,)).check(START, DAYS, DISTRICT) == []
    new = Merge(
        date(2014, 5, 1), ("food_drug", "industry_commerce"), "market_supervision", "Market Supervision", "区市场监管局"
    )
    assert Scenario("a", merges=(new,)).check(START, DAYS, DISTRICT) == []
    again = Merge(date(2014, 7, 1), ("food_drug", "fire"), "fire")
    assert "already been merged" in Scenario("a", merges=(again, first)).check(START, DAYS, DISTRICT)[0]
    assert Scenario("a", merges=(Merge(date(2014, 5, 1), ("fire",), "fire"),)).check(START, DAYS, DISTRICT)


def test_what_is_dated_outside_the_run_is_counted_and_none_inside_is_an_error() -> None:
    pizza, cut = load_scenario("pizza_shop"), load_scenario("funding_cut")
    assert pizza.outside(START, DAYS)["problems"] == 0
    assert "None of the 1 injected problems" in pizza.check(START, 100, DISTRICT)[0]
    assert pizza.check(START, 126, DISTRICT) == [] and pizza.check(START, 125, DISTRICT)
    assert cut.check(START, 60, DISTRICT) == [] and cut.outside(START, 60)["changes"] == 1


def test_settings_may_name_entries_of_the_tables() -> None:
    parameters, units, issues = split_settings(
        {"accountability": 0.9, "units.environment.staff": 12, "issues.noise.lead": "fire"}
    )
    assert (parameters, units, issues) == (
        {"accountability": 0.9},
        {"environment": {"staff": 12}},
        {"noise": {"lead": "fire"}},
    )
    with pytest.raises(InputErrors) as caught:
        split_settings({"units.environment": 1, "towns.x.y": 2, "units..staff": 3})
    assert len(caught.value.problems) == 3


def test_settings_lie_on_top_of_a_scenario() -> None:
    scenario = parse_scenario(
        "[issues.noise]\nshares = { fire = 1.0 }\ntarget_days = 3\n[units.fire]\nstaff = 4", "mine", "mine.toml"
    )
    above = scenario.with_settings({"accountability": 0.9}, {"fire": {"tier": 3}}, {"noise": {"lead": "environment"}})
    assert above.units == {"fire": {"staff": 4, "tier": 3}}
    assert above.issues == {"noise": {"target_days": 3, "lead": "environment"}}
    assert load_district(above.units, above.issues).entropy("noise") == 0
    assert above.parameters["accountability"] == 0.9 and "accountability" not in scenario.parameters


def test_files_that_are_no_scenario(tmp_path: Path) -> None:
    cases = {
        "big.toml": b"#" * (LARGEST_FILE + 1),
        "gbk.toml": 'title = "标题"'.encode("gbk"),
        "broken.toml": b"[parameters\n",
        "deep.toml": b"x = " + b"[" * 5000,
        "digits.toml": b"days = " + b"9" * 5000,
    }
    for name, content in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(InputErrors) as caught:
            load_scenario(path)
        assert len(caught.value.problems) == 1 and name in caught.value.problems[0]
    for path in (tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(InputErrors):
            load_scenario(path)


def test_bare_names_in_other_letters_are_told_to_need_quotes() -> None:
    assert "line 2" in (told := problems_of('[categories]\n噪声 = "noise"')[0]) and "in quotes" in told


def test_a_misspelt_preset_is_told_the_nearest() -> None:
    with pytest.raises(InputErrors, match="campaign"):
        load_scenario("campagn")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    lines = [
        'title = "Mein"',
        "[[changes]]",
        'date = "2014-05-01"',
        "units.fire.staff = 3",
        "[parameters]",
        'campaign_issue = "none"',
        "",
    ]
    path.write_text("\n".join(lines), "utf-8-sig")
    scenario = load_scenario(str(path))
    assert scenario.name == "mine" and scenario.title == {"en": "Mein", "zh": "Mein"}
    assert scenario.changes[0].date == date(2014, 5, 1) and scenario.changes[0].units == {"fire": {"staff": 3}}
    assert scenario.parameters == {"campaign_issue": None}


def test_what_a_change_may_not_do() -> None:
    assert (
        "cannot change during a run"
        in problems_of("[[changes]]\ndate = 2014-05-01\nparameters = { persons_per_grid = 500 }")[0]
    )
    assert "changes nothing" in problems_of("[[changes]]\ndate = 2014-05-01")[0]
    assert "is missing" in problems_of("[[changes]]\nparameters = { accountability = 0.1 }")[0]


KEYS = st.sampled_from(
    [
        "title",
        "story",
        "parameters",
        "units",
        "issues",
        "changes",
        "merge",
        "problems",
        "columns",
        "categories",
        "communities",
        "date",
        "fire",
        "noise",
        "staff",
        "documented",
        "into",
        "accountability",
        "zh",
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        ["1", "true", '"x"', "2014-05-01", "nan", "-1", "'none'", '"noise"', "2014-05-01T10:00:00Z", "inf"]
    ),
    lambda inner: st.one_of(
        st.builds("[{}]".format, inner),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda d: "{" + ", ".join(f"{k} = {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_toml_is_a_scenario_or_refused_with_the_file_named(tables: dict[str, str]) -> None:
    text = "\n".join(f"{key} = {value}" for key, value in tables.items())
    try:
        scenario = parse_scenario(text, "mine", "mine.toml")
    except InputErrors as wrong:
        assert wrong.problems and all(one.startswith("mine.toml") and "\n" not in one for one in wrong.problems)
    else:
        assert scenario.check(START, 100_000, DISTRICT) == [] or scenario.problems
        assert describe(scenario)


@given(st.text(max_size=200))
def test_any_text_is_a_scenario_or_refused(text: str) -> None:
    try:
        parse_scenario(text, "mine", "mine.toml")
    except InputErrors as wrong:
        assert wrong.problems


def test_a_campaign_is_told_whole_and_what_stays_is_not_told() -> None:
    told = describe(load_scenario("campaign"))
    assert "42 (days)" in told and "Unlicensed trading" in told and "2014-04-01. " in told
    for name in scenario_names():
        for line in describe(load_scenario(name)).splitlines():
            before, arrow, after = line.partition(" → ")
            assert not arrow or before.rpartition(": ")[2] != after.split(" ")[0].rstrip("."), line


def test_the_documented_case_is_told_whole_in_both_languages() -> None:
    wanted = {
        "en": ("severity 0.4", "2 units or more", "Grid officer's upload", "Supervision with a deadline 2014-06-16"),
        "zh": ("严重程度0.4", "至少须2个单位", "网格上报", "限期督办 2014-06-16"),
    }
    for language, parts in wanted.items():
        told = describe(load_scenario("pizza_shop"), language)
        assert all(part in told for part in parts), told


def test_a_file_of_ones_own_is_told_in_words() -> None:
    text = """
[units.fire]
staff = 12
[issues.noise]
lead = "environment"
[[changes]]
date = 2014-05-01
parameters = { social_funding = 25000000 }
[[changes]]
date = 2014-07-01
parameters = { social_funding = 50000000 }
issues.noise.shares = { environment = 0.5, public_security = 0.5 }
[[merge]]
date = 2014-05-01
units = ["industry_commerce", "food_drug"]
into = "market_supervision"
en = "Market Supervision Bureau"
zh = "区市场监管局"
[[merge]]
date = 2014-06-01
units = ["culture", "publicity"]
into = "publicity"
[columns]
date = "Opened"
[categories]
Loud = "noise"
Inner = ""
"""
    told = describe(parse_scenario(text, "mine", "mine.toml"))
    (fire,) = [unit for unit in load_district().units if unit.id == "fire"]
    for needed in (
        f"Fire Brigade, staff, staff-days a day: {fire.staff:g} → 12",
        "5% → Environmental Protection Bureau",
        "From 2014-05-01: Funding for social organisations (social_funding): 50,000,000 → 25,000,000",
        "From 2014-07-01: Funding for social organisations (social_funding): 25,000,000 → 50,000,000",
        "Environmental Protection Bureau 100% → Environmental Protection Bureau 50%, Public Security Branch 50%",
        "become one: Market Supervision Bureau",
        "Press Bureau become part of Publicity Department",
        "date = Opened",
        "translated: 1, left out: 1",
    ):
        assert needed in told, needed
    chinese = describe(parse_scenario(text, "mine", "mine.toml"), "zh")
    assert "合并为区市场监管局" in chinese and "区消防大队，人力" in chinese


def test_every_step_of_a_case_and_entry_of_the_tables_has_its_words() -> None:
    assert tuple(STEPS) == tuple(milestone.name for milestone in MILESTONES)
    assert {*UNIT_OVERRIDES, *ISSUE_OVERRIDES} <= set(ENTRY_WORDS)


@pytest.mark.parametrize("page", ["what-if.md", "what-if.zh-CN.md"])
def test_the_file_in_the_how_to_has_every_part_and_runs(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    scenario = parse_scenario(text.split("```toml\n")[1].split("```")[0], "mine", page)
    assert all(
        (scenario.parameters, scenario.units, scenario.issues, scenario.merges, scenario.changes, scenario.problems)
    )
    assert scenario.check(START, DAYS, DISTRICT) == []
    model = PinganModel(scenario=scenario, residents=600, days=250, warmup=0)
    for _ in range(250):
        model.step()
    assert model.district.units[model.district.unit_index("industry_commerce")].en == "Market Supervision Bureau"
    assert model.parameters.accountability == 0.8 and model.world.used("problems")["injected"].sum() == 1


def test_a_place_in_a_crisis_may_be_handed_over_on_a_date_and_not_held_twice() -> None:
    given = "[[changes]]\ndate = 2014-03-01\nunits.emergency.crisis_rank = 0\n"
    taken = "[[changes]]\ndate = 2014-04-01\nunits.fire.crisis_rank = 1\n"
    assert len(parse_scenario(given + taken, "mine", "mine.toml").changes) == 2
    assert parse_scenario("[units.emergency]\ncrisis_rank = 0\n" + taken, "mine", "mine.toml").changes
    for text in (taken, taken.replace("04-01", "02-01") + given, "[units.fire]\ncrisis_rank = 2\n"):
        assert "have the same crisis_rank" in problems_of(text)[0]
