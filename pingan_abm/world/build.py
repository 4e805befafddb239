"""From parameters and data files to the tables that compiled code reads."""

import math
from typing import Any

import numpy as np

from pingan_abm.district.district import District
from pingan_abm.district.files import load_district
from pingan_abm.district.shipped import RESIDENTS
from pingan_abm.parameters.declared import Parameters
from pingan_abm.rules import ASSISTANT_WORK, THREE_UNITS, effort_factor, looks_a_day, unit_pressure
from pingan_abm.world.tables import ISSUE, MAX_ISSUES, MAX_UNITS, MECHANISMS, PLACE, SETTINGS, UNIT

# What follows is assumed.
CENTRE_ITEMS = 300.0  # items a day at full size
CHANNEL_USE = (0.20, 0.15, 0.35, 0.10, 0.15, 0.05)  # shares of use in the order of joining, at mean digital access
DISTRICT_TARGET = 0.80  # R18: of the district; passed down one level to units, two to subdistricts, three to grids
LINE_VERTICALITY = 0.5  # R9: share by which a line unit feels the district less


def largest_sizes(district: District) -> None:
    """Raise ValueError when a data file holds more than compiled code has room for."""
    for what, count, most in (
        ("issue types", len(district.issues), MAX_ISSUES),
        ("units", len(district.units), MAX_UNITS),
        ("mechanisms", len(district.mechanisms), MECHANISMS),
    ):
        if count > most:
            raise ValueError(f"{count} {what}: at most {most} fit")


def share_table(district: District) -> np.ndarray:
    """Printed shares, float64 [issues, slots]; the last slot is the place's subdistrict."""
    shares = np.zeros((len(district.issues), PLACE + 1))
    for row, issue in enumerate(district.issues):
        for name, share in issue.shares.items():
            shares[row, PLACE if name == "subdistrict" else district.unit_index(name)] = share
    return shares


def sharpened(shares: np.ndarray, clarity: float) -> np.ndarray:
    """Shares as duties become clear: ∝ p^(1/(1 − c)); at 1 the largest takes all (the first of equals)."""
    if clarity >= 1.0:
        sharp = np.zeros_like(shares)
        sharp[np.arange(len(shares)), shares.argmax(axis=1)] = 1.0
        return sharp
    relative = shares / shares.max(axis=1, keepdims=True)  # or the powers of a clarity near 1 would all vanish
    power = np.where(shares > 0, relative, 1.0) ** (1.0 / (1.0 - clarity)) * (shares > 0)
    return power / power.sum(axis=1, keepdims=True)


def entropy(shares: np.ndarray) -> np.ndarray:
    """H of each row, −Σ p ln p over ln 5: 0 where one unit owns the type."""
    logs = np.log(np.where(shares > 0, shares, 1.0))
    return np.maximum(0.0, -(shares * logs).sum(axis=1) / math.log(5.0))


def joint_chances(district: District, share: float) -> np.ndarray:
    """Chance of each type to need several units: one common factor on the odds brings the rate-weighted mean to
    `share`."""
    printed = np.array([issue.joint for issue in district.issues])
    rates = np.array([issue.rate for issue in district.issues])
    odds = printed / np.maximum(1e-9, 1.0 - printed)
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        moved = odds * math.exp(middle) / (1.0 + odds * math.exp(middle))
        low, high = (middle, high) if float(moved @ rates / rates.sum()) < share else (low, middle)
    return np.asarray(odds * math.exp(low) / (1.0 + odds * math.exp(low)))


def note_duties(rows: np.ndarray) -> None:
    """What follows from the shares of ISSUE records: how unclear the duties are, and who holds any."""
    rows["entropy"] = entropy(rows["lead_shares"])
    for row in rows:
        holders = np.flatnonzero(row["shares"][:PLACE])
        row["n_holders"], row["holders"][: len(holders)] = len(holders), holders


