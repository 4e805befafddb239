"""Coverage-guided fuzzing: bytes that reach new code are kept and changed further.

    NUMBA_DISABLE_JIT=1 PYTHONPATH=tests python -m fuzz.guided TARGET SECONDS FINDINGS [CORPUS]

needs `atheris` (not among the dependencies: it exists for few systems; put it into an environment of its own that sees
this one's packages). Findings do not end the run: the first bytes that lead to each (exception and line) are written
into the folder FINDINGS, and a summary is printed at the end.
"""

import os
import sys
import time
from pathlib import Path

import atheris  # type: ignore[import-not-found]
from fuzz.tries import Tries

with atheris.instrument_imports(include=["pingan_abm"]):
    from fuzz.every import TARGETS


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
    atheris.Setup([sys.argv[0], *options, *corpus], Until(Tries(name, TARGETS[name], Path(findings)), float(seconds)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
