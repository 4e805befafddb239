"""The burden: how grave the problems were that residents lived with, how many of them, and for how long."""

from dataclasses import dataclass, replace

import numpy as np

from pingan_abm.behaviour.burden import ALL, HIDDEN, LESS_DIGITAL, MORE_DIGITAL, add_burden, add_daily_burden
from pingan_abm.world.lives import as_lives
from pingan_abm.world.world import World


@dataclass(frozen=True)
class Burden:
    """Severity × residents affected × days of a run: in all, before registration, by community (float64), and of the
    residents with less and with more digital access, who number less_people and more_people."""

    total: float
    hidden: float
    by_community: np.ndarray
    less_digital: float
    more_digital: float
    less_people: int
    more_people: int

    def __add__(self, other: "Burden") -> "Burden":
        """Of problems that are apart, of the same residents."""
        return replace(
            self,
            total=self.total + other.total,
            hidden=self.hidden + other.hidden,
            by_community=self.by_community + other.by_community,
            less_digital=self.less_digital + other.less_digital,
            more_digital=self.more_digital + other.more_digital,
        )


def burden_of(lives: np.ndarray, world: World, days: int) -> Burden:
    """The burden of problems from day 0 to the morning of day `days`. lives: LIFE rows."""
    digital = world.residents["digital"]
    middle = float(np.median(digital))
    totals, by_community = np.zeros(4), np.zeros(len(world.communities))
    add_burden(as_lives(lives), world.grids, world.residents, middle, days, totals, by_community)
    less = int((digital < middle).sum())
    return Burden(
        float(totals[ALL]),
        float(totals[HIDDEN]),
        by_community,
        float(totals[LESS_DIGITAL]),
        float(totals[MORE_DIGITAL]),
        less,
        len(digital) - less,
    )


def daily_burden(lives: np.ndarray, days: int) -> np.ndarray:
    """The burden of each day: float64 [2, days], all of it and the part before registration. lives: LIFE rows."""
    by_day = np.zeros((2, days))
    add_daily_burden(as_lives(lives), by_day)
    return by_day
