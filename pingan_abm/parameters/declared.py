"""The parameters of a run: one declaration each, from which checks, command line, sliders, sampling and tables
follow."""

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Self, cast

import numpy as np
from pydantic import ConfigDict, ValidationError

from pingan_abm.parameters.coefficients import Coefficients
from pingan_abm.parameters.fields import GROUPS, Declaration, declaration, plain, unit_words
from pingan_abm.parameters.levers import Levers
from pingan_abm.parameters.structure import Structure
from pingan_abm.parameters.uncertainties import Uncertainties
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggested_name, suggestion

MOST_CHARACTERS = 10_000  # of a value written on the command line


# bases give their fields last to first: levers, uncertainties, structure, coefficients
class Parameters(Coefficients, Structure, Uncertainties, Levers):
    """All parameters, frozen. Values out of bounds or of another type are refused; `checked` says what is wrong in
    plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=True)

    @classmethod
    def checked(cls, overrides: Mapping[str, object]) -> Self:
        """Parameters with these overrides of the defaults. Raises InputErrors with everything that is wrong."""
        values = {name: value.item() if isinstance(value, np.generic) else value for name, value in overrides.items()}
        problems: list[str] = []
        made = None
        try:
            made = cls.model_validate(values)
        except ValidationError as error:
            problems += [problem_in_words(cast("Any", detail)) for detail in error.errors()]
        problems += contradictions(values)
        raise_if_any(problems)
        assert made is not None  # else there were problems
        return made

    def overridden(self, more: Mapping[str, object]) -> Self:
        """These parameters with further overrides, checked the same way."""
        return self.checked({**dict(self), **more})

    def overrides(self) -> dict[str, object]:
        """What differs from the defaults, in the order of declaration."""
        return {d.name: getattr(self, d.name) for d in declarations() if getattr(self, d.name) != d.default}


@cache
def declarations() -> tuple[Declaration, ...]:
    """Every parameter's declaration, in the order of the tables."""
    return tuple(declaration(name, field) for name, field in Parameters.model_fields.items())


@cache
def by_name() -> Mapping[str, Declaration]:
    """Every parameter's declaration by its name."""
    return {one.name: one for one in declarations()}


def main_parameters() -> tuple[Declaration, ...]:
    """Levers, uncertainties and structural choices: all but the coefficients of single rules."""
    return tuple(one for one in declarations() if not one.coefficient)


def coefficients() -> tuple[Declaration, ...]:
    """The coefficients of single rules and behaviours, group by group."""
    return tuple(one for one in declarations() if one.coefficient)


def members(group: str) -> tuple[Declaration, ...]:
    """The parameters of a group. Raises InputErrors for an unknown group."""
    if group not in GROUPS:
        raise InputErrors(
            [sentence('there is no group "{name}".{near}', name=shown(group)[1:-1], near=suggestion(group, GROUPS))]
        )
    return tuple(one for one in declarations() if one.group == group)


@cache
def usual_parameters() -> Parameters:
    """All defaults: what formulas compare with, such as the staff that a district's load was fitted with."""
    return Parameters()


def declared(name: str) -> Declaration:
    """The declaration of one parameter. Raises InputErrors for an unknown name."""
    found = by_name().get(name)
    if found is None:
        raise InputErrors([unknown_parameter(name)])
    return found


def unknown_parameter(name: str) -> str:
    """What to say about a name that is no parameter's."""
    return sentence(
        'unknown parameter "{name}".{near}',
        name=shown(name).strip('"'),
        near=suggested_name(name, {one.name: (one.en, one.zh) for one in by_name().values()}),
    )


def problem_in_words(detail: Mapping[str, Any]) -> str:
    """One of pydantic's errors as a sentence: what is wrong, what to write."""
    name = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        return unknown_parameter(name)
    one = declared(name)
    if detail["type"] in ("greater_than_equal", "less_than_equal"):
        below = detail["type"] == "greater_than_equal"
        return sentence(
            "{name} = {value} is below {bound}: write {how}"
            if below
            else "{name} = {value} is above {bound}: write {how}",
            name=name,
            value=shown(detail["input"]),
            bound=plain(one.low if below else one.high),
            how=one.how_to_write,
        )
    return sentence(
        "{name} = {value} does not fit: write {how}", name=name, value=shown(detail["input"]), how=one.how_to_write
    )


