"""`pingan sweep`, `pingan status` and `pingan results`: a study carried out, looked at, and handed out."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.keeping import GOES_ON, reported_when_broken_off
from pingan_abm.commands.terminal import (
    Announcement,
    Bar,
    note,
    note_messages,
    print_json,
    progress_bar,
)
from pingan_abm.texts.errors import sentence, shown, translated
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pingan_abm.study.keep.store import Store
    from pingan_abm.study.run.sweep import Progress

StudyFile = Annotated[Path, typer.Argument(metavar="STUDY.toml", help="The study file.")]
FORMATS = ("csv", "json", "parquet")
REASONS = 3  # for which runs failed that are printed


def sweep(
    study: StudyFile,
    out: options.OutFolder,
    workers: options.WorkersOption = "",
    engine: Annotated[
        str, typer.Option(metavar="local|dask://HOST:PORT", help="Where the runs are carried out.")
    ] = "local",
    shard: Annotated[str, typer.Option(metavar="I/N", help="Do only part I of N, for job arrays.")] = "1/1",
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Do failed runs again.")] = False,
    warmup: options.Warmup = "",
    history: options.History = "",
    match_load: options.MatchLoad = "",
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Carry out a study: every run of its design that the folder does not hold yet.

    Example: pingan sweep experiments/funding.toml --out results/funding --workers 4
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.commands.begin import announce_warm_up
    from pingan_abm.commands.run_options import begun_otherwise
    from pingan_abm.study.plan.files import read_study
    from pingan_abm.study.run.clusters import make_workers
    from pingan_abm.study.run.sweep import Part, run_sweep
    from pingan_abm.study.run.workers import prepare

    read, part = problems.attempt(read_study, study), problems.attempt(Part.read, shard)
    read = begun_otherwise(problems, read, warmup, history, match_load)
    pool = problems.attempt(make_workers, engine, problems.workers(workers))
    problems.folder(out)
    problems.raise_any()
    assert read is not None and part is not None and pool is not None  # else there were problems
    if plan:
        from pingan_abm.commands.planning import tell_plan
        from pingan_abm.study.plan.design import make_plan

        runs, first = make_plan(read).count(), read.spec({one.name: one.first() for one in read.ranges}, 0)
        tell_plan(first, runs, pool.workers, runs if read.luck == "own" else read.replications, language, as_json)
        return
    prepare(Announcement(language))
    announce_warm_up([read.spec({one.name: one.first() for one in read.ranges}, 0)], language)
    bars = progress_bar(1, translator(language)("runs"))
    with reported_when_broken_off(language, GOES_ON), options.filling(out), bars as bar:
        progress = run_sweep(read, out, pool, part=part, retry_failed=retry_failed, announce=_OnBar(bar))
    note_messages(progress.messages, language)
    if as_json:
        print_json(standing(out))
    else:
        sys.stdout.write(
            translator(language)("{done} of {total} runs are done, {failed} of them failed.").format(
                done=progress.before + progress.done, total=progress.total, failed=progress.failed
            )
            + "\n"
        )
    if progress.failed:
        note_failures(out, language)
        raise typer.Exit(1)


def note_failures(folder: Path, language: str) -> None:
    """Print why runs failed: the commonest reasons, each with its number of runs."""
    from pingan_abm.study.keep.folder import open_store

    reasons = Counter(one for one in open_store(folder).runs(["error"]).column("error").to_pylist() if one)
    text = translator(language)("{count} runs: {reason}")
    for reason, count in reasons.most_common(REASONS):
        note(text.format(count=f"{count:,}", reason=reason))


class _OnBar:
    """Shows a sweep's progress. It is called once before the first run, so that the estimate of the time counts only
    the runs that are still to be done."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar

    def __call__(self, progress: "Progress") -> None:
        self.bar.at(progress.done, total=progress.total - progress.before)


