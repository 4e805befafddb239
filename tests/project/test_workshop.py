"""The page for workshops works as written: its sheets and its commands, in an empty folder, in a small district."""

import re
import shlex
from pathlib import Path

import pytest
from helpers.belief_books import PEOPLE, fill
from helpers.places import DOCS

from pingan_abm.cli import run_command
from pingan_abm.study.decide.beliefs import parse_beliefs

SMALL = {"--replications": "2", "--people": "15"}
SHORT = ["--residents", "2000", "--days", "120", "--warmup", "0", "--workers", "1"]


def small(words: list[str]) -> list[str]:
    """A command in a small district, for a short while, in one process."""
    sized = [SMALL.get(before, word) for before, word in zip(["", *words], words, strict=False)]
    return sized + (SHORT if words[0] in ("compare", "seek") else [])


@pytest.mark.parametrize("name", ["workshop.md", "workshop.zh-CN.md"])
def test_the_beliefs_file_of_the_page_is_read(name: str) -> None:
    (sheet,) = re.findall(r"```toml\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    assert len(parse_beliefs(sheet, name).of) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["workshop.md", "workshop.zh-CN.md"])
def test_the_workshop_goes_as_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(pingan .*?)\n```", page, re.DOTALL)
    commands = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert [words[1] for words in commands] == ["beliefs", "compare", "seek", "report", "brief"]
    monkeypatch.chdir(tmp_path)
    for words in commands:
        assert run_command(small(words[1:])) in ((0, 1) if words[1] == "seek" else (0,)), capsys.readouterr().err
        if words[1] == "beliefs":
            fill(Path("sheets.xlsx"))
    report = Path("workshop.html").read_text(encoding="utf-8")
    assert all(f"Person {number}" in report for number in range(1, PEOPLE + 1))
    assert f"{PEOPLE}" in report and Path("workshop.docx").is_file()
