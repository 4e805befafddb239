"""`pingan docs` opens what was packed, and says what to do where nothing was."""

import webbrowser
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.commands import docs


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that a browser was asked to open; the site is there in both languages."""
    for language in ("en", "zh"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "index.html").write_text(language)
    monkeypatch.setattr(docs, "SITE", tmp_path)
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) or True)
    return asked


def test_the_documentation_opens_in_the_language_asked_for(opened: list[str], tmp_path: Path) -> None:
    assert run_command(["docs", "--lang", "zh"]) == 0 and run_command(["docs", "--lang", "en"]) == 0
    assert opened == [(tmp_path / one / "index.html").as_uri() for one in ("zh", "en")]


def test_only_the_place_is_printed_when_it_is_asked_for(
    opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["docs", "--path", "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'en' / 'index.html'}\n" and opened == []


def test_without_a_browser_the_place_is_said(
    opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert run_command(["docs", "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("index.html\n") and "浏览器" in said.err


def test_what_is_not_built_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "SITE", tmp_path / "none")
    assert run_command(["docs", "--lang", "en"]) == 2
    command = capsys.readouterr().err.partition("build it with: ")[2].split()
    assert command[:4] == ["uv", "run", "--group", "docs"] and (docs.BUILDER.parents[1] / command[5]).is_file()
    monkeypatch.setattr(docs, "BUILDER", tmp_path / "none.py")
    assert run_command(["docs", "--lang", "en"]) == 2
    assert "without its documentation" in capsys.readouterr().err
