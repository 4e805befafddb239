"""What a scenario does to a district that lives: dated changes, mergers, injected problems, records."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.scenarios.presets import Change, InjectedProblem, Merge, Scenario
from pingan_abm.scenarios.records import Incidents
from pingan_abm.world import cases
from pingan_abm.world.problems import LATENT, REGISTERED

START = date(2014, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_a_dated_change_takes_effect_on_its_morning_and_not_before() -> None:
    change = Change(day(20), {"verification_rate": 0.4, "accountability": 0.9}, {"environment": {"staff": 99.0}})
    changed = Scenario("changed", changes=(change,))
    plain, model = (
        PinganModel(scenario=scenario, residents=2_000, days=40, warmup=0) for scenario in ("pingan365", changed)
    )
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
        warmup=0,
    )
    heir, gone = model.district.unit_index(first), model.district.unit_index(second)
    for _ in range(30):
        model.step()
    world = model.world
    staff, queued = world.units["staff"].copy(), world.units["queued"].copy()
    shares, ambiguity = world.subtypes["shares"].copy(), world.subtypes["entropy"].copy()
    assert queued[[heir, gone]].sum() > 0
    for _ in range(15):
        model.step()
    assert model.district.units[heir].en == "Joined"
    assert world.units["staff"][heir] == pytest.approx(staff[heir] + staff[gone]) and world.units["staff"][gone] == 0
    assert world.subtypes["shares"][:, heir] == pytest.approx(shares[:, heir] + shares[:, gone])
    assert (world.subtypes["shares"][:, gone] == 0).all() and (world.subtypes["lead_shares"][:, gone] == 0).all()
    both = (shares[:, heir] > 0) & (shares[:, gone] > 0)
    assert both.any() and (world.subtypes["entropy"][both] < ambiguity[both]).all()
    assert world.units["queued"][gone] == 0 and world.units["capacity"][gone] == 0
    assert (world.relations[gone] == 0).all() and (world.relations[:, gone] == 0).all()
    assert world.requests[gone].sum() == world.requests[:, gone].sum() == 0.0 <= world.relations.min()
    for _ in range(120):
        model.step()
    parts, files = model.world.used("assignments"), model.world.used("cases")
    assert not (parts["unit"] == gone).any() and not (files["lead"] == gone).any()
    assert not (files["desk"] == gone).any() and not (world.settings[0].desks == gone).any()
    assert not (world.place_kinds["unit"] == gone).any()
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
        model = PinganModel(scenario=scenario(channel), residents=2_000, days=60, events=True, warmup=0)
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
        np.full(n, -1, np.int16),
        np.arange(n, dtype=np.int16) % 54,
        np.where(np.arange(n) % 2, 0.6, np.nan),
        0,
        0,
    )
    model = lived(
        40, residents=2_000, incidents=records, parameters={"ideas": False}
    )  # which prevent recorded ones too
    rows = model.world.used("problems")
    assert len(rows) == n == model.outcomes()["problems"]
    assert np.array_equal(rows["issue"], records.issue) and np.array_equal(rows["community"], records.community)
    assert rows["onset"] == pytest.approx(records.day + 0.25)
    assert (rows["severity"][1::2] == 0.6).all() and len(np.unique(rows["severity"][::2])) > 50


@pytest.mark.parametrize("name", ["fragmented_2010", "hierarchy_only", "society_only", "pizza_shop", "campaign"])
def test_presets_live(name: str) -> None:
    model = lived(150, scenario=name, residents=2_000)
    assert all(value is None or math.isfinite(value) for value in model.outcomes().values())
