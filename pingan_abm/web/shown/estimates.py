"""Estimates while a lever is dragged: the shipped emulator, when it may be used, and why not otherwise."""

from functools import cache
from pathlib import Path
from typing import Any

from pingan_abm.files.provenance import model_version
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES
from pingan_abm.scenarios.presets import BASELINE
from pingan_abm.study.analyse.emulator_file import Emulator, document, read_emulator
from pingan_abm.texts.i18n import translator
from pingan_abm.web.recipe import Recipe
from pingan_abm.web.server import USUAL
from pingan_abm.web.shown.widgets import Estimate

FILE = Path(__file__).parents[2] / "data" / "emulator.json"
DIGITS = {"count": 0, "yuan": 0, "problem-days": 1, "days": 1}  # decimals by unit; two for all others


@cache
def shipped_emulator() -> Emulator | None:
    """The emulator that ships with the program; None without one."""
    return read_emulator(FILE) if FILE.is_file() else None


def estimate_names(language: str) -> dict[str, list[Any]]:
    """What the emulator tells: label, whether it is a share, decimals."""
    emulator = shipped_emulator()
    if emulator is None:
        return {}
    told = {one.name: OUTCOMES[one.name] for one in emulator.outcomes}
    names: dict[str, list[Any]] = {
        name: [one.label(language), one.unit == "share", DIGITS.get(one.unit, 2)] for name, one in told.items()
    }
    return names | {one.name: [INDICATORS[one.name].label(language), True, 0] for one in emulator.curves}


def why_unusable(recipe: Recipe, day: int, language: str) -> str:
    """Why there is no estimate for a recipe; "" when there is one."""
    say, emulator = translator(language), shipped_emulator()
    if emulator is None:
        return say("No estimates are installed.")
    if recipe.scenario.name != BASELINE or recipe.incidents is not None:
        return say("Estimates are of the baseline scenario only; play to see this one.")
    if recipe.residents != emulator.residents:
        return say("Estimates are of a district of {residents} residents; play to see this one.").format(
            residents=f"{emulator.residents:,}"
        )
    if (recipe.warmup, recipe.history) != (USUAL.warmup, USUAL.history):
        return say("Estimates are of a district that begins as usual; play to see this one.")
    others = {move.name for move in recipe.moves} - set(emulator.names)
    if others or any(move.day > 0 for move in recipe.moves) or day > 0:
        return say("Estimates are of levers set before the first day, and of the main levers only.")
    return ""


class Estimates:
    """The widget, filled."""

    def __init__(self) -> None:
        emulator = shipped_emulator()
        self.widget = Estimate(file={} if emulator is None else document(emulator))
        self.language = "en"

    def name(self, language: str) -> None:
        """Write the names in a language."""
        say, self.language = translator(language), language
        self.widget.names = estimate_names(language)
        emulator = shipped_emulator()
        older = emulator is not None and emulator.model != model_version()
        self.widget.words = {
            "title": say("Estimate from {runs} runs"),
            "band": say("Bands: 9 of 10 runs that the estimate had not seen lay within. Grey: before the change.")
            + (say(" The runs were made with an earlier version of the model.") if older else ""),
            "outside": say("This value lies outside the range of the estimates; play to see it."),
            "outcome": say("Outcome"),
            "before": say("before"),
            "estimate": say("estimate"),
            "close": say("Close"),
        }

    def fill(self, recipe: Recipe, day: int) -> None:
        """The settings that a change is compared with, and whether there is an estimate."""
        emulator = shipped_emulator()
        standard = recipe.standard(0)
        with self.widget.hold_sync():
            self.widget.usual = {} if emulator is None else {name: standard[name] for name in emulator.names}
            self.widget.unusable = why_unusable(recipe, day, self.language)

    def take_away(self) -> None:
        """The exact run takes the place of the estimate."""
        self.widget.over += 1
