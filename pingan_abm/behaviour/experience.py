"""What several actors make residents live through: satisfaction, expectation and trust move with an outcome."""

import numpy as np

from pingan_abm.behaviour.filing import affected_resident
from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.rules import satisfaction_of, trust_after
from pingan_abm.world.world import World

#: Numbers of experiences, which keep their draws apart. Experiences with a closure have the number that the closure has
#: on its file, which is lower; the n-th time that a paper closure is felt has FELT_PAPER + n.
FELT_SETTLED, FELT_LAPSED, FELT_PAPER = 62, 63, 64


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
            chance = s.volunteer_join_chance * person.propensity
            if uniform(s.key, Purpose.BECOMES_VOLUNTEER, key, attempt) < chance:
                person.volunteer = 1
                w.grids[person.grid].volunteers += 1
    return felt


@compiled
def all_feel(w: World, number: int, worth: float, attempt: int) -> None:
    """Everyone affected feels the same outcome: reporters with a full step of trust, others with half."""
    s, problem = w.settings[0], w.problems[number]
    good = 0
    for member in range(problem.affected):
        i = affected_resident(w, problem, member)
        share = 1.0 if (problem.reported >> member) & 1 else s.unreported_trust_share
        felt = lives_through(w, i, problem.key + np.uint64(member), attempt, worth, share)
        good += 1 if felt >= s.satisfied_from else 0
    problem.felt_all, problem.felt_good = problem.affected, good
