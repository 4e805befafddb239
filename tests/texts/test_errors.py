"""What is wrong with an input, in the language of whoever reads it."""

import errno
import os
import pickle
import re
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.commands import usage
from pingan_abm.district.files import load_district, start_here
from pingan_abm.scenarios.files import parse_scenario
from pingan_abm.scenarios.parts import Where
from pingan_abm.scenarios.presets import BASELINE, load_scenario
from pingan_abm.scenarios.records import read_incidents
from pingan_abm.texts.errors import (
    FillingError,
    InputErrors,
    all_translated,
    refused,
    sentence,
    shown,
    suggested_name,
    suggestion,
    translated,
    unknown_keys,
    without,
)
from pingan_abm.texts.i18n import translator
from pingan_abm.web.visitor.links import read_link

ZH = translator("zh")
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")  # three words in a row: a sentence, not a name
WRONG = """
tilte = "x"
[parameters]
acountability = 0.9
staffing = 9
campaign_days = 10
[units.fire]
staff = "many"
[units.nobody]
staff = 2
[[changes]]
date = "soon"
[[merge]]
date = 2014-03-01
into = "market"
[[problems]]
date = 2014-05-06
community = "nowhere"
issue_type = 3
severity = 2
"""


def test_a_sentence_is_english_text_that_knows_its_parts() -> None:
    made = sentence("{name}: unknown key.{near}", name="stafing", near=suggestion("stafing", ["staffing", "seed"]))
    assert made == 'stafing: unknown key. Did you mean "staffing"?'
    assert translated(made, ZH) == "stafing：无此键。是否应为“staffing”？"
    kept = pickle.loads(pickle.dumps(InputErrors([made])))  # as it comes back from a worker
    assert all_translated(kept.problems, ZH) == translated(made, ZH)
    assert translated("pingan365", ZH) == "pingan365"


def test_what_is_left_out_is_left_out_in_both_languages() -> None:
    made = without(
        sentence("{path}: {message}", path="/there/mine.toml", message=sentence("the file has no rows")), "/there/"
    )
    assert made == "mine.toml: the file has no rows" and translated(made, ZH) == "mine.toml：文件中没有数据行"


def test_every_mistake_in_a_scenario_file_is_told_in_chinese() -> None:
    with pytest.raises(InputErrors) as caught:
        parse_scenario(WRONG, "mine", "mine.toml")
    assert len(caught.value.problems) >= 8
    for problem in caught.value.problems:
        assert not ENGLISH.search(translated(problem, ZH)), translated(problem, ZH)
        assert translated(problem, translator("en")) == problem


def test_bad_records_are_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("date,issue_type,community\nsoon,noise,hubin_01\n2014-01-05,nois,hubin_01\n2014-01-05,,hubin_99\n")
    with pytest.raises(InputErrors) as caught:
        read_incidents(path, load_scenario(BASELINE), load_district(), start_here(), 365)
    assert len(caught.value.problems) == 4  # the last row is wrong twice
    assert not ENGLISH.search(all_translated(caught.value.problems, ZH))


def test_a_wrong_link_is_told_in_chinese() -> None:
    read = read_link("lang=zh&scenario=nowhere&seed=x&set=accountability:7&set=foo:1&set=bare&file=mine.toml")
    assert len(read.problems) == 6
    assert not ENGLISH.search(all_translated(read.problems, ZH))


@pytest.mark.parametrize(
    "number",
    [errno.ENOSPC, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EROFS]
    + [errno.ENAMETOOLONG, errno.ELOOP],
)
def test_what_the_operating_system_refuses_is_told_in_chinese(number: int) -> None:
    for wrong in (
        OSError(number, os.strerror(number), "file.csv"),
        FillingError(number, os.strerror(number), "out"),
        OSError(number, os.strerror(number)),
    ):
        told = translated(refused(wrong), ZH)
        assert not ENGLISH.search(told) and told.endswith("。") and (wrong.filename or "") in told, told
    assert refused(OSError(errno.EMFILE, "Too many open files", "a")) == "a: Too many open files."
    assert refused(OSError("of a library")) == "the system refuses: of a library."


