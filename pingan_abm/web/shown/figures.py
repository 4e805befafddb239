"""The live figures: indicators day by day, and where cases go."""

from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.outcomes.funnel import HOLLOW, STEPS, Funnel
from pingan_abm.report.funnel_words import funnel_words, needs_longer_run
from pingan_abm.texts.i18n import translator
from pingan_abm.web.shown.flows import (
    DESKS,
    ENDS,
    FIRST_END,
    ON_PAPER,
    REALLY,
    SOURCES,
    UNITS,
    flows,
    node_names,
    possible_links,
)
from pingan_abm.web.shown.widgets import Figure, FlowDiagram, FunnelDiagram, LineChart

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

REPORTED, TRUE, THIRD = "#d95f02", "#0b57d0", "#5b6470"  # distinguished by every kind of colour vision, and by dash
FONT = {"family": "Noto Sans, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif", "size": 14}
PAIR = ("closed_share_so_far", "solved_share_so_far")


def configured(figure: Figure, name: str) -> Figure:
    """A figure that fits its box, with a download named after it."""
    figure._config = {
        "responsive": True,
        "displaylogo": False,
        "toImageButtonOptions": {"filename": name, "format": "png"},
    }
    return figure


class Lines:
    """Reported and true shares so far; or one chosen indicator, day by day with its weekly mean."""

    def __init__(self) -> None:
        self.widget = LineChart()
        self.indicator = ""
        self.marks: list[list[Any]] = []

    def mark(self, marks: list[list[Any]]) -> None:
        """Mark days on which something was changed: [day, words] of each."""
        self.marks = marks
        self.widget.look = {**self.widget.look, "marks": marks}

    def keep_ghost(self, series: dict[str, np.ndarray] | None) -> None:
        """Keep the pair of a run as a ghost behind the lines; None removes it."""
        first, second = (b"", b"") if series is None else (series[name].astype(np.float32).tobytes() for name in PAIR)
        with self.widget.hold_sync():
            self.widget.ghost_first, self.widget.ghost_second = first, second

    def choose(self, indicator: str, language: str, words: dict[str, Any], days: int) -> None:
        """Show another indicator ("" for the pair), named in a language."""
        self.indicator = indicator if indicator in INDICATORS else ""
        look: dict[str, Any] = {"days": days, "x": words["day"], "marks": self.marks, "ghost": words["ghost"]}
        if self.indicator:
            one = INDICATORS[self.indicator]
            look |= {
                "names": [one.label(language), words["week"]],
                "y": words["units"].get(one.unit, one.unit),
                "title": one.label(language),
            }
            look |= {
                "colours": ["#b9a58f", TRUE],
                "widths": [1, 2.5],
                "dashes": ["none", "none"],
                "percent": one.unit == "share",
            }
        else:
            names = [INDICATORS[name].label(language) for name in PAIR]
            look |= {"names": names, "y": "", "title": " · ".join(names)}
            look |= {"colours": [REPORTED, TRUE], "widths": [2.5, 2.5], "dashes": ["7 4", "none"], "percent": True}
        self.widget.look = look

    def paint(self, series: dict[str, np.ndarray]) -> None:
        """Draw what is known so far."""
        if self.indicator:
            first = series[self.indicator]
            second = week_mean(first)
        else:
            first, second = (series[name] for name in PAIR)
        with self.widget.hold_sync():
            self.widget.first, self.widget.second = (values.astype(np.float32).tobytes() for values in (first, second))


def week_mean(values: np.ndarray) -> np.ndarray:
    """Mean of each day and the six before it; days without a value do not count."""
    known, sums = ~np.isnan(values), np.cumsum(np.nan_to_num(values))
    counts = np.cumsum(known)
    before = np.concatenate([np.zeros(7), sums])[: len(values)]
    counted = np.concatenate([np.zeros(7), counts])[: len(values)]
    number = counts - counted
    return np.where(number > 0, (sums - before) / np.maximum(1, number), np.nan)


class Streams:
    """The Sankey diagram. Nodes and links are always the same; only values change."""

    def __init__(self) -> None:
        source, target = possible_links()
        inks = np.full(len(source), "rgba(120,130,145,.35)", object)
        inks[target == FIRST_END + REALLY] = "rgba(11,87,208,.45)"
        inks[target == FIRST_END + ON_PAPER] = "rgba(217,95,2,.55)"
        plan = {
            "columns": [
                {"nodes": nodes, "x": x, "counted": counted}
                for nodes, x, counted in (
                    (SOURCES, 0.0, False),
                    (DESKS, 0.3, True),
                    (UNITS, 0.59, False),
                    (ENDS, 0.757, True),
                )
            ],
            "links": np.stack([source, target], axis=1).tolist(),
            "colours": ["#8fa3bf"] * FIRST_END + [TRUE, REPORTED, "#c9ced6", "#7d7d7d"],
            "inks": list(inks),
        }
        self.widget = FlowDiagram(plan=plan)

    def name(self, model: "PinganModel", language: str) -> None:
        """Write the names of the nodes in a language."""
        say = translator(language)
        self.widget.look = {
            "names": node_names(model, language),
            "title": say("Where cases go"),
            "unit": say("problems"),
        }

    def paint(self, model: "PinganModel") -> None:
        """Draw what has flowed so far."""
        self.widget.values = flows(model).value.astype(np.float32).tobytes()


class FunnelBars:
    """The funnel of all problems. Its bars are always the same; only numbers change."""

    def __init__(self) -> None:
        self.widget = FunnelDiagram(colours=[THIRD, "#8fa3bf", "#8fa3bf", TRUE, TRUE, REPORTED])

    def name(self, language: str) -> None:
        """Write the names of the bars in a language."""
        words = funnel_words(language)
        self.widget.look = {
            "names": [words.arisen, *(words.of(name) for name in STEPS)],
            "hollow": words.of(HOLLOW),
            "title": translator(language)("What became of all problems"),
            "empty": needs_longer_run(language),
        }

    def paint(self, funnel: Funnel) -> None:
        """Draw what is known so far."""
        counts = [funnel.arisen, funnel.known, funnel.handled, funnel.claimed, funnel.solved, funnel.hollow]
        self.widget.values = np.array(counts, np.float32).tobytes()
