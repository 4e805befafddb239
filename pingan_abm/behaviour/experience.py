"""What several actors make residents live through: satisfaction, expectation and trust move with an outcome."""

import numpy as np

from pingan_abm.behaviour.filing import affected_resident
from pingan_abm.behaviour.hearing import note_news, spread_news, volunteer_from_now
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import joins_after_success, satisfaction_of, trust_after
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.population import REPORTED
from pingan_abm.world.problems import LAPSED, SOLVED
from pingan_abm.world.world import World

#: Numbers of experiences, which keep their draws apart. Experiences with a closure have the number that the closure has
#: on its file, which is lower; the n-th time that a paper closure is felt has FELT_PAPER + n.
FELT_COMPLIED, FELT_SETTLED, FELT_LAPSED, FELT_PAPER = 61, 62, 63, 64


@compiled
def lives_through(w: World, i: int, key: np.uint64, attempt: int, worth: float, share: float) -> float:
    """R15, R16. One resident's experience: satisfaction, expectation and trust move; she may start or stop to
    volunteer. Returns how satisfied she is with it, 0–1."""
    s, person = w.settings[0], w.residents[i]
    felt = satisfaction_of(s, worth, person.expectation)
    person.satisfaction += s.satisfaction_speed * (felt - person.satisfaction)
    person.expectation += s.expectation_speed * (worth - person.expectation)
    w.trust[i] = trust_after(s, np.float64(w.trust[i]), felt >= s.satisfied_from, share)
    if s.volunteers:
        if person.volunteer and felt < s.satisfied_from:
            if uniform(s.key, Purpose.LEAVES_VOLUNTEERS, key, attempt) < s.volunteer_leave_chance:
                person.volunteer = 0
                w.grids[person.grid].volunteers -= 1
        elif not person.volunteer and felt >= s.volunteer_join_from:
            chance = joins_after_success(s, person.propensity, person.rung >= REPORTED)
            if uniform(s.key, Purpose.BECOMES_VOLUNTEER, key, attempt) < chance:
                volunteer_from_now(w, i)
    return felt


@compiled
def member_feels(w: World, number: int, member: int, worth: float, attempt: int, time: float) -> float:
    """One of those affected lives through an outcome, a reporter with a full step of trust, others with half; how
    satisfied she is. If it makes her a volunteer, that is logged."""
    s, problem = w.settings[0], w.problems[number]
    i = affected_resident(w, problem, member)
    before, share = w.residents[i].volunteer, 1.0 if (problem.reported >> member) & 1 else s.unreported_trust_share
    felt = lives_through(w, i, problem.key + np.uint64(member), attempt, worth, share)
    if w.residents[i].volunteer > before:
        log(w, time, problem.file, number, Activity.JOINED, ActorKind.RESIDENT, i)
    return felt


@compiled
def all_feel(w: World, number: int, worth: float, attempt: int, time: float) -> None:
    """Everyone affected feels the same outcome, and may tell her contacts; of what faded, only who reported it does."""
    s, problem = w.settings[0], w.problems[number]
    good, hearers, solved = 0, 0, problem.state == SOLVED
    for member in range(problem.affected):
        felt = member_feels(w, number, member, worth, attempt, time)
        good += 1 if felt >= s.satisfied_from else 0
        if s.hearing and (problem.state != LAPSED or (problem.reported >> member) & 1):
            hearers += spread_news(w, number, member, solved, attempt)
    note_news(w, number, time, hearers if solved else 0, 0 if solved else hearers)
    problem.felt_all, problem.felt_good = problem.affected, good
