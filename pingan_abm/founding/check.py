"""What is wrong in the folder of a district, what it leaves to defaults, and what the model does without."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pingan_abm.district import keys
from pingan_abm.district.files import base_district, folder_problems
from pingan_abm.district.folder import SHIPPED, DistrictFolder, open_folder
from pingan_abm.district.here import opened
from pingan_abm.parameters.declared import Parameters
from pingan_abm.scenarios.files import read_scenario
from pingan_abm.scenarios.given import RESIDENTS_A_COMMUNITY
from pingan_abm.scenarios.presets import BASELINE, unfit_scenarios
from pingan_abm.texts.errors import InputErrors, Sentence, sentence, suggestion

#: Files of a folder that are not tables.
OTHERS = (keys.ABOUT, "README.md", "evidence.csv", "scenarios", "districts")
WITHOUT = {
    "subtypes": sentence("no sub-types: each issue type is one of its own"),
    "places": sentence("no kinds of places: problems have no premises that are inspected, comply or move"),
    "shocks": sentence("no shared causes: weather and holidays do not make problems come together"),
    "organisations": sentence("no organisations by name: they are drawn"),
    "ideas": sentence("no golden ideas by name: they are drawn"),
    "mechanisms": sentence("no mechanisms of its own: the six of the shipped district"),
    "channels": sentence("no names of channels of its own: general ones"),
}


@dataclass(frozen=True)
class Account:
    """What was found. problems: each with its file and line; defaulted, without: sentences; unfit: shipped scenarios
    that do not fit, with why."""

    folder: DistrictFolder
    problems: tuple[str, ...]
    defaulted: tuple[Sentence, ...]
    without: tuple[Sentence, ...]
    unfit: dict[str, tuple[str, ...]]


def account_of(path: str | Path) -> Account:
    """Look through a folder. Raises InputErrors when there is none."""
    folder = open_folder(path)
    problems = [*folder_problems(folder), *strangers(folder)]
    unfit: dict[str, tuple[str, ...]] = {}
    if not folder_problems(folder):
        with opened(folder.path):
            problems += [*parameter_problems(folder), *crowded(folder), *own_scenarios(folder)]
            unfit = dict(unfit_scenarios(folder))
    missing = tuple(words for table, words in WITHOUT.items() if not folder.tables.get(table))
    return Account(folder, tuple(problems), tuple(defaulted(folder)), missing, unfit)


def strangers(folder: DistrictFolder) -> Iterable[Sentence]:
    """A line for each file that nothing reads."""
    known = [*OTHERS, *(f"{file}.toml" for file in keys.FILES), *(f"{table}.csv" for table in keys.FILE_OF)]
    for path in sorted(folder.path.iterdir()):
        if path.name not in known and not path.name.startswith((".", "~")) and path.suffix in (".toml", ".csv"):
            yield sentence(
                "{path}: nothing reads a file of this name.{near}", path=path, near=suggestion(path.name, known)
            )


def parameter_problems(folder: DistrictFolder) -> Iterable[str]:
    """A line for each parameter of district.toml that is none, or that does not fit."""
    own = base_district(folder).about.parameters
    for name, value in own.items():
        try:
            Parameters.checked({name: value})
        except InputErrors as wrong:
            for one in wrong.problems:
                yield folder.located(sentence("{where}: {what}", where=f"parameters.{name}", what=one))


def crowded(folder: DistrictFolder) -> Iterable[str]:
    """A line if the district has more communities than its residents can fill."""
    district = base_district(folder)
    least = RESIDENTS_A_COMMUNITY * len(district.communities)
    if district.about.residents < least:
        yield folder.located(
            sentence(
                "residents = {value} is too few for the {count} communities of this district: write at least {least}.",
                value=district.about.residents,
                count=len(district.communities),
                least=least,
            )
        )


def own_scenarios(folder: DistrictFolder) -> Iterable[str]:
    """What is wrong in the folder's own scenarios."""
    for path in () if folder.path in SHIPPED.values() else sorted((folder.path / "scenarios").glob("*.toml")):
        try:
            read_scenario(path)
        except InputErrors as wrong:
            yield from wrong.problems
    if BASELINE in unfit_scenarios(folder):
        yield sentence("the scenario {name} does not fit this district", name=BASELINE)


def defaulted(folder: DistrictFolder) -> Iterable[Sentence]:
    """What a folder leaves out, and what holds instead: one line a key."""
    for table, values in (*keys.DEFAULTS.items(), ("units", dict.fromkeys(("staff", *keys.DESIGN)))):
        rows = folder.tables.get(table, {})
        for key, value in values.items():
            lacking = [name for name, row in rows.items() if isinstance(row, dict) and key not in row]
            if lacking and value is not None:
                yield sentence(
                    "{table}.…{key}: {value} for {count} of {all} entries",
                    table=table,
                    key=f".{key}",
                    value=value,
                    count=len(lacking),
                    all=len(rows),
                )
            elif lacking:
                yield sentence(
                    "{table}.…{key}: from the written duties for {count} of {all} entries, until posts are fitted",
                    table=table,
                    key=f".{key}",
                    count=len(lacking),
                    all=len(rows),
                )
