"""Parameters: one declaration each, bounds that hold, every problem told at once."""

import math
import pickle
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pingan_abm.parameters.declared import (
    Parameters,
    declarations,
    main_parameters,
    parameter_table,
    parse_value,
    written,
)
from pingan_abm.parameters.fields import GROUPS, UNITS_ZH
from pingan_abm.texts.errors import InputErrors, shown, suggestion

DECLARED = {one.name: one for one in declarations()}
CENTRAL = {
    "funding_dependence": 0.7,
    "accountability": 0.5,
    "social_funding": 50_000_000.0,
    "inspectors": 14,
    "perfunctory_base": -2.0,
    "campaign_start": date(2014, 4, 1),
    "campaign_issue": None,
    "return_form": "logit",
}


def problems_of(overrides: dict[str, object]) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        Parameters.checked(overrides)
    return caught.value.problems


def test_defaults_lie_within_their_own_bounds() -> None:
    assert dict(Parameters.checked({})) == {name: one.default for name, one in DECLARED.items()}
    for one in declarations():
        if one.low is not None and one.high is not None:
            assert one.low <= one.default <= one.high, one.name  # type: ignore[operator]
            assert one.low < one.high


def test_values_that_the_documentation_states() -> None:
    assert {name: DECLARED[name].default for name in CENTRAL} == CENTRAL


def test_every_parameter_speaks_both_languages() -> None:
    for one in declarations():
        assert one.group in GROUPS
        for words in (one.zh, one.meaning_zh):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in words), one.name
        for words in (one.en, one.meaning_en):
            assert words.strip() == words != "" and not any("\u4e00" <= letter <= "\u9fff" for letter in words), (
                one.name
            )


def test_every_switch_can_be_turned_on_and_off() -> None:
    switches = [one.name for one in declarations() if one.type == "switch"]
    assert len(switches) > 20
    for name in switches:
        for value in (True, False):
            assert getattr(Parameters.checked({name: value}), name) is value


def test_all_problems_are_told_at_once_with_what_to_write() -> None:
    told = problems_of(
        {
            "acountability": 1,
            "accountability": 1.5,
            "workshop": 1,
            "trust_gain": math.nan,
            "return_form": "logi",
            "inspectors": 2.5,
            "campaign_start": "soon",
            "risk_focus": True,
        }
    )
    assert len(told) == 9  # one each, and a campaign without an issue type
    text = "\n".join(told)
    for needed in (
        'Did you mean "accountability"',
        "0 to 1",
        "true or false",
        "logit, score_loss",
        "whole number",
        "2014-05-01",
        "campaign_issue",
    ):
        assert needed in text


@pytest.mark.parametrize("value", [True, "0.5", None, math.inf, -math.inf, math.nan, -0.01, 1.01, [0.5], {}])
def test_what_is_no_number_within_bounds_is_refused(value: object) -> None:
    assert "accountability" in problems_of({"accountability": value})[0]


def test_contradictions() -> None:
    assert "campaign_issue" in problems_of({"campaign_days": 10})[0]
    assert Parameters.checked({"campaign_days": 10, "campaign_issue": "noise"}).campaign_days == 10
    assert "both off" in problems_of({"social_cogovernance": False, "administrative_handling": False})[0]
    assert Parameters.checked({"command_centre": False}).command_centre is False


def test_parameters_are_frozen_and_reject_what_checked_rejects() -> None:
    parameters = Parameters.checked({"accountability": 0.9, "inspectors": 28})
    with pytest.raises(ValidationError):
        parameters.accountability = 0.1
    assert parameters.overrides() == {"accountability": 0.9, "inspectors": 28}
    assert parameters.overridden({"staffing": 1.5}).overrides() == {
        "accountability": 0.9,
        "inspectors": 28,
        "staffing": 1.5,
    }
    assert pickle.loads(pickle.dumps(parameters)) == parameters
    with pytest.raises(InputErrors):
        parameters.overridden({"accountability": 2})


def test_numpy_numbers_count_as_numbers() -> None:
    made = Parameters.checked(
        {"accountability": np.float64(0.25), "inspectors": np.int64(3), "workshop": np.bool_(False)}
    )
    assert (made.accountability, made.inspectors, made.workshop) == (0.25, 3, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("3", 3),
        (" true ", True),
        ("off", False),
        ("none", None),
        ("2014-05-01", date(2014, 5, 1)),
        ("noise", "noise"),
        ('"noise"', "noise"),
        ("1e-3", 1e-3),
        ("[1, 2]", [1, 2]),
        ("1\nvalue = 2", "1\nvalue = 2"),
    ],
)
def test_values_are_written_as_in_toml(text: str, value: object) -> None:
    read = parse_value("accountability", text)
    assert read == value and type(read) is type(value)


@given(st.text(), st.text())
def test_any_text_is_read_or_refused_in_plain_words(name: str, text: str) -> None:
    try:
        value = parse_value(name, text)
    except InputErrors as wrong:
        assert wrong.problems and all(problem.strip() for problem in wrong.problems)
        return
    try:
        Parameters.checked({name: value})
    except InputErrors as wrong:
        assert all("\n" not in problem and len(problem) < 1000 for problem in wrong.problems)


@given(
    st.sampled_from(sorted(DECLARED)),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.lists(st.integers(), max_size=2)
    ),
)
def test_any_value_is_used_as_it_is_or_refused_by_name(name: str, value: object) -> None:
    try:
        made = Parameters.checked(
            {
                name: value,
                **({"campaign_issue": "noise"} if name.startswith("campaign_") and name != "campaign_issue" else {}),
            }
        )
    except InputErrors as wrong:
        assert all(name in problem for problem in wrong.problems)
    else:
        assert getattr(made, name) == value


@given(st.sampled_from([one for one in declarations() if one.type in ("number", "integer")]), st.floats(0, 1))
def test_what_is_written_is_read_back(one: object, share: float) -> None:
    value = one.low + share * (one.high - one.low)  # type: ignore[attr-defined]
    value = round(value) if one.type == "integer" else value  # type: ignore[attr-defined]
    assert parse_value(one.name, written(value)) == value  # type: ignore[attr-defined]


def test_table_lists_every_parameter_once_in_both_languages() -> None:
    for language in ("en", "zh"):
        table = parameter_table(language, declarations())
        for one in declarations():
            assert table.count(f"| `{one.name}` |") == 1
            assert one.label(language) in table
        assert parameter_table(language) == parameter_table(language, main_parameters())


def test_errors_survive_the_way_between_processes() -> None:
    wrong = InputErrors(["one", "two"])
    assert pickle.loads(pickle.dumps(wrong)).problems == ("one", "two") == wrong.problems
    assert str(wrong) == "one\ntwo"


@given(st.text(max_size=300))
def test_messages_stay_on_one_line(text: str) -> None:
    assert len(shown(text)) <= 60 and "\n" not in shown(text)
    assert "\n" not in suggestion(text, DECLARED)


def test_every_unit_has_its_chinese_word() -> None:
    assert [one.unit for one in declarations() if one.unit not in UNITS_ZH] == []
    assert "| 元/年 |" in parameter_table("zh") and "yuan" not in parameter_table("zh")
