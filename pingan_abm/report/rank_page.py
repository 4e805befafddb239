"""The report of a ranking of levers, and the ranking that a folder holds."""

import shlex

from pingan_abm.parameters.declared import written
from pingan_abm.report.beginning import beginning_words
from pingan_abm.report.page import Page
from pingan_abm.report.ranking import add_ranking, in_words
from pingan_abm.report.sections import (
    assumptions,
    how_to_read,
    how_to_rerun,
    interval_words,
    not_finished,
    scenario_file,
    size_line,
    size_options,
    titled,
)
from pingan_abm.report.sources import Compared
from pingan_abm.report.summary import words_on_size
from pingan_abm.study.decide.rank import Bought, bought, steps
from pingan_abm.texts.i18n import translator

PER_CENT = 100.0
USUAL = ("solved_share", "burden", "closure_gap")


def ranking_of(found: Compared, outcomes: tuple[str, ...]) -> list[Bought]:
    """What every step of a kept ranking buys."""
    assert found.ranked is not None  # the caller has looked
    chosen, _ = steps(found.arms[0].spec, float(found.ranked["step"]), found.ranked["levers"])
    arms = {arm.label for arm in found.arms}
    return bought(found.replicated, [one for one in chosen if one.name in arms], outcomes)


def outcomes_of(found: Compared, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes to show: those asked for now, or when the levers were ranked."""
    return outcomes or found.chosen or USUAL


def rank_page(found: Compared, language: str, question: str = "", outcomes: tuple[str, ...] = ()) -> str:
    """The page as text."""
    say, base, shown = translator(language), found.arms[0].spec, outcomes_of(found, outcomes)
    asked = question or say("Which lever helps most, starting from “{name}”?").format(name=titled(base, language))
    page = Page(asked, language)
    page.paragraph(say("Ping'an 365 · levers side by side"), "kicker")
    page.heading(asked, 1)
    page.paragraph(size_line(base, found.replications, language), "note")
    page.paragraph(beginning_words([base], language), "note")
    not_finished(page, *found.progress, language)
    rows = ranking_of(found, shown)
    page.box(
        say("In short"), [*in_words(rows, shown, language), *filter(None, [words_on_size(base.residents, language)])]
    )
    page.heading(say("What each lever buys"))
    add_ranking(page, rows, shown)
    how_to_rerun(page, *command(found, shown))
    how_to_read(page, [*interval_words(say, found.replications), step_rule(language)])
    assumptions(page, base, found.made, found.failed)
    return page.html()


def step_rule(language: str) -> str:
    """What a step is."""
    return translator(language)(
        "A lever moves by a share of what it is, of its range where it is nought, and at most to its bound; a switch "
        "is turned. Each moves alone: what two do together is not in the table."
    )


def command(found: Compared, outcomes: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """The command that makes the ranking again, and the files it needs."""
    assert found.ranked is not None  # the caller has looked
    base = found.arms[0].spec
    word, files = scenario_file(base)
    words = [f"pingan rank {shlex.quote(word)}", *(f"--outcome {name}" for name in outcomes)]
    words += [f"--lever {name}" for name in found.ranked["levers"]]
    words += [f"--set {shlex.quote(f'{name}={written(value)}')}" for name, value in base.settings.items()]
    words += [f"--step {PER_CENT * float(found.ranked['step']):g}%", *size_options(base)]
    line = " ".join([*words, f"--replications {found.replications}", "--out levers"])
    return f"{line}\npingan report levers --out report.html", files
