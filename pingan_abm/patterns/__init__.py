"""The patterns that the model should show, each a small paired experiment: does it behave like the world?"""

from pingan_abm.patterns import appraisal, coordination, reform, rhythms, society
from pingan_abm.patterns.pattern import Pattern

_FOUND = (*appraisal.PATTERNS, *coordination.PATTERNS, *society.PATTERNS, *rhythms.PATTERNS, *reform.PATTERNS)
PATTERNS: dict[str, Pattern] = {one.id: one for one in sorted(_FOUND, key=lambda one: int(one.id.removeprefix("P")))}

__all__ = ["PATTERNS", "Pattern"]
