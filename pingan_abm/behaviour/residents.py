"""What residents do on a day: report or stay silent, report again, feel an outcome, rate it. Some problems fade, and
some become crises."""

import math

import numpy as np

from pingan_abm.behaviour.ahead import fetch_first, fetch_item
from pingan_abm.behaviour.arise import begin
from pingan_abm.behaviour.cooperation import learns_of_file
from pingan_abm.behaviour.experience import FELT_LAPSED, FELT_PAPER, all_feel, member_feels
from pingan_abm.behaviour.filing import (
    CRISIS_REPORT,
    affected_resident,
    desk_of,
    open_file,
    register,
    report_number,
    system_of,
)
from pingan_abm.behaviour.hearing import note_news, spread_news
from pingan_abm.behaviour.public import comply, may_go_public, report_in_media
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.rules import (
    performance,
    repeat_probability,
    report_probability,
    time_of_decision,
)
from pingan_abm.world.calendar import (
    CENTRE,
    RESIDENTS,
    Due,
    channel_in,
    in_order,
    release,
    schedule,
    system_in,
    way_of,
)
from pingan_abm.world.cases import BY_COMPLAINT, CLOSED
from pingan_abm.world.events import Activity, ActorKind, log, log_chance
from pingan_abm.world.population import REPORTED
from pingan_abm.world.problems import DETERRED, LAPSED, LATENT, MOST_UNITS, REGISTERED, SOLVED
from pingan_abm.world.tables import EHOME, GRID, HOTLINE, POLICE, STUDIO
from pingan_abm.world.world import World

EVENING = 0.99  # of the day, when closures are rated


@compiled
def channel_weight(w: World, channel: int, digital: float, police_factor: float) -> float:
    """How readily a report takes a channel; digital access turns people from the grid officer to the app. Assumed."""
    s = w.settings[0]
    use = float(s.channel_use[channel])
    if channel == GRID:
        return float(use * (1.0 + s.usual_digital_access - digital))
    if channel == EHOME:
        return float(use * digital / s.usual_digital_access)
    if channel == POLICE:
        return use * police_factor
    return use if channel != STUDIO or s.studios > 0 else 0.0


@compiled
def choose_channel(w: World, digital: float, police_factor: float, draw: float) -> int:
    """The channel of one report, by the weights."""
    total = 0.0
    for channel in range(STUDIO + 1):
        total += channel_weight(w, channel, digital, police_factor)
    left = draw * total
    for channel in range(STUDIO + 1):
        left -= channel_weight(w, channel, digital, police_factor)
        if left < 0.0:
            return channel
    return HOTLINE


@compiled
def report_again(w: World, number: int, report: int, i: int, channel: int, time: float) -> None:
    """R3. A report on a registered problem: noted on the file that its system holds (a closed one is reopened), else a
    second file."""
    problem, book = w.problems[number], w.tally[0]
    book.repeat_reports += 1
    if problem.file < 0:
        return
    system = system_of(w, channel, problem.key, report)
    case = w.cases[problem.file]
    elsewhere = not (problem.systems >> system) & 1
    if elsewhere and not learns_of_file(w, case, desk_of(w, problem, system), problem.key, report):
        open_file(w, number, time, system, duplicate=True)
        return
    log(w, time, problem.file, number, Activity.MERGE, ActorKind.RESIDENT, i, channel)
    case.repeats += 1
    if math.isnan(case.first_repeat):
        case.first_repeat = time
    if case.state == CLOSED and math.isnan(w.closures[case.last_closure].reopened):
        w.closures[case.last_closure].reopened = time
        w.closures[case.last_closure].by = BY_COMPLAINT
        book.reopened_by_complaint += 1
        case.reopened += 1
        log(w, time, problem.file, number, Activity.REOPEN, ActorKind.RESIDENT, i, BY_COMPLAINT)
        schedule(w, CENTRE, Due.REDISPATCH, problem.file, 1, time, w.settings[0].day)


