"""`pingan emulate`: a finished sweep made into a file that answers at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, out, print_json
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.analyse.emulator_file import Emulator


def emulate(
    folder: options.Folder,
    file: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write (JSON).")],
    as_json: options.Json = False,
    lang: options.Lang = "",
) -> None:
    """Fit an emulator to a finished sweep, check it against runs that it has not seen, and write it into a small file.

    Example: pingan emulate results/emulator --out pingan_abm/data/emulator.json
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.study.analyse.analysis import lay_out
    from pingan_abm.study.analyse.emulator import emulate as fitted
    from pingan_abm.study.analyse.emulator_file import write_emulator

    laid = problems.attempt(lay_out, folder)
    problems.raise_any()
    assert laid is not None  # else there were problems
    if missing := laid.unfinished():
        text = translator(language)("{missing} of the runs are not finished or failed; the others are analysed.")
        note(text.format(missing=f"{missing:,}"))
    one = fitted(laid)
    write_emulator(one, file)
    if as_json:
        print_json(checked(one))
    else:
        print_checked(one, file, language)


def checked(one: "Emulator") -> dict[str, Any]:
    """What the fit is worth, as a document."""
    from pingan_abm.study.analyse.emulator import LEAST_R2

    return {
        "study": one.study,
        "model_version": one.model,
        "runs": one.runs,
        "held_out_points": one.held_out,
        "estimates": [{"name": name, "r2": r2, "shown": r2 >= LEAST_R2} for name, r2 in one.fits()],
    }


def print_checked(one: "Emulator", file: Path, language: str) -> None:
    """Print what the fit is worth."""
    from rich.table import Table

    from pingan_abm.study.analyse.emulator import LEAST_R2, label_of

    say = translator(language)
    table = Table(box=None, title=say("Checked at {count} points held out of the fit").format(count=one.held_out))
    table.add_column(say("estimate of"))
    table.add_column("R²", justify="right")
    table.add_column(say("shown in the app"))
    for name, r2 in one.fits():
        kept = say("yes") if r2 >= LEAST_R2 else say("no")
        table.add_row(label_of(name, language), f"{r2:.2f}".replace("-", "−"), kept)
    out().print(table)
    out().print(say("{runs} runs; written to {path}").format(runs=f"{one.runs:,}", path=file))
