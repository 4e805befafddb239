"""R5. Grassroots groups like the Hubin Weather Studio, and the communities that adopt their ideas."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.actors.views import View
from pingan_abm.behaviour.arise import day_counts
from pingan_abm.behaviour.groups import forget_reach, hear, spread_reach, take_up
from pingan_abm.behaviour.hearing import volunteer_from_now
from pingan_abm.district.district import District
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.world.events import Activity, ActorKind, log
from pingan_abm.world.population import JOINED, PROPOSED
from pingan_abm.world.problems import SOLVED

LEAST_FOUNDERS = 3  # in however small a district
ROOM_FOR_MONTHS = 1000  # between the entities of two groups


@dataclass
class Idea:
    """A golden idea 金点子 that a community adopted. group: its founder, by number; day: of adoption, counted from day
    0; runner: the resident who proposed it and sees to it, by number, −1 if nobody does."""

    names: Bilingual
    issue: int
    community: int
    group: int
    day: int
    runner: int = -1


class Community(View):
    """A community 社区: settles with its officers and organisations, holds back under pressure, adopts ideas."""

    def __init__(self, model: DistrictModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def rows(self) -> tuple[Any, int]:
        """Its row in the table of communities."""
        return self.model.world.communities, self.index

    def adopt(self, issue: int, group: int, runner: int = -1) -> None:
        """A golden idea is adopted: fewer problems of the type arise here (at most 40 % fewer). R5, assumed size. It
        bears the name of the documented idea against that type, if there is one."""
        model, p = self.model, self.model.parameters
        prevention = model.world.prevention[self.index]
        prevention[issue] = min(p.idea_effect_most, prevention[issue] + p.idea_effect)
        kind = model.district.issues[issue]
        named = [Bilingual(idea.en, idea.zh) for idea in model.district.named_ideas if idea.issue == kind.id]
        earlier = sum(idea.issue == issue for idea in model.ideas)
        names = named[earlier % len(named)] if named else Bilingual(f"Idea on {kind.en}", f"关于{kind.zh}的金点子")
        model.ideas.append(Idea(names, issue, self.index, group, model.day, runner))


class GrassrootsGroup(Actor):
    """A self-run group like the Hubin Weather Studio: hears, mediates, passes on, proposes ideas, loses heart.
    草根组织"""

    def __init__(self, model: DistrictModel, index: int, subdistrict: int) -> None:
        super().__init__(model)
        self.index, self.subdistrict = index, subdistrict
        self.energy, self.proposed, self.adopted = model.parameters.group_energy_at_start, 0, 0
        self.founders = max(LEAST_FOUNDERS, round(model.parameters.group_members * model.scale))
        self.size = float(self.founders)
        self.picks: list[tuple[int, int]] = []  # (day, problem)
        self.tried: set[tuple[int, int]] = set()  # (community, issue type) an idea was proposed for
        w = model.world
        homes = np.flatnonzero(w.communities["subdistrict"] == subdistrict)
        here = np.isin(w.residents["community"], homes)
        candidates = np.flatnonzero(here)
        order = np.argsort(-w.residents["propensity"][candidates], kind="stable")
        self.candidates = candidates[order[: 2 * self.founders]]
        self.members = self.candidates[: self.founders]
        w.residents["rung"][self.members] = JOINED
        self.reach, self.known = 0, 0  # residents in reach; members whose contacts they are
        self.gather()

    def gather(self) -> None:
        """Whom its present members hear of: everyone within two contacts. Who joined last is the first to leave."""
        w, members = self.model.world, round(self.size)
        if members < self.known:
            forget_reach(w, self.index)
            self.members, self.reach, self.known = self.members[:members], 0, 0
        if members > self.known:
            if members > len(self.members):
                self.members = np.concatenate((self.members, self.recruits(members - len(self.members))))
            joined = self.members[self.known : members]
            self.reach += int(spread_reach(w, joined, self.index))
            self.known = members

    def recruits(self, count: int) -> np.ndarray:
        """R28. Who joins next: volunteers within reach, in keyed order, who climb a rung by it; where there are too
        few, or the ladder is off, the most willing of the subdistrict."""
        model, w = self.model, self.model.world
        found: list[int] = []
        if model.parameters.ladder:
            near = (w.residents["reach"] >> np.uint16(self.index)) & np.uint16(1)
            volunteers = np.flatnonzero((near == 1) & (w.residents["volunteer"] == 1))
            ready = volunteers[~np.isin(volunteers, self.members)].tolist()
            ready.sort(key=lambda i: uniform(model.key, int(Purpose.JOINS_GROUP), np.uint64(i), self.index))
            found = ready[:count]
            for i in found:
                w.residents[i].rung = max(int(w.residents[i].rung), JOINED)
                log(w, float(model.day), -1, -1, int(Activity.JOINED), int(ActorKind.RESIDENT), i, 1 + self.index)
        others = self.candidates[~np.isin(self.candidates, [*self.members.tolist(), *found])]
        return np.array([*found, *others[: count - len(found)].tolist()], np.int64)

    def see_to_ideas(self) -> None:
        """R28. Monthly: an idea that its proposer runs keeps its effect while she volunteers; one that nobody runs
        fades."""
        w, p = self.model.world, self.model.parameters
        for idea in self.model.ideas if p.ladder else ():
            if idea.group == self.index and idea.runner >= 0 and w.residents[idea.runner].volunteer:
                prevention = w.prevention[idea.community]
                prevention[idea.issue] = max(prevention[idea.issue], p.idea_effect)

    def listen(self, day: int) -> None:
        """Weekly: take up as many latent problems in reach as energy and members allow, in keyed order."""
        w = self.model.world
        most = int(
            self.model.parameters.group_picks_a_week * self.model.scale * self.energy * self.size / self.founders
            + uniform(self.model.key, int(Purpose.GROUP_ROOM), np.uint64(self.index), day)
        )
        if most == 0:
            return
        found = np.zeros(most, np.int64)
        count = hear(w, self.index, day, found)
        self.picks += [(day, int(number)) for number in found[:count]]
        take_up(w, self.index, found[:count], day)

    def reflect(self, day: int, month: int) -> None:
        """Monthly: energy rises with picks solved within 30–60 days, and falls with those that were not; members
        follow; ideas come."""
        p = self.model.parameters
        first, last = p.group_judged_from, p.group_judged_until
        judged = [number for when, number in self.picks if first <= day - when < last]
        self.picks = [pick for pick in self.picks if day - pick[0] < last]
        if judged:
            solved = float(np.mean(self.model.world.problems["state"][judged] == SOLVED))
            gain = p.group_energy_gain * (1.0 - self.energy) * solved
            self.energy += gain - p.group_energy_loss * self.energy * (1.0 - solved)
        size = self.size * (1.0 + p.group_growth * (self.energy - 0.5))
        least = self.founders / p.group_shrinks_at_most
        self.size = min(len(self.candidates), max(least, min(2.0 * self.founders, size)))
        self.gather()
        self.see_to_ideas()
        self.propose(month)

    def bring_named_ideas(self) -> None:
        """The documented ideas are at work from the start, in the communities of this group's subdistrict, one after
        the other. The paper gives neither place nor date: both are assumed."""
        homes = np.flatnonzero(self.model.world.communities["subdistrict"] == self.subdistrict)
        for number, idea in enumerate(self.model.district.named_ideas):
            place, issue = int(homes[number % len(homes)]), self.model.district.issue_index(idea.issue)
            self.tried.add((place, issue))
            self.model.communities[place].adopt(issue, self.index)

    def propose(self, month: int) -> None:
        """Ideas: Poisson by energy, each for the commonest type untried in one of its communities; the community may
        adopt it."""
        model, p, entity = self.model, self.model.parameters, np.uint64(self.index * ROOM_FOR_MONTHS + month)
        if not p.ideas:
            return
        count = np.zeros(1, np.int64)
        expected = np.array([p.group_ideas_a_month * model.scale * self.energy])
        day_counts(model.key, int(Purpose.IDEA_COUNT), self.index * ROOM_FOR_MONTHS + month, expected, count)
        homes = np.flatnonzero(model.world.communities["subdistrict"] == self.subdistrict)
        for number in range(int(count[0])):
            place = int(homes[int(uniform(model.key, int(Purpose.IDEA_PLACE), entity, number) * len(homes))])
            needs = model.world.needs[place]
            untried = [int(i) for i in np.argsort(-needs, kind="stable") if (place, int(i)) not in self.tried]
            if not untried:
                continue
            self.tried.add((place, untried[0]))
            self.proposed += 1
            chance = p.idea_adoption_base + p.idea_adoption_energy_effect * self.energy
            if uniform(model.key, int(Purpose.IDEA_ADOPTED), entity, number) < chance:
                self.adopted += 1
                model.communities[place].adopt(untried[0], self.index, self.runner_of(entity, number))
                model.world.tally[0].ideas += 1

    def runner_of(self, entity: np.uint64, number: int) -> int:
        """R28. The member who proposed an idea that is adopted, and who runs it as a volunteer: the top of the ladder.
        −1 where the ladder is off."""
        model, w = self.model, self.model.world
        if not model.parameters.ladder or not model.parameters.volunteers:
            return -1
        place = uniform(model.key, int(Purpose.PROPOSER), entity, number) * len(self.members)
        proposer = int(self.members[int(place)])
        if not w.residents[proposer].volunteer:
            volunteer_from_now(w, proposer)
        w.residents[proposer].rung = PROPOSED
        return proposer


def studio_order(district: District) -> list[int]:
    """Subdistricts in the order of the units' table, in which studios are founded: Hubin's, the documented one,
    first."""
    return sorted(range(len(district.subdistricts)), key=lambda i: district.unit_index(district.subdistricts[i].unit))
