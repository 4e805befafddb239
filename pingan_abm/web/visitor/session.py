"""One visitor's session: the model, the one thread that lives it, and the orders that the page gives to it.

The page never touches the model. It puts orders into a queue; the thread carries them out between days. So a click, a
step back and a change of language all see a whole day, and nothing of one visitor is shared with another.
"""

import logging
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import solara

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.runs import build_model
from pingan_abm.texts.errors import InputErrors, sentence
from pingan_abm.web.limits import MOST_LARGE, SMALLER, NoPlace, large_places
from pingan_abm.web.recipe import Recipe, same
from pingan_abm.web.shown.views import Views
from pingan_abm.web.shown.widgets import Shell
from pingan_abm.web.visitor.comparison import MOST_ARMS, Comparing
from pingan_abm.web.visitor.keyframes import Keyframes
from pingan_abm.web.visitor.links import Link, read_value, write_link
from pingan_abm.web.visitor.memory import give_back

SPEEDS: dict[str, float] = {
    "slow": 2.0,
    "medium": 10.0,
    "fast": 40.0,
    "full": 0.0,
}  # days a second; 0: as fast as it goes
FRAME = 1.0 / 25.0  # seconds between frames at least
IDLE = 0.5  # seconds of quiet after which a changed district is built
REST = 20 * 60.0  # seconds without an order after which a paused district is dropped; the next order restores it
WEEK = 7
MOST_KEPT = 6  # what-ifs kept for comparison
COMPARED_AT_FIRST = ("pingan365", "tight_accountability")
OWN = "own:"  # prefix of the number of a kept what-if, in lists of scenarios

Order = Callable[[], None]


