"""R26, R28. News that goes from resident to resident, and volunteers who ask whom they know to join."""

import numpy as np

from pingan_abm.behaviour.filing import affected_resident
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import agrees_to_help, heard_after
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.population import VOLUNTEERED
from pingan_abm.world.world import World


@compiled
def is_affected(who: int, first: int, affected: int, start: int, people: int) -> bool:
    """Whether a resident is one of those affected by a problem. first: who met it; start, people: of her grid, in which
    those affected follow one another, the last resident's successor being the first."""
    if who < start or who >= start + people:
        return False
    place = who - first
    return bool((place if place >= 0 else place + people) < affected)


@compiled
def spread_news(w: World, number: int, member: int, good: bool, attempt: int) -> int:
    """R26. One of those affected may tell all her contacts what became of the problem; how many hear of it. Whoever is
    affected herself knows it already."""
    s, problem = w.settings[0], w.problems[number]
    chance = s.tell_good_chance if good else s.tell_bad_chance
    if uniform(s.key, Purpose.TELLS, problem.key + np.uint64(member), attempt) >= chance:
        return 0
    return tell_contacts(w, problem, affected_resident(w, problem, member), good)


@compiled
def tell_contacts(w: World, problem: np.record, teller: int, good: bool) -> int:
    """All contacts of one of those affected hear what became of the problem, but for those affected; how many do."""
    s, contacts, heard, hearers = w.settings[0], w.contacts, w.heard, 0
    grid, first, affected = w.grids[problem.grid], int(problem.resident), int(problem.affected)
    start, people = int(grid.start), int(grid.people)
    for slot in range(contacts.shape[1]):
        who = int(contacts[teller, slot])
        if not is_affected(who, first, affected, start, people):
            heard[who] = heard_after(s, np.float64(heard[who]), good)
            hearers += 1
    return hearers


@compiled
def note_news(w: World, number: int, time: float, glad: int, sorry: int) -> None:
    """Count and log how many residents heard that a problem was solved, and that it was not."""
    problem, book = w.problems[number], w.tally[0]
    book.heard_solved += glad
    book.heard_hollow += sorry
    if glad > 0:
        log(w, time, problem.file, number, Activity.HEARD_SOLVED, ActorKind.RESIDENT, problem.resident, glad)
    if sorry > 0:
        log(w, time, problem.file, number, Activity.HEARD_HOLLOW, ActorKind.RESIDENT, problem.resident, sorry)


@compiled
def volunteer_from_now(w: World, i: int) -> None:
    """A resident becomes a volunteer."""
    person = w.residents[i]
    person.volunteer = 1
    person.rung = max(person.rung, VOLUNTEERED)
    w.grids[person.grid].volunteers += 1


@compiled
def ask_contacts(w: World, month: int) -> int:
    """R28, once a month. Some volunteers ask one of their contacts to join; how many join.

    Everybody is asked before anybody joins, so that who joins does not ask others in the same month.
    """
    s, slots, joined = w.settings[0], w.contacts.shape[1], 0
    if slots == 0:
        return 0
    asked = np.empty(w.residents.shape[0], np.int64)
    count = 0
    for i in range(w.residents.shape[0]):
        if w.residents[i].volunteer and uniform(s.key, Purpose.ASKS, np.uint64(i), month) < s.volunteer_asks:
            asked[count] = w.contacts[i, int(uniform(s.key, Purpose.WHOM_TO_ASK, np.uint64(i), month) * slots)]
            count += 1
    for place in range(count):
        who = asked[place]
        person = w.residents[who]
        chance = agrees_to_help(s, person.propensity, person.satisfaction)
        if not person.volunteer and uniform(s.key, Purpose.JOINS_WHEN_ASKED, np.uint64(who), month) < chance:
            volunteer_from_now(w, who)
            joined += 1
            log(w, float(s.day), -1, -1, Activity.JOINED, ActorKind.RESIDENT, who)
    w.tally[0].joined_when_asked += joined
    return joined
