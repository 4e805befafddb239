"""The command centre's day: files sent out in turn, deadlines tracked, what is stuck escalated; and the supervisors' agendas."""

import math

import numpy as np

from pingan_abm.cases import (
    ASSISTING_ROLE,
    CLOSED,
    DISPATCHED,
    FILED,
    JOINT_TIER,
    LEAD_ROLE,
    LEVEL_1_STEP,
    LEVEL_2_STEP,
    MEETING_TIER,
    RETURNED,
    SPECIAL_STEP,
    SUPERVISION_STEP,
    SUPERVISION_TIER,
)
from pingan_abm.compiled import compiled
from pingan_abm.draws import Purpose, uniform
from pingan_abm.events import Activity, Actor, log
from pingan_abm.kernels.common import severity_at
from pingan_abm.kernels.dispatch import (
    dispatch_jointly,
    dispatch_one,
    fall_back,
    feed_back,
    is_open,
    note_dispatch,
    observed_type,
    place_of,
    second_report,
    send,
)
from pingan_abm.problems import REGISTERED
from pingan_abm.rules import agree_probability
from pingan_abm.schedule import CENTRE, Due, in_order, release, schedule

# R13. All assumed but the six stages of a meeting and its two levels (paper).
SUPERVISION_DAYS = 10.0  # that a supervised file has
MEETING_DAYS = (2.0, 3.0, 5.0, 3.0, 2.0, 1.0)  # six stages at level 2; half as long at level 1
MEETING_COST = 0.25  # staff-days a unit
SCREENING = 0.25  # what rejecting a padded upload takes, against classifying and dispatching a file
A_MONTH = (40.0, 2.0, 10.0, 5.0)  # supervisions, special-topic, level-2 and level-1 meetings in the whole district
SPECIAL_ENTROPY, SPECIAL_RULE = 0.5, 0.5  # duties as unclear as this, and no rule as strong, call for a special-topic meeting
RULE_STRENGTH, RULE_KNOWLEDGE = 0.9, 0.2  # of the rule that it sets, and added to what the centre knows


