"""The district leadership and its appraisal group: targets, months, grades, pressure, campaigns."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from pingan_abm.actors.appraisal import (
    Ranking,
    feedback_counts,
    grade_of,
    grid_scores,
    rank_gaps,
    rank_gaps_of_many,
    ranking,
    unit_scores,
)
from pingan_abm.actors.base import Actor, DistrictModel
from pingan_abm.actors.steering import TRUE, Steering, reported_figures, steered, true_figures
from pingan_abm.behaviour.pressure import deterred, press_base, press_units
from pingan_abm.rules import amplified, faded

FULL_POINTS, HALF_THE_POINTS = 100.0, 50.0
QUARTER, YEAR = 3, 12  # months
LONG_AGO = -(10**6)
UNIT_LEVEL, SUBDISTRICT_LEVEL, GRID_LEVEL = 1, 2, 3  # levels down which the district's target is passed


@dataclass
class Campaign:
    """A campaign on one issue type: days [start, end), share of staff moved. reports: recent ones on the type when it
    began."""

    issue: int
    start: int
    end: int
    intensity: float
    reports: float = 0.0


class AppraisalGroup(Actor):
    """The supervision and appraisal group 监督考核小组: monthly scores, ranks and grades, and the pressure they
    make."""

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(model)
        self.scores: list[np.ndarray] = []  # one array of unit scores a month appraised
        self.months: list[date] = []  # in which those months lie
        self.before = (0.0, 0.0)  # dispatches and misdirected at the start of the month

    def set_targets(self, district: float) -> None:
        """R18: the district's target passed down and amplified at each level."""
        alpha, units = self.model.parameters.target_amplification, self.model.world.units
        for row in units:
            row.target = amplified(district, alpha, float(SUBDISTRICT_LEVEL if row.subdistrict else UNIT_LEVEL))

    def appraise(self, start: int, end: int) -> np.ndarray:
        """The month's points of every unit; ranks among units of the same tier become rank gaps, points become
        grades."""
        model = self.model
        units = model.world.units
        scores = unit_scores(model.world, model.timeline, start, end, model.parameters)
        scores[units["active"] == 0] = math.nan
        for tier in np.unique(units["tier"]):
            members = np.flatnonzero(units["tier"] == tier)
            units["rank_gap"][members] = rank_gaps(scores[members])
        units["score"] = scores
        for unit in model.units:
            unit.take_grade(float(scores[unit.index]), end)
        self.appraise_centre(start, end)
        self.appraise_grids()
        self.scores.append(scores)
        self.months.append(model.timeline.date_of(start))
        return scores

    @property
    def quarters(self) -> list[Ranking]:
        """R18. The ranking of every calendar quarter that is over: means of its months that were appraised (paper:
        monthly, quarterly and yearly rankings)."""
        return self._rankings(QUARTER)

    @property
    def years(self) -> list[Ranking]:
        """R18. The ranking of every calendar year that is over."""
        return self._rankings(YEAR)

    def _rankings(self, length: int) -> list[Ranking]:
        """The periods of this many months that are over. A period is over when its last month, or a later one, has been
        appraised."""
        periods: dict[int, list[np.ndarray]] = {}
        for month, scores in zip(self.months, self.scores, strict=True):
            periods.setdefault((YEAR * month.year + month.month - 1) // length, []).append(scores)
        if self.months and self.months[-1].month % length:
            periods.popitem()
        return [ranking(scores, self.model.world.units["tier"]) for scores in periods.values()]

    @property
    def year_so_far(self) -> Ranking:
        """R18. The ranking over the months appraised in the calendar year of the latest one; the whole year's at its
        end."""
        year = self.months[-1].year if self.months else 0
        scores = [scores for month, scores in zip(self.months, self.scores, strict=True) if month.year == year]
        return ranking(scores, self.model.world.units["tier"])

    def appraise_centre(self, start: int, end: int) -> None:
        """The centre's points: correct dispatch and department feedback, half each."""
        model, book = self.model, self.model.world.tally[0]
        sent, wrong = book.dispatches - self.before[0], book.misdirected - self.before[1]
        self.before = (float(book.dispatches), float(book.misdirected))
        feedback = feedback_counts(model.world, start, end).overall()
        if sent > 0 and feedback is not None:
            correct = max(0.0, 1.0 - wrong / sent)
            target = amplified(model.leadership.target, model.parameters.target_amplification, float(UNIT_LEVEL))
            score = HALF_THE_POINTS * min(1.0, correct / target) + HALF_THE_POINTS * min(1.0, feedback / target)
            model.centre.grades.append(grade_of(score, model.parameters))

    def appraise_grids(self) -> None:
        """Every grid's points and rank gap."""
        model = self.model
        grids, p = model.world.grids, model.parameters
        target = amplified(model.leadership.target, p.target_amplification, float(GRID_LEVEL))
        scores = grid_scores(grids, target)
        grids["rank_gap"], grids["score"] = rank_gaps_of_many(scores), scores

    def start_month(self) -> None:
        """Padding for what last month lacked, pressure at the base and in the units; the month's counters begin
        again."""
        model = self.model
        p, grids, units, places = model.parameters, model.world.grids, model.world.units, model.world.communities
        quota = p.upload_quota * (1.0 + p.target_amplification) ** 2 * grids["fulltime"]
        lacking = np.maximum(0.0, quota - grids["uploads_month"])
        pads = p.padding and p.appraisal and p.behaviour == "full"
        grids["padding_due"] = 0.0
        if pads:
            np.add.at(grids["padding_due"], grids["patch"], p.accountability * lacking)
        for field in ("uploads_month", "adopted_month", "padding_month", "revisits_due_month", "revisits_made_month"):
            grids[field] = 0.0
        self.press(units, grids, places)

    def press(self, units: np.ndarray, grids: np.ndarray, places: np.ndarray) -> None:
        """R9: pressure of every unit, grid and community from accountability, rank and veto."""
        p, day = self.model.parameters, self.model.day
        press_units(self.model.world, p.appraisal, float(day) if p.appraisal and p.one_vote_veto else math.inf)
        press_base(self.model.world, p.appraisal)


class Leadership(Actor):
    """The district leadership: sets targets and weights, buys from organisations by its priorities, calls campaigns
    after crises; once a year it may learn from figures."""

    def __init__(self, model: DistrictModel) -> None:
        super().__init__(model)
        self.target = model.parameters.district_target
        self.settings: list[Steering] = []  # one for each year in which they steered
        self.campaign: Campaign | None = None
        self.ended: list[Campaign] = []
        self.alarm_until = -1
        self.crises_seen = 0
        self.crisis_campaign_at: tuple[int, int] | None = None

    def priorities(self) -> np.ndarray:
        """G by issue type, sums to 1: files weighted by severity, and reports, by what is appraised. R17, assumed."""
        model = self.model
        issues, p = model.world.issues, model.parameters
        files, reports = issues["files_recent"], issues["reports_recent"]
        files = files / files.sum() if files.sum() > 0 else np.full(len(issues), 1.0 / len(issues))
        reports = reports / reports.sum() if reports.sum() > 0 else np.full(len(issues), 1.0 / len(issues))
        weight = p.satisfaction_weight
        risk = np.exp(p.priority_risk_effect * p.risk_focus * (issues["severity"] - p.priority_severity_middle))
        mixed = (1.0 - weight) * files * risk + weight * reports
        return np.asarray(mixed / mixed.sum())

    def review_quarter(self) -> None:
        """R18. The ratchet: a target reached is raised by a point, up to 0.95 (Weitzman 1980).

        Reached: over the quarter the units had 98 of 100 points on average. In the whole district at the defaults they
        have 78 to 92, so the target stays; it rises where everything is done in time, as with long deadlines.
        """
        p, group = self.model.parameters, self.model.appraisal_group
        recent = [scores for scores in group.scores[-QUARTER:] if not np.isnan(scores).all()]
        if p.ratchet and p.appraisal and recent:
            reached = float(np.mean([np.nanmean(scores) for scores in recent])) >= FULL_POINTS * p.ratchet_reached
            if reached:
                self.target = min(p.ratchet_highest, self.target + p.ratchet_step)
                group.set_targets(self.target)

    def look_back(self, day: int) -> Steering | None:
        """R31. Once a year: what leaders who steer by figures set for the year to come; None where they do not."""
        model = self.model
        if model.parameters.leadership_steers_by == "nothing":
            return None
        look = true_figures if model.parameters.leadership_steers_by == TRUE else reported_figures
        setting = steered(model, look(model, day))
        self.target = setting.target
        self.settings.append(setting)
        return setting

    def watch(self, day: int) -> None:
        """Daily: attention to risk after a crisis; a planned campaign begins or ends; without a platform, a crisis
        makes one."""
        model = self.model
        p, crises = model.parameters, model.world.counted("crises")
        if crises > self.crises_seen:
            self.crises_seen = crises
            self.alarm_until = day + p.alarm_days
            self.call_after_crisis(day)
        alarm = p.alarm_effect * p.accountability if day < self.alarm_until else 0.0
        model.world.settings["risk_focus"] = min(1.0, p.risk_focus + alarm)
        self.start_campaigns(day)
        self.run_campaign(day)

    def call_after_crisis(self, day: int) -> None:
        """R20: when no centre routes attention, a crisis leads to a campaign on its type three days later, unless one
        was lately."""
        model, p = self.model, self.model.parameters
        if p.command_centre or not p.campaign_crisis or not p.administrative_handling:
            return
        latest = max([c.end for c in self.ended], default=LONG_AGO)
        if self.campaign or self.crisis_campaign_at or day - latest < p.crisis_campaign_pause:
            return
        problems = model.world.used("problems")
        kind = int(problems["issue"][np.flatnonzero(problems["crisis"])[-1]])
        self.crisis_campaign_at = (day + p.crisis_campaign_wait, kind)

    def start_campaigns(self, day: int) -> None:
        """A planned campaign, the one that a crisis called for, or the one that a return calls for, begins."""
        p, model = self.model.parameters, self.model
        if self.campaign is None and p.campaign_issue is not None:
            since = day - model.timeline.day_of(p.campaign_start)
            into = since % p.campaign_every if p.campaign_every > 0 else since
            if 0 <= since and into < p.campaign_days:
                kind = model.district.issue_index(p.campaign_issue)
                self.begin_campaign(Campaign(kind, day, day - into + p.campaign_days, p.campaign_intensity))
        if self.campaign is None and self.crisis_campaign_at and day >= self.crisis_campaign_at[0]:
            kind = self.crisis_campaign_at[1]
            self.crisis_campaign_at = None
            self.begin_campaign(Campaign(kind, day, day + p.crisis_campaign_days, p.campaign_intensity))
        if self.campaign is None and self.has_returned(day):
            kind = self.ended[-1].issue
            self.begin_campaign(Campaign(kind, day, day + p.campaign_days, p.campaign_intensity))

    def has_returned(self, day: int) -> bool:
        """R20. Whether the type of the last campaign is reported so much more than before it that the next one is
        called: when the pause after a campaign is over, and while it still counts as a return."""
        p = self.model.parameters
        if not (self.ended and p.campaign_returns and p.administrative_handling):
            return False
        last = self.ended[-1]
        reports = float(self.model.world.issues["reports_recent"][last.issue])
        due = p.crisis_campaign_pause <= day - last.end <= p.campaign_return_days
        return due and reports > p.campaign_return_ratio * last.reports > 0.0

    def begin_campaign(self, campaign: Campaign) -> None:
        """Staff moves to one type: every unit that holds a share of it reserves a part for it."""
        world = self.model.world
        self.campaign = campaign
        campaign.reports = float(world.issues["reports_recent"][campaign.issue])
        world.tally[0].campaigns += 1
        shares = world.subtypes["shares"][world.subtypes["issue"] == campaign.issue].max(axis=0)
        count = len(world.units)
        holds = (shares[:count] > 0) | ((world.units["subdistrict"] == 1) & (shares[-1] > 0))
        world.units["campaign_share"] = np.where(holds, campaign.intensity, 0.0)
        settings = world.settings[0]
        settings.campaign_issue, settings.campaign_intensity = campaign.issue, campaign.intensity
        settings.campaign_ends = campaign.end

    def run_campaign(self, day: int) -> None:
        """Deterrence builds up during a campaign and fades after it."""
        world, p = self.model.world, self.model.parameters
        if self.campaign and day >= self.campaign.end:
            self.ended.append(self.campaign)
            self.campaign = None
            world.units["campaign_share"] = 0.0
            world.settings[0].campaign_issue = -1
        world.issues["deterrence"] = 0.0
        for past in self.ended:
            built = deterred(world, past.intensity, float(past.end - past.start))
            left = faded(built, float(day - past.end), p.deterrence_half_life)
            world.issues["deterrence"][past.issue] = max(
                world.issues["deterrence"][past.issue], left if left > p.deterrence_least else 0.0
            )
        if self.campaign:
            now = deterred(world, self.campaign.intensity, float(day - self.campaign.start))
            current = world.issues["deterrence"][self.campaign.issue]
            world.issues["deterrence"][self.campaign.issue] = max(current, now)
