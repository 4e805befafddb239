"""Goals and limits that no outcome can have, found before anything runs."""

from pingan_abm.outcomes.catalogue import OUTCOMES
from pingan_abm.texts.errors import Sentence, sentence

SHARES = ("share", "0–1")
NEVER_NEGATIVE = ("count", "days", "yuan", "staff-days", "ratio")
PER_CENT = 100.0


def implausible(outcome: str, value: float) -> Sentence | None:
    """Why an outcome cannot be near a value; None if it can. A share above 1 was probably meant in per cent."""
    entry = OUTCOMES[outcome]
    if entry.unit in SHARES and abs(value) > 1.0:
        meant = value / PER_CENT
        if abs(meant) <= 1.0:
            return sentence(
                "{value} cannot be: {outcome} is a share between 0 and 1. {value} or {meant}? Write {meant} for "
                "{value} %.",
                value=f"{value:g}",
                outcome=outcome,
                meant=f"{meant:g}",
            )
        return sentence("{value} cannot be: {outcome} is a share between 0 and 1.", value=f"{value:g}", outcome=outcome)
    if entry.unit in NEVER_NEGATIVE and value < 0.0:
        return sentence("{value} cannot be: {outcome} is never below 0.", value=f"{value:g}", outcome=outcome)
    return None
