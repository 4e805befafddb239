"""The app in a browser: one server for all tests, a fresh visitor for each; whatever goes wrong in the page fails the
test."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
READY = "[data-act=play]:not([disabled])"
START_SECONDS = 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if Path(CHROMIUM).exists() or os.environ.get("CI"):
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=f"no browser: install chromium, so that {CHROMIUM} is there"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


OWN_COMMAND = (sys.executable, "-m", "pingan_abm.cli", "app", "--port")
SOLARAS_COMMAND = (sys.executable, "-m", "solara", "run", "--no-check-version", "--no-open", "app.py", "--port")


@contextmanager
def served(folder: Path | None = None, command: Sequence[str] = OWN_COMMAND) -> Iterator[str]:
    """The address of an app of one's own on this machine, started in a folder, for as long as it is needed. command:
    ends where a port belongs."""
    port = str(free_port())
    where = f"http://127.0.0.1:{port}/"
    server = subprocess.Popen([*command, port], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until = time.monotonic() + START_SECONDS
    try:
        while not answers(where):
            assert server.poll() is None, f"the app did not start:\n{server.stdout.read() if server.stdout else ''}"
            assert time.monotonic() < until, "the app did not answer in time"
            time.sleep(0.3)
        yield where
    finally:
        server.terminate()
        server.wait(timeout=20)


def answers(where: str) -> bool:
    """Whether there is a page at an address."""
    try:
        urllib.request.urlopen(where, timeout=5).read()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app's address on this machine."""
    with served() as where:
        yield where


@pytest.fixture(scope="session")
def serve_with() -> Any:
    """Starts an app with a command in a folder, for a with-block that gets its address."""

    def serve(command: Sequence[str], folder: Path) -> Any:
        return served(folder, command)

    return serve


@pytest.fixture(scope="module")
def started_by_solara() -> Iterator[str]:
    """The address of an app that Solara's own command has started."""
    with served(Path(__file__).parents[2], SOLARAS_COMMAND) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def profile(browser: Any) -> Any:
    """A browser profile that has the app's scripts already, as that of somebody who comes again."""
    return browser.new_context(accept_downloads=True)


class Visitor:
    """One visitor's page, with everything noted that it should not do."""

    def __init__(self, profile: Any, address: str, width: int = 1280, height: int = 800) -> None:
        self.address = address
        self.page = profile.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.set_default_timeout(60_000)
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self.on_console)
        self.page.on("pageerror", self.on_error)
        self.page.on("request", self.on_request)
        self.page.on("websocket", self.on_socket)

    def on_console(self, message: Any) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def on_error(self, error: Any) -> None:
        self.wrong.append(str(error))

    def on_request(self, request: Any) -> None:
        self.note(request.url)

    def on_socket(self, one: Any) -> None:
        self.note(one.url.replace("ws://", "http://"))

    def note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)

    def open(self, query: str) -> Any:
        self.page.goto(self.address + "?" + query)
        self.page.wait_for_selector("[data-page=explore]")
        if "page=" not in query or "page=explore" in query or "page=case" in query:
            self.page.wait_for_selector(READY)
        return self.page

    def day(self) -> int:
        return int(
            "".join(
                letter for letter in self.page.inner_text(".pa-day").split("of")[0].split(",")[0] if letter.isdigit()
            )
        )

    def wait_for_day(self, day: int) -> None:
        self.page.wait_for_function(
            "day => { const e = document.querySelector('.pa-day'); return e && (e.textContent.startsWith(`Day ${day} `) "
            "|| e.textContent.startsWith(`第${day}天`)); }",
            arg=day,
        )


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Any, profile: Any) -> Iterator[Any]:
    """Makes visitors; after the test none may have met an error or asked another machine for anything."""
    visitors: list[Visitor] = []
    profiles: list[Any] = []

    def come(width: int = 1280, height: int = 800, *, fresh: bool = False, where: str = "") -> Visitor:
        """where: the address of another app than the one that all tests share."""
        if fresh:
            profiles.append(browser.new_context(accept_downloads=True))
        there = where or request.getfixturevalue("address")
        visitors.append(Visitor(profiles[-1] if fresh else profile, there, width, height))
        return visitors[-1]

    yield come
    for one in visitors:
        one.page.close()
    for kept in profiles:
        kept.close()
    assert [one.wrong for one in visitors if one.wrong] == []
    assert [one.outside for one in visitors if one.outside] == []