def fill_issues(district: District, parameters: Parameters, table: np.ndarray | None = None) -> np.ndarray:
    """ISSUE records. A table given is brought up to date: what was learned stays, what the parameters say is set
    anew."""
    fresh = table is None
    rows = np.zeros(len(district.issues), ISSUE) if table is None else table
    printed = share_table(district)
    sharp = sharpened(printed, parameters.jurisdiction_clarity)
    rows["shares"], rows["lead_shares"] = printed, sharp
    note_duties(rows)
    rows["joint"] = joint_chances(district, parameters.multi_department_share)
    for row, issue in zip(rows, district.issues, strict=True):
        row.rate, row.enforcement, row.solvability = issue.rate, issue.enforcement, issue.solvability
        row.work_median = issue.work_median * parameters.work_median / 1.5
        row.work_log_sd = issue.work_log_sd * parameters.work_log_sd
        row.target_days = issue.target_days * parameters.target_days
        row.recur, row.severity, row.affected_mean = issue.recur, issue.severity, issue.affected_mean
        row.hotline_factor = issue.hotline_110_factor
        row.mechanism = district.mechanism_index(issue.mechanism)
        row.appears_as = district.issue_index(issue.appears_as)
        if fresh:
            row.knowledge, row.rule, row.deterrence = 0.35, 0.0, 0.0
    return rows


def verticality(kind: str) -> float:
    """How far a unit is led from above its district: ½ for line, 0 for block."""
    return LINE_VERTICALITY if kind == "line" else 0.0


def default_effort(kind: str) -> float:
    """The effort factor that the staff in the data file was fitted with: default accountability, middle rank."""
    standard = Parameters()
    pressure = unit_pressure(standard.accountability, verticality(kind), 0.5, False)
    return float(effort_factor(standard.effort_gain, standard.paperwork_cost, pressure))


def queue_wait(staff: float, load: float, work: float, variation: float) -> float:
    """Mean days from entry to completion at a unit: service w/min(1, c) and Sakasegawa's (1977) wait for c ≥ 1, M/G/1
    below.

    load: files a day; work: staff-days a file; variation: squared coefficient of variation of the work. Infinite at ρ ≥
    1.
    """
    service = work / min(1.0, staff)
    servers = max(1.0, staff)
    busy = load * service / servers
    if busy >= 1.0:
        return math.inf
    wait: float = busy ** (math.sqrt(2.0 * (servers + 1.0)) - 1.0) / (servers * (1.0 - busy)) * service
    return service + 0.5 * (1.0 + variation) * wait


def staff_for_equal_waits(staff: float, scale: float, load: float, work: float, variation: float) -> float:
    """Staff at scale f that keeps the full-size unit's time in the system: T(c, fλ) = T(c₀, λ)."""
    if scale == 1.0 or load <= 0.0 or work <= 0.0:
        return staff
    wanted = queue_wait(staff, load, work, variation)
    if math.isinf(wanted):
        return staff * scale
    low, high = 1e-6, max(staff, staff * scale, 1.0) * 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if queue_wait(middle, scale * load, work, variation) > wanted else (low, middle)
    return high


def design_factor(parameters: Parameters) -> float:
    """Work offered at these uncertainties over that at the defaults: staff grows with a district's known load.

    Mean of a log-normal: median·e^(sd²/2), the spread relative to the default for types with log sd 1.
    """
    standard = Parameters()
    spread = 0.5 * (parameters.work_log_sd**2 - standard.work_log_sd**2)
    return (
        parameters.problem_rate
        / standard.problem_rate
        * parameters.work_median
        / standard.work_median
        * math.exp(spread)
    )


def fill_units(district: District, parameters: Parameters, scale: float, table: np.ndarray | None = None) -> np.ndarray:
    """UNIT records. A table given keeps what has happened; its staff follows the parameters."""
    rows = np.zeros(len(district.units), UNIT) if table is None else table
    for row, unit in zip(rows, district.units, strict=True):
        effort = default_effort(unit.kind)
        equal = (
            staff_for_equal_waits(
                unit.staff * effort, scale, unit.design_files_per_day, unit.design_work_mean, unit.design_work_cv2
            )
            / effort
        )
        row.staff = equal * design_factor(parameters) * parameters.staffing
        row.tier, row.line, row.subdistrict = unit.tier, unit.kind == "line", unit.subdistrict
        row.verticality = verticality(unit.kind)
        if table is None:
            row.rank_gap, row.veto_until, row.active, row.trained = 0.5, -1.0, 1, 1.0
            row.on_time_sum, row.on_time_weight = 0.85 * 10.0, 10.0
    if parameters.staff_follows_duties:
        rows["staff"] *= posts_moved(district, parameters, rows)
    return rows


