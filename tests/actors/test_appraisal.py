"""R18: rates, scores, ranks, grades; a month made by hand; targets, the ratchet and pressure."""

import math
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.actors import appraisal
from pingan_abm.model import PinganModel
from pingan_abm.parameters.declared import Parameters
from pingan_abm.world.cases import ASSIGNMENT, CLOSURE, DONE, QUEUED, SENT_BACK, WITHDRAWN
from pingan_abm.world.population import GRID
from pingan_abm.world.tables import UNIT

NAN = math.nan
scores_of = st.lists(
    st.one_of(st.just(NAN), st.sampled_from([0.0, 55.5, 80.0, 99.0]), st.floats(0, 100)), min_size=1, max_size=40
)


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100.0, "A+"),
        (95.0, "A+"),
        (94.999, "A"),
        (90.0, "A"),
        (89.9, "B"),
        (80.0, "B"),
        (79.9, "C"),
        (70.0, "C"),
        (69.9, "D"),
        (60.0, "D"),
        (59.999, "E"),
        (0.0, "E"),
    ],
)
def test_grades_of_known_scores(score: float, grade: str) -> None:
    assert appraisal.grade_of(score) == grade


def test_ranks_run_from_the_best_at_0_to_the_worst_at_1() -> None:
    assert list(appraisal.rank_gaps(np.array([90.0, 70.0, 80.0]))) == [0.0, 1.0, 0.5]
    assert list(appraisal.rank_gaps(np.array([90.0, 90.0, 70.0, NAN]))) == [0.25, 0.25, 1.0, 0.5]
    assert list(appraisal.rank_gaps(np.array([88.0, NAN]))) == [0.5, 0.5]


@given(scores_of)
def test_both_ways_of_ranking_agree_and_average_a_half(values: list[float]) -> None:
    scores = np.array(values)
    gaps = appraisal.rank_gaps(scores)
    assert appraisal.rank_gaps_of_many(scores) == pytest.approx(gaps)
    assert (gaps >= 0).all() and (gaps <= 1).all()
    assert gaps.mean() == pytest.approx(0.5)


def test_a_score_is_the_weighted_share_of_the_target_reached() -> None:
    rates = [np.array([0.4, 1.0, NAN, NAN]), np.array([0.8, 0.8, 0.4, NAN])]
    points = appraisal.weighted_score(rates, [0.25, 0.75], np.full(4, 0.8))
    assert points[:3] == pytest.approx([25 * 0.5 + 75, 100.0, 50.0])  # a missing rate passes its weight on
    assert np.isnan(points[3])


def month(rows: list[dict[str, float]], closures: list[dict[str, float]]) -> SimpleNamespace:
    """A world of two units with these assignments and closures."""
    registers = {"assignments": np.zeros(len(rows), ASSIGNMENT), "closures": np.zeros(len(closures), CLOSURE)}
    for name in ("answered", "replied", "begun", "finished"):
        registers["assignments"][name] = NAN
    for name, given_rows in (("assignments", rows), ("closures", closures)):
        for row, values in zip(registers[name], given_rows, strict=True):
            for key, value in values.items():
                row[key] = value
    units = np.zeros(2, UNIT)
    units["target"] = 0.8
    return SimpleNamespace(used=registers.__getitem__, units=units)


BY_HAND = month(
    [
        # unit 0: in time; late, with an interim reply; open, without a word
        {"unit": 0, "dispatched": 1.2, "begun": 2.4, "due": 8.0, "finished": 5.0, "state": DONE},
        {"unit": 0, "dispatched": 1.2, "begun": 6.0, "due": 9.0, "finished": 12.0, "replied": 9.0, "state": DONE},
        {"unit": 0, "dispatched": 2.0, "due": 20.0, "state": QUEUED},
        # unit 1: returned, in time; done after the window; withdrawn; due after it
        {"unit": 1, "dispatched": 3.0, "due": 15.0, "answered": 3.5, "state": SENT_BACK},
        {"unit": 1, "dispatched": 3.0, "begun": 4.0, "due": 29.0, "finished": 31.0, "state": DONE},
        {"unit": 1, "dispatched": 3.0, "due": 16.0, "state": WITHDRAWN},
        {"unit": 1, "dispatched": 25.0, "begun": 25.5, "due": 40.0, "state": QUEUED},
    ],
    [
        {"unit": 0, "due": 12.0, "ratings": 4, "good": 3},
        {"unit": 0, "due": 31.0, "ratings": 9, "good": 0},  # its week ends in the next month
        {"unit": 1, "due": 14.0, "ratings": 0, "good": 0},
    ],
)
NEXT_DAY = SimpleNamespace(next_working=np.arange(1, 60).__getitem__)  # every day is a working day


