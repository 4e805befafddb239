"""The scenarios: presets by name, users' files by path, and what sets each apart from the baseline."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pingan_abm.district import District, load_district
from pingan_abm.errors import InputErrors, sentence, shown, suggestion
from pingan_abm.parameters import declared, written
from pingan_abm.scenario_files import parse_scenario, read_scenario
from pingan_abm.scenario_parts import Change, InjectedProblem, Merge, Period, Scenario

__all__ = ["BASELINE", "Change", "InjectedProblem", "Merge", "Period", "Scenario", "describe", "load_scenario", "scenario_names",
           "split_settings"]

BASELINE = "pingan365"
ORDER = ("fragmented_2010", "pingan365", "hierarchy_only", "society_only", "tight_accountability", "people_centred",
         "clear_duties", "funding_cut", "diversified_funding", "campaign", "more_studios", "pizza_shop")


@cache
def scenario_names() -> tuple[str, ...]:
    """Names of the presets: the documented ones in their usual order, then any others in the folder."""
    found = {Path(entry.name).stem for entry in (files("pingan_abm") / "data" / "scenarios").iterdir()
             if entry.name.endswith(".toml")}
    return (*(name for name in ORDER if name in found), *sorted(found - set(ORDER)))


def load_scenario(name: str | Path, period: Period | None = None) -> Scenario:
    """A preset by its name, or the scenario of a file by its path. Raises InputErrors with every mistake. period: of the run that a
    file is meant for, if its dates are to be checked with the rest."""
    if isinstance(name, str) and name in scenario_names():
        return _preset(name)
    path = Path(name)
    if isinstance(name, Path) or path.suffix == ".toml" or path.is_file():
        return read_scenario(path, period)
    raise InputErrors([sentence("there is no scenario {name}.{near} Or write the path of a scenario file, which ends in .toml.",
                                name=shown(name), near=suggestion(str(name), scenario_names()))])


@cache
def _preset(name: str) -> Scenario:
    text = (files("pingan_abm") / "data" / "scenarios" / f"{name}.toml").read_text("utf-8")
    return parse_scenario(text, name, f"{name}.toml")


def split_settings(settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Settings by name into parameters, overrides of units, and overrides of issue types: `units.environment.staff` is the
    key `staff` of the unit `environment`. Raises InputErrors for dotted names that are neither; values are checked later."""
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
            problems.append(sentence("{name} is not a setting: write a parameter, or units.UNIT.KEY or issues.TYPE.KEY, "
                                     "for example units.environment.staff", name=shown(name)))
    if problems:
        raise InputErrors(problems)
    return parameters, tables["units"], tables["issues"]


def describe(scenario: Scenario, language: str = "en") -> str:
    """Title, story, and what differs from the baseline, as plain text in English or Chinese."""
    tongue = "zh" if language.startswith("zh") else "en"
    chinese = tongue == "zh"
    lines = [f"{scenario.name} · {_in(scenario.title, tongue) or scenario.name}", ""]
    if story := _in(scenario.story, tongue):
        lines += [story, ""]
    lines.append("与基线相比：" if chinese else "What differs from the baseline:")
    district = load_district()
    differences = [*_differences(scenario, tongue, district)]
    for change in scenario.changes:
        held = Scenario("", parameters=change.parameters, units=change.units, issues=change.issues)
        differences += [f"{change.date}: {line}" for line in _differences(held, tongue, district)]
    for merge in scenario.merges:
        names = ", ".join(getattr(district.units[district.unit_index(unit)], tongue) for unit in merge.units)
        known = {unit.id: unit for unit in district.units}
        into = getattr(known.get(merge.into, merge), tongue) or merge.into
        differences.append(f"{merge.date}: {names} → {into}")
    for problem in scenario.problems:
        issue = getattr(district.issues[district.issue_index(problem.issue_type)], tongue)
        place = getattr(district.communities[district.community_index(problem.community)], tongue)
        differences.append(f"{problem.date}: {issue}, {place}")
    nothing = "无，即基线本身。" if chinese else "nothing; this is the baseline."
    return "\n".join([*lines, *(f"  - {line}" for line in differences or [nothing])])


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _differences(scenario: Scenario, language: str, district: District) -> list[str]:
    lines = []
    for name, value in scenario.parameters.items():
        one = declared(name)
        before, after = (_shown(held, language) for held in (one.default, value))
        lines.append(f"{one.label(language)} ({name}): {before} → {after}")
    labels = {unit.id: getattr(unit, language) for unit in district.units}
    labels |= {issue.id: getattr(issue, language) for issue in district.issues}
    for entries in (scenario.units, scenario.issues):
        for name, entry in entries.items():
            label = labels[name]
            lines += [f"{label}: {key} → {_shown(value, language)}" for key, value in entry.items()]
    return lines


def _shown(value: object, language: str) -> str:
    if isinstance(value, bool):
        return ("开" if value else "关") if language == "zh" else ("on" if value else "off")
    if isinstance(value, float) and value >= 10_000 and value.is_integer():
        return f"{int(value):,}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {written(share)}" for key, share in value.items())
    return written(value)
