"""The decision rules R1–R22 and R26–R31: small pure functions of plain numbers.

No arrays, no draws, no state: tests call them, charts map them, kernels inline them. Each docstring is the rule's
specification: what it says, its units, its source, and why it is shaped so. "Assumed" means ours, not the paper's.
The first argument `c` is the record of the run's settings, where parameters and coefficients stand under their own
names; `world/settings.py` gives one with all defaults. Numbers in a docstring are defaults of coefficients. A is
accountability, p a unit's pressure, H the ambiguity of duties (entropy of the shares over ln 5).

One module for each step of the cycle; this folder gives all of them under one name.
"""

from pingan_abm.rules.cooperating import desk_accuracy, help_probability, relation_after, score_stake
from pingan_abm.rules.dispatching import (
    agree_probability,
    dispatch_accuracy,
    dispatch_without_knowledge,
    return_by_score_loss,
    return_probability,
)
from pingan_abm.rules.experience import (
    performance,
    satisfaction_of,
    trust_after,
)
from pingan_abm.rules.form import faded, logistic
from pingan_abm.rules.handling import (
    base_pressure,
    effort_factor,
    joint_delay,
    joint_friction,
    paper_by_multitask,
    paper_probability,
    queue_priority,
    statutory_wait_probability,
    trained_after,
    unit_pressure,
    weariness_after,
    worn_effort,
)
from pingan_abm.rules.hearing import agrees_to_help, heard_after, joins_after_success, trust_after_meeting
from pingan_abm.rules.organisations import aligned_target, commitment, renewal_probability
from pingan_abm.rules.places import (
    belief_after,
    belief_eased,
    belief_faded,
    remedy_probability,
    tidied_after,
    tidied_faded,
    waiting_probability,
    wanted_slack,
    will_after,
)
from pingan_abm.rules.public import complies_probability, goes_public_probability, time_for_the_district
from pingan_abm.rules.reporting import (
    growth_probability,
    lapse_day,
    patrol_hazard,
    repeat_probability,
    report_probability,
    time_lived,
    time_of_decision,
)
from pingan_abm.rules.settling import hold_back_probability, neighbour_agrees, settle_probability, with_neighbour
from pingan_abm.rules.steering import (
    amplified,
    audit_after,
    deterrence,
    posts_after,
    target_after,
    weight_after,
)
from pingan_abm.rules.verifying import detection_probability, looks_a_day

__all__ = [
    "agree_probability",
    "agrees_to_help",
    "aligned_target",
    "amplified",
    "audit_after",
    "base_pressure",
    "belief_after",
    "belief_eased",
    "belief_faded",
    "commitment",
    "complies_probability",
    "desk_accuracy",
    "detection_probability",
    "deterrence",
    "dispatch_accuracy",
    "dispatch_without_knowledge",
    "effort_factor",
    "faded",
    "goes_public_probability",
    "growth_probability",
    "heard_after",
    "help_probability",
    "hold_back_probability",
    "joins_after_success",
    "joint_delay",
    "joint_friction",
    "lapse_day",
    "logistic",
    "looks_a_day",
    "neighbour_agrees",
    "paper_by_multitask",
    "paper_probability",
    "patrol_hazard",
    "performance",
    "posts_after",
    "queue_priority",
    "relation_after",
    "remedy_probability",
    "renewal_probability",
    "repeat_probability",
    "report_probability",
    "return_by_score_loss",
    "return_probability",
    "satisfaction_of",
    "score_stake",
    "settle_probability",
    "statutory_wait_probability",
    "target_after",
    "tidied_after",
    "tidied_faded",
    "time_for_the_district",
    "time_lived",
    "time_of_decision",
    "trained_after",
    "trust_after",
    "trust_after_meeting",
    "unit_pressure",
    "waiting_probability",
    "wanted_slack",
    "weariness_after",
    "weight_after",
    "will_after",
    "with_neighbour",
    "worn_effort",
]
