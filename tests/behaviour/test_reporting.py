"""R1. Everyone affected decides once, in her own time, by her own draw: also those that the calendar leaves out as
silent in any case."""

from datetime import date

import numpy as np
import pytest
from helpers.runs import lived
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.engine.draws import Purpose, exponential, uniform
from pingan_abm.model import PinganModel
from pingan_abm.rules import report_probability, time_lived, time_of_decision
from pingan_abm.scenarios.presets import Change, Scenario

DAYS = 150
#: Trust and hearsay have no part, so that chances can be worked out afterwards; nobody reports twice, nothing grows.
PLAIN = {
    "report_trust_effect": 0.0,
    "hearing": False,
    "repeat_reports": False,
    "severity_growth": False,
    "recurrence": False,
}


def changing(*bases: float) -> Scenario:
    """Readiness to report changes on the first of each month from February on."""
    changes = tuple(Change(date(2014, 2 + number, 1), {"report_base": base}) for number, base in enumerate(bases))
    return Scenario("changing", changes=changes)


def base_on(time: float, first: float, bases: tuple[float, ...]) -> float:
    """Readiness in force at a time."""
    began = [(date(2014, 2 + number, 1) - date(2014, 1, 1)).days for number in range(len(bases))]
    return [first, *bases][sum(time >= day for day in began)]


def expected_reports(
    model: PinganModel, first: float, bases: tuple[float, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bit masks from the draws alone: who must have reported, who may have (her moment is on the day on which the
    problem ends), and the masks that the run left."""
    w, s = model.world, model.world.settings[0]
    problems = w.used("problems")
    problems = problems[problems["injected"] == 0]
    must, may = np.zeros(len(problems), np.int64), np.zeros(len(problems), np.int64)
    grids, people = (np.asarray(rows) for rows in (w.grids.view(np.ndarray), w.residents.view(np.ndarray)))
    for number, problem in enumerate(problems.view(np.ndarray)):
        start, size = int(grids["start"][problem["grid"]]), int(grids["people"][problem["grid"]])
        ends = min((t for t in (problem["solved"], problem["lapsed"]) if t == t), default=np.inf)
        for member in range(problem["affected"]):
            wait = s.decision_days * exponential(s.key, int(Purpose.DECISION_TIME), problem["key"], member)
            time = time_of_decision(problem["onset"], wait, int(s.weekday), float(s.pace))
            if time >= min(ends + 1, DAYS):
                continue
            person = people[start + (problem["resident"] - start + member) % size]
            base = s.copy()
            base.report_base, base.report_trust_effect = base_on(time, first, bases), 0.0
            habit, affected = w.communities["habit"][problem["community"]], float(problem["affected"])
            owner, digital = float(person["owner"]), person["digital"]
            chance = report_probability(base, problem["severity"], 0.5, owner, digital, habit, affected)
            if uniform(s.key, int(Purpose.REPORTS), problem["key"], member) < chance:
                may[number] |= 1 << member
                must[number] |= (int(time) < ends // 1) << member
    return must, may, problems["reported"].astype(np.int64)


@pytest.mark.parametrize(
    "bases", [(), (1.5,), (-3.0, 2.0), (1.0, -2.0, 0.0)], ids=["never", "up", "down, up", "up, down, half up"]
)
def test_reports_are_those_that_the_draws_say(bases: tuple[float, ...]) -> None:
    model = lived(DAYS, parameters=PLAIN | {"report_base": -1.0}, scenario=changing(*bases), residents=2_500, seed=4)
    must, may, found = expected_reports(model, -1.0, bases)
    assert (must > 0).sum() > 50
    assert ((found & must) == must).all()
    assert ((found & may) == found).all()


@given(begun=st.floats(0, 800), wait=st.floats(0, 200), weekday=st.integers(0, 6), pace=st.floats(1.0, 1.35))
def test_decisions_wait_on_a_clock_that_is_slower_at_weekends(
    begun: float, wait: float, weekday: int, pace: float
) -> None:
    """R1b. The wait lies within what a whole week's mean allows, whole weeks are whole weeks, and an even pace changes
    nothing."""
    time = time_of_decision(begun, wait, weekday, pace)
    assert time_lived(time, weekday, pace) - time_lived(begun, weekday, pace) == pytest.approx(wait, abs=1e-8)
    assert abs(time - begun - wait) <= 2.0
    assert time_of_decision(begun, 21.0, weekday, pace) == pytest.approx(begun + 21.0, abs=1e-8)
    assert time_of_decision(begun, wait, weekday, 1.0) == pytest.approx(begun + wait, abs=1e-8)


def test_a_weekend_day_counts_less_by_hand() -> None:
    """Pace 1.2, so a weekend day counts 0.5. Day 0 is a Thursday: a wait of 1.2 from its end runs through Friday and no
    further, one of 2.2 until Sunday night, one of 3.4 until Monday night."""
    assert [time_of_decision(1.0, wait, 3, 1.2) for wait in (1.2, 2.2, 3.4)] == pytest.approx([2.0, 4.0, 5.0])


def test_reports_keep_the_weekly_rhythm() -> None:
    """On a weekend day residents make 0.35–0.55 of the reports of a working day (cities: 0.35–0.37); with even days as
    many."""
    for calendar, least, most in ((True, 0.35, 0.55), (False, 0.85, 1.15)):
        reports = np.zeros(7)
        for replication in range(3):
            model = lived(287, parameters={"calendar": calendar}, residents=10_000, replication=replication)
            reports += np.diff(model.daily["reports"], prepend=0.0)[7:].reshape(-1, 7).sum(axis=0)
        days = np.roll(reports, model.start.weekday())  # a Wednesday comes first
        assert least < days[5:].mean() / days[:5].mean() < most
