"""Outcomes of all problems: the funnel and the burden, by hand on a few problems, and over a year against the log."""

import math

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.burden import Burden, burden_of, daily_burden
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES, OVER, SEVEN_RATES
from pingan_abm.outcomes.cohorts import Cohorts, judged, lives_of
from pingan_abm.outcomes.daily import counted_by_day, lived_by_day
from pingan_abm.outcomes.funnel import HOLLOW, JUDGED_AFTER, STEPS, funnel_of
from pingan_abm.outcomes.ratios import gini
from pingan_abm.world.events import Activity
from pingan_abm.world.lives import LIFE

NEVER = math.inf
COHORT = (*STEPS, HOLLOW)


def life(**given: float) -> np.ndarray:
    """One LIFE row: a problem of severity 0.4 that concerns one resident and never ends."""
    row = np.zeros(1, LIFE)
    usual = {"end": NEVER, "registered": NEVER, "handled": NEVER, "solved": NEVER, "severity": 0.4, "affected": 1}
    for name, value in {**usual, "counted": 1, **given}.items():
        row[name] = value
    return row


def total(lives: np.ndarray, days: int) -> tuple[float, float]:
    """The burden, and the hidden part of it, by day and summed."""
    found = daily_burden(lives, days)
    return float(found[0].sum()), float(found[1].sum())


@pytest.fixture(scope="module")
def cold_year() -> PinganModel:
    """A tenth of the district in a first year that began empty, so that all problems there are have arisen in it."""
    return lived(365, residents=34_500, events=True, warmup=0)


# -- the burden, by hand -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "days", "expected", "hidden"),
    [
        ({"onset": 2.25, "end": 12.75, "affected": 3}, 100, 10.5 * 0.4 * 3, 10.5 * 0.4 * 3),
        ({"onset": 2.25, "end": 12.75, "affected": 3, "registered": 4.25}, 100, 10.5 * 0.4 * 3, 2.0 * 0.4 * 3),
        ({"onset": 2.25, "affected": 3}, 10, 7.75 * 0.4 * 3, 7.75 * 0.4 * 3),  # still there on the last day
        ({"onset": -5.0, "end": 3.0}, 10, 3.0 * 0.4, 3.0 * 0.4),  # from before day 0: only what it is from then on
        ({"onset": -5.0, "end": -1.0}, 10, 0.0, 0.0),
        ({"onset": 10.5, "end": 12.0}, 10, 0.0, 0.0),  # arises after the last day
        ({"onset": -5.0, "end": 3.0, "registered": -4.0}, 10, 1.2, 0.0),
        ({"onset": 0.0, "end": 10.0, "growth": 0.05}, 100, 10 * 0.4 + 0.05 * 50, 10 * 0.4 + 0.05 * 50),
        (
            {"onset": 0.0, "end": 20.0, "growth": 0.06},
            100,
            10 * 0.7 + 10 * 1.0,
            10 * 0.7 + 10 * 1.0,
        ),  # at 1 from day 10
        ({"onset": -10.0, "end": 5.0, "growth": 0.06}, 100, 5.0, 5.0),  # at 1 on day 0
    ],
)
def test_the_burden_of_one_problem(given: dict[str, float], days: int, expected: float, hidden: float) -> None:
    assert total(life(**given), days) == pytest.approx((expected, hidden), abs=1e-12)


def test_the_burden_of_a_day_is_what_falls_on_it() -> None:
    found = daily_burden(life(onset=2.25, end=4.5, registered=3.5, affected=2), 6)
    assert found[0] == pytest.approx(np.array([0, 0, 0.75, 1.0, 0.5, 0]) * 0.8)
    assert found[1] == pytest.approx(np.array([0, 0, 0.75, 0.5, 0, 0]) * 0.8)


def of_district(model: PinganModel, days: int = 200) -> tuple[np.ndarray, Burden]:
    lives = lives_of(model.world)
    return lives, burden_of(lives, model.world, days)


def test_parts_of_the_burden_add_up(cold_year: PinganModel) -> None:
    """Over communities, over both halves of digital access, over days; and the hidden part is a part."""
    lives, found = of_district(cold_year, 365)
    assert found.by_community.sum() == pytest.approx(found.total)
    assert found.less_digital + found.more_digital == pytest.approx(found.total)
    assert daily_burden(lives, 365).sum(axis=1) == pytest.approx([found.total, found.hidden])
    assert 0.0 < found.hidden < found.total
    some = lives["community"] == 3
    assert daily_burden(lives[some], 365)[0].sum() == pytest.approx(found.by_community[3])
    assert found.less_people + found.more_people == cold_year.residents


