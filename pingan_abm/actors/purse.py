"""R17. The public purse: who gets grants and contracts, which organisations exist at the start, and which enter.

Money is in yuan a year.
"""

import math

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.actors.organisations import YEAR_DAYS, SocialOrganisation, mean_known
from pingan_abm.behaviour.organisations import renews
from pingan_abm.district.district import NamedOrganisation
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.parameters.declared import usual_parameters
from pingan_abm.texts.bilingual import Bilingual

MOST_ENTRANTS, ENTRANTS, ROOM_FOR_ENTRANTS = 50, 1_000_000, 100  # in a month; their first entity; entities a month
LEAST_ORGANISATIONS = 12  # in however small a district
RESCALINGS, TINY = 20, 1e-12


class PublicPurse:
    """The district's money for social organisations. A change of it reaches grants at once and contracts at their
    renewal; where running contracts and grants are more than there is, all are cut at once, in proportion. The money of
    organisations that close goes to those that enter."""

    def __init__(self, model: DistrictModel) -> None:
        self.model = model
        self.freed = 0.0  # yuan a year left by organisations that closed
        self.entered = 0
        self.spent = 0.0
        for number, organisation in enumerate(found_all(model)):
            model.organisations.append(organisation)
            organisation.take_seat(number)

    @property
    def budget(self) -> float:
        """Yuan a year in this run: the district's size times funding times D over its default."""
        p = self.model.parameters
        return self.model.scale * p.social_funding * p.funding_dependence / usual_parameters().funding_dependence

    @property
    def running(self) -> float:
        """Yuan a year that contracts and grants come to now."""
        return sum(o.contract + o.grant for o in self.model.organisations if o.alive)

    def month(self, month: int, days: int, solved: np.ndarray, settled: np.ndarray) -> None:
        """One month of all organisations. days: its length. solved, settled [communities]: shares of files solved and
        of attempts settled there."""
        model = self.model
        p = model.parameters
        alive = [o for o in model.organisations if o.alive]
        self.spent += days / YEAR_DAYS * self.running
        if p.organisation_dynamics:
            of_files: dict[bytes, float] = {}  # mean share solved, once for all that work in the same places
            for o in alive:
                if o.scope not in of_files:
                    of_files[o.scope] = mean_known(solved[o.places])
                if o.founder:  # a cut hits grants at once; entrants live on contracts
                    o.grant = (1.0 - p.purchase_share) * o.entitlement(p.social_funding)
                renewed = self.renew(o, month, settled, alive)
                o.drift(renewed)
                o.judge_centre(of_files[o.scope])
                if not o.live(month):
                    o.alive = False
                    self.freed += o.contract + o.grant
            self.admit(month)
        self.cap()

    def renew(self, o: SocialOrganisation, month: int, settled: np.ndarray, alive: list[SocialOrganisation]) -> bool:
        """At the end of a contract: renewed at what it is entitled to, or halved, the rest going to others in its field
        by size."""
        p = self.model.parameters
        o.renews_in -= 1
        if o.renews_in > 0:
            return False
        o.renews_in = p.contract_months
        full = o.full_contract(p.social_funding, p.purchase_share)
        share = o.record if not math.isnan(o.record) else mean_known(settled[o.places])
        o.row.worked = o.row.failed = 0.0
        chance = renews(self.model.world, o.alignment, 0.5 if math.isnan(share) else share)
        if uniform(self.model.key, int(Purpose.ORG_RENEWAL), o.entity, month) < chance:
            o.contract = full
            return True
        o.contract = p.contract_kept_share * full
        others = [other for other in alive if other is not o and other.alive and other.fields[0] == o.fields[0]]
        total = sum(other.size for other in others)
        for other in others:
            other.contract += (1.0 - p.contract_kept_share) * full * other.size / total
        return False

    def cap(self) -> None:
        """Contracts and grants never exceed the budget: when they would, all are cut in proportion."""
        alive = [o for o in self.model.organisations if o.alive]
        total = sum(o.contract + o.grant for o in alive)
        if total > self.budget:
            for o in alive:
                o.contract *= self.budget / total
                o.grant *= self.budget / total

    def admit(self, month: int) -> None:
        """Organisations enter: a Poisson number by the registration threshold, each with money that closed
        organisations left."""
        model, p = self.model, self.model.parameters
        expected = p.entries_a_month * model.scale * (1.0 - p.social_entry_threshold)
        expected *= 1.0 + p.incubation_entry_effect * p.incubation
        draw, count, chance = uniform(model.key, int(Purpose.ORG_ENTRY), np.uint64(0), month), 0, math.exp(-expected)
        reached = chance
        while draw >= reached and count < MOST_ENTRANTS:
            count += 1
            chance *= expected / count
            reached += chance
        for number in range(count):
            entity = ENTRANTS + month * ROOM_FOR_ENTRANTS + number
            spread = p.entrant_income_log_sd * normal(model.key, int(Purpose.ENTRANT_INCOME), np.uint64(entity), 0)
            wanted = p.entrant_income * math.exp(spread)
            income = min(wanted, self.freed)
            if income < p.entrant_least_income:
                continue
            names = numbered(len(model.organisations))
            entrant = SocialOrganisation(model, entity, income, p.funding_dependence, names, founder=False)
            entrant.contract, entrant.other, entrant.public_before = income, 0.0, income
            entrant.capacity = entrant.income
            self.freed -= income
            self.entered += 1
            entrant.take_seat(len(model.organisations))
            model.organisations.append(entrant)


