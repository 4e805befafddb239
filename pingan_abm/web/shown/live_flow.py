"""The district alive: every event of the log that moves a case from one actor to another, as the canvas draws it.

A move goes from a node to a node. Nodes are numbered: the centre, the units, the communities, the grassroots groups,
the composite bodies, the meeting, the two ends, and last the organisations, of which more may be founded. The server
sends moves, the browser draws them travelling; nothing here is random, and nothing is drawn that did not happen.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.texts.i18n import Translate, translator
from pingan_abm.web.shown.flows import FIRST_END, ON_PAPER, REALLY, flows
from pingan_abm.web.shown.institution_map import short_name
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

MOST_MOVES = 1_500  # sent with one frame; above, one case in k is sent whole and the page says so
BUSIEST = 24  # places shown: those with most problems
MOVE = np.dtype([("time", "<u2"), ("tone", "<u2"), ("start", "<u2"), ("end", "<u2"), ("problem", "<u4")])
FRACTIONS = 65_535  # of a frame's days, the unit of a move's time


class Tone(IntEnum):
    """What a move means; its colour."""

    ON_ITS_WAY = 0
    SENT_BACK = 1
    SETTLED = 2
    SOLVED = 3
    ON_PAPER = 4
    BACK_IN_THE_STREET = 5
    HELP = 6
    REFUSED = 7
    MEETING = 8
    INSPECTED = 9


def tone_names(say: Translate) -> dict[Tone, str]:
    """What each colour means."""
    return {
        Tone.ON_ITS_WAY: say("on its way"),
        Tone.SENT_BACK: say("sent back: not ours"),
        Tone.SETTLED: say("settled by society on the spot"),
        Tone.SOLVED: say("closed and really solved"),
        Tone.ON_PAPER: say("closed on paper"),
        Tone.BACK_IN_THE_STREET: say("felt again in the street"),
        Tone.HELP: say("help given"),
        Tone.REFUSED: say("help refused"),
        Tone.MEETING: say("to a meeting"),
        Tone.INSPECTED: say("a place is inspected"),
    }


@dataclass(frozen=True)
class Nodes:
    """Numbers of the first node of each kind."""

    units: int
    communities: int
    groups: int
    bodies: int
    meeting: int
    solved: int
    paper: int
    organisations: int
    count: int


def nodes_of(model: "PinganModel") -> Nodes:
    """The numbering of a district's nodes; the centre is node 0."""
    units = 1
    communities = units + len(model.district.units)
    groups = communities + len(model.district.communities)
    bodies = groups + len(model.groups)
    meeting = bodies + len(model.bodies)
    organisations = meeting + 3
    count = organisations + len(model.organisations)
    return Nodes(units, communities, groups, bodies, meeting, meeting + 1, meeting + 2, organisations, count)


def flow_plan(model: "PinganModel", language: str) -> dict[str, Any]:
    """What the canvas lays out: every node with its kind, tier or home, names, and the target that a click opens."""
    say, district = translator(language), model.district
    place = 1 if language == "zh" else 0
    hub = say("Command centre") if model.parameters.command_centre else say("Channels' own desks")
    nodes: list[dict[str, Any]] = [{"kind": "centre", "name": hub, "target": "centre", "group": 0}]
    for unit in district.units:
        kind = "subdistrict" if unit.subdistrict else "unit"
        names = {"name": short_name(unit)[place], "target": unit.id}
        nodes.append({"kind": kind, "group": min(3, max(1, unit.tier))} | names)
    homes = [unit.id for unit in district.units if unit.subdistrict]
    for number, community in enumerate(district.communities):
        unit = district.units[int(model.world.communities["unit"][number])]
        home = homes.index(unit.id) if unit.id in homes else 0
        nodes.append(
            {
                "kind": "community",
                "name": getattr(community, language),
                "target": f"community:{number}",
                "group": home,
            }
        )
    for group in model.groups:
        studio = getattr(district.group_names, language)
        nodes.append({"kind": "group", "name": studio, "target": f"studio_{group.index + 1}", "group": 0})
    for body in model.bodies:
        nodes.append({"kind": "body", "name": getattr(body.title, language), "target": "", "group": 0})
    nodes.append({"kind": "meeting", "name": say("Joint meetings"), "target": "", "group": 0})
    nodes.append({"kind": "solved", "name": say("really solved"), "target": "", "group": 0})
    nodes.append({"kind": "paper", "name": say("closed, never solved"), "target": "", "group": 0})
    for number, one in enumerate(model.organisations):
        target = f"organisation_{number + 1:03d}"
        nodes.append({"kind": "organisation", "name": one.names[place], "target": target, "group": 0})
    members = [[nodes_of(model).bodies + body.index, *body_members(model, body)] for body in model.bodies]
    labels = [getattr(next(u for u in district.units if u.id == home), language) for home in homes]
    return {"nodes": nodes, "members": members, "homes": labels}


