"""`pingan district`: make the folder of a district, look through it, describe it, fit its posts."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pingan_abm.commands import options
from pingan_abm.commands.terminal import note, out, print_json, progress_bar
from pingan_abm.texts.errors import raise_if_any, sentence, translated
from pingan_abm.texts.i18n import Translate, translator

if TYPE_CHECKING:
    from pingan_abm.founding.check import Account
    from pingan_abm.founding.from_requests import Taken
    from pingan_abm.founding.request_columns import RequestColumns
    from pingan_abm.model import PinganModel

LOAD, TYPES = "0.9", "25"
BAD_INPUT = 2
SHOWN = 3  # reasons why a scenario does not fit

district = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Make, check, describe and fit the folder of a district.\n\nExample: pingan district check my_city",
)

Place = Annotated[str, typer.Argument(metavar="DIR", help="Folder of a district, or a shipped one by its name.")]


@district.command("new")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write the district into.")],
    blank: Annotated[
        bool, typer.Option("--blank", help="A small example to fill in, not a copy of the shipped district.")
    ] = False,
    lang: options.Lang = "",
) -> None:
    """Make a folder for a district of your own: a copy of the shipped one with its comments, or a blank one.

    Example: pingan district new my_city --blank
    """
    problems = options.Problems()
    say = translator(problems.language(lang))
    problems.raise_any()
    from pingan_abm.founding.new import new_folder

    for path in new_folder(folder, blank):
        sys.stdout.write(f"{path}\n")
    note(say("Edit these files, then: pingan district check {folder}").format(folder=shlex.quote(str(folder))))


@district.command("check")
def check(folder: Place, as_json: options.Json = False, lang: options.Lang = "") -> None:
    """Find everything that is wrong in a district's folder, and tell what it leaves to defaults or does without.

    Example: pingan district check my_city
    """
    problems = options.Problems()
    say = translator(problems.language(lang))
    problems.raise_any()
    from pingan_abm.founding.check import account_of

    account = account_of(folder)
    if as_json:
        print_json(json_of(account, say))
    else:
        print_account(account, say)
    if account.problems:
        raise typer.Exit(BAD_INPUT)


def json_of(account: "Account", say: Translate) -> dict[str, Any]:
    """The account as plain data."""
    return {
        "folder": str(account.folder.path),
        "hash": account.folder.digest,
        "problems": [translated(one, say) for one in account.problems],
        "defaulted": [translated(one, say) for one in account.defaulted],
        "without": [translated(one, say) for one in account.without],
        "scenarios_that_do_not_fit": {
            name: [translated(one, say) for one in why] for name, why in account.unfit.items()
        },
    }


def print_account(account: "Account", say: Translate) -> None:
    """The account as text: what is wrong first."""
    listed = json_of(account, say)
    heads = {
        "problems": say("What is wrong"),
        "defaulted": say("What is left to defaults"),
        "without": say("What the model does without"),
    }
    lines = [] if listed["problems"] else [say("Nothing is wrong in {folder}.").format(folder=listed["folder"])]
    for key, head in heads.items():
        if listed[key]:
            lines += [f"{head}:", *(f"  {one}" for one in listed[key])]
    if listed["scenarios_that_do_not_fit"]:
        lines.append(say("Shipped scenarios that do not fit:"))
        lines += [f"  {name}: {'; '.join(why[:SHOWN])}" for name, why in listed["scenarios_that_do_not_fit"].items()]
    sys.stdout.write("\n".join(lines) + "\n")


@district.command("describe")
def describe(
    folder: Place,
    page: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.html", help="Write a page instead of printing tables.")
    ] = None,
    lang: options.Lang = "",
) -> None:
    """Describe a district: its communities, units and their load, issue types, and where duties are unclear.

    Example: pingan district describe my_city --out my_city.html
    """
    problems = options.Problems()
    language = problems.language(lang)
    if page is not None:
        options.check_file(problems, "--out", page, (".html",))
    problems.raise_any()
    from pingan_abm.district.files import base_district
    from pingan_abm.district.folder import open_folder
    from pingan_abm.files.atomic import write_bytes
    from pingan_abm.report.district import district_page, district_tables

    found = base_district(open_folder(folder))
    if page is not None:
        write_bytes(page, district_page(found, language).encode())
        sys.stdout.write(f"{page}\n")
        return
    from rich.table import Table

    for caption, head, rows in district_tables(found, language):
        table = Table(title=caption, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in head:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        out().print(table)


@district.command("fit-posts")
def fit_posts(
    folder: Place,
    load: Annotated[
        str, typer.Option("--load", metavar="X", help="Work offered over effective staff-days, for every unit.")
    ] = LOAD,
    lang: options.Lang = "",
) -> None:
    """Find the posts with which every unit has the same load in a usual year, and write them into its table.

    Example: pingan district fit-posts my_city --load 0.9
    """
    problems = options.Problems()
    language = problems.language(lang)
    say = translator(language)
    wanted = problems.number("--load", load)
    from pingan_abm.runs import MOST_LOAD

    if not 0.0 < wanted <= MOST_LOAD:
        problems.add(
            sentence("--load {value} is not usable: write a load above 0, at most {most}.", value=load, most=MOST_LOAD)
        )
    problems.raise_any()
    from pingan_abm.district.folder import SHIPPED, open_folder
    from pingan_abm.founding.check import account_of
    from pingan_abm.founding.posts_file import write_posts
    from pingan_abm.posts import LEAST_POST, ROUNDS
    from pingan_abm.posts import fit_posts as fitted

    raise_if_any(list(account_of(folder).problems))
    place = open_folder(folder)
    if place.path in SHIPPED.values():
        raise_if_any([sentence("{folder} is shipped: copy it with `pingan district new` first.", folder=folder)])
    with progress_bar(ROUNDS, say("rounds")) as bar:

        def announce(number: int, model: "PinganModel") -> None:
            bar.at(number)
            staff, found = float(model.world.units["staff"].sum()), model.outcomes()["load_ratio"] or 0.0
            words = say("round {number}: load {load} with {staff} staff-days a day")
            sys.stdout.write(words.format(number=number, load=f"{found:.3f}", staff=f"{staff:.1f}") + "\n")

        posts = fitted(wanted, district=place.path, announce=announce)
    path = write_posts(place.path, posts)
    total = sum(one["staff"] for one in posts.values())
    sys.stdout.write(
        say("{path}: {staff} staff-days a day in {count} units").format(
            path=path, staff=f"{total:.1f}", count=len(posts)
        )
        + "\n"
    )
    if least := sum(one["staff"] <= LEAST_POST for one in posts.values()):
        words = say(
            "{count} of them keep one post, the least, though they have less to do; so the load of all is lower."
        )
        sys.stdout.write(words.format(count=least) + "\n")


@district.command("from-records")
def from_records(
    records: Annotated[Path, typer.Argument(metavar="FILE", help="Requests of an office: CSV, Excel or Parquet.")],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write the district into.")],
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="MAP.toml", help="Which column holds what.")
    ] = None,
    residents: Annotated[str, typer.Option("--residents", metavar="N", help="Residents of the district.")] = "",
    types: Annotated[
        str, typer.Option("--types", metavar="N", help="Issue types; what is seldom becomes sub-types of one.")
    ] = TYPES,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Name; the folder's if not given.")] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Where the records are from, and under which terms.")
    ] = "",
    lang: options.Lang = "",
) -> None:
    """Make a district from the records of its requests, and tell what was taken, what assumed, what they cannot say.

    Example: pingan district from-records requests.csv --out my_city --residents 125000
    """
    problems = options.Problems()
    language = problems.language(lang)
    from pingan_abm.district.keys import MOST_ISSUES, MOST_RESIDENTS
    from pingan_abm.founding import request_columns, writing
    from pingan_abm.founding.from_requests import take

    mapped = ({}, "") if columns is None else problems.attempt(request_columns.read_mapping, columns)
    people = problems.whole("--residents", residents, 1_000, MOST_RESIDENTS) if residents else None
    most = problems.whole("--types", types, 2, MOST_ISSUES)
    problems.attempt(writing.check_new, folder)
    if not records.is_file():
        problems.add(sentence("{path}: there is no such file.", path=records))
    problems.raise_any()
    assert mapped is not None  # else there were problems
    rows = request_columns.read_columns(records, *mapped)
    taken, title = take(rows, people, most), (name or folder.name, source)
    writing.write_folder(folder, taken, rows, title)
    fit_to_requests(folder, taken, rows, language)
    writing.write_folder(folder, taken, rows, title)
    say = translator(language)
    for kind, words in writing.HEADS.items():
        sys.stdout.write(f"{words[language == 'zh']}:\n")
        for one in taken.notes[kind]:
            sys.stdout.write(f"  {translated(one, say)}\n")
    note(say("Look at it: pingan district check {folder}").format(folder=shlex.quote(str(folder))))


def fit_to_requests(folder: Path, taken: "Taken", rows: "RequestColumns", language: str) -> None:
    """Put fitted rates and posts into what was taken."""
    from pingan_abm.founding.fitting import ROUNDS, fit_rates_and_posts

    say = translator(language)
    wanted = taken.requests_by_type(rows)
    with progress_bar(ROUNDS, say("rounds")) as bar:

        def announce(number: int, _model: "PinganModel") -> None:
            bar.at(number)

        rates, posts, off = fit_rates_and_posts(folder, wanted, announce)
    for key, rate in rates.items():
        taken.issues[key]["rate"] = rate
    for key, numbers in posts.items():
        taken.units[key] |= numbers
    taken.note(
        "assumed",
        sentence(
            "rates of problems: with which the model's files are those of the records (off by {off} in the last round)",
            off=f"{off:.1%}",
        ),
    )
    taken.note("assumed", sentence("posts: with which every unit has a load of 0.9 in a usual year"))
