"""The patterns that the model should show, each a small paired experiment: does it behave like the world?"""

from pingan_abm.patterns import (
    appraisal,
    cooperation,
    coordination,
    leaders,
    neighbours,
    reform,
    rhythms,
    society,
    voices,
)
from pingan_abm.patterns.pattern import Pattern

_ROOMS = (appraisal, coordination, society, rhythms, reform, cooperation, voices, neighbours, leaders)
_FOUND = [one for room in _ROOMS for one in room.PATTERNS]
PATTERNS: dict[str, Pattern] = {one.id: one for one in sorted(_FOUND, key=lambda one: int(one.id[1:]))}

__all__ = ["PATTERNS", "Pattern"]
