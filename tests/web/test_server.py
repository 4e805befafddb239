"""Where the app listens, and what it says about that."""

import re
import urllib.request
from typing import Any

import pytest

from pingan_abm.cli import run_command
from pingan_abm.commands.app import LOOPBACK
from pingan_abm.web import server

began: list[tuple[int, str]] = []  # how districts would have begun


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What would have been served; nothing is."""
    asked: list[tuple[str, int]] = []

    def note(host: str, port: int, usual: server.Usual) -> None:
        asked.append((host, port))
        began.append((usual.warmup, usual.history))

    began.clear()
    monkeypatch.setattr(server, "serve", note)
    return asked


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command says, on one line."""
    assert run_command(["app", "--port", "18765", *words]) == 0
    told = capsys.readouterr()
    return re.sub(r"\s+", " ", told.out + told.err)


def test_only_this_machine_unless_told_otherwise(
    served: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "password" not in said(capsys, "--lang", "en")
    assert served == [("127.0.0.1", 18765)] and served[0][0] in LOOPBACK


@pytest.mark.parametrize(("language", "word"), [("en", "password"), ("zh", "密码")])
def test_an_open_address_says_what_it_exposes(
    served: list[tuple[str, int]], capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    text = said(capsys, "--host", "0.0.0.0", "--lang", language)
    assert word in text and "0.0.0.0" in text and served == [("0.0.0.0", 18765)]


def test_solaras_own_command_serves_the_same_app(started_by_solara: str) -> None:
    with urllib.request.urlopen(started_by_solara, timeout=30) as page:
        text = page.read().decode()
    assert page.status == 200 and "solara" in text
    assert re.findall(r"""<(?:script|img|link)[^>]+(?:src|href)=["'](?:https?:)?//""", text) == []


@pytest.mark.browser
def test_what_solaras_own_command_serves_can_be_played(visit: Any, started_by_solara: str) -> None:
    one = visit(where=started_by_solara)
    page = one.open("lang=en&residents=3450&day=3")
    one.wait_for_day(3)
    page.click("[data-act=step]")
    one.wait_for_day(4)


def test_an_app_may_begin_its_districts_otherwise(
    capsys: pytest.CaptureFixture[str], served: list[tuple[str, int]]
) -> None:
    said(capsys)
    said(capsys, "--warmup", "0", "--history", "own")
    assert began == [(730, "today"), (0, "own")]
    assert run_command(["app", "--warmup", "99999", "--history", "onw", "--lang", "en"]) == 2
    wrong = capsys.readouterr().err
    assert "--warmup 99999 is not usable" in wrong and "--history onw is not usable" in wrong and len(served) == 2
