"""Inference with a stand-in for the model whose answer is known: it finds what is there, says what it cannot tell, and
takes the same path when it is killed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from helpers.toy_runs import Dying, Killed, toy_run

from pingan_abm.scenarios.presets import load_scenario
from pingan_abm.study.decide.beliefs import parse_beliefs
from pingan_abm.study.infer.inference import Inference, _central, infer
from pingan_abm.study.infer.posterior import BELIEFS, BELIEVED, SAMPLE, document, told_of, write_sample
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.plan.evidence import Evidence
from pingan_abm.study.plan.ranges import Range
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.clusters import Workers
from pingan_abm.study.run.workers import HereWorkers, LocalWorkers
from pingan_abm.texts.errors import InputErrors

USED = ("closure_gap", "returns_per_dispatch", "trust_mean")


def study(evidence: Sequence[Evidence] = (), seed: int = 3) -> Study:
    unknown = [Evidence(name, 0.0, 1.0) for name in USED] + [Evidence("reopen_rate", 0.0, 1.0, used=False)]
    ranges = tuple(Range(name, "number", low=0.0, high=1.0) for name in ("accountability", "satisfaction_weight"))
    return Study(
        "toy",
        load_scenario("pingan365"),
        ranges,
        residents=2000,
        days=10,
        warmup=0,
        seed=seed,
        evidence=tuple(evidence or unknown),
    )


def found(folder: Path, workers: Workers | None = None, **more: object) -> Inference:
    asked = study(**{name: more.pop(name) for name in ("evidence", "seed") if name in more})  # type: ignore[arg-type]
    run = more.pop("run", toy_run)
    return infer(asked, folder, workers or HereWorkers(), budget=70, run=run, **more)  # type: ignore[arg-type]


def files(folder: Path, inference: Inference) -> tuple[bytes, bytes]:
    write_sample(inference, folder)
    return (folder / SAMPLE).read_bytes(), (folder / BELIEFS).read_bytes()


def test_synthetic_truth_is_found_again_and_narrowed_down(tmp_path: Path) -> None:
    inference = found(tmp_path / "out", synthetic=True)
    for one in told_of(inference):
        assert one.truth is not None
        # twice as far from the median as the ends of the central 90 % is 3.3 standard deviations: once in a thousand
        assert abs(one.truth - one.median) < one.high - one.low
        assert one.told
        assert one.narrower > 0.5
        assert one.chains < 1.1
    assert [one.runs for one in inference.waves] == [30, 15, 15]
    assert inference.waves[-1].left < 0.5


def test_evidence_that_says_nothing_leaves_what_was_thought_possible(tmp_path: Path) -> None:
    """`trust_mean` depends on neither parameter."""
    inference = found(tmp_path / "out", evidence=(Evidence("trust_mean", 0.5, 0.05),))
    for one in told_of(inference):
        assert not one.told
        assert abs(one.narrower) < 0.15


def test_an_exact_answer_lies_where_algebra_puts_it(tmp_path: Path) -> None:
    """closure_gap = 0.6 and returns = 0.3 have one solution; the interval grows with the error of the evidence."""
    exact = (Evidence("closure_gap", 0.6, 0.01), Evidence("returns_per_dispatch", 0.3, 0.01))
    rough = tuple(replace(one, error=0.2) for one in exact)
    first = np.roots([0.3 * 0.4**2, 1.0 + 0.3 * 2 * 0.3 * 0.4, 0.3 * 0.3**2 - 0.6])
    answer = float(first[(first > 0) & (first < 1)][0])
    narrow = told_of(found(tmp_path / "exact", evidence=exact))
    wide = told_of(found(tmp_path / "rough", evidence=rough))
    assert narrow[0].median == pytest.approx(answer, abs=0.05)
    assert narrow[1].median == pytest.approx(0.3 + 0.4 * answer, abs=0.05)
    assert all(one.high - one.low > 1.5 * (other.high - other.low) for one, other in zip(wide, narrow, strict=True))


def test_evidence_that_was_kept_back_is_checked_and_not_used(tmp_path: Path) -> None:
    exact = (Evidence("closure_gap", 0.6, 0.01), Evidence("returns_per_dispatch", 0.3, 0.01))
    right = Evidence("reopen_rate", 0.25, 0.03, used=False)
    wrong = replace(right, value=0.9)
    without = found(tmp_path / "without", evidence=exact)
    one = found(tmp_path / "right", evidence=(*exact, right))
    other = found(tmp_path / "wrong", evidence=(*exact, wrong))
    assert (one.checks[-1].fits, other.checks[-1].fits) == (True, False)
    assert np.array_equal(one.places, other.places)  # type: ignore[arg-type]
    assert np.array_equal(one.places, without.places)  # type: ignore[arg-type]


def test_evidence_out_of_reach_fits_nothing_and_leaves_no_sample(tmp_path: Path) -> None:
    inference = found(tmp_path / "out", evidence=(Evidence("closure_gap", 9.0, 0.1),))
    assert inference.places is None
    assert inference.waves[-1].limit > 3.0
    assert document(inference)["coefficients"] == []
    assert inference.checks[0].fits is False
    discrepant = found(tmp_path / "more", evidence=(Evidence("closure_gap", 9.0, 0.1, discrepancy=5.0),))
    assert discrepant.places is not None


def test_killed_and_begun_again_it_takes_the_same_path(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    wanted = files(whole, found(whole, synthetic=True))
    for lives in (7, 25, 20):
        with pytest.raises(Killed):
            found(broken, synthetic=True, run=Dying(lives))
    again = Dying(70)
    assert files(broken, found(broken, synthetic=True, run=again)) == wanted
    assert 0 < again.lives < 70  # some runs were known


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert files(one, found(one, synthetic=True)) == files(two, found(two, LocalWorkers(2), synthetic=True))


def test_a_folder_holds_one_inference(tmp_path: Path) -> None:
    found(tmp_path / "out", synthetic=True)
    with pytest.raises(InputErrors, match="other runs"):
        found(tmp_path / "out", seed=4, synthetic=True)
    assert open_store(tmp_path / "out").manifest["planned"] == 71


def test_the_sample_has_chains_draws_and_a_column_for_each_number(tmp_path: Path) -> None:
    inference = found(tmp_path / "out", synthetic=True)
    files(tmp_path / "out", inference)
    table = pq.read_table(tmp_path / "out" / SAMPLE)
    assert table.column_names == ["chain", "draw", "accountability", "satisfaction_weight"]
    assert inference.places is not None
    chains, draws, _ = inference.places.shape
    values = table["accountability"].to_numpy().reshape(chains, draws)
    assert np.array_equal(table["chain"].to_numpy().reshape(chains, draws)[:, 0], np.arange(chains))
    assert np.array_equal(table["draw"].to_numpy().reshape(chains, draws)[0], np.arange(draws))
    assert np.quantile(values, 0.5) == pytest.approx(told_of(inference)[0].median)


def test_draws_are_points_that_a_comparison_goes_through(tmp_path: Path) -> None:
    inference = found(tmp_path / "out", synthetic=True)
    files(tmp_path / "out", inference)
    beliefs = parse_beliefs((tmp_path / "out" / BELIEFS).read_text(), BELIEFS)
    assert beliefs.samples == BELIEVED
    points = beliefs.of[0].points(BELIEVED, seed=0)
    assert len({tuple(point.values()) for point in points}) > BELIEVED / 2
    assert all(point in inference.settings for point in points)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"evidence": (Evidence("reopen_rate", 0.1, 0.1, used=False),)}, "needs evidence"),
        ({"replications": 3}, "once"),
        ({"ranges": (Range("buck_passing", "values", (False, True)),)}, "listed values"),
    ],
)
def test_a_study_that_cannot_be_used_is_refused(tmp_path: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(InputErrors, match=told):
        infer(replace(study(), **change), tmp_path / "out", HereWorkers(), budget=60)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [3, 8, 18, 19, 60])
def test_a_further_run_lies_in_the_interval_in_nine_cases_of_ten(count: int) -> None:
    rng, inside = np.random.default_rng(count), []
    for _ in range(4000):
        low, high = _central(rng.standard_normal(count))
        assert low is not None and high is not None
        inside.append(low <= rng.standard_normal() <= high)
    assert np.mean(inside) == pytest.approx(0.9, abs=0.02)
    assert _central(np.ones(1)) == (None, None)


@pytest.mark.slow
def test_nine_in_ten_intervals_hold_the_truth(tmp_path: Path) -> None:
    """40 synthetic districts of the stand-in: 90 % intervals hold the truth in 80 to 97 % of cases."""
    held = [
        one.truth is not None and one.low <= one.truth <= one.high
        for seed in range(40)
        for one in told_of(found(tmp_path / str(seed), seed=seed, synthetic=True))
    ]
    assert len(held) == 80
    assert 0.8 <= np.mean(held) <= 0.97


@pytest.mark.slow
def test_small_districts_of_the_model_are_found_again() -> None:
    """A small part of `scripts/recovery.py`, which does 40: of 4 districts' 20 intervals at least 14 hold the truth
    (13 or fewer have a chance of 0.2 % when each holds in nine cases of ten)."""
    from recovery import recover

    districts = [recover((seed, 60)) for seed in range(4)]
    assert sum(sum(one.held.values()) for one in districts) >= 14
    assert all(len(one.held) == 5 for one in districts)
