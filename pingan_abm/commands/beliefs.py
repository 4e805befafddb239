"""`pingan beliefs`: sheets for a room to fill in, and what stands on them as a beliefs file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note
from pingan_abm.texts.errors import sentence, suggested_name, suggestion
from pingan_abm.texts.i18n import translator

WHAT = ("new", "read")
PEOPLE, MOST_PEOPLE = "15", 200


def beliefs(
    what: Annotated[str, typer.Argument(metavar="new|read", help="Make empty sheets, or read filled ones.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook; to read, also a folder of workbooks.")],
    people: Annotated[str, typer.Option("--people", metavar="N", help="new: how many sheets.")] = PEOPLE,
    names: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="new: what is asked; may be given several times."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.toml", help="read: file to write; else it is printed.")
    ] = None,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Make belief sheets for a room as an Excel workbook in units in which people think, or read filled ones;
    `compare --beliefs` takes the workbook, or a folder of them, as it is.

    Example: pingan beliefs new sheets.xlsx --people 15 --lang zh
    """
    problems = options.Problems()
    language = problems.language(lang)
    if what not in WHAT:
        problems.add(sentence("write new or read, not {word}.{near}", word=what, near=suggestion(what, WHAT)))
    from pingan_abm.study.decide.belief_sheets import QUESTIONS, beliefs_text, workbook
    from pingan_abm.study.decide.beliefs import parse_beliefs

    count = problems.whole("--people", people, 1, MOST_PEOPLE)
    asked = questions(problems, names or []) or list(QUESTIONS)
    if what == "new":
        options.check_file(problems, "FILE", file, (".xlsx",))
    elif out is not None:
        options.check_file(problems, "--out", out, (".toml",))
    problems.raise_any()
    from pingan_abm.files.atomic import write_bytes

    if what == "new":
        write_bytes(file, workbook(asked, count, language))
        note(translator(language)("The sheets are in {file}.").format(file=file))
        return
    text = beliefs_text(file)
    found = parse_beliefs(text, str(file))
    if out is None:
        sys.stdout.write(text)
    else:
        write_bytes(out, text.encode())
    note(translator(language)("Sheets that are filled in: {count}").format(count=len(found.of)))


def questions(problems: options.Problems, names: list[str]) -> list[str]:
    """Parameters by identifier, from names as they are shown; numbers that nobody can set."""
    from pingan_abm.parameters.declared import declarations
    from pingan_abm.texts.shown_names import identified

    known = {
        one.name: (one.en, one.zh)
        for one in declarations()
        if one.role == "uncertainty" and one.type in ("number", "integer")
    }
    found = []
    for name in names:
        one = identified(name, known)
        if one is None:
            problems.add(
                sentence(
                    "--parameter {name}: there is no such uncertain number.{near}",
                    name=name,
                    near=suggested_name(name, known),
                )
            )
        else:
            found.append(one)
    return found
