"""Every command on the pages for first readers runs as written, in a small district for a short while."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.places import DOCS

from pingan_abm.cli import run_command

SMALL = {"--residents": "2000", "--days": "30", "--warmup": "0", "--replications": "2"}
TAKES = {"run": list(SMALL), "compare": list(SMALL)}  # which of these options a command has
BLOCK = re.compile(r"(<!-- not run: .+? -->\n)?```\n(pingan .*?)\n```", re.DOTALL)
PAGES = ("learn/ten-minutes.md", "learn/ten-minutes.zh-CN.md")


def commands_of(text: str) -> Iterator[list[str]]:
    """The words of every command in a page's blocks, without `pingan`; a block may say why it is not run."""
    for reason, block in BLOCK.findall(text):
        if not reason:
            yield from (shlex.split(line, comments=True)[1:] for line in block.splitlines())


def small(words: list[str]) -> list[str]:
    """A command with sizes of its own replaced by small ones."""
    wanted = TAKES.get(words[0], [])
    kept = [word for before, word in zip(["", *words], words, strict=False) if not {before, word} & set(wanted)]
    return [*kept, *(part for name in wanted for part in (name, SMALL[name]))]


def test_commands_are_found_and_made_small() -> None:
    text = "```\npingan run a --days 365 # year\npingan list\n```\n<!-- not run: it waits -->\n```\npingan app\n```\n"
    assert list(commands_of(text)) == [["run", "a", "--days", "365"], ["list"]]
    made = small(["run", "a", "--days", "365"])
    assert made[:2] == ["run", "a"] and "365" not in made and made[made.index("--days") + 1] == "30"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = list(commands_of((DOCS / page).read_text("utf-8")))
    assert len(commands) == 2
    monkeypatch.chdir(tmp_path)
    for words in commands:
        assert run_command(small(words)) == 0, capsys.readouterr().err
        assert ("%" in capsys.readouterr().out) and words[0] in TAKES
