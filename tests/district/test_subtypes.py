"""Sub-types: the type's values are the means over them, whatever a scenario makes of the type."""

import math

import numpy as np
import pytest

from pingan_abm.district import subtypes as made
from pingan_abm.district.district import District
from pingan_abm.district.files import load_district, subtype_rows

DISTRICT = load_district()
FIELDS = ("target_days", "recur", "severity", "affected_mean", "enforcement", "solvability")


def means(district: District, issue: str, field: str) -> float:
    own = [one for one in district.subtypes if one.issue == issue]
    return math.fsum(one.rate * getattr(one, field) for one in own) / math.fsum(one.rate for one in own)


def owners(district: District, issue: str) -> dict[str, float]:
    own = [one for one in district.subtypes if one.issue == issue]
    whole, shares = math.fsum(one.rate for one in own), {}
    for one in own:
        for name, share in one.shares.items():
            shares[name] = shares.get(name, 0.0) + one.rate * share / whole
    return shares


def test_there_are_some_120_under_all_types_with_names_of_their_own() -> None:
    assert 110 <= len(DISTRICT.subtypes) <= 130
    assert {one.issue for one in DISTRICT.subtypes} == {issue.id for issue in DISTRICT.issues}
    for names in ("id", "en", "zh"):
        assert len({getattr(one, names) for one in DISTRICT.subtypes}) == len(DISTRICT.subtypes)


def test_the_types_values_are_the_means_of_their_subtypes() -> None:
    for issue in DISTRICT.issues:
        for field in FIELDS:
            assert means(DISTRICT, issue.id, field) == pytest.approx(getattr(issue, field), rel=1e-9), (issue.id, field)
        assert means(DISTRICT, issue.id, "joint") == pytest.approx(issue.joint, rel=0.03)  # some reach the highest
        assert math.fsum(one.rate for one in DISTRICT.subtypes if one.issue == issue.id) == pytest.approx(issue.rate)
        shares = owners(DISTRICT, issue.id)
        assert shares == pytest.approx(issue.shares, abs=1e-6), issue.id


def test_mean_work_is_the_types() -> None:
    for issue in DISTRICT.issues:
        own = [one for one in DISTRICT.subtypes if one.issue == issue.id]
        work = [one.rate * one.work_median * math.exp(0.5 * one.work_log_sd**2) for one in own]
        assert math.fsum(work) / issue.rate == pytest.approx(issue.work_median * math.exp(0.5 * issue.work_log_sd**2))
        assert all(0.0 < one.work_log_sd <= issue.work_log_sd for one in own)


def test_most_duties_are_clear_and_some_are_truly_unclear() -> None:
    rates, unclear = (np.array([getattr(one, name) for one in DISTRICT.subtypes]) for name in ("rate", "entropy"))
    assert rates[unclear < 0.05].sum() > 0.6 * rates.sum()
    assert 0.03 * rates.sum() < rates[unclear > 0.5].sum() < 0.2 * rates.sum()
    assert unclear.max() > 0.7


def test_frequencies_fall_as_in_cities() -> None:
    """Exponents of 1.17 and 1.30 in Baltimore and Boston; the types' rates, which stay, bound what can be reached."""
    rates = np.sort([one.rate for one in DISTRICT.subtypes])[::-1]
    slope = -np.polyfit(np.log(np.arange(1, len(rates) + 1)), np.log(rates), 1)[0]
    assert 1.05 < slope < 1.3
    assert 0.2 < rates[:5].sum() / rates.sum() < 0.35


@pytest.mark.parametrize(
    "entry",
    [{"lead": "fire"}, {"shares": {"fire": 0.5, "public_security": 0.5}}, {"target_days": 3.0, "enforcement": 0.9}],
)
def test_what_a_scenario_makes_of_a_type_reaches_its_subtypes(entry: dict[str, object]) -> None:
    changed = load_district(issues={"noise": entry})
    noise = changed.issues[changed.issue_index("noise")]
    assert owners(changed, "noise") == pytest.approx(noise.shares, abs=1e-6)
    assert means(changed, "noise", "target_days") == pytest.approx(noise.target_days)
    others = [one for one in changed.subtypes if one.issue != "noise"]
    assert others == [one for one in DISTRICT.subtypes if one.issue != "noise"]


def test_a_district_without_subtypes_has_one_of_each_type() -> None:
    problems: list[str] = []
    alone = made.subtypes_of(DISTRICT.issues, [], [], [], problems)
    assert not problems and [one.id for one in alone] == [issue.id for issue in DISTRICT.issues]
    for one, issue in zip(alone, DISTRICT.issues, strict=True):
        assert (one.rate, one.work_median, one.shares) == (issue.rate, issue.work_median, issue.shares)
        assert one.appears_as == issue.appears_as and one.place == "" and one.remedy_days == 0.0


def test_everything_wrong_is_said_with_its_place() -> None:
    problems: list[str] = []
    rows = [dict(row) for row in subtype_rows(problems)]
    rows[0] |= {"shares": {"housign": 1.0}, "place": "estat", "appears_as": "nothing"}
    rows[1] |= {"type": "propery_management"}
    made.subtypes_of(DISTRICT.issues, rows, ["housing", "subdistrict"], DISTRICT.place_kinds, problems)
    said = "\n".join(problems)
    first, second = rows[0]["id"], rows[1]["id"]
    for where in (f"subtypes.{second}.type", "issues.property_management"):
        assert where in said
    rows[1] |= {"type": "property_management"}
    problems.clear()
    made.subtypes_of(DISTRICT.issues, rows, ["housing", "subdistrict"], DISTRICT.place_kinds, problems)
    said = "\n".join(problems)
    for where in (f"subtypes.{first}.shares", f"subtypes.{first}.place", f"subtypes.{first}.appears_as"):
        assert where in said
    assert '"housing"' in said and '"estate"' in said  # what is near


def test_a_fit_that_the_seeds_leave_no_room_for_takes_the_types_shares_in() -> None:
    """Two sub-types of one owner each, and a type that has a third owner only."""
    weights, seeds = (0.5, 0.5), ((("a", 1.0),), (("b", 1.0),))
    fit = made.fitted(weights, seeds, (("c", 1.0),))
    assert [dict(one) for one in fit] == [{"c": 1.0}, {"c": 1.0}]


def test_hiding_types_look_like_the_commonest_of_what_they_appear_as() -> None:
    looks = {one.appears_as for one in DISTRICT.subtypes if one.issue == "unlicensed_trading"}
    assert looks == {"restaurant_fumes"}
    assert all(one.appears_as == one.id for one in DISTRICT.subtypes if one.issue != "unlicensed_trading")
