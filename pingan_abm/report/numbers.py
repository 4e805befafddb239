"""How figures, differences and settings are written for readers."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.parameters.declared import declarations, written
from pingan_abm.parameters.fields import GROUPS, choice_words
from pingan_abm.report.charts import Mark
from pingan_abm.report.summary import possible_ends, shown_number
from pingan_abm.scenarios.presets import load_scenario, scenario_names
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import Comparison
from pingan_abm.study.plan.ranges import GROUP, SCENARIO
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.texts.i18n import translator
from pingan_abm.texts.signs import with_points

KEY = (
    "solved_share",
    "burden",
    "hollow_share",
    "load_ratio",
    "true_resolution_rate",
    "closure_gap",
    "days_to_resolution_median",
    "satisfaction_mean",
    "trust_mean",
    "crises",
    "yuan_per_resolution",
)  # what a reader wants to know first


def figure(value: float | None, unit: str, language: str) -> str:
    """A figure with a true minus sign; what lies between 0 and 1 has three decimals, as differences of it have."""
    if value is not None and unit in ("0–1", "index"):
        return f"{value:.3f}".replace("-", "−")
    return shown_number(value, unit, language).replace("-", "−")


def moved(value: float | None, unit: str, *, beside: float = 0.0) -> str:
    """The number of a difference with its sign; a difference of two shares is multiplied by a hundred. beside: another
    difference, whose number of decimals it takes."""
    if value is None:
        return "–"
    if unit == "share":
        return _signed(100 * value, ".1f")
    if unit == "count":  # of events in a year, but also of returns a dispatch
        size = max(abs(value), abs(beside))
        return _signed(value, ",.0f" if size >= 100 else ",.3f" if 0 < size < 1 else ",.1f")
    if unit == "problem-days":
        return _signed(value, ",.2f")
    return _signed(value, ",.0f" if unit == "yuan" else ",.1f" if unit in ("days", "staff-days") else ",.3f")


def widest(low: float | None, high: float | None) -> float:
    """The end of an interval that lies farther from nought; nought without ends."""
    return max(abs(low or 0.0), abs(high or 0.0))


def change(value: float | None, unit: str, language: str, *, beside: float = 0.0) -> str:
    """A difference with its sign; a difference of two shares is in points, and says so. beside: as in `moved`."""
    number = moved(value, unit, beside=beside)
    return with_points(number, language) if unit == "share" and value is not None else number


def amount(value: float | None, unit: str, language: str) -> str:
    """A difference that has no direction, such as a regret; a difference of two shares is in points."""
    return change(value, unit, language).removeprefix("+")


def _signed(value: float, places: str) -> str:
    text = format(value, f"+{places}")
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]


def interval(low: float | None, high: float | None, unit: str, language: str) -> str:
    """Ends of an interval of a difference; nothing without them."""
    if low is None or high is None:
        return ""
    words = with_points("", language)
    ends = [change(end, unit, language, beside=other).removesuffix(words) for end, other in ((low, high), (high, low))]
    return f"[{ends[0]}, {ends[1]}]"


def half_width(low: float | None, high: float | None, unit: str) -> str:
    """Half of the interval of a difference, which is symmetric around it, as "±0.9"; for two shares it is in points.
    Nothing without ends."""
    if low is None or high is None:
        return ""
    return f"±{moved((high - low) / 2, unit, beside=widest(low, high)).removeprefix('+')}"


def level_interval(one: Interval | None, unit: str, language: str) -> str:
    """Ends of an interval of a mean, cut off where no value can be."""
    ends = possible_ends(one, unit)
    return "" if ends is None else f"[{figure(ends[0], unit, language)}, {figure(ends[1], unit, language)}]"


def in_per_cent(one: Comparison) -> tuple[float | None, float | None, float | None]:
    """Low end, difference and high end of a comparison in per cent of its baseline; None where there is none. What
    cannot be negative cannot fall by more than all of it, so the low end is cut off at −100 %."""
    by = abs(one.baseline_mean or 1.0) / 100.0
    low, middle, high = (None if value is None else value / by for value in (one.low, one.difference, one.high))
    if low is not None and OUTCOMES[one.outcome].unit not in ("share", "index"):
        low = max(low, -100.0)
    return low, middle, high


def mark_of(one: Interval | None) -> Mark:
    """A mean and its interval as a chart takes them."""
    return Mark.of(None, None, None) if one is None else Mark.of(one.low, one.mean, one.high)


def on_axis(name: str, value: float) -> str:
    """A figure of an outcome as it stands at an axis."""
    unit = OUTCOMES[name].unit
    if unit == "share":
        return f"{100 * value:.3g}%".replace("-", "−")
    return f"{value:,.4g}".replace("-", "−")


def axis_of(name: str) -> "partial[str]":
    """`on_axis` for one outcome."""
    return partial(on_axis, name)


def difference_on_axis(name: str, value: float) -> str:
    """A difference of an outcome as an axis shows it; a difference of two shares is in points, as `difference_title`
    says."""
    shown = 100 * value if OUTCOMES[name].unit == "share" else value
    return f"{shown:+,.3g}".replace("-", "−") if shown else "0"


def difference_axis_of(name: str) -> "partial[str]":
    """`difference_on_axis` for one outcome."""
    return partial(difference_on_axis, name)


def difference_title(name: str, language: str) -> str:
    """The title of an axis of differences of an outcome."""
    one = OUTCOMES[name]
    if one.unit != "share":
        return one.label(language)
    return translator(language)("{outcome}, in points").format(outcome=one.label(language))


def verdict_words(kind: str, language: str) -> str:
    """A verdict in a language."""
    say = translator(language)
    return {"better": say("better"), "worse": say("worse")}.get(kind, "")


def shape_words(shape: Sequence[Any], language: str) -> str:
    """How numbers are spread over their range, in brackets; nothing where evenly."""
    say, (name, middle, spread) = translator(language), shape
    if name == "log":
        return say(" (evenly in the logarithm)")
    if name == "triangular":
        return say(" (a triangle, most likely {mode})").format(mode=f"{middle:g}")
    return (
        say(" (normal, mean {mean}, sd {sd})").format(mean=f"{middle:g}", sd=f"{spread:g}") if name == "normal" else ""
    )


class Labels:
    """Names of settings in a language; an entry of the district's tables keeps its dotted name."""

    def __init__(self, language: str) -> None:
        self.language = language
        groups = {f"{GROUP}{name}": Bilingual(*words).text(language) for name, words in GROUPS.items()}
        self._names = (
            {one.name: one.label(language) for one in declarations()}
            | groups
            | {SCENARIO: translator(language)("Scenario")}
        )

    def __call__(self, name: str) -> str:
        """A setting's name."""
        return self._names.get(name, name)

    def value(self, name: str, value: Any) -> str:
        """A setting's value, in words where it is a switch or a scenario."""
        say = translator(self.language)
        if isinstance(value, bool):
            return say("on") if value else say("off")
        if name == SCENARIO:
            known = load_scenario(value).title if value in scenario_names() else {}
            return known.get(self.language, str(value))
        if isinstance(value, float):
            return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
        if isinstance(value, str):
            return choice_words(value, self.language)
        return f"{value:,}" if isinstance(value, int) and value >= 10_000 else written(value)

    def settings(self, chosen: Mapping[str, Any]) -> str:
        """Settings in one line."""
        return translator(self.language)(", ").join(
            f"{self(name)} {self.value(name, value)}" for name, value in chosen.items()
        )
