"""Records of the units, the issue types, the settings of a run and its tally: what compiled code reads and counts.

Numbers in records are float64, so that compiled and interpreted runs agree to the last bit. The tables are filled from
the data files and the parameters by `world/build.py`; nothing here has a number of its own but the largest sizes.
"""

from typing import Any

import numpy as np

from pingan_abm.district.keys import CHANNEL_NAMES as CHANNEL_NAMES
from pingan_abm.district.keys import MECHANISMS as MECHANISMS
from pingan_abm.district.keys import MOST_UNITS
from pingan_abm.parameters.coefficients import Coefficients

MAX_UNITS = MOST_UNITS  # linkage units that a district may have
CHANNELS = len(CHANNEL_NAMES)
TIERS, STEPS, MEETING_STAGES = 4, 4, 6  # of the queue; of escalation; of a joint meeting
SLOTS = MAX_UNITS + 1  # shares have a slot for each unit, and one for "the subdistrict where the problem lies"
PLACE = MAX_UNITS  # that slot
GRID, EHOME, HOTLINE, POLICE, OWN_PLATFORM, STUDIO = range(CHANNELS)  # page order of joining

_Fields = list[tuple[Any, ...]]


def record(
    floats: str, integers: str = "", keys: str = "", arrays: _Fields | None = None, masks: str = "", small: str = ""
) -> np.dtype[Any]:
    """An aligned record dtype: uint64 keys, float64 numbers, arrays, int64 bit masks, int32 and small int16 integers,
    in that order."""
    fields: _Fields = [(name, "u8") for name in keys.split()] + [(name, "f8") for name in floats.split()]
    fields += (arrays or []) + [(name, "i8") for name in masks.split()] + [(name, "i4") for name in integers.split()]
    fields += [(name, "i2") for name in small.split()]
    formats = [field[1] if len(field) == 2 else (field[1], field[2]) for field in fields]
    size = -8 * (-np.dtype(fields).itemsize // 8)  # keeps the next row's numbers aligned
    return np.dtype(
        (np.record, np.dtype({"names": [field[0] for field in fields], "formats": formats, "itemsize": size}))
    )


UNIT = record(
    # staff: staff-days a day; weariness: pressure that has lasted; trained: share of its staff; capacity: effective
    # staff-days today; carried: taken off tomorrow's capacity for returns, replies and meetings; on_time_*: decayed
    # sums of substantive closures in time and of all; backlog: staff-days waiting
    "staff weariness trained capacity carried overhead pressure rank_gap target verticality veto_until on_time_sum "
    "on_time_weight backlog spent available offered score extra_gap campaign_share",
    "tier line subdistrict queued active",
)

ISSUE = record(
    # first_subtype, subtypes: its sub-types stand side by side
    "rate severity hotline_factor deterrence files_recent reports_recent",
    "mechanism first_subtype subtypes",
)

SUBTYPE = record(
    # rate: problems per 1,000 persons and year; today: expected problems of today, of candidates where places decide
    # which of them come true; entropy: how unclear the duties are; knowledge, rule: what the centre has learned;
    # issue: the type; place_kind: which kind of place causes it, −1 if none; holders: the n_holders units that have a
    # share of their own in it, in the order of the table
    "rate today enforcement solvability work_median work_log_sd target_days recur severity joint affected_mean"
    " remedy_days entropy knowledge rule",
    "issue appears_as n_holders place_kind",
    arrays=[("shares", "f8", (SLOTS,)), ("lead_shares", "f8", (SLOTS,)), ("holders", "i4", (MAX_UNITS,))],
)

#: Coefficients by the kind of their values: each has a place of its own name in the settings.
WHOLE = " ".join(name for name, field in Coefficients.model_fields.items() if field.annotation is int)
NUMBERS = " ".join(name for name, field in Coefficients.model_fields.items() if field.annotation is float)

SETTINGS = record(
    # the parameters that kernels read, under their own names (switches are 0 or 1) …
    "funding_dependence accountability verification_rate satisfaction_weight target_amplification risk_focus "
    "target_days devolved_authority report_base report_trust_effect report_owner_effect channel_cost "
    "dispatch_base_accuracy learning_rate perfunctory_base effort_gain paperwork_cost tie_growth loss_aversion "
    "expectation_speed trust_gain trust_loss joint_dispatch_after inspectors statutory_wait_share statutory_wait_days "
    "return_hard_effect fatigue fatigue_memory fatigue_effort fatigue_turnover training_days untrained_loss "
    "public_voice shared_credit"
    # … what follows from them and from the district's size …
    " scale integration staff_factor pace looks_per_day orders detection centre_items"
    " campaign_intensity campaign_ends next_tenth"
    # … what follows from coefficients: *_keep is the share left after a day, *_loss the share gone
    " usual_integration volunteer_minutes_a_day room_keep recent_keep prevention_keep"
    " learned_keep on_time_keep place_fear_keep campaign_memory_keep paper_powerless_log_odds meeting_length "
    + NUMBERS,
    # … and the coefficients themselves
    "command_centre one_vote_veto social_cogovernance administrative_handling territorial_backstop "
    "independent_verification capacity_only return_form closure_form relation_form tie_dynamics helping "
    "three_society_link neighbours_mediate studios_ask organisation_work appraisal volunteers patrol repeat_reports "
    "severity_growth recurrence remedies places revisits holding_back padding buck_passing perfunctory joint_dispatch "
    "supervision "
    "special_meetings joint_meetings learning hearing contact_trust ladder second_principal studios campaign_issue day "
    "weekday issues units grids residents gravest_issue crisis_unit_1 crisis_unit_2 "
    "centre_actor supervision_actor community_actor group_actor body_actor organisation_actor " + WHOLE,
    keys="key",
    # joined: share of each channel's files that go to the one system; the others are coefficients by channel, by tier,
    # by stage of a joint meeting and by step of escalation
    arrays=[
        ("joined", "f8", (CHANNELS,)),
        ("channel_use", "f8", (CHANNELS,)),
        ("desks", "i8", (CHANNELS,)),  # the unit that keeps each channel's own desk; −1: the subdistrict's office
        ("tier_weight", "f8", (TIERS,)),
        ("meeting_days", "f8", (MEETING_STAGES,)),
        ("a_month", "f8", (STEPS,)),
    ],
)

BOOK = (  # where the registers, lists and queues stand
    "problems cases assignments closures events nodes free_node due_nodes overflow latent latent_rows centre_head "
    "centre_tail centre_waiting verify_head verify_waiting deterred campaign_issue"
)
COUNTS = (  # cumulative since day 0; what each counts stands where outcomes use it
    "arisen deterred_away reports repeat_reports same_reporter registered registered_by_patrol registered_by_studio "
    "social_ended settled solved solved_by_society solved_with_file lapsed files duplicates primary patrol_files "
    "dispatched_files dispatches misdirected correct returns closed paper reopened_by_audit reopened_by_complaint "
    "crises supervisions special_meetings level_2 level_1 uploads adopted padded ratings good_ratings spent "
    "available offered minutes_worked minutes_paperwork minutes_settling minutes_patrol minutes_revisits "
    "minutes_uploads minutes_volunteers minutes_community revisits_made backstops hand_offs joint_dispatches tries "
    "ideas working_rules campaigns volunteers_now heard_solved heard_hollow meetings_in_person "
    "joined_when_asked went_public complied asked_units helped_units refused_cases asked_centre "
    "own_initiatives studio_requests neighbours_asked neighbours_mediated registered_by_talk "
    "files_at_start problems_at_start"  # open, and unsolved with a file, on the morning of day 0: not counts
)
TALLY = record(
    "centre_carry padding_waiting " + COUNTS,
    BOOK,
    # of supervision, special-topic, level-2 and level-1 meetings: how many may be held now, and how many files wait for
    # one
    arrays=[("tokens", "f8", (STEPS,)), ("on_agenda", "i8", (STEPS,))],
)
