"""Coverage-guided fuzzing: bytes that reach new code are kept and changed further.

    NUMBA_DISABLE_JIT=1 PYTHONPATH=tests python -m fuzz.guided TARGET SECONDS FINDINGS [CORPUS]

needs `atheris` (not among the dependencies: it exists for few systems; put it into an environment of its own that sees
this one's packages). Findings do not end the run: the first bytes that lead to each (exception and line) are written
into the folder FINDINGS, and a summary is printed at the end.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["pingan_abm"]):
    from fuzz.targets import TARGETS

SLOW = 10.0  # seconds of CPU: a try that takes longer is a finding; what waits is ended by the fuzzer after two minutes


class Tries:
    """One target, tried again and again in a folder of its own."""

    def __init__(self, name: str, findings: Path) -> None:
        self.name, self.target, self.findings = name, TARGETS[name], findings
        self.count, self.slowest, self.found = 0, 0.0, dict[str, int]()
        self.began = time.monotonic()
        self.home = Path(tempfile.mkdtemp(prefix="fuzz-"))

    def __call__(self, data: bytes) -> None:
        """One try."""
        folder = self.home / "try"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        before = time.process_time()
        try:
            self.target(data, folder)
        except Exception as wrong:
            frame = next(
                (one for one in reversed(traceback.extract_tb(wrong.__traceback__)) if "pingan_abm" in one.filename),
                None,
            )
            place = f"{Path(frame.filename).name}:{frame.lineno}" if frame else "outside"
            self.remember(f"{type(wrong).__name__} {place}", data, traceback.format_exc())
        took = time.process_time() - before
        self.count, self.slowest = self.count + 1, max(self.slowest, took)
        if took > SLOW:
            self.remember("slow", data, f"{took:.1f} s")

    def remember(self, kind: str, data: bytes, told: str) -> None:
        """Count a finding; keep the first of each kind."""
        self.found[kind] = self.found.get(kind, 0) + 1
        if self.found[kind] == 1:
            stem = self.findings / f"{self.name}-{len(self.found)}"
            stem.with_suffix(".bytes").write_bytes(data)
            stem.with_suffix(".txt").write_text(f"{kind}\n{told}", "utf-8")

    def close(self) -> None:
        """Say what was done, and clear up."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            json.dumps(
                {
                    "target": self.name,
                    "tries": self.count,
                    "seconds": round(time.monotonic() - self.began),
                    "findings": self.found,
                    "slowest": round(self.slowest, 2),
                    "peak_mib": peak,
                }
            ),
            flush=True,
        )
        shutil.rmtree(self.home, ignore_errors=True)


class Until:
    """Tries until the time is over, then ends the process (the fuzzer itself knows no other end that lets one say
    anything)."""

    def __init__(self, tries: Tries, seconds: float) -> None:
        self.tries, self.end = tries, time.monotonic() + seconds

    def __call__(self, data: bytes) -> None:
        """One try, or the end."""
        if time.monotonic() > self.end:
            self.tries.close()
            os._exit(0)
        self.tries(data)


def main() -> None:
    """Fuzz."""
    name, seconds, findings, *corpus = sys.argv[1:]
    Path(findings).mkdir(parents=True, exist_ok=True)
    for one in corpus:
        Path(one).mkdir(parents=True, exist_ok=True)
    options = (
        "-max_len=600",
        "-timeout=120",
        "-rss_limit_mb=4000",
        "-print_final_stats=0",
        "-verbosity=0",
        f"-artifact_prefix={findings}/",
    )
    atheris.Setup([sys.argv[0], *options, *corpus], Until(Tries(name, Path(findings)), float(seconds)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