@pytest.mark.parametrize(
    "words",
    [
        ["run", "nowhere.toml"],
        ["sweep", "nowhere.toml", "--out", "x"],
        ["sweep", ".", "--out", "x"],
        ["run", "nowhere.toml/mine.toml"],
        ["compare", "pingan365", "campaign", "--beliefs", "nowhere.toml"],
        ["seek", "--outcome", "crises", "--lever", "staffing", "--below", "1", "--above", "2"],
    ],
)
def test_files_that_cannot_be_read_and_goals_are_told_in_chinese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([*words, "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert "。" in said and not ENGLISH.search(said), said


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (
            ["sweep"],
            "STUDY.toml is missing. `pingan sweep --help` tells how it is written.",
            "缺少STUDY.toml。写法见`pingan sweep --help`。",
        ),
        (["sweep", "x.toml"], "--out DIR is missing.", "缺少--out DIR。"),
        (
            ["run", "--dayz", "3"],
            'there is no option --dayz. Did you mean "--days"?',
            "没有选项--dayz。是否应为“--days”？",
        ),
        (
            ["status", "--foo", "x"],
            "there is no option --foo. There are: --json, --lang",
            "没有选项--foo。可用的有：--json, --lang",
        ),
        (["runn"], 'there is no command runn. Did you mean "run"?', "没有名为runn的命令。是否应为“run”？"),
        (["status", "a", "b", "c"], "b c is more than the command takes.", "b c超出了这个命令所能接受的内容。"),
        (["status", "a", "--json=1"], "--json takes no value: write it alone.", "--json不带取值，请单独书写。"),
        (["run", "--days"], "--days: no value follows it.", "--days之后没有填写取值。"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_told_in_both_languages(
    words: list[str], english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, told in (("en", english), ("zh", chinese)):
        assert run_command([words[0], "--lang", language, *words[1:]]) == 2
        assert told in capsys.readouterr().err


class UsageError(Exception):
    """Stands for the library's exception of this name."""

    message = "something odd"

    def format_message(self) -> str:
        return self.message


def test_what_the_library_seldom_says_stays_in_its_words() -> None:
    assert usage.explained(UsageError()) == "something odd"


def test_values_are_shown_as_they_stand_in_a_file() -> None:
    assert shown({"values": [0.1, True, "a"], "deep": {"x": {}}}) == '{ values = [0.1, true, "a"], deep = { x = { } } }'
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]
    assert shown(nested) == "[[[[…]]]]"


def test_what_is_known_is_told_once_and_each_name_once() -> None:
    assert suggestion("b", ["a", "a"]) == " There are: a."
    known = ("name", "seed")
    assert unknown_keys(["nam", "qqq", "seed"], known) == [
        (("nam",), 'there is no such key. Did you mean "name"?'),
        (("qqq",), "there is no such key. There are: name, seed."),
    ]
    ((keys, told),) = unknown_keys((f"q{number}" for number in range(99)), known)
    assert len(keys) == 99 and told == "there are no such keys. There are: name, seed."
    assert str(Where("", -1, keys[0], keys[1:])).endswith("q15, …")


def test_the_command_line_tells_it_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["run", "pingan_365", "--lang", "zh", "--set", "acountability=1"]) == 2
    said = capsys.readouterr().err
    assert "没有名为" in said and "是否应为" in said and not ENGLISH.search(said)


@pytest.mark.parametrize(
    "words",
    [
        [
            "run",
            "pizza_shop",
            "--residents",
            "9",
            "--days",
            "x",
            "--start",
            "soon",
            "--replications",
            "0",
            "--seed",
            "-",
            "--events",
        ],
        ["trace", "funding_cut"],
        ["trace", "--replications", "3", "--tell", "7"],
        ["export", "nowhere", "--out", "nowhere/log.csv", "--format", "xml"],
    ],
)
def test_wrong_options_are_told_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command([*words, "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert said and not ENGLISH.search(said), said
    if words[0] == "run":
        assert len(said.splitlines()) == 1 + 6  # each once; nothing more of dates when the days could not be read


def test_the_name_of_a_file_stays_on_its_line() -> None:
    told = sentence("{path} is a folder.", path=Path("a\nb\u200b\x1b[31m\udcff"))
    assert told == "a<U+000A>b<U+200B><U+001B>[31m<U+DCFF> is a folder."
    assert translated(told, lambda text: "{path}是文件夹。") == "a<U+000A>b<U+200B><U+001B>[31m<U+DCFF>是文件夹。"
    assert sentence("{path} is a folder.", path=Path("滨江 区/a.toml")) == "滨江 区/a.toml is a folder."


@pytest.mark.parametrize("number", [errno.ENAMETOOLONG, errno.ELOOP])
def test_a_refusal_of_a_name_is_one_sentence(number: int) -> None:
    told = refused(OSError(number, os.strerror(number), "a\nb"))
    assert told.startswith("a<U+000A>b: ") and os.strerror(number) not in told
    assert refused(OSError(number, os.strerror(number), 7)).startswith("7: ")


NAMES = {"solved_share": ("Really solved", "90日内实际解决率"), "burden": ("Burden", "居民问题负担")}


@pytest.mark.parametrize(
    ("word", "en", "zh"),
    [
        ("solved_shar", "solved_share", "90日内实际解决率"),
        ("Really solvd", "solved_share", "90日内实际解决率"),
        ("日内实际解决率", "solved_share", "90日内实际解决率"),
        ("负担", "burden", "居民问题负担"),
    ],
)
def test_what_is_near_is_offered_under_the_reader_s_name(word: str, en: str, zh: str) -> None:
    told = suggested_name(word, NAMES)
    assert told == f' Did you mean "{en}"?'
    assert translated(told, translator("zh")) == f"是否应为“{zh}”？"


def test_without_anything_near_names_are_listed_as_the_reader_sees_them() -> None:
    told = suggested_name("xx", NAMES)
    assert told == " There are: solved_share, burden."
    assert translated(told, translator("zh")) == "可用的有：90日内实际解决率、居民问题负担。"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["run", "pingan366"], "是否应为“平安365”"),
        (["rank", "--plan", "--lever", "问责力"], "是否应为“问责力度”"),
        (["compare", "pingan365", "society_only", "--plan", "--outcome", "问题负担"], "是否应为“居民问题负担（"),
    ],
)
def test_a_refusal_in_chinese_offers_chinese_names(
    words: list[str], offered: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([*words, "--lang", "zh"]) == 2
    assert offered in capsys.readouterr().err
