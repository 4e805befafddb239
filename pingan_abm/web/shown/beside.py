"""What stands beside the district that is shown: the figures and curves of the other side of A/B."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pingan_abm.texts.i18n import translator


@dataclass(frozen=True)
class Beside:
    """What the other side showed. series: {indicator: float64 [days]}; content: the cards; with_changes: whether it is
    the side with the visitor's changes."""

    day: int
    series: dict[str, np.ndarray]
    content: dict[str, Any]
    with_changes: bool


def ghost_words(beside: Beside | None, language: str) -> str:
    """What the pale curves are."""
    say = translator(language)
    if beside is None:
        return say("Pale: the run before the first change.")
    return say("Pale: with your changes.") if beside.with_changes else say("Pale: without your changes.")


def add_beside(content: dict[str, Any], beside: Beside | None, day: int, language: str) -> None:
    """Add to every card what it showed on the other side, on the same day; figures of another day would mislead."""
    if beside is None or beside.day != day:
        return
    say = translator(language)
    words = say("with the changes: {values}") if beside.with_changes else say("without the changes: {values}")
    for kind in ("pairs", "singles"):
        for card, other in zip(content[kind], beside.content[kind], strict=True):
            sides = [other[side]["value"] for side in ("left", "right")] if kind == "pairs" else [other["value"]]
            card["beside"] = words.format(values=" · ".join(sides))
