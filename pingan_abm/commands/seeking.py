"""`pingan seek` and `pingan calibrate`: settings that reach a goal, parameter values that fit figures."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of, reach_load
from pingan_abm.commands.keeping import GOES_ON, NOTHING, reported_when_broken_off
from pingan_abm.commands.planning import tell_plan
from pingan_abm.commands.sweeps import StudyFile
from pingan_abm.commands.terminal import (
    Announcement,
    Bar,
    note,
    note_on_size,
    out,
    print_json,
    progress_bar,
)
from pingan_abm.files.provenance import canonical
from pingan_abm.parameters.declared import written
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.texts.errors import InputErrors, Sentence, sentence, translated
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_per_cent

if TYPE_CHECKING:
    from pingan_abm.parameters.fields import Declaration
    from pingan_abm.study.decide.seek import Answer
    from pingan_abm.study.infer.calibration import Fit
    from pingan_abm.study.plan.study import Study
    from pingan_abm.study.run.workers import LocalWorkers

TRIALS = "100"
MOST_TRIALS = 1_000_000


def seek(
    outcome: Annotated[str, typer.Option(metavar="NAME", help="The outcome that has to reach a goal.")],
    lever: Annotated[str, typer.Option(metavar="NAME", help="The lever to set.")],
    scenario: options.ScenarioArgument = BASELINE,
    below: Annotated[str, typer.Option(metavar="X", help="The goal: at most X.")] = "",
    above: Annotated[str, typer.Option(metavar="X", help="The goal: at least X.")] = "",
    replications: options.Replications = "10",
    residents: options.Residents = run_options.DEFAULT_RESIDENTS,
    days: options.Days = run_options.DEFAULT_DAYS,
    seed: options.Seed = "0",
    start: options.Start = run_options.DEFAULT_START,
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    settings: options.Settings = None,
    workers: options.WorkersOption = "",
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Seek the smallest setting of a lever with which an outcome reaches a goal, or say that none does (exit code 1).

    Example: pingan seek --outcome closure_gap --below 0.05 --lever verification_rate --residents 34500
    """
    problems = options.Problems()
    language = problems.language(lang)
    asked = run_options.Asked(residents, days, seed, start, warmup, history, match_load)
    spec = run_options.read_spec(problems, scenario, asked, settings=settings)
    count, processes = problems.replications(replications, 2), problems.workers(workers)
    from pingan_abm.study.decide import seek as study

    named = problems.outcomes([outcome])
    outcome = named[0] if named else outcome
    if bool(below) == bool(above):
        problems.add(sentence("write the goal as either --below X or --above X."))
    limit = problems.goal("--below" if below else "--above", below or above, named) if below or above else 0.0
    lever = lever_named(lever)
    chosen = problems.attempt(study.lever, lever)
    if lever in spec.settings:
        problems.add(sentence("--set {name}: it is the lever that is sought; leave it out.", name=lever))
    if lever == "staffing" and spec.match_load is not None:
        problems.add(sentence("--match-load sets staffing, so it cannot be the lever that is sought."))
    problems.raise_any()
    if plan:
        tell_plan(spec, (study.COARSE + study.HALVINGS) * count, processes, count, language, as_json)
        return
    reach_load([spec], language)
    assert chosen is not None  # else there were problems
    from pingan_abm.study.run.workers import LocalWorkers, prepare

    prepare(Announcement(language))
    announce_warm_up([spec], language)
    goal = study.Goal(outcome, "below" if below else "above", limit)
    bars = progress_bar(study.COARSE + study.HALVINGS, translator(language)("settings"))
    with reported_when_broken_off(language, NOTHING), bars as bar, closing(LocalWorkers(processes)) as pool:
        answer = study.seek(chosen, goal, Evaluation(spec, lever, outcome, count, pool, bar))
    if as_json:
        about = {"scenario": spec.scenario.name, **beginning_of(spec), "lever": lever, "replications": count}
        print_json({**about, **canonical(asdict(answer))})
    else:
        print_answer(answer, chosen, language)
        note_on_size(spec.residents, language)
    if answer.setting is None:
        raise typer.Exit(1)


def lever_named(text: str) -> str:
    """The identifier of a parameter that a text names, as it is shown in either language; else the text."""
    from pingan_abm.parameters.declared import declarations
    from pingan_abm.texts.shown_names import identified

    return identified(text, {one.name: (one.en, one.zh) for one in declarations()}) or text