def numbered(number: int) -> Bilingual:
    """Names, English and Chinese, of an organisation that the paper does not name; number: its place, counted from
    0."""
    return Bilingual(f"Organisation {number + 1}", f"社会组织{number + 1}")


def found_all(model: DistrictModel) -> list[SocialOrganisation]:
    """The organisations at the start: the paper's by name first, sizes log-normal, dependence spread around its
    mean."""
    p, key = model.parameters, model.key
    count = max(LEAST_ORGANISATIONS, round(p.organisations_at_start * model.scale))
    entities = np.arange(count, dtype=np.uint64)
    sizes = np.array([math.exp(normal(key, int(Purpose.ORG_SIZE), e, 0)) for e in entities])
    sizes *= model.scale * model.usual_funding / usual_parameters().funding_dependence / sizes.sum()
    spread = min(p.funding_dependence, 1.0 - p.funding_dependence)
    dependence = np.array(
        [
            p.funding_dependence
            + p.dependence_spread * (2.0 * uniform(key, int(Purpose.ORG_DEPENDENCE), e, 0) - 1.0) * spread
            for e in entities
        ]
    )
    wanted = p.funding_dependence * sizes.sum()
    if 0.0 < p.funding_dependence < 1.0:
        for _ in range(RESCALINGS):  # rescale on the logit-free scale, staying within 0–1
            dependence = np.clip(dependence * wanted / max(TINY, float(dependence @ sizes)), 0.0, 1.0)
    found = []
    for number, named in enumerate(model.district.named_organisations[:count]):
        fields, places = named_work(model, named)
        found.append(
            SocialOrganisation(
                model, number, sizes[number], float(dependence[number]), Bilingual(named.en, named.zh), fields, places
            )
        )
    for number in range(len(found), count):
        found.append(SocialOrganisation(model, number, sizes[number], float(dependence[number]), numbered(number)))
    return found


def named_work(model: DistrictModel, named: NamedOrganisation) -> tuple[list[int], np.ndarray]:
    """Fields and places that the data file names for an organisation: a community, a subdistrict or the whole
    district."""
    district, homes = model.district, model.world.communities["subdistrict"]
    fields = [district.mechanism_index(name) for name in named.mechanisms]
    if named.place == "district":
        return fields, np.arange(len(homes))
    if named.place in [place.id for place in district.subdistricts]:
        return fields, np.flatnonzero(homes == district.subdistrict_index(named.place))
    return fields, np.array([district.community_index(named.place)])
