"""Scenarios and studies as the TOML files that make them again, from the plain JSON types in which a store keeps
them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pingan_abm.files.provenance import canonical
from pingan_abm.scenarios.files import parse_scenario
from pingan_abm.scenarios.presets import Scenario
from pingan_abm.study.plan.shapes import EVEN, OWN_KEYS

TEXTS = ("title", "story")
BEGINNING = ("warmup", "history", "match_load")
TABLES = ("parameters", "units", "issues", "columns", "categories", "communities")
LISTS = {
    "changes": "changes",
    "merges": "merge",
    "problems": "problems",
}  # a scenario's lists, and what a file calls them


def revived(value: Any) -> Any:
    """A value from JSON in its own type: texts that are dates become dates."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value)
    if isinstance(value, Mapping):
        return {str(key): revived(item) for key, item in value.items()}
    return value


def scenario_of(stored: Mapping[str, Any]) -> Scenario:
    """The scenario that a store names. Raises InputErrors when it holds what this version of the model does not
    know."""
    name = str(stored["name"])
    return parse_scenario(scenario_toml(stored), name, f"{name}.toml")


def scenario_toml(stored: Mapping[str, Any]) -> str:
    """A scenario's file. stored: its canonical form."""
    lines = [f"{key} = {value_text(stored[key])}" for key in TEXTS if stored.get(key)]
    for table in TABLES:
        if stored.get(table):
            lines += ["", f"[{table}]", *_entries(stored[table])]
    for name, table in LISTS.items():
        for one in stored.get(name) or ():
            lines += ["", f"[[{table}]]", *_entries(one)]
    return "\n".join(lines).strip() + "\n"


def study_toml(stored: Mapping[str, Any]) -> str:
    """A study's file. stored: what a store's manifest says under `study`; a scenario that is no preset, and records,
    stand in files beside it."""
    plain = {
        key: stored[key]
        for key in (
            "name",
            "question",
            "residents",
            "days",
            "start",
            *BEGINNING,
            "seed",
            "replications",
            "series",
            "events",
        )
        if stored.get(key) not in (None, {}, "")
    }
    lines = [f"{key} = {value_text(value)}" for key, value in plain.items()]
    if not stored.get("scenarios"):
        lines.insert(1, f"scenario = {value_text(scenario_word(stored['scenario']))}")
    if stored.get("incidents"):
        lines.append(f"incidents = {value_text(Path(stored['incidents']).name)}")
    lines += ["", "[design]", *_entries(stored["design"])]
    if stored.get("settings"):
        lines += ["", "[settings]", *_entries(stored["settings"])]
    lines += ["", "[parameters]", *(f"{one['name']} = {value_text(_range(one))}" for one in stored["ranges"])]
    if stored.get("targets"):
        lines += ["", "[targets]"]
        lines += [
            f"{one['outcome']} = {{ value = {one['value']}, scale = {one['scale']} }}" for one in stored["targets"]
        ]
    return "\n".join(lines) + "\n"


def scenario_word(stored: Mapping[str, Any]) -> str:
    """How a command or a study names a scenario: a preset, or several at once, by name, any other by its file."""
    from pingan_abm.scenarios.combined import AND
    from pingan_abm.scenarios.presets import load_scenario, scenario_names

    def acting(scenario: Any) -> dict[str, Any]:
        return {key: value for key, value in canonical(scenario).items() if key != "story"}

    name, presets = str(stored["name"]), scenario_names()
    known = all(part in presets for part in name.split(AND))
    return name if known and acting(load_scenario(name)) == acting(stored) else f"{name}.toml"


def _range(stored: Mapping[str, Any]) -> dict[str, Any]:
    if stored["kind"] == "values":
        return {"values": stored["values"]}
    name, *numbers = stored.get("shape", EVEN)
    spread = {"distribution": name, **dict(zip(OWN_KEYS[name], numbers, strict=False))} if name != EVEN[0] else {}
    return {key: stored[key] for key in ("low", "high", "steps") if stored[key] is not None} | spread


def _entries(table: Mapping[str, Any]) -> Iterator[str]:
    """KEY = VALUE lines; what is empty or None is left out, but for a parameter set to none."""
    for key, value in table.items():
        if value is None and key == "campaign_issue":
            value = "none"
        if value not in (None, "", {}, [], ()):
            yield f"{key_text(key)} = {value_text(value)}"


def key_text(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if re.fullmatch("[A-Za-z0-9_.-]+", key) else json.dumps(key, ensure_ascii=False)


def value_text(value: Any) -> str:
    """A value as TOML writes it, dates without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_entries(value)) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(value_text(one) for one in value) + "]"
    if isinstance(value, str):
        return value if isinstance(revived(value), date) else json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else repr(value)
