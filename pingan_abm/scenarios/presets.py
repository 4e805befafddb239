"""The scenarios: presets by name, users' files by path."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pingan_abm.district.files import base_district
from pingan_abm.district.folder import DATA, DistrictFolder
from pingan_abm.district.here import here, opened
from pingan_abm.files.toml import folder_of_results
from pingan_abm.scenarios.combined import AND, combined
from pingan_abm.scenarios.files import parse_scenario, read_scenario
from pingan_abm.scenarios.parts import Change, InjectedProblem, Merge, Period, Scenario
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggested_name
from pingan_abm.texts.shown_names import identified

__all__ = [
    "BASELINE",
    "Change",
    "InjectedProblem",
    "Merge",
    "Period",
    "Scenario",
    "is_preset",
    "in_district",
    "load_scenario",
    "scenario_names",
    "split_settings",
]

BASELINE = "pingan365"
ORDER = (
    "fragmented_2010",
    "pingan365",
    "hierarchy_only",
    "society_only",
    "tight_accountability",
    "people_centred",
    "clear_duties",
    "funding_cut",
    "diversified_funding",
    "campaign",
    "regular_campaigns",
    "more_studios",
    "shared_credit",
    "round_tables",
    "pizza_shop",
)


def scenario_names() -> tuple[str, ...]:
    """Names of the presets of the district that is meant: the documented ones in their usual order, then any others.

    A district has those in its own folder, and of the shipped ones those that fit it (`unfit_scenarios`)."""
    return _names(here())


@lru_cache(maxsize=32)
def _names(folder: DistrictFolder) -> tuple[str, ...]:
    found = set(_files(folder)) - set(unfit_scenarios(folder))
    return (*(name for name in ORDER if name in found), *sorted(found - set(ORDER)))


def _files(folder: DistrictFolder) -> dict[str, Path]:
    """The files of presets by name: the district's own before the shipped ones."""
    return {path.stem: path for root in (DATA, folder.path) for path in sorted((root / "scenarios").glob("*.toml"))}


@lru_cache(maxsize=32)
def unfit_scenarios(folder: DistrictFolder) -> Mapping[str, tuple[str, ...]]:
    """The shipped presets that a district cannot have, since they name what it does not have: why, by name."""
    unfit = {}
    with opened(folder.path):
        for name, path in _files(folder).items():
            if path.is_relative_to(DATA) and not folder.usual:
                try:
                    _parsed(name, folder)
                except InputErrors as wrong:
                    unfit[name] = wrong.problems
    return unfit


def is_preset(name: str) -> bool:
    """Whether a text is a preset's name or title."""
    return identified(name, _titles()) is not None


def in_district(scenario: Scenario) -> Scenario:
    """A scenario on top of the parameters of the district that is meant."""
    own = base_district().about.parameters
    return replace(scenario, parameters={**own, **scenario.parameters}) if own else scenario


def load_scenario(name: str | Path, period: Period | None = None) -> Scenario:
    """A scenario as `named_scenario` finds it, on top of the parameters of the district that is meant."""
    return in_district(named_scenario(name, period))


def named_scenario(name: str | Path, period: Period | None = None) -> Scenario:
    """A preset by its name or title, the scenario of a file by its path, or several of these at once, joined by "+".
    Raises InputErrors with every mistake. period: of the run that a file is meant for, if its dates are to be checked
    with the rest."""
    if isinstance(name, str) and name in scenario_names():  # no need to read the titles of all others
        return _parsed(name, here())
    if isinstance(name, str) and (preset := identified(name, _titles())):
        return _parsed(preset, here())
    if not isinstance(name, str | Path):
        raise InputErrors([sentence("scenario = {value} is not usable: write a name or a path.", value=shown(name))])
    path = Path(name)
    if isinstance(name, str) and AND in name and not path.is_file():
        return combined(_parts(name, period))
    if (
        isinstance(name, Path)
        or path.suffix == ".toml"
        or path.is_file()
        or folder_of_results(path, sentence("a scenario file"))
    ):
        return read_scenario(path, period)
    unfit = unfit_scenarios(here()).get(str(name))
    if unfit:
        why = sentence("the scenario {name} does not fit this district", name=name)
        raise InputErrors([sentence("{place}: {what}", place=why, what=one) for one in unfit])
    raise InputErrors(
        [
            sentence(
                "there is no scenario {name}.{near} Or write the path of a scenario file, which ends in .toml.",
                name=shown(name),
                near=suggested_name(str(name), _titles()),
            )
        ]
    )


def _parts(names: str, period: Period | None) -> list[Scenario]:
    """The scenarios of which a text names several. Raises InputErrors with what is wrong with any of them."""
    found: list[Scenario] = []
    problems: list[str] = []
    for name in dict.fromkeys(one.strip() for one in names.split(AND)):
        try:
            found.append(named_scenario(name, period))
        except InputErrors as wrong:
            problems += wrong.problems
    raise_if_any(problems)
    return found


def _titles() -> Mapping[str, tuple[str, ...]]:
    """The titles of every preset in both languages."""
    return _titles_in(here())


@lru_cache(maxsize=32)
def _titles_in(folder: DistrictFolder) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(_parsed(name, folder).title.values()) for name in _names(folder)}


@lru_cache(maxsize=512)
def _parsed(name: str, folder: DistrictFolder) -> Scenario:
    """A preset, read against the district of a folder, which is the one that is meant."""
    return parse_scenario(_files(folder)[name].read_text("utf-8"), name, f"{name}.toml")


def split_settings(
    settings: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Settings by name into parameters, overrides of units, and overrides of issue types: `units.environment.staff` is
    the key `staff` of the unit `environment`. Raises InputErrors for dotted names that are neither; values are checked
    later."""
    parameters: dict[str, Any] = {}
    tables: dict[str, dict[str, dict[str, Any]]] = {"units": {}, "issues": {}}
    problems = []
    for name, value in settings.items():
        parts = name.split(".")
        if len(parts) == 1:
            parameters[name] = value
        elif len(parts) == 3 and parts[0] in tables and all(parts):
            tables[parts[0]].setdefault(parts[1], {})[parts[2]] = value
        else:
            problems.append(
                sentence(
                    "{name} is not a setting: write a parameter, or units.UNIT.KEY or issues.TYPE.KEY, "
                    "for example units.environment.staff",
                    name=shown(name),
                )
            )
    if problems:
        raise InputErrors(problems)
    return parameters, tables["units"], tables["issues"]
