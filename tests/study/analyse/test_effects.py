"""What sweeps say, through the stored path: indices of a known function, effects that were put in, failed runs done
again."""

import json
from pathlib import Path

import numpy as np
import pytest
from helpers import known_runs

from pingan_abm.cli import run_command
from pingan_abm.report.pictures import browser
from pingan_abm.study.analyse import sensitivity
from pingan_abm.study.analyse.analysis import Laid, lay_out
from pingan_abm.study.analyse.effects import changed_settings, classes, discover, influence, point_effects, point_means
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import export_table
from pingan_abm.study.plan.files import parse_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.sweep import run_sweep
from pingan_abm.study.run.workers import LocalWorkers
from pingan_abm.texts.errors import InputErrors

SOBOL = """
residents = 540
days = 1
replications = {replications}
series = false
[design]
method = "sobol"
samples = {samples}
[parameters]
funding_dependence = {{ low = 0.0, high = 1.0 }}
accountability = {{ low = 0.0, high = 1.0 }}
satisfaction_weight = {{ low = 0.0, high = 1.0 }}
"""
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)  # of Ishigami's function, analytic
VARIANCE = 13.845  # of Ishigami's function, analytic
SUMS = """
residents = 540
days = 1
replications = 3
series = false
[design]
method = "{method}"
[parameters]
funding_dependence = {{ values = [0.7, 0.9] }}
accountability = {{ values = [0.5, 0.0, 1.0] }}
scenario = {{ values = ["pingan365", "campaign"] }}
"""


def swept(text: str, out: Path, run: object) -> Laid:
    study: Study = parse_study(text, "study", "study.toml", out.parent)
    run_sweep(study, out, LocalWorkers(1), run=run)  # type: ignore[arg-type]
    return lay_out(out)


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return swept(SUMS.format(method="grid"), tmp_path_factory.mktemp("grid") / "out", known_runs.sum_of_settings)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return swept(SUMS.format(method="oat"), tmp_path_factory.mktemp("oat") / "out", known_runs.sum_of_settings)


@pytest.mark.slow
def test_indices_of_a_stored_sweep_are_the_analytic_ones(tmp_path: Path) -> None:
    laid = swept(SOBOL.format(samples=1024, replications=1), tmp_path / "out", known_runs.ishigami)
    found = sensitivity.sobol(laid.names, laid.outcome("closure_gap"), laid.seed)
    by_name = {(one.index, one.parameter): one for one in found.indices}
    for index, known in (("first", FIRST), ("total", TOTAL)):
        for name, value in zip(known_runs.ANGLES, known, strict=True):
            one = by_name[index, name]
            assert one.value == pytest.approx(value, abs=0.04), (index, name)
            assert abs(one.value - value) < 2.0 * one.interval + 0.01, (index, name)


@pytest.mark.slow
def test_the_share_of_noise_of_a_stored_sweep_is_the_one_put_in(tmp_path: Path) -> None:
    laid = swept(SOBOL.format(samples=256, replications=4), tmp_path / "out", known_runs.noisy_ishigami)
    found = sensitivity.sobol(laid.names, laid.outcome("closure_gap"), laid.seed)
    assert found.noise_share == pytest.approx(known_runs.NOISE**2 / (known_runs.NOISE**2 + VARIANCE), abs=0.02)


def test_effects_of_a_grid_are_those_put_in(grid: Laid) -> None:
    effects = point_effects(grid, "closure_gap")
    assert len(effects) == 12
    (reference,) = [one for one in effects if one.reference]
    assert reference.settings == {"funding_dependence": 0.7, "accountability": 0.5, "scenario": "pingan365"}
    for one in effects:
        put_in = one.settings["accountability"] - 0.5 + 2 * (one.settings["funding_dependence"] - 0.7)
        put_in += one.settings["scenario"] == "campaign"
        assert one.mean is not None and one.difference is not None
        assert one.mean.mean == pytest.approx(put_in + 0.5 + 1.4 + 0.1)
        assert one.difference.mean == pytest.approx(put_in)
        assert one.difference.width == pytest.approx(0.0, abs=1e-9)  # the same luck at all points
        assert one.mean.width == pytest.approx(2 * 4.302653 * 0.1 / 3**0.5)
    assert point_means(grid, "closure_gap").tolist() == pytest.approx([one.mean.mean for one in effects if one.mean])


def test_one_change_at_a_time(alone: Laid) -> None:
    effects = point_effects(alone, "closure_gap")
    changes = [changed_settings(effects, place) for place in range(len(effects))]
    assert changes == [
        {},
        {"funding_dependence": 0.9},
        {"accountability": 0.0},
        {"accountability": 1.0},
        {"scenario": "campaign"},
    ]
    found = [one.difference.mean for one in effects if one.difference is not None]
    assert found == pytest.approx([0.0, 0.4, -0.5, 0.5, 1.0])
    assert alone.store.manifest["planned"] == 15


