"""The page for workshops works as written: its sheet and its commands, in an empty folder, in a small district."""

import re
import shlex
from pathlib import Path

import pytest
from helpers.places import DOCS

from pingan_abm.cli import run_command

SMALL = {"--replications": "2"}
SHORT = ["--residents", "2000", "--days", "30", "--workers", "1"]


def small(words: list[str]) -> list[str]:
    """A command in a small district, for a short while, in one process."""
    sized = [SMALL.get(before, word) for before, word in zip(["", *words], words, strict=False)]
    return sized + (SHORT if words[0] in ("compare", "seek") else [])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["workshop.md", "workshop.zh-CN.md"])
def test_the_workshop_goes_as_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    (sheet,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    commands = [shlex.split(block) for block in re.findall(r"```\n(pingan .*?)\n```", page)]
    assert [words[1] for words in commands] == ["compare", "seek", "report"]
    monkeypatch.chdir(tmp_path)
    Path("beliefs.toml").write_text(sheet, encoding="utf-8")
    for words in commands:
        assert run_command(small(words[1:])) in ((0, 1) if words[1] == "seek" else (0,)), capsys.readouterr().err
    report = Path("workshop.html").read_text(encoding="utf-8")
    assert all(person in report for person in re.findall(r'\[participants\."(.*?)"\]', sheet))
