"""The decision rules one by one: limits, directions, known values; the same number compiled and plain."""

import inspect
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers.settings import with_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from pingan_abm import rules
from pingan_abm.parameters.declared import coefficients
from pingan_abm.parameters.fields import Declaration
from pingan_abm.world.settings import default_settings
from pingan_abm.world.tables import SETTINGS

C = default_settings()
share = st.floats(0.0, 1.0)
log_odds = st.floats(-8.0, 8.0)
days = st.floats(0.0, 2000.0)
count = st.integers(1, 12).map(float)
weekday = st.integers(0, 6)
pace = st.floats(1.0, 1.35)

#: For every rule, values that each of its arguments may take, and each of the settings that move it.
DOMAINS: dict[str, dict[str, Any]] = {
    "logistic": {"x": st.floats(-800, 800)},
    "report_probability": {
        "report_base": log_odds,
        "severity": share,
        "trust": share,
        "report_trust_effect": st.floats(0, 4),
        "owner": st.sampled_from([0.0, 1.0]),
        "report_owner_effect": st.floats(-1, 2),
        "channel_cost": st.floats(0, 3),
        "digital": share,
        "integration": share,
        "habit": st.floats(-2, 2),
        "affected": st.integers(1, 15).map(float),
        "heard": st.floats(-1, 1),
    },
    "heard_after": {"heard": st.floats(-1, 1), "good": st.booleans()},
    "trust_after_meeting": {"trust": share},
    "agrees_to_help": {"propensity": share, "satisfaction": share},
    "joins_after_success": {"propensity": share, "reported": st.booleans(), "ladder": st.booleans()},
    "time_lived": {"time": days, "weekday": weekday, "pace": pace},
    "time_of_decision": {"begun": days, "wait": days, "weekday": weekday, "pace": pace},
    "repeat_probability": {"felt": st.booleans(), "trust": share},
    "patrol_hazard": {"minutes": st.floats(-10, 2000)},
    "lapse_day": {"severity": st.floats(0, 0.95), "growth": st.floats(0, 0.2), "threshold": st.floats(0, 40)},
    "growth_probability": {"severity": share},
    "settle_probability": {"solvability": share, "enforcement": share, "cover": share, "room": share, "trust": share},
    "hold_back_probability": {"pressure": share, "severity": share},
    "neighbour_agrees": {"trust": share},
    "with_neighbour": {"chance": share},
    "base_pressure": {"accountability": share, "rank_gap": share},
    "unit_pressure": {"accountability": share, "verticality": share, "rank_gap": share, "veto": st.booleans()},
    "statutory_wait_probability": {"statutory_wait_share": share, "enforcement": share},
    "effort_factor": {
        "effort_gain": st.floats(0, 2),
        "paperwork_cost": st.floats(0, 0.5),
        "pressure": st.floats(0, 1.2),
    },
    "weariness_after": {
        "weariness": st.floats(0, 1.5),
        "pressure": st.floats(0, 1.5),
        "fatigue_memory": st.floats(30, 365),
    },
    "worn_effort": {"weariness": share, "fatigue": share, "fatigue_effort": st.floats(0, 0.6)},
    "trained_after": {"trained": share, "turnover": share, "training_days": st.floats(30, 720)},
    "desk_accuracy": {"dispatch_base_accuracy": share, "known": share, "ambiguity": share, "acquainted": share},
    "help_probability": {"relation": share, "obligation": st.floats(-4, 6), "load": st.floats(0, 2), "stake": log_odds},
    "score_stake": {"pressure": share, "closeness": share, "shared_credit": share},
    "relation_after": {"relation": share, "worked": st.booleans(), "scale": st.floats(0.001, 3)},
    "dispatch_without_knowledge": {"dispatch_base_accuracy": share, "ambiguity": share},
    "dispatch_accuracy": {
        "dispatch_base_accuracy": share,
        "integration": share,
        "knowledge": share,
        "rule": share,
        "ambiguity": share,
    },
    "wanted_slack": {"cost": st.floats(0, 10), "belief": share},
    "will_after": {"will": share, "wanted": share},
    "belief_after": {"belief": share, "step": share},
    "belief_eased": {"belief": share},
    "belief_faded": {"belief": share},
    "remedy_probability": {"cost": st.floats(0, 10), "belief": share, "licensed": share, "checks": st.floats(0, 12)},
    "tidied_after": {"tidied": share, "problems": st.floats(0, 5)},
    "tidied_faded": {"tidied": share},
    "waiting_probability": {"seen": st.floats(0, 50)},
    "return_probability": {
        "ambiguity": share,
        "units": count,
        "load": st.floats(0, 2),
        "difficulty": st.floats(-2, 2),
        "accountability": share,
        "return_hard_effect": st.floats(-1, 1),
    },
    "return_by_score_loss": {
        "ambiguity": share,
        "expected_days": days,
        "target": st.floats(0.5, 365),
        "accountability": share,
    },
    "paper_probability": {
        "perfunctory_base": log_odds,
        "pressure": share,
        "strain": share,
        "detection": share,
        "satisfaction_weight": share,
        "more": st.floats(0, 2),
    },
    "paper_by_multitask": {
        "perfunctory_base": log_odds,
        "pressure": share,
        "detection": share,
        "satisfaction_weight": share,
        "more": st.floats(0, 2),
    },
    "queue_priority": {
        "risk_focus": share,
        "severity": share,
        "supervised": st.booleans(),
        "overdue": st.booleans(),
        "tier": st.integers(0, 3),
        "veto": st.booleans(),
        "public": st.booleans(),
    },
    "goes_public_probability": {"severity": share, "satisfaction": share, "public_voice": share},
    "complies_probability": {"enforcement": share},
    "time_for_the_district": {"in_wave": st.booleans()},
    "joint_friction": {"tie": share},
    "joint_delay": {"tie": share},
    "agree_probability": {"units": count, "difficulty": st.floats(-2, 2), "ambiguity": share},
    "faded": {"value": share, "days": days, "half_life": st.floats(7, 3650)},
    "detection_probability": {
        "verification_rate": share,
        "looks": st.floats(0, 500),
        "closures": st.floats(0, 500),
        "accountability": share,
        "independent_verification": st.booleans(),
    },
    "looks_a_day": {"inspectors": st.floats(0, 200), "verification_rate": share},
    "performance": {
        "late_days": st.floats(-100, 400),
        "target": st.floats(0.5, 365),
        "returns": st.integers(0, 9).map(float),
        "revisited": st.booleans(),
    },
    "satisfaction_of": {"worth": share, "expected": share, "loss_aversion": st.floats(1, 3)},
    "trust_after": {
        "trust": share,
        "good": st.booleans(),
        "trust_gain": st.floats(0, 0.3),
        "trust_loss": st.floats(0, 0.5),
        "share": share,
    },
    "commitment": {"dependence": share, "trust_in_centre": share},
    "aligned_target": {"dependence": share},
    "renewal_probability": {"alignment": share, "settled": share},
    "deterrence": {"intensity": share, "days": days},
    "target_after": {"target": share, "closed": share},
    "weight_after": {"weight": share, "closed": share, "satisfied": share},
    "audit_after": {"rate": st.floats(0, 0.5), "hollow": share},
    "posts_after": {"posts": st.floats(0, 500), "bad": share, "usual": share},
    "amplified": {"target": share, "amplification": st.floats(0, 0.4), "levels": st.sampled_from([1.0, 2.0, 3.0])},
}
#: All other rules give a chance or a share: within 0–1 whatever the arguments.
NOT_SHARES = {
    "heard_after",
    "score_stake",
    "lapse_day",
    "time_lived",
    "time_of_decision",
    "unit_pressure",
    "effort_factor",
    "weariness_after",
    "queue_priority",
    "posts_after",
    "time_for_the_district",
    "joint_friction",
    "joint_delay",
    "looks_a_day",
}
WITHIN_0_1 = set(DOMAINS) - NOT_SHARES
#: (rule, argument, direction): more of the argument never moves the value the other way.
MONOTONE = [
    ("report_probability", "severity", 1),
    ("report_probability", "trust", 1),
    ("report_probability", "channel_cost", -1),
    ("report_probability", "affected", -1),
    ("report_probability", "integration", 1),
    ("report_probability", "habit", 1),
    ("report_probability", "heard", 1),
    ("heard_after", "heard", 1),
    ("heard_after", "good", 1),
    ("trust_after_meeting", "trust", 1),
    ("agrees_to_help", "propensity", 1),
    ("agrees_to_help", "satisfaction", 1),
    ("joins_after_success", "propensity", 1),
    ("joins_after_success", "reported", 1),
    ("joins_after_success", "ladder", 1),
    ("repeat_probability", "trust", 1),
    ("time_lived", "time", 1),
    ("time_of_decision", "begun", 1),
    ("time_of_decision", "wait", 1),
    ("patrol_hazard", "minutes", 1),
    ("growth_probability", "severity", 1),
    ("lapse_day", "threshold", 1),
    ("lapse_day", "severity", 1),
    ("lapse_day", "growth", 1),
    ("settle_probability", "solvability", 1),
    ("settle_probability", "enforcement", -1),
    ("settle_probability", "cover", 1),
    ("settle_probability", "room", 1),
    ("settle_probability", "trust", 1),
    ("neighbour_agrees", "trust", 1),
    ("with_neighbour", "chance", 1),
    ("hold_back_probability", "pressure", 1),
    ("hold_back_probability", "severity", -1),
    ("base_pressure", "accountability", 1),
    ("base_pressure", "rank_gap", 1),
    ("unit_pressure", "verticality", -1),
    ("unit_pressure", "accountability", 1),
    ("unit_pressure", "veto", 1),
    ("statutory_wait_probability", "statutory_wait_share", 1),
    ("statutory_wait_probability", "enforcement", 1),
    ("effort_factor", "effort_gain", 1),
    ("effort_factor", "paperwork_cost", -1),
    ("weariness_after", "pressure", 1),
    ("weariness_after", "weariness", 1),
    ("worn_effort", "weariness", -1),
    ("worn_effort", "fatigue", -1),
    ("trained_after", "turnover", -1),
    ("trained_after", "training_days", -1),
    ("dispatch_accuracy", "dispatch_base_accuracy", 1),
    ("dispatch_accuracy", "integration", 1),
    ("dispatch_accuracy", "knowledge", 1),
    ("dispatch_accuracy", "rule", 1),
    ("dispatch_accuracy", "ambiguity", -1),
    ("dispatch_without_knowledge", "ambiguity", -1),
    ("dispatch_without_knowledge", "dispatch_base_accuracy", 1),
    ("wanted_slack", "cost", 1),
    ("wanted_slack", "belief", -1),
    ("will_after", "wanted", 1),
    ("belief_after", "step", 1),
    ("remedy_probability", "belief", 1),
    ("remedy_probability", "cost", -1),
    ("remedy_probability", "licensed", 1),
    ("remedy_probability", "checks", 1),
    ("tidied_after", "problems", -1),
    ("waiting_probability", "seen", 1),
    ("return_probability", "ambiguity", 1),
    ("return_probability", "units", 1),
    ("return_probability", "load", 1),
    ("return_by_score_loss", "ambiguity", 1),
    ("return_by_score_loss", "expected_days", 1),
    ("return_by_score_loss", "target", -1),
    ("paper_probability", "strain", 1),
    ("paper_probability", "detection", -1),
    ("paper_probability", "satisfaction_weight", -1),
    ("paper_by_multitask", "detection", -1),
    ("paper_by_multitask", "satisfaction_weight", -1),
    ("queue_priority", "severity", 1),
    ("queue_priority", "tier", 1),
    ("queue_priority", "supervised", 1),
    ("queue_priority", "overdue", 1),
    ("queue_priority", "public", 1),
    ("goes_public_probability", "severity", 1),
    ("goes_public_probability", "satisfaction", -1),
    ("goes_public_probability", "public_voice", 1),
    ("complies_probability", "enforcement", 1),
    ("time_for_the_district", "in_wave", -1),
    ("joint_friction", "tie", -1),
    ("joint_delay", "tie", -1),
    ("agree_probability", "units", -1),
    ("agree_probability", "difficulty", -1),
    ("agree_probability", "ambiguity", -1),
    ("faded", "days", -1),
    ("faded", "half_life", 1),
    ("detection_probability", "verification_rate", 1),
    ("detection_probability", "looks", 1),
    ("detection_probability", "closures", -1),
    ("detection_probability", "accountability", -1),
    ("detection_probability", "independent_verification", 1),
    ("looks_a_day", "inspectors", 1),
    ("looks_a_day", "verification_rate", -1),
    ("performance", "late_days", -1),
    ("performance", "target", 1),
    ("performance", "returns", -1),
    ("performance", "revisited", 1),
    ("satisfaction_of", "worth", 1),
    ("satisfaction_of", "expected", -1),
    ("satisfaction_of", "loss_aversion", -1),
    ("trust_after", "good", 1),
    ("trust_after", "trust", 1),
    ("commitment", "dependence", 1),
    ("commitment", "trust_in_centre", 1),
    ("aligned_target", "dependence", 1),
    ("renewal_probability", "alignment", 1),
    ("renewal_probability", "settled", 1),
    ("deterrence", "intensity", 1),
    ("deterrence", "days", 1),
    ("target_after", "target", 1),
    ("target_after", "closed", 1),
    ("weight_after", "closed", 1),
    ("weight_after", "satisfied", -1),
    ("audit_after", "rate", 1),
    ("audit_after", "hollow", 1),
    ("posts_after", "posts", 1),
    ("posts_after", "bad", 1),
    ("amplified", "target", 1),
    ("amplified", "amplification", 1),
    ("amplified", "levels", 1),
]


