"""R21 at work: who is asked, who helps, and what comes of it."""

from typing import Any

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.actors.appraisal import unit_scores
from pingan_abm.behaviour.cooperation import closeness
from pingan_abm.model import PinganModel
from pingan_abm.world.cases import ASSISTING_ROLE, JOINT_ROLE, REFUSED
from pingan_abm.world.events import Activity

#: Many problems for several units, so that much is asked.
SHARED: dict[str, Any] = {"multi_department_share": 0.35, "problem_rate": 1.0}
ONCE: dict[str, PinganModel] = {}


def district(name: str = "plain", **overrides: Any) -> PinganModel:
    if name not in ONCE:
        ONCE[name] = lived(200, parameters=SHARED | overrides, residents=34_500, events=True)
    return ONCE[name]


def test_every_request_is_granted_or_declined_and_counted_once() -> None:
    w = district().world
    book, parts, units = w.tally[0], w.used("assignments"), len(w.units)
    declined = int((parts["reason"] == REFUSED).sum())
    assert book.asked_units == book.helped_units + declined and declined > 20
    assert w.requests[:, :units].sum() == book.asked_units and w.helps[:, :units].sum() == book.helped_units
    assert (w.helps <= w.requests).all() and (np.diag(w.requests) == 0.0).all()
    events = w.used("events")
    of_units = events[np.isin(events["activity"], (Activity.HELP, Activity.REFUSE)) & (events["kind"] == 6)]
    assert len(of_units) == book.asked_units
    assert ((of_units["draw"] < of_units["chance"]) == (of_units["activity"] == Activity.REFUSE)).all()


def test_only_helpers_decline_and_only_when_another_unit_leads() -> None:
    w = district().world
    declined = w.used("assignments")[w.used("assignments")["reason"] == REFUSED]
    assert np.isin(declined["role"], (ASSISTING_ROLE, JOINT_ROLE)).all() and (declined["place"] >= 0).all()


def test_who_was_refused_asks_again_and_then_the_centre() -> None:
    w = district("unwilling", help_base=-3.0).world
    cases = w.used("cases")
    assert w.tally[0].asked_centre > 5
    often = cases[(cases["refusals"] >= 2) & (cases["tracked"] == 1)]
    assert len(often) > 20 and often["joint"].mean() > 0.5
    assert (cases["refusals"] > 0).sum() == w.tally[0].refused_cases


def test_units_that_never_help_leave_shared_problems_to_those_who_command() -> None:
    """Without any readiness fewer shared problems are solved; with endless readiness nobody is refused."""
    never, ever = district("never", help_base=-3.0).world, district("ever", help_base=4.0, rivalry_effect=0.0).world
    shares = []
    for w in (never, ever):
        problems = w.used("problems")
        shared = problems[(problems["n_units"] > 1) & (problems["file"] >= 0) & (problems["onset"] < 110)]
        shares.append(float((shared["solved"] <= shared["onset"] + 90).mean()))
    assert shares[0] < shares[1]
    assert ever.tally[0].helped_units / ever.tally[0].asked_units > 0.98


def test_closeness_is_that_of_neighbours_in_the_ranking_of_one_tier() -> None:
    model = PinganModel(residents=3_450, days=1, warmup=0)
    w = model.world
    first, second = np.flatnonzero(w.units["tier"] == 2)[:2]
    w.units["rank_gap"][first], w.units["rank_gap"][second] = 0.2, 0.3
    other = int(np.flatnonzero(w.units["tier"] == 3)[0])
    assert closeness(w, first, second) == pytest.approx(0.9) and closeness(w, first, other) == 0.0
    w.settings["appraisal"] = 0
    assert closeness(w, first, second) == 0.0


def test_shared_credit_counts_what_helpers_did_and_nothing_else() -> None:
    """Scores of one month: at 0 the assignments of helpers do not count, at 1 all count alike."""
    model = district()
    w, start, end = model.world, 90.0, 150.0
    by_credit = [
        unit_scores(w, model.timeline, start, end, model.parameters.overridden({"shared_credit": credit}))
        for credit in (0.0, 1.0)
    ]
    parts = w.used("assignments")
    helped = np.isin(parts["role"], (ASSISTING_ROLE,)) & (parts["due"] >= start) & (parts["due"] < end)
    helpers = np.unique(parts["unit"][helped & (parts["reason"] == 0)])
    moved = np.flatnonzero(~np.isclose(by_credit[0], by_credit[1], equal_nan=True))
    assert len(helpers) > 3 and len(moved) > 0
    acted = {
        int(unit)
        for problem in w.used("problems")
        for place, unit in enumerate(problem["true_units"][: problem["n_units"]])
        if problem["n_units"] > 1 and int(problem["acted"]) >> place & 1
    }
    asked = parts["unit"][np.isin(parts["role"], (ASSISTING_ROLE, JOINT_ROLE))]
    assert set(moved) <= acted | {int(unit) for unit in asked}


def test_organisations_are_seen_to_solve_and_to_fail_and_use_the_days_they_have() -> None:
    model = district()
    w = model.world
    rows, first = w.organisations, int(w.settings[0].organisation_actor)
    assert w.requests[:, first:].sum() > 100 and rows["own_work"].sum() > 0.0 and rows["duty_work"].sum() > 0.0
    assert (rows["bank"] >= -1e-9).all() and (rows["own_bank"] >= -1e-9).all()
    asked = np.argwhere(w.requests[:, first:] > 0.0)
    communities = asked[(asked[:, 0] >= w.settings[0].community_actor) & (asked[:, 0] < w.settings[0].group_actor)]
    served = w.serves[communities[:, 1], communities[:, 0] - int(w.settings[0].community_actor)]
    assert len(communities) > 20 and (served == 1).all()


def test_without_organisations_work_fewer_problems_are_settled() -> None:
    without = district("alone", organisation_work=False)
    assert without.world.tally[0].settled < district().world.tally[0].settled


def test_a_file_that_nobody_takes_falls_to_the_backstop_however_often_help_is_asked() -> None:
    """After thirty days since a unit last held it, although the lead goes on asking; the backstop then acts for whoever
    is missing, and such problems are solved."""
    w = district("unwilling", help_base=-3.0).world
    cases, problems = w.used("cases"), w.used("problems")
    late = cases[(cases["backstop"] == 1) & (cases["refusals"] > 0)]
    assert len(late) > 5
    shared = problems[late["problem"]]
    acted = np.array([bin(int(mask)).count("1") for mask in shared["acted"]])
    assert (acted > 1).any()  # the lead had acted, and the backstop for another


def test_what_a_meeting_orders_is_no_help() -> None:
    """Nothing but capacity decides: nobody could have declined, so nobody is said to have been asked."""
    w = district("null", behaviour="capacity_only").world
    assert w.tally[0].asked_units == w.tally[0].helped_units == w.requests[:, : len(w.units)].sum() == 0
