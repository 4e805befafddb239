"""R4, R6: attempts on the spot, whose they are and what is put down to whom."""

from typing import Any

import numpy as np
import pytest
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.world.events import Activity, ActorKind


@pytest.fixture(scope="module")
def model() -> PinganModel:
    return lived(200, residents=34_500, events=True)


def test_every_attempt_is_of_the_officer_or_of_an_organisation(model: PinganModel) -> None:
    """Organisations that work alone are told as such, as often as they took something up and it came to an end."""
    w = model.world
    events = w.used("events")
    tries = events[events["activity"] == Activity.TRY]
    alone = int((tries["kind"] == ActorKind.ORGANISATION).sum())
    started = w.tally[0].own_initiatives + int((w.used("problems")["alone"] >= 2).sum())
    assert 0.8 * w.tally[0].own_initiatives < alone
    assert alone <= started + w.tally[0].studio_requests
    assert (tries["kind"] == ActorKind.GRID_OFFICER).sum() > alone


def test_attempts_of_organisations_leave_the_officers_their_room(model: PinganModel) -> None:
    """Where organisations take up problems by themselves, the officers' minutes for the rest are no scarcer."""
    few, many = lived(200, residents=34_500, parameters={"organisation_work": False}).world, model.world
    assert many.tally[0].own_initiatives > 500 > few.tally[0].own_initiatives == 0
    rooms = []
    for w in (few, many):
        patches = w.grids[np.unique(w.grids["patch"])]
        asked = patches["asked"] > 0
        rooms.append(float(np.minimum(1.0, patches["granted"][asked] / patches["asked"][asked]).mean()))
    assert rooms[1] >= rooms[0] - 0.02


def test_a_promise_that_is_not_kept_is_no_success(model: PinganModel) -> None:
    """What communities settled by attempts is what was really settled, but for what groups settle themselves."""
    w = model.world
    problems = w.used("problems")
    settled = (problems["by_society"] == 1) & (problems["tries"] > 0)
    assert w.communities["tries"][:, 1].sum() == settled.sum()


def test_neighbours_mediate_what_needs_no_powers(model: PinganModel) -> None:
    w = model.world
    book, events = w.tally[0], w.used("events")
    answers = events[np.isin(events["activity"], (Activity.HELP, Activity.REFUSE))]
    answers = answers[answers["kind"] == ActorKind.RESIDENT]
    assert len(answers) == book.neighbours_asked > 50
    assert (answers["activity"] == Activity.HELP).sum() == book.neighbours_mediated
    asked = w.used("problems")[answers["problem"]]
    powers = w.subtypes["enforcement"][asked["subtype"]]
    assert powers.max() <= w.settings[0].mediation_enforcement_most
    outside = (answers["actor"] < asked["resident"]) | (answers["actor"] >= asked["resident"] + asked["affected"])
    assert outside.mean() > 0.99  # those affected are neighbours in index order, but for a grid's edge


@pytest.mark.parametrize(
    ("more", "less"),
    [({"neighbour_mediation_bonus": 0.5}, {"neighbour_mediation_bonus": 0.0})],
)
def test_mediation_settles_more(more: dict[str, Any], less: dict[str, Any]) -> None:
    with_it, without = (lived(200, residents=34_500, parameters=one).world.tally[0] for one in (more, less))
    assert with_it.settled > 1.02 * without.settled
