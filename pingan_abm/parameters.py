"""The parameters of a run: checked all at once, read from text, and listed for tables and sliders.

Every parameter is one field of `Levers`, `Uncertainties` or `Structure`; nothing about it is declared anywhere else.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from numbers import Integral, Real
from typing import Any, Self

from pingan_abm.errors import InputErrors, shortened, suggestion
from pingan_abm.parameter_fields import GROUPS, Declaration, Value, declaration
from pingan_abm.parameter_levers import Levers
from pingan_abm.parameter_structure import Structure
from pingan_abm.parameter_uncertainties import Uncertainties

CAMPAIGN_DETAILS = ("campaign_start", "campaign_days", "campaign_intensity")
SPELLINGS: dict[str, bool | None] = {"on": True, "true": True, "off": False, "false": False, "none": None}


class Parameters(Structure, Uncertainties, Levers):
    """All parameters of a run, at their defaults unless overridden. Frozen; build overridden ones with `checked`."""

    @classmethod
    def checked(cls, overrides: Mapping[str, object]) -> Self:
        """The defaults with overrides. Raises InputErrors naming every unknown name, wrong type, value out of bounds and
        contradiction at once."""
        clean, problems = check_overrides(overrides)
        if problems:
            raise InputErrors(problems)
        return cls(**clean)

    def overridden(self, overrides: Mapping[str, object]) -> Self:
        """These parameters with further overrides, checked the same way."""
        changed = {name: value for name, value in self if value != known()[name].default}
        return self.checked({**changed, **overrides})


def check_overrides(overrides: Mapping[str, object]) -> tuple[dict[str, Any], list[str]]:
    """Clean values of the overrides that can be used, and one line for each that cannot, contradictions included."""
    clean: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in overrides.items():
        declared = known().get(name)
        if declared is None:
            problems.append(f'Unknown parameter "{shortened(name)}".{suggestion(str(name), list(known()))}')
            continue
        try:
            clean[name] = checked_value(declared, value)
        except InputErrors as wrong:
            problems.extend(wrong.problems)
    return clean, problems + contradictions(overrides, clean)


def contradictions(overrides: Mapping[str, object], clean: Mapping[str, Any]) -> list[str]:
    """Settings that are each legal and make no sense together."""
    problems = []
    details = [name for name in CAMPAIGN_DETAILS if name in overrides]
    if details and clean.get("campaign_issue") is None and not ("campaign_issue" in overrides
                                                                 and "campaign_issue" not in clean):
        problems.append(f"{', '.join(details)}: there is no campaign without campaign_issue; set an issue type, "
                        "for example campaign_issue=unlicensed_trading, or leave these out.")
    if clean.get("social_cogovernance") is False and clean.get("administrative_handling") is False:
        problems.append("social_cogovernance and administrative_handling are both off, so that nobody handles anything; "
                        "leave at least one on.")
    return problems


def checked_value(declared: Declaration, value: object) -> Value:
    """A value in the parameter's own type, or InputErrors that say what to write instead."""
    if declared.kind in ("integer", "number"):
        return _checked_number(declared, value)
    if declared.kind == "switch":
        if isinstance(value, bool):
            return value
        if type(value).__name__ == "bool" and hasattr(value, "item"):  # numpy's own bool
            return bool(value)
        raise _wrong(declared, value, "write true or false")
    if declared.kind == "date":
        return _checked_date(declared, value)
    if declared.kind == "choice":
        if isinstance(value, str) and value in declared.choices:
            return value
        near = suggestion(value, declared.choices) if isinstance(value, str) else ""
        raise _wrong(declared, value, f"write one of {', '.join(declared.choices)}", near)
    if value is None or value == "none":
        return None
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,63}", value):
        return value
    raise _wrong(declared, value, "write the identifier of an issue type, for example unlicensed_trading, or none")


def _checked_number(declared: Declaration, value: object) -> int | float:
    whole = declared.kind == "integer"
    bounds = f"{'a whole number' if whole else 'a number'} from {plain(declared.low)} to {plain(declared.high)}"
    if isinstance(value, bool) or type(value).__name__ == "bool" or not isinstance(value, Real):
        raise _wrong(declared, value, f"write {bounds}")
    if isinstance(value, Integral):
        number: int | float = int(value)
    else:
        number = float(value)
        if not math.isfinite(number):
            raise _wrong(declared, value, f"write {bounds}")
        if whole and number != int(number):
            raise _wrong(declared, value, f"write {bounds}")
    if declared.low is None or declared.high is None or declared.low <= number <= declared.high:
        return int(number) if whole else float(number)
    raise _wrong(declared, value, f"write {bounds}")


def _checked_date(declared: Declaration, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong(declared, value, "write a date as year-month-day, for example 2014-04-01")


def _wrong(declared: Declaration, value: object, instead: str, near: str = "") -> InputErrors:
    return InputErrors([f"{declared.name} = {shortened(as_text(value))} is not usable: {instead}.{near}"])


def as_text(value: object) -> str:
    """A value as it is written in a file or on the command line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "none"
    if isinstance(value, float):
        return plain(value)
    return str(value)


def plain(number: float | None) -> str:
    """A number without needless zeros: 0.5, 50000000, 1e-06."""
    if number is None:
        return ""
    whole = math.isfinite(number) and number == int(number) and abs(number) < 1e15
    return str(int(number)) if whole else repr(float(number))


def parse_value(name: str, text: str) -> object:
    """The value that a text means for a parameter, or for a dotted entry such as units.fire.staff: written as in TOML, quotes
    optional, on/off for true/false, none. Whether the parameter may have it is for `checked` to say. Raises InputErrors
    when there is nothing to read."""
    text = text.strip()
    declared = known().get(name)
    if not text:
        raise InputErrors([f"{shortened(name)} has no value; write {shortened(name)}=VALUE."])
    if declared is not None and declared.kind in ("choice", "name"):
        bare = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
        return None if declared.kind == "name" and bare.lower() in ("none", "off") else bare
    if text.lower() in SPELLINGS:
        return SPELLINGS[text.lower()]
    if re.fullmatch(r"[+-]?\.\d+", text):  # .5, which TOML itself does not allow
        return float(text)
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return read["value"] if len(read) == 1 else text


@cache
def known() -> dict[str, Declaration]:
    """Every declaration by name, in the order levers, uncertainties, structure."""
    return {name: declaration(name, field) for name, field in Parameters.model_fields.items()}


def declarations() -> tuple[Declaration, ...]:
    """Every parameter's declaration, in the order of the classes that hold them."""
    return tuple(known().values())


def parameter_table(language: str = "en") -> str:
    """A Markdown table of every parameter, group by group, in English or Chinese."""
    chinese = language.startswith("zh")
    head = ["标识", "名称", "含义", "默认值", "范围", "单位", "类别", "来源"] if chinese else [
        "identifier", "name", "meaning", "default", "range", "unit", "role", "source"]
    lines = []
    for group, titles in GROUPS.items():
        lines += [f"**{titles[chinese]}**", "", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
        for one in declarations():
            if one.group == group:
                cells = [f"`{one.name}`", one.label(language), one.meaning(language), as_text(one.default), _range(one),
                         one.unit, one.role, one.source]
                lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _range(one: Declaration) -> str:
    if one.choices:
        return ", ".join(one.choices)
    return "" if one.low is None else f"{plain(one.low)}–{plain(one.high)}"
