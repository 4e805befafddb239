"""The cast: who decides what, when, knowing what, by which rule, and in which file.

Many, who act as one (the plural class decides, the single one is a view on a row):

Residents       居民      daily: report, report again, some in public, or stay silent; weekly: talk; monthly:
                        volunteering, asking others to. Knowing: severity, own trust, what contacts tell, habit of the
                        community, how many are affected. R1–R3, R15, R16 in behaviour/residents.py,
                        R26, R28 in behaviour/hearing.py, R29 in behaviour/public.py
GridOfficers    网格员    daily: where to patrol, what to settle, hold back or invent.
                        Knowing: own minutes, pressure, who waits. R4, R6 in behaviour/officers.py
LinkageUnits    联动单位  daily: accept or return, whom to ask and whether to help, what comes first, solve or close on
                        paper. Knowing: queue, deadlines, relations, how closely they are watched. R8–R12 in
                        answering.py and units.py, R21 in cooperation.py, R30 in public.py
Places          场所      daily: put right what was ordered or promised, slacken or tighten, wait a campaign out.
                        Knowing: own cost, own inspections and penalties, those of neighbours of their kind.
                        R22 in behaviour/places.py and behaviour/remedies.py

Few, each an ordinary Mesa agent:

CommandCentre        daily: who is sent what, which organisation to ask, when to escalate. Knowing: written duties,
                     what it has learned. R7, R13, R21 in behaviour/centre.py
Supervision          daily: which files to take up. Knowing: the agendas. R13 in behaviour/centre.py
Inspectors           daily: which closures to look at. Knowing: what was fed back. R14 in behaviour/inspectors.py
AnalysisWorkshop     monthly: what the centre learns, whom to name. Knowing: overdue and returned files. R19, here
AppraisalGroup       monthly: scores, ranks, grades, pressure. Knowing: the seven rates.
                     R9, R18 in actors/leadership.py and actors/appraisal.py
Leadership           daily: campaigns; quarterly: targets; yearly, if it steers by figures: targets, weights, audit,
                     posts. Knowing: reports, crises, scores, the figures it steers by.
                     R18, R20 in actors/leadership.py, R31 in actors/steering.py
GrassrootsGroup      weekly: whom to listen to, what to mediate or pass on; monthly: which idea to propose.
                     Knowing: who is within two contacts of its members. R5, R28 in actors/groups.py
Community            asks organisations for help (R21 in behaviour/organisations.py); adopts golden ideas that are
                     proposed (R5 in actors/groups.py)
SocialOrganisation   daily: whether to help who asks, what to take up by itself. R21 in behaviour/organisations.py
                     monthly: what to work on, whether to cooperate, whether to go on.
                     Knowing: income by source, needs, priorities. R17 in actors/organisations.py
Forums               monthly: who meets in each subdistrict. R21 in actors/gatherings.py
CompositeBody        monthly: its members meet. R21 in actors/gatherings.py
PublicPurse          monthly: whose contract is renewed, who enters. Knowing: alignment, what was settled.
                     R17 in actors/purse.py

Why residents act as one. A third of a million residents live in columns of arrays, and on a day some thousands of them
have something to decide. `Residents` says when and on what all of them decide, and calls a compiled loop that applies
the scalar rule (rules/) to each whose moment has come; `Resident` is a view on one row, made when somebody looks. A
method call for each resident and day would take longer than everything else in a run.

`PinganModel.live` (model.py) says in which order they act on a day, `PinganModel.turn_month` what happens once a month.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from pingan_abm.actors.appraisal import GRADES, grade_of, year_end_coefficient
from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.actors.gatherings import CompositeBody, Forums
from pingan_abm.actors.groups import Community, GrassrootsGroup
from pingan_abm.actors.leadership import AppraisalGroup, Leadership
from pingan_abm.actors.organisations import SocialOrganisation
from pingan_abm.actors.places import Place, Places
from pingan_abm.actors.purse import PublicPurse
from pingan_abm.actors.views import View, write_share
from pingan_abm.behaviour.centre import centre_day, convene
from pingan_abm.behaviour.hearing import ask_contacts
from pingan_abm.behaviour.inspectors import verify_day
from pingan_abm.behaviour.officers import society_day
from pingan_abm.behaviour.residents import leave_volunteers, residents_day
from pingan_abm.behaviour.units import units_day
from pingan_abm.world.networks import community_trust, diffuse
from pingan_abm.world.settings import WEEK, kept_a_day
from pingan_abm.world.windows import within

__all__ = [
    "Actor",
    "AnalysisWorkshop",
    "AppraisalGroup",
    "CommandCentre",
    "Community",
    "CompositeBody",
    "Department",
    "Forums",
    "GrassrootsGroup",
    "GridOfficer",
    "GridOfficers",
    "Inspectors",
    "Leadership",
    "LinkageUnit",
    "LinkageUnits",
    "Place",
    "Places",
    "PublicPurse",
    "Resident",
    "Residents",
    "SocialOrganisation",
    "Subdistrict",
    "Supervision",
]


# -- residents ---------------------------------------------------------------------------------------------------------


class Residents:
    """All residents, who act as one. 居民"""

    def __init__(self, model: DistrictModel) -> None:
        self.model = model
        self._last_week = np.empty_like(model.world.trust)

    def decide(self, day: int) -> None:
        """R1, R2, R15: everyone whose moment came today reports or stays silent, reports again, feels an outcome, rates
        it."""
        residents_day(self.model.world, day)

    def talk(self) -> float:
        """R16, R26: weekly, everyone's trust moves a little towards that of her contacts, and what was heard of others
        is forgotten a little. Returns the district's mean trust."""
        w, p = self.model.world, self.model.parameters
        w.heard *= np.float32(kept_a_day(p.heard_half_life) ** WEEK)
        if not p.diffusion or p.contact_network == "none":
            return float(community_trust(w))
        return float(diffuse(w, self._last_week, p.trust_diffusion))

    def reconsider_volunteering(self, month: int) -> None:
        """Monthly: some volunteers stop for reasons of their own, others ask their contacts to join."""
        w = self.model.world
        left = leave_volunteers(w, month)
        joined = ask_contacts(w, month) if self.model.parameters.volunteers_ask else 0
        w.tally[0].volunteers_now = left + joined


