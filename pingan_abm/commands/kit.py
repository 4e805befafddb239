"""`pingan kit`: everything on a stick, for an office without internet."""

import os
import shutil
import stat
import sys
from pathlib import Path

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, progress_bar
from pingan_abm.texts.errors import sentence
from pingan_abm.texts.i18n import LANGUAGES, translator

#: Not `analysis`: the workbench in it brings a library under the GPL, whose conditions bind whoever passes it on.
EXTRAS = ("app", "office")
WHEELS, DOCS, SHEETS = "wheels", "docs", "sheets"
CHECKOUT = Path(__file__).parent.parent.parent  # where the documentation lies beside the package
PORT, WAIT = 8765, 8  # of the app; seconds until a browser is opened at it
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
START_SH = """#!/bin/sh
# Starts the program without internet. The first start installs it, which takes a few minutes.
set -e
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
home="${{XDG_DATA_HOME:-$HOME/.local/share}}/pingan-kit"
if [ ! -x "$home/bin/pingan" ]; then
  python=$(command -v python{version} || command -v python3) || {{
    echo "Python {version} is needed. / 需要安装Python {version}。"
    exit 1
  }}
  "$python" -m venv "$home"
  "$home/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" "pingan-abm[{extras}]"
fi
if [ $# -gt 0 ]; then exec "$home/bin/pingan" "$@"; fi
(sleep {wait}; "$home/bin/python" -m webbrowser http://127.0.0.1:{port}/ >/dev/null 2>&1) &
exec "$home/bin/pingan" app --port {port}
"""
START_BAT = """@echo off
rem Starts the program without internet. The first start installs it, which takes a few minutes.
setlocal
set "HERE=%~dp0"
set "PLACE=%LOCALAPPDATA%\\pingan-kit"
if exist "%PLACE%\\Scripts\\pingan.exe" goto start
py -{version} -m venv "%PLACE%" || (echo Python {version} is needed. & pause & exit /b 1)
"%PLACE%\\Scripts\\python.exe" -m pip install --quiet --no-index --find-links "%HERE%wheels" "pingan-abm[{extras}]"
if errorlevel 1 (pause & exit /b 1)
:start
if not "%~1"=="" ("%PLACE%\\Scripts\\pingan.exe" %* & exit /b)
start "" /b cmd /c "timeout /t {wait} /nobreak >nul & start http://127.0.0.1:{port}/"
"%PLACE%\\Scripts\\pingan.exe" app --port {port}
if errorlevel 1 pause
"""


def kit(
    out: options.OutFolder,
    lang: options.Lang = "",
) -> None:
    """Lay everything that an office without internet needs into a folder, for a stick: the program with all that it
    uses, the documentation, belief sheets and start scripts. For machines of this kind, with the same Python.

    Example: pingan kit --out /media/stick/pingan
    """
    problems = options.Problems()
    language = problems.language(lang)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        problems.add(sentence("{folder} is not empty; write a new folder after --out.", folder=out))
    problems.raise_any()
    from pingan_abm.files.wheels import OWN, needed, write_wheel

    say = translator(language)
    with options.filling(out):
        (out / WHEELS).mkdir(parents=True, exist_ok=True)
        found = needed(OWN, EXTRAS)
        with progress_bar(len(found), say("packages")) as bar:
            for number, one in enumerate(found.values(), start=1):
                write_wheel(one, out / WHEELS)
                bar.at(number)
        write_starters(out)
        write_sheets(out / SHEETS)
        if (CHECKOUT / DOCS).is_dir():
            shutil.copytree(CHECKOUT / DOCS, out / DOCS)
        else:
            note(say("The documentation is not installed with the program; copy the folder docs of its source."))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    text = say(
        "{folder} holds {count} packages, {size} MB. Start with start.sh or start.bat; Python {version} is needed."
    )
    note(text.format(folder=out, count=len(found), size=f"{size / 1e6:,.0f}", version=PYTHON))


def write_starters(folder: Path) -> None:
    """The start scripts, each with the line ends of its system."""
    words = {"version": PYTHON, "extras": ",".join(EXTRAS), "port": PORT, "wait": WAIT}
    script = folder / "start.sh"
    script.write_bytes(START_SH.format(**words).encode())
    os.chmod(script, script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    (folder / "start.bat").write_bytes(START_BAT.format(**words).replace("\n", "\r\n").encode("ascii"))


def write_sheets(folder: Path) -> None:
    """Empty belief sheets in both languages."""
    from pingan_abm.study.decide.belief_sheets import QUESTIONS, workbook

    folder.mkdir()
    for language in LANGUAGES:
        (folder / f"sheets.{language}.xlsx").write_bytes(workbook(QUESTIONS, 15, language))
