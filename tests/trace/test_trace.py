"""The injected case over replications: milestones against the register, documented dates, and the story in both
languages."""

import json
import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingan_abm.commands.terminal import plain
from pingan_abm.commands.trace import headline, json_of, milestone_table
from pingan_abm.model import PinganModel
from pingan_abm.runs import RunSpec, build_model
from pingan_abm.scenarios.presets import Scenario, load_scenario
from pingan_abm.texts.errors import InputErrors
from pingan_abm.trace.follow import (
    MILESTONES,
    Followed,
    Traced,
    documented_days,
    followed_in,
    injected_into,
    reached,
    share_interval,
    solved_by,
    trace,
)
from pingan_abm.trace.notes import courses, notes
from pingan_abm.trace.story import story
from pingan_abm.trace.words import BY_DETAIL, WORDS
from pingan_abm.world.events import EVENT, Activity

START = date(2014, 1, 1)
PIZZA = load_scenario("pizza_shop")
FAILS = {"settle_without_organisations": 0.0, "settle_cover_effect": 0.0}  # society settles nothing


@pytest.fixture(scope="module")
def traced() -> Traced:
    return trace(run_of(PIZZA, 5_000, 320), range(4))


def run_of(scenario: Scenario, residents: int, days: int, warmup: int = 0) -> RunSpec:
    """The runs in which a case is followed; they begin empty unless a warm-up is given."""
    return RunSpec(scenario, residents=residents, days=days, warmup=warmup)


def test_milestones_agree_with_the_register() -> None:
    """Society fails, as the paper says it did."""
    model = PinganModel(FAILS, scenario="pizza_shop", residents=5_000, days=320, events=True, warmup=0)
    for _ in range(320):
        model.step()
    problem = model.world.used("problems")[model.world.used("problems")["injected"] == 1][0]
    case, one = model.world.cases[int(problem["file"])], followed_in(model)
    assert one.began == problem["onset"] and one.issue == "catering_fumes" and one.community == "wangjiang_01"
    assert one.reached["first_dispatch"] == pytest.approx(case["first_dispatched"] - one.began)
    assert one.reached["closure"] == pytest.approx(case["first_closed"] - one.began)
    assert one.solved == (math.inf if math.isnan(problem["solved"]) else pytest.approx(problem["solved"] - one.began))
    assert len(one.true_units) >= 2  # the paper: more than one department is needed


def test_documented_days_are_those_of_the_paper(traced: Traced) -> None:
    days = documented_days(PIZZA, START, 320)
    assert (days["first_dispatch"], days["second_report"], days["supervision"], days["special_meeting"]) == (
        0,
        23,
        41,
        44,
    )
    told = {one.milestone.name: one.documented for one in traced.spreads}
    assert told == {milestone.name: days.get(milestone.name) for milestone in MILESTONES}


def where_society_failed(traced: Traced) -> list[Followed]:
    """The replications that count: the documented case was filed, so those in which society settled it are left out."""
    failed = [one for one in traced.followed if "first_dispatch" in one.reached]
    assert len(failed) == len(traced.followed) - traced.settled > 0
    return failed


def test_spreads_are_quantiles_of_the_replications_that_get_there(traced: Traced) -> None:
    failed = where_society_failed(traced)
    for one in traced.spreads:
        days = [each.reached[one.milestone.name] for each in failed if one.milestone.name in each.reached]
        assert one.count == len(days) and one.share == len(days) / len(failed)
        if days:
            assert one.low is not None and one.median is not None and one.high is not None
            assert one.low <= one.median <= one.high
            assert one.median == pytest.approx(float(np.median(days)))


def test_the_headline_counts_true_solutions_only(traced: Traced) -> None:
    failed = where_society_failed(traced)
    assert traced.followed[traced.first_counted] is failed[0]  # the one that is told step by step
    for day, (count, whole) in traced.solved_by.items():
        assert whole == len(failed)
        assert count == sum(one.solved <= day for one in failed)
    assert list(traced.solved_by) == [60, 90, 180]
    assert dict(solved_by([])) == {}


def test_the_same_case_has_the_same_luck_in_another_world(traced: Traced) -> None:
    other = trace(run_of(injected_into(PIZZA, load_scenario("fragmented_2010")), 5_000, 200), [0])
    here, there = traced.followed[0], other.followed[0]
    assert (here.true_units, here.began) == (there.true_units, there.began)
    assert other.scenario == "fragmented_2010"
    assert not {"supervision", "special_meeting"} & there.reached.keys()  # neither exists without a centre


def test_a_rule_of_a_warm_platform_counts_as_known_before_the_case() -> None:
    model = build_model(run_of(PIZZA, 5_000, 130, warmup=60), events=True)
    while model.day < 130:
        model.step()
    kind = model.district.subtype_index("vent_position")
    model.rules_at_start[kind] = 0.9
    one = followed_in(model)
    assert one.reached["rule_learned"] == -one.began < 0.0
    model.rules_at_start[kind] = 0.1  # hardly any of it is left
    assert followed_in(model).reached.get("rule_learned", 1.0) != -one.began


