"""`pingan validate`: closing times, topics and rhythm of the model's files beside those of real service requests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.begin import announce_warm_up, beginning_of, reach_load
from pingan_abm.commands.keeping import NOTHING, reported_when_broken_off
from pingan_abm.commands.patterns import REPLICATIONS, SMALL, figures, should_be
from pingan_abm.commands.run_options import DEFAULT_HISTORY, DEFAULT_WARMUP, Asked, read_spec
from pingan_abm.commands.terminal import Announcement, out, print_json, progress_bar
from pingan_abm.district.files import base_district
from pingan_abm.district.here import here
from pingan_abm.files.provenance import canonical
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.texts.errors import sentence
from pingan_abm.texts.i18n import translator

YEAR_DAYS = 365

if TYPE_CHECKING:
    from pingan_abm.patterns.service_requests import Requests
    from pingan_abm.patterns.verdicts import Finding


def validate(
    records: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Service requests of your own: CSV, Excel or Parquet.")
    ] = None,
    opened: Annotated[str, typer.Option("--opened", metavar="COLUMN", help="Column of the opening time.")] = "",
    closed: Annotated[str, typer.Option("--closed", metavar="COLUMN", help="Column of the closing time.")] = "",
    category: Annotated[str, typer.Option("--category", metavar="COLUMN", help="Column of the category.")] = "",
    due: Annotated[str, typer.Option("--due", metavar="COLUMN", help="Column of the due time, if there is one.")] = "",
    agency: Annotated[
        str, typer.Option("--agency", metavar="COLUMN", help="Column of the agency, if there is one.")
    ] = "",
    place: Annotated[str, typer.Option("--place", metavar="COLUMN", help="Column of the place, if there is one.")] = "",
    premises: Annotated[
        str,
        typer.Option(
            "--premises", metavar="COLUMN", help="Column of the shop, estate or site concerned, if there is one."
        ),
    ] = "",
    date_format: Annotated[
        str, typer.Option("--date-format", metavar="FORM", help="How dates are written, where that is not plain.")
    ] = "",
    replications: options.Replications = REPLICATIONS,
    residents: options.Residents = "",
    seed: options.Seed = "0",
    warmup: options.Warmup = DEFAULT_WARMUP,
    history: options.History = DEFAULT_HISTORY,
    match_load: options.MatchLoad = "",
    settings: options.Settings = None,
    workers: options.WorkersOption = "",
    as_json: options.Json = False,
    extensions: options.Extend = None,
    lang: options.Lang = "",
) -> None:
    """Set closing times, topics and rhythm of the model's files beside those of real service requests.

    A district that was made from records remembers their columns.

    Example: pingan validate requests.csv --opened CreatedDate --closed CloseDate --category SRType
    """
    from pingan_abm.patterns.validation import validate as validated

    problems = options.Problems()
    language = problems.language(lang)
    named = {"opened": opened, "closed": closed, "category": category, "due": due, "agency": agency, "place": place}
    named["premises"] = premises
    folder = here()
    own = base_district(folder).about
    columns = {name: column for name, column in named.items() if column}
    remembered = records is not None and not columns and not date_format and bool(own.columns)
    if remembered:
        columns, date_format = {name: own.columns[name] for name in named if name in own.columns}, own.date_format
    requests = requests_of(problems, records, columns, date_format, remembered)
    count, processes = problems.replications(replications, 2), problems.workers(workers)
    if remembered and requests is not None:
        years = len(requests.daily) / YEAR_DAYS
        requests = replace(requests, per_person_year=len(requests.opened) / own.residents / years)
    size = residents or (SMALL if folder.usual else "")
    asked = Asked(residents=size, seed=seed, warmup=warmup, history=history, match_load=match_load)
    spec = read_spec(problems, BASELINE, asked, settings=settings)
    problems.raise_any()
    reach_load([spec], language)
    announce_warm_up([spec], language)
    with reported_when_broken_off(language, NOTHING), progress_bar(count, translator(language)("runs")) as bar:
        found = validated(spec, count, processes, Announcement(language), bar.at)
    if as_json:
        print_json(
            {
                "replications": count,
                "residents": spec.residents,
                "seed": spec.seed,
                **beginning_of(spec),
                "settings": canonical(dict(spec.settings)),
                "records": None if records is None else records.name,
                "statistics": rows_of(found, requests, language),
            }
        )
    else:
        print_found(found, requests, language)


def requests_of(
    problems: options.Problems,
    records: Path | None,
    columns: Mapping[str, str],
    date_format: str,
    mending: bool,
) -> "Requests | None":
    """The requests of a file of the user's, if one is named; what is wrong with it is noted. mending: as in
    `read_requests`."""
    from pingan_abm.patterns.request_files import read_requests
    from pingan_abm.scenarios.record_dates import form_problem

    if date_format and (problem := form_problem(date_format)):
        problems.add(problem)
        return None
    if records is None and columns:
        problems.add(sentence("--{option}: name the file that has this column.", option=next(iter(columns))))
    return None if records is None else problems.attempt(read_requests, records, columns, date_format, mending)


def rows_of(found: "Sequence[Finding]", requests: "Requests | None", language: str) -> list[dict[str, Any]]:
    """Every statistic as plain data: of the model, published, and of the file."""
    from pingan_abm.patterns.service_requests import STATISTICS

    return [
        {
            "statistic": one.text(language),
            "value": finding.value,
            "low": finding.low,
            "high": finding.high,
            "agrees_from": one.low,
            "agrees_to": one.high,
            "verdict": finding.verdict,
            "published": dict(one.published),
            "records": None if requests is None else one.function(requests),
        }
        for one, finding in zip(STATISTICS, found, strict=True)
    ]


def print_found(found: "Sequence[Finding]", requests: "Requests | None", language: str) -> None:
    """A table: the model, the range in which it agrees, the published values, and the file."""
    from rich.table import Table

    say = translator(language)
    words = {"holds": say("agrees"), "does not hold": say("does not agree"), "undecided": say("undecided")}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = [
        "",
        say("model (95 %)"),
        say("agrees within"),
        say("verdict"),
        say("published"),
        *([say("your file")] if requests else []),
    ]
    for heading in heads:
        table.add_column(heading, overflow="fold")
    for row, finding in zip(rows_of(found, requests, language), found, strict=True):
        own = "–" if row["records"] is None else f"{row['records']:.3g}"
        cells = [
            row["statistic"],
            figures(finding),
            should_be(finding),
            words[finding.verdict.value],
            cities(row["published"], language),
        ]
        table.add_row(*cells, *([own] if requests else []))
    console = out()
    console.print(table)
    console.print(
        "\n"
        + say("Service requests of other cities and years: they say whether the model agrees in kind, not in size."),
        markup=False,
        soft_wrap=True,
    )


def cities(published: Mapping[str, str], language: str) -> str:
    """Published values by city, on one line."""
    say = translator(language)
    return ", ".join(f"{say(city)} {value}" for city, value in published.items())