def body_members(model: "PinganModel", body: Any) -> list[int]:
    """The nodes of a composite body's members."""
    numbers, count = nodes_of(model), len(model.district.units)
    first = int(model.world.settings[0].organisation_actor)
    found = []
    for one in body.members().tolist():
        if one < count:
            found.append(numbers.units + one)
        elif first <= one < first + len(model.organisations):
            found.append(numbers.organisations + one - first)
    return found


def moves_between(model: "PinganModel", first: int, last: int) -> np.ndarray:
    """The moves in the log's rows from the first to before the last: MOVE rows with the day on which each happens; the
    time within a frame is set by `framed`."""
    w, nodes = model.world, nodes_of(model)
    log = w.events[first:last]
    log = log[log["problem"] >= 0]
    act, kind, actor = log["activity"], log["kind"], log["actor"].astype(np.int64)
    problems = w.problems
    home = nodes.communities + problems["community"][log["problem"]].astype(np.int64)
    unit = nodes.units + np.clip(actor, 0, len(w.units) - 1)
    organisation = nodes.organisations + np.clip(actor, 0, max(0, len(model.organisations) - 1))
    file = np.clip(log["case"], 0, max(0, len(w.cases) - 1))
    lead = nodes.units + np.clip(w.cases["lead"][file].astype(np.int64), 0, len(w.units) - 1)
    truly = problems["solved"][log["problem"]] <= log["time"]
    start, end, tone = np.zeros((3, len(log)), np.int64)
    moved = np.zeros(len(log), bool)
    by_unit, by_organisation = kind == ActorKind.UNIT, kind == ActorKind.ORGANISATION
    closing = np.where(truly, nodes.solved, nodes.paper)
    settling = np.full(len(log), nodes.groups) if model.groups else home
    rules: list[tuple[np.ndarray, Any, Any, Any]] = [
        (act == Activity.FILE, home, 0, Tone.ON_ITS_WAY),
        ((act == Activity.ACCEPT) & by_unit, 0, unit, Tone.ON_ITS_WAY),
        ((act == Activity.HAND_OFF) & by_unit, unit, 0, Tone.ON_ITS_WAY),
        ((act == Activity.RETURN) & by_unit, unit, 0, Tone.SENT_BACK),
        ((act == Activity.FEEDBACK) & by_unit, unit, 0, np.where(truly, Tone.SOLVED, Tone.ON_PAPER)),
        (act == Activity.VERIFY, 0, closing, np.where(truly, Tone.SOLVED, Tone.ON_PAPER)),
        (act == Activity.SETTLE, home, settling, Tone.SETTLED),
        ((act == Activity.FELT) | (act == Activity.REOPEN), nodes.paper, home, Tone.BACK_IN_THE_STREET),
        ((act == Activity.HELP) & by_unit, unit, lead, Tone.HELP),
        ((act == Activity.REFUSE) & by_unit, unit, lead, Tone.REFUSED),
        ((act == Activity.HELP) & by_organisation, organisation, home, Tone.HELP),
        ((act == Activity.REFUSE) & by_organisation, organisation, home, Tone.REFUSED),
        ((act == Activity.INSPECT) & by_unit, unit, home, Tone.INSPECTED),
        ((act == Activity.APPLICATION) | (act == Activity.SPECIAL_MEETING), 0, nodes.meeting, Tone.MEETING),
    ]
    for mask, begin, to, what in rules:
        for values, given in ((start, begin), (end, to), (tone, what)):
            values[mask] = given[mask] if isinstance(given, np.ndarray) else given
        moved |= mask
    rows = np.zeros(int(moved.sum()), [*MOVE.descr, ("day", "<f8")])
    rows["tone"], rows["start"], rows["end"] = tone[moved], start[moved], end[moved]
    rows["problem"], rows["day"] = log["problem"][moved], log["time"][moved]
    return rows


