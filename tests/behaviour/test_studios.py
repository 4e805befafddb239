"""R5: a studio brings to light what it should, in its own place: known problems with none, one and six of them."""

import numpy as np
from helpers.runs import lived

from pingan_abm.model import PinganModel
from pingan_abm.world.tables import STUDIO


def known(model: PinganModel, here: bool) -> float:
    """Share of problems registered within 60 days, in Hubin, whose studio is the first, or elsewhere."""
    w = model.world
    hubin = model.district.subdistrict_index("hubin")
    problems = w.used("problems")
    rows = problems[(problems["state"] > 0) & (problems["onset"] < 240.0)]
    inside = w.communities["subdistrict"][rows["community"]] == hubin
    rows = rows[inside == here]
    with np.errstate(invalid="ignore"):
        return float((rows["registered"] <= rows["onset"] + 60.0).mean())


def test_a_studio_brings_problems_to_light_in_its_own_subdistrict() -> None:
    """Means over three seeds: one studio moves what is known where it is more than where it is not; six move both."""
    shares = np.array(
        [
            [
                [known(model, True), known(model, False)]
                for model in (
                    lived(300, parameters={"grassroots_groups": count}, residents=103_500, seed=seed)
                    for count in (0, 1, 6)
                )
            ]
            for seed in range(3)
        ]
    ).mean(axis=0)
    (none_here, none_there), (one_here, one_there), (_, six_there) = shares
    assert one_here - none_here > 2.0 * abs(one_there - none_there)
    assert six_there - one_there > abs(one_there - none_there)


def test_studios_put_to_organisations_what_they_cannot_settle() -> None:
    """Who is asked is asked by the studio, works without the officer, and is judged by the studio."""
    model = lived(200, parameters={"grassroots_groups": 6}, residents=34_500, events=True)
    w = model.world
    s, book = w.settings[0], w.tally[0]
    by_groups = w.requests[s.group_actor : s.body_actor, s.organisation_actor :]
    assert 0 < by_groups.sum() and book.studio_requests > 20
    granted = w.helps[s.group_actor : s.body_actor, s.organisation_actor :].sum()
    assert 0 < granted <= by_groups.sum()
    apart = lived(200, parameters={"grassroots_groups": 6, "studios_ask": False}, residents=34_500).world
    assert not apart.requests[s.group_actor : s.body_actor].any()
    assert book.settled > 0.9 * apart.tally[0].settled


def test_what_a_studio_settles_is_registered_like_the_rest() -> None:
    w = lived(200, parameters={"grassroots_groups": 6}, residents=34_500).world
    problems = w.used("problems")
    assert w.tally[0].registered == (~np.isnan(problems["registered"])).sum()
    assert w.tally[0].registered_by_studio <= (problems["source"] == STUDIO).sum()
