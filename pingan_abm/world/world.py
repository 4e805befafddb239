"""All arrays of one run, side by side: the registers, tables, queues and calendar that the kernels work on.

Registers grow between days, never within one: `make_room` is called before a day with a bound on what the day can add,
and a register that fills up all the same is an error, never a silent loss.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from pingan_abm.engine.bundle import Bundle, array, bundled
from pingan_abm.engine.compiled import compiled
from pingan_abm.world.calendar import FIRST_UNIT, NODE
from pingan_abm.world.cases import ASSIGNMENT, CASE, CLOSURE
from pingan_abm.world.events import EVENT
from pingan_abm.world.organisations import ORGANISATION
from pingan_abm.world.places import PLACE, PLACE_KIND
from pingan_abm.world.population import COMMUNITY, GRID, RESIDENT, Population
from pingan_abm.world.problems import LATENT_ROW, PROBLEM
from pingan_abm.world.tables import ISSUE, MECHANISMS, SETTINGS, SUBTYPE, TALLY, UNIT

REGISTERS = ("problems", "cases", "assignments", "closures", "events", "nodes")


@bundled
@dataclass
class World(Bundle):
    """Arrays of one run. Registers: problems, cases, assignments, closures, events, nodes; one row used up to the
    tally's count.

    prevention, needs: share of the problems of each type that ideas keep away, and problems of late, float64
    [communities, issues]; causes: whether a kind of place causes problems of a type, 0 or 1 [place kinds, issues];
    heard: float32 [residents], what each has lately heard of others' problems, −1 to 1;
    heads: int32 [4 + units, days + 1], the calendar; latent: LATENT_ROW, in the order of their onset; agendas: int64
    [4, n]; queues: int64 [units, n]; settings, tally: one record each. relations, stands_for: `world/relations.py`;
    requests, helps: how often actor a asked b since day 0, and how often b then helped, float64 [actors, actors].
    serves: where each organisation works, 0 or 1 [organisations, communities]; roster, roster_starts: the
    organisations of each community and mechanism, one list after the other, and where each begins.
    """

    settings: np.ndarray = array(SETTINGS)
    issues: np.ndarray = array(ISSUE)
    subtypes: np.ndarray = array(SUBTYPE)
    place_kinds: np.ndarray = array(PLACE_KIND)
    places: np.ndarray = array(PLACE)
    units: np.ndarray = array(UNIT)
    communities: np.ndarray = array(COMMUNITY)
    prevention: np.ndarray = array("f8", 2)
    needs: np.ndarray = array("f8", 2)
    causes: np.ndarray = array("u1", 2)
    grids: np.ndarray = array(GRID)
    residents: np.ndarray = array(RESIDENT)
    trust: np.ndarray = array("f4")
    heard: np.ndarray = array("f4")
    contacts: np.ndarray = array("u4", 2)
    relations: np.ndarray = array("f8", 2)
    stands_for: np.ndarray = array("i4")
    requests: np.ndarray = array("f8", 2)
    helps: np.ndarray = array("f8", 2)
    organisations: np.ndarray = array(ORGANISATION)
    serves: np.ndarray = array("u1", 2)
    roster: np.ndarray = array("i4")
    roster_starts: np.ndarray = array("i4")
    heads: np.ndarray = array("i4", 2)
    tally: np.ndarray = array(TALLY)
    problems: np.ndarray = array(PROBLEM)
    cases: np.ndarray = array(CASE)
    assignments: np.ndarray = array(ASSIGNMENT)
    closures: np.ndarray = array(CLOSURE)
    nodes: np.ndarray = array(NODE)
    events: np.ndarray = array(EVENT)
    latent: np.ndarray = array(LATENT_ROW)
    agendas: np.ndarray = array("i8", 2)
    queues: np.ndarray = array("i8", 2)

    def used(self, register: str) -> np.ndarray:
        """The rows of a register that hold something."""
        rows: np.ndarray = getattr(self, register)
        return rows[: self.counted(register)]

    def counted(self, name: str) -> int:
        """A number of the tally. (A record's attribute takes ten times as long to read from outside the kernels.)"""
        return int(self.tally[name][0])

    def make_room(self, arrivals: int, ahead: float) -> None:
        """Grow what could fill up today: to what is needed, by two fifths, or to what the days ahead are expected to
        bring, whichever is more. Events only where they are kept. ahead: problems expected until the run ends or its
        registers are cleared. Rows that stay empty take up no memory."""
        needed = np.empty(len(GROWING), np.int64)
        rows_needed(self, arrivals, needed)
        for name, rows in zip(GROWING, needed.tolist(), strict=True):
            held: np.ndarray = getattr(self, name)
            room = held.shape[-1]
            if rows > room and (room or name != "events"):
                expected = rows + int(A_PROBLEM.get(name, 0.0) * ahead)
                setattr(self, name, grown(held, max(expected, int(1.4 * room))))

    def check_overflow(self) -> None:
        """Raise RuntimeError if a register was full: a run with lost rows must not go on."""
        if self.counted("overflow"):
            raise RuntimeError("a register filled up within a day: please report this with the command that shows it")

    def copy(self) -> "World":
        """A copy that shares nothing that changes (contacts do not)."""
        kept = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in REGISTERS:
            kept[name] = self.used(name)
        return replace(self, **{name: (rows if name == "contacts" else rows.copy()) for name, rows in kept.items()})


#: Rows of a register for each problem that arises, about.
A_PROBLEM = {"problems": 1.03, "cases": 0.26, "assignments": 0.36, "closures": 0.28}

#: Arrays that may have to grow before a day, in the order in which `rows_needed` fills them in.
GROWING = ("problems", "cases", "assignments", "closures", "nodes", "events", "latent", "queues", "agendas")


@compiled
def rows_needed(w: World, arrivals: int, needed: np.ndarray) -> None:
    """Rows that each of GROWING must hold for a day with this many arrivals, into needed (int64 [9]).

    Each thing due, waiting or new can add a few rows; nobody can add more than that.
    """
    book, queued = w.tally[0], 0
    for unit in range(w.units.shape[0]):
        queued += w.units[unit].queued
    waiting = queued + book.centre_waiting + book.verify_waiting
    touched = arrivals + min(book.due_nodes, 40 * arrivals + 4000) + waiting
    needed[0] = book.problems + arrivals
    needed[1] = book.cases + 2 * arrivals + touched // 4 + 400
    needed[2] = book.assignments + arrivals + touched // 4 + 400
    needed[3] = book.closures + waiting + arrivals + 400
    needed[4] = book.nodes + 18 * arrivals + touched + 2000
    needed[5] = book.events + 20 * arrivals + 4 * touched + 2000
    needed[6] = book.latent_rows + arrivals + 400
    needed[7] = waiting + touched // 4 + 400
    longest = 0
    for agenda in range(4):
        longest = max(longest, book.on_agenda[agenda])
    needed[8] = longest + touched + 100


def mean_by_type(w: World, values: np.ndarray) -> np.ndarray:
    """Means over each type's sub-types of a value of sub-types, weighted by their rates; float64 [issues]."""
    kinds, rates, count = w.subtypes["issue"], w.subtypes["rate"], len(w.issues)
    sums = np.bincount(kinds, weights=rates * values, minlength=count)
    return np.asarray(sums / np.maximum(np.bincount(kinds, weights=rates, minlength=count), 1e-300))


def grown(rows: np.ndarray, size: int) -> np.ndarray:
    """The same rows with a longer last axis, what is new empty."""
    longer = np.zeros((*rows.shape[:-1], size), rows.dtype)
    longer[..., : rows.shape[-1]] = rows
    return longer


@dataclass(frozen=True)
class Tables:
    """What a district is built from, as records: types, sub-types, kinds of places, places, units, relations between
    institutions, and who stands in whose place in them."""

    issues: np.ndarray
    subtypes: np.ndarray
    place_kinds: np.ndarray
    places: np.ndarray
    units: np.ndarray
    relations: np.ndarray
    stands_for: np.ndarray


def causes_of(tables: Tables) -> np.ndarray:
    """Whether a kind of place causes problems of a type."""
    causes = np.zeros((len(tables.place_kinds), len(tables.issues)), np.uint8)
    placed = tables.subtypes[tables.subtypes["place_kind"] >= 0]
    causes[placed["place_kind"], placed["issue"]] = 1
    return causes


def empty_world(
    settings: np.ndarray,
    tables: Tables,
    people: Population,
    days: int,
    expected: float,
    log_events: bool,
) -> World:
    """A world at day 0. expected: problems a day, from which the registers' first sizes follow."""
    tally = np.zeros(1, TALLY)
    tally[0].free_node = tally[0].centre_head = tally[0].centre_tail = tally[0].verify_head = -1
    tally["tokens"] = 1.0
    total = int(expected * days * 1.03) + 500
    files = int(total * A_PROBLEM["cases"]) + 500
    return World(
        settings=settings,
        issues=tables.issues,
        subtypes=tables.subtypes,
        place_kinds=tables.place_kinds,
        places=tables.places,
        units=tables.units,
        communities=people.communities,
        prevention=np.zeros((len(people.communities), len(tables.issues))),
        needs=np.zeros((len(people.communities), len(tables.issues))),
        causes=causes_of(tables),
        grids=people.grids,
        residents=people.residents,
        trust=people.trust,
        heard=np.zeros_like(people.trust),
        contacts=people.contacts,
        relations=tables.relations,
        stands_for=tables.stands_for,
        requests=np.zeros_like(tables.relations),
        helps=np.zeros_like(tables.relations),
        organisations=np.zeros(0, ORGANISATION),
        serves=np.zeros((0, len(people.communities)), np.uint8),
        roster=np.zeros(0, np.int32),
        roster_starts=np.zeros(len(people.communities) * MECHANISMS + 1, np.int32),
        tally=tally,
        heads=np.full((FIRST_UNIT + len(tables.units), days + 1), -1, np.int32),
        problems=np.zeros(total, PROBLEM),
        cases=np.zeros(files, CASE),
        assignments=np.zeros(int(1.4 * files), ASSIGNMENT),
        closures=np.zeros(files, CLOSURE),
        nodes=np.zeros(int(30 * expected) + 4000, NODE),
        events=np.zeros(20 * total if log_events else 0, EVENT),
        latent=np.zeros(int(40 * expected) + 1000, LATENT_ROW),
        agendas=np.zeros((4, 1000), np.int64),
        queues=np.zeros((len(tables.units), int(4 * expected) + 1000), np.int64),
    )
