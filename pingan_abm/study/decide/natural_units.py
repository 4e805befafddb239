"""Units in which people think: per cent instead of shares, "of 100" instead of log-odds, "times the odds" instead of
differences of log-odds."""

import math
from dataclasses import dataclass

from pingan_abm.parameters.declared import declared
from pingan_abm.parameters.fields import plain, unit_words
from pingan_abm.texts.bilingual import Bilingual

PER_CENT = 100.0
BASES = ("report_base", "perfunctory_base")  # log-odds of a chance itself, not of a difference of chances
SHARES = ("share", "chance")  # units that begin so are shares of something
PLACES = 4  # significant places of a bound


@dataclass(frozen=True)
class Natural:
    """How one parameter is asked for. unit: in both languages; kind: "of_100", "odds", "per_cent" or "plain"."""

    name: str
    unit: Bilingual
    kind: str

    def shown(self, value: float) -> float:
        """A value of the parameter as a person reads it."""
        if self.kind == "of_100":
            return PER_CENT / (1.0 + math.exp(-value))
        if self.kind == "odds":
            return math.exp(value)
        return PER_CENT * value if self.kind == "per_cent" else value

    def meant(self, value: float) -> float:
        """The parameter's value for what a person wrote; not-a-number where there is none."""
        if self.kind == "of_100":
            return math.log(value / (PER_CENT - value)) if 0.0 < value < PER_CENT else math.nan
        if self.kind == "odds":
            return math.log(value) if value > 0.0 else math.nan
        return value / PER_CENT if self.kind == "per_cent" else value

    def bounds(self) -> tuple[float, float]:
        """The least and the most that may be written, rounded inwards no further than a reader needs."""
        one = declared(self.name)
        assert one.low is not None and one.high is not None  # numbers are declared with bounds
        return self.shown(one.low), self.shown(one.high)

    def text(self, value: float) -> str:
        """A value as it is written on a sheet."""
        return plain(float(f"{value:.{PLACES}g}"))


def natural(name: str) -> Natural:
    """How a parameter is asked for. Raises InputErrors for an unknown name."""
    one = declared(name)
    if one.unit == "log-odds" and name in BASES:
        return Natural(name, Bilingual("of 100", "每100件（人）中"), "of_100")
    if one.unit == "log-odds":
        return Natural(name, Bilingual("times the odds", "几率的倍数"), "odds")
    if one.unit.split(" ")[0] in SHARES and one.type == "number":
        return Natural(name, Bilingual(f"per cent ({one.unit})", f"百分比（{unit_words(one.unit, 'zh')}）"), "per_cent")
    return Natural(name, Bilingual(one.unit, unit_words(one.unit, "zh")), "plain")
