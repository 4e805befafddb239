"""Fuzzing without a guide: for a system for which atheris does not exist. Bytes are drawn, and those of earlier tries
changed; findings do not end the run.

    NUMBA_DISABLE_JIT=1 PYTHONPATH=tests python -m fuzz.blind TARGET SECONDS FINDINGS [SEED]
"""

import random
import sys
import time
from pathlib import Path

from fuzz.every import TARGETS
from fuzz.tries import Tries

KEPT = 200  # tries that are changed further
LONGEST = 200  # bytes of a new try


def tried(name: str, seconds: float, findings: Path, seed: int) -> None:
    """Try one target until the time is over."""
    tries, chance, earlier = Tries(name, TARGETS[name], findings), random.Random(seed), [b""]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = bytearray(
            chance.choice(earlier) if chance.random() < 0.5 else chance.randbytes(chance.randint(0, LONGEST))
        )
        for _ in range(chance.randint(0, 4) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        tries(bytes(data))
        earlier = [*earlier[-KEPT:], bytes(data)]
    tries.close()


if __name__ == "__main__":
    name, seconds, findings, *more = sys.argv[1:]
    Path(findings).mkdir(parents=True, exist_ok=True)
    tried(name, float(seconds), Path(findings), int(more[0]) if more else 0)
