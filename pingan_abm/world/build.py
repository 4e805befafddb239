"""From parameters and data files to the tables that compiled code reads."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from pingan_abm.district.district import District, IssueType, SubType
from pingan_abm.district.files import load_district
from pingan_abm.parameters.declared import Parameters, usual_parameters
from pingan_abm.rules import effort_factor, unit_pressure
from pingan_abm.world.settings import default_settings
from pingan_abm.world.tables import ISSUE, PLACE, SUBTYPE, UNIT

THOUSAND, YEAR_DAYS = 1000.0, 365.0
EVEN_OVER = 5.0  # units with equal shares, at which duties count as fully unclear (H = 1)


def share_table(district: District, types: Sequence[IssueType | SubType]) -> np.ndarray:
    """Printed shares of types or sub-types, float64 [types, slots]; the last slot is the place's subdistrict."""
    shares = np.zeros((len(types), PLACE + 1))
    for row, issue in enumerate(types):
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
    return np.maximum(0.0, -(shares * logs).sum(axis=1) / math.log(EVEN_OVER))


def joint_chances(district: District, share: float) -> np.ndarray:
    """Chance of each sub-type to need several units: one common factor on the odds brings the rate-weighted mean to
    `share`."""
    printed = np.array([one.joint for one in district.subtypes])
    rates = np.array([one.rate for one in district.subtypes])
    odds = printed / np.maximum(1e-9, 1.0 - printed)
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        moved = odds * math.exp(middle) / (1.0 + odds * math.exp(middle))
        low, high = (middle, high) if float(moved @ rates / rates.sum()) < share else (low, middle)
    return np.asarray(odds * math.exp(low) / (1.0 + odds * math.exp(low)))


def note_duties(rows: np.ndarray) -> None:
    """What follows from the shares of SUBTYPE records: how unclear the duties are, and who holds any."""
    rows["entropy"] = entropy(rows["lead_shares"])
    for row in rows:
        holders = np.flatnonzero(row["shares"][:PLACE])
        row["n_holders"], row["holders"][: len(holders)] = len(holders), holders


def fill_issues(district: District, table: np.ndarray | None = None) -> np.ndarray:
    """ISSUE records. A given table is updated: it keeps what has happened."""
    rows = np.zeros(len(district.issues), ISSUE) if table is None else table
    for row, issue in zip(rows, district.issues, strict=True):
        row.rate, row.severity, row.hotline_factor = issue.rate, issue.severity, issue.hotline_110_factor
        row.mechanism = district.mechanism_index(issue.mechanism)
        own = [place for place, one in enumerate(district.subtypes) if one.issue == issue.id]
        row.first_subtype, row.subtypes = own[0], len(own)
    return rows


def fill_subtypes(district: District, parameters: Parameters, table: np.ndarray | None = None) -> np.ndarray:
    """SUBTYPE records. A given table is updated: it keeps what was learned, and takes its other values from the
    parameters."""
    fresh = table is None
    rows = np.zeros(len(district.subtypes), SUBTYPE) if table is None else table
    printed = share_table(district, district.subtypes)
    rows["shares"], rows["lead_shares"] = printed, sharpened(printed, parameters.jurisdiction_clarity)
    note_duties(rows)
    rows["joint"] = joint_chances(district, parameters.multi_department_share)
    for row, one in zip(rows, district.subtypes, strict=True):
        row.rate, row.enforcement, row.solvability = one.rate, one.enforcement, one.solvability
        row.work_median = one.work_median * parameters.work_median / usual_parameters().work_median
        row.work_log_sd = one.work_log_sd * parameters.work_log_sd
        row.target_days = one.target_days * parameters.target_days
        row.recur, row.severity, row.affected_mean = one.recur, one.severity, one.affected_mean
        row.remedy_days = one.remedy_days
        row.issue, row.appears_as = district.issue_index(one.issue), district.subtype_index(one.appears_as)
        row.place_kind = district.place_kind_index(one.place) if one.place else -1
        if fresh:
            row.knowledge, row.rule = parameters.start_knowledge, 0.0
    return rows


def verticality(kind: str, parameters: Parameters) -> float:
    """How far a unit is led from above its district: ½ for line, 0 for block."""
    return parameters.line_verticality if kind == "line" else 0.0


@cache
def default_effort(kind: str) -> float:
    """The effort factor that the staff in the data file was fitted with: default accountability, middle rank."""
    usual = default_settings()
    pressure = unit_pressure(usual, verticality(kind, usual_parameters()), 0.5, False)
    return float(effort_factor(usual, pressure))


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
    standard = usual_parameters()
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
        row.verticality = verticality(unit.kind, parameters)
        if table is None:
            row.rank_gap, row.veto_until, row.active, row.trained = 0.5, -1.0, 1, 1.0
            weight = parameters.on_time_weight_at_start
            row.on_time_sum, row.on_time_weight = parameters.on_time_at_start * weight, weight
    if parameters.staff_follows_duties:
        rows["staff"] *= posts_moved(district, parameters, rows)
    return rows


def posts_moved(district: District, parameters: Parameters, units: np.ndarray) -> np.ndarray:
    """Factor by which each unit's posts grow or shrink when they follow its duties: the work expected of it under the
    shares as they stand over that under the shares as printed; the sum of posts is kept. float64 [units]."""
    printed = parameters.overridden({"jurisdiction_clarity": 0.0})
    before = expected_work(load_district(folder=district.folder), printed, units)
    factors = expected_work(district, parameters, units) / np.maximum(before, 1e-9)
    factors[before <= 0.0] = 1.0
    return np.asarray(factors * units["staff"].sum() / (factors * units["staff"]).sum())


def expected_work(district: District, parameters: Parameters, units: np.ndarray) -> np.ndarray:
    """Staff-days a day that duties send to each unit, as lead by the shares as they stand and as assistant by those as
    printed; what lies with the place is spread over the subdistricts by their posts. float64 [units]."""
    issues = fill_subtypes(district, parameters)
    work = issues["rate"] * issues["work_median"] * np.exp(0.5 * issues["work_log_sd"] ** 2)
    assisting = parameters.assistant_work * issues["joint"] * (1.0 + parameters.three_units_share)
    load = work @ issues["lead_shares"] + (work * assisting) @ issues["shares"]
    places = units["staff"] * (units["subdistrict"] == 1)
    return np.asarray(load[: len(units)] + load[PLACE] * places / max(places.sum(), 1e-9))


def arrival_rates(types: Sequence[IssueType | SubType], parameters: Parameters, residents: int) -> np.ndarray:
    """Expected problems a day by type or sub-type before prevention, float64 [types]; exposure and thinning do not
    change the count."""
    per_thousand = np.array([one.rate for one in types])
    return per_thousand / THOUSAND * residents / YEAR_DAYS * parameters.problem_rate / usual_parameters().problem_rate
