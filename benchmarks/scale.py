"""How far the model and its sweeps scale: ten districts' residents in one run, and a hundred thousand runs in one
folder.

    uv run python benchmarks/scale.py district
    uv run python benchmarks/scale.py sweep [--runs 100000] [--minutes 60] [--workers 2] [--out FOLDER]
    uv run python benchmarks/scale.py status [--runs 100000]

`district` lives a year of 345,000 and of 3,450,000 residents, each in a fresh process, and prints CPU seconds and peak
memory. `sweep` carries out a study of a tiny district with the command line and looks at it from outside once a minute
(memory of its processes, what `pingan status` takes in a fresh process); with `--minutes` it breaks it off, and with
the same `--out` it goes on from there. `status` stores so many runs with made-up outcomes, as a sweep would, and times
`pingan status` and `pingan results` on them. Linux only.
"""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

YEAR = """
import sys, time
from pingan_abm.model import PinganModel
warm = PinganModel(residents=3450, days=70)
for _ in range(70):
    warm.step()
began = time.process_time()
model = PinganModel(residents=int(sys.argv[1]), days=365)
built = time.process_time()
for _ in range(365):
    model.step()
lived = time.process_time()
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(built - began, lived - built, peak)
"""
STUDY = """
residents = 540
days = 3
replications = {replications}
[parameters]
accountability = {{ values = [0.2, 0.8] }}
"""
AS_SEEN = "after {:.0f} s: {:,} runs, parent {:.0f} MiB, workers {:.0f} MiB, status {:.2f} s ({:.2f} s of CPU)"
CLI = (sys.executable, "-m", "pingan_abm.cli")
LOOK_SECONDS = 60.0  # how often a sweep is looked at


class Year(NamedTuple):
    """CPU seconds of building and of living a year, and the process's peak memory in MiB."""

    build: float
    run: float
    peak: int


class Look(NamedTuple):
    """A sweep seen from outside: seconds since its start, runs stored, MiB of its parent and of its workers together,
    wall and CPU seconds of `pingan status`."""

    after: float
    runs: int
    parent: float
    workers: float
    status: float
    status_cpu: float


def year_of(residents: int) -> Year:
    """A fresh process that builds a district and lives a year."""
    shown = subprocess.run(
        [sys.executable, "-c", YEAR, str(residents)], capture_output=True, text=True, check=True
    ).stdout.split()
    return Year(float(shown[0]), float(shown[1]), int(shown[2]))


def district() -> None:
    """One district's residents and ten districts', side by side."""
    one, ten = year_of(345_000), year_of(3_450_000)
    for residents, found in ((345_000, one), (3_450_000, ten)):
        print(
            f"{residents:,} residents: build {found.build:.2f} s, a year {found.run:.2f} s, peak memory {found.peak} "
            f"MiB",
            flush=True,
        )
    print(
        f"ratio of the years {ten.run / one.run:.1f} (≤ 20), with the build "
        f"{(ten.run + ten.build) / (one.run + one.build):.1f}; peak {ten.peak / 1024:.2f} GiB (≤ 4)"
    )


def children(process: int) -> list[int]:
    """Processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def memory(process: int) -> float:
    """MiB that a process holds now; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def looked_at(sweep: int, out: Path, began: float) -> Look:
    """The sweep now."""
    parent, workers = memory(sweep), sum(memory(child) for child in children(sweep))
    cpu, wall = os.times().children_user + os.times().children_system, time.perf_counter()
    told = json.loads(
        subprocess.run([*CLI, "status", str(out), "--json"], capture_output=True, text=True, check=True).stdout
    )
    took, cpu = time.perf_counter() - wall, os.times().children_user + os.times().children_system - cpu
    return Look(time.monotonic() - began, told["done"], parent, workers, took, cpu)


def sweep(runs: int, minutes: float | None, workers: int, folder: Path) -> None:
    """Begin a sweep or go on with it, look at it once a minute, break it off when its time is over, and print what was
    seen."""
    study, out = folder / "study.toml", folder / "out"
    study.write_text(STUDY.format(replications=runs // 2))
    began = time.monotonic()
    end = began + 60 * minutes if minutes else math.inf
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # started in the background, this process ignores it, and so would the sweep
    running = subprocess.Popen(
        [*CLI, "sweep", str(study), "--out", str(out), "--workers", str(workers)], start_new_session=True
    )
    while wait_for(running, min(LOOK_SECONDS, end - time.monotonic())):
        if time.monotonic() >= end:
            running.send_signal(signal.SIGINT)
            break
        print(AS_SEEN.format(*looked_at(running.pid, out, began)), flush=True)
    print(f"the sweep ended with exit code {running.wait(120)} after {time.monotonic() - began:.0f} s")
    print("at the end: {1:,} runs, status {4:.2f} s ({5:.2f} s of CPU)".format(*looked_at(os.getpid(), out, began)))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{len(list((out / 'runs').glob('*.parquet')))} shards, {size / 2**20:.1f} MiB on the disk")


def wait_for(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long, or until a process has ended; whether it still runs."""
    try:
        process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        return True
    return False


def status(runs: int) -> None:
    """A folder with so many runs, and what it takes to look at it."""
    from pingan_abm.parameters.declared import Parameters
    from pingan_abm.study.keep.folder import create_store
    from pingan_abm.study.keep.records import Record
    from pingan_abm.study.keep.writer import FLUSH_RUNS, Writer
    from pingan_abm.study.plan.design import make_plan
    from pingan_abm.study.plan.files import parse_study
    from pingan_abm.study.run.sweep import study_manifest

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        plan = make_plan(parse_study(STUDY.format(replications=runs // 2), "status", "status", Path(folder)))
        writer, parameters, began = (
            Writer(create_store(out, study_manifest(plan))),
            dict(Parameters()),
            time.process_time(),
        )
        for number, task in enumerate(plan.tasks()):
            writer.add(Record(task.run_id, task.spec, parameters, "ok", outcomes={"crises": float(number)}))
        writer.flush()
        print(
            f"{runs:,} runs stored, {FLUSH_RUNS} at a time, in {time.process_time() - began:.1f} s of CPU; "
            f"{len(list((out / 'runs').glob('*.parquet')))} shards"
        )
        for _ in range(3):
            seen = looked_at(os.getpid(), out, time.monotonic())
            print(f"status of {seen.runs:,} runs: {seen.status:.2f} s, {seen.status_cpu:.2f} s of CPU")
        cpu = os.times().children_user + os.times().children_system
        subprocess.run([*CLI, "results", str(out), "--out", str(Path(folder) / "table.csv")], check=True)
        print(f"results as CSV: {os.times().children_user + os.times().children_system - cpu:.1f} s of CPU")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("district", "sweep", "status"))
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.what == "district":
        district()
    elif given.what == "status":
        status(given.runs)
    elif given.out is not None:
        given.out.mkdir(exist_ok=True)
        sweep(given.runs, given.minutes, given.workers, given.out)
    else:
        with tempfile.TemporaryDirectory() as folder:
            sweep(given.runs, given.minutes, given.workers, Path(folder))


if __name__ == "__main__":
    main()
