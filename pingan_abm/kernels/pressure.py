"""R9. What presses units, grid officers and communities: accountability, their place in the ranking, a veto."""

import numpy as np

from pingan_abm.compiled import compiled
from pingan_abm.rules import base_pressure, unit_pressure

UNRANKED = 0.5  # the rank gap that all have while nobody is ranked


@compiled
def press_units(accountability: float, ranked: bool, veto_after: float, units: np.ndarray) -> None:
    """Every unit's pressure. veto_after: the day that a veto must outlast to be in force, infinite where there are none."""
    for number in range(units.shape[0]):
        unit = units[number]
        gap = min(1.0, unit.rank_gap + unit.extra_gap) if ranked else UNRANKED
        unit.pressure = unit_pressure(accountability, unit.verticality, gap, unit.veto_until > veto_after)


@compiled
def press_base(accountability: float, ranked: bool, grids: np.ndarray, communities: np.ndarray) -> None:
    """Every grid's pressure, the mean of its patch's grids, and every community's, the mean of its own."""
    in_patch, grids_of_patch = np.zeros(grids.shape[0]), np.zeros(grids.shape[0])
    in_place, grids_of_place = np.zeros(communities.shape[0]), np.zeros(communities.shape[0])
    for number in range(grids.shape[0]):
        grid = grids[number]
        own = base_pressure(accountability, grid.rank_gap if ranked else UNRANKED)
        in_patch[grid.patch] += own
        grids_of_patch[grid.patch] += 1.0
        in_place[grid.community] += own
        grids_of_place[grid.community] += 1.0
    for number in range(grids.shape[0]):
        patch = grids[number].patch
        grids[number].pressure = in_patch[patch] / grids_of_patch[patch]
    for place in range(communities.shape[0]):
        communities[place].pressure = in_place[place] / max(1.0, grids_of_place[place])
