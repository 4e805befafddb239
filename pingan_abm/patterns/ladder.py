"""The ladder of models, from queues alone to the full model: which conclusion appears on which rung.

Every rung is a preset of structure. Its settings are laid over every condition of a pattern, with the staff that gives
the rung the requested load. So no conclusion depends on a rung having more or fewer staff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pingan_abm.parameters.declared import Parameters
from pingan_abm.patterns.experiment import Results
from pingan_abm.patterns.pattern import Condition, Overlay, Pattern, settings
from pingan_abm.patterns.verdicts import Finding, Verdict, judged
from pingan_abm.runs import RunSpec, matched
from pingan_abm.scenarios.presets import load_scenario

RUNGS = ("rung_1_queues", "rung_2_appraisal", "rung_3_society", "rung_4_network", "rung_5_places")
LOAD = 0.9  # of every rung, unless another load is given: the posts are fitted for this one


@dataclass(frozen=True)
class Climbed:
    """A pattern on every rung: its verdict and findings, in the order of RUNGS."""

    pattern: Pattern
    rungs: Mapping[str, tuple[Verdict, tuple[Finding, ...]]]


def overlays(residents: int, seed: int, load: float) -> dict[str, Overlay]:
    """What each rung lays over a condition, the staff that gives it the load included."""
    found = {}
    for rung in RUNGS:
        scenario = load_scenario(rung)
        spec = matched(RunSpec(scenario, residents=residents, seed=seed, history="own", match_load=load))
        own = Parameters.checked(scenario.parameters).overrides()  # its own staff gives way to that of the load
        found[rung] = Overlay(settings(**{**own, "staffing": spec.settings["staffing"]}))
    return found


def conditions_on(patterns: Sequence[Pattern], laid: Mapping[str, Overlay]) -> list[Condition]:
    """Every condition that the patterns need on all rungs, each once."""
    wanted: dict[Condition, None] = {}
    for overlay in laid.values():
        for pattern in patterns:
            for claim in pattern.claims:
                wanted |= dict.fromkeys(one.under(overlay) for one in claim.conditions)
    return list(wanted)


def climb(pattern: Pattern, results: Results, replications: int, laid: Mapping[str, Overlay]) -> Climbed:
    """The verdict on a pattern on every rung, from runs that have been carried out."""
    return Climbed(pattern, {rung: judged(pattern, results, replications, one) for rung, one in laid.items()})
