"""The part of a comparison's report that shows how scenarios do over what participants believe."""

from collections.abc import Mapping, Sequence

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.numbers import KEY, Labels, amount, figure, shape_words
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.sources import Compared
from pingan_abm.study.decide.beliefs import Belief, Standing, safe_choices
from pingan_abm.study.plan.ranges import Range
from pingan_abm.texts.i18n import translator

MOST_TABLES = 8  # of outcomes; if there are more, only the most important ones are shown


def believed(page: Page, found: Compared, names: dict[str, str]) -> None:
    """The ranges that each participant thinks possible, and a table for each outcome; nothing where nobody was asked.
    names: of scenarios, by label."""
    if found.weighed is None:
        return
    say, weighed = translator(page.language), found.weighed
    page.heading(say("What participants believe"))
    page.paragraph(
        say(
            "Results over the ranges that each participant thinks possible, at {count} points each, the same for every "
            "scenario. Regret: how far a scenario falls short of the best one at the same point. A scenario is the "
            "best where it is better than every other; a tie counts for nobody."
        ).format(count=weighed.beliefs.samples)
    )
    page.items([range_words(one, page.language) for one in weighed.beliefs.of])
    page.items(safety_lines(weighed.standings, page.language, names))
    outcomes = list(dict.fromkeys(outcome for outcome, _ in weighed.standings))
    for outcome in outcomes if len(outcomes) <= MOST_TABLES else [name for name in KEY if name in outcomes]:
        standing_table(page, outcome, [one for name, one in weighed.standings if name == outcome], names)


def safety_lines(
    standings: Sequence[tuple[str, Standing]], language: str, names: Mapping[str, str] | None = None
) -> list[str]:
    """For how many people each scenario is a safe choice, a line an outcome and scenario. names: of scenarios."""
    say = translator(language)
    text = say(
        "{outcome}: {scenario} is a safe choice for {safe} of {people} (never short of the best by what matters)."
    )
    return [
        text.format(
            outcome=OUTCOMES[one.outcome].label(language),
            scenario=(names or {}).get(one.scenario, one.scenario),
            safe=one.safe,
            people=one.people,
        )
        for one in safe_choices(standings)
    ]


def range_words(one: Belief, language: str) -> str:
    """A participant's ranges in one line."""
    say, labels = translator(language), Labels(language)
    ranges = say("; ").join(f"{labels(each.name)} {extent(each, labels, language)}" for each in one.ranges)
    return say("{who}: {list}").format(who=one.who or say("everybody"), list=ranges)


def extent(one: Range, labels: Labels, language: str) -> str:
    """A range's ends, or the values it takes."""
    say = translator(language)
    if one.kind == "values":
        return say(", ").join(labels.value(one.name, value) for value in one.values)
    ends = say("{low} to {high}").format(low=labels.value(one.name, one.low), high=labels.value(one.name, one.high))
    return ends + shape_words(one.shape, language)


def standing_table(page: Page, outcome: str, standings: list[Standing], names: dict[str, str]) -> None:
    """How scenarios do on one outcome, one row for each participant and scenario."""
    say, unit = translator(page.language), OUTCOMES[outcome].unit
    head = [
        Cell(say("who"), "words"),
        Cell(say("scenario"), "words"),
        Cell(say("mean [central 90 %]")),
        Cell(say("mean regret")),
        Cell(say("greatest regret")),
        Cell(say("best in")),
    ]
    rows = [
        [
            Cell(one.who or say("everybody"), "words"),
            Cell(names.get(one.scenario, one.scenario), "words"),
            Cell(_spread(one, unit, page.language)),
            Cell(amount(one.regret_mean, unit, page.language)),
            Cell(amount(one.regret_most, unit, page.language)),
            Cell(figure(one.best_share, "share", page.language)),
        ]
        for one in standings
    ]
    page.table(OUTCOMES[outcome].label(page.language), head, rows)


def _spread(one: Standing, unit: str, language: str) -> str:
    """A mean with the middle nine tenths of the points around it."""
    mean, low, high = (figure(value, unit, language) for value in (one.mean, one.low, one.high))
    return f"{mean} [{low}, {high}]"
