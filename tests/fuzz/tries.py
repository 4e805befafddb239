"""Many tries of one target, and what is kept of those that find something."""

import json
import resource
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

type Target = Callable[[bytes, Path], None]
SLOW = 10.0  # seconds of CPU: a try that takes longer is a finding; what waits is ended by the fuzzer after two minutes


class Tries:
    """One target, tried again and again in a folder of its own."""

    def __init__(self, name: str, target: Target, findings: Path) -> None:
        self.name, self.target, self.findings = name, target, findings
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
