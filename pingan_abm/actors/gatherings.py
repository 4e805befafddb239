"""R21. Forums of a subdistrict and composite bodies: standing occasions on which institutions meet."""

import math

import numpy as np

from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.behaviour.gatherings import come_together, talk_it_over
from pingan_abm.engine.draws import Purpose, uniform
from pingan_abm.texts.bilingual import Bilingual

ROOM_FOR_MONTHS = 1000  # between the entities of two subdistricts
ROOM_FOR_ACTORS = 1 << 16  # between the numbers of the draws of two forums of a month


class Forums(Actor):
    """The round tables 圆桌会议 and residents' talks 恳谈会 of the subdistricts: institutions get to know each other,
    and residents bring up what nobody has registered. The paper names both; number and effect are assumed."""

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(model)
        self.held = 0

    def hold(self, day: int, month: int) -> None:
        """Monthly: as many in each subdistrict as `forums` says, a fraction by chance."""
        model, p = self.model, self.model.parameters
        for subdistrict in range(len(model.district.subdistricts)):
            entity = np.uint64(subdistrict * ROOM_FOR_MONTHS + month)
            for number in range(math.floor(p.forums + uniform(model.key, int(Purpose.FORUM_HELD), entity, 0))):
                self.held += 1
                come_together(model.world, self.present(subdistrict, int(entity), number), p.forum_gain)
                most = math.ceil(p.talk_problems * model.scale)
                if p.residents_talks and most > 0:
                    talk_it_over(model.world, subdistrict, most, day)

    def present(self, subdistrict: int, entity: int, number: int) -> np.ndarray:
        """Who comes: the office and the communities of the subdistrict, its studios, some of the organisations that
        work there, some departments and the centre. int64 places in the table of relations."""
        model, p, w = self.model, self.model.parameters, self.model.world
        s = w.settings[0]
        homes = np.flatnonzero(w.communities["subdistrict"] == subdistrict)
        departments = np.flatnonzero((w.units["subdistrict"] == 0) & (w.units["active"] == 1))
        working = np.flatnonzero((w.serves[:, homes].sum(axis=1) > 0) & (w.organisations["alive"] == 1))
        guests = [
            *self.some(departments, p.forum_departments, entity, number),
            *self.some(int(s.organisation_actor) + working, p.forum_organisations, entity, number),
        ]
        groups = [int(s.group_actor) + one.index for one in model.groups if one.subdistrict == subdistrict]
        hub = [int(s.centre_actor)] if p.command_centre else []
        office = int(w.communities["unit"][homes[0]])
        return np.array([office, *(int(s.community_actor) + homes), *groups, *guests, *hub], np.int64)

    def some(self, actors: np.ndarray, count: int, entity: int, number: int) -> list[int]:
        """So many of these actors, in keyed order."""
        key = self.model.key
        draws = [
            uniform(key, int(Purpose.FORUM_GUEST), np.uint64(entity), number * ROOM_FOR_ACTORS + int(one))
            for one in actors
        ]
        return [int(actors[place]) for place in np.argsort(draws, kind="stable")[:count]]


class CompositeBody(Actor):
    """A social composite body 社会复合主体: a standing coalition of units, organisations, firms, a university and the
    media on one theme, which makes relations across the two systems. Hangzhou has had them since 2000 (paper);
    membership and effect are assumed. Firms, university and media have no actors of their own: the body stands for
    them."""

    def __init__(self, model: DistrictModel, index: int) -> None:
        super().__init__(model)
        self.index = index
        order = np.argsort(-model.mechanism_rates, kind="stable")
        self.theme = int(order[index % len(order)])  # a mechanism; the one with most problems first

    @property
    def title(self) -> Bilingual:
        """Its name in both languages."""
        theme = self.model.district.mechanisms[self.theme]
        return Bilingual(f"Composite body: {theme.en}", f"社会复合主体：{theme.zh}")

    def members(self) -> np.ndarray:
        """The units with the largest duties in its theme, the largest organisations in that field, the centre, and the
        body: int64 places in the table of relations."""
        p, w = self.model.parameters, self.model.world
        s, count = w.settings[0], len(w.units)
        on_theme = w.issues["mechanism"][w.subtypes["issue"]] == self.theme
        duties = (w.subtypes["shares"][:, :count] * w.subtypes["rate"][:, None])[on_theme]
        units = np.argsort(-duties.sum(axis=0), kind="stable")[: p.body_units]
        days = (w.organisations["duty_days"] + w.organisations["own_days"]) * (w.organisations["alive"] == 1)
        days = days * (w.organisations["mix"][:, self.theme] > 0.0)
        leading = np.argsort(-days, kind="stable")[: p.body_organisations]
        hub = [int(s.centre_actor)] if p.command_centre else []
        chosen = [int(s.organisation_actor) + int(one) for one in leading if days[one] > 0.0]
        return np.array([*units, *chosen, *hub, int(s.body_actor) + self.index], np.int64)

    def meet(self) -> None:
        """Monthly: the members come together."""
        come_together(self.model.world, self.members(), self.model.parameters.forum_gain)
