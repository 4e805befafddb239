"""Every scenario makes the difference its story names: paired with its baseline, over replications, with an
interval."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pytest
from scipy.stats import t

from pingan_abm.agents import GrassrootsGroup
from pingan_abm.model import PinganModel
from pingan_abm.patterns.ladder import RUNGS
from pingan_abm.scenarios.presets import BASELINE, load_scenario, scenario_names

pytestmark = pytest.mark.slow

RESIDENTS, REPLICATIONS, DAYS = 34_500, 8, 365
LIVED = 90  # days in which a problem counts as solved
MINOR = 0.25  # severity below which a problem is minor
POWERS = 0.5  # need for legal powers from which society seldom settles a problem
START_ENERGY = 0.75  # of a group
LATER = 30, 90  # days after a campaign in which its type may come back
UP, DOWN = 1, -1
WHOLE, FEWER = 345_000, 6  # residents and replications where a small district is no place to look

#: What a small district, whose units have time to spare, shows too faintly: these are looked for in the whole one.
IN_THE_WHOLE = {("fragmented_2010", "true_resolution_rate"), ("public_voice", "burden"), ("clear_duties", "burden")}

#: What each story names, and which way it goes against the baseline.
STORIES: dict[str, dict[str, int]] = {
    # passed around, forgotten, cleared in a campaign and back again
    "fragmented_2010": {
        "returns_per_dispatch": UP,
        "silent_share": UP,
        "stuck_share": UP,
        "true_resolution_rate": DOWN,
        "campaigns": UP,
    },
    # how long the queues grow, which small troubles are never dealt with
    "hierarchy_only": {"days_to_close_median": UP, "load_ratio": UP, "minor_unsolved": UP},
    # what goodwill can settle, where it stops because nobody may impose a fine
    "society_only": {"solved_with_powers": DOWN, "goodwill_before_powers": UP},
    # whether more is solved, or only written down
    "tight_accountability": {"on_time_rate": UP, "social_time_on_paperwork": UP, "problems_found_share": DOWN},
    # the figures get worse while life gets better
    "people_centred": {"reported_closure_rate": DOWN, "solved_share": UP, "satisfaction_mean": UP},
    # whether more becomes known, also from those without digital access
    "open_channels": {"problems_found_share": UP, "silent_share": DOWN, "access_gap": DOWN},
    # whether what is public is solved sooner, and less often closed on paper only
    "public_voice": {"perfunctory_share": DOWN, "days_to_resolution_mean": DOWN, "burden": DOWN},
    # what happens to buck-passing; with clear and unclear sub-types residents gain by it
    "clear_duties": {"returns_per_dispatch": DOWN, "days_to_resolution_mean": DOWN, "burden": DOWN},
    # whether units help each other more
    "shared_credit": {"help_rate": UP},
    # whether those who met come closer, what comes to light
    "round_tables": {"tie_density": UP, "problems_found_share": UP},
    # whether the line falls, what happens meanwhile to everything else
    "regular_campaigns": {"campaigns": UP, "problems": DOWN, "days_to_resolution_median": UP},
    # who closes, how much work comes back; autonomy is undecided since entrants' contracts are renewed in full
    "funding_cut": {"organisations_alive": DOWN, "social_settlement_share": DOWN, "case_files": UP},
    # whether they follow needs more closely, whether they still turn up
    "diversified_funding": {"alignment_mean": DOWN, "representation_mean": UP, "social_settlement_share": DOWN},
    # whether the line falls, whether it comes back, who waits longer
    "campaign": {"campaigns": UP, "days_to_resolution_mean": UP},
    # how many silent problems come to light (whether volunteers keep going: below)
    "more_studios": {"problems_found_share": UP},
    # how often the fumes stop
    "pizza_shop": {"case_solved": UP},
}
#: The same scenario without its campaigns.
CALLED_OFF: dict[str, dict[str, object]] = {
    "campaign": {
        "campaign_issue": None,
        "campaign_start": date(2014, 4, 1),
        "campaign_days": 42,
        "campaign_intensity": 0.5,
    },
    "fragmented_2010": {"campaign_crisis": False},
}


@dataclass(frozen=True)
class Lived:
    """What is kept of a year. measures: outcomes and what else stories name; arrivals: [day, issue type]; campaigns:
    (type, first day, day after the last)."""

    measures: dict[str, float | None]
    arrivals: np.ndarray
    campaigns: list[tuple[int, int, int]]


@cache
def lived(name: str, replication: int, campaigns: bool = True, residents: int = RESIDENTS) -> Lived:
    """A year of a scenario, or of its twin without campaigns."""
    off = {} if campaigns else CALLED_OFF[name]
    model = PinganModel(off, scenario=load_scenario(name), residents=residents, days=DAYS, replication=replication)
    for _ in range(DAYS):
        model.step()
    ended = [(one.issue, one.start, one.end) for one in model.leadership.ended]
    problems = model.world.used("problems")
    begun = problems[(problems["onset"] >= 0.0) & (problems["onset"] < DAYS)]
    arrivals = np.zeros((DAYS, len(model.district.issues)))
    np.add.at(arrivals, (begun["onset"].astype(int), begun["issue"]), 1.0)
    groups = (
        [group.energy for group in model.agents_by_type[GrassrootsGroup]]
        if model.parameters.social_cogovernance
        else []
    )
    return Lived(
        {
            **model.outcomes(),
            **of_problems(model),
            "groups_energy": float(np.mean(groups)) if groups else None,
            "campaigns": float(len(ended)),
        },
        arrivals,
        ended,
    )


def of_problems(model: PinganModel) -> dict[str, float | None]:
    """Shares of problems that are solved within 90 days of their beginning, by what they are like."""
    problems = model.world.used("problems")
    early = problems[(problems["onset"] >= 0.0) & (problems["onset"] < DAYS - LIVED)]
    with np.errstate(invalid="ignore"):
        solved = early["solved"] <= early["onset"] + LIVED
    powers = np.array([issue.enforcement for issue in model.district.issues])[early["issue"]] >= POWERS
    case = solved[early["injected"] == 1]
    with_powers, goodwill = float(solved[powers].mean()), float(solved[~powers].mean())
    return {
        "minor_unsolved": float(1.0 - solved[early["severity"] < MINOR].mean()),
        "solved_with_powers": with_powers,
        "goodwill_before_powers": goodwill - with_powers,
        "case_solved": float(case.mean()) if len(case) else 0.0,
    }


def interval(values: list[float]) -> tuple[float, float]:
    """Student's 95 % interval of the mean."""
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return float(np.mean(values)) - half, float(np.mean(values)) + half


