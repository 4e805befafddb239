"""R17, R21. What organisations do from day to day: help those who ask, take problems from the communities' lists by
themselves, and are seen to solve or fail; and the rules that their lives follow."""

import numpy as np

from pingan_abm.behaviour.cooperation import experience, note_request, regard
from pingan_abm.behaviour.filing import begin_try
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import aligned_target, commitment, help_probability, renewal_probability
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.tables import MECHANISMS
from pingan_abm.world.world import World

ROOM_FOR_TRIES = 1 << 20  # between the numbers of the draws of two organisations asked about one problem
MOST_TRIES = 1 << 10  # at one problem
CENTRE_ASKS, GROUP_ASKS = ROOM_FOR_TRIES // 2, ROOM_FOR_TRIES // 4  # from where their requests are numbered
BY_ITSELF, BY_REQUEST = 1, 2  # why an organisation works without the officer; a group's number is added to the second


@compiled
def commits(w: World, dependence: float, trust_in_centre: float) -> float:
    """R17. Share of an organisation's days that goes to coordinated work."""
    return commitment(w.settings[0], dependence, trust_in_centre)


@compiled
def aligns(w: World, dependence: float) -> float:
    """R17. Where an organisation's alignment with government drifts."""
    return aligned_target(w.settings[0], dependence)


@compiled
def renews(w: World, alignment: float, settled: float) -> float:
    """R17. Chance that a contract is renewed."""
    return renewal_probability(w.settings[0], alignment, settled)


@compiled
def most_at_hand(w: World, days: float, cost: float) -> float:
    """Organisation-days that can be kept for later: those of some days, and at least what one request takes."""
    return float(max(cost, days * w.settings[0].days_kept)) if days > 0.0 else 0.0


@compiled
def work_day_of_organisations(w: World) -> None:
    """A day's work comes to hand in every organisation, by field; what is not used is kept for a while."""
    cost = w.settings[0].organisation_days_a_try
    for number in range(w.organisations.shape[0]):
        one = w.organisations[number]
        for field in range(MECHANISMS):
            asked, own = one.duty_days * one.mix[field], one.own_days * one.needs[field]
            one.bank[field] = min(most_at_hand(w, asked, cost), one.bank[field] + asked)
            one.own_bank[field] = min(most_at_hand(w, own, cost), one.own_bank[field] + own)


@compiled
def load_of(w: World, days: float, at_hand: float, cost: float) -> float:
    """How busy an organisation is, 0–2: 0 with all the days at hand that it can keep, 2 with none."""
    most = most_at_hand(w, days, cost)
    return 2.0 * (1.0 - at_hand / most) if most > 0.0 else 2.0


@compiled
def organisation_helps(w: World, number: int, asker: int, field: int, cost: float) -> float:
    """R21. Chance that an organisation grants a request of the community or the centre: a contract obliges it by the
    government's share of its income."""
    s, one = w.settings[0], w.organisations[number]
    known = regard(w, s.organisation_actor + number, asker)
    load = load_of(w, one.duty_days * one.mix[field], one.bank[field], cost)
    obligation = s.organisation_help_base + s.help_contract_effect * one.dependence
    if s.three_society_link and s.community_actor <= asker < s.group_actor:
        obligation += s.social_worker_effect
    return help_probability(s, known, obligation, load, 0.0)


@compiled
def number_of_request(w: World, asker: int, number: int, one: int) -> int:
    """The number of the draws of one organisation that is asked about a problem: by the community, a group or the
    centre."""
    s, whose = w.settings[0], 0
    if asker == s.centre_actor:
        whose = CENTRE_ASKS
    elif asker >= s.group_actor:
        whose = GROUP_ASKS + int(asker - s.group_actor) * MOST_TRIES
    return int(one) * ROOM_FOR_TRIES + whose + int(w.problems[number].tries)


@compiled
def best_known(w: World, asker: int, number: int, cost: float, asked: np.ndarray) -> int:
    """Which organisation an actor asks first about a problem: of those that work in its field and community and have
    the days at hand, the one it has the best relation with, but for a keyed whim; −1 if there is none. asked: those
    already asked."""
    s, problem = w.settings[0], w.problems[number]
    field = w.issues[problem.issue].mechanism
    slot = problem.community * MECHANISMS + field
    best, chosen = -1.0, -1
    for place in range(w.roster_starts[slot], w.roster_starts[slot + 1]):
        one = w.roster[place]
        if w.organisations[one].bank[field] < cost or w.organisations[one].mix[field] <= 0.0:
            continue
        before = False
        for other in asked:
            before = before or other == one
        if before:
            continue
        whim = uniform(s.key, Purpose.ASKED_FIRST, problem.key, number_of_request(w, asker, number, one))
        known = regard(w, asker, s.organisation_actor + one) + s.ask_whim * whim
        if known > best:
            best, chosen = known, int(one)
    return chosen


