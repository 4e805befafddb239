"""`pingan report`: results as a page to take home."""

from pathlib import Path
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note
from pingan_abm.texts.i18n import translator


def report(
    folder: options.Folder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="File to write.")],
    question: Annotated[
        str, typer.Option(metavar="TEXT", help="The question at the top, in place of the usual one.")
    ] = "",
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="An outcome that comes first; may be given several times."),
    ] = None,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Write one HTML page of what a run, a comparison or a sweep left in a folder: it opens without internet and prints
    well.

    Example: pingan report results/funding --out funding.html --lang zh
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.folder import report_of

    options.check_file(problems, "--out", out, (".html", ".htm"))
    chosen = problems.outcomes(outcomes or [])
    page = None if problems.found else problems.attempt(report_of, folder, language, question, tuple(chosen))
    problems.raise_any()
    assert page is not None  # else there were problems
    write_bytes(out, page.encode())
    note(translator(language)("The report is in {file}.").format(file=out))