def test_the_burden_is_that_of_its_definition(cold_year: PinganModel) -> None:
    """Severity on a fine grid of moments, problem by problem, from the register itself."""
    rows = cold_year.world.used("problems")
    moments = np.arange(0.005, 365.0, 0.01)
    for number in range(0, len(rows), 997):
        row = rows[number]
        if row.state == 0:
            continue
        end = min(value for value in (row.solved, row.lapsed, NEVER) if not math.isnan(value))
        there = (moments >= row.onset) & (moments < end)
        severity = np.minimum(1.0, row.severity + row.growth * (moments - row.onset))
        by_hand = float((severity * there).sum() * 0.01 * row.affected)
        own = lives_of(cold_year.world)
        one = own[(own["onset"] == row.onset) & (own["resident"] == row.resident)]
        assert total(one, 365)[0] == pytest.approx(by_hand, abs=0.02 * row.affected)


def test_the_halves_are_those_of_the_residents_affected(cold_year: PinganModel) -> None:
    digital = cold_year.world.residents["digital"]
    middle, less = np.median(digital), 0.0
    lives = lives_of(cold_year.world)[::50]
    for one in lives:
        grid = cold_year.world.grids[one.grid]
        who = grid.start + (one.resident - grid.start + np.arange(one.affected)) % grid.people
        share = float((digital[who] < middle).mean())
        less += share * total(np.array([one], LIFE), 365)[0]
    assert burden_of(lives, cold_year.world, 365).less_digital == pytest.approx(less)


def test_gini() -> None:
    assert gini(np.array([1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 3.0])) == pytest.approx(2 / 3)
    assert gini(np.array([1.0, 2.0, 3.0])) == pytest.approx(2 / 9)
    assert gini(np.zeros(4)) == 0.0


# -- the funnel, by hand -----------------------------------------------------------------------------------------------


def test_the_funnel_of_seven_problems() -> None:
    lives = np.concatenate(
        [
            life(onset=1.0),  # nobody ever knows
            life(onset=1.5, registered=91.5),  # known on the last moment that counts
            life(onset=1.5, registered=91.6),  # known too late
            life(onset=2.0, registered=3.0, handled=5.0),  # in work
            life(onset=2.0, registered=3.0, handled=5.0, claimed=1),  # closed on paper
            life(onset=2.0, registered=3.0, handled=5.0, solved=50.0, claimed=1),
            life(onset=2.0, registered=3.0, handled=5.0, solved=92.5, claimed=1),  # solved half a day too late
        ]
    )
    found = funnel_of(lives)
    assert (found.arisen, found.known, found.handled, found.claimed, found.solved) == (7, 5, 4, 3, 1)
    assert (found.hollow, found.unrecorded) == (2, 0)
    assert found.shares()["known_share"] == pytest.approx(5 / 7)


def test_who_is_in_the_cohort() -> None:
    """Arisen on day 0 ≤ d ≤ T − 91, by itself."""
    onsets = (-0.5, 0.0, 8.9, 9.0, 9.99, 10.0)
    lives = np.concatenate([life(onset=onset) for onset in onsets] + [life(onset=5.0, counted=0)])
    assert judged(lives, 100)["onset"].tolist() == [0.0, 8.9, 9.0, 9.99]
    assert len(judged(lives, 90)) == 0


def test_shares_by_day_of_arising() -> None:
    rows = [life(onset=0.5, solved=1.0, registered=0.7), life(onset=0.6), life(onset=2.5, registered=93.0)]
    found = lived_by_day(counted_by_day(np.concatenate(rows), 93))
    assert found["solved"][:3].tolist() == pytest.approx([0.5, math.nan, 0.0], nan_ok=True)
    assert found["registered"][:3].tolist() == pytest.approx([0.5, math.nan, 0.0], nan_ok=True)
    assert np.isnan(found["solved"][3:]).all()


# -- a year against what is known otherwise ----------------------------------------------------------------------------


