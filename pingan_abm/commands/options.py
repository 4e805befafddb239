"""Options that several commands share, and how their values are read: all problems are reported at once.

Modules that load the model are imported by the methods that need them, so that `pingan status` does not load it.
"""

import errno
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial, wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from pingan_abm.texts.errors import BAD_NAMES, FillingError, InputErrors, raise_if_any, sentence, shown, suggested_name
from pingan_abm.texts.i18n import LANGUAGES, default_language, language_of
from pingan_abm.texts.shown_names import identified

if TYPE_CHECKING:
    from pingan_abm.scenarios.presets import Period, Scenario

Value = TypeVar("Value")

MOST_WORKERS = 1024
TENTH = "tenth"  # in the place of a number of residents
OF_THE_DISK = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EROFS,
)  # errors that come without a name when a file is written


def open_district(context: typer.Context, given: str) -> str:
    """Mean another district until the command is over: this process, and those that it starts. Raises InputErrors when
    there is none."""
    if not given:
        return given
    from pingan_abm.district.folder import open_folder
    from pingan_abm.district.here import VARIABLE, name_of

    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = name_of(open_folder(given))
    context.find_root().call_on_close(partial(_mean_again, before))
    return given


def _mean_again(before: str | None) -> None:
    from pingan_abm.district.here import VARIABLE

    os.environ.pop(VARIABLE, None)
    if before is not None:
        os.environ[VARIABLE] = before


def taking_district(function: Callable[..., Value]) -> Callable[..., Value]:
    """A command that also takes `--district DIR`, and means that district until it is over."""

    @wraps(function)
    def command(*given: Any, district: str = "", **named: Any) -> Value:
        return function(*given, **named)

    own = signature(function)
    more = Parameter("district", Parameter.KEYWORD_ONLY, default="", annotation=District)
    command.__signature__ = own.replace(parameters=[*own.parameters.values(), more])  # type: ignore[attr-defined]
    command.__annotations__ = {**function.__annotations__, "district": District}
    return command


def load_extensions(context: typer.Context, given: list[Path] | None) -> list[Path] | None:
    """Register what the files hold until the command is over. Raises InputErrors with what is wrong in them."""
    if not given:
        return given
    from pingan_abm.extend import forget, load
    from pingan_abm.files.extensions import FILES

    problems, there = Problems(), set(FILES)
    for path in given:
        problems.attempt(load, path)
        if path.resolve() not in there:
            context.find_root().call_on_close(partial(forget, path))
    problems.raise_any()
    return given


