"""One unit alone is the queue that textbooks know: Poisson arrivals, log-normal work, constant staff, first come first
served.

Through the kernel of a unit's handling, with passing on, gaming, appraisal and attention to risk off.
"""

import math

import numpy as np
import pytest

from pingan_abm.behaviour.answering import enqueue
from pingan_abm.behaviour.units import handle, open_day
from pingan_abm.model import PinganModel
from pingan_abm.world.build import queue_wait
from pingan_abm.world.cases import DISPATCHED, DONE, SENT
from pingan_abm.world.problems import REGISTERED

DAYS, UNIT = 12_000, 1
QUIET = {
    "behaviour": "capacity_only",
    "risk_focus": 0.0,
    "calendar": False,
    "appraisal": False,
    "effort_gain": 0.0,
    "paperwork_cost": 0.0,
    "verification_rate": 0.0,
    "social_cogovernance": False,
    "patrol": False,
    "recurrence": False,
    "repeat_reports": False,
}


def drawn(staff: float, busy: float, work: float, log_sd: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Arrival times over the run, and work in staff-days."""
    generator = np.random.default_rng(seed)
    count = int(busy * staff / work * DAYS)
    times = np.sort(generator.uniform(0.0, DAYS, count))
    return times, work * np.exp(log_sd * generator.standard_normal(count) - 0.5 * log_sd**2)


def served(staff: float, busy: float, work: float, log_sd: float, seed: int) -> tuple[np.ndarray, float, np.ndarray]:
    """Times in the system of files with log-normal work (mean `work`), in days; the utilisation that came about; their
    work."""
    model = PinganModel(QUIET, residents=2_000, days=DAYS, seed=seed, warmup=0)
    world = model.world
    times, needed = drawn(staff, busy, work, log_sd, seed)
    count = len(times)
    problems, cases, parts = (
        np.zeros(count, rows.dtype).view(rows.dtype) for rows in (world.problems, world.cases, world.assignments)
    )
    problems["state"], problems["n_units"], problems["true_units"][:, 0] = REGISTERED, 1, UNIT
    problems["solved"] = problems["lapsed"] = math.nan
    cases["problem"], cases["state"], cases["pending"], cases["due"] = np.arange(count), DISPATCHED, 1, 1e9
    parts["case"], parts["unit"], parts["state"], parts["due"] = np.arange(count), UNIT, SENT, 1e9
    parts["work"] = parts["left"] = needed
    parts["finished"] = math.nan
    world.problems, world.cases, world.assignments = problems, cases, parts
    world.queues = np.zeros((len(world.units), 5_000), np.int64)
    world.units["staff"] = staff
    next_file = 0
    for day in range(DAYS):
        world.settings[0].day, world.tally[0].verify_head = day, -1
        open_day(world)
        while next_file < count and times[next_file] < day + 1:
            enqueue(world, UNIT, next_file, times[next_file])
            next_file += 1
        handle(world, UNIT, day)
    done = (parts["state"] == DONE) & (times > DAYS * 0.05)
    assert done.sum() > 0.9 * count
    row = world.units[UNIT]
    assert row.spent == pytest.approx(parts["spent"].sum())
    assert parts["spent"][done] == pytest.approx(needed[done])
    return parts["finished"][done] - times[done], float(row.spent / row.available), needed[done]


@pytest.mark.parametrize(
    ("busy", "work", "log_sd", "runs"), [(0.5, 2.5, 0.8, 4), (0.7, 4.0, 0.7, 8), (0.8, 2.5, 0.5, 8)]
)
def test_one_official_is_an_m_g_1_queue(busy: float, work: float, log_sd: float, runs: int) -> None:
    """Pollaczek–Khinchine, within 10 %; runs enough that chance is within a half of that."""
    found = [served(1.0, busy, work, log_sd, seed) for seed in range(runs)]
    expected = queue_wait(1.0, busy / work, work, math.exp(log_sd**2) - 1.0)
    assert np.mean([utilisation for _, utilisation, _ in found]) == pytest.approx(busy, rel=0.04)
    assert np.mean([times.mean() for times, _, _ in found]) == pytest.approx(expected, rel=0.10)


@pytest.mark.parametrize(("busy", "seed"), [(0.6, 4), (0.85, 5)])
def test_one_official_serves_file_after_file(busy: float, seed: int) -> None:
    """The same arrivals through Lindley's recursion: a file starts when the one before it is done, or when it comes
    in."""
    times, needed = drawn(1.0, busy, 2.5, 0.7, seed)
    free, exact = 0.0, np.empty(len(times))
    for number, (arrived, work) in enumerate(zip(times, needed, strict=True)):
        free = max(free, arrived) + work
        exact[number] = free - arrived
    kept = (times > DAYS * 0.05) & (times + exact < DAYS)
    assert served(1.0, busy, 2.5, 0.7, seed)[0].mean() == pytest.approx(exact[kept].mean(), rel=0.03)


@pytest.mark.parametrize(
    ("staff", "busy", "work", "log_sd"), [(3.0, 0.8, 2.5, 0.8), (8.0, 0.85, 4.0, 0.7), (20.0, 0.7, 2.5, 1.0)]
)
def test_several_officials_wait_as_sakasegawa_says(staff: float, busy: float, work: float, log_sd: float) -> None:
    """Within 30 %, or 0.3 of a service time: an approximation against days that end for everyone at once."""
    times, utilisation, _ = served(staff, busy, work, log_sd, 1)
    expected = queue_wait(staff, busy * staff / work, work, math.exp(log_sd**2) - 1.0) - work
    waited = times.mean() - work
    assert utilisation == pytest.approx(busy, rel=0.05)
    assert abs(waited - expected) <= max(0.3 * expected, 0.3 * work)


def test_less_than_one_official_serves_more_slowly() -> None:
    """Half a post takes twice as long for a file: an M/G/1 queue with service work/staff."""
    times, _, _ = served(0.5, 0.6, 2.5, 0.7, 1)
    expected = queue_wait(0.5, 0.6 * 0.5 / 2.5, 2.5, math.exp(0.49) - 1.0)
    assert times.mean() == pytest.approx(expected, rel=0.12)


def test_nobody_is_served_before_the_work_can_be_done() -> None:
    """A file gets one staff-day a day at most, however many officials there are."""
    times, _, needed = served(20.0, 0.3, 3.0, 0.8, 2)
    assert (times >= needed - 1e-9).all()
    assert times.mean() == pytest.approx(needed.mean(), abs=0.6)  # hardly anybody waits
