"""A real sweep killed with -9 several times at random moments and resumed, against the same sweep left alone.

    uv run python benchmarks/kills.py [--runs 2000] [--days 365] [--kills 5] [--workers 2] [--seed 0]

The whole process group is killed: the sweep, its workers and whatever they are writing. In the end `pingan results` of
both folders is compared byte by byte, and the shards are searched for runs that were stored twice. Exit code 1 if
anything differs.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import collapsed
from pingan_abm.study.run.workers import prepare

STUDY = """
residents = 3450
days = {days}
replications = {replications}
[parameters]
accountability = {{ values = [0.2, 0.4, 0.6, 0.8] }}
"""
POINTS = 4
PINGAN = (sys.executable, "-m", "pingan_abm.cli")


def started(study: Path, out: Path, workers: int) -> "subprocess.Popen[bytes]":
    """A sweep in a process group of its own."""
    words = [*PINGAN, "sweep", str(study), "--out", str(out), "--workers", str(workers)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def finished(study: Path, out: Path, workers: int) -> float:
    """Carry a sweep to its end; seconds taken."""
    began = time.monotonic()
    running = started(study, out, workers)
    _, errors = running.communicate()
    if running.returncode:
        raise SystemExit(f"the sweep ended with {running.returncode}: {errors.decode()}")
    return time.monotonic() - began


def killed(study: Path, out: Path, workers: int, after: float) -> None:
    """Begin or resume a sweep, and kill it and all its processes after so many seconds."""
    running = started(study, out, workers)
    try:
        running.wait(after)
        raise SystemExit("the sweep ended before it could be killed; ask for more runs")
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()


def stored(out: Path) -> int:
    """Number of runs that a folder holds."""
    return len(collapsed(open_store(out).states())) if (out / "manifest.json").is_file() else 0


def handed_out(out: Path) -> bytes:
    """What `pingan results` prints."""
    return subprocess.run([*PINGAN, "results", str(out), "--format", "csv"], check=True, capture_output=True).stdout


def twice(out: Path) -> int:
    """Runs that stand in more than one shard."""
    count = Counter(run_id for listed in open_store(out).states().values() for run_id in listed)
    return sum(times > 1 for times in count.values())


def main() -> None:
    """Run, kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("runs", 2000), ("days", 365), ("kills", 5), ("workers", 2), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study, alone, broken = folder / "study.toml", folder / "alone", folder / "broken"
        study.write_text(STUDY.format(days=given.days, replications=given.runs // POINTS))
        seconds = finished(study, alone, given.workers)
        print(f"{stored(alone)} runs left alone: {seconds:.0f} s", flush=True)
        luck = random.Random(given.seed)
        for number in range(1, given.kills + 1):
            after = luck.uniform(0.1, 1.5) * seconds / (given.kills + 1)
            killed(study, broken, given.workers, after)
            print(f"kill {number} after {after:.1f} s: {stored(broken)} runs stored", flush=True)
        seconds = finished(study, broken, given.workers)
        print(
            f"resumed to the end in {seconds:.0f} s: {stored(broken)} runs, {twice(broken)} of them stored twice",
            flush=True,
        )
        first, second = handed_out(alone), handed_out(broken)
        print(
            f"pingan results: {len(first):,} and {len(second):,} bytes, sha256 "
            f"{hashlib.sha256(first).hexdigest()[:16]} and {hashlib.sha256(second).hexdigest()[:16]}: "
            f"{'the same' if first == second else 'DIFFERENT'}"
        )
    if (
        first != second or len(set(first.splitlines())) != given.runs // POINTS * POINTS + 1
    ):  # one line a run, and the head
        raise SystemExit(1)


if __name__ == "__main__":
    main()
