"""The patterns P1–P17 that the model should show, each a small paired experiment: does it behave like the world?"""

from pingan_abm.patterns import appraisal, cooperation, coordination, reform, rhythms, society
from pingan_abm.patterns.pattern import Pattern

_FOUND = (
    *appraisal.PATTERNS,
    *coordination.PATTERNS,
    *society.PATTERNS,
    *rhythms.PATTERNS,
    *reform.PATTERNS,
    *cooperation.PATTERNS,
)
PATTERNS: dict[str, Pattern] = {
    f"P{number}": next(one for one in _FOUND if one.id == f"P{number}") for number in range(1, len(_FOUND) + 1)
}

__all__ = ["PATTERNS", "Pattern"]
