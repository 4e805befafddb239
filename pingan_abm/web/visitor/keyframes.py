"""Keyframes of a run: how a visitor steps back. A few snapshots are kept; the days between are run again, to the same
bytes."""

from typing import TYPE_CHECKING

from pingan_abm.snapshots.memory import Snapshot, restore, take

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

MOST_BYTES = 400_000_000  # of one visitor's keyframes
SPACING, WIDE_SPACING = 15, 90  # days between keyframes, at leisure and at full speed
NEAR = (
    1,
    2,
    6,
    20,
)  # days before the target day with a keyframe, so that further steps back start nearby


class Keyframes:
    """Snapshots of one run by day, the first day's always among them."""

    def __init__(self, model: "PinganModel") -> None:
        self.model = model
        self.kept: dict[int, Snapshot] = {}
        self.keep()

    def keep(self) -> None:
        """Keep the present day, and drop surplus keyframes."""
        self.kept[self.model.day] = take(self.model)
        while sum(one.nbytes for one in self.kept.values()) > MOST_BYTES and len(self.kept) > 2:
            days = sorted(self.kept)
            here = self.model.day  # far from here they may lie far apart
            gaps = {days[i]: (days[i + 1] - days[i - 1]) / (10 + abs(days[i] - here)) for i in range(1, len(days) - 1)}
            del self.kept[min(gaps, key=gaps.__getitem__)]

    def keep_if_due(self, full_speed: bool) -> None:
        """Keep the present day when the last keyframe lies far enough back."""
        latest = max(day for day in self.kept if day <= self.model.day)
        if self.model.day - latest >= (WIDE_SPACING if full_speed else SPACING):
            self.keep()

    def forget_after(self, day: int) -> None:
        """Drop the keyframes of later days, because these days will be different."""
        self.kept = {when: one for when, one in self.kept.items() if when <= day}

    def go(self, day: int) -> None:
        """Bring the model to a day, back or forth."""
        model = self.model
        if day < model.day:
            restore(model, self.kept[max(when for when in self.kept if when <= day)])
        while model.day < day:
            if day - model.day in NEAR and model.day not in self.kept:
                self.keep()
            model.step()
