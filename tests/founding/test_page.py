"""The how-to, followed to the letter: the files and commands of the page, in a clean folder."""

import re
import shlex
from pathlib import Path

import pytest
from helpers.places import ROOT

from pingan_abm.cli import run_command

PAGES = [ROOT / "docs" / name for name in ("district.md", "district.zh-CN.md")]
FILE = re.compile(r"`([\w./]+)`[:：]\n\n```(?:toml|csv)\n(.*?)\n```", re.DOTALL)
COMMANDS = re.compile(r"```bash\n(.*?)\n```", re.DOTALL)


def lines_of(page: Path) -> list[tuple[int, str, str]]:
    """Files and commands of a page in their order: position, name of a file or "", text."""
    text = page.read_text("utf-8").partition("\n## 4.")[0]
    found = [(one.start(), one[1], one[2]) for one in FILE.finditer(text)]
    found += [(one.start(), "", line) for one in COMMANDS.finditer(text) for line in one[1].splitlines()]
    return sorted(found, key=lambda one: one[0])


def test_both_pages_have_the_same_files_and_commands() -> None:
    first, second = ([(name, text) for _, name, text in lines_of(page)] for page in PAGES)
    assert first == second and len(first) > 12


@pytest.mark.slow
def test_the_page_is_followed_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    for _, name, text in lines_of(PAGES[0]):
        words = shlex.split(text) if not name else []
        if name:
            Path(name).write_text(text, "utf-8")
        elif words[0] == "rm":
            for path in words[1:]:
                Path(path).unlink()
        else:
            assert run_command(words[1:]) == 0, text
    assert "120,000" in Path("riverside.html").read_text("utf-8")
    assert Path("compare.html").stat().st_size > 10_000
    assert "staff" in Path("riverside/units.csv").read_text("utf-8").splitlines()[0]
