"""The app in a browser: one server for all tests, a fresh visitor for each; whatever goes wrong in the page fails the
test."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import CHROMIUM, FLAGS, SOLARAS_COMMAND, Visitor, served
from helpers.places import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if Path(CHROMIUM).exists() or os.environ.get("CI"):
        return
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=f"no browser: install chromium, so that {CHROMIUM} is there"))


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
    with served(ROOT, SOLARAS_COMMAND) as where:
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