def standing(folder: Path) -> dict[str, Any]:
    """What a folder of results holds: runs planned, done, failed and left, and the processes at work on it; of a
    calibration, the finished trials."""
    from pingan_abm.study.keep.claims import at_work
    from pingan_abm.study.keep.folder import open_store
    from pingan_abm.study.keep.store import collapsed

    store = open_store(folder)
    about = {
        "folder": str(folder),
        **{name: store.manifest.get(name) for name in ("kind", "scenario", "model_version")},
    }
    if store.manifest.get("kind") == "calibration":  # stores no runs, and nobody claims any
        from pingan_abm.study.infer.trials import finished_trials

        nothing = dict.fromkeys(("planned", "done", "failed", "left", "processes_at_work"))
        return {**about, **nothing, "trials": finished_trials(folder), "messages": store.messages}
    states = list(collapsed(store.states()).values())
    planned = store.manifest.get("planned")
    return {
        **about,
        "planned": planned,
        "done": len(states),
        "failed": states.count("failed"),
        "left": None if planned is None else max(0, planned - len(states)),
        "processes_at_work": at_work(folder),
        "messages": store.messages,
    }


def status(folder: options.Folder, as_json: options.Json = False, lang: options.Lang = "") -> None:
    """Tell how far a sweep is: runs done, failed and left; of a calibration, the finished trials. May be asked while it
    runs.

    Example: pingan status results/funding
    """
    problems = options.Problems()
    language = problems.language(lang)
    problems.raise_any()
    state = standing(folder)
    if as_json:
        print_json(state)
        return
    say = translator(language)
    names = {
        "planned": say("runs planned"),
        "done": say("done"),
        "failed": say("failed"),
        "left": say("left"),
        "processes_at_work": say("processes at work"),
        "trials": say("finished trials"),
    }
    for key, name in names.items():
        if state.get(key) is not None:
            sys.stdout.write(say("{name}: {value}").format(name=name, value=f"{state[key]:,}") + "\n")
    note_messages(state["messages"], language)


def note_unfinished(store: "Store", states: "Sequence[str]", language: str) -> None:
    """Print what is missing in a table of runs: those that are not finished, and the figures of those that failed."""
    planned, failed, say = store.manifest.get("planned"), states.count("failed"), translator(language)
    if planned is not None and len(states) < planned:
        text = say("{done} of {planned} runs are finished; the others are missing here.")
        note(text.format(done=f"{len(states):,}", planned=f"{planned:,}"))
    if failed:
        note(say("{failed} of the runs failed and have no outcomes.").format(failed=f"{failed:,}"))


def results(
    folder: options.Folder,
    form: Annotated[
        str, typer.Option("--format", metavar="csv|json|parquet", help="How the table is written.")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File to write; standard output if not given.")
    ] = None,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Hand out the runs of a folder as one table, in the order in which they were asked for; its columns keep their
    names in every language, and with --out a data dictionary of them is written beside.

    Of a comparison, `label` is a run's scenario. Of a sweep, `point` is the number of a run's point in the design, and
    in_design says whether the study asks for the run. Exit code 1 without any finished run.
    Example: pingan results results/funding --format csv --out funding.csv
    """
    problems = options.Problems()
    language = problems.language(lang)
    if form not in FORMATS:
        problems.add(sentence("--format {kind} is not usable: write csv, json or parquet.", kind=shown(form)[1:-1]))
    if form == "parquet" and out is None:
        problems.add(sentence("--format parquet is not for a screen: add --out FILE."))
    if out is not None:
        options.check_place(problems, "--out", out)
    problems.raise_any()
    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.results_table import dictionary, ordered
    from pingan_abm.study.analyse.analysis import with_points
    from pingan_abm.study.keep.export import lines, write_table
    from pingan_abm.study.keep.folder import MANIFEST, open_known_store, understood
    from pingan_abm.study.keep.store import export_table

    store = open_known_store(folder)
    with understood(folder / MANIFEST):
        table = ordered(with_points(export_table(store), store), store)
    note_messages(store.messages, language)
    if not len(table):
        note(translated(sentence("{folder} holds no finished run yet.", folder=folder), translator(language)))
        raise typer.Exit(1)
    note_unfinished(store, table.column("status").to_pylist(), language)
    if out is not None:
        write_table(table, form, out)
        columns = out.with_name(f"{out.stem}.columns.csv")
        write_bytes(columns, dictionary(table))
        note(translator(language)("What the columns are stands in {file}.").format(file=columns))
        return
    for text in lines(table, form):
        sys.stdout.write(text)
