"""The app with the whole district in a real browser: how fast it lives, draws and answers.

    uv run python -m benchmarks.app [--residents 345000] [--times 15]

Starts the app on this machine and drives it with Debian's Chromium, which draws in software on the same cores. Times
are taken inside the page, from the click until the text on the screen has changed. Printed: the page until it can be
played, days and frames a second while a year is played at full speed, and medians of a step, a step back and a lever.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.helpers.browser import CHROMIUM, FLAGS, READY, Visitor, served

LONG = 300_000.0  # milliseconds
MIDDLE = 150  # the day on which steps and levers are timed

#: Milliseconds from an action until what a probe reads has changed and the screen has been drawn.
ANSWERED = """([selector, act, probe]) => new Promise(done => {
  const read = () => probe === "address" ? location.search : document.querySelector(probe).textContent, before = read();
  const element = document.querySelector(selector), began = performance.now();
  const drawn = () => done(performance.now() - began);
  const look = () => read() !== before ? requestAnimationFrame(drawn) : setTimeout(look, 1);
  if (act === "click") element.click();
  else { element.value = act; element.dispatchEvent(new Event("input")); element.dispatchEvent(new Event("change")); }
  look();
})"""

#: Plays until the run has ended: seconds, and how often the day on the screen changed.
PLAYED = """() => new Promise(done => {
  const day = document.querySelector(".pa-day"), began = performance.now();
  let frames = 0, last = day.textContent;
  const look = () => {
    if (day.textContent !== last) { last = day.textContent; frames++; }
    if (/^Day (\\d+) of \\1$/.test(last)) done([(performance.now() - began) / 1000, frames]);
    else requestAnimationFrame(look);
  };
  document.querySelector("[data-act=play]").click();
  look();
})"""


def server_seconds() -> float:
    """CPU seconds of the app's server so far, which a busy machine does not change."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    servers = [child for child in own if b"pingan_abm.cli" in Path(f"/proc/{child}/cmdline").read_bytes()]
    fields = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in servers]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def median_of(page: Any, times: int, selector: str, probe: str, acts: list[str]) -> float:
    """Median milliseconds of an action that is done again and again, quiet in between."""
    taken = []
    for number in range(times):
        page.wait_for_selector(READY)
        page.wait_for_timeout(400)
        taken.append(page.evaluate(ANSWERED, [selector, acts[number % len(acts)], probe]))
    return statistics.median(taken)


def measure(visitor: Visitor, residents: int, times: int) -> dict[str, str]:
    """Everything, by name."""
    page = visitor.page
    page.set_default_timeout(LONG)
    began = time.perf_counter()
    visitor.open(f"lang=en&residents={residents}")
    ready = time.perf_counter() - began
    page.wait_for_selector(".pa-sankey rect[height]")
    page.wait_for_timeout(1000)
    before = server_seconds()
    seconds, frames = page.evaluate(PLAYED)
    worked = server_seconds() - before
    days = int(page.inner_text(".pa-day").rsplit(" ", 1)[1])
    visitor.open(f"lang=en&residents={residents}&day={MIDDLE}")
    visitor.wait_for_day(MIDDLE)
    page.wait_for_selector(".pa-sankey rect[height]")
    step = median_of(page, times, "[data-act=step]", ".pa-day", ["click"])
    back = median_of(page, times, "[data-act=back]", ".pa-day", ["click"])
    lever = median_of(page, times, "[data-lever=accountability] input[type=range]", "address", ["0.8", "0.7", "0.6"])
    return {
        "page until it can be played": f"{ready:.1f} s",
        "days a second at full speed": f"{days / seconds:.0f} ({days} days in {seconds:.1f} s)",
        "CPU seconds of the server meanwhile, frames included": f"{worked:.1f}",
        "frames a second meanwhile": f"{frames / seconds:.1f}",
        "step, median": f"{step:.0f} ms",
        "step back, median": f"{back:.0f} ms",
        "lever, until the server has taken it": f"{lever:.0f} ms",
    }


def tell(what: str, measured: Callable[[Browser, str], Mapping[str, str]]) -> None:
    """Start a server and a browser, measure, and print with the load of the machine before and after. measured: gets
    the browser and the server's address."""
    before = os.getloadavg()[0]
    with served() as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = measured(browser, address)
        after = os.getloadavg()[0]
        print(f"{what}, {os.cpu_count()} cores; load of the machine {before:.1f} before, {after:.1f} after")
        for name, figure in found.items():
            print(f"{name}: {figure}", flush=True)
        browser.close()


def main() -> None:
    """Measure, and print with the load of the machine before and after."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--residents", type=int, default=345_000)
    asked.add_argument("--times", type=int, default=15)
    given = asked.parse_args()
    tell(
        f"{given.residents} residents",
        lambda browser, address: measure(Visitor(browser.new_context(), address), given.residents, given.times),
    )


if __name__ == "__main__":
    main()