def plain(name: str) -> Callable[..., float]:
    """The rule as a Python function."""
    rule = getattr(rules, name)
    return getattr(rule, "py_func", rule)


def value_of(rule: Callable[..., float], values: dict[str, Any], **settings: Any) -> float:
    """What a rule gives for these arguments; values that are none of its arguments are settings, as are the others."""
    wanted = inspect.signature(getattr(rule, "py_func", rule)).parameters
    arguments = [values[argument] for argument in wanted if argument != "c"]
    if "c" not in wanted:
        return rule(*arguments)
    more = {name: value for name, value in values.items() if name not in wanted}
    return rule(with_settings(**more, **settings), *arguments)


def all_rules() -> list[str]:
    return [
        name
        for name, found in vars(rules).items()
        if hasattr(found, "py_func") and found.py_func.__module__.startswith(rules.__name__)
    ]


def test_every_rule_is_tested_over_all_of_its_arguments() -> None:
    if all_rules():  # none is compiled in an interpreted run
        assert sorted(all_rules()) == sorted(DOMAINS)
    for name, domain in DOMAINS.items():
        taken = [argument for argument in inspect.signature(plain(name)).parameters if argument != "c"]
        assert taken == [argument for argument in domain if argument in taken]
        assert set(domain) - set(taken) <= set(SETTINGS.names or ()), name


