"""`pingan run`: one scenario, once or several times."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import beginning_of, reach_load, staffing_of, warm_up_words
from pingan_abm.commands.keeping import Keeping, reported_when_broken_off
from pingan_abm.commands.planning import tell_plan
from pingan_abm.commands.terminal import (
    Announcement,
    Bar,
    note,
    note_on_size,
    out,
    print_json,
    progress_bar,
)
from pingan_abm.files.provenance import manifest
from pingan_abm.runs import RunSpec, resolved
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.texts.errors import sentence
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
    from pingan_abm.report.summary import FinalState
    from pingan_abm.study.keep.records import Record
    from pingan_abm.study.keep.store import Store


def run(
    scenario: options.ScenarioArgument = BASELINE,
    residents: options.Residents = run_options.DEFAULT_RESIDENTS,
    days: options.Days = run_options.DEFAULT_DAYS,
    seed: options.Seed = "0",
    replications: options.Replications = "1",
    workers: options.WorkersOption = "",
    start: options.Start = run_options.DEFAULT_START,
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    settings: options.Settings = None,
    incidents: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Recorded problems (CSV, Excel, Parquet) in place of drawn ones."),
    ] = None,
    events: Annotated[bool, typer.Option("--events", help="Keep the event log (with --out).")] = False,
    out_folder: options.OptionalOutFolder = None,
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Run a scenario and summarise it: what is reported beside what is true.

    Example: pingan run tight_accountability --residents 34500 --set accountability=0.9
    """
    problems = options.Problems()
    language = problems.language(lang)
    asked = run_options.Asked(residents, days, seed, start, warmup, history, match_load)
    spec = run_options.read_spec(problems, scenario, asked, settings=settings, incidents=incidents)
    count, processes = problems.replications(replications), problems.workers(workers)
    if events and out_folder is None:
        problems.add(sentence("--events needs a folder to keep the log in: add --out DIR."))
    problems.folder(out_folder)
    problems.raise_any()
    if plan:
        tell_plan(spec, count, processes, count, language, as_json)
        return
    reach_load([spec], language)
    about = run_manifest(spec, count)
    keeping = Keeping(None if out_folder is None else new_store(out_folder, about), language)
    with reported_when_broken_off(language, keeping.fate):
        records, state = carry_out(spec, count, processes, keeping, events, out_folder is not None, language)
    failed = [one for one in records if one.status != "ok"]
    for one in failed:
        note(
            translator(language)("replication {number} failed: {error}").format(
                number=one.spec.replication, error=one.error
            )
        )
    good = [one for one in records if one.status == "ok"]
    if as_json:
        rows = [{"replication": one.spec.replication, "outcomes": dict(one.outcomes)} for one in good]
        begun = (
            *(("district",) if "district" in about else ()),
            "warmup",
            "history",
            *(("match_load", "staffing") if spec.match_load is not None else ()),
        )
        described = {key: about[key] for key in ("scenario", "residents", "days", *begun, "seed", "parameters")}
        print_json({**described, "manifest": about, "runs": rows})
    elif good and state is not None:
        from pingan_abm.report.summary import print_summary

        print_summary(out(), spec, [one.outcomes for one in good], state, language)
        note_on_size(spec.residents, language)
    if failed or not keeping.whole:
        raise typer.Exit(1)


def new_store(folder: Path, about: dict[str, Any]) -> "Store":
    """The folder that the runs will be kept in. Raises InputErrors when they cannot be."""
    from pingan_abm.study.keep.folder import create_store, same_runs

    return create_store(folder, about, same_runs(about))


def run_manifest(spec: RunSpec, replications: int) -> dict[str, Any]:
    """What is printed of runs of one specification."""
    from pingan_abm.outcomes.catalogue import OUTCOMES

    parameters, scenario = resolved(spec)
    about = {
        "kind": "run",
        "residents": spec.residents,
        "days": spec.days,
        "start": spec.start,
        **beginning_of(spec),
        **({} if spec.match_load is None else {"staffing": staffing_of(spec)}),
        "replications": replications,
        "planned": replications,
        "scenario_contents": scenario,
        "incidents": spec.incidents,
        "outcomes": list(OUTCOMES),
    }
    return manifest(seed=spec.seed, parameters=dict(parameters), command="run", scenario=spec.scenario.name, more=about)


def carry_out(
    spec: RunSpec, replications: int, workers: int, keeping: Keeping, events: bool, series: bool, language: str
) -> "tuple[list[Record], FinalState | None]":
    """The replications in their order, without what was kept of their days and events; and the state of the first one's
    model on its last day, None if it failed."""
    from pingan_abm.study.run.runner import run_all
    from pingan_abm.study.run.workers import prepare

    prepare(Announcement(language))
    say = translator(language)
    specs = [replace(spec, replication=number) for number in range(replications)]
    first = _First()
    records: list[Record] = []
    try:
        with first.shown(spec, language):
            records += keeping.passed(run_all(specs[:1], 1, first.run, series=series, events=events))
        if replications > 1:
            with progress_bar(replications, say("replications")) as bar:
                for record in keeping.passed(run_all(specs[1:], workers, series=series, events=events)):
                    records.append(record)
                    bar.at(len(records))
    finally:  # broken off by Ctrl-C too: what is finished is kept
        keeping.close()
    return sorted(records, key=_by_replication), first.state


def _by_replication(record: "Record") -> int:
    return record.spec.replication


class _First:
    """Runs the first replication here, and keeps what the summary shows of its model."""

    def __init__(self) -> None:
        self.state: FinalState | None = None
        self.bar: Bar | None = None
        self.days = self.warmup = 0
        self.language = "en"

    @contextmanager
    def shown(self, spec: RunSpec, language: str) -> Iterator[None]:
        """A bar shows the days that are done, first those of a warm-up, then those of the run."""
        self.days, self.warmup, self.language = spec.days, spec.warmup, language
        with progress_bar(spec.days, translator(language)("days")) as self.bar:
            yield

    def run(self, spec: RunSpec, **keep: bool) -> Any:
        from pingan_abm.runs import run_one

        return run_one(spec, on_day=self.on_day, on_warm_up=self.on_warm_up, keep_model=self.look, **keep)

    def on_warm_up(self, done: int) -> None:
        assert self.bar is not None
        self.bar.at(done, self.warmup, warm_up_words(self.warmup, self.language))

    def on_day(self, done: int) -> None:
        assert self.bar is not None
        self.bar.at(done, self.days, translator(self.language)("days"))

    def look(self, model: "PinganModel") -> None:
        from pingan_abm.report.summary import final_state

        self.state = final_state(model)
