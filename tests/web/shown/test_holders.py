"""Who held a case when: spans without gaps, and orange only while the file is closed and the problem is not solved."""

import math
from itertools import pairwise

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.web.shown.explaining import events_of
from pingan_abm.web.shown.holders import CENTRE, CLOSED, PAPER, STREET, holding, spans_of
from pingan_abm.world.events import EVENT, Activity, ActorKind


def events(*steps: tuple[float, Activity, ActorKind, int]) -> np.ndarray:
    rows = np.zeros(len(steps), EVENT)
    for row, (time, activity, kind, actor) in zip(rows, steps, strict=True):
        row["time"], row["activity"], row["kind"], row["actor"] = time, activity, kind, actor
    return rows


def test_a_case_goes_from_hand_to_hand() -> None:
    rows = events(
        (0.0, Activity.ARISE, ActorKind.RESIDENT, 1),
        (2.0, Activity.FILE, ActorKind.CENTRE, 0),
        (3.0, Activity.ACCEPT, ActorKind.UNIT, 7),
        (5.0, Activity.RETURN, ActorKind.UNIT, 7),
        (6.0, Activity.ACCEPT, ActorKind.UNIT, 9),
        (9.0, Activity.FEEDBACK, ActorKind.UNIT, 9),
        (9.5, Activity.VERIFY, ActorKind.INSPECTORS, 0),
        (12.0, Activity.FELT, ActorKind.RESIDENT, 1),
    )
    held = [(one.holder, one.begin, one.end) for one in spans_of(rows, math.nan, 20.0)]
    assert held == [
        (STREET, 0.0, 2.0),
        (CENTRE, 2.0, 3.0),
        ("7", 3.0, 5.0),
        (CENTRE, 5.0, 6.0),
        ("9", 6.0, 9.0),
        (CENTRE, 9.0, 9.5),
        (PAPER, 9.5, 12.0),
        (STREET, 12.0, 20.0),
    ]
    assert spans_of(rows[:7], 8.0, 20.0)[-1].holder == CLOSED  # solved before it was closed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_case_is_held_without_gaps(year: PinganModel, language: str) -> None:
    problems = year.world.used("problems")
    chosen = np.flatnonzero((problems["file"] >= 0) & (problems["onset"] >= 0.0))[:40]
    for number in chosen.tolist():
        rows = events_of(year, problem=number, most=500)
        found = holding(year, rows, problems[number], language)
        assert found["spans"] and all(end > begin for _, begin, end, _ in found["spans"])
        assert all(abs(first[2] - second[1]) < 0.011 for first, second in pairwise(found["spans"]))
        assert len(found["names"]) == 1 + max(lane for lane, *_ in found["spans"])
