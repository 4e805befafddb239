"""Society first: grid officers' days, attempts to settle on the spot, holding back, patrol, and what goes up to the
centre."""

import numpy as np

from pingan_abm.behaviour.ahead import AHEAD, fetch_first, fetch_item, fetch_patch, fetch_waiting
from pingan_abm.behaviour.experience import FELT_SETTLED, all_feel
from pingan_abm.behaviour.filing import (
    PATROL_REPORT,
    begin_try,
    join_queue,
    open_file,
    register,
    system_of,
)
from pingan_abm.behaviour.meeting import ask_neighbour, call_on_reporters
from pingan_abm.behaviour.organisations import (
    ask_organisations,
    asked_by,
    result_seen,
    work_alone,
    work_day_of_organisations,
)
from pingan_abm.behaviour.remedies import PROMISED, takes_time
from pingan_abm.behaviour.residents import evaluate
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.engine.prefetch import prefetch
from pingan_abm.rules import (
    hold_back_probability,
    patrol_hazard,
    settle_probability,
    with_neighbour,
)
from pingan_abm.world.calendar import SOCIETY, Due, in_order, release, schedule
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.problems import LAPSED, LATENT, REGISTERED, SOLVED
from pingan_abm.world.tables import GRID
from pingan_abm.world.world import World

LOOKED_AT_AHEAD = 16  # latent problems, of each of which one number is looked at
MONTH_DAYS = 30.0  # over which a month's padding is spread


@compiled
def go_up(w: World, number: int, time: float) -> None:
    """Society could not settle it: a case file is opened; without an administration it is tried again, thrice, and then
    fades."""
    s, problem = w.settings[0], w.problems[number]
    if problem.file >= 0 or problem.state != REGISTERED:
        return  # a crisis, which the units have already; or its cause has stopped in public view
    if s.administrative_handling:
        w.tally[0].social_ended += 1
        open_file(w, number, time, problem.system)
    elif problem.tries <= s.repeat_tries_most:
        schedule(w, SOCIETY, Due.RETRY, number, 0, time + s.repeat_try_days, s.day + 1)
    else:
        w.tally[0].social_ended += 1
        problem.state, problem.lapsed = LAPSED, time
        w.tally[0].lapsed += 1
        log(w, time, -1, number, Activity.LAPSE, ActorKind.NOBODY, 0)


@compiled
def note_help(w: World, number: int, worked: bool) -> None:
    """R21. What became of an attempt in which an organisation helped, or that it made alone, is put down to it."""
    problem = w.problems[number]
    if problem.helper:
        result_seen(w, number, asked_by(w, number), worked)


@compiled
def settle(w: World, number: int, time: float) -> None:
    """A problem is really solved by society, and everyone affected feels it."""
    problem, book = w.problems[number], w.tally[0]
    problem.state, problem.solved, problem.by_society, problem.solved_felt = SOLVED, time, 1, 1
    book.solved += 1
    book.solved_by_society += 1
    book.settled += 1
    book.social_ended += 1
    if problem.tries > 0:  # a group settles without an attempt of the community's
        w.communities[problem.community].tries[1] += 1.0
    note_help(w, number, True)
    all_feel(w, number, w.settings[0].society_performance, FELT_SETTLED, time)
    log(w, time, -1, number, Activity.SETTLE, ActorKind.COMMUNITY, problem.community)


@compiled
def settle_or_wait(w: World, number: int, time: float) -> None:
    """R6, R22. Society has settled a problem; where it comes from a place, the place has promised to put it right."""
    if w.problems[number].place < 0 or not takes_time(w, number, PROMISED, time):
        settle(w, number, time)


@compiled
def end_try(w: World, number: int, time: float) -> None:
    """R6. The attempt ends: settled, held back for another one, or sent up."""
    s, problem = w.settings[0], w.problems[number]
    if problem.state != REGISTERED or problem.file >= 0:
        return
    call_on_reporters(w, number)
    issue, place = w.subtypes[problem.subtype], w.communities[problem.community]
    patch = w.grids[w.grids[problem.grid].patch]
    room = min(1.0, patch.granted / patch.asked) if patch.asked > 0.0 else 1.0
    room = 1.0 if problem.alone else room
    cover = 1.0 if problem.helper else 0.0
    chance = settle_probability(s, issue.solvability, issue.enforcement, cover, room, place.trust)
    if problem.mediated:
        chance, problem.mediated = with_neighbour(s, chance), 0
    draw = uniform(s.key, Purpose.TRY, problem.key, problem.tries)
    if uniform(s.key, Purpose.SITE_CHECK, problem.key, problem.tries) < s.site_check_chance:
        problem.seen = 1
    if problem.alone:
        log(w, time, -1, number, Activity.TRY, ActorKind.ORGANISATION, problem.helper - 1, problem.tries)
    else:
        log(w, time, -1, number, Activity.TRY, ActorKind.GRID_OFFICER, problem.grid, problem.tries)
    log_chance(w, chance, draw)
    place.tries[0] += 1.0
    if draw < chance:
        settle_or_wait(w, number, time)
        return
    note_help(w, number, False)
    if s.holding_back and not s.capacity_only and problem.hold_backs < s.hold_backs_most and s.administrative_handling:
        severity = min(1.0, problem.severity + problem.growth * (time - problem.onset))
        chance = hold_back_probability(s, place.pressure, severity)
        draw = uniform(s.key, Purpose.HOLD_BACK, problem.key, problem.hold_backs)
        if draw < chance:
            problem.hold_backs += 1
            log(w, time, -1, number, Activity.HOLD_BACK, ActorKind.COMMUNITY, problem.community)
            log_chance(w, chance, draw)
            schedule(w, SOCIETY, Due.RETRY, number, 0, time + s.hold_back_days, s.day + 1)
            return
    go_up(w, number, time)


