"""The readable summary of a run: true beside reported, the seven rates with grades, who is overloaded, where trust is
lowest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pingan_abm.actors.appraisal import grade_of
from pingan_abm.district.files import residents_here
from pingan_abm.outcomes.catalogue import OUTCOMES, SEVEN_RATES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.funnel import HOLLOW, STEPS, Funnel
from pingan_abm.report.beginning import print_beginning
from pingan_abm.report.funnel_words import funnel_words, needs_longer_run
from pingan_abm.runs import RunSpec
from pingan_abm.study.analyse.intervals import Interval, mean_interval
from pingan_abm.texts.errors import translated
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_per_cent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pingan_abm.model import PinganModel

#: What a reader sees first: all problems, the load, what is counted by file, then what is appraised and felt.
HEADLINES = (
    "solved_share",
    "burden",
    "hollow_share",
    "known_share",
    "handled_share",
    "claimed_share",
    "hidden_burden_share",
    "burden_gini",
    "burden_access_gap",
    "load_ratio",
    "reported_closure_rate",
    "true_resolution_rate",
    "closure_gap",
    "perfunctory_share",
    "days_to_close_median",
    "days_to_resolution_median",
    "days_to_resolution_p90",
    "returns_per_dispatch",
    "silent_share",
    "social_settlement_share",
    "satisfaction_mean",
    "trust_mean",
    "crises",
    "utilisation",
    "yuan_per_resolution",
    "problems",
    "case_files",
    "correct_dispatch_true_rate",
    "correct_dispatch_rate",
    "satisfaction_rate",
)
#: Outcomes that the funnel of the summary shows already.
DRAWN = (*STEPS[:-1], HOLLOW)
BAR = 30  # letters of the funnel's longest bar
SHOWN_UNITS = 6
SHOWN_PLACES = 5


@dataclass(frozen=True)
class UnitState:
    """How a unit stands on the last day. queue: files waiting or in work; backlog in staff-days; used: staff-days spent
    over available in the whole run, None when it had none; grade: that of its last month, None without an appraisal."""

    en: str
    zh: str
    queue: int
    backlog: float
    used: float | None
    grade: str | None


@dataclass(frozen=True)
class PlaceState:
    """A community's mean trust on the last day."""

    en: str
    zh: str
    trust: float


@dataclass(frozen=True)
class FinalState:
    """What the summary shows beside outcomes: units by queue, communities by trust, things to know."""

    units: tuple[UnitState, ...]
    places: tuple[PlaceState, ...]
    centre_on: bool
    outside: Mapping[str, int]
    skipped_rows: int  # records dated outside the run
    left_out_rows: int  # records whose category or community the scenario leaves out
    named_places: tuple[str, ...]  # what became of the places that records name, in sentences
    campaign_missed: bool  # planned, but on no day of the run
    funnel: Funnel


def final_state(model: "PinganModel") -> FinalState:
    """The state of a finished model."""
    world = model.world
    units = []
    for unit, row, agent in zip(model.district.units, world.units, model.units, strict=True):
        used = float(row["spent"] / row["available"]) if row["available"] > 0 else None
        grade = agent.grades[-1] if agent.grades else None
        units.append(UnitState(unit.en, unit.zh, int(row["queued"]), float(row["backlog"]), used, grade))
    trust = [float(value) for value in world.communities["trust"]]
    places = [
        PlaceState(place.en, place.zh, value) for place, value in zip(model.district.communities, trust, strict=True)
    ]
    read = model.incidents
    skipped = (0, 0) if read is None else (read.skipped_outside, read.skipped_by_name)
    return FinalState(
        tuple(sorted(units, key=_by_backlog)),
        tuple(sorted(places, key=_by_trust)),
        bool(model.parameters.command_centre),
        model.scenario_spec.outside(model.start, model.days),
        *skipped,
        tuple(model.named_places.told()),
        campaign_missed(model),
        Cohorts(model).funnel,
    )


