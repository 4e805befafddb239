"""R5: a studio brings to light what it should, in its own place: known problems with none, one and six of them."""

import numpy as np
from helpers.runs import lived

from pingan_abm.model import PinganModel


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
    none, one, six = (lived(300, parameters={"grassroots_groups": count}, residents=34_500) for count in (0, 1, 6))
    elsewhere = abs(known(one, False) - known(none, False))  # what one studio moves where it is not
    assert known(one, True) - known(none, True) > 3.0 * elsewhere
    assert known(six, False) - known(one, False) > elsewhere