def test_the_funnel_of_a_year_from_its_log(cold_year: PinganModel) -> None:
    """Every step of a sample of problems, told from events alone."""
    events, problems = cold_year.event_rows(), cold_year.world.used("problems")
    lives = lives_of(cold_year.world)
    chosen = [number for number in range(0, len(lives), 61) if lives["onset"][number] < 365 - JUDGED_AFTER]
    assert (problems["state"] > 0).all()  # so that rows of the register and lives have the same numbers
    order = np.argsort(events["problem"], kind="stable")
    begin = np.searchsorted(events["problem"][order], chosen)
    end = np.searchsorted(events["problem"][order], chosen, side="right")
    seen = {"known": 0, "handled": 0, "claimed": 0, "solved": 0}
    for number, first, last in zip(chosen, begin, end, strict=True):
        rows = events[np.sort(order[first:last])]
        moment = float(lives["onset"][number]) + JUDGED_AFTER
        rows = rows[rows["time"] <= moment]
        closed, settled = False, bool((rows["activity"] == Activity.SETTLE).any())
        for row in rows:
            if row["activity"] == Activity.VERIFY and row["case"] == problems["file"][number]:
                closed = row["detail"] == 0
            elif row["activity"] == Activity.REOPEN and row["case"] == problems["file"][number]:
                closed = False
        solved = settled or bool((rows["activity"] == Activity.SOLVED).any())
        assert bool(lives["claimed"][number]) == (settled or closed)
        assert bool(lives["solved"][number] <= moment) == solved
        if np.isin(rows["activity"], (Activity.TRY, Activity.HANDLE)).any():
            assert lives["handled"][number] <= moment  # a try is logged when it ends
        found = {"known": lives["registered"][number] <= moment, "handled": lives["handled"][number] <= moment}
        seen = {
            name: seen[name] + bool({**found, "claimed": settled or closed, "solved": solved}[name]) for name in seen
        }
    assert seen["known"] >= seen["handled"] >= seen["claimed"] > 0 and seen["solved"] > 0


def test_the_funnel_is_ordered(cold_year: PinganModel) -> None:
    lives = lives_of(cold_year.world)
    assert (lives["registered"] <= lives["handled"]).all()
    assert (lives["handled"] <= lives["solved"]).all()
    assert (lives["solved"] >= lives["end"]).all()
    found = Cohorts(cold_year).funnel
    assert found.arisen >= found.known >= found.handled >= found.claimed
    assert (
        found.claimed - found.hollow == found.solved - found.unrecorded
    )  # recorded and solved, counted from both sides
    outcomes = cold_year.outcomes()
    assert outcomes["hollow_share"] == pytest.approx(found.hollow / found.arisen)
    assert (
        outcomes["known_share"] >= outcomes["handled_share"] >= outcomes["claimed_share"] > outcomes["solved_share"] > 0
    )


def test_every_problem_is_in_the_cohort_or_known_why_not(cold_year: PinganModel) -> None:
    onsets = lives_of(cold_year.world)["onset"]
    late = (onsets >= 365 - JUDGED_AFTER).sum()
    assert Cohorts(cold_year).funnel.arisen + late == cold_year.outcomes()["problems"]


def test_what_arose_before_day_0_is_in_no_cohort_but_burdens_from_then_on() -> None:
    year = lived(365, residents=34_500, warmup=365)
    lives = lives_of(year.world)
    before = lives["onset"] < 0.0
    assert before.sum() > 100
    found = Cohorts(year).funnel
    assert found.arisen == (judged(lives, 365)["onset"] >= 0.0).sum() < (lives["onset"] >= 0.0).sum()
    assert found.known >= found.handled >= found.claimed > found.hollow > 0
    parts = [burden_of(lives[mask], year.world, 365) for mask in (before, ~before)]
    assert sum(part.total for part in parts) == pytest.approx(burden_of(lives, year.world, 365).total)
    assert 0.0 < parts[0].total < 0.5 * parts[1].total
    assert daily_burden(lives[before], 365)[0, :5].min() > 0.0
    assert ((lives["handled"] >= lives["registered"]) & (lives["solved"] >= lives["handled"])).all()


def test_reports_are_first_ones_repeats_or_of_further_residents(cold_year: PinganModel) -> None:
    """Same resident and others, from the log: who has reported a problem before."""
    events = cold_year.event_rows()
    reports = events[events["activity"] == Activity.REPORT]
    known: set[tuple[int, int]] = set()
    repeats = 0
    for problem, who in zip(reports["problem"].tolist(), reports["actor"].tolist(), strict=True):
        repeats += (problem, who) in known
        known.add((problem, who))
    found = cold_year.outcomes()
    assert found["repeat_report_rate"] == repeats / len(reports)
    both = (found["repeat_report_rate"] + found["co_report_rate"]) * len(reports)
    assert both == pytest.approx(cold_year.world.tally[0].repeat_reports)
    assert 0.0 < found["repeat_report_rate"] < found["co_report_rate"]


