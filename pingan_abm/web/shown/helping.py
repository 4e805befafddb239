"""What sheets show of cooperation: what an institution asked and was asked, and its last requests."""

from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.texts.i18n import Translate
from pingan_abm.world.events import Activity, ActorKind

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

LAST = 12  # answers to requests of which the sign is shown


def help_facts(model: "PinganModel", actor: int, say: Translate) -> list[tuple[str, str, str]]:
    """Requests that an actor made and received since day 0, and how many were granted. actor: its place in the table of
    relations."""
    w = model.world
    words = say("{granted} of {requests} requests granted")
    made = words.format(granted=int(w.helps[actor].sum()), requests=int(w.requests[actor].sum()))
    received = words.format(granted=int(w.helps[:, actor].sum()), requests=int(w.requests[:, actor].sum()))
    return [(say("Asked others for help"), made, ""), (say("Was asked for help"), received, "")]


def last_answers(model: "PinganModel", kind: ActorKind, number: int, say: Translate) -> list[str]:
    """The last answers of an actor to requests, the latest first, as one line of text; none where the run keeps no
    log."""
    rows = model.world.used("events")
    answered = np.isin(rows["activity"], (Activity.HELP, Activity.REFUSE))
    mine = rows[answered & (rows["kind"] == kind) & (rows["actor"] == number)]
    latest = mine[np.argsort(mine["time"], kind="stable")][::-1][:LAST]
    if len(latest) == 0:
        return []
    signs = " ".join("✓" if row["activity"] == Activity.HELP else "✗" for row in latest)
    return [say("Last requests, latest first (✓ helped, ✗ declined): {signs}").format(signs=signs)]
