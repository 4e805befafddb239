"""The funnel: of all problems that arose, how many became known, were worked on, were recorded as dealt with, and were
solved. Each is judged exactly 90 days after it arose; nothing is selected by whether a file was opened."""

from dataclasses import dataclass, fields

import numpy as np

from pingan_abm.outcomes.ratios import share

JUDGED_AFTER = 90  # days after a problem arose; never shortened, however short a run is

#: Outcomes that are the steps of the funnel after "arisen", in their order.
STEPS = ("known_share", "handled_share", "claimed_share", "solved_share")
HOLLOW = "hollow_share"


@dataclass(frozen=True)
class Funnel:
    """Numbers of problems. hollow: recorded as dealt with and not solved; unrecorded: solved, and not recorded as dealt
    with."""

    arisen: int
    known: int
    handled: int
    claimed: int
    solved: int
    hollow: int
    unrecorded: int

    def __add__(self, other: "Funnel") -> "Funnel":
        return Funnel(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def shares(self) -> dict[str, float | None]:
        """The outcomes of the funnel by name, None without problems."""
        counts = dict(zip(STEPS, (self.known, self.handled, self.claimed, self.solved), strict=True))
        return {name: share(count, self.arisen) for name, count in {**counts, HOLLOW: self.hollow}.items()}


def funnel_of(lives: np.ndarray) -> Funnel:
    """The funnel of problems that all arose 90 days ago or earlier. lives: LIFE rows."""
    moment = lives["onset"] + JUDGED_AFTER
    claimed, solved = lives["claimed"] == 1, lives["solved"] <= moment
    masks = (
        lives["registered"] <= moment,
        lives["handled"] <= moment,
        claimed,
        solved,
        claimed & ~solved,
        solved & ~claimed,
    )
    return Funnel(len(lives), *(int(mask.sum()) for mask in masks))
