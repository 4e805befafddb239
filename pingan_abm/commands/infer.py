"""`pingan infer`: what evidence says of numbers that nobody has measured."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.keeping import GOES_ON, NOTHING, reported_when_broken_off
from pingan_abm.commands.terminal import Announcement, Bar, note, out, print_json, progress_bar
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.infer.inference import Inference
    from pingan_abm.study.plan.study import Study

BUDGET = "300"
PAGE = "report.html"


def infer(
    study: Annotated[
        Path | None, typer.Argument(metavar="[STUDY.toml]", help="The study file; the shipped one if not given.")
    ] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Take the evidence from a run of the model, to see what is found again.")
    ] = False,
    residents: Annotated[str, typer.Option(metavar="N", help="Number of residents, in place of the study's.")] = "",
    days: Annotated[str, typer.Option(metavar="N", help="Length of a run in days, in place of the study's.")] = "",
    seed: Annotated[str, typer.Option(metavar="N", help="Seed of all random draws, in place of the study's.")] = "",
    budget: Annotated[str, typer.Option(metavar="RUNS", help="Runs of the model in all.")] = BUDGET,
    plan: Annotated[bool, typer.Option("--plan", help="Only tell how many runs and minutes it takes.")] = False,
    workers: options.WorkersOption = "",
    engine: Annotated[
        str, typer.Option(metavar="local|dask://HOST:PORT", help="Where the runs are carried out.")
    ] = "local",
    folder: options.OptionalOutFolder = None,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Infer what evidence says of unknown numbers: rule out in waves what cannot be, then sample what is plausible.
    Goes on where it stopped; exit code 1 when nothing fits.

    Example: pingan infer --out results/inference --budget 400
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.study.infer.inference import problems_of
    from pingan_abm.study.infer.waves import LEAST_BUDGET, MOST_BUDGET
    from pingan_abm.study.run.clusters import make_workers
    from pingan_abm.study.run.workers import prepare

    read = _changed(problems, problems.attempt(_study, study), residents, days, seed)
    read = None if read is None else problems.attempt(_with_records, read)
    runs = problems.whole("--budget", budget, LEAST_BUDGET, MOST_BUDGET)
    processes = problems.workers(workers)
    for line in [] if read is None else problems_of(read):
        problems.add(line)
    pool = problems.attempt(make_workers, engine, processes)
    problems.folder(folder)
    problems.raise_any()
    assert read is not None and pool is not None  # else there were problems
    prepare(Announcement(language))
    if plan:
        _print_plan(read, runs, pool.workers, synthetic, as_json=as_json, language=language)
        return
    from pingan_abm.study.infer.inference import infer as carry_out

    bars = progress_bar(runs + synthetic, translator(language)("runs"))
    with (
        reported_when_broken_off(language, NOTHING if folder is None else GOES_ON),
        _folder(folder) as place,
        options.filling(place),
        bars as bar,
    ):
        found = carry_out(read, place, pool, budget=runs, synthetic=synthetic, announce=_OnBar(bar))
        kept = _keep(found, place, language)
    if as_json:
        print_json(kept)
    else:
        _print(kept, language)
        if folder is not None:
            note(translator(language)("The report is in {file}.").format(file=folder / PAGE))
    if found.places is None:
        raise typer.Exit(1)


def _study(path: Path | None) -> "Study":
    """The study of a file, or the shipped one. Raises InputErrors."""
    from pingan_abm.study.plan.evidence import SHIPPED_STUDY
    from pingan_abm.study.plan.files import read_study

    return read_study(SHIPPED_STUDY if path is None else path, designed=False)


def _changed(problems: options.Problems, study: "Study | None", residents: str, days: str, seed: str) -> "Study | None":
    """The study with the size and seed that options ask for."""
    from pingan_abm.scenarios.given import LIMITS

    written = {"residents": residents, "days": days, "seed": seed}
    given: dict[str, Any] = {
        name: problems.whole(f"--{name}", text, *LIMITS[name]) for name, text in written.items() if text
    }
    return None if study is None else replace(study, **given)


def _with_records(study: "Study") -> "Study":
    """The study with what its records say, where they say something, in place of other evidence on the same metrics.
    Raises InputErrors when the records cannot be read."""
    if not study.records:
        return study
    from pingan_abm.patterns.record_evidence import evidence_from
    from pingan_abm.patterns.request_files import read_requests

    columns = {key: name for key, name in study.records.items() if key not in ("file", "people", "date_format")}
    requests = read_requests(study.records["file"], columns, study.records.get("date_format", ""))
    found = evidence_from(requests, study.records.get("people"))
    there = {one.metric for one in found}
    return replace(study, evidence=(*found, *(one for one in study.evidence if one.metric not in there)))


@contextmanager
def _folder(folder: Path | None) -> Iterator[Path]:
    """The folder for results, or one for as long as the command runs."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="pingan-infer-") as place:
        yield Path(place, "results")


class _OnBar:
    """Shows progress; runs that were done before count too."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar

    def __call__(self, done: int, total: int) -> None:
        self.bar.at(done, total=total)


def _print_plan(study: "Study", runs: int, workers: int, synthetic: bool, *, as_json: bool, language: str) -> None:
    """Print how many runs there are and about how long they take, from one that is carried out now."""
    import numpy as np

    from pingan_abm.runs import run_one
    from pingan_abm.study.infer.waves import Budget

    parts = Budget.of(runs)
    began = time.perf_counter()
    run_one(study.spec({one.name: one.at(np.array([0.5]))[0] for one in study.ranges}, 0), series=False)
    seconds = time.perf_counter() - began
    total = parts.runs + synthetic
    minutes = total * seconds / 60.0 / workers
    if as_json:
        print_json({"runs": total, "waves": list(parts.waves), "checks": parts.checks, "minutes": minutes})
        return
    say = translator(language)
    text = say(
        "{runs} runs: waves of {waves}, and {checks} for the check; about {minutes} minutes with {workers} processes."
    )
    sys.stdout.write(
        text.format(
            runs=total,
            waves=say(", ").join(map(str, parts.waves)),
            checks=parts.checks,
            minutes=f"{minutes:.1f}" if minutes < 10 else f"{minutes:.0f}",
            workers=workers,
        )
        + "\n"
    )


def _keep(found: "Inference", folder: Path, language: str) -> dict[str, Any]:
    """Write the sample, the figures and the page; returns the figures."""
    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.inferred import RESULT, inference_page, json_text, pictures
    from pingan_abm.study.infer.posterior import document, write_sample

    kept = document(found)
    write_sample(found, folder)
    write_bytes(folder / RESULT, json_text(kept).encode())
    for name, picture in pictures(folder, language).items():
        write_bytes(folder / name, picture.encode())
    write_bytes(folder / PAGE, inference_page(folder, language).encode())
    return kept


def _print(kept: dict[str, Any], language: str) -> None:
    """Print what was found."""
    from pingan_abm.report.inferred import coefficient_rows, evidence_rows, sentences
    from pingan_abm.report.summary import table

    for head, rows in (coefficient_rows(kept, language), evidence_rows(kept, language)):
        if rows:
            shown = table(head)
            for row in rows:
                shown.add_row(*row)
            out().print(shown, "")
    sys.stdout.write("\n".join(sentences(kept, language)) + "\n")
