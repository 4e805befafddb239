"""The scenarios: presets by name, users' files by path."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pingan_abm.files.toml import folder_of_results
from pingan_abm.scenarios.combined import AND, combined
from pingan_abm.scenarios.files import parse_scenario, read_scenario
from pingan_abm.scenarios.parts import Change, InjectedProblem, Merge, Period, Scenario
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion
from pingan_abm.texts.shown_names import identified

__all__ = [
    "BASELINE",
    "Change",
    "InjectedProblem",
    "Merge",
    "Period",
    "Scenario",
    "is_preset",
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


@cache
def scenario_names() -> tuple[str, ...]:
    """Names of the presets: the documented ones in their usual order, then any others in the folder."""
    found = {
        Path(entry.name).stem
        for entry in (files("pingan_abm") / "data" / "scenarios").iterdir()
        if entry.name.endswith(".toml")
    }
    return (*(name for name in ORDER if name in found), *sorted(found - set(ORDER)))


def is_preset(name: str) -> bool:
    """Whether a text is a preset's name or title."""
    return identified(name, _titles()) is not None


def load_scenario(name: str | Path, period: Period | None = None) -> Scenario:
    """A preset by its name or title, the scenario of a file by its path, or several of these at once, joined by "+".
    Raises InputErrors with every mistake. period: of the run that a file is meant for, if its dates are to be checked
    with the rest."""
    if isinstance(name, str) and (preset := identified(name, _titles())):
        return _preset(preset)
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
    raise InputErrors(
        [
            sentence(
                "there is no scenario {name}.{near} Or write the path of a scenario file, which ends in .toml.",
                name=shown(name),
                near=suggestion(str(name), scenario_names()),
            )
        ]
    )


def _parts(names: str, period: Period | None) -> list[Scenario]:
    """The scenarios of which a text names several. Raises InputErrors with what is wrong with any of them."""
    found: list[Scenario] = []
    problems: list[str] = []
    for name in dict.fromkeys(one.strip() for one in names.split(AND)):
        try:
            found.append(load_scenario(name, period))
        except InputErrors as wrong:
            problems += wrong.problems
    raise_if_any(problems)
    return found


@cache
def _titles() -> Mapping[str, tuple[str, ...]]:
    """The titles of every preset in both languages."""
    return {name: tuple(_preset(name).title.values()) for name in scenario_names()}


@cache
def _preset(name: str) -> Scenario:
    text = (files("pingan_abm") / "data" / "scenarios" / f"{name}.toml").read_text("utf-8")
    return parse_scenario(text, name, f"{name}.toml")


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
