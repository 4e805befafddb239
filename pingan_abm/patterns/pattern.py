"""What a pattern is: claims about the model's behaviour, each a small paired experiment with a statistic and a
direction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pingan_abm.texts.bilingual import Bilingual

type Measured = Mapping[str, float | None | np.ndarray]
type Direction = Literal["above", "below", "within"]
type Interval = Literal["mean", "share", "ratio"]
type Nature = Literal["assumption", "emergent", "input"]
#: From what one replication measured under each condition to one number; a pair (part, whole) for a ratio; None: not
#: known.
type Statistic = Callable[..., float | tuple[float, float] | None]
type Settings = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Condition:
    """One side of an experiment.

    settings: overrides of parameters; changes: the same from a day of the run on; hook: what is done to the model
    before its first day, by its name in `hooks`; residents, warmup: None for those of the whole set; measure: by its
    name in `measures`.
    """

    scenario: str = "pingan365"
    settings: Settings = ()
    changes: tuple[tuple[int, Settings], ...] = ()
    hook: str = ""
    residents: int | None = None
    days: int = 365
    measure: str = "district"
    warmup: int | None = None

    def under(self, overlay: "Overlay") -> "Condition":
        """This condition with an overlay's settings in force over its own."""
        settings = {**dict(self.settings), **dict(overlay.settings)}
        return replace(self, settings=tuple(sorted(settings.items())), hook=overlay.hook or self.hook)


@dataclass(frozen=True)
class Overlay:
    """Settings added to every condition of a pattern: they switch a mechanism off, or choose a rival form."""

    settings: Settings = ()
    hook: str = ""


@dataclass(frozen=True)
class Part:
    """One of the things that a pattern says, where it says several: claims of a part have a verdict of their own."""

    en: str
    zh: str

    def text(self, language: str) -> str:
        """Its name in a language."""
        return Bilingual(self.en, self.zh).text(language)


@dataclass(frozen=True)
class Claim:
    """One sentence about the model that a statistic can decide.

    direction: the statistic lies above or below `bound`, or within `bound` and `upper`. interval: of a mean over
    replications (Student), of a share of replications (Wilson), of a ratio of sums (bootstrap over replications).
    required: counts for the pattern's verdict; else its figure is reported only. part: of the pattern, None where it
    has one only.
    """

    en: str
    zh: str
    conditions: tuple[Condition, ...]
    statistic: Statistic
    direction: Direction = "above"
    bound: float = 0.0
    upper: float = 0.0
    interval: Interval = "mean"
    required: bool = True
    part: Part | None = None

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return Bilingual(self.en, self.zh).text(language)


@dataclass(frozen=True)
class Pattern:
    """A pattern that the model should show.

    words: of the paper or the literature, from which it comes; evidence: how strong it is outside the model; rules:
    that produce it; nature: whether a formula puts it in (assumption), it follows from several (emergent), or the
    data files hold it (input). off: its mechanism switched off; off_en, off_zh: what that is; refuted: what would
    refute it.
    """

    id: str
    en: str
    zh: str
    words: str
    evidence: str
    rules: tuple[str, ...]
    nature: Nature
    off: Overlay
    off_en: str
    off_zh: str
    refuted: str
    claims: tuple[Claim, ...]

    def text(self, language: str) -> str:
        """The pattern in a language."""
        return Bilingual(self.en, self.zh).text(language)


def number(measured: Measured, name: str) -> float | None:
    """One measured number; None when it is unknown. Raises KeyError when nothing of that name is measured."""
    value = measured[name]
    return float(value) if isinstance(value, int | float) and np.isfinite(value) else None


@dataclass(frozen=True)
class Value:
    """A figure of one condition."""

    name: str

    def __call__(self, *measured: Measured) -> float | None:
        """The figure, from what each condition measured."""
        return number(measured[0], self.name)


@dataclass(frozen=True)
class Difference:
    """A figure in the last condition less that in the first; with `other`, that other figure in the first."""

    name: str
    other: str = ""

    def __call__(self, *measured: Measured) -> float | None:
        """The figure, from what each condition measured."""
        after, before = number(measured[-1], self.name), number(measured[0], self.other or self.name)
        return None if after is None or before is None else after - before


@dataclass(frozen=True)
class Bend:
    """Of three conditions in order: the second step less the first. Below 0: it flattens or turns."""

    name: str

    def __call__(self, *measured: Measured) -> float | None:
        """The figure, from what each condition measured."""
        first, second, third = (number(one, self.name) for one in measured)
        return None if first is None or second is None or third is None else (third - second) - (second - first)


@dataclass(frozen=True)
class DifferenceInDifferences:
    """Of four conditions a, b, c, d: (d − c) − (b − a)."""

    name: str

    def __call__(self, *measured: Measured) -> float | None:
        """The figure, from what each condition measured."""
        a, b, c, d = (number(one, self.name) for one in measured)
        return None if a is None or b is None or c is None or d is None else (d - c) - (b - a)


@dataclass(frozen=True)
class Reached:
    """1 when a day was reached by `by` in the condition, else 0; unknown where no file was opened, for the documented
    case had one."""

    name: str
    by: float

    def __call__(self, *measured: Measured) -> float | None:
        """The figure, from what each condition measured."""
        value = measured[0][self.name]
        if measured[0].get("filed") == 0.0:
            return None
        return float(value is not None and float(value) <= self.by)


def settings(**values: object) -> Settings:
    """Settings by name, in a fixed order."""
    return tuple(sorted(values.items()))
