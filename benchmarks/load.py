"""The app under load: many visitors at once who play and compare, and what is left when they have gone.

    uv run python benchmarks/load.py [--visitors 20] [--minutes 10] [--residents 34500]

Each visitor is a connection that speaks Solara's own protocol to the server (a real session with a district of its
own), without a browser: twenty browsers on the same cores would measure the browsers. One in four compares, the others
play, again and again. Beside them a plain client asks for the first page every second. Printed: errors, page times,
days lived, memory before, during and after.
"""

import argparse
import json
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

START_SECONDS, GONE_SECONDS = 120.0, 15.0
CAME_APART = 0.5  # seconds between two visitors who come
COMPARING = 4  # one visitor in so many compares
WRONG = ("Traceback", "ERROR")


def unpacked(data: str | bytes) -> dict[str, Any]:
    """A message of the server, without its buffers."""
    if isinstance(data, str):
        return dict(json.loads(data))
    count = struct.unpack("!i", data[:4])[0]
    offsets = struct.unpack(f"!{count}I", data[4 : 4 * (count + 1)])
    return dict(json.loads(data[offsets[0] : offsets[1] if count > 1 else None]))


@dataclass
class Visitor:
    """One connection: the widgets it was sent, by their numbers, and what went wrong."""

    port: int
    query: str
    widgets: dict[str, dict[str, Any]] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    frames: int = 0

    def come(self) -> None:
        """Connect, and ask for the page."""
        self.kernel, self.page = str(uuid.uuid4()), str(uuid.uuid4())
        self.lock = threading.Lock()
        where = f"ws://127.0.0.1:{self.port}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.page}"
        cookie = {"Cookie": f"solara-session-id={uuid.uuid4()}"}
        self.line: ClientConnection = connect(where, additional_headers=cookie, max_size=None, open_timeout=60)
        threading.Thread(target=self.listen, daemon=True).start()
        control = str(uuid.uuid4())
        self.say("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        run = {
            "method": "run",
            "args": {"path": f"/?{self.query}", "appName": "__default__", "themes": {}, "dark": False},
        }
        self.say("comm_msg", {"comm_id": control, "data": run})

    def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send one message."""
        header = {
            "msg_id": str(uuid.uuid4()),
            "msg_type": kind,
            "session": self.page,
            "username": "",
            "version": "5.3",
            "date": "",
        }
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
        with self.lock:
            self.line.send(json.dumps(message))

    def listen(self) -> None:
        """Take what the server sends, and answer frames as a browser does."""
        try:
            for data in self.line:
                self.take(unpacked(data))
        except ConnectionClosed:
            return

    def take(self, message: dict[str, Any]) -> None:
        """One message: a new widget, or a change of one."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind not in ("comm_open", "comm_msg"):
            return
        number, state = content["comm_id"], content["data"].get("state") or {}
        self.widgets[number] = self.widgets.get(number, {}) | state
        attributes = state.get("attributes") or {}
        if attributes.get("role") == "alert":
            self.alerts.append(json.dumps(state)[:300])
        if state.get("sent") and kind == "comm_msg":
            self.frames += 1
            self.say("comm_msg", {"comm_id": number, "data": {"method": "custom", "content": {"seen": state["sent"]}}})

    def find(self, name: str, value: str) -> str:
        """The number of the newest control that carries an attribute; "" if there is none."""
        for number, state in reversed(list(self.widgets.items())):
            if (state.get("attributes") or {}).get(name) == value:
                return number
        return ""

    def click(self, name: str, value: str, seconds: float = 60.0) -> bool:
        """Click a control as soon as it is there and can be clicked; False if that took too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            number = self.find(name, value)
            if number and not self.widgets[number].get("disabled"):
                self.say(
                    "comm_msg",
                    {"comm_id": number, "data": {"method": "custom", "content": {"event": "click", "data": {}}}},
                )
                return True
            time.sleep(0.1)
        return False

    def leave(self) -> None:
        """Close the page as a browser does."""
        self.line.close()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/_solara/api/close/{self.kernel}?session_id={self.page}",
            data=b"",
            method="POST",
        )
        urllib.request.urlopen(request, timeout=30).read()


@dataclass
class Tally:
    """What all visitors met."""

    troubles: list[str] = field(default_factory=list)
    page_seconds: list[float] = field(default_factory=list)
    rounds: int = 0


def visit(visitor: Visitor, comparing: bool, until: float, tally: Tally) -> None:
    """Play, or compare, until the time is over."""
    try:
        visitor.come()
        if not visitor.click("data-act", "play", 120.0):
            tally.troubles.append("a district was not ready within two minutes")
            return
        if comparing:
            visitor.click("data-page", "compare")
        while time.monotonic() < until:
            if visitor.click("data-act", "compare" if comparing else "restart", 5.0):
                tally.rounds += 1
            if not comparing:
                visitor.click("data-act", "play", 30.0)
            time.sleep(min(20.0, max(0.0, until - time.monotonic())))
    except Exception as error:
        tally.troubles.append(f"{type(error).__name__}: {error}")


def ask_for_the_page(port: int, until: float, tally: Tally) -> None:
    """The first page, once a second."""
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read()
            tally.page_seconds.append(time.perf_counter() - began)
        except OSError as error:
            tally.troubles.append(f"first page: {error}")
        time.sleep(1.0)


def memory(process: int) -> float:
    """Resident memory of a process in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def start(log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server of its own, when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "pingan_abm.cli", "app", "--port", str(port)], stdout=out, stderr=out
        )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            return server, port
        except OSError:
            time.sleep(0.3)
    server.terminate()
    raise SystemExit("the app did not start")