#: Parameters that say nothing without `campaign_issue`.
CAMPAIGN_DETAILS = ("campaign_start", "campaign_days", "campaign_every", "campaign_intensity")


def contradictions(overrides: Mapping[str, object]) -> list[str]:
    """Overrides that make no sense together. Saying campaign_issue = none calls a campaign off, whatever else is
    set."""
    found: list[str] = []
    details = [name for name in CAMPAIGN_DETAILS if name in overrides]
    if details and "campaign_issue" not in overrides:
        found.append(
            sentence("{names} without a campaign: set campaign_issue too, or leave it out", names=", ".join(details))
        )
    if overrides.get("social_cogovernance") is False and overrides.get("administrative_handling") is False:
        found.append(
            sentence(
                "social_cogovernance and administrative_handling are both off, so nobody would act: switch one of them on"
            )
        )
    return found


WORDS: dict[str, object] = {"true": True, "on": True, "false": False, "off": False, "none": None}
WORDS |= {"开": True, "关": False, "是": True, "否": False, "无": None}
CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def parse_value(name: str, text: str) -> object:
    """A value as written on the command line: TOML with optional quotes, and on, off, none, 开, 关, 无, 2014年4月1日.

    The result still has to be checked. Raises InputErrors when nothing, or far too much, is written.
    """
    text = text.strip()
    if not text:
        raise InputErrors([sentence("{name}: no value after the equals sign", name=shown(name)[1:-1])])
    if len(text) > MOST_CHARACTERS:
        raise InputErrors(
            [
                sentence(
                    "{name}: the value is longer than {most} characters", name=shown(name)[1:-1], most=MOST_CHARACTERS
                )
            ]
        )
    found = by_name().get(name)
    if found is not None and text.lower() in found.choices:
        return text.lower()  # "true" and "none" may be choices
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if (day := CHINESE_DATE.fullmatch(text)) is not None:
        text = "-".join(part.zfill(2) for part in day.groups())
    try:
        written = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return written["value"] if len(written) == 1 else text


def written(value: object) -> str:
    """A value as it is written on the command line and in tables: true, 0.5, 2014-05-01, none."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return plain(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def parameter_table(language: str, listed: Iterable[Declaration] | None = None) -> str:
    """Parameters as a Markdown table, in English or Chinese (any tag that begins with "zh").

    listed: which ones; the main parameters, without coefficients, when nothing is given.
    """
    chinese = language.startswith("zh")
    heads = (
        ("标识", "名称", "含义", "默认值", "范围", "单位", "类别", "来源")
        if chinese
        else ("identifier", "name", "meaning", "default", "range", "unit", "role", "source")
    )
    roles = {"lever": "政策杠杆", "uncertainty": "不确定参数", "structural": "结构参数"}
    sources = {"paper": "论文", "literature": "文献", "assumed": "假定"}
    rows = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for one in main_parameters() if listed is None else listed:
        extent = f"{plain(one.low)} … {plain(one.high)}" if one.low is not None else ", ".join(one.choices)
        cells = (
            f"`{one.name}`",
            one.label(language),
            one.meaning(language),
            written(one.default),
            extent,
            unit_words(one.unit, language),
            roles[one.role] if chinese else one.role,
            sources[one.source] if chinese else one.source,
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def coefficient_tables(language: str, level: int = 3) -> str:
    """All coefficients as Markdown tables, one for each group under its name. level: of those headings."""
    groups = dict.fromkeys(one.group for one in coefficients())
    parts = []
    for group in groups:
        heading = f"{'#' * level} {Bilingual(*GROUPS[group]).text(language)} (`{group}`)"
        parts.append(f"{heading}\n\n{parameter_table(language, (one for one in members(group) if one.coefficient))}")
    return "\n".join(parts)
