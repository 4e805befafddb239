"""`pingan compare`: scenarios against a baseline, on the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of_arms, reach_load
from pingan_abm.commands.comparison_table import print_comparison
from pingan_abm.commands.keeping import Keeping, reported_when_broken_off
from pingan_abm.commands.terminal import (
    Announcement,
    Bar,
    note,
    note_on_size,
    out,
    print_json,
    progress_bar,
)
from pingan_abm.runs import contents_id, resolved, settings_from_text
from pingan_abm.scenarios.parts import placed
from pingan_abm.texts.errors import InputErrors, sentence, suggestion
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.study.decide.beliefs import Beliefs, Standing
    from pingan_abm.study.decide.compare import Arm, Replicated
    from pingan_abm.study.keep.store import Store

MOST_SCENARIOS = 50


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
    outcomes: Annotated[
        list[str] | None, typer.Option("--outcome", metavar="NAME", help="Outcomes to show and to narrow down.")
    ] = None,
    beliefs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ranges of what is uncertain, and who believes in them.")
    ] = None,
    out_folder: options.OptionalOutFolder = None,
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
    width = problems.number("--until-width", until_width) if until_width else None
    if width is not None and width <= 0:
        problems.add(sentence("--until-width {value} is not usable: write a number above 0.", value=until_width))
    from pingan_abm.study.decide import compare as study

    most = (
        problems.replications(replications, 2)
        if replications
        else (study.REPLICATIONS if width is None else study.MOST_PAIRS)
    )
    from pingan_abm.study.decide.beliefs import keep_weighed, read_beliefs

    believed = problems.attempt(read_beliefs, beliefs) if beliefs is not None else None
    problems.folder(out_folder)
    problems.raise_any()
    reach_load([arm.spec for arm in arms], language)
    keeping = Keeping(
        None if out_folder is None else open_folder(out_folder, arms, most if width is None else None), language
    )
    done = study.Replicated(tuple(arms))
    each = most if width is None else study.REPLICATIONS
    with reported_when_broken_off(language, keeping.fate):
        enough = carry_out(done, chosen, width, most, processes, keeping, out_folder is not None, language)
        standings = [] if believed is None else weigh(arms, believed, chosen, each, processes, language)
    if beliefs is not None and out_folder is not None:
        keeping.attempt(out_folder, keep_weighed, out_folder, beliefs, standings)
    for line in done.failed:
        note(line)
    if as_json:
        print_json(document(done, standings))
    else:
        print_comparison(out(), done, chosen, standings, language)
        note_on_size(arms[0].spec.residents, language)
    if not enough:
        text = translator(language)("The intervals are still wider than asked for after {count} replications.")
        note(text.format(count=len(done.whole())))
    if done.failed or not enough or not keeping.whole:
        raise typer.Exit(1)


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


def open_folder(folder: Path, arms: "Sequence[Arm]", replications: int | None) -> "Store":
    """The folder for the runs of a comparison. replications: how many there will be, None when the intervals decide."""
    from pingan_abm.files.provenance import manifest
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.keep.folder import create_store, same_runs

    spec = arms[0].spec
    described = [{"label": arm.label, "scenario": arm.spec.scenario, "settings": arm.spec.settings} for arm in arms]
    size = {"residents": spec.residents, "days": spec.days, "start": spec.start, **beginning_of_arms(arms)}
    planned = {} if replications is None else {"planned": replications * len({contents_id(arm.spec) for arm in arms})}
    more = {"kind": "comparison", **size, **planned, "arms": described, "outcomes": list(OUTCOMES)}
    parameters = dict(resolved(spec)[0])
    about = manifest(seed=spec.seed, parameters=parameters, command="compare", scenario=spec.scenario.name, more=more)
    return create_store(folder, about, same_runs(about))


def carry_out(
    done: "Replicated",
    outcomes: Sequence[str],
    width: float | None,
    most: int,
    workers: int,
    keeping: Keeping,
    series: bool,
    language: str,
) -> bool:
    """The replications of a comparison; False when they did not narrow the intervals down as asked for."""
    from pingan_abm.study.decide.compare import replicate, replicate_until
    from pingan_abm.study.run.workers import prepare

    prepare(Announcement(language))
    announce_warm_up([arm.spec for arm in done.arms], language)
    try:
        with progress_bar(most * len(done.arms), translator(language)("runs")) as bar:
            announce = _Counting(bar)
            if width is not None:
                return replicate_until(
                    done, outcomes, width, most, workers, keep=keeping.add, announce=announce, series=series
                )
            replicate(done, range(most), workers, keep=keeping.add, announce=announce, series=series)
            return True
    finally:
        keeping.close()


class _Counting:
    """Counts finished runs over several calls."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.count = bar, 0

    def __call__(self, _: int) -> None:
        self.count += 1
        self.bar.at(self.count)


def weigh(
    arms: "Sequence[Arm]", beliefs: "Beliefs", outcomes: Sequence[str], replications: int, workers: int, language: str
) -> "list[tuple[str, Standing]]":
    """(outcome, standing) of every scenario over every participant's ranges."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.study.decide.beliefs import standings
    from pingan_abm.study.decide.compare import over_beliefs

    total = len(arms) * beliefs.samples * len(beliefs.of) * replications
    with progress_bar(total, translator(language)("runs over beliefs")) as bar:
        results = over_beliefs(arms, beliefs, replications, workers, _Counting(bar))
    found = []
    for who, by_label in results.items():
        for name in outcomes:
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
