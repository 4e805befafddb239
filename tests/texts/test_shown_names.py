"""What is shown may be written: names in either language, in the ways people write them."""

import json

import pytest

from pingan_abm.cli import run_command
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import declarations
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.scenarios.setting_names import settings_from_text
from pingan_abm.texts.shown_names import identified

NAMES = {
    "noise": ("Noise", "噪声扰民"),
    "fumes": ("Fumes (licensed)", "油烟（有照）"),
    "platform": ("Ping'an 365", "“平安365”"),
    "two": ("Twin",),
    "too": ("Twin",),
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noise", "noise"),
        (" NOISE ", "noise"),
        ("噪声扰民", "noise"),
        ("Fumes (licensed)", "fumes"),
        ("fumes(Licensed)", "fumes"),
        ("油烟(有照)", "fumes"),
        ("油烟", "fumes"),
        ("“噪声扰民”", "noise"),
        ("平安365", "platform"),
        ('"平安365"', "platform"),
        ("Twin", None),
        ("", None),
        ("nois", None),
    ],
)
def test_a_name_is_known_however_it_is_written(text: str, found: str | None) -> None:
    assert identified(text, NAMES) == found


def test_every_label_leads_to_its_own_setting_and_outcome() -> None:
    labels = {one.name: (one.en, one.zh) for one in declarations()}
    for name, both in labels.items():
        for label in both:
            twice = sum(label in other for other in labels.values()) > 1
            assert identified(label, labels) == (None if twice and label != name else name)
    for name in scenario_names():
        assert load_scenario(load_scenario(name).title["zh"]) is load_scenario(name)


def test_settings_are_taken_under_their_shown_names() -> None:
    found = settings_from_text(
        [
            "问责力度=0.9",
            "units.食药监局.staff=30",
            "Campaign: issue type=noise",
            "campaign_start=2014年4月1日",
            "一票否决=关",
        ]
    )
    plain = settings_from_text(
        ["accountability=0.9", "units.food_drug.staff=30", "campaign_issue=noise", "campaign_start=2014-04-01"]
    )
    assert {name: found[name] for name in plain} == plain and found["one_vote_veto"] is False
    assert settings_from_text(["campaign_issue=无证无照经营"]) == {"campaign_issue": "unlicensed_trading"}


def test_outcomes_are_taken_under_their_labels(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["compare", "基准", "pingan365"]
    assert run_command([*words, "--outcome", "no such"]) == 2
    capsys.readouterr()
    small = ["--residents", "540", "--days", "2", "--replications", "2", "--warmup", "0"]
    label = OUTCOMES["solved_share"].zh
    assert run_command(["compare", "pingan365", "考核加压", *small, "--outcome", label, "--lang", "zh"]) == 0
    assert label in capsys.readouterr().out
    assert run_command(["list", "units", "--find", "食药监", "--json", "--lang", "en"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)["units"]] == ["food_drug"]
