"""A warm district: what it takes over, what begins again on day 0, and that retiring what is over changes nothing."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from helpers.runs import lived

import pingan_abm.model as module
from pingan_abm.model import PinganModel
from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.snapshots import store
from pingan_abm.world.problems import LATENT, REGISTERED

BUSY = {"problem_rate": 1.0, "staffing": 0.4, "target_days": 0.4}
OLD = {"command_centre": False, "channel_integration": 0.1, "appraisal": False}
SETS: tuple[Mapping[str, Any], ...] = (
    {},
    {"parameters": BUSY, "history": "own"},
    {"parameters": OLD, "history": "own"},
)
NEVER = 10**6


def left_by(model: PinganModel) -> tuple[str, str, str]:
    """Outcomes, and digests of the problems that are there and of trust."""
    rows = model.world.used("problems")
    rows = np.sort(rows[np.isin(rows["state"], (LATENT, REGISTERED))], order="key")
    names = ("key", "onset", "registered", "first_report", "affected", "severity")
    told = hashlib.sha256(b"".join(np.ascontiguousarray(rows[name]).tobytes() for name in names))
    return repr(model.outcomes()), told.hexdigest(), hashlib.sha256(model.world.trust.tobytes()).hexdigest()


def retired_every(every: int, monkeypatch: pytest.MonkeyPatch, **given: Any) -> tuple[tuple[str, str, str], int]:
    """What a run leaves whose warm-up retired what was over every so many days; and how many problems it holds."""
    monkeypatch.setattr(module, "RETIRE_DAYS", every)
    monkeypatch.setattr(module, "RETIRE_AGAIN", every)
    model = PinganModel(**{"days": 200, "warmup": 500, **given})
    monkeypatch.setattr(module, "RETIRE_DAYS", NEVER)  # in the run itself
    while model.day < model.days:
        model.step()
    return left_by(model), model.world.counted("problems")


@pytest.fixture(scope="module")
def warm() -> PinganModel:
    """A small district that has lived for a year, on day 0."""
    return PinganModel(residents=4_000, days=60, warmup=365)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every warm-up is lived."""
    monkeypatch.setenv(store.VARIABLE, "0")


def test_retiring_during_a_warm_up_changes_no_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    often, _ = retired_every(37, monkeypatch, residents=1_500, days=60, warmup=300)
    never, _ = retired_every(NEVER, monkeypatch, residents=1_500, days=60, warmup=300)
    assert often == never


@pytest.mark.slow
@pytest.mark.parametrize("given", SETS, ids=["documented", "busy", "old"])
def test_retiring_changes_no_outcome_whatever_the_settings(
    given: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [retired_every(every, monkeypatch, residents=8_000, **given)[0] for every in (37, 140, NEVER)]
    assert found[0] == found[1] == found[2]


def test_day_0_finds_files_queues_and_memories(warm: PinganModel) -> None:
    w = warm.world
    problems, files = w.used("problems"), w.used("cases")
    assert len(problems) > 100 and len(files) > 20
    assert (problems["onset"] < 0.0).all() and (files["opened"] < 0.0).all()
    assert w.units["queued"].sum() > 0 and w.units["backlog"].sum() > 0.0
    assert w.trust.std() > 0.0 and w.subtypes["knowledge"].max() > 0.0


def test_counts_begin_at_nought_and_levels_do_not(warm: PinganModel) -> None:
    book = warm.world.tally[0]
    for name in ("arisen", "reports", "files", "closed", "dispatches", "crises", "solved", "spent", "offered"):
        assert book[name] == 0, name
    assert book.volunteers_now > 0 and book.latent > 0
    assert warm.world.residents["reports"].sum() == 0
    assert warm.world.counted("events") == 0


def test_no_problem_of_the_warm_up_is_in_a_cohort() -> None:
    model = lived(120, residents=4_000, warmup=365)
    cohorts = Cohorts(model)
    assert cohorts.arisen90["onset"].min() >= 0.0
    assert cohorts.cases["opened"][cohorts.files30].min() >= 0.0
    assert (cohorts.filed90["registered"]).min() >= 0.0


def test_a_long_warm_up_holds_no_more_than_a_short_one() -> None:
    held = [PinganModel(residents=2_000, days=30, warmup=days).world.counted("problems") for days in (730, 1_460)]
    assert held[1] < 1.3 * held[0]


def test_both_histories_differ_and_each_is_its_own() -> None:
    given = {"parameters": {"accountability": 0.95}, "residents": 3_000, "days": 60, "warmup": 200}
    today, own = (PinganModel(**given, history=history) for history in ("today", "own"))
    assert today.parameters.accountability == own.parameters.accountability == 0.95
    assert today.world.trust.tobytes() != own.world.trust.tobytes()
    base = PinganModel(**(given | {"parameters": {}}))
    assert base.world.trust.tobytes() == today.world.trust.tobytes()  # the same warm district
    assert base.world.used("problems").tobytes() == today.world.used("problems").tobytes()


def test_what_no_decision_can_change_is_the_run_s_from_the_beginning() -> None:
    model = PinganModel({"grassroots_groups": 4, "calendar": False}, residents=2_000, days=20, warmup=90)
    assert len(model.groups) == 4
    assert PinganModel(residents=2_000, days=20, warmup=90).world.trust.tobytes() != model.world.trust.tobytes()
