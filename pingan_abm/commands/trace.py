"""`pingan trace`: the injected case of a scenario, against its documented dates, and step by step."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options, run_options
from pingan_abm.commands.begin import announce_warm_up, beginning_of, reach_load
from pingan_abm.commands.keeping import NOTHING, reported_when_broken_off
from pingan_abm.commands.terminal import Announcement, note_on_size, out, print_json, progress_bar
from pingan_abm.runs import MOST_REPLICATIONS
from pingan_abm.scenarios.histories import PLATFORM_DAYS
from pingan_abm.texts.errors import sentence
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.runs import RunSpec
    from pingan_abm.trace.follow import Spread, Traced

REPLICATIONS = "20"


def trace(
    scenario: options.ScenarioArgument = "pizza_shop",
    under: Annotated[
        str, typer.Option("--under", metavar="OTHER", help="Tell the same case in this scenario too.")
    ] = "",
    replications: options.Replications = REPLICATIONS,
    residents: options.Residents = run_options.DEFAULT_RESIDENTS,
    days: options.Days = run_options.DEFAULT_DAYS,
    seed: options.Seed = "0",
    start: options.Start = run_options.DEFAULT_START,
    warmup: options.Warmup = str(PLATFORM_DAYS),
    history: options.History = run_options.DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    workers: options.WorkersOption = "",
    printed: Annotated[
        str,
        typer.Option(
            "--tell", metavar="N", help="Replication to tell step by step; the first that counts if not given."
        ),
    ] = "",
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Follow the injected case of a scenario over many replications, and tell one of them step by step.

    Example: pingan trace pizza_shop --under fragmented_2010 --replications 50
    """
    problems = options.Problems()
    language = problems.language(lang)
    asked = run_options.Asked(residents, days, seed, start, warmup, history, match_load)
    specs = [run_options.read_spec(problems, name, asked) for name in ([scenario, under] if under else [scenario])]
    count, processes = problems.replications(replications), problems.workers(workers)
    number = problems.whole("--tell", printed, 0, MOST_REPLICATIONS) if printed else None
    if number is not None and number >= count and not problems.found:
        problems.add(sentence("--tell {number}: the replications are 0 to {last}.", number=number, last=count - 1))
    problems.raise_any()
    reach_load(specs, language)
    found = followed(specs, count, processes, language)
    if number is None:
        number = found[0].first_counted
    if as_json:
        print_json(
            {
                "residents": specs[0].residents,
                "days": specs[0].days,
                "seed": specs[0].seed,
                **beginning_of(specs[0]),
                "worlds": [json_of(one, number, language) for one in found],
            }
        )
    else:
        print_traced(found, number, language)
        note_on_size(specs[0].residents, language)


def followed(specs: "list[RunSpec]", count: int, processes: int, language: str) -> "list[Traced]":
    """Follow the case that the first specification's scenario injects, in the world of each specification, for this
    many replications."""
    from pingan_abm.trace.follow import injected_into, side_by_side, trace

    found = []
    worlds = [replace(spec, scenario=injected_into(specs[0].scenario, spec.scenario)) for spec in specs]
    announce_warm_up(worlds, language)
    bars = progress_bar(count * len(worlds), translator(language)("replications"))
    with reported_when_broken_off(language, NOTHING), bars as bar:
        for place, world in enumerate(worlds):
            found.append(
                trace(
                    world,
                    range(count),
                    workers=processes,
                    announce=Announcement(language),
                    on_run=_Counting(bar, place * count),
                )
            )
    return side_by_side(found)


class _Counting:
    """Moves the bar by the runs of one world."""

    def __init__(self, bar: Any, before: int) -> None:
        self.bar, self.before = bar, before

    def __call__(self, done: int) -> None:
        self.bar.at(self.before + done)


def json_of(traced: "Traced", number: int, language: str) -> dict[str, Any]:
    """One world's milestones, headline, what sets it apart from the paper, and story."""
    from pingan_abm.trace.follow import share_interval
    from pingan_abm.trace.notes import notes
    from pingan_abm.trace.story import story

    solved = []
    for day, (count, whole) in traced.solved_by.items():
        low, high = share_interval(count, whole)
        solved.append(
            {"day": day, "solved": count, "replications": whole, "share": count / whole, "low": low, "high": high}
        )
    milestones = [
        {
            "milestone": one.milestone.name,
            "documented": one.documented,
            "share": one.share,
            "q05": one.low,
            "median": one.median,
            "q95": one.high,
            "within": one.covers,
        }
        for one in traced.spreads
    ]
    lines = [
        {**line._asdict(), "date": line.date.isoformat()}
        for line in story(traced.followed[number], traced.start, language)
    ]
    return {
        "scenario": traced.scenario,
        "notes": list(notes(traced, language)),
        "replications": len(traced.followed),
        "left_out": traced.settled,
        "settled_by_society": sum(not one.filed for one in traced.followed) if traced.documented else 0,
        "really_solved": solved,
        "milestones": milestones,
        "told": {"replication": number, "steps": lines},
    }


