"""Sub-types: what exactly a problem is about, so that the types' values stay the means over their sub-types.

A sub-type's work, deadline and so on stand in the data file relative to its type's. Here they become absolute: each is
scaled so that the mean over a type's sub-types, weighted by their shares of its problems, is the type's own value. The
shares of duties are fitted to the type's by iterative proportional fitting (Deming & Stephan 1940), for the same
reason. So `issues.toml`, and what a scenario changes in it, decides how much of everything there is, and sub-types
decide how it is spread. A type without sub-types has one, which is like the type.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from pingan_abm.district.district import IssueType, PlaceKind, SubType, no_such
from pingan_abm.files.toml import Key, unfit
from pingan_abm.texts.errors import sentence

#: What stands relative to the type's value. (key of a sub-type, the type's field, its highest value)
RELATIVE = (
    ("deadline", "target_days", math.inf),
    ("recur", "recur", 1.0),
    ("severity", "severity", 0.95),
    ("affected", "affected_mean", 16.0),
    ("enforcement", "enforcement", 1.0),
    ("solvability", "solvability", 1.0),
    ("joint", "joint", 0.95),
)
FITTING_STEPS, FITTED = 2000, 1e-9

LEAST_SEED = 1e-3  # of the type's own shares, where those of the sub-types alone cannot be fitted
SHARES_ADD_UP = 1e-6
LEAST_WITHIN = 0.25  # of the variance of log work, in any sub-type

FACTOR = Key("number", 0, 100, optional=True)
SUBTYPE_KEYS = {
    "en": Key("text"),
    "zh": Key("text"),
    "type": Key("text"),
    "share": Key("number", 0, 1),
    "work": FACTOR,
    "work_log_sd": Key("number", 0, 3, optional=True),
    **{key: FACTOR for key, _, _ in RELATIVE},
    "remedy_days": Key("number", 0, 1_000, optional=True),
    "place": Key("text", optional=True),
    "appears_as": Key("text", optional=True),
    "shares": Key("table", optional=True),
}
SHARE = Key("number", 0, 1)
type Shares = tuple[tuple[str, float], ...]


def subtypes_of(
    issues: Sequence[IssueType],
    rows: Iterable[Mapping[str, Any]],
    owners: Sequence[str],
    kinds: Sequence[PlaceKind],
    problems: list[str],
) -> tuple[SubType, ...]:
    """The sub-types of all types, type by type. rows: of the data file; owners: who may have a share; kinds: of places.
    What is wrong is added to the problems."""
    by_type: dict[str, list[Mapping[str, Any]]] = {issue.id: [] for issue in issues}
    for row in rows:
        if row["type"] in by_type:
            by_type[row["type"]].append(row)
        else:
            what = no_such("issue type", str(row["type"]), by_type)
            problems.append(sentence("{where}: {what}", where=f"subtypes.{row['id']}.type", what=what))
    made: list[SubType] = []
    for issue in issues:
        made += of_type(issue, by_type[issue.id], owners, problems) if by_type[issue.id] else [alone(issue)]
    places = {kind.id for kind in kinds}
    for one in made:
        if one.place and one.place not in places:
            what = no_such("kind of place", one.place, places)
            problems.append(sentence("{where}: {what}", where=f"subtypes.{one.id}.place", what=what))
    return with_looks(made, issues, rows, problems)


def alone(issue: IssueType) -> SubType:
    """The one sub-type of a type that has none of its own."""
    return SubType(
        id=issue.id,
        en=issue.en,
        zh=issue.zh,
        issue=issue.id,
        rate=issue.rate,
        enforcement=issue.enforcement,
        solvability=issue.solvability,
        work_median=issue.work_median,
        work_log_sd=issue.work_log_sd,
        target_days=issue.target_days,
        recur=issue.recur,
        severity=issue.severity,
        joint=issue.joint,
        affected_mean=issue.affected_mean,
        remedy_days=0.0,
        shares=dict(issue.shares),
    )


def of_type(
    issue: IssueType, rows: Sequence[Mapping[str, Any]], owners: Sequence[str], problems: list[str]
) -> list[SubType]:
    """The sub-types of one type, absolute."""
    weight = np.array([float(row["share"]) for row in rows])
    if abs(float(weight.sum()) - 1.0) > SHARES_ADD_UP:
        problems.append(
            sentence(
                "{where}: the shares of its sub-types add up to {total}: write shares that add up to 1",
                where=f"issues.{issue.id}",
                total=f"{weight.sum():g}",
            )
        )
        return [alone(issue)]
    seeds = [seed_of(row, issue, owners, problems) for row in rows]
    work = scaled(weight, np.array([float(row.get("work", 1.0)) for row in rows]))
    within = spread_within(weight, work, issue.work_log_sd)
    spreads = np.array([float(row.get("work_log_sd", within)) for row in rows])
    mean_work = issue.work_median * math.exp(0.5 * issue.work_log_sd**2)
    values: dict[str, Any] = {
        field: np.minimum(
            scaled(weight, np.array([float(row.get(key, 1.0)) for row in rows])) * getattr(issue, field), most
        )
        for key, field, most in RELATIVE
    }
    shares = fitted(tuple(weight.tolist()), tuple(tuple(seed.items()) for seed in seeds), tuple(issue.shares.items()))
    return [
        SubType(
            id=row["id"],
            en=row["en"],
            zh=row["zh"],
            issue=issue.id,
            rate=issue.rate * float(weight[i]),
            work_median=float(work[i] * mean_work / math.exp(0.5 * spreads[i] ** 2)),
            work_log_sd=float(spreads[i]),
            remedy_days=float(row.get("remedy_days", 0.0)),
            place=str(row.get("place", "")),
            shares=dict(shares[i]),
            **{field: found[i].item() for field, found in values.items()},
        )
        for i, row in enumerate(rows)
    ]


def scaled(weight: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Factors with a weighted mean of 1; all 1 where every factor is 0."""
    mean = float(weight @ factors)
    return np.asarray(factors / mean if mean > 0.0 else np.ones_like(factors))