@compiled
def revisit(w: World, first: int, patch: np.record, left: float) -> float:
    """Call on the complainants of closed files, oldest first, while there is time; those over seven days old are given
    up.

    Returns the minutes left.
    """
    s, number = w.settings[0], patch.revisit_head
    while number >= 0:
        closure = w.closures[number]
        if closure.due >= s.day:
            if left < s.revisit_minutes * min(1.0, patch.fulltime * patch.patch_size):
                break
            taken = min(left, s.revisit_minutes)
            left -= taken
            patch.minutes_revisits += taken
            w.tally[0].minutes_revisits += taken
            w.tally[0].revisits_made += 1
            w.grids[closure.grid].revisits_made_month += 1.0
            closure.revisited = max(float(s.day), closure.time)
            log(w, s.day + 0.5, closure.case, closure.problem, Activity.REVISIT, ActorKind.GRID_OFFICER, closure.grid)
            call_on_reporters(w, closure.problem)
            evaluate(w, number, True)
        number = closure.next
    patch.revisit_head = number
    if number < 0:
        patch.revisit_tail = -1
    return left


@compiled
def office_minutes(w: World, patch: np.record, time: float, left: float) -> float:
    """Uploads, padding, special information on order and paperwork, in this order, out of a patch's `time`. Returns the
    minutes that remain."""
    s, book = w.settings[0], w.tally[0]
    uploads = min(left, patch.uploads_today * s.upload_minutes)
    patch.uploads_today = 0.0
    left -= uploads
    padding = 0.0
    if patch.padding_due > 0.0:
        padding = min(left, patch.padding_due / MONTH_DAYS * s.padding_minutes)
        left -= padding
        patch.padding_month += padding / s.padding_minutes
        book.padded += padding / s.padding_minutes
        book.uploads += padding / s.padding_minutes
        book.padding_waiting += padding / s.padding_minutes
    orders = min(left, s.order_minutes * s.orders * time / s.officer_minutes)
    left -= orders
    paperwork = min(left, (s.paperwork_base + s.paperwork_pressure_effect * patch.pressure) * time)
    left -= paperwork
    patch.minutes_uploads += uploads + padding
    patch.minutes_paperwork += orders + paperwork
    book.minutes_uploads += uploads + padding
    book.minutes_paperwork += orders + paperwork
    return left


@compiled
def community_help(w: World, first: int) -> float:
    """Minutes that the communities of a patch give to its attempts today: their own time less paperwork, shared among
    their grids by how many problems wait."""
    s, minutes = w.settings[0], 0.0
    for number in range(first, first + w.grids[first].patch_size):
        place = w.communities[w.grids[number].community]
        waiting = 0.0
        for other in range(place.first_grid, place.first_grid + place.grids):
            waiting += w.grids[w.grids[other].patch].waiting
        if waiting > 0.0:
            free_share = 1.0 - s.paperwork_base - s.paperwork_pressure_effect * place.pressure
            minutes += s.community_minutes * place.fulltime * free_share * w.grids[first].waiting / waiting
    return minutes


