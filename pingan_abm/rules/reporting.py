"""R1–R3: whether and when residents report, and report again; how latent problems are found, fade and grow."""

import math

import numpy as np

from pingan_abm.engine.compiled import compiled
from pingan_abm.rules.form import logistic

NEVER = 1e9  # a day after any run


@compiled
def report_probability(
    c: np.record,
    severity: float,
    trust: float,
    owner: float,
    digital: float,
    habit: float,
    affected: float,
    heard: float = 0.0,
) -> float:
    """R1. An affected resident reports the more readily the graver the problem, the more she trusts, if she owns her
    home, the less effort it costs her, the better what she has heard from others; less the more others could do it.

    Log-odds: report_base + 2·severity + report_trust_effect(τ − ½) + report_owner_effect·owner − channel_cost(1 −
    digital)·(1 + 0.7(usual integration − integration)) + the community's habit − 0.9 ln(affected) + 0.45·heard (R26).
    Source: assumed; bystanders Darley & Latané (1968); habit set so that communities differ about threefold (Liu et
    al. 2024); others' solutions: Trucco (2016), size after own success (57 % more: Sjoberg et al. 2017).
    Integration lowers effort (the paper's claim that one platform is easier to reach), normalised to 1 at the
    default, so the base keeps its meaning.
    """
    effort = c.channel_cost * (1.0 + c.report_integration_effect * (c.usual_integration - c.integration))
    pull = (
        c.report_base
        + c.report_severity_effect * severity
        + c.report_trust_effect * (trust - 0.5)
        + c.report_owner_effect * owner
        - effort * (1.0 - digital)
    )
    pull += c.report_heard_effect * heard
    return logistic(pull + habit - c.report_bystander_effect * math.log(affected))


@compiled
def time_lived(time: float, weekday: int, pace: float) -> float:
    """R1b. Days lived by a time of the run, counted from the Monday before it: a working day counts as `pace`, a
    weekend day as (7 − 5·pace)/2, a week as 7. The pace of weekends from real service requests (docs/validation.md),
    the form assumed."""
    since = time + weekday
    week = math.floor(since / 7.0)
    left = since - 7.0 * week
    return 7.0 * week + (pace * left if left < 5.0 else 5.0 * pace + 0.5 * (7.0 - 5.0 * pace) * (left - 5.0))


@compiled
def time_of_decision(begun: float, wait: float, weekday: int, pace: float) -> float:
    """R1b. When a resident who began to consider it at `begun` has made up her mind: `wait` days later on a clock that
    runs at `pace` on working days and slower at weekends, so that the weekly mean is kept.

    weekday: of day 0, 0 = Monday. Residents turn to the offices in the working week: 311 systems receive on a weekend
    day 0.35–0.37 of what they receive on a working day (Baltimore 2014–19, Boston 2015). That deciding has the same
    pace as arising (1.19 and 0.525) is assumed; without it the days until people report would smooth the weekly rhythm
    away.
    """
    lived = time_lived(begun, weekday, pace) + wait
    week = math.floor(lived / 7.0)
    left = lived - 7.0 * week
    days = left / pace if left < 5.0 * pace else 5.0 + (left - 5.0 * pace) / (0.5 * (7.0 - 5.0 * pace))
    return max(begun, 7.0 * week + days - weekday)


@compiled
def repeat_probability(c: np.record, felt: bool, trust: float) -> float:
    """R2/R3. A reporter reports again with ¼ when it is unsolved at the target day, ½ when a paper closure is felt;
    less below trust ½ (whoever expects nothing stays silent). Assumed."""
    return float((c.repeat_chance_felt if felt else c.repeat_chance) * min(1.0, 2.0 * trust))


@compiled
def patrol_hazard(c: np.record, minutes: float) -> float:
    """R2. Hazard a day that a grid's officer finds a latent problem there: 0.011 (minutes/60)^0.7. Diminishing returns:
    the same streets are walked again. Assumed; set for a patrol share of 0.35 (one city: 0.44)."""
    return c.patrol_hazard_at_hour * (minutes / 60.0) ** c.patrol_exponent if minutes > 0.0 else 0.0


@compiled
def lapse_day(c: np.record, severity: float, growth: float, threshold: float) -> float:
    """R2. Days after which a latent problem fades: hazard (1 − severity)/45 a day, integrated with severity growing
    linearly.

    threshold: standard exponential. Infinite (1e9) when it becomes a crisis first. Assumed.
    """
    left, twice = 1.0 - severity, 2.0 * c.lapse_days
    inner = left * left - twice * growth * threshold
    if inner <= 0.0:
        return NEVER
    # the root in the form that does not cancel for slow growth
    return float(twice * threshold / (left + math.sqrt(inner)))


@compiled
def growth_probability(c: np.record, severity: float) -> float:
    """Chance that a problem is one of those that grow: 0.003 (0.6 + severity). Assumed; about 27 crises a year."""
    return float(c.growth_chance * (c.growth_chance_offset + severity))
