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
from pathlib import Path

import solara

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.model import PinganModel
from pingan_abm.runs import build_model
from pingan_abm.texts.errors import InputErrors, sentence, without
from pingan_abm.web.limits import NoPlace, large_places
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.shown.views import Views
from pingan_abm.web.shown.widgets import Shell
from pingan_abm.web.visitor.asking import Pending
from pingan_abm.web.visitor.before_after import restore_side
from pingan_abm.web.visitor.changing import change, rewind, unchanged_district
from pingan_abm.web.visitor.comparison import Comparing
from pingan_abm.web.visitor.hearing import listen
from pingan_abm.web.visitor.keyframes import Keyframes
from pingan_abm.web.visitor.links import Link, write_link
from pingan_abm.web.visitor.memory import give_back
from pingan_abm.web.visitor.restoring import adopt, view_of
from pingan_abm.web.visitor.seat import Seat, sit_down, stand_up
from pingan_abm.web.visitor.view import COMPARED_AT_FIRST
from pingan_abm.web.visitor.waiting import open_smaller

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
WITHOUT_DISTRICT = ("room",)  # pages that thirty visitors open at once, and that show no district

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
        self.named: solara.Reactive[tuple[str, ...]] = solara.reactive(())  # what became of places that records name
        self.ended_run, self.day = solara.reactive(False), solara.reactive(0)
        self.offered = solara.reactive(0)  # residents of another district that is offered; 0: none
        self.arms: solara.Reactive[tuple[str, ...]] = solara.reactive(COMPARED_AT_FIRST)
        self.kept: solara.Reactive[tuple[Recipe, ...]] = solara.reactive(())
        self.pending: solara.Reactive[Pending | None] = solara.reactive(None)
        self.undone: solara.Reactive[tuple[Recipe, ...]] = solara.reactive(())
        self.answers: solara.Reactive[dict[str, str]] = solara.reactive({})
        self.compared: solara.Reactive[tuple[int, int]] = solara.reactive((0, 0))
        self.case, self.cases = solara.reactive(-1), solara.reactive("")
        self.colour, self.curve = solara.reactive(""), solara.reactive("")
        self.chapter, self.comparing = solara.reactive(0), Comparing()
        self.side, self.tap = solara.reactive(""), solara.reactive(0)
        self.guesses: solara.Reactive[dict[str, str]] = solara.reactive({})
        self.seat = Seat()
        self.other: Recipe | None = None  # with the visitor's changes, while the district without them is shown
        self.recipe, self.first_day, self.speed = link.recipe, link.day, "full"
        self.views, self.shell = Views(link.language, link.recipe), Shell()
        self.model: PinganModel | None = None
        self.keyframes: Keyframes | None = None
        self.orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self.running = self.stale = self.closed = self.resting = False
        self.due = 0.0
        self.own_files: tempfile.TemporaryDirectory[str] | None = None
        adopt(self, link.view)
        listen(self)

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
        self.resting = True  # a district is built when a page needs it
        sit_down(self)
        self.order(self.wake)
        while not self.closed:
            try:
                self.carry_on()
            except InputErrors as wrong:
                self.show_problems(*wrong.problems)
            except NoPlace:
                open_smaller(self)
            except Exception as error:
                if not self.closed:
                    logging.getLogger(__name__).exception("a district failed")
                    self.drop()  # a model that failed within a day cannot continue: the next order builds a new one
                    self.stale, self.first_day = False, 0
                    self.show_problems(
                        sentence("The run failed: {why}. Restart it, or change the levers.", why=str(error))
                    )
        self.drop()
        stand_up(self)
        large_places().leave(self)
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
        self.wake()
        order()

    def wake(self) -> None:
        """Build the district if it is not there and the page needs it."""
        if self.resting and self.page.value not in WITHOUT_DISTRICT:
            self.resting = False
            self.begin()

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

    def show_problems(self, *problems: str) -> None:
        """Show what is wrong; a run stops."""
        self.running = self.playing.value = self.busy.value = False
        folder = f"{self.own_files.name}/" if self.own_files is not None else ""
        self.message.value = tuple(without(one, folder) for one in problems) if folder else problems

    # -- orders --------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The first model, run to the day that the link names."""
        self.build(self.first_day)
        restore_side(self)

    def build(self, day: int = 0) -> None:
        """A new district from the recipe, at its first morning or run to a day. Nothing can be played before that."""
        self.busy.value = True
        self.running = self.playing.value = False
        spec = self.recipe.spec()
        self.drop()
        large_places().take(self, spec.residents)
        self.offered.value = 0
        model = build_model(spec, events=True)
        self.model, self.keyframes, self.stale = model, Keyframes(model), False
        self.named.value = tuple(model.named_places.told())
        self.views.monthly.forget_after(-1)
        self.views.monthly.note(model)
        self.views.adopt(model, self.recipe)
        if day:
            self.go_to(day)
        else:
            self.settle()
        self.busy.value = False

    def drop(self) -> None:
        """Drop the district, and free its memory."""
        if self.model is not None:
            self.model = self.keyframes = None
            give_back()
        large_places().give_back(self)

    def today(self) -> int:
        """The day of the district; 0 without one."""
        return self.model.day if self.model is not None else 0

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
        self.views.estimates.take_away()
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
        """Write the link of what is shown into the address; Back returns to the page, sheet, case or chapter before."""
        with self.shell.hold_sync():
            self.shell.place = view_of(self).place(self.page.value)
            self.shell.query = self.link()

    def link(self) -> str:
        """The link to what is shown."""
        day = self.model.day if self.model is not None else self.first_day
        return write_link(self.language.value, self.page.value, self.other or self.recipe, day, view_of(self))

    def select(self, target: str) -> None:
        """Inspect something; the sheet is brought into sight."""
        self.views.select(target)
        if self.model is not None:
            self.views.paint_words(self.model)
        self.views.sheet.opened += 1 if target else 0
        self.write_address()

    def close_table(self) -> None:
        """Close the table behind a chart."""
        self.views.charted = ""
        self.show_table()

    def reset_levers(self, name: str | None) -> None:
        """Set a lever, or all that were moved, to the scenario's value, from this day on."""
        change(self, self.recipe.reset(self.today(), name))

    def use(self, recipe: Recipe) -> None:
        """Continue with another recipe. Settings that hold from the first day need a new district; dated ones do not.
        Raises InputErrors."""
        spec = recipe.spec()
        before, self.recipe = self.recipe, recipe
        self.other, self.side.value = None, ""
        self.views.drop_beside()
        self.recipe_shown.value, self.message.value = recipe, ()
        if replace(recipe, moves=(), days=before.days) != replace(before, moves=()) or not recipe.moves:
            self.views.keep_ghost(None)
        elif not before.moves:
            self.views.keep_ghost(self.model)
        if unchanged_district(before, recipe) and self.model is not None:
            self.model.scenario_spec = spec.scenario
            rewind(self, before, recipe)
            self.views.fill_levers(self.model.day, recipe)
        else:
            self.stale, self.first_day = True, 0
            self.running = self.playing.value = False
            self.views.fill_levers(0, recipe)
        self.write_address()

    def set_arms(self, arms: tuple[str, ...]) -> None:
        """Choose what is compared."""
        self.arms.value = arms
        self.order(self.write_address)

    def translate(self, language: str) -> None:
        """Show everything in a language."""
        self.views.translate(language, self.model, self.recipe)
        self.write_address()

    def rename_levers(self) -> None:
        """Show the panel anew."""
        self.views.name_levers(self.model.day if self.model is not None else 0, self.recipe)

    def show_table(self) -> None:
        """Show the table that was asked for, and bring it into sight."""
        if self.model is not None:
            self.views.paint_words(self.model)
        self.views.table.opened += 1 if self.views.charted else 0
        self.write_address()

    def repaint(self) -> None:
        """Show what was chosen anew: indicators, assumptions."""
        if self.model is not None:
            self.views.name_lines()
            self.views.paint(self.model)
        self.write_address()
