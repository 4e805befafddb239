"""Every number that decides is declared: none stands in a rule, a behaviour or an actor itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.places import PACKAGE

from pingan_abm.parameters.coefficients import Coefficients
from pingan_abm.parameters.declared import (
    Parameters,
    coefficient_tables,
    coefficients,
    declarations,
    main_parameters,
    members,
)
from pingan_abm.parameters.fields import GROUPS
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.settings import default_settings, settings_of
from pingan_abm.world.tables import SETTINGS

ROOMS = ("rules", "behaviour", "actors")
MODULES = (
    "agents",
    "world/build",
    "world/places",
    "world/population",
    "world/networks",
    "world/timeline",
)
PLAIN = {0, 1, 2, 0.5}  # and what has a minus before it

#: Numbers that stand in the code all the same, by file and by function or name: which, and why.
EXCEPTIONS: dict[tuple[str, str], tuple[set[float], str]] = {
    ("actors/idle.py", "warn_of_idle_classes"): ({4}, "calls between the warning and whoever is warned"),
    ("actors/appraisal.py", "FULL_POINTS"): ({100.0}, "points are per cent"),
    ("actors/appraisal.py", "TINY"): ({1e-300}, "guards a division whose result is thrown away"),
    ("actors/base.py", "YEAR_DAYS"): ({365.0}, "days of a year"),
    ("actors/gatherings.py", "ROOM_FOR_MONTHS"): ({1000}, "keys of draws"),
    ("actors/gatherings.py", "ROOM_FOR_ACTORS"): ({16}, "keys of draws"),
    ("actors/groups.py", "LEAST_FOUNDERS"): ({3}, "a group is no group below; binds in toy districts only"),
    ("actors/groups.py", "ROOM_FOR_MONTHS"): ({1000}, "keys of draws"),
    ("actors/institutions.py", "LEAST_RELATION"): ({0.02}, "below which an edge is not drawn"),
    ("actors/leadership.py", "FULL_POINTS, HALF_THE_POINTS"): ({100.0, 50.0}, "points are per cent; half of them"),
    ("actors/leadership.py", "QUARTER, YEAR"): ({3, 12}, "months of a quarter and of a year"),
    ("actors/leadership.py", "LONG_AGO"): ({10, 6}, "a day before any run"),
    ("actors/leadership.py", "UNIT_LEVEL, SUBDISTRICT_LEVEL, GRID_LEVEL"): ({3}, "counts the levels that there are"),
    ("actors/organisations.py", "QUARTER, YEAR"): ({3, 12.0}, "months of a quarter and of a year"),
    ("actors/organisations.py", "YEAR_DAYS"): ({365.0}, "days of a year"),
    ("actors/organisations.py", "MOST_FIELDS"): ({3}, "what is left when it is neither one nor two"),
    ("actors/purse.py", "MOST_ENTRANTS, ENTRANTS, ROOM_FOR_ENTRANTS"): ({50, 1_000_000, 100}, "keys; end of a loop"),
    ("actors/purse.py", "LEAST_ORGANISATIONS"): ({12}, "every field has some; binds in toy districts only"),
    ("actors/purse.py", "RESCALINGS, TINY"): ({20, 1e-12}, "steps of an iteration; guards a division"),
    ("actors/steering.py", "YEAR_DAYS, MONTHS"): ({365, 12}, "days and months of a year"),
    ("actors/steering.py", "JUDGED_AFTER, WINDOW"): ({30, 90}, "defines the figures that leaders look at"),
    ("actors/steering.py", "FULL_POINTS"): ({100.0}, "points are per cent"),
    ("behaviour/arise.py", "EXPOSURE_TRIES"): ({8}, "end of a loop that draws until one is taken"),
    ("behaviour/arise.py", "MOST_OF_A_PART, MOST_A_PART"): ({20.0, 200}, "how a Poisson number is drawn"),
    ("behaviour/arise.py", "ROOM_FOR_TYPES"): ({64}, "keys of draws"),
    ("behaviour/arise.py", "MORE_TYPES"): ({40}, "keys of draws"),
    ("behaviour/arise.py", "draw_true_units"): ({3}, "the third unit, where three are needed"),
    ("behaviour/arise.py", "most_readiness"): ({1e-9}, "tolerance of rounding"),
    ("behaviour/burden.py", "ALL, HIDDEN, LESS_DIGITAL, MORE_DIGITAL"): ({4}, "places in an array"),
    ("behaviour/centre.py", "MONTH_DAYS"): ({30.4}, "days of a month"),
    ("behaviour/centre.py", "LATE_AFTERNOON"): ({0.9}, "time of day in the log"),
    ("behaviour/centre.py", "ask_for_supervision"): ({1e-9}, "tolerance of rounding"),
    ("behaviour/centre.py", "centre_day"): ({0.01, 1e-9}, "tolerance of rounding"),
    ("behaviour/centre.py", "send_out"): ({1e-9}, "tolerance of rounding"),
    ("behaviour/cooperation.py", "LEAST_CAPACITY"): ({0.05}, "guards a division"),
    ("behaviour/dispatch.py", "ROOM_FOR_PLACES"): ({8}, "keys of draws"),
    ("behaviour/experience.py", "FELT_COMPLIED, FELT_SETTLED, FELT_LAPSED, FELT_PAPER"): (
        {61, 62, 63, 64},
        "keys of draws",
    ),
    ("behaviour/filing.py", "STUDIO_REPORT, PATROL_REPORT, CRISIS_REPORT"): ({97, 98, 99}, "keys of draws"),
    ("behaviour/filing.py", "AFFECTED_ROOM"): ({16}, "keys of draws"),
    ("behaviour/gatherings.py", "FORUM_REPORT"): ({96}, "keys of draws"),
    ("behaviour/groups.py", "ALL_GROUPS"): ({0xFFFF}, "bits of a mask"),
    ("behaviour/officers.py", "MONTH_DAYS"): ({30.0}, "days of a month"),
    ("behaviour/officers.py", "work_queue"): ({1e-9}, "tolerance of rounding"),
    ("behaviour/officers.py", "find_latent"): ({7, 6}, "rows are tidied once a week"),
    ("behaviour/organisations.py", "ROOM_FOR_TRIES"): ({20}, "keys of draws"),
    ("behaviour/organisations.py", "MOST_TRIES"): ({10}, "keys of draws"),
    ("behaviour/organisations.py", "CENTRE_ASKS, GROUP_ASKS"): ({4}, "keys of draws"),
    ("behaviour/places.py", "TRIES"): ({8}, "end of a loop that draws until one is taken"),
    ("behaviour/remedies.py", "ROOM_FOR_CHECKS"): ({16}, "keys of draws"),
    ("behaviour/residents.py", "EVENING"): ({0.99}, "time of day in the log"),
    ("behaviour/residents.py", "evaluate"): ({100}, "per cent in the log"),
    ("behaviour/units.py", "LONG_QUEUE"): ({200}, "from where one way to the same order is faster"),
    ("behaviour/units.py", "BEGUN_FIRST"): ({1000.0}, "an order, more than any weight"),
    ("behaviour/units.py", "work_on"): ({1e-12}, "tolerance of rounding"),
    ("behaviour/units.py", "handle"): ({1e-12}, "tolerance of rounding"),
    ("rules/handling.py", "VETO_FIRST"): ({100.0}, "an order, more than all weights together"),
    ("rules/handling.py", "trained_after"): ({365.0}, "days of a year"),
    ("rules/reporting.py", "NEVER"): ({1e9}, "a day after any run"),
    ("rules/reporting.py", "time_lived"): ({7.0, 5.0}, "days and working days of a week"),
    ("rules/reporting.py", "time_of_decision"): ({7.0, 5.0}, "days and working days of a week"),
    ("rules/reporting.py", "patrol_hazard"): ({60.0}, "minutes of an hour"),
    ("world/build.py", "THOUSAND, YEAR_DAYS"): ({1000.0, 365.0}, "rates are for a thousand persons and a year"),
    ("world/build.py", "EVEN_OVER"): ({5.0}, "defines the unit of H, the ambiguity of duties"),
    ("world/build.py", "joint_chances"): ({1e-9, 20.0, 80}, "guards a division; steps of a bisection"),
    ("world/build.py", "staff_for_equal_waits"): ({1e-6, 60}, "steps of a bisection"),
    ("world/build.py", "posts_moved"): ({1e-9}, "guards a division"),
    ("world/build.py", "expected_work"): ({1e-9}, "guards a division"),
    ("behaviour/ahead.py", "AHEAD"): ({6}, "how far ahead rows are fetched: no outcome hangs on it"),
    ("behaviour/arise.py", "FETCHED"): ({3}, "how far ahead rows are fetched: no outcome hangs on it"),
    ("behaviour/officers.py", "LOOKED_AT_AHEAD"): ({16}, "how far ahead rows are fetched: no outcome hangs on it"),
    ("world/networks.py", "centralisation"): ({3}, "units that it takes for one to stand between two"),
    ("world/networks.py", "CONTACTS"): ({8}, "size of an array"),
    ("world/networks.py", "LEAST_TIE"): ({0.05}, "defines the measure of modularity"),
    ("world/networks.py", "diffuse"): ({3, 4, 5, 6, 7}, "places in an array"),
    ("world/networks.py", "modularity"): ({1e-12}, "tolerance of rounding"),
    ("world/places.py", "ROOM_FOR_KINDS"): ({1_000_000}, "keys of draws"),
    ("world/places.py", "place_counts"): ({1000.0}, "counts are for a thousand persons"),
    ("world/places.py", "wait_for_inspection"): ({1e6, 365.0}, "a day after any run; days of a year"),
    ("world/population.py", "REPORTED, VOLUNTEERED, JOINED, PROPOSED"): ({5}, "counts the rungs that there are"),
    ("world/timeline.py", "AFTERWARDS"): ({40}, "size of an array"),
    ("world/timeline.py", "YEAR, USUAL_YEAR"): ({365, 2014}, "days of a year, and one without a leap day"),
    ("world/timeline.py", "LONGEST_LEAVE"): ({40}, "days that are looked at"),
    ("world/timeline.py", "TENTH"): ({10}, "day of the month, as the paper has it"),
}


def sources() -> list[Path]:
    """Where numbers that decide could stand."""
    rooms = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]
    return rooms + [PACKAGE / f"{name}.py" for name in MODULES]


def numbers(path: Path) -> Iterator[tuple[str, float]]:
    """(function, class's function or name at the top of the file, number) of every number that is not plain."""
    for statement in ast.parse(path.read_text("utf-8")).body:
        members_of = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        for one in members_of:
            if isinstance(one, ast.Assign):
                scope = ", ".join(ast.unparse(target).strip("()") for target in one.targets)
            else:
                scope = getattr(one, "name", "")
            for node in ast.walk(one):
                found = node.value if isinstance(node, ast.Constant) else None
                if isinstance(found, int | float) and not isinstance(found, bool) and found not in PLAIN:
                    yield scope, found


def test_no_number_that_decides_stands_in_the_code() -> None:
    found: dict[tuple[str, str], set[float]] = {}
    for path in sources():
        for scope, number in numbers(path):
            found.setdefault((path.relative_to(PACKAGE).as_posix(), scope), set()).add(number)
    assert found == {place: allowed for place, (allowed, _) in EXCEPTIONS.items()}
    assert all(why for _, why in EXCEPTIONS.values())


def test_a_number_in_a_rule_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text("LEAST = -3\n\n\ndef rule(x):\n    return min(0.95, 2 * x - 1)\n")
    assert list(numbers(file)) == [("LEAST", 3), ("rule", 0.95)]


def test_coefficients_are_numbers_with_bounds_and_come_after_the_main_parameters() -> None:
    assert declarations() == (*main_parameters(), *coefficients())
    assert [one.name for one in coefficients()] == list(Coefficients.model_fields)
    for one in coefficients():
        assert one.type in ("number", "integer") and one.low is not None and one.high is not None, one.name
        assert one.role == "uncertainty", one.name


def test_every_group_of_coefficients_has_a_module_of_its_own() -> None:
    folder = PACKAGE / "parameters" / "coefficients"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {one.group for one in coefficients()} == modules <= set(GROUPS)
    for group in modules:
        assert members(group) and all(one.coefficient for one in members(group))


def test_an_unknown_group_is_told_with_what_is_near() -> None:
    with pytest.raises(InputErrors, match="settling"):
        members("setling")


def test_compiled_code_reads_every_coefficient_under_its_own_name() -> None:
    row = default_settings()
    assert {one.name for one in coefficients()} <= set(SETTINGS.names or ())
    assert all(row[one.name] == one.default for one in coefficients())
    moved = settings_of(Parameters(paper_strain_effect=3.0, hold_backs_most=5))
    assert (moved.paper_strain_effect, moved.hold_backs_most) == (3.0, 5)


def test_what_follows_from_coefficients_follows() -> None:
    changes = {
        "volunteer_minutes_a_week": 14.0,
        "paper_powerless_odds": 1.0,
        "room_half_life": 10.0,
        "meeting_review_days": 4.0,
        "queue_meeting": 3.0,
        "supervisions_a_month": 7.0,
        "channel_use_police": 0.3,
    }
    row = settings_of(Parameters.checked(changes))
    assert (row.volunteer_minutes_a_day, row.paper_powerless_log_odds) == (2.0, 0.0)
    assert row.room_keep**10 == pytest.approx(0.5)
    assert row.meeting_length == 17.0 and list(row.meeting_days) == [2.0, 3.0, 5.0, 4.0, 2.0, 1.0]
    assert list(row.tier_weight) == [0.0, 0.2, 0.5, 3.0]
    assert list(row.a_month) == [7.0, 2.0, 10.0, 5.0]
    assert np.asarray(row.channel_use).tolist() == [0.20, 0.15, 0.35, 0.3, 0.15, 0.05]


def test_a_record_of_defaults_is_fresh_each_time() -> None:
    default_settings().accountability = 0.9
    assert default_settings().accountability == 0.5


def test_tables_list_every_coefficient_once_under_its_group() -> None:
    for language in ("en", "zh"):
        tables = coefficient_tables(language)
        for one in coefficients():
            assert tables.count(f"| `{one.name}` |") == 1
        assert all(f"(`{group}`)" in tables for group in {one.group for one in coefficients()})
