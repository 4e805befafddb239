"""What every actor is, and what every actor knows of the district it lives in.

Actors import this module, and nothing that is built on top of them: `DistrictModel` names the parts of a district with
their types; `pingan_abm.model.PinganModel` fills them and says what happens on a day.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from mesa.agent import Agent

from pingan_abm.district.district import District
from pingan_abm.engine.registration import RegisteredOnDemand
from pingan_abm.parameters.declared import Parameters, usual_parameters
from pingan_abm.world.timeline import Timeline
from pingan_abm.world.world import World

YEAR_DAYS = 365.0

if TYPE_CHECKING:  # the rest of this room, for type checkers alone
    from pingan_abm.actors.gatherings import CompositeBody, Forums
    from pingan_abm.actors.groups import Community, GrassrootsGroup, Idea
    from pingan_abm.actors.leadership import AppraisalGroup, Leadership
    from pingan_abm.actors.organisations import SocialOrganisation
    from pingan_abm.actors.purse import PublicPurse


class Graded(Protocol):
    """An actor that is appraised: its grades, one for each month."""

    grades: list[str]


class Ranked(Graded, Protocol):
    """A unit as the appraisal group sees it. index: its row in the table of units; score: of the last month."""

    index: int
    score: float

    def take_grade(self, score: float, day: int) -> None:
        """Note a month's score, as a grade."""


class DistrictModel(RegisteredOnDemand):
    """A district as its actors know it.

    Mesa's `random` and `rng` are not used: every random decision is keyed (see `engine/draws.py`), so that no decision
    changes because another was made. A subclass or an extension that draws from them makes runs depend on the order of
    calls.
    """

    # what was asked for
    parameters: Parameters
    residents: int  # persons
    days: int  # length of the run
    seed_number: int
    replication: int
    key: np.uint64  # of all draws of this run
    # what there is
    district: District
    tables: dict[str, dict[str, Any]]  # entries of the district's tables that the scenario changed
    merged: list[tuple[int, list[int], Any]]  # of merged units: heir, who is gone, and how it is called
    scale: float  # residents over those of the full district
    timeline: Timeline
    causes: np.ndarray  # factors of the expected problems, [days or 1, sub-types]
    world: World
    rates: np.ndarray  # expected problems a day, float64 [issue types]
    subtype_rates: np.ndarray  # the same by sub-type, float64 [sub-types]
    mechanism_rates: np.ndarray  # the same by mechanism, float64 [mechanisms]
    place_names: dict[int, str]  # of places that records name, by their number
    # how far it has come
    day: int
    month: int
    month_began: int  # the day on which the present month began
    # who lives there; residents and officers are many and stand in the columns of `world`
    communities: "list[Community]"
    units: Sequence[Ranked]
    centre: Graded
    appraisal_group: "AppraisalGroup"
    leadership: "Leadership"
    groups: "list[GrassrootsGroup]"
    ideas: "list[Idea]"  # golden ideas that communities adopted
    organisations: "list[SocialOrganisation]"
    purse: "PublicPurse | None"
    forums: "Forums"
    bodies: "list[CompositeBody]"
    # what was recorded of each day
    daily: np.ndarray  # TALLY [days]
    past: Any  # what outcomes need of rows that left the registers (`outcomes/past.py`); None if none did
    daily_levels: dict[str, np.ndarray]  # float64 [days] by name

    @property
    def usual_funding(self) -> float:
        """Money a year that the whole district gives its organisations when no scenario changes it; what they have from
        all sources follows from it, once."""
        own = self.district.about.parameters.get("social_funding")
        return usual_parameters().social_funding if own is None else float(str(own))

    @property
    def social_funding_spent(self) -> float:
        """Yuan that the district has paid to organisations so far, the present month in proportion."""
        if self.purse is None:
            return 0.0
        return self.purse.spent + (self.day - self.month_began) / YEAR_DAYS * self.purse.running


class Actor(Agent):
    """An actor of the district; `model` is the district it lives in."""

    if TYPE_CHECKING:
        model: DistrictModel

    def step(self) -> None:
        """Raises RuntimeError: nobody's day is lived alone. Who acts when is said in `PinganModel.live`."""
        raise RuntimeError(
            "actors of the district do not step one by one, for the day has an order: model.step() lives a day. To add "
            "somebody who acts, see pingan_abm.extend.actor"
        )

    def advance(self) -> None:
        """Raises RuntimeError, as `step`."""
        self.step()
