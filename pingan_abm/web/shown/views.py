"""The live views of the Explore page: all widgets, named in a language and painted from a model in place."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.district.files import load_district
from pingan_abm.outcomes.catalogue import INDICATORS
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.report.numbers import Labels
from pingan_abm.texts.i18n import translator
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.shown import widgets
from pingan_abm.web.shown.beside import Beside, add_beside, ghost_words
from pingan_abm.web.shown.cards import board
from pingan_abm.web.shown.estimates import Estimates
from pingan_abm.web.shown.explaining import news, short_date
from pingan_abm.web.shown.figures import PAIR, FunnelBars, Lines, Streams
from pingan_abm.web.shown.flow_picture import FlowPicture
from pingan_abm.web.shown.flows import closed_never_solved
from pingan_abm.web.shown.inspector import inspect, nothing
from pingan_abm.web.shown.institution_map import network_layout, network_state
from pingan_abm.web.shown.lever_panel import panel, values_of
from pingan_abm.web.shown.monthly import Monthly
from pingan_abm.web.shown.places import PLACE_INDICATORS, map_layout, scale_of
from pingan_abm.web.shown.tables import chart_table

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

SLOW_EVERY = 1.0  # seconds between paintings of the costly views: ticker, inspector, flows
ASLEEP = 2.0  # seconds without an answer after which frames are sent again: the browser may be asleep
NEWS_SHOWN = 9


class Views:
    """Widgets of one visitor. `place`, `second`: indicators of the map and of the second chart; `target`: what is
    inspected."""

    def __init__(self, language: str, recipe: Recipe) -> None:
        self.language = language
        self.map, self.network = widgets.Map(plan=map_layout(load_district())), widgets.Network()
        self.board, self.ticker, self.levers, self.sheet = (
            widgets.Board(),
            widgets.Ticker(),
            widgets.Levers(),
            widgets.Sheet(),
        )
        self.table, self.clock = widgets.Sheet(), widgets.Clock()
        self.days = recipe.days
        self.lines, self.chosen_lines = Lines(), Lines()
        self.streams, self.funnel = Streams(), FunnelBars()
        self.flow, self.estimates = FlowPicture(), Estimates()
        self.place, self.second, self.target, self.charted = "unsolved", "open_assignments", "", ""
        self.assumptions = False
        self.monthly = Monthly()
        self.painted = self.slow_painted = 0.0
        self.scales: dict[str, float] = {}  # upper ends of the map's colour scales, which hold for a run
        self.lived: Cohorts | None = None  # what became of all problems, as last computed
        self.never = 0  # files closed and never solved, as last computed
        self.beside: Beside | None = None  # what the other side of A/B showed

    # -- names ---------------------------------------------------------------------------------------------------------

    def adopt(self, model: "PinganModel", recipe: Recipe) -> None:
        """Show another model."""
        self.days, self.scales = recipe.days, {}
        self.network.plan = network_layout(model)
        self.flow.adopt(model)
        self.translate(self.language, model, recipe)

    def translate(self, language: str, model: "PinganModel | None", recipe: Recipe) -> None:
        """Write every name in a language."""
        self.language = language
        say = translator(language)
        self.map.language = self.network.language = language
        self.network.words = {"title": say("Institutions"), "queue": say("files in the queue:"), "grade": say("grade")}
        self.name_lines()
        self.estimates.name(language)
        self.name_levers(model.day if model else 0, recipe)
        self.funnel.name(language)
        if model is not None:
            self.streams.name(model, language)
            self.flow.name(model, language)
            self.paint(model)
        else:
            self.sheet.content = nothing(language)

    def name_lines(self) -> None:
        """Name the two charts."""
        words: dict[str, Any] = {
            "day": translator(self.language)("Day"),
            "week": translator(self.language)("mean of seven days"),
            "ghost": ghost_words(self.beside, self.language),
            "units": CHART_UNITS[self.language],
        }
        self.lines.choose("", self.language, words, self.days)
        self.chosen_lines.choose(self.second, self.language, words, self.days)

    def name_levers(self, day: int, recipe: Recipe) -> None:
        """The panel, with the values of a day."""
        self.levers.spec = panel(self.language, self.assumptions)
        self.fill_levers(day, recipe)

    def fill_levers(self, day: int, recipe: Recipe) -> None:
        """The values of a day."""
        values, standard = values_of(recipe, day)
        with self.levers.hold_sync():
            self.levers.standard, self.levers.values = standard, values
            self.levers.renewed += 1
        self.estimates.fill(recipe, day)
        self.mark_changes(recipe)

    def mark_changes(self, recipe: Recipe) -> None:
        """Mark the days on which levers were moved on both charts."""
        labels, say = Labels(self.language), translator(self.language)
        marks: list[list[Any]] = [
            [
                move.day,
                say("{setting} from day {day} on").format(
                    setting=labels.settings({move.name: move.value}), day=move.day
                ),
            ]
            for move in recipe.moves
            if move.day > 0
        ]
        self.lines.mark(marks)
        self.chosen_lines.mark(marks)

    def keep_ghost(self, model: "PinganModel | None") -> None:
        """Keep the run so far as a ghost behind the lines; None removes it."""
        known = model is not None and model.day > 0
        self.lines.keep_ghost({name: INDICATORS[name].function(model) for name in PAIR} if known and model else None)

    def remember(self, model: "PinganModel") -> "Beside":
        """What a side of A/B shows on this day."""
        return Beside(
            model.day, {name: INDICATORS[name].function(model) for name in PAIR}, board(model, self.language), True
        )

    def drop_beside(self) -> None:
        """Show nothing of another side any more."""
        if self.beside is not None:
            self.beside = None
            self.lines.keep_ghost(None)
            self.name_lines()

    def set_beside(self, seen: "Beside", *, with_changes: bool) -> None:
        """Show beside everything what the other side of A/B showed. with_changes: whether that is the side with the
        visitor's changes."""
        self.beside = replace(seen, with_changes=with_changes)
        self.lines.keep_ghost(seen.series)
        self.name_lines()

    # -- painting ------------------------------------------------------------------------------------------------------

    def is_due(self, pause: float) -> bool:
        """Whether the next frame may be sent: `pause` seconds have passed, and the browser has drawn all but the last
        one, which may be on its way while this one is made."""
        waited = time.monotonic() - self.painted
        return waited > pause and (self.map.seen >= self.map.sent - 1 or waited > ASLEEP)

    def paint(self, model: "PinganModel", *, all_of_it: bool = True) -> None:
        """Send a frame. The costly views are included on request, and otherwise once a second."""
        now = time.monotonic()
        self.paint_lines(model)
        self.paint_map(model)
        self.network.state = network_state(model, self.network.plan)
        slow = all_of_it or self.lived is None or now - self.slow_painted > SLOW_EVERY
        self.flow.paint(model, state=slow)
        if self.lived is None or slow:
            self.lived, self.never = Cohorts(model), closed_never_solved(model)
            self.funnel.paint(self.lived.funnel)
            self.streams.paint(model)
            self.paint_words(model)
            self.slow_painted = time.monotonic()
        content = board(model, self.language, self.lived, self.never)
        add_beside(content, self.beside, model.day, self.language)
        self.board.content = content
        self.clock.content = {name: content[name] for name in ("date", "day", "share")}
        self.map.sent += 1  # last, so that its answer covers the rest too
        self.painted = time.monotonic()

    def paint_lines(self, model: "PinganModel") -> None:
        """Both charts."""
        wanted = {*PAIR, self.chosen_lines.indicator} - {""}
        series = {name: INDICATORS[name].function(model) for name in wanted}
        self.lines.paint(series)
        self.chosen_lines.paint(series)

    def paint_map(self, model: "PinganModel") -> None:
        """The communities in the chosen indicator."""
        one = PLACE_INDICATORS[self.place]
        values = one.values(model)
        low, most = scale_of(one, values)
        high = self.scales[self.place] = max(most, self.scales.get(self.place, 0.0))
        chinese = self.language == "zh"
        look: dict[str, Any] = {
            "low": low,
            "high": high,
            "digits": one.digits,
            "percent": one.percent,
            "title": one.zh if chinese else one.en,
            "note": one.note_zh if chinese else one.note_en,
        }
        with self.map.hold_sync():
            self.map.look = look
            self.map.values = values.astype(np.float32).tobytes()

    def paint_words(self, model: "PinganModel") -> None:
        """Ticker, inspector and the open table."""
        say = translator(self.language)
        items = [
            {"when": short_date(one.when, self.language), "text": one.text, "target": one.target}
            for one in news(model, self.language)[:NEWS_SHOWN]
        ]
        self.ticker.content = {"title": say("What happened"), "items": items, "empty": say("Nothing yet: press Play.")}
        self.sheet.content = inspect(model, self.monthly, self.target, self.language)
        self.table.content = chart_table(model, self.charted, self.place, self.second, self.language)

    def select(self, target: str) -> None:
        """Mark what is inspected on map and network."""
        self.target = target
        kind, _, number = target.partition(":")
        known = kind == "community" and number.isascii() and number.isdecimal() and len(number) < 6
        self.map.chosen = int(number) if known else -1
        self.network.chosen = self.flow.widget.chosen = target
        case = kind == "problem" and number.isascii() and number.isdecimal() and len(number) < 10
        self.flow.widget.followed = int(number) if case else -1


CHART_UNITS = {
    "en": {
        "share": "share",
        "a day": "a day",
        "problem-days a day": "problem-days a day",
        "files": "files",
        "problems": "problems",
        "count": "count",
        "0–1": "0–1",
        "minutes": "minutes a day",
        "staff-days": "staff-days",
    },
    "zh": {
        "share": "比例",
        "a day": "每天",
        "problem-days a day": "加权问题日/天",
        "files": "件",
        "problems": "个",
        "count": "次数",
        "0–1": "0–1",
        "minutes": "分钟/天",
        "staff-days": "人日",
    },
}