def test_a_box_and_an_influence_that_were_put_in(grid: Laid) -> None:
    with pytest.raises(InputErrors, match="only 12 points"):
        discover(grid, "closure_gap", above=True, limit=2.5)
    names, values, _, index = influence(grid, "closure_gap")
    assert index == "Spearman ρ"
    assert names == ["funding_dependence", "accountability", "scenario"]
    assert (
        0.0 < values[0] < values[1] < -values[2]
    )  # texts are in the order of the alphabet, so the campaign comes first


def test_many_values_are_put_into_classes() -> None:
    labels, places = classes([number / 100 for number in range(101)])
    assert len(labels) == 10 and labels[0] == 0.05
    assert np.bincount(places).tolist() == pytest.approx([10] * 10, abs=1)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_figure_is_drawn(grid: Laid, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    if ending == "png" and browser() is None:
        pytest.skip("a PNG needs an installed browser")
    file = tmp_path / f"figure.{ending}"
    words = [
        "analyse",
        str(grid.store.folder),
        "--method",
        "means",
        "--outcome",
        "closure_gap",
        "--json",
        "--figure",
        str(file),
    ]
    assert run_command(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert [len(told["effects"]), told["effects"][0]["reference"], told["outcome"]] == [12, True, "closure_gap"]
    assert file.read_bytes()[:4] == (b"<svg" if ending == "svg" else b"\x89PNG")


def test_several_outcomes_and_bad_choices(grid: Laid, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["analyse", str(grid.store.folder), "--method"]
    assert run_command([*base, "means", "--outcome", "closure_gap", "--outcome", "crises", "--json"]) == 0
    assert [one["outcome"] for one in json.loads(capsys.readouterr().out)["analyses"]] == ["closure_gap", "crises"]
    assert run_command([*base, "means", "--lang", "zh"]) == 0
    assert "参照点" in capsys.readouterr().out
    assert (
        run_command(
            [*base, "prim", "--outcome", "crises", "--outcome", "trust_mean", "--figure", str(tmp_path / "a.pdf")]
        )
        == 2
    )
    told = capsys.readouterr().err
    assert "looks at one outcome" in told and "ends in .svg / .png" in told
    assert run_command([*base, "sobol"]) == 2
    assert 'this one has "grid"' in capsys.readouterr().err


def test_only_failed_runs_are_done_again(tmp_path: Path) -> None:
    records = tmp_path / "records.csv"
    records.write_text("date,issue_type,community\n2014-01-01,catering_fumes,hubin_01\n")
    text = 'residents = 540\ndays = 2\nreplications = 3\nincidents = "records.csv"\n'
    text += "[parameters]\naccountability = { values = [0.1, 0.9] }\n"
    study = parse_study(text, "study", "study.toml", tmp_path)
    out, log = tmp_path / "out", records.with_suffix(".log")
    first = run_sweep(study, out, LocalWorkers(1), run=known_runs.fails_until_mended)
    assert (first.total, first.done, first.failed) == (6, 6, 2)
    rows = export_table(open_store(out)).to_pylist()
    assert (
        sorted((row["replication"], row["status"]) for row in rows)
        == [(0, "ok")] * 2 + [(1, "failed")] * 2 + [(2, "ok")] * 2
    )
    assert {row["error"] for row in rows if row["status"] == "failed"} == {"ZeroDivisionError: nothing to divide by"}
    again = run_sweep(study, out, LocalWorkers(1), run=known_runs.fails_until_mended)
    assert (again.before, again.done, again.failed) == (6, 0, 2)
    records.with_suffix(".mended").touch()
    log.unlink()
    mended = run_sweep(study, out, LocalWorkers(1), run=known_runs.fails_until_mended, retry_failed=True)
    assert (mended.before, mended.done, mended.failed) == (4, 2, 0)
    assert sorted(log.read_text().split("\n")) == ["", "0.1 1", "0.9 1"]
    rows = export_table(open_store(out)).to_pylist()
    assert [row["status"] for row in rows] == ["ok"] * 6


def test_differences_against_one_setting_hold_all_else_equal(grid: Laid, alone: Laid, tmp_path: Path) -> None:
    for one in point_effects(grid, "closure_gap", "scenario"):
        assert one.difference is not None
        assert one.difference.mean == pytest.approx(1.0 if one.settings["scenario"] == "campaign" else 0.0)
        assert one.reference == (one.settings["scenario"] == "pingan365")
    found = [
        one.difference.mean for one in point_effects(alone, "closure_gap", "scenario") if one.difference is not None
    ]
    assert found == pytest.approx([0.0, 0.0, 0.0, 0.0, 1.0])
    with pytest.raises(InputErrors, match='Did you mean "scenario"'):
        point_effects(grid, "closure_gap", "scenaro")
    for one in point_effects(grid, "closure_gap", "accountability=0"):
        assert one.difference is not None and one.difference.mean == pytest.approx(one.settings["accountability"])
    with pytest.raises(InputErrors, match="There are: 0.5, 0, 1"):
        point_effects(grid, "closure_gap", "accountability=0.3")
    words = [
        "analyse",
        str(grid.store.folder),
        "--method",
        "means",
        "--against",
        "scenario",
        "--figure",
        str(tmp_path / "a.svg"),
    ]
    assert run_command(words) == 0
    assert "The campaign" in (tmp_path / "a.svg").read_text()
