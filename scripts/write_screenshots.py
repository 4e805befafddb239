"""Pictures of every page of the app in both languages, on a laptop, a large screen and a phone; to be looked at.

    uv run python -m scripts.write_screenshots DIR [--residents 345000] [--district dorchester]

Starts the app on this machine, drives it with Debian's Chromium and writes PNG files into DIR, and the flow at work as
a moving WebP. Those shown in the README stand in docs/images.
"""

import argparse
import base64
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from pingan_abm.district.folder import USUAL
from tests.helpers.browser import CHROMIUM, FLAGS, READY, Visitor, served

LAPTOP = (1280, 800)
SIZES = {"1280": LAPTOP, "1920": (1920, 1080), "390": (390, 844)}
LONG = 300_000.0  # milliseconds
COLOURS = 256  # of a picture: a third of the bytes, and nobody sees it
FRAMES, EVERY, WIDE = 40, 250, 960  # of the moving picture: how many, milliseconds from one to the next, pixels
FROM_DAY = 120  # of it: the district is at work, and the first month's reports are out
STUDY = """
name = "Pressure and inspection"
residents = 3450
seed = 1
replications = 2
[question]
en = "Do pressure and inspection make up for each other?"
zh = "压力与核实能否互相替代?"
[design]
method = "grid"
[parameters]
accountability = { values = [0.1, 0.5, 0.9] }
verification_rate = { values = [0.0, 0.2, 0.4] }
"""


def explore(page: Any) -> None:
    """A community chosen, its sheet open."""
    page.wait_for_selector(".pa-sankey rect[height]")


def inspected(page: Any) -> None:
    """A department chosen, its sheet and the table of institutions open."""
    page.click("[data-node=environment]")
    page.wait_for_selector(".pa-inspector h3")
    page.locator("[data-table=network]").focus()  # by keyboard: on a phone the sheet may lie over it
    page.keyboard.press("Enter")
    page.wait_for_selector(".pa-table h3")


def compared(page: Any) -> None:
    """Three scenarios compared."""
    page.click("[data-act=add-arm]")
    page.wait_for_selector("[data-arm='2']")
    sizes = page.locator(".pa-play select")
    sizes.nth(0).select_option("3450")
    sizes.nth(1).select_option("4")
    page.click("[data-act=compare]")
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot .scatterlayer').length === 2")


def case(page: Any) -> None:
    """The documented case, or in a district without it the first that is found."""
    if page.locator("[data-act=pizza]").count():
        page.click("[data-act=pizza]")
    page.wait_for_selector(".pa-timeline svg")


def answered(page: Any) -> None:
    """The third chapter, predicted and run."""
    page.click("[data-chapter=numbers]")
    page.wait_for_selector("[data-chapter=numbers].primary")
    page.click("[data-answer=higher]")
    page.click("[data-act=run-chapter]:not([disabled])")
    page.wait_for_selector(".pa-answer")


def swept(page: Any) -> None:
    """A small sweep opened."""
    page.locator(".pa-play select").first.select_option(index=1)
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length >= 3")


def opened_room(page: Any) -> None:
    """A room opened, on its teacher's screen."""
    page.click("[data-act=open-room]")
    page.wait_for_selector(".pa-qr svg")


def last_tap(page: Any) -> None:
    """The opening up to its last picture."""
    page.wait_for_selector("[data-act=tap]:not([disabled])")
    for _ in range(6):
        page.click("[data-act=tap]:not([disabled])")
        page.wait_for_timeout(400)


def nothing_more(page: Any) -> None:
    """The page as it opens."""


SHOTS: dict[str, tuple[str, Callable[[Any], None]]] = {
    "opening": ("page=opening", last_tap),
    "explore": ("page=explore&day=150", explore),
    "inspector": ("page=explore&day=150", inspected),
    "compare": ("page=compare", compared),
    "case": ("page=case&scenario=pizza_shop&day=150", case),
    "story": ("page=story", answered),
    "room": ("page=room", opened_room),
    "results": ("page=results", swept),
    "terms": ("page=terms", nothing_more),
}

MOVING = "flow"


def write(browser: Any, address: str, name: str, language: str, width: str, asked: argparse.Namespace) -> None:
    """One picture of what is first seen, and one of the whole page."""
    query, prepare = SHOTS[name]
    if asked.district != USUAL:
        query = query.replace("&scenario=pizza_shop", "")  # a case of the usual district
    visitor = Visitor(browser.new_context(accept_downloads=True), address, *SIZES[width])
    visitor.page.set_default_timeout(LONG)
    page = visitor.open(f"lang={language}&residents={asked.residents}&{query}")
    if "day=" in query and "explore" in query:
        visitor.wait_for_day(150)
        page.wait_for_selector(READY)
    prepare(page)
    page.wait_for_timeout(1500)
    for part, full in (("", False), ("-whole", True)):
        path = asked.folder / f"{name}-{language}-{width}{part}.png"
        page.screenshot(path=path, full_page=full)
        Image.open(path).quantize(COLOURS).save(path, optimize=True)
    for line in visitor.wrong:
        print(f"{name} {language} {width}: {line}")
    page.context.close()


def write_moving(browser: Any, address: str, language: str, residents: int, folder: Path) -> None:
    """The flow while days pass, as a picture that moves for ten seconds and begins again."""
    visitor = Visitor(browser.new_context(), address, *LAPTOP)
    visitor.page.set_default_timeout(LONG)
    page = visitor.open(f"lang={language}&residents={residents}&page=explore&day={FROM_DAY}")
    visitor.wait_for_day(FROM_DAY)
    page.wait_for_selector(READY)
    page.locator(".pa-play select").last.select_option(index=0)  # two days a second
    page.click("[data-act=play]")
    page.wait_for_function("document.querySelector('.pa-live canvas').measure(false).dots > 20")
    frames = []
    for _ in range(FRAMES):
        drawn = page.evaluate("document.querySelector('.pa-live canvas').toDataURL('image/png')")
        frame = Image.open(io.BytesIO(base64.b64decode(drawn.split(",", 1)[1]))).convert("RGBA")
        shown = Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame).convert("RGB")
        frames.append(shown.resize((WIDE, round(frame.height * WIDE / frame.width)), Image.Resampling.LANCZOS))
        page.wait_for_timeout(EVERY)
    page.context.close()
    first, *others = frames
    path = folder / f"flow-{language}.webp"
    first.save(path, save_all=True, append_images=others, duration=EVERY, loop=0, quality=55, method=6)


def main() -> None:
    """All of them, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--residents", type=int, default=345_000)
    asked.add_argument("--district", default=USUAL)
    asked.add_argument("--only", nargs="*", choices=[*SHOTS, MOVING], default=[*SHOTS, MOVING])
    asked.add_argument("--widths", nargs="*", choices=SIZES, default=list(SIZES))
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    study = given.folder / "study.toml"
    study.write_text(STUDY, encoding="utf-8")
    if "results" in given.only and not (given.folder / "sweep").exists():
        subprocess.run(
            [sys.executable, "-m", "pingan_abm.cli", "sweep", "study.toml", "--out", "sweep"],
            cwd=given.folder,
            check=True,
        )
    command = (sys.executable, "-m", "pingan_abm.cli", "app", "--district", given.district, "--port")
    with served(given.folder, command) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in given.only:
            for language in ("en", "zh"):
                if name == MOVING:
                    write_moving(browser, address, language, given.residents, given.folder)
                    continue
                for width in given.widths:
                    write(browser, address, name, language, width, given)
                    print(name, language, width, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