@compiled
def decide(w: World, number: int, member: int, time: float) -> None:
    """R1, R2. One affected resident makes up her mind, once: report through a channel, or stay silent."""
    s, problem, book = w.settings[0], w.problems[number], w.tally[0]
    if problem.state != LATENT and problem.state != REGISTERED:
        return
    issue, i = w.issues[problem.issue], affected_resident(w, problem, member)
    person = w.residents[i]
    severity = min(1.0, problem.severity + problem.growth * (time - problem.onset))
    trust, habit = np.float64(w.trust[i]), w.communities[problem.community].habit
    heard, others = np.float64(w.heard[i]) if s.hearing else 0.0, float(problem.affected)
    chance = report_probability(s, severity, trust, float(person.owner), person.digital, habit, others, heard)
    draw = uniform(s.key, Purpose.REPORTS, problem.key, member)
    if draw >= chance:
        return
    which = uniform(s.key, Purpose.CHANNEL, problem.key, member)
    channel = choose_channel(w, person.digital, issue.hotline_factor, which)
    book.same_reporter += (problem.reported >> member) & 1  # an injected problem is reported at once by the first
    problem.reported |= 1 << member
    person.reports += 1
    person.rung = max(person.rung, REPORTED)
    book.reports += 1
    issue.reports_recent += 1.0
    w.communities[problem.community].reports += 1.0
    log(w, time, problem.file, number, Activity.REPORT, ActorKind.RESIDENT, i, channel)
    log_chance(w, chance, draw)
    if math.isnan(problem.first_report):
        problem.first_report = time
    if problem.state == REGISTERED:
        report_again(w, number, member, i, channel, time)
    elif not problem.pending:
        problem.pending = 1
        system = system_of(w, channel, problem.key, member)
        delay = s.registration_days_joined if system == 0 else s.registration_days_own
        if int(time + delay) <= s.day:
            register(w, number, time + delay, channel, system)
        else:
            schedule(w, RESIDENTS, Due.REGISTRATION, number, way_of(channel, system), time + delay, s.day + 1)


@compiled
def reporters_again(w: World, number: int, felt: bool, round_number: int, time: float) -> int:
    """Each of a problem's reporters decides whether to report again; how many did."""
    s, problem, count = w.settings[0], w.problems[number], 0
    for member in range(problem.affected):
        if not (problem.reported >> member) & 1:
            continue
        i = affected_resident(w, problem, member)
        report = report_number(member, 1 + round_number)
        purpose = Purpose.FELT_REPEAT if felt else Purpose.REPEAT
        draw = uniform(s.key, purpose, problem.key, report)
        chance = repeat_probability(s, felt, np.float64(w.trust[i]))
        if draw >= chance:
            continue
        count += 1
        which = uniform(s.key, Purpose.CHANNEL_AGAIN, problem.key, report)
        channel = choose_channel(w, w.residents[i].digital, w.issues[problem.issue].hotline_factor, which)
        w.residents[i].reports += 1
        w.tally[0].reports += 1
        w.tally[0].same_reporter += 1
        w.issues[problem.issue].reports_recent += 1.0
        w.communities[problem.community].reports += 1.0
        log(w, time, problem.file, number, Activity.REPORT, ActorKind.RESIDENT, i, channel)
        log_chance(w, chance, draw)
        report_again(w, number, report, i, channel, time)
        may_go_public(w, number, i, report, time)
    return count


