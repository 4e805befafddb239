"""Sweeps on a tiny district: killed, shared, parted or resumed, they give the same bytes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers.places import TESTS

from pingan_abm.cli import run_command
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.shards import stems
from pingan_abm.study.keep.store import collapsed, export_table
from pingan_abm.study.plan.design import design_points
from pingan_abm.study.plan.files import parse_study, read_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.sweep import Part, run_sweep, sweep
from pingan_abm.study.run.workers import LocalWorkers, prepare
from pingan_abm.texts.errors import InputErrors

STUDY = """
residents = 2000
days = {days}
replications = {replications}
[parameters]
accountability = {{ values = [0.1, 0.9] }}
command_centre = {{ values = [true, false] }}
"""


def study(folder: Path, days: int = 10, replications: int = 2) -> Study:
    path = folder / "study.toml"
    path.write_text(STUDY.format(days=days, replications=replications))
    return read_study(path)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    prepare()


@pytest.mark.slow
def test_any_number_of_workers_and_parts_gives_the_same_table(tmp_path: Path) -> None:
    asked = study(tmp_path)
    first = run_sweep(asked, tmp_path / "one", LocalWorkers(1))
    assert (first.total, first.before, first.done, first.failed) == (8, 0, 8, 0)
    run_sweep(asked, tmp_path / "two", LocalWorkers(2))
    for number in (3, 1, 2):
        run_sweep(asked, tmp_path / "parts", LocalWorkers(1), part=Part(number, 3))
    expected = export_table(open_store(tmp_path / "one"))
    assert len(expected) == 8
    assert expected.equals(export_table(open_store(tmp_path / "two")))
    assert expected.equals(export_table(open_store(tmp_path / "parts")))


@pytest.mark.slow
def test_what_is_there_is_not_done_again_and_more_replications_are_added(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_sweep(study(tmp_path), out, LocalWorkers(1))
    before = stems(out)
    again = run_sweep(study(tmp_path), out, LocalWorkers(1))
    assert (again.before, again.done) == (8, 0)
    assert stems(out) == before
    more = run_sweep(study(tmp_path, replications=3), out, LocalWorkers(1))
    assert (more.before, more.done) == (8, 4)


@pytest.mark.slow
def test_another_study_is_refused(tmp_path: Path) -> None:
    run_sweep(study(tmp_path), tmp_path / "out", LocalWorkers(1))
    with pytest.raises(InputErrors, match="another study: days"):
        run_sweep(study(tmp_path, days=11), tmp_path / "out", LocalWorkers(1))


def killed_with_more_than(running: subprocess.Popen[bytes], out: Path, before: int) -> int:
    """Kill a sweep as soon as it has stored more runs than before; how many those are."""
    until = time.monotonic() + 300.0
    while time.monotonic() < until and running.poll() is None:
        if (out / "manifest.json").is_file() and len(collapsed(open_store(out).states())) > before:
            break
        time.sleep(0.05)
    if running.poll() is not None:
        assert running.stderr is not None
        pytest.fail(f"the sweep ended before it could be killed: {running.stderr.read().decode()}")
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    return len(collapsed(open_store(out).states()))


@pytest.mark.slow
def test_killed_several_times_and_resumed_it_gives_the_same_bytes(tmp_path: Path) -> None:
    asked = study(tmp_path, days=120, replications=64)
    run_sweep(asked, tmp_path / "whole", LocalWorkers(2))
    out = tmp_path / "killed"
    command = [sys.executable, str(TESTS / "helpers" / "killed_sweep.py"), str(tmp_path / "study.toml"), str(out)]
    finished = 0
    for _ in range(3):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        finished = killed_with_more_than(running, out, finished)
    assert 0 < finished < asked.replications * 4
    run_sweep(asked, out, LocalWorkers(2))
    assert len(collapsed(open_store(out).states())) == asked.replications * 4
    assert export_table(open_store(out)).equals(export_table(open_store(tmp_path / "whole")))
    assert not list(out.glob("*/.*.part"))


SAMPLED = """
name = "sampled"
residents = 2000
days = 20
warmup = 0
[design]
method = "{method}"
samples = {samples}
[parameters]
accountability = {{ low = 0.0, high = 1.0 }}
problem_rate = {{ low = 0.3, high = 0.6 }}
"""


def sampled(folder: Path, method: str, samples: int) -> Study:
    return parse_study(SAMPLED.format(method=method, samples=samples), "sampled", "sampled.toml", folder)


@pytest.mark.parametrize(("method", "fewer", "more"), [("lhs", 3, 5), ("morris", 2, 3)])
def test_a_design_of_other_points_does_not_mix_with_an_earlier_one(
    tmp_path: Path, method: str, fewer: int, more: int
) -> None:
    sweep(sampled(tmp_path, method, fewer), tmp_path / "runs", workers=1)
    with pytest.raises(InputErrors, match=f"samples = {more} }} has other runs"):
        sweep(sampled(tmp_path, method, more), tmp_path / "runs", workers=1)


def test_a_sobol_sequence_goes_on_and_its_runs_are_named_by_point(tmp_path: Path) -> None:
    few = sweep(sampled(tmp_path, "sobol", 2), tmp_path / "runs", workers=1)
    many = sweep(sampled(tmp_path, "sobol", 4), tmp_path / "runs", workers=1)
    assert (len(few), len(many)) == (8, 16) and many["in_design"].all()
    assert sorted(many["point"]) == list(range(1, 17)) and set(few["run_id"]) <= set(many["run_id"])
    points = design_points(sampled(tmp_path, "sobol", 4))
    for point, value in zip(many["point"], many["accountability"], strict=True):
        assert points[point - 1]["accountability"] == value
    again = sweep(sampled(tmp_path, "sobol", 2), tmp_path / "runs", workers=1)
    assert again["in_design"].sum() == 8 and set(again[again["in_design"]]["run_id"]) == set(few["run_id"])
    assert again[~again["in_design"]]["point"].isna().all()


def test_results_say_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, out = tmp_path / "study.toml", tmp_path / "runs"
    study.write_text(SAMPLED.format(method="sobol", samples=2), "utf-8")
    do = ["sweep", str(study), "--out", str(out), "--workers", "1", "--lang", "en", "--shard"]
    assert run_command([*do, "1/2"]) == 0
    capsys.readouterr()
    assert run_command(["results", str(out), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "4 of 8 runs are finished; the others are missing here" in said.err
    assert said.out.splitlines()[0].startswith("run_id,point,in_design,") and len(said.out.splitlines()) == 5
    assert run_command([*do, "2/2"]) == 0
    capsys.readouterr()
    assert run_command(["results", str(out), "--lang", "en"]) == 0 and capsys.readouterr().err == ""
    assert run_command(["analyse", str(out), "--method", "sobol", "--outcome", "problems", "--lang", "en"]) == 0
    assert "2 samples are too few for these indices" in capsys.readouterr().err
    for shard in (out / "runs").iterdir():
        shard.unlink()
    assert run_command(["results", str(out), "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "holds no finished run yet" in said.err


def test_records_that_cannot_be_read_are_told_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rec.csv").write_text("date,issue_type,community\n2014-01-02,noize,hubin_01\n", "utf-8")
    (tmp_path / "study.toml").write_text('incidents = "rec.csv"\n[parameters]\naccountability = { values = [0.1] }\n')
    out = tmp_path / "out"
    code = run_command(["sweep", str(tmp_path / "study.toml"), "--out", str(out), "--workers", "1", "--lang", "en"])
    err = capsys.readouterr().err
    assert code == 2 and not out.exists()
    assert "study.toml, line 1: incidents" in err and "row 2: there is no issue type" in err


def test_why_runs_failed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.py").write_text(
        "from pingan_abm import extend\n\n@extend.intervention(on='2014-01-02')\ndef breaks(model):\n"
        "    raise ValueError('not today')\n"
    )
    study = tmp_path / "study.toml"
    study.write_text(SAMPLED.format(method="lhs", samples=2), "utf-8")
    words = ["--out", str(tmp_path / "out"), "--workers", "1", "--extend", str(tmp_path / "broken.py"), "--lang", "en"]
    assert run_command(["sweep", str(study), *words]) == 1
    said = capsys.readouterr()
    assert "2 of 2 runs are done, 2 of them failed" in said.out
    assert "2 runs: ExtensionFailed" in said.err and "not today" in said.err