def differences(name: str, measure: str) -> list[float]:
    """Scenario less baseline, one a replication."""
    found = []
    residents, count = (WHOLE, FEWER) if (name, measure) in IN_THE_WHOLE else (RESIDENTS, REPLICATIONS)
    for replication in range(count):
        here, there = (lived(one, replication, True, residents).measures[measure] for one in (name, BASELINE))
        assert here is not None and there is not None
        found.append(here - there)
    return found


def test_every_scenario_has_its_differences() -> None:
    assert set(STORIES) == set(scenario_names()) - {BASELINE, *RUNGS}


@pytest.mark.parametrize(
    ("name", "measure", "sign"),
    [(name, measure, sign) for name, named in STORIES.items() for measure, sign in named.items()],
)
def test_the_difference_that_the_story_names_shows(name: str, measure: str, sign: int) -> None:
    low, high = interval(differences(name, measure))
    assert low > 0.0 if sign == UP else high < 0.0, (low, high)


def test_the_baseline_shows_the_two_numbers_side_by_side() -> None:
    gaps = [lived(BASELINE, replication).measures["closure_gap"] for replication in range(REPLICATIONS)]
    assert interval([gap for gap in gaps if gap is not None])[0] > 0.0


def test_volunteers_of_the_studios_keep_going() -> None:
    energies = [lived("more_studios", replication).measures["groups_energy"] for replication in range(REPLICATIONS)]
    assert interval([energy for energy in energies if energy is not None])[0] > START_ENERGY


@pytest.mark.parametrize("name", list(CALLED_OFF))
def test_a_campaign_lowers_the_line_and_the_line_comes_back(name: str) -> None:
    """Against the twin without campaigns: fewer problems of the type during one, and most of what was missing is there
    again later."""
    during, back = campaign_effects(name)
    assert interval(during)[1] < 0.0
    assert interval(back)[0] > 0.0


def campaign_effects(name: str) -> tuple[list[float], list[float]]:
    """By replication with a campaign that leaves time to look: arrivals during campaigns relative to the twin's, less
    1; and by how much that has risen again later."""
    during, back = [], []
    for replication in range(REPLICATIONS):
        one, twin = lived(name, replication), lived(name, replication, False)
        seen = [campaign for campaign in one.campaigns if campaign[2] + LATER[1] <= DAYS]
        if seen:
            ratios = [
                sum(year.arrivals[first:last, kind].sum() for kind, first, last in windows)
                for windows in (seen, [(kind, end + LATER[0], end + LATER[1]) for kind, _, end in seen])
                for year in (one, twin)
            ]
            during.append(ratios[0] / ratios[1] - 1.0)
            back.append(ratios[2] / ratios[3] - 1.0 - during[-1])
    return during, back
