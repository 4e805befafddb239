"""R17. Social organisations and the public purse: income by source, mix of work, commitment, life and death.

Total income is fixed at the start; funding dependence moves its source. All numbers are assumed but the district's 50
million yuan a year and the 60 % of it for purchased services (paper). Money is in yuan a year, capacity in
organisation-days a day.
"""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from pingan_abm.agents import Actor
from pingan_abm.behaviour.organisations import spread_days
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.rules import aligned_target, commitment, renewal_probability

if TYPE_CHECKING:
    from pingan_abm.district.district import NamedOrganisation
    from pingan_abm.model import PinganModel

DEFAULT_FUNDING = 50_000_000.0  # yuan a year (paper, 2013)
TOTAL_INCOME = DEFAULT_FUNDING / 0.7  # of all organisations, at full size
# What follows is assumed.
DAY_COST = 600.0  # yuan an organisation-day
RETREAT, RETURN = (
    0.22,
    0.30,
)  # commitment below which an organisation leaves the collaboration in time, and above which it returns
SPEED = 0.05  # share by which cost and capacity follow income in a month
RANDOM_EXIT = 0.004  # chance a month


class SocialOrganisation(Actor):
    """A social organisation 社会组织: commits to coordinated work, drifts towards its funder, decouples, lives or dies by
    its income."""

    def __init__(
        self,
        model: "PinganModel",
        entity: int,
        income: float,
        dependence: float,
        names: tuple[str, str],
        fields: list[int] | None = None,
        places: np.ndarray | None = None,
        founder: bool = True,
    ) -> None:
        super().__init__(model)
        self.entity, self.names, self.founder = np.uint64(entity), names, founder
        key, p = model.key, model.parameters
        self.size, self.dependence = income, dependence
        self.fields = fields if fields is not None else self.choose_fields()
        self.places = places if places is not None else self.choose_places()
        entitled = self.entitlement(p.social_funding) if founder else 0.0
        self.contract, self.grant = p.purchase_share * entitled, (1.0 - p.purchase_share) * entitled
        self.other = income * (1.0 - dependence)
        self.capacity = self.income
        self.reserves = (0.5 + 2.5 * uniform(key, int(Purpose.ORG_RESERVES), self.entity, 0)) * self.capacity / 12.0
        self.efficiency = 1.0 if founder else min(1.0, 0.7 + p.social_entry_threshold)
        self.alignment = 0.6 * aligned_target(dependence)
        self.trust_in_centre = 0.5 if p.command_centre else 0.35
        self.renews_in = 1 + int(uniform(key, int(Purpose.ORG_CONTRACT), self.entity, 0) * p.contract_months)
        self.low_months, self.disembedded, self.alive = 0, False, True
        self.mix = [1.0 / len(self.fields)] * len(self.fields)
        self.representation = 1.0

    @property
    def scope(self) -> bytes:
        """The same for all organisations that work in the same places."""
        return self.places.tobytes()

    @property
    def income(self) -> float:
        """Yuan a year from all sources."""
        return self.contract + self.grant + self.other

    @property
    def commitment(self) -> float:
        """Share of its days for coordinated work; none once it has left the collaboration (脱域)."""
        return 0.0 if self.disembedded else float(commitment(self.dependence, self.trust_in_centre))

    @property
    def autonomy(self) -> float:
        """Share of its work outside government contracts."""
        return 1.0 - self.contract / self.income if self.income > 0 else 1.0

    def entitlement(self, social_funding: float) -> float:
        """Government's part of its income at a level of the district's funding."""
        return self.size * self.dependence * social_funding / DEFAULT_FUNDING

    def choose_fields(self) -> list[int]:
        """One to three mechanisms (½, 0.3, 0.2), drawn by the district's needs."""
        key, weights = self.model.key, self.model.mechanism_rates.copy()
        draw = uniform(key, int(Purpose.ORG_FIELDS), self.entity, 0)
        chosen: list[int] = []
        for attempt in range(1 if draw < 0.5 else (2 if draw < 0.8 else 3)):
            edges = np.cumsum(weights / weights.sum())
            pick = int(np.searchsorted(edges, uniform(key, int(Purpose.ORG_FIELD), self.entity, attempt), side="right"))
            pick = min(pick, len(weights) - 1)
            chosen.append(pick)
            weights[pick] = 0.0
        return chosen

    def choose_places(self) -> np.ndarray:
        """A community (0.3), a subdistrict (0.5) or the whole district (0.2)."""
        key, homes = self.model.key, self.model.world.communities["subdistrict"]
        scope = uniform(key, int(Purpose.ORG_SCOPE), self.entity, 0)
        place = int(uniform(key, int(Purpose.ORG_PLACE), self.entity, 0) * len(homes))
        if scope < 0.3:
            return np.array([place])
        return np.flatnonzero(homes == homes[place]) if scope < 0.8 else np.arange(len(homes))

    def plan(self, priorities: list[float], needs: list[float]) -> None:
        """Mix of work = a·G + (1 − a)·N within its fields; representation = its similarity to N.

        priorities: by mechanism; needs: by mechanism, of its places together. Plain numbers: an organisation has three
        fields at most.
        """
        government = normalised(priorities, self.fields)
        local = normalised(needs, self.fields)
        self.mix = [self.alignment * g + (1.0 - self.alignment) * n for g, n in zip(government, local, strict=True)]
        self.representation = 1.0 - 0.5 * added(abs(share - n) for share, n in zip(self.mix, local, strict=True))

    def supply(self, demand: "Demand", supplied: np.ndarray) -> None:
        """Add its organisation-days a day to supplied, [communities, mechanisms], where they are asked for."""
        days = self.capacity * self.efficiency * self.commitment / DAY_COST / 365.0
        for field, share in zip(self.fields, self.mix, strict=True):
            asked, total = demand.asked_at(self, field)
            spread_days(days * share, field, self.places, asked, total, supplied)

    def drift(self, renewed: bool) -> None:
        """Alignment moves to its target: gradually, or half-way at each renewal (the rival form)."""
        p, target = self.model.parameters, aligned_target(self.dependence)
        if p.alignment_form == "gradual":
            self.alignment += p.alignment_speed * (target - self.alignment)
        elif renewed:
            self.alignment += 0.5 * (target - self.alignment)

    def judge_centre(self, solved: float) -> None:
        """Trust in the centre follows the share of what was passed on that got solved; disembedding after three months'
        low commitment."""
        if not self.model.parameters.command_centre:
            self.trust_in_centre = 0.35
        elif not math.isnan(solved):
            self.trust_in_centre = min(1.0, max(0.0, self.trust_in_centre + 0.1 * (solved - 0.5)))
        wish = commitment(self.dependence, self.trust_in_centre)
        self.low_months = self.low_months + 1 if wish < RETREAT else 0
        if self.low_months >= 3 and self.model.parameters.disembedding:
            self.disembedded = True
        elif wish > RETURN:
            self.disembedded = False

    def live(self, month: int) -> bool:
        """One month of income and cost; False when it has to close."""
        key = self.model.key
        if month % 3 == 0:
            z = normal(key, int(Purpose.ORG_OTHER_INCOME), self.entity, month)
            self.other *= math.exp(0.25 * z - 0.031)
        change = min(SPEED, max(-SPEED, self.income / self.capacity - 1.0)) if self.capacity > 0 else 0.0
        self.reserves += (self.income - self.capacity) / 12.0
        self.capacity *= 1.0 + change
        broke = self.reserves < 0.0
        return not broke and uniform(key, int(Purpose.ORG_EXIT), self.entity, month) >= RANDOM_EXIT