def test_series_are_those_of_the_outcomes(cold_year: PinganModel) -> None:
    series, found = cold_year.series(), cold_year.outcomes()
    people = cold_year.residents
    assert series["burden_lived"].sum() / people == pytest.approx(found["burden"])
    assert series["hidden_burden_lived"].sum() / series["burden_lived"].sum() == pytest.approx(
        found["hidden_burden_share"]
    )
    lives = judged(lives_of(cold_year.world), 365)
    arisen = np.bincount(lives["onset"].astype(int), minlength=365)
    for name, step in (("known", "known_share"), ("claimed", "claimed_share"), ("solved", "solved_share")):
        by_day = np.nan_to_num(series[f"{name}_by_arising"])
        assert (by_day * arisen).sum() / arisen.sum() == pytest.approx(found[step])
        assert np.isnan(series[f"{name}_by_arising"][275:]).all()


def test_an_evening_is_worked_out_anew_when_the_day_or_the_world_is_another() -> None:
    models = [PinganModel(residents=2_000, days=12, warmup=0, seed=seed) for seed in (1, 2)]
    sums = []
    for _ in range(2):
        for model in models:
            for _ in range(6):
                model.step()
            series = INDICATORS["burden_lived"].function(model)
            assert len(series) == model.day
            sums.append(float(series.sum()))
    assert len(set(sums)) == 4
    INDICATORS["burden_lived"].function(models[0])[:] = -1.0  # what is handed out is the reader's own
    assert (INDICATORS["burden_lived"].function(models[0]) >= 0.0).all()


def test_a_short_run_has_no_funnel_but_a_burden() -> None:
    model = PinganModel(residents=2_000, days=91, warmup=0)
    for _ in range(90):
        model.step()
    found = model.outcomes()
    assert [name for name in COHORT if found[name] is not None] == []
    assert found["burden"] > 0.0 and found["burden_gini"] > 0.0
    model.step()
    assert None not in [model.outcomes()[name] for name in COHORT]
    assert PinganModel(residents=540, days=1, warmup=0).outcomes()["burden"] is None


def test_injected_and_deterred_problems_are_left_out() -> None:
    model = PinganModel(scenario="pizza_shop", residents=5_400, days=365, warmup=0)
    for _ in range(365):
        model.step()
    problems = model.world.used("problems")
    lives = lives_of(model.world)
    assert (problems["injected"] == 1).sum() >= 1
    assert len(lives) == (problems["state"] != 0).sum()
    assert (lives["counted"] == 0).sum() == (problems["injected"] == 1).sum()


# -- the catalogue -----------------------------------------------------------------------------------------------------


def test_all_problems_come_first_and_what_is_only_recorded_has_no_better_direction() -> None:
    names = list(OUTCOMES)
    assert names[:3] == ["solved_share", "burden", "hollow_share"]
    by_file = [name for name, one in OUTCOMES.items() if "(of files)" in one.en or "slowest tenth of files" in one.en]
    assert by_file == [name for name, one in OUTCOMES.items() if "按案卷" in one.zh]
    first = names.index(by_file[0])
    assert all(names.index(name) < first for name in (*COHORT, "burden_gini", "burden_access_gap", "load_ratio"))
    assert all(names.index(name) > first for name in SEVEN_RATES)
    recorded = ("reported_closure_rate", "on_time_rate", "days_to_close_mean", *SEVEN_RATES)
    assert {OUTCOMES[name].better for name in recorded} == {"none"}
    assert {name: OUTCOMES[name].better for name in ("solved_share", "burden", "hollow_share", "burden_gini")} == {
        "solved_share": "up",
        "burden": "down",
        "hollow_share": "down",
        "burden_gini": "down",
    }


def test_labels_and_whom_they_count_in_both_languages() -> None:
    for one in (*OUTCOMES.values(), *INDICATORS.values()):
        assert one.en.isascii() or "–" in one.en
        assert not one.zh.isascii()
    assert {one.over for one in OUTCOMES.values()} == set(OVER)
    assert OUTCOMES["solved_share"].counted_over("zh") == OVER["problems"].zh
    assert all(one.definition for one in OUTCOMES.values())