def campaign_missed(model: "PinganModel") -> bool:
    """Whether a campaign is planned, and no day of it lies in the run."""
    p = model.parameters
    begins = model.timeline.day_of(p.campaign_start)
    return p.campaign_issue is not None and not (begins < model.days and begins + p.campaign_days > 0)


def _by_backlog(unit: UnitState) -> tuple[float, str]:
    return -unit.backlog, unit.en


def _by_trust(place: PlaceState) -> tuple[float, str]:
    return place.trust, place.en


def shown_number(value: float | None, unit: str, language: str) -> str:
    """A figure with its unit's usual decimals: shares as per cent, counts whole."""
    if value is None:
        return "–"
    if unit == "share":
        return with_per_cent(f"{100 * value:.1f}", language)
    if unit in ("yuan",) or (unit == "count" and abs(value) >= 10):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if unit in ("0–1", "index", "ratio", "count", "problem-days") else f"{value:,.1f}"


def interval_of(name: str, runs: Sequence[Mapping[str, float | None]]) -> Interval | None:
    """Mean and interval of an outcome over the replications that have it."""
    return mean_interval([value for run in runs if (value := run[name]) is not None])


def with_interval(interval: Interval | None, unit: str, language: str) -> str:
    """A mean, and its interval in brackets if there is one."""
    if interval is None:
        return "–"
    mean, ends = shown_number(interval.mean, unit, language), possible_ends(interval, unit)
    if ends is None:
        return mean
    low, high = (shown_number(end, unit, language) for end in ends)
    return f"{mean}  [{low}, {high}]"


def possible_ends(interval: Interval | None, unit: str) -> tuple[float, float] | None:
    """Ends of an interval of a mean, cut off where no value can be; None without ends. A share lies between −100 % and
    100 % (a gap or a lead of rates may be negative), an index below 1, everything else above nought."""
    if interval is None or interval.low is None or interval.high is None:
        return None
    low, high = interval.low, interval.high
    if unit == "share":
        low = max(low, -1.0)
    elif interval.mean >= 0.0 and unit != "index":
        low = max(low, 0.0)
    return low, min(high, 1.0) if unit in ("share", "0–1") else high


def print_summary(
    console: "Console", spec: RunSpec, runs: Sequence[Mapping[str, float | None]], state: FinalState, language: str
) -> None:
    """Print the summary of a specification's replications; state: that of the first."""
    say = translator(language)
    title = spec.scenario.title.get(language, spec.scenario.name)
    console.print(f"[bold]{title}[/bold] ({spec.scenario.name})")
    console.print(
        say("{residents} residents, {days} days from {start}, seed {seed}, replications: {count}").format(
            residents=f"{spec.residents:,}", days=spec.days, start=spec.start, seed=spec.seed, count=len(runs)
        )
    )
    print_beginning(console, [spec], language)
    for line in notes(state, language):
        console.print(f"• {line}")
    console.print()
    print_funnel(console, runs, state.funnel if len(runs) == 1 else None, language)
    shown = table((say("outcome"), say("value") + (say(" [95 %]") if len(runs) > 1 else "")))
    for name in (one for one in HEADLINES if one not in DRAWN):
        value = with_interval(interval_of(name, runs), OUTCOMES[name].unit, language)
        shown.add_row(OUTCOMES[name].label(language), value)
    console.print(shown, "")
    shown = table((say("seven appraised rates"), say("value"), say("grade")))
    for name in SEVEN_RATES:
        interval = interval_of(name, runs)
        grade = "–" if interval is None else grade_of(100.0 * interval.mean)
        shown.add_row(OUTCOMES[name].label(language), with_interval(interval, "share", language), grade)
    console.print(shown, "")
    _print_state(console, state, language)


