"""The app in a browser: an app of one's own on this machine, a visitor to it, and what she saves."""

import csv
import io
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
READY = "[data-act=play]:not([disabled])"
START_SECONDS, END_SECONDS = 120, 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


OWN_COMMAND = (sys.executable, "-m", "pingan_abm.cli", "app", "--port")
#: An app whose chapters run small districts, one pair each.
SMALL_STORY = """
import sys
from pingan_abm.web import server
from pingan_abm.web.pages import story
story.RESIDENTS, story.PAIRS = 3_450, 1
server.serve("127.0.0.1", int(sys.argv[1]))
"""
SMALL_STORY_COMMAND = (sys.executable, "-c", SMALL_STORY)
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
        try:
            server.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:  # a busy machine, and many districts to let go
            server.kill()
            server.wait()


def answers(where: str) -> bool:
    """Whether there is a page at an address."""
    try:
        urllib.request.urlopen(where, timeout=5).read()
    except OSError:
        return False
    return True


#: What Plotly's own widget raises, now and then, where a page is left or loaded anew while it draws: it looks for its
#: element, which has gone. (The letters before it are its compressed names.)
LEFT_EARLY = re.compile(r"(TypeError: )?\w+\.el\.on is not a function")


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
        if not LEFT_EARLY.fullmatch(str(error)):
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
            "day => { const e = document.querySelector('.pa-day'); return e && (e.textContent.startsWith(`Day ${day} "
            "`) || e.textContent.startsWith(`第${day}天`)); }",
            arg=day,
        )


def downloaded(page: Any, press: Callable[[], None]) -> bytes:
    """What a press of a button downloads."""
    with page.expect_download() as caught:
        press()
    return Path(caught.value.path()).read_bytes()


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
