"""`pingan export`: the event log of a folder of results, for process-mining tools."""

from pathlib import Path
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, note_messages
from pingan_abm.texts.errors import sentence, shown
from pingan_abm.texts.i18n import translator


def export(
    folder: options.Folder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write.")],
    kind: Annotated[str, typer.Option("--format", metavar="csv|xes", help="CSV, or XES 1.0.")] = "csv",
    lang: options.Lang = "",
) -> None:
    """Write the event log of a folder of results: one row per step of a case file. The folder's runs must have kept
    it (--events).

    Example: pingan export results --format xes --out log.xes
    """
    from pingan_abm.trace.event_log import logs_of_store
    from pingan_abm.trace.log_files import FORMATS
    from pingan_abm.trace.log_files import export as write

    problems = options.Problems()
    language = problems.language(lang)
    if kind not in FORMATS:
        problems.add(sentence("--format {kind} is not usable: write csv or xes.", kind=shown(kind)[1:-1]))
    options.check_place(problems, "--out", out)
    from pingan_abm.study.keep.folder import open_known_store

    store = problems.attempt(open_known_store, folder)
    problems.raise_any()
    assert store is not None  # else there was a problem
    count = write(logs_of_store(store), out, kind)
    note_messages(store.messages, language)
    note(translator(language)("{file}: {count} events").format(file=out, count=f"{count:,}"))
