"""`pingan infer` with the model itself, small and short."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pingan_abm.cli import run_command

STUDY = """
residents = 2000
days = 60
warmup = 0
[parameters]
problem_rate = { low = 0.2, high = 1.0 }
work_median = { low = 0.5, high = 4.0 }
[[evidence]]
metric = "files_per_1000"
value = 200
sd = 20
[[evidence]]
metric = "days_to_close_median"
value = 5
sd = 1
[[evidence]]
metric = "on_time_rate"
value = 0.9
sd = 0.05
used = false
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.toml"
    path.write_text(STUDY)
    return path


def test_a_plan_counts_runs_and_carries_nothing_out(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["infer", str(study), "--plan", "--budget", "100", "--workers", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["runs"] == 100 == sum(told["waves"]) + told["checks"]
    assert told["minutes"] > 0
    assert not list(study.parent.glob("out*"))


def test_what_is_promised_is_printed_and_kept(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = study.parent / "out"
    words = ["infer", str(study), "--synthetic", "--budget", "40", "--workers", "1", "--out", str(out)]
    assert run_command([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["coefficients"]] == ["problem_rate", "work_median"]
    rate = told["coefficients"][0]
    assert 0.2 <= rate["low"] < rate["median"] < rate["high"] <= 1.0
    assert rate["truth"] is not None
    assert rate["told"]  # files go with problems
    assert [(one["metric"], one["used"]) for one in told["evidence"]] == [
        ("files_per_1000", True),
        ("days_to_close_median", True),
        ("on_time_rate", False),
    ]
    assert all(one["low"] <= one["high"] for one in told["evidence"])
    assert {"posterior.parquet", "beliefs.toml", "inference.json", "report.html", "marginals.svg", "pairs.svg"} <= {
        path.name for path in out.iterdir()
    }
    assert run_command([*words, "--lang", "zh"]) == 0  # again: every run is known
    assert "证据" in capsys.readouterr().out
    assert run_command(["report", str(out), "--out", str(study.parent / "page.html")]) == 0
    assert "What the evidence says" in (study.parent / "page.html").read_text()


def test_what_cannot_be_used_is_told_together(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study.write_text(STUDY.replace("files_per_1000", "files_per_thousand"))
    assert run_command(["infer", str(study), "--budget", "3", "--days", "x"]) == 2
    errors = capsys.readouterr().err
    assert all(word in errors for word in ("files_per_thousand", "--budget", "--days"))


@pytest.mark.slow
def test_killed_outright_it_goes_on_to_the_same_bytes(study: Path) -> None:
    whole, broken = study.parent / "whole", study.parent / "broken"
    words = [sys.executable, "-m", "pingan_abm.cli", "infer", str(study), "--budget", "120", "--workers", "1", "--out"]
    running = subprocess.Popen([*words, str(broken)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 300.0  # a guard, for machines that are busy with other things
    while time.monotonic() < until and not list((broken / "runs").glob("*.parquet")):
        time.sleep(0.1)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert not (broken / "posterior.parquet").exists()
    for folder in (whole, broken):
        done = subprocess.run([*words, str(folder)], capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stderr
    for name in ("posterior.parquet", "beliefs.toml", "inference.json", "report.html", "pairs.svg"):
        assert (whole / name).read_bytes() == (broken / name).read_bytes(), name