def print_funnel(
    console: "Console", runs: Sequence[Mapping[str, float | None]], counts: Funnel | None, language: str
) -> None:
    """Print the funnel of all problems as bars; counts: of a single run, to stand beside the shares."""
    from rich.cells import cell_len

    say, words = translator(language), funnel_words(language)
    intervals = {name: interval_of(name, runs) for name in (*STEPS, HOLLOW)}
    if intervals[HOLLOW] is None:
        console.print(needs_longer_run(language) + "\n", markup=False)
        return
    console.print(say("Of all problems that arose, 90 days after they did:"), markup=False)
    numbers = [] if counts is None else [counts.arisen, counts.known, counts.handled, counts.claimed, counts.solved]
    full, part = ("#", "-") if console.options.ascii_only else ("█", "▒")
    lines = [(words.arisen, with_per_cent("100", language), 1.0, 0.0)]
    for name in STEPS:
        one = intervals[name]
        solved = intervals["solved_share"] if name == "claimed_share" else one
        whole, sure = (0.0 if each is None else each.mean for each in (one, solved))
        lines.append((words.of(name), with_interval(one, "share", language), min(whole, sure), max(0.0, whole - sure)))
    wide = max(cell_len(name) for name, *_ in lines)
    for place, (name, value, sure, more) in enumerate(lines):
        shaded = round(BAR * (sure + more)) - round(BAR * sure)
        bar = full * round(BAR * sure) + part * shaded
        count = f"{numbers[place]:>9,}" if numbers else ""
        console.print(f"  {name}{' ' * (wide - cell_len(name))}  {bar:<{BAR}} {count}  {value}", markup=False)
    line = say("{mark} recorded as dealt with and not solved: {share}")
    share = with_interval(intervals[HOLLOW], "share", language)
    console.print("  " + line.format(mark=part, share=share) + "\n", markup=False)


def _print_state(console: "Console", state: FinalState, language: str) -> None:
    say, chinese = translator(language), language == "zh"
    shown = table(
        (say("most work waiting (last day)"), say("files"), say("staff-days"), say("workload"), say("last grade"))
    )
    for unit in state.units[:SHOWN_UNITS]:
        cells = (
            unit.zh if chinese else unit.en,
            str(unit.queue),
            f"{unit.backlog:,.1f}",
            shown_number(unit.used, "share", language),
        )
        shown.add_row(*cells, unit.grade or "–")
    console.print(shown, "")
    shown = table((say("lowest trust (last day)"), say("trust")))
    for place in state.places[:SHOWN_PLACES]:
        shown.add_row(place.zh if chinese else place.en, f"{place.trust:.3f}")
    console.print(shown, "")


def table(heads: Sequence[str]) -> "Table":
    """An empty table; the first column to the left, figures to the right."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, head in enumerate(heads):
        made.add_column(head, justify="left" if place == 0 else "right", no_wrap=place > 0)
    return made


def notes(state: FinalState, language: str) -> list[str]:
    """Notes that a reader of the figures needs."""
    say = translator(language)
    lines = []
    if not state.centre_on:
        lines.append(
            say("There is no command centre: joint meetings, the workshop and supervision with a deadline do nothing.")
        )
    texts = {
        "problems": say("Injected problems dated outside the run, not used: {count}"),
        "changes": say("Changes dated outside the run, not used: {count}"),
        "merges": say("Mergers dated outside the run, not used: {count}"),
    }
    lines += [texts[kind].format(count=count) for kind, count in state.outside.items() if count]
    if state.campaign_missed:
        lines.append(say("The campaign is dated outside the run: it does not take place."))
    if state.skipped_rows:
        lines.append(say("Records dated outside the run, not used: {count}").format(count=f"{state.skipped_rows:,}"))
    if state.left_out_rows:
        lines.append(say("Records left out by name: {count}").format(count=f"{state.left_out_rows:,}"))
    return lines + [translated(one, say) for one in state.named_places]


def words_on_size(residents: int, language: str) -> str:
    """The effects that a district of this many residents does not show; nothing for the whole district."""
    if residents >= residents_here():
        return ""
    text = translator(language)(
        "A district of {residents} residents is staffed for equal waits, so its units are less strained than those of "
        "the whole one, and differences that come from strain are smaller or turn round: check what matters with all "
        "{all} residents."
    )
    return text.format(residents=f"{residents:,}", all=f"{residents_here():,}")
