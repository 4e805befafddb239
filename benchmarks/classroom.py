"""A class in one room: many browsers predict, draw, try and send what they found, for some minutes.

    uv run python -m benchmarks.classroom [--browsers 30] [--minutes 10] [--residents 34500]

Starts the app on this machine and drives a teacher's screen and that many phones, each with a profile of its own, with
Debian's Chromium, which draws in software on the same cores. Every phone answers and draws, turns to Explore, moves a
lever, lives a tenth of the district to the end of the year, sends it, and comes back; then the next chapter. Printed:
what went wrong, how long an answer took until the server had it, the server's memory, and the teacher's screen.
"""

import argparse
import os
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.app import tell
from tests.helpers.browser import Visitor

LONG = 300_000.0  # milliseconds
PHONE = (390, 844)
CHAPTERS = ("before", "centre", "numbers", "piper", "duty")
ANSWERS = ("higher", "same", "lower")
MOVE = "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); }"
GUESS = """e => { const box = e.getBoundingClientRect(), at = share => ({ bubbles: true, pointerId: 1,
    clientX: box.x + box.width * (.13 + .84 * share), clientY: box.y + box.height * (.7 - .4 * share) });
  e.setPointerCapture = () => {};
  e.dispatchEvent(new PointerEvent('pointerdown', at(0)));
  for (let i = 1; i < 24; i++) e.dispatchEvent(new PointerEvent('pointermove', at(i / 24)));
  e.dispatchEvent(new PointerEvent('pointerup', at(1))); }"""


def server_megabytes() -> float:
    """Memory of the app's server."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    servers = [child for child in own if b"pingan_abm.cli" in Path(f"/proc/{child}/cmdline").read_bytes()]
    lines = [line for child in servers for line in Path(f"/proc/{child}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000.0


class Phone:
    """One group's phone."""

    def __init__(self, browser: Any, address: str, number: int) -> None:
        self.visitor, self.number = Visitor(browser.new_context(), address, *PHONE), number
        self.page = self.visitor.page
        self.page.set_default_timeout(LONG)
        self.took: list[float] = []

    def join(self, code: str, residents: int) -> None:
        """Come into the room."""
        self.visitor.open(f"lang={('en', 'zh')[self.number % 2]}&residents={residents}&page=room&room={code}")
        self.page.locator(".pa-door input").nth(1).fill(f"Group {self.number + 1}")
        self.page.click("[data-act=join]:not([disabled])")
        self.page.wait_for_selector("[data-answer]")

    def answer(self, turn: int) -> None:
        """Predict, and draw."""
        name = ANSWERS[(self.number + turn) % 3]
        began = time.perf_counter()
        self.page.click(f"[data-answer={name}]")
        self.page.wait_for_selector(f"[data-answer={name}][aria-pressed=true]")
        self.took.append(time.perf_counter() - began)
        self.page.eval_on_selector(".pa-drawing svg", GUESS)

    def leave_for_explore(self, turn: int) -> None:
        """Turn to Explore and move a lever, without waiting for the district."""
        self.page.click("[data-page=explore]")
        self.page.wait_for_selector("[data-lever=accountability] input[type=range]", state="attached")
        value = str(round(0.1 + 0.8 * ((self.number + 7 * turn) % 30) / 30, 2))
        self.page.eval_on_selector("[data-lever=accountability] input[type=range]", MOVE, value)

    def send(self) -> None:
        """Live to the end of the year, and send it."""
        self.page.wait_for_selector("[data-act=send]:not([disabled])")
        self.page.click("[data-act=send]")

    def come_back(self) -> None:
        """Back into the room."""
        self.page.click("[data-page=room]")
        self.page.wait_for_selector("[data-answer]")


def lesson(browser: Any, address: str, browsers: int, minutes: float, residents: int) -> dict[str, str]:
    """The whole lesson: what to print, by name."""
    teacher = Visitor(browser.new_context(), address)
    board = teacher.page
    board.set_default_timeout(LONG)
    teacher.open(f"lang=en&residents={residents}&page=room")
    board.click("[data-act=open-room]")
    board.wait_for_selector(".pa-qr svg")
    code = board.inner_text(".pa-code")
    phones = [Phone(browser, address, number) for number in range(browsers)]
    began, most, turns = time.monotonic(), 0.0, 0
    for phone in phones:
        phone.join(code, residents)
    while turns == 0 or time.monotonic() - began < 60.0 * minutes:
        board.click(f"[data-chapter={CHAPTERS[turns % len(CHAPTERS)]}]")
        for act in ("answer", "leave_for_explore"):
            for phone in phones:
                getattr(phone, act)(turns)
        for act in ("send", "come_back"):
            for phone in phones:
                getattr(phone, act)()
            most = max(most, server_megabytes())
        turns += 1
    board.wait_for_function(f"document.querySelectorAll('.pa-room-table tbody tr').length === {browsers}")
    wrong = [text for one in (teacher, *(phone.visitor for phone in phones)) for text in (*one.wrong, *one.outside)]
    took = sorted(second for phone in phones for second in phone.took)
    return {
        "minutes, turns": f"{(time.monotonic() - began) / 60:.1f}, {turns}",
        "errors and requests to other machines": str(len(wrong)) + "".join(f"\n  {text}" for text in wrong[:20]),
        "on the teacher's screen": board.inner_text("h2")
        + "; "
        + ", ".join(board.locator(".pa-room-board h3").all_inner_texts()),
        "an answer until the server had it": f"median {1000 * statistics.median(took):.0f} ms, "
        f"95 % within {1000 * took[int(0.95 * (len(took) - 1))]:.0f} ms, {len(took)} answers",
        "most memory of the server": f"{most:,.0f} MB",
    }


def main() -> None:
    """Measure, and print with the load of the machine before and after."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--browsers", type=int, default=30)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--residents", type=int, default=34_500)
    given = asked.parse_args()
    tell(
        f"{given.browsers} phones and a teacher, {given.residents} residents",
        lambda browser, address: lesson(browser, address, given.browsers, given.minutes, given.residents),
    )


if __name__ == "__main__":
    main()
