"""Relations between institutions: where each actor stands in the tables, how they begin, and how they act.

`w.relations[a, b]` is what actor a has lately experienced of actor b, 0–1. A table has a place for every institutional
actor: units first, then the centre, supervision, communities, grassroots groups, composite bodies and organisations,
in this order. `w.stands_for[b]` says as whom b is met: as itself, unless the network is rewired; then an actor meets b
as it would meet the other.

Five kinds of relations decide something: between units (who is asked, who helps, how much working together costs, whom
a desk of its own knows), between a unit and the centre (who helps in a joint dispatch), between a community and an
organisation (who is asked, who helps, what is taken up without being asked), between a group and an organisation (who
is asked, who helps), and between the centre and an organisation (the same for files). All others (a unit's with
organisations, a community's with units, those of composite bodies and supervision) are a record of who has met whom,
for the picture and the export. Nothing is decided by them.

This module holds no decisions; they stand in `behaviour/cooperation.py`.
"""

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.engine.draws import Purpose, uniform

if TYPE_CHECKING:
    from pingan_abm.district.district import District
    from pingan_abm.parameters.declared import Parameters
    from pingan_abm.world.world import World

MOST_GROUPS, MOST_BODIES = 12, 6  # places kept for grassroots groups and composite bodies


class NetworkForm(IntEnum):
    """Over which network of relations the institutions cooperate. EVOLVING: what actors experience of each other.
    FROZEN: as at the start, whatever happens. REWIRED: each actor has as many and as strong relations, but with other
    actors of the same kind than those that it works with. STAR: only through the centre. NONE: without relations."""

    EVOLVING = 0
    FROZEN = 1
    REWIRED = 2
    STAR = 3
    NONE = 4


EVOLVING, FROZEN, REWIRED, STAR, NONE = (int(form) for form in NetworkForm)
NETWORK_FORMS = {form.name.lower(): int(form) for form in NetworkForm}


class Seats:
    """Where each kind of actor stands in the table of relations."""

    def __init__(self, units: int, communities: int) -> None:
        self.centre, self.supervision = units, units + 1
        self.community = units + 2
        self.group = self.community + communities
        self.body = self.group + MOST_GROUPS
        self.organisation = self.body + MOST_BODIES

    @property
    def edges(self) -> tuple[int, ...]:
        """The first place of every kind, and the first of the organisations last."""
        return (0, self.centre, self.supervision, self.community, self.group, self.body, self.organisation)


def starting_relations(district: "District", ties: np.ndarray, homes: np.ndarray, p: "Parameters") -> np.ndarray:
    """Relations at the start, without organisations: float64 [actors, actors].

    Units by their duties in common (ties); each unit and the centre; each community and its subdistrict's office.
    homes: the unit that is each community's subdistrict office.
    """
    places = Seats(len(district.units), len(homes))
    relations = np.zeros((places.organisation, places.organisation))
    units = len(district.units)
    relations[:units, :units] = ties
    relations[:units, places.centre] = relations[places.centre, :units] = p.relation_at_start_command
    for number, home in enumerate(homes):
        own = places.community + number
        relations[own, home] = relations[home, own] = p.relation_at_start_command
    return relations


def stand_ins(form: str, places: Seats, organisations: int, key: np.uint64) -> np.ndarray:
    """Who stands in whose place: everybody in its own, or, rewired, another of the same kind: int32 [actors].

    Each kind is put in a keyed order and moved on by one place, so nobody of a kind of two or more keeps its own. Every
    actor keeps the number and the strength of its relations.
    """
    total = places.organisation + organisations
    chosen = np.arange(total, dtype=np.int32)
    if form != "rewired":
        return chosen
    for first, end in zip(places.edges, (*places.edges[1:], total), strict=True):
        draws = [uniform(key, int(Purpose.REWIRED_RELATION), np.uint64(actor), 0) for actor in range(first, end)]
        order = first + np.argsort(draws, kind="stable")
        chosen[order] = np.roll(order, -1)
    return chosen


def acting(w: "World") -> np.ndarray:
    """Relations as they act in the form of the network of this run: float64 [actors, actors]."""
    s = w.settings[0]
    form = int(s.relation_form)
    if form == NONE:
        return np.zeros_like(w.relations)
    if form == STAR:
        hub = int(s.centre_actor)
        through = np.zeros_like(w.relations)
        if s.command_centre:
            through = np.outer(w.relations[:, hub], w.relations[hub])
            through[:, hub], through[hub] = w.relations[:, hub], w.relations[hub]
        np.fill_diagonal(through, 0.0)
        return through
    everyone = np.arange(len(w.relations))
    slots = np.tile(w.stands_for, (len(everyone), 1))
    slots = np.where(slots == everyone[:, None], w.stands_for[slots], slots)
    seen = np.take_along_axis(w.relations, slots, axis=1)
    np.fill_diagonal(seen, 0.0)
    return seen


def between_units(w: "World") -> np.ndarray:
    """The relation of each two units, the mean of both sides: float64 [units, units], symmetric."""
    units = len(w.units)
    sides = acting(w)[:units, :units]
    return np.asarray(0.5 * (sides + sides.T))
