"""The front of a search, for readers: its portfolios in a table and a picture, and what the test on fresh luck says."""

import math

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.report.charts import Mark, RowPanel, row_chart
from pingan_abm.report.effect_charts import plain_number
from pingan_abm.report.numbers import Labels, axis_of, change, figure
from pingan_abm.report.ranking import money
from pingan_abm.study.decide.portfolios import Found, Tested
from pingan_abm.study.plan.search_file import COST, Asked
from pingan_abm.texts.i18n import translator

MOST_ROWS = 30  # portfolios that a table and a picture show, evenly along the front


def shown(found: Found) -> list[Tested]:
    """The portfolios that are shown: all, or as many as can be read."""
    count = len(found.tested)
    if count <= MOST_ROWS:
        return list(found.tested)
    places = [round(place * (count - 1) / (MOST_ROWS - 1)) for place in range(MOST_ROWS)]
    return [found.tested[place] for place in dict.fromkeys(places)]


def label_of(name: str, language: str) -> str:
    """The name of an outcome, or of cost."""
    return translator(language)("Public money a year") if name == COST else OUTCOMES[name].label(language)


def value_of(name: str, value: float | None, language: str) -> str:
    """A value of an outcome, or of cost."""
    return money(value, language) if name == COST else figure(value, OUTCOMES[name].unit, language)


def front_rows(found: Found, asked: Asked, language: str) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: number, every lever, every outcome on fresh luck and, in brackets, in the search."""
    say, labels = translator(language), Labels(language)
    names = [one.name for one in asked.study.ranges]
    heads = [say("portfolio"), *(labels(name) for name in names)]
    heads += [label_of(name, language) for name in asked.outcomes]
    rows = []
    for number, one in enumerate(shown(found), start=1):
        cells = [f"{number}", *(labels.value(name, one.settings[name]) for name in names)]
        for name, fresh, searched in zip(asked.outcomes, one.fresh, one.searched, strict=True):
            now = value_of(name, fresh, language)
            cells.append(now if name == COST else f"{now} ({value_of(name, searched, language)})")
        rows.append(cells)
    return heads, rows


def front_chart(found: Found, asked: Asked, language: str) -> str:
    """A row a portfolio, a panel an outcome: its value in the search, and on fresh luck with its interval."""
    say, listed, panels = translator(language), shown(found), []
    for column, name in enumerate(asked.outcomes):
        searched = [Mark(math.nan, _number(one.searched[column]), math.nan) for one in listed]
        fresh = [Mark.of(one.low[column], one.fresh[column], one.high[column]) for one in listed]
        written = plain_number if name == COST else axis_of(name)
        panels.append(RowPanel(label_of(name, language), [searched, fresh], written))
    rows = [say("portfolio {number}").format(number=number) for number in range(1, len(listed) + 1)]
    return row_chart(rows, panels, [say("in the search"), say("on fresh luck")], caption(language))


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def caption(language: str) -> str:
    """What the picture shows."""
    return translator(language)(
        "Portfolios that no other beats on every outcome, by the first outcome: as the search saw them, and on fresh "
        "luck with 95 % intervals."
    )


def words(found: Found, asked: Asked, language: str) -> list[str]:
    """What the test on fresh luck says, in sentences."""
    say = translator(language)
    if not found.tested:
        return [say("No portfolio gave every outcome a value.")]
    lines = [
        say("{count} portfolios of {tried} that were tried are beaten by no other on every outcome.").format(
            count=len(found.tested), tried=f"{found.tried:,}"
        ),
        say("On fresh luck {kept} of them still are; in brackets: what the search had seen.").format(
            kept=sum(one.kept for one in found.tested)
        ),
    ]
    for name, gap, luck in zip(asked.outcomes, found.flattery, found.luck, strict=True):
        if gap is not None and luck is not None:
            unit = OUTCOMES[name].unit
            text = say(
                "{outcome}: on fresh luck the front is worse by {gap} on average than the search had it, the baseline "
                "by {luck}; what choosing the best has flattered is the difference, {chosen}."
            )
            sizes = {"gap": gap, "luck": luck, "chosen": gap - luck}
            written = {key: change(value, unit, language) for key, value in sizes.items()}
            lines.append(text.format(outcome=label_of(name, language), **written))
    first, last = found.tested[0], found.tested[-1]
    parts = [
        f"{label_of(name, language)} {value_of(name, before, language)} → {value_of(name, after, language)}"
        for name, before, after in zip(asked.outcomes, first.fresh, last.fresh, strict=True)
    ]
    lines.append(say("From the first to the last: {list}.").format(list=say("; ").join(parts)))
    if COST in asked.outcomes:
        lines.append(say("Public money holds only what has a price: staff, inspectors, money for organisations."))
    return lines