@compiled
def ask_organisations(w: World, asker: int, number: int, cost: float, time: float) -> int:
    """R21. An actor asks organisations one after the other for help with a problem; the number of the one that agrees,
    −1 if none does. Whoever refuses is thought less of."""
    s, problem = w.settings[0], w.problems[number]
    field = w.issues[problem.issue].mechanism
    asked = np.full(s.organisations_asked_most, -1, np.int64)
    for attempt in range(s.organisations_asked_most):
        one = best_known(w, asker, number, cost, asked)
        if one < 0:
            break
        asked[attempt] = one
        chance = 1.0 - organisation_helps(w, one, asker, field, cost)
        draw = uniform(s.key, Purpose.ORGANISATION_HELPS, problem.key, number_of_request(w, asker, number, one))
        agrees = draw >= chance
        note_request(w, asker, s.organisation_actor + one, agrees)
        activity = Activity.HELP if agrees else Activity.REFUSE
        log(w, time, problem.file, number, activity, ActorKind.ORGANISATION, one, asker)
        log_chance(w, chance, draw)
        if agrees:
            w.organisations[one].bank[field] -= cost
            w.organisations[one].duty_work += cost
            return one
        experience(w, asker, s.organisation_actor + one, False)
    return -1


@compiled
def ask_for_group(w: World, group: int, number: int, time: float) -> int:
    """R5, R21. A grassroots group asks organisations to take on what it cannot settle; the number of the one that
    agrees, −1 if none does."""
    s = w.settings[0]
    if not (s.studios_ask and s.organisation_work and s.social_cogovernance):
        return -1
    w.tally[0].studio_requests += 1
    return ask_organisations(w, int(s.group_actor) + group, number, s.organisation_days_a_try, time)


@compiled
def asked_by(w: World, number: int) -> int:
    """Whose request an organisation follows in the present attempt at a problem: a group's, or the community's."""
    s, problem = w.settings[0], w.problems[number]
    if problem.alone >= BY_REQUEST:
        return int(s.group_actor + problem.alone - BY_REQUEST)
    return int(s.community_actor + problem.community)


@compiled
def result_seen(w: World, number: int, asker: int, worked: bool) -> None:
    """R21. An organisation is seen to solve a problem, or to fail: its record, and its relation with whoever asked."""
    one = w.problems[number].helper - 1
    actor = w.settings[0].organisation_actor + one
    w.organisations[one].worked += 1.0 if worked else 0.0
    w.organisations[one].failed += 0.0 if worked else 1.0
    experience(w, asker, actor, worked)
    if worked:
        experience(w, actor, asker, True)
    w.problems[number].helper = w.problems[number].alone = 0


@compiled
def takes_up(w: World, number: int, day: int) -> int:
    """R21. The organisation that takes a waiting problem up by itself, −1 if none does: each that has days of its own
    at hand decides, those that know the community better first. Dependence makes it shy of what residents need and
    government does not want."""
    s, problem = w.settings[0], w.problems[number]
    field, community = w.issues[problem.issue].mechanism, s.community_actor + problem.community
    slot, best, chosen = problem.community * MECHANISMS + field, -1.0, -1
    cost = s.organisation_days_a_try
    for place in range(w.roster_starts[slot], w.roster_starts[slot + 1]):
        number_of = w.roster[place]
        one = w.organisations[number_of]
        known = regard(w, s.organisation_actor + number_of, community)
        if one.own_bank[field] < cost or known <= best:
            continue
        obligation = s.own_initiative_base - s.wish_dependence_effect * one.dependence * one.differs[field]
        load = load_of(w, one.own_days * one.needs[field], one.own_bank[field], cost)
        chance = help_probability(s, known, obligation, load, 0.0)
        if uniform(s.key, Purpose.OWN_INITIATIVE, problem.key, int(number_of) * ROOM_FOR_TRIES + day) < chance:
            best, chosen = known, int(number_of)
    return chosen


@compiled
def work_alone(w: World, first: int, day: int) -> None:
    """R21. Organisations take problems that wait in a patch from the list, and try to settle them without the
    officer."""
    s, patch, before = w.settings[0], w.grids[first], -1
    number = patch.head
    while number >= 0:
        problem = w.problems[number]
        following = problem.next
        one = takes_up(w, number, day) if problem.file < 0 else -1
        if one < 0:
            before, number = number, following
            continue
        if before >= 0:
            w.problems[before].next = following
        else:
            patch.head = following
        if following < 0:
            patch.tail = before
        patch.waiting -= 1
        patch.granted += s.try_minutes  # nobody else has to find the time for it
        field = w.issues[problem.issue].mechanism
        w.organisations[one].own_bank[field] -= s.organisation_days_a_try
        w.organisations[one].own_work += s.organisation_days_a_try
        problem.helper, problem.alone, problem.next = 1 + one, BY_ITSELF, -1
        w.tally[0].own_initiatives += 1
        begin_try(w, number, max(float(day), problem.waiting_since))
        number = following
