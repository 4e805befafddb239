"""Finding cases worth following: by type, most returned, longest, solved only on paper, or injected by the scenario."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.world.cases import CLOSED
from pingan_abm.world.problems import REGISTERED

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

FILTERS = ("returned", "longest", "paper", "injected", "latest")
MOST = 15


@dataclass(frozen=True)
class Hit:
    """A case found. problem: its number; days: from registration to a true solution, or until today."""

    problem: int
    issue: int
    community: int
    returns: int
    days: float
    solved: bool
    closed: bool


def search(model: "PinganModel", by: str, issue: int | None) -> list[Hit]:
    """The cases that a filter finds, the most informative first. It leaves out problems that arose before day 0, for
    their first steps are not recorded."""
    w = model.world
    rows, cases = w.used("problems"), w.used("cases")
    recorded = (rows["file"] >= 0) & (rows["onset"] >= 0.0)
    chosen = np.flatnonzero(recorded & ((rows["issue"] == issue) if issue is not None else True))
    if by == "injected":
        chosen = np.flatnonzero(rows["injected"] > 0)
    if len(chosen) == 0:
        return []
    files = rows["file"][chosen]
    known = files >= 0
    returns = np.where(known, cases["returns"][np.maximum(files, 0)], 0)
    closed = known & (cases["state"][np.maximum(files, 0)] == CLOSED)
    solved = rows["solved"][chosen]
    begin = np.where(np.isnan(rows["registered"][chosen]), rows["onset"][chosen], rows["registered"][chosen])
    took = np.where(np.isnan(solved), model.day, solved) - begin
    if by == "paper":
        on_paper = closed & (rows["state"][chosen] == REGISTERED)
        chosen, returns, closed, solved, took = (values[on_paper] for values in (chosen, returns, closed, solved, took))
    keys = {
        "returned": -(1000.0 * returns + took),
        "longest": -took,
        "paper": -took,
        "injected": begin if by == "injected" else took,
        "latest": -chosen.astype(float),
    }
    order = np.argsort(keys[by], kind="stable")[:MOST]
    return [
        Hit(
            int(chosen[i]),
            int(rows["issue"][chosen[i]]),
            int(rows["community"][chosen[i]]),
            int(returns[i]),
            float(took[i]),
            not bool(np.isnan(solved[i])),
            bool(closed[i]),
        )
        for i in order
    ]
