"""`pingan compare`: scenarios against a baseline, on the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of_arms, reach_load
from pingan_abm.commands.comparison_table import print_comparison
from pingan_abm.commands.keeping import Keeping, reported_when_broken_off
from pingan_abm.commands.planning import tell_plan
from pingan_abm.commands.terminal import (
    Announcement,
    Counting,
    note,
    note_on_size,
    out,
    print_json,
    progress_bar,
)
from pingan_abm.runs import MOST_REPLICATIONS, contents_id, resolved
from pingan_abm.scenarios.parts import placed
from pingan_abm.scenarios.setting_names import settings_from_text
from pingan_abm.texts.errors import InputErrors, Sentence, sentence, suggestion, translated
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.decide.beliefs import Beliefs, Standing
    from pingan_abm.study.decide.compare import Arm, Replicated
    from pingan_abm.study.keep.store import Store

MOST_SCENARIOS = 50
BELIEF_RUNS = "belief_runs"  # the folder, in that of a comparison, for runs over beliefs


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="[LABEL=]BASELINE [LABEL=]SCENARIO...", help="The baseline, then what is compared."),
    ],
    residents: options.Residents = run_options.DEFAULT_RESIDENTS,
    days: options.Days = run_options.DEFAULT_DAYS,
    seed: options.Seed = "0",
    replications: options.Replications = "",
    start: options.Start = run_options.DEFAULT_START,
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="LABEL:NAME=VALUE", help="Set a parameter of one scenario; without LABEL, of all."
        ),
    ] = None,
    workers: options.WorkersOption = "",
    until_width: Annotated[
        str, typer.Option(metavar="W", help="Add replications until the intervals of --outcome are at most so wide.")
    ] = "",
    most: Annotated[
        str, typer.Option("--most", metavar="N", help="With --until-width: no more than N replications.")
    ] = "",
    outcomes: Annotated[
        list[str] | None, typer.Option("--outcome", metavar="NAME", help="Outcomes to show and to narrow down.")
    ] = None,
    beliefs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ranges of what is uncertain, and who believes in them.")
    ] = None,
    belief_runs: options.BeliefRuns = "",
    out_folder: options.OptionalOutFolder = None,
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Compare scenarios with a baseline: the same replications for all, differences with intervals of 95 %.

    Example: pingan compare pingan365 strict=pingan365 people_centred --set strict:accountability=0.9 --residents 34500
    """
    problems = options.Problems()
    language = problems.language(lang)
    processes = problems.workers(workers)
    asked = run_options.Asked(residents, days, seed, start, warmup, history, match_load)
    arms = read_arms(problems, scenarios, settings or [], asked)
    chosen = read_outcomes(problems, outcomes or [])
    stop = read_stop(problems, replications, until_width, most)
    if belief_runs:
        stop = replace(stop, each=problems.whole("--belief-runs", belief_runs, 1, MOST_REPLICATIONS))
    from pingan_abm.study.decide.beliefs import read_beliefs

    believed = problems.attempt(read_beliefs, beliefs) if beliefs is not None else None
    problems.folder(out_folder)
    problems.raise_any()
    if plan:
        runs = len({contents_id(arm.spec) for arm in arms}) * stop.most
        runs += 0 if believed is None else len(arms) * believed.samples * len(believed.of) * stop.each
        tell_plan(arms[0].spec, runs, processes, stop.most, language, as_json)
        return
    question = Question(arms, chosen, bool(outcomes), stop, believed, beliefs, out_folder, processes, language)
    answer = answer_of(question)
    if as_json:
        print_json(document(answer.done, answer.standings))
    else:
        print_comparison(out(), answer.done, chosen, answer.standings, language)
        note_on_size(arms[0].spec.residents, language)
    if not note_shortcomings(answer, question):
        raise typer.Exit(1)


@dataclass(frozen=True)
class Question:
    """What is asked of a comparison, checked. outcomes_asked: whether somebody chose the outcomes; sheet: the beliefs
    file; folder: where runs are kept."""

    arms: "Sequence[Arm]"
    outcomes: Sequence[str]
    outcomes_asked: bool
    stop: "Stop"
    beliefs: "Beliefs | None"
    sheet: Path | None
    folder: Path | None
    workers: int
    language: str


@dataclass(frozen=True)
class Answer:
    """What came out. missed: why the intervals are not as narrow as asked for; kept: whether everything that was to be
    stored is stored."""

    done: "Replicated"
    standings: "list[tuple[str, Standing]]"
    missed: Sentence | None
    kept: bool