class Session:
    """What one visitor has. Reactive values are for the page to read; everything else belongs to the thread."""

    def __init__(self, link: Link) -> None:
        self.language, self.page = solara.reactive(link.language), solara.reactive(link.page)
        self.playing, self.busy = solara.reactive(False), solara.reactive(True)
        self.message: solara.Reactive[tuple[str, ...]] = solara.reactive(
            link.problems
        )  # sentences, shown in the page's language
        self.recipe_shown: solara.Reactive[Recipe] = solara.reactive(link.recipe)
        self.ended_run, self.day = solara.reactive(False), solara.reactive(0)
        self.offered = solara.reactive(0)  # residents of a smaller district that is offered; 0: none
        self.arms: solara.Reactive[tuple[str, ...]] = solara.reactive(COMPARED_AT_FIRST)
        self.kept: solara.Reactive[tuple[Recipe, ...]] = solara.reactive(())
        self.chapter, self.comparing = solara.reactive(0), Comparing()
        self.recipe, self.first_day, self.speed = link.recipe, link.day, "full"
        self.views, self.shell = Views(link.language, link.recipe), Shell()
        self.model: PinganModel | None = None
        self.keyframes: Keyframes | None = None
        self.orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self.running = self.stale = self.closed = self.resting = False
        self.due = 0.0
        self.own_files: tempfile.TemporaryDirectory[str] | None = None
        self.listen()

    # -- what the browser says -----------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Take messages of the widgets."""
        views = self.views
        for widget in (views.map, views.network, views.ticker, views.sheet, views.table, views.levers):
            widget.on_msg(self.hear)

    def hear(self, widget: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
        """Handle one message on what was clicked, moved or drawn. Messages that make no sense are ignored."""
        if "seen" in content:
            if type(content["seen"]) is int:
                self.views.map.seen = content["seen"]
        elif "chosen" in content:
            chosen = content["chosen"]
            self.order(partial(self.select, f"community:{chosen}" if isinstance(chosen, int) else str(chosen)[:60]))
        elif "set" in content and isinstance(content["set"], list) and len(content["set"]) == 2:
            self.order(partial(self.set_lever, str(content["set"][0]), content["set"][1]))
        elif "reset" in content:
            name = str(content["reset"])
            self.order(partial(self.reset_levers, None if name == "*" else name))

    def folder(self) -> Path:
        """Where the visitor's own files are kept until the session ends."""
        if self.own_files is None:
            self.own_files = tempfile.TemporaryDirectory(prefix="pingan-")
        return Path(self.own_files.name)

    def order(self, command: Order | None) -> None:
        """Put an order to the thread."""
        self.orders.put(command)

    # -- the thread ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to live. Solara hands the session's context on to the thread."""
        threading.Thread(target=self.live, name="district", daemon=True).start()

    def close(self) -> None:
        """End the thread and let the district go."""
        self.closed = True
        self.comparing.cancel()
        self.order(None)

    def live(self) -> None:
        """Carry out orders, and days while playing, until the session is closed."""
        self.order(self.begin)
        while not self.closed:
            try:
                self.carry_on()
            except InputErrors as wrong:
                self.show_problems(*wrong.problems)
            except NoPlace:
                self.offer_smaller()
            except Exception as error:
                if not self.closed:
                    logging.getLogger(__name__).exception("a district failed")
                    self.drop()  # a model that failed within a day cannot continue: the next order builds a new one
                    self.stale, self.first_day = False, 0
                    self.show_problems(
                        sentence("The run failed: {why}. Restart it, or change the levers.", why=str(error))
                    )
        self.drop()
        if self.own_files is not None:
            self.own_files.cleanup()

    def carry_on(self) -> None:
        """The next order, or the next day."""
        try:
            order = self.orders.get(timeout=self.patience()) if self.patience() != 0.0 else self.orders.get_nowait()
        except queue.Empty:
            if self.running:
                self.one_day()
            elif self.stale:
                self.build()
            else:
                self.rest()
            return
        if order is None:
            return
        if self.resting:
            self.resting = False
            self.begin()
        order()

    def patience(self) -> float | None:
        """Seconds to wait for an order before something else is to be done; None: for ever."""
        if self.running:
            return max(0.0, self.due - time.monotonic())
        if self.stale:
            return IDLE
        return REST if self.model is not None else None

    def rest(self) -> None:
        """Drop a district that nobody uses; the page keeps what it shows."""
        if self.model is not None:
            self.first_day, self.resting = self.model.day, True
            self.drop()

    def offer_smaller(self) -> None:
        """Say that there is no place for a large district, and offer a smaller one."""
        self.stale = False
        self.show_problems(
            sentence(
                "{most} large districts already live on this server, and there is room for no more. "
                "Open a smaller one, or try again when somebody has left.",
                most=MOST_LARGE,
            )
        )
        self.offered.value = SMALLER

    def show_problems(self, *problems: str) -> None:
        """Show what is wrong; a run stops."""
        self.running = self.playing.value = self.busy.value = False
        self.message.value = problems

    # -- orders --------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The first model, run to the day that the link names."""
        self.build()
        if self.first_day:
            self.go_to(self.first_day)

    def build(self) -> None:
        """A new district from the recipe, at its first morning."""
        self.busy.value = True
        self.running = self.playing.value = False
        spec = self.recipe.spec()
        self.drop()
        large_places().take(self, spec.residents)
        self.offered.value = 0
        model = build_model(spec, events=True)
        self.model, self.keyframes, self.stale = model, Keyframes(model), False
        self.views.monthly.forget_after(-1)
        self.views.monthly.note(model)
        self.views.adopt(model, self.recipe)
        self.settle()
        self.busy.value = False

    def drop(self) -> None:
        """Drop the district, and free its memory."""
        if self.model is not None:
            self.model = self.keyframes = None
            give_back()
        large_places().give_back(self)

    def ready(self) -> tuple[PinganModel, Keyframes]:
        """The district of the present recipe."""
        if self.stale or self.model is None or self.keyframes is None:
            self.build()
        assert self.model is not None and self.keyframes is not None
        return self.model, self.keyframes

    def play(self) -> None:
        """Play, or pause when playing; at the end of the run, begin again."""
        if self.running:
            self.pause()
            return
        model, keyframes = self.ready()
        if model.day >= model.days:
            keyframes.go(0)
        self.message.value = ()
        self.running = self.playing.value = True
        self.due = time.monotonic()

    def pause(self) -> None:
        """Stop, and show the day in full."""
        self.running = self.playing.value = False
        self.settle()

    def one_day(self) -> None:
        """Live a day; a frame when one is due."""
        model, keyframes = self.ready()
        if model.day >= model.days:
            self.pause()
            return
        model.step()
        self.views.monthly.note(model)
        keyframes.keep_if_due(full_speed=SPEEDS[self.speed] == 0.0)
        pace = SPEEDS[self.speed]
        self.due = max(time.monotonic() - 0.2, self.due) + (1.0 / pace if pace else 0.0)
        if model.day >= model.days:
            self.pause()
        elif self.views.is_due(FRAME):
            self.views.paint(model, all_of_it=False)
            time.sleep(0.002)  # let the server's own thread send it

    def step(self, days: int) -> None:
        """Some days on, or back."""
        self.running = self.playing.value = False
        model, _ = self.ready()
        self.go_to(min(model.days, max(0, model.day + days)))

    def go_to(self, day: int) -> None:
        """Bring the district to a day; on a long way forward the days between are shown."""
        model, keyframes = self.ready()
        while model.day < day - WEEK:
            model.step()
            self.views.monthly.note(model)
            keyframes.keep_if_due(full_speed=True)
            if self.views.is_due(4 * FRAME):
                self.views.paint(model, all_of_it=False)
        keyframes.go(day)
        self.views.monthly.note(model)
        self.views.monthly.forget_after(day)
        self.settle()

    def restart(self) -> None:
        """Back to the first morning."""
        if not self.stale:
            self.step(-(10**6))

    def settle(self) -> None:
        """Show everything of the present day, levers and address included."""
        model = self.model
        if model is not None:
            self.views.paint(model)
            self.views.fill_levers(model.day, self.recipe)
            self.ended_run.value, self.day.value = model.day >= model.days, model.day
        self.write_address()

    def district(self) -> District:
        """The district of the present recipe, by the data files and the scenario."""
        return load_district(units=self.recipe.scenario.units, issues=self.recipe.scenario.issues)

    def write_address(self) -> None:
        """Write the link of what is shown into the address."""
        self.shell.query = self.link()

    def link(self) -> str:
        """The link to what is shown."""
        day = self.model.day if self.model is not None else self.first_day
        return write_link(self.language.value, self.page.value, self.recipe, day)

    def select(self, target: str) -> None:
        """Inspect something."""
        self.views.select(target)
        if self.model is not None:
            self.views.paint_words(self.model)

    def set_lever(self, name: str, value: Any) -> None:
        """Move a lever: from the first day before the run, else from this day on."""
        day = self.model.day if self.model is not None else 0
        try:
            self.use(self.recipe.moved(day, name, read_value(name, value)))
        except InputErrors as wrong:
            self.views.fill_levers(day, self.recipe)
            self.message.value = wrong.problems

    def reset_levers(self, name: str | None) -> None:
        """Set a lever, or all that were moved, to the scenario's value, from this day on."""
        day = self.model.day if self.model is not None else 0
        self.use(self.recipe.reset(day, name))

    def use(self, recipe: Recipe) -> None:
        """Continue with another recipe. Settings that hold from the first day need a new district; dated ones do not.
        Raises InputErrors."""
        spec = recipe.spec()
        before, self.recipe = self.recipe, recipe
        kept = replace(recipe, moves=()) == replace(before, moves=()) and all_same(recipe.settings(), before.settings())
        self.recipe_shown.value, self.message.value = recipe, ()
        if kept and self.model is not None and self.keyframes is not None:
            self.model.scenario_spec = spec.scenario
            self.keyframes.forget_after(self.model.day)
            self.views.fill_levers(self.model.day, recipe)
        else:
            self.stale, self.first_day = True, 0
            self.running = self.playing.value = False
            self.views.fill_levers(0, recipe)
        self.write_address()

    def keep_recipe(self) -> None:
        """Keep the present what-if for the Compare page, which sets the latest of them beside the baseline."""
        before, (first, *others) = self.kept.value, self.arms.value
        if self.recipe not in before:
            self.kept.value = (*before, self.recipe)[-MOST_KEPT:]
        compared = [before[int(arm.removeprefix(OWN))] for arm in others if arm.startswith(OWN)]
        latest = [one for one in compared if one in self.kept.value and one != self.recipe] + [self.recipe]
        base = COMPARED_AT_FIRST[0] if first.startswith(OWN) else first
        self.arms.value = (base, *(f"{OWN}{self.kept.value.index(one)}" for one in latest[1 - MOST_ARMS :]))

    def translate(self, language: str) -> None:
        """Show everything in a language."""
        self.views.translate(language, self.model, self.recipe)
        self.write_address()

    def rename_levers(self) -> None:
        """Show the panel anew."""
        self.views.name_levers(self.model.day if self.model is not None else 0, self.recipe)

    def show_table(self) -> None:
        """Show the table that was asked for."""
        if self.model is not None:
            self.views.paint_words(self.model)

    def repaint(self) -> None:
        """Show what was chosen anew: indicators, assumptions."""
        if self.model is not None:
            self.views.name_lines()
            self.views.paint(self.model)


def all_same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two sets of settings say the same."""
    return first.keys() == second.keys() and all(same(first[name], second[name]) for name in first)
