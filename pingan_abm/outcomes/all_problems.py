"""Outcomes of all problems, whether a file was opened on them or not: the funnel and the burden. Each function is one
outcome, its docstring the definition.

The funnel judges each problem exactly 90 days after it arose, so it has no value in runs of 90 days or less.
"""

from pingan_abm.outcomes.cohorts import Cohorts
from pingan_abm.outcomes.ratios import gini, share

DAYS_A_YEAR = 365.0


def solved_share(c: Cohorts) -> float | None:
    """Problems truly solved within 90 days of arising / all problems that arose on day ≤ T − 91; None in runs of 90
    days or less. Problems injected by a scenario are left out."""
    return c.funnel.shares()["solved_share"]


def known_share(c: Cohorts) -> float | None:
    """Problems registered by any source within 90 days of arising / the cohort of solved_share."""
    return c.funnel.shares()["known_share"]


def handled_share(c: Cohorts) -> float | None:
    """Problems that society or a unit has worked on within 90 days of arising / the cohort of solved_share."""
    return c.funnel.shares()["handled_share"]


def claimed_share(c: Cohorts) -> float | None:
    """Problems recorded as dealt with 90 days after they arose (settled by society, or their file stands closed) / the
    cohort of solved_share."""
    return c.funnel.shares()["claimed_share"]


def hollow_share(c: Cohorts) -> float | None:
    """Problems recorded as dealt with 90 days after they arose, and not solved / the cohort of solved_share."""
    return c.funnel.shares()["hollow_share"]


def burden(c: Cohorts) -> float | None:
    """Severity × residents affected × days lived with it, over every problem there is on each day of the run (unknown,
    held back, filed, closed on paper alike; solved or faded no more) / residents / years: weighted problem-days."""
    return share(c.burden.total / len(c.world.residents), c.days / DAYS_A_YEAR)


def hidden_burden_share(c: Cohorts) -> float | None:
    """The part of the burden from problems that nobody had registered yet / the burden."""
    return share(c.burden.hidden, c.burden.total)


def burden_gini(c: Cohorts) -> float | None:
    """Gini coefficient of the burden per resident over communities, unweighted."""
    return gini(c.burden.by_community / c.world.communities["people"]) if c.burden.total > 0 else None


def burden_access_gap(c: Cohorts) -> float | None:
    """Burden a resident and year: of residents in the lower half of digital access − of those in the upper half."""
    b, years = c.burden, c.days / DAYS_A_YEAR
    less, more = share(b.less_digital, b.less_people * years), share(b.more_digital, b.more_people * years)
    return None if less is None or more is None else less - more
