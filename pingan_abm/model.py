"""The model: a district is built, then lives day by day in the order of the seven-step cycle."""

import math
import secrets
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pingan_abm.actors.base import Actor
from pingan_abm.actors.idle import warn_of_idle_classes
from pingan_abm.actors.institutions import institutions
from pingan_abm.actors.steering import MONTHS
from pingan_abm.agents import CommandCentre, GridOfficer, LinkageUnits, Resident
from pingan_abm.beginning import BegunDistrict, WarmUp, retire_over, warm_up_of
from pingan_abm.behaviour.arise import arise, day_counts, draw_subtypes, fade_all, list_arrivals
from pingan_abm.behaviour.places import place_arrivals
from pingan_abm.behaviour.units import open_day
from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.district.folder import open_folder
from pingan_abm.district.here import here, opened
from pingan_abm.engine.compiled import mark_cache_warm
from pingan_abm.engine.draws import Purpose, run_key
from pingan_abm.engine.memory import uncollected
from pingan_abm.extend.carry import inherit_extensions
from pingan_abm.extend.day import Additions
from pingan_abm.files.extensions import of_kind
from pingan_abm.outcomes.catalogue import all_indicators, all_outcomes
from pingan_abm.outcomes.past import past_of
from pingan_abm.parameters.declared import Parameters
from pingan_abm.scenarios.arrivals import injected_arrivals, recorded_arrivals
from pingan_abm.scenarios.changes import apply_change, merge_units
from pingan_abm.scenarios.given import check_mapping, checked_size, crowding_problems
from pingan_abm.scenarios.histories import WARMUP
from pingan_abm.scenarios.named_places import seated
from pingan_abm.scenarios.presets import Change, Merge, Scenario, in_district, load_scenario
from pingan_abm.texts.errors import InputErrors
from pingan_abm.world.problems import ARRIVAL
from pingan_abm.world.retire import not_over, those_that_leave
from pingan_abm.world.windows import within

if TYPE_CHECKING:
    import networkx as nx

    from pingan_abm.scenarios.records import Incidents

RETIRE_DAYS, RETIRE_AGAIN = 365, 120  # until what is over first leaves the registers, so a year keeps all; then again