class Evaluation:
    """An outcome at a setting of a lever, one value a replication, the same replications each time."""

    def __init__(
        self, spec: RunSpec, lever: str, outcome: str, replications: int, workers: "LocalWorkers", bar: Bar
    ) -> None:
        self.spec, self.lever, self.outcome = spec, lever, outcome
        self.replications, self.workers, self.bar, self.done = replications, workers, bar, 0

    def __call__(self, setting: Any) -> Sequence[float | None]:
        """The outcome at a setting."""
        values = evaluate(self.spec, {self.lever: setting}, [self.outcome], self.replications, self.workers)[
            self.outcome
        ]
        self.done += 1
        self.bar.at(self.done)
        return values


def evaluate(
    spec: RunSpec, settings: Mapping[str, Any], outcomes: Sequence[str], replications: int, workers: "LocalWorkers"
) -> dict[str, list[float | None]]:
    """Outcomes of a specification with further settings, by replication; None where a run failed."""
    from pingan_abm.study.run.runner import run_all

    specs = [
        replace(spec, settings={**spec.settings, **settings}, replication=number) for number in range(replications)
    ]
    found: dict[str, list[float | None]] = {name: [None] * replications for name in outcomes}
    for record in run_all(specs, workers.workers, pool=workers):
        for name in outcomes:
            found[name][record.spec.replication] = record.outcomes.get(name)
    return found


def print_answer(answer: "Answer", lever: "Declaration", language: str) -> None:
    """Print what was tried, and what was found."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import Labels
    from pingan_abm.report.summary import table, with_interval

    say, entry, value = translator(language), OUTCOMES[answer.goal.outcome], partial(Labels(language).value, lever.name)
    shown = table((lever.label(language), f"{entry.label(language)} {say('[95 %]')}", say("goal")))
    for one in answer.tried:
        result = with_interval(one.result, entry.unit, language)
        shown.add_row(value(one.setting), result, say("reached") if one.met else "")
    out().print(shown, "")
    limit = (
        with_per_cent(f"{100 * answer.goal.limit:g}", language) if entry.unit == "share" else f"{answer.goal.limit:g}"
    )  # as it was asked for
    goal = f"{entry.label(language)} {'≤' if answer.goal.side == 'below' else '≥'} {limit}"
    if all(one.result is None for one in answer.tried):
        text = say("{outcome} has no value at any setting tried: the run may be too short for it.").format(
            outcome=entry.label(language)
        )
    elif answer.setting is None:
        text = say("No setting of {lever} that was tried reaches {goal}.")
    else:
        text = say("The smallest setting of {lever} with {goal} is {setting}.")
    lines = [text.format(lever=lever.label(language), goal=goal, setting=value(answer.setting))]
    if answer.setting is not None:
        lines += uncertainty_lines(answer, value, language)
    if answer.missed_above:
        lines.append(say("Beware: at some larger settings the goal is missed again."))
    sys.stdout.write("\n".join(lines) + "\n")


def uncertainty_lines(answer: "Answer", value: Callable[[Any], str], language: str) -> list[str]:
    """How sure the setting found is, in sentences."""
    say = translator(language)
    lines = []
    if answer.low is not None and answer.high is not None:
        lines.append(
            say("Drawn anew, replications put it between {low} and {high} (95 %).").format(
                low=value(answer.low), high=value(answer.high)
            )
        )
    elif answer.low is not None:
        lines.append(
            say(
                "Drawn anew, replications put it at {low} or above (95 %); in some draws no setting tried reaches the "
                "goal."
            ).format(low=value(answer.low))
        )
    if answer.sure_setting is None and not answer.missed_above:
        lines.append(
            say("At no setting tried does the whole interval lie within the goal from there on: add replications.")
        )
    elif answer.sure_setting is not None:
        lines.append(
            say("From {setting} on the whole interval lies within the goal.").format(setting=value(answer.sure_setting))
        )
    return lines


def calibrate(
    study: StudyFile,
    out_folder: options.OutFolder,
    trials: Annotated[str, typer.Option(metavar="N", help="Trials in all, those of earlier calls included.")] = TRIALS,
    workers: options.WorkersOption = "",
    warmup: options.Warmup = "",
    history: options.History = "",
    match_load: options.MatchLoad = "",
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Seek parameter values that bring outcomes near the figures under [targets] of a study file; goes on where it
    stopped.

    Example: pingan calibrate experiments/calibration.toml --out results/calibration --trials 200
    """
    problems = options.Problems()
    language = problems.language(lang)
    number, processes = problems.whole("--trials", trials, 1, MOST_TRIALS), problems.workers(workers)
    read = problems.attempt(read_for_fit, study)
    read = run_options.begun_otherwise(problems, read, warmup, history, match_load)
    problems.folder(out_folder)
    problems.raise_any()
    assert read is not None  # else there were problems
    if plan:
        first = read.spec({one.name: one.first() for one in read.ranges}, 0)
        tell_plan(first, number * read.replications, processes, read.replications, language, as_json)
        return
    from pingan_abm.study.infer.calibration import calibrate as fit
    from pingan_abm.study.run.workers import LocalWorkers, prepare

    with options.filling(out_folder):
        open_folder(out_folder, read)
    prepare(Announcement(language))
    bars = progress_bar(number, translator(language)("trials"))
    with (
        reported_when_broken_off(language, GOES_ON),
        options.filling(out_folder),
        bars as bar,
        closing(LocalWorkers(processes)) as pool,
    ):
        found = fit(
            out_folder,
            read.ranges,
            read.targets,
            _Trial(read, pool),
            trials=number,
            seed=read.seed,
            on_trial=_Trials(bar),
            on_damage=_Damage(language),
        )
    if as_json:
        print_json({"study": read.name, "fit": None if found is None else canonical(asdict(found))})
    else:
        print_fit(found, read, language)
    if found is None:
        raise typer.Exit(1)