@compiled
def work_queue(w: World, first: int, left: float) -> float:
    """Start attempts, first come first served, as far as the minutes of volunteers, communities and the officer go;
    what has waited five days goes up. Returns the officer's minutes left."""
    s, patch, book = w.settings[0], w.grids[first], w.tally[0]
    number = patch.head
    while number >= 0 and s.day - w.problems[number].waiting_since > s.wait_limit_days:
        patch.head = w.problems[number].next
        patch.waiting -= 1
        patch.progress = 0.0
        go_up(w, number, float(s.day))
        number = patch.head
    if number < 0:
        patch.tail = -1
        patch.progress = 0.0
    asked = patch.waiting * s.try_minutes - patch.progress
    helpers = 0
    for grid in range(first, first + patch.patch_size):
        helpers += w.grids[grid].volunteers
    volunteers = min(helpers * s.volunteer_minutes_a_day, s.volunteer_most_share * asked) if s.volunteers else 0.0
    community = min(community_help(w, first), asked - volunteers)
    officer = min(left, asked - volunteers - community)
    granted = volunteers + community + officer
    patch.asked *= s.room_keep  # what was newly asked for is added as it joins the queue
    patch.granted = s.room_keep * patch.granted + granted
    patch.progress += granted
    patch.minutes_settling += officer
    book.minutes_settling += officer
    book.minutes_volunteers += volunteers
    book.minutes_community += community
    while patch.head >= 0 and patch.progress >= s.try_minutes - 1e-9:
        number = patch.head
        problem = w.problems[number]
        patch.head = problem.next
        patch.waiting -= 1
        if problem.file >= 0 or problem.state != REGISTERED:
            continue
        patch.progress -= s.try_minutes
        begun = max(float(s.day), problem.waiting_since)
        begin_try(w, number, begun)
        ask_neighbour(w, number, begun)
        if s.organisation_work:
            community = s.community_actor + problem.community
            problem.helper = 1 + ask_organisations(w, community, number, s.organisation_days_a_try, begun)
    if patch.head < 0:
        patch.tail, patch.progress = -1, 0.0
    unused: float = left - officer
    return unused


@compiled
def find_latent(w: World) -> None:
    """R2. Patrol finds those latent problems whose threshold the grid's cumulative hazard has passed; a campaign finds
    more of its type. Once a week the list drops problems that are no longer latent."""
    s, book, kept = w.settings[0], w.tally[0], 0
    hazards = np.empty(w.grids.shape[0])  # side by side, for they are looked up once for every latent problem
    for grid in range(w.grids.shape[0]):
        hazards[grid] = w.grids[grid].hazard
    for place in range(book.latent_rows):
        row = w.latent[place]
        number = row.number
        if s.day % 7 == 6:
            prefetch(w.problems, w.latent[min(place + LOOKED_AT_AHEAD, book.latent_rows - 1)].number)
        hazard = hazards[row.grid] - row.hazard_start
        if row.issue == s.gravest_issue:
            hazard *= s.patrol_ordered_effect
        found = hazard >= row.threshold
        if row.issue == s.campaign_issue:
            extra = uniform(s.key, Purpose.CAMPAIGN_FOUND, w.problems[number].key, s.day)
            found = found or extra < s.campaign_found_a_day * s.campaign_intensity
        if (found or s.day % 7 == 6) and w.problems[number].state != LATENT:
            continue
        if found:
            problem = w.problems[number]
            system = system_of(w, GRID, problem.key, PATROL_REPORT)
            register(w, number, max(problem.onset, s.day + 0.5), GRID, system, by_patrol=True)
        else:
            if kept < place:
                w.latent[kept] = w.latent[place]
            kept += 1
    book.latent_rows = kept


@compiled
def society_day(w: World, day: int) -> None:
    """R4. Attempts that end today; then every patch's day: revisits, uploads, padding, orders, paperwork, settling,
    patrol."""
    s, book = w.settings[0], w.tally[0]
    node = in_order(w, SOCIETY, day, w.problems)
    near = fetch_first(w, node)
    while node >= 0:
        kind, number, time = w.nodes[node].kind, w.nodes[node].subject, w.nodes[node].time
        node = release(w, node)
        near = fetch_item(w, near)
        if kind == Due.TRY_ENDS:
            end_try(w, number, time)
        elif w.problems[number].state == REGISTERED and w.problems[number].file < 0:
            if s.social_cogovernance:
                join_queue(w, number, time)
            else:
                go_up(w, number, time)
    if s.organisation_work:
        work_day_of_organisations(w)
    for place in range(w.communities.shape[0]):
        worked = s.community_minutes * w.communities[place].fulltime
        share = s.paperwork_base + s.paperwork_pressure_effect * w.communities[place].pressure
        book.minutes_worked += worked
        book.minutes_paperwork += worked * share
    first = 0
    while first < w.grids.shape[0]:
        patch = w.grids[first]
        fetch_patch(w, first + AHEAD // 2 * patch.patch_size)
        fetch_waiting(w, first + AHEAD * patch.patch_size)
        posts = patch.fulltime * patch.patch_size
        time = s.officer_minutes * posts
        left = time
        book.minutes_worked += time
        if s.revisits:
            left = revisit(w, first, patch, left)
        left = office_minutes(w, patch, time, left)
        if s.social_cogovernance:
            if s.organisation_work:
                work_alone(w, first, day)
            left = work_queue(w, first, left)
        patch.minutes_patrol += left
        book.minutes_patrol += left
        if s.patrol:
            gained = patrol_hazard(s, left / posts)
            for grid in range(first, first + patch.patch_size):
                w.grids[grid].hazard += gained
        first += patch.patch_size
    find_latent(w)
