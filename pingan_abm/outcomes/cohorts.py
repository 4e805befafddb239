"""Cohorts: what became of files and problems exactly F days after they began, so that nothing is censored.

The state at any moment is read from the registers: a file is closed at time x if some closure of it lies before x and
was not reopened by then; a problem is solved at x if it was solved by then.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.outcomes.burden import Burden, burden_of
from pingan_abm.outcomes.funnel import JUDGED_AFTER, Funnel, funnel_of
from pingan_abm.world.lives import LIFE, write_lives
from pingan_abm.world.world import World

if TYPE_CHECKING:
    from pingan_abm.outcomes.past import Past


def lives_of(world: World) -> np.ndarray:
    """Every problem that has arisen, as outcomes see it: LIFE rows. Outcomes of all problems read the registers only
    through this class."""
    problems = world.used("problems")
    lives = np.zeros(len(problems), LIFE)
    return lives[: write_lives(problems, world.used("closures"), float(JUDGED_AFTER), lives)]


def judged(lives: np.ndarray, days: int) -> np.ndarray:
    """The cohort of all problems in a run of so many days: those that arose by themselves on day 0 ≤ d ≤ T − 1 − 90."""
    onset = lives["onset"]
    return np.asarray(lives[(lives["counted"] == 1) & (onset >= 0.0) & (onset < days - JUDGED_AFTER)])


class Selection:
    """Some rows of a register, read a column at a time: copying whole records would double the memory of the year's
    register."""

    def __init__(self, register: np.ndarray, rows: np.ndarray) -> None:
        """register: records; rows: the numbers of those chosen, integers, ascending."""
        self.register, self.rows = register, rows

    def __getitem__(self, name: str) -> np.ndarray:
        """The column of the rows chosen."""
        return np.asarray(self.register[name][self.rows])

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, mask: np.ndarray) -> "Selection":
        """Those of the rows for which a mask as long as they are holds."""
        return Selection(self.register, self.rows[mask])


@dataclass
class Cohorts:
    """The registers of a run up to day T, and the two cohorts that outcomes are judged on.

    f30 = min(30, T//3), f90 = min(90, T//3) days; a cohort at F began on day ≤ T − 1 − F.
    """

    model: DistrictModel
    registers: World | None = None  # to read rows from; None: the model's own

    @property
    def world(self) -> World:
        """The arrays."""
        return self.model.world if self.registers is None else self.registers

    @property
    def past(self) -> "Past | None":
        """What is known of rows that have left the model's registers; None for other registers."""
        return self.model.past if self.registers is None else None

    @property
    def days(self) -> int:
        """T: days so far."""
        return self.model.day

    @property
    def f30(self) -> int:
        """Short horizon in days."""
        return min(30, self.days // 3)

    @property
    def f90(self) -> int:
        """Long horizon in days."""
        return min(90, self.days // 3)

    @cached_property
    def problems(self) -> Selection:
        """Problems that have arisen."""
        rows = self.world.used("problems")
        return Selection(rows, np.flatnonzero(rows["state"] > 0))

    @cached_property
    def lives(self) -> np.ndarray:
        """Problems that have arisen, as LIFE rows."""
        return lives_of(self.world)

    @cached_property
    def funnel(self) -> Funnel:
        """What became of the cohort of all problems."""
        here = funnel_of(judged(self.lives, self.days))
        return here if self.past is None else self.past.funnel + here

    @cached_property
    def burden(self) -> Burden:
        """What residents have lived with so far."""
        here = burden_of(self.lives, self.world, self.days)
        return here if self.past is None else self.past.burden + here

    @cached_property
    def cases(self) -> np.ndarray:
        """All files."""
        return self.world.used("cases")

    @cached_property
    def closures(self) -> np.ndarray:
        """All closures on day 0 or later."""
        rows = self.world.used("closures")
        return rows[rows["time"] >= 0.0] if len(rows) and rows["time"].min() < 0.0 else rows

    @cached_property
    def primary(self) -> np.ndarray:
        """Mask over files: not duplicates, opened on day 0 or later."""
        return np.asarray((self.cases["duplicate"] == 0) & (self.cases["opened"] >= 0.0))

    @cached_property
    def solved(self) -> np.ndarray:
        """For each file, when its problem was truly solved (not-a-number: not yet)."""
        return np.asarray(self.world.used("problems")["solved"][self.cases["problem"]])

    def closed_after(self, horizon: int) -> np.ndarray:
        """Mask over files: in state closed exactly `horizon` days after opening."""
        rows = self.closures
        moment = self.cases["opened"][rows["case"]] + horizon
        with np.errstate(invalid="ignore"):
            holds = (rows["time"] <= moment) & ~(rows["reopened"] <= moment)
        closed = np.zeros(len(self.cases), bool)
        closed[rows["case"][holds]] = True
        return closed

    @cached_property
    def files30(self) -> np.ndarray:
        """Mask over files: the primary files of the F30 cohort."""
        return np.asarray(self.primary & (np.floor(self.cases["opened"]) <= self.days - 1 - self.f30))

    @cached_property
    def closed30(self) -> np.ndarray:
        """Mask over files: closed F30 after opening."""
        return self.closed_after(self.f30)

    @cached_property
    def true30(self) -> np.ndarray:
        """Mask over files: closed and truly solved F30 after opening."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.closed30 & (self.solved <= self.cases["opened"] + self.f30))

    @cached_property
    def filed90(self) -> Selection:
        """Problems with a primary file, registered on day 0 ≤ d ≤ T − 1 − F90."""
        rows = self.problems
        with np.errstate(invalid="ignore"):
            chosen = (rows["file"] >= 0) & (np.floor(rows["registered"]) <= self.days - 1 - self.f90)
            chosen &= rows["registered"] >= 0.0
        return rows.where(chosen)

    @cached_property
    def resolution_days(self) -> np.ndarray:
        """Days from registration to true solution of `filed90`, F90 where unsolved by then."""
        rows = self.filed90
        took = rows["solved"] - rows["registered"]
        return np.where(np.isnan(took) | (took > self.f90), float(self.f90), took)

    @cached_property
    def arisen90(self) -> Selection:
        """Problems that arose on day 0 ≤ d ≤ T − 1 − F90."""
        rows = self.problems
        onset = rows["onset"]
        return rows.where((onset >= 0.0) & (np.floor(onset) <= self.days - 1 - self.f90))

    @cached_property
    def closing_days(self) -> np.ndarray:
        """Days from opening to first closure of primary files opened on day ≤ T − 1 − F90, F90 where unclosed by
        then."""
        rows = self.cases[self.primary & (np.floor(self.cases["opened"]) <= self.days - 1 - self.f90)]
        took = rows["first_closed"] - rows["opened"]
        return np.where(np.isnan(took) | (took > self.f90), float(self.f90), took)
