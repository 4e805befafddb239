"""The funnel of all problems in a report: a picture, and the table behind it."""

import math
from collections.abc import Mapping, Sequence

from pingan_abm.outcomes.funnel import HOLLOW, STEPS
from pingan_abm.report.charts import LEGEND, WIDTH, legend
from pingan_abm.report.funnel_words import funnel_words, needs_longer_run
from pingan_abm.report.numbers import figure
from pingan_abm.report.page import Cell, Page
from pingan_abm.report.svg import COLOURS, INK, SOFT, Canvas, width_of
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_per_cent

SOLVED_INK, HOLLOW_INK, KNOWN_INK = "#0b57d0", "#d95f02", "#8fa3bf"
BAR, GAP, BETWEEN = 20.0, 3.0, 12.0  # heights: of a bar, between bars of one step, between steps
MOST_DRAWN = len(COLOURS)

type Shares = Mapping[str, float | None]


def add_funnel(page: Page, named: Sequence[tuple[str, Shares]]) -> None:
    """A section with the funnel of one district, or of several side by side. named: (name, outcomes), of which those of
    the funnel are read."""
    say = translator(page.language)
    page.heading(say("What became of all problems"))
    known = [(name, shares) for name, shares in named if shares.get(HOLLOW) is not None]
    if not known:
        page.paragraph(needs_longer_run(page.language), "note")
        return
    page.figure(
        funnel_chart(known[:MOST_DRAWN], page.language),
        say(
            "Of all problems that arose, whether a file was opened on them or not: what had become of each 90 days "
            "later. Blue: really solved. Orange: recorded as dealt with and not solved."
        ),
    )
    funnel_table(page, known)


def funnel_chart(named: Sequence[tuple[str, Shares]], language: str) -> str:
    """The picture: a group of bars for each step, a bar for each district."""
    say, words, several = translator(language), funnel_words(language), len(named) > 1
    names = [words.arisen, *(words.of(name) for name in STEPS)]
    numbers = [f"{number} " if several else "" for number in range(1, len(named) + 1)]
    left = max(width_of(name) for name in names) + 18.0
    full = WIDTH - left - 70.0 - (14.0 if several else 0.0)
    group = len(named) * (BAR + GAP) + BETWEEN
    top = 8.0 + (LEGEND if several else 0.0)
    canvas = Canvas(WIDTH, top + group * len(names))
    if several:
        legend(canvas, [f"{number}{name}" for number, (name, _) in zip(numbers, named, strict=True)], 0)
    for place, (words_of_step, step) in enumerate(zip(names, ("", *STEPS), strict=True)):
        canvas.text(0.0, top + group * place + (group - BETWEEN) / 2 + 4.0, words_of_step)
        for number, (_, shares) in enumerate(named):
            y = top + group * place + number * (BAR + GAP)
            if several:
                canvas.text(left - 4.0, y + 15.0, numbers[number].strip(), colour=SOFT)
            _bar(canvas, left + (14.0 if several else 0.0), y, full, step, shares, language)
    return canvas.svg(say("What became of all problems") + ": " + _description(named, language))


def _bar(canvas: Canvas, x: float, y: float, full: float, step: str, shares: Shares, language: str) -> None:
    whole = 1.0 if not step else _known(shares, step)
    hollow = _known(shares, HOLLOW) if step == "claimed_share" else 0.0
    ink = SOLVED_INK if step in ("claimed_share", "solved_share") else KNOWN_INK
    canvas.rectangle(x, y, full * (whole - hollow), BAR, ink)
    if hollow:
        canvas.rectangle(x + full * (whole - hollow), y, full * hollow, BAR, HOLLOW_INK)
    number = figure(whole, "share", language) if step else with_per_cent("100", language)
    canvas.text(x + full * whole + 6.0, y + 15.0, number, colour=INK)


def _known(shares: Shares, name: str) -> float:
    value = shares.get(name)
    return 0.0 if value is None or not math.isfinite(value) else value


def _description(named: Sequence[tuple[str, Shares]], language: str) -> str:
    """The picture in words."""
    say, words = translator(language), funnel_words(language)
    lines = []
    for name, shares in named:
        shown = {step: figure(shares.get(step), "share", language) for step in (*STEPS, HOLLOW)}
        steps = say(", ").join(f"{words.of(step)} {share}" for step, share in shown.items())
        lines.append(f"{name}: {steps}" if name else steps)
    return say("; ").join(lines)


def funnel_table(page: Page, named: Sequence[tuple[str, Shares]]) -> None:
    """The table: a row for each district, a column for each step."""
    say, words = translator(page.language), funnel_words(page.language)
    names = (*STEPS, HOLLOW)
    several = len(named) > 1
    head = [Cell(say("Scenario"), "words")] if several else []
    head += [Cell(words.of(name)) for name in names]
    rows = [
        ([Cell(name, "words")] if several else [])
        + [Cell(figure(shares.get(one), "share", page.language)) for one in names]
        for name, shares in named
    ]
    page.table(say("In per cent of the problems that arose"), head, rows)
