"""The whole model on small districts: outcomes as defined, bad input refused, dated changes, mergers, injected
problems, records."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.outcomes.catalogue import INDICATORS, OUTCOMES, SEVEN_RATES
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.parameters.declared import Parameters
from pingan_abm.scenarios.presets import Change, InjectedProblem, Merge, Scenario
from pingan_abm.scenarios.records import Incidents
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world import cases
from pingan_abm.world.events import Activity
from pingan_abm.world.problems import LATENT, REGISTERED

START = date(2014, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


# -- outcomes --------------------------------------------------------------------------------------------------------


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
    assert found["returns_per_dispatch"] == logged(Activity.RETURN) / found["dispatches"]
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
    model = PinganModel(residents=2_000, days=90)
    for until in (1, 2, 9, 40):
        while model.day < until:
            model.step()
        found = model.outcomes()
        assert all(value is None or math.isfinite(value) for value in found.values())
        assert found["share_over_30_days"] is None  # F90 = T//3 < 30
    assert PinganModel(residents=540, days=1).outcomes()["reported_closure_rate"] is None


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


def test_the_event_log_is_in_order_and_tells_of_all_seven_steps(year: PinganModel) -> None:
    rows = year.event_rows()
    assert (np.diff(rows["time"]) >= 0).all()
    for step in (
        Activity.COLLECT,
        Activity.FILE,
        Activity.DISPATCH,
        Activity.HANDLE,
        Activity.FEEDBACK,
        Activity.VERIFY,
        Activity.EVALUATE,
    ):
        assert (rows["activity"] == step).sum() > 100
    chances = rows["chance"][~np.isnan(rows["chance"])]
    assert chances.min() >= 0.0 and chances.max() <= 1.0


def test_the_institutional_network(year: PinganModel) -> None:
    graph = year.institutions
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert kinds.count("department") == 27 and kinds.count("subdistrict") == 6 and kinds.count("community") == 54
    assert {data["kind"] for _, _, data in graph.edges(data=True)} == {
        "command",
        "hierarchy",
        "cooperation",
        "service",
        "voice",
    }
    assert all(0.0 < data["weight"] <= 1.0 for _, _, data in graph.edges(data=True) if data["kind"] != "service")


# -- input -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"residents": 0}, "residents: 0 is out of bounds"),
        ({"residents": 539}, "540"),
        ({"days": 0}, "days: 0 is out of bounds"),
        ({"scenario": "pingan356"}, "pingan365"),
        ({"parameters": {"acountability": 0.5}}, "accountability"),
        ({"parameters": {"accountability": 1.5}}, "above 1"),
        ({"parameters": {"accountability": "high"}}, "does not fit"),
        ({"parameters": {"social_cogovernance": False, "administrative_handling": False}}, "both off"),
        ({"parameters": {"campaign_days": 10}}, "without a campaign"),
        ({"scenario": "no/such/file.toml"}, "no/such/file.toml"),
    ],
)
def test_bad_input_is_refused_in_words(given: dict[str, object], said: str) -> None:
    with pytest.raises(InputErrors) as refused:
        PinganModel(**({"residents": 2_000, "days": 5} | given))
    assert said in str(refused.value)


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(InputErrors) as refused:
        PinganModel({"acountability": 0.5, "verification_rate": 3.0}, residents=2_000, days=5)
    assert len(refused.value.problems) == 2
    with pytest.raises(InputErrors) as refused:
        PinganModel(residents=1, days=0)
    assert len(refused.value.problems) == 2


def test_the_run_ends_after_its_days() -> None:
    model = lived(3, residents=540)
    assert not model.running
    with pytest.raises(RuntimeError, match="the run ended after 3 days"):
        model.step()


def test_parameters_may_be_an_object_or_overrides() -> None:
    first = lived(10, parameters=Parameters(accountability=0.9), residents=1_000)
    second = lived(10, parameters={"accountability": 0.9}, residents=1_000)
    assert first.outcomes() == second.outcomes()


# -- scenarios -------------------------------------------------------------------------------------------------------


def test_a_dated_change_takes_effect_on_its_morning_and_not_before() -> None:
    change = Change(day(20), {"verification_rate": 0.4, "accountability": 0.9}, {"environment": {"staff": 99.0}})
    changed = Scenario("changed", changes=(change,))
    plain, model = (PinganModel(scenario=scenario, residents=2_000, days=40) for scenario in ("pingan365", changed))
    environment = model.district.unit_index("environment")
    for _ in range(20):
        plain.step()
        model.step()
    assert plain.world.used("problems").tobytes() == model.world.used("problems").tobytes()
    assert model.parameters == plain.parameters
    before = model.world.units["staff"].copy()
    model.step()
    assert (model.parameters.verification_rate, model.parameters.accountability) == (0.4, 0.9)
    assert model.world.settings[0].verification_rate == 0.4 and model.world.settings[0].orders == 0.9
    moved = np.flatnonzero(model.world.units["staff"] != before)
    assert list(moved) == [environment]
    assert (model.world.units["pressure"] > plain.world.units["pressure"]).all()


def two_units() -> tuple[str, str]:
    """Two units that share duties, from the data file."""
    from pingan_abm.district.files import load_district

    district = load_district()
    for issue in district.issues:
        names = [name for name in issue.shares if name != "subdistrict"]
        if len(names) >= 2:
            return names[0], names[1]
    raise AssertionError("no type has two owners")


@pytest.mark.parametrize("later", [False, True], ids=["merger alone", "a change follows"])
def test_merged_units_hand_everything_to_their_heir(later: bool) -> None:
    first, second = two_units()
    changes = (Change(day(40), {"risk_focus": 0.9}),) if later else ()
    scenario = Scenario(
        "merged", merges=(Merge(day(30), (first, second), "joined", "Joined", "合并"),), changes=changes
    )
    model = PinganModel(
        {"problem_rate": 1.0, "staffing": 0.5, "multi_department_share": 0.35},
        scenario=scenario,
        residents=20_000,
        days=200,
    )
    heir, gone = model.district.unit_index(first), model.district.unit_index(second)
    for _ in range(30):
        model.step()
    world = model.world
    staff, queued = world.units["staff"].copy(), world.units["queued"].copy()
    shares, ambiguity = world.issues["shares"].copy(), world.issues["entropy"].copy()
    assert queued[[heir, gone]].sum() > 0
    for _ in range(15):
        model.step()
    assert model.district.units[heir].en == "Joined"
    assert world.units["staff"][heir] == pytest.approx(staff[heir] + staff[gone]) and world.units["staff"][gone] == 0
    assert world.issues["shares"][:, heir] == pytest.approx(shares[:, heir] + shares[:, gone])
    assert (world.issues["shares"][:, gone] == 0).all() and (world.issues["lead_shares"][:, gone] == 0).all()
    both = (shares[:, heir] > 0) & (shares[:, gone] > 0)
    assert both.any() and (world.issues["entropy"][both] < ambiguity[both]).all()
    assert world.units["queued"][gone] == 0 and world.units["capacity"][gone] == 0
    assert (world.ties[gone] == 0).all() and (world.ties == world.ties.T).all()
    for _ in range(120):
        model.step()
    parts, files = model.world.used("assignments"), model.world.used("cases")
    assert not (parts["unit"] == gone).any() and not (files["lead"] == gone).any()
    open_parts = np.isin(parts["state"], (cases.SENT, cases.QUEUED, cases.BEGUN))
    assert np.array_equal(np.bincount(parts["case"][open_parts], minlength=len(files)), files["pending"])
    old = model.world.used("problems")
    old = old[(old["onset"] < 30) & (old["state"] == REGISTERED)]
    assert (
        len(old) < 0.05 * (model.world.used("problems")["onset"] < 30).sum()
    )  # what was open then has been dealt with since
    members = [set(row["true_units"][: row["n_units"]]) for row in model.world.used("problems")]
    assert all(gone not in member for member in members)


def test_an_injected_problem_is_there_and_reported_at_once_or_found_like_any_other() -> None:
    def scenario(channel: str | None) -> Scenario:
        return Scenario(
            "injected", problems=(InjectedProblem(day(10), "wangjiang_01", "catering_fumes", 0.4, 2, channel),)
        )

    for channel, state in (("grid", REGISTERED), (None, LATENT)):
        model = PinganModel(scenario=scenario(channel), residents=2_000, days=60, events=True)
        for _ in range(11):
            model.step()
        rows = model.world.used("problems")
        (found,) = rows[rows["injected"] == 1]
        assert model.district.communities[found["community"]].id == "wangjiang_01"
        assert model.district.issues[found["issue"]].id == "catering_fumes"
        assert found["severity"] == 0.4 and found["n_units"] >= 2 and int(found["onset"]) == 10
        if channel:
            assert found["state"] == state and found["first_report"] == found["onset"]
        else:
            assert found["state"] in (state, REGISTERED)


def test_records_replace_what_is_drawn() -> None:
    n = 200
    records = Incidents(
        np.repeat(np.arange(20, dtype=np.int32), 10),
        np.full(n, 0.25),
        np.arange(n, dtype=np.int16) % 18,
        np.arange(n, dtype=np.int16) % 54,
        np.where(np.arange(n) % 2, 0.6, np.nan),
        0,
        0,
    )
    model = lived(40, residents=2_000, incidents=records)
    rows = model.world.used("problems")
    assert len(rows) == n == model.outcomes()["problems"]
    assert np.array_equal(rows["issue"], records.issue) and np.array_equal(rows["community"], records.community)
    assert rows["onset"] == pytest.approx(records.day + 0.25)
    assert (rows["severity"][1::2] == 0.6).all() and len(np.unique(rows["severity"][::2])) > 50


@pytest.mark.parametrize("name", ["fragmented_2010", "hierarchy_only", "society_only", "pizza_shop", "campaign"])
def test_presets_live(name: str) -> None:
    model = lived(150, scenario=name, residents=2_000)
    assert all(value is None or math.isfinite(value) for value in model.outcomes().values())


@pytest.mark.slow
def test_calibration_targets_hold_at_full_size() -> None:
    """The design's ranges at the defaults, for the means of ten seeds."""
    rows = []
    for seed in range(10):
        model = lived(365, residents=345_000, seed=seed)
        book, found = model.world.tally[0], model.outcomes()
        rows.append(
            (
                book.dispatched_files / 345_000,
                book.patrol_files / book.primary,
                found["utilisation"],
                found["returns_per_dispatch"],
                found["perfunctory_share"],
            )
        )
    means = np.mean(rows, axis=0)
    low, high = np.array([0.03, 0.30, 0.60, 0.04, 0.05]), np.array([0.21, 0.45, 1.0, 0.25, 0.5])
    assert ((means >= low) & (means <= high)).all(), means
