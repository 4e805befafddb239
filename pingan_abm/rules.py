"""The decision rules R1–R20: small pure functions of plain numbers.

No arrays, no draws, no state: tests call them, charts map them, kernels inline them. Each docstring is the rule's
specification: what it says, its units, its source, and why it is shaped so. "Assumed" means ours, not the paper's. Constants
that are not parameters stand beside their rule; all are assumed unless a source is named. A is accountability, p a unit's
pressure, H the ambiguity of duties (entropy of the shares over ln 5).
"""

import math

from pingan_abm.engine.compiled import compiled

SEVERITY_EFFECT = 2.0  # R1, log-odds per unit of severity
BYSTANDER_EFFECT = 0.9  # R1, log-odds per log person affected (Darley & Latané 1968 for the sign)
INTEGRATION_CHEAPENS = 0.7  # R1/R3, share by which full integration lowers the effort of reporting
INTEGRATION_DEFAULT = 0.85


@compiled
def logistic(x: float) -> float:
    """1 / (1 + e^−x), safe at both ends."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    grown = math.exp(x)
    return grown / (1.0 + grown)


@compiled
def report_probability(base: float, severity: float, trust: float, trust_effect: float, owner: float, owner_effect: float,
                       cost: float, digital: float, integration: float, habit: float, affected: float) -> float:
    """R1. An affected resident reports the more readily the graver the problem, the more she trusts, if she owns her home, the
    less effort it costs her; less the more others could do it.

    Log-odds: base + 2·severity + trust_effect(τ − ½) + owner_effect·owner − cost(1 − digital)·(effort of many hotlines) + the
    community's habit − 0.9 ln(affected). Source: assumed; bystanders Darley & Latané (1968); habit set so that communities
    differ about threefold (Liu et al. 2024). Integration lowers effort (the paper's claim that one platform is easier to
    reach), normalised to 1 at the default, so the base keeps its meaning.
    """
    effort = cost * (1.0 + INTEGRATION_CHEAPENS * (INTEGRATION_DEFAULT - integration))
    pull = base + SEVERITY_EFFECT * severity + trust_effect * (trust - 0.5) + owner_effect * owner - effort * (1.0 - digital)
    return logistic(pull + habit - BYSTANDER_EFFECT * math.log(affected))


@compiled
def time_lived(time: float, weekday: int, pace: float) -> float:
    """R1b. Days lived by a time of the run, counted from the Monday before it: a working day counts as `pace`, a weekend day as
    (7 − 5·pace)/2, a week as 7. The pace of weekends from real service requests (docs/validation.md), the form assumed."""
    since = time + weekday
    week = math.floor(since / 7.0)
    left = since - 7.0 * week
    return 7.0 * week + (pace * left if left < 5.0 else 5.0 * pace + 0.5 * (7.0 - 5.0 * pace) * (left - 5.0))


@compiled
def time_of_decision(begun: float, wait: float, weekday: int, pace: float) -> float:
    """R1b. When a resident who began to consider it at `begun` has made up her mind: `wait` days later on a clock that runs at
    `pace` on working days and slower at weekends, so that the weekly mean is kept.

    weekday: of day 0, 0 = Monday. Residents turn to the offices in the working week: 311 systems receive on a weekend day 0.35–0.37 of
    what they receive on a working day (Baltimore 2014–19, Boston 2015). That deciding has the same pace as arising (1.19 and 0.525) is assumed;
    without it the days until people report would smooth the weekly rhythm away.
    """
    lived = time_lived(begun, weekday, pace) + wait
    week = math.floor(lived / 7.0)
    left = lived - 7.0 * week
    days = left / pace if left < 5.0 * pace else 5.0 + (left - 5.0 * pace) / (0.5 * (7.0 - 5.0 * pace))
    return max(begun, 7.0 * week + days - weekday)


@compiled
def repeat_probability(felt: bool, trust: float) -> float:
    """R2/R3. A reporter reports again with ¼ when it is unsolved at the target day, ½ when a paper closure is felt; less below
    trust ½ (whoever expects nothing stays silent). Assumed."""
    return (0.5 if felt else 0.25) * min(1.0, 2.0 * trust)


@compiled
def patrol_hazard(minutes: float) -> float:
    """R2. Hazard a day that a grid's officer finds a latent problem there: 0.011 (minutes/60)^0.7. Diminishing returns: the same
    streets are walked again. Assumed; set for a patrol share of 0.35 (one city: 0.44)."""
    return 0.011 * (minutes / 60.0) ** 0.7 if minutes > 0.0 else 0.0


@compiled
def lapse_day(severity: float, growth: float, threshold: float) -> float:
    """R2. Days after which a latent problem fades: hazard (1 − severity)/45 a day, integrated with severity growing linearly.

    threshold: standard exponential. Infinite (1e9) when it becomes a crisis first. Assumed.
    """
    left = 1.0 - severity
    inner = left * left - 90.0 * growth * threshold
    if inner <= 0.0:
        return 1e9
    return 90.0 * threshold / (left + math.sqrt(inner))  # the quadratic's root in the form that does not cancel for slow growth


@compiled
def growth_probability(severity: float) -> float:
    """Chance that a problem is one of those that grow: 0.003 (0.6 + severity). Assumed; about 27 crises a year."""
    return 0.003 * (0.6 + severity)


@compiled
def settle_probability(solvability: float, enforcement: float, cover: float, room: float, trust: float) -> float:
    """R6. Society settles a problem on the spot: s(1 − 0.8e)(0.7 + 0.35 cover)·room·(0.75 + 0.5 τ), at most 0.95.

    e: need for legal powers (property management may only admonish: paper); cover: organisation-days supplied over asked; room:
    minutes granted over asked (7-day average); τ: mean trust there. Assumed form.
    """
    chance = solvability * (1.0 - 0.8 * enforcement) * (0.7 + 0.35 * cover) * room * (0.75 + 0.5 * trust)
    return min(0.95, chance)


@compiled
def hold_back_probability(pressure: float, severity: float) -> float:
    """R4. An unsettled problem is kept from the centre (不上交) with 0.25·p_c(1 − severity). Paper for the norm; form assumed."""
    return 0.25 * pressure * (1.0 - severity)


@compiled
def base_pressure(accountability: float, rank_gap: float) -> float:
    """R4/R9 at the base: A(0.4 + 0.4·rank gap of the grid). Assumed."""
    return accountability * (0.4 + 0.4 * rank_gap)


@compiled
def unit_pressure(accountability: float, verticality: float, rank_gap: float, veto: bool) -> float:
    """R9. A(1 − verticality)(0.4 + 0.4·rank gap + 0.4·veto). Line units feel the district less. Assumed."""
    return accountability * (1.0 - verticality) * (0.4 + 0.4 * rank_gap + (0.4 if veto else 0.0))


@compiled
def statutory_wait_probability(share: float, enforcement: float) -> float:
    """R9b. Chance that the law makes the unit wait before it may act: share·e, e the type's need for legal powers.

    Hearings, notices and the objector's time to ask for reconsideration must run out first (law on administrative compulsion of
    2011, articles 35–44; law on administrative reconsideration of 1999, article 9: 60 days). Why a share of ordinary cases stays
    open for months with nobody idle; the share and its proportion to e are assumed.
    """
    return share * enforcement


@compiled
def effort_factor(gain: float, paperwork: float, pressure: float) -> float:
    """R9. Effective staff-days from one: (1 + gain·p/(p + ½))(1 − paperwork·p). Effort has diminishing returns, paperwork eats
    time. Assumed."""
    return (1.0 + gain * pressure / (pressure + 0.5)) * (1.0 - paperwork * pressure)


@compiled
def dispatch_accuracy(base: float, integration: float, knowledge: float, rule: float) -> float:
    """R7. Chance that the centre knows who must act: c0 + (1 − c0)·ι·knowledge, then 1 − (1 − c)(1 − r) with a working rule of
    strength r. Not knowing, it draws from the written shares. Assumed."""
    chance = base + (1.0 - base) * integration * knowledge
    return 1.0 - (1.0 - chance) * (1.0 - rule)


RETURN_BASE, RETURN_AMBIGUITY, RETURN_UNITS, RETURN_LOAD, RETURN_DIFFICULTY = -4.0, 2.0, 0.5, 0.6, 0.3
RETURN_WATCHED = 1.6


@compiled
def return_probability(ambiguity: float, units: float, load: float, difficulty: float, accountability: float, hard: float) -> float:
    """R8. A unit that must act returns the file all the same: σ(−4 + 2H + ½ ln n + 0.6(load − 1) + 0.3·difficulty − 1.6A +
    hard·A·difficulty).

    load: backlog over ten days' capacity, at most 2. hard: whether being watched makes units refuse hard cases more (above 0) or less;
    nobody knows, so it is a parameter, 0 at the default. A mandate ends returns (the caller does not ask). Assumed; the paper
    documents that duties between units are passed on (推诿), not how often.
    """
    pull = RETURN_BASE + RETURN_AMBIGUITY * ambiguity + RETURN_UNITS * math.log(units) + RETURN_LOAD * (load - 1.0)
    pull += RETURN_DIFFICULTY * difficulty - RETURN_WATCHED * accountability
    return logistic(pull + hard * accountability * difficulty)


@compiled
def return_by_score_loss(ambiguity: float, expected_days: float, target: float, accountability: float) -> float:
    """R8's rival. Refuse when the expected loss of score from taking exceeds that from refusing: σ(6(take − refuse) − 3),
    take = A·min(1.5, expected days/target), refuse = A(1 − H) + 0.25. Assumed."""
    take = accountability * min(1.5, expected_days / target)
    return logistic(6.0 * (take - accountability * (1.0 - ambiguity) - 0.25) - 3.0)


PAPER_STRAIN, PAPER_DETECTION, PAPER_SATISFACTION, PENALTY, PAPER_CAMPAIGN = 25.0, 4.0, 1.5, 1.0, 0.7
PAPER_WORK = 0.25  # share of the work that a closure on paper takes
BACKSTOP_ODDS = math.log(3.0)


@compiled
def paper_probability(base: float, pressure: float, strain: float, detection: float, satisfaction: float, more: float) -> float:
    """R10. Close on paper: σ(g0 + 25·p·strain − 4·p·detection·penalty − 1.5·p·w_s + more).

    strain: target less the on-time rate attainable with present staff, at least 0. Pressure without strain does no harm, strain
    without pressure only delays; both together buy paper. Assumed (for gaming under targets: Bevan & Hood 2006).
    """
    pull = base + PAPER_STRAIN * pressure * strain - PAPER_DETECTION * pressure * detection * PENALTY
    return logistic(pull - PAPER_SATISFACTION * pressure * satisfaction + more)


@compiled
def paper_by_multitask(base: float, pressure: float, detection: float, satisfaction: float, more: float) -> float:
    """R10's rival: effort and gaming as two tasks (Holmström & Milgrom 1991). Odds e^g0·(1 + 8p(1 − w_s))/(1 + 8p(w_s +
    detection))·e^more: what is measured cheaply draws effort from what is not. Assumed."""
    odds = math.exp(base + more) * (1.0 + 8.0 * pressure * (1.0 - satisfaction))
    odds /= 1.0 + 8.0 * pressure * (satisfaction + detection)
    return odds / (1.0 + odds)


TIER_WEIGHT = (0.0, 0.2, 0.5, 0.8)  # lead, joint, supervision, meeting


@compiled
def queue_priority(risk_focus: float, severity: float, supervised: bool, overdue: bool, tier: int, veto: bool) -> float:
    """R11. Veto first, then risk_focus·severity + supervised + 0.5·overdue + tier (0, 0.2, 0.5, 0.8). Attention to risk starves
    everyday needs. Assumed (问题制导: paper)."""
    weight = risk_focus * severity + (1.0 if supervised else 0.0) + (0.5 if overdue else 0.0) + TIER_WEIGHT[tier]
    return weight + (100.0 if veto else 0.0)


@compiled
def joint_friction(tie: float) -> float:
    """R12. Work of a joint case is (1 + 0.3(1 − tie)) times what it would be alone. Assumed."""
    return 1.0 + 0.3 * (1.0 - tie)


@compiled
def joint_delay(tie: float) -> float:
    """R12. Days until units that work jointly start: 2(1 − tie). Assumed."""
    return 2.0 * (1.0 - tie)


@compiled
def agree_probability(units: float, difficulty: float, ambiguity: float) -> float:
    """R13. A level-2 joint meeting agrees: σ(2 − 0.6(n − 1) − 0.4·difficulty − H). Assumed."""
    return logistic(2.0 - 0.6 * (units - 1.0) - 0.4 * difficulty - ambiguity)


@compiled
def faded(value: float, days: float, half_life: float) -> float:
    """R13b and others: what is left of something learned or deterred after some days. Exponential, assumed."""
    left: float = 0.5 ** (days / half_life)
    return value * left


@compiled
def detection_probability(rate: float, looks: float, closures: float, accountability: float, independent: bool) -> float:
    """R14. A paper closure is found: v·min(1, looks/closures)·(1 − 0.4A unless the inspectors are independent): their master, the
    centre, is appraised on closures too (paper). Assumed."""
    chance = rate * (min(1.0, looks / closures) if closures > 0.0 else 1.0)
    return chance if independent else chance * (1.0 - 0.4 * accountability)


@compiled
def looks_a_day(inspectors: float, rate: float) -> float:
    """R14. Closures that the inspectors can look at in a day, eight hours each: 8/(0.5 + 5v). A deeper look takes longer. Assumed."""
    return inspectors * 8.0 / (0.5 + 5.0 * rate)


SOCIETY_PERFORMANCE, PAPER_PERFORMANCE, BELIEVED_PERFORMANCE, LAPSED_PERFORMANCE = 0.9, 0.25, 0.75, 0.2
GOOD = 0.6


@compiled
def performance(late_days: float, target: float, returns: float, revisited: bool) -> float:
    """R15. What a real solution is worth to those affected, 0–1: 0.9 in time, down to 0.5 when late by the target or more; − 0.05
    for each return, + 0.05 when somebody called afterwards. Assumed."""
    worth = SOCIETY_PERFORMANCE - (0.4 * min(1.0, late_days / target) if late_days > 0.0 else 0.0)
    return max(0.0, min(1.0, worth - 0.05 * returns + (0.05 if revisited else 0.0)))


@compiled
def satisfaction_of(worth: float, expected: float, loss_aversion: float) -> float:
    """R15. P + 0.2(P − E)⁺ − 0.2λ(E − P)⁺ in 0–1: losses outweigh gains (Kahneman & Tversky 1979, λ ≈ 2.25; expectancy
    disconfirmation, Van Ryzin 2006)."""
    if worth >= expected:
        return min(1.0, worth + 0.2 * (worth - expected))
    return max(0.0, worth - 0.2 * loss_aversion * (expected - worth))


@compiled
def trust_after(trust: float, good: bool, gain: float, loss: float, share: float) -> float:
    """R16. Good: τ + share·gain(1 − τ); bad: τ − share·loss·τ. Trust is lost faster than won. Assumed."""
    return trust + share * gain * (1.0 - trust) if good else trust - share * loss * trust


@compiled
def commitment(dependence: float, trust_in_centre: float) -> float:
    """R17. Share of an organisation's days that goes to coordinated work: σ(−1.6 + 2.6D + 1.5(trust in the centre − ½)).
    Dependence sustains cooperation (paper: asymmetric symbiosis). Form assumed."""
    return logistic(-1.6 + 2.6 * dependence + 1.5 * (trust_in_centre - 0.5))


@compiled
def aligned_target(dependence: float) -> float:
    """R17. Where an organisation's alignment with government drifts: 0.1 + 0.85D. Assumed (DiMaggio & Powell 1983 for the sign)."""
    return 0.1 + 0.85 * dependence


@compiled
def renewal_probability(alignment: float, settled: float) -> float:
    """R17. A contract is renewed: σ(1.5 + 2(alignment − ½) + 2(settled share there − ½)). Assumed."""
    return logistic(1.5 + 2.0 * (alignment - 0.5) + 2.0 * (settled - 0.5))


@compiled
def deterrence(intensity: float, days: float) -> float:
    """R20. Share of a campaigned type's problems that does not arise after some days of it: 0.6·i(1 − e^(−t/7)). Assumed; decay after
    it by half-life (form: Dilmé & Garrett 2019)."""
    return 0.6 * intensity * (1.0 - math.exp(-days / 7.0))


@compiled
def amplified(target: float, amplification: float, levels: float) -> float:
    """R18. A target passed down some levels: 1 − (1 − T)(1 − α)^levels (层层加码; form: Li, Liu, Weng & Zhou 2019)."""
    missed: float = (1.0 - target) * (1.0 - amplification) ** levels
    return 1.0 - missed
