"""Things that break: disks that are full or may only be read, processes that are killed, files that are damaged, clocks
that jump.

Each time: a clear message, nothing lost that was stored, nothing half-written under its final name, and going on
afterwards works. What happens inside the store is tested in `tests/study/keep` and `tests/study/run`.
"""

import errno
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pingan_abm.cli import run_command
from pingan_abm.commands import compare, run
from pingan_abm.files.atomic import write_bytes
from pingan_abm.files.provenance import file_digest
from pingan_abm.study.keep import export
from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import collapsed, export_table
from pingan_abm.study.run.workers import prepare
from pingan_abm.trace import log_files

RUN = ["run", "--residents", "540", "--days", "3", "--lang", "en"]
STUDY = (
    "residents = {residents}\ndays = {days}\nreplications = {count}\n"
    "[parameters]\naccountability = {{ values = [0.1, 0.9] }}\n"
)
WORDS = [sys.executable, "-m", "pingan_abm.cli"]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    prepare()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two replications and their events."""
    folder = tmp_path_factory.mktemp("finished") / "out"
    assert run_command([*RUN, "--replications", "2", "--workers", "1", "--events", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def results(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken."""
    shutil.copytree(finished, tmp_path / "results")
    return tmp_path / "results"


class Disk:
    """A small disk of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir()
        self.mount("size=256k", fresh=True)

    def mount(self, options: str, fresh: bool = False) -> None:
        """Mount the disk, or change how it is mounted; skip the test where nobody may."""
        words = ["mount", "-t", "tmpfs", "-o", options if fresh else f"remount,{options}", "tmpfs", str(self.place)]
        if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("this user may not mount a disk")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    one = Disk(tmp_path / "disk")
    yield one
    subprocess.run(["umount", "--lazy", str(one.place)], check=True)


def left_over(folder: Path) -> list[str]:
    """Files under final names, and unfinished ones, but for the locks."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".lock")
    )


def fill(disk: Disk) -> Path:
    """Leave no room on a disk."""
    ballast = disk.place / "ballast"
    opened = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(opened, bytes(4096))
    except OSError:
        return ballast
    finally:
        os.close(opened)


