"""The report of a folder of results: of runs, a comparison, a sweep or an inference."""

from collections.abc import Sequence
from pathlib import Path

from pingan_abm.report.comparison import comparison_page
from pingan_abm.report.inferred import inference_page
from pingan_abm.report.rank_page import rank_page
from pingan_abm.report.single import run_page
from pingan_abm.report.sources import Compared, Repeated, read_source
from pingan_abm.report.sweep import sweep_page
from pingan_abm.study.keep.folder import MANIFEST, open_store, understood
from pingan_abm.texts.errors import InputErrors, sentence


def report_of(folder: Path, language: str, question: str = "", outcomes: Sequence[str] = ()) -> str:
    """The report of a folder of results, as an HTML page in English ("en") or Chinese ("zh").

    question: stands at the top in place of the usual one; outcomes: those that come first, or that a sweep's report
    draws. Raises InputErrors when the folder holds no results.
    """
    with understood(folder / MANIFEST):
        if open_store(folder).manifest.get("kind") == "inference":
            return inference_page(folder, language, question)
        source = read_source(folder)
        if isinstance(source, Compared) and source.ranked is not None:
            return rank_page(source, language, question, tuple(outcomes))
        if isinstance(source, Compared):
            return comparison_page(source, language, question, outcomes)
        if isinstance(source, Repeated):
            if outcomes:
                raise InputErrors(
                    [sentence("--outcome is for a comparison, a ranking or a sweep; of runs all are shown.")]
                )
            return run_page(source, language, question)
        return sweep_page(source, language, question, outcomes)
