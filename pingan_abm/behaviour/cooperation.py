"""R21. Asking and helping: who is asked first, who helps, and what both experience of it."""

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import help_probability, relation_after, score_stake
from pingan_abm.world.cases import JOINT_ROLE
from pingan_abm.world.relations import FROZEN, NONE, STAR
from pingan_abm.world.unit_sets import holds
from pingan_abm.world.world import World

LEAST_CAPACITY = 0.05  # staff-days, by which a backlog is divided where there is no capacity


@compiled
def regard(w: World, actor: int, other: int) -> float:
    """What an actor has lately experienced of another, 0–1, in the network of this run. In a star two actors know each
    other only as well as both know the centre."""
    s = w.settings[0]
    if actor == other:
        return 1.0
    if s.relation_form == NONE:
        return 0.0
    hub = s.centre_actor
    if s.relation_form == STAR and actor != hub and other != hub:
        return float(w.relations[actor, hub] * w.relations[hub, other]) if s.command_centre else 0.0
    slot = w.stands_for[other]
    return float(w.relations[actor, slot if slot != actor else w.stands_for[slot]])


@compiled
def relation(w: World, actor: int, other: int) -> float:
    """The relation of two actors: the mean of what each has experienced of the other."""
    return 0.5 * (regard(w, actor, other) + regard(w, other, actor))


@compiled
def experience(w: World, actor: int, other: int, worked: bool) -> None:
    """An actor experienced another's help, or a refusal. In a star it is put down to the centre, which linked them."""
    s = w.settings[0]
    if not s.tie_dynamics or s.relation_form == FROZEN or s.relation_form == NONE or actor == other:
        return
    hub = s.centre_actor
    if s.relation_form == STAR and actor != hub and other != hub:
        w.relations[actor, hub] = relation_after(s, w.relations[actor, hub], worked)
        w.relations[hub, other] = relation_after(s, w.relations[hub, other], worked)
        return
    w.relations[actor, other] = relation_after(s, w.relations[actor, other], worked)


@compiled
def acquaint(w: World, actor: int, other: int, gain: float) -> None:
    """Two actors meet in one room: what the one thinks of the other goes a part of the way to 1."""
    s = w.settings[0]
    if s.tie_dynamics and s.relation_form != FROZEN and s.relation_form != NONE and s.relation_form != STAR:
        if actor != other:
            w.relations[actor, other] += gain * (1.0 - w.relations[actor, other])


@compiled
def note_request(w: World, asker: int, helper: int, granted: bool) -> None:
    """Count a request between two actors, and whether it was granted."""
    w.requests[asker, helper] += 1.0
    if granted:
        w.helps[asker, helper] += 1.0


@compiled
def closeness(w: World, unit: int, other: int) -> float:
    """How near two units stand in the ranking of their tier: 1 side by side, 0 at its ends, in different tiers, or
    without a ranking."""
    first, second = w.units[unit], w.units[other]
    if not w.settings[0].appraisal or first.tier != second.tier:
        return 0.0
    return float(1.0 - abs(first.rank_gap - second.rank_gap))


@compiled
def asker_of(w: World, case: np.record, role: int) -> int:
    """Who asks: the centre in a joint dispatch, else the unit that leads."""
    s = w.settings[0]
    return int(s.centre_actor) if role == JOINT_ROLE and s.command_centre else int(case.lead)


@compiled
def load_of_unit(w: World, u: int) -> float:
    """How busy a unit is: its backlog over so many days of its capacity, at most `return_load_most`."""
    s, unit = w.settings[0], w.units[u]
    return float(min(s.return_load_most, unit.backlog / (s.return_load_days * max(unit.capacity, LEAST_CAPACITY))))


@compiled
def must_help(w: World, case: np.record) -> bool:
    """Whether a request leaves no choice: a meeting has decided, or nothing but capacity decides in this run."""
    return bool(case.mandate or w.settings[0].capacity_only)


@compiled
def unit_helps(w: World, u: int, part: np.record, case: np.record, problem: np.record) -> float:
    """R21. Chance that a unit grants a request to help with a file that another leads."""
    s, unit = w.settings[0], w.units[u]
    obligation = s.help_command_effect if part.role == JOINT_ROLE else 0.0
    if case.supervised:
        obligation += s.help_supervision_effect
    if unit.subdistrict and w.communities[problem.community].unit == u:
        obligation += s.help_territory_effect
    load = load_of_unit(w, u)
    stake = score_stake(s, unit.pressure, closeness(w, u, int(case.lead)))
    known = max(regard(w, u, asker_of(w, case, part.role)), regard(w, u, int(case.lead)))
    return help_probability(s, known, obligation, load, stake)


@compiled
def is_asked(w: World, u: int, part: np.record, case: np.record) -> bool:
    """Whether a unit's part of a file is a request to help another: it is concerned, and another one leads."""
    return bool(w.settings[0].helping and case.lead >= 0 and case.lead != u and part.place >= 0)


@compiled
def refused(w: World, u: int, case: np.record, role: int) -> None:
    """A unit declined to help: whoever asked it thinks less of it."""
    asker = asker_of(w, case, role)
    note_request(w, asker, u, False)
    experience(w, asker, u, False)
    if asker != case.lead:
        experience(w, int(case.lead), u, False)


@compiled
def granted(w: World, u: int, case: np.record, role: int) -> None:
    """A unit agreed to help, although it could have declined. What its help is worth is seen when it is done."""
    w.tally[0].helped_units += 1
    note_request(w, asker_of(w, case, role), u, True)


@compiled
def help_ended(w: World, u: int, part: np.record, case: np.record, problem: np.record) -> None:
    """R21. A helper has done its part: really, and its relations with whoever leads, with the centre that called on it
    and with those who acted before it grow on both sides; or on paper, and whoever leads thinks less of it."""
    lead = int(case.lead)
    if part.paper:
        experience(w, lead, u, False)
        return
    experience(w, lead, u, True)
    experience(w, u, lead, True)
    asker = asker_of(w, case, part.role)
    if asker != lead:
        experience(w, asker, u, True)
        experience(w, u, asker, True)
    for place in range(problem.n_units):
        other = problem.true_units[place]
        if (problem.acted >> place) & 1 and other != u and other != lead:
            experience(w, other, u, True)
            experience(w, u, other, True)


@compiled
def first_asked(w: World, case: np.record, problem: np.record) -> int:
    """The place, among those that must still act and are not at work on the file, of the unit that the lead has the
    best relation with; the first of equals; −1 if there is none."""
    best, chosen = -1.0, -1
    for place in range(problem.n_units):
        unit = problem.true_units[place]
        if (problem.acted >> place) & 1 or holds(case.named, unit):
            continue
        known = regard(w, int(case.lead), unit) if case.lead >= 0 else 0.0
        if known > best:
            best, chosen = known, place
    return chosen


@compiled
def learns_of_file(w: World, case: np.record, desk: int, key: np.uint64, report: int) -> bool:
    """R3. Whether the desk of another system learns of an open file on the same problem, from whoever holds it."""
    s = w.settings[0]
    holder = int(case.lead) if case.lead >= 0 else int(case.desk)
    chance = s.desk_file_effect * regard(w, desk, holder)
    return bool(chance > 0.0 and uniform(s.key, Purpose.EARLIER_FILE, key, report) < chance)