def read_for_fit(path: Path) -> "Study":
    """A study file that has targets. Raises InputErrors with every mistake."""
    from pingan_abm.study.plan.files import read_study

    read = read_study(path, designed=False)
    if not read.targets:
        raise InputErrors(
            [
                sentence(
                    "{path}: a calibration needs figures to reach; write a table [targets], for example {example}.",
                    path=path,
                    example="closure_gap = { value = 0.08, scale = 0.02 }",
                )
            ]
        )
    return read


def open_folder(folder: Path, study: "Study") -> None:
    """The folder for a calibration. Its journal says whether another calibration is in it."""
    from pingan_abm.files.provenance import manifest
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.runs import resolved
    from pingan_abm.study.keep.folder import create_store, same_runs

    begun = beginning_of(study.spec({}, 0))
    more = {"kind": "calibration", **begun, "calibration": study.contents(), "outcomes": list(OUTCOMES)}
    parameters = dict(resolved(study.spec({one.name: one.first() for one in study.ranges}, 0))[0])
    about = manifest(
        seed=study.seed, parameters=parameters, command="calibrate", scenario=study.scenario.name, more=more
    )
    create_store(folder, about, same_runs(about))


class _Trial:
    """The targets' outcomes at settings, by replication."""

    def __init__(self, study: "Study", workers: "LocalWorkers") -> None:
        self.study, self.workers = study, workers

    def __call__(self, settings: Mapping[str, Any]) -> Mapping[str, Sequence[float | None]]:
        names = [one.outcome for one in self.study.targets]
        return evaluate(self.study.spec({}, 0), settings, names, self.study.replications, self.workers)


class _Damage:
    def __init__(self, language: str) -> None:
        self.say = translator(language)

    def __call__(self, problem: Sentence) -> None:
        note(translated(problem, self.say))


class _Trials:
    def __init__(self, bar: Bar) -> None:
        self.bar = bar

    def __call__(self, done: int, misfit: float) -> None:
        self.bar.at(done)


def print_fit(found: "Fit | None", study: "Study", language: str) -> None:
    """Print the best settings and how near they come."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import Labels
    from pingan_abm.report.summary import shown_number, table

    say, label = translator(language), Labels(language)
    if found is None:
        sys.stdout.write(say("No trial gave every target a value.") + "\n")
        return
    shown = table((say("parameter"), say("searched"), say("best value"), say("in the best tenth of the trials")))
    for one in study.ranges:
        searched, between = (one.values, ", ") if one.kind == "values" else ((one.low, one.high), " … ")
        rows = (searched, (found.settings[one.name],), found.near.spans[one.name])
        shown.add_row(label(one.name), *(between.join(_rounded(value) for value in values) for values in rows))
    out().print(shown, "")
    shown = table((say("target"), say("wanted"), say("reached")))
    for target in study.targets:
        entry = OUTCOMES[target.outcome]
        values = (target.value, found.outcomes[target.outcome])
        shown.add_row(entry.label(language), *(shown_number(value, entry.unit, language) for value in values))
    out().print(shown, "")
    sys.stdout.write(
        say("Misfit {misfit} after {trials} trials (1 = one scale off on average).").format(
            misfit=f"{found.misfit:.3f}", trials=found.trials
        )
        + "\n"
    )
    sys.stdout.write(
        say("The best tenth ({trials} trials) has misfits up to {misfit}.").format(
            misfit=f"{found.near.misfit:.3f}", trials=found.near.trials
        )
        + "\n"
    )


def _rounded(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else written(value)
