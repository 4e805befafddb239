"""Every lever by one step: what a step is, what it costs, and that what it buys is what a comparison says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pingan_abm.cli import run_command
from pingan_abm.parameters.declared import usual_parameters
from pingan_abm.runs import RunSpec
from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.analyse.intervals import Interval
from pingan_abm.study.decide.compare import Replicated, replicate
from pingan_abm.study.decide.costs import WORKING_DAYS, more_costly, purse, yuan_per_burden_avoided
from pingan_abm.study.decide.rank import arms_of, bought, steps

WHOLE = RunSpec(load_scenario("pingan365"))
SMALL = replace(WHOLE, residents=2000, days=120, warmup=0)
USUAL = usual_parameters()


def step_of(name: str, share: float = 0.2, **settings: object) -> object:
    found, _ = steps(replace(WHOLE, settings=settings), share, [name])
    return found[0].after if found else None


def test_a_number_moves_up_by_a_share_of_what_it_is() -> None:
    assert step_of("staffing", 0.2, staffing=1.5) == pytest.approx(1.8)
    assert step_of("accountability", 0.5, accountability=0.4) == pytest.approx(0.6)


def test_a_number_that_is_nought_moves_by_a_share_of_its_range() -> None:
    assert step_of("forums", 0.25, forums=0.0) == pytest.approx(2.0)  # 0 … 8


def test_a_step_ends_at_the_bound_and_turns_back_there() -> None:
    assert step_of("channel_integration", 0.5, channel_integration=0.9) == 1.0
    assert step_of("channel_integration", 0.5, channel_integration=1.0) == 0.5


def test_a_whole_number_moves_by_one_at_least_and_a_switch_is_turned() -> None:
    assert step_of("joint_dispatch_after", 0.1, joint_dispatch_after=2) == 3
    assert step_of("command_centre") is (not USUAL.command_centre)


def test_every_lever_either_has_a_step_or_is_named() -> None:
    found, left = steps(WHOLE, 0.2)
    names = [one.name for one in found]
    assert not set(names) & set(left)
    assert {"staffing", "inspectors", "social_funding", "command_centre"} <= set(names)
    assert {"campaign_issue", "campaign_start", "campaign_days"} <= set(left)
    planned, _ = steps(replace(WHOLE, settings={"campaign_issue": "catering_fumes"}), 0.2)
    assert "campaign_days" in [one.name for one in planned]


def test_what_has_a_price_costs_what_its_price_says() -> None:
    more = more_costly(WHOLE, replace(WHOLE, settings={"inspectors": USUAL.inspectors + 10}))
    assert more.yuan == pytest.approx(10 * WORKING_DAYS * USUAL.staff_day_cost)
    half = more_costly(WHOLE, replace(WHOLE, settings={"social_funding": USUAL.social_funding / 2}))
    assert half.yuan == pytest.approx(-USUAL.social_funding / 2)
    double = more_costly(WHOLE, replace(WHOLE, settings={"staffing": 2 * USUAL.staffing}))
    assert double.yuan == pytest.approx(purse(WHOLE)["staff"])


def test_what_has_no_price_is_named_and_not_called_free() -> None:
    one = more_costly(WHOLE, replace(WHOLE, settings={"forums": 1.0}))
    assert (one.yuan, one.unpriced) == (None, ("forums",))
    both = more_costly(WHOLE, replace(WHOLE, settings={"forums": 1.0, "inspectors": USUAL.inspectors + 1}))
    assert both.yuan and both.unpriced == ("forums",) and not both.whole
    assert more_costly(WHOLE, WHOLE).yuan == 0.0


def test_a_unit_of_burden_has_a_price_only_where_burden_falls() -> None:
    costs = more_costly(WHOLE, replace(WHOLE, settings={"inspectors": USUAL.inspectors + 10}))
    assert costs.yuan is not None
    found = yuan_per_burden_avoided(costs, Interval(-2.0, -4.0, -1.0), WHOLE)
    assert found is not None and found.mean == pytest.approx(costs.yuan / (2.0 * WHOLE.residents))
    assert (found.low, found.high) == (pytest.approx(found.mean / 2), pytest.approx(found.mean * 2))
    assert yuan_per_burden_avoided(costs, Interval(-2.0, -4.0, 0.1), WHOLE) is None
    assert yuan_per_burden_avoided(costs, Interval(2.0, 1.0, 3.0), WHOLE) is None


def test_what_a_step_buys_is_what_the_comparison_says_and_the_largest_stands_first() -> None:
    chosen, _ = steps(SMALL, 0.9, ["staffing", "inspectors", "one_vote_veto"])
    done = Replicated(arms_of(SMALL, chosen))
    replicate(done, range(3), 1)
    found = bought(done, chosen, ["reports"])
    rows = {one.scenario: one for one in done.comparisons(["reports"])}
    assert {one.step.name: one.effects["reports"] for one in found} == rows
    sizes = [(not one.sure("reports"), -abs(one.effects["reports"].difference or 0.0)) for one in found]
    assert sizes == sorted(sizes)


def test_ranking_prints_what_it_promises_and_the_same_for_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--residents", "2000", "--days", "100", "--warmup", "0", "--replications", "3"]
    words = ["rank", "--outcome", "solved_share", "--outcome", "居民问题负担（人均每年）", "--step", "50％", *size]
    words += ["--lever", "staffing", "--lever", "问责力度", "--json"]
    printed = []
    for workers in ("1", "2"):
        folder = tmp_path / workers
        assert run_command([*words, "--workers", workers, "--out", str(folder)]) == 0
        printed.append(json.loads(capsys.readouterr().out)["levers"])
    assert printed[0] == printed[1]
    for row in printed[0]:
        assert {"name", "from", "to", "outcome", "yuan"} <= set(row)
        assert {"difference", "low", "high"} <= set(row["outcome"]["burden"])
    assert {row["name"]: row["yuan"] is None for row in printed[0]} == {"staffing": False, "accountability": True}
    assert (tmp_path / "1" / "rank.svg").read_bytes() == (tmp_path / "2" / "rank.svg").read_bytes()
    assert run_command(["report", str(tmp_path / "1"), "--out", str(tmp_path / "page.html"), "--lang", "zh"]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "部门人力" in page and "<svg" in page


def test_a_plan_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["rank", "--plan", "--json", "--replications", "7", "--lever", "staffing"]) == 0
    assert json.loads(capsys.readouterr().out)["plan"]["runs"] == 14
    assert run_command(["rank", "--step", "0"]) == 2
    assert run_command(["rank", "--lever", "stafing"]) == 2
    assert 'Did you mean "staffing"?' in capsys.readouterr().err