def test_rules_read_settings_from_their_first_argument_and_take_few_others() -> None:
    for name in DOMAINS:
        arguments = list(inspect.signature(plain(name)).parameters)
        assert len(arguments) <= 8 and "c" not in arguments[1:], name


@pytest.mark.parametrize("name", DOMAINS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_rules_give_numbers_the_same_compiled_and_plain(name: str, data: st.DataObject) -> None:
    values = {argument: data.draw(domain, label=argument) for argument, domain in DOMAINS[name].items()}
    value = value_of(plain(name), values)
    assert math.isfinite(value)
    if name in WITHIN_0_1:
        assert 0.0 <= value <= 1.0
    assert value_of(getattr(rules, name), values) == value


@pytest.mark.parametrize("name", DOMAINS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_rules_give_numbers_whatever_their_coefficients(name: str, data: st.DataObject) -> None:
    """Within the bounds that the coefficients are declared with."""
    read = set(re.findall(r"\bc\.(\w+)", inspect.getsource(plain(name))))
    drawn = {one.name: data.draw(within(one), label=one.name) for one in coefficients() if one.name in read}
    values = {argument: data.draw(domain, label=argument) for argument, domain in DOMAINS[name].items()}
    value = value_of(plain(name), values, **drawn)
    assert math.isfinite(value)
    if name in WITHIN_0_1 - {"patrol_hazard"}:  # a hazard, which is no chance
        assert 0.0 <= value <= 1.0


def within(one: Declaration) -> st.SearchStrategy[float]:
    """Values between a coefficient's bounds."""
    assert one.low is not None and one.high is not None
    return st.integers(int(one.low), int(one.high)) if one.type == "integer" else st.floats(one.low, one.high)


@pytest.mark.parametrize(("name", "argument", "direction"), MONOTONE)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_rules_move_one_way(name: str, argument: str, direction: int, data: st.DataObject) -> None:
    values = {other: data.draw(domain, label=other) for other, domain in DOMAINS[name].items()}
    second = data.draw(DOMAINS[name][argument], label="more")
    low, high = sorted((values[argument], second))
    below, above = (value_of(plain(name), values | {argument: value}) for value in (low, high))
    assert direction * (above - below) >= -1e-12


def test_reporting_at_the_defaults() -> None:
    """Worked by hand: −1.3 + 2·0.3 + 1.5·0 + 0.4 − 1·0.35 + 0 − 0.9 ln 1 = −0.65."""
    chance = rules.report_probability(C, 0.3, 0.5, 1.0, 0.65, 0.0, 1.0)
    assert chance == pytest.approx(1 / (1 + math.exp(0.65)))


def test_a_bystander_leaves_it_to_others() -> None:
    alone, among_eight = (rules.report_probability(C, 0.3, 0.5, 1.0, 0.65, 0.0, n) for n in (1.0, 8.0))
    assert among_eight / (1 - among_eight) == pytest.approx(alone / (1 - alone) * 8**-0.9)


def test_whoever_expects_nothing_stays_silent() -> None:
    assert rules.repeat_probability(C, True, 0.0) == 0.0
    assert rules.repeat_probability(C, True, 0.5) == rules.repeat_probability(C, True, 1.0) == 0.5
    assert rules.repeat_probability(C, False, 0.25) == 0.125


def test_patrol_has_diminishing_returns() -> None:
    assert rules.patrol_hazard(C, 0.0) == 0.0
    assert rules.patrol_hazard(C, 60.0) == 0.011
    assert rules.patrol_hazard(C, 120.0) < 2 * rules.patrol_hazard(C, 60.0)


def test_a_problem_fades_when_its_integrated_hazard_reaches_the_threshold() -> None:
    assert rules.lapse_day(C, 0.1, 0.0, 2.0) == pytest.approx(100.0)  # 2·45/0.9
    severity, growth, threshold = 0.2, 0.01, 0.5
    day = rules.lapse_day(C, severity, growth, threshold)
    steps = np.linspace(0.0, day, 200_001)
    assert np.trapezoid((1 - severity - growth * steps) / 45.0, steps) == pytest.approx(threshold, rel=1e-6)
    assert rules.lapse_day(C, 0.9, 0.05, 1.0) == 1e9  # a crisis comes first


def test_settlement_is_capped_and_needs_no_powers() -> None:
    assert rules.settle_probability(C, 1.0, 0.0, 1.0, 1.0, 1.0) == 0.95
    assert rules.settle_probability(C, 1.0, 1.0, 1.0, 1.0, 0.5) == pytest.approx(0.2 * 1.05)
    assert rules.settle_probability(C, 1.0, 0.0, 1.0, 0.0, 1.0) == 0.0


def test_pressure_needs_accountability_and_stops_at_the_line() -> None:
    full = with_settings(accountability=1.0)
    assert rules.unit_pressure(with_settings(accountability=0.0), 0.0, 1.0, True) == 0.0
    assert rules.unit_pressure(full, 1.0, 1.0, True) == 0.0
    assert rules.unit_pressure(full, 0.0, 1.0, True) == pytest.approx(1.2)
    assert rules.base_pressure(C, 0.5) == pytest.approx(0.3)


def test_effort_rises_then_paperwork_eats_it() -> None:
    c = with_settings(effort_gain=1.0, paperwork_cost=0.2)
    assert rules.effort_factor(c, 0.0) == 1.0
    assert rules.effort_factor(c, 0.5) == pytest.approx(1.5 * 0.9)
    assert rules.effort_factor(with_settings(effort_gain=0.0, paperwork_cost=0.5), 1.0) == 0.5
    effort_alone = with_settings(effort_gain=1.0, paperwork_cost=0.0)
    gains = np.diff([rules.effort_factor(effort_alone, p) for p in np.linspace(0, 1, 11)])
    assert np.all(np.diff(gains) < 0)


def test_dispatch_is_right_with_a_full_rule_and_no_better_than_its_base_without_a_platform() -> None:
    usual = with_settings().dispatch_usual_ambiguity
    assert rules.dispatch_accuracy(with_settings(integration=1.0), 0.0, 1.0, usual) == 1.0
    assert rules.dispatch_accuracy(with_settings(integration=0.0), 1.0, 0.0, usual) == pytest.approx(0.8)
    assert rules.dispatch_accuracy(with_settings(integration=0.5), 0.5, 0.5, usual) == pytest.approx(1 - 0.15 * 0.5)


def test_without_knowledge_clear_duties_are_known_and_unclear_ones_guessed() -> None:
    """Odds of 4 for 0.8; e^(3·0.25) and e^(3·(0.25 − 1)) times as much."""
    chances = [rules.dispatch_without_knowledge(with_settings(), h) for h in (0.0, 1.0)]
    odds = [4.0 * math.exp(0.75), 4.0 * math.exp(-2.25)]
    assert chances == pytest.approx([one / (1.0 + one) for one in odds])
    assert rules.dispatch_without_knowledge(with_settings(dispatch_ambiguity_effect=0.0), 1.0) == pytest.approx(0.8)


def test_a_place_weighs_its_cost_against_what_being_caught_would_cost() -> None:
    """Cost 1, penalty 5: without fear it lets everything slide, at a belief of 0.2 half, at 1 a sixth."""
    found = [rules.wanted_slack(with_settings(), 1.0, belief) for belief in (0.0, 0.2, 1.0)]
    assert found == pytest.approx([1.0, 0.5, 1.0 / 6.0])
    assert rules.waiting_probability(with_settings(), 0.0) == 0.0
    assert rules.waiting_probability(with_settings(), 2.0) == pytest.approx(0.5)


def test_whether_being_watched_brings_back_hard_cases_is_a_parameter() -> None:
    def returned(difficulty: float, accountability: float, hard: float) -> float:
        c = with_settings(accountability=accountability, return_hard_effect=hard)
        return rules.return_probability(c, 0.5, 2.0, 1.0, difficulty)

    assert returned(2.0, 0.9, 0.0) < returned(2.0, 0.1, 0.0) and returned(2.0, 0.5, 0.0) > returned(-2.0, 0.5, 0.0)
    assert returned(2.0, 0.9, 1.0) > returned(2.0, 0.1, 1.0) and returned(-2.0, 0.9, 1.0) < returned(-2.0, 0.1, 1.0)
    assert returned(2.0, 0.9, -1.0) < returned(2.0, 0.9, 0.0) < returned(2.0, 0.9, 1.0)


def test_clear_duties_end_returns_and_each_form_says_so_in_its_way() -> None:
    clear, unclear = (rules.return_probability(C, h, 2.0, 0.5, 0.0) for h in (0.0, 1.0))
    assert unclear / (1 - unclear) == pytest.approx(math.exp(2.0) * clear / (1 - clear))
    c = with_settings(accountability=1.0)
    assert rules.return_by_score_loss(c, 0.0, 0.0, 10.0) < 0.001
    assert rules.return_by_score_loss(c, 1.0, 100.0, 10.0) == pytest.approx(rules.logistic(6 * (1.5 - 0.25) - 3))


def test_paper_needs_pressure_and_strain_together() -> None:
    base, c = rules.logistic(-2.0), with_settings(detection=0.0, satisfaction_weight=0.0)
    assert rules.paper_probability(c, 0.0, 1.0, 0.0) == pytest.approx(base)
    assert rules.paper_probability(c, 1.0, 0.0, 0.0) == pytest.approx(base)
    assert rules.paper_probability(c, 0.5, 0.2, 0.0) == pytest.approx(rules.logistic(0.5))
    assert rules.paper_by_multitask(with_settings(detection=0.5, satisfaction_weight=0.5), 0.0, 0.0) == pytest.approx(
        base
    )


def test_what_is_measured_cheaply_draws_effort_from_what_is_not() -> None:
    ignored, watched = (
        rules.paper_by_multitask(with_settings(detection=v, satisfaction_weight=v), 0.5, 0.0) for v in (0.0, 0.5)
    )
    assert ignored / (1 - ignored) == pytest.approx(math.exp(-2.0) * 5.0)
    assert watched < rules.logistic(-2.0)


def test_a_veto_comes_before_everything() -> None:
    most_without = rules.queue_priority(with_settings(risk_focus=1.0), 1.0, True, True, 3, False)
    c = with_settings(risk_focus=0.0)
    assert rules.queue_priority(c, 0.0, False, False, 0, True) > most_without
    assert rules.queue_priority(c, 0.9, False, False, 0, False) == rules.queue_priority(c, 0.1, False, False, 0, False)


def test_strangers_need_longer_for_a_joint_case() -> None:
    assert (rules.joint_friction(C, 1.0), rules.joint_delay(C, 1.0)) == (1.0, 0.0)
    assert (rules.joint_friction(C, 0.0), rules.joint_delay(C, 0.0)) == (1.3, 2.0)


def test_half_is_left_after_a_half_life() -> None:
    assert rules.faded(0.8, 30.0, 30.0) == pytest.approx(0.4)
    assert rules.faded(0.8, 0.0, 30.0) == 0.8


def test_inspectors_find_less_when_they_are_few_or_serve_the_appraised() -> None:
    def watched(accountability: float, independent: bool) -> Any:
        return with_settings(verification_rate=0.2, accountability=accountability, independent_verification=independent)

    assert rules.detection_probability(watched(1.0, True), 10.0, 40.0) == pytest.approx(0.05)
    assert rules.detection_probability(watched(1.0, False), 100.0, 40.0) == pytest.approx(0.12)
    assert rules.detection_probability(watched(0.0, False), 0.0, 0.0) == pytest.approx(0.2)
    assert rules.looks_a_day(C, 14.0) == pytest.approx(112.0)


def test_performance_falls_to_a_half_with_the_target_s_delay() -> None:
    assert rules.performance(C, -3.0, 10.0, 0.0, False) == 0.9
    assert rules.performance(C, 5.0, 10.0, 0.0, False) == pytest.approx(0.7)
    assert rules.performance(C, 400.0, 10.0, 1.0, True) == pytest.approx(0.5)


def test_losses_outweigh_gains() -> None:
    assert rules.satisfaction_of(C, 0.6, 0.6) == 0.6
    assert rules.satisfaction_of(C, 0.7, 0.5) - 0.7 == pytest.approx(0.04)
    assert 0.5 - rules.satisfaction_of(C, 0.5, 0.7) == pytest.approx(0.04 * 2.25)


def test_trust_is_lost_faster_than_won() -> None:
    assert rules.trust_after(C, 0.5, True, 1.0) == pytest.approx(0.55)
    assert rules.trust_after(C, 0.5, False, 1.0) == pytest.approx(0.38)
    assert rules.trust_after(C, 0.5, False, 0.5) == pytest.approx(0.44)


def test_targets_are_amplified_level_by_level() -> None:
    """The district's 0.80 with α = 0.2, as the design has it: 0.84, 0.872, 0.898."""
    assert [round(rules.amplified(0.8, 0.2, level), 3) for level in (1.0, 2.0, 3.0)] == [0.84, 0.872, 0.898]
    assert rules.amplified(0.8, 0.0, 3.0) == pytest.approx(0.8)


def test_deterrence_builds_up_within_weeks() -> None:
    assert rules.deterrence(C, 0.5, 0.0) == 0.0
    assert rules.deterrence(C, 0.5, 7.0) == pytest.approx(0.3 * (1 - math.exp(-1)))
    assert rules.deterrence(C, 1.0, 1000.0) == pytest.approx(0.6)


def test_dependence_commits_and_aligns() -> None:
    assert rules.commitment(C, 0.7, 0.5) == pytest.approx(rules.logistic(0.22))
    assert (rules.aligned_target(C, 0.0), rules.aligned_target(C, 1.0)) == (0.1, pytest.approx(0.95))
    assert rules.renewal_probability(C, 0.5, 0.5) == pytest.approx(rules.logistic(1.5))
    assert rules.agree_probability(C, 2.0, 0.0, 0.0) == pytest.approx(rules.logistic(1.4))
    assert rules.hold_back_probability(C, 1.0, 0.0) == 0.25