def print_traced(found: "list[Traced]", number: int, language: str) -> None:
    """The headline, the milestones side by side, why they differ from the paper's, and one replication in words."""
    from pingan_abm.trace.notes import notes
    from pingan_abm.trace.story import story

    console, say = out(), translator(language)
    for traced in found:
        console.print(headline(traced, language), markup=False, soft_wrap=True)
    console.print(milestone_table(found, language))
    if paragraphs := list(notes(found[0], language)):
        console.print("\n" + say("Why the model takes another course than the paper:"), markup=False)
        for paragraph in paragraphs:
            console.print(f"- {paragraph}", markup=False, soft_wrap=True)
    for traced in found:
        console.print(
            "\n"
            + say("Step by step: {title} (replication {number})").format(
                title=title_of(traced, language), number=number
            ),
            markup=False,
        )
        console.print(story_table(list(story(traced.followed[number], traced.start, language)), language))


def title_of(traced: "Traced", language: str) -> str:
    """A scenario's title in a language, or its name."""
    return traced.title.get(language) or traced.scenario


def headline(traced: "Traced", language: str) -> str:
    """How often the problem is really solved by the headline days."""
    from pingan_abm.trace.follow import share_interval
    from pingan_abm.trace.notes import DOCUMENTED_CASE

    say, parts = translator(language), []
    for day, (count, whole) in traced.solved_by.items():
        low, high = share_interval(count, whole)
        parts.append(
            say("by day {day} in {count} of {whole} replications ({low}–{high})").format(
                day=day, count=count, whole=whole, low=f"{low:.0%}", high=f"{high:.0%}"
            )
        )
    text = say("{title}: really solved {parts}.").format(title=title_of(traced, language), parts=say(", ").join(parts))
    if traced.settled:
        left_out = say(
            " Left out are {settled} of {count} replications, in which society settled it, here or in another world "
            "that is compared; in the documented case it had failed."
        )
        text += left_out.format(settled=traced.settled, count=len(traced.followed))
    return text + (say(" The paper does not say whether it was.") if traced.scenario == DOCUMENTED_CASE else "")


def milestone_table(found: "list[Traced]", language: str) -> Any:
    """Milestones by row, worlds by column: how many reach them, and when."""
    from rich.table import Table

    say = translator(language)
    table = Table(title=say("Milestones, in days after the complaint"))
    table.add_column(say("Milestone"))
    table.add_column(say("Documented"), justify="right")
    for traced in found:
        table.add_column(say("{title}: reached").format(title=title_of(traced, language)), justify="right")
        table.add_column(say("5 % – median – 95 %"), justify="right")
        table.add_column(say("covers it"), justify="center")
    for rows in zip(*(traced.spreads for traced in found), strict=True):
        cells = [rows[0].milestone.label(language), "" if rows[0].documented is None else str(rows[0].documented)]
        for one in rows:
            cells += spread_cells(one, language)
        table.add_row(*cells)
    return table


def spread_cells(one: "Spread", language: str) -> list[str]:
    """Share that reaches a milestone, its distribution, and whether that covers the documented day."""
    say = translator(language)
    spread = "–" if one.median is None else f"{one.low:.0f} – {one.median:.0f} – {one.high:.0f}"
    return [f"{one.share:.0%}", spread, "" if one.covers is None else say("yes") if one.covers else say("no")]


def story_table(lines: "list[Any]", language: str) -> Any:
    """Steps by row: day, date, who, what and why."""
    from rich.table import Table

    say = translator(language)
    table = Table(box=None, pad_edge=False)
    table.add_column(say("day"), justify="right", overflow="fold")
    for heading in (say("date"), say("who"), say("what"), say("why")):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(f"{line.day:.1f}", line.date.isoformat(), line.who, line.what, line.why)
    return table