def test_a_full_disk_is_told_before_anything_is_computed(disk: Disk, capsys: pytest.CaptureFixture[str]) -> None:
    out = disk.place / "out"
    assert run_command([*RUN, "--out", str(out)]) == 0
    stored = left_over(out)
    fill(disk)
    capsys.readouterr()
    assert run_command([*RUN, "--replications", "3", "--workers", "1", "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert f"{out}: no room is left on the disk." in told.err and told.out == ""
    assert left_over(out) == stored


@pytest.mark.parametrize(
    ("module", "command", "runs"),
    [
        (run, ["run", "--replications", "2"], 2),
        (compare, ["compare", "pingan365", "society_only", "--replications", "3"], 6),
    ],
    ids=["run", "compare"],
)
def test_a_disk_that_fills_up_meanwhile_costs_no_summary_and_going_on_works(
    disk: Disk,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    command: list[str],
    runs: int,
) -> None:
    out = disk.place / "out"
    words = [*command, *RUN[1:], "--workers", "1", "--out", str(out)]

    def filled(*arguments: Any) -> Any:
        fill(disk)
        return whole(*arguments)

    whole = module.carry_out
    with monkeypatch.context() as patched:
        patched.setattr(module, "carry_out", filled)
        assert run_command(words) == 1
    told = capsys.readouterr()
    assert told.err.count("could not all be stored (no room is left on the disk)") == 1
    assert "Really solved" in told.out  # what was computed is shown all the same
    assert not list(out.glob("*/*.parquet")) and not list(out.rglob("*.part"))
    (disk.place / "ballast").unlink()
    assert run_command(words) == 0
    assert len(collapsed(open_store(out).states())) == runs


@pytest.mark.slow
def test_a_calibration_goes_on_after_the_disk_was_full(disk: Disk, tmp_path: Path) -> None:
    study, out, small = tmp_path / "study.toml", disk.place / "out", tmp_path / "whole"
    study.write_text(
        "residents = 540\ndays = 3\n[parameters]\naccountability = { low = 0.1, high = 0.9 }\n[targets]\n"
        "trust_mean = { value = 0.5, scale = 0.1 }\n"
    )
    base = [*WORDS, "calibrate", str(study), "--workers", "1", "--json"]
    words = [*base, "--trials", "40", "--out"]
    begun = subprocess.run([*base, "--trials", "5", "--out", str(out)], capture_output=True, check=False)
    assert begun.returncode == 0, begun.stderr
    ballast = fill(disk)
    stopped = subprocess.run([*words, str(out)], capture_output=True, text=True, check=False)
    assert stopped.returncode == 1 and "Traceback" not in stopped.stderr, stopped.stderr
    ballast.unlink()
    gone_on = subprocess.run([*words, str(out)], capture_output=True, text=True, check=False)
    assert gone_on.returncode == 0, gone_on.stderr
    assert gone_on.stdout == subprocess.run([*words, str(small)], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "words",
    [
        ["results", "--format", "csv"],
        ["results", "--format", "json"],
        ["results", "--format", "parquet"],
        ["export"],
        ["export", "--format", "xes"],
        ["report"],
        ["brief"],
    ],
)
def test_what_is_handed_out_to_a_full_disk_keeps_the_older_file(
    disk: Disk, finished: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    name = "out.docx" if words == ["brief"] else "out.html"
    file = disk.place / name
    file.write_text("the older one")
    fill(disk)
    assert run_command([words[0], str(finished), *words[1:], "--out", str(file)]) == 1
    assert f"{file}: no room is left on the disk." in capsys.readouterr().err
    assert file.read_text() == "the older one" and left_over(disk.place) == ["ballast", name]


def test_a_disk_that_may_only_be_read(
    disk: Disk, finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(finished, disk.place / "out")
    disk.mount("ro")
    try:
        out, page = str(disk.place / "out"), tmp_path / "page.html"
        assert run_command(["status", out]) == 0 and run_command(["results", out]) == 0
        assert run_command(["report", out, "--out", str(page)]) == 0 and page.exists()
        assert run_command(["export", out, "--out", str(tmp_path / "log.csv")]) == 0
        capsys.readouterr()
        for folder in (out, str(disk.place / "new")):  # told before anything is run
            assert run_command([*RUN, "--replications", "3", "--workers", "1", "--out", folder]) == 2
            assert "may not be written; write another folder after --out." in capsys.readouterr().err
        for words in (
            ["results", out, "--out", str(disk.place / "t.csv")],
            ["report", out, "--out", str(disk.place / "p.html")],
        ):
            assert run_command(words) == 2, words
            assert f"the folder {disk.place} may not be written" in capsys.readouterr().err
    finally:
        disk.mount("rw")
    assert sorted(path.name for path in disk.place.iterdir()) == ["out"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX shells")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_command_without_one_of_its_streams_does_its_work(finished: Path, tmp_path: Path, closed: str) -> None:
    page = tmp_path / "page.html"
    for words in (["scenarios"], ["status", str(finished)], ["report", str(finished), "--out", str(page)]):
        told = tmp_path / "told"
        with told.open("w") as heard:
            ended = subprocess.run(
                ["sh", "-c", f'"$@" {closed}', "sh", *WORDS, *words], stdout=heard, stderr=heard, check=False
            ).returncode
        assert (ended, "Traceback" in told.read_text("utf-8")) == (0, False), told.read_text("utf-8")
    assert page.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no plain file"):
        write_bytes(pipe, b"x")
    assert pipe.is_fifo() and list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for(results: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "scenario.toml"
    os.mkfifo(pipe)
    refused = subprocess.run([*WORDS, "run", str(pipe)], capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2 and "is no plain file" in refused.stderr and "Traceback" not in refused.stderr
    (shard,) = (results / "runs").glob("*.parquet")
    shard.unlink()
    os.mkfifo(shard)
    looked = subprocess.run([*WORDS, "status", str(results)], capture_output=True, text=True, timeout=60, check=False)
    assert (looked.returncode, "set aside" in looked.stderr, "Traceback" in looked.stderr) == (0, True, False), (
        looked.stderr
    )


def test_a_terminal_without_chinese_letters_shows_their_codes() -> None:
    for words in (["scenarios", "--lang", "zh"], ["run", "nosuch", "--lang", "zh"]):
        told = subprocess.run(
            [*WORDS, *words],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
            timeout=60,
            check=False,
        )
        assert told.returncode == (2 if words[0] == "run" else 0)
        assert b"Traceback" not in told.stderr and b"\\u" in told.stdout + told.stderr


@pytest.mark.parametrize("words", [["scenarios"], RUN, ["parameters", "--json"], [*RUN, "--json"]], ids=" ".join)
def test_a_reader_who_goes_away_is_no_failure(words: list[str]) -> None:
    command = subprocess.Popen([*WORDS, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert command.stdout is not None
    command.stdout.close()
    told = command.stderr.read().decode() if command.stderr else ""
    assert command.wait(60) == 0 and "pingan:" not in told and "Traceback" not in told and "ignored" not in told, told


def test_a_damaged_shard_among_whole_ones_is_told_and_its_runs_come_back(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shard,) = (results / "runs").glob("*.parquet")
    before = export_table(open_store(results))
    shard.write_bytes(shard.read_bytes()[:-20])
    capsys.readouterr()
    assert run_command(["status", str(results)]) == 0
    told = capsys.readouterr()
    assert "is damaged and was set aside; its runs will be done again" in told.err and "done: 0" in told.out
    assert run_command([*RUN, "--replications", "2", "--workers", "1", "--events", "--out", str(results)]) == 0
    assert export_table(open_store(results)).equals(before)


@pytest.mark.parametrize(
    ("module", "writer", "words"),
    [
        (export, "csv_lines", ["results"]),
        (export, "json_lines", ["results", "--format", "json"]),
        (log_files, "steps_of", ["export"]),
        (log_files, "steps_of", ["export", "--format", "xes"]),
    ],
)
def test_an_export_that_is_broken_off_leaves_the_older_file(
    finished: Path, tmp_path: Path, module: object, writer: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*arguments: object) -> Iterator[object]:
        yield from itertools.islice(whole(*arguments), 2)
        raise KeyboardInterrupt

    whole = getattr(module, writer)
    monkeypatch.setattr(module, writer, broken_off)
    file = tmp_path / "out.txt"
    file.write_text("the older one")
    assert run_command([words[0], str(finished), *words[1:], "--out", str(file)]) == 130
    assert file.read_text() == "the older one" and left_over(tmp_path) == ["out.txt"]


def test_a_killed_export_leaves_nothing_under_the_final_name(finished: Path, tmp_path: Path) -> None:
    """Killed while it writes: only a file that is marked as unfinished stays, and the next export does not mind it."""
    script = (
        "import os, signal, sys; from pingan_abm.study.keep import export; from pingan_abm.cli import run_command\n"
        "def killed(table):\n    yield 'half'\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "export.csv_lines = killed\nrun_command(sys.argv[1:])"
    )
    words = ["results", str(finished), "--out", str(tmp_path / "t.csv")]
    killed = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [name for name in left_over(tmp_path) if not name.endswith(".part")] == []
    assert run_command(words) == 0 and (tmp_path / "t.csv").read_text().startswith("run_id,")


def test_a_write_that_fails_late_leaves_nothing(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some disks say only when the file is flushed, or given its name, that they are full."""

    def fails(*arguments: object) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os if name == "fsync" else Path, name, fails)
            assert run_command(["results", str(finished), "--out", str(tmp_path / "t.csv")]) == 1
        assert left_over(tmp_path) == []
        assert f"{tmp_path / 't.csv'}: Disk quota exceeded." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "no room is left on the disk. What is stored there is kept; make room, and the same command goes on from "
            "there.",
        ),
        ("zh", "磁盘空间已满。其中已存的结果保留不变；腾出空间后，用同一命令可从中断处继续。"),
    ],
)
@pytest.mark.parametrize("command", ["sweep", "calibrate"])
def test_what_a_full_disk_leaves_of_a_study_is_told(
    command: str,
    language: str,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    study, out = tmp_path / "study.toml", tmp_path / "out"
    study.write_text(STUDY.format(residents=540, days=3, count=1) + "[targets]\ncrises = 1\n")
    monkeypatch.setattr(os, "fsync", fails)
    assert run_command([command, str(study), "--out", str(out), "--workers", "1", "--lang", language]) == 1
    told = capsys.readouterr()
    assert words in told.err and str(out) in told.err and ".part" not in told.err and told.out == ""


def test_an_error_has_the_name_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system names no file, or the unfinished one, or two."""
    file = tmp_path / "t.csv"
    for raised in (
        OSError(errno.EIO, "x"),
        OSError(errno.EIO, "x", "other.part"),
        OSError(errno.EIO, "x", "other.part", None, "t.csv"),
    ):

        def fails(*arguments: object, raised: OSError = raised) -> None:
            raise raised

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", fails)
            with pytest.raises(OSError, match=re.escape(f"x: '{file}'") + "$"):
                write_bytes(file, b"x")


@pytest.mark.parametrize(
    "words",
    [
        ["results", "--out", "t.csv"],
        ["export", "--out", "t.csv"],
        ["report", "--out", "t.html"],
        ["analyse", "--method", "means", "--figure", "t.svg"],
    ],
)
def test_a_place_that_may_not_be_written_is_told_before_anything_is_read(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: object, mode: int) -> bool:
        return path != tmp_path

    monkeypatch.setattr(os, "access", refuses)
    assert run_command([words[0], "nowhere", *words[1:-1], str(tmp_path / words[-1]), "--lang", "en"]) == 2
    assert (
        f"{tmp_path / words[-1]}: the folder {tmp_path} may not be written; write the file into another one."
        in capsys.readouterr().err
    )
    assert not list(tmp_path.iterdir())


def test_clocks_that_jump_change_nothing(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of day that goes backwards, and files from the future or from 1970."""
    before = export_table(open_store(results))
    falling = itertools.count(2_000_000_000, -86_400)
    monkeypatch.setattr(time, "time", lambda: float(next(falling)))
    for number, path in enumerate(sorted(results.rglob("*"))):
        os.utime(path, (0, 0) if number % 2 else (4_000_000_000, 4_000_000_000))
    words = [*RUN, "--replications", "3", "--workers", "1", "--events", "--out", str(results)]
    assert run_command(words) == 0 and run_command(words) == 0
    table = export_table(open_store(results))
    assert len(table) == 3
    assert set(before.column("run_id").to_pylist()) < set(table.column("run_id").to_pylist())


def test_records_edited_while_the_clock_stands_still_are_read_anew(tmp_path: Path) -> None:
    """The identity of runs on a records file follows its contents, also when the file's time went back with the
    clock."""
    path = tmp_path / "records.csv"
    found = []
    for text, moment in (("a", 1_000), ("b", 999), ("cc", 999)):
        path.write_text(text)
        os.utime(path, (moment, moment))
        found.append(file_digest(path))
    assert len(set(found)) == 3


@pytest.mark.slow
def test_a_sweep_on_a_full_disk_stops_with_words_and_goes_on(disk: Disk, tmp_path: Path) -> None:
    disk.mount("size=2m")
    study, out = tmp_path / "study.toml", disk.place / "out"
    study.write_text(STUDY.format(residents=540, days=3, count=30))
    words = [*WORDS, "sweep", str(study), "--out", str(out), "--workers", "1"]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
    study.write_text(STUDY.format(residents=540, days=3, count=60))
    ballast = fill(disk)
    stopped = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (
        stopped.returncode == 1
        and f"{out}: no room is left on the disk. What is stored there is kept" in stopped.stderr
    )
    assert "Traceback" not in stopped.stderr
    assert len(collapsed(open_store(out).states())) == 60
    ballast.unlink()
    gone_on = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (gone_on.returncode, gone_on.stdout) == (0, "120 of 120 runs are done, 0 of them failed.\n")
    assert not list(out.rglob("*.part"))


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_no_run(tmp_path: Path) -> None:
    """Killed from outside, as a system short of memory does; what it was at is done again."""
    out, whole = tmp_path / "out", tmp_path / "whole"
    running = started(tmp_path, out)
    os.kill(workers_of(running.pid)[0], signal.SIGKILL)
    told, errors = running.communicate(timeout=300)
    assert (running.returncode, told) == (0, "400 of 400 runs are done, 0 of them failed.\n"), errors
    again = started(tmp_path, whole)
    again.communicate(timeout=300)
    assert export_table(open_store(out)).equals(export_table(open_store(whole)))


@pytest.mark.slow
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    running = started(tmp_path, tmp_path / "out")
    children = workers_of(running.pid)
    running.kill()
    running.communicate()
    until = time.monotonic() + 300.0
    while time.monotonic() < until and any(is_worker(child) for child in children):
        time.sleep(0.1)
    assert not any(is_worker(child) for child in children)


def started(folder: Path, out: Path) -> "subprocess.Popen[str]":
    """A sweep with two workers which has stored its first runs and has most of them before it: it stores every 20,000
    days, of 146,000."""
    study = folder / "study.toml"
    study.write_text(STUDY.format(residents=2000, days=365, count=200))
    words = [*WORDS, "sweep", str(study), "--out", str(out), "--workers", "2"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 300.0
    while time.monotonic() < until and running.poll() is None and not list((out / "runs").glob("*.parquet")):
        time.sleep(0.05)
    return running


def workers_of(parent: int) -> list[int]:
    """A sweep's worker processes. Linux only."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    if not listed.exists():
        pytest.skip("this system does not list a process's children")
    found = [int(child) for child in listed.read_text().split() if is_worker(int(child))]
    assert found, "the sweep had ended before its workers were looked for"
    return found


def is_worker(process: int) -> bool:
    """Whether a process lives and is a worker."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