def posts_moved(district: District, parameters: Parameters, units: np.ndarray) -> np.ndarray:
    """Factor by which each unit's posts grow or shrink when they follow its duties: the work expected of it under the
    shares as they stand over that under the shares as printed; the sum of posts is kept. float64 [units]."""
    printed = parameters.overridden({"jurisdiction_clarity": 0.0})
    before = expected_work(load_district(), printed, units)
    factors = expected_work(district, parameters, units) / np.maximum(before, 1e-9)
    factors[before <= 0.0] = 1.0
    return np.asarray(factors * units["staff"].sum() / (factors * units["staff"]).sum())


def expected_work(district: District, parameters: Parameters, units: np.ndarray) -> np.ndarray:
    """Staff-days a day that duties send to each unit, as lead by the shares as they stand and as assistant by those as
    printed; what lies with the place is spread over the subdistricts by their posts. float64 [units]."""
    issues = fill_issues(district, parameters)
    work = issues["rate"] * issues["work_median"] * np.exp(0.5 * issues["work_log_sd"] ** 2)
    assisting = ASSISTANT_WORK * issues["joint"] * (1.0 + THREE_UNITS)
    load = work @ issues["lead_shares"] + (work * assisting) @ issues["shares"]
    places = units["staff"] * (units["subdistrict"] == 1)
    return np.asarray(load[: len(units)] + load[PLACE] * places / max(places.sum(), 1e-9))


def joined_shares(integration: float, studio: bool) -> tuple[float, ...]:
    """Share of each channel's files in the one system: channels join in order until use reaches the integration
    wanted."""
    use = list(CHANNEL_USE)
    if not studio:
        use[-1] = 0.0
    left, joined = integration * sum(use), []
    for part in use:
        joined.append(1.0 if left >= part - 1e-12 else max(0.0, left / part))
        left = max(0.0, left - part)
    return tuple(joined)


def fill_settings(
    district: District, parameters: Parameters, residents: int, key: np.uint64, table: np.ndarray | None = None
) -> np.ndarray:
    """The SETTINGS record: parameters under their own names, and what follows from them and the district's size."""
    rows = np.zeros(1, SETTINGS) if table is None else table
    row, p = rows[0], parameters
    choices: dict[str, Any] = {
        "capacity_only": p.behaviour == "capacity_only",
        "return_form": int(p.return_form == "score_loss"),
        "closure_form": int(p.closure_form == "multitask"),
    }
    names = SETTINGS.names or ()
    for name in names:
        if name in choices:
            row[name] = choices[name]
        elif name in Parameters.model_fields and name not in ("campaign_issue", "campaign_intensity"):
            row[name] = getattr(p, name)
    scale = residents / RESIDENTS
    row.key, row.scale, row.residents = key, scale, residents
    row.issues, row.units, row.communities = len(district.issues), len(district.units), len(district.communities)
    row.mechanisms = len(district.mechanisms)
    row.studios = p.grassroots_groups if p.social_cogovernance else 0
    row.integration = p.channel_integration if p.command_centre else 0.0
    row.joined[:] = joined_shares(row.integration, row.studios > 0)
    row.centre_items = CENTRE_ITEMS * scale
    row.looks_per_day = looks_a_day(p.inspectors * scale, p.verification_rate)
    row.orders = p.accountability if p.command_centre else 0.0
    ranks = [unit.crisis_rank for unit in district.units]
    row.crisis_unit_1, row.crisis_unit_2 = (ranks.index(rank) if rank in ranks else -1 for rank in (1, 2))
    weights = [
        issue.severity * (1.0 if p.accountability > 0 and p.command_centre else 0.0) for issue in district.issues
    ]
    row.gravest_issue = int(np.argmax(weights)) if max(weights) > 0 else -1
    if table is None:
        row.campaign_issue = -1
        row.detection = p.verification_rate * (1.0 if p.independent_verification else 1.0 - 0.4 * p.accountability)
        row.staff_factor = 1.0
    return rows


def arrival_rates(district: District, parameters: Parameters, residents: int) -> np.ndarray:
    """Expected problems a day by issue type before prevention, float64 [issues]; exposure and thinning do not change
    the count."""
    per_thousand = np.array([issue.rate for issue in district.issues])
    return per_thousand / 1000.0 * residents / 365.0 * parameters.problem_rate / 0.5
