"""How a district begins: built from its tables, populated, and warmed up.

A run does not begin in an empty district. The model first simulates `warmup` days before day 0 under the settings of
the warm-up. The run starts from the state in which they end. Problems of the warm-up count in no cohort of problems,
files opened in it in no cohort of files, and all counts begin at nought on day 0.

`history` says under which settings the warm-up is lived:

- `today`, a reform from today: under those of the baseline. The levers and the entries of tables of the run take effect
  in the morning of day 0. Some settings cannot be changed by a decision in a running district: uncertainties, the
  structure of the model, and what a district is built from (`BUILT_IN`). For these the run's own values hold from the
  beginning of the warm-up.
- `own`, as if always so: under the run's own settings.

Dated changes, mergers, injected problems, records and what an extension adds to a day belong to the run alone. A rule
that an extension replaces holds in the warm-up too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from pingan_abm.actors.base import DistrictModel
from pingan_abm.actors.groups import Idea, studio_order
from pingan_abm.actors.organisations import Needs
from pingan_abm.agents import (
    AnalysisWorkshop,
    AppraisalGroup,
    CommandCentre,
    Community,
    CompositeBody,
    Department,
    Forums,
    GrassrootsGroup,
    GridOfficers,
    Inspectors,
    Leadership,
    LinkageUnits,
    Places,
    PublicPurse,
    Residents,
    SocialOrganisation,
    Subdistrict,
    Supervision,
)
from pingan_abm.engine.draws import Purpose, identity
from pingan_abm.files.extensions import identity as extensions
from pingan_abm.files.provenance import content_hash, model_version
from pingan_abm.parameters.declared import Parameters, declarations
from pingan_abm.scenarios.changes import apply_change
from pingan_abm.scenarios.histories import lasts
from pingan_abm.scenarios.parts import Change, Scenario
from pingan_abm.scenarios.presets import BASELINE, load_scenario
from pingan_abm.snapshots import store
from pingan_abm.snapshots.warm import MISFIT, Warm, pack, unpack
from pingan_abm.world.build import arrival_rates, fill_issues, fill_subtypes, fill_units, share_table
from pingan_abm.world.causes import shared_causes
from pingan_abm.world.networks import starting_ties
from pingan_abm.world.organisations import list_organisations
from pingan_abm.world.places import fill_kinds, make_places
from pingan_abm.world.population import build_population
from pingan_abm.world.relations import Seats, stand_ins, starting_relations
from pingan_abm.world.retire import Kept, retire
from pingan_abm.world.settings import fill_settings
from pingan_abm.world.tables import PLACE, TALLY
from pingan_abm.world.timeline import make_timeline
from pingan_abm.world.world import Tables, World, empty_world

FURTHEST = 36_600  # days after a warm-up for which its calendar keeps what falls due: longer than any run


@dataclass(frozen=True)
class WarmUp:
    """The settings under which a warm-up is lived. scenario: entries of the tables, and nothing dated."""

    parameters: Parameters
    scenario: Scenario


@dataclass(frozen=True)
class Before:
    """Whose warm-up it is. start: date of day 0 of the run; days: of the warm-up; district: hash of its folder, "" for
    the usual one, which is part of the model's version."""

    residents: int
    start: date
    seed: int
    replication: int
    days: int
    district: str = ""

    def about(self, warm_up: WarmUp) -> dict[str, Any]:
        """What a person is shown of a warm district."""
        return {
            "residents": self.residents,
            "start": self.start.isoformat(),
            "seed": self.seed,
            "replication": self.replication,
            "warmup": self.days,
            "overrides": {name: str(value) for name, value in warm_up.parameters.overrides().items()},
        }

    def name(self, warm_up: WarmUp) -> str:
        """The hash of all that decides a warm district."""
        contents = self.about(warm_up) | {
            "model": model_version(),
            "extensions": extensions(),
            "parameters": dict(warm_up.parameters),
            "units": warm_up.scenario.units,
            "issues": warm_up.scenario.issues,
            **({"district": self.district} if self.district else {}),
        }
        return content_hash(contents)