class PinganModel(BegunDistrict):
    """A district for a year (or as long as asked). `step()` is one day.

    parameters: a Parameters, or overrides by name of what the scenario begins with (its dated changes still come);
    scenario: a name, a file or a Scenario; district: a folder, or a shipped one's name, the one that is meant if not
    given (`district/here.py`); residents, start: the district's own if not given; seed: None draws one; incidents:
    records that replace the synthetic arrivals, or the path of their file; events: keep the event log; warmup: days
    that the district has lived before day 0, 0 begins it empty; history: "today" or "own", the settings of the warm-up
    (see beginning.py); on_warm_up: called after each day of a warm-up that is not kept on disk, with the number of days
    done; settings: further overrides, each by its name, as `mesa.batch_run` gives them. Raises InputErrors naming
    everything that is wrong with the input.
    """

    units: LinkageUnits  # as this module knows them, which says when they work
    centre: CommandCentre

    def __init__(
        self,
        parameters: Parameters | Mapping[str, Any] | None = None,
        *,
        scenario: str | Path | Scenario = "pingan365",
        residents: int | None = None,
        days: int = 365,
        start: date | None = None,
        seed: int | None = 0,
        replication: int = 0,
        incidents: "Incidents | str | Path | None" = None,
        events: bool = False,
        warmup: int = WARMUP,
        history: str = "today",
        on_warm_up: Callable[[int], None] | None = None,
        district: str | Path | None = None,
        **settings: Any,
    ) -> None:
        inherit_extensions()
        folder = here() if district is None else open_folder(district)
        about = load_district(folder=folder).about
        residents, start = about.residents if residents is None else residents, about.start if start is None else start
        seed = secrets.randbelow(2**63) if seed is None else seed
        residents, days, start, seed, replication, warmup = checked_size(
            residents, days, start, (seed, replication), warmup, history
        )
        if not isinstance(parameters, Parameters):
            check_mapping("parameters", parameters, '{"accountability": 0.9}')
        super().__init__(residents, Resident, rng=seed)
        with opened(folder.path):
            spec = in_district(scenario) if isinstance(scenario, Scenario) else load_scenario(scenario)
        self.scenario_spec, self.residents, self.days, self.start = spec, residents, days, start
        self.seed_number, self.replication = seed, replication
        own = (
            parameters.overridden(settings)
            if isinstance(parameters, Parameters)
            else Parameters.checked({**spec.parameters, **(parameters or {}), **settings})
        )
        whole = load_district(units=spec.units, issues=spec.issues, folder=folder)
        problems = [*crowding_problems(residents, whole), *spec.check(start, days, whole)]
        if problems:
            raise InputErrors(problems)
        if isinstance(incidents, str | Path):
            from pingan_abm.scenarios.records import read_incidents

            incidents = read_incidents(incidents, spec, whole, start, days)
        self.incidents = incidents
        self.warmup, self.history, self.on_warm_up = warmup, history, on_warm_up
        with opened(folder.path):
            warm_up = warm_up_of(own, spec, history) if warmup else WarmUp(own, spec)
        self.parameters = warm_up.parameters
        self.tables = {"units": dict(warm_up.scenario.units), "issues": dict(warm_up.scenario.issues)}
        self.merged: list[tuple[int, list[int], Merge]] = []  # heir, who is gone, and how it is called
        self.district: District = load_district(warm_up.scenario.units, warm_up.scenario.issues, folder)
        self.scale = residents / about.residents
        self.key = run_key(seed, replication)
        with np.errstate(over="ignore"), uncollected():
            self.build(events, None if incidents is None else len(incidents.day) / max(1, days))
            if warmup:
                self.start_warm(warm_up, warmup, self.lived)
            self.rules_at_start = self.world.subtypes["rule"].copy()  # of the platform's working rules, by sub-type
            self.add_extensions()
            if warmup:
                self.take_effect(own, spec)
            self.named_places = seated(self, incidents)
            self.place_names.update(self.named_places.names)

    def lived(self, warm_up: WarmUp, days: int) -> "PinganModel":
        """Another district with the same people, on the last evening of its warm-up."""
        start = self.start - timedelta(days=days)
        other = WarmingUp(
            warm_up.parameters,
            scenario=warm_up.scenario,
            residents=self.residents,
            days=days,
            start=start,
            seed=self.seed_number,
            replication=self.replication,
            warmup=0,
            district=self.district.folder.path,
        )
        other.begin_warm_up()
        for day in range(days):
            other.step()
            if self.on_warm_up is not None:
                self.on_warm_up(day + 1)
        return other

    def add_extensions(self) -> None:
        """Add to the district the actors and interventions of extensions."""
        self.additions = Additions(self)

    # -- one day -------------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One day, in the order of the cycle. Raises RuntimeError after the last day of the run."""
        if self.day == 0:
            self.name_idle_classes()
        if self.day >= self.days:
            raise RuntimeError(f"the run ended after {self.days} days; build the model with a larger `days`")
        with np.errstate(over="ignore"):
            self.live(self.day)
        self.additions.check_place_of_all(self.day)
        self.day += 1
        if self.day == self.days:
            self.running = False
            mark_cache_warm()

    def name_idle_classes(self) -> None:
        """Warn of classes that derive from an actor and that this district does not have."""
        acting = (self.people, self.officers, self.units)
        present: set[type] = {Resident, GridOfficer, *self.actors_by_type, *map(type, acting)}
        present |= {type(one) for one in vars(self).values() if isinstance(one, Actor)}
        warn_of_idle_classes(present)

    def live(self, day: int) -> None:
        """Steps 1 to 7 of the cycle, then what is periodic, then the record of the day."""
        w, p = self.world, self.parameters
        self.open(day)
        arrivals = self.arrivals(day)
        ahead = RETIRE_DAYS if day < RETIRE_DAYS else RETIRE_AGAIN
        w.make_room(len(arrivals), float(self.rates.sum()) * min(self.days - day, ahead))
        arise(w, day, arrivals)
        self.additions.act("problems", day)
        self.people.decide(day)
        self.additions.act("residents", day)
        self.places.act(day)
        if day % 7 == 6:
            for group in self.groups:
                group.listen(day)
        self.additions.act("groups", day)
        self.officers.work(day)
        self.additions.act("officers", day)
        if p.administrative_handling:
            self.centre.work(day)
            if p.command_centre:
                self.supervision.convene(day)
        self.additions.act("centre", day)
        if p.administrative_handling:
            self.units.work(day)
        self.additions.act("units", day)
        if p.administrative_handling:
            self.inspectors.verify(day)
        self.additions.act("inspectors", day)
        fade_all(w)
        if day % 7 == 6:
            self.daily_levels["trust"][day] = self.people.talk()
        self.additions.act("evening", day)
        w.check_overflow()
        self.record(day)

    def open(self, day: int) -> None:
        """The day begins: changes of the scenario, a new month, staff, campaigns."""
        w, line = self.world, self.timeline
        if day >= RETIRE_DAYS and (day - RETIRE_DAYS) % RETIRE_AGAIN == 0 and self.forgets:
            self.forget(day)
        self.apply_changes(day)
        self.additions.intervene(day)
        if line.month_start[day] and day - self.month_began >= 15:
            self.turn_month(self.month_began, day)
        settings = w.settings
        settings["day"], settings["staff_factor"], settings["next_tenth"] = day, line.staff[day], line.next_tenth[day]
        self.leadership.watch(day)
        open_day(w)
        self.additions.act("morning", day)

    @property
    def forgets(self) -> bool:
        """Whether a long run drops rows that are over from its registers. It keeps them where the event log names them,
        or where an extension's outcome counts them."""
        return len(self.world.events) == 0 and not of_kind("outcome")

    def forget(self, day: int) -> None:
        """Give every outcome the rows that are over, and drop them."""
        kept = not_over(self.world, float(day))
        before = past_of(self, those_that_leave(self.world, kept))
        self.past = before if self.past is None else self.past + before
        retire_over(self, kept)

    def arrivals(self, day: int) -> np.ndarray:
        """The day's ARRIVAL rows: drawn, or from the records; then those that the scenario injects."""
        w = self.world
        w.subtypes["today"] = (
            self.subtype_rates * self.timeline.arrivals[day] * self.causes[day % len(self.causes)] * self.candidates()
        )
        if self.incidents is None:
            counts = np.zeros(len(self.rates), np.int64)
            rates = np.bincount(w.subtypes["issue"], weights=w.subtypes["today"], minlength=len(counts))
            total = day_counts(self.key, int(Purpose.DAY_COUNT), day, rates, counts)
            rows = np.zeros(total, ARRIVAL)
            list_arrivals(self.key, day, counts, rows)
        else:
            seats = self.named_places.seats if self.parameters.places else None
            rows = recorded_arrivals(self.incidents, day, self.key, seats)
        injected = injected_arrivals(self, self.scenario_spec, day)
        rows = np.concatenate([rows, injected]) if len(injected) else rows
        draw_subtypes(w, rows)
        return rows[: place_arrivals(w, rows)]

    def candidates(self) -> np.ndarray:
        """Candidates for a problem expected of each sub-type: more than one where places decide which come true."""
        w, factors = self.world, np.ones(len(self.world.subtypes))
        if self.parameters.places:
            kinds = w.subtypes["place_kind"]
            there = (kinds >= 0) & (w.place_kinds["count"][kinds] > 0) if len(w.place_kinds) else kinds > len(kinds)
            factors[there] = 1.0 / w.place_kinds["slack"][kinds[there]]
        return factors

    # -- what is periodic ----------------------------------------------------------------------------------------------

    def turn_month(self, start: int, day: int) -> None:
        """Monthly: appraisal, workshop, contracts and income, groups, volunteers, fading relations; quarterly: the
        ratchet."""
        p, w = self.parameters, self.world
        self.month += 1
        self.month_began = day
        if p.administrative_handling:
            scores = self.appraisal_group.appraise(start, day) if p.appraisal else np.full(len(w.units), math.nan)
            if p.workshop and p.command_centre:
                self.workshop.examine(start, day, scores)
            if self.month % 3 == 0:
                self.leadership.review_quarter()
        self.appraisal_group.start_month()
        if p.tie_dynamics and p.relation_network != "frozen":
            w.relations *= 1.0 - p.tie_decay
        if p.volunteers and p.social_cogovernance:
            self.people.reconsider_volunteering(self.month)
        if self.purse is not None:
            self.purse.month(self.month, day - start, *self.shares_by_place(day))
            self.plan_organisations()
        for group in self.groups:
            group.reflect(day, self.month)
        for body in self.bodies:
            body.meet()
        if p.forums > 0.0:
            self.forums.hold(day, self.month)
        if self.month % MONTHS == 0 and day > 0:
            self.steer(day)

    def steer(self, day: int) -> None:
        """R31. Once a year: leaders who steer by figures set targets, weights, verification and posts anew."""
        setting = self.leadership.look_back(day)
        if setting is not None:
            posts = {
                unit.id: {"staff": float(staff)} for unit, staff in zip(self.district.units, setting.posts, strict=True)
            }
            apply_change(self, Change(self.timeline.date_of(day), dict(setting.parameters), posts, {}))

    def shares_by_place(self, day: int) -> tuple[np.ndarray, np.ndarray]:
        """By community: share solved of the primary files opened 30–60 days ago, and share of attempts that settled."""
        w = self.world
        files = w.used("cases")
        recent = within(files["opened"], day - 60, day - 30)
        problems = files["problem"][recent[files["duplicate"][recent] == 0]]
        places, solved = w.problems["community"][problems], ~np.isnan(w.problems["solved"][problems])
        count = len(w.communities)
        with np.errstate(invalid="ignore", divide="ignore"):
            of_files = np.bincount(places, weights=solved, minlength=count) / np.bincount(places, minlength=count)
            tries = w.communities["tries"]
            of_tries = tries[:, 1] / tries[:, 0]
        return of_files, of_tries

    def apply_changes(self, day: int) -> None:
        """The scenario's dated changes and mergers of units."""
        for change in self.scenario_spec.changes:
            if self.timeline.day_of(change.date) == day:
                apply_change(self, change)
        for merge in self.scenario_spec.merges:
            if self.timeline.day_of(merge.date) == day:
                merge_units(self, merge)

    # -- what comes out ------------------------------------------------------------------------------------------------

    def record(self, day: int) -> None:
        """Keep the day's tally and levels."""
        w = self.world
        self.daily[day : day + 1].view(np.uint8)[:] = w.tally.view(np.uint8)  # a row at once, not number by number
        self.daily_levels["backlog"][day] = w.units["backlog"].sum()
        self.daily_levels["open_files"][day] = w.units["queued"].sum()

    def outcomes(self) -> dict[str, float | None]:
        """Every outcome of the run so far, by name; None where its denominator is empty."""
        return all_outcomes(self)

    @cached_property
    def datacollector(self) -> Any:
        """What `mesa.batch_run` reads: indicators of each day, and outcomes as they stand. A DataCollector that a
        subclass sets takes its place."""
        from pingan_abm.outcomes.collected import Collected

        return Collected(self)

    def series(self) -> dict[str, np.ndarray]:
        """Every indicator, one value a day so far."""
        return all_indicators(self)

    def event_rows(self) -> np.ndarray:
        """The event log so far (EVENT rows), in the order of time."""
        rows = self.world.used("events")
        return rows[np.argsort(rows["time"], kind="stable")]

    @property
    def institutions(self) -> "nx.MultiGraph":
        """The network of all institutional actors as it stands, in layers: command, duty, contract, service,
        information and relation. `networkx.write_graphml` saves it."""
        return institutions(self)


class WarmingUp(PinganModel):
    """A district that lives through a warm-up: interventions and actors of extensions do not act in it, and rows that
    are over leave the registers."""

    def name_idle_classes(self) -> None:
        """No warning: the run itself gives it."""

    def add_extensions(self) -> None:
        """None: what an extension adds to the day begins on day 0 of the run."""
        self.additions = Additions(self, active=False)

    def steer(self, day: int) -> None:
        """Nothing: leaders begin to learn on day 0 of the run."""

    def forget(self, day: int) -> None:
        """Drop what is over: no outcome counts it."""
        retire_over(self, not_over(self.world, float(day)))