def test_a_rule_made_before_the_case_counts_as_known() -> None:
    events = np.zeros(2, EVENT)
    events["activity"], events["detail"], events["time"] = Activity.SPECIAL_MEETING, [7, 3], [10.0, 200.0]
    assert reached(events[:0], events, 7, 125.0, learning=True) == {"rule_learned": -115.0}
    assert reached(events[:0], events, 7, 125.0, learning=False) == {}


def test_a_closure_that_was_found_out_is_none() -> None:
    rows = np.zeros(2, EVENT)
    rows["activity"], rows["detail"], rows["time"] = Activity.VERIFY, [1, 0], [130.0, 140.0]
    assert reached(rows, rows, 0, 125.0, learning=True) == {"closure": 15.0}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_story_tells_every_event_in_words(traced: Traced, language: str) -> None:
    for one in traced.followed:
        lines = list(story(one, START, language))
        assert len(lines) == len(one.rows)
        assert all(line.who and line.what and "{" not in line.what + line.why for line in lines)
        assert [line.day for line in lines] == sorted(line.day for line in lines)
        for line, row in zip(lines, one.rows, strict=True):
            if row["activity"] == Activity.ACCEPT:
                sign = "%" if language == "zh" else " %"
                assert f"{100 * row['chance']:.1f}{sign}" in line.why
    filed = next(one for one in traced.followed if "closure" in one.reached)
    told = {line.what for line in story(filed, START, language)}
    assert any(("step 6" if language == "en" else "第六步") in what for what in told)


def test_every_activity_has_words_in_both_languages() -> None:
    known = {*WORDS, *(activity for activity, _ in BY_DETAIL), Activity.TRY}
    assert known == set(Activity)
    for words in (*WORDS.values(), *BY_DETAIL.values()):
        assert words.en and words.zh and bool(words.why_en) == bool(words.why_zh)


def test_a_scenario_without_a_case_is_refused() -> None:
    with pytest.raises(InputErrors, match="pizza_shop"):
        trace(run_of(load_scenario("funding_cut"), 5_000, 100), [0])
    with pytest.raises(InputErrors, match="dated within the run"):
        trace(run_of(PIZZA, 5_000, 100), [0])


@given(st.integers(1, 500), st.data())
def test_interval_of_a_share_holds_it(whole: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, whole))
    low, high = share_interval(count, whole)
    assert 0.0 <= low <= count / whole + 1e-12 and count / whole - 1e-12 <= high <= 1.0


def test_interval_of_a_share_known() -> None:
    low, high = share_interval(5, 10)
    assert (low, high) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_printed(traced: Traced, language: str) -> None:
    document = json.loads(json.dumps(plain(json_of(traced, 0, language))))
    assert [row["milestone"] for row in document["milestones"]] == [milestone.name for milestone in MILESTONES]
    assert document["really_solved"][0]["day"] == 60
    assert "60" in headline(traced, language)
    assert milestone_table([traced], language).row_count == len(MILESTONES)


def test_why_the_course_differs_is_told_with_counts(traced: Traced) -> None:
    """Counts from the rows themselves, in both languages; the paper is not spoken of beside a case of one's own."""
    seen = courses(traced.followed)
    rows = [[(Activity(int(row["activity"])), int(row["actor"])) for row in one.rows] for one in traced.followed]
    assert seen.count == 4 and seen.settled == sum(any(kind is Activity.SETTLE for kind, _ in one) for one in rows)
    first = [next((unit for kind, unit in one if kind is Activity.DISPATCH), -1) for one in rows]
    assert seen.filed == sum(unit >= 0 for unit in first)
    assert seen.right_first == sum(unit in one.true_units for unit, one in zip(first, traced.followed, strict=True))
    assert seen.returned == sum(any(kind is Activity.RETURN for kind, _ in one) for one in rows)
    assert seen.filed + seen.settled <= 4 and seen.filed >= seen.right_first
    for language, needed in (
        ("en", f"In {seen.settled} of 4 replications they succeed"),
        ("zh", f"4次重复中有{seen.settled}次就地化解成功"),
    ):
        told = list(notes(traced, language))
        assert len(told) == 5 and needed in told[0]
        assert json_of(traced, 0, language)["notes"] == told
    own = replace(traced, scenario="mine")
    assert list(notes(own, "en")) == [] and "paper" not in headline(own, "en") and "paper" in headline(traced, "en")


def test_without_a_centre_the_channel_files_and_dispatches() -> None:
    """A case that gets a file, of the first replications."""
    world = injected_into(PIZZA, load_scenario("fragmented_2010"))
    followed = trace(run_of(world, 3_000, 200), range(3)).followed
    one = next(one for one in followed if (one.rows["activity"] == Activity.FILE).any())
    for language, channel, centre in (
        ("en", "Channel that received it", "Command centre"),
        ("zh", "受理渠道", "联动指挥中心"),
    ):
        told = {line.who for line in story(one, START, language)}
        assert channel in told and centre not in told
