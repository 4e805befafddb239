"""The actors: who decides what, when, on what information.

Each method says when an actor decides, on what, with whose settings; the kernel it calls repeats a rule over the slice
the actor owns. Residents and grid officers are many: their views are light, and their day is one call for all of them.
"""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.agent import Agent

from pingan_abm.actors.appraisal import GRADES, YEAR_END_COEFFICIENT, grade_of, within
from pingan_abm.behaviour.arise import day_counts
from pingan_abm.behaviour.centre import centre_day, convene
from pingan_abm.behaviour.groups import forget_reach, hear, spread_reach, take_up
from pingan_abm.behaviour.inspectors import verify_day
from pingan_abm.behaviour.officers import society_day
from pingan_abm.behaviour.residents import leave_volunteers, residents_day
from pingan_abm.behaviour.units import units_day
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.world.networks import diffuse
from pingan_abm.world.problems import SOLVED

if TYPE_CHECKING:
    from pingan_abm.model import PinganModel

# R5 and R16. All assumed.
DIFFUSION_WEIGHT = 0.02  # a week
GROUP_MEMBERS, GROUP_PICKS, GROUP_IDEAS = 30, 8, 0.65  # persons, problems a week, ideas a month at full energy
IDEA_EFFECT, IDEA_CAP = 0.15, 0.4  # share of a type's arrivals that an idea prevents, and all ideas together at most


class Actor(Agent):
    """An actor of the district; `model` is the PinganModel it lives in."""

    if TYPE_CHECKING:
        model: "PinganModel"


class Resident(Actor):
    """One of the residents: a view on the columns, by index (residents are registered first, so it is the id less one).
    居民"""

    __slots__ = ("model", "unique_id")
    pos = None

    @property
    def index(self) -> int:
        """Her row in the columns."""
        return int(self.unique_id) - 1

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

    @classmethod
    def decide(cls, model: "PinganModel", day: int) -> None:
        """R1, R2, R15: everyone whose moment came today reports or stays silent, reports again, feels an outcome, rates
        it."""
        w = model.world
        residents_day(w, day)

    @classmethod
    def talk(cls, model: "PinganModel") -> float:
        """R16: weekly, everyone's trust moves a little towards that of her contacts. Returns the district's mean."""
        w = model.world
        return float(diffuse(w, model.trust_before, DIFFUSION_WEIGHT))

    @classmethod
    def reconsider_volunteering(cls, model: "PinganModel", month: int) -> None:
        """Monthly: some volunteers stop for reasons of their own."""
        w = model.world
        w.tally[0].volunteers_now = leave_volunteers(w, month)


class GridOfficer(Actor):
    """The officer of one basic grid: a view on the grids' columns, by index. 网格员"""

    def __init__(self, model: "PinganModel", index: int) -> None:
        super().__init__(model)
        self.index = index

    @property
    def state(self) -> dict[str, Any]:
        """The grid and its officer."""
        row = self.model.world.grids[self.index]
        return {name: row[name].item() for name in row.dtype.names}

    @classmethod
    def work(cls, model: "PinganModel", day: int) -> None:
        """R4, R6: every officer's day, with the communities' and volunteers' help: revisits, uploads, padding, orders,
        paperwork, settling, patrol."""
        w = model.world
        society_day(w, day)


class Community(Actor):
    """A community 社区: settles with its officers and organisations, holds back under pressure, adopts ideas."""

    def __init__(self, model: "PinganModel", index: int) -> None:
        super().__init__(model)
        self.index = index

    def adopt(self, issue: int) -> None:
        """A golden idea is adopted: fewer problems of the type arise here (at most 40 % fewer). R5, assumed size."""
        prevention = self.model.world.communities[self.index].prevention
        prevention[issue] = min(IDEA_CAP, prevention[issue] + IDEA_EFFECT)