class Resident(View):
    """One of the residents: a view on the columns, by index (residents are registered first, so it is the id less
    one)."""

    __slots__ = ("model", "unique_id")
    pos = None

    @property
    def index(self) -> int:
        """Her row in the columns."""
        return int(self.unique_id) - 1

    def rows(self) -> tuple[Any, int]:
        """Her row in the columns."""
        return self.model.world.residents, self.index

    @property
    def trust(self) -> float:
        """R16. Her trust, 0–1; what is written counts from now on."""
        return float(self.model.world.trust[self.index])

    @trust.setter
    def trust(self, value: float) -> None:
        write_share(self.model.world.trust, self.index, "trust", value)

    @property
    def state(self) -> dict[str, Any]:
        """Everything the model knows of her."""
        world = self.model.world
        row = world.residents[self.index]
        names = (n for n in row.dtype.names if n not in ("pad", "reach"))
        return {"trust": float(world.trust[self.index])} | {name: row[name].item() for name in names}

    @property
    def contacts(self) -> list[int]:
        """Whom she listens to."""
        return [int(i) for i in self.model.world.contacts[self.index]]


# -- grid officers -----------------------------------------------------------------------------------------------------


class GridOfficer(View):
    """The officer of one basic grid: a view on the grids' columns, by index. 网格员"""

    def __init__(self, model: DistrictModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def rows(self) -> tuple[Any, int]:
        """The row that it is a view on."""
        return self.model.world.grids, self.index

    @property
    def state(self) -> dict[str, Any]:
        """The grid and its officer."""
        row = self.model.world.grids[self.index]
        return {name: row[name].item() for name in row.dtype.names}


class GridOfficers(list[GridOfficer]):
    """All grid officers, in the order of the grids; they act together."""

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(GridOfficer(model, index) for index in range(len(model.world.grids)))
        self.model = model

    def work(self, day: int) -> None:
        """R4, R6: every officer's day, with the communities' and volunteers' help: revisits, uploads, padding, orders,
        paperwork, settling, patrol."""
        society_day(self.model.world, day)


# -- linkage units -----------------------------------------------------------------------------------------------------


class LinkageUnit(View):
    """One of the 33 linkage units 联动单位: accepts or returns, ranks its queue, handles well or on paper, helps
    others or declines, and remembers who helped it."""

    score = math.nan  # of the last month; its own, for the column has none before the first

    def __init__(self, model: DistrictModel, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.name = model.district.units[index].id
        self.grades: list[str] = []

    def rows(self) -> tuple[Any, int]:
        """The row that it is a view on."""
        return self.model.world.units, self.index

    @property
    def state(self) -> dict[str, Any]:
        """The unit's numbers as they stand."""
        row = self.model.world.units[self.index]
        return {name: row[name].item() for name in row.dtype.names}

    def take_grade(self, score: float, day: int) -> None:
        """Monthly: the appraisal group's score as a grade; a veto in force means E."""
        veto = self.model.world.units[self.index].veto_until > day
        self.score = score
        if veto:
            self.grades.append("E")
        elif not math.isnan(score):
            self.grades.append(grade_of(score, self.model.parameters))

    @property
    def year_end_coefficient(self) -> float | None:
        """R18. With which the grade of the year so far enters the year-end appraisal; of E, while a veto is in force.
        None before the first."""
        p, points = self.model.parameters, float(self.model.appraisal_group.year_so_far.points[self.index])
        if self.model.world.units[self.index].veto_until > self.model.day:
            return year_end_coefficient(GRADES[-1], p)
        return None if math.isnan(points) else year_end_coefficient(grade_of(points, p), p)


class Department(LinkageUnit):
    """A functional department of the district. 职能部门"""


class Subdistrict(LinkageUnit):
    """A subdistrict office: a tier-1 unit, and the backstop for what nobody takes. 街道"""


class LinkageUnits(list[LinkageUnit]):
    """All linkage units, in the order of the table; they act one after the other."""

    def __init__(self, model: DistrictModel, units: Iterable[LinkageUnit]) -> None:
        super().__init__(units)
        self.model = model

    def work(self, day: int) -> None:
        """R8–R12: every unit's day. It accepts or returns what was sent, knowing its queue and how closely it is
        watched, then works through the ranked queue with today's staff and closes well or on paper."""
        units_day(self.model.world, day)


# -- command, supervision, inspection, analysis ------------------------------------------------------------------------


class CommandCentre(Actor):
    """The linkage command centre 联动指挥中心: screens, merges, dispatches, tracks, escalates. Without one, each
    channel's desk sends its own files out."""

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(model)
        self.grades: list[str] = []

    def work(self, day: int) -> None:
        """R7, R13: what is due today, then the queue of files."""
        w = self.model.world
        centre_day(w, day)


class Supervision(Actor):
    """The discipline commission, the conduct office's special-topic meetings and the joint supervision meetings.
    督办"""

    def convene(self, day: int) -> None:
        """R13: take the gravest from each agenda as the month's capacity allows."""
        w = self.model.world
        convene(w, day)


class Inspectors(Actor):
    """The inspectors 督察员 whom the centre assigns: look at every closure on site, and find some that are on paper
    only."""

    def verify(self, day: int) -> None:
        """R14: all files fed back today."""
        w = self.model.world
        verify_day(w, day)


class AnalysisWorkshop(Actor):
    """R19. The analysis workshop 分析研判: monthly, what went worst is examined, and the centre learns from it."""

    def examine(self, start: int, end: int, scores: np.ndarray) -> list[int]:
        """The three sub-types with most overdue and returned assignments get knowledge and a weak working rule; the
        three poorest units are named, which adds to their rank gap. Returns the sub-types."""
        w, p = self.model.world, self.model.parameters
        rows = w.used("assignments")
        recent = within(rows["due"], start, end)
        with np.errstate(invalid="ignore"):
            bad = (rows["reason"][recent] > 0) | ~(rows["finished"][recent] <= rows["due"][recent])
        kinds = w.problems["subtype"][w.cases["problem"][rows["case"][recent[bad]]]]
        counts = np.bincount(kinds, minlength=len(w.subtypes))
        worst = [int(i) for i in np.argsort(-counts, kind="stable")[: p.workshop_types] if counts[i] > 0]
        for kind in worst if p.learning else ():
            subtype = w.subtypes[kind]
            subtype.knowledge += p.workshop_knowledge * max(0.0, p.knowledge_most - subtype.knowledge)
            subtype.rule = max(subtype.rule, p.workshop_rule)
        known = np.flatnonzero(~np.isnan(scores))
        w.units["extra_gap"] = 0.0
        w.units["extra_gap"][known[np.argsort(scores[known], kind="stable")[: p.workshop_units]]] = p.workshop_named_gap
        return worst