District = Annotated[
    str,
    typer.Option(
        "--district",
        metavar="DIR",
        help="Folder of a district, or a shipped one: shangcheng, dorchester.",
        callback=open_district,
        is_eager=True,  # before anything else is read: names in other options are the district's
    ),
]
ScenarioArgument = Annotated[
    str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or the path of a scenario file.")
]
Residents = Annotated[
    str, typer.Option("--residents", metavar="N", help="Number of residents; those of the district if not given.")
]
Days = Annotated[str, typer.Option("--days", metavar="N", help="Length of the run in days.")]
Seed = Annotated[str, typer.Option("--seed", metavar="N", help="Seed of all random draws.")]
Start = Annotated[
    str, typer.Option("--start", metavar="DATE", help="Date of the first day; the district's own if not given.")
]
Warmup = Annotated[
    str, typer.Option("--warmup", metavar="DAYS", help="Days that the district has lived before the first day.")
]
History = Annotated[
    str,
    typer.Option(
        "--history",
        metavar="today|own",
        help="Settings of the days before: today, those of the baseline, so that a reform begins on the first day; "
        "own, the run's, as if it had always been so.",
    ),
]
MatchLoad = Annotated[
    str,
    typer.Option(
        "--match-load",
        metavar="X",
        help="Set staffing so that the load ratio is X on average over six replications, the same for whatever is run.",
    ),
]
Replications = Annotated[str, typer.Option("--replications", metavar="N", help="Number of replications.")]
WorkersOption = Annotated[
    str, typer.Option("--workers", metavar="N", help="Number of processes; all processors if not given.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter, or an entry such as units.environment.staff."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
BeliefRuns = Annotated[
    str, typer.Option("--belief-runs", metavar="N", help="With --beliefs: runs at each point, if not --replications.")
]
Plan = Annotated[
    bool, typer.Option("--plan", help="Only say how many runs there would be, how long they take, how much memory.")
]
Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language; that of the environment if not given.")]
Extend = Annotated[
    list[Path] | None,
    typer.Option(
        "--extend",
        metavar="FILE.py",
        help="Add or replace parts of the model from a Python file.",
        callback=load_extensions,
        is_eager=True,  # before anything else is read: settings and outcomes may be the file's
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results.")]
OptionalOutFolder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the results.")]


class Problems:
    """Collects what is wrong with a command line, so that all of it can be reported at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, problem: str) -> None:
        """Note one problem."""
        self.found.append(problem)

    def attempt(self, function: Callable[..., Value], *arguments: object) -> Value | None:
        """What a function returns; None, with its problems noted, when it raises InputErrors."""
        try:
            return function(*arguments)
        except InputErrors as wrong:
            self.found += wrong.problems
            return None

    def whole(self, option: str, text: str, low: int, high: int) -> int:
        """A whole number within its limits."""
        clean = text.strip(" \t").replace("_", "")
        if re.fullmatch("-?[0-9]{1,29}", clean) and low <= int(clean) <= high:
            return int(clean)
        self.add(
            sentence(
                "{option} {value} is not usable: write a whole number from {low} to {high}.",
                option=option,
                value=shown(text)[1:-1],
                low=low,
                high=high,
            )
        )
        return low

    def number(self, option: str, text: str) -> float:
        """A finite number."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if value - value == 0.0:
            return value
        self.add(sentence("{option} {value} is not usable: write a number.", option=option, value=shown(text)[1:-1]))
        return 0.0

    def goal(self, option: str, text: str, outcomes: Sequence[str]) -> float:
        """A number that every one of these outcomes can have; "80%" is 0.8."""
        from pingan_abm.outcomes.catalogue import OUTCOMES
        from pingan_abm.outcomes.plausible import PER_CENT, implausible

        clean = text.strip().replace("％", "%")
        value = self.number(option, clean.removesuffix("%").strip()) / (PER_CENT if clean.endswith("%") else 1.0)
        for outcome in outcomes:
            if outcome in OUTCOMES and (why := implausible(outcome, value)) is not None:
                self.add(sentence("{option} {why}", option=option, why=why))
        return value

    def day(self, option: str, text: str) -> date:
        """A date."""
        from pingan_abm.district.files import start_here
        from pingan_abm.parameters.declared import parse_value

        value = parse_value(option, text) if text.strip() else text
        if type(value) is date:
            return value
        self.add(
            sentence(
                "{option} {value} is not usable: write a date as year-month-day, for example 2014-01-01.",
                option=option,
                value=shown(text)[1:-1],
            )
        )
        return start_here()

    def start(self, text: str) -> date:
        """The date of the first day; the district's own if nothing is written."""
        from pingan_abm.district.files import start_here

        return self.day("--start", text) if text else start_here()

    def residents(self, text: str) -> int:
        """Number of residents; those of the district if nothing is written, a tenth of them for "tenth"."""
        from pingan_abm.district.files import base_district
        from pingan_abm.scenarios.given import LIMITS, RESIDENTS_A_COMMUNITY

        if text and text != TENTH:
            return self.whole("--residents", text, *LIMITS["residents"])
        district = base_district()
        fewest = max(LIMITS["residents"][0], RESIDENTS_A_COMMUNITY * len(district.communities))
        return max(fewest, district.about.residents // (10 if text == TENTH else 1))

    def language(self, text: str) -> str:
        """ "en" or "zh"."""
        if text and text.lower().replace("_", "-").split("-")[0] not in LANGUAGES:
            self.add(sentence("--lang {value} is not usable: write en or zh.", value=shown(text)[1:-1]))
        return language_of(text) if text else default_language()

    def workers(self, text: str) -> int:
        """Number of worker processes."""
        from pingan_abm.study.run.workers import available_workers

        return self.whole("--workers", text, 1, MOST_WORKERS) if text else available_workers()

    def replications(self, text: str, least: int = 1) -> int:
        """Number of replications."""
        from pingan_abm.runs import MOST_REPLICATIONS

        return self.whole("--replications", text, least, MOST_REPLICATIONS)

    def scenario(self, name: str, period: "Period | None" = None) -> "Scenario":
        """A scenario by name or path, for a run of a period if it is known."""
        from pingan_abm.scenarios.presets import BASELINE, load_scenario

        return self.attempt(load_scenario, name, period) or load_scenario(BASELINE)

    def outcomes(self, names: Sequence[str]) -> list[str]:
        """Those of the names that are outcomes, or their labels in either language."""
        from pingan_abm.outcomes.catalogue import outcome_names

        labels = outcome_names()
        found = {name: identified(name, labels) for name in names}
        for name, known in found.items():
            if known is None:
                self.add(
                    sentence(
                        "--outcome {name}: there is no such outcome.{near}",
                        name=shown(name)[1:-1],
                        near=suggested_name(name, labels),
                    )
                )
        return [known for known in found.values() if known is not None]

    def folder(self, path: Path | None) -> None:
        """Whether results can be put into a folder."""
        if path is not None:
            from pingan_abm.study.keep.folder import (
                check_folder,  # takes in Arrow, which a run that is not kept does without
            )

            self.attempt(check_folder, path)

    def raise_any(self) -> None:
        """Raise one InputErrors with all that was found."""
        raise_if_any(self.found)


def check_file(problems: Problems, option: str, path: Path, endings: tuple[str, ...]) -> None:
    """Note why a file cannot be written: the ending of its name, or its place."""
    if path.suffix.lower() not in endings:
        problems.add(
            sentence(
                "{option} {path} is not usable: write a file name that ends in {endings}.",
                option=option,
                path=path,
                endings=" / ".join(endings),
            )
        )
    check_place(problems, option, path)


def check_place(problems: Problems, option: str, path: Path) -> None:
    """Note why a file cannot stand in its place: there is no such folder, the folder may not be written, or a folder
    has that name."""
    if not path.resolve().parent.is_dir():
        problems.add(
            sentence(
                "{option} {path}: there is no folder {folder}.", option=option, path=path, folder=path.resolve().parent
            )
        )
    elif path.is_dir():
        problems.add(sentence("{option} {path} is a folder; write the name of a file.", option=option, path=path))
    elif not os.access(path.absolute().parent, os.W_OK | os.X_OK):  # where the unfinished file stands
        problems.add(
            sentence(
                "{option} {path}: the folder {folder} may not be written; write the file into another one.",
                option=option,
                path=path,
                folder=path.absolute().parent,
            )
        )


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """While a folder of results is filled: what the disk refuses is raised as FillingError, with the folder's name."""
    try:
        yield
    except OSError as wrong:
        if wrong.errno in BAD_NAMES:
            here = False
        elif isinstance(wrong.filename, str):
            here = Path(wrong.filename).absolute().is_relative_to(folder.absolute())
        else:
            here = wrong.errno in OF_THE_DISK
        if here:
            raise FillingError(wrong.errno, wrong.strerror, str(folder)) from wrong
        raise
