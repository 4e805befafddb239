"""Sweeps broken off by Ctrl-C, and two processes on one folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import collapsed, export_table
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.run.sweep import run_sweep
from pingan_abm.study.run.workers import LocalWorkers, prepare

STUDY = (
    "residents = 2000\ndays = 120\nreplications = {count}\n[parameters]\naccountability = {{ values = [0.1, 0.9] }}\n"
)


def hear_signals() -> None:
    """A shell has its background jobs ignore Ctrl-C, nohup the loss of a terminal, and what they start inherits it."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)


def started(study: Path, out: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "pingan_abm.cli", "sweep", str(study), "--out", str(out), "--workers", "1"]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_signals,
    )


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    prepare()


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_finished(tmp_path: Path) -> None:
    study, out = tmp_path / "study.toml", tmp_path / "out"
    study.write_text(STUDY.format(count=1000))
    running = started(study, out)
    until = time.monotonic() + 300.0  # a guard, for machines that are busy with other things
    while time.monotonic() < until and not list((out / "runs").glob("*.parquet")):
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    told, errors = running.communicate(timeout=300)
    assert running.returncode == 130
    assert (told, "Traceback" in errors, "the same command goes on" in errors) == ("", False, True)
    states = collapsed(open_store(out).states())
    assert 0 < len(states) < 2000
    assert set(states.values()) == {"ok"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="POSIX signals")
@pytest.mark.parametrize(("number", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize(
    "command",
    [
        ["run", "--replications", "2000"],
        ["compare", "pingan365", "society_only", "--replications", "1000"],
    ],
    ids=["run", "compare"],
)
def test_a_job_that_is_ended_keeps_what_is_finished(tmp_path: Path, command: list[str], number: str, code: int) -> None:
    """A time limit, or a terminal that is gone; it is sent to all processes of the job."""
    out = tmp_path / "out"
    words = [
        sys.executable,
        "-m",
        "pingan_abm.cli",
        *command,
        "--residents",
        "2000",
        "--days",
        "120",
        "--workers",
        "2",
        "--out",
        str(out),
    ]
    running = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_signals,
    )
    until = time.monotonic() + 300.0
    while time.monotonic() < until and not list((out / "runs").glob("*.parquet")):
        time.sleep(0.1)
    os.killpg(running.pid, getattr(signal, number))
    told, errors = running.communicate(timeout=300)
    assert (running.returncode, told) == (code, ""), errors
    assert errors.strip().splitlines()[-1] == "Broken off. What is finished is kept in the folder."
    assert "Traceback" not in errors and "leaked" not in errors
    states = collapsed(open_store(out).states())
    assert 0 < len(states) < 2000 and set(states.values()) == {"ok"}
    assert not list(out.rglob("*.part"))


@pytest.mark.slow
def test_two_processes_share_a_folder_and_do_no_run_twice(tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    study.write_text(STUDY.format(count=60))
    both = [started(study, tmp_path / "both") for _ in range(2)]
    for running in both:
        told, errors = running.communicate(timeout=600)
        assert (running.returncode, errors) == (0, "")
        assert told == "120 of 120 runs are done, 0 of them failed.\n"
    store = open_store(tmp_path / "both")
    assert sum(len(listed) for listed in store.states().values()) == 120
    run_sweep(read_study(study), tmp_path / "one", LocalWorkers(1))
    assert export_table(store).equals(export_table(open_store(tmp_path / "one")))
