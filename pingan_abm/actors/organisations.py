"""R17. Social organisations: income by source, mix of work, commitment, life and death.

Total income is fixed at the start; funding dependence moves its source. Money is in yuan a year, capacity in
organisation-days a day.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.behaviour.organisations import aligns, commits
from pingan_abm.engine.draws import Purpose, normal, uniform
from pingan_abm.texts.bilingual import Bilingual
from pingan_abm.world.organisations import begin_service, make_seats

QUARTER, YEAR = 3, 12.0  # months
YEAR_DAYS = 365.0
MOST_FIELDS = 3


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
        self.size, self.entitled = income, dependence  # at the start; government's part of its income then
        self.number = -1  # its row in the table of organisations; none yet
        self.fields = fields if fields is not None else self.choose_fields()
        self.places = places if places is not None else self.choose_places()
        entitled = self.entitlement(p.social_funding) if founder else 0.0
        self.contract, self.grant = p.purchase_share * entitled, (1.0 - p.purchase_share) * entitled
        self.other = income * (1.0 - dependence)
        self.public_before = self.contract + self.grant  # government's money a month ago, yuan a year
        self.capacity = self.income
        months = p.reserves_least + p.reserves_more * uniform(key, int(Purpose.ORG_RESERVES), self.entity, 0)
        self.reserves = months * self.capacity / YEAR
        help_to_start = p.incubation_efficiency_effect * p.incubation
        able = p.entrant_efficiency + p.social_entry_threshold + help_to_start
        self.efficiency = 1.0 if founder else min(1.0, able)
        self.alignment = p.alignment_at_start * float(aligns(model.world, self.dependence))
        self.trust_in_centre = p.centre_trust_at_start if p.command_centre else p.centre_trust_without
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
        return self.contract + self.grant + self.other + self.partners

    @property
    def partners(self) -> float:
        """Yuan a year that firms add to contracts run as public–private partnerships (PPP: paper; size assumed)."""
        p = self.model.parameters
        return float(p.partnership_share * p.partner_money * self.contract)

    @property
    def dependence(self) -> float:
        """Government's money over its income, as it is this month."""
        return (self.contract + self.grant) / self.income if self.income > 0 else 0.0

    @property
    def row(self) -> Any:
        """Its row in the table of organisations."""
        return self.model.world.organisations[self.number]

    @property
    def record(self) -> float:
        """Share of what it took up that was solved, since its contract was last looked at; not-a-number if nothing."""
        done = self.row.worked + self.row.failed
        return float(self.row.worked / done) if done > 0 else math.nan

    @property
    def commitment(self) -> float:
        """Share of its days for coordinated work; none once it has left the collaboration (脱域)."""
        return 0.0 if self.disembedded else self.wish

    @property
    def wish(self) -> float:
        """Commitment of an organisation that has not left the collaboration. R17."""
        return float(commits(self.model.world, self.dependence, self.trust_in_centre))

    @property
    def autonomy(self) -> float:
        """Share of its work of the last months that it chose itself, because residents needed it, and that nobody who
        acts for government asked for; of the days it has for both, as long as it has done nothing."""
        own, duty = float(self.row.own_work), float(self.row.duty_work)
        if own + duty <= 0.0:
            own, duty = float(self.row.own_days), float(self.row.duty_days)
        return own / (own + duty) if own + duty > 0.0 else 1.0

    def entitlement(self, social_funding: float) -> float:
        """Government's part of its income at a level of the district's funding."""
        return self.size * self.entitled * social_funding / self.model.usual_funding

    def full_contract(self, social_funding: float, purchase_share: float) -> float:
        """Yuan a year of a contract that is renewed in full. An organisation that existed from the start gets the
        contracts' part of its entitlement. One that entered later has no grants, and gets the income with which it
        entered."""
        if self.founder:
            return purchase_share * self.entitlement(social_funding)
        return self.size * social_funding / self.model.usual_funding

    def choose_fields(self) -> list[int]:
        """One to three mechanisms (½, 0.3, 0.2), drawn by the district's needs."""
        key, p, weights = self.model.key, self.model.parameters, self.model.mechanism_rates.copy()
        draw = uniform(key, int(Purpose.ORG_FIELDS), self.entity, 0)
        one, two = p.one_field_share, p.one_field_share + p.two_fields_share
        chosen: list[int] = []
        fields = min(1 if draw < one else (2 if draw < two else MOST_FIELDS), int(np.count_nonzero(weights)))
        for attempt in range(fields):
            edges = np.cumsum(weights / weights.sum())
            pick = int(np.searchsorted(edges, uniform(key, int(Purpose.ORG_FIELD), self.entity, attempt), side="right"))
            pick = min(pick, len(weights) - 1)
            chosen.append(pick)
            weights[pick] = 0.0
        return chosen

    def choose_places(self) -> np.ndarray:
        """A community (0.3), a subdistrict (0.5) or the whole district (0.2)."""
        key, p, homes = self.model.key, self.model.parameters, self.model.world.communities["subdistrict"]
        scope = uniform(key, int(Purpose.ORG_SCOPE), self.entity, 0)
        place = int(uniform(key, int(Purpose.ORG_PLACE), self.entity, 0) * len(homes))
        if scope < p.one_community_share:
            return np.array([place])
        local = scope < p.one_community_share + p.one_subdistrict_share
        return np.flatnonzero(homes == homes[place]) if local else np.arange(len(homes))

    def take_seat(self, number: int) -> None:
        """Take its row in the table of organisations and its place in the tables of relations."""
        w, known = self.model.world, self.model.parameters.relation_at_start_service
        self.number = number
        make_seats(w, number + 1, known)
        begin_service(w, number, self.places, known)

    def plan(self, priorities: list[float], needs: list[float]) -> None:
        """Mix of work = a·G + (1 − a)·N within its fields; representation = its similarity to N; and the days that it
        has for what others ask, and for what it chooses itself by N.

        priorities: by mechanism; needs: by mechanism, of its places together. Plain numbers: an organisation has three
        fields at most.
        """
        government = normalised(priorities, self.fields)
        local = normalised(needs, self.fields)
        self.mix = [self.alignment * g + (1.0 - self.alignment) * n for g, n in zip(government, local, strict=True)]
        self.representation = 1.0 - 0.5 * added(abs(share - n) for share, n in zip(self.mix, local, strict=True))
        table, own, p = self.model.world.organisations, self.number, self.model.parameters
        days = self.capacity * self.efficiency / p.organisation_day_cost / YEAR_DAYS if self.alive else 0.0
        committed = self.commitment
        table["alive"][own], table["dependence"][own] = self.alive, self.dependence
        table["duty_days"][own], table["own_days"][own] = days * committed, days * (1.0 - committed) * p.own_time_share
        mix, wanted, differs = table["mix"][own], table["needs"][own], table["differs"][own]
        mix[:], wanted[:], differs[:] = 0.0, 0.0, 0.0
        for field, share, g, n in zip(self.fields, self.mix, government, local, strict=True):
            mix[field], wanted[field] = share, n
            differs[field] = max(0.0, 1.0 - g / n) if n > 0.0 else 0.0
        for name in ("own_work", "duty_work"):
            table[name][own] *= 1.0 - 1.0 / p.work_memory

    def drift(self, renewed: bool) -> None:
        """Alignment moves to its target: gradually, or half-way at each renewal (the rival form)."""
        p, target = self.model.parameters, float(aligns(self.model.world, self.dependence))
        if p.alignment_form == "gradual":
            self.alignment += p.alignment_speed * (target - self.alignment)
        elif renewed:
            self.alignment += 0.5 * (target - self.alignment)

    def judge_centre(self, solved: float) -> None:
        """Trust in the centre follows the share of passed-on problems that were solved; an organisation leaves the
        collaboration after three months of low commitment."""
        p = self.model.parameters
        if not p.command_centre:
            self.trust_in_centre = p.centre_trust_without
        elif not math.isnan(solved):
            moved = self.trust_in_centre + p.centre_trust_speed * (solved - 0.5)
            self.trust_in_centre = min(1.0, max(0.0, moved))
        wish = self.wish
        self.low_months = self.low_months + 1 if wish < p.retreat_below else 0
        if self.low_months >= p.retreat_months and p.disembedding:
            self.disembedded = True
        elif wish > p.return_above:
            self.disembedded = False

    def live(self, month: int) -> bool:
        """One month of income and cost; False when it has to close. In the rival form of income a change of
        government's money brings other money along, or takes it away (crowding in)."""
        key, p = self.model.key, self.model.parameters
        if p.income_form == "crowding_in":
            public = self.contract + self.grant
            self.other = max(0.0, self.other + p.crowding_in_share * (public - self.public_before))
            self.public_before = public
        if month % QUARTER == 0:
            z = normal(key, int(Purpose.ORG_OTHER_INCOME), self.entity, month)
            self.other *= math.exp(p.other_income_sd * z - p.other_income_drift)
        change = min(p.cost_speed, max(-p.cost_speed, self.income / self.capacity - 1.0)) if self.capacity > 0 else 0.0
        self.reserves += (self.income - self.capacity) / YEAR
        self.capacity *= 1.0 + change
        broke = self.reserves < 0.0
        return not broke and uniform(key, int(Purpose.ORG_EXIT), self.entity, month) >= p.closing_chance


class Needs:
    """What communities need. Many organisations work in the same places, so each set of places is summed once.

    by_place: [communities, mechanisms], recent true problems.
    """

    def __init__(self, by_place: np.ndarray) -> None:
        self._by_place = by_place
        self._of: dict[bytes, list[float]] = {}

    def of(self, organisation: SocialOrganisation) -> list[float]:
        """Needs of its places together, by mechanism."""
        found = self._of.get(organisation.scope)
        if found is None:
            found = self._of[organisation.scope] = self._by_place[organisation.places].sum(axis=0).tolist()
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
    """The mean of the known values; not-a-number when none is known."""
    known = values[~np.isnan(values)]
    return float(known.sum() / len(known)) if len(known) else math.nan
