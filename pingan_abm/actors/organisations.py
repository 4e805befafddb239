"""R17. Social organisations: income by source, mix of work, commitment, life and death.

Total income is fixed at the start; funding dependence moves its source. All numbers are assumed but the district's 50
million yuan a year and the 60 % of it for purchased services (paper). Money is in yuan a year, capacity in
organisation-days a day.
"""

import math
from collections.abc import Iterable

import numpy as np

from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.behaviour.organisations import spread_days
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.rules import aligned_target, commitment
from pingan_abm.texts.bilingual import Bilingual

DEFAULT_FUNDING = 50_000_000.0  # yuan a year (paper, 2013)
TOTAL_INCOME = DEFAULT_FUNDING / 0.7  # of all organisations, at full size
# What follows is assumed.
DAY_COST = 600.0  # yuan an organisation-day
# Commitment below which an organisation leaves the collaboration in time, and above which it returns.
RETREAT, RETURN = 0.22, 0.30
SPEED = 0.05  # share by which cost and capacity follow income in a month
RANDOM_EXIT = 0.004  # chance a month


class SocialOrganisation(Actor):
    """A social organisation 社会组织: commits to coordinated work, drifts towards its funder, decouples, lives or dies
    by its income."""

    def __init__(
        self,
        model: DistrictModel,
        entity: int,
        income: float,
        dependence: float,
        names: Bilingual,
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

    def full_contract(self, social_funding: float, purchase_share: float) -> float:
        """Yuan a year of a contract that is renewed in full: the contracts' part of what a founder is entitled to; for
        an organisation that entered later, which has no grants, what it entered with."""
        if self.founder:
            return purchase_share * self.entitlement(social_funding)
        return self.size * social_funding / DEFAULT_FUNDING

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