def framed(rows: np.ndarray, begin: float, finish: float, most: int = MOST_MOVES) -> tuple[bytes, int]:
    """Moves as a frame holds them, and k: of more than a frame takes, every k-th case is sent, whole."""
    k = max(1, math.ceil(len(rows) / most))
    rows = rows[rows["problem"] % k == 0] if k > 1 else rows
    out = np.zeros(len(rows), MOVE)
    for name in ("tone", "start", "end", "problem"):
        out[name] = rows[name]
    share = (rows["day"] - begin) / max(1e-9, finish - begin)
    out["time"] = np.clip(np.round(share * FRACTIONS), 0, FRACTIONS)
    return out[np.argsort(out["time"], kind="stable")].tobytes(), k


def flow_state(model: "PinganModel") -> bytes:
    """float32: how many really solved and closed, never solved, so far; the number of nodes; for each node its size
    (units: files in the queue; communities: problems there now; organisations and groups: 1 while they live) and its
    share closed on paper (units); then the busiest places: community, problems since day 0 and place of each."""
    w, nodes = model.world, nodes_of(model)
    moved = flows(model)
    ends = [float(moved.value[moved.target == FIRST_END + end].sum()) for end in (REALLY, ON_PAPER)]
    size, paper = np.zeros((2, nodes.count), np.float32)
    units = slice(nodes.units, nodes.communities)
    size[units] = w.units["queued"]
    closures = w.used("closures")
    closures = closures[closures["unit"] >= 0]
    count = np.bincount(closures["unit"], minlength=len(w.units))[: len(w.units)]
    hollow = np.bincount(closures["unit"], weights=closures["paper"] > 0, minlength=len(w.units))[: len(w.units)]
    paper[units] = np.divide(hollow, count, out=np.zeros(len(w.units)), where=count > 0)
    there = w.used("problems")
    standing = there[np.isnan(there["solved"]) & (there["state"] > 0) & (there["onset"] >= 0.0)]
    size[nodes.communities : nodes.groups] = np.bincount(
        standing["community"], minlength=len(model.district.communities)
    )
    size[nodes.groups : nodes.organisations] = 1.0
    size[nodes.organisations :] = [float(one.alive) for one in model.organisations]
    head = np.array([*ends, nodes.count], np.float32)
    return np.concatenate([head, size, paper, busiest_places(model).ravel()]).astype(np.float32).tobytes()


def busiest_places(model: "PinganModel") -> np.ndarray:
    """Float32 [places, 3]: community, problems since day 0 and number of the places with most problems, the busiest
    first."""
    places = model.world.places
    order = np.argsort(-places["problems"], kind="stable")[:BUSIEST]
    order = order[places["problems"][order] > 0]
    return np.stack([places["community"][order], places["problems"][order], order], axis=1).astype(np.float32)


def counts_so_far(model: "PinganModel") -> dict[Tone, int]:
    """How many moves of each kind there were since day 0."""
    rows = moves_between(model, 0, int(model.world.tally[0].events))
    found = np.bincount(rows["tone"][rows["day"] >= 0.0], minlength=len(Tone))
    return {tone: int(found[tone]) for tone in Tone}
