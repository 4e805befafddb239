"""`pingan show`: results that are kept, read again."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, out
from pingan_abm.texts.errors import sentence, shown, suggestion
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.report.rows import Sheet

TABLES = ("md", "csv", "tex", "xlsx")


def show(
    folder: options.Folder,
    against: Annotated[
        str, typer.Option(metavar="ARM", help="Compare with this scenario in place of the first one.")
    ] = "",
    wide: Annotated[
        bool, typer.Option("--wide", help="A comparison as one table, a column for each scenario.")
    ] = False,
    table: Annotated[
        str, typer.Option(metavar="md|csv|tex|xlsx", help="Write the table to paste or to compute with.")
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File to write; standard output if not given.")
    ] = None,
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="An outcome to show; may be given several times."),
    ] = None,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Read the results in a folder again, without running anything: against another scenario, other outcomes, as a
    table to paste.

    Example: pingan show results/what_if --against tight_accountability --outcome burden --table md
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.report.numbers import KEY
    from pingan_abm.report.rows import comma_separated, latex, markdown, sheets, workbook
    from pingan_abm.report.sources import read_source

    chosen = problems.outcomes(outcomes or []) or list(KEY)
    check_table(problems, table, file)
    found = problems.attempt(read_source, folder)
    tables = None if found is None else problems.attempt(sheets, found, chosen, language, against, wide)
    problems.raise_any()
    assert tables is not None  # else there were problems
    if not table:
        print_sheets(tables)
        return
    text = b"" if table == "xlsx" else {"md": markdown, "tex": latex}.get(table, comma_separated)(tables).encode()
    if file is None:
        sys.stdout.write(text.decode())
        return
    from pingan_abm.files.atomic import write_bytes

    write_bytes(file, workbook(tables) if table == "xlsx" else text)
    note(translator(language)("The table is in {file}.").format(file=file))


def check_table(problems: options.Problems, table: str, file: Path | None) -> None:
    """Note what is wrong with the form of the table and the file it is to stand in."""
    if table and table not in TABLES:
        problems.add(
            sentence(
                "--table {value} is not usable: write one of {names}.{near}",
                value=shown(table)[1:-1],
                names=", ".join(TABLES),
                near=suggestion(table, TABLES),
            )
        )
    elif table == "xlsx" and file is None:
        problems.add(sentence("--table xlsx needs a file: add --out FILE.xlsx."))
    elif file is not None and not table:
        problems.add(sentence("--out goes with --table: add --table md, csv, tex or xlsx."))
    elif file is not None:
        options.check_file(problems, "--out", file, (f".{table}",))


def print_sheets(tables: "Sequence[Sheet]") -> None:
    """Print tables for reading."""
    from pingan_abm.report.summary import table

    for one in tables:
        printed = table(one.heads)
        for row in one.rows:
            printed.add_row(*map(str, row))
        out().print(one.title, markup=False)
        out().print(printed, "")