@compiled
def feel_paper(w: World, number: int, time: float) -> None:
    """R2, R15. A paper closure is felt by everyone affected (chance `recur`), and reporters may report again; or it
    fades."""
    s, problem = w.settings[0], w.problems[number]
    if problem.state != REGISTERED or problem.file < 0 or w.cases[problem.file].state != CLOSED:
        return
    problem.felts += 1
    chance = w.subtypes[problem.subtype].recur if s.recurrence else 0.0
    draw = uniform(s.key, Purpose.RECURS, problem.key, problem.felts)
    if draw >= chance:
        problem.state, problem.lapsed = LAPSED, time
        w.tally[0].lapsed += 1
        log(w, time, problem.file, number, Activity.LAPSE, ActorKind.NOBODY, 0)
        log_chance(w, chance, draw)
        return
    log(w, time, problem.file, number, Activity.FELT, ActorKind.RESIDENT, problem.resident)
    log_chance(w, chance, draw)
    all_feel(w, number, s.paper_performance, FELT_PAPER + problem.felts, time)
    again = 0
    if s.repeat_reports:
        again = reporters_again(w, number, True, problem.felts, time)
    if again == 0 or math.isnan(w.closures[w.cases[problem.file].last_closure].reopened):
        wait = s.felt_days * exponential(s.key, Purpose.FELT_AGAIN, problem.key, problem.felts)
        schedule(w, RESIDENTS, Due.FELT, number, 0, time_of_decision(time, wait, s.weekday, s.pace), s.day + 1)


@compiled
def break_out(w: World, number: int, time: float) -> None:
    """A problem becomes a crisis: it is known at once, two units more must act, its holder faces the veto, neighbours
    lose trust."""
    s, problem = w.settings[0], w.problems[number]
    if problem.state != LATENT and problem.state != REGISTERED:
        return
    problem.crisis = 1
    w.tally[0].crises += 1
    log(w, time, problem.file, number, Activity.CRISIS, ActorKind.NOBODY, 0, problem.issue)
    grid = w.grids[problem.grid]
    for i in range(grid.start, grid.start + grid.people):
        w.trust[i] -= np.float32(s.crisis_trust_share * s.trust_loss) * w.trust[i]
    for more in (s.crisis_unit_1, s.crisis_unit_2):
        inside = more < 0 or problem.n_units >= MOST_UNITS
        for place in range(problem.n_units):
            inside = inside or problem.true_units[place] == more
        if not inside:
            problem.true_units[problem.n_units] = more
            problem.n_units += 1
    if problem.state == LATENT:
        register(w, number, time, POLICE, system_of(w, POLICE, problem.key, CRISIS_REPORT))
    holder = w.communities[problem.community].unit
    if problem.file >= 0 and w.cases[problem.file].lead >= 0:
        holder = w.cases[problem.file].lead
    if s.one_vote_veto:
        w.units[holder].veto_until = s.day + s.veto_days
    if s.administrative_handling:
        if problem.file < 0:
            open_file(w, number, time, problem.system)
        w.cases[problem.file].veto = 1
        if s.command_centre:
            schedule(w, CENTRE, Due.SUPERVISION_OVERDUE, problem.file, 1, time, s.day)
    report_in_media(w, number, time)


