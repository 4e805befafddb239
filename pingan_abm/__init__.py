"""Ping'an 365: an agent-based model of multi-actor co-governance in a city district.

`from pingan_abm import PinganModel, run, compare, sweep`. Each is loaded at its first use, so that a program that uses
one of them does not wait for the others.

>>> from pingan_abm import PinganModel
>>> model = PinganModel(residents=3_450, days=90, seed=1)
>>> for _ in range(90):
...     model.step()
>>> outcomes = model.outcomes()
>>> outcomes["reported_closure_rate"] > outcomes["true_resolution_rate"]
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel
    from pingan_abm.runs import run
    from pingan_abm.study.decide.compare import compare
    from pingan_abm.study.run.sweep import sweep

__all__ = ["PinganModel", "compare", "run", "sweep"]

_HOMES = {"PinganModel": "model", "run": "runs", "compare": "study.decide.compare", "sweep": "study.run.sweep"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__} has no attribute {name}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