class GrassrootsGroup(Actor):
    """A self-run group like the Hubin Weather Studio: hears, mediates, passes on, proposes ideas, loses heart. 草根组织"""

    def __init__(self, model: "PinganModel", index: int, subdistrict: int) -> None:
        super().__init__(model)
        self.index, self.subdistrict = index, subdistrict
        self.energy, self.proposed, self.adopted = 0.75, 0, 0
        self.founders = max(3, round(GROUP_MEMBERS * model.scale))
        self.size = float(self.founders)
        self.picks: list[tuple[int, int]] = []  # (day, problem)
        self.tried: set[tuple[int, int]] = set()  # (community, issue type) an idea was proposed for
        w = model.world
        homes = np.flatnonzero(w.communities["subdistrict"] == subdistrict)
        here = np.isin(w.residents["community"], homes)
        candidates = np.flatnonzero(here)
        order = np.argsort(-w.residents["propensity"][candidates], kind="stable")
        self.candidates = candidates[order[: 2 * self.founders]]
        self.reach, self.known = 0, 0  # residents in reach; candidates whose contacts they are
        self.gather()

    def gather(self) -> None:
        """Whom its present members hear of: everyone within two contacts. Members join, and leave, in the order of the
        candidates."""
        w, members = self.model.world, round(self.size)
        if members < self.known:
            forget_reach(w, self.index)
            self.reach, self.known = 0, 0
        if members > self.known:
            joined = self.candidates[self.known : members]
            self.reach += int(spread_reach(w, joined, self.index))
            self.known = members

    def listen(self, day: int) -> None:
        """Weekly: take up as many latent problems in reach as energy and members allow, in keyed order."""
        w = self.model.world
        most = int(
            GROUP_PICKS * self.model.scale * self.energy * self.size / self.founders
            + uniform(self.model.key, int(Purpose.GROUP_PICK), np.uint64(self.index), day)
        )
        if most == 0:
            return
        found = np.zeros(most, np.int64)
        count = hear(w, self.index, day, most, found)
        self.picks += [(day, int(number)) for number in found[:count]]
        take_up(w, self.index, found[:count], day)

    def reflect(self, day: int, month: int) -> None:
        """Monthly: energy rises with picks solved within 30–60 days and falls with those that were not; members follow;
        ideas come."""
        judged = [number for when, number in self.picks if 30 <= day - when < 60]
        self.picks = [pick for pick in self.picks if day - pick[0] < 60]
        if judged:
            solved = float(np.mean(self.model.world.problems["state"][judged] == SOLVED))
            self.energy += 0.10 * (1.0 - self.energy) * solved - 0.15 * self.energy * (1.0 - solved)
        size = self.size * (1.0 + 0.1 * (self.energy - 0.5))
        self.size = min(len(self.candidates), max(self.founders / 3.0, min(2.0 * self.founders, size)))
        self.gather()
        self.propose(month)

    def propose(self, month: int) -> None:
        """Ideas: Poisson by energy, each for the commonest type untried in one of its communities; the community may
        adopt it."""
        model, entity = self.model, np.uint64(self.index * 1000 + month)
        if not model.parameters.ideas:
            return
        count = np.zeros(1, np.int64)
        expected = np.array([GROUP_IDEAS * model.scale * self.energy])
        day_counts(model.key, 100_000 + self.index * 1000 + month, expected, count)
        homes = np.flatnonzero(model.world.communities["subdistrict"] == self.subdistrict)
        for number in range(int(count[0])):
            place = int(homes[int(uniform(model.key, int(Purpose.IDEA_PLACE), entity, number) * len(homes))])
            needs = model.world.communities["needs"][place][: len(model.district.issues)]
            untried = [int(i) for i in np.argsort(-needs, kind="stable") if (place, int(i)) not in self.tried]
            if not untried:
                continue
            self.tried.add((place, untried[0]))
            self.proposed += 1
            if uniform(model.key, int(Purpose.IDEA_ADOPTED), entity, number) < 0.15 + 0.25 * self.energy:
                self.adopted += 1
                model.communities[place].adopt(untried[0])
                model.world.tally[0].ideas += 1


