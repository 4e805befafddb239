"""R9 and R20. What presses units, grid officers and communities: accountability, their place in the ranking, a veto;
and what campaigns deter."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules import base_pressure, deterrence, unit_pressure
from pingan_abm.world.world import World

UNRANKED = 0.5  # the rank gap that all have while nobody is ranked


@compiled
def press_units(w: World, ranked: bool, veto_after: float) -> None:
    """Every unit's pressure; where there are queues alone, none. veto_after: the day that a veto must outlast to be in
    force, infinite where there are none."""
    for number in range(w.units.shape[0]):
        unit = w.units[number]
        if w.settings[0].capacity_only:
            unit.pressure = 0.0
            continue
        gap = min(1.0, unit.rank_gap + unit.extra_gap) if ranked else UNRANKED
        unit.pressure = unit_pressure(w.settings[0], unit.verticality, gap, unit.veto_until > veto_after)


@compiled
def press_base(w: World, ranked: bool) -> None:
    """Every grid's pressure, the mean of its patch's grids, and every community's, the mean of its own; where there are
    queues alone, none, or the null model would hold what pressure takes from officers' days."""
    in_patch, grids_of_patch = np.zeros(w.grids.shape[0]), np.zeros(w.grids.shape[0])
    in_place, grids_of_place = np.zeros(w.communities.shape[0]), np.zeros(w.communities.shape[0])
    for number in range(w.grids.shape[0]):
        grid = w.grids[number]
        own = 0.0
        if not w.settings[0].capacity_only:
            own = base_pressure(w.settings[0], grid.rank_gap if ranked else UNRANKED)
        in_patch[grid.patch] += own
        grids_of_patch[grid.patch] += 1.0
        in_place[grid.community] += own
        grids_of_place[grid.community] += 1.0
    for number in range(w.grids.shape[0]):
        patch = w.grids[number].patch
        w.grids[number].pressure = in_patch[patch] / grids_of_patch[patch]
    for place in range(w.communities.shape[0]):
        w.communities[place].pressure = in_place[place] / max(1.0, grids_of_place[place])


@compiled
def deterred(w: World, intensity: float, days: float) -> float:
    """R20. Share of a type's problems that some days of a campaign deter."""
    return deterrence(w.settings[0], intensity, days)