@compiled
def evaluate(w: World, closure_number: int, revisited: bool) -> None:
    """Step 7. Those affected live with the closure; complainants rate it (40 %, or 70 % of those who were called on).

    A real solution is felt once. A closure on paper is believed by some at first, and felt as bad by the others; what
    they tell their contacts follows from what they believe.
    """
    s, closure = w.settings[0], w.closures[closure_number]
    if closure.evaluated:
        return
    closure.evaluated = 1
    problem, case = w.problems[closure.problem], w.cases[closure.case]
    if closure.duplicate and (problem.state != SOLVED or problem.solved_felt):
        return
    solved = problem.state == SOLVED
    if solved and problem.solved_felt:
        return
    if solved:
        problem.solved_felt = 1
    target = w.subtypes[problem.subtype].target_days
    late = problem.solved - problem.registered - target if solved else 0.0
    worth = performance(s, late, target, float(case.returns), revisited)
    glad = sorry = 0  # residents who hear of it
    good, chance = 0, s.rating_share_revisited if revisited else s.rating_share
    for member in range(problem.affected):
        i, key = affected_resident(w, problem, member), problem.key + np.uint64(member)
        believes = solved
        if not solved:
            believes = uniform(s.key, Purpose.BELIEVED, key, case.closures) < s.believed_share
            worth = s.believed_performance if believes else s.paper_performance
        reporter = (problem.reported >> member) & 1 == 1
        felt = member_feels(w, closure.problem, member, worth, case.closures, s.day + EVENING)
        if s.hearing:
            hearers = spread_news(w, closure.problem, member, believes, case.closures)
            glad, sorry = glad + hearers * believes, sorry + hearers * (not believes)
        good += 1 if felt >= s.satisfied_from else 0
        if reporter:
            draw = uniform(s.key, Purpose.RATES, key, case.closures)
            if draw < chance:
                closure.ratings += 1
                closure.good += 1 if felt >= s.satisfied_from else 0
                w.tally[0].ratings += 1
                w.tally[0].good_ratings += 1 if felt >= s.satisfied_from else 0
                log(
                    w,
                    s.day + EVENING,
                    closure.case,
                    closure.problem,
                    Activity.RATE,
                    ActorKind.RESIDENT,
                    i,
                    int(100 * felt),
                )
                log_chance(w, chance, draw)
    problem.felt_all, problem.felt_good = problem.affected, good
    note_news(w, closure.problem, s.day + EVENING, glad, sorry)
    log(w, s.day + EVENING, closure.case, closure.problem, Activity.EVALUATE, ActorKind.CENTRE, 0, closure.ratings)


@compiled
def residents_day(w: World, day: int) -> None:
    """Everything on the residents' list for the day, in the order it was put there."""
    node = in_order(w, RESIDENTS, day, w.problems)
    near = fetch_first(w, node)
    while node >= 0:
        kind, item, part, time = w.nodes[node].kind, w.nodes[node].subject, w.nodes[node].part, w.nodes[node].time
        node = release(w, node)
        near = fetch_item(w, near)
        problem = w.problems[item if kind != Due.EVALUATION else 0]
        if kind == Due.DECISION:
            decide(w, item, part, time)
        elif kind == Due.REGISTRATION:
            register(w, item, time, channel_in(part), system_in(part))
        elif kind == Due.LAPSE:
            if problem.state == LATENT:
                problem.state, problem.lapsed = LAPSED, time
                w.tally[0].lapsed += 1
                w.tally[0].latent -= 1
                log(w, time, -1, item, Activity.LAPSE, ActorKind.NOBODY, 0)
                if problem.reported:
                    all_feel(w, item, w.settings[0].lapsed_performance, FELT_LAPSED, time)
        elif kind == Due.AGAIN:
            if problem.state == REGISTERED:
                reporters_again(w, item, False, 0, time)
        elif kind == Due.FELT:
            feel_paper(w, item, time)
        elif kind == Due.COMPLIANCE:
            comply(w, item, time)
        elif kind == Due.EVALUATION:
            evaluate(w, item, False)
        elif kind == Due.CRISIS:
            break_out(w, item, time)
        elif kind == Due.ONSET and problem.state == DETERRED:
            begin(w, item, max(time, float(day)))
            w.needs[problem.community, problem.issue] += 1.0
            w.tally[0].deterred -= 1
        if node < 0:  # residents affected by a problem that arose just now may decide today
            node = in_order(w, RESIDENTS, day, w.problems)


@compiled
def leave_volunteers(w: World, month: int) -> int:
    """Once a month: a fiftieth of the volunteers stop for reasons of their own. Returns how many remain."""
    s, left = w.settings[0], 0
    for i in range(w.residents.shape[0]):
        if w.residents[i].volunteer:
            draw = uniform(s.key, Purpose.LEAVES_BY_AND_BY, np.uint64(i), month)
            if draw < s.volunteer_exit_chance:
                w.residents[i].volunteer = 0
                w.grids[w.residents[i].grid].volunteers -= 1
            else:
                left += 1
    return left
