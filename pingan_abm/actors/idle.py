"""Classes that override an actor and that no district has: what they say never happens, so they are named once."""

import warnings
from collections.abc import Iterable, Iterator
from weakref import WeakSet

from pingan_abm.actors.base import Actor
from pingan_abm.actors.views import View

PROGRAM = "pingan_abm"
GENERAL = {Actor, View}  # which every new kind of actor derives from
_named: WeakSet[type] = WeakSet()


def warn_of_idle_classes(present: Iterable[type]) -> None:
    """Warn of each class outside the program that derives from an actor of a district without being one of them.

    present: the classes of the district's actors.
    """
    there = set(present)
    _named.update(there)  # a class that acts in one district may well be missing in the next one
    for kind in {base for one in there for base in one.__mro__ if base.__module__.startswith(PROGRAM)} - GENERAL:
        for derived in _derived(kind):
            idle = not any(issubclass(one, derived) for one in there)
            if idle and derived not in _named and _overrides(derived, kind):
                _named.add(derived)
                warnings.warn(
                    f"{derived.__name__} derives from {kind.__name__}, but no actor of this district is one, so what "
                    f"it overrides is never called. Put one in its place before the first step (override "
                    f"PinganModel.populate, or assign it), replace a rule with extend.rule, or add an actor with "
                    f"extend.actor.",
                    stacklevel=4,
                )


def _derived(kind: type) -> Iterator[type]:
    """Classes that users derived from one of the program's, at any depth."""
    one: type
    for one in kind.__subclasses__():
        yield from _derived(one)
        if one.__module__.partition(".")[0] != PROGRAM:
            yield one


def _overrides(derived: type, kind: type) -> bool:
    """Whether a class has something of its own in the place of what it derives from."""
    return any(hasattr(kind, name) and not name.startswith("__") for name in vars(derived))
