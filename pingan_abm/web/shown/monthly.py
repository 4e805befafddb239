"""Figures noted once a month, from which an actor's sheet draws its history."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

EVERY = 30  # days between notes


class Monthly:
    """Notes by day: arrays by name, one value an actor. A day that is lived again is noted again, the same."""

    def __init__(self) -> None:
        self.notes: dict[int, dict[str, np.ndarray]] = {}

    def note(self, model: "PinganModel") -> None:
        """Note the present day, if its turn has come."""
        if model.day % EVERY:
            return
        w = model.world
        self.notes[model.day] = {
            "community_trust": w.communities["trust"].copy(),
            "queue": w.units["queued"].astype(float),
            "score": np.array([unit.score for unit in model.units]),
            "income": np.array([one.income if one.alive else math.nan for one in model.organisations]),
            "alignment": np.array([one.alignment if one.alive else math.nan for one in model.organisations]),
            "energy": np.array([one.energy for one in model.groups]),
        }

    def forget_after(self, day: int) -> None:
        """Drop the notes of later days."""
        self.notes = {when: note for when, note in self.notes.items() if when <= day}

    def sparks(self, wanted: list[tuple[str, int, str]]) -> list[dict[str, Any]]:
        """Small charts of (name, actor's number, title) with the days noted, those with two values at least."""
        charts, days = [], sorted(self.notes)
        for name, number, title in wanted:
            values = [
                float(self.notes[day][name][number]) if number < len(self.notes[day][name]) else math.nan
                for day in days
            ]
            shown = [None if math.isnan(value) else value for value in values]
            if sum(value is not None for value in shown) >= 2:
                charts.append({"title": title, "days": days, "values": shown})
        return charts
