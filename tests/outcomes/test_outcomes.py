"""Outcomes and indicators are what their definitions say, recomputed from the registers and from the event log."""

import math

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES, SEVEN_RATES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.world.cases import CLOSED, JOINT_ROLE
from pingan_abm.world.events import Activity, ActorKind


def test_every_outcome_is_a_number_within_its_bounds_or_none(year: PinganModel) -> None:
    found = year.outcomes()
    assert list(found) == list(OUTCOMES)
    assert [name for name, value in found.items() if value is None] == ["rebound_ratio"]
    for name, value in found.items():
        if (
            value is not None
            and OUTCOMES[name].unit in ("share", "0–1")
            and name not in ("satisfaction_gap", "access_gap")
        ):
            assert 0.0 <= value <= 1.0, name
    assert set(SEVEN_RATES) <= set(found)


def test_outcomes_at_the_defaults_are_plausible(year: PinganModel) -> None:
    """Wide bounds, for a tenth of the district: the targets of calibration are checked at full size."""
    found = year.outcomes()
    book = year.world.tally[0]
    assert 0.05 < book.dispatched_files / year.residents < 0.18
    assert 0.2 < book.patrol_files / book.primary < 0.5
    assert 0.8 < found["reported_closure_rate"] < 1.0
    assert 0.05 < found["perfunctory_share"] < 0.35
    assert 0.02 < found["returns_per_dispatch"] < 0.2
    assert found["days_to_resolution_median"] < found["days_to_resolution_mean"] < found["days_to_resolution_p90"]


def closed_at(year: PinganModel, file: int, moment: float) -> bool:
    """From the log alone: verified by then, and not reopened since."""
    rows = year.event_rows()
    state = False
    for row in rows[(rows["case"] == file) & (rows["time"] <= moment)]:
        if row["activity"] == Activity.VERIFY:
            state = row["detail"] == 0
        elif row["activity"] == Activity.REOPEN:
            state = False
    return state


def test_closure_and_true_resolution_recomputed_from_the_log(year: PinganModel) -> None:
    """Rates over a fifth of the cohort, file by file from events, against the registers'."""
    cohorts = Cohorts(year)
    chosen = np.flatnonzero(cohorts.files30)[::25]
    by_log = np.array([closed_at(year, int(file), cohorts.cases["opened"][file] + 30.0) for file in chosen])
    assert np.array_equal(by_log, cohorts.closed30[chosen])
    rows = year.event_rows()
    ends = rows[(rows["activity"] == Activity.SOLVED) | (rows["activity"] == Activity.SETTLE)]
    solved = dict(zip(ends["problem"].tolist(), ends["time"].tolist(), strict=True))
    for place, file in enumerate(chosen):
        moment = solved.get(int(cohorts.cases["problem"][file]), math.inf)
        assert cohorts.true30[file] == (by_log[place] and moment <= cohorts.cases["opened"][file] + 30.0)


def test_gap_is_reported_less_true(year: PinganModel) -> None:
    found = year.outcomes()
    assert found["closure_gap"] == pytest.approx(found["reported_closure_rate"] - found["true_resolution_rate"])
    assert found["closure_gap"] > 0.0


def test_counts_agree_with_the_log(year: PinganModel) -> None:
    found, rows = year.outcomes(), year.event_rows()

    def logged(*activities: Activity) -> int:
        return int(np.isin(rows["activity"], activities).sum())

    assert found["problems"] == logged(Activity.ARISE)
    assert found["reports"] == logged(Activity.REPORT)
    assert found["case_files"] == logged(Activity.FILE)
    assert found["dispatches"] == logged(Activity.DISPATCH, Activity.JOINT_DISPATCH)
    assert found["crises"] == logged(Activity.CRISIS)
    refused = rows[(rows["activity"] == Activity.REFUSE) & (rows["kind"] == ActorKind.UNIT)]
    returns = logged(Activity.RETURN) + int((refused["detail"] == JOINT_ROLE).sum())  # of joint dispatches
    assert found["returns_per_dispatch"] == returns / found["dispatches"]
    closures = logged(Activity.VERIFY)
    assert closures == year.world.tally[0].closed
    assert (
        found["duplicate_file_rate"]
        == (rows[rows["activity"] == Activity.FILE]["detail"] == 1).sum() / found["case_files"]
    )


def test_days_to_resolution_recomputed(year: PinganModel) -> None:
    rows = year.world.used("problems")
    chosen = rows[(rows["file"] >= 0) & (rows["registered"] < 365 - 90)]
    took = np.minimum(90.0, np.where(np.isnan(chosen["solved"]), 90.0, chosen["solved"] - chosen["registered"]))
    found = year.outcomes()
    assert found["days_to_resolution_median"] == pytest.approx(np.median(took))
    assert found["days_to_resolution_mean"] == pytest.approx(took.mean())
    assert found["share_over_30_days"] == pytest.approx((took > 30).mean())


def test_outcomes_before_the_last_day_and_of_very_short_runs() -> None:
    model = PinganModel(residents=2_000, days=90, warmup=0)
    for until in (1, 2, 9, 40):
        while model.day < until:
            model.step()
        found = model.outcomes()
        assert all(value is None or math.isfinite(value) for value in found.values())
        assert found["share_over_30_days"] is None  # F90 = T//3 < 30
    assert PinganModel(residents=540, days=1, warmup=0).outcomes()["reported_closure_rate"] is None


def test_series_add_up_to_the_totals(year: PinganModel) -> None:
    series, found = year.series(), year.outcomes()
    assert list(series) == list(INDICATORS)
    assert all(values.shape == (365,) for values in series.values())
    assert series["problems_arisen"].sum() == found["problems"]
    assert series["reports_made"].sum() == found["reports"]
    assert series["files_opened"].sum() == found["case_files"]
    assert series["crises_so_far"][-1] == found["crises"]
    assert (np.diff(series["crises_so_far"]) >= 0).all()
    assert (series["closed_share_so_far"][60:] >= series["solved_share_so_far"][60:] - 0.25).all()


def test_shares_so_far_are_of_all_that_was_on_hand() -> None:
    """A district that has lived closes files from before its first day: they are in both parts of the share."""
    model = PinganModel(residents=20_000, days=90, warmup=200)
    w = model.world
    closed_before = w.used("cases")["state"] == CLOSED
    on_hand = int((~closed_before).sum())
    assert on_hand > 0 and w.tally["files_at_start"][0] == on_hand and w.tally["problems_at_start"][0] > 0
    for _ in range(90):
        model.step()
    series, closed = model.series(), w.used("cases")["state"] == CLOSED
    for name in ("closed_share_so_far", "solved_share_so_far"):
        assert (series[name] <= 1.0).all()
    came_back = (~closed[: len(closed_before)] & closed_before).sum()
    standing = closed.sum() - (closed[: len(closed_before)] & closed_before).sum() - came_back
    assert series["closed_share_so_far"][-1] == pytest.approx(standing / (w.tally["files"][0] + on_hand))
