"""What a way of governing costs the public purse a year, as far as it has a price, and what a unit of burden avoided
costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingan_abm.district.files import load_district
from pingan_abm.district.here import opened
from pingan_abm.parameters.declared import declarations, usual_parameters, written
from pingan_abm.runs import RunSpec, resolved
from pingan_abm.study.analyse.intervals import Interval

WORKING_DAYS = 250  # paid days of a post in a year: 365 less 104 days of weekends and 11 of holidays (China, 2008–2024)
YEAR = 365.0
#: Levers whose price the model knows, and the item of the purse that each moves.
PRICED: Mapping[str, str] = {
    "staffing": "staff",
    "inspectors": "inspectors",
    "social_funding": "social_funding",
    "funding_dependence": "social_funding",
}


@dataclass(frozen=True)
class Costs:
    """What one arm costs in a year more than the baseline.

    yuan: in all; None where nothing that differs has a price. items: by item of the purse. unpriced: levers that differ
    and whose price nobody knows. dated: whether changes on a date are left out of it.
    """

    yuan: float | None
    items: Mapping[str, float]
    unpriced: tuple[str, ...]
    dated: bool

    @property
    def whole(self) -> bool:
        """Whether everything that differs has a price."""
        return self.yuan is not None and not self.unpriced and not self.dated


def purse(spec: RunSpec) -> dict[str, float]:
    """Yuan a year by item, on the first day and in a district of the run's size: posts of all units and inspectors, at
    250 paid staff-days each and the cost of a staff-day (assumed), and government money for social organisations, which
    grows with their dependence on it since their total income is held fixed (R17)."""
    from pingan_abm.world.build import fill_units

    p, scenario = resolved(spec)
    with opened(spec.district) as folder:
        district = load_district(units=scenario.units, issues=scenario.issues, folder=folder)
        scale = spec.residents / district.about.residents
        posts = float(fill_units(district, p, scale)["staff"].sum())
    post = WORKING_DAYS * p.staff_day_cost
    share = p.funding_dependence / usual_parameters().funding_dependence
    return {
        "staff": posts * post,
        "inspectors": scale * p.inspectors * post,
        "social_funding": scale * p.social_funding * share,
    }


def more_costly(base: RunSpec, other: RunSpec) -> Costs:
    """What another specification costs in a year more than the baseline."""
    (before, begun), (after, ended) = resolved(base), resolved(other)
    first, second = purse(base), purse(other)
    items = {name: second[name] - first[name] for name in first if abs(second[name] - first[name]) > 0.5}
    moved = [
        one.name
        for one in declarations()
        if one.role == "lever" and written(getattr(before, one.name)) != written(getattr(after, one.name))
    ]
    unpriced = tuple(name for name in moved if name not in PRICED)
    dated = begun.changes != ended.changes or begun.merges != ended.merges
    return Costs(sum(items.values()) if items or not (moved or dated) else None, items, unpriced, dated)


def yuan_per_burden_avoided(costs: Costs, burden: Interval | None, spec: RunSpec) -> Interval | None:
    """Yuan for each weighted problem-day that residents live with less; negative where it saves money as well.

    burden: the difference of the outcome of that name, a resident and year. The interval is that of the quotient, with
    the ends of the burden's. None without a price, and where the burden may not have fallen at all: then no sum buys
    anything that can be told from chance.
    """
    if costs.yuan is None or burden is None or burden.low is None or burden.high is None or burden.high >= 0.0:
        return None
    per = costs.yuan / spec.residents
    ends = sorted((per / -burden.low, per / -burden.high))
    return Interval(per / -burden.mean, ends[0], ends[1])
