"""How a parameter is declared: one call a field, from which bounds, sliders, file checks and tables all follow."""

from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

type Role = Literal["lever", "uncertainty", "structural"]
type Source = Literal["paper", "literature", "assumed"]
type Kind = Literal["switch", "integer", "number", "date", "choice", "name"]
type Value = bool | int | float | date | str | None

GROUPS: dict[str, tuple[str, str]] = {
    "appraisal": ("Appraisal and accountability", "考核与问责"),
    "centre": ("Command centre and supervision", "指挥中心与督办"),
    "departments": ("Departments and duties", "职能部门与职责"),
    "society": ("Social co-governance", "社会协同共治"),
    "reporting": ("Residents and reporting", "居民与反映"),
    "campaign": ("Campaign", "专项整治"),
    "workload": ("Problems and work", "问题与工作量"),
    "forms": ("Rival forms", "备选机制形式"),
    "mechanisms": ("Mechanisms on and off", "机制开关"),
}


@dataclass(frozen=True)
class Declaration:
    """All there is to know of one parameter; read from its field, never written a second time."""

    name: str
    kind: Kind
    default: Value
    low: float | None
    high: float | None
    unit: str
    role: Role
    source: Source
    group: str
    choices: tuple[str, ...]
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str

    @property
    def type(self) -> Kind:
        """The kind under the name that tables use."""
        return self.kind

    def label(self, language: str) -> str:
        """The short name in a language ("en" or "zh…")."""
        return self.zh if language.startswith("zh") else self.en

    def meaning(self, language: str) -> str:
        """The one-line meaning in a language ("en" or "zh…")."""
        return self.meaning_zh if language.startswith("zh") else self.meaning_en


class Declared(BaseModel):
    """Base of every class that declares parameters: frozen, strict about types, no unknown names, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def parameter(
    default: Value,
    low: float | None = None,
    high: float | None = None,
    *,
    unit: str = "",
    role: Role,
    source: Source,
    group: str,
    en: str,
    zh: str,
    meaning_en: str,
    meaning_zh: str,
) -> Any:
    """A field with its bounds, role, source, and labels and meanings in both languages."""
    if group not in GROUPS:
        raise KeyError(f"unknown group of parameters: {group}")
    described = {"unit": unit, "role": role, "source": source, "group": group, "en": en, "zh": zh}
    described |= {"meaning_en": meaning_en, "meaning_zh": meaning_zh}
    bounds: dict[str, Any] = {} if low is None else {"ge": low, "le": high}
    return Field(default=default, json_schema_extra=described, **bounds)


def switch(default: bool, *, role: Role = "structural", source: Source = "assumed", group: str = "mechanisms",
           en: str, zh: str, meaning_en: str, meaning_zh: str) -> Any:
    """An on/off field."""
    return parameter(default, unit="on/off", role=role, source=source, group=group, en=en, zh=zh,
                     meaning_en=meaning_en, meaning_zh=meaning_zh)


def declaration(name: str, field: FieldInfo) -> Declaration:
    """Reads one field back into its declaration."""
    bounds = {key: getattr(mark, key) for mark in field.metadata for key in ("ge", "le") if hasattr(mark, key)}
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    described: Any = field.json_schema_extra
    return Declaration(name=name, kind=_kind(field.annotation), default=field.default, low=bounds.get("ge"),
                       high=bounds.get("le"), choices=choices, **described)


def _kind(annotation: Any) -> Kind:
    if get_origin(annotation) is Literal:
        return "choice"
    if NoneType in get_args(annotation):
        return "name"
    kinds: dict[Any, Kind] = {bool: "switch", int: "integer", float: "number", date: "date"}
    return kinds[annotation]
