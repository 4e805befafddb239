"""What a scenario changes on a date: parameters, entries of the tables, units that merge."""

from dataclasses import replace
from typing import Any

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.behaviour.arise import await_more_decisions
from pingan_abm.district.files import load_district
from pingan_abm.scenarios.parts import merged_entries
from pingan_abm.scenarios.presets import Change, Merge
from pingan_abm.world.build import arrival_rates, fill_issues, fill_subtypes, fill_units, note_duties
from pingan_abm.world.calendar import FIRST_UNIT
from pingan_abm.world.cases import BEGUN, QUEUED, SENT, WITHDRAWN
from pingan_abm.world.places import fill_kinds
from pingan_abm.world.relations import Seats, stand_ins
from pingan_abm.world.settings import fill_settings
from pingan_abm.world.unit_sets import WORDS, put_in
from pingan_abm.world.world import World


def apply_change(model: DistrictModel, change: Change) -> None:
    """New parameters and table entries take effect this morning; what has happened and been learned stays."""
    model.parameters = model.parameters.overridden(change.parameters)
    for table, more in (("units", change.units), ("issues", change.issues)):
        model.tables[table] = {**merged_entries(model.tables[table], more)}
    model.district = load_district(model.tables["units"], model.tables["issues"], model.district.folder)
    p, w = model.parameters, model.world
    risk = float(w.settings[0].risk_focus)
    fill_settings(model.district, p, model.residents, model.key, w.settings)
    w.settings[0].risk_focus = risk
    fill_issues(model.district, w.issues)
    fill_subtypes(model.district, p, w.subtypes)
    fill_units(model.district, p, model.scale, w.units)
    places = Seats(len(model.district.units), len(model.district.communities))
    w.stands_for = stand_ins(p.relation_network, places, len(w.organisations), model.key)
    model.rates = arrival_rates(model.district.issues, p, model.residents)
    model.subtype_rates = arrival_rates(model.district.subtypes, p, model.residents)
    fill_kinds(model.district, model.subtype_rates, model.residents, w.place_kinds)
    for heir, gone, merge in model.merged:
        fold_tables(model, heir, gone)
        rename(model, heir, merge)
    await_more_decisions(w, model.day)
    model.appraisal_group.set_targets(model.leadership.target)
    model.appraisal_group.press(w.units, w.grids, w.communities)


def merge_units(model: DistrictModel, merge: Merge) -> None:
    """Several units become one: staff, shares, queues and open files go to the first of them, under the new name."""
    district, w = model.district, model.world
    old = [district.unit_index(name) for name in merge.units]
    ids = [unit.id for unit in district.units]
    heir = ids.index(merge.into) if merge.into in ids else old[0]
    gone = [number for number in old if number != heir]
    model.merged.append((heir, gone, merge))
    fold_tables(model, heir, gone)
    units = w.units
    units["carried"][heir] += units["carried"][gone].sum()
    for field in ("veto_until", "campaign_share"):
        units[field][heir] = max(units[field][heir], units[field][gone].max())
    for field in ("carried", "backlog", "pressure", "campaign_share", "active"):
        units[field][gone] = 0
    merge_relations(w, heir, gone)
    w.communities["unit"][np.isin(w.communities["unit"], gone)] = heir
    for rows in (w.used("assignments"), w.used("closures")):
        rows["unit"][np.isin(rows["unit"], gone)] = heir
    merge_true_sets(w.used("problems"), heir, gone)
    merge_files(model, heir, gone)
    move_queues(model, heir, gone)
    rename(model, heir, merge)


def fold_tables(model: DistrictModel, heir: int, gone: list[int]) -> None:
    """Staff, duties, desks and inspections of the merged units are the heir's; duties that were shared among them are
    clear now."""
    w = model.world
    w.units["staff"][heir] += w.units["staff"][gone].sum()
    w.units["staff"][gone] = 0.0
    for shares in (w.subtypes["shares"], w.subtypes["lead_shares"]):
        shares[:, heir] += shares[:, gone].sum(axis=1)
        shares[:, gone] = 0.0
    note_duties(w.subtypes)
    for field in ("crisis_unit_1", "crisis_unit_2"):
        if w.settings[0][field] in gone:
            w.settings[0][field] = heir
    for numbers in (w.settings[0].desks, w.place_kinds["unit"]):
        numbers[np.isin(numbers, gone)] = heir


