"""Values of actors as JSON and arrays, and back, without running anything that a file says.

Plain values, lists, tuples, sets, dictionaries, dates, numpy's scalars and arrays, and the few dataclasses named in
`DATACLASSES` are written; anything else is refused when it is written, not when it is read.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, cast

import numpy as np

from pingan_abm.actors.groups import Idea
from pingan_abm.actors.leadership import Campaign
from pingan_abm.actors.steering import Steering
from pingan_abm.texts.bilingual import Bilingual

DATACLASSES: Mapping[str, type[Any]] = {"Campaign": Campaign, "Idea": Idea, "Steering": Steering}


def encoded(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    """A value as JSON; arrays in it go into `arrays` and are named in their place. Raises TypeError for a value of
    another kind."""
    if value is None or isinstance(value, bool | int | str) and not isinstance(value, np.generic):
        return value
    if isinstance(value, float) and not isinstance(value, np.generic):
        return {"float": value.hex()} if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, np.ndarray):
        name = f"value_{len(arrays)}"
        arrays[name] = value
        return {"array": name}
    if isinstance(value, np.generic):
        return {"scalar": [value.dtype.str, encoded(value.item(), arrays)]}
    if isinstance(value, Bilingual):
        return {"bilingual": list(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, list | tuple):
        return {type(value).__name__: [encoded(one, arrays) for one in value]}
    if isinstance(value, set | frozenset):
        return {"set": [encoded(one, arrays) for one in sorted(value)]}
    if isinstance(value, Mapping):
        return {"dict": [[encoded(key, arrays), encoded(one, arrays)] for key, one in value.items()]}
    if isinstance(value, tuple(DATACLASSES.values())):
        named = {one.name: encoded(getattr(value, one.name), arrays) for one in fields(cast(Any, value))}
        return {"dataclass": [type(value).__name__, named]}
    raise TypeError(f"a {type(value).__name__} cannot be kept in a snapshot")


def decoded(kept: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    """The value that was encoded. Raises ValueError or KeyError for what no encoding gives."""
    if not isinstance(kept, dict):
        if kept is None or isinstance(kept, bool | int | str):
            return kept
        raise ValueError("not an encoded value")
    (kind, content), *more = kept.items()
    if more or kind not in READERS:
        raise ValueError(f"unknown kind {kind!r}")
    return READERS[kind](content, arrays)


def _float(content: str, _arrays: Mapping[str, np.ndarray]) -> float:
    return float.fromhex(content) if "0x" in content else float(content)


def _several(content: list[Any], arrays: Mapping[str, np.ndarray]) -> list[Any]:
    return [decoded(one, arrays) for one in content]


def _dataclass(content: list[Any], arrays: Mapping[str, np.ndarray]) -> Any:
    name, named = content
    return DATACLASSES[name](**{field: decoded(one, arrays) for field, one in named.items()})


READERS: Mapping[str, Callable[[Any, Mapping[str, np.ndarray]], Any]] = {
    "float": _float,
    "array": lambda content, arrays: arrays[content].copy(),
    "scalar": lambda content, arrays: np.dtype(content[0]).type(decoded(content[1], arrays)),
    "bilingual": lambda content, arrays: Bilingual(*content),
    "date": lambda content, arrays: date.fromisoformat(content),
    "list": _several,
    "tuple": lambda content, arrays: tuple(_several(content, arrays)),
    "set": lambda content, arrays: set(_several(content, arrays)),
    "dict": lambda content, arrays: {decoded(key, arrays): decoded(one, arrays) for key, one in content},
    "dataclass": _dataclass,
}
