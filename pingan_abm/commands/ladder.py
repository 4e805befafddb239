"""`pingan patterns --ladder`: which conclusion appears on which rung of the ladder of models."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pingan_abm.commands.keeping import GOES_ON, NOTHING, reported_when_broken_off
from pingan_abm.commands.terminal import Announcement, out, progress_bar
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator

if TYPE_CHECKING:
    from pingan_abm.patterns.experiment import Results
    from pingan_abm.patterns.ladder import Climbed
    from pingan_abm.patterns.pattern import Pattern


def climbed(
    wanted: "Sequence[Pattern]", results: "Results", replications: int, workers: int, load: float, language: str
) -> "list[Climbed]":
    """Carry out what the ladder needs, and judge every pattern on every rung."""
    from pingan_abm.patterns.ladder import climb, conditions_on, overlays

    announce = Announcement(language)
    announce()
    laid = overlays(results.residents, results.seed, load)
    conditions = conditions_on(wanted, laid)
    bars = progress_bar(len(results.missing(conditions, replications)), translator(language)("runs"))
    with reported_when_broken_off(language, NOTHING if results.folder is None else GOES_ON), bars as bar:
        results.fill(conditions, replications, workers, announce, bar.at)
    return [climb(one, results, replications, laid) for one in wanted]


def ladder_json(found: "Sequence[Climbed]", language: str) -> list[dict[str, Any]]:
    """Verdicts and figures on every rung as plain data."""
    return [
        {
            "id": one.pattern.id,
            "pattern": one.pattern.text(language),
            "rungs": {
                rung: {
                    "verdict": verdict,
                    "claims": [
                        {
                            "claim": each.claim.text(language),
                            "value": each.value,
                            "low": each.low,
                            "high": each.high,
                            "verdict": each.verdict,
                            "required": each.claim.required,
                        }
                        for each in findings
                    ],
                }
                for rung, (verdict, findings) in one.rungs.items()
            },
        }
        for one in found
    ]


def print_ladder(found: "Sequence[Climbed]", replications: int, load: float, language: str) -> None:
    """A table of verdicts: a row a claim, a column a rung."""
    from rich.table import Table

    from pingan_abm.commands.patterns import figures
    from pingan_abm.patterns.ladder import RUNGS

    say, console = translator(language), out()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", overflow="fold", ratio=3)
    for rung in RUNGS:
        title = load_scenario(rung).title
        table.add_column(Bilingual(title["en"], title["zh"]).text(language), overflow="fold", ratio=2)
    for one in found:
        verdicts = [verdict.label(language) for verdict, _ in one.rungs.values()]
        table.add_row(f"{one.pattern.id} {one.pattern.text(language)}", *verdicts)
        for place, finding in enumerate(one.rungs[RUNGS[0]][1]):
            mark = "" if finding.claim.required else "· "
            cells = [figures(findings[place]) for _, findings in one.rungs.values()]
            table.add_row(f"  {mark}{finding.claim.text(language)}", *cells)
    console.print(table)
    console.print(
        say("{count} paired replications on every rung, staff of each rung such that its load is {load}.").format(
            count=replications, load=load
        ),
        markup=False,
        soft_wrap=True,
    )