def crowd(port: int, count: int, residents: int, seconds: float, process: int) -> tuple[Tally, list[Visitor], float]:
    """So many visitors for so long: what they met, themselves, and the highest memory."""
    tally, until, highest = Tally(), time.monotonic() + count * CAME_APART + seconds, 0.0
    visitors = [Visitor(port, f"lang=en&residents={residents}&seed={number}") for number in range(count)]
    threads = [threading.Thread(target=ask_for_the_page, args=(port, until, tally))]
    threads[0].start()
    for number, visitor in enumerate(visitors):
        comparing = number % COMPARING == COMPARING - 1
        threads.append(threading.Thread(target=visit, args=(visitor, comparing, until, tally)))
        threads[-1].start()
        time.sleep(CAME_APART)
    while any(thread.is_alive() for thread in threads):
        highest = max(highest, memory(process))
        time.sleep(0.5)
    for visitor in visitors:
        tally.troubles += visitor.alerts
        visitor.leave()
    time.sleep(GONE_SECONDS)
    return tally, visitors, highest


def main() -> None:
    """Three crowds: a short one that warms everything, the long one, and a short one again."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--visitors", type=int, default=20)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--residents", type=int, default=34_500)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        server, port = start(log)
        try:
            crowd(port, given.visitors, given.residents, 30.0, server.pid)
            before = memory(server.pid)
            tally, visitors, highest = crowd(port, given.visitors, given.residents, 60.0 * given.minutes, server.pid)
            after = memory(server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)
        logged = [line for line in log.read_text().splitlines() if any(word in line for word in WRONG)]
    times = sorted(tally.page_seconds)
    print(f"{given.visitors} visitors, {given.minutes:g} minutes, {given.residents} residents each")
    print(f"errors: {len(tally.troubles)} at the visitors, {len(logged)} lines in the server's log")
    for line in [*dict.fromkeys(tally.troubles), *dict.fromkeys(logged)][:10]:
        print("   ", line)
    print(f"rounds of play or compare: {tally.rounds}; frames drawn: {sum(one.frames for one in visitors)}")
    print(f"first page: median {times[len(times) // 2]:.2f} s, slowest {times[-1]:.2f} s of {len(times)}")
    print(
        f"memory: {before:.0f} MiB after a first crowd had left, {highest:.0f} at most, {after:.0f} after the long one "
        f"had left"
    )


if __name__ == "__main__":
    main()
