"""What outcomes need of rows that have left the registers of a long run.

Rows are retired when they are over (`world/retire.py`). Before they go, every outcome of rows counts them. Figures of
rows add up, so the outcomes of the run are those of the rows that left and of the rows still there, together.
"""

from dataclasses import dataclass

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.outcomes.burden import Burden
from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.outcomes.cohorts import Cohorts, lives_of
from pingan_abm.outcomes.daily import added_by_day, counted_by_day
from pingan_abm.outcomes.funnel import Funnel
from pingan_abm.outcomes.ratios import Figure
from pingan_abm.world.world import World


@dataclass(frozen=True)
class Past:
    """figures: by outcome, for outcomes that are counted over rows; by_day: as `counted_by_day` gives it."""

    figures: dict[str, Figure]
    funnel: Funnel
    burden: Burden
    by_day: dict[str, np.ndarray]

    def __add__(self, later: "Past") -> "Past":
        figures = self.figures | {
            name: self.figures[name] + figure if name in self.figures else figure
            for name, figure in later.figures.items()
        }
        by_day = added_by_day(self.by_day, later.by_day)
        return Past(figures, self.funnel + later.funnel, self.burden + later.burden, by_day)


def past_of(model: DistrictModel, over: World) -> Past:
    """The figures of rows that are over, from registers that hold only such rows. To be called on day 120 or later, so
    that every cohort of them is judged."""
    cohorts = Cohorts(model, over)
    figures = {name: entry.function(cohorts) for name, entry in OUTCOMES.items()}
    kept = {name: figure for name, figure in figures.items() if figure is not None and not isinstance(figure, float)}
    return Past(kept, cohorts.funnel, cohorts.burden, counted_by_day(lives_of(over), model.day))