def answer_of(question: Question) -> Answer:
    """Carry out a comparison, and weigh it over beliefs; runs are stored as they finish."""
    from pingan_abm.study.decide.beliefs import keep_weighed
    from pingan_abm.study.decide.compare import Replicated

    arms, folder, language = question.arms, question.folder, question.language
    reach_load([arm.spec for arm in arms], language)
    more = {"chosen": list(question.outcomes)} if question.outcomes_asked else {}
    store = None if folder is None else open_folder(folder, arms, question.stop.planned, more=more)
    keeping = Keeping(store, language)
    belief_runs = None if folder is None or question.beliefs is None else folder / BELIEF_RUNS
    of_beliefs = Keeping(None if belief_runs is None else open_folder(belief_runs, arms, None, "beliefs"), language)
    done, standings = Replicated(tuple(arms)), []
    with reported_when_broken_off(language, keeping.fate):
        missed = carry_out(done, question, keeping)
        if question.beliefs is not None:
            standings = weigh(question, question.beliefs, of_beliefs)
    if question.sheet is not None and folder is not None:
        keeping.attempt(folder, keep_weighed, folder, question.sheet, standings)
    return Answer(done, standings, missed, keeping.whole and of_beliefs.whole)


def note_shortcomings(answer: Answer, question: Question) -> bool:
    """Print which runs failed, and what the intervals are worth when their width decided; whether all is well."""
    say = translator(question.language)
    for line in answer.done.failed:
        note(line)
    if answer.missed is not None:
        note(translated(answer.missed, say))
    elif question.stop.width is not None:
        note(
            say(
                "Intervals on which a comparison stops are a little too narrow where results are skewed: meant for "
                "95 %, they may hold 90 % or less."
            )
        )
    return answer.kept and answer.missed is None and not answer.done.failed


@dataclass(frozen=True)
class Stop:
    """When a comparison has enough replications: after `most`, or sooner, when the intervals are as narrow as `width`.
    each: replications of every point of a belief."""

    most: int
    width: float | None
    each: int

    @property
    def planned(self) -> int | None:
        """How many replications there will be; None when the intervals decide."""
        return self.most if self.width is None else None


def read_stop(problems: options.Problems, replications: str, until_width: str, most: str) -> Stop:
    """When to stop, from the options that say so."""
    from pingan_abm.study.decide.compare import MOST_PAIRS, REPLICATIONS

    width = problems.number("--until-width", until_width) if until_width else None
    if width is not None and width <= 0:
        problems.add(sentence("--until-width {value} is not usable: write a number above 0.", value=until_width))
    if most and width is None:
        problems.add(sentence("--most goes with --until-width; without it write --replications."))
    if most and replications:
        problems.add(sentence("--most and --replications: write one of them."))
    if width is None:
        count = problems.replications(replications, 2) if replications else REPLICATIONS
        return Stop(count, None, count)
    if not most and not replications:
        return Stop(MOST_PAIRS, width, REPLICATIONS)
    option, text = ("--most", most) if most else ("--replications", replications)
    return Stop(problems.whole(option, text, 2, MOST_REPLICATIONS), width, REPLICATIONS)


def read_arms(
    problems: options.Problems,
    words: Sequence[str],
    settings: Sequence[str],
    asked: run_options.Asked,
) -> "list[Arm]":
    """The arms that the arguments name, checked."""
    from pingan_abm.study.decide.compare import Arm, check_labels

    if not 2 <= len(words) <= MOST_SCENARIOS:
        problems.add(
            sentence(
                "one scenario is not enough: name the baseline and at least one more."
                if len(words) < 2
                else "{count} scenarios are too many: name {most} at most.",
                count=len(words),
                most=MOST_SCENARIOS,
            )
        )
    labelled = [split_label(word) for word in words[:MOST_SCENARIOS]]
    by_label = read_settings(problems, settings, [label for label, _ in labelled])
    common = run_options.read_spec(problems, labelled[0][1], asked)
    arms = []
    for place, (label, name) in enumerate(labelled):
        scenario = common.scenario if place == 0 else problems.scenario(name)
        arms.append(Arm(label, replace(common, scenario=scenario, settings=by_label[label])))
    common_problems = tuple(problems.found)
    for arm in arms:
        problems.attempt(check_arm, arm, common_problems)
    for line in check_labels(arms):
        problems.add(line)
    return arms


def check_arm(arm: "Arm", reported: Sequence[str]) -> None:
    """Raise InputErrors with what is wrong with an arm's settings and has not been reported already, with its label."""
    try:
        resolved(arm.spec)
    except InputErrors as wrong:
        if own := [placed(arm.label, line) for line in wrong.problems if line not in reported]:
            raise InputErrors(own) from None


def split_label(word: str) -> tuple[str, str]:
    """(label, scenario) of "LABEL=SCENARIO" or "SCENARIO"; a file whose name has an equals sign needs a label."""
    label, equals, name = word.partition("=")
    if equals and label and not Path(word).is_file():
        return label, name
    return (Path(word).stem if word.endswith(".toml") else word), word


def read_settings(
    problems: options.Problems, texts: Sequence[str], labels: Sequence[str]
) -> dict[str, dict[str, object]]:
    """{label: {name: value}} from "LABEL:NAME=VALUE"; what has no label holds for every scenario."""
    found: dict[str, dict[str, object]] = {label: {} for label in labels}
    for text in texts:
        name, equals, _ = text.partition("=")
        label, colon, _ = name.partition(":")
        if colon and label not in found:
            problems.add(
                sentence(
                    '--set {text}: no scenario has the label "{label}".{near}',
                    text=text,
                    label=label,
                    near=suggestion(label, labels),
                )
            )
            continue
        own = text.partition(":")[2] if colon and equals else text
        read = problems.attempt(settings_from_text, [own]) or {}
        for one in [label] if colon else labels:
            found[one] |= read
    return found


