"""`pingan rank`: every lever moved by one step, side by side."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of, reach_load
from pingan_abm.commands.compare import open_folder
from pingan_abm.commands.keeping import Keeping, reported_when_broken_off
from pingan_abm.commands.planning import tell_plan
from pingan_abm.commands.terminal import Announcement, Counting, note, note_on_size, out, print_json, progress_bar
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.texts.errors import sentence, shown, suggested_name
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from rich.table import Table

    from pingan_abm.runs import RunSpec
    from pingan_abm.study.decide.compare import Arm, Replicated
    from pingan_abm.study.decide.rank import Bought

REPLICATIONS = "10"
PICTURE = "rank.svg"
PER_CENT = 100.0


@dataclass(frozen=True)
class Question:
    """What is asked, checked. step: a share."""

    spec: "RunSpec"
    step: float
    levers: Sequence[str]
    outcomes: Sequence[str]
    replications: int
    workers: int
    folder: Path | None
    language: str


def rank(
    scenario: options.ScenarioArgument = BASELINE,
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="What levers are ranked by, the first one first."),
    ] = None,
    step: Annotated[
        str, typer.Option("--step", metavar="20%", help="How far each lever moves: a share of what it is now.")
    ] = "20%",
    levers: Annotated[
        list[str] | None, typer.Option("--lever", metavar="NAME", help="Only this lever; may be given several times.")
    ] = None,
    residents: options.Residents = run_options.DEFAULT_RESIDENTS,
    days: options.Days = run_options.DEFAULT_DAYS,
    seed: options.Seed = "0",
    replications: options.Replications = REPLICATIONS,
    start: options.Start = run_options.DEFAULT_START,
    warmup: options.Warmup = run_options.DEFAULT_WARMUP,
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    settings: options.Settings = None,
    workers: options.WorkersOption = "",
    out_folder: options.OptionalOutFolder = None,
    plan: options.Plan = False,
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Rank all levers: each moves by one step from the same baseline, in the same replications, so that what one buys
    stands beside what the others do, for a step and for ten million yuan.

    Example: pingan rank --outcome solved_share --outcome burden --residents 34500 --out results/levers
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.report.rank_page import USUAL

    asked = run_options.Asked(residents, days, seed, start, warmup, history, match_load)
    spec = run_options.read_spec(problems, scenario, asked, settings=settings)
    question = Question(
        spec,
        read_step(problems, step),
        read_levers(problems, levers or []),
        problems.outcomes(outcomes or []) or list(USUAL),
        problems.replications(replications, 2),
        problems.workers(workers),
        out_folder,
        language,
    )
    problems.folder(out_folder)
    problems.raise_any()
    from pingan_abm.study.decide.rank import arms_of, bought, steps

    chosen, left = steps(spec, question.step, question.levers)
    if not chosen:
        problems.add(sentence("none of the levers can move by a step."))
        problems.raise_any()
    arms = arms_of(spec, chosen)
    if plan:
        tell_plan(spec, len(arms) * question.replications, question.workers, question.replications, language, as_json)
        return
    done, whole = carry_out(arms, question)
    if not done.whole():
        note("\n".join(done.failed))
        raise typer.Exit(1)
    found = bought(done, chosen, question.outcomes)
    if out_folder is not None:
        keep_picture(found, question, out_folder)
    if as_json:
        print_json(document(found, done, left, question))
    else:
        print_ranking(found, done, left, question)
    for line in done.failed:
        note(line)
    if done.failed or not whole:
        raise typer.Exit(1)


def read_step(problems: options.Problems, text: str) -> float:
    """A step as a share, from "20%" or "0.2"."""
    clean = text.strip().replace("％", "%")
    by = PER_CENT if clean.endswith("%") else 1.0
    before = len(problems.found)
    value = problems.number("--step", clean.removesuffix("%").strip()) / by
    if len(problems.found) == before and not 0.0 < value <= 1.0:
        problems.add(
            sentence(
                "--step {value} is not usable: write a share above 0 and at most 100%, for example 20%.",
                value=shown(text)[1:-1],
            )
        )
    return value


def read_levers(problems: options.Problems, names: Sequence[str]) -> list[str]:
    """Levers by identifier, from names as they are shown."""
    from pingan_abm.parameters.declared import declarations
    from pingan_abm.texts.shown_names import identified

    known = {one.name: (one.en, one.zh) for one in declarations() if one.role == "lever"}
    found = []
    for name in names:
        one = identified(name, known)
        if one is None:
            problems.add(
                sentence(
                    "--lever {name}: there is no such lever.{near}",
                    name=shown(name)[1:-1],
                    near=suggested_name(name, known),
                )
            )
        else:
            found.append(one)
    return found


def carry_out(arms: "tuple[Arm, ...]", question: Question) -> "tuple[Replicated, bool]":
    """The replications of every arm, kept as they finish; and whether all that was to be kept is kept."""
    from pingan_abm.study.decide.compare import Replicated, replicate
    from pingan_abm.study.run.workers import prepare

    language, folder = question.language, question.folder
    reach_load([question.spec], language)
    ranked = {"step": question.step, "levers": list(question.levers)}
    store = None
    if folder is not None:
        store = open_folder(
            folder,
            arms,
            question.replications,
            command="rank",
            more={"rank": ranked, "chosen": list(question.outcomes)},
        )
    keeping = Keeping(store, language)
    prepare(Announcement(language))
    announce_warm_up([question.spec], language)
    done = Replicated(tuple(arms))
    total = question.replications * len(arms)
    try:
        with (
            reported_when_broken_off(language, keeping.fate),
            progress_bar(total, translator(language)("runs")) as bar,
        ):
            numbers = range(question.replications)
            replicate(done, numbers, question.workers, keep=keeping.add, announce=Counting(bar))
    finally:
        keeping.close()
    return done, keeping.whole


def keep_picture(found: "Sequence[Bought]", question: Question, folder: Path) -> None:
    """Write the picture beside the runs."""
    from pingan_abm.report.pictures import write_picture
    from pingan_abm.report.ranking import caption, ranking_chart

    language = question.language
    picture = ranking_chart(found, question.outcomes, language)
    write_picture(picture, folder / PICTURE, language, caption(language))
    note(translator(language)("The picture is in {file}.").format(file=folder / PICTURE))


def document(found: "Sequence[Bought]", done: "Replicated", left: Sequence[str], question: Question) -> dict[str, Any]:
    """The ranking as a JSON document."""
    from pingan_abm.files.provenance import canonical, manifest
    from pingan_abm.report.ranking import document as levers_of
    from pingan_abm.runs import resolved

    spec = question.spec
    about = {"residents": spec.residents, "days": spec.days, "start": spec.start, **beginning_of(spec)}
    parameters = dict(resolved(spec)[0])
    return {
        "scenario": spec.scenario.name,
        "step": question.step,
        "replications": len(done.whole()),
        "levers": canonical(levers_of(found, question.outcomes)),
        "without_a_step": list(left),
        "manifest": manifest(
            seed=spec.seed, parameters=parameters, command="rank", scenario=spec.scenario.name, more=about
        ),
    }


def print_ranking(found: "Sequence[Bought]", done: "Replicated", left: Sequence[str], question: Question) -> None:
    """Print the ranking: what every step changes, what money buys, and it in words."""
    from pingan_abm.report.beginning import print_beginning
    from pingan_abm.report.ranking import by_chance_words, in_words, left_out_words, price_notice, price_rows, step_rows

    language, console = question.language, out()
    say = translator(language)
    title = question.spec.scenario.title.get(language, question.spec.scenario.name)
    head = say("From {name}, each lever by {step}; paired replications: {count}")
    step = f"{PER_CENT * question.step:g}%"
    console.print(head.format(name=title, step=step, count=len(done.whole())), markup=False)
    print_beginning(console, [question.spec], language)
    for heads, rows in (step_rows(found, question.outcomes, language), price_rows(found, question.outcomes, language)):
        if rows:
            console.print(wrapping_table(heads, rows), "")
    lines = [*in_words(found, question.outcomes, language), by_chance_words(len(found), language)]
    lines += [left_out_words(left, language), price_notice(language)]
    sys.stdout.write("\n".join(filter(None, lines)) + "\n")
    note_on_size(question.spec.residents, language)


def wrapping_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
    """A table whose heads may be long: they wrap, cells do not."""
    from rich.cells import cell_len
    from rich.table import Table

    from pingan_abm.report.summary import table

    made: Table = table(heads)
    for place, column in enumerate(made.columns):
        column.min_width = max(cell_len(row[place]) for row in rows)
        column.no_wrap = False
    for row in rows:
        made.add_row(*row)
    return made
