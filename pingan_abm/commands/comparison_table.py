"""The tables of `pingan compare`: every scenario against the baseline, what scenarios do together, and what people
believe."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pingan_abm.texts.i18n import Translate, translator

if TYPE_CHECKING:
    from rich.console import Console

    from pingan_abm.study.decide.beliefs import Standing
    from pingan_abm.study.decide.compare import Comparison, Replicated
    from pingan_abm.study.decide.interaction import Interaction


def print_comparison(
    console: "Console",
    done: "Replicated",
    outcomes: Sequence[str],
    standings: "Sequence[tuple[str, Standing]]",
    language: str,
) -> None:
    """Print the comparison as tables, one a scenario."""
    from pingan_abm.report.beginning import print_beginning
    from pingan_abm.report.summary import table

    say = translator(language)
    head = say("Baseline: {name}; paired replications: {count}").format(
        name=done.arms[0].label, count=len(done.whole())
    )
    console.print(head, markup=False)
    print_beginning(console, [arm.spec for arm in done.arms], language)
    halves = say("± is half the 95 % interval, with paired and with unpaired runs; precision is their ratio.")
    console.print(halves, markup=False)
    console.print(say("Differences of shares are in percentage points.") + "\n", markup=False)
    rows = done.comparisons(outcomes)
    for arm in done.arms[1:]:
        heads = (
            say("baseline"),
            say("scenario"),
            say("change"),
            say("paired"),
            "",
            say("unpaired"),
            say("pre-\ncision"),
        )
        shown = table((arm.label, *heads))
        shown.padding = (0, 1, 0, 0)  # a hundred columns are enough
        for one in rows:
            if one.scenario == arm.label:
                shown.add_row(*row_of(one, language))
        console.print(shown, "")
    print_interactions(console, done, outcomes, language)
    if standings:
        print_standings(console, standings, language)


def print_interactions(console: "Console", done: "Replicated", outcomes: Sequence[str], language: str) -> None:
    """Print what combined scenarios do beyond the sum of what each does alone."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import half_width, moved, widest
    from pingan_abm.report.summary import table
    from pingan_abm.study.decide.interaction import interactions

    say, found = translator(language), interactions(done, outcomes)
    for label in dict.fromkeys(one.scenario for one in found):
        heads = (say("sum of each alone"), say("together"), say("interaction"), say("paired"), "")
        shown = table((label, *heads))
        for one in found:
            if one.scenario == label:
                unit, beside = OUTCOMES[one.outcome].unit, widest(one.low, one.high)
                numbers = (moved(value, unit, beside=beside) for value in (one.alone, one.together, one.difference))
                half = half_width(one.low, one.high, unit)
                shown.add_row(OUTCOMES[one.outcome].label(language), *numbers, half, beyond_the_sum(one, say))
        console.print(shown, "")


def beyond_the_sum(one: "Interaction", say: Translate) -> str:
    """Whether scenarios do more or less together than each alone, where the whole interval lies on one side of zero."""
    if one.low is None or one.high is None or one.low <= 0.0 <= one.high:
        return ""
    return say("above the sum") if one.low > 0.0 else say("below the sum")


def row_of(one: "Comparison", language: str) -> list[str]:
    """A line of the table: what is compared, both means, the difference, half of its interval and the verdict; then
    half of the interval of runs that are not paired, and how much narrower pairs make it."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.numbers import figure, half_width, moved, verdict_words, widest

    outcome = OUTCOMES[one.outcome]
    ends = ((one.low, one.high), (one.unpaired_low, one.unpaired_high))
    gain = "" if one.narrower is None else f"{one.narrower:.1f} ×"
    return [
        outcome.label(language),
        figure(one.baseline_mean, outcome.unit, language),
        figure(one.scenario_mean, outcome.unit, language),
        moved(one.difference, outcome.unit, beside=widest(one.low, one.high)),
        half_width(*ends[0], outcome.unit),
        verdict_words(one.verdict, language),
        half_width(*ends[1], outcome.unit),
        gain,
    ]


def print_standings(console: "Console", standings: "Sequence[tuple[str, Standing]]", language: str) -> None:
    """Print how scenarios do over the ranges that participants believe in."""
    from pingan_abm.outcomes.catalogue import OUTCOMES
    from pingan_abm.report.believed import safety_lines
    from pingan_abm.report.numbers import amount
    from pingan_abm.report.summary import shown_number, table

    say = translator(language)
    regret_heads = (say("mean regret"), say("greatest regret"), say("best in"))
    shown = table((say("outcome"), say("who"), say("scenario"), say("mean [central 90 %]"), *regret_heads))
    for name, one in standings:
        unit = OUTCOMES[name].unit
        mean, low, high = (shown_number(value, unit, language) for value in (one.mean, one.low, one.high))
        spread = f"{mean}  [{low}, {high}]"
        regrets = (
            amount(one.regret_mean, unit, language),
            amount(one.regret_most, unit, language),
            shown_number(one.best_share, "share", language),
        )
        shown.add_row(OUTCOMES[name].label(language), one.who or say("everybody"), one.scenario, spread, *regrets)
    console.print(shown, "")
    for line in safety_lines(standings, language):
        console.print(line, markup=False, soft_wrap=True)