def test_a_month_counted_by_hand() -> None:
    feedback = appraisal.feedback_counts(BY_HAND, 0.0, 30.0)
    assert (list(feedback.part), list(feedback.whole)) == ([2, 1], [3, 2])
    prompt = appraisal.real_time_counts(BY_HAND, NEXT_DAY, 0.0, 30.0)
    assert (list(prompt.part), list(prompt.whole)) == ([1, 2], [3, 4])
    closed = appraisal.closure_counts(BY_HAND, 0.0, 30.0)
    assert (list(closed.part), list(closed.whole)) == ([2, 0], [3, 1])
    rated = appraisal.satisfaction_counts(BY_HAND, 0.0, 30.0)
    assert (list(rated.part), list(rated.whole)) == ([3, 0], [4, 0])


def test_the_month_s_points_by_hand() -> None:
    """Weights 0.3, 0.42, 0.28 against a target of 0.8; unit 1 has no rating, so the others carry its weight."""
    points = appraisal.unit_scores(BY_HAND, NEXT_DAY, 0.0, 30.0, Parameters())
    first = 100 * (0.3 * 0.75 / 0.8 + 0.42 * (2 / 3) / 0.8 + 0.28 * (1 / 3) / 0.8)
    second = 100 * (0.42 * 0.0 + 0.28 * 0.5 / 0.8) / 0.7
    assert points == pytest.approx([first, second])
    assert np.isnan(appraisal.unit_scores(month([], []), NEXT_DAY, 0.0, 30.0, Parameters())).all()


def test_grids_are_judged_by_adopted_information_and_revisits() -> None:
    grids = np.zeros(3, GRID)
    grids["adopted_month"], grids["uploads_month"], grids["padding_month"] = (6, 0, 0), (6, 0, 0), (4, 5, 0)
    grids["revisits_made_month"], grids["revisits_due_month"] = (3, 0, 0), (4, 0, 0)
    scores = appraisal.grid_scores(grids, 0.9)
    assert scores[:2] == pytest.approx([50 * 0.6 / 0.9 + 50 * 0.75 / 0.9, 0.0])
    assert np.isnan(scores[2])


def test_targets_are_passed_down_and_amplified(small: PinganModel) -> None:
    targets, homes = small.world.units["target"], small.world.units["subdistrict"] == 1
    assert targets[~homes] == pytest.approx(np.full(27, 0.84))
    assert targets[homes] == pytest.approx(np.full(6, 0.872))


def test_a_target_that_is_reached_is_raised_by_a_point_up_to_its_ceiling(small: PinganModel) -> None:
    leadership, group = small.leadership, small.appraisal_group
    group.scores = [np.full(33, 97.0)] * 3
    leadership.review_quarter()
    assert leadership.target == 0.80
    group.scores = [np.full(33, 99.0)] * 3
    for quarter in range(1, 20):
        leadership.review_quarter()
        assert leadership.target == pytest.approx(min(0.95, 0.80 + 0.01 * quarter))
    assert small.world.units["target"][0] == pytest.approx(1 - 0.05 * 0.8)


def test_a_veto_in_force_means_the_lowest_grade(small: PinganModel) -> None:
    small.world.units["veto_until"][4] = 40.0
    small.units[4].take_grade(99.0, 31)
    small.units[4].take_grade(99.0, 59)
    small.units[5].take_grade(NAN, 31)
    assert small.units[4].grades == ["E", "A+"] and small.units[5].grades == []


def test_quarters_and_years_rank_by_the_mean_of_their_months(small: PinganModel) -> None:
    group, tiers = small.appraisal_group, small.world.units["tier"]
    months = [np.full(33, NAN) for _ in range(14)]
    first, second, third = np.flatnonzero(tiers == 2)[:3]
    other = np.flatnonzero(tiers == 3)[0]
    for number, month in enumerate(months):
        month[[first, second, other]] = (90.0 + number, 97.0, 1.0)
    months[1][second] = NAN
    group.scores, group.months = months, dates(14, first=1)
    assert (len(group.quarters), len(group.years)) == (4, 1)
    points, places = group.quarters[0]
    assert points[[first, second, other]] == pytest.approx([91.0, 97.0, 1.0]) and math.isnan(points[third])
    assert places[[first, second, third, other]].tolist() == [2, 1, 0, 1]
    assert group.years[0].points[first] == pytest.approx(95.5)
    assert group.year_so_far.points[first] == pytest.approx(102.5) and group.year_so_far.places[first] == 1
    group.scores, group.months = months[:12], dates(12, first=1)
    assert group.year_so_far.points.tolist() == pytest.approx(group.years[0].points.tolist(), nan_ok=True)