class LinkageUnit(Actor):
    """One of the 33 linkage units 联动单位: accepts or returns, ranks its queue, handles well or on paper, cooperates over
    ties."""

    def __init__(self, model: "PinganModel", index: int) -> None:
        super().__init__(model)
        self.index = index
        self.name = model.district.units[index].id
        self.grades: list[str] = []
        self.score = math.nan

    @property
    def state(self) -> dict[str, Any]:
        """The unit's numbers as they stand."""
        row = self.model.world.units[self.index]
        return {name: row[name].item() for name in row.dtype.names}

    @classmethod
    def work(cls, model: "PinganModel", day: int) -> None:
        """R8–R12: every unit's day. It accepts or returns what was sent, knowing its queue and how closely it is
        watched, then works through the ranked queue with today's staff and closes well or on paper."""
        w = model.world
        units_day(w, day)

    def take_grade(self, score: float, day: int) -> None:
        """Monthly: the appraisal group's score as a grade; a veto in force means E."""
        veto = self.model.world.units[self.index].veto_until > day
        self.score = score
        if veto:
            self.grades.append("E")
        elif not math.isnan(score):
            self.grades.append(grade_of(score))

    @property
    def year_end_coefficient(self) -> float | None:
        """R18. With which the grade of the year so far enters the year-end appraisal; of E, while a veto is in force.
        None before the first."""
        points = float(self.model.appraisal_group.year_so_far.points[self.index])
        if self.model.world.units[self.index].veto_until > self.model.day:
            return YEAR_END_COEFFICIENT[-1]
        return None if math.isnan(points) else YEAR_END_COEFFICIENT[GRADES.index(grade_of(points))]


class Department(LinkageUnit):
    """A functional department of the district. 职能部门"""


class Subdistrict(LinkageUnit):
    """A subdistrict office: a tier-1 unit, and the backstop for what nobody takes. 街道"""


class CommandCentre(Actor):
    """The linkage command centre 联动指挥中心: screens, merges, dispatches, tracks, escalates. Without one, each channel's
    desk sends its own files out."""

    def __init__(self, model: "PinganModel") -> None:
        super().__init__(model)
        self.grades: list[str] = []

    def work(self, day: int) -> None:
        """R7, R13: what is due today, then the queue of files."""
        w = self.model.world
        centre_day(w, day)


class Supervision(Actor):
    """The discipline commission, the conduct office's special-topic meetings and the joint supervision meetings. 督办"""

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

    KNOWLEDGE, LEAST_RULE, TYPES, UNITS, EXTRA_GAP = 0.15, 0.2, 3, 3, 0.1

    def examine(self, start: int, end: int, scores: np.ndarray) -> list[int]:
        """The three types with most overdue and returned assignments get knowledge and a weak working rule; the three
        poorest units are named, which adds to their rank gap. Returns the types. Sizes assumed."""
        w = self.model.world
        rows = w.used("assignments")
        recent = within(rows["due"], start, end)
        with np.errstate(invalid="ignore"):
            bad = (rows["reason"][recent] > 0) | ~(rows["finished"][recent] <= rows["due"][recent])
        kinds = w.problems["issue"][w.cases["problem"][rows["case"][recent[bad]]]]
        counts = np.bincount(kinds, minlength=len(w.issues))
        worst = [int(i) for i in np.argsort(-counts, kind="stable")[: self.TYPES] if counts[i] > 0]
        for issue in worst if self.model.parameters.learning else ():
            w.issues[issue].knowledge += self.KNOWLEDGE * max(0.0, 0.9 - w.issues[issue].knowledge)
            w.issues[issue].rule = max(w.issues[issue].rule, self.LEAST_RULE)
        known = np.flatnonzero(~np.isnan(scores))
        w.units["extra_gap"] = 0.0
        w.units["extra_gap"][known[np.argsort(scores[known], kind="stable")[: self.UNITS]]] = self.EXTRA_GAP
        return worst
