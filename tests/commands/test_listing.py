"""`pingan list`: names, and what each means, in both languages."""

import json

import pytest

from pingan_abm.cli import make_command, run_command
from pingan_abm.commands.listing import TOPICS
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.texts.i18n import translator


def test_every_outcome_is_listed_with_its_definition(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", "outcomes", "--json", "--lang", "en"]) == 0
    rows = json.loads(capsys.readouterr().out)["outcomes"]
    assert [row["name"] for row in rows] == list(OUTCOMES)
    (burden,) = [row for row in rows if row["name"] == "burden"]
    assert burden["better"] == "lower" and burden["over"] == "all problems that arose"
    assert burden["definition"].startswith("Severity × residents affected × days")
    assert all(set(row) == {"name", "label", "unit", "better", "over", "definition"} for row in rows)


def test_find_looks_at_names_labels_and_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", "outcomes", "--find", "BURDEN", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "hidden_burden_share" in said and "trust_mean" not in said
    assert "runs of 90 days or less have" in " ".join(said.split())
    assert run_command(["list", "outcomes", "--find", "no such word", "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "no such word" in told.err


def test_in_chinese_everything_but_names_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", "outcomes", "--find", "burden_gini", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "统计对象: 社区" in said and "越低越好" in said and "基尼系数（社区不加权）" in said
    chinese = translator("zh")
    assert [one.name for one in OUTCOMES.values() if chinese(one.definition) == one.definition] == []


def test_an_unknown_topic_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", "outcome", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert 'no list of "outcome"' in told and all(name in told for name in TOPICS)


def test_every_command_has_a_line_of_help_in_chinese() -> None:
    """Click would cut it by its words, and leave dots of a sentence without blanks."""
    for name, command in make_command("zh").commands.items():
        short = command.get_short_help_str(limit=200)
        assert short.endswith("。") and "..." not in short and len(short) > 4, name


def test_sub_types_are_listed_under_their_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", "subtypes", "--find", "排烟口", "--json", "--lang", "en"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["subtypes"]
    assert row["name"] == "vent_position" and row["type"] == "Catering fumes (licensed premises)"
