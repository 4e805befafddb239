"""Options that several commands share, and how what is written after them is read: all problems told at once."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from pingan_abm.errors import InputErrors, raise_if_any, sentence, shown, suggestion
from pingan_abm.i18n import LANGUAGES, default_language, language_of
from pingan_abm.parameters import parse_value
from pingan_abm.runs import (
    DAYS,
    LIMITS,
    RESIDENTS,
    START,
    RunSpec,
    recorded,
    resolved,
    settings_from_text,
)
from pingan_abm.scenarios import BASELINE, Period, Scenario, load_scenario

Value = TypeVar("Value")

MOST_REPLICATIONS = 100_000
MOST_WORKERS = 1024

ScenarioArgument = Annotated[str, typer.Argument(metavar="[SCENARIO]", help="A scenario's name, or the path of a scenario file.")]
Residents = Annotated[str, typer.Option("--residents", metavar="N", help="Number of residents.")]
Days = Annotated[str, typer.Option("--days", metavar="N", help="Length of the run in days.")]
Seed = Annotated[str, typer.Option("--seed", metavar="N", help="Seed of all random draws.")]
Start = Annotated[str, typer.Option("--start", metavar="DATE", help="Date of the first day.")]
Replications = Annotated[str, typer.Option("--replications", metavar="N", help="Number of replications.")]
WorkersOption = Annotated[str, typer.Option("--workers", metavar="N", help="Number of processes; all processors if not given.")]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter, or an entry such as units.environment.staff.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language; that of the environment if not given.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results.")]
OptionalOutFolder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the results.")]

DEFAULT_RESIDENTS, DEFAULT_DAYS, DEFAULT_START = str(RESIDENTS), str(DAYS), START.isoformat()


class Problems:
    """Collects what is wrong with what was written, so that all of it can be told at once."""

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
        self.add(sentence("{option} {value} is not usable: write a whole number from {low} to {high}.", option=option,
                          value=shown(text)[1:-1], low=low, high=high))
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

    def day(self, option: str, text: str) -> date:
        """A date."""
        value = parse_value(option, text) if text.strip() else text
        if type(value) is date:
            return value
        self.add(sentence("{option} {value} is not usable: write a date as year-month-day, for example 2014-01-01.", option=option,
                          value=shown(text)[1:-1]))
        return START

    def language(self, text: str) -> str:
        """"en" or "zh"."""
        if text and text.lower().replace("_", "-").split("-")[0] not in LANGUAGES:
            self.add(sentence("--lang {value} is not usable: write en or zh.", value=shown(text)[1:-1]))
        return language_of(text) if text else default_language()

    def workers(self, text: str) -> int:
        """Number of worker processes."""
        from pingan_abm.study.workers import available_workers

        return self.whole("--workers", text, 1, MOST_WORKERS) if text else available_workers()

    def replications(self, text: str, least: int = 1) -> int:
        """Number of replications."""
        return self.whole("--replications", text, least, MOST_REPLICATIONS)

    def scenario(self, name: str, period: Period | None = None) -> Scenario:
        """A scenario by name or path, for a run of a period if it is known."""
        return self.attempt(load_scenario, name, period) or load_scenario(BASELINE)

    def outcomes(self, names: Sequence[str]) -> list[str]:
        """Those of the names that are outcomes."""
        from pingan_abm.outcomes import OUTCOMES

        for name in names:
            if name not in OUTCOMES:
                self.add(sentence("--outcome {name}: there is no such outcome.{near}", name=shown(name)[1:-1], near=suggestion(name, OUTCOMES)))
        return [name for name in names if name in OUTCOMES]

    def raise_any(self) -> None:
        """Raise one InputErrors with all that was found."""
        raise_if_any(self.found)


def check_file(problems: Problems, option: str, path: Path, endings: tuple[str, ...]) -> None:
    """Note what speaks against writing a file: its name's ending, its folder, a folder in its place."""
    if path.suffix.lower() not in endings:
        problems.add(sentence("{option} {path} is not usable: write a file name that ends in {endings}.", option=option, path=path,
                              endings=" / ".join(endings)))
    if not path.resolve().parent.is_dir():
        problems.add(sentence("{option} {path}: there is no folder {folder}.", option=option, path=path, folder=path.resolve().parent))
    elif path.is_dir():
        problems.add(sentence("{option} {path} is a folder; write the name of a file.", option=option, path=path))


def read_spec(
    problems: Problems, scenario: str, *, residents: str, days: str, seed: str, start: str = DEFAULT_START,
    settings: list[str] | None = None, incidents: Path | None = None,
) -> RunSpec:
    """The specification of replication 0 that options describe, each of them checked, and all of them together."""
    chosen: dict[str, object] = {}
    for text in settings or []:  # each by itself, so that one mistake does not hide the next
        chosen |= problems.attempt(settings_from_text, [text]) or {}
    told = len(problems.found)
    first, length = problems.day("--start", start), problems.whole("--days", days, *LIMITS["days"])
    if len(problems.found) > told:
        first, length = START, DAYS  # a run of the usual length, so that no more is said of dates
    spec = RunSpec(
        problems.scenario(scenario, (first, length)), chosen, problems.whole("--residents", residents, *LIMITS["residents"]), length,
        first, problems.whole("--seed", seed, *LIMITS["seed"]), incidents=incidents,
    )
    problems.attempt(resolved, spec)
    if not problems.found:
        problems.attempt(recorded, spec)  # before anything is run or written, so that all bad rows are told
    return spec
