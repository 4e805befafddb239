"""The teaching pack: every link in it opens what it says, in the language of its page, and every button it names is
there."""

import re
import shlex
from datetime import timedelta

import pytest
from helpers.places import DOCS

from pingan_abm.cli import run_command
from pingan_abm.district.files import start_here
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.i18n import translator
from pingan_abm.web.visitor.links import read_link

PAGES = {"en": DOCS / "teaching.md", "zh": DOCS / "teaching.zh-CN.md"}
NAMED = (
    "Class",
    "Open a room",
    "Run and show everybody",
    "Send to the room",
    "A/B: without my changes",
    "What became of all problems",
    "Keep for comparison",
    "The pizza shop",
    "Another luck",
    "Show assumptions too",
    "Where cases go",
    "Institutions",
    "Day by day",
    "Compare",
)


STUDENTS = {"en": DOCS / "student.md", "zh": DOCS / "student.zh-CN.md"}


@pytest.mark.parametrize("language", STUDENTS)
def test_the_page_for_students_opens_what_it_says(language: str) -> None:
    found = {name: re.findall(r"`\?([^`]+)`", page.read_text("utf-8")) for name, page in STUDENTS.items()}
    assert len(found["en"]) >= 7 and [query.replace("lang=zh&", "") for query in found["zh"]] == found["en"]
    for query in found[language]:
        link = read_link(query)
        assert link.problems == () and link.language == language and f"page={link.page}" in query


def links(language: str) -> list[str]:
    """Queries of the links on a page, in the order they stand there."""
    return re.findall(r"\?((?:\w+=[\w.:@-]+&?)+)", PAGES[language].read_text("utf-8"))


@pytest.mark.parametrize("language", PAGES)
def test_links_open_what_they_say(language: str) -> None:
    assert len(links(language)) >= 15
    for query in links(language):
        link = read_link(query)
        assert link.problems == () and link.language == language
        assert f"page={link.page}" in query


def test_both_languages_open_the_same() -> None:
    assert [query.replace("lang=zh&", "") for query in links("zh")] == links("en")


@pytest.mark.parametrize("language", PAGES)
def test_what_it_names_is_on_the_page(language: str) -> None:
    text = PAGES[language].read_text("utf-8")
    assert [name for name in NAMED if translator(language)(name) not in text] == []


def commands(language: str) -> list[list[str]]:
    """Arguments of the commands that make the answers' numbers."""
    return [
        shlex.split(line)[1:]
        for line in re.findall(r"^   `(pingan .*)`$", PAGES[language].read_text("utf-8"), re.MULTILINE)
    ]


def test_both_languages_list_the_same_commands() -> None:
    assert commands("zh") == commands("en")
    assert len(commands("en")) >= 6


@pytest.mark.parametrize("name", ["accountability_from_day_60", "verification_from_day_60"])
def test_the_worksheet_moves_its_lever_on_day_60(name: str) -> None:
    scenario = load_scenario(DOCS / "worksheet" / f"{name}.toml")
    assert [change.date for change in scenario.changes] == [start_here() + timedelta(days=60)]
    assert not scenario.parameters


@pytest.mark.slow
def test_the_commands_run_as_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(DOCS.parent)
    for written in commands("en"):
        pairs = zip(written, ["", *written], strict=False)
        words = [word for word, before in pairs if "--residents" not in (word, before)]  # a smaller size instead
        small = [*words[:-1], "2", "--workers", "1"] if words[0] == "compare" else words
        assert run_command([*small, "--residents", "2000", "--days", "70"]) == 0, capsys.readouterr().err