def read_outcomes(problems: options.Problems, names: Sequence[str]) -> list[str]:
    """The outcomes chosen; the headlines without a choice."""
    from pingan_abm.report.summary import HEADLINES

    return problems.outcomes(names) or list(HEADLINES)


def open_folder(
    folder: Path,
    arms: "Sequence[Arm]",
    replications: int | None,
    kind: str = "comparison",
    *,
    command: str = "compare",
    more: Mapping[str, Any] | None = None,
) -> "Store":
    """The folder for the runs of a comparison. replications: how many there will be, None when the intervals decide;
    kind: what they are, "beliefs" for runs over beliefs; command: the one that makes them; more: what its manifest says
    besides."""
    from pingan_abm.files.provenance import manifest
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.keep.folder import create_store, same_runs

    spec = arms[0].spec
    described = [{"label": arm.label, "scenario": arm.spec.scenario, "settings": arm.spec.settings} for arm in arms]
    size = {"residents": spec.residents, "days": spec.days, "start": spec.start, **beginning_of_arms(arms)}
    planned = {} if replications is None else {"planned": replications * len({contents_id(arm.spec) for arm in arms})}
    whole = {"kind": kind, **size, **planned, "arms": described, "outcomes": list(OUTCOMES), **(more or {})}
    parameters = dict(resolved(spec)[0])
    about = manifest(seed=spec.seed, parameters=parameters, command=command, scenario=spec.scenario.name, more=whole)
    return create_store(folder, about, same_runs(about))


def carry_out(done: "Replicated", question: Question, keeping: Keeping) -> Sentence | None:
    """The replications of a comparison; why they did not narrow the intervals down, if they did not."""
    from pingan_abm.study.decide.compare import replicate, replicate_until
    from pingan_abm.study.run.workers import prepare

    stop, workers, language = question.stop, question.workers, question.language
    prepare(Announcement(language))
    announce_warm_up([arm.spec for arm in done.arms], language)
    try:
        with progress_bar(stop.most * len(done.arms), translator(language)("runs")) as bar:
            how: Any = {"keep": keeping.add, "announce": Counting(bar), "series": question.folder is not None}
            if stop.width is not None:
                return replicate_until(done, question.outcomes, stop.width, stop.most, workers, **how)
            replicate(done, range(stop.most), workers, **how)
            return None
    finally:
        keeping.close()


def weigh(question: Question, beliefs: "Beliefs", keeping: Keeping) -> "list[tuple[str, Standing]]":
    """(outcome, standing) of every scenario over every participant's ranges; the runs are stored as they finish."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.decide.beliefs import standings
    from pingan_abm.study.decide.compare import over_beliefs

    arms, each = question.arms, question.stop.each
    total = len(arms) * beliefs.samples * len(beliefs.of) * each
    try:
        with progress_bar(total, translator(question.language)("runs over beliefs")) as bar:
            announce = Counting(bar)
            results = over_beliefs(arms, beliefs, each, question.workers, keep=keeping.add, announce=announce)
    finally:
        keeping.close()
    found = []
    for who, by_label in results.items():
        for name in question.outcomes:
            values = {label: [values_of(name, point) for point in points] for label, points in by_label.items()}
            found += [(name, one) for one in standings(who, values, OUTCOMES[name].better)]
    return found


def values_of(outcome: str, replications: "Sequence[Mapping[str, float | None] | None]") -> list[float | None]:
    """An outcome by replication; None where a run failed."""
    return [None if one is None else one[outcome] for one in replications]


def document(done: "Replicated", standings: "Sequence[tuple[str, Standing]]") -> dict[str, Any]:
    """The comparison as a JSON document."""
    from pingan_abm.files.provenance import manifest
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.decide.interaction import interactions

    spec = done.arms[0].spec
    result = {
        "baseline": done.arms[0].label,
        "replications": len(done.whole()),
        **beginning_of_arms(done.arms),
        "comparisons": [{**asdict(one), "narrower": one.narrower} for one in done.comparisons(OUTCOMES)],
        "manifest": manifest(
            seed=spec.seed,
            parameters=dict(resolved(spec)[0]),
            command="compare",
            scenario=spec.scenario.name,
            more={
                "residents": spec.residents,
                "days": spec.days,
                "start": spec.start,
                **beginning_of_arms(done.arms),
                "settings": {arm.label: arm.spec.settings for arm in done.arms},
            },
        ),
    }
    if joint := interactions(done, OUTCOMES):
        result["interactions"] = [asdict(one) for one in joint]
    if standings:
        result["beliefs"] = [{"outcome": name, **asdict(one)} for name, one in standings]
    return result
