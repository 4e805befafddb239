"""A stand-in for the model whose outcomes are known functions of two parameters, with luck that moves both together; in
a module of its own, so that worker processes know it by name."""

from typing import Any

import numpy as np

from pingan_abm.runs import RunResult, RunSpec, run_id

LUCK = 0.04


def toy_run(spec: RunSpec, **_: Any) -> RunResult:
    """Two outcomes that depend on both parameters, one that depends on neither, one that is kept back."""
    luck = np.random.default_rng([spec.seed, spec.replication]).standard_normal(4)
    first = float(spec.settings["accountability"])
    second = float(spec.settings["satisfaction_weight"])
    outcomes: dict[str, float | None] = {
        "closure_gap": first + 0.3 * second**2 + LUCK * (luck[0] + luck[1]),
        "returns_per_dispatch": second - 0.4 * first + LUCK * (luck[0] - luck[1] / 2),
        "trust_mean": 0.5 + LUCK * luck[2],
        "reopen_rate": first * second + LUCK * luck[3],
    }
    return RunResult(run_id(spec), spec, outcomes, {}, None, 0.0)


class Killed(BaseException):
    """Stands for a process that ends in the middle."""


class Dying:
    """Carries out so many runs, then dies."""

    def __init__(self, lives: int) -> None:
        self.lives = lives

    def __call__(self, spec: RunSpec, **more: Any) -> RunResult:
        self.lives -= 1
        if self.lives < 0:
            raise Killed
        return toy_run(spec, **more)
