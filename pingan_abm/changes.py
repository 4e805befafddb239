"""What a scenario changes on a date: parameters, entries of the tables, units that merge."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.build import arrival_rates, fill_issues, fill_settings, fill_units
from pingan_abm.district import load_district

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
    from pingan_abm.scenarios import Change, Merge


def apply_change(model: "PinganModel", change: "Change") -> None:
    """New parameters and table entries take effect this morning; what has happened and been learned stays."""
    model.parameters = model.parameters.overridden({**change.parameters, **model.overrides})
    for table, more in (("units", change.units), ("issues", change.issues)):
        for name, entries in more.items():
            model.tables[table][name] = {**model.tables[table].get(name, {}), **entries}
    model.district = load_district(units=model.tables["units"], issues=model.tables["issues"])
    p, w = model.parameters, model.world
    risk = float(w.settings[0].risk_focus)
    fill_settings(model.district, p, model.residents, model.key, w.settings)
    w.settings[0].risk_focus = risk
    fill_issues(model.district, p, w.issues)
    active = w.units["active"].copy()
    fill_units(model.district, p, model.scale, w.units)
    w.units["staff"] *= active
    model.rates = arrival_rates(model.district, p, model.residents)
    model.appraisal_group.set_targets(model.leadership.target)
    model.appraisal_group.press(w.units, w.grids, w.communities)


def merge_units(model: "PinganModel", merge: "Merge") -> None:
    """Several units become one: staff, shares, queues and open files go to the first of them, under the new name."""
    district, w = model.district, model.world
    old = [district.unit_index(name) for name in merge.units]
    ids = [unit.id for unit in district.units]
    heir = ids.index(merge.into) if merge.into in ids else old[0]
    gone = [number for number in old if number != heir]
    for field in ("staff", "carried", "backlog"):
        w.units[field][heir] += w.units[field][gone].sum()
        w.units[field][gone] = 0.0
    w.units["active"][gone] = 0
    for shares in (w.issues["shares"], w.issues["lead_shares"]):
        shares[:, heir] += shares[:, gone].sum(axis=1)
        shares[:, gone] = 0.0
    move_queues(model, heir, gone)
    merge_true_sets(w.used("problems"), heir, gone)
    cases = w.used("cases")
    mask = sum(1 << number for number in gone)
    for field in ("returned", "named"):
        held = (cases[field] & mask) != 0
        cases[field] = np.where(held, (cases[field] & ~mask) | (1 << heir), cases[field])
    cases["lead"][np.isin(cases["lead"], gone)] = heir
    rename(model, heir, merge)


def rename(model: "PinganModel", heir: int, merge: "Merge") -> None:
    """The heir goes by the new unit's names from now on."""
    units = list(model.district.units)
    if merge.into != units[heir].id:
        names: dict[str, Any] = {"en": getattr(merge, "en", "") or merge.into, "zh": getattr(merge, "zh", "") or merge.into}
        units[heir] = replace(units[heir], **names)
        model.district = replace(model.district, units=tuple(units))


def move_queues(model: "PinganModel", heir: int, gone: list[int]) -> None:
    """Queued files and what is due at the merged units move to the heir."""
    w = model.world
    rows = w.used("assignments")
    for number in gone:
        count, kept = int(w.units["queued"][number]), int(w.units["queued"][heir])
        if kept + count > w.queues.shape[1]:
            w.queues = np.hstack([w.queues, np.zeros((len(w.queues), count), np.int64)])
        w.queues[heir, kept : kept + count] = w.queues[number, :count]
        w.units["queued"][heir], w.units["queued"][number] = kept + count, 0
        for day in range(model.day, w.heads.shape[1]):
            node = int(w.heads[3 + number, day])
            while node >= 0:
                following = int(w.nodes["next"][node])
                w.nodes["next"][node] = w.heads[3 + heir, day]
                w.heads[3 + heir, day] = node
                node = following
            w.heads[3 + number, day] = -1
    rows["unit"][np.isin(rows["unit"], gone)] = heir


def merge_true_sets(problems: np.ndarray, heir: int, gone: list[int]) -> None:
    """In every problem's true set the merged units become one member, which has acted if each of them had."""
    touched = np.flatnonzero(np.isin(problems["true_units"], gone).any(axis=1))
    for number in touched:
        problem = problems[number]
        members: list[int] = []
        acted: list[bool] = []
        for place in range(int(problem["n_units"])):
            unit = int(problem["true_units"][place])
            unit = heir if unit in gone else unit
            done = bool((int(problem["acted"]) >> place) & 1)
            if unit in members:
                acted[members.index(unit)] &= done
            else:
                members.append(unit)
                acted.append(done)
        problem["n_units"] = len(members)
        problem["true_units"][: len(members)] = members
        problem["acted"] = sum(1 << place for place, done in enumerate(acted) if done)
