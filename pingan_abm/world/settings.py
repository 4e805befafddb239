"""The record of settings that compiled code reads: parameters under their own names, and what follows from them."""

import math
from typing import Any

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.parameters.declared import Parameters, usual_parameters
from pingan_abm.rules import detection_probability, looks_a_day
from pingan_abm.world.relations import NETWORK_FORMS, Seats
from pingan_abm.world.tables import CHANNEL_NAMES, SETTINGS

WEEK, MONTH, YEAR = 7.0, 30.0, 365.0  # days


def default_settings() -> Any:
    """A record of settings with every parameter at its default, for a caller of a single rule.

    >>> from pingan_abm.rules import hold_back_probability
    >>> hold_back_probability(default_settings(), 1.0, 0.0)
    0.25
    """
    return settings_of(usual_parameters())


def settings_of(parameters: Parameters) -> Any:
    """A record of settings with these parameters and what follows from them alone, without any district."""
    rows = np.zeros(1, SETTINGS)
    fill_parameters(rows[0], parameters)
    return rows[0]


def fill_parameters(row: Any, p: Parameters) -> None:
    """What the parameters say, under their own names, and what follows from them alone."""
    choices: dict[str, Any] = {
        "capacity_only": p.behaviour == "capacity_only",
        "return_form": int(p.return_form == "score_loss"),
        "closure_form": int(p.closure_form == "multitask"),
        "relation_form": NETWORK_FORMS[p.relation_network],
    }
    for name in SETTINGS.names or ():
        if name in choices:
            row[name] = choices[name]
        elif name in Parameters.model_fields and name not in ("campaign_issue", "campaign_intensity"):
            row[name] = getattr(p, name)
    row.integration = p.channel_integration if p.command_centre else 0.0
    row.usual_integration = usual_parameters().channel_integration
    row.volunteer_minutes_a_day = p.volunteer_minutes_a_week / WEEK
    row.paper_powerless_log_odds = math.log(p.paper_powerless_odds)
    row.channel_use[:] = channel_use(p)
    row.tier_weight[:] = (0.0, p.queue_joint, p.queue_supervision_tier, p.queue_meeting)
    row.meeting_days[:] = meeting_days(p)
    row.meeting_length = sum(meeting_days(p))
    row.a_month[:] = (
        p.supervisions_a_month,
        p.special_meetings_a_month,
        p.level_2_meetings_a_month,
        p.level_1_meetings_a_month,
    )
    fill_memories(row, p)


def fill_memories(row: Any, p: Parameters) -> None:
    """The shares that remain after a day of what was counted, granted, prevented or learned."""
    row.room_keep = kept_a_day(p.room_half_life)
    row.on_time_keep = kept_a_day(p.on_time_half_life)
    row.prevention_keep = kept_a_day(p.prevention_half_life)
    row.learned_keep = kept_a_day(p.rule_half_life) if p.learning and p.fading else 1.0
    row.place_fear_keep, row.campaign_memory_keep = (
        kept_a_day(p.place_fear_half_life),
        kept_a_day(p.campaign_memory_days),
    )
    row.recent_keep = math.exp(-1.0 / p.recent_days)


def kept_a_day(half_life: float) -> float:
    """Share left after a day, given the days after which half is left."""
    return math.exp2(-1.0 / half_life)


def channel_use(p: Parameters) -> tuple[float, ...]:
    """Shares of use of the channels in the order of joining, at usual digital access."""
    return (
        p.channel_use_grid,
        p.channel_use_ehome,
        p.channel_use_hotline,
        p.channel_use_police,
        p.channel_use_own_platform,
        p.channel_use_studio,
    )


def meeting_days(p: Parameters) -> tuple[float, ...]:
    """Length of the stages of a level-2 joint meeting."""
    return (
        p.meeting_application_days,
        p.meeting_first_review_days,
        p.meeting_consultation_days,
        p.meeting_review_days,
        p.meeting_final_review_days,
        p.meeting_archiving_days,
    )


def joined_shares(p: Parameters, integration: float, studio: bool) -> tuple[float, ...]:
    """Share of each channel's files in the one system: channels join in order until use reaches the integration
    wanted. One that nobody uses joins with the last."""
    if integration >= 1.0:
        return (1.0,) * len(channel_use(p))
    use = list(channel_use(p))
    if not studio:
        use[-1] = 0.0
    left, joined = integration * sum(use), []
    for part in use:
        joined.append(1.0 if left >= part - 1e-12 and part > 0.0 else max(0.0, left / part) if part > 0.0 else 0.0)
        left = max(0.0, left - part)
    return tuple(joined)


def fill_settings(
    district: District, parameters: Parameters, residents: int, key: np.uint64, table: np.ndarray | None = None
) -> np.ndarray:
    """The SETTINGS record: parameters under their own names, and what follows from them and the district's size."""
    rows = np.zeros(1, SETTINGS) if table is None else table
    row, p = rows[0], parameters
    fill_parameters(row, p)
    scale = residents / district.about.residents
    row.key, row.scale, row.residents = key, scale, residents
    row.issues, row.units = len(district.issues), len(district.units)
    places = Seats(len(district.units), len(district.communities))
    row.centre_actor, row.supervision_actor, row.community_actor = places.centre, places.supervision, places.community
    row.group_actor, row.body_actor, row.organisation_actor = places.group, places.body, places.organisation
    desks = [unit.desk for unit in district.units]
    row.desks[:] = [desks.index(name) if name in desks else -1 for name in CHANNEL_NAMES]
    row.studios = p.grassroots_groups if p.social_cogovernance else 0
    row.joined[:] = joined_shares(p, row.integration, row.studios > 0)
    row.centre_items = p.centre_items_a_day * scale
    row.looks_per_day = looks_a_day(row, p.inspectors * scale)
    row.orders = p.accountability if p.command_centre and not row.capacity_only else 0.0
    ranks = [unit.crisis_rank for unit in district.units]
    row.crisis_unit_1, row.crisis_unit_2 = (ranks.index(rank) if rank in ranks else -1 for rank in (1, 2))
    weights = [
        issue.severity * (1.0 if p.accountability > 0 and p.command_centre else 0.0) for issue in district.issues
    ]
    row.gravest_issue = int(np.argmax(weights)) if max(weights) > 0 else -1
    if table is None:
        row.campaign_issue = -1
        row.detection = detection_probability(row, math.inf, 1.0)
        row.staff_factor = 1.0
    return rows
