"""Sweeps on a tiny district: killed, shared, parted or resumed, they give the same bytes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers.places import TESTS

from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.shards import stems
from pingan_abm.study.keep.store import collapsed, export_table
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.plan.study import Study
from pingan_abm.study.run.sweep import Part, run_sweep
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
