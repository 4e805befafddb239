"""Charts as files of their own: SVG as it is, PNG with the help of an installed browser."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from pingan_abm.files.atomic import write_bytes
from pingan_abm.report.svg import svg_file
from pingan_abm.texts.errors import InputErrors, sentence

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=2",
)
SECONDS = 60


def browser() -> str | None:
    """A browser that can draw, if one is installed."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write_picture(picture: str, path: Path, language: str, caption: str = "") -> None:
    """Write a chart with its caption to a file that ends in .svg or .png.

    Raises InputErrors when a PNG is asked for and no browser can draw it.
    """
    text = svg_file(picture, language, caption)
    write_bytes(path, text.encode() if path.suffix.lower() == ".svg" else png_of(text))


def png_of(text: str) -> bytes:
    """An SVG file as PNG, two dots a pixel."""
    drawing = browser()
    if drawing is None:
        raise InputErrors(
            [
                sentence(
                    "a PNG needs Chromium, Chrome or Edge installed; write a name that ends in .svg, which needs "
                    "nothing."
                )
            ]
        )
    size = re.search(r'width="(\d+)" height="(\d+)"', text)
    assert size is not None  # a canvas says both
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "chart.svg", Path(folder) / "chart.png"
        source.write_text(text, "utf-8")
        rights = (
            ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        )  # the sandbox refuses the superuser
        where = [
            f"--user-data-dir={folder}/profile",
            f"--window-size={size[1]},{size[2]}",
            f"--screenshot={target}",
            source.as_uri(),
        ]
        try:
            subprocess.run([drawing, *OPTIONS, *rights, *where], capture_output=True, check=True, timeout=SECONDS)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as wrong:
            raise InputErrors(
                [
                    sentence(
                        "{program} could not draw the chart ({why}); write a name that ends in .svg.",
                        program=drawing,
                        why=type(wrong).__name__,
                    )
                ]
            ) from None