def merge_relations(w: World, heir: int, gone: list[int]) -> None:
    """The heir has the strongest of the merged units' relations to every other actor, and they of it; requests and
    helps add up."""
    for table, joined in ((w.relations, np.max), (w.requests, np.sum), (w.helps, np.sum)):
        rows, columns = joined(table[[heir, *gone]], axis=0), joined(table[:, [heir, *gone]], axis=1)
        rows[[heir, *gone]] = columns[[heir, *gone]] = 0.0
        table[gone] = table[:, gone] = 0.0
        table[heir], table[:, heir] = rows, columns


def merge_files(model: DistrictModel, heir: int, gone: list[int]) -> None:
    """In open files the heir replaces the merged units in masks, leads and desks. If it then holds several parts of one
    file, only the most advanced part is kept. The place of every part in the true set is computed anew."""
    w = model.world
    files, parts, problems = w.used("cases"), w.used("assignments"), w.used("problems")
    mask = np.zeros(WORDS, np.uint64)
    for unit in gone:
        put_in(mask, unit)
    for field in ("returned", "named"):
        rows = files[field]
        for touched in np.flatnonzero((rows & mask).any(axis=1)).tolist():
            rows[touched] &= ~mask
            put_in(rows[touched], heir)
    for field in ("lead", "desk"):
        files[field][np.isin(files[field], gone)] = heir
    kept: dict[int, int] = {}
    for number in np.flatnonzero((parts["unit"] == heir) & np.isin(parts["state"], (SENT, QUEUED, BEGUN))):
        part, row = parts[number], int(parts["case"][number])
        members = problems["true_units"][files["problem"][row]][: problems["n_units"][files["problem"][row]]]
        part["place"] = next((place for place, unit in enumerate(members) if unit == heir), -1)
        other = kept.setdefault(row, int(number))
        if other != number:
            first, second = sorted((other, int(number)), key=lambda one: -int(parts["state"][one]))
            parts["state"][second], kept[row] = WITHDRAWN, first
            files["pending"][row] -= 1


def rename(model: DistrictModel, heir: int, merge: Merge) -> None:
    """The heir goes by the new unit's names from now on."""
    units = list(model.district.units)
    if merge.into != units[heir].id:
        names: dict[str, Any] = {
            "en": getattr(merge, "en", "") or merge.into,
            "zh": getattr(merge, "zh", "") or merge.into,
        }
        units[heir] = replace(units[heir], **names)
        model.district = replace(model.district, units=tuple(units))


def move_queues(model: DistrictModel, heir: int, gone: list[int]) -> None:
    """Queued files and what is due at the merged units move to the heir."""
    w = model.world
    parts = w.used("assignments")
    queues = [w.queues[number, : int(w.units["queued"][number])] for number in (heir, *gone)]
    together = np.concatenate(queues)
    together = together[parts["state"][together] != WITHDRAWN]
    if len(together) > w.queues.shape[1]:
        w.queues = np.hstack([w.queues, np.zeros((len(w.queues), len(together)), np.int64)])
    w.units["queued"][gone] = 0
    w.queues[heir, : len(together)] = together
    w.units["queued"][heir], w.units["backlog"][heir] = len(together), parts["left"][together].sum()
    for number in gone:
        for day in range(model.day, w.heads.shape[1]):
            node = int(w.heads[FIRST_UNIT + number, day])
            while node >= 0:
                following = int(w.nodes["next"][node])
                w.nodes["next"][node] = w.heads[FIRST_UNIT + heir, day]
                w.heads[FIRST_UNIT + heir, day] = node
                node = following
            w.heads[FIRST_UNIT + number, day] = -1


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
