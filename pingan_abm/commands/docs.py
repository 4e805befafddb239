"""`pingan docs`: the documentation on this machine, without the internet."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.texts.i18n import translator

#: Where scripts/build_docs.py puts the site before a wheel is built. Git does not keep it.
SITE = Path(__file__).parents[1] / "site"
BUILDER = Path(__file__).parents[2] / "scripts" / "build_docs.py"  # in a checkout


def docs(
    path: Annotated[bool, typer.Option("--path", help="Only print where the documentation lies.")] = False,
    lang: options.Lang = "",
) -> None:
    """Open the documentation in a browser, from this machine. It asks nothing of the internet.

    Example: pingan docs --path
    """
    problems = options.Problems()
    language = problems.language(lang)
    problems.raise_any()
    page = home(language)
    sys.stdout.write(f"{page}\n")
    if not path and not webbrowser.open(page.as_uri()):
        note(translator(language)("No browser was found; open this file in one."))


def home(language: str) -> Path:
    """The first page in a language. Raises InputErrors where the documentation is not there, saying how to get it."""
    page = SITE / language / "index.html"
    if page.is_file():
        return page
    if BUILDER.is_file():
        raise InputErrors(
            [
                sentence(
                    "the documentation is not built yet; build it with: {command}",
                    command="uv run --group docs python scripts/build_docs.py --package",
                )
            ]
        )
    raise InputErrors([sentence("this copy of the program was packed without its documentation.")])
