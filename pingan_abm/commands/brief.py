"""`pingan brief`: results as one page for those who decide, in the file of an office."""

from pathlib import Path
from typing import Annotated

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note
from pingan_abm.texts.errors import InputErrors, refusal, sentence
from pingan_abm.texts.i18n import translator

FORMS = (".docx", ".xlsx", ".pptx")


def brief(
    folder: options.Folder,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write: .docx, .xlsx or .pptx.")],
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="An outcome to speak of; may be given several times."),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A Word or PowerPoint file of your office, whose styles are used."),
    ] = None,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Write a brief of a run, a comparison or a ranking: what was asked, the answer, how sure it is, what it stands on,
    with a table and charts ready to paste.

    Example: pingan brief results/funding --out brief.docx --outcome burden --lang zh
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.brief import brief_of
    from pingan_abm.report.sources import read_source
    from pingan_abm.study.keep.folder import MANIFEST, understood

    options.check_file(problems, "--out", out, FORMS)
    check_template(problems, template, out)
    chosen = problems.outcomes(outcomes or [])
    with understood(folder / MANIFEST):
        found = problems.attempt(read_source, folder)
        made = None if found is None else problems.attempt(brief_of, found, language, chosen)
    problems.raise_any()
    assert made is not None  # else there were problems
    form = out.suffix.lower()
    if form == ".docx":
        from pingan_abm.report.brief_docx import docx_of

        contents = docx_of(made, template)
    elif form == ".pptx":
        from pingan_abm.report.brief_pptx import pptx_of

        contents = pptx_of(made, template)
    else:
        from pingan_abm.report.brief_xlsx import xlsx_of

        contents = xlsx_of(made)
    write_bytes(out, contents)
    note(translator(language)("The brief is in {file}.").format(file=out))


def check_template(problems: options.Problems, template: Path | None, out: Path) -> None:
    """Note why a template cannot be used."""
    if template is None:
        return
    if out.suffix.lower() not in (".docx", ".pptx") or template.suffix.lower() != out.suffix.lower():
        problems.add(
            sentence("--template {path}: a template is a .docx for a .docx, or a .pptx for a .pptx.", path=template)
        )
        return
    problems.attempt(_opened, template)


def _opened(template: Path) -> None:
    """Raise InputErrors if a template cannot be read."""
    try:
        if template.suffix.lower() == ".docx":
            from docx import Document

            Document(str(template))
        else:
            from pptx import Presentation

            Presentation(str(template))
    except ModuleNotFoundError:
        raise
    except Exception as wrong:  # noqa: BLE001 - anybody may have made the file, and the libraries raise all kinds
        raise InputErrors(
            [sentence("--template {path} cannot be read ({why}).", path=template, why=refusal(wrong))]
        ) from None