def spread_within(weight: np.ndarray, work: np.ndarray, whole: float) -> float:
    """The standard deviation of log work that is left within sub-types, when that of all the type's problems is given:
    what lies between sub-types is taken off, at most three quarters of the variance."""
    logs = np.log(np.where(work > 0.0, work, 1.0))
    between = float(weight @ (logs - weight @ logs) ** 2)
    return math.sqrt(max(whole**2 - between, LEAST_WITHIN * whole**2))


def seed_of(
    row: Mapping[str, Any], issue: IssueType, owners: Sequence[str], problems: list[str]
) -> Mapping[str, float]:
    """The shares that a sub-type is written with, checked; without any, its type's."""
    seed: dict[str, float] = {}
    where = f"subtypes.{row['id']}.shares"
    for name, share in row.get("shares", {}).items():
        if name not in owners:
            problems.append(sentence("{where}: {what}", where=where, what=no_such("unit", str(name), owners)))
        elif not SHARE.fits(share):
            problems.append(unfit(f"{where}.{name}", SHARE, share))
        elif share > 0:
            seed[name] = float(share)
    return seed or issue.shares


@lru_cache(maxsize=1000)
def fitted(weights: tuple[float, ...], written: tuple[Shares, ...], given: Shares) -> tuple[Mapping[str, float], ...]:
    """Shares as near to the seeds as can be whose weighted mean is what is wanted.

    Rows are sub-types, columns owners; rows add up to the weights, columns to the wanted shares. Where the seeds leave
    no such table (a scenario has given the type other owners), a thousandth of the wanted shares is mixed into each.
    """
    weight, wanted, seeds = np.array(weights), dict(given), [dict(one) for one in written]
    names = list(wanted)
    columns = np.array([wanted[name] for name in names])
    table = np.array([[seed.get(name, 0.0) for name in names] for seed in seeds])
    fit = proportional(table, weight, columns)
    if fit is None:
        fit = proportional(table + LEAST_SEED * columns, weight, columns)
    if fit is None:
        fit = np.tile(columns, (len(weight), 1))
    return tuple({name: float(share) for name, share in zip(names, row, strict=True) if share > 0.0} for row in fit)


def proportional(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray | None:
    """Iterative proportional fitting; each row of the answer adds up to 1. None where it does not converge."""
    fit = table * rows[:, None]
    for _ in range(FITTING_STEPS):
        sums = fit.sum(axis=0)
        fit = fit * np.where(sums > 0.0, columns / np.where(sums > 0.0, sums, 1.0), 0.0)
        sums = fit.sum(axis=1)
        fit = fit * np.where(sums > 0.0, rows / np.where(sums > 0.0, sums, 1.0), 0.0)[:, None]
        if np.abs(fit.sum(axis=0) - columns).max() <= FITTED:
            break
    if np.abs(fit.sum(axis=0) - columns).max() > SHARES_ADD_UP or (fit.sum(axis=1)[rows > 0.0] <= 0.0).any():
        return None
    total = fit.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0.0, fit / np.where(total > 0.0, total, 1.0), columns))


def with_looks(
    made: Sequence[SubType], issues: Sequence[IssueType], rows: Iterable[Mapping[str, Any]], problems: list[str]
) -> tuple[SubType, ...]:
    """The sub-types with what each looks like until somebody has been on site."""
    written = {row["id"]: row["appears_as"] for row in rows if row.get("appears_as")}
    types = {issue.id: issue.appears_as for issue in issues}
    commonest = {
        issue.id: max((one for one in made if one.issue == issue.id), key=lambda one: one.rate).id for issue in issues
    }
    known = [one.id for one in made]
    looks = []
    for one in made:
        hides = types[one.issue] != one.issue
        look = written.get(one.id) or (commonest.get(types[one.issue], one.id) if hides else one.id)
        if look not in known:
            what = no_such("sub-type", str(look), known)
            problems.append(sentence("{where}: {what}", where=f"subtypes.{one.id}.appears_as", what=what))
            look = one.id
        looks.append(replace(one, appears_as=look))
    return tuple(looks)