class Demand:
    """What communities need and ask of organisations. Many work in the same places, so each set of places is summed
    once.

    needs, asked: [communities, mechanisms], recent true problems and organisation-days asked for.
    """

    def __init__(self, needs: np.ndarray, asked: np.ndarray) -> None:
        self._needs, self._asked = needs, asked
        self._needs_of: dict[bytes, list[float]] = {}
        self._asked_at: dict[tuple[bytes, int], tuple[np.ndarray, float]] = {}

    def needs_of(self, organisation: SocialOrganisation) -> list[float]:
        """Needs of its places together, by mechanism."""
        found = self._needs_of.get(organisation.scope)
        if found is None:
            found = self._needs_of[organisation.scope] = self._needs[organisation.places].sum(axis=0).tolist()
        return found

    def asked_at(self, organisation: SocialOrganisation, field: int) -> tuple[np.ndarray, float]:
        """Days asked for in a field at each of its places, a trace more than none, and their sum."""
        found = self._asked_at.get((organisation.scope, field))
        if found is None:
            asked = self._asked[organisation.places, field] + 1e-9
            found = self._asked_at[organisation.scope, field] = (asked, float(asked.sum()))
        return found


class PublicPurse:
    """The district's money for social organisations: grants at once, contracts at renewal, what exits free for
    entrants."""

    def __init__(self, model: "PinganModel") -> None:
        self.model = model
        self.freed = 0.0  # yuan a year left by organisations that closed
        self.entered = 0
        self.spent = 0.0
        for organisation in found_all(model):
            model.organisations.append(organisation)

    @property
    def budget(self) -> float:
        """Yuan a year in this run: the district's size times funding times D/0.7."""
        p = self.model.parameters
        return self.model.scale * p.social_funding * p.funding_dependence / 0.7

    @property
    def running(self) -> float:
        """Yuan a year that contracts and grants come to now."""
        return sum(o.contract + o.grant for o in self.model.organisations if o.alive)

    def month(self, month: int, days: int, solved: np.ndarray, settled: np.ndarray) -> None:
        """A month of all organisations, so many days long. solved, settled [communities]: shares of files solved and of
        attempts settled there."""
        model = self.model
        p = model.parameters
        alive = [o for o in model.organisations if o.alive]
        self.spent += days / 365.0 * self.running
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
        full = p.purchase_share * o.entitlement(p.social_funding)
        share = mean_known(settled[o.places])
        chance = renewal_probability(o.alignment, 0.5 if math.isnan(share) else share)
        if uniform(self.model.key, int(Purpose.ORG_RENEWAL), o.entity, month) < chance:
            o.contract = full
            return True
        o.contract = 0.5 * full
        others = [other for other in alive if other is not o and other.alive and other.fields[0] == o.fields[0]]
        total = sum(other.size for other in others)
        for other in others:
            other.contract += 0.5 * full * other.size / total
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
        """Entry: Poisson by the registration threshold, each with what exits freed."""
        model = self.model
        expected = 0.7 * model.scale * (1.0 - model.parameters.social_entry_threshold)
        draw, count, chance = uniform(model.key, int(Purpose.ORG_ENTRY), np.uint64(0), month), 0, math.exp(-expected)
        reached = chance
        while draw >= reached and count < 50:
            count += 1
            chance *= expected / count
            reached += chance
        for number in range(count):
            entity = 1_000_000 + month * 100 + number
            wanted = 400_000.0 * math.exp(0.5 * normal(model.key, int(Purpose.ORG_SIZE), np.uint64(entity), 0))
            income = min(wanted, self.freed)
            if income < 100_000.0:
                continue
            names = numbered(len(model.organisations))
            entrant = SocialOrganisation(
                model, entity, income, model.parameters.funding_dependence, names, founder=False
            )
            entrant.contract, entrant.other, entrant.capacity = income, 0.0, income
            self.freed -= income
            self.entered += 1
            model.organisations.append(entrant)