def kept_warm(warm_up: WarmUp, before: Before) -> bool:
    """Whether a warm district is kept on disk."""
    return store.there(before.name(warm_up))


def warm_up_of(parameters: Parameters, scenario: Scenario, history: str) -> WarmUp:
    """The warm-up of a run with these parameters, in one of HISTORIES."""
    if history == "own":
        return WarmUp(parameters, Scenario("warm-up", units=scenario.units, issues=scenario.issues))
    baseline = load_scenario(BASELINE)
    kept = {one.name: getattr(parameters, one.name) for one in declarations() if lasts(one.name)}
    return WarmUp(
        Parameters.checked({**baseline.parameters, **kept}),
        Scenario("warm-up", units=baseline.units, issues=baseline.issues),
    )


def retire_over(model: DistrictModel, kept: Kept) -> None:
    """Remove the rows that are over from the registers."""
    numbers = retire(model.world, kept)
    for group in model.groups:
        group.picks = [(day, int(numbers[number])) for day, number in group.picks]


class BegunDistrict(DistrictModel):
    """A district from its tables to the morning of day 0."""

    def build(self, events: bool, arrivals_a_day: float | None = None) -> None:
        """Tables, population, actors. arrivals_a_day: as expected, if not the rates'."""
        p, district = self.parameters, self.district
        self.timeline = make_timeline(self.start, self.days, self.key, p, district.about.calendar)
        self.causes = shared_causes(district, self.start, self.days, self.key, p)
        people = build_population(district, self.residents, self.key, p)
        settings = fill_settings(district, p, self.residents, self.key)
        settings[0].grids = len(people.grids)
        settings[0].weekday, settings[0].pace = self.start.weekday(), self.timeline.pace
        issues, subtypes = fill_issues(district), fill_subtypes(district, p)
        units = fill_units(district, p, self.scale)
        shares = share_table(district, district.issues)
        every = shares[:, : len(district.units)] + shares[:, PLACE:] * np.array(
            [unit.subdistrict for unit in district.units]
        )
        ties = starting_ties(district, every, p)
        relations = starting_relations(district, ties, people.communities["unit"], p)
        seats = Seats(len(district.units), len(people.communities))
        stands_for = stand_ins(p.relation_network, seats, 0, self.key)
        self.rates = arrival_rates(district.issues, p, self.residents)
        self.subtype_rates = arrival_rates(district.subtypes, p, self.residents)
        expected = float(self.rates.sum()) if arrivals_a_day is None else arrivals_a_day
        kinds = fill_kinds(district, self.subtype_rates, self.residents)
        places = make_places(settings[0], self.key, kinds, people.grids)
        tables = Tables(issues, subtypes, kinds, places, units, relations, stands_for)
        self.world: World = empty_world(settings, tables, people, self.days, expected, events)
        self.daily = np.zeros(self.days, TALLY)
        self.daily_levels: dict[str, np.ndarray] = {
            name: np.full(self.days, np.nan) for name in ("trust", "open_files", "backlog")
        }
        self.day, self.past, self.place_names = 0, None, {}
        self.month, self.month_began = 0, 0
        self.mechanism_rates = np.bincount(issues["mechanism"], weights=self.rates, minlength=len(district.mechanisms))
        self.start_averages()
        self.populate()

    def start_averages(self) -> None:
        """Start every running average at its expected level: needs, reports, files."""
        w, p = self.world, self.parameters
        share = w.communities["people"] / self.residents
        w.needs[:] = p.recent_days * share[:, None] * self.rates[None, :]
        w.issues["files_recent"] = p.recent_days * p.files_share_at_start * self.rates
        w.issues["reports_recent"] = p.recent_days * p.reports_share_at_start * self.rates
        book = w.tally[0]
        book.volunteers_now = int(w.residents["volunteer"].sum())

    def populate(self) -> None:
        """Register every actor but residents, whose ids come first and who are registered when somebody asks."""
        p, w = self.parameters, self.world
        self.people, self.officers, self.places = Residents(self), GridOfficers(self), Places(self)
        self.communities = [Community(self, index) for index in range(len(w.communities))]
        kinds = [Subdistrict if unit.subdistrict else Department for unit in self.district.units]
        self.units = LinkageUnits(self, (kind(self, index) for index, kind in enumerate(kinds)))
        self.centre, self.supervision, self.inspectors = CommandCentre(self), Supervision(self), Inspectors(self)
        self.workshop, self.appraisal_group, self.leadership = (
            AnalysisWorkshop(self),
            AppraisalGroup(self),
            Leadership(self),
        )
        self.appraisal_group.set_targets(self.leadership.target)
        self.appraisal_group.press(w.units, w.grids, w.communities)
        self.groups: list[GrassrootsGroup] = []
        self.ideas: list[Idea] = []
        self.organisations: list[SocialOrganisation] = []
        self.purse: PublicPurse | None = None
        self.forums = Forums(self)
        self.bodies = [CompositeBody(self, number) for number in range(p.composite_bodies)]
        if p.social_cogovernance:
            homes = len(self.district.subdistricts)
            order = studio_order(self.district)
            self.groups = [
                GrassrootsGroup(self, number, order[number % homes]) for number in range(p.grassroots_groups)
            ]
            if p.ideas and self.groups:
                self.groups[0].bring_named_ideas()
            self.purse = PublicPurse(self)
            seats = Seats(len(self.district.units), len(w.communities))
            w.stands_for = stand_ins(p.relation_network, seats, len(self.organisations), self.key)
            self.plan_organisations()

    def plan_organisations(self) -> None:
        """Organisations plan their mix of work and the days they have for it."""
        priorities, needs = self.mechanism_shares(self.leadership.priorities()), Needs(self.needs())
        for organisation in self.organisations:
            organisation.plan(priorities.tolist(), needs.of(organisation))
        list_organisations(self.world)

    def mechanism_shares(self, by_issue: np.ndarray) -> np.ndarray:
        """Sums by mechanism of numbers by issue type."""
        return np.bincount(self.world.issues["mechanism"], weights=by_issue, minlength=len(self.district.mechanisms))

    def needs(self) -> np.ndarray:
        """Recent true problems, [communities, mechanisms]."""
        w = self.world
        recent = w.needs
        table = np.zeros((len(w.communities), len(self.district.mechanisms)))
        np.add.at(table.T, w.issues["mechanism"], recent.T)
        return table

    # -- warming up ----------------------------------------------------------------------------------------------------

    def start_warm(self, warm_up: WarmUp, days: int, live: Callable[[WarmUp, int], DistrictModel]) -> None:
        """Take over the state of a warm district: from disk, or from a district that `live` runs for the days of the
        warm-up."""
        folder = self.district.folder
        digest = "" if folder.usual else folder.digest
        before = Before(self.residents, self.start, self.seed_number, self.replication, days, digest)
        name = before.name(warm_up)
        warm = store.read(name)
        if warm is not None and self.fits(warm):
            return
        warm = pack(live(warm_up, days))
        store.write(name, warm, before.about(warm_up))
        unpack(self, warm)

    def fits(self, warm: Warm) -> bool:
        """Whether a state that was kept fits this district; it is taken over if so."""
        try:
            unpack(self, warm)
        except MISFIT:
            return False
        return True

    def begin_warm_up(self) -> None:
        """Give a district that is to be warmed up its own luck, and a calendar that reaches beyond its last day."""
        self.key = np.uint64(identity(self.key, int(Purpose.WARM_UP), np.uint64(0), 0))  # compiled code returns an int
        self.world.settings["key"] = self.key
        self.world.heads = np.full((len(self.world.heads), self.days + FURTHEST), -1, np.int32)
        self.timeline = make_timeline(self.start, self.days, self.key, self.parameters, self.district.about.calendar)
        self.causes = shared_causes(self.district, self.start, self.days, self.key, self.parameters)

    def take_effect(self, parameters: Parameters, scenario: Scenario) -> None:
        """On day 0 the run's own settings take effect, where they differ from those of the warm-up."""
        if dict(parameters) == dict(self.parameters) and not scenario.units and not scenario.issues:
            return
        apply_change(self, Change(self.start, dict(parameters), scenario.units, scenario.issues))