@compiled
def dispatch_anew(row: int, time: float, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, heads: np.ndarray,
                  nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray, communities: np.ndarray,
                  ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """A file sent back after its closure goes to the unit that closed it, if that unit must still act; else it is dispatched again."""
    case = cases[row]
    problem = problems[case.problem]
    case.paper, case.backstop = 0, 0
    place = place_of(problem, case.lead) if case.lead >= 0 else -1
    if place < 0 or (problem.acted >> place) & 1:
        place = -1
        for other in range(problem.n_units):
            if not (problem.acted >> other) & 1:
                place = other
                break
    if place < 0:
        dispatch_one(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties, settings,
                     events)
        return
    case.lead = problem.true_units[place]
    case.attempt += 1
    note_dispatch(row, time, False, problems, cases, heads, nodes, tally, issues, settings, events, math.nan, math.nan)
    send(row, case.lead, LEAD_ROLE, time, problems, cases, assignments, heads, nodes, tally, issues, units, ties, settings)


@compiled
def hand_off(row: int, time: float, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, heads: np.ndarray,
             nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray, ties: np.ndarray, settings: np.ndarray,
             events: np.ndarray) -> None:
    """R12. The unit that is done asks the next of those that must act; no dispatch act of the centre's."""
    case = cases[row]
    problem = problems[case.problem]
    for place in range(problem.n_units):
        unit = problem.true_units[place]
        if not (problem.acted >> place) & 1 and not (case.named >> unit) & 1:
            case.attempt += 1
            case.state = DISPATCHED
            tally[0].hand_offs += 1
            log(events, tally, time, row, case.problem, Activity.HAND_OFF, Actor.UNIT, unit, math.nan, math.nan, place)
            send(row, unit, ASSISTING_ROLE, time, problems, cases, assignments, heads, nodes, tally, issues, units, ties, settings)
            return


@compiled
def put_on_agenda(row: int, step: int, cases: np.ndarray, agendas: np.ndarray, tally: np.ndarray) -> None:
    """A file waits for supervision (1), a special-topic meeting (2), a level-2 (3) or level-1 (4) joint meeting."""
    book, case = tally[0], cases[row]
    if case.state == CLOSED or case.step == step:
        return
    agendas[step - 1, book.on_agenda[step - 1]] = row
    book.on_agenda[step - 1] += 1
    case.step = step


@compiled
def take_gravest(step: int, day: int, problems: np.ndarray, cases: np.ndarray, agendas: np.ndarray, tally: np.ndarray) -> int:
    """Drop what is closed from an agenda, and take the most severe file off it; −1 if there is none."""
    book = tally[0]
    kept, best, severity = 0, -1, -1.0
    for place in range(book.on_agenda[step - 1]):
        row = agendas[step - 1, place]
        case = cases[row]
        if case.state == CLOSED or case.step != step:
            continue
        agendas[step - 1, kept] = row
        grave = severity_at(problems[case.problem], float(day))
        if grave > severity:
            best, severity = row, grave
        kept += 1
    book.on_agenda[step - 1] = kept
    if best >= 0:
        cases[best].step = 0
    return int(best)


@compiled
def supervise(row: int, time: float, crisis: bool, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray,
              heads: np.ndarray, nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray,
              communities: np.ndarray, ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """R13. Supervision with a deadline: the file comes first, units that refused may be asked again, and what nobody works on goes
    out jointly. A crisis brings a mandate too."""
    s, case = settings[0], cases[row]
    problem = problems[case.problem]
    case.supervised, case.supervised_at, case.tier = 1, time, max(case.tier, SUPERVISION_TIER)
    case.mandate = 1 if crisis else case.mandate
    case.returned = 0
    tally[0].supervisions += 1
    log(events, tally, time, row, case.problem, Activity.SUPERVISION, Actor.COMMISSION, 0, math.nan, math.nan, 1 if crisis else 0)
    if crisis or (is_open(case) and case.pending == 0):
        case.backstop = 0
        dispatch_jointly(row, SUPERVISION_TIER, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities,
                         ties, settings, events)
    schedule(heads, nodes, tally, CENTRE, Due.SUPERVISION_OVERDUE, row, 0, time + SUPERVISION_DAYS, s.day + 1)
    seen_as = issues[observed_type(problem, issues)]
    if s.special_meetings and s.joint_meetings and seen_as.entropy > SPECIAL_ENTROPY and seen_as.rule <= SPECIAL_RULE:
        wait = 2.0 + 8.0 * uniform(s.key, Purpose.SPECIAL_WAIT, case.key, 0)
        schedule(heads, nodes, tally, CENTRE, Due.AGENDA, row, SPECIAL_STEP, time + wait, s.day + 1)


@compiled
def hold_special(row: int, time: float, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, heads: np.ndarray,
                 nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray, communities: np.ndarray,
                 ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """R13. The conduct office's special-topic meeting sets a working rule for the class of case, and applies it to this one.
    Without learning it only sends this one out."""
    case = cases[row]
    problem = problems[case.problem]
    kind = observed_type(problem, issues)
    if issues[kind].rule > SPECIAL_RULE:
        return
    tally[0].special_meetings += 1
    if settings[0].learning:
        issues[kind].rule = RULE_STRENGTH
        issues[kind].knowledge = min(1.0, issues[kind].knowledge + RULE_KNOWLEDGE)
        tally[0].working_rules += 1
    log(events, tally, time, row, case.problem, Activity.SPECIAL_MEETING, Actor.MEETING, SPECIAL_STEP, math.nan, math.nan, kind)
    charge_units(problem, units)
    if is_open(case) and case.pending == 0:
        dispatch_jointly(row, SUPERVISION_TIER, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities,
                         ties, settings, events)


@compiled
def charge_units(problem: np.record, units: np.ndarray) -> None:
    """A meeting costs every unit concerned a quarter of a staff-day."""
    for place in range(problem.n_units):
        units[problem.true_units[place]].carried += MEETING_COST


@compiled
def log_stages(row: int, number: int, end: float, share: float, events: np.ndarray, tally: np.ndarray, step: int) -> None:
    """The six stages of a joint meeting, each at the time it began."""
    time = end
    for stage in range(len(MEETING_DAYS) - 1, -1, -1):
        time -= share * MEETING_DAYS[stage]
        log(events, tally, time, row, number, Activity.APPLICATION + stage, Actor.MEETING, step, math.nan, math.nan, step)


@compiled
def end_meeting(row: int, step: int, time: float, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray,
                heads: np.ndarray, nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray,
                communities: np.ndarray, ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """R13. A joint supervision meeting ends. Level 2 may not agree, then level 1 decides: the true set, with a mandate, jointly."""
    s, case = settings[0], cases[row]
    if not is_open(case):
        return
    problem = problems[case.problem]
    log_stages(row, case.problem, time, 1.0 if step == LEVEL_2_STEP else 0.5, events, tally, step)
    charge_units(problem, units)
    if step == LEVEL_2_STEP:
        chance = agree_probability(float(problem.n_units), problem.difficulty, issues[problem.issue].entropy)
        draw = uniform(s.key, Purpose.AGREES, case.key, 0)
        if draw >= chance:
            log(events, tally, time, row, case.problem, Activity.NOT_AGREED, Actor.MEETING, step, chance, draw, 0)
            wait = 5.0 + 10.0 * uniform(s.key, Purpose.LEVEL_1_WAIT, case.key, 0)
            schedule(heads, nodes, tally, CENTRE, Due.AGENDA, row, LEVEL_1_STEP, time + wait, s.day + 1)
            return
    case.decided, case.mandate, case.returned, case.backstop = 1, 1, 0, 0
    problem.seen = 1
    log(events, tally, time, row, case.problem, Activity.DECIDED, Actor.MEETING, step, math.nan, math.nan, problem.n_units)
    dispatch_jointly(row, MEETING_TIER, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                     settings, events)


@compiled
def hold(step: int, row: int, time: float, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, heads: np.ndarray,
         nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray, communities: np.ndarray, ties: np.ndarray,
         settings: np.ndarray, events: np.ndarray) -> bool:
    """R13. Supervise a file, or begin the meeting on it; False when no special-topic meeting is needed, since a rule exists."""
    book, day = tally[0], settings[0].day
    if step == SUPERVISION_STEP:
        supervise(row, time, False, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties, settings,
                  events)
    elif step == SPECIAL_STEP:
        if issues[observed_type(problems[cases[row].problem], issues)].rule > SPECIAL_RULE:
            return False
        hold_special(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties, settings,
                     events)
    elif step == LEVEL_2_STEP:
        book.level_2 += 1
        schedule(heads, nodes, tally, CENTRE, Due.MEETING_ENDS, row, step, time + sum(MEETING_DAYS), day + 1)
    else:
        book.level_1 += 1
        schedule(heads, nodes, tally, CENTRE, Due.MEETING_ENDS, row, step, time + 0.5 * sum(MEETING_DAYS), day + 1)
    return True


@compiled
def convene(day: int, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, agendas: np.ndarray, heads: np.ndarray,
            nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray, communities: np.ndarray,
            ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """R13. The supervisors take from their agendas, most severe first, as many as their month allows (carried over)."""
    book = tally[0]
    for step in range(SUPERVISION_STEP, LEVEL_1_STEP + 1):
        book.tokens[step - 1] += A_MONTH[step - 1] * settings[0].scale / 30.4
        while book.tokens[step - 1] >= 1.0 and book.on_agenda[step - 1] > 0:
            row = take_gravest(step, day, problems, cases, agendas, tally)
            if row < 0:
                break
            if hold(step, row, day + 0.9, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                    settings, events):
                book.tokens[step - 1] -= 1.0


@compiled
def ask_for_supervision(kind: int, row: int, time: float, problems: np.ndarray, cases: np.ndarray, heads: np.ndarray, nodes: np.ndarray,
                        tally: np.ndarray, issues: np.ndarray, settings: np.ndarray) -> None:
    """R13. A joint dispatch is overdue, or a file has been open three times its target: it comes before supervision, once. While the law
    makes it wait (R9b) it is not late; one long open is looked at again when it has had its time after that."""
    s, case = settings[0], cases[row]
    problem = problems[case.problem]
    if problem.clear_from > time or (kind == Due.JOINT_OVERDUE and case.due > time + 1e-9):
        if kind == Due.LONG_OPEN:
            more = 2.0 * issues[problem.issue].target_days
            schedule(heads, nodes, tally, CENTRE, Due.LONG_OPEN, row, 0, problem.clear_from + more, s.day + 1)
    elif s.supervision and is_open(case) and not case.supervised and (kind == Due.LONG_OPEN or problem.n_units > 1):
        wait = 1.0 + 6.0 * uniform(s.key, Purpose.SUPERVISION_WAIT, case.key, 0)
        schedule(heads, nodes, tally, CENTRE, Due.AGENDA, row, SUPERVISION_STEP, time + wait, s.day + 1)


@compiled
def centre_day(day: int, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, agendas: np.ndarray,
               heads: np.ndarray, nodes: np.ndarray, tally: np.ndarray, issues: np.ndarray, units: np.ndarray,
               communities: np.ndarray, ties: np.ndarray, settings: np.ndarray, events: np.ndarray) -> None:
    """Everything due at the centre today, then its queue: `centre_items` items a day, first come first served, padding included."""
    s = settings[0]
    node = in_order(heads, nodes, CENTRE, day, cases)
    while node >= 0:
        kind, row, part, time = nodes[node].kind, nodes[node].subject, nodes[node].part, nodes[node].time
        node = release(nodes, tally, node)
        case = cases[row]
        if kind == Due.REDISPATCH:
            if part == 1 and case.state == CLOSED:
                dispatch_anew(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                              settings, events)
            elif case.state == FILED or (case.state == RETURNED and case.pending == 0):
                dispatch_one(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                             settings, events)
        elif kind == Due.HAND_OFF:
            if is_open(case) and case.pending == 0 and problems[case.problem].state != REGISTERED:
                feed_back(row, case.lead, time, cases, tally, events)  # another file on it got it solved meanwhile
            elif is_open(case) and case.pending == 0:
                hand_off(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, ties, settings, events)
        elif kind == Due.BACKSTOP:
            waited = case.state == RETURNED and case.pending == 0 and (part == 1 or time - case.unowned_since >= 29.99)
            if waited and not case.backstop:
                fall_back(row, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties, settings,
                          events)
        elif kind == Due.OVERDUE:
            if is_open(case) and not case.joint and case.due <= time + 1e-9:
                second_report(row, time, cases, heads, nodes, tally, settings)
        elif kind == Due.SECOND_REPORT:
            if is_open(case) and not case.joint:
                log(events, tally, time, row, case.problem, Activity.SECOND_REPORT, Actor.GRID_OFFICER,
                    problems[case.problem].grid, math.nan, math.nan, 0)
                case.returned = 0
                dispatch_jointly(row, JOINT_TIER, time, problems, cases, assignments, heads, nodes, tally, issues, units,
                                 communities, ties, settings, events)
        elif kind == Due.JOINT_OVERDUE or kind == Due.LONG_OPEN:
            ask_for_supervision(kind, row, time, problems, cases, heads, nodes, tally, issues, settings)
        elif kind == Due.AGENDA:
            if is_open(case) and not (part == SUPERVISION_STEP and case.supervised):
                put_on_agenda(row, part, cases, agendas, tally)
        elif kind == Due.SUPERVISION_OVERDUE:
            if part == 1:
                if is_open(case):
                    supervise(row, time, True, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                              settings, events)
            elif s.joint_meetings and is_open(case) and not case.decided:
                schedule(heads, nodes, tally, CENTRE, Due.AGENDA, row, LEVEL_2_STEP, s.next_tenth, day + 1)
        elif kind == Due.MEETING_ENDS:
            end_meeting(row, part, time, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties,
                        settings, events)
    send_out(day, problems, cases, assignments, heads, nodes, tally, issues, units, communities, ties, settings, events)


@compiled
def send_out(day: int, problems: np.ndarray, cases: np.ndarray, assignments: np.ndarray, heads: np.ndarray, nodes: np.ndarray,
             tally: np.ndarray, issues: np.ndarray, units: np.ndarray, communities: np.ndarray, ties: np.ndarray,
             settings: np.ndarray, events: np.ndarray) -> None:
    """Step 3. The queue of the centre. Officers' padding takes its share of the items it can look at in a day."""
    s, book = settings[0], tally[0]
    waiting = book.centre_waiting + SCREENING * book.padding_waiting
    room = s.centre_items + book.centre_carry
    share = min(1.0, room / waiting) if waiting > 0.0 else 0.0
    book.padding_waiting -= share * book.padding_waiting
    room = share * book.centre_waiting + 1e-9 if share < 1.0 else book.centre_waiting + 1e-9
    book.centre_carry = min(1.0, room - int(room)) if share < 1.0 else 0.0
    for _ in range(int(room)):
        row = book.centre_head
        if row < 0:
            break
        case = cases[row]
        book.centre_head = case.next
        book.centre_waiting -= 1
        if case.state == FILED:  # a crisis may have been sent out while it waited
            dispatch_one(row, max(float(day), case.opened), problems, cases, assignments, heads, nodes, tally, issues, units,
                         communities, ties, settings, events)
    if book.centre_head < 0:
        book.centre_tail = -1