def normalised(shares: list[float], fields: list[int]) -> list[float]:
    """Shares by mechanism, of these fields alone: they sum to 1, evenly where there is nothing."""
    chosen = [shares[field] for field in fields]
    total = added(chosen)
    return [share / total for share in chosen] if total > 0 else [1.0 / len(fields)] * len(fields)


def added(numbers: Iterable[float]) -> float:
    """The plain sum from left to right. Python's own corrects rounding since 3.12, so its last bit depends on the
    version."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def mean_known(values: np.ndarray) -> float:
    """The mean of what is known; not-a-number when nothing is."""
    known = values[~np.isnan(values)]
    return float(known.sum() / len(known)) if len(known) else math.nan


def numbered(number: int) -> tuple[str, str]:
    """Names, English and Chinese, of an organisation that the paper does not name; number: its place, counted from
    0."""
    return f"Organisation {number + 1}", f"社会组织{number + 1}"


def found_all(model: "PinganModel") -> list[SocialOrganisation]:
    """The organisations at the start: the paper's by name first, sizes log-normal, dependence spread around its
    mean."""
    p, key = model.parameters, model.key
    count = max(12, round(120 * model.scale))
    entities = np.arange(count, dtype=np.uint64)
    sizes = np.array([math.exp(normal(key, int(Purpose.ORG_SIZE), e, 0)) for e in entities])
    sizes *= model.scale * TOTAL_INCOME / sizes.sum()
    spread = min(p.funding_dependence, 1.0 - p.funding_dependence)
    dependence = np.array(
        [
            p.funding_dependence + 0.6 * (2.0 * uniform(key, int(Purpose.ORG_DEPENDENCE), e, 0) - 1.0) * spread
            for e in entities
        ]
    )
    wanted = p.funding_dependence * sizes.sum()
    if 0.0 < p.funding_dependence < 1.0:
        for _ in range(20):  # rescale on the logit-free scale, staying within 0–1
            dependence = np.clip(dependence * wanted / max(1e-12, float(dependence @ sizes)), 0.0, 1.0)
    found = []
    for number, named in enumerate(model.district.named_organisations[:count]):
        fields, places = named_work(model, named)
        found.append(
            SocialOrganisation(
                model, number, sizes[number], float(dependence[number]), (named.en, named.zh), fields, places
            )
        )
    for number in range(len(found), count):
        found.append(SocialOrganisation(model, number, sizes[number], float(dependence[number]), numbered(number)))
    return found


def named_work(model: "PinganModel", named: "NamedOrganisation") -> tuple[list[int], np.ndarray]:
    """Fields and places that the data file names for an organisation: a community, a subdistrict or the whole
    district."""
    district, homes = model.district, model.world.communities["subdistrict"]
    fields = [district.mechanism_index(name) for name in named.mechanisms]
    if named.place == "district":
        return fields, np.arange(len(homes))
    if named.place in [place.id for place in district.subdistricts]:
        return fields, np.flatnonzero(homes == district.subdistrict_index(named.place))
    return fields, np.array([district.community_index(named.place)])
