"""The district alive: moves are what the log says, and nothing else."""

import numpy as np
import pytest

from pingan_abm.model import PinganModel
from pingan_abm.web.shown.flow_picture import FlowPicture
from pingan_abm.web.shown.live_flow import (
    FRACTIONS,
    MOVE,
    Tone,
    busiest_places,
    counts_so_far,
    flow_plan,
    flow_state,
    framed,
    moves_between,
    nodes_of,
    tone_names,
)
from pingan_abm.world.events import Activity, ActorKind


def every_event(model: PinganModel) -> np.ndarray:
    rows = model.world.used("events")
    return rows[(rows["time"] >= 0.0) & (rows["problem"] >= 0)]


def test_every_return_settlement_and_closure_is_a_move(year: PinganModel) -> None:
    log, counts = every_event(year), counts_so_far(year)
    by_unit = log["kind"] == ActorKind.UNIT
    assert counts[Tone.SENT_BACK] == int(((log["activity"] == Activity.RETURN) & by_unit).sum()) > 0
    assert counts[Tone.SETTLED] == int((log["activity"] == Activity.SETTLE).sum()) > 0
    closures = int((log["activity"] == Activity.VERIFY).sum()) + int((log["activity"] == Activity.FEEDBACK).sum())
    assert counts[Tone.SOLVED] + counts[Tone.ON_PAPER] == closures
    felt = np.isin(log["activity"], [Activity.FELT, Activity.REOPEN])
    assert counts[Tone.BACK_IN_THE_STREET] == int(felt.sum()) > 0


def test_a_move_on_paper_is_of_a_problem_that_was_not_solved_by_then(year: PinganModel) -> None:
    rows = moves_between(year, 0, int(year.world.tally[0].events))
    solved = year.world.problems["solved"][rows["problem"]]
    assert (solved[rows["tone"] == Tone.SOLVED] <= rows["day"][rows["tone"] == Tone.SOLVED]).all()
    paper = rows["tone"] == Tone.ON_PAPER
    assert (np.isnan(solved[paper]) | (solved[paper] > rows["day"][paper])).all()


def test_nodes_of_moves_are_nodes_of_the_plan(year: PinganModel) -> None:
    rows, plan = moves_between(year, 0, int(year.world.tally[0].events)), flow_plan(year, "en")
    nodes = nodes_of(year)
    assert nodes.count == len(plan["nodes"]) > max(rows["start"].max(), rows["end"].max())
    kinds = np.array([node["kind"] for node in plan["nodes"]])
    back = rows[rows["tone"] == Tone.BACK_IN_THE_STREET]
    assert set(kinds[back["start"]]) == {"paper"} and set(kinds[back["end"]]) == {"community"}
    assert set(kinds[rows["start"][rows["tone"] == Tone.SENT_BACK]]) <= {"unit", "subdistrict"}
    homes = year.world.problems["community"][back["problem"]]
    assert (back["end"] - nodes.communities == homes).all()
    by_home = [node["group"] for node in plan["nodes"] if node["kind"] == "community"]
    assert len(set(by_home)) == len(plan["homes"]) == 6


def test_a_frame_holds_whole_cases_in_the_order_of_time(year: PinganModel) -> None:
    rows = moves_between(year, 0, int(year.world.tally[0].events))
    whole, k = framed(rows, 0.0, 365.0, most=len(rows))
    assert k == 1 and len(whole) == len(rows) * MOVE.itemsize
    data, k = framed(rows, 0.0, 365.0, most=len(rows) // 5)
    sent = np.frombuffer(data, MOVE)
    assert k >= 5 and set(sent["problem"]) == {one for one in rows["problem"].tolist() if one % k == 0}
    assert len(sent) == int((rows["problem"] % k == 0).sum())
    assert (np.diff(sent["time"].astype(int)) >= 0).all() and sent["time"].max() <= FRACTIONS


def test_the_picture_sends_each_event_once() -> None:
    small = PinganModel(residents=3_000, days=10, warmup=0, events=True)
    picture = FlowPicture()
    picture.name(small, "en")
    picture.adopt(small)
    begun, sent = int(small.world.tally[0].events), 0
    for _ in range(8):
        small.step()
        picture.paint(small, state=True)
        sent += (len(picture.widget.frame) - 40) // MOVE.itemsize
    assert sent == len(moves_between(small, begun, int(small.world.tally[0].events))) > 0
    before = picture.widget.frame
    picture.paint(small, state=False)
    assert picture.widget.frame == before  # the same day again: nothing new


def test_the_ends_are_the_cards(year: PinganModel) -> None:
    from pingan_abm.web.shown.flows import closed_never_solved

    state, nodes = np.frombuffer(flow_state(year), np.float32), nodes_of(year)
    assert state[1] == closed_never_solved(year) > 0 and state[2] == nodes.count
    sizes = state[3 : 3 + nodes.count]
    assert (sizes[nodes.units : nodes.communities] == year.world.units["queued"]).all()
    places = busiest_places(year)
    assert (np.diff(places[:, 1]) <= 0).all() and len(state) == 3 + 2 * nodes.count + places.size


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_colour_has_a_name(language: str) -> None:
    from pingan_abm.texts.i18n import translator

    names = tone_names(translator(language))
    assert len(set(names.values())) == len(Tone)
    assert language == "en" or not any("a" <= letter <= "z" for name in names.values() for letter in name)
