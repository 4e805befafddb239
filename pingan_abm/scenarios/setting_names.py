"""Settings written under the names that people see: 问责力度=0.9, units.食药监局.staff=40, campaign_issue=占道经营."""

from collections.abc import Mapping
from typing import Any

from pingan_abm.district.files import load_district
from pingan_abm.parameters.declared import by_name, parse_value
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.texts.shown_names import identified

ISSUE_PARAMETERS = ("campaign_issue",)  # whose value is an issue type


def setting_from_text(name: str, text: str) -> tuple[str, object]:
    """The identifier and value of a setting; what no shown name fits stays as it is written, to be refused where it is
    checked. Raises InputErrors when nothing, or far too much, is written as the value."""
    found = setting_named(name)
    value = parse_value(found, text)
    if found in ISSUE_PARAMETERS and isinstance(value, str):
        value = identified(value, _entries("issues")) or value
    return found, value


def setting_named(name: str) -> str:
    """The identifier of a parameter, or of a key of a unit or an issue type such as units.environment.staff."""
    parts = [part.strip() for part in name.split(".")]
    if len(parts) == 3 and parts[0] in ("units", "issues"):
        return f"{parts[0]}.{identified(parts[1], _entries(parts[0])) or parts[1]}.{parts[2]}"
    return identified(name, {one.name: (one.en, one.zh) for one in by_name().values()}) or name


def _entries(table: str) -> Mapping[str, tuple[str, ...]]:
    """The names of the district's units or issue types. 区, that a unit is the district's, may be left out."""
    listed: tuple[Any, ...] = load_district().units if table == "units" else load_district().issues
    return {one.id: (one.en, one.zh, one.zh.removeprefix("区")) for one in listed}


def settings_from_text(assignments: list[str]) -> dict[str, object]:
    """{name: value} from texts like "accountability=0.5". Raises InputErrors naming every one that cannot be read."""
    settings: dict[str, object] = {}
    problems: list[str] = []
    for text in assignments:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            problems.append(
                sentence("--set {text}: write NAME=VALUE, for example --set accountability=0.5.", text=text)
            )
            continue
        try:
            found, read = setting_from_text(name.strip(), value)
            settings[found] = read
        except InputErrors as wrong:
            problems += wrong.problems
    if problems:
        raise InputErrors(problems)
    return settings
