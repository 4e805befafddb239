"""Adding a parameter, and changing settings of a district that lives."""

import datetime
import re
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pingan_abm.extend.sources import origin_of_caller
from pingan_abm.files.extensions import Again, Origin, Piece, check_free, enter, hash_of, of_kind
from pingan_abm.parameters.fields import GROUPS, Role, Source, plain
from pingan_abm.parameters.fields import parameter as field
from pingan_abm.texts.errors import InputErrors, raise_if_any, sentence, shown, suggestion

if TYPE_CHECKING:
    from pingan_abm.actors.base import DistrictModel

OWN_GROUP = "extensions"
OWN_GROUP_WORDS = ("Extensions", "扩展")
KINDS = (bool, int, float, datetime.date, str)


def parameter(
    name: str,
    default: object,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    en: str,
    zh: str,
    meaning_en: str = "",
    meaning_zh: str = "",
    unit: str = "0–1",
    role: Role = "uncertainty",
    source: Source = "assumed",
    group: str = OWN_GROUP,
) -> None:
    """Add a parameter. A run's model has it as `model.parameters.NAME`; `--set`, scenario and study files, sampling,
    tables and the app know it like any other.

    default: true or false, a whole number, a number, a date, or a text, which decides what may be written. low, high:
    bounds, inclusive, which a number needs. choices: what a text may be. en, zh: labels; the meanings are a sentence
    each, the labels if not given. unit, role, source, group: as in `parameters/fields.py`. Raises InputErrors.
    """
    words = {
        "en": en,
        "zh": zh,
        "meaning_en": meaning_en or en,
        "meaning_zh": meaning_zh or zh,
        "unit": unit,
        "role": role,
        "source": source,
        "group": group,
    }
    origin = origin_of_caller(sys._getframe(1), name)
    add_parameter(name, default, {"low": low, "high": high, "choices": choices, **words}, origin)


def add_parameter(name: str, default: object, described: Mapping[str, Any], origin: Origin, digest: str = "") -> None:
    """Add a field to the class of all parameters. digest: of the piece, if it was taken in another process."""
    from pydantic.fields import FieldInfo

    from pingan_abm.parameters.declared import Parameters

    check_free("parameter", name, origin)
    raise_if_any([*name_problems(name), *value_problems(name, default, described)])
    words = {key: value for key, value in described.items() if key != "choices"}
    choices = tuple(described["choices"])
    kind: Any = Literal[*choices] if choices else type(default)
    Parameters.model_fields[name] = FieldInfo.from_annotated_attribute(kind, field(default, **words))
    rebuild()
    GROUPS.setdefault(OWN_GROUP, OWN_GROUP_WORDS)
    digest = digest or hash_of(name, repr(default), *(f"{key} {value!r}" for key, value in sorted(described.items())))
    again: Again = (add_parameter, (name, default, described, origin), {})
    enter(Piece("parameter", name, digest, origin, again, partial(remove, name)))


def remove(name: str) -> None:
    """Take a parameter out again."""
    from pingan_abm.parameters.declared import Parameters

    Parameters.model_fields.pop(name, None)
    rebuild()
    if not of_kind("parameter"):
        GROUPS.pop(OWN_GROUP, None)


def rebuild() -> None:
    """Have pydantic check values by the fields as they stand, and forget the list of declarations."""
    from pingan_abm.parameters.declared import Parameters, by_name, declarations, usual_parameters

    Parameters.model_rebuild(force=True)
    declarations.cache_clear()
    by_name.cache_clear()
    usual_parameters.cache_clear()


def name_problems(name: str) -> list[str]:
    """What is wrong with a parameter's name."""
    from pingan_abm.extend.figures import TAKEN
    from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
    from pingan_abm.parameters.declared import Parameters

    if not re.fullmatch("[a-z][a-z0-9_]{1,59}", name):
        return [
            sentence(
                "parameter {name}: write a name of small letters, digits and underscores, such as notice_boards.",
                name=shown(name),
            )
        ]
    taken = {*Parameters.model_fields, *OUTCOMES, *INDICATORS, *TAKEN, "scenario"}
    if name in taken or hasattr(Parameters, name):
        return [sentence('{kind} "{name}": the name is taken; choose another one.', kind="parameter", name=name)]
    return []


def value_problems(name: str, default: object, described: Mapping[str, Any]) -> list[str]:
    """What is wrong with a parameter's default, bounds and words."""
    problems: list[str] = []
    if type(default) not in KINDS:
        problems.append(
            sentence(
                'parameter "{name}": the default {value} has to be true or false, a number, a date or a text.',
                name=name,
                value=shown(default),
            )
        )
    low, high = described["low"], described["high"]
    if isinstance(default, int | float) and not isinstance(default, bool):
        if low is None or high is None:
            problems.append(sentence('parameter "{name}": a number needs its bounds: write low and high.', name=name))
        elif not low <= default <= high:
            problems.append(
                sentence(
                    'parameter "{name}": the default {value} does not lie within its bounds, {low} to {high}.',
                    name=name,
                    value=shown(default),
                    low=plain(low),
                    high=plain(high),
                )
            )
    elif low is not None or high is not None:
        problems.append(sentence('parameter "{name}": only a number has bounds; leave low and high out.', name=name))
    if described["choices"] and default not in described["choices"]:
        problems.append(
            sentence(
                'parameter "{name}": the default {value} is none of its choices, {names}.',
                name=name,
                value=shown(default),
                names=", ".join(described["choices"]),
            )
        )
    return problems + word_problems(name, described)


def word_problems(name: str, described: Mapping[str, Any]) -> list[str]:
    """What is wrong with a parameter's labels, role, source and group."""
    problems: list[str] = [
        sentence('{kind} "{name}": {word} is missing; write a few words.', kind="parameter", name=name, word=word)
        for word in ("en", "zh", "unit")
        if not str(described[word]).strip()
    ]
    allowed = {
        "role": ("lever", "uncertainty", "structural"),
        "source": ("paper", "literature", "assumed"),
        "group": (*GROUPS, OWN_GROUP),
    }
    for key, names in allowed.items():
        if described[key] not in names:
            problems.append(
                sentence(
                    'parameter "{name}": {key} = {value} is not known.{near}',
                    name=name,
                    key=key,
                    value=shown(described[key]),
                    near=suggestion(str(described[key]), names),
                )
            )
    return problems


def change(model: "DistrictModel", **settings: object) -> None:
    """Set parameters of a district that lives, from this day on: what a scenario's dated change does, for use within an
    intervention. Entries of the tables are written as `**{"units.environment.staff": 40}`. Raises InputErrors, also
    for what the district is built from and no change can move."""
    from pingan_abm.scenarios.changes import apply_change
    from pingan_abm.scenarios.parts import BUILT_IN, Change
    from pingan_abm.scenarios.presets import split_settings

    fixed = [name for name in settings if name in BUILT_IN]
    if fixed:
        raise InputErrors(
            [
                sentence(
                    "{names}: the district is built from it, so no intervention can change it; set it before the run.",
                    names=", ".join(fixed),
                )
            ]
        )
    parameters, units, issues = split_settings(settings)
    apply_change(model, Change(datetime.date.min, parameters, units, issues))