def dates(count: int, first: int) -> list[date]:
    """The first days of so many months, from a month of 2014 on."""
    return [date(2014 + (first - 1 + number) // 12, (first - 1 + number) % 12 + 1, 1) for number in range(count)]


def test_quarters_and_years_are_those_of_the_calendar(small: PinganModel) -> None:
    """From October to March, and with months between that were not appraised."""
    group = small.appraisal_group
    group.scores, group.months = [np.full(33, 60.0 + number) for number in range(6)], dates(6, first=10)
    assert [one.points[0] for one in group.quarters] == [61.0, 64.0]
    assert [one.points[0] for one in group.years] == [61.0] and group.year_so_far.points[0] == 64.0
    group.months = [date(2014, month, 1) for month in (2, 3, 7, 8, 9, 11)]
    assert [one.points[0] for one in group.quarters] == [60.5, 63.0] and group.years == []


def test_the_year_so_far_decides_the_year_end_coefficient_and_a_veto_ends_it(small: PinganModel) -> None:
    assert small.units[4].year_end_coefficient is None
    months = [np.full(33, 70.0), np.full(33, 98.0)]
    months[0][5] = months[1][5] = NAN
    small.appraisal_group.scores, small.appraisal_group.months = months, dates(2, first=1)
    assert (small.units[4].year_end_coefficient, small.units[5].year_end_coefficient) == (1.0, None)  # 84 points: B
    small.world.units["veto_until"][4] = 40.0
    assert small.units[4].year_end_coefficient == 0.7


def test_pressure_follows_rank_veto_and_the_line(small: PinganModel) -> None:
    units, group = small.world.units, small.appraisal_group
    line, block = (int(np.flatnonzero(units["line"] == kind)[0]) for kind in (1, 0))
    units["rank_gap"][:], units["veto_until"][block] = 1.0, 10.0
    group.press(units, small.world.grids, small.world.communities)
    assert units["pressure"][block] == pytest.approx(0.5 * 1.2)
    assert units["pressure"][line] == pytest.approx(0.5 * 0.5 * 0.8)
    assert small.world.communities["pressure"] == pytest.approx(np.full(54, 0.5 * 0.6))


def test_the_six_grades_are_given_every_month_to_units_with_a_record(year: PinganModel) -> None:
    assert len(year.appraisal_group.scores) == 11  # December ends with the run
    assert year.appraisal_group.months == dates(11, first=1) and len(year.appraisal_group.quarters) == 3
    for unit in year.units:
        scored = sum(not math.isnan(scores[unit.index]) for scores in year.appraisal_group.scores)
        assert scored <= len(unit.grades) <= 11
        assert set(unit.grades) <= set(appraisal.GRADES)
    assert len(year.centre.grades) == 11


def test_the_workshop_teaches_what_went_worst_and_names_the_poorest(small: PinganModel) -> None:
    world = small.world
    world.cases["problem"][:3] = (0, 1, 2)
    world.problems["subtype"][:3] = (7, 2, 2)
    rows = world.assignments
    rows["due"][:5], rows["case"][:5] = 5.0, (0, 1, 2, 2, 0)
    rows["finished"][:5] = (9.0, 9.0, NAN, 4.0, 4.0)
    rows["reason"][:5] = 0
    world.tally[0].assignments = 5
    scores = np.full(33, 80.0)
    scores[[3, 8, 20]] = (10.0, 20.0, 30.0)
    assert small.workshop.examine(0, 30, scores) == [2, 7]
    assert world.subtypes["knowledge"][2] == pytest.approx(0.35 + 0.15 * 0.55) and world.subtypes["rule"][7] == 0.2
    assert world.subtypes["knowledge"][0] == 0.35 and world.subtypes["rule"][0] == 0.0
    assert set(np.flatnonzero(world.units["extra_gap"])) == {3, 8, 20}
