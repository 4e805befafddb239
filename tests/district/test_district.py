"""The district's data: complete, consistent with the documented figures, and checked when overridden."""

import math
import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.district.files import base_district, load_district, room_problems
from pingan_abm.district.keys import MOST_ISSUES
from pingan_abm.texts.errors import InputErrors

DISTRICT = base_district()
DOCUMENTED = {  # entropy of the shares in nats, as printed beside them
    "property_management": 1.34,
    "elderly_care": 0.93,
    "health_care": 0.64,
    "civil_behaviour": 1.09,
    "food_safety": 0.86,
    "neighbour_dispute": 1.11,
    "catering_fumes": 1.33,
    "unlicensed_trading": 1.43,
    "noise": 1.37,
    "waste_sanitation": 0.97,
    "street_order_parking": 1.14,
    "public_security_hazard": 0.73,
    "fire_safety_hazard": 1.28,
    "demolition_renewal": 1.60,
    "relief_employment": 1.19,
    "youth_at_risk": 1.67,
    "consumer_dispute": 0.83,
    "pollution": 1.03,
}


def problems_of(units: dict[str, Any], issues: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        load_district(units, issues)
    return caught.value.problems


def test_the_documented_counts() -> None:
    tiers = [sum(unit.tier == tier for unit in DISTRICT.units) for tier in (1, 2, 3)]
    assert tiers == [10, 10, 13] and len(DISTRICT.units) == 33
    assert len(DISTRICT.issues) == 18 and len(DISTRICT.subdistricts) == 6 and len(DISTRICT.mechanisms) == 6
    inside = [sum(one.subdistrict == place.id for one in DISTRICT.communities) for place in DISTRICT.subdistricts]
    assert dict(zip([place.id for place in DISTRICT.subdistricts], inside, strict=True)) == {
        "hubin": 6,
        "qingbo": 5,
        "xiaoying": 12,
        "ziyang": 12,
        "wangjiang": 11,
        "nanxing": 8,
    }
    assert [channel.id for channel in DISTRICT.channels] == ["grid", "ehome", "12345", "110", "own_platform", "studio"]
    assert DISTRICT.community_index("wangjiang_01") >= 0


def test_rates_shares_and_places_add_up() -> None:
    assert math.fsum(issue.rate for issue in DISTRICT.issues) == pytest.approx(500)
    for issue in DISTRICT.issues:
        assert math.fsum(issue.shares.values()) == pytest.approx(1)
    assert math.fsum(one.population_share for one in DISTRICT.communities) == pytest.approx(1)
    for place in DISTRICT.subdistricts:
        assert DISTRICT.units[DISTRICT.unit_index(place.unit)].subdistrict
        inside = math.fsum(one.population_share for one in DISTRICT.communities if one.subdistrict == place.id)
        assert place.population_share == pytest.approx(inside)
    assert sum(unit.subdistrict for unit in DISTRICT.units) == 6


def test_ambiguity_follows_from_the_shares() -> None:
    assert {one.id for one in DISTRICT.issues} == set(DOCUMENTED)
    for name, nats in DOCUMENTED.items():
        assert DISTRICT.entropy(name) * math.log(5) == pytest.approx(nats, abs=0.006), name
    assert load_district(issues={"noise": {"lead": "environment"}}).entropy("noise") == 0


def test_every_unit_has_staff_and_whoever_owns_a_type_a_design_load() -> None:
    owners = {name for issue in DISTRICT.issues for name in issue.shares}
    for unit in DISTRICT.units:
        assert unit.staff >= 1, unit.id
        loaded = (unit.design_files_per_day > 0, unit.design_work_mean > 0, unit.design_work_cv2 > 0)
        assert all(loaded) or not any(loaded), unit.id
        if unit.id in owners or unit.subdistrict:
            assert all(loaded), unit.id


def test_every_entry_of_the_data_says_where_it_comes_from() -> None:
    allowed = {"paper", "literature", "assumed"}
    for name in ("units", "issues", "communities", "organisations"):
        data = tomllib.loads((files("pingan_abm") / "data" / f"{name}.toml").read_text("utf-8"))
        for table, entries in data.items():
            for entry, row in entries.items():
                if isinstance(row, dict):
                    assert row["source"] in allowed, (name, table, entry)
                    assert set(row.get("sources", {}).values()) <= allowed
                    assert set(row.get("sources", {})) <= {*row}, (name, table, entry)


def test_what_looks_alike_until_somebody_is_on_site() -> None:
    looks = {issue.id: issue.appears_as for issue in DISTRICT.issues if issue.appears_as != issue.id}
    assert looks == {"unlicensed_trading": "catering_fumes"}


def test_overrides_change_one_entry_and_leave_the_rest() -> None:
    changed = load_district(
        {"environment": {"staff": 12}}, {"noise": {"target_days": 3, "shares": {"fire": 0.5, "subdistrict": 0.5}}}
    )
    assert changed.units[changed.unit_index("environment")].staff == 12
    noise = changed.issues[changed.issue_index("noise")]
    assert noise.target_days == 3 and dict(noise.shares) == {"fire": 0.5, "subdistrict": 0.5}
    assert changed.units[changed.unit_index("fire")] == DISTRICT.units[DISTRICT.unit_index("fire")]
    assert changed.communities == DISTRICT.communities
    assert load_district() == DISTRICT
    owned = load_district(issues={"catering_fumes": {"lead": "admin_enforcement"}})
    assert dict(owned.issues[owned.issue_index("catering_fumes")].shares) == {"admin_enforcement": 1.0}


def test_all_problems_of_overrides_are_told_at_once() -> None:
    told = "\n".join(
        problems_of(
            {"envronment": {"staff": 1}, "environment": {"staf": 2}, "fire": {"staff": True, "tier": 9}},
            {
                "noise": {"lead": "fir"},
                "pollution": {"shares": {"fire": 0.5}},
                "food_safety": {"rate": math.nan},
                "health_care": {"mechanism": "servises"},
            },
        )
    )
    for needed in (
        '"environment"',
        '"staff"',
        "units.fire.staff",
        "units.fire.tier",
        '"fire"',
        "add up to 0.5",
        "issues.food_safety.rate",
        '"services"',
    ):
        assert needed in told, needed


def test_lead_and_shares_contradict_each_other() -> None:
    assert "contradict" in problems_of({}, {"noise": {"lead": "fire", "shares": {"fire": 1.0}}})[0]


def test_unknown_look_ups_are_refused_by_name() -> None:
    for look_up in (
        DISTRICT.unit_index,
        DISTRICT.issue_index,
        DISTRICT.community_index,
        DISTRICT.subdistrict_index,
        DISTRICT.mechanism_index,
    ):
        with pytest.raises(InputErrors):
            look_up("nowhere")


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.dictionaries(st.sampled_from(["staff", "lead", "shares", "fire", "x", "rate"]), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["fire", "environment", "nobody"]), ANYTHING, max_size=2),
    st.dictionaries(st.sampled_from(["noise", "pollution", "nothing"]), ANYTHING, max_size=2),
)
def test_any_override_is_used_or_refused(units: dict[str, Any], issues: dict[str, Any]) -> None:
    try:
        changed = load_district(units, issues)
    except InputErrors as wrong:
        assert wrong.problems
    else:
        assert all(math.isclose(math.fsum(one.shares.values()), 1) for one in changed.issues)
        assert all(unit.staff > 0 for unit in changed.units)


def test_more_than_the_program_has_room_for_is_refused() -> None:
    many = tuple(replace(DISTRICT.issues[0], id=f"type_{number}") for number in range(MOST_ISSUES + 1))
    (told,) = room_problems(replace(DISTRICT, issues=many))
    assert told == f"{MOST_ISSUES + 1} issue types: at most {MOST_ISSUES} fit"
